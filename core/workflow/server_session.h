// SPDX-License-Identifier: GPL-3.0-or-later
// An account on an L2 server, from the creator's side: log in, keep the token, find it again. Tokens are in
// artdagHome()/accounts.json, mode 0600; passwords are never kept.
#pragma once

#include "core/base/result.h"
#include "core/net/http_client.h"

#include <string>
#include <string_view>

namespace artdag {

struct Session {
    std::string server;       ///< base URL without a final slash: `https://artdag.example`
    std::string user;         ///< `giles`
    std::string account;      ///< `@giles@artdag.example`
    std::string token;        ///< a bearer token; never shown, never logged
    std::int64_t expires = 0; ///< seconds since 1970
};

/// Logs in, or registers first when `registerNew` is set, and keeps the session as the current one.
/// Denied for a wrong password, Conflict for a name that is taken.
Result<Session> login(HttpClient& http, std::string_view url, const std::string& user, const std::string& password, bool registerNew);

/// The kept session of a server, or of the last login when `url` is empty. NotFound says how to log in; Denied when the
/// token is over.
Result<Session> savedSession(std::string_view url = {});

/// Revokes the token at the server (a dead server does not matter) and forgets it.
Result<void> logout(HttpClient& http, const Session& session);

/// `https://HOST[:PORT]` of what a person typed: `artdag.example`, `https://artdag.example/`, `http://127.0.0.1:8200`.
/// Plain http only for loopback.
Result<std::string> serverOfText(std::string_view text);

} // namespace artdag
