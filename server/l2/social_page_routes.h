// SPDX-License-Identifier: GPL-3.0-or-later
// Pages and forms over what social_routes.h and interaction_routes.h do for programs: whatever a form does goes the same way.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

/// Where the remote-follow buttons of other servers lead (webfinger's subscribe template): `?uri=` is an account, an actor or an
/// object.
Result<Response> getAuthorizeInteraction(Site& site, const Request& request);
Result<Response> postAuthorizeInteraction(Site& site, const Request& request);
Result<Response> postNotificationsRead(Site& site, const Request& request);

} // namespace artdag::server
