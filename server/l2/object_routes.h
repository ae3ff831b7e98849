// SPDX-License-Identifier: GPL-3.0-or-later
// /objects/{hash} and /activities/{ref}: works as ActivityPub objects, negotiated with pages for people.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getObject(Site& site, const Request& request);
Result<Response> getObjectClaim(Site& site, const Request& request);
Result<Response> getObjectProvenance(Site& site, const Request& request);
Result<Response> getActivity(Site& site, const Request& request);
Result<Response> getActivityByIndex(Site& site, const Request& request);

} // namespace artdag::server
