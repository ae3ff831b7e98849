// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/works.h"

#include "server/db/activities.h"
#include "server/db/kept_recipes.h"
#include "server/db/log_leaves.h"
#include "server/db/media_tokens.h"
#include "server/db/work_rows.h"

namespace artdag::server {

namespace {

Result<void> putDocuments(Database::Lease& lease, const NewWork& added, std::int64_t now)
{
    if (!added.manifestBytes.empty()) {
        auto* insert = TRY(lease.statement("INSERT INTO manifests (hash, exact_bytes) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING"));
        insert->bind(1, added.work.manifest->digest).bind(2, added.manifestBytes);
        TRY(insert->run());
    }
    if (added.claimBytes.empty())
        return {};
    auto* insert = TRY(lease.statement("INSERT INTO claims (hash, exact_bytes, proof, received_at, seq) VALUES ($1, $2, $3, $4, (SELECT coalesce(max(seq), 0) + 1 FROM claims)) ON CONFLICT (hash) DO NOTHING"));
    insert->bind(1, added.work.claim->digest).bind(2, added.claimBytes).bind(3, added.work.proof).bind(4, now);
    TRY(insert->run());
    if (insert->changes() > 0)
        TRY(addLeaf(lease, "claim", added.work.claim->text(), bytesOf(added.claimBytes), now));
    auto* edge = TRY(lease.statement("INSERT INTO lineage_edges (child_claim, position, parent_hash, parent_url, parent_owner, role, weight_bp) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"));
    int position = 0;
    for (const LineageEdge& parent : added.lineage) {
        edge->reset();
        edge->bind(1, added.work.claim->digest).bind(2, position++).bind(4, parent.url).bind(5, parent.owner).bind(6, parent.role);
        edge->bind(3, parent.parent);
        if (parent.weight >= 0)
            edge->bind(7, parent.weight);
        else
            edge->bind(7, nullptr);
        TRY(edge->run());
    }
    return {};
}

void bindWork(Statement& statement, const Work& work)
{
    statement.bind(1, work.title).bind(2, work.description).bind(3, work.assetType).bind(4, work.content.digest).bind(6, work.license).bind(7, work.visibility).bind(8, work.alt).bind(9, work.proof);
    statement.bind(5, work.framesHash);
    statement.bind(10, work.claim);
    statement.bind(11, work.manifest);
    statement.bind(12, work.recipe);
    statement.bind(13, work.poster);
    statement.bind(14, work.media.dump()).bind(15, work.provenance.dump()).bind(16, work.updatedAt).bind(17, work.warning);
}

/// A name that only a work has which is gone is free again: what is gone keeps one that nobody can ask for.
Result<void> freeName(Database::Lease& lease, const Work& work)
{
    auto* query = TRY(lease.statement("SELECT 1 FROM works WHERE owner_id = $1 AND name = $2 AND state = 'living'"));
    query->bind(1, work.ownerId).bind(2, work.name);
    if (TRY(query->step()))
        return fail(Fault::Conflict, "asset '" + work.name + "': you have another work of that name; choose a new one");
    auto* rename = TRY(lease.statement("UPDATE works SET name = name || '~' || CAST(id AS TEXT) WHERE owner_id = $1 AND name = $2"));
    rename->bind(1, work.ownerId).bind(2, work.name);
    TRY(rename->run());
    auto* forget = TRY(lease.statement("DELETE FROM former_names WHERE owner_id = $1 AND name = $2"));
    forget->bind(1, work.ownerId).bind(2, work.name);
    return forget->run();
}

Result<void> putParts(Database::Lease& lease, const NewWork& added)
{
    const std::int64_t id = added.work.id;
    for (const char* sql : {"DELETE FROM work_tags WHERE work_id = $1", "DELETE FROM work_objects WHERE work_id = $1"}) {
        auto* sweep = TRY(lease.statement(sql));
        sweep->bind(1, id);
        TRY(sweep->run());
    }
    auto* tag = TRY(lease.statement("INSERT INTO work_tags (work_id, position, tag) VALUES ($1, $2, $3)"));
    for (std::size_t i = 0; i < added.work.tags.size(); ++i) {
        tag->reset();
        tag->bind(1, id).bind(2, i).bind(3, added.work.tags[i]);
        TRY(tag->run());
    }
    auto* object = TRY(lease.statement("INSERT INTO work_objects (work_id, sha3, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"));
    for (const auto& [content, role] : added.objects) {
        object->reset();
        object->bind(1, id).bind(2, content.digest).bind(3, role);
        TRY(object->run());
    }
    TRY(keepWithWork(lease, id, added.keptFor, added.kept));
    TRY(putMediaTokens(lease, added.work));
    if (!added.activity)
        return {};
    Activity activity = *added.activity;
    activity.workId = id;
    std::vector<std::string> cited; // their servers check the claim and tell the owners
    for (const LineageEdge& parent : added.lineage)
        if (!parent.owner.empty())
            cited.push_back(parent.owner);
    TRY(recordActivity(lease, std::move(activity), cited));
    return {};
}

Activity activityOf(const Statement& row)
{
    Activity activity;
    activity.seq = row.integer(0);
    activity.uuid = row.text(1);
    activity.userId = row.integer(2);
    activity.workId = row.integer(3);
    activity.type = row.text(4);
    activity.open = row.integer(5) != 0;
    activity.bytes = row.text(6);
    activity.published = row.integer(7);
    return activity;
}

// What was said of a work that is gone, or no longer everyone's, is not repeated; that it is gone is.
#define SHOWN_ACTIVITIES " AND public = 1 AND exact_bytes <> '' AND (work_id IS NULL OR type = 'Delete' OR EXISTS (SELECT 1 FROM works WHERE works.id = work_id AND works.state = 'living' AND visibility IN ('public', 'unlisted')))"
#define ACTIVITY_COLUMNS "seq, uuid, user_id, coalesce(work_id, 0), type, public, exact_bytes, published"

template <class Key>
Result<Activity> oneActivity(Database& database, std::string_view sql, Key key)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement(sql));
    query->bind(1, key);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "activity: there is no such activity here");
    return activityOf(*query);
}

