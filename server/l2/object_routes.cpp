// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/object_routes.h"

#include "core/federation/vocabulary.h"
#include "server/db/follows.h"
#include "server/db/objects.h"
#include "server/l2/answer_cache.h"
#include "server/l2/asset_routes.h"
#include "server/l2/bodies.h"
#include "server/l2/place_routes.h"
#include "server/l2/publish_asset.h"
#include "server/l2/signed_requests.h"
#include "server/l2/site.h"

#include <algorithm>
#include <charconv>

namespace artdag::server {

namespace {

Response activityResponse(std::string bytes)
{
    return textResponse(std::move(bytes), std::string(activityType)).with("Vary", "Accept");
}

/// Followers-only works are for accepted followers, who say who they are by signing; it is looked up again each time.
Result<bool> mayFetch(Site& site, const Work& work, const Request& request)
{
    if (maySee(work, request))
        return true;
    const auto signer = work.visibility == "followers" ? signerOf(site, request) : std::nullopt;
    if (!signer)
        return false;
    auto lease = TRY(site.database->lease());
    return TRY(followerState(lease, work.ownerId, signer->id)) == "accepted";
}

/// A version of an object: 1 without one in the path. NotFound for what is no number from 2.
Result<std::int64_t> versionOf(const Request& request)
{
    const auto capture = std::ranges::find(request.captures, "version", &std::pair<std::string, std::string>::first);
    if (capture == request.captures.end())
        return std::int64_t{1};
    const std::string& text = capture->second;
    std::int64_t version = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), version);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || version < 2 || text.front() == '0')
        return fail(Fault::NotFound, "object: it has no such version");
    return version;
}

/// One id of ActivityPub: the work that has it, or when it was deleted.
struct Identity {
    std::optional<Work> work;
    std::int64_t deletedAt = 0;
};

Result<Identity> identityOf(Site& site, const Request& request, const ContentId& id)
{
    const std::int64_t version = TRY(versionOf(request));
    Identity identity;
    for (Work& work : TRY(findVersions(*site.database, id, version))) {
        if (work.version == version && TRY(mayFetch(site, work, request))) {
            identity.work = std::move(work);
            return identity;
        }
        // A version that no work has any more was given up when its work was shown to fewer people than before.
        const bool wasSeen = work.version == version ? !work.isLiving() && work.isOpen() : identity.deletedAt == 0;
        if (wasSeen)
            identity.deletedAt = work.version == version ? work.endedAt : work.updatedAt;
        if (work.version == version)
            break;
    }
    return identity;
}

/// The work that people mean by a hash: the living one they may see, signed ones first; with a version in the path, that one.
Result<std::optional<Work>> workOfHash(Site& site, const Request& request, const ContentId& id)
{
    const std::int64_t version = TRY(versionOf(request));
    for (Work& work : TRY(findWorksOf(*site.database, id)))
        if ((version == 1 || work.version == version) && TRY(mayFetch(site, work, request)))
            return std::optional(std::move(work));
    return std::optional<Work>();
}

Result<Work> workOfObject(Site& site, const Request& request)
{
    const auto id = TRY(strictName<ContentId>(request.capture("hash")));
    auto work = TRY(workOfHash(site, request, id));
    if (!work)
        return fail(Fault::NotFound, "object " + id.text() + ": there is no such work here");
    return std::move(*work);
}

/// A reply, a like or a boost is about a work too, but tells of none.
bool isOfWork(const Work& work, const Activity& activity)
{
    const bool kind = activity.type == "Create" || activity.type == "Update" || activity.type == "Delete";
    return kind && activity.userId == work.ownerId && activity.bytes.find("/objects/" + work.content.hex()) != std::string::npos && activity.bytes.find("\"inReplyTo\"") == std::string::npos;
}

Response tombstoneResponse(const std::string& id, const std::string& formerType, std::int64_t deletedAt)
{
    Json document{{"@context", activityStreams}};
    document.update(tombstoneDocument(id, formerType, isoTime(deletedAt)));
    Response response = activityResponse(document.dump());
    response.status = 410;
    return response;
}

