// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/film_reel.h"

#include <cstdlib>

namespace artdag {

namespace {
std::size_t sizeOf(const PreviewPicture& picture)
{
    return static_cast<std::size_t>(picture.image.sizeInBytes());
}
} // namespace

void FilmReel::clear()
{
    m_pictures.clear();
    m_bytes = 0;
}

void FilmReel::put(const PreviewPicture& picture, std::int64_t playhead)
{
    const auto [at, fresh] = m_pictures.try_emplace(picture.frame);
    if (!fresh) {
        if (at->second.scale > picture.scale)
            return;
        m_bytes -= sizeOf(at->second);
    }
    at->second = picture;
    at->second.pixels.reset();
    m_bytes += sizeOf(picture);
    while (m_bytes > m_limit && m_pictures.size() > 1) {
        const auto first = m_pictures.begin(), last = std::prev(m_pictures.end());
        const auto out = std::abs(first->first - playhead) > std::abs(last->first - playhead) ? first : last;
        m_bytes -= sizeOf(out->second);
        m_pictures.erase(out);
    }
}

const PreviewPicture* FilmReel::find(std::int64_t frame) const
{
    const auto found = m_pictures.find(frame);
    return found == m_pictures.end() ? nullptr : &found->second;
}

bool FilmReel::has(std::int64_t frame, double scale) const
{
    const PreviewPicture* picture = find(frame);
    return picture != nullptr && picture->scale >= scale;
}

const PreviewPicture* FilmReel::due(std::int64_t frame, std::int64_t after, bool backwards) const
{
    if (backwards) {
        const auto at = m_pictures.lower_bound(frame);
        return at != m_pictures.end() && (after < 0 || at->first < after) ? &at->second : nullptr;
    }
    const auto later = m_pictures.upper_bound(frame);
    if (later == m_pictures.begin() || std::prev(later)->first <= after)
        return nullptr;
    return &std::prev(later)->second;
}

} // namespace artdag