Result<std::string> documentBytes(Database& database, std::string_view sql, const ManifestId& id)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement(sql));
    query->bind(1, id.digest);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "document " + id.text() + ": it is not here");
    return query->text(0);
}

} // namespace

Result<Work> addWork(Database& database, NewWork added)
{
    return inTransaction(database, [&](Database::Lease& lease) -> Result<Work> {
        Work& work = added.work;
        TRY(freeName(lease, work));
        TRY(putDocuments(lease, added, work.createdAt));
        auto* insert = TRY(lease.statement("INSERT INTO works (title, description, asset_type, content, frames_hash, license, visibility, alt, proof, claim, manifest, recipe, poster, media, "
                                           "provenance, updated_at, warning, created_at, owner_id, name, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) RETURNING id"));
        bindWork(*insert, work);
        insert->bind(18, work.createdAt).bind(19, work.ownerId).bind(20, work.name).bind(21, work.version);
        TRY(insert->step());
        work.id = insert->integer(0);
        insert->reset();
        TRY(putParts(lease, added));
        return work;
    });
}

Result<Work> replaceWork(Database& database, std::int64_t id, NewWork added)
{
    return inTransaction(database, [&](Database::Lease& lease) -> Result<Work> {
        added.work.id = id;
        TRY(putDocuments(lease, added, added.work.updatedAt));
        auto* update = TRY(lease.statement("UPDATE works SET title = $1, description = $2, asset_type = $3, content = $4, frames_hash = $5, license = $6, visibility = $7, alt = $8, proof = $9, "
                                           "claim = $10, manifest = $11, recipe = $12, poster = $13, media = $14, provenance = $15, updated_at = $16, warning = $17 WHERE id = $18"));
        bindWork(*update, added.work);
        update->bind(18, id);
        TRY(update->run());
        TRY(putParts(lease, added));
        return added.work;
    });
}

