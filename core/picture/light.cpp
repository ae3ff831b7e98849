// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/light.h"

#include "core/picture/row_math.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

constexpr float leastRadius = 1.5F; ///< px: a spot's light then falls on four pixels at least
constexpr int bandRows = 16;        ///< pixels that stay in the cache while all that touches them is drawn

struct Rows {
    int first, last;
};

/// Rows in which a spot may be seen, within [y0, y1).
Rows rowsOf(float y, float reach, int y0, int y1)
{
    return {std::max(static_cast<int>(wholeBelow(y - reach - 0.5F)), y0), std::min(static_cast<int>(wholeBelow(y + reach + 0.5F)) + 1, y1)};
}

} // namespace

LightField::LightField(Rect part)
    : m_part(part)
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
    const float dimmed = radius / reach, strength = dimmed * dimmed;
    m_spots.push_back({x, y, reach, {{light.planes[0] * strength, light.planes[1] * strength, light.planes[2] * strength, light.planes[3] * strength}}});
}

LightField::Bands LightField::bands() const
{
    const auto count = static_cast<std::size_t>((m_part.height() + bandRows - 1) / bandRows);
    Bands bands{std::vector<std::size_t>(count + 1), {}};
    auto forEachBand = [&](const Spot& spot, const auto& use) {
        const Rows rows = rowsOf(spot.y, spot.reach, m_part.y0, m_part.y1);
        for (int band = (rows.first - m_part.y0) / bandRows; rows.first < rows.last && band <= (rows.last - 1 - m_part.y0) / bandRows; ++band)
            use(static_cast<std::size_t>(band));
    };
    for (const Spot& spot : m_spots)
        forEachBand(spot, [&](std::size_t band) { ++bands.begin[band + 1]; });
    for (std::size_t band = 0; band < count; ++band)
        bands.begin[band + 1] += bands.begin[band];
    bands.spots.resize(bands.begin[count]);
    std::vector<std::size_t> next(bands.begin.begin(), bands.begin.end() - 1);
    for (std::size_t i = 0; i < m_spots.size(); ++i)
        forEachBand(m_spots[i], [&](std::size_t band) { bands.spots[next[band]++] = static_cast<std::uint32_t>(i); });
    return bands;
}

void LightField::draw(const Spot& spot, Rect band, std::vector<Light>& pixels)
{
    const Rows rows = rowsOf(spot.y, spot.reach, band.y0, band.y1);
    const float sharpness = 1.0F / (spot.reach * spot.reach);
    const float own[4] = {spot.light.planes[0], spot.light.planes[1], spot.light.planes[2], spot.light.planes[3]};
    // The corners of the square around it are given nothing: to leave them out would take a root for each row.
    const int first = std::max(static_cast<int>(wholeBelow(spot.x - spot.reach - 0.51F)), band.x0);
    const int last = std::min(static_cast<int>(wholeBelow(spot.x + spot.reach + 0.51F)) + 1, band.x1);
    for (int y = rows.first; y < rows.last; ++y) {
        const float dy = static_cast<float>(y) + 0.5F - spot.y;
        const float down = dy * dy;
        if (spot.reach * spot.reach - down <= 0.0F)
            continue;
        Light* row = pixels.data() + static_cast<std::size_t>(y - band.y0) * static_cast<std::size_t>(band.width());
        for (int x = first; x < last; ++x) {
            const float dx = static_cast<float>(x) + 0.5F - spot.x;
            const float rest = 1.0F - (dx * dx + down) * sharpness;
            const float weight = rest > 0.0F ? rest * rest : 0.0F; // no branch: most pixels that are looked at have some
            float* pixel = row[x - band.x0].planes;
            for (int plane = 0; plane < 4; ++plane)
                pixel[plane] += own[plane] * weight;
        }
    }
}

void LightField::writeOver(const Light& background, PictureView out) const
{
    const Bands order = bands();
    const auto across = static_cast<std::size_t>(m_part.width());
    std::vector<Light> pixels(across * bandRows);
    for (std::size_t number = 0; number + 1 < order.begin.size(); ++number) {
        const int top = m_part.y0 + static_cast<int>(number) * bandRows;
        const Rect band{m_part.x0, top, m_part.x1, std::min(top + bandRows, m_part.y1)};
        std::fill(pixels.begin(), pixels.end(), Light{});
        for (std::size_t i = order.begin[number]; i < order.begin[number + 1]; ++i)
            draw(m_spots[order.spots[i]], band, pixels);
        for (int y = band.y0; y < band.y1; ++y) {
            const Light* light = pixels.data() + static_cast<std::size_t>(y - band.y0) * across;
            float* const to[4] = {out.row(red, y), out.row(green, y), out.row(blue, y), out.row(alpha, y)};
            for (std::size_t i = 0; i < across; ++i) {
                for (int plane = 0; plane < 3; ++plane)
                    to[plane][i] = background.planes[plane] + light[i].planes[plane];
                to[alpha][i] = background.planes[alpha] + std::min(light[i].planes[alpha], 1.0F) * (1.0F - background.planes[alpha]);
            }
        }
    }
}

} // namespace artdag
