// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/follows.h"

#include "core/base/json.h"

namespace artdag::server {

namespace {

Result<std::vector<Follow>> followsOf(Statement& query)
{
    std::vector<Follow> follows;
    while (TRY(query.step())) {
        Follow follow;
        follow.actor = actorOf(query);
        follow.uri = query.text(actorColumns);
        follow.state = query.text(actorColumns + 1);
        follow.createdAt = query.integer(actorColumns + 2);
        follows.push_back(std::move(follow));
    }
    return follows;
}

/// A statement about one pair of account and actor.
Result<Statement*> ofPair(Database::Lease& lease, std::string_view sql, std::int64_t userId, std::int64_t actorId)
{
    auto* statement = TRY(lease.statement(sql));
    statement->bind(1, userId).bind(2, actorId);
    return statement;
}

Result<std::string> firstText(Statement& query)
{
    if (!TRY(query.step()))
        return std::string();
    std::string text = query.text(0);
    query.reset();
    return text;
}

Result<bool> changed(Statement& statement)
{
    TRY(statement.run());
    return statement.changes() > 0;
}

Result<std::int64_t> countOf(Database::Lease& lease, std::string_view sql, std::int64_t userId)
{
    auto* query = TRY(lease.statement(sql));
    query->bind(1, userId);
    TRY(query->step());
    const std::int64_t count = query->integer(0);
    query->reset();
    return count;
}

} // namespace

Result<std::string> addFollower(Database::Lease& lease, std::int64_t userId, std::int64_t actorId, std::string_view followUri, std::string_view state)
{
    auto* insert = TRY(ofPair(lease, "INSERT INTO followers (user_id, actor_id, follow_uri, state, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (user_id, actor_id) DO UPDATE SET follow_uri = excluded.follow_uri RETURNING state", userId, actorId));
    insert->bind(3, followUri).bind(4, state).bind(5, nowMicroseconds());
    return firstText(*insert);
}

Result<std::string> followerState(Database::Lease& lease, std::int64_t userId, std::int64_t actorId)
{
    return firstText(*TRY(ofPair(lease, "SELECT state FROM followers WHERE user_id = $1 AND actor_id = $2", userId, actorId)));
}

Result<void> acceptFollower(Database::Lease& lease, std::int64_t userId, std::int64_t actorId)
{
    return TRY(ofPair(lease, "UPDATE followers SET state = 'accepted' WHERE user_id = $1 AND actor_id = $2", userId, actorId))->run();
}

Result<bool> removeFollower(Database::Lease& lease, std::int64_t userId, std::int64_t actorId)
{
    return changed(*TRY(ofPair(lease, "DELETE FROM followers WHERE user_id = $1 AND actor_id = $2", userId, actorId)));
}

Result<void> removeFollowerByUri(Database::Lease& lease, std::int64_t actorId, std::string_view followUri)
{
    auto* sweep = TRY(lease.statement("DELETE FROM followers WHERE actor_id = $1 AND follow_uri = $2"));
    sweep->bind(1, actorId).bind(2, followUri);
    return sweep->run();
}

Result<std::vector<Follow>> followersOf(Database::Lease& lease, std::int64_t userId, std::string_view state, Cursor before, int limit)
{
    auto* query = TRY(lease.statement("SELECT " ACTOR_COLUMNS ", follow_uri, followers.state, created_at FROM followers JOIN actors ON actors.id = actor_id WHERE followers.user_id = $1 AND followers.state = $2 "
                                      "AND (created_at < $3 OR (created_at = $3 AND actor_id < $4)) ORDER BY created_at DESC, actor_id DESC LIMIT $5"));
    query->bind(1, userId).bind(2, state).bind(3, before.time).bind(4, before.id).bind(5, limit);
    return followsOf(*query);
}

Result<std::int64_t> countFollowers(Database::Lease& lease, std::int64_t userId)
{
    return countOf(lease, "SELECT count(*) FROM followers WHERE user_id = $1 AND state = 'accepted'", userId);
}

Result<std::string> addFollowing(Database::Lease& lease, std::int64_t userId, std::int64_t actorId, std::string_view followUri, std::string_view state)
{
    auto* insert = TRY(ofPair(lease, "INSERT INTO following (user_id, actor_id, follow_uri, state, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (user_id, actor_id) DO UPDATE SET follow_uri = excluded.follow_uri RETURNING state", userId, actorId));
    insert->bind(3, followUri).bind(4, state).bind(5, nowMicroseconds());
    return firstText(*insert);
}

Result<std::vector<Follow>> followingOf(Database::Lease& lease, std::int64_t userId, Cursor before, int limit)
{
    auto* query = TRY(lease.statement("SELECT " ACTOR_COLUMNS ", follow_uri, following.state, created_at FROM following JOIN actors ON actors.id = actor_id WHERE following.user_id = $1 AND following.state = 'accepted' "
                                      "AND (created_at < $2 OR (created_at = $2 AND actor_id < $3)) ORDER BY created_at DESC, actor_id DESC LIMIT $4"));
    query->bind(1, userId).bind(2, before.time).bind(3, before.id).bind(4, limit);
    return followsOf(*query);
}

Result<Follow> findFollowing(Database::Lease& lease, std::int64_t userId, std::int64_t actorId)
{
    auto follows = TRY(followsOf(*TRY(ofPair(lease, "SELECT " ACTOR_COLUMNS ", follow_uri, following.state, created_at FROM following JOIN actors ON actors.id = actor_id WHERE following.user_id = $1 AND actor_id = $2", userId, actorId))));
    return follows.empty() ? Follow() : std::move(follows.front());
}

Result<void> acceptFollowing(Database::Lease& lease, std::int64_t userId, std::int64_t actorId)
{
    return TRY(ofPair(lease, "UPDATE following SET state = 'accepted' WHERE user_id = $1 AND actor_id = $2", userId, actorId))->run();
}

Result<bool> removeFollowing(Database::Lease& lease, std::int64_t userId, std::int64_t actorId)
{
    return changed(*TRY(ofPair(lease, "DELETE FROM following WHERE user_id = $1 AND actor_id = $2", userId, actorId)));
}

Result<std::int64_t> countFollowing(Database::Lease& lease, std::int64_t userId)
{
    return countOf(lease, "SELECT count(*) FROM following WHERE user_id = $1 AND state = 'accepted'", userId);
}

Result<std::int64_t> userOfFollowing(Database::Lease& lease, std::int64_t actorId, std::string_view followUri)
{
    auto* query = TRY(lease.statement("SELECT user_id FROM following WHERE follow_uri = $2 AND actor_id = $1"));
    query->bind(1, actorId).bind(2, followUri);
    const std::int64_t user = TRY(query->step()) ? query->integer(0) : 0;
    query->reset();
    return user;
}

Result<std::vector<std::int64_t>> usersFollowing(Database::Lease& lease, std::int64_t actorId)
{
    auto* query = TRY(lease.statement("SELECT user_id FROM following WHERE actor_id = $1 AND state = 'accepted' ORDER BY user_id"));
    query->bind(1, actorId);
    std::vector<std::int64_t> users;
    while (TRY(query->step()))
        users.push_back(query->integer(0));
    return users;
}

Result<void> addBlock(Database::Lease& lease, std::int64_t userId, std::int64_t actorId)
{
    auto* insert = TRY(ofPair(lease, "INSERT INTO actor_blocks (user_id, actor_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", userId, actorId));
    insert->bind(3, nowMicroseconds());
    TRY(insert->run());
    TRY(removeFollower(lease, userId, actorId));
    TRY(removeFollowing(lease, userId, actorId));
    return {};
}

Result<bool> removeBlock(Database::Lease& lease, std::int64_t userId, std::int64_t actorId)
{
    return changed(*TRY(ofPair(lease, "DELETE FROM actor_blocks WHERE user_id = $1 AND actor_id = $2", userId, actorId)));
}

Result<bool> isBlocked(Database::Lease& lease, std::int64_t userId, std::int64_t actorId)
{
    auto* query = TRY(ofPair(lease, "SELECT 1 FROM actor_blocks WHERE user_id = $1 AND actor_id = $2", userId, actorId));
    const bool blocked = TRY(query->step());
    query->reset();
    return blocked;
}

Result<bool> approvesFollowers(Database::Lease& lease, std::int64_t userId)
{
    return TRY(countOf(lease, "SELECT approves_followers FROM users WHERE id = $1", userId)) != 0;
}

Result<void> setApprovesFollowers(Database::Lease& lease, std::int64_t userId, bool approves)
{
    return TRY(ofPair(lease, "UPDATE users SET approves_followers = $2 WHERE id = $1", userId, approves ? 1 : 0))->run();
}

Result<Whereabouts> whereaboutsOf(Database::Lease& lease, std::int64_t userId)
{
    auto* query = TRY(lease.statement("SELECT coalesce(moved_to, ''), also_known_as FROM users WHERE id = $1"));
    query->bind(1, userId);
    Whereabouts whereabouts;
    if (!TRY(query->step()))
        return whereabouts;
    whereabouts.movedTo = query->text(0);
    const Json names = TRY(readJson(query->text(1)));
    query->reset();
    for (const Json& name : names)
        whereabouts.alsoKnownAs.push_back(name.get<std::string>());
    return whereabouts;
}

Result<void> setWhereabouts(Database::Lease& lease, std::int64_t userId, const Whereabouts& whereabouts)
{
    auto* update = TRY(lease.statement("UPDATE users SET moved_to = $2, also_known_as = $3 WHERE id = $1"));
    update->bind(1, userId).bind(3, Json(whereabouts.alsoKnownAs).dump());
    if (whereabouts.movedTo.empty())
        update->bind(2, nullptr);
    else
        update->bind(2, whereabouts.movedTo);
    return update->run();
}

} // namespace artdag::server
