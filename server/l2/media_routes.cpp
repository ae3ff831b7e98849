// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/media_routes.h"

#include "server/db/media_tokens.h"
#include "server/db/members.h"
#include "server/db/objects.h"
#include "server/http/file_response.h"
#include "server/l2/bodies.h"
#include "server/l2/copies.h"
#include "server/l2/evict_renditions.h"
#include "server/l2/quotas.h"
#include "server/l2/renditions.h"
#include "server/l2/site.h"
#include "server/l2/take_upload.h"
#include "server/l2/upload_plan.h"
#include "server/l2/upload_routes.h"
#include "server/web/avatar.h"

#include <algorithm>

namespace artdag::server {

namespace {

/// What a browser needs to show a film by its own URL, and nothing more.
constexpr const char* mediaPolicy = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

std::string mediaUrl(const Site& site, const HeldObject& object)
{
    const std::string extension = extensionOf(object.type);
    return site.instance.publicUrl + "/media/" + object.id.hex() + (extension.empty() ? "" : "." + extension);
}

/// Name and extension of a file, the extension without its dot.
std::pair<std::string, std::string> partsOf(const std::string& file)
{
    const auto dot = std::min(file.find('.'), file.size());
    return {file.substr(0, dot), file.substr(std::min(dot + 1, file.size()))};
}

Response bytesResponse(const Site& site, const Request& request, const HeldObject& object, std::string cacheControl)
{
    const ServedFile file{site.objects.path(object.id), object.size, object.type, "\"" + object.id.hex() + "\"", std::move(cacheControl)};
    Response response = fileResponse(request, file);
    response.with("Content-Security-Policy", mediaPolicy).with("Cross-Origin-Resource-Policy", "cross-origin");
    if (!isShown(object.type) || request.parameter("download")) {
        const std::string known = extensionOf(object.type);
        response.with("Content-Disposition", "attachment; filename=\"" + object.id.hex().substr(0, 12) + (known.empty() ? "" : "." + known) + "\"");
    }
    return response;
}

/// A file that is gone: made or brought again, if it can be, while the client waits to ask once more.
Result<Response> bringBackLater(Site& site, const ContentId& id)
{
    if (!TRY(planRemaking(site, id)) && !TRY(planRestore(site, id)))
        return fail(Fault::NotFound, "object " + id.text() + ": its bytes are not here any more");
    return problem(503, "These bytes are being brought back. Ask again in a moment.").with("Retry-After", "5");
}

} // namespace

Result<Response> postMedia(Site& site, const Request& request)
{
    if (speaksTus(request))
        return createUpload(site, request);
    const UploadedFile& upload = *request.upload;
    if (upload.size == 0)
        return fail(Fault::BadInput, "upload: it is empty");
    if (const auto expected = request.parameter("content_hash")) {
        if (TRY(strictName<ContentId>(*expected)) != upload.id)
            return fail(Fault::BadInput, "upload: its bytes are " + upload.id.text() + ", not what was announced");
    }
    std::string_view declared = request.header("content-type");
    declared = declared.substr(0, declared.find(';'));
    if (auto refusal = TRY(uploadRefusal(site, request.caller, upload.size)))
        return std::move(*refusal);
    const auto [object, cannotShow, warnings] = TRY(takeUpload(site, request.caller, upload, declared));
    const std::string url = mediaUrl(site, object);
    Json answer{{"content_hash", object.id.text()}, {"sha256", hexOf(object.sha256)}, {"size", object.size}, {"media_type", object.type}, {"media", object.media}, {"url", url}};
    if (!cannotShow.empty())
        answer["problem"] = cannotShow;
    if (!warnings.empty())
        answer["warnings"] = warnings;
    return jsonResponse(answer, 201).with("Location", url);
}

Result<Response> getMedia(Site& site, const Request& request)
{
    const auto [name, extension] = partsOf(request.capture("file"));
    const auto id = TRY(strictName<ContentId>(name));
    const HeldObject object = TRY(findObject(*site.database, id));
    // To others the bytes do not exist: not even that they are here is told.
    if (!TRY(mayRead(*site.database, id, request.caller.userId)) || (!extension.empty() && extension != extensionOf(object.type)))
        return fail(Fault::NotFound, "object " + id.text() + ": there are no such bytes here");
    if (!site.objects.has(id))
        return bringBackLater(site, id);
    noteUse(site.objects.path(id));
    return bytesResponse(site, request, object, request.caller.userId != 0 ? "private, max-age=0, must-revalidate" : ServedFile{}.cacheControl);
}

Result<Response> getPrivateMedia(Site& site, const Request& request)
{
    const auto [token, extension] = partsOf(request.capture("file"));
    const auto id = TRY(contentOfToken(*site.database, token));
    const Result<HeldObject> object = id ? findObject(*site.database, *id) : Result<HeldObject>(fail(Fault::NotFound, "media: unknown token"));
    if (!object || (!extension.empty() && extension != extensionOf(object->type)))
        return fail(Fault::NotFound, "media: there are no such bytes here");
    if (!site.objects.has(*id))
        return bringBackLater(site, *id);
    noteUse(site.objects.path(*id));
    return bytesResponse(site, request, *object, "private, max-age=0, must-revalidate").with("X-Robots-Tag", "noindex");
}

Result<Response> getStream(Site& site, const Request& request)
{
    const auto id = TRY(strictName<ContentId>(request.capture("hash")));
    if (!TRY(mayRead(*site.database, id, request.caller.userId)))
        return fail(Fault::NotFound, "object " + id.text() + ": there are no such bytes here");
    const bool ofLevel = request.captures.size() == 3; // {hash}, {level}, {file}
    const auto part = TRY(findStreamPart(site, id, ofLevel ? request.capture("level") : "", request.capture("file")));
    if (!part)
        return problem(503, "This stream is being made. Ask again in a moment.").with("Retry-After", "10");
    ServedFile file{part->path, part->size, part->type, part->etag};
    file.cacheControl = request.caller.userId != 0 ? "private, max-age=0, must-revalidate" : "public, max-age=3600";
    Response response = fileResponse(request, file);
    return response.with("Content-Security-Policy", mediaPolicy).with("Cross-Origin-Resource-Policy", "cross-origin");
}

Result<Response> getAvatar(Site& site, const Request& request)
{
    const std::string& file = request.capture("file");
    if (!file.ends_with(".png"))
        return problem(404, "There is no such picture.");
    const User user = TRY(findUser(*site.database, file.substr(0, file.size() - 4)));
    if (const auto chosen = TRY(findProfile(*site.database, user.id)).avatar)
        if (TRY(mayRead(*site.database, *chosen, 0))) // it may have been withdrawn since
            return redirect("/media/" + chosen->hex(), 302).with("Cache-Control", "public, max-age=300");
    Response response = textResponse(avatarPng(user.name), "image/png");
    return response.with("Cache-Control", "public, max-age=86400").with("Content-Security-Policy", mediaPolicy);
}

} // namespace artdag::server
