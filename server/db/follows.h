// SPDX-License-Identifier: GPL-3.0-or-later
// Who follows whom, and who wants nothing to do with whom. A pending follower is not a follower: it gets and sees nothing.
#pragma once

#include "server/db/actors.h"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

/// A place in a list that is ordered by time, newest first, which stays where it is while the list grows.
struct Cursor {
    std::int64_t time = std::numeric_limits<std::int64_t>::max();
    std::int64_t id = std::numeric_limits<std::int64_t>::max();
};

struct Follow {
    Actor actor; ///< the other one
    std::string uri;
    std::string state; ///< pending, accepted
    std::int64_t createdAt = 0;
};

/// Idempotent: who follows already keeps its state; the newer id of the Follow is kept. Gives the state.
Result<std::string> addFollower(Database::Lease& lease, std::int64_t userId, std::int64_t actorId, std::string_view followUri, std::string_view state);
/// Empty when there is no such follow.
Result<std::string> followerState(Database::Lease& lease, std::int64_t userId, std::int64_t actorId);
Result<void> acceptFollower(Database::Lease& lease, std::int64_t userId, std::int64_t actorId);
/// False when there was none.
Result<bool> removeFollower(Database::Lease& lease, std::int64_t userId, std::int64_t actorId);
/// The follow of that id; nothing happens when there is none.
Result<void> removeFollowerByUri(Database::Lease& lease, std::int64_t actorId, std::string_view followUri);
Result<std::vector<Follow>> followersOf(Database::Lease& lease, std::int64_t userId, std::string_view state, Cursor before, int limit);
Result<std::int64_t> countFollowers(Database::Lease& lease, std::int64_t userId);

Result<std::string> addFollowing(Database::Lease& lease, std::int64_t userId, std::int64_t actorId, std::string_view followUri, std::string_view state);
Result<std::vector<Follow>> followingOf(Database::Lease& lease, std::int64_t userId, Cursor before, int limit);
/// The one follow of this account and actor; uri empty when there is none.
Result<Follow> findFollowing(Database::Lease& lease, std::int64_t userId, std::int64_t actorId);
Result<void> acceptFollowing(Database::Lease& lease, std::int64_t userId, std::int64_t actorId);
Result<bool> removeFollowing(Database::Lease& lease, std::int64_t userId, std::int64_t actorId);
Result<std::int64_t> countFollowing(Database::Lease& lease, std::int64_t userId);
/// Whose follow of this actor has that id; 0: nobody's.
Result<std::int64_t> userOfFollowing(Database::Lease& lease, std::int64_t actorId, std::string_view followUri);
/// Our accounts that follow an actor.
Result<std::vector<std::int64_t>> usersFollowing(Database::Lease& lease, std::int64_t actorId);

/// Ends the follows in both directions too.
Result<void> addBlock(Database::Lease& lease, std::int64_t userId, std::int64_t actorId);
Result<bool> removeBlock(Database::Lease& lease, std::int64_t userId, std::int64_t actorId);
Result<bool> isBlocked(Database::Lease& lease, std::int64_t userId, std::int64_t actorId);

/// True when the account looks at each follower before it lets it in.
Result<bool> approvesFollowers(Database::Lease& lease, std::int64_t userId);
Result<void> setApprovesFollowers(Database::Lease& lease, std::int64_t userId, bool approves);

/// Where an account went, and which other accounts are the same person (both for Move).
struct Whereabouts {
    std::string movedTo;
    std::vector<std::string> alsoKnownAs;
};
Result<Whereabouts> whereaboutsOf(Database::Lease& lease, std::int64_t userId);
Result<void> setWhereabouts(Database::Lease& lease, std::int64_t userId, const Whereabouts& whereabouts);

} // namespace artdag::server
