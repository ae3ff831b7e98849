// SPDX-License-Identifier: GPL-3.0-or-later
// The server's database: a pool of SQLite connections with their prepared statements, and numbered forward migrations.
// The functions of each family of tables are in the other files of this folder; no SQL is written anywhere else.
#pragma once

#include "core/base/sqlite.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

class Database {
    struct Private {};

public:
    Database(Private, std::filesystem::path file)
        : m_file(std::move(file))
    {
    } ///< through open()
    struct Link {
        sqlite::Connection connection;
        std::map<std::string, sqlite::Statement, std::less<>> statements;
    };
    /// One thread's use of one connection; goes back to the pool at the end of its life.
    class Lease {
    public:
        /// A statement ready to bind: compiled once per connection. Not to be used twice at the same time.
        Result<sqlite::Statement*> statement(std::string_view sql);
        sqlite::Connection& connection() { return m_link->connection; }
        ~Lease();
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&&) = delete;

    private:
        friend class Database;
        Lease(Database& database, std::unique_ptr<Link> link)
            : m_database(&database),
              m_link(std::move(link))
        {
        }
        Database* m_database;
        std::unique_ptr<Link> m_link;
    };

    /// Opens or makes the database and brings its schema to the newest; Corrupt for one of a newer program.
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file);
    Result<Lease> lease();

private:
    std::filesystem::path m_file;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Link>> m_free;
};

/// Microseconds since 1970, the unit of every time in the database.
std::int64_t nowMicroseconds();
/// `2026-11-20T10:00:00Z`
std::string isoTime(std::int64_t microseconds);

} // namespace artdag::server
