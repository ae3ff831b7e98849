// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/delivered_film.h"

namespace artdag {

Result<std::unique_ptr<DeliveredFilm>> DeliveredFilm::open(const std::filesystem::path& path, Rate rate, const MediaOpener& opener)
{
    return std::make_unique<DeliveredFilm>(TRY(opener(path, {})), rate);
}

Result<CodedPointer> DeliveredFilm::picture(std::int64_t frame)
{
    const std::lock_guard lock(m_mutex);
    const auto& video = m_media->facts().video;
    const Rate rate = video && video->numbered ? video->rate : m_rate; // numbered pictures are one a frame at any rate
    const auto halfFrames = static_cast<__int128>(2 * frame + 1) * flicksPerSecond * rate.denominator;
    return m_media->pictureAt(static_cast<Flicks>(halfFrames / (2 * static_cast<__int128>(rate.numerator))));
}

Bytes canonicalBytes(const CodedPicture& picture)
{
    Bytes bytes = std::move(makePacked(picture.width, picture.height, picture.coding).data);
    packCodes(picture, bytes.data());
    return bytes;
}

} // namespace artdag
