// SPDX-License-Identifier: GPL-3.0-or-later
// POST /assets as one direction: read the request, check the claim, look for the same content, write the work with the
// activity that announces it. With a claim the claim is the truth; the request cannot say otherwise.
#pragma once

#include "core/federation/note_document.h"
#include "server/db/works.h"
#include "server/http/message.h"
#include "server/l2/site.h"

namespace artdag::server {

struct Published {
    Work work;
    bool isNew = false; ///< false: the owner had published it before, nothing changed
};

/// An answer that is no Error: what is in the way, with the ways on.
struct Standing {
    Work work;
    std::string reason;
};

/// BadInput: malformed, bytes not here, papers that do not hold; Denied: signatures, foreign creators; Conflict: the name.
Result<tl::expected<Published, Standing>> publishAsset(Site& site, const Caller& caller, const Json& body);

/// The asset as its owner and strangers see it (docs/formats/http.md).
Json assetJson(Site& site, const Work& work);

/// What the activity of a work says; `uuid` of the activity.
Result<NoteFacts> noteFactsOf(Site& site, const Work& work, const std::string& uuid);

/// Time-ordered, 62 random bits (RFC 9562 §5.7).
std::string uuidV7(std::int64_t microseconds);

} // namespace artdag::server
