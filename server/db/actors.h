// SPDX-License-Identifier: GPL-3.0-or-later
// Everyone who follows, likes or replies: people of other servers as they were last fetched, and ours, in one table.
// All functions work on a lease, so that what comes with one activity is written in one transaction.
#pragma once

#include "core/federation/actor_document.h"
#include "server/db/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace artdag::server {

struct Actor {
    std::int64_t id = 0;
    std::string uri;
    std::int64_t userId = 0; ///< of ours; 0: of another server
    std::string host;        ///< of the uri, with a port when it has one
    std::string type;        ///< Person, Service, Application, Group, Organization
    std::string name, displayName;
    std::string summary; ///< HTML as received; never shown unsanitised
    std::string url, icon, inbox, sharedInbox, followersUrl;
    std::string keyId, keyPem;
    std::string document; ///< JSON, as fetched; empty for ours
    std::int64_t fetchedAt = 0, goneAt = 0;
    std::string state = "active"; ///< active, silenced, suspended

    [[nodiscard]] std::string account() const { return "@" + name + "@" + host; }
    [[nodiscard]] bool isOurs() const { return userId != 0; }
};

/// The columns of an actor in the order that actorOf reads them, for queries of other tables that join `actors`.
#define ACTOR_COLUMNS                                                                                                                                                         \
    "actors.id, actors.uri, coalesce(actors.user_id, 0), actors.host, actors.type, actors.name, actors.display_name, actors.summary, actors.url, actors.icon, actors.inbox, " \
    "actors.shared_inbox, actors.followers_url, actors.key_id, actors.key_pem, actors.document, actors.fetched_at, coalesce(actors.gone_at, 0), actors.state"
inline constexpr int actorColumns = 19;
Actor actorOf(const Statement& row, int firstColumn = 0);

/// Adds or refreshes an actor by its uri; gives it with its id. A refreshed actor is no longer gone; its state stays.
Result<Actor> putActor(Database::Lease& lease, Actor actor);
Result<std::optional<Actor>> findActor(Database::Lease& lease, std::string_view uri);
Result<std::optional<Actor>> findActor(Database::Lease& lease, std::int64_t id);
Result<std::optional<Actor>> findActorOfKey(Database::Lease& lease, std::string_view keyId);
/// The actor of one of our accounts, made when it is missing. NotFound for an account that may not be seen.
Result<Actor> ownActor(Database::Lease& lease, const Instance& instance, std::string_view user);
Result<Actor> ownActor(Database::Lease& lease, const Instance& instance, std::int64_t userId);
/// It follows nobody here and nobody here follows it any more; its posts are gone.
Result<void> endRelations(Database::Lease& lease, std::int64_t id);
/// It answered 410: it follows nobody and nobody follows it any more; its likes, boosts and replies are hidden.
Result<void> markGone(Database::Lease& lease, std::int64_t id, std::int64_t now);

} // namespace artdag::server
