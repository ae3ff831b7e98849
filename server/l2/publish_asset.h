// SPDX-License-Identifier: GPL-3.0-or-later
// POST /assets as one direction: read the request, check the claim, look for the same content, write the work with the
// activity that announces it. With a claim the claim is the truth; the request cannot say otherwise.
#pragma once

#include "server/db/works.h"
#include "server/http/message.h"
#include "server/l2/announce.h"
#include "server/l2/asset_documents.h"
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

/// What is random or of its moment in a publication; kept when the same publication is made again after its author signed it.
struct DraftTime {
    std::int64_t now = 0; ///< µs, whole milliseconds
    std::string uuid;     ///< of the activity
    std::string mediaToken, posterToken;
};
DraftTime draftTimeNow();

/// A publication that only needs to be written. At most one of `standing` and `published` is set, and then there is nothing to write.
struct Draft {
    NewWork added;
    std::optional<Standing> standing;
    std::optional<Work> published; ///< the owner had published it before
    bool isChange = false;         ///< a claim, or a newer one, for a work that is here
};

/// Checks all of it. BadInput: malformed, bytes not here, papers that do not hold; Denied: signatures, foreign creators, what
/// was taken down. For draftAsset and publishDraft the caller holds the turn "publish".
Result<Draft> draftAsset(Site& site, const Caller& caller, const Json& body, const DraftTime& time);
/// Conflict: the name.
Result<tl::expected<Published, Standing>> publishDraft(Site& site, Draft draft);
/// Both.
Result<tl::expected<Published, Standing>> publishAsset(Site& site, const Caller& caller, const Json& body);

} // namespace artdag::server
