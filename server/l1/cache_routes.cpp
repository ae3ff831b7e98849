// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/cache_routes.h"

#include "server/db/objects.h"
#include "server/db/runs.h"
#include "server/http/file_response.h"
#include "server/l1/release_bytes.h"
#include "server/l1/renderer.h"
#include "server/l2/bodies.h"
#include "server/l2/look_at_upload.h"

namespace artdag::server {

namespace {

/// What a browser needs to show a film by its own URL, and nothing more.
constexpr const char* mediaPolicy = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

Json objectJson(const Site& site, const HeldObject& object)
{
    return {{"content_hash", object.id.text()}, {"sha256", hexOf(object.sha256)}, {"size", object.size}, {"media_type", object.type}, {"media", object.media}, {"url", site.renderer->options.baseUrl + "/cache/" + object.id.hex()}};
}

/// The object of the path's `{hash}` for this caller. Absent and hidden are one answer.
Result<HeldObject> objectOfRequest(Site& site, const Request& request)
{
    const auto id = TRY(strictName<ContentId>(request.capture("hash")));
    if (!TRY(mayRead(*site.database, id, request.caller.userId)))
        return fail(Fault::NotFound, "object " + id.text() + ": there are no such bytes here");
    return findObject(*site.database, id);
}

} // namespace

Result<Response> postUpload(Site& site, const Request& request)
{
    const UploadedFile& upload = *request.upload;
    if (upload.size == 0)
        return fail(Fault::BadInput, "upload: it is empty");
    if (const auto expected = request.parameter("content_hash"))
        if (TRY(strictName<ContentId>(*expected)) != upload.id)
            return fail(Fault::BadInput, "upload: its bytes are " + upload.id.text() + ", not what was announced");
    std::string_view declared = request.header("content-type");
    declared = declared.substr(0, declared.find(';'));
    // Known bytes are looked at like new ones: how long it takes does not tell whether somebody else brought them.
    const UploadFacts facts = TRY(lookAtUpload(site, upload.path, declared));
    HeldObject object{upload.id, upload.sha256, upload.size, facts.type, facts.media};
    {
        const auto turn = TRY(site.database->turn("publish"));
        TRY(site.objects.adopt(upload.path, upload.id));
        TRY(addObject(*site.database, object, request.caller.userId));
    }
    object = TRY(findObject(*site.database, upload.id));
    Json answer = objectJson(site, object);
    if (!facts.problem.empty())
        answer["problem"] = facts.problem;
    const std::string url = answer["url"];
    return jsonResponse(answer, 201).with("Location", url);
}

Result<Response> getCache(Site& site, const Request& request)
{
    constexpr int shown = 50;
    ContentId after;
    if (const auto cursor = request.parameter("cursor"))
        after = TRY(strictName<ContentId>(*cursor));
    const std::vector<OwnObject> objects = TRY(listObjects(*site.database, request.caller.userId, after, shown));
    Json items = Json::array();
    for (const OwnObject& object : objects)
        items.push_back({{"content_hash", object.id.text()}, {"size", object.size}, {"media_type", object.type}, {"created_at", isoTime(object.createdAt)}});
    Json next;
    if (static_cast<int>(objects.size()) == shown)
        next = site.renderer->options.baseUrl + "/cache?cursor=" + objects.back().id.hex();
    return jsonResponse(Json{{"items", std::move(items)}, {"next", next}});
}

Result<Response> getCached(Site& site, const Request& request)
{
    const HeldObject object = TRY(objectOfRequest(site, request));
    ServedFile file{site.objects.path(object.id), object.size, object.type, "\"" + object.id.hex() + "\""};
    file.cacheControl = "private, max-age=0, must-revalidate";
    Response response = fileResponse(request, file);
    response.with("Content-Security-Policy", mediaPolicy);
    if (!isShown(object.type) || request.parameter("download")) {
        const std::string extension = extensionOf(object.type);
        response.with("Content-Disposition", "attachment; filename=\"" + object.id.hex().substr(0, 12) + (extension.empty() ? "" : "." + extension) + "\"");
    }
    return response;
}

Result<Response> getCachedMeta(Site& site, const Request& request)
{
    const HeldObject object = TRY(objectOfRequest(site, request));
    Json answer = objectJson(site, object);
    answer["lineage"] = nullptr;
    if (const auto run = TRY(findRunOfFilm(*site.database, request.caller.userId, object.id)))
        answer["lineage"] = Json{{"run_id", run->id}, {"recipe", run->recipe.text()}, {"reads", run->request.value("objects", Json::array())}, {"manifest", run->manifest ? Json(run->manifest->text()) : Json()}};
    return jsonResponse(answer);
}

Result<Response> deleteCached(Site& site, const Request& request)
{
    const HeldObject object = TRY(objectOfRequest(site, request));
    const std::int64_t user = request.caller.userId;
    if (!TRY(holdsObject(*site.database, object.id, user)))
        return fail(Fault::Conflict, "object " + object.id.text() + ": it is not yours; a published work cites it");
    if (const std::string work = TRY(workMadeOf(*site.database, user, object.id)); !work.empty())
        return fail(Fault::Conflict, "object " + object.id.text() + ": your work '" + work + "' is made of it; withdraw it first");
    if (const std::string run = TRY(runMadeOf(*site.database, user, object.id)); !run.empty())
        return fail(Fault::Conflict, "object " + object.id.text() + ": your run " + run + " reads or gave it; delete that first");
    TRY(releaseBytes(site, user, object.id));
    Response response;
    response.status = 204;
    return response;
}

} // namespace artdag::server
