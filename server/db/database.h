// SPDX-License-Identifier: GPL-3.0-or-later
// The server's database: a pool of connections with their prepared statements, and numbered forward migrations. The functions
// of each family of tables are in the other files of this folder; no SQL is written anywhere else.
#pragma once

#include "server/db/statement.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag::server {

/// Rolled back at the end of its life unless committed.
class Transaction {
public:
    Transaction(Transaction&& other) noexcept
        : m_link(std::exchange(other.m_link, nullptr))
    {
    }
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    /// After an error nothing of the transaction is kept.
    Result<void> commit();

private:
    friend class Database; // and its Lease
    explicit Transaction(Link& link)
        : m_link(&link)
    {
    }
    Link* m_link;
};

class Database {
    struct Private {};

public:
    explicit Database(Private, std::string url)
        : m_url(std::move(url))
    {
    } ///< through open()
    struct Pooled {
        std::unique_ptr<Link> link;
        std::map<std::string, std::unique_ptr<Statement>, std::less<>> statements; ///< die before their link
        ~Pooled() { statements.clear(); }
    };
    /// One thread's use of one connection; goes back to the pool at the end of its life.
    class Lease {
    public:
        /// A statement ready to bind: compiled once per connection. Not to be used twice at the same time.
        Result<Statement*> statement(std::string_view sql);
        /// A transaction that will write. Other writers wait.
        Result<Transaction> begin();
        Link& link() { return *m_pooled->link; }
        ~Lease();
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&&) = delete;

    private:
        friend class Database;
        Lease(Database& database, std::unique_ptr<Pooled> pooled)
            : m_database(&database),
              m_pooled(std::move(pooled))
        {
        }
        Database* m_database;
        std::unique_ptr<Pooled> m_pooled;
    };

    /// Opens or makes the database and brings its schema to the newest; Corrupt for one of a newer program. `sqlite:PATH`,
    /// or a path alone.
    static Result<std::unique_ptr<Database>> open(const std::string& url);
    Result<Lease> lease();

private:
    std::string m_url;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Pooled>> m_free;
};

/// Microseconds since 1970, the unit of every time in the database.
std::int64_t nowMicroseconds();
/// `2026-11-20T10:00:00Z`
std::string isoTime(std::int64_t microseconds);

} // namespace artdag::server
