// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/database.h"

#include "server/db/migrations.h"

#include <fmt/format.h>

#include <chrono>
#include <ctime>

namespace artdag::server {

namespace {

Result<std::int64_t> schemaVersion(sqlite::Connection& connection)
{
    auto statement = TRY(connection.prepare("PRAGMA user_version"));
    TRY(statement.step());
    return statement.integer(0);
}

Result<void> migrate(sqlite::Connection& connection)
{
    const auto steps = migrations();
    auto transaction = TRY(sqlite::Transaction::begin(connection));
    const std::int64_t version = TRY(schemaVersion(connection));
    if (version > static_cast<std::int64_t>(steps.size()))
        return fail(Fault::Corrupt, fmt::format("database: schema {} was made by a newer artdagd; this one knows {}", version, steps.size()));
    for (auto next = static_cast<std::size_t>(version); next < steps.size(); ++next)
        TRY(connection.run(steps[next]));
    TRY(connection.run(fmt::format("PRAGMA user_version = {}", steps.size())));
    return transaction.commit();
}

} // namespace

Result<sqlite::Statement*> Database::Lease::statement(std::string_view sql)
{
    auto found = m_link->statements.find(sql);
    if (found == m_link->statements.end()) {
        auto compiled = TRY(m_link->connection.prepare(sql));
        found = m_link->statements.emplace(std::string(sql), std::move(compiled)).first;
    }
    found->second.reset();
    return &found->second;
}

Database::Lease::~Lease()
{
    if (!m_link)
        return;
    for (auto& [sql, statement] : m_link->statements)
        statement.reset(); // a read left open would keep the log from being folded in
    const std::lock_guard lock(m_database->m_mutex);
    m_database->m_free.push_back(std::move(m_link));
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file)
{
    auto database = std::make_unique<Database>(Private{}, file);
    auto lease = TRY(database->lease());
    TRY(migrate(lease.connection()));
    return database;
}

Result<Database::Lease> Database::lease()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_free.empty()) {
            auto link = std::move(m_free.back());
            m_free.pop_back();
            return Lease(*this, std::move(link));
        }
    }
    auto connection = TRY(sqlite::Connection::open(m_file));
    return Lease(*this, std::make_unique<Link>(Link{std::move(connection), {}}));
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
