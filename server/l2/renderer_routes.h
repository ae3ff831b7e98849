// SPDX-License-Identifier: GPL-3.0-or-later
// Attaching L1 renderers without a shared secret (docs/formats/http.md, "Attaching a renderer"): a one-time code goes
// through the browser, the renderer exchanges it here, signing with its own key. No bearer token is ever in a URL.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getRenderers(Site& site, const Request& request);
Result<Response> getAttachPage(Site& site, const Request& request);
/// A one-time code: in the address that leads a browser back to the renderer, or as JSON for a program that takes the browser's part.
Result<Response> postAttachCode(Site& site, const Request& request);
Result<Response> postDetach(Site& site, const Request& request);
Result<Response> postVerify(Site& site, const Request& request);
/// The key with which this server signs to its renderers.
Result<Response> getInstanceKey(Site& site, const Request& request);

inline constexpr std::string_view attachPrefix = "artdag.attach.1\n";
inline constexpr std::string_view revokePrefix = "artdag.revoke.1\n";

} // namespace artdag::server
