// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/page_routes.h"

#include "core/base/files.h"
#include "server/db/objects.h"
#include "server/db/renditions.h"
#include "server/l2/answer_cache.h"
#include "server/l2/asset_routes.h"
#include "server/l2/openapi.h"
#include "server/l2/our_urls.h"
#include "server/l2/recipe_access.h"
#include "server/l2/site.h"
#include "server/l2/visits.h"
#include "server/web/alike.h"
#include "server/web/pages.h"
#include "server/web/vouching.h"

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::size_t longestRecipe = 4U << 20;
constexpr int shownUses = 10;

std::string mediaPath(const HeldObject& object, const std::string& token)
{
    const std::string extension = extensionOf(object.type);
    return "/media/" + (token.empty() ? object.id.hex() : "p/" + token) + (extension.empty() ? "" : "." + extension);
}

/// The recipe's document, to draw it; nothing when it is too long to draw.
std::optional<Recipe> drawnRecipe(const Site& site, const ContentId& id)
{
    const auto text = readTextFile(site.objects.path(id), longestRecipe);
    if (!text)
        return {};
    ReadRecipe read = readRecipe(*text);
    if (read.recipe.nodes.empty())
        return {};
    return std::move(read.recipe);
}

/// What the one who looks sees of the recipe, and can do about it.
Result<void> lookAtRecipe(Site& site, const Request& request, WorkPage& page)
{
    const Work& work = page.work;
    if (const auto recipe = TRY(recipeFor(site, request, work))) {
        page.recipeUrl = "/assets/@" + work.owner + "/" + work.name + "/recipe";
        page.recipe = drawnRecipe(site, *recipe);
    }
    const auto kept = TRY(keptRecipeOf(*site.database, work.id));
    if (!kept)
        return {};
    page.door.access = kept->access;
    page.door.isMember = request.caller.userId != 0;
    page.door.isOwner = work.ownerId == request.caller.userId;
    page.door.token = page.door.isMember ? formToken(site, request) : "";
    auto lease = TRY(site.database->lease());
    if (const auto asked = TRY(findRecipeRequest(lease, work.id, request.caller.userId)))
        page.door.state = asked->state;
    if (page.door.isOwner)
        page.door.waiting = std::ranges::count(TRY(listRecipeRequests(lease, work.id)), "asked", &RecipeRequest::state);
    return {};
}

Result<Response> assetPage(Site& site, const Request& request)
{
    if (request.caller.userId != 0 && request.caller.user == request.capture("user"))
        if (const auto own = findWork(*site.database, request.caller.user, request.capture("name")); own && own->state == "withdrawn")
            return redirect("/asset/@" + own->owner + "/" + own->name + "/withdraw");
    if (auto elsewhere = TRY(elsewhereResponse(site, request, "/asset/@")))
        return std::move(*elsewhere);
    WorkPage page;
    page.work = TRY(workOfRequest(site, request));
    const Work& work = page.work;
    if (const auto held = findObject(*site.database, work.content)) {
        page.mediaUrl = mediaPath(*held, work.mediaToken);
        page.mediaType = held->type;
    }
    if (work.poster)
        if (const auto poster = findObject(*site.database, *work.poster))
            page.posterUrl = mediaPath(*poster, work.posterToken);
    for (const auto& [kind, rendition] : TRY(renditionsOf(*site.database, work.content))) {
        if (kind == "hls" && rendition.problem.empty())
            page.streamUrl = "/media/" + work.content.hex() + "/hls/index.m3u8";
        const auto made = rendition.object ? findObject(*site.database, *rendition.object) : Result<HeldObject>(fail(Fault::NotFound, ""));
        if (kind == "poster" && made && page.posterUrl.empty())
            page.posterUrl = mediaPath(*made, "");
        if ((kind == "share" || kind == "sound") && made)
            page.shareUrl = mediaPath(*made, "");
    }
    if (work.claim)
        page.claim = TRY(readJson(TRY(claimBytes(*site.database, *work.claim))));
    if (work.manifest)
        page.manifest = TRY(readJson(TRY(manifestBytes(*site.database, *work.manifest))));
    TRY(lookAtRecipe(site, request, page));
    page.keys = TRY(keysOf(*site.database, work.ownerId));
    page.uses = TRY(findUses(*site.database, work.content, shownUses + 1));
    page.moreUses = page.uses.size() > std::size_t{shownUses};
    if (page.moreUses)
        page.uses.pop_back();
    page.answers = TRY(answersTo(*site.database, objectUrlOf(site.instance, work.content)));
    page.mayChange = work.ownerId == request.caller.userId && request.caller.role != "limited";
    page.mayTakeDown = !page.mayChange && (request.caller.role == "moderator" || request.caller.role == "admin" || request.caller.role == "owner");
    page.vouching = vouchingSection(site, TRY(vouchingOf(site, work)));
    if (page.mayTakeDown)
        page.vouching += alikeSection(TRY(earlierWorksLike(*site.database, work.content)));
    return workPage(site, page);
}

} // namespace

Result<Response> getHome(Site& site, const Request&)
{
    WorkFilter filter;
    filter.limit = 12;
    return homePage(site, TRY(listWorks(*site.database, filter)), TRY(countUsers(*site.database)), TRY(countWorks(*site.database, 0)));
}

Result<Response> getAssetPage(Site& site, const Request& request)
{
    return keptAnswer(site, request, "page " + request.capture("user") + "/" + request.capture("name"), [&] { return assetPage(site, request); });
}

Result<Response> getProfilePage(Site& site, const Request& request)
{
    const User user = TRY(findUser(*site.database, request.capture("user")));
    if (user.state == "pending")
        return problem(404, "There is no such account here.");
    if (user.state == "erased")
        return problem(410, "This account was erased by its owner.");
    if (user.state == "suspended")
        return problem(410, "This account is suspended.");
    WorkFilter filter;
    filter.owner = user.name;
    filter.limit = 48;
    return profilePage(site, user, TRY(findProfile(*site.database, user.id)), TRY(listWorks(*site.database, filter)), TRY(keysOf(*site.database, user.id)));
}

Result<Response> getPeoplePage(Site& site, const Request&)
{
    return peoplePage(site, TRY(listUsers(*site.database, "active", 200)));
}

Result<Response> getTagPage(Site& site, const Request& request)
{
    WorkFilter filter;
    filter.tag = request.capture("tag");
    filter.limit = 48;
    return listPage(site, {"#" + filter.tag, "", TRY(listWorks(*site.database, filter)), "", "Nothing is tagged with this here."});
}

Result<Response> getStyle(Site&, const Request&)
{
    return textResponse(styleSheet(), "text/css; charset=utf-8").with("Cache-Control", "public, max-age=31536000, immutable");
}

Result<Response> getHealth(Site& site, const Request&)
{
    TRY(countUsers(*site.database)); // the database answers
    return jsonResponse(Json{{"status", "ok"}, {"version", ARTDAG_VERSION}}).with("Cache-Control", "no-store");
}

Result<Response> getOpenApi(Site& site, const Request&)
{
    return jsonResponse(openApiDocument(site.instance.publicUrl));
}

Result<Response> getRobots(Site&, const Request&)
{
    return textResponse("User-agent: *\nDisallow: /auth/\nDisallow: /oauth/\nDisallow: /admin\nDisallow: /settings\nDisallow: /login\nDisallow: /register\n", "text/plain; charset=utf-8");
}

} // namespace artdag::server
