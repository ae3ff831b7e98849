// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rendition/shown_media.h"

#include "core/picture/show_coded.h"
#include "core/worker/worker_media.h"

#include <algorithm>

namespace artdag {

namespace {

/// Clockwise by quarter turns.
Picture turnedBy(const Picture& picture, int turns)
{
    const ConstPictureView from = picture.view();
    const int width = from.rect.width();
    const int height = from.rect.height();
    const bool across = turns % 2 == 1;
    Picture out(across ? Rect{0, 0, height, width} : Rect{0, 0, width, height});
    PictureView to = out.view();
    for (int plane = 0; plane < 4; ++plane)
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const float value = from.at(plane, x, y);
                if (turns == 1)
                    to.at(plane, height - 1 - y, x) = value;
                else if (turns == 2)
                    to.at(plane, width - 1 - x, height - 1 - y) = value;
                else
                    to.at(plane, y, width - 1 - x) = value;
            }
    return out;
}

} // namespace

ShownSize sizeWithin(ShownSize whole, int mostWidth, int mostHeight, bool even)
{
    double factor = std::min(1.0, std::min(static_cast<double>(mostWidth) / whole.width, static_cast<double>(mostHeight) / whole.height));
    const auto fitted = [&](int length) {
        const int pixels = std::max(1, static_cast<int>(length * factor + 0.5));
        return even ? std::max(2, pixels - pixels % 2) : pixels;
    };
    return {fitted(whole.width), fitted(whole.height)};
}

Result<ShownMedia> ShownMedia::open(const std::filesystem::path& path, const WorkerOptions& worker)
{
    ShownMedia media;
    media.m_file = TRY(openMediaInWorker(path, worker));
    if (const auto& video = media.m_file->facts().video) {
        const std::int64_t wide = std::max<std::int64_t>(1, (2 * video->width * video->aspect.numerator / video->aspect.denominator + 1) / 2);
        media.m_turns = video->rotation / 90;
        media.m_size = {static_cast<int>(wide), video->height};
        if (media.m_turns % 2 == 1)
            std::swap(media.m_size.width, media.m_size.height);
    }
    return media;
}

Picture ShownMedia::shown(const CodedPicture& coded, ShownSize size) const
{
    const ShownSize lying = m_turns % 2 == 1 ? ShownSize{size.height, size.width} : size;
    Picture picture(Rect{0, 0, lying.width, lying.height});
    const Affine toSource = scaled(static_cast<double>(coded.width) / lying.width, static_cast<double>(coded.height) / lying.height);
    showCoded(coded, toSource, Filter::Area, picture.view());
    return m_turns == 0 ? std::move(picture) : turnedBy(picture, m_turns);
}

} // namespace artdag
