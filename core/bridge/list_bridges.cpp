// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bridge/list_bridges.h"

#include "core/base/files.h"
#include "core/bridge/bridge_description.h"
#include "core/bridge/filter_process.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>

namespace artdag {

namespace {

constexpr int listVersion = 2; // rises when descriptions are made in another way
constexpr std::size_t mostNames = 4096;

/// A file or folder as it is now: path, bytes, time of its last change.
Json markOf(const std::filesystem::path& path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return {path.string(), -1, 0, 0};
    return {path.string(), static_cast<std::int64_t>(status.st_size), static_cast<std::int64_t>(status.st_mtim.tv_sec), static_cast<std::int64_t>(status.st_mtim.tv_nsec)};
}

std::filesystem::path programOf(const BridgeOptions& options)
{
    return options.program.empty() ? workerBesideThisProgram().parent_path() / "artdag-bridge" : options.program;
}

/// The first of each name, as frei0r looks for them.
std::map<std::string, std::filesystem::path> pluginsOf(const BridgeOptions& options)
{
    std::map<std::string, std::filesystem::path> plugins;
    for (const auto& directory : options.pluginDirectories) {
        std::error_code code;
        for (const auto& file : std::filesystem::directory_iterator(directory, code))
            if (file.path().extension() == ".so" && file.is_regular_file(code))
                plugins.emplace(file.path().stem().string(), file.path());
    }
    return plugins;
}

/// What was kept of earlier listings, and what holds now. Each part is asked for anew when its marks are others.
class Listing {
public:
    explicit Listing(BridgeOptions options)
        : m_options(std::move(options))
    {
        m_options.patience = m_options.listingPatience;
        const auto text = m_options.cacheFile.empty() ? Result<std::string>(std::string()) : readTextFile(m_options.cacheFile);
        auto json = text ? readJson(*text) : Result<Json>(Json());
        if (json && json->is_object() && json->value("version", Json()) == listVersion && json->value("program", Json()) == m_now["program"])
            m_kept = std::move(*json);
    }

    Result<void> filters()
    {
        const Json kept = m_kept.value("filters", Json());
        if (kept.is_object() && kept.contains("library") && kept["library"].is_array() && !kept["library"].empty() && kept["library"][0].is_string() && kept["library"] == markOf(kept["library"][0].get<std::string>()))
            return take("filters", kept);
        std::optional<FilterProcess> process(TRY(FilterProcess::start(m_options, {}, "libavfilter")));
        const Json answer = TRY(process->ask({{"ask", "filters"}}));
        const Json names = answer.value("names", Json()), library = answer.value("library", Json());
        if (!names.is_array() || names.size() > mostNames || !library.is_string())
            return fail(Fault::Corrupt, "libavfilter: its process gave no list of filters; install artdag-bridge again");
        Json found{{"library", markOf(library.get<std::string>())}, {"said", Json::array()}};
        for (const Json& each : names) {
            const std::string name = each.is_string() ? each.get<std::string>() : std::string();
            auto described = process->ask({{"ask", "describe"}, {"name", name}});
            const bool ended = !described && described.error().message.find("its process") != std::string::npos;
            found["said"].push_back(said("ffmpeg." + name, std::move(described)));
            if (ended) // the next ones are asked of another process
                process.emplace(TRY(FilterProcess::start(m_options, {}, "libavfilter")));
        }
        m_changed = true;
        return take("filters", found);
    }

    /// Each in a process of its own: to load one is to run it.
    Result<void> plugins()
    {
        const Json kept = m_kept.value("plugins", Json::object());
        for (const auto& [name, path] : pluginsOf(m_options)) {
            const Json mark = markOf(path);
            Json found = kept.is_object() ? kept.value(path.string(), Json()) : Json();
            if (!found.is_object() || found.value("mark", Json()) != mark || !found.value("said", Json()).is_array()) {
                auto process = TRY(FilterProcess::start(m_options, path, "plugin"));
                found = {{"mark", mark}, {"said", Json::array({said("frei0r." + name, process.ask({{"ask", "describe"}, {"name", name}}))})}};
                m_changed = true;
            }
            m_now["plugins"][path.string()] = found;
            list(found["said"], path);
        }
        return {};
    }

    Result<BridgeList> finish()
    {
        if (m_changed && !m_options.cacheFile.empty()) {
            std::error_code code;
            std::filesystem::create_directories(m_options.cacheFile.parent_path(), code);
            TRY(writeFileAtomically(m_options.cacheFile, bytesOf(m_now.dump())));
        }
        return std::move(m_list);
    }

private:
    /// A description that is one and of that name, or why there is none.
    static Json said(const std::string& name, Result<Json> described)
    {
        const auto fits = [&]() -> Result<Json> {
            Json description = TRY(std::move(described)).value("description", Json());
            const BridgeDescription read = TRY(readDescription(description));
            if (read.name() != name)
                return fail(Fault::Corrupt, "it says that it is '" + read.name() + "'");
            return description;
        }();
        return fits ? Json{{"description", *fits}} : Json{{"left_out", name + ": " + fits.error().message}};
    }

    Result<void> take(const char* part, const Json& found)
    {
        m_now[part] = found;
        list(found.value("said", Json::array()), {});
        return {};
    }

    void list(const Json& all, const std::filesystem::path& plugin)
    {
        for (const Json& each : all)
            if (each.is_object() && each.contains("description"))
                m_list.bridges.push_back({each["description"], plugin});
            else if (each.is_object() && each.value("left_out", Json()).is_string())
                m_list.leftOut.push_back(each["left_out"].get<std::string>());
    }

    BridgeOptions m_options;
    Json m_kept = Json::object();
    Json m_now{{"version", listVersion}, {"program", markOf(programOf(m_options))}, {"filters", Json::object()}, {"plugins", Json::object()}};
    bool m_changed = false;
    BridgeList m_list;
};

} // namespace

BridgeOptions bridgeOptions(const std::filesystem::path& home)
{
    BridgeOptions options;
    options.cacheFile = home / "bridges.json";
    if (const char* seconds = std::getenv("ARTDAG_BRIDGE_PATIENCE"); seconds != nullptr && std::atoi(seconds) > 0)
        options.patience = std::chrono::seconds(std::atoi(seconds));
    if (const char* given = std::getenv("FREI0R_PATH"); given != nullptr && *given != '\0') {
        const std::string paths(given);
        for (std::size_t at = 0; at <= paths.size();) {
            const std::size_t end = std::min(paths.find(':', at), paths.size());
            if (end > at)
                options.pluginDirectories.emplace_back(paths.substr(at, end - at));
            at = end + 1;
        }
        return options;
    }
    if (const char* user = std::getenv("HOME"); user != nullptr && *user != '\0')
        options.pluginDirectories.push_back(std::filesystem::path(user) / ".frei0r-1" / "lib");
    for (const char* directory : {"/usr/local/lib/frei0r-1", "/usr/lib/frei0r-1"})
        options.pluginDirectories.emplace_back(directory);
    return options;
}

Result<BridgeList> listBridges(const BridgeOptions& options)
{
    Listing listing(options);
    TRY(listing.filters());
    TRY(listing.plugins());
    return listing.finish();
}

} // namespace artdag
