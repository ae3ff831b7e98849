// SPDX-License-Identifier: GPL-3.0-or-later
// Liking, boosting and replying, and what came of it: the home page of what those whom one follows made, and notifications.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> postInteractions(Site& site, const Request& request);
Result<Response> deleteInteractions(Site& site, const Request& request);
Result<Response> getHomeFeed(Site& site, const Request& request);
Result<Response> getNotifications(Site& site, const Request& request);
Result<Response> postNotifications(Site& site, const Request& request);

} // namespace artdag::server
