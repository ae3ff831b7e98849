// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/stream_folder.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace artdag {

namespace {

namespace fs = std::filesystem;

constexpr const char* playlistName = "index.m3u8";
constexpr std::size_t longestPlaylist = std::size_t{16} << 20;
constexpr std::size_t joinBlock = std::size_t{1} << 20;

/// What a line of a playlist names, or nothing.
std::string_view nameIn(std::string_view line)
{
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    if (!line.starts_with('#'))
        return line;
    constexpr std::string_view map = "#EXT-X-MAP:";
    constexpr std::string_view uri = "URI=\"";
    const std::size_t at = line.starts_with(map) ? line.find(uri) : std::string_view::npos;
    if (at == std::string_view::npos)
        return {};
    line.remove_prefix(at + uri.size());
    return line.substr(0, line.find('"'));
}

Result<std::vector<std::string>> partsOf(const fs::path& folder, const std::string& words)
{
    std::string playlist = TRY(readTextFile(folder / playlistName, longestPlaylist));
    std::vector<std::string> parts;
    for (std::string_view rest = playlist; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const std::string_view name = nameIn(line);
        if (name.empty())
            continue;
        if (name.find('/') != std::string_view::npos || name.starts_with('.'))
            return fail(Fault::BadInput, fmt::format("{}: its playlist names '{}', which is not a file of the folder", words, name.substr(0, 80)));
        parts.emplace_back(name);
    }
    if (parts.size() < 2)
        return fail(Fault::BadInput, words + ": its playlist names no segments");
    return parts;
}

Result<std::int64_t> append(const FileSource& part, int descriptor)
{
    Bytes block(joinBlock);
    for (std::int64_t at = 0; at < part.size();) {
        const std::span<std::uint8_t> piece(block.data(), static_cast<std::size_t>(std::min<std::int64_t>(part.size() - at, joinBlock)));
        if (!part.readAt(at, piece))
            return fail(Fault::Corrupt, part.name() + ": cannot be read");
        for (std::size_t done = 0; done < piece.size();) {
            const ssize_t count = ::write(descriptor, piece.data() + done, piece.size() - done);
            if (count < 0 && errno != EINTR)
                return tl::unexpected<Error>(systemError("temporary file of the joined stream", errno));
            done += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
        }
        at += static_cast<std::int64_t>(piece.size());
    }
    return part.size();
}

Result<std::int64_t> joinInto(const fs::path& folder, const std::vector<std::string>& parts, int descriptor)
{
    std::int64_t size = 0;
    for (const std::string& part : parts)
        size += TRY(append(*TRY(FileSource::open(folder / part)), descriptor));
    return size;
}

} // namespace

bool isStreamFolder(const fs::path& folder)
{
    std::error_code ignored;
    return fs::is_regular_file(folder / playlistName, ignored);
}

Result<SourcePointer> joinedStream(const fs::path& folder)
{
    const std::string words = fmt::format("folder '{}'", folder.filename().string());
    const std::vector<std::string> parts = TRY(partsOf(folder, words));
    // Its directory goes at the end of this function, its bytes with the last who reads them.
    const TemporaryDirectory directory = TRY(TemporaryDirectory::make());
    const int descriptor = ::open((directory.path() / "joined").c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return tl::unexpected<Error>(systemError("temporary file of the joined stream", errno));
    auto size = joinInto(folder, parts, descriptor);
    auto joined = std::make_shared<const FileSource>(descriptor, size.value_or(0), words); // closes it after an error too
    TRY(std::move(size));
    return SourcePointer(std::move(joined));
}

} // namespace artdag
