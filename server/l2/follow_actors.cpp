// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/follow_actors.h"

#include "server/db/notifications.h"
#include "server/l2/publish_asset.h"
#include "server/l2/send_activity.h"
#include "server/l2/social_documents.h"

namespace artdag::server {

namespace {

Result<std::string> followOurs(Site& site, Database::Lease& lease, const Actor& own, const Actor& other)
{
    if (TRY(isBlocked(lease, other.userId, own.id)))
        return fail(Fault::NotFound, "account " + other.account() + ": it cannot be followed");
    const std::string uri = site.instance.publicUrl + "/activities/" + uuidV7(nowMicroseconds());
    const bool known = !TRY(followerState(lease, other.userId, own.id)).empty();
    const char* wanted = TRY(approvesFollowers(lease, other.userId)) ? "pending" : "accepted";
    const std::string state = TRY(addFollower(lease, other.userId, own.id, uri, wanted));
    TRY(addFollowing(lease, own.userId, other.id, uri, state));
    if (known)
        return state;
    Notification notification;
    notification.kind = state == "accepted" ? "follow" : "follow_request";
    notification.actor = own;
    TRY(addNotification(lease, other.userId, notification));
    return state;
}

} // namespace

Result<std::string> followActor(Site& site, Database::Lease& lease, const Actor& own, const Actor& other)
{
    if (own.id == other.id)
        return fail(Fault::BadInput, "'account': it is your own");
    if (TRY(isBlocked(lease, own.userId, other.id)))
        return fail(Fault::Denied, "account " + other.account() + ": you block it; end that first");
    if (other.isOurs())
        return followOurs(site, lease, own, other);
    const Follow before = TRY(findFollowing(lease, own.userId, other.id));
    if (before.state == "accepted")
        return before.state;
    // Asked again when it was not answered: the first may have been lost.
    const Activity follow = TRY(sendActivity(site, lease, own, "Follow", towardsMembers(other.uri, other.uri)));
    return addFollowing(lease, own.userId, other.id, activityUrl(site.instance, follow), "pending");
}

Result<bool> unfollowActor(Site& site, Database::Lease& lease, const Actor& own, const Actor& other)
{
    const Follow follow = TRY(findFollowing(lease, own.userId, other.id));
    if (follow.uri.empty())
        return false;
    TRY(removeFollowing(lease, own.userId, other.id));
    if (other.isOurs()) {
        TRY(removeFollower(lease, other.userId, own.id));
        return true;
    }
    const Json activity{{"id", follow.uri}, {"type", "Follow"}, {"actor", own.uri}, {"object", other.uri}, {"to", Json::array({other.uri})}};
    TRY(sendActivity(site, lease, own, "Undo", undoMembers(activity)));
    return true;
}

Result<void> answerFollower(Site& site, Database::Lease& lease, const Actor& own, const Actor& follower, bool accept)
{
    const std::string uri = TRY(followUriOf(lease, own.userId, follower.id));
    if (uri.empty())
        return fail(Fault::NotFound, "account " + follower.account() + ": it did not ask to follow you");
    if (accept)
        TRY(acceptFollower(lease, own.userId, follower.id));
    else
        TRY(removeFollower(lease, own.userId, follower.id));
    if (!follower.isOurs()) {
        TRY(sendActivity(site, lease, own, accept ? "Accept" : "Reject", answerMembers(uri, follower.uri, own.uri)));
        return {};
    }
    if (accept)
        return acceptFollowing(lease, follower.userId, own.id);
    TRY(removeFollowing(lease, follower.userId, own.id));
    return {};
}

} // namespace artdag::server
