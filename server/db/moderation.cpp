// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/moderation.h"

namespace artdag::server {

namespace {

#define ACTION_COLUMNS "id, moderator, action, target_kind, target, reason, created_at, coalesce(appeal, ''), coalesce(appeal_state, '')"

ModerationAction actionOf(const Statement& row)
{
    return {row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5), row.integer(6), row.text(7), row.text(8)};
}

} // namespace

Result<ModerationAction> addModeration(Database::Lease& lease, ModerationAction action)
{
    action.createdAt = nowMicroseconds();
    auto* insert = TRY(lease.statement("INSERT INTO moderation_actions (moderator, action, target_kind, target, reason, created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id"));
    insert->bind(1, action.moderator).bind(2, action.action).bind(3, action.targetKind).bind(4, action.target).bind(5, action.reason).bind(6, action.createdAt);
    TRY(insert->step());
    action.id = insert->integer(0);
    insert->reset();
    return action;
}

Result<ModerationAction> findModeration(Database& database, std::int64_t id)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " ACTION_COLUMNS " FROM moderation_actions WHERE id = $1"));
    query->bind(1, id);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "moderation action: there is no such one here");
    return actionOf(*query);
}

Result<std::vector<ModerationAction>> listModeration(Database& database, std::int64_t ownerId, std::int64_t before, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " ACTION_COLUMNS " FROM moderation_actions WHERE ($2 = 0 OR id < $2) AND ($1 = 0 OR (target_kind = 'work' AND target IN (SELECT CAST(works.id AS TEXT) FROM works WHERE owner_id = $1))) "
                                      "ORDER BY id DESC LIMIT $3"));
    query->bind(1, ownerId).bind(2, before).bind(3, limit);
    std::vector<ModerationAction> actions;
    while (TRY(query->step()))
        actions.push_back(actionOf(*query));
    return actions;
}

Result<void> appealModeration(Database& database, std::int64_t id, std::string_view words)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE moderation_actions SET appeal = $1, appeal_state = 'waiting' WHERE id = $2 AND appeal IS NULL"));
    update->bind(1, words).bind(2, id);
    TRY(update->run());
    if (update->changes() == 0)
        return fail(Fault::Conflict, "appeal: there is one already");
    return {};
}

Result<void> answerAppeal(Database::Lease& lease, std::int64_t id, bool granted)
{
    auto* update = TRY(lease.statement("UPDATE moderation_actions SET appeal_state = $1 WHERE id = $2 AND appeal_state = 'waiting'"));
    update->bind(1, granted ? "granted" : "refused").bind(2, id);
    TRY(update->run());
    if (update->changes() == 0)
        return fail(Fault::Conflict, "appeal: none waits for an answer");
    return {};
}

Result<void> blockHash(Database::Lease& lease, const Digest& hash, std::string_view reason, std::int64_t moderator)
{
    auto* insert = TRY(lease.statement("INSERT INTO hash_blocks (hash, reason, created_at, created_by) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING"));
    insert->bind(1, hash).bind(2, reason).bind(3, nowMicroseconds()).bind(4, moderator);
    return insert->run();
}

Result<void> unblockHash(Database::Lease& lease, const Digest& hash)
{
    auto* sweep = TRY(lease.statement("DELETE FROM hash_blocks WHERE hash = $1"));
    sweep->bind(1, hash);
    return sweep->run();
}

Result<bool> isHashBlocked(Database& database, const Digest& hash)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT 1 FROM hash_blocks WHERE hash = $1"));
    query->bind(1, hash);
    return query->step();
}

} // namespace artdag::server
