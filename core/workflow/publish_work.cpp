// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/publish_work.h"

#include "core/base/files.h"
#include "core/embed/delivery_inside.h"
#include "core/embed/embed.h"
#include "core/provenance/check_provenance.h"
#include "core/recipe/recipe.h"
#include "core/workflow/make_poster.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>

namespace artdag {

namespace {

constexpr const char* recipeType = "application/vnd.artdag.recipe+json";
constexpr const char* digestsType = "application/vnd.artdag.frames";
constexpr int mostNames = 50; // tried when the name is ours to choose

std::string nowText()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string randomUuid()
{
    Bytes bytes = secureRandom(16);
    bytes[6] = static_cast<std::uint8_t>(0x40 | (bytes[6] & 0x0F)); // version 4, RFC 9562 §5.4
    bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3F));
    const std::string hex = hexOf(bytes);
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" + hex.substr(20);
}

struct FilmFacts {
    ContentId id;
    Digest sha256{};
};

Result<FilmFacts> factsOfFilm(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(Fault::NotFound, "film '" + path.string() + "': there is no such file");
    Hasher sha3Hasher;
    Hasher sha256Hasher(Hasher::Algorithm::Sha256);
    std::vector<char> block(1U << 18);
    while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
        const ByteView bytes(reinterpret_cast<const std::uint8_t*>(block.data()), static_cast<std::size_t>(file.gcount()));
        sha3Hasher.add(bytes);
        sha256Hasher.add(bytes);
    }
    return FilmFacts{ContentId{sha3Hasher.finish()}, sha256Hasher.finish()};
}

/// One account's conversation with its server.
class Conversation {
public:
    Conversation(HttpClient& http, const Session& session, const PublishProgress& progress)
        : m_http(http),
          m_session(session),
          m_progress(progress)
    {
    }

    Result<HttpAnswer> send(HttpRequest request, std::string_view path)
    {
        request.url = m_session.server + std::string(path);
        request.headers.emplace_back("Authorization", "Bearer " + m_session.token);
        request.headers.emplace_back("Accept", "application/json");
        return m_http.send(request);
    }
    Result<HttpAnswer> postJson(std::string_view path, const Json& body)
    {
        HttpRequest request;
        request.method = "POST";
        request.headers = {{"Content-Type", "application/json"}};
        request.body = body.dump();
        return send(std::move(request), path);
    }
    Result<bool> has(const ContentId& id)
    {
        HttpRequest request;
        request.method = "HEAD";
        return TRY(send(std::move(request), "/media/" + id.hex())).ok();
    }
    /// Uploads what the server does not have yet; true when bytes were sent.
    Result<bool> upload(const ContentId& id, const std::filesystem::path& path, const char* type, const std::string& what)
    {
        if (TRY(has(id)))
            return false;
        HttpRequest request;
        request.method = "POST";
        request.bodyFile = path;
        request.headers = {{"Content-Type", type}};
        if (m_progress)
            request.progress = [this, &what](std::uint64_t done, std::uint64_t total) { return m_progress(what, done, total); };
        const HttpAnswer answer = TRY(send(std::move(request), "/media?content_hash=" + id.text()));
        if (!answer.ok())
            return tl::unexpected<Error>(errorOfAnswer("upload of " + what, answer));
        return true;
    }
    [[nodiscard]] const Session& session() const { return m_session; }

private:
    HttpClient& m_http;
    const Session& m_session;
    const PublishProgress& m_progress;
};

/// The account shows that it holds the key: a proof signed by it, for this account, now.
Result<void> registerKey(Conversation& server, const SigningKey& key)
{
    const PublicKey publicKey = key.publicKey();
    Json proof{{"type", "artdag.key-proof"}, {"account", server.session().account}, {"created", nowText()}, {"public", publicKey.pem()}};
    TRY(signDocument("artdag.key-proof.1\n", proof, key));
    const HttpAnswer answer = TRY(server.postJson("/users/" + server.session().user + "/keys", proof));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("key " + publicKey.kid(), answer));
    return {};
}

