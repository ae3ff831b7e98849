// SPDX-License-Identifier: GPL-3.0-or-later
// /media: bytes in (streamed, hashed here) and out (ranges, ETags), and the pictures of accounts.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> postMedia(Site& site, const Request& request);
Result<Response> getMedia(Site& site, const Request& request);
/// Bytes of works that are not open, by the token in their Notes.
Result<Response> getPrivateMedia(Site& site, const Request& request);
/// `/media/{hash}/hls/{level}/{file}`: the parts of a stream for players.
Result<Response> getStream(Site& site, const Request& request);
Result<Response> getAvatar(Site& site, const Request& request);

} // namespace artdag::server
