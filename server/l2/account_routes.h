// SPDX-License-Identifier: GPL-3.0-or-later
// /auth/… and /users/{user}/keys: accounts, tokens, creator keys.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> postRegister(Site& site, const Request& request);
Result<Response> postLogin(Site& site, const Request& request);
Result<Response> getMe(Site& site, const Request& request);
Result<Response> postLogout(Site& site, const Request& request);
/// Ends a token, or the whole family of a refresh token (RFC 7009). Holding it is all that is asked.
Result<Response> postRevoke(Site& site, const Request& request);
/// A new password by proof of possession of a creator key.
Result<Response> postReset(Site& site, const Request& request);
Result<Response> getKeys(Site& site, const Request& request);
Result<Response> postKeys(Site& site, const Request& request);
Result<Response> deleteKey(Site& site, const Request& request);

/// What a proof of possession is signed under: the proof is {type, account, created, public, sig}.
inline constexpr std::string_view keyProofPrefix = "artdag.key-proof.1\n";

} // namespace artdag::server
