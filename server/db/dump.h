// SPDX-License-Identifier: GPL-3.0-or-later
// Everything in a database as lines of JSON, the same from either engine: what SQLite wrote, PostgreSQL can read. Rows go
// through one at a time; a dump is one moment of the database, and others go on writing meanwhile.
#pragma once

#include "server/db/database.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace artdag::server {

/// `{"artdag":"dump","schema":3}`, then for each table `{"table":NAME,"columns":[…]}` and its rows as lists, where bytes are
/// `{"b":BASE64URL}`, and at the end `{"rows":COUNT}`. Fails as the sink does.
Result<void> writeDump(Database& database, const std::function<Result<void>(std::string_view)>& sink);
/// The same into a new file that only we may read.
Result<void> writeDumpFile(Database& database, const std::filesystem::path& file);

/// Fills an empty database from a dump that comes in pieces. Nothing is kept unless finish() succeeds.
class DumpReader {
public:
    /// Conflict at the first row when the database there is not empty.
    explicit DumpReader(std::string url);
    ~DumpReader();
    DumpReader(const DumpReader&) = delete;
    DumpReader& operator=(const DumpReader&) = delete;
    /// Corrupt for what is no dump, or one of a newer program.
    Result<void> take(std::string_view piece);
    /// Corrupt when the end is missing.
    Result<void> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace artdag::server
