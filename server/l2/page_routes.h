// SPDX-License-Identifier: GPL-3.0-or-later
// Pages for people, and what belongs to the service itself: health, OpenAPI, the stylesheet.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getHome(Site& site, const Request& request);
Result<Response> getAssetPage(Site& site, const Request& request);
Result<Response> getProfilePage(Site& site, const Request& request);
Result<Response> getPeoplePage(Site& site, const Request& request);
Result<Response> getTagPage(Site& site, const Request& request);
Result<Response> getStyle(Site& site, const Request& request);
Result<Response> getHealth(Site& site, const Request& request);
Result<Response> getOpenApi(Site& site, const Request& request);
Result<Response> getRobots(Site& site, const Request& request);

} // namespace artdag::server
