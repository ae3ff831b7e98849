// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of a renderer's people: bring, list, read, look, give up. To whom they are not given they do not exist.
#pragma once

#include "server/http/message.h"

namespace artdag::server {

struct Site;

Result<Response> postUpload(Site& site, const Request& request);
Result<Response> getCache(Site& site, const Request& request);
Result<Response> getCached(Site& site, const Request& request);
Result<Response> getCachedMeta(Site& site, const Request& request);
Result<Response> deleteCached(Site& site, const Request& request);

} // namespace artdag::server
