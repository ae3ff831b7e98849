// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/object_files.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace artdag::server {

namespace {

Result<void> synced(const std::filesystem::path& path, int flags)
{
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW);
    const bool good = fd >= 0 && ::fsync(fd) == 0;
    const int code = errno;
    if (fd >= 0)
        ::close(fd);
    if (!good)
        return tl::unexpected<Error>(systemError("object", code));
    return {};
}

constexpr std::pair<std::string_view, std::string_view> extensions[] = {
    {"video/mp4", "mp4"},
    {"video/webm", "webm"},
    {"video/x-matroska", "mkv"},
    {"image/png", "png"},
    {"image/jpeg", "jpg"},
    {"image/webp", "webp"},
    {"image/gif", "gif"},
    {"audio/wav", "wav"},
    {"audio/flac", "flac"},
    {"audio/mpeg", "mp3"},
    {"audio/ogg", "ogg"},
    {"audio/mp4", "m4a"},
    {"font/ttf", "ttf"},
    {"font/otf", "otf"},
    {recipeType, "artdag"},
};

bool hasAt(std::string_view bytes, std::size_t offset, std::string_view mark)
{
    return bytes.size() >= offset + mark.size() && bytes.substr(offset, mark.size()) == mark;
}

} // namespace

std::filesystem::path ObjectFiles::path(const ContentId& id) const
{
    const std::string hex = id.hex();
    return m_directory / hex.substr(0, 2) / hex.substr(2);
}

bool ObjectFiles::has(const ContentId& id) const
{
    struct stat facts {};
    return ::lstat(path(id).c_str(), &facts) == 0 && S_ISREG(facts.st_mode);
}

Result<void> ObjectFiles::adopt(const std::filesystem::path& file, const ContentId& id) const
{
    const std::filesystem::path target = path(id);
    const std::filesystem::path directory = target.parent_path();
    if (::mkdir(directory.c_str(), 0755) == 0)
        TRY(synced(m_directory, O_RDONLY | O_DIRECTORY));
    TRY(synced(file, O_RDONLY));
    if (::chmod(file.c_str(), 0444) != 0)
        return tl::unexpected<Error>(systemError("object", errno));
    if (::link(file.c_str(), target.c_str()) != 0 && errno != EEXIST)
        return tl::unexpected<Error>(systemError("object", errno));
    ::unlink(file.c_str());
    return synced(directory, O_RDONLY | O_DIRECTORY);
}

std::string mediaTypeOf(ByteView head, std::string_view declared)
{
    const std::string_view bytes(reinterpret_cast<const char*>(head.data()), head.size());
    using namespace std::string_view_literals;
    if (declared == digestsType) // digests are random: any mark below may be among them
        return std::string(digestsType);
    if (hasAt(bytes, 0, "\x89PNG\r\n\x1a\n"sv))
        return "image/png";
    if (hasAt(bytes, 0, "\xFF\xD8\xFF"sv))
        return "image/jpeg";
    if (hasAt(bytes, 0, "RIFF"sv) && hasAt(bytes, 8, "WEBP"sv))
        return "image/webp";
    if (hasAt(bytes, 0, "GIF8"sv))
        return "image/gif";
    if (hasAt(bytes, 4, "ftyp"sv))
        return hasAt(bytes, 8, "M4A "sv) ? "audio/mp4" : "video/mp4";
    if (hasAt(bytes, 0, "\x1A\x45\xDF\xA3"sv))
        return bytes.substr(0, 64).find("webm") != std::string_view::npos ? "video/webm" : "video/x-matroska";
    if (hasAt(bytes, 0, "RIFF"sv) && hasAt(bytes, 8, "WAVE"sv))
        return "audio/wav";
    if (hasAt(bytes, 0, "fLaC"sv))
        return "audio/flac";
    if (hasAt(bytes, 0, "OggS"sv))
        return "audio/ogg";
    if (hasAt(bytes, 0, "ID3"sv) || (bytes.size() > 2 && bytes[0] == '\xFF' && (bytes[1] & 0xE6) == 0xE2))
        return "audio/mpeg";
    if (hasAt(bytes, 0, "\0\1\0\0"sv) || hasAt(bytes, 0, "true"sv))
        return "font/ttf";
    if (hasAt(bytes, 0, "OTTO"sv))
        return "font/otf";
    if (declared == recipeType && hasAt(bytes.substr(std::min(bytes.size(), bytes.find_first_not_of(" \t\r\n"))), 0, "{"sv))
        return std::string(recipeType);
    return std::string(unknownType);
}

std::string extensionOf(std::string_view mediaType)
{
    const auto found = std::ranges::find(extensions, mediaType, &std::pair<std::string_view, std::string_view>::first);
    return found == std::end(extensions) ? std::string() : std::string(found->second);
}

bool isShown(std::string_view mediaType)
{
    return mediaType.starts_with("video/") || mediaType.starts_with("image/") || mediaType.starts_with("audio/");
}

} // namespace artdag::server
