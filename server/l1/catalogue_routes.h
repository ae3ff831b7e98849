// SPDX-License-Identifier: GPL-3.0-or-later
// What a renderer is and can: status, effects, named assets, the description of its API.
#pragma once

#include "server/http/message.h"

namespace artdag::server {

struct Site;

Result<Response> getRendererStatus(Site& site, const Request& request);
Result<Response> getRendererHealth(Site& site, const Request& request);
Result<Response> getRendererApi(Site& site, const Request& request);
Result<Response> getRendererDocs(Site& site, const Request& request);
Result<Response> getEffects(Site& site, const Request& request);
Result<Response> getEffect(Site& site, const Request& request);
Result<Response> getNamedAssets(Site& site, const Request& request);

} // namespace artdag::server
