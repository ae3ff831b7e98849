// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing in two steps, for those who sign the activity themselves: prepare gives the finished Create, its author signs
// it (FEP-8b32, eddsa-jcs-2022), the signature comes back and exactly these bytes are published.
#pragma once

#include "server/l2/publish_asset.h"

namespace artdag::server {

/// The finished activity or what stands in the way; nothing is published. It waits for its signature for an hour.
struct Preparation {
    std::string uuid;
    Json activity;
    std::int64_t expires = 0;
};
Result<tl::expected<Preparation, Standing>> prepareAsset(Site& site, const Caller& caller, const Json& body);

/// `{"prepared": uuid, "proof": {…}}`. Denied: the proof is not of a registered Ed25519 key of the caller, or not of this
/// activity; Conflict: something else was published meanwhile that changes the activity.
Result<tl::expected<Published, Standing>> publishPrepared(Site& site, const Caller& caller, const Json& body);

} // namespace artdag::server
