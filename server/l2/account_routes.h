// SPDX-License-Identifier: GPL-3.0-or-later
// /auth/… and /users/{user}/keys: accounts, tokens, creator keys.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> postRegister(Site& site, const Request& request);
Result<Response> postLogin(Site& site, const Request& request);
Result<Response> getMe(Site& site, const Request& request);
Result<Response> postLogout(Site& site, const Request& request);
Result<Response> getKeys(Site& site, const Request& request);
Result<Response> postKeys(Site& site, const Request& request);

/// What a proof of possession is signed under: the proof is {type, account, created, public, sig}.
inline constexpr std::string_view keyProofPrefix = "artdag.key-proof.1\n";

} // namespace artdag::server
