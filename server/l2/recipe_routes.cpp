// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/recipe_routes.h"

#include "server/db/objects.h"
#include "server/http/file_response.h"
#include "server/l2/asset_routes.h"
#include "server/l2/bodies.h"
#include "server/l2/form_body.h"
#include "server/l2/recipe_access.h"
#include "server/l2/remote_actors.h"
#include "server/l2/visits.h"
#include "server/web/recipe_page.h"

namespace artdag::server {

namespace {

std::string nameIn(const Work& work)
{
    return "asset '@" + work.owner + "/" + work.name + "'";
}

std::string pagePath(const Work& work)
{
    return "/asset/@" + work.owner + "/" + work.name;
}

/// To others than those it is for it is as if it were not here: nothing of its size or its hash is told.
Error notPublic(const Work& work)
{
    return {Fault::NotFound, nameIn(work) + ": its recipe is not public"};
}

Result<Response> keptBytes(Site& site, const Request& request, const ContentId& id, bool isOpen)
{
    const HeldObject object = TRY(findObject(*site.database, id));
    ServedFile file{site.objects.path(id), object.size, object.type, "\"" + id.hex() + "\"", isOpen ? "public, no-cache" : "private, no-cache"};
    return fileResponse(request, file);
}

Result<Work> ownWork(Site& site, const Request& request)
{
    Work work = TRY(workOfRequest(site, request));
    if (work.ownerId != request.caller.userId)
        return fail(Fault::Denied, nameIn(work) + ": only its owner can do this");
    return work;
}

Json requestJson(const Site& site, const RecipeRequest& request)
{
    return {{"account", site.instance.account(request.user)}, {"state", request.state}, {"asked_at", isoTime(request.askedAt)}, {"decided_at", request.decidedAt == 0 ? Json(nullptr) : Json(isoTime(request.decidedAt))}};
}

Response tooMany()
{
    return problem(429, "You asked for many recipes today. Go on tomorrow.").with("Retry-After", "86400");
}

} // namespace

Result<Response> getAssetRecipe(Site& site, const Request& request)
{
    const Work work = TRY(workToRead(site, request));
    const auto recipe = TRY(recipeFor(site, request, work));
    if (!recipe)
        return tl::unexpected<Error>(notPublic(work));
    Response response = TRY(keptBytes(site, request, *recipe, work.recipe && work.isOpen()));
    for (auto& [name, value] : response.headers) // uploaded without its type, it is a recipe all the same
        if (name == "Content-Type")
            value = std::string(recipeType);
    return response.with("Content-Disposition", "attachment; filename=\"" + work.name + ".artdag\"");
}

Result<Response> getRecipePart(Site& site, const Request& request)
{
    const Work work = TRY(workToRead(site, request));
    const auto id = TRY(strictName<ContentId>(request.capture("hash")));
    const auto kept = TRY(keptRecipeOf(*site.database, work.id));
    if (!kept || !TRY(mayReadKept(site, request, work, *kept)) || !TRY(isKeptWith(*site.database, work.id, id)))
        return tl::unexpected<Error>(notPublic(work));
    return TRY(keptBytes(site, request, id, false)).with("Content-Disposition", "attachment; filename=\"" + id.hex().substr(0, 12) + "\"");
}

Result<Response> getRecipeRequests(Site& site, const Request& request)
{
    const Work work = TRY(workOfRequest(site, request));
    auto lease = TRY(site.database->lease());
    std::vector<RecipeRequest> requests;
    if (work.ownerId == request.caller.userId)
        requests = TRY(listRecipeRequests(lease, work.id));
    else if (auto own = TRY(findRecipeRequest(lease, work.id, request.caller.userId)))
        requests.push_back(std::move(*own));
    Json items = Json::array();
    for (const RecipeRequest& one : requests)
        items.push_back(requestJson(site, one));
    return jsonResponse(Json{{"items", std::move(items)}});
}

Result<Response> postRecipeRequests(Site& site, const Request& request)
{
    const auto asked = TRY(askForRecipe(site, request.caller, TRY(workOfRequest(site, request))));
    if (!asked)
        return tooMany();
    return jsonResponse(requestJson(site, asked->request), asked->isNew ? 201 : 200);
}

Result<Response> patchRecipeRequests(Site& site, const Request& request)
{
    const Work work = TRY(ownWork(site, request));
    const Json body = TRY(readObject(request));
    const auto accept = body.find("accept");
    if (accept == body.end() || !accept->is_boolean())
        return fail(Fault::BadInput, "'accept': must be true or false");
    const Actor asker = TRY(actorOfAccount(site, TRY(requiredText(body, "account", 2000))));
    return jsonResponse(requestJson(site, TRY(answerRecipeRequest(site, work, asker.userId, accept->get<bool>()))));
}

Result<Response> postRecipeAskForm(Site& site, const Request& request)
{
    const Work work = TRY(workOfRequest(site, request));
    if (!TRY(askForRecipe(site, request.caller, work)))
        return tooMany();
    return redirect(pagePath(work));
}

Result<Response> getRecipeRequestsPage(Site& site, const Request& request)
{
    const Work work = TRY(ownWork(site, request));
    auto lease = TRY(site.database->lease());
    return recipeRequestsPage(site, formToken(site, request), work, TRY(listRecipeRequests(lease, work.id)));
}

Result<Response> postRecipeRequestsForm(Site& site, const Request& request)
{
    const Work work = TRY(ownWork(site, request));
    const Form form = TRY(readForm(request));
    const User asker = TRY(findUser(*site.database, form.text("user")));
    TRY(answerRecipeRequest(site, work, asker.id, form.text("answer") == "grant"));
    return redirect(pagePath(work) + "/recipe/requests");
}

} // namespace artdag::server
