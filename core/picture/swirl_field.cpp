// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/swirl_field.h"

#include "core/base/exact_math.h"
#include "core/base/random.h"

#include <algorithm>

namespace artdag {

namespace {

double fade(double t)
{
    return t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
}

double mixed(double a, double b, double t)
{
    return a + (b - a) * t;
}

/// The share of one corner, in one of the twelve directions to the middles of a cube's edges.
double corner(std::uint64_t bits, double x, double y, double z)
{
    const auto direction = static_cast<int>((bits >> 32) % 12U);
    const double a = (direction & 1) != 0 ? -1.0 : 1.0, b = (direction & 2) != 0 ? -1.0 : 1.0;
    if (direction < 4)
        return a * x + b * y;
    return direction < 8 ? a * x + b * z : a * y + b * z;
}

} // namespace

double gradientNoise(std::uint64_t seed, double x, double y, double z, std::int64_t wrap)
{
    const double floorX = exact::floor(x), floorY = exact::floor(y), floorZ = exact::floor(z);
    const double fx = x - floorX, fy = y - floorY, fz = z - floorZ;
    const auto ix = static_cast<std::int64_t>(floorX), iy = static_cast<std::int64_t>(floorY), iz = static_cast<std::int64_t>(floorZ);
    double corners[8];
    for (int i = 0; i < 8; ++i) {
        const int dx = i & 1, dy = i >> 1 & 1, dz = i >> 2;
        std::int64_t layer = iz + dz;
        if (wrap > 0)
            layer = (layer % wrap + wrap) % wrap;
        const std::uint64_t bits = randomBits(seed, static_cast<std::uint64_t>(ix + dx), static_cast<std::uint64_t>(iy + dy), static_cast<std::uint64_t>(layer));
        corners[i] = corner(bits, fx - dx, fy - dy, fz - dz);
    }
    const double u = fade(fx), v = fade(fy);
    const double near = mixed(mixed(corners[0], corners[1], u), mixed(corners[2], corners[3], u), v);
    const double far = mixed(mixed(corners[4], corners[5], u), mixed(corners[6], corners[7], u), v);
    return mixed(near, far, fade(fz));
}

namespace {

constexpr double nodesPerCell = 12.0; ///< of the smallest octave: bilinear steps between them do not show

} // namespace

SwirlField::SwirlField(const SwirlRules& rules)
{
    const int finest = 1 << (rules.octaves - 1);
    // Very small swirls on a large canvas would take a node for each few pixels: then they are laid out more coarsely.
    const double step = std::max({rules.cell / (nodesPerCell * finest), rules.width / 1024.0, rules.height / 1024.0, 1e-3});
    m_scale = static_cast<float>(1.0 / step);
    m_columns = static_cast<int>(rules.width / step) + 2;
    m_rows = static_cast<int>(rules.height / step) + 2;
    const auto across = static_cast<std::size_t>(m_columns + 2);
    std::vector<double> height(across * static_cast<std::size_t>(m_rows + 2));
    for (int row = -1; row <= m_rows; ++row)
        for (int column = -1; column <= m_columns; ++column) {
            double sum = 0, weight = 1, frequency = 1;
            for (int octave = 0; octave < rules.octaves; ++octave, weight *= 0.5, frequency *= 2) {
                const double toCells = step / rules.cell * frequency;
                // An odd shift keeps the canvas' corner, where noise is 0, from being a place like no other.
                const double x = column * toCells + 0.37, y = row * toCells + 0.61;
                const std::int64_t wrap = rules.wrap * static_cast<std::int64_t>(frequency);
                sum += weight * gradientNoise(rules.seed * 64U + static_cast<std::uint64_t>(octave), x, y, rules.z * frequency, wrap);
            }
            height[static_cast<std::size_t>(row + 1) * across + static_cast<std::size_t>(column + 1)] = sum;
        }
    m_nodes.resize(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows));
    const double slope = rules.cell / (2.0 * step);
    for (int row = 0; row < m_rows; ++row)
        for (int column = 0; column < m_columns; ++column) {
            const double* here = height.data() + static_cast<std::size_t>(row + 1) * across + static_cast<std::size_t>(column + 1);
            const double down = (here[across] - here[-static_cast<std::ptrdiff_t>(across)]) * slope, right = (here[1] - here[-1]) * slope;
            m_nodes[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_columns) + static_cast<std::size_t>(column)] = {static_cast<float>(down), static_cast<float>(-right)};
        }
}

Current SwirlField::at(float x, float y) const
{
    const float u = std::clamp(x * m_scale, 0.0F, static_cast<float>(m_columns - 1)), v = std::clamp(y * m_scale, 0.0F, static_cast<float>(m_rows - 1));
    const int column = std::min(static_cast<int>(u), m_columns - 2), row = std::min(static_cast<int>(v), m_rows - 2);
    const float fx = u - static_cast<float>(column), fy = v - static_cast<float>(row);
    const Current* a = m_nodes.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(m_columns) + static_cast<std::size_t>(column);
    const Current* b = a + m_columns;
    const float w00 = (1.0F - fx) * (1.0F - fy), w10 = fx * (1.0F - fy), w01 = (1.0F - fx) * fy, w11 = fx * fy;
    return {a[0].x * w00 + a[1].x * w10 + b[0].x * w01 + b[1].x * w11, a[0].y * w00 + a[1].y * w10 + b[0].y * w01 + b[1].y * w11};
}

} // namespace artdag
