// SPDX-License-Identifier: GPL-3.0-or-later
// /anchors: make, read, upgrade; and what ties an activity to its anchor: check, `.ots`, proof bundle.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> postAnchorsCreate(Site& site, const Request& request);
Result<Response> getAnchors(Site& site, const Request& request);
Result<Response> getAnchor(Site& site, const Request& request);
Result<Response> getAnchorTree(Site& site, const Request& request);
Result<Response> postAnchorUpgrade(Site& site, const Request& request);
Result<Response> getAnchorVerify(Site& site, const Request& request);
Result<Response> getActivityTimestamp(Site& site, const Request& request);
Result<Response> getProofBundle(Site& site, const Request& request);
Result<Response> postTestOts(Site& site, const Request& request);
Result<Response> getAnchorsPage(Site& site, const Request& request);

} // namespace artdag::server
