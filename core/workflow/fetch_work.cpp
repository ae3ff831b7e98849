// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/fetch_work.h"

#include "core/base/files.h"
#include "core/embed/delivery_inside.h"
#include "core/net/no_answer.h"
#include "core/provenance/check_provenance.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr std::uint64_t longestObject = std::uint64_t{64} << 30;

/// Answers of one server; every URL is made of its origin and checked parts, never of what an answer says.
class Reader {
public:
    Reader(HttpClient& http, std::string origin, const HttpProgress& progress, const Session* session)
        : m_http(http),
          m_origin(std::move(origin)),
          m_progress(progress),
          m_token(session != nullptr && session->server == m_origin ? session->token : "")
    {
    }

    Result<HttpAnswer> get(const std::string& path, const char* accept = "application/json")
    {
        HttpRequest request;
        request.url = m_origin + path;
        request.headers = {{"Accept", accept}};
        return send(request);
    }
    Result<Json> json(const std::string& path, const std::string& what)
    {
        const HttpAnswer answer = TRY(get(path));
        if (!answer.ok())
            return tl::unexpected<Error>(errorOfAnswer(what + " " + m_origin + path, answer));
        return readJson(answer.body);
    }
    /// As the account that is logged in there, if there is one; a login that is over is as good as none.
    Result<HttpAnswer> getAsAccount(const std::string& path)
    {
        HttpRequest request;
        request.url = m_origin + path;
        request.headers = {{"Accept", "*/*"}};
        authorize(request);
        return send(request);
    }
    /// Bytes by content id into a new file; false when the server does not give them. Corrupt when they are others. `place`: other than
    /// among what is open, for the account.
    Result<bool> object(const ContentId& id, const std::filesystem::path& path, const std::string& place = {})
    {
        HttpRequest request;
        request.url = m_origin + (place.empty() ? "/media/" + id.hex() : place);
        if (!place.empty())
            authorize(request);
        request.saveTo = path;
        request.limit = longestObject;
        request.progress = m_progress;
        if (!TRY(send(request)).ok())
            return false;
        const ContentId got = TRY(contentIdOfFile(path));
        if (got != id)
            return fail(Fault::Corrupt, "object " + id.text() + ": the server sent other bytes (" + got.text() + ")");
        return true;
    }

private:
    void authorize(HttpRequest& request) const
    {
        request.redirects = 0; // a token goes to this server alone
        if (!m_token.empty())
            request.headers.emplace_back("Authorization", "Bearer " + m_token);
    }
    Result<HttpAnswer> send(const HttpRequest& request)
    {
        auto answer = m_http.send(request);
        if (!answer)
            return tl::unexpected<Error>(noAnswer("server " + m_origin, answer.error()));
        return answer;
    }

    HttpClient& m_http;
    std::string m_origin;
    const HttpProgress& m_progress;
    std::string m_token;
};

struct Place {
    std::string origin;
    std::string path; ///< of the asset's JSON, or of the object
    bool isObject = false;
};

Result<Place> placeOf(const std::string& url)
{
    const auto scheme = url.find("://");
    const auto slash = scheme == std::string::npos ? std::string::npos : url.find('/', scheme + 3);
    if (slash == std::string::npos)
        return fail(Fault::BadInput, "URL '" + url + "': must be that of a work, like https://artdag.example/asset/@giles/spin");
    Place place{url.substr(0, slash), url.substr(slash, url.find_first_of("?#", slash) - slash)};
    if (place.path.starts_with("/asset/"))
        place.path = "/assets/" + place.path.substr(7);
    place.isObject = place.path.starts_with("/objects/");
    if (!place.isObject && !place.path.starts_with("/assets/"))
        return fail(Fault::BadInput, "URL '" + url + "': is not that of a work");
    return place;
}

