// SPDX-License-Identifier: GPL-3.0-or-later
// What was made of media to be shown: by source and kind, an object of its own or the reason why there is none.
#pragma once

#include "core/base/digest.h"
#include "server/db/objects.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct Rendition {
    std::optional<ContentId> object; ///< none for what is a folder, or was not made
    std::string words;               ///< a blurhash, which is no file
    std::string problem;             ///< why it was not made, for its owner
    std::int64_t madeAt = 0;
};
/// By kind.
using Renditions = std::map<std::string, Rendition, std::less<>>;

Result<void> noteRendition(Database& database, const ContentId& source, std::string_view kind, const Rendition& rendition);
Result<Renditions> renditionsOf(Database& database, const ContentId& source);
/// What an object that is a rendition was made of; nothing for all others.
Result<std::optional<ContentId>> sourceOfRendition(Database& database, const ContentId& object);
/// Whether a job about it waits or is being done.
Result<bool> isBeingMade(Database& database, const ContentId& source);
/// Whether its stream is planned, for now or another day.
Result<bool> isStreamPlanned(Database& database, const ContentId& source);

/// What was made of a film or sound: an object that nobody uploaded and that is no part of a work, or its folder of a stream.
struct MadeFile {
    ContentId source;
    std::optional<ContentId> object; ///< none: the stream
};
/// Those that take room. Pictures are small, and stay.
Result<std::vector<MadeFile>> filesThatCanBeMadeAgain(Database& database);
/// With a source that is forgotten goes what was made of it; the ids of objects that nothing else needs, whose files may go.
Result<std::vector<ContentId>> forgetRenditions(Database::Lease& lease, const ContentId& source);
/// Notes an object that nobody brought: it takes none of anybody's room.
Result<void> addMadeObject(Database& database, const HeldObject& object);

} // namespace artdag::server
