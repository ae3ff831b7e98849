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

constexpr int listVersion = 1; // rises when descriptions are made in another way
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

Json marksOf(const BridgeOptions& options, const std::string& library)
{
    Json marks = Json::array({markOf(programOf(options)), markOf(library)});
    for (const auto& directory : options.pluginDirectories)
        marks.push_back(markOf(directory));
    for (const auto& [name, plugin] : pluginsOf(options))
        marks.push_back(markOf(plugin));
    return marks;
}

class Listing {
public:
    explicit Listing(BridgeOptions options)
        : m_options(std::move(options))
    {
        m_options.patience = m_options.listingPatience;
    }

    Result<void> filters()
    {
        std::optional<FilterProcess> process(TRY(FilterProcess::start(m_options, {}, "libavfilter")));
        const Json answer = TRY(process->ask({{"ask", "filters"}}));
        m_library = answer.value("library", std::string());
        const Json names = answer.value("names", Json());
        if (!names.is_array() || names.size() > mostNames)
            return fail(Fault::Corrupt, "libavfilter: its process gave no list of filters; install artdag-bridge again");
        for (const Json& each : names) {
            const std::string name = each.is_string() ? each.get<std::string>() : std::string();
            auto described = process->ask({{"ask", "describe"}, {"name", name}});
            const bool ended = !described && described.error().message.find("its process") != std::string::npos;
            keep("ffmpeg." + name, std::move(described), {});
            if (ended) // the next ones are asked of another process
                process.emplace(TRY(FilterProcess::start(m_options, {}, "libavfilter")));
        }
        return {};
    }

    /// Each in a process of its own: to load one is to run it.
    Result<void> plugins()
    {
        for (const auto& [name, path] : pluginsOf(m_options)) {
            auto process = TRY(FilterProcess::start(m_options, path, "plugin"));
            keep("frei0r." + name, process.ask({{"ask", "describe"}, {"name", name}}), path);
        }
        return {};
    }

    BridgeList list;
    [[nodiscard]] const std::string& library() const { return m_library; }

private:
    void keep(const std::string& name, Result<Json> described, const std::filesystem::path& plugin)
    {
        const auto fits = [&]() -> Result<Json> {
            Json description = TRY(std::move(described)).value("description", Json());
            const BridgeDescription read = TRY(readDescription(description));
            if (read.name() != name)
                return fail(Fault::Corrupt, "it says that it is '" + read.name() + "'");
            return description;
        }();
        if (fits)
            list.bridges.push_back({*fits, plugin});
        else
            list.leftOut.push_back(name + ": " + fits.error().message);
    }

    BridgeOptions m_options;
    std::string m_library;
};

Json jsonOf(const BridgeList& list)
{
    Json json{{"bridges", Json::array()}, {"left_out", list.leftOut}};
    for (const ListedBridge& bridge : list.bridges)
        json["bridges"].push_back({{"plugin", bridge.plugin.string()}, {"description", bridge.description}});
    return json;
}

/// What was kept, if it is of these very programs, libraries and plugins.
std::optional<BridgeList> keptList(const BridgeOptions& options)
{
    const auto text = readTextFile(options.cacheFile);
    const auto json = text ? readJson(*text) : Result<Json>(tl::unexpected<Error>(text.error()));
    if (!json || !json->is_object() || json->value("version", Json()) != listVersion || !json->value("library", Json()).is_string())
        return std::nullopt;
    if (json->value("marks", Json()) != marksOf(options, (*json)["library"].get<std::string>()))
        return std::nullopt;
    BridgeList list;
    const Json bridges = json->value("bridges", Json::array()), leftOut = json->value("left_out", Json::array());
    for (const Json& each : bridges) {
        if (!each.is_object() || !each.contains("description") || !each.value("plugin", Json()).is_string())
            return std::nullopt;
        list.bridges.push_back({each["description"], each["plugin"].get<std::string>()});
    }
    for (const Json& each : leftOut)
        if (each.is_string())
            list.leftOut.push_back(each.get<std::string>());
    return list;
}

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
    if (!options.cacheFile.empty())
        if (auto kept = keptList(options))
            return std::move(*kept);
    Listing listing(options);
    TRY(listing.filters());
    TRY(listing.plugins());
    if (!options.cacheFile.empty()) {
        Json json = jsonOf(listing.list);
        json["version"] = listVersion;
        json["library"] = listing.library();
        json["marks"] = marksOf(options, listing.library());
        std::error_code code;
        std::filesystem::create_directories(options.cacheFile.parent_path(), code);
        TRY(writeFileAtomically(options.cacheFile, bytesOf(json.dump())));
    }
    return std::move(listing.list);
}

} // namespace artdag