Result<std::string> textOf(const Json& object, const char* name)
{
    const auto member = object.is_object() ? object.find(name) : object.end();
    if (!object.is_object() || member == object.end() || !member->is_string())
        return fail(Fault::Corrupt, std::string("asset: '") + name + "' is missing");
    return member->get<std::string>();
}

/// `@giles@artdag.example` → `giles`, and nothing that could be more than a name in a URL.
Result<std::string> userOfAccount(const std::string& account)
{
    const std::string user = account.substr(account.starts_with('@') ? 1 : 0, account.find('@', 1) - 1);
    const bool good = !user.empty() && std::ranges::all_of(user, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
    if (!good)
        return fail(Fault::Corrupt, "asset: its owner '" + account + "' is no account");
    return user;
}

Result<void> fetchKeys(Reader& server, const std::string& user, FetchedWork& work)
{
    const Json answer = TRY(server.json("/users/" + user + "/keys", "keys of @" + user));
    if (!answer.is_object() || !answer.contains("keys"))
        return fail(Fault::Corrupt, "keys of @" + user + ": not a list");
    for (const auto& [name, keys] : {std::pair("keys", &work.keys), std::pair("renderers", &work.renderers)}) {
        const Json list = answer.value(name, Json::array()); // older servers tell of no renderers
        if (!list.is_array())
            return fail(Fault::Corrupt, "keys of @" + user + ": not a list");
        for (const Json& key : list)
            keys->push_back(TRY(PublicKey::fromPem(TRY(textOf(key, "public")))));
    }
    return {};
}

Result<PublicKey> keyAmong(const std::vector<PublicKey>& keys, const std::string& kid, const char* whose)
{
    const auto key = std::ranges::find(keys, kid, &PublicKey::kid);
    return key != keys.end() ? Result<PublicKey>(*key) : fail(Fault::Denied, "key " + kid + " is not one of " + whose);
}

Result<void> checkPapers(const FetchedWork& work, const Digest& sha256)
{
    ProvenanceEvidence evidence;
    evidence.deliveryHash = work.filmId;
    evidence.deliverySha256 = sha256;
    evidence.claim = work.claim;
    if (TRY(readClaim(work.claim)).embedded != "none")
        evidence.inside = TRY(insideOf(work.film));
    if (!work.manifest.is_null())
        evidence.manifest = work.manifest;
    evidence.findKey = [&](const std::string& kid) { return keyAmong(work.keys, kid, "the owner's"); };
    evidence.findRenderer = [&](const std::string& kid) { return keyAmong(work.renderers, kid, "its renderers'"); };
    for (const Finding& finding : checkProvenance(evidence))
        if (!finding.ok)
            return fail(Fault::Corrupt, finding.name + ": " + finding.words);
    return {};
}

Result<Digest> sha256OfFile(const std::filesystem::path& path)
{
    // Films are read in blocks of the Hasher's caller; a mapped read would do as well.
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"), std::fclose);
    if (!file)
        return fail(Fault::NotFound, "file '" + path.string() + "' cannot be read");
    Hasher hasher(Hasher::Algorithm::Sha256);
    std::vector<std::uint8_t> block(1U << 18);
    while (const std::size_t count = std::fread(block.data(), 1, block.size(), file.get()))
        hasher.add(ByteView(block.data(), count));
    return hasher.finish();
}

/// All that the manifest cites, into the store. What this server does not have is listed, not an error: verify says more.
Result<void> fetchCited(Reader& server, const std::string& asset, Store& store, const RunFacts& run, const std::filesystem::path& directory, FetchedWork& work)
{
    std::vector<ContentId> cited{run.output.frameDigests};
    for (const ManifestInput& input : run.inputs)
        cited.push_back(input.contentHash);
    cited.insert(cited.end(), run.fonts.begin(), run.fonts.end());
    for (const ManifestBake& bake : run.baked)
        cited.push_back(bake.contentHash);
    for (const ContentId& id : cited) {
        if (!store.facts(id)) {
            // Beside the film, for the store may keep a long file where it lies instead of copying it.
            const std::filesystem::path file = directory / id.hex();
            const bool isBaked = std::ranges::find(run.baked, id, &ManifestBake::contentHash) != run.baked.end();
            if (!TRY(server.object(id, file)) && !(isBaked && TRY(server.object(id, file, asset + "/recipe/parts/" + id.hex())))) {
                work.missing.push_back(id);
                continue;
            }
            TRY(store.putFile(file, ObjectClass::Asset));
            std::error_code ignored;
            if (const auto facts = store.facts(id); facts && !facts->linked)
                std::filesystem::remove(file, ignored);
        }
        work.objects.push_back(id);
    }
    return {};
}

Result<std::string> fetchRecipe(Reader& server, const std::string& asset, const ContentId& id, Store& store)
{
    const HttpAnswer answer = TRY(server.getAsAccount(asset + "/recipe"));
    if (answer.status == 404 || answer.status == 401 || answer.status == 403)
        return std::string();
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("recipe", answer));
    if (ContentId{sha3(bytesOf(answer.body))} != id)
        return fail(Fault::Corrupt, "recipe: it is not the one that the manifest names (" + id.text() + ")");
    TRY(store.put(bytesOf(answer.body), ObjectClass::Asset));
    return answer.body;
}

