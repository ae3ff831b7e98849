// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/database.h"

#include "server/db/dump.h"
#include "server/db/migrations.h"
#include "server/db/postgres_link.h"
#include "server/db/sqlite_link.h"
#include "server/operation/log.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <thread>

namespace artdag::server {

namespace {

std::filesystem::path fileOf(const std::string& url)
{
    return url.starts_with("sqlite:") ? url.substr(7) : url;
}

Result<std::unique_ptr<Link>> openLink(const std::string& url)
{
    return isPostgresUrl(url) ? openPostgresLink(url) : openSqliteLink(fileOf(url));
}

/// Steps from the schema that is there to `target`.
Result<void> migrate(Database::Lease& lease, std::int64_t target)
{
    const auto steps = migrations();
    auto transaction = TRY(lease.begin());
    Link& link = lease.link();
    const std::int64_t version = TRY(link.schemaVersion());
    if (version > static_cast<std::int64_t>(steps.size()))
        return fail(Fault::Corrupt, fmt::format("database: schema {} was made by a newer artdagd; this one knows {}", version, steps.size()));
    for (std::int64_t next = version; next < target; ++next)
        TRY(link.migrate(steps[static_cast<std::size_t>(next)]));
    if (version < target)
        TRY(link.setSchemaVersion(target));
    return transaction.commit();
}

/// A dump of what an upgrade is about to change, so that the program of before can be put back.
Result<void> backUp(Database& database, const std::string& url, std::filesystem::path directory, std::int64_t version)
{
    if (directory.empty())
        directory = isPostgresUrl(url) ? std::filesystem::path(".") : fileOf(url).parent_path();
    const std::string name = fmt::format("before-schema-{}-{}.dump", version + 1, nowMicroseconds() / 1'000'000);
    TRY(writeDumpFile(database, directory / name));
    LogLine(LogLevel::Warning, "database").text("what", fmt::format("schema {} is being upgraded; what was there before is in {}", version, (directory / name).string())).write();
    return {};
}

/// Turns are numbered by what they are called: FNV-1a, which is the same in every process.
std::int32_t numberOf(std::string_view name)
{
    std::uint32_t number = 2166136261U;
    for (const char c : name)
        number = (number ^ static_cast<std::uint8_t>(c)) * 16777619U;
    return static_cast<std::int32_t>(number | 1U); // 0 is the turn of those who write
}

} // namespace

Result<Digest> Statement::digest(int column) const
{
    const Bytes bytes = blob(column);
    Digest digest{};
    if (bytes.size() != digest.size())
        return fail(Fault::Corrupt, "database: a digest of " + std::to_string(bytes.size()) + " bytes");
    std::ranges::copy(bytes, digest.begin());
    return digest;
}

Transaction::~Transaction()
{
    if (m_link != nullptr)
        (void)m_link->run("ROLLBACK");
}

Result<void> Transaction::commit()
{
    TRY(m_link->run("COMMIT"));
    m_link = nullptr;
    m_lock = {}; // the next may begin
    return {};
}

Result<Statement*> Database::Lease::statement(std::string_view sql)
{
    auto found = m_pooled->statements.find(sql);
    if (found == m_pooled->statements.end()) {
        auto compiled = TRY(m_pooled->link->prepare(sql));
        found = m_pooled->statements.emplace(std::string(sql), std::move(compiled)).first;
    }
    found->second->reset();
    m_writes = m_writes || !sql.starts_with("SELECT ");
    return found->second.get();
}

Result<Transaction> Database::Lease::begin()
{
    const std::int64_t since = nowMicroseconds();
    std::unique_lock<std::timed_mutex> lock;
    if (!isPostgresUrl(m_database->m_url)) {
        lock = std::unique_lock(m_database->m_writing, std::chrono::seconds(10));
        if (!lock)
            return fail(Fault::Unavailable, "database: others have been writing for ten seconds");
    }
    TRY(link().begin());
    m_writes = true;
    m_database->noteWait(since);
    return Transaction(link(), std::move(lock));
}

Database::Lease::~Lease()
{
    if (!m_pooled)
        return;
    if (m_writes) // by now it is written: transactions end before their lease
        ++m_database->m_changes;
    const std::lock_guard lock(m_database->m_mutex);
    if (!m_pooled->link->isGood()) {
        m_database->m_connections -= static_cast<std::int64_t>(m_database->m_free.size()) + 1;
        m_database->m_free.clear(); // what ended this connection has most likely ended them all
        return;
    }
    for (auto& [sql, statement] : m_pooled->statements)
        statement->reset(); // a read left open would keep the log from being folded in
    m_database->m_free.push_back(std::move(m_pooled));
}

Database::Turn::~Turn()
{
    if (m_lock.owns_lock())
        m_lease.link().endTurn(m_number);
}

std::unique_ptr<Database> Database::attach(const std::string& url)
{
    return std::make_unique<Database>(Private{}, url);
}

Result<std::unique_ptr<Database>> Database::openAt(const std::string& url, std::int64_t schema)
{
    auto database = attach(url);
    auto lease = TRY(database->lease());
    TRY(migrate(lease, schema));
    return database;
}

Result<std::unique_ptr<Database>> Database::open(const std::string& url, const std::filesystem::path& backups)
{
    auto database = attach(url);
    const auto newest = static_cast<std::int64_t>(migrations().size());
    std::int64_t version = 0;
    {
        auto lease = TRY(database->lease());
        version = TRY(lease.link().schemaVersion());
    }
    if (version > 0 && version < newest)
        TRY(backUp(*database, url, backups, version));
    auto lease = TRY(database->lease());
    TRY(migrate(lease, newest));
    return database;
}

Result<Database::Lease> Database::lease()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_free.empty()) {
            auto pooled = std::move(m_free.back());
            m_free.pop_back();
            return Lease(*this, std::move(pooled));
        }
    }
    auto pooled = std::make_unique<Pooled>();
    pooled->link = TRY(openLink(m_url));
    ++m_connections;
    return Lease(*this, std::move(pooled));
}

Result<Database::Turn> Database::turn(std::string_view name)
{
    std::mutex* mutex = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        mutex = &m_turns[std::string(name)];
    }
    const std::int64_t since = nowMicroseconds();
    std::unique_lock one(*mutex);
    auto lease = TRY(this->lease());
    TRY(lease.link().takeTurn(numberOf(name)));
    noteWait(since);
    return Turn(std::move(one), std::move(lease), numberOf(name));
}

Database::Figures Database::figures() const
{
    return {m_connections, m_waits, m_waited};
}

void Database::noteWait(std::int64_t since)
{
    ++m_waits;
    m_waited += static_cast<std::uint64_t>(std::max<std::int64_t>(nowMicroseconds() - since, 0));
}

bool Patience::again()
{
    constexpr std::int64_t longest = 10'000'000;
    if (m_times == 0)
        m_began = nowMicroseconds();
    if (++m_times >= 5 || nowMicroseconds() - m_began > longest)
        return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5 << m_times));
    return true;
}

bool isPostgresUrl(std::string_view url)
{
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

std::int64_t nowMicroseconds()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string isoTime(std::int64_t microseconds)
{
    const auto time = static_cast<std::time_t>(microseconds / 1'000'000);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

} // namespace artdag::server
