// SPDX-License-Identifier: GPL-3.0-or-later
// /assets/…: what an owner does with a work: prepare, change, pin, withdraw. Others get 404, or 403 where they may see it.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> postPrepare(Site& site, const Request& request);
Result<Response> patchAsset(Site& site, const Request& request);
Result<Response> deleteAsset(Site& site, const Request& request);
Result<Response> postPin(Site& site, const Request& request);
Result<Response> deletePin(Site& site, const Request& request);
/// The featured collection: what an account pinned.
Result<Response> getFeatured(Site& site, const Request& request);

} // namespace artdag::server
