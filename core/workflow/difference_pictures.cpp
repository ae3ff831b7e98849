// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/difference_pictures.h"

#include "core/media/encode.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag {

namespace {

constexpr int strength = 8;
constexpr int middle = 128;

Result<PackedPicture> asPng(const CodedPicture& coded)
{
    Picture linear(Rect{0, 0, coded.width, coded.height});
    decodeToLinear(coded, linear.view());
    PackedPicture packed = makePacked(coded.width, coded.height, TRY(encodeProfile("png")).coding);
    encodeFromLinear(linear.view(), packed);
    return packed;
}

Result<void> writePng(const PackedPicture& picture, const std::filesystem::path& path)
{
    MuxInput file;
    file.profile = TRY(encodeProfile("png"));
    file.width = picture.width;
    file.height = picture.height;
    file.rate = Rate{1, 1};
    const auto encoder = TRY(makeChunkEncoder(file.profile, picture.width, picture.height, file.rate));
    TRY(encoder->add(picture));
    file.chunks.push_back(TRY(encoder->finish()));
    return muxFile(file, path);
}

/// Over the common part; opaque, so that a difference in alpha alone is seen as one in colour or not at all.
PackedPicture differenceOf(const PackedPicture& expected, const PackedPicture& got)
{
    PackedPicture difference = makePacked(std::min(expected.width, got.width), std::min(expected.height, got.height), expected.coding);
    for (int y = 0; y < difference.height; ++y)
        for (int x = 0; x < difference.width; ++x)
            for (int channel = 0; channel < 4; ++channel) {
                const auto at = [&](const PackedPicture& picture) -> int { return picture.data[(static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x)) * 4 + static_cast<std::size_t>(channel)]; };
                const int value = channel == alpha ? 255 : std::clamp(middle + strength * (at(got) - at(expected)), 0, 255);
                difference.data[(static_cast<std::size_t>(y) * static_cast<std::size_t>(difference.width) + static_cast<std::size_t>(x)) * 4 + static_cast<std::size_t>(channel)] = static_cast<std::uint8_t>(value);
            }
    return difference;
}

} // namespace

Result<std::vector<std::filesystem::path>> writeDifference(const std::filesystem::path& directory, std::int64_t frame, const CodedPicture& expected, const CodedPicture* got)
{
    std::error_code code;
    std::filesystem::create_directories(directory, code);
    if (code)
        return fail(Fault::Denied, fmt::format("directory '{}': {}", directory.string(), code.message()));
    std::vector<std::filesystem::path> written;
    const auto write = [&](const PackedPicture& picture, const char* what) -> Result<void> {
        written.push_back(directory / fmt::format("frame-{}-{}.png", frame, what));
        return writePng(picture, written.back());
    };
    const PackedPicture mine = TRY(asPng(expected));
    TRY(write(mine, "expected"));
    if (got != nullptr) {
        const PackedPicture theirs = TRY(asPng(*got));
        TRY(write(theirs, "got"));
        TRY(write(differenceOf(mine, theirs), "difference"));
    }
    return written;
}

} // namespace artdag
