// SPDX-License-Identifier: GPL-3.0-or-later
// `artdagd prune`: what the nightly sweep does, now; and media files that the database does not know, which a crash or the
// restoring of an older database can leave.
#include "app/server/command.h"
#include "core/base/digest.h"
#include "server/db/objects.h"
#include "server/l2/nightly_sweep.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

/// Files below `objects` that are named by a digest, are a day old, and belong to no object.
Result<std::vector<std::filesystem::path>> strayFiles(Database& database, const std::filesystem::path& objects)
{
    std::vector<std::filesystem::path> stray;
    std::error_code error;
    const auto yesterday = std::filesystem::file_time_type::clock::now() - std::chrono::hours(24);
    for (std::filesystem::recursive_directory_iterator entry(objects, error), end; !error && entry != end; entry.increment(error)) {
        const std::filesystem::path& file = entry->path();
        const auto id = nameOfText<ContentId>("sha3-256:" + file.parent_path().filename().string() + file.filename().string());
        if (!entry->is_regular_file() || !id || entry->last_write_time() > yesterday)
            continue;
        const auto object = findObject(database, *id);
        if (!object && object.error().fault == Fault::NotFound)
            stray.push_back(file);
        else if (!object)
            return tl::unexpected<Error>(object.error());
    }
    return stray;
}

Result<int> prune(const Settings& settings, bool isTrial)
{
    const auto database = TRY(openDatabase(settings));
    const std::filesystem::path directory = dataDirectory(settings);
    std::uintmax_t bytes = 0;
    const auto stray = TRY(strayFiles(*database, directory / "objects"));
    for (const std::filesystem::path& file : stray) {
        std::error_code ignored;
        bytes += std::filesystem::file_size(file, ignored);
        if (!isTrial)
            std::filesystem::remove(file, ignored);
    }
    fmt::print("{} stray media files with {} bytes {}\n", stray.size(), bytes, isTrial ? "would go" : "are gone");
    if (!isTrial)
        fmt::print("{} expired rows and unfinished uploads are gone\n", TRY(sweep(*database, directory / "tmp", nowMicroseconds())));
    return 0;
}

} // namespace

void addPrune(CLI::App& app, Invocation& invocation)
{
    auto* command = app.add_subcommand("prune", "Delete what has expired, and media files that belong to nothing");
    auto isTrial = std::make_shared<bool>(false);
    addPlaces(*command, invocation);
    command->add_flag("--dry-run", *isTrial, "Only say which media files would go");
    command->callback([&invocation, isTrial] {
        invocation.run = [&invocation, isTrial]() -> Result<int> { return prune(TRY(goodSettings(invocation)), *isTrial); };
    });
}

} // namespace artdag::server
