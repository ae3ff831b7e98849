// SPDX-License-Identifier: GPL-3.0-or-later
// The database as one SQLite file: the default of a small instance.
#pragma once

#include "server/db/statement.h"

#include <filesystem>

namespace artdag::server {

/// Opens or makes the file (WAL, synchronous=FULL, foreign keys on; busy timeout 10 s).
Result<std::unique_ptr<Link>> openSqliteLink(const std::filesystem::path& file);

} // namespace artdag::server
