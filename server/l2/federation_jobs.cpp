// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/federation_jobs.h"

#include "core/federation/activity_fields.h"
#include "server/db/follows.h"
#include "server/db/forwards.h"
#include "server/db/posts.h"
#include "server/db/received.h"
#include "server/l2/actor_routes.h"
#include "server/l2/federation.h"
#include "server/l2/fetch_document.h"
#include "server/l2/follow_actors.h"
#include "server/l2/inbox/activities.h"
#include "server/l2/remote_actors.h"
#include "server/l2/remote_posts.h"
#include "server/l2/send_activity.h"
#include "server/l2/travelling_signature.h"
#include "server/operation/log.h"

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::int64_t keptPosts = 50'000;
constexpr std::int64_t hour = 3600LL * 1'000'000;

/// Something another wrote, shown by somebody followed here. Kept when everyone may see it.
Result<void> takeBoost(Site& site, const Json& payload)
{
    const FetchedDocument fetched = TRY(fetchDocument(site, payload.at("object").get<std::string>()));
    if (fetched.gone)
        return {};
    Post post = postOf(fetched.document);
    post.actor = TRY(findOrFetchActor(site, idOf(fetched.document, "attributedTo")));
    post.visibility = visibilityOf(fetched.document, post.actor.followersUrl);
    post.boostedBy = payload.at("by").get<std::int64_t>();
    if (originOfUrl(post.uri) != originOfUrl(post.actor.uri) || (post.visibility != "public" && post.visibility != "unlisted"))
        return {};
    auto lease = TRY(site.database->lease());
    TRY(addPost(lease, post));
    return {};
}

/// Its followers here follow the new account, when that one says that it is the same person.
Result<void> takeMoveOf(Site& site, const Json& payload)
{
    const Actor from = TRY(findOrFetchActor(site, payload.at("from").get<std::string>()));
    const Actor known = TRY(findOrFetchActor(site, payload.at("to").get<std::string>()));
    const Actor target = known.isOurs() ? known : TRY(refetchActor(site, known));
    auto lease = TRY(site.database->lease());
    const auto names = target.isOurs() ? TRY(whereaboutsOf(lease, target.userId)).alsoKnownAs : idsOf(TRY(readJson(target.document)), "alsoKnownAs");
    if (std::ranges::find(names, from.uri) == names.end())
        return fail(Fault::Denied, "move: " + target.uri + " does not say that it is " + from.uri);
    auto transaction = TRY(lease.begin());
    for (const std::int64_t userId : TRY(usersFollowing(lease, from.id))) {
        const Actor own = TRY(ownActor(lease, site.instance, userId));
        if (!TRY(isBlocked(lease, userId, target.id)) && own.id != target.id)
            TRY(followActor(site, lease, own, target));
        TRY(unfollowActor(site, lease, own, from));
    }
    TRY(transaction.commit());
    wakeDeliverer(site);
    return {};
}

/// An activity that came with its author's signature. A stranger who forges one is not worth a line in the list of what failed.
Result<std::optional<Actor>> authorIn(Site& site, const Json& activity, const Json& payload, std::int64_t now)
{
    auto author = authorOfTravelling(site, activity, payload.at("actor").get<std::string>(), now / 1'000'000);
    if (author)
        return std::optional(std::move(*author));
    if (author.error().fault == Fault::Unavailable)
        return tl::unexpected<Error>(author.error());
    LogLine(LogLevel::Debug, "inbox").text("what", author.error().message).write();
    return std::optional<Actor>();
}

Json activityIn(const Json& payload)
{
    return readJson(payload.value("bytes", ""), {1U << 20, 32, 10'000}).value_or(Json::object());
}

/// What another server passed on: signed by its author, and then as its origin has it now.
Result<void> takeForwarded(Site& site, const Json& payload)
{
    const std::string object = payload.at("object").get<std::string>();
    const std::string bytes = payload.value("bytes", "");
    const Json activity = activityIn(payload);
    const std::string id = textOf(activity, "id");
    const std::int64_t now = nowMicroseconds();
    const auto author = TRY(authorIn(site, activity, payload, now));
    if (!author)
        return {};
    const auto fetched = fetchDocument(site, object);
    const bool gone = fetched ? fetched->gone : fetched.error().fault == Fault::NotFound;
    if (!fetched && !gone)
        return tl::unexpected<Error>(fetched.error());
    if (!gone && idOf(fetched->document, "attributedTo") != author->uri)
        return {};
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    Received received{site, lease, activity, *author, id, now, bytes};
    const auto known = TRY(findInteraction(lease, object));
    if (!gone && !known) {
        TRY(takeNote(received, fetched->document));
    } else if (known && known->actor.id == author->id && known->kind == "reply") {
        TRY(queuePassingOn(received, *known));
        if (gone)
            TRY(removeInteraction(lease, known->id));
        else
            TRY(updateInteraction(lease, known->id, contentOf(fetched->document), now));
    }
    return transaction.commit();
}

/// What somebody said about a reply to a work of ours, to the followers of its owner: with the signature of its author, which is
/// checked here, since we would look like its origin.
Result<void> passOn(Site& site, const Json& payload)
{
    Forward forward{{}, {}, payload.at("bytes").get<std::string>(), payload.at("user").get<std::int64_t>(), {}};
    const Json activity = activityIn(payload);
    const std::int64_t now = nowMicroseconds();
    const auto author = TRY(authorIn(site, activity, payload, now));
    if (!author)
        return {};
    forward.uri = textOf(activity, "id");
    forward.object = subjectOf(activity);
    forward.except = author->host;
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    if (textOf(activity, "type") != "Delete" && !TRY(findInteraction(lease, forward.object)))
        return {}; // deleted meanwhile, and the Delete may have gone first
    TRY(planForward(lease, forward, now));
    TRY(transaction.commit());
    wakeDeliverer(site);
    return {};
}

/// Followers hear of what changed in a profile elsewhere than in the settings: the key (`artdagd keys rotate`).
Result<void> tellProfile(Site& site, const Json& payload)
{
    const User user = TRY(findUser(*site.database, payload.at("user").get<std::string>()));
    if (!user.mayLogIn())
        return {};
    const Json document = TRY(actorDocumentOf(site, user));
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    TRY(sendProfile(site, lease, TRY(ownActor(lease, site.instance, user.id)), document));
    TRY(transaction.commit());
    wakeDeliverer(site);
    return {};
}

Result<void> sweep(Site& site)
{
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    const std::int64_t now = nowMicroseconds();
    TRY(forgetReceived(lease, now));
    TRY(forgetForwarded(lease, now));
    TRY(trimPosts(lease, keptPosts));
    TRY(addJob(lease, "forget-received", std::to_string(now / hour + 24), Json::object(), now + 24 * hour));
    return transaction.commit();
}

} // namespace

std::map<std::string, JobKind> federationJobs(Site& site)
{
    auto kind = [&site](Result<void> (*work)(Site&, const Json&)) {
        JobKind kind;
        kind.run = [&site, work](const Job& job, const std::atomic<bool>&) { return work(site, job.payload); };
        return kind;
    };
    std::map<std::string, JobKind> kinds{{"boost", kind(takeBoost)}, {"move", kind(takeMoveOf)}, {"forwarded", kind(takeForwarded)}, {"pass-on", kind(passOn)}, {"profile", kind(tellProfile)}};
    kinds["cite"] = kind([](Site& on, const Json& payload) { return verifyCitation(on, payload.at("note"), payload.at("actor").get<std::string>()); });
    kinds["forget-received"] = kind([](Site& on, const Json&) { return sweep(on); });
    return kinds;
}

} // namespace artdag::server
