// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/accounts.h"

#include <chrono>

namespace artdag::server {

namespace {

#define USER_COLUMNS "id, name, display_name, summary, password, role, state, public_pem, created_at, token_epoch"

User userOf(const Statement& row)
{
    User user;
    user.id = row.integer(0);
    user.name = row.text(1);
    user.displayName = row.text(2);
    user.summary = row.text(3);
    user.password = row.text(4);
    user.role = row.text(5);
    user.state = row.text(6);
    user.publicPem = row.text(7);
    user.createdAt = row.integer(8);
    user.tokenEpoch = row.integer(9);
    return user;
}

Result<UserKey> keyOf(const Statement& row)
{
    auto key = TRY(PublicKey::fromDer(row.blob(0)));
    return UserKey{std::move(key), row.integer(1), row.integer(2), row.integer(3)};
}

} // namespace

Result<User> addUser(Database& database, User user)
{
    return inTransaction(database, [&](Database::Lease& lease) -> Result<User> {
        auto* count = TRY(lease.statement("SELECT count(*), coalesce(sum(CASE WHEN name = $1 THEN 1 ELSE 0 END), 0) FROM users"));
        count->bind(1, user.name);
        TRY(count->step());
        if (count->integer(1) != 0)
            return fail(Fault::Conflict, "user '" + user.name + "': the name is taken");
        if (count->integer(0) == 0) {
            user.role = "owner";
            user.state = "active";
        }
        count->reset();
        user.createdAt = nowMicroseconds();
        auto* insert = TRY(lease.statement("INSERT INTO users (name, display_name, summary, password, role, state, created_at, public_pem) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id"));
        insert->bind(1, user.name).bind(2, user.displayName).bind(3, user.summary).bind(4, user.password).bind(5, user.role).bind(6, user.state).bind(7, user.createdAt).bind(8, user.publicPem);
        TRY(insert->step());
        user.id = insert->integer(0);
        insert->reset();
        return user;
    });
}

Result<User> findUser(Database& database, std::string_view name)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " USER_COLUMNS " FROM users WHERE name = $1"));
    query->bind(1, name);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "user '" + std::string(name.substr(0, 64)) + "': there is no such account here");
    return userOf(*query);
}

Result<User> findUser(Database& database, std::int64_t id)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " USER_COLUMNS " FROM users WHERE id = $1"));
    query->bind(1, id);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "user: there is no such account here");
    return userOf(*query);
}

Result<std::vector<User>> listUsers(Database& database, std::string_view state, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " USER_COLUMNS " FROM users WHERE state = $1 ORDER BY id LIMIT $2"));
    query->bind(1, state).bind(2, limit);
    std::vector<User> users;
    while (TRY(query->step()))
        users.push_back(userOf(*query));
    return users;
}

Result<void> setUserState(Database& database, std::string_view name, std::string_view state)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE users SET state = $1 WHERE name = $2"));
    update->bind(1, state).bind(2, name);
    TRY(update->run());
    if (update->changes() == 0)
        return fail(Fault::NotFound, "user '" + std::string(name) + "': there is no such account here");
    return {};
}

Result<std::int64_t> countUsers(Database& database)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT count(*) FROM users WHERE state = 'active'"));
    TRY(query->step());
    return query->integer(0);
}

Result<bool> addKey(Database& database, std::int64_t userId, const PublicKey& key)
{
    return inTransaction(database, [&](Database::Lease& lease) -> Result<bool> {
        auto* query = TRY(lease.statement("SELECT user_id FROM user_keys WHERE kid = $1"));
        query->bind(1, key.kid());
        if (TRY(query->step())) {
            if (query->integer(0) != userId)
                return fail(Fault::Conflict, "key " + key.kid() + ": it belongs to another account");
            return false;
        }
        auto* insert = TRY(lease.statement("INSERT INTO user_keys (kid, user_id, alg, public, not_before) VALUES ($1, $2, $3, $4, $5)"));
        insert->bind(1, key.kid()).bind(2, userId).bind(3, nameOf(key.algorithm())).bind(4, ByteView(key.der())).bind(5, nowMicroseconds());
        TRY(insert->run());
        return true;
    });
}

Result<std::vector<UserKey>> keysOf(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT public, user_id, not_before, coalesce(revoked_at, 0) FROM user_keys WHERE user_id = $1 ORDER BY not_before"));
    query->bind(1, userId);
    std::vector<UserKey> keys;
    while (TRY(query->step()))
        keys.push_back(TRY(keyOf(*query)));
    return keys;
}

Result<UserKey> findKey(Database& database, std::string_view kid)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT public, user_id, not_before, coalesce(revoked_at, 0) FROM user_keys WHERE kid = $1"));
    query->bind(1, kid);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "key " + std::string(kid.substr(0, 100)) + ": it is not registered here");
    return keyOf(*query);
}

Result<void> revokeToken(Database& database, std::string_view id, std::int64_t expires)
{
    return inTransaction(database, [&](Database::Lease& lease) -> Result<void> {
        const std::int64_t now = nowMicroseconds() / 1'000'000;
        auto* sweep = TRY(lease.statement("DELETE FROM revoked_tokens WHERE expires < $1"));
        sweep->bind(1, now);
        TRY(sweep->run());
        auto* insert = TRY(lease.statement("INSERT INTO revoked_tokens (id, expires) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING"));
        insert->bind(1, id).bind(2, expires);
        TRY(insert->run());
        return {};
    });
}

Result<bool> isTokenRevoked(Database& database, std::string_view id)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT 1 FROM revoked_tokens WHERE id = $1"));
    query->bind(1, id);
    return query->step();
}

Result<std::string> settingOnce(Database& database, std::string_view name, std::string_view value)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"));
    insert->bind(1, name).bind(2, value);
    TRY(insert->run());
    auto* query = TRY(lease.statement("SELECT value FROM settings WHERE name = $1"));
    query->bind(1, name);
    TRY(query->step());
    return query->text(0);
}

Result<std::string> keptSetting(Database& database, std::string_view name)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT value FROM settings WHERE name = $1"));
    query->bind(1, name);
    return TRY(query->step()) ? query->text(0) : std::string();
}

Result<void> setSetting(Database& database, std::string_view name, std::string_view value)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value"));
    insert->bind(1, name).bind(2, value);
    return insert->run();
}

} // namespace artdag::server
