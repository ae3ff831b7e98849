// SPDX-License-Identifier: GPL-3.0-or-later
// A seeded field of currents over a canvas that flows without sources or sinks: the curl of smooth noise, laid out on a
// lattice of its own size, so that every part sees the same field. Perlin's gradient noise in space and evolution.
#pragma once

#include "core/picture/rows.h"

#include <cstdint>
#include <vector>

namespace artdag {

/// Gradient noise (Perlin 2002), about −1 … 1. With `wrap` > 0 places that are that far apart along z are alike.
double gradientNoise(std::uint64_t seed, double x, double y, double z, std::int64_t wrap = 0);

struct Current {
    float x = 0, y = 0; ///< about 1 long on average
};

struct SwirlRules {
    std::uint64_t seed = 0;
    double cell = 100;            ///< px from one swirl to the next
    int octaves = 1;              ///< each half as large and half as strong
    double z = 0;                 ///< evolution
    std::int64_t wrap = 0;        ///< of the first octave along z
    double width = 0, height = 0; ///< px that are covered; beyond, the border's current goes on
};

class SwirlField {
public:
    explicit SwirlField(const SwirlRules& rules);
    [[nodiscard]] Current at(float x, float y) const;
    /// For kernels that follow many at once.
    [[nodiscard]] CurrentField lattice() const { return {&m_nodes.front().x, m_columns, m_rows, m_scale}; }

private:
    float m_scale;
    int m_columns, m_rows;
    std::vector<Current> m_nodes;
};

} // namespace artdag