struct Delivery {
    std::filesystem::path path;
    FilmFacts film;
    RunFacts run;
    std::string recipeText;
    Recipe recipe;
};

/// The film itself, or a copy in `directory` that carries what the artist chose.
Result<std::filesystem::path> deliveryFile(const PublishRequest& request, const std::string& recipeText, const std::filesystem::path& directory)
{
    if (request.embedded == "none")
        return request.film;
    std::filesystem::path carrier = directory / request.film.filename();
    TRY(writeEmbedded(request.film, carrier, {documentId(request.manifest).text(), request.embedded == "full" ? recipeText : ""}));
    return carrier;
}

Result<Delivery> gather(Store& store, const PublishRequest& request, const std::filesystem::path& directory)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(request.film, ignored)) // a work is one object on the server, and its page shows that one
        return fail(Fault::BadInput, "film '" + request.film.string() + "': is a folder, and a work is published as one file; render the recipe with a profile that gives one (`--encode share-h264`, or master-ffv1 without loss) and publish that");
    Delivery delivery;
    delivery.run = TRY(readManifest(request.manifest));
    if (request.recipe.empty()) {
        const Bytes bytes = TRY(store.get(delivery.run.recipe.contentHash));
        delivery.recipeText.assign(bytes.begin(), bytes.end());
    } else {
        delivery.recipeText = request.recipe;
    }
    if (ContentId{sha3(bytesOf(delivery.recipeText))} != delivery.run.recipe.contentHash)
        return fail(Fault::BadInput, "recipe: it is not the one that the manifest names (" + delivery.run.recipe.contentHash.text() + ")");
    delivery.recipe = readRecipe(delivery.recipeText).recipe;
    delivery.path = TRY(deliveryFile(request, delivery.recipeText, directory));
    delivery.film = TRY(factsOfFilm(delivery.path));
    return delivery;
}

Result<Json> signedClaim(const Session& session, const PublishRequest& request, const Delivery& delivery)
{
    const Recipe& recipe = delivery.recipe;
    ClaimFacts facts;
    facts.work = randomUuid();
    facts.run = documentId(request.manifest);
    facts.contentHash = delivery.film.id;
    facts.sha256 = delivery.film.sha256;
    facts.framesHash = delivery.run.output.framesHash;
    facts.embedded = request.embedded;
    facts.title = !request.title.empty() ? request.title : !recipe.title.empty() ? recipe.title
                                                                                 : request.film.stem().string();
    facts.creator = session.account;
    facts.license = request.license.empty() ? recipe.license : request.license;
    facts.tags = request.tags.empty() ? recipe.tags : request.tags;
    facts.disclosure = request.disclosure.empty() ? disclosureOf(delivery.run) : request.disclosure;
    facts.ingredients = ingredientsOf(delivery.run);
    facts.createdAt = nowText();
    Json claim = TRY(makeClaim(facts));
    TRY(signDocument(claimPrefix, claim, request.key));
    return claim;
}

/// What the server will check is checked here first: before anything is sent.
Result<void> checkPapers(const PublishRequest& request, const Delivery& delivery, const Json& claim)
{
    ProvenanceEvidence evidence;
    evidence.deliveryHash = delivery.film.id;
    evidence.deliverySha256 = delivery.film.sha256;
    if (request.embedded != "none")
        evidence.inside = TRY(insideOf(delivery.path));
    evidence.claim = claim;
    evidence.manifest = request.manifest;
    evidence.findKey = [&](const std::string& kid) -> Result<PublicKey> {
        if (kid != request.key.publicKey().kid())
            return fail(Fault::Denied, "the manifest is signed by key " + kid + ", not by the one that is given; render with this key, or publish with that");
        return request.key.publicKey();
    };
    for (const Finding& finding : checkProvenance(evidence))
        if (!finding.ok)
            return fail(finding.name.ends_with(".signature") ? Fault::Denied : Fault::BadInput, finding.name + ": " + finding.words);
    return {};
}

