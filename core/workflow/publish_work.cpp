// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/publish_work.h"

#include "core/base/files.h"
#include "core/embed/delivery_inside.h"
#include "core/provenance/check_provenance.h"
#include "core/workflow/publication.h"
#include "core/workflow/sealed_recipe.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

namespace artdag {

namespace {

constexpr int mostNames = 50; // tried when the name is ours to choose

/// Of what a server says; empty when it is not there or no text.
std::string textOf(const Json& object, const char* name)
{
    const auto member = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

std::string randomUuid()
{
    Bytes bytes = secureRandom(16);
    bytes[6] = static_cast<std::uint8_t>(0x40 | (bytes[6] & 0x0F)); // version 4, RFC 9562 §5.4
    bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3F));
    const std::string hex = hexOf(bytes);
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" + hex.substr(20);
}

Result<Json> signedClaim(const Session& session, const PublishRequest& request, const Delivery& delivery, const std::vector<Citation>& citations)
{
    const Recipe& recipe = delivery.recipe;
    ClaimFacts facts;
    facts.work = randomUuid();
    facts.run = documentId(request.manifest);
    facts.contentHash = delivery.id;
    facts.sha256 = delivery.sha256;
    facts.framesHash = delivery.run.output.framesHash;
    facts.embedded = request.embedded;
    facts.title = !request.title.empty() ? request.title : !recipe.title.empty() ? recipe.title
                                                                                 : request.film.stem().string();
    facts.creator = session.account;
    facts.license = request.license.empty() ? recipe.license : request.license;
    facts.tags = request.tags.empty() ? recipe.tags : request.tags;
    facts.disclosure = request.disclosure.empty() ? disclosureOf(delivery.run) : request.disclosure;
    facts.recipeAccess = TRY(recipeAccessOf(request.recipeAccess));
    if (facts.recipeAccess == RecipeAccess::Sealed)
        facts.sealedRoot = TRY(sealedRoot(TRY(sealOfRun(*facts.run, delivery.recipeText))));
    facts.inputsPublic = request.inputsPublic;
    facts.ingredients = citedIngredients(delivery.run, session.account, citations);
    if (!request.shares.empty()) {
        facts.ingredients = TRY(statedShares(std::move(facts.ingredients), request.shares, session.account, delivery.run.recipe.contentHash));
        facts.payoutPolicy = statedPolicy;
    }
    facts.createdAt = nowText();
    Json claim = TRY(makeClaim(facts));
    TRY(signDocument(claimPrefix, claim, request.key));
    return claim;
}

/// What the server will check is checked here first: before anything is sent.
Result<void> checkPapers(const PublishRequest& request, const Delivery& delivery, const Json& claim)
{
    ProvenanceEvidence evidence;
    evidence.deliveryHash = delivery.id;
    evidence.deliverySha256 = delivery.sha256;
    if (request.embedded != "none")
        evidence.inside = TRY(insideOf(delivery.path));
    evidence.claim = claim;
    evidence.manifest = request.manifest;
    evidence.findKey = [&](const std::string& kid) -> Result<PublicKey> {
        if (kid != request.key.publicKey().kid())
            return fail(Fault::Denied, "the manifest is signed by key " + kid + ", not by the one that is given; render with this key, or publish with that");
        return request.key.publicKey();
    };
    evidence.findRenderer = [&](const std::string& kid) -> Result<PublicKey> {
        const auto key = std::ranges::find(request.keys, kid, &PublicKey::kid);
        return key != request.keys.end() ? Result<PublicKey>(*key) : fail(Fault::NotFound, "");
    };
    for (const Finding& finding : checkProvenance(evidence))
        if (!finding.ok)
            return fail(finding.name.ends_with(".signature") ? Fault::Denied : Fault::BadInput, finding.name + ": " + finding.words);
    return {};
}

Result<void> sendObjects(ServerConversation& server, const std::vector<SentObject>& objects, const PublishRequest& request, PublishedWork& work)
{
    for (const SentObject& object : objects) {
        if (!object.path.empty()) {
            if (TRY(server.upload(object.id, object.path, object.type, object.what)))
                work.sent.push_back(object.id);
        } else if (request.inputsPublic && request.recipeAccess == "public" && !TRY(server.has(object.id))) {
            work.missing.push_back(object.id);
        }
    }
    return {};
}

Result<std::optional<ContentId>> sendPoster(ServerConversation& server, const PublishRequest& request, const Delivery& delivery, const std::filesystem::path& directory)
{
    const std::filesystem::path poster = posterOf(request, delivery, directory);
    if (poster.empty())
        return std::optional<ContentId>();
    const ContentId id = TRY(contentIdOfFile(poster));
    TRY(server.upload(id, poster, "application/octet-stream", "poster"));
    return std::optional(id);
}

Result<Json> postAsset(ServerConversation& server, const PublishRequest& request, const Json& claim, const std::optional<ContentId>& poster, const RunFacts& run)
{
    const std::string title = claim["title"].get<std::string>();
    const std::string wanted = request.name.empty() ? nameOfTitle(title) : request.name;
    Json body{{"name", wanted}, {"content_hash", claim["content_hash"]}, {"asset_type", run.output.media.type}, {"title", title}, {"description", request.description}, {"visibility", request.visibility},
        {"alt", request.alt}, {"claim", claim}, {"manifest", request.manifest}};
    if (poster)
        body["poster"] = poster->text();
    for (int attempt = 1;; ++attempt) {
        const HttpAnswer answer = TRY(server.sendJson("POST", "/assets", body));
        if (answer.ok())
            return readJson(answer.body);
        // A name of ours that is taken is counted up; the same content of another owner is told by its `ways`.
        const auto problem = readJson(answer.body);
        const bool isName = answer.status == 409 && problem && problem->is_object() && !problem->contains("ways");
        if (!isName || !request.name.empty() || attempt == mostNames)
            return tl::unexpected<Error>(errorOfAnswer("publishing '" + title + "'", answer));
        body["name"] = wanted.substr(0, 58) + "-" + std::to_string(attempt + 1);
    }
}

} // namespace

