// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/normal_noise.h"

#include "core/base/exact_math.h"
#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace artdag {

namespace {

constexpr unsigned tableBits = 12, tableSize = 1U << tableBits;

/// The inverse of the normal distribution by Newton's method on its integral: monotone and smooth, so a few steps do.
std::array<float, tableSize> makeTable()
{
    std::array<float, tableSize> table{};
    double x = 0.0, reached = 0.5; // integral up to x, by Simpson's rule from one entry to the next
    const auto density = [](double at) { return exact::exp(-0.5 * at * at) / std::sqrt(2.0 * exact::pi); };
    double squares = 0.0;
    for (unsigned i = tableSize / 2; i < tableSize; ++i) {
        const double wanted = (i + 0.5) / tableSize;
        double next = x;
        for (int turn = 0; turn < 6; ++turn) {
            const double part = (next - x) / 6.0 * (density(x) + 4.0 * density(0.5 * (x + next)) + density(next));
            next += (wanted - reached - part) / density(next);
        }
        x = next;
        reached = wanted;
        table[i] = static_cast<float>(x);
        squares += 2.0 * x * x;
    }
    const auto norm = static_cast<float>(1.0 / std::sqrt(squares / tableSize)); // the tails that 12 bits cannot tell
    for (unsigned i = tableSize / 2; i < tableSize; ++i) {
        table[i] *= norm;
        table[tableSize - 1 - i] = -table[i];
    }
    return table;
}

const std::array<float, tableSize>& normalTable()
{
    static const std::array<float, tableSize> table = makeTable();
    return table;
}

} // namespace

float normalOf(unsigned bits)
{
    return normalTable()[bits & (tableSize - 1)];
}

NormalNoise::NormalNoise(double pitch, double colour, std::uint64_t seed)
    : m_pitch(std::max(pitch, 1.0)),
      m_planes(colour > 0.0 ? 3 : 1),
      m_common(static_cast<float>((1.0 - colour) / std::sqrt((1.0 - colour) * (1.0 - colour) + colour * colour))),
      m_own(static_cast<float>(colour / std::sqrt((1.0 - colour) * (1.0 - colour) + colour * colour))),
      m_seed(seed),
      m_table(normalTable().data())
{
}

void NormalNoise::fill(Points& points, std::int64_t number, std::int64_t first, std::size_t count) const
{
    points.number = number;
    for (int plane = 0; plane < m_planes; ++plane)
        points.values[plane].resize(count);
    const auto bitsAt = [&](std::size_t i) { return randomBits(m_seed, static_cast<std::uint64_t>(number), static_cast<std::uint64_t>(first + static_cast<std::int64_t>(i))); };
    float* __restrict to[3] = {points.values[0].data(), points.values[1].data(), points.values[2].data()};
    for (std::size_t i = 0; m_planes == 1 && i < count; ++i)
        to[0][i] = m_table[bitsAt(i) & (tableSize - 1)];
    for (std::size_t i = 0; m_planes == 3 && i < count; ++i) {
        const std::uint64_t bits = bitsAt(i);
        const float common = m_common * m_table[bits & (tableSize - 1)];
        to[0][i] = common + m_own * m_table[bits >> 12 & (tableSize - 1)];
        to[1][i] = common + m_own * m_table[bits >> 24 & (tableSize - 1)];
        to[2][i] = common + m_own * m_table[bits >> 36 & (tableSize - 1)];
    }
}

void NormalNoise::between(int plane, double weight)
{
    const auto w = static_cast<float>(weight);
    const float norm = 1.0F / std::sqrt((1.0F - w) * (1.0F - w) + w * w);
    const float* __restrict above = m_above.values[plane].data();
    const float* __restrict below = m_below.values[plane].data();
    m_mixed.resize(m_above.values[plane].size());
    float* __restrict mixed = m_mixed.data();
    for (std::size_t i = 0; i < m_mixed.size(); ++i)
        mixed[i] = (above[i] * (1.0F - w) + below[i] * w) * norm;
    m_rows[plane].resize(static_cast<std::size_t>(m_count));
    float* __restrict to = m_rows[plane].data();
    const int* __restrict left = m_left.data();
    const float* __restrict right = m_weight.data(), * __restrict norms = m_norm.data();
    for (std::size_t i = 0; i < m_rows[plane].size(); ++i) {
        const float a = mixed[left[i]], b = mixed[left[i] + 1];
        to[i] = (a * (1.0F - right[i]) + b * right[i]) * norms[i];
    }
}

std::array<const float*, 3> NormalNoise::row(int first, int count, int y)
{
    const auto place = [&](int pixel) { return (pixel + 0.5) / m_pitch - 0.5; };
    if (first != m_first || count != m_count) {
        m_first = first;
        m_count = count;
        m_firstPoint = static_cast<std::int64_t>(exact::floor(place(first)));
        m_left.resize(static_cast<std::size_t>(count));
        m_weight.resize(m_left.size());
        m_norm.resize(m_left.size());
        for (int i = 0; i < count; ++i) {
            const double at = place(first + i), left = exact::floor(at);
            const auto w = static_cast<float>(at - left);
            const auto k = static_cast<std::size_t>(i);
            m_left[k] = static_cast<int>(static_cast<std::int64_t>(left) - m_firstPoint);
            m_weight[k] = w;
            m_norm[k] = 1.0F / std::sqrt((1.0F - w) * (1.0F - w) + w * w);
        }
        m_above.number = m_below.number = INT64_MIN;
    }
    if (count == 0)
        return {};
    const double at = place(y), top = exact::floor(at);
    const auto number = static_cast<std::int64_t>(top);
    const auto points = static_cast<std::size_t>(m_left.back()) + 2;
    if (m_below.number == number)
        std::swap(m_above, m_below);
    if (m_above.number != number)
        fill(m_above, number, m_firstPoint, points);
    if (m_below.number != number + 1)
        fill(m_below, number + 1, m_firstPoint, points);
    for (int plane = 0; plane < m_planes; ++plane)
        between(plane, at - top);
    const auto one = [&](std::size_t plane) -> const float* { return m_rows[m_planes == 1 ? 0 : plane].data(); };
    return {one(0), one(1), one(2)};
}

} // namespace artdag
