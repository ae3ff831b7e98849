// SPDX-License-Identifier: GPL-3.0-or-later
// One call of sampleAffine: what it reads for each pixel, pixel by pixel (sampling.cpp) and by kernels for those that have all
// their taps (sample_blocks.cpp). Both give the same bits. For these files and sample.cpp; effects use sample.h.
#pragma once

#include "core/picture/sample_rules.h"

#include <array>
#include <cmath>
#include <limits>

namespace artdag {

namespace sampling_detail {
constexpr double widest = 8.0; ///< how far affine kernels widen
constexpr int mostTaps = 2 * 3 * 8 + 2;

/// The taps of one axis at one place.
struct AxisTaps {
    int count = 0;
    std::int64_t first = 0; ///< before the edge rule
    std::array<float, mostTaps> weights;
};
void findTaps(const KernelTable& table, double centre, double widening, AxisTaps& axis);

/// The taps down of the last pixel: where rows stay rows (a slant to the side), those of the whole row.
struct RowTaps {
    double v = std::numeric_limits<double>::quiet_NaN();
    AxisTaps down;
};

/// Everything about one call that does not change from pixel to pixel.
struct Sampling {
    ConstPictureView from;
    int width, height;
    Affine map;
    Filter filter;
    Edge edge;
    double stepX, stepY; ///< source px an output px covers
    double wideX, wideY; ///< how much kernels widen
    const KernelTable* table;

    Sampling(ConstPictureView source, int w, int h, const Affine& toSource, Filter kind, Edge border)
        : from(source),
          width(w),
          height(h),
          map(toSource),
          filter(kind == Filter::Area ? Filter::Bilinear : kind),
          edge(border),
          stepX(std::sqrt(map.xx * map.xx + map.xy * map.xy)),
          stepY(std::sqrt(map.yx * map.yx + map.yy * map.yy)),
          wideX(widened(stepX)),
          wideY(widened(stepY)),
          table(&tableOf(filter))
    {
    }
    /// Scales within a billionth of 1 are rotations, whose sine and cosine round.
    static double widened(double step) { return step <= 1.000000001 ? 1.0 : step > widest ? widest
                                                                                          : step; }
    [[nodiscard]] bool isSharp() const { return wideX == 1.0 && wideY == 1.0; }
    /// Whether kernels are as wide as what a pixel covers: one that has all its taps lies in the picture whole then.
    [[nodiscard]] bool isCovering() const { return stepX <= widest && stepY <= widest; }
    [[nodiscard]] bool hasBlocks() const { return filter != Filter::Nearest && isCovering() && !from.rect.empty(); }

    [[nodiscard]] float fetch(int plane, int x, int y) const { return from.at(plane, x, y); }
    void nearest(double u, double v, float* pixel) const;
    void bilinear(double u, double v, float* pixel) const;
    void wide(double u, const AxisTaps& down, float* pixel) const;
    void at(int x, int y, RowTaps& row, float* pixel) const;
    void cover(double u, double v, float* pixel) const;
};

/// Pixels first … end − 1 of a row, one by one.
void sampleSlowly(const Sampling& sampling, int y, int first, int end, PictureView out);
/// All of `out`: the interior by kernel, block by block; the border pixel by pixel. Where sampling.hasBlocks().
void sampleBlocks(const Sampling& sampling, PictureView out);

} // namespace sampling_detail

} // namespace artdag
