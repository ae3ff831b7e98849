// SPDX-License-Identifier: GPL-3.0-or-later
// What is decided about an upload before a byte of it is taken: whether there is room for it, for this account and on this
// disk, and where it goes on.
#pragma once

#include "server/http/serve.h"
#include "server/l2/site.h"

namespace artdag::server {

/// For a route that takes a file from a known caller: narrows the limit, or refuses with 409, 413, 415 or 507.
void planUpload(Site& site, const Request& head, BodyPlan& plan);
/// The headers by which a client finds out how it may upload in pieces (tus 1.0.0, "OPTIONS").
Response withUploadWords(Response response);

/// True for the requests of that protocol.
bool speaksTus(const Request& request);
inline constexpr const char* tusVersion = "1.0.0";

} // namespace artdag::server
