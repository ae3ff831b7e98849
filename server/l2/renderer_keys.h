// SPDX-License-Identifier: GPL-3.0-or-later
// The keys by which renderers sign the manifests of what they made, as this server saw them when somebody attached. They stay
// published when a renderer is gone or has another key: what was signed with them can still be checked.
#pragma once

#include "core/base/json.h"
#include "server/l2/site.h"

#include <string>

namespace artdag::server {

/// Once for each key; a key that is known is left as it is.
Result<void> noteRendererKey(Site& site, const std::string& renderer, const PublicKey& key);

struct RendererKey {
    std::string renderer; ///< its base URL
    PublicKey key;
};
/// A key of a renderer that this server works with now. Denied for any other.
Result<RendererKey> rendererKey(Site& site, const std::string& kid);

/// All that were ever seen: [{"renderer", "kid", "public", "not_before"}].
Result<Json> rendererKeys(Site& site);

} // namespace artdag::server
