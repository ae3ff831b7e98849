// SPDX-License-Identifier: GPL-3.0-or-later
// The server's database: a pool of connections with their prepared statements, and numbered forward migrations. The functions
// of each family of tables are in the other files of this folder; no SQL is written anywhere else.
#pragma once

#include "server/db/statement.h"

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace artdag::server {

/// Rolled back at the end of its life unless committed.
class Transaction {
public:
    Transaction(Transaction&& other) noexcept
        : m_lock(std::move(other.m_lock)),
          m_link(std::exchange(other.m_link, nullptr))
    {
    }
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    /// After an error nothing of the transaction is kept.
    Result<void> commit();

private:
    friend class Database; // and its Lease
    Transaction(Link& link, std::unique_lock<std::timed_mutex> lock)
        : m_lock(std::move(lock)),
          m_link(&link)
    {
    }
    std::unique_lock<std::timed_mutex> m_lock; ///< of SQLite's one writer; given back last
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
        /// A transaction that will write. Other writers wait: those of this process in a queue, for SQLite would let them sleep and
        /// look again. Unavailable after 10 s.
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
        bool m_writes = false; ///< or may have
    };

    /// Opens or makes the database and brings its schema to the newest; Corrupt for one of a newer program. `sqlite:PATH`, a
    /// path alone, or `postgresql://USER:PASSWORD@HOST:PORT/NAME`. An older schema that holds something is first written to a
    /// backup in that directory (empty: beside the file of SQLite).
    static Result<std::unique_ptr<Database>> open(const std::string& url, const std::filesystem::path& backups = {});
    /// As open, but brings an older schema only to number `schema`, and makes no backup.
    static Result<std::unique_ptr<Database>> openAt(const std::string& url, std::int64_t schema);
    /// As it is, whatever its schema.
    static std::unique_ptr<Database> attach(const std::string& url);
    Result<Lease> lease();
    /// Connections that are open, and how often and how long others stood in the way of a transaction or a turn.
    struct Figures {
        std::int64_t connections = 0;
        std::uint64_t waits = 0;
        std::uint64_t microseconds = 0;
    };
    [[nodiscard]] Figures figures() const;
    /// Higher after everything that this process may have written. Whoever asks first, reads then, and finds the same number
    /// later has read what still stands; what other processes write is not in it.
    [[nodiscard]] std::uint64_t changes() const { return m_changes; }

    /// What only one at a time may do, of all threads and, on PostgreSQL, of all processes: look, then write. Ends with its
    /// life. Transactions may begin within a turn, never a turn within a transaction.
    class Turn {
    public:
        ~Turn();
        Turn(Turn&&) noexcept = default;
        Turn& operator=(Turn&&) = delete;

    private:
        friend class Database;
        Turn(std::unique_lock<std::mutex> lock, Lease lease, std::int32_t number)
            : m_lock(std::move(lock)),
              m_lease(std::move(lease)),
              m_number(number)
        {
        }
        std::unique_lock<std::mutex> m_lock;
        Lease m_lease;
        std::int32_t m_number;
    };
    /// Unavailable when others keep it for more than 10 s.
    Result<Turn> turn(std::string_view name);

private:
    std::string m_url;
    std::mutex m_mutex;
    std::timed_mutex m_writing; ///< who writes to SQLite now
    std::vector<std::unique_ptr<Pooled>> m_free;
    std::map<std::string, std::mutex, std::less<>> m_turns;
    void noteWait(std::int64_t since);
    std::atomic<std::int64_t> m_connections{0};
    std::atomic<std::uint64_t> m_waits{0}, m_waited{0}; ///< how often, microseconds
    std::atomic<std::uint64_t> m_changes{0};
};

/// How often a transaction is tried that others stood in the way of.
class Patience {
public:
    /// Waits a little; false when it is time to give up (five times, or 10 s).
    bool again();

private:
    std::int64_t m_began = 0;
    int m_times = 0;
};

/// `work(lease)` within a transaction that will write, committed when it succeeds. Where another transaction stood in the way
/// (busy, serialization, deadlock) all of it is done again, so it must have no other effect than on the database.
template <class Work>
std::invoke_result_t<const Work&, Database::Lease&> inTransaction(Database& database, const Work& work)
{
    using Outcome = std::invoke_result_t<const Work&, Database::Lease&>;
    for (Patience patience;;) {
        auto lease = TRY(database.lease());
        Outcome outcome = [&]() -> Outcome {
            auto transaction = TRY(lease.begin());
            Outcome done = work(lease);
            if (done)
                TRY(transaction.commit());
            return done;
        }();
        if (outcome || outcome.error().fault != Fault::Unavailable || !lease.link().isGood() || !patience.again())
            return outcome;
    }
}

/// True for a URL of PostgreSQL, false for a file of SQLite.
bool isPostgresUrl(std::string_view url);

/// Microseconds since 1970, the unit of every time in the database.
std::int64_t nowMicroseconds();
/// `2026-11-20T10:00:00Z`
std::string isoTime(std::int64_t microseconds);

} // namespace artdag::server