Result<PublishedWork> publishWork(HttpClient& http, const Session& session, Store& store, const PublishRequest& wanted)
{
    ServerConversation server(http, session, wanted.progress);
    PublishRequest request = wanted;
    request.manifest = TRY(signedByKeyInUse(server, wanted.manifest, wanted.key));
    const TemporaryDirectory directory = TRY(TemporaryDirectory::make("artdag-publish"));
    const Delivery delivery = TRY(gatherDelivery(store, request, directory.path()));
    TRY(checkPapers(request, delivery, TRY(signedClaim(session, request, delivery, {})))); // before anything is sent

    PublishedWork work;
    TRY(registerKey(server, request.key));
    const Json claim = TRY(signedClaim(session, request, delivery, TRY(findCitations(server, delivery.run))));
    TRY(sendObjects(server, TRY(objectsOf(store, request, delivery, directory.path())), request, work));
    const auto poster = TRY(sendPoster(server, request, delivery, directory.path()));
    if (request.mayPost && !request.mayPost())
        return fail(Fault::Cancelled, "publishing '" + claim["title"].get<std::string>() + "': taken back");
    const Json asset = TRY(postAsset(server, request, claim, poster, delivery.run));

    PublishedWork told = TRY(publishedWorkOf(session, asset));
    told.sent = std::move(work.sent);
    told.missing = std::move(work.missing);
    return told;
}

Result<PublishedWork> publishedWorkOf(const Session& session, const Json& asset)
{
    const Json links = asset.is_object() ? asset.value("links", Json::object()) : Json();
    PublishedWork work;
    work.name = textOf(asset, "name");
    work.page = textOf(links, "page");
    work.asset = session.server + "/assets/@" + session.user + "/" + work.name;
    work.object = textOf(links, "object");
    work.media = textOf(links, "media");
    work.proof = textOf(asset, "proof");
    work.film = TRY(nameOfText<ContentId>(textOf(asset, "content_hash")));
    work.claim = TRY(nameOfText<ManifestId>(textOf(asset.value("provenance", Json::object()), "claim")));
    return work;
}

Result<void> registerKey(ServerConversation& server, const SigningKey& key)
{
    const PublicKey publicKey = key.publicKey();
    Json proof{{"type", "artdag.key-proof"}, {"account", server.session().account}, {"created", nowText()}, {"public", publicKey.pem()}};
    TRY(signDocument("artdag.key-proof.1\n", proof, key));
    const HttpAnswer answer = TRY(server.sendJson("POST", "/users/" + server.session().user + "/keys", proof));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("key " + publicKey.kid(), answer));
    return {};
}

Result<Json> signedByKeyInUse(ServerConversation& server, const Json& manifest, const SigningKey& key)
{
    const std::vector<std::string> signers = TRY(signersOf(manifest));
    if (signers.empty() || std::ranges::find(signers, key.publicKey().kid()) != signers.end())
        return manifest;
    const Json listed = TRY(server.get("/users/" + server.session().user + "/keys", "keys of " + server.session().account));
    const auto retired = [&](const std::string& kid) -> Result<PublicKey> {
        for (const Json& one : listed.is_object() ? listed.value("keys", Json()) : Json())
            if (textOf(one, "kid") == kid && !textOf(one, "revoked_at").empty())
                return PublicKey::fromPem(textOf(one, "public"));
        return fail(Fault::NotFound, "");
    };
    if (!verifyDocument(manifestPrefix, manifest, retired))
        return manifest;
    Json again = manifest;
    again.erase("sig");
    TRY(signDocument(manifestPrefix, again, key));
    return again;
}

std::string nowText()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string nameOfTitle(std::string_view title)
{
    std::string name;
    for (const char c : title) {
        const char lower = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9'))
            name.push_back(lower);
        else if (static_cast<unsigned char>(c) < 0x80 && !name.empty() && name.back() != '-')
            name.push_back('-');
    }
    name.resize(std::min<std::size_t>(name.size(), 63));
    while (name.ends_with('-'))
        name.pop_back();
    return name.empty() ? "work" : name;
}

} // namespace artdag
