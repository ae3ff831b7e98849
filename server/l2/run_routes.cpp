// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/run_routes.h"

#include "core/base/files.h"
#include "server/db/recorded_runs.h"
#include "server/l2/ask_renderer.h"
#include "server/l2/asset_routes.h"
#include "server/l2/bodies.h"
#include "server/l2/quotas.h"
#include "server/l2/take_upload.h"

#include <fstream>

namespace artdag::server {

namespace {

/// What a renderer that is down, or talks nonsense, is to those who asked us.
Response refusalOf(const Error& error)
{
    return error.fault == Fault::Unavailable ? problem(502, error.message) : problemOf(error);
}

Result<std::string> rendererOf(const Site& site, const Json& body)
{
    return optionalText(body, "l1_server", 400, renderersOf(site).front());
}

/// The caller's token at the renderer. Ours is shown to nobody but our own /l1.
Result<std::string> tokenFor(const Site& site, const Request& request, const Json& body, const std::string& renderer)
{
    const std::string_view own = request.header("authorization");
    const bool isOurs = renderer == site.instance.publicUrl + "/l1" && own.size() > 7;
    return optionalText(body, "l1_token", 4096, isOurs ? std::string(own.substr(7)) : std::string());
}

/// A film, unless the renderer says another thing.
const char* assetTypeOf(const RendererRun& run)
{
    return run.mediaType.starts_with("image/") ? "image" : run.mediaType.starts_with("audio/") ? "audio"
                                                                                               : "video";
}

/// A registration in the words of POST /assets: what the renderer tells is shown as told.
Json registrationOf(const Json& body, const RendererRun& run, const std::string& renderer)
{
    Json provenance{{"inputs", run.inputs}, {"effects", run.effects}, {"l1_server", renderer}, {"run_id", run.id}};
    if (!run.recipe.empty())
        provenance["recipe"] = run.recipe;
    Json registration{{"name", body["output_name"]}, {"content_hash", run.content.text()}, {"asset_type", assetTypeOf(run)}, {"provenance", std::move(provenance)}};
    if (!run.title.empty())
        registration["title"] = run.title;
    if (run.framesHash)
        registration["frames_hash"] = run.framesHash->text();
    for (const char* name : {"title", "description", "tags", "license", "visibility", "alt", "warning"})
        if (body.contains(name))
            registration[name] = body[name];
    return registration;
}

/// A file that is removed unless it was moved away.
struct FetchedFile {
    std::filesystem::path path;
    explicit FetchedFile(std::filesystem::path where)
        : path(std::move(where))
    {
    }
    ~FetchedFile()
    {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
    FetchedFile(const FetchedFile&) = delete;
    FetchedFile& operator=(const FetchedFile&) = delete;
};

Result<UploadedFile> hashed(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    Hasher sha3;
    Hasher sha256{Hasher::Algorithm::Sha256};
    std::vector<char> block(1U << 16);
    std::uint64_t size = 0;
    while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
        const std::string_view part(block.data(), static_cast<std::size_t>(file.gcount()));
        sha3.add(part);
        sha256.add(part);
        size += part.size();
    }
    if (file.bad())
        return fail(Fault::Unavailable, "file: it could not be read back");
    return UploadedFile{path, size, ContentId{sha3.finish()}, sha256.finish()};
}

/// The bytes are fetched, hashed here, and held as if the caller had uploaded them.
Result<std::optional<Response>> fetchBytes(Site& site, const Request& request, const Json& body, const ContentId& wanted)
{
    const FetchedFile file(site.uploads() / ("renderer-" + hexOf(secureRandom(16))));
    const std::string renderer = TRY(rendererOf(site, body));
    const auto asked = askForBytes(site, renderer, wanted, TRY(tokenFor(site, request, body, renderer)), file.path);
    if (!asked)
        return std::optional(refusalOf(asked.error()));
    const UploadedFile upload = TRY(hashed(file.path));
    if (upload.id != wanted)
        return std::optional(problem(502, "renderer: it sent " + upload.id.text() + ", not the bytes that were asked for"));
    if (auto refusal = TRY(uploadRefusal(site, request.caller, upload.size)))
        return refusal;
    TRY(takeUpload(site, request.caller, upload, ""));
    return std::optional<Response>();
}

} // namespace

Result<Response> postRecordRun(Site& site, const Request& request)
{
    if (auto refusal = TRY(publicationRefusal(site, request.caller)))
        return std::move(*refusal);
    const Json body = TRY(readObject(request));
    const std::string runId = TRY(requiredText(body, "run_id", 100));
    const std::string name = TRY(requiredText(body, "output_name", 63));
    TRY(checkAssetName(name));
    const std::string renderer = TRY(rendererOf(site, body));
    for (const Work& work : TRY(worksOfRun(*site.database, runId)))
        if (work.ownerId == request.caller.userId) {
            if (work.name == name)
                return publishedResponse(site, Published{work, false});
            return fail(Fault::Conflict, "run '" + runId + "': you recorded it before as '" + work.name + "'");
        }
    const auto run = askForRun(site, renderer, runId, TRY(tokenFor(site, request, body, renderer)));
    if (!run)
        return refusalOf(run.error());
    auto outcome = TRY(publishAsset(site, request.caller, registrationOf(body, *run, renderer)));
    if (outcome)
        TRY(recordRun(*site.database, request.caller.userId, runId, renderer, outcome->work.id));
    return publishedResponse(site, outcome);
}

Result<Response> postPublishCache(Site& site, const Request& request)
{
    if (auto refusal = TRY(publicationRefusal(site, request.caller)))
        return std::move(*refusal);
    Json body = TRY(readObject(request));
    const auto wanted = TRY(strictName<ContentId>(TRY(requiredText(body, "content_hash", 80))));
    TRY(checkAssetName(TRY(requiredText(body, "name", 63))));
    if (auto refusal = TRY(fetchBytes(site, request, body, wanted)))
        return std::move(*refusal);
    if (!body.contains("provenance"))
        body["provenance"] = Json{{"inputs", Json::array()}, {"effects", Json::array()}, {"l1_server", TRY(rendererOf(site, body))}};
    return publishedResponse(site, TRY(publishAsset(site, request.caller, body)));
}

Result<Response> getAssetByRun(Site& site, const Request& request)
{
    std::vector<Work> works = TRY(worksOfRun(*site.database, request.capture("run_id")));
    std::erase_if(works, [&](const Work& work) { return !maySee(work, request); });
    if (works.empty())
        return fail(Fault::NotFound, "run '" + request.capture("run_id").substr(0, 100) + "': no asset was recorded for it");
    for (const Work& work : works)
        if (work.ownerId == request.caller.userId)
            return jsonResponse(assetJson(site, work));
    if (works.size() == 1)
        return jsonResponse(assetJson(site, works.front()));
    Json choices = Json::array();
    for (const Work& work : works)
        choices.push_back(site.instance.publicUrl + "/assets/@" + work.owner + "/" + work.name);
    return jsonResponse(Json{{"run_id", request.capture("run_id")}, {"choices", std::move(choices)}}, 300);
}

} // namespace artdag::server
