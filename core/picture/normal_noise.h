// SPDX-License-Identifier: GPL-3.0-or-later
// White noise of normal distribution on a lattice, read between its points without losing variance: grain of any size. Three
// values at every place, more or less alike, a pure function of place and seed.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace artdag {

/// A standard normal variate of 12 random bits: the middle of its 4096th of the distribution.
float normalOf(unsigned bits);

class NormalNoise {
public:
    /// `pitch`: px from one point of the lattice to the next, at least 1. `colour`: 0 makes the three values equal, 1
    /// independent of each other.
    NormalNoise(double pitch, double colour, std::uint64_t seed);
    /// Three rows of `count` values of mean 0 and variance 1, from pixel (first, y) on; valid until the next call.
    std::array<const float*, 3> row(int first, int count, int y);

private:
    struct Points {
        std::int64_t number = -1;
        std::vector<float> values[3];
    };
    void fill(Points& points, std::int64_t number, std::int64_t first, std::size_t count) const;
    void between(int plane, double weight);

    double m_pitch;
    int m_planes;          ///< 1 where all three are equal
    float m_common, m_own; ///< shares of one value for all and of one for each
    std::uint64_t m_seed;
    const float* m_table;
    std::int64_t m_firstPoint = 0;
    int m_first = 0, m_count = 0; ///< px that the columns below are for
    std::vector<int> m_left;      ///< point to the left of each pixel, from m_firstPoint
    std::vector<float> m_weight;  ///< of the one to the right …
    std::vector<float> m_norm;    ///< … and what brings the variance back
    Points m_above, m_below;
    std::vector<float> m_rows[3];
    std::vector<float> m_mixed;
};

} // namespace artdag
