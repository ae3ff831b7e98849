// SPDX-License-Identifier: GPL-3.0-or-later
// An account on an L2 server, from the creator's side: log in, keep the token, find it again. Tokens are in the keychain where there
// is one (kept_logins.h); passwords are never kept.
#pragma once

#include "core/base/result.h"
#include "core/identity/secret_ring.h"
#include "core/net/http_client.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

struct Session {
    std::string server;       ///< base URL without a final slash: `https://artdag.example`
    std::string user;         ///< `giles`
    std::string account;      ///< `@giles@artdag.example`
    std::string token;        ///< a bearer token; never shown, never logged
    std::int64_t expires = 0; ///< seconds since 1970
    std::string refresh;      ///< brings the next token, once; empty for a login by password
    std::string client;       ///< the program that logged in, whose name a refresh must say; empty: not known
    bool inFile = false;      ///< the file was chosen for its tokens, not the keychain
    std::string fallback;     ///< why the token is in the file and not in the keychain; empty when it is, or no keychain was given
};

/// Logs in, or registers first when `registerNew` is set, and keeps the session as the current one.
/// Denied for a wrong password, Conflict for a name that is taken.
Result<Session> login(HttpClient& http, std::string_view url, const std::string& user, const std::string& password, bool registerNew, SecretRing* ring = nullptr);

// Everywhere here: without a keychain (`ring`) tokens are in the file alone; a login without one chooses the file for good.

/// Keeps a session as the current one, and says in it where.
Result<void> keepSession(Session& session, SecretRing* ring = nullptr);

/// A login that a person answers in a browser (RFC 8628): this program never sees the password.
struct DeviceLogin {
    std::string server;
    std::string userCode;       ///< `WDJB-MJHT`, to be typed on `page`
    std::string page, fullPage; ///< the second has the code in it
    std::string deviceCode;     ///< a secret
    std::int64_t interval = 5;  ///< s between two polls
    std::int64_t expires = 0;   ///< seconds since 1970
};
Result<DeviceLogin> beginDeviceLogin(HttpClient& http, std::string_view url, std::string_view client);
/// The session, which is kept as the current one; nothing while nobody has answered. Denied when it was refused, or nobody
/// answered in time. Adjusts `interval`.
Result<std::optional<Session>> pollDeviceLogin(HttpClient& http, DeviceLogin& device, std::string_view client, SecretRing* ring = nullptr);

/// The kept session with a token that is good for two minutes at least, renewed at the server when need be. Denied when the login is
/// over, Unavailable when the keychain stays locked.
Result<Session> freshSession(HttpClient& http, std::string_view client, std::string_view url = {}, SecretRing* ring = nullptr);

/// The kept session of a server, or of the last login when `url` is empty. NotFound says how to log in; Denied when the
/// token is over, Unavailable when the keychain does not give it.
Result<Session> savedSession(std::string_view url = {}, SecretRing* ring = nullptr);

/// Who is logged in, as far as it can be told without asking the keychain.
struct AccountName {
    std::string server, user, account;
    bool inKeychain = false;
};
Result<std::optional<AccountName>> currentAccount();
/// All who are logged in, one at each server; the current one is among them.
Result<std::vector<AccountName>> keptAccounts();
/// The account at this server is the current one from now on. NotFound when nobody is logged in there.
Result<void> chooseAccount(std::string_view url);

/// Whether the server still takes the token: false when it expired or was revoked, which only a new login mends.
Result<bool> loginHolds(HttpClient& http, const Session& session);

/// Revokes the token at the server (a dead server does not matter) and forgets it.
Result<void> logout(HttpClient& http, const Session& session, SecretRing* ring = nullptr);

/// `https://HOST[:PORT]` of what a person typed: `artdag.example`, `https://artdag.example/`, `http://127.0.0.1:8200`.
/// Plain http only for loopback.
Result<std::string> serverOfText(std::string_view text);

} // namespace artdag
