// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/sessions.h"

namespace artdag::server {

namespace {

constexpr std::int64_t seenEvery = 300'000'000; // µs: a page view must not cost a write

} // namespace

Result<void> addSession(Database& database, std::int64_t userId, const BrowserSession& session, std::int64_t expires)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO sessions (hash, user_id, agent, created_at, seen_at, expires) VALUES ($1, $2, $3, $4, $5, $6)"));
    insert->bind(1, session.hash).bind(2, userId).bind(3, session.agent).bind(4, session.createdAt).bind(5, session.seenAt).bind(6, expires);
    return insert->run();
}

Result<std::optional<SessionUser>> findSession(Database& database, const Digest& hash, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT users.id, users.name, users.role, users.state, sessions.seen_at FROM sessions JOIN users ON users.id = sessions.user_id WHERE sessions.hash = $1 AND sessions.expires > $2"));
    query->bind(1, hash).bind(2, now);
    if (!TRY(query->step()))
        return std::optional<SessionUser>();
    SessionUser user{query->integer(0), query->text(1), query->text(2), query->text(3)};
    const bool stale = query->integer(4) + seenEvery < now;
    query->reset();
    if (stale) {
        auto* update = TRY(lease.statement("UPDATE sessions SET seen_at = $1 WHERE hash = $2"));
        update->bind(1, now).bind(2, hash);
        TRY(update->run());
    }
    return std::optional(std::move(user));
}

Result<std::vector<BrowserSession>> listSessions(Database& database, std::int64_t userId, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT hash, agent, created_at, seen_at FROM sessions WHERE user_id = $1 AND expires > $2 ORDER BY seen_at DESC, created_at DESC LIMIT 100"));
    query->bind(1, userId).bind(2, now);
    std::vector<BrowserSession> sessions;
    while (TRY(query->step()))
        sessions.push_back({TRY(query->digest(0)), query->text(1), query->integer(2), query->integer(3)});
    return sessions;
}

Result<void> endSession(Database& database, std::int64_t userId, const Digest& hash)
{
    auto lease = TRY(database.lease());
    auto* sweep = TRY(lease.statement("DELETE FROM sessions WHERE hash = $1 AND user_id = $2"));
    sweep->bind(1, hash).bind(2, userId);
    return sweep->run();
}

Result<void> endLogins(Database& database, std::int64_t userId, const std::optional<Digest>& keep)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    auto* epoch = TRY(lease.statement("UPDATE users SET token_epoch = token_epoch + 1 WHERE id = $1"));
    epoch->bind(1, userId);
    TRY(epoch->run());
    const Digest kept = keep.value_or(Digest{});
    auto* sessions = TRY(lease.statement("DELETE FROM sessions WHERE user_id = $1 AND hash <> $2"));
    sessions->bind(1, userId).bind(2, kept);
    TRY(sessions->run());
    for (const char* sql : {"DELETE FROM refresh_tokens WHERE user_id = $1", "DELETE FROM authorization_codes WHERE user_id = $1", "DELETE FROM device_codes WHERE user_id = $1", "DELETE FROM attach_codes WHERE user_id = $1"}) {
        auto* sweep = TRY(lease.statement(sql));
        sweep->bind(1, userId);
        TRY(sweep->run());
    }
    return transaction.commit();
}

} // namespace artdag::server
