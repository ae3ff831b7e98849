// SPDX-License-Identifier: GPL-3.0-or-later
// What the ways of reading between pixels share: kernel tables, the rule beyond the border, and what a place reads.
// For sample.cpp and scale.cpp; effects use sample.h.
#pragma once

#include "core/picture/sample.h"

#include <cstdint>
#include <vector>

namespace artdag {

/// Kernel values at 1/512 px, read with linear interpolation: within 1e-5 of the definition.
struct KernelTable {
    static constexpr int phases = 512; ///< entries for each pixel of the radius
    double radius = 1;
    std::vector<double> values;

    explicit KernelTable(Filter filter);
    [[nodiscard]] double at(double x) const
    {
        const double place = (x < 0 ? -x : x) * phases;
        if (place >= radius * phases)
            return 0.0;
        const int index = static_cast<int>(place);
        return values[index] + (values[index + 1] - values[index]) * (place - index);
    }
};
/// Bilinear's for Nearest and Area.
const KernelTable& tableOf(Filter filter);

/// A source index beyond the border becomes one within; Transparent goes on like Clamp.
int edgeIndex(std::int64_t index, int size, Edge edge);
/// How much of an output pixel that covers `step` source pixels around `centre` lies within [0, size].
double coverage(double centre, double step, int size);
/// Within ±1e9, and not NaN, so that it converts to whole numbers.
double limited(double value);
std::int64_t floorOf(double value);
/// The part of the source that is read for `out` by kernels that reach so far.
Rect readRegion(int width, int height, const Affine& map, double reachX, double reachY, Edge edge, Rect out);

} // namespace artdag
