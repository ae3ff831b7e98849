// SPDX-License-Identifier: GPL-3.0-or-later
// How people of a registry (L2) come to a renderer, without a secret that both hold: a one-time code that the registry gives
// the browser is exchanged here, signed by this instance's key. And how they go: revocations that the registry signs.
// docs/formats/http.md, "Attach".
#pragma once

#include "server/http/message.h"

namespace artdag::server {

struct Site;

Result<Response> getAttach(Site& site, const Request& request);
/// A form's `token` (of `artdagd l1-token`) becomes the browser's cookie.
Result<Response> postAttach(Site& site, const Request& request);
Result<Response> getRendererKey(Site& site, const Request& request);
Result<Response> postRendererRevoke(Site& site, const Request& request);
Result<Response> postRevokeUser(Site& site, const Request& request);
Result<Response> getRevokePage(Site& site, const Request& request);
Result<Response> postRendererLogout(Site& site, const Request& request);

inline constexpr std::string_view attachPrefix = "artdag.attach.1\n"; ///< what the renderer signs for /auth/verify
inline constexpr std::string_view revokePrefix = "artdag.revoke.1\n"; ///< what the registry signs for /auth/revoke-user

} // namespace artdag::server
