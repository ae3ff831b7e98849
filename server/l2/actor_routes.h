// SPDX-License-Identifier: GPL-3.0-or-later
// How other servers find people here: webfinger, NodeInfo, actors and their collections.
#pragma once

#include "server/db/accounts.h"
#include "server/http/router.h"

namespace artdag::server {

Result<Response> getWebfinger(Site& site, const Request& request);
Result<Response> getNodeinfoLinks(Site& site, const Request& request);
Result<Response> getNodeinfo(Site& site, const Request& request);
Result<Response> getActor(Site& site, const Request& request);
Result<Response> getOutbox(Site& site, const Request& request);
Result<Response> getInstanceActor(Site& site, const Request& request);
Result<Response> getHostMeta(Site& site, const Request& request);

/// The whole document of one of our accounts.
Result<Json> actorDocumentOf(Site& site, const User& user);
/// The account of the capture `user`, if it may be seen.
Result<User> userOfRequest(Site& site, const Request& request);

} // namespace artdag::server
