// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts, their creator keys, and tokens that no longer count.
#pragma once

#include "core/base/result.h"
#include "core/identity/keys.h"
#include "server/db/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace artdag::server {

struct User {
    std::int64_t id = 0;
    std::string name;
    std::string displayName;
    std::string summary;          ///< plain text
    std::string password;         ///< encoded hash
    std::string role = "member";  ///< owner, admin, moderator, member, limited
    std::string state = "active"; ///< active, pending, silenced (unlisted), suspended
    std::string publicPem;        ///< of the transport key
    std::int64_t createdAt = 0;
    std::int64_t tokenEpoch = 0; ///< tokens of an earlier one are over

    [[nodiscard]] bool mayLogIn() const { return state == "active" || state == "silenced"; }
};

/// The first account of a server becomes its owner and is active at once. Conflict when the name is taken.
Result<User> addUser(Database& database, User user);
Result<User> findUser(Database& database, std::string_view name);
Result<User> findUser(Database& database, std::int64_t id);
Result<std::vector<User>> listUsers(Database& database, std::string_view state, int limit);
Result<void> setUserState(Database& database, std::string_view name, std::string_view state);
Result<std::int64_t> countUsers(Database& database);

struct UserKey {
    PublicKey key;
    std::int64_t userId = 0;
    std::int64_t notBefore = 0;
    std::int64_t revokedAt = 0; ///< 0: in use
};

/// True when it is new, false when the account has it already; Conflict when another account has it.
Result<bool> addKey(Database& database, std::int64_t userId, const PublicKey& key);
Result<std::vector<UserKey>> keysOf(Database& database, std::int64_t userId);
Result<UserKey> findKey(Database& database, std::string_view kid);

Result<void> revokeToken(Database& database, std::string_view id, std::int64_t expires);
Result<bool> isTokenRevoked(Database& database, std::string_view id);

/// A fact of the instance that is set once: gives the stored value, or stores this one.
Result<std::string> settingOnce(Database& database, std::string_view name, std::string_view value);
/// What is kept under this name; empty when nothing is.
Result<std::string> keptSetting(Database& database, std::string_view name);
Result<void> setSetting(Database& database, std::string_view name, std::string_view value);

} // namespace artdag::server