Result<Work> findWork(Database& database, std::string_view owner, std::string_view name)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " WORK_COLUMNS WORK_TABLES "WHERE users.name = $1 AND works.name = $2"));
    query->bind(1, owner).bind(2, name);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "asset '@" + std::string(owner.substr(0, 64)) + "/" + std::string(name.substr(0, 64)) + "': there is no such work here");
    return workOf(*query);
}

Result<Work> findWork(Database& database, std::int64_t id)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " WORK_COLUMNS WORK_TABLES "WHERE works.id = $1"));
    query->bind(1, id);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "asset: there is no such work here");
    return workOf(*query);
}

Result<std::vector<Work>> findWorksNamed(Database& database, std::string_view name, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " WORK_COLUMNS WORK_TABLES "WHERE works.name = $1 AND works.state = 'living' ORDER BY works.id LIMIT $2"));
    query->bind(1, name).bind(2, limit);
    return worksOf(*query);
}

Result<std::vector<Work>> findWorksOf(Database& database, const ContentId& content)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " WORK_COLUMNS WORK_TABLES "WHERE content = $1 AND works.state = 'living' ORDER BY CASE WHEN claim IS NULL THEN 1 ELSE 0 END, works.id LIMIT 50"));
    query->bind(1, content.digest);
    return worksOf(*query);
}

Result<std::vector<Work>> findWorksOf(Database& database, const FramesHash& frames)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " WORK_COLUMNS WORK_TABLES "WHERE frames_hash = $1 AND claim IS NOT NULL AND works.state = 'living' ORDER BY works.id LIMIT 50"));
    query->bind(1, frames.digest);
    return worksOf(*query);
}

Result<std::vector<Work>> findVersions(Database& database, const ContentId& content, std::int64_t from)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " WORK_COLUMNS WORK_TABLES "WHERE content = $1 AND works.version >= $2 ORDER BY works.version LIMIT 50"));
    query->bind(1, content.digest).bind(2, from);
    return worksOf(*query);
}

Result<std::int64_t> nextVersion(Database& database, const ContentId& content)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT coalesce(max(version), 0) + 1 FROM works WHERE content = $1"));
    query->bind(1, content.digest);
    TRY(query->step());
    return query->integer(0);
}

Result<std::string> claimBytes(Database& database, const ManifestId& id)
{
    return documentBytes(database, "SELECT exact_bytes FROM claims WHERE hash = $1", id);
}

Result<std::string> manifestBytes(Database& database, const ManifestId& id)
{
    return documentBytes(database, "SELECT exact_bytes FROM manifests WHERE hash = $1", id);
}

Result<Activity> findActivity(Database& database, std::string_view uuid)
{
    return oneActivity(database, "SELECT " ACTIVITY_COLUMNS " FROM activities WHERE uuid = $1", uuid);
}

Result<Activity> findActivity(Database& database, std::int64_t seq)
{
    return oneActivity(database, "SELECT " ACTIVITY_COLUMNS " FROM activities WHERE seq = $1", seq);
}

Result<std::vector<Activity>> listActivities(Database& database, std::int64_t userId, std::int64_t before, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " ACTIVITY_COLUMNS " FROM activities WHERE user_id = $1" SHOWN_ACTIVITIES " AND ($2 = 0 OR seq < $2) ORDER BY seq DESC LIMIT $3"));
    query->bind(1, userId).bind(2, before).bind(3, limit);
    std::vector<Activity> activities;
    while (TRY(query->step()))
        activities.push_back(activityOf(*query));
    return activities;
}

Result<std::vector<Activity>> listActivities(Database& database, std::int64_t before, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " ACTIVITY_COLUMNS " FROM activities WHERE public = 1 AND ($1 = 0 OR seq < $1) ORDER BY seq DESC LIMIT $2"));
    query->bind(1, before).bind(2, limit);
    std::vector<Activity> activities;
    while (TRY(query->step()))
        activities.push_back(activityOf(*query));
    return activities;
}

Result<std::int64_t> countActivities(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT count(*) FROM activities WHERE user_id = $1" SHOWN_ACTIVITIES));
    query->bind(1, userId);
    TRY(query->step());
    return query->integer(0);
}

} // namespace artdag::server
