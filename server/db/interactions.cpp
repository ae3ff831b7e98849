// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/interactions.h"

namespace artdag::server {

namespace {

#define INTERACTION_QUERY                                                                                                                                                                                                 \
    "SELECT " ACTOR_COLUMNS ", interactions.id, kind, interactions.uri, object_uri, coalesce(work_id, 0), interactions.url, content, visibility, coalesce(in_reply_to, ''), created_at, coalesce(updated_at, 0), hidden " \
    "FROM interactions JOIN actors ON actors.id = actor_id "

Interaction interactionOf(const Statement& row)
{
    Interaction interaction;
    interaction.actor = actorOf(row);
    int column = actorColumns;
    interaction.id = row.integer(column++);
    interaction.kind = row.text(column++);
    interaction.uri = row.text(column++);
    interaction.objectUri = row.text(column++);
    interaction.workId = row.integer(column++);
    interaction.url = row.text(column++);
    interaction.content = row.text(column++);
    interaction.visibility = row.text(column++);
    interaction.inReplyTo = row.text(column++);
    interaction.createdAt = row.integer(column++);
    interaction.updatedAt = row.integer(column++);
    interaction.hidden = row.integer(column) != 0;
    return interaction;
}

Result<std::vector<Interaction>> interactionsOf(Statement& query)
{
    std::vector<Interaction> interactions;
    while (TRY(query.step()))
        interactions.push_back(interactionOf(query));
    return interactions;
}

Result<std::optional<Interaction>> firstOf(Statement& query)
{
    if (!TRY(query.step()))
        return std::optional<Interaction>();
    Interaction interaction = interactionOf(query);
    query.reset();
    return std::optional(std::move(interaction));
}

Result<std::int64_t> countOf(Statement& query)
{
    TRY(query.step());
    const std::int64_t count = query.integer(0);
    query.reset();
    return count;
}

#define WORK_QUERY "SELECT works.id, owner_id, users.name, works.name, title, visibility, content FROM works JOIN users ON users.id = owner_id "

Result<std::optional<AnsweredWork>> workOf(Statement& query)
{
    if (!TRY(query.step()))
        return std::optional<AnsweredWork>();
    AnsweredWork work{query.integer(0), query.integer(1), query.text(2), query.text(3), query.text(4), query.text(5), ContentId{TRY(query.digest(6))}};
    query.reset();
    return std::optional(std::move(work));
}

} // namespace

Result<std::optional<AnsweredWork>> findAnsweredWork(Database::Lease& lease, const ContentId& content)
{
    auto* query = TRY(lease.statement(WORK_QUERY "WHERE content = $1 AND works.state = 'living' ORDER BY claim IS NULL, works.id LIMIT 1"));
    query->bind(1, content.digest);
    return workOf(*query);
}

Result<std::optional<AnsweredWork>> findAnsweredWork(Database::Lease& lease, std::int64_t id)
{
    auto* query = TRY(lease.statement(WORK_QUERY "WHERE works.id = $1 AND works.state = 'living'"));
    query->bind(1, id);
    return workOf(*query);
}

Result<bool> addInteraction(Database::Lease& lease, const Interaction& interaction)
{
    auto* insert = TRY(lease.statement("INSERT INTO interactions (kind, actor_id, uri, object_uri, work_id, url, content, visibility, in_reply_to, created_at, hidden) "
                                       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING"));
    insert->bind(1, interaction.kind).bind(2, interaction.actor.id).bind(3, interaction.uri).bind(4, interaction.objectUri).bind(6, interaction.url);
    insert->bind(7, interaction.content).bind(8, interaction.visibility).bind(10, interaction.createdAt).bind(11, interaction.hidden ? 1 : 0);
    if (interaction.workId != 0)
        insert->bind(5, interaction.workId);
    else
        insert->bind(5, nullptr);
    if (interaction.inReplyTo.empty())
        insert->bind(9, nullptr);
    else
        insert->bind(9, interaction.inReplyTo);
    TRY(insert->run());
    return insert->changes() > 0;
}

Result<std::optional<Interaction>> findInteraction(Database::Lease& lease, std::string_view uri)
{
    auto* query = TRY(lease.statement(INTERACTION_QUERY "WHERE interactions.uri = $1"));
    query->bind(1, uri);
    return firstOf(*query);
}

Result<std::optional<Interaction>> findInteraction(Database::Lease& lease, std::string_view kind, std::int64_t actorId, std::string_view objectUri)
{
    auto* query = TRY(lease.statement(INTERACTION_QUERY "WHERE kind = $1 AND actor_id = $2 AND object_uri = $3 ORDER BY interactions.id LIMIT 1"));
    query->bind(1, kind).bind(2, actorId).bind(3, objectUri);
    return firstOf(*query);
}

Result<void> removeInteraction(Database::Lease& lease, std::int64_t id)
{
    auto* sweep = TRY(lease.statement("DELETE FROM interactions WHERE id = $1"));
    sweep->bind(1, id);
    return sweep->run();
}

Result<void> updateInteraction(Database::Lease& lease, std::int64_t id, std::string_view content, std::int64_t now)
{
    auto* update = TRY(lease.statement("UPDATE interactions SET content = $2, updated_at = $3 WHERE id = $1"));
    update->bind(1, id).bind(2, content).bind(3, now);
    return update->run();
}

Result<std::vector<Interaction>> listInteractions(Database::Lease& lease, std::string_view objectUri, std::string_view kind, std::int64_t before, int limit)
{
    auto* query = TRY(lease.statement(INTERACTION_QUERY "WHERE object_uri = $1 AND kind = $2 AND hidden = 0 AND visibility IN ('public', 'unlisted') AND ($3 = 0 OR interactions.id < $3) ORDER BY interactions.id DESC LIMIT $4"));
    query->bind(1, objectUri).bind(2, kind).bind(3, before).bind(4, limit);
    return interactionsOf(*query);
}

Result<std::int64_t> countInteractions(Database::Lease& lease, std::string_view objectUri, std::string_view kind)
{
    auto* query = TRY(lease.statement("SELECT count(*) FROM interactions WHERE object_uri = $1 AND kind = $2 AND hidden = 0 AND visibility IN ('public', 'unlisted')"));
    query->bind(1, objectUri).bind(2, kind);
    return countOf(*query);
}

Result<std::vector<Interaction>> listLikesOf(Database::Lease& lease, std::int64_t actorId, std::int64_t before, int limit)
{
    auto* query = TRY(lease.statement(INTERACTION_QUERY "WHERE actor_id = $1 AND kind = 'like' AND hidden = 0 AND ($2 = 0 OR interactions.id < $2) ORDER BY interactions.id DESC LIMIT $3"));
    query->bind(1, actorId).bind(2, before).bind(3, limit);
    return interactionsOf(*query);
}

Result<std::int64_t> countLikesOf(Database::Lease& lease, std::int64_t actorId)
{
    auto* query = TRY(lease.statement("SELECT count(*) FROM interactions WHERE actor_id = $1 AND kind = 'like' AND hidden = 0"));
    query->bind(1, actorId);
    return countOf(*query);
}

} // namespace artdag::server
