// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/object_routes.h"

#include "core/federation/vocabulary.h"
#include "server/db/objects.h"
#include "server/l2/asset_routes.h"
#include "server/l2/bodies.h"
#include "server/l2/place_routes.h"
#include "server/l2/publish_asset.h"
#include "server/l2/site.h"

#include <charconv>

namespace artdag::server {

namespace {

Response activityResponse(std::string bytes)
{
    return textResponse(std::move(bytes), std::string(activityType)).with("Vary", "Accept");
}

Result<std::optional<Work>> workOfHash(Site& site, const Request& request, const ContentId& id)
{
    for (Work& work : TRY(findWorksOf(*site.database, id)))
        if (maySee(work, request))
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

Result<Response> activityAnswer(Site& site, const Request& request, const Activity& activity)
{
    const Work work = TRY(findWork(*site.database, activity.workId));
    if (!activity.open && !maySee(work, request))
        return fail(Fault::NotFound, "activity: there is no such activity here");
    if (prefersHtml(request))
        return activityPageOf(site, activity, work);
    if (wantsActivity(request))
        return activityResponse(activity.bytes);
    return jsonResponse(shortCreateDocument(site.instance, TRY(noteFactsOf(site, work, activity.uuid)))).with("Vary", "Accept");
}

} // namespace

Result<Response> getObject(Site& site, const Request& request)
{
    const auto id = TRY(strictName<ContentId>(request.capture("hash")));
    const auto work = TRY(workOfHash(site, request, id));
    if (!work) {
        // A recipe or an input is cited by its object's URL; people get the bytes, ActivityPub knows no such object.
        if (!wantsActivity(request) && TRY(mayRead(*site.database, id, request.caller.userId)))
            return redirect("/media/" + id.hex()).with("Vary", "Accept");
        return fail(Fault::NotFound, "object " + id.text() + ": there is no such work here");
    }
    if (prefersHtml(request))
        return redirect("/asset/@" + work->owner + "/" + work->name).with("Vary", "Accept");
    if (!wantsActivity(request) && request.header("accept").find("application/json") != std::string_view::npos)
        return jsonResponse(assetJson(site, *work)).with("Vary", "Accept");
    Json document{{"@context", noteContext()}};
    const Json note = noteDocument(site.instance, TRY(noteFactsOf(site, *work, "")));
    for (const auto& [name, value] : note.items())
        document[name] = value;
    return activityResponse(document.dump());
}

Result<Response> getObjectClaim(Site& site, const Request& request)
{
    return claimResponse(site, TRY(workOfObject(site, request)));
}

Result<Response> getObjectProvenance(Site& site, const Request& request)
{
    return manifestResponse(site, TRY(workOfObject(site, request)));
}

Result<Response> getObjectCollection(Site& site, const Request& request)
{
    const Work work = TRY(workOfObject(site, request));
    const std::string id = site.instance.publicUrl + "/objects/" + work.content.hex() + request.path.substr(request.path.rfind('/'));
    return activityResponse(collectionDocument(id, 0, "").dump());
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