Result<Response> noteResponse(Site& site, const Request& request, const ContentId& id)
{
    const Identity identity = TRY(identityOf(site, request, id));
    if (!identity.work && identity.deletedAt != 0)
        return tombstoneResponse(site.instance.publicUrl + request.path, "Note", identity.deletedAt);
    if (!identity.work)
        return fail(Fault::NotFound, "object " + id.text() + ": there is no such work here");
    Json document{{"@context", noteContext()}};
    document.update(noteDocument(site.instance, TRY(noteFactsOf(site, *identity.work, ""))));
    return activityResponse(document.dump());
}

/// Of a work: with its id when it is there, 410 when what it told of is gone.
Result<Response> workActivityAnswer(Site& site, const Request& request, const Work& work, const Activity& activity)
{
    const bool wasOpen = activity.open && (work.isOpen() || activity.type == "Delete");
    if (activity.type != "Delete" && !TRY(mayFetch(site, work, request)))
        return wasOpen ? Result<Response>(problem(410, "activity: the work that it tells of is gone")) : fail(Fault::NotFound, "activity: there is no such activity here");
    if (!activity.open && !TRY(mayFetch(site, work, request)))
        return fail(Fault::NotFound, "activity: there is no such activity here");
    if (prefersHtml(request) && work.isLiving())
        return activityPageOf(site, activity, work);
    if (wantsActivity(request) || (activity.type != "Create" && activity.type != "Update"))
        return activityResponse(activity.bytes);
    Json brief = shortCreateDocument(site.instance, TRY(noteFactsOf(site, work, activity.uuid)));
    brief["type"] = activity.type;
    brief["published"] = isoTime(activity.published);
    return jsonResponse(brief).with("Vary", "Accept");
}

Result<Response> activityAnswer(Site& site, const Request& request, const Activity& activity)
{
    if (activity.bytes.empty())
        return problem(410, "activity: its account was erased");
    if (auto refusal = prefersHtml(request) ? std::nullopt : refuseUnsigned(site, request))
        return std::move(*refusal);
    if (activity.workId != 0)
        if (const Work work = TRY(findWork(*site.database, activity.workId)); isOfWork(work, activity))
            return workActivityAnswer(site, request, work, activity);
    if (!activity.open && activity.userId != request.caller.userId)
        return fail(Fault::NotFound, "activity: there is no such activity here");
    return activityResponse(activity.bytes);
}

} // namespace

Result<Response> getObject(Site& site, const Request& request)
{
    const auto id = TRY(strictName<ContentId>(request.capture("hash")));
    if (auto refusal = prefersHtml(request) ? std::nullopt : refuseUnsigned(site, request))
        return std::move(*refusal);
    if (wantsActivity(request) && !prefersHtml(request))
        return keptAnswer(site, request, "note " + id.hex() + " " + std::to_string(TRY(versionOf(request))), [&] { return noteResponse(site, request, id); });
    const auto work = TRY(workOfHash(site, request, id));
    if (!work) {
        // A recipe or an input is cited by its object's URL; people get the bytes, ActivityPub knows no such object.
        if (TRY(mayRead(*site.database, id, request.caller.userId)))
            return redirect("/media/" + id.hex()).with("Vary", "Accept");
        if (TRY(identityOf(site, request, id)).deletedAt != 0)
            return problem(410, "object " + id.text() + ": this work is gone");
        return fail(Fault::NotFound, "object " + id.text() + ": there is no such work here");
    }
    if (prefersHtml(request))
        return redirect("/asset/@" + work->owner + "/" + work->name).with("Vary", "Accept");
    if (request.header("accept").find("application/json") != std::string_view::npos)
        return jsonResponse(assetJson(site, *work)).with("Vary", "Accept");
    return noteResponse(site, request, id);
}

Result<Response> getObjectClaim(Site& site, const Request& request)
{
    return claimResponse(site, TRY(workOfObject(site, request)));
}

Result<Response> getObjectProvenance(Site& site, const Request& request)
{
    return manifestResponse(site, TRY(workOfObject(site, request)));
}

Result<Response> getActivity(Site& site, const Request& request)
{
    return activityAnswer(site, request, TRY(findActivity(*site.database, std::string_view(request.capture("ref")))));
}

Result<Response> getActivityByIndex(Site& site, const Request& request)
{
    const std::string& text = request.capture("index");
    std::int64_t index = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), index);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || index < 1)
        return fail(Fault::BadInput, "activity: an index is a whole number from 1");
    return activityAnswer(site, request, TRY(findActivity(*site.database, index)));
}

} // namespace artdag::server
