// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/work_changes.h"

#include "server/db/media_tokens.h"
#include "server/db/work_rows.h"

namespace artdag::server {

Result<void> writeChange(Database::Lease& lease, const Work& work)
{
    auto* update = TRY(lease.statement("UPDATE works SET title = $1, description = $2, license = $3, visibility = $4, alt = $5, warning = $6, version = $7, updated_at = $8 WHERE id = $9"));
    update->bind(1, work.title).bind(2, work.description).bind(3, work.license).bind(4, work.visibility).bind(5, work.alt).bind(6, work.warning).bind(7, work.version).bind(8, work.updatedAt).bind(9, work.id);
    TRY(update->run());
    auto* sweep = TRY(lease.statement("DELETE FROM work_tags WHERE work_id = $1"));
    sweep->bind(1, work.id);
    TRY(sweep->run());
    auto* tag = TRY(lease.statement("INSERT INTO work_tags (work_id, position, tag) VALUES ($1, $2, $3)"));
    for (std::size_t i = 0; i < work.tags.size(); ++i) {
        tag->reset();
        tag->bind(1, work.id).bind(2, i).bind(3, work.tags[i]);
        TRY(tag->run());
    }
    return putMediaTokens(lease, work);
}

Result<void> renameWork(Database::Lease& lease, const Work& work, std::string_view name)
{
    auto* query = TRY(lease.statement("SELECT 1 FROM works WHERE owner_id = $1 AND name = $2 AND state = 'living'"));
    query->bind(1, work.ownerId).bind(2, name);
    if (TRY(query->step()))
        return fail(Fault::Conflict, "asset '" + std::string(name) + "': you have another work of that name; choose a new one");
    auto* free = TRY(lease.statement("UPDATE works SET name = name || '~' || CAST(id AS TEXT) WHERE owner_id = $1 AND name = $2"));
    free->bind(1, work.ownerId).bind(2, name);
    TRY(free->run());
    auto* forget = TRY(lease.statement("DELETE FROM former_names WHERE owner_id = $1 AND name = $2"));
    forget->bind(1, work.ownerId).bind(2, name);
    TRY(forget->run());
    auto* update = TRY(lease.statement("UPDATE works SET name = $1 WHERE id = $2"));
    update->bind(1, name).bind(2, work.id);
    TRY(update->run());
    auto* remember = TRY(lease.statement("INSERT INTO former_names (owner_id, name, work_id) VALUES ($1, $2, $3) ON CONFLICT (owner_id, name) DO UPDATE SET work_id = excluded.work_id"));
    remember->bind(1, work.ownerId).bind(2, work.name).bind(3, work.id);
    return remember->run();
}

Result<std::optional<Work>> findRenamed(Database& database, std::string_view owner, std::string_view name)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " WORK_COLUMNS WORK_TABLES "WHERE works.state = 'living' AND users.name = $1 AND works.id = (SELECT work_id FROM former_names WHERE former_names.owner_id = users.id AND former_names.name = $2)"));
    query->bind(1, owner).bind(2, name);
    std::vector<Work> works = TRY(worksOf(*query));
    if (works.empty())
        return std::optional<Work>();
    return std::optional(std::move(works.front()));
}

Result<void> pinWork(Database::Lease& lease, std::int64_t id, std::int64_t at)
{
    auto* update = TRY(lease.statement("UPDATE works SET pinned_at = CASE WHEN $1 = 0 THEN NULL ELSE $1 END WHERE id = $2"));
    update->bind(1, at).bind(2, id);
    return update->run();
}

Result<void> endWork(Database::Lease& lease, std::int64_t id, std::string_view state, std::int64_t at)
{
    auto* update = TRY(lease.statement("UPDATE works SET state = $1, ended_at = $2, pinned_at = NULL WHERE id = $3"));
    update->bind(1, state).bind(2, at).bind(3, id);
    TRY(update->run());
    auto* sweep = TRY(lease.statement("DELETE FROM media_tokens WHERE work_id = $1"));
    sweep->bind(1, id);
    return sweep->run();
}

Result<std::vector<ContentId>> forgetObjectsOf(Database::Lease& lease, const Work& work)
{
    auto* release = TRY(lease.statement("DELETE FROM object_holders WHERE user_id = $2 AND sha3 IN (SELECT sha3 FROM work_objects WHERE work_id = $1 UNION SELECT sha3 FROM kept_objects WHERE work_id = $1) AND NOT EXISTS "
                                        "(SELECT 1 FROM work_objects JOIN works ON works.id = work_id WHERE work_objects.sha3 = object_holders.sha3 AND works.state = 'living' AND works.owner_id = $2) AND NOT EXISTS "
                                        "(SELECT 1 FROM kept_objects JOIN works ON works.id = work_id WHERE kept_objects.sha3 = object_holders.sha3 AND works.state = 'living' AND works.owner_id = $2) "
                                        "AND NOT EXISTS (SELECT 1 FROM users WHERE avatar = object_holders.sha3) AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.user_id = $2 AND (content = object_holders.sha3 OR recipe = object_holders.sha3))"));
    release->bind(1, work.id).bind(2, work.ownerId);
    TRY(release->run());
    auto* forget = TRY(lease.statement("DELETE FROM objects WHERE sha3 IN (SELECT sha3 FROM work_objects WHERE work_id = $1 UNION SELECT sha3 FROM kept_objects WHERE work_id = $1) AND NOT EXISTS (SELECT 1 FROM object_holders WHERE object_holders.sha3 = objects.sha3) "
                                       "AND NOT EXISTS (SELECT 1 FROM work_objects JOIN works ON works.id = work_id WHERE work_objects.sha3 = objects.sha3 AND works.state = 'living') RETURNING sha3"));
    forget->bind(1, work.id);
    std::vector<ContentId> gone;
    while (TRY(forget->step()))
        gone.push_back(ContentId{TRY(forget->digest(0))});
    return gone;
}

} // namespace artdag::server
