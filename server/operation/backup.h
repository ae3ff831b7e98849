// SPDX-License-Identifier: GPL-3.0-or-later
// A server in one sealed file: database, keys, secrets, settings, and the list of its media (which are many and never change:
// they are copied as files). It streams, while the server runs.
#pragma once

#include "core/base/result.h"
#include "server/db/database.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace artdag::server {

Result<void> backUp(Database& database, const std::filesystem::path& directory, const std::filesystem::path& file, const std::string& passphrase);

struct MissingMedia {
    std::uint64_t files = 0, bytes = 0;
    std::vector<std::string> first; ///< some of their names below `objects`
};
/// Into a data directory that has no keys, secrets and database yet, and an empty database. After an error nothing new is left
/// in the directory. Tells which media are still to be copied.
Result<MissingMedia> restore(const std::filesystem::path& file, const std::string& passphrase, const std::filesystem::path& directory, const std::string& databaseUrl);

} // namespace artdag::server
