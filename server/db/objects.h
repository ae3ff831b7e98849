// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes a server holds, who brought them, and through which works strangers may read them.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "server/db/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace artdag::server {

struct HeldObject {
    ContentId id;
    Digest sha256{};
    std::uint64_t size = 0;
    std::string type;            ///< media type, decided by the server from the bytes
    Json media = Json::object(); ///< as Work's, but found by decoding; empty for what cannot be decoded
};

/// Records an object whose bytes are in place, and that this user brought it. The first type stays; media that could not be
/// decoded before are noted now.
Result<void> addObject(Database& database, const HeldObject& object, std::int64_t userId);
Result<HeldObject> findObject(Database& database, const ContentId& id);
/// True when the user brought these bytes, or a living public or unlisted work cites them; never when they were taken down. A
/// rendition is as open as what it was made of.
Result<bool> mayRead(Database& database, const ContentId& id, std::int64_t userId);
/// True when this user brought these bytes.
Result<bool> holdsObject(Database& database, const ContentId& id, std::int64_t userId);

/// All that the user brought.
Result<std::vector<HeldObject>> listHeld(Database& database, std::int64_t userId);
/// The user holds nothing any more. What nobody else holds and no living work cites is forgotten; its files may go.
Result<std::vector<ContentId>> releaseAll(Database::Lease& lease, std::int64_t userId);

} // namespace artdag::server
