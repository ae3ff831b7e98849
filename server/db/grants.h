// SPDX-License-Identifier: GPL-3.0-or-later
// What programs hold on behalf of people: codes of devices that wait for consent (RFC 8628), authorization codes (RFC 6749
// with RFC 7636), refresh tokens in families, and the one-time codes that attach a renderer. Only hashes of them are here.
#pragma once

#include "server/db/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct DeviceCode {
    Digest hash{};        ///< of the device code
    std::string userCode; ///< `WDJB-MJHT`
    std::string client, scope;
    std::int64_t userId = 0;       ///< who answered; 0: nobody yet
    std::string state = "waiting"; ///< waiting, allowed, denied
    std::int64_t expires = 0, polledAt = 0;
};
Result<void> addDeviceCode(Database& database, const DeviceCode& code);
Result<std::optional<DeviceCode>> findDeviceCode(Database& database, std::string_view userCode, std::int64_t now);
/// False when somebody answered it before, or it is over.
Result<bool> answerDeviceCode(Database& database, std::string_view userCode, std::int64_t userId, bool allowed, std::int64_t now);
/// The code as it was before this poll, whose time is noted; an answered one is taken away and cannot be polled again.
Result<std::optional<DeviceCode>> pollDeviceCode(Database& database, const Digest& hash, std::int64_t now);

struct AuthorizationCode {
    Digest hash{};
    std::string client, redirect;
    std::string challenge; ///< S256 of the verifier
    std::string scope;
    std::int64_t userId = 0, expires = 0;
};
Result<void> addAuthorizationCode(Database& database, const AuthorizationCode& code);
/// The code, which is used up by this. Nothing when it is unknown, over or used before.
Result<std::optional<AuthorizationCode>> takeAuthorizationCode(Database& database, const Digest& hash, std::int64_t now);

struct RefreshToken {
    Digest hash{};
    std::string family; ///< all that one consent led to
    std::int64_t userId = 0;
    std::string client, scope;
    std::int64_t issued = 0, expires = 0;
};
Result<void> addRefreshToken(Database& database, const RefreshToken& token);
/// Uses a token up. Nothing for one that is unknown or over. One that was used before is somebody's copy: its whole family
/// is revoked (RFC 9700 §4.14.2) and nothing is given.
Result<std::optional<RefreshToken>> takeRefreshToken(Database& database, const Digest& hash, std::int64_t now);
/// Revokes the family of a token; nothing happens when it is unknown.
Result<void> revokeFamily(Database& database, const Digest& hash);

struct AttachCode {
    Digest hash{};
    std::int64_t userId = 0;
    std::string renderer; ///< its exact base URL
    std::string state, nonce;
    std::int64_t expires = 0;
};
Result<void> addAttachCode(Database& database, const AttachCode& code);
/// The code, which is used up by this even when what comes with it does not fit.
Result<std::optional<AttachCode>> takeAttachCode(Database& database, const Digest& hash, std::int64_t now);

struct AttachedRenderer {
    std::string url;
    std::int64_t attachedAt = 0;
};
Result<void> attachRenderer(Database& database, std::int64_t userId, std::string_view url);
Result<bool> detachRenderer(Database& database, std::int64_t userId, std::string_view url);
Result<std::vector<AttachedRenderer>> attachedRenderers(Database& database, std::int64_t userId);

} // namespace artdag::server
