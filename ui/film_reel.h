// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of one target by frame, ready for the screen, so that what was seen or cached plays without asking. It forgets those
// farthest from the playhead first, and knows nothing of recipes: whoever asks for something else clears it.
#pragma once

#include "ui/preview_engine.h"

#include <map>
#include <utility>
#include <vector>

namespace artdag {

class FilmReel {
public:
    explicit FilmReel(std::size_t limitBytes)
        : m_limit(limitBytes) {}

    void clear();
    /// Keeps the image; its float pixels are the frame cache's to keep. One with more pixels replaces one with fewer.
    void put(const PreviewPicture& picture, std::int64_t playhead);
    [[nodiscard]] const PreviewPicture* find(std::int64_t frame) const;
    /// The same, of at least this scale.
    [[nodiscard]] bool has(std::int64_t frame, double scale) const;
    /// The frame nearest below or at `frame` (going on) or above or at it (going back), and beyond `after`; null: there is none.
    [[nodiscard]] const PreviewPicture* due(std::int64_t frame, std::int64_t after, bool backwards) const;
    /// How many pictures of this size it holds.
    [[nodiscard]] std::int64_t room(std::size_t bytesOfOne) const { return static_cast<std::int64_t>(m_limit / std::max<std::size_t>(1, bytesOfOne)); }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }

private:
    std::map<std::int64_t, PreviewPicture> m_pictures;
    std::size_t m_limit;
    std::size_t m_bytes = 0;
};

} // namespace artdag
