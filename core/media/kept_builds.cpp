// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/kept_builds.h"

#include "core/base/files.h"
#include "core/base/json.h"

#include <link.h>
#include <sys/stat.h>

#include <cstdlib>
#include <map>
#include <mutex>

namespace artdag {

namespace {

struct Kept {
    std::mutex mutex;
    std::filesystem::path file;
    std::map<std::string, std::string> answers;
};

Kept& kept()
{
    static Kept one;
    return one;
}

/// The path of a file and what changes when another is put there.
Json stampOf(const std::string& path)
{
    struct stat facts = {};
    if (stat(path.c_str(), &facts) != 0)
        return {path};
    return {path, facts.st_size, facts.st_ino, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec};
}

/// The program, all libraries that it has loaded, and the list by which the loader would find others.
Json stampsOfLibraries()
{
    Json stamps = Json::array();
    stamps.push_back(stampOf("/etc/ld.so.cache"));
    stamps.push_back(stampOf(std::filesystem::read_symlink("/proc/self/exe").string()));
    dl_iterate_phdr([](dl_phdr_info* library, std::size_t, void* list) {
        if (library->dlpi_name[0] == '/')
            static_cast<Json*>(list)->push_back(stampOf(library->dlpi_name));
        return 0; }, &stamps);
    return stamps;
}

/// What else sends the loader to other files.
std::string searchedFirst()
{
    const auto value = [](const char* name) { const char* text = std::getenv(name); return std::string(text ? text : ""); };
    return value("LD_LIBRARY_PATH") + "\n" + value("LD_PRELOAD");
}

bool holds(const Json& document)
{
    for (const Json& stamp : document.at("files")) {
        if (stamp != stampOf(stamp.at(0).get<std::string>()))
            return false;
    }
    return document.at("searched") == searchedFirst() && document.at("files").at(1).at(0) == std::filesystem::read_symlink("/proc/self/exe").string();
}

} // namespace

void keepBuildsIn(const std::filesystem::path& file)
{
    const std::lock_guard lock(kept().mutex);
    kept().file = file;
    kept().answers.clear();
    try {
        const auto text = readTextFile(file, 1 << 20);
        if (!text)
            return;
        const Json document = Json::parse(*text);
        if (holds(document))
            kept().answers = document.at("answers").get<std::map<std::string, std::string>>();
    } catch (const std::exception&) { // not our file, or damaged: the libraries are asked
    }
}

std::string keptBuild(const std::string& name, const std::function<std::string()>& ask)
{
    {
        const std::lock_guard lock(kept().mutex);
        if (const auto found = kept().answers.find(name); found != kept().answers.end())
            return found->second;
    }
    const std::string answer = ask(); // outside of the lock: one answer may ask for another
    const std::lock_guard lock(kept().mutex);
    kept().answers[name] = answer;
    if (!kept().file.empty()) {
        const std::string text = Json{{"files", stampsOfLibraries()}, {"searched", searchedFirst()}, {"answers", kept().answers}}.dump();
        static_cast<void>(writeFileAtomically(kept().file, bytesOf(text), 0600)); // else it is asked again
    }
    return answer;
}

} // namespace artdag
