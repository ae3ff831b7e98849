// SPDX-License-Identifier: GPL-3.0-or-later
// The film of a run as a stream, while it is made and after.
#pragma once

#include "server/http/message.h"
#include "server/l2/site.h"

namespace artdag::server {

/// `/runs/{id}/hls/index.m3u8` and the parts of its levels, for whose run it is. 503 with Retry-After for what is not there yet.
Result<Response> getRunStream(Site& site, const Request& request);

} // namespace artdag::server
