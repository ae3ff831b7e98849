// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/change_work.h"

#include "core/base/files.h"
#include "core/provenance/consent.h"
#include "core/workflow/publication.h"
#include "core/workflow/sealed_recipe.h"

#include <algorithm>

namespace artdag {

namespace {

std::string pathOf(const Session& session, const std::string& name)
{
    return "/assets/@" + session.user + "/" + name;
}

/// What a claim that opens more must have at the server before it is accepted; a recipe for some people is kept there for them.
Result<void> sendWhatIsGivenNow(ServerConversation& server, Store& store, const ClaimFacts& claim, const RunFacts& run)
{
    const auto send = [&](const ContentId& id, const char* type, const std::string& what) -> Result<void> {
        if (TRY(server.has(id)))
            return {};
        TRY(server.upload(id, TRY(store.path(id)), type, what));
        return {};
    };
    if (claim.recipeAccess != RecipeAccess::Sealed) {
        TRY(send(run.recipe.contentHash, "application/vnd.artdag.recipe+json", "recipe"));
        for (const ManifestBake& bake : run.baked)
            TRY(send(bake.contentHash, "application/octet-stream", bake.what));
    }
    if (claim.inputsPublic)
        for (const ManifestInput& input : run.inputs)
            TRY(send(input.contentHash, "application/octet-stream", "input " + input.port));
    return {};
}

/// The root of a recipe that is sealed now; it is still at hand, here or at the server.
Result<Digest> rootOfSealed(ServerConversation& server, Store& store, const std::string& path, const ManifestId& run, const ContentId& recipe)
{
    if (const auto known = findSeal(run))
        return sealedRoot(*known);
    std::string text;
    if (const auto bytes = store.get(recipe))
        text.assign(bytes->begin(), bytes->end());
    else
        text = TRY(server.send({}, path + "/recipe")).body;
    if (ContentId{sha3(bytesOf(text))} != recipe)
        return fail(Fault::NotFound, "recipe " + recipe.text() + ": it is neither here nor at the server, so it cannot be sealed");
    return sealedRoot(TRY(sealOfRun(run, text)));
}

Result<void> supersedeClaim(ServerConversation& server, Store& store, const std::optional<SigningKey>& key, const std::string& path, const Json& asset, const WorkChange& change)
{
    const Json before = TRY(server.get(path + "/claim", "claim of '" + path.substr(path.rfind('/') + 1) + "'"));
    const ClaimFacts was = TRY(readClaim(before));
    ClaimFacts facts = was;
    facts.title = change.title.value_or(was.title);
    facts.license = change.license.value_or(was.license);
    facts.tags = change.tags.value_or(was.tags);
    if (change.recipeAccess)
        facts.recipeAccess = TRY(recipeAccessOf(*change.recipeAccess));
    facts.inputsPublic = change.inputsPublic.value_or(was.inputsPublic);
    if (facts.embedded == "full" && facts.recipeAccess != RecipeAccess::Public)
        return fail(Fault::BadInput, "recipe: it is inside of the published file, so it cannot be kept from anyone; withdraw the work and publish it without");
    if (facts.title == was.title && facts.license == was.license && facts.tags == was.tags && facts.recipeAccess == was.recipeAccess && facts.inputsPublic == was.inputsPublic)
        return {};
    if (!key)
        return fail(Fault::Denied, "claim: it is signed, so a new one needs the creator's key");
    Json body{{"name", asset.value("name", "")}, {"content_hash", asset.value("content_hash", "")}, {"asset_type", asset.value("asset_type", "")}, {"title", facts.title}};
    if (facts.recipeAccess != RecipeAccess::Sealed)
        facts.sealedRoot.reset();
    if (facts.run) {
        body["manifest"] = TRY(signedByKeyInUse(server, TRY(server.get(path + "/provenance", "manifest")), *key));
        const RunFacts run = TRY(readManifest(body["manifest"]));
        TRY(sendWhatIsGivenNow(server, store, facts, run));
        if (facts.recipeAccess == RecipeAccess::Sealed && !facts.sealedRoot)
            facts.sealedRoot = TRY(rootOfSealed(server, store, path, *facts.run, run.recipe.contentHash));
    }
    facts.version = was.version + 1;
    facts.supersedes = documentId(before);
    facts.createdAt = nowText();
    Json claim = TRY(makeClaim(facts));
    TRY(signDocument(claimPrefix, claim, *key));
    body["claim"] = std::move(claim);
    TRY(registerKey(server, *key));
    const HttpAnswer answer = TRY(server.sendJson("POST", "/assets", body));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("work '" + asset.value("name", "") + "'", answer));
    return {};
}

/// {owner: basis points} of a claim, the creator's own among them.
std::vector<Payee> payeesIn(const ClaimFacts& claim)
{
    std::vector<Payee> payees;
    for (const Share& share : sharesOf(claim.ingredients, claim.creator))
        payees.push_back({share.owner, share.basisPoints, share.owner == claim.creator});
    return payees;
}

} // namespace

