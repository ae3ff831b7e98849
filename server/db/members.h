// SPDX-License-Identifier: GPL-3.0-or-later
// What an account can change about itself, the second step of its login, and the ways back in. Codes and links are kept as
// SHA3-256 only.
#pragma once

#include "server/db/accounts.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct ProfileLink {
    std::string label;
    std::string url; ///< https or http
};
struct Profile {
    std::string displayName, summary; ///< plain text
    std::vector<ProfileLink> links;
    bool approvesFollowers = false;
    std::optional<ContentId> avatar; ///< an object of theirs that is a picture
};
Result<Profile> findProfile(Database& database, std::int64_t userId);
Result<void> setProfile(Database& database, std::int64_t userId, const Profile& profile);

Result<void> setPassword(Database& database, std::int64_t userId, std::string_view encoded);
/// Bytes; -1: the server's own limit.
Result<void> setQuota(Database& database, std::int64_t userId, std::int64_t quota);
Result<std::int64_t> quotaOf(Database& database, std::int64_t userId);

/// The secret of the authenticator (RFC 6238); empty: the login has one step.
Result<Bytes> totpSecret(Database& database, std::int64_t userId);
Result<void> setTotpSecret(Database& database, std::int64_t userId, const Bytes& secret);
/// Notes the time step of a code that was used. False when it or a later one was used before.
Result<bool> useTotpStep(Database& database, std::int64_t userId, std::int64_t step);

/// Replaces all recovery codes by these.
Result<void> setRecoveryCodes(Database& database, std::int64_t userId, std::span<const Digest> hashes);
Result<std::int64_t> countRecoveryCodes(Database& database, std::int64_t userId);
/// True once for each code.
Result<bool> useRecoveryCode(Database& database, std::int64_t userId, const Digest& hash);

Result<void> addResetLink(Database& database, const Digest& hash, std::int64_t userId, std::int64_t madeBy, std::int64_t expires);
struct ResetLink {
    std::int64_t userId = 0; ///< 0: there is no such link
    std::int64_t madeBy = 0; ///< the account itself when it was sent by mail; 0: on the command line
};
/// Whose link it is, without using it up.
Result<ResetLink> findResetLink(Database& database, const Digest& hash, std::int64_t now);
Result<bool> useResetLink(Database& database, const Digest& hash, std::int64_t now);

/// `not_before` … `revoked_at` is when a key counted; its public half stays published. False when it is not a living key of
/// this account.
Result<bool> revokeKey(Database& database, std::int64_t userId, std::string_view kid);

struct Invitation {
    Digest hash{};
    std::string madeBy, role;
    std::int64_t usesLeft = 0, createdAt = 0, expires = 0;
};
Result<void> addInvitation(Database& database, const Invitation& invitation, std::int64_t madeBy);
Result<std::vector<Invitation>> listInvitations(Database& database, std::int64_t now);
Result<std::optional<Invitation>> findInvitation(Database& database, const Digest& hash, std::int64_t now);
Result<bool> useInvitation(Database& database, const Digest& hash, std::int64_t now);
Result<void> removeInvitation(Database& database, const Digest& hash);

} // namespace artdag::server
