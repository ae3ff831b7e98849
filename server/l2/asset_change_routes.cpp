// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/asset_change_routes.h"

#include "core/federation/vocabulary.h"
#include "server/l2/asset_routes.h"
#include "server/l2/bodies.h"
#include "server/l2/change_asset.h"
#include "server/l2/prepared_asset.h"
#include "server/l2/quotas.h"
#include "server/l2/signed_requests.h"

namespace artdag::server {

namespace {

Result<Work> ownWork(Site& site, const Request& request)
{
    Work work = TRY(workOfRequest(site, request));
    if (work.ownerId != request.caller.userId)
        return fail(Fault::Denied, "asset '@" + work.owner + "/" + work.name + "': only its owner can do this");
    return work;
}

Result<Response> pinned(Site& site, const Request& request, bool on)
{
    return jsonResponse(assetJson(site, TRY(pinAsset(site, TRY(ownWork(site, request)), on))));
}

} // namespace

Result<Response> postPrepare(Site& site, const Request& request)
{
    if (auto refusal = TRY(publicationRefusal(site, request.caller)))
        return std::move(*refusal);
    const auto prepared = TRY(prepareAsset(site, request.caller, TRY(readObject(request))));
    if (!prepared)
        return publishedResponse(site, tl::make_unexpected(prepared.error()));
    return jsonResponse(Json{{"prepared", prepared->uuid}, {"activity", prepared->activity}, {"expires", isoTime(prepared->expires)}});
}

Result<Response> patchAsset(Site& site, const Request& request)
{
    const Work changed = TRY(changeAsset(site, TRY(ownWork(site, request)), TRY(readObject(request))));
    return jsonResponse(assetJson(site, changed)).with("Location", site.instance.publicUrl + "/assets/@" + changed.owner + "/" + changed.name);
}

Result<Response> deleteAsset(Site& site, const Request& request)
{
    TRY(withdrawAsset(site, TRY(ownWork(site, request))));
    Response response;
    response.status = 204;
    return response;
}

Result<Response> postPin(Site& site, const Request& request)
{
    return pinned(site, request, true);
}

Result<Response> deletePin(Site& site, const Request& request)
{
    return pinned(site, request, false);
}

Result<Response> getFeatured(Site& site, const Request& request)
{
    const User user = TRY(findUser(*site.database, request.capture("user")));
    if (user.state == "pending")
        return fail(Fault::NotFound, "user '" + user.name + "': there is no such account here");
    if (auto refusal = refuseUnsigned(site, request))
        return std::move(*refusal);
    Json items = Json::array();
    for (const Work& work : TRY(listPinned(*site.database, user.id)))
        items.push_back(noteDocument(site.instance, TRY(noteFactsOf(site, work, ""))));
    Json document{{"@context", noteContext()}, {"id", site.instance.actorUrl(user.name) + "/featured"}, {"type", "OrderedCollection"}, {"totalItems", items.size()}};
    document["orderedItems"] = std::move(items);
    return jsonResponse(document, 200, std::string(activityType)).with("Vary", "Accept");
}

} // namespace artdag::server