Result<std::string> ownWorkName(const Session& session, std::string_view work)
{
    std::string name(work);
    if (work.find("://") != std::string_view::npos) {
        const std::string page = session.server + "/asset/@" + session.user + "/";
        const std::string asset = session.server + "/assets/@" + session.user + "/";
        if (!work.starts_with(page) && !work.starts_with(asset))
            return fail(Fault::BadInput, "work '" + std::string(work) + "': is not one of " + session.account + " at " + session.server);
        name = work.substr(work.starts_with(page) ? page.size() : asset.size());
    }
    const auto isPlain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (name.empty() || !std::ranges::all_of(name, isPlain))
        return fail(Fault::BadInput, "work '" + std::string(work) + "': must be its name, like spin-and-glow, or the address of its page");
    return name;
}

Result<Json> readAsset(HttpClient& http, const Session& session, const std::string& name)
{
    ServerConversation server(http, session);
    return server.get(pathOf(session, name), "work '" + name + "'");
}

Result<PublishedWork> updateWork(HttpClient& http, const Session& session, Store& store, const std::optional<SigningKey>& key, const std::string& name, const WorkChange& change)
{
    ServerConversation server(http, session);
    Json asset = TRY(server.get(pathOf(session, name), "work '" + name + "'"));
    if (!asset.is_object())
        return fail(Fault::Unavailable, "work '" + name + "': the server's answer is none");
    if (change.changesClaim())
        TRY(supersedeClaim(server, store, key, pathOf(session, name), asset, change));
    Json beside = Json::object();
    for (const auto& [member, value] : {std::pair("name", &change.name), std::pair("description", &change.description), std::pair("alt", &change.alt), std::pair("visibility", &change.visibility)})
        if (*value && asset.value(member, "") != **value)
            beside[member] = **value;
    if (!beside.empty()) {
        const HttpAnswer answer = TRY(server.sendJson("PATCH", pathOf(session, name), beside));
        if (!answer.ok())
            return tl::unexpected<Error>(errorOfAnswer("work '" + name + "'", answer));
    }
    return publishedWorkOf(session, TRY(server.get(pathOf(session, change.name.value_or(name)), "work '" + name + "'")));
}

Result<void> withdrawWork(HttpClient& http, const Session& session, const std::string& name)
{
    ServerConversation server(http, session);
    HttpRequest request;
    request.method = "DELETE";
    const HttpAnswer answer = TRY(server.send(std::move(request), pathOf(session, name)));
    if (answer.ok() || (answer.status == 404 && TRY(server.send({}, pathOf(session, name))).status == 410)) // it was, before
        return {};
    return tl::unexpected<Error>(errorOfAnswer("work '" + name + "'", answer));
}

Result<int> consentToShare(HttpClient& http, const Session& session, const SigningKey& key, const std::string& work)
{
    const std::string page = session.server + "/asset/";
    if (!work.starts_with(page) || work.find_first_of("?#") != std::string::npos)
        return fail(Fault::BadInput, "work '" + work + "': must be the address of a work's page at " + session.server);
    ServerConversation server(http, session);
    const Json claim = TRY(server.get("/assets/" + work.substr(page.size()) + "/claim", "claim of " + work));
    const ClaimFacts facts = TRY(readClaim(claim));
    int weight = 0;
    for (const Ingredient& part : facts.ingredients)
        weight += part.owner == session.account ? part.weight : 0;
    if (weight == 0)
        return fail(Fault::NotFound, "work " + work + ": gives " + session.account + " no share");
    Json consent = TRY(makeConsent({documentId(claim), session.account, facts.payoutPolicy, weight, nowText()}));
    TRY(signDocument(consentPrefix, consent, key));
    TRY(registerKey(server, key));
    const HttpAnswer answer = TRY(server.sendJson("POST", "/consents", consent));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("consent to " + work, answer));
    return weight;
}

Result<std::vector<Payee>> payeesOf(HttpClient& http, const Session& session, const std::string& name)
{
    ServerConversation server(http, session);
    const Json claim = TRY(server.get(pathOf(session, name) + "/claim", "claim of '" + name + "'"));
    std::vector<Payee> payees = payeesIn(TRY(readClaim(claim)));
    const Json told = TRY(server.get("/consents?claim=" + documentId(claim).text(), "consents to '" + name + "'"));
    const auto items = told.is_object() ? told.find("items") : told.end();
    if (!told.is_object() || items == told.end() || !items->is_array())
        return payees;
    for (const Json& item : *items) {
        const auto consent = item.is_object() && item.contains("consent") && item.contains("revoked_at") && item["revoked_at"].is_null() ? readConsent(item["consent"]) : Result<ConsentFacts>(fail(Fault::NotFound, ""));
        for (Payee& payee : payees)
            payee.agreed = payee.agreed || (consent && consent->payee == payee.owner && consent->weight == payee.basisPoints);
    }
    return payees;
}

} // namespace artdag
