// SPDX-License-Identifier: GPL-3.0-or-later
// Works that come from a renderer: a run of it recorded as an asset, bytes of its cache published, and the way back.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> postRecordRun(Site& site, const Request& request);
Result<Response> postPublishCache(Site& site, const Request& request);
Result<Response> getAssetByRun(Site& site, const Request& request);

} // namespace artdag::server
