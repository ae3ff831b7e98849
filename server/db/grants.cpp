// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/grants.h"

namespace artdag::server {

namespace {

#define DEVICE_COLUMNS "hash, user_code, client, scope, coalesce(user_id, 0), state, expires, polled_at"

Result<DeviceCode> deviceOf(const Statement& row)
{
    return DeviceCode{TRY(row.digest(0)), row.text(1), row.text(2), row.text(3), row.integer(4), row.text(5), row.integer(6), row.integer(7)};
}

} // namespace

Result<void> addDeviceCode(Database& database, const DeviceCode& code)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO device_codes (hash, user_code, client, scope, state, expires) VALUES ($1, $2, $3, $4, $5, $6)"));
    insert->bind(1, code.hash).bind(2, code.userCode).bind(3, code.client).bind(4, code.scope).bind(5, code.state).bind(6, code.expires);
    return insert->run();
}

Result<std::optional<DeviceCode>> findDeviceCode(Database& database, std::string_view userCode, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " DEVICE_COLUMNS " FROM device_codes WHERE user_code = $1 AND expires > $2 AND state = 'waiting'"));
    query->bind(1, userCode).bind(2, now);
    if (!TRY(query->step()))
        return std::optional<DeviceCode>();
    return std::optional(TRY(deviceOf(*query)));
}

Result<bool> answerDeviceCode(Database& database, std::string_view userCode, std::int64_t userId, bool allowed, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE device_codes SET state = $1, user_id = $2 WHERE user_code = $3 AND state = 'waiting' AND expires > $4"));
    update->bind(1, allowed ? "allowed" : "denied").bind(2, userId).bind(3, userCode).bind(4, now);
    TRY(update->run());
    return update->changes() == 1;
}

Result<std::optional<DeviceCode>> pollDeviceCode(Database& database, const Digest& hash, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    auto* query = TRY(lease.statement("SELECT " DEVICE_COLUMNS " FROM device_codes WHERE hash = $1"));
    query->bind(1, hash);
    if (!TRY(query->step()))
        return std::optional<DeviceCode>();
    DeviceCode code = TRY(deviceOf(*query));
    query->reset();
    auto* change = TRY(lease.statement(code.state == "waiting" ? "UPDATE device_codes SET polled_at = $2 WHERE hash = $1" : "DELETE FROM device_codes WHERE hash = $1"));
    change->bind(1, hash);
    if (code.state == "waiting")
        change->bind(2, now);
    TRY(change->run());
    TRY(transaction.commit());
    return std::optional(std::move(code));
}

Result<void> addAuthorizationCode(Database& database, const AuthorizationCode& code)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO authorization_codes (hash, client, redirect, challenge, scope, user_id, expires) VALUES ($1, $2, $3, $4, $5, $6, $7)"));
    insert->bind(1, code.hash).bind(2, code.client).bind(3, code.redirect).bind(4, code.challenge).bind(5, code.scope).bind(6, code.userId).bind(7, code.expires);
    return insert->run();
}

Result<std::optional<AuthorizationCode>> takeAuthorizationCode(Database& database, const Digest& hash, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto* take = TRY(lease.statement("UPDATE authorization_codes SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires > $3 RETURNING client, redirect, challenge, scope, user_id, expires"));
    take->bind(1, hash).bind(2, now).bind(3, now);
    if (!TRY(take->step()))
        return std::optional<AuthorizationCode>();
    AuthorizationCode code{hash, take->text(0), take->text(1), take->text(2), take->text(3), take->integer(4), take->integer(5)};
    take->reset();
    return std::optional(std::move(code));
}

Result<void> addRefreshToken(Database& database, const RefreshToken& token)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO refresh_tokens (hash, family, user_id, client, scope, issued, expires) VALUES ($1, $2, $3, $4, $5, $6, $7)"));
    insert->bind(1, token.hash).bind(2, token.family).bind(3, token.userId).bind(4, token.client).bind(5, token.scope).bind(6, token.issued).bind(7, token.expires);
    return insert->run();
}

Result<std::optional<RefreshToken>> takeRefreshToken(Database& database, const Digest& hash, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    auto* query = TRY(lease.statement("SELECT family, user_id, client, scope, issued, expires, used_at FROM refresh_tokens WHERE hash = $1"));
    query->bind(1, hash);
    if (!TRY(query->step()))
        return std::optional<RefreshToken>();
    RefreshToken token{hash, query->text(0), query->integer(1), query->text(2), query->text(3), query->integer(4), query->integer(5)};
    const bool used = !query->isNull(6);
    query->reset();
    auto* change = TRY(lease.statement(used ? "DELETE FROM refresh_tokens WHERE family = $1" : "UPDATE refresh_tokens SET used_at = $2 WHERE hash = $1"));
    if (used)
        change->bind(1, token.family);
    else
        change->bind(1, hash).bind(2, now);
    TRY(change->run());
    TRY(transaction.commit());
    if (used || token.expires <= now)
        return std::optional<RefreshToken>();
    return std::optional(std::move(token));
}

Result<void> revokeFamily(Database& database, const Digest& hash)
{
    auto lease = TRY(database.lease());
    auto* sweep = TRY(lease.statement("DELETE FROM refresh_tokens WHERE family IN (SELECT family FROM refresh_tokens WHERE hash = $1)"));
    sweep->bind(1, hash);
    return sweep->run();
}

Result<void> addAttachCode(Database& database, const AttachCode& code)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO attach_codes (hash, user_id, renderer, state, nonce, expires) VALUES ($1, $2, $3, $4, $5, $6)"));
    insert->bind(1, code.hash).bind(2, code.userId).bind(3, code.renderer).bind(4, code.state).bind(5, code.nonce).bind(6, code.expires);
    return insert->run();
}

Result<std::optional<AttachCode>> takeAttachCode(Database& database, const Digest& hash, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto* take = TRY(lease.statement("UPDATE attach_codes SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires > $3 RETURNING user_id, renderer, state, nonce, expires"));
    take->bind(1, hash).bind(2, now).bind(3, now);
    if (!TRY(take->step()))
        return std::optional<AttachCode>();
    AttachCode code{hash, take->integer(0), take->text(1), take->text(2), take->text(3), take->integer(4)};
    take->reset();
    return std::optional(std::move(code));
}

Result<void> attachRenderer(Database& database, std::int64_t userId, std::string_view url)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO user_renderers (user_id, url, attached_at) VALUES ($1, $2, $3) ON CONFLICT (user_id, url) DO UPDATE SET attached_at = excluded.attached_at"));
    insert->bind(1, userId).bind(2, url).bind(3, nowMicroseconds());
    return insert->run();
}

Result<bool> detachRenderer(Database& database, std::int64_t userId, std::string_view url)
{
    auto lease = TRY(database.lease());
    auto* sweep = TRY(lease.statement("DELETE FROM user_renderers WHERE user_id = $1 AND url = $2"));
    sweep->bind(1, userId).bind(2, url);
    TRY(sweep->run());
    return sweep->changes() != 0;
}

Result<std::vector<AttachedRenderer>> attachedRenderers(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT url, attached_at FROM user_renderers WHERE user_id = $1 ORDER BY url"));
    query->bind(1, userId);
    std::vector<AttachedRenderer> renderers;
    while (TRY(query->step()))
        renderers.push_back({query->text(0), query->integer(1)});
    return renderers;
}

} // namespace artdag::server
