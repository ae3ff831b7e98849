// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/database.h"

#include "server/db/migrations.h"
#include "server/db/sqlite_link.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>

namespace artdag::server {

namespace {

Result<void> migrate(Database::Lease& lease)
{
    const auto steps = migrations();
    auto transaction = TRY(lease.begin());
    Link& link = lease.link();
    const std::int64_t version = TRY(link.schemaVersion());
    if (version > static_cast<std::int64_t>(steps.size()))
        return fail(Fault::Corrupt, fmt::format("database: schema {} was made by a newer artdagd; this one knows {}", version, steps.size()));
    for (auto next = static_cast<std::size_t>(version); next < steps.size(); ++next)
        TRY(link.run(steps[next]));
    TRY(link.setSchemaVersion(static_cast<std::int64_t>(steps.size())));
    return transaction.commit();
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
    return found->second.get();
}

Result<Transaction> Database::Lease::begin()
{
    TRY(link().begin());
    return Transaction(link());
}

Database::Lease::~Lease()
{
    if (!m_pooled || !m_pooled->link->isGood())
        return;
    for (auto& [sql, statement] : m_pooled->statements)
        statement->reset(); // a read left open would keep the log from being folded in
    const std::lock_guard lock(m_database->m_mutex);
    m_database->m_free.push_back(std::move(m_pooled));
}

Result<std::unique_ptr<Database>> Database::open(const std::string& url)
{
    auto database = std::make_unique<Database>(Private{}, url);
    auto lease = TRY(database->lease());
    TRY(migrate(lease));
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
    pooled->link = TRY(openSqliteLink(m_url.starts_with("sqlite:") ? m_url.substr(7) : m_url));
    return Lease(*this, std::move(pooled));
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
