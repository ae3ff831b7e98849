// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/upload_plan.h"

#include "server/db/uploads.h"
#include "server/l2/quotas.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>

namespace artdag::server {

namespace {

std::optional<std::uint64_t> numberIn(std::string_view text)
{
    std::uint64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size())
        return {};
    return value;
}

std::string millions(std::uint64_t bytes)
{
    return std::to_string((bytes + 999'999) / 1'000'000) + " MB";
}

Result<void> planPiece(Site& site, const Request& head, BodyPlan& plan)
{
    const Upload upload = TRY(findUpload(*site.database, head.capture("upload"), head.caller.userId));
    const std::filesystem::path file = site.pieces() / upload.id;
    struct stat facts {};
    const bool there = ::lstat(file.c_str(), &facts) == 0;
    const std::uint64_t has = upload.done ? static_cast<std::uint64_t>(upload.length) : there ? static_cast<std::uint64_t>(facts.st_size)
                                                                                              : 0;
    const auto offset = numberIn(head.header("upload-offset"));
    if (head.header("content-type") != "application/offset+octet-stream")
        plan.refusal = problem(415, "A piece of an upload comes with Content-Type: application/offset+octet-stream.");
    else if (!offset || *offset != has || upload.done)
        plan.refusal = problem(409, "This upload goes on at " + std::to_string(has) + "; ask where with HEAD.").with("Upload-Offset", std::to_string(has));
    plan.appendTo = file;
    plan.appendAt = has;
    plan.limit = static_cast<std::uint64_t>(upload.length) - has;
    return {};
}

Result<void> planWhole(Site& site, const Request& head, BodyPlan& plan)
{
    const std::uint64_t room = TRY(roomLeft(site, head.caller.userId));
    const auto length = numberIn(head.header(speaksTus(head) ? "upload-length" : "content-length"));
    if (length && *length <= site.options.uploadLimit && *length > room)
        plan.refusal = problem(413, "upload: " + millions(*length) + " do not fit into what is left of this account's room, " + millions(room) + ".");
    plan.limit = speaksTus(head) ? 0 : std::min(plan.limit, room);
    return {};
}

} // namespace

bool speaksTus(const Request& request)
{
    return !request.header("tus-resumable").empty();
}

void planUpload(Site& site, const Request& head, BodyPlan& plan)
{
    const bool isPiece = std::ranges::any_of(head.captures, [](const auto& capture) { return capture.first == "upload"; });
    if ((isPiece || speaksTus(head)) && head.header("tus-resumable") != tusVersion)
        plan.refusal = problem(412, "Uploads in pieces are made by tus 1.0.0: send Tus-Resumable: 1.0.0.").with("Tus-Version", tusVersion);
    else if (auto full = diskRefusal(site))
        plan.refusal = std::move(full);
    else if (auto planned = isPiece ? planPiece(site, head, plan) : planWhole(site, head, plan); !planned)
        plan.refusal = problemOf(planned.error());
    if (plan.refusal && (isPiece || speaksTus(head)))
        plan.refusal->with("Tus-Resumable", tusVersion);
}

Response withUploadWords(Response response)
{
    response.with("Tus-Resumable", tusVersion).with("Tus-Version", tusVersion).with("Tus-Extension", "creation,expiration,termination");
    return response;
}

} // namespace artdag::server
