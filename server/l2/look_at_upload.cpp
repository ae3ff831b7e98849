// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/look_at_upload.h"

#include "core/base/files.h"
#include "core/worker/probe_media.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

namespace artdag::server {

namespace {

constexpr std::size_t headBytes = 4096;

Result<SourcePointer> openUpload(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return tl::unexpected<Error>(systemError("upload", errno));
    struct stat status {};
    const std::int64_t size = ::fstat(descriptor, &status) == 0 ? status.st_size : 0;
    return std::make_shared<const FileSource>(descriptor, size, "upload");
}

/// The members that pages and notes read, as a manifest gives them: upright, with square pixels.
Json jsonOf(const FileFacts& facts, const std::string& type)
{
    Json media{{"type", type}};
    if (const auto& video = facts.video) {
        const std::int64_t wide = std::max<std::int64_t>(1, (2 * video->width * video->aspect.numerator / video->aspect.denominator + 1) / 2);
        const bool quarter = video->rotation % 180 != 0;
        media["width"] = quarter ? video->height : wide;
        media["height"] = quarter ? wide : video->height;
        media["rate"] = fmt::format("{}/{}", video->rate.numerator, video->rate.denominator);
        media["frames"] = std::min<std::int64_t>(video->frames, INT32_MAX); // pages multiply it by a rate
    }
    if (const auto& audio = facts.audio) {
        media["sample_rate"] = audio->sampleRate;
        media["channels"] = audio->channels;
    }
    return media;
}

} // namespace

Result<UploadFacts> lookAtUpload(const Site& site, const std::filesystem::path& file, std::string_view declared)
{
    const SourcePointer source = TRY(openUpload(file));
    Bytes head(static_cast<std::size_t>(std::min<std::int64_t>(source->size(), headBytes)));
    if (!source->readAt(0, head))
        return fail(Fault::Unavailable, "upload: cannot be read back; try again");
    UploadFacts upload;
    upload.type = mediaTypeOf(head, declared);
    if (!isShown(upload.type))
        return upload;
    const MediaProbe probe = TRY(probeInWorker({source}, site.options.worker));
    if (probe.facts)
        upload.media = jsonOf(*probe.facts, upload.type);
    upload.problem = probe.problem;
    if (probe.harmful)
        upload.type = unknownType;
    return upload;
}

} // namespace artdag::server
