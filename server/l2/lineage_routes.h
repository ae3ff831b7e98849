// SPDX-License-Identifier: GPL-3.0-or-later
// /assets/…/lineage and /used-in: what a work is made of and what was made of it, as far as the caller may see.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getAssetLineage(Site& site, const Request& request);
Result<Response> getAssetUses(Site& site, const Request& request);

} // namespace artdag::server
