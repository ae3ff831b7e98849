// SPDX-License-Identifier: GPL-3.0-or-later
// What objects are like, and which of them are like ones that came earlier: for moderators, and told to nobody else.
#pragma once

#include "core/base/digest.h"
#include "server/db/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace artdag::server {

struct StoredPrint {
    ContentId source;
    std::string kind; ///< picture, sound
    std::int64_t version = 1;
    Bytes value;
    std::int64_t quality = 0;
};
/// Whether there is one of this kind and version of this source.
Result<bool> hasPrint(Database::Lease& lease, const StoredPrint& print);
Result<void> notePrint(Database::Lease& lease, const StoredPrint& print);
/// Those of the same kind and version of other objects, of at least this quality, that are there.
Result<std::vector<StoredPrint>> otherPrints(Database::Lease& lease, const StoredPrint& print, std::int64_t leastQuality);
/// `distance` in thousandths of all bits.
Result<void> noteAlike(Database::Lease& lease, const ContentId& source, const ContentId& earlier, std::string_view kind, std::int64_t distance);

/// A living work whose bytes are like others.
struct AlikeWork {
    std::string owner, name, title;
    std::string kind;
    std::int64_t distance = 0;
};
/// Works of what came before these bytes and is like them, the nearest first, at most twenty.
Result<std::vector<AlikeWork>> earlierWorksLike(Database& database, const ContentId& source);
/// With bytes that are forgotten goes what they are like.
Result<void> forgetPrints(Database::Lease& lease, const ContentId& source);

} // namespace artdag::server
