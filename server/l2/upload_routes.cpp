// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/upload_routes.h"

#include "core/base/files.h"
#include "core/identity/keys.h"
#include "server/db/uploads.h"
#include "server/l2/bodies.h"
#include "server/l2/take_upload.h"
#include "server/l2/upload_plan.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <map>

namespace artdag::server {

namespace {

constexpr std::int64_t lifetime = std::int64_t{24} * 3600 * 1'000'000; ///< after the last piece

std::string_view trimmed(std::string_view text)
{
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

/// `key base64,key base64` (tus 1.0.0, "Upload-Metadata").
Result<std::map<std::string, std::string>> readMetadata(std::string_view header)
{
    std::map<std::string, std::string> metadata;
    while (!header.empty()) {
        const auto end = std::min(header.find(','), header.size());
        const std::string_view pair = trimmed(header.substr(0, end));
        header.remove_prefix(std::min(header.size(), end + 1));
        const auto space = std::min(pair.find(' '), pair.size());
        const auto value = bytesOfBase64(trimmed(pair.substr(space)));
        if (pair.empty() || !value || metadata.size() == 20)
            return fail(Fault::BadInput, "Upload-Metadata: must be keys with values in base64");
        metadata.emplace(pair.substr(0, space), std::string(value->begin(), value->end()));
    }
    return metadata;
}

void sweepExpired(Site& site)
{
    const auto expired = removeExpiredUploads(*site.database, nowMicroseconds());
    for (std::size_t i = 0; expired && i < expired->size(); ++i)
        ::unlink((site.pieces() / (*expired)[i]).c_str());
}

Response told(Response response, const Upload& upload, std::uint64_t offset)
{
    response.with("Tus-Resumable", tusVersion).with("Upload-Offset", std::to_string(offset)).with("Upload-Length", std::to_string(upload.length)).with("Cache-Control", "no-store");
    if (upload.done)
        response.with("Content-Location", "/media/" + upload.contentId.substr(upload.contentId.find(':') + 1));
    else
        response.with("Upload-Expires", httpDate(upload.expires / 1'000'000));
    return response;
}

std::uint64_t offsetOf(const Site& site, const Upload& upload)
{
    struct stat facts {};
    if (upload.done)
        return static_cast<std::uint64_t>(upload.length);
    return ::lstat((site.pieces() / upload.id).c_str(), &facts) == 0 ? static_cast<std::uint64_t>(facts.st_size) : 0;
}

/// All bytes are here: they become an object, or are refused for good.
Result<void> finishUpload(Site& site, const Request& request, Upload& upload)
{
    UploadedFile file = *request.upload;
    if (file.id.isNull())
        TRY(hashAgain(file));
    if (!upload.contentId.empty() && upload.contentId != file.id.text()) {
        ::unlink(file.path.c_str());
        TRY(removeUpload(*site.database, upload.id));
        return fail(Fault::BadInput, "upload: its bytes are " + file.id.text() + ", not what was announced");
    }
    const TakenUpload taken = TRY(takeUpload(site, request.caller, file, upload.type));
    upload.contentId = taken.object.id.text();
    upload.done = true;
    return completeUpload(*site.database, upload.id, upload.contentId);
}

} // namespace

Result<Response> createUpload(Site& site, const Request& request)
{
    sweepExpired(site);
    const std::string_view length = request.header("upload-length");
    Upload upload;
    const auto read = std::from_chars(length.data(), length.data() + length.size(), upload.length);
    if (read.ec != std::errc{} || read.ptr != length.data() + length.size() || upload.length < 1)
        return fail(Fault::BadInput, "Upload-Length: must be the whole number of bytes, at least 1");
    if (static_cast<std::uint64_t>(upload.length) > site.options.uploadLimit)
        return problem(413, "upload: this server takes files of up to " + std::to_string(site.options.uploadLimit) + " bytes.").with("Tus-Resumable", tusVersion);
    auto metadata = TRY(readMetadata(request.header("upload-metadata")));
    if (const std::string& announced = metadata["content-id"]; !announced.empty())
        upload.contentId = TRY(strictName<ContentId>(announced)).text();
    upload.type = metadata["filetype"].substr(0, 100);
    upload.id = hexOf(secureRandom(16));
    upload.userId = request.caller.userId;
    upload.createdAt = nowMicroseconds();
    upload.expires = upload.createdAt + lifetime;
    const int file = ::open((site.pieces() / upload.id).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return tl::unexpected<Error>(systemError("upload", errno));
    ::close(file);
    TRY(addUpload(*site.database, upload));
    Response response;
    response.status = 201;
    response.with("Location", site.instance.publicUrl + "/media/uploads/" + upload.id);
    return told(std::move(response), upload, 0);
}

Result<Response> getUpload(Site& site, const Request& request)
{
    const Upload upload = TRY(findUpload(*site.database, request.capture("upload"), request.caller.userId));
    const std::uint64_t offset = offsetOf(site, upload);
    Json status{{"length", upload.length}, {"offset", offset}, {"done", upload.done}};
    if (upload.done)
        status["content_hash"] = upload.contentId;
    return told(jsonResponse(status), upload, offset);
}

Result<Response> patchUpload(Site& site, const Request& request)
{
    Upload upload = TRY(findUpload(*site.database, request.capture("upload"), request.caller.userId));
    if (request.upload->size == static_cast<std::uint64_t>(upload.length)) {
        TRY(finishUpload(site, request, upload));
    } else {
        upload.expires = nowMicroseconds() + lifetime;
        TRY(prolongUpload(*site.database, upload.id, upload.expires));
    }
    Response response;
    response.status = 204;
    return told(std::move(response), upload, request.upload->size);
}

Result<Response> deleteUpload(Site& site, const Request& request)
{
    const Upload upload = TRY(findUpload(*site.database, request.capture("upload"), request.caller.userId));
    TRY(removeUpload(*site.database, upload.id));
    ::unlink((site.pieces() / upload.id).c_str());
    Response response;
    response.status = 204;
    return response.with("Tus-Resumable", tusVersion);
}

} // namespace artdag::server
