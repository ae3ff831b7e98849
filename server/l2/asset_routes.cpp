// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/asset_routes.h"

#include "server/db/activities.h"
#include "server/db/work_changes.h"
#include "server/l2/bodies.h"
#include "server/l2/prepared_asset.h"
#include "server/l2/publish_asset.h"
#include "server/l2/quotas.h"
#include "server/l2/site.h"
#include "server/web/pages.h"

#include <algorithm>

namespace artdag::server {

namespace {

std::string pagePath(const Work& work)
{
    return "/asset/@" + work.owner + "/" + work.name;
}

/// All works of a name that the caller may see: their own alone if there is one.
Result<std::vector<Work>> seenByName(Site& site, const Request& request)
{
    std::vector<Work> works = TRY(findWorksNamed(*site.database, request.capture("name"), 100));
    std::erase_if(works, [&](const Work& work) { return !maySee(work, request); });
    const auto own = std::ranges::find(works, request.caller.userId, &Work::ownerId);
    if (own != works.end())
        works = {Work(*own)};
    if (works.empty())
        return fail(Fault::NotFound, "asset '" + request.capture("name").substr(0, 64) + "': there is no such work here");
    return works;
}

Response conflict(Site& site, const Standing& standing)
{
    Response response = problem(409, standing.reason);
    if (standing.work.isOpen())
        response.problem->more["asset"] = site.instance.publicUrl + "/assets/@" + standing.work.owner + "/" + standing.work.name;
    response.problem->more["ways"] = Json::array({"cite", "attest", "dispute"});
    return response;
}

std::string nextUrl(const WorkFilter& filter, std::int64_t last)
{
    std::string url = "/assets?cursor=" + std::to_string(last) + "&limit=" + std::to_string(filter.limit);
    for (const auto& [name, value] : {std::pair{"owner", &filter.owner}, std::pair{"tag", &filter.tag}, std::pair{"q", &filter.text}, std::pair{"type", &filter.type}, std::pair{"license", &filter.license}, std::pair{"proof", &filter.proof}})
        if (!value->empty())
            url += std::string("&") + name + "=" + encodeForm(*value);
    return url;
}

} // namespace

bool maySee(const Work& work, const Request& request)
{
    if (!work.isLiving())
        return false;
    return work.isOpen() || (request.caller.userId != 0 && work.ownerId == request.caller.userId);
}

Result<Work> workOfRequest(Site& site, const Request& request)
{
    if (std::ranges::none_of(request.captures, [](const auto& capture) { return capture.first == "user"; })) {
        std::vector<Work> works = TRY(seenByName(site, request));
        if (works.size() > 1)
            return fail(Fault::Conflict, "asset '" + request.capture("name") + "': several people have one; ask for /assets/@user/" + request.capture("name"));
        return works.front();
    }
    Work work = TRY(findWork(*site.database, request.capture("user"), request.capture("name")));
    if (!maySee(work, request))
        return fail(Fault::NotFound, "asset '@" + work.owner + "/" + work.name + "': there is no such work here");
    return work;
}

Result<Response> publishedResponse(Site& site, const tl::expected<Published, Standing>& outcome)
{
    if (!outcome)
        return conflict(site, outcome.error());
    if (outcome->isNew)
        TRY(countPublication(site, outcome->work.ownerId));
    const std::string url = site.instance.publicUrl + "/assets/@" + outcome->work.owner + "/" + outcome->work.name;
    return jsonResponse(assetJson(site, outcome->work), outcome->isNew ? 201 : 200).with("Location", url);
}

Result<Response> postAssets(Site& site, const Request& request)
{
    if (auto refusal = TRY(publicationRefusal(site, request.caller)))
        return std::move(*refusal);
    const Json body = TRY(readObject(request));
    if (body.contains("prepared"))
        return publishedResponse(site, TRY(publishPrepared(site, request.caller, body)));
    return publishedResponse(site, TRY(publishAsset(site, request.caller, body)));
}

Result<Response> getAssets(Site& site, const Request& request)
{
    const Paging paging = TRY(readPaging(request));
    WorkFilter filter;
    filter.owner = request.parameter("owner").value_or("");
    filter.tag = request.parameter("tag").value_or("");
    filter.text = request.parameter("q").value_or("");
    filter.type = request.parameter("type").value_or("");
    filter.license = request.parameter("license").value_or("");
    filter.proof = request.parameter("proof").value_or("");
    filter.before = paging.before;
    filter.limit = paging.limit + 1;
    filter.hidden = request.caller.userId != 0 && filter.owner == request.caller.user;
    std::vector<Work> works = TRY(listWorks(*site.database, filter));
    filter.limit = paging.limit;
    const bool more = works.size() > static_cast<std::size_t>(paging.limit);
    if (more)
        works.pop_back();
    const std::string next = more ? nextUrl(filter, works.back().id) : "";
    if (prefersHtml(request)) {
        const std::string title = filter.tag.empty() ? filter.owner.empty() ? "Works" : "Works by @" + filter.owner : "#" + filter.tag;
        return listPage(site, {title, "", std::move(works), next, "Nothing is published here yet."}).with("Vary", "Accept");
    }
    Json items = Json::array();
    for (const Work& work : works)
        items.push_back(assetJson(site, work));
    return jsonResponse(Json{{"items", std::move(items)}, {"next", more ? Json(site.instance.publicUrl + next) : Json(nullptr)}}).with("Vary", "Accept");
}

Result<std::optional<Response>> elsewhereResponse(Site& site, const Request& request, std::string_view root)
{
    const std::string& user = request.capture("user");
    const auto renamed = TRY(findRenamed(*site.database, user, request.capture("name")));
    if (renamed && maySee(*renamed, request)) // whoever uses the name now comes first: the name is then no former one
        return std::optional(redirect(std::string(root) + renamed->owner + "/" + renamed->name, 301).with("Vary", "Accept"));
    const auto work = findWork(*site.database, user, request.capture("name"));
    if (work && !work->isLiving() && work->isOpen())
        return std::optional(problem(410, "asset '@" + work->owner + "/" + work->name + (work->state == "taken_down" ? "': it was taken down here by a moderator" : "': its owner withdrew it")));
    return std::optional<Response>();
}

Result<Response> getAssetByName(Site& site, const Request& request)
{
    const std::vector<Work> works = TRY(seenByName(site, request));
    if (works.size() == 1) {
        if (prefersHtml(request))
            return redirect(pagePath(works.front())).with("Vary", "Accept");
        return jsonResponse(assetJson(site, works.front())).with("Vary", "Accept");
    }
    Json choices = Json::array();
    for (const Work& work : works)
        choices.push_back(site.instance.publicUrl + "/assets/@" + work.owner + "/" + work.name);
    return jsonResponse(Json{{"name", works.front().name}, {"choices", std::move(choices)}}, 300);
}

Result<Response> getAsset(Site& site, const Request& request)
{
    if (auto elsewhere = TRY(elsewhereResponse(site, request, "/assets/@")))
        return std::move(*elsewhere);
    const Work work = TRY(workOfRequest(site, request));
    if (prefersHtml(request))
        return redirect(pagePath(work)).with("Vary", "Accept");
    Json asset = assetJson(site, work);
    if (const auto activity = TRY(publicationOf(*site.database, work)))
        asset["activity"] = *activity; // its proof bundle dates the work
    return jsonResponse(asset).with("Vary", "Accept");
}

Result<Response> claimResponse(Site& site, const Work& work)
{
    if (!work.claim)
        return fail(Fault::NotFound, "asset '@" + work.owner + "/" + work.name + "': it was registered without a claim");
    return textResponse(TRY(claimBytes(*site.database, *work.claim)), "application/json").with("ETag", "\"" + work.claim->hex() + "\"");
}

Result<Response> manifestResponse(Site& site, const Work& work)
{
    if (!work.manifest)
        return fail(Fault::NotFound, "asset '@" + work.owner + "/" + work.name + "': it has no run manifest");
    return textResponse(TRY(manifestBytes(*site.database, *work.manifest)), "application/json").with("ETag", "\"" + work.manifest->hex() + "\"");
}

Result<Response> getAssetClaim(Site& site, const Request& request)
{
    return claimResponse(site, TRY(workOfRequest(site, request)));
}

Result<Response> getAssetProvenance(Site& site, const Request& request)
{
    return manifestResponse(site, TRY(workOfRequest(site, request)));
}

} // namespace artdag::server