Result<std::string> extensionOf(const Json& asset)
{
    const auto links = asset.find("links");
    const std::string media = links == asset.end() || !links->is_object() ? "" : links->value("media", Json("")).is_string() ? links->value("media", "")
                                                                                                                             : "";
    const auto dot = media.rfind('.');
    const std::string extension = dot == std::string::npos || media.size() - dot > 6 ? "" : media.substr(dot);
    const bool plain = std::ranges::all_of(extension.substr(std::min<std::size_t>(1, extension.size())), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
    return plain ? extension : std::string();
}

} // namespace

Result<FetchedWork> fetchWork(HttpClient& http, const std::string& url, Store& store, const std::filesystem::path& directory, const HttpProgress& progress, const Session* session)
{
    const Place place = TRY(placeOf(url));
    Reader server(http, place.origin, progress, session);
    FetchedWork work;
    work.asset = TRY(server.json(place.path, "work"));
    work.filmId = TRY(nameOfText<ContentId>(TRY(textOf(work.asset, "content_hash"))));
    const std::string user = TRY(userOfAccount(TRY(textOf(work.asset, "owner"))));
    const std::string asset = "/assets/@" + user + "/" + TRY(textOf(work.asset, "name"));
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    work.film = directory / (work.filmId.hex().substr(0, 16) + TRY(extensionOf(work.asset)));
    if (!TRY(server.object(work.filmId, work.film)))
        return fail(Fault::NotFound, "work " + url + ": the server does not have its bytes");
    if (TRY(textOf(work.asset, "proof")) != "creator_signed")
        return work;

    work.claim = TRY(server.json(asset + "/claim", "claim of"));
    TRY(fetchKeys(server, user, work));
    if (auto activity = work.asset.find("activity"); activity != work.asset.end() && activity->is_number_unsigned())
        if (auto bundle = server.json("/activity/" + std::to_string(activity->get<std::uint64_t>()) + "/bundle", "proof bundle of"))
            work.bundle = std::move(*bundle);
    const ClaimFacts claim = TRY(readClaim(work.claim));
    if (claim.run)
        work.manifest = TRY(server.json(asset + "/provenance", "manifest of"));
    TRY(checkPapers(work, TRY(sha256OfFile(work.film))));
    if (!claim.run)
        return work;
    const RunFacts run = TRY(readManifest(work.manifest));
    work.recipe = TRY(fetchRecipe(server, asset, run.recipe.contentHash, store));
    TRY(fetchCited(server, asset, store, run, directory, work));
    return work;
}

Result<std::string> serverOfWork(const std::string& url)
{
    return TRY(placeOf(url)).origin;
}

} // namespace artdag
