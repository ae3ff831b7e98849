// SPDX-License-Identifier: GPL-3.0-or-later
// What people here do with others: follow, answer requests to follow, block, like, boost, reply, move. The same for people of
// this server and of others; only what goes to others becomes an activity.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getFollows(Site& site, const Request& request);
Result<Response> postFollows(Site& site, const Request& request);
Result<Response> deleteFollows(Site& site, const Request& request);
Result<Response> patchFollows(Site& site, const Request& request);
Result<Response> postFollowRequests(Site& site, const Request& request);
Result<Response> postBlocks(Site& site, const Request& request);
Result<Response> deleteBlocks(Site& site, const Request& request);
Result<Response> postAliases(Site& site, const Request& request);
Result<Response> postMove(Site& site, const Request& request);

} // namespace artdag::server
