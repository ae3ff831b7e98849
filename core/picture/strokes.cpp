// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/strokes.h"

#include "core/picture/row_math.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

PenPoint between(const PenPoint& a, const PenPoint& b, float t)
{
    return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.halfWidth + (b.halfWidth - a.halfWidth) * t, a.tone + (b.tone - a.tone) * t};
}

/// Pixels of a row, `py` px below a line's beginning, that lie less than `reach` px from it.
struct Span {
    int first = 0, last = 0;
};
Span spanNear(float py, float reach, const PenPoint& from, float dx, float dy)
{
    float t0 = 0.0F, t1 = 1.0F; // the part of the line that is near this row
    const float rise = dy < 0.0F ? -dy : dy;
    if (rise > 0.01F) {
        const float a = (py - reach) / dy, b = (py + reach) / dy;
        t0 = std::clamp(std::min(a, b), 0.0F, 1.0F);
        t1 = std::clamp(std::max(a, b), 0.0F, 1.0F);
    }
    const float xa = from.x + dx * t0, xb = from.x + dx * t1;
    return {static_cast<int>(wholeBelow(std::min(xa, xb) - reach - 0.5F)), static_cast<int>(wholeBelow(std::max(xa, xb) + reach)) + 1};
}

} // namespace

Strokes::Strokes(Rect part)
    : m_part(part),
      m_marks(part.empty() ? 0 : static_cast<std::size_t>(part.width()) * static_cast<std::size_t>(part.height()))
{
}

/// Long lines go in pieces, so that few pixels are looked at beside a slanting one.
void Strokes::line(const PenPoint& from, const PenPoint& to)
{
    const float dx = to.x - from.x, dy = to.y - from.y;
    const float length = std::sqrt(dx * dx + dy * dy);
    const float longest = 8.0F + 2.0F * std::max(from.halfWidth, to.halfWidth);
    if (!(length < 1e6F))
        return;
    const int pieces = static_cast<int>(length / longest) + 1;
    PenPoint last = from;
    for (int i = 1; i <= pieces; ++i) {
        const PenPoint next = i == pieces ? to : between(from, to, static_cast<float>(i) / static_cast<float>(pieces));
        piece(last, next);
        last = next;
    }
}

void Strokes::piece(const PenPoint& from, const PenPoint& to)
{
    const float reach = std::max({from.halfWidth, to.halfWidth, 0.5F}) + 0.5F;
    const float left = std::min(from.x, to.x) - reach, right = std::max(from.x, to.x) + reach;
    const float top = std::min(from.y, to.y) - reach, bottom = std::max(from.y, to.y) + reach;
    if (!(right > static_cast<float>(m_part.x0) && left < static_cast<float>(m_part.x1) && bottom > static_cast<float>(m_part.y0)
            && top < static_cast<float>(m_part.y1)))
        return;
    const int x0 = std::max(static_cast<int>(wholeBelow(left)), m_part.x0), x1 = std::min(static_cast<int>(wholeBelow(right)) + 1, m_part.x1);
    const int y0 = std::max(static_cast<int>(wholeBelow(top)), m_part.y0), y1 = std::min(static_cast<int>(wholeBelow(bottom)) + 1, m_part.y1);
    const float dx = to.x - from.x, dy = to.y - from.y;
    const float length2 = dx * dx + dy * dy;
    const float inverse = length2 > 1e-12F ? 1.0F / length2 : 0.0F;
    for (int y = y0; y < y1; ++y) {
        const std::size_t start = static_cast<std::size_t>(y - m_part.y0) * static_cast<std::size_t>(m_part.width());
        const float py = static_cast<float>(y) + 0.5F - from.y;
        const Span span = spanNear(py, reach, from, dx, dy);
        const int first = std::max(span.first, x0), last = std::min(span.last, x1);
        for (int x = first; x < last; ++x) {
            const float px = static_cast<float>(x) + 0.5F - from.x;
            const float along = std::clamp((px * dx + py * dy) * inverse, 0.0F, 1.0F);
            const float ex = px - dx * along, ey = py - dy * along;
            const float half = from.halfWidth + (to.halfWidth - from.halfWidth) * along;
            const float wide = std::max(half, 0.5F);
            const float distance2 = ex * ex + ey * ey;
            if (distance2 >= (wide + 0.5F) * (wide + 0.5F))
                continue;
            const float cover = coverOf(wide - std::sqrt(distance2)) * (half / wide);
            const std::size_t place = start + static_cast<std::size_t>(x - m_part.x0);
            Mark& mark = m_marks[place];
            if (cover <= 0.0F || cover < mark.cover)
                continue;
            if (mark.cover <= 0.0F)
                m_touched.push_back(place);
            mark = {cover, from.tone + (to.tone - from.tone) * along};
        }
    }
}

} // namespace artdag
