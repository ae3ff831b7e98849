// SPDX-License-Identifier: GPL-3.0-or-later
// What this server and its renderers say to each other, signed: the renderer by its instance key when it exchanges a code,
// this server when it takes an attachment back. Only configured renderers are ever spoken to.
#pragma once

#include "core/base/json.h"
#include "server/l2/site.h"

#include <string>
#include <vector>

namespace artdag::server {

bool isConfigured(const Site& site, const std::string& renderer);

/// Denied unless the document is of type artdag.attach, not older than ten minutes, from a configured renderer, and signed by
/// the key which that renderer shows at /auth/instance; that key is noted. Unavailable when it cannot be asked.
Result<void> checkRendererWord(Site& site, const Json& document, const std::string& renderer);

/// Tells a renderer that a person is gone. Unavailable when it does not answer within five seconds.
Result<void> tellRevoked(Site& site, const std::string& renderer, const std::string& user);
/// The same for every renderer that a person attached, all at once; one that does not answer blocks nothing.
void tellAllRevoked(Site& site, std::int64_t userId, const std::string& user);

} // namespace artdag::server
