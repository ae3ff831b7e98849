// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes a server holds, who brought them, and through which works strangers may read them.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "server/db/database.h"

#include <cstdint>
#include <string>

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
/// True when the user brought these bytes, or a public or unlisted work cites them; a rendition is as open as what it was made of.
Result<bool> mayRead(Database& database, const ContentId& id, std::int64_t userId);
/// True when this user brought these bytes.
Result<bool> holdsObject(Database& database, const ContentId& id, std::int64_t userId);

} // namespace artdag::server
