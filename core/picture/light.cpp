// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/light.h"

#include "core/picture/row_math.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

constexpr float leastRadius = 1.5F; ///< px: a spot's light then falls on four pixels at least

} // namespace

LightField::LightField(Rect part)
    : m_part(part),
      m_pixels(part.empty() ? 0 : static_cast<std::size_t>(part.width()) * static_cast<std::size_t>(part.height()))
{
}

void LightField::addSpot(float x, float y, float radius, const Light& light)
{
    const float reach = std::max(radius, leastRadius);
    const float left = x - reach - 0.5F, top = y - reach - 0.5F, right = x + reach + 0.5F, bottom = y + reach + 0.5F;
    // Written so that what is no number is outside too.
    if (!(right > static_cast<float>(m_part.x0) && left < static_cast<float>(m_part.x1) && bottom > static_cast<float>(m_part.y0)
            && top < static_cast<float>(m_part.y1)))
        return;
    const int x0 = std::max(static_cast<int>(wholeBelow(left)), m_part.x0), x1 = std::min(static_cast<int>(wholeBelow(right)) + 1, m_part.x1);
    const int y0 = std::max(static_cast<int>(wholeBelow(top)), m_part.y0), y1 = std::min(static_cast<int>(wholeBelow(bottom)) + 1, m_part.y1);
    const float dimmed = radius / reach;
    const float strength = dimmed * dimmed, sharpness = 1.0F / (reach * reach);
    const float own[4] = {light.planes[0] * strength, light.planes[1] * strength, light.planes[2] * strength, light.planes[3] * strength};
    for (int py = y0; py < y1; ++py) {
        const float dy = static_cast<float>(py) + 0.5F - y;
        const float room = reach * reach - dy * dy;
        if (room <= 0.0F)
            continue;
        const float wide = std::sqrt(room) + 0.01F;
        const int first = std::max(static_cast<int>(wholeBelow(x - wide - 0.5F)), x0), last = std::min(static_cast<int>(wholeBelow(x + wide + 0.5F)) + 1, x1);
        Light* row = m_pixels.data() + static_cast<std::size_t>(py - m_part.y0) * static_cast<std::size_t>(m_part.width());
        for (int px = first; px < last; ++px) {
            const float dx = static_cast<float>(px) + 0.5F - x;
            const float rest = 1.0F - (dx * dx + dy * dy) * sharpness;
            const float weight = rest > 0.0F ? rest * rest : 0.0F; // no branch: most pixels that are looked at have some
            float* pixel = row[px - m_part.x0].planes;
            for (int plane = 0; plane < 4; ++plane)
                pixel[plane] += own[plane] * weight;
        }
    }
}

void LightField::writeOver(const Light& background, PictureView out) const
{
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const Light* row = m_pixels.data() + static_cast<std::size_t>(y - m_part.y0) * static_cast<std::size_t>(m_part.width());
        float* const to[4] = {out.row(red, y), out.row(green, y), out.row(blue, y), out.row(alpha, y)};
        for (int x = 0; x < out.rect.width(); ++x) {
            const float* light = row[x + out.rect.x0 - m_part.x0].planes;
            const float hidden = std::min(light[3], 1.0F);
            for (int plane = 0; plane < 3; ++plane)
                to[plane][x] = background.planes[plane] + light[plane];
            to[alpha][x] = background.planes[alpha] + hidden * (1.0F - background.planes[alpha]);
        }
    }
}

} // namespace artdag
