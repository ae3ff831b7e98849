// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/media_routes.h"

#include "server/db/members.h"
#include "server/db/objects.h"
#include "server/http/file_response.h"
#include "server/l2/bodies.h"
#include "server/l2/look_at_upload.h"
#include "server/l2/site.h"
#include "server/web/avatar.h"

namespace artdag::server {

namespace {

/// What a browser needs to show a film by its own URL, and nothing more.
constexpr const char* mediaPolicy = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

std::string mediaUrl(const Site& site, const HeldObject& object)
{
    const std::string extension = extensionOf(object.type);
    return site.instance.publicUrl + "/media/" + object.id.hex() + (extension.empty() ? "" : "." + extension);
}

} // namespace

Result<Response> postMedia(Site& site, const Request& request)
{
    const UploadedFile& upload = *request.upload;
    if (upload.size == 0)
        return fail(Fault::BadInput, "upload: it is empty");
    if (const auto expected = request.parameter("content_hash")) {
        if (TRY(strictName<ContentId>(*expected)) != upload.id)
            return fail(Fault::BadInput, "upload: its bytes are " + upload.id.text() + ", not what was announced");
    }
    std::string_view declared = request.header("content-type");
    declared = declared.substr(0, declared.find(';'));
    const UploadFacts facts = TRY(lookAtUpload(site, upload.path, declared));
    HeldObject object{upload.id, upload.sha256, upload.size, facts.type, facts.media};
    TRY(site.objects.adopt(upload.path, upload.id));
    TRY(addObject(*site.database, object, request.caller.userId));
    object = TRY(findObject(*site.database, upload.id)); // the type of the first upload stays
    const std::string url = mediaUrl(site, object);
    Json answer{{"content_hash", object.id.text()}, {"sha256", hexOf(object.sha256)}, {"size", object.size}, {"media_type", object.type}, {"media", object.media}, {"url", url}};
    if (!facts.problem.empty())
        answer["problem"] = facts.problem;
    return jsonResponse(answer, 201).with("Location", url);
}

Result<Response> getMedia(Site& site, const Request& request)
{
    std::string name = request.capture("file");
    std::string extension;
    if (const auto dot = name.find('.'); dot != std::string::npos) {
        extension = name.substr(dot + 1);
        name.resize(dot);
    }
    const auto id = TRY(strictName<ContentId>(name));
    const HeldObject object = TRY(findObject(*site.database, id));
    // To others the bytes do not exist: not even that they are here is told.
    if (!TRY(mayRead(*site.database, id, request.caller.userId)) || (!extension.empty() && extension != extensionOf(object.type)))
        return fail(Fault::NotFound, "object " + id.text() + ": there are no such bytes here");
    ServedFile file{site.objects.path(id), object.size, object.type, "\"" + id.hex() + "\""};
    if (request.caller.userId != 0)
        file.cacheControl = "private, max-age=0, must-revalidate";
    Response response = fileResponse(request, file);
    response.with("Content-Security-Policy", mediaPolicy).with("Cross-Origin-Resource-Policy", "cross-origin");
    if (!isShown(object.type) || request.parameter("download")) {
        const std::string known = extensionOf(object.type);
        response.with("Content-Disposition", "attachment; filename=\"" + id.hex().substr(0, 12) + (known.empty() ? "" : "." + known) + "\"");
    }
    return response;
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
