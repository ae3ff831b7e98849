// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of changing width drawn with a round pen: how much each pixel is covered by the widest part of a stroke that
// touches it, and the tone there. Lines that cross or turn cover no pixel twice. Any part is the same as of the whole.
#pragma once

#include "core/picture/picture.h"

#include <vector>

namespace artdag {

/// One place of a pen.
struct PenPoint {
    float x = 0, y = 0;    ///< px
    float halfWidth = 0.5; ///< px; below ½ the line gets fainter instead of thinner
    float tone = 0;        ///< anything that goes along, such as a place in a gradient
};

class Strokes {
public:
    explicit Strokes(Rect part);
    void line(const PenPoint& from, const PenPoint& to);

    struct Mark {
        float cover = 0; ///< 0–1
        float tone = 0;
    };
    [[nodiscard]] const Mark* row(int y) const { return m_marks.data() + static_cast<std::size_t>(y - m_part.y0) * static_cast<std::size_t>(m_part.width()); }

    /// Calls use(place, mark) for each pixel touched since the last time, in the order of touching, and forgets them: a stroke
    /// is then painted before the next one begins. A place is the number of a pixel in the part, row by row.
    template <class Use>
    void takeEach(const Use& use)
    {
        for (const std::size_t place : m_touched) {
            use(place, m_marks[place]);
            m_marks[place] = {};
        }
        m_touched.clear();
    }

private:
    void piece(const PenPoint& from, const PenPoint& to);
    Rect m_part;
    std::vector<Mark> m_marks;
    std::vector<std::size_t> m_touched;
};

} // namespace artdag
