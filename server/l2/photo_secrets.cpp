// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/photo_secrets.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <set>

namespace artdag::server {

namespace {

constexpr std::size_t headBytes = 256U << 10; ///< Exif comes first and is shorter than 64 KiB
constexpr std::uint32_t gpsDirectory = 0x8825, exifDirectory = 0x8769, cameraOwner = 0xA430, bodySerial = 0xA431, lensSerial = 0xA435;

/// Numbers of a TIFF structure; nothing beyond its end.
struct Tiff {
    ByteView bytes;
    bool little = false;

    [[nodiscard]] std::optional<std::uint32_t> number(std::size_t at, std::size_t size) const
    {
        if (at > bytes.size() || bytes.size() - at < size)
            return {};
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value = value << 8 | bytes[little ? at + size - 1 - i : at + i];
        return value;
    }
};

/// The Exif segment after its mark; empty when there is none (JPEG: ISO/IEC 10918-1, B.1.1.4).
ByteView exifOf(ByteView jpeg)
{
    for (std::size_t at = 2; at + 4 <= jpeg.size() && jpeg[at] == 0xFF && jpeg[at + 1] != 0xDA;) {
        const std::size_t length = static_cast<std::size_t>(jpeg[at + 2]) << 8 | jpeg[at + 3];
        if (length < 2 || at + 2 + length > jpeg.size())
            break;
        const ByteView segment = jpeg.subspan(at + 4, length - 2);
        constexpr std::string_view mark("Exif\0\0", 6);
        if (jpeg[at + 1] == 0xE1 && segment.size() > mark.size() && std::ranges::equal(segment.first(mark.size()), bytesOf(mark)))
            return segment.subspan(mark.size());
        at += 2 + length;
    }
    return {};
}

void collectTags(const Tiff& tiff, std::size_t directory, std::set<std::uint32_t>& tags, int depth)
{
    const auto count = tiff.number(directory, 2);
    for (std::uint32_t i = 0; count && i < *count; ++i) {
        const std::size_t entry = directory + 2 + std::size_t{12} * i;
        const auto tag = tiff.number(entry, 2);
        const auto value = tiff.number(entry + 8, 4);
        if (!tag || !value)
            return;
        tags.insert(*tag);
        if (*tag == exifDirectory && depth == 0)
            collectTags(tiff, *value, tags, depth + 1);
    }
}

} // namespace

std::vector<std::string> photoWarnings(const std::filesystem::path& file)
{
    const int number = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (number < 0)
        return {};
    Bytes head(headBytes);
    const ssize_t count = ::pread(number, head.data(), head.size(), 0);
    ::close(number);
    head.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    Tiff tiff{exifOf(head)};
    if (tiff.bytes.size() < 8)
        return {};
    tiff.little = tiff.bytes[0] == 'I';
    std::set<std::uint32_t> tags;
    if (const auto first = tiff.number(4, 4))
        collectTags(tiff, *first, tags, 0);
    std::vector<std::string> warnings;
    if (tags.contains(gpsDirectory))
        warnings.emplace_back("This photograph says where it was taken (GPS). Whoever downloads the file can read it; to keep it to yourself, upload a copy without it.");
    if (tags.contains(bodySerial) || tags.contains(lensSerial) || tags.contains(cameraOwner))
        warnings.emplace_back("This photograph names its camera or the camera's owner (serial number). Whoever downloads the file can read it.");
    return warnings;
}

} // namespace artdag::server
