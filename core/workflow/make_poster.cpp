// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/make_poster.h"

#include "core/media/decode.h"
#include "core/media/encode.h"
#include "core/picture/show_coded.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr int widest = 1280;

} // namespace

Result<void> makePoster(const std::filesystem::path& film, const std::filesystem::path& poster)
{
    const auto media = TRY(openMedia(film));
    if (!media->facts().video)
        return fail(Fault::BadInput, "file '" + film.filename().string() + "': it has no picture");
    const CodedPointer coded = TRY(media->pictureAt(media->facts().video->duration / 5 * 2));
    // Even sizes: the JPEG has half the chroma.
    const int width = std::max(2, std::min(coded->width, widest) & ~1);
    const int height = std::max(2, static_cast<int>(static_cast<std::int64_t>(coded->height) * width / coded->width) & ~1);
    Picture linear(Rect{0, 0, width, height});
    showCoded(*coded, scaled(static_cast<double>(coded->width) / width, static_cast<double>(coded->height) / height), Filter::Area, linear.view());

    const EncodeProfile profile = TRY(encodeProfile("jpeg"));
    PackedPicture packed = makePacked(width, height, profile.coding);
    encodeFromLinear(linear.view(), packed);
    const auto encoder = TRY(makeChunkEncoder(profile, width, height, Rate{25, 1}));
    TRY(encoder->add(packed));
    MuxInput file;
    file.profile = profile;
    file.width = width;
    file.height = height;
    file.rate = Rate{25, 1};
    file.chunks.push_back(TRY(encoder->finish()));
    return muxFile(file, poster);
}

} // namespace artdag
