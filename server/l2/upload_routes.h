// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads in pieces, by tus 1.0.0 with creation, expiration and termination: what a broken connection or a killed server
// leaves is gone on with. The content id is computed here, of all bytes, whatever was announced.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

/// `POST /media` with Tus-Resumable: announces a file.
Result<Response> createUpload(Site& site, const Request& request);
Result<Response> getUpload(Site& site, const Request& request); ///< and HEAD: how far it is
Result<Response> patchUpload(Site& site, const Request& request);
Result<Response> deleteUpload(Site& site, const Request& request);

} // namespace artdag::server