Result<void> sendObjects(Conversation& server, Store& store, const Delivery& delivery, const std::filesystem::path& directory, PublishedWork& work)
{
    auto note = [&](const ContentId& id, bool sent) {
        if (sent)
            work.sent.push_back(id);
    };
    note(delivery.film.id, TRY(server.upload(delivery.film.id, delivery.path, "application/octet-stream", "film")));
    const std::filesystem::path recipeFile = directory / "recipe";
    TRY(writeFileAtomically(recipeFile, bytesOf(delivery.recipeText)));
    note(delivery.run.recipe.contentHash, TRY(server.upload(delivery.run.recipe.contentHash, recipeFile, recipeType, "recipe")));

    struct Cited {
        ContentId id;
        const char* type;
        std::string what;
    };
    std::vector<Cited> cited{{delivery.run.output.frameDigests, digestsType, "frame digests"}};
    for (const ManifestInput& input : delivery.run.inputs)
        cited.push_back({input.contentHash, "application/octet-stream", "input " + input.port});
    for (const ContentId& font : delivery.run.fonts)
        cited.push_back({font, "application/octet-stream", "font"});
    for (const ManifestBake& bake : delivery.run.baked)
        cited.push_back({bake.contentHash, "application/octet-stream", bake.what});
    for (const Cited& object : cited) {
        const auto path = store.path(object.id);
        if (path)
            note(object.id, TRY(server.upload(object.id, *path, object.type, object.what)));
        else if (!TRY(server.has(object.id)))
            work.missing.push_back(object.id);
    }
    return {};
}

/// The poster's id on the server; none when there is none to be made. A film without a poster is no error.
Result<std::optional<ContentId>> sendPoster(Conversation& server, const PublishRequest& request, const Delivery& delivery, const std::filesystem::path& directory)
{
    std::filesystem::path poster = request.poster;
    if (poster.empty()) {
        if (delivery.run.output.media.type != "video")
            return std::optional<ContentId>();
        poster = directory / "poster.jpg";
        if (!makePoster(request.film, poster))
            return std::optional<ContentId>();
    }
    const ContentId id = TRY(contentIdOfFile(poster));
    TRY(server.upload(id, poster, "application/octet-stream", "poster"));
    return std::optional(id);
}

Result<Json> postAsset(Conversation& server, const PublishRequest& request, const Json& claim, const std::optional<ContentId>& poster, const RunFacts& run)
{
    const std::string title = claim["title"].get<std::string>();
    const std::string wanted = request.name.empty() ? nameOfTitle(title) : request.name;
    Json body{{"name", wanted}, {"content_hash", claim["content_hash"]}, {"asset_type", run.output.media.type}, {"title", title}, {"description", request.description}, {"visibility", request.visibility},
        {"alt", request.alt}, {"claim", claim}, {"manifest", request.manifest}};
    if (poster)
        body["poster"] = poster->text();
    for (int attempt = 1;; ++attempt) {
        const HttpAnswer answer = TRY(server.postJson("/assets", body));
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

Result<PublishedWork> publishWork(HttpClient& http, const Session& session, Store& store, const PublishRequest& request)
{
    const TemporaryDirectory directory = TRY(TemporaryDirectory::make("artdag-publish"));
    const Delivery delivery = TRY(gather(store, request, directory.path()));
    const Json claim = TRY(signedClaim(session, request, delivery));
    TRY(checkPapers(request, delivery, claim));

    Conversation server(http, session, request.progress);
    PublishedWork work;
    TRY(registerKey(server, request.key));
    TRY(sendObjects(server, store, delivery, directory.path(), work));
    const auto poster = TRY(sendPoster(server, request, delivery, directory.path()));
    const Json asset = TRY(postAsset(server, request, claim, poster, delivery.run));

    const Json links = asset.value("links", Json::object());
    work.name = asset.value("name", "");
    work.page = links.value("page", "");
    work.asset = session.server + "/assets/@" + session.user + "/" + work.name;
    work.object = links.value("object", "");
    work.media = links.value("media", "");
    work.proof = asset.value("proof", "");
    work.film = delivery.film.id;
    work.claim = TRY(nameOfText<ManifestId>(asset.value("provenance", Json::object()).value("claim", "")));
    return work;
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
