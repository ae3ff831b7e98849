// SPDX-License-Identifier: GPL-3.0-or-later
// What people say about works: likes, boosts, replies, and works elsewhere that use them. One actor likes or boosts a thing
// once, however often it says so.
#pragma once

#include "server/db/actors.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct Interaction {
    std::int64_t id = 0;
    std::string kind; ///< like, announce, reply, use
    Actor actor;      ///< only its id counts when one is added
    std::string uri;  ///< of the activity; of a reply or use the object's
    std::string objectUri;
    std::int64_t workId = 0; ///< 0: not about a work of ours
    std::string url;
    std::string content; ///< HTML as received; never shown unsanitised
    std::string visibility = "public";
    std::string inReplyTo;
    std::int64_t createdAt = 0, updatedAt = 0;
    bool hidden = false;
};

/// As much of a work as an answer to it needs.
struct AnsweredWork {
    std::int64_t id = 0, ownerId = 0;
    std::string owner, name, title, visibility;
    ContentId content;

    [[nodiscard]] bool isOpen() const { return visibility == "public" || visibility == "unlisted"; }
};
/// The living work of these bytes, a signed one first.
Result<std::optional<AnsweredWork>> findAnsweredWork(Database::Lease& lease, const ContentId& content);
Result<std::optional<AnsweredWork>> findAnsweredWork(Database::Lease& lease, std::int64_t id);

/// False when it was there already.
Result<bool> addInteraction(Database::Lease& lease, const Interaction& interaction);
Result<std::optional<Interaction>> findInteraction(Database::Lease& lease, std::string_view uri);
/// The like or boost of an actor of an object, whatever its id.
Result<std::optional<Interaction>> findInteraction(Database::Lease& lease, std::string_view kind, std::int64_t actorId, std::string_view objectUri);
Result<void> removeInteraction(Database::Lease& lease, std::int64_t id);
/// A reply that its author changed.
Result<void> updateInteraction(Database::Lease& lease, std::int64_t id, std::string_view content, std::int64_t now);

/// Those that may be shown: public ones and not hidden; of an object, newest first, with ids below `before` (0: from the newest).
Result<std::vector<Interaction>> listInteractions(Database::Lease& lease, std::string_view objectUri, std::string_view kind, std::int64_t before, int limit);
Result<std::int64_t> countInteractions(Database::Lease& lease, std::string_view objectUri, std::string_view kind);
/// What an actor likes.
Result<std::vector<Interaction>> listLikesOf(Database::Lease& lease, std::int64_t actorId, std::int64_t before, int limit);
Result<std::int64_t> countLikesOf(Database::Lease& lease, std::int64_t actorId);

} // namespace artdag::server
