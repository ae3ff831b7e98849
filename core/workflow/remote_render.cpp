// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/remote_render.h"

#include "core/base/files.h"
#include "core/net/no_answer.h"
#include "core/provenance/manifest.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <thread>
#include <utility>

namespace artdag {

namespace {

constexpr std::chrono::milliseconds lookEvery(400);
constexpr std::chrono::seconds askAgainAfter(2);
constexpr std::chrono::seconds longestPause(60); ///< whatever a renderer says, room is looked for so often
constexpr std::chrono::seconds cancelTime(5);
constexpr const char* recipeMediaType = "application/vnd.artdag.recipe+json";

/// What a 429 asks for (RFC 9110 §10.2.3), within reason; a date instead of seconds is not understood.
std::chrono::seconds retryAfter(const HttpAnswer& answer)
{
    const std::string_view words = answer.header("retry-after");
    int seconds = 0;
    std::from_chars(words.data(), words.data() + words.size(), seconds);
    return std::clamp(std::chrono::seconds(seconds), askAgainAfter, longestPause);
}

/// One conversation with one renderer.
class Talk {
public:
    Talk(HttpClient& http, const RemoteRequest& request)
        : m_http(http),
          m_request(request),
          m_token(request.token) {}
    [[nodiscard]] HttpRequest ask(const std::string& method, const std::string& path) const
    {
        HttpRequest request;
        request.method = method;
        request.url = m_request.renderer + path;
        request.headers = {{"Accept", "application/json"}};
        request.progress = [this](std::uint64_t, std::uint64_t) { return !isOver(); };
        return request;
    }
    /// Nobody waits for an answer any more.
    [[nodiscard]] bool isOver() const { return m_request.cancel.cancelled() || m_request.leave.cancelled(); }
    void tell(RemoteStep step)
    {
        if (step != RemoteStep::Lost && step != RemoteStep::Full)
            m_step = step;
        if (m_request.step && std::exchange(m_told, step) != step)
            m_request.step(step);
    }
    /// Says that the run is not wanted any more, to a renderer that may be away.
    void cancelRun(const std::string& path)
    {
        HttpRequest request = ask("POST", path + "/cancel");
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = "{}";
        request.progress = nullptr;
        request.totalTime = cancelTime;
        (void)sendAs(m_token, request);
    }
    Result<HttpAnswer> send(const HttpRequest& request)
    {
        HttpAnswer answer = TRY(sendAny(request));
        if (!answer.ok())
            return tl::unexpected<Error>(errorOfAnswer("renderer " + m_request.renderer, answer));
        return answer;
    }
    [[nodiscard]] Result<Json> get(const std::string& path)
    {
        return readJson(TRY(send(ask("GET", path))).body);
    }
    [[nodiscard]] Result<Json> post(const std::string& path, const Json& body)
    {
        HttpRequest request = ask("POST", path);
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = body.dump();
        request.progress = nullptr; // a run that began is known, and can be cancelled
        const HttpAnswer answer = TRY(sendAny(request));
        if (answer.ok())
            return readJson(answer.body);
        Error error = errorOfAnswer("renderer " + m_request.renderer, answer);
        if (const auto document = readJson(answer.body); document && document->is_object())
            for (const Json& problem : document->value("problems", Json::array()))
                error.message += "\n" + problem.value("message", "");
        return tl::unexpected<Error>(std::move(error));
    }
    Result<void> upload(const std::filesystem::path& file, const ContentId& id, const char* type)
    {
        HttpRequest request = ask("POST", "/cache/upload?content_hash=" + id.hex());
        request.headers.emplace_back("Content-Type", type);
        request.bodyFile = file;
        TRY(send(request));
        return {};
    }
    /// Whether it has these bytes for us.
    [[nodiscard]] Result<bool> has(const ContentId& id)
    {
        const HttpAnswer answer = TRY(sendAny(ask("HEAD", "/cache/" + id.hex())));
        if (answer.status == 404)
            return false;
        if (!answer.ok())
            return tl::unexpected<Error>(errorOfAnswer("renderer " + m_request.renderer, answer));
        return true;
    }

private:
    /// One that is away or full for a while is asked again: whatever is asked here may be asked twice.
    Result<HttpAnswer> sendAny(const HttpRequest& request)
    {
        for (;;) {
            Result<HttpAnswer> answer = sendOnce(request);
            if (answer && answer->status == 429 && m_request.patient && !isOver()) {
                tell(RemoteStep::Full);
                pause(retryAfter(*answer));
                continue;
            }
            if (answer) {
                m_answered = true;
                tell(m_step);
                return answer;
            }
            if (isOver())
                return fail(Fault::Cancelled, "render: cancelled");
            if (answer.error().fault != Fault::Unavailable || !m_request.patient || !m_answered)
                return answer;
            tell(RemoteStep::Lost);
            pause(askAgainAfter);
        }
    }
    void pause(std::chrono::seconds time) const
    {
        for (const auto until = std::chrono::steady_clock::now() + time; std::chrono::steady_clock::now() < until && !isOver();)
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    Result<HttpAnswer> sendOnce(const HttpRequest& request)
    {
        HttpAnswer answer = TRY(sendAs(m_token, request));
        if (answer.status == 401 && m_request.newToken) {
            m_token = TRY(m_request.newToken());
            answer = TRY(sendAs(m_token, request));
        }
        if (answer.status >= 502 && answer.status <= 504) // what stands before it says so
            return tl::unexpected<Error>(errorOfAnswer("renderer " + m_request.renderer, answer));
        return answer;
    }
    Result<HttpAnswer> sendAs(const std::string& token, HttpRequest request)
    {
        request.headers.emplace_back("Authorization", "Bearer " + token);
        auto answer = m_http.send(request);
        if (!answer)
            return tl::unexpected<Error>(noAnswer("renderer " + m_request.renderer, answer.error()));
        return answer;
    }

    HttpClient& m_http;
    const RemoteRequest& m_request;
    std::string m_token;
    RemoteStep m_step = RemoteStep::Sending;
    std::optional<RemoteStep> m_told;
    bool m_answered = false;
};

void collectHashes(const Json& value, std::set<ContentId>& found)
{
    if (value.is_string()) {
        if (const auto id = nameOfText<ContentId>(value.get_ref<const std::string&>()))
            found.insert(*id);
    } else if (value.is_structured()) {
        for (const auto& inner : value)
            collectHashes(inner, found);
    }
}

/// What the recipe reads and the renderer lacks; how many files went over.
Result<int> bringMedia(Talk& talk, const RemoteRequest& request, Workspace& workspace)
{
    std::set<ContentId> named;
    collectHashes(TRY(readJson(request.recipeText)), named);
    for (const auto& [name, id] : request.bindings.inputs)
        named.insert(id);
    for (const auto& [name, value] : request.bindings.params)
        collectHashes(value, named);
    int brought = 0;
    for (const ContentId& id : named) {
        const auto path = workspace.store->path(id);
        if (!path || TRY(talk.has(id))) // what is not here either may be a work that is only cited
            continue;
        TRY(talk.upload(*path, id, "application/octet-stream"));
        ++brought;
    }
    return brought;
}

Result<Json> waitForRun(Talk& talk, const RemoteRequest& request, Json run)
{
    const std::string path = "/runs/" + run.at("run_id").get<std::string>();
    for (;;) {
        const std::string state = run.value("status", "");
        const Json frames = run.value("frames", Json::object());
        if (request.progress)
            request.progress({frames.value("done", std::int64_t{0}), frames.value("total", std::int64_t{0}), 0, run["eta_seconds"].is_number() ? run["eta_seconds"].get<double>() : -1});
        if (state == "completed" || state == "cached")
            return run;
        if (state != "queued" && state != "running")
            return fail(state == "cancelled" ? Fault::Cancelled : Fault::Unavailable, "renderer " + request.renderer + ": the run " + state + (run["error"].is_string() ? ": " + run["error"].get<std::string>() : ""));
        talk.tell(state == "queued" ? RemoteStep::Queued : RemoteStep::Rendering);
        std::this_thread::sleep_for(lookEvery);
        Result<Json> next = talk.isOver() ? fail(Fault::Cancelled, "render: cancelled") : talk.get(path);
        if (request.cancel.cancelled())
            talk.cancelRun(path);
        run = TRY(std::move(next));
    }
}

Result<ProvenanceFile> fetchPapers(Talk& talk, const Json& run, const std::string& recipeText)
{
    ProvenanceFile papers;
    papers.recipeText = recipeText;
    papers.manifest = TRY(talk.get("/runs/" + run.at("run_id").get<std::string>() + "/provenance"));
    const RunFacts facts = TRY(readManifest(papers.manifest));
    const Json key = TRY(talk.get("/auth/instance"));
    papers.keys.push_back(TRY(PublicKey::fromPem(key.value("public", ""))));
    const std::string digests = TRY(talk.send(talk.ask("GET", "/cache/" + facts.output.frameDigests.hex()))).body;
    const auto pictures = static_cast<std::size_t>(facts.output.media.frames);
    if (digests.size() % 32 != 0 || digests.size() / 32 < pictures || ContentId{Hasher().add(digests).finish()} != facts.output.frameDigests)
        return fail(Fault::Corrupt, "renderer: the digests of the frames are not those that its manifest names");
    for (std::size_t i = 0; i < digests.size() / 32; ++i) {
        Digest digest;
        std::copy_n(digests.begin() + static_cast<std::ptrdiff_t>(i * 32), 32, digest.begin());
        (i < pictures ? papers.pictureDigests : papers.soundDigests).push_back(digest);
    }
    return papers;
}

Json bindingsOf(const std::map<std::string, ContentId>& inputs)
{
    Json json = Json::object();
    for (const auto& [name, id] : inputs)
        json[name] = id.text();
    return json;
}

} // namespace

Result<RemoteFilm> renderOn(HttpClient& http, const RemoteRequest& request, Workspace& workspace)
{
    Talk talk(http, request);
    RemoteFilm film;
    film.uploaded = TRY(bringMedia(talk, request, workspace));
    const TemporaryDirectory folder = TRY(TemporaryDirectory::make());
    TRY(writeFileAtomically(folder.path() / "recipe", bytesOf(request.recipeText)));
    const ContentId recipe{Hasher().add(request.recipeText).finish()};
    TRY(talk.upload(folder.path() / "recipe", recipe, recipeMediaType));
    Json params = Json::object();
    for (const auto& [name, value] : request.bindings.params)
        params[name] = value;
    const Json wish{{"recipe", recipe.text()}, {"inputs", bindingsOf(request.bindings.inputs)}, {"params", params}, {"output", request.output}, {"encode", request.encode}};
    film.run = TRY(waitForRun(talk, request, TRY(talk.post("/runs", wish))));
    talk.tell(RemoteStep::Fetching);
    const ProvenanceFile papers = TRY(fetchPapers(talk, film.run, request.recipeText));
    const RunFacts facts = TRY(readManifest(papers.manifest));
    const EncodeProfile profile = TRY(encodeProfile(facts.output.encode));
    film.path = !request.path.empty() ? request.path : std::filesystem::path(facts.output.name + "." + profile.extension);
    HttpRequest fetch = talk.ask("GET", "/cache/" + facts.output.contentHash.hex());
    fetch.saveTo = folder.path() / "film";
    fetch.limit = std::uint64_t{1} << 40;
    TRY(talk.send(fetch));
    if (TRY(contentIdOfFile(fetch.saveTo)) != facts.output.contentHash)
        return fail(Fault::Corrupt, "renderer " + request.renderer + ": the film is not the one that its manifest names");
    std::error_code error;
    std::filesystem::copy_file(fetch.saveTo, film.path, std::filesystem::copy_options::overwrite_existing, error);
    if (error)
        return fail(Fault::Denied, "file '" + film.path.string() + "': " + error.message());
    film.provenancePath = provenancePathOf(film.path);
    film.manifest = papers.manifest;
    // What publishing the film sends along.
    const Bytes digests = bytesOfDigests(papers.pictureDigests, papers.soundDigests);
    TRY(workspace.store->putAll(std::array<ByteView, 2>{bytesOf(request.recipeText), digests}, ObjectClass::Asset));
    TRY(writeFileAtomically(film.provenancePath, bytesOf(writeProvenance(papers))));
    if (request.checkedFrames > 0) {
        VerifyRequest check;
        check.film = film.path;
        check.provenance = papers;
        check.inputs = request.bindings.inputs;
        check.sampleFrames = request.checkedFrames;
        check.run.cancel = request.cancel;
        film.check = TRY(verifyWork(check, workspace));
    }
    return film;
}

} // namespace artdag
