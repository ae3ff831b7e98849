// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/distance.h"

#include "core/base/exact_math.h"
#include "core/base/result.h"
#include "core/picture/rows.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

// Squares of distances and what the seed lacks of full cover make one number, which floats hold exactly: the least of them is
// the nearest seed, and of equally near ones that with the most cover, whatever the order in which they are looked at.
constexpr float unit = 128.0F;
constexpr float never = 1e9F;

/// Number of the nearest seed of a column, above and including each row, then below.
class Columns {
public:
    explicit Columns(int width)
        : m_distance(static_cast<std::size_t>(width)),
          m_lack(m_distance.size()) {}
    void restart() { std::ranges::fill(m_distance, never); }
    /// Takes the least with what `keys` holds.
    void pass(const float* cover, float* keys, float reach)
    {
        for (std::size_t x = 0; x < m_distance.size(); ++x) {
            const bool seed = cover[x] >= 0.5F;
            const float lack = static_cast<float>(static_cast<int>((1.0F - std::min(cover[x], 1.0F)) * 254.0F + 0.5F));
            m_distance[x] = seed ? 0.0F : m_distance[x] + 1.0F;
            m_lack[x] = seed ? lack : m_lack[x];
            const float key = m_distance[x] * m_distance[x] * unit + m_lack[x];
            keys[x] = m_distance[x] <= reach ? std::min(keys[x], key) : keys[x];
        }
    }

private:
    std::vector<float> m_distance, m_lack;
};

} // namespace

Mask distanceTo(const Mask& cover, int reach, Rect rect)
{
    CHECK(reach >= 0 && reach <= mostDistance && cover.rect.contains(rect.grown(reach)));
    const std::ptrdiff_t shift = rect.x0 - reach - cover.rect.x0;
    Mask keys({rect.x0 - reach, rect.y0, rect.x1 + reach, rect.y1});
    std::ranges::fill(keys.values, never);
    Columns columns(keys.rect.width());
    std::vector<float> nobody(static_cast<std::size_t>(keys.rect.width()));
    const auto pass = [&](int y) { columns.pass(cover.row(y) + shift, y >= rect.y0 && y < rect.y1 ? keys.row(y) : nobody.data(), static_cast<float>(reach)); };
    columns.restart();
    for (int y = rect.y0 - reach; y < rect.y1; ++y)
        pass(y);
    columns.restart();
    for (int y = rect.y1 + reach - 1; y >= rect.y0; --y)
        pass(y);
    Mask distances(rect);
    for (int y = rect.y0; y < rect.y1; ++y) {
        float* const row = distances.row(y);
        rowKernels().nearest(keys.row(y) + reach, row, rect.width(), reach, unit);
        for (int x = 0; x < rect.width(); ++x) {
            const auto key = static_cast<int>(row[x]);
            const auto square = static_cast<float>(key / static_cast<int>(unit)), lack = static_cast<float>(key % static_cast<int>(unit));
            const float distance = std::sqrt(square) - 0.5F + lack / 254.0F;
            row[x] = std::min(distance, static_cast<float>(reach) + 1.0F);
        }
    }
    return distances;
}

} // namespace artdag
