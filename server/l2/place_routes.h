// SPDX-License-Identifier: GPL-3.0-or-later
// Pages about the server itself: about, rules, privacy, contact, security.txt; where its programs are; its API for people;
// and what happened here lately.
#pragma once

#include "server/db/works.h"
#include "server/http/router.h"

namespace artdag::server {

Result<Response> getTextPage(Site& site, const Request& request); ///< the path's last word says which
Result<Response> getSecurityTxt(Site& site, const Request& request);
Result<Response> getClientPage(Site& site, const Request& request);
Result<Response> getDocsPage(Site& site, const Request& request);
Result<Response> getActivities(Site& site, const Request& request);
/// One activity, for people.
Result<Response> activityPageOf(Site& site, const Activity& activity, const Work& work);

} // namespace artdag::server
