// SPDX-License-Identifier: GPL-3.0-or-later
// Who asks a renderer: a bearer token of its own, one of the registry in the same process, or the cookie of a browser that
// attached. A cookie alone changes nothing for another site: requests that act must come from our own pages.
#pragma once

#include "server/http/router.h"
#include "server/l2/site.h"

#include <optional>
#include <string>

namespace artdag::server {

/// Fills in the caller as the route wants it; a refusal when that cannot be. `registry` reads the tokens of the registry in the
/// same process. People without a cookie are led to the page where they attach.
std::optional<Response> identifyForRenderer(Site& site, Request& head, std::optional<Response> (*registry)(Site&, Request&));

struct RendererToken {
    std::string text;
    std::int64_t expires = 0; ///< seconds since 1970
};
/// For a user of this renderer, good for `seconds`.
RendererToken makeRendererToken(const TokenRealm& realm, const std::string& user, std::int64_t seconds);
/// Every token of that user that was made before now is over.
Result<void> endRendererTokens(Site& site, std::int64_t userId);
/// The account of somebody who is known elsewhere (`giles@artdag.example`, `local administrator`); made at first.
Result<User> rendererUser(Database& database, const std::string& name);

} // namespace artdag::server
