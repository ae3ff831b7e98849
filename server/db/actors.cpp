// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/actors.h"

namespace artdag::server {

namespace {

template <class Key>
Result<std::optional<Actor>> oneActor(Database::Lease& lease, std::string_view sql, Key key)
{
    auto* query = TRY(lease.statement(sql));
    query->bind(1, key);
    if (!TRY(query->step()))
        return std::optional<Actor>();
    Actor actor = actorOf(*query);
    query->reset();
    return std::optional(std::move(actor));
}

template <class Key>
Result<Actor> ownActorOf(Database::Lease& lease, const Instance& instance, std::string_view sql, Key key)
{
    auto* query = TRY(lease.statement(sql));
    query->bind(1, key);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "user: there is no such account here");
    Actor actor;
    actor.userId = query->integer(0);
    actor.name = query->text(1);
    actor.displayName = query->text(2);
    actor.keyPem = query->text(3);
    query->reset();
    actor.uri = instance.actorUrl(actor.name);
    if (auto known = TRY(findActor(lease, actor.uri)); known && known->displayName == actor.displayName && known->keyPem == actor.keyPem)
        return std::move(*known);
    actor.host = instance.domain;
    actor.type = "Person";
    actor.url = instance.profileUrl(actor.name);
    actor.icon = instance.publicUrl + "/media/avatars/" + actor.name + ".png";
    actor.inbox = actor.uri + "/inbox";
    actor.sharedInbox = instance.publicUrl + "/inbox";
    actor.followersUrl = actor.uri + "/followers";
    actor.keyId = actor.uri + "#main-key";
    return putActor(lease, std::move(actor));
}

} // namespace

Actor actorOf(const Statement& row, int firstColumn)
{
    int column = firstColumn;
    Actor actor;
    actor.id = row.integer(column++);
    actor.uri = row.text(column++);
    actor.userId = row.integer(column++);
    for (std::string* text : {&actor.host, &actor.type, &actor.name, &actor.displayName, &actor.summary, &actor.url, &actor.icon, &actor.inbox, &actor.sharedInbox, &actor.followersUrl, &actor.keyId, &actor.keyPem, &actor.document})
        *text = row.text(column++);
    actor.fetchedAt = row.integer(column++);
    actor.goneAt = row.integer(column++);
    actor.state = row.text(column);
    return actor;
}

Result<Actor> putActor(Database::Lease& lease, Actor actor)
{
    auto* insert = TRY(lease.statement("INSERT INTO actors (uri, user_id, host, type, name, display_name, summary, url, icon, inbox, shared_inbox, followers_url, key_id, key_pem, document, fetched_at) "
                                       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT (uri) DO UPDATE SET type = excluded.type, name = excluded.name, "
                                       "display_name = excluded.display_name, summary = excluded.summary, url = excluded.url, icon = excluded.icon, inbox = excluded.inbox, shared_inbox = excluded.shared_inbox, "
                                       "followers_url = excluded.followers_url, key_id = excluded.key_id, key_pem = excluded.key_pem, document = excluded.document, fetched_at = excluded.fetched_at, gone_at = NULL RETURNING id, state"));
    int parameter = 1;
    insert->bind(parameter++, actor.uri);
    if (actor.userId != 0)
        insert->bind(parameter++, actor.userId);
    else
        insert->bind(parameter++, nullptr);
    for (const std::string* text : {&actor.host, &actor.type, &actor.name, &actor.displayName, &actor.summary, &actor.url, &actor.icon, &actor.inbox, &actor.sharedInbox, &actor.followersUrl, &actor.keyId, &actor.keyPem, &actor.document})
        insert->bind(parameter++, *text);
    insert->bind(parameter, actor.fetchedAt);
    TRY(insert->step());
    actor.id = insert->integer(0);
    actor.state = insert->text(1);
    insert->reset();
    return actor;
}

Result<std::optional<Actor>> findActor(Database::Lease& lease, std::string_view uri)
{
    return oneActor(lease, "SELECT " ACTOR_COLUMNS " FROM actors WHERE uri = $1", uri);
}

Result<std::optional<Actor>> findActor(Database::Lease& lease, std::int64_t id)
{
    return oneActor(lease, "SELECT " ACTOR_COLUMNS " FROM actors WHERE id = $1", id);
}

Result<std::optional<Actor>> findActorOfKey(Database::Lease& lease, std::string_view keyId)
{
    return oneActor(lease, "SELECT " ACTOR_COLUMNS " FROM actors WHERE key_id = $1", keyId);
}

Result<Actor> ownActor(Database::Lease& lease, const Instance& instance, std::string_view user)
{
    return ownActorOf(lease, instance, "SELECT id, name, display_name, public_pem FROM users WHERE name = $1 AND state <> 'pending'", user);
}

Result<Actor> ownActor(Database::Lease& lease, const Instance& instance, std::int64_t userId)
{
    return ownActorOf(lease, instance, "SELECT id, name, display_name, public_pem FROM users WHERE id = $1 AND state <> 'pending'", userId);
}

Result<void> endRelations(Database::Lease& lease, std::int64_t id)
{
    for (const char* sql : {"DELETE FROM followers WHERE actor_id = $1", "DELETE FROM following WHERE actor_id = $1", "DELETE FROM posts WHERE actor_id = $1"}) {
        auto* sweep = TRY(lease.statement(sql));
        sweep->bind(1, id);
        TRY(sweep->run());
    }
    return {};
}

Result<void> markGone(Database::Lease& lease, std::int64_t id, std::int64_t now)
{
    auto* mark = TRY(lease.statement("UPDATE actors SET gone_at = $2 WHERE id = $1"));
    mark->bind(1, id).bind(2, now);
    TRY(mark->run());
    auto* hide = TRY(lease.statement("UPDATE interactions SET hidden = 1 WHERE actor_id = $1"));
    hide->bind(1, id);
    TRY(hide->run());
    return endRelations(lease, id);
}

} // namespace artdag::server
