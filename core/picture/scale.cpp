// SPDX-License-Identifier: GPL-3.0-or-later
// Scaling by rows and columns.
#include "core/base/result.h"
#include "core/picture/rows.h"
#include "core/picture/sample_rules.h"

#include <algorithm>
#include <vector>

namespace artdag {

namespace {

/// The taps of all places of one axis, tap by tap: weights[tap · places + place].
struct AxisPlan {
    int places = 0;
    int count = 0; ///< taps, the same for each place; unused ones weigh 0
    std::vector<float> weights;
    std::vector<std::int32_t> indices; ///< into the source, after the edge rule
    std::vector<float> covered;        ///< for Edge::Transparent
};

double boxOverlap(double place, double step, std::int64_t cell)
{
    const double low = std::max(place - step / 2, static_cast<double>(cell));
    const double high = std::min(place + step / 2, static_cast<double>(cell + 1));
    return high > low ? high - low : 0.0;
}

AxisPlan planAxis(int first, int end, double slope, double start, int size, Filter filter, Edge edge)
{
    AxisPlan plan;
    plan.places = end - first;
    const double step = slope < 0 ? -slope : slope;
    const double wide = step > 1.000000001 ? step : 1.0;
    const bool box = filter == Filter::Area && wide > 1.0;
    const Filter kernel = filter == Filter::Area ? Filter::Bilinear : filter;
    const double reach = kernel == Filter::Nearest ? 0 : box ? wide / 2
                                                             : kernelRadius(kernel) * wide;
    plan.count = kernel == Filter::Nearest ? 1 : static_cast<int>(2 * reach) + 2;
    const auto total = static_cast<std::size_t>(plan.places) * plan.count;
    plan.weights.assign(total, 0.0F);
    plan.indices.assign(total, 0);
    plan.covered.assign(static_cast<std::size_t>(plan.places), 1.0F);
    const KernelTable& table = tableOf(kernel);
    std::vector<double> exactly(static_cast<std::size_t>(plan.count));
    for (int i = 0; i < plan.places; ++i) {
        const double centre = limited(slope * (first + i + 0.5) + start);
        if (edge == Edge::Transparent)
            plan.covered[i] = static_cast<float>(kernel == Filter::Nearest ? (centre >= 0 && centre < size ? 1.0 : 0.0) : coverage(centre, step, size));
        const std::int64_t cell = kernel == Filter::Nearest ? floorOf(centre) : box ? floorOf(centre - reach)
                                                                                    : floorOf(centre - 0.5 - reach) + 1;
        double sum = 0;
        for (int tap = 0; tap < plan.count; ++tap) {
            const double x = static_cast<double>(cell + tap);
            exactly[tap] = kernel == Filter::Nearest ? 1.0 : box ? boxOverlap(centre, step, cell + tap)
                                                                 : table.at((x - (centre - 0.5)) / wide);
            sum += exactly[tap];
        }
        for (int tap = 0; tap < plan.count; ++tap) {
            const std::size_t at = static_cast<std::size_t>(tap) * plan.places + i;
            const bool dark = edge == Edge::Transparent && plan.covered[i] <= 0;
            plan.weights[at] = dark ? 0.0F : static_cast<float>(exactly[tap] / sum);
            // A tap without weight, or of a place that shows nothing, must not ask for a pixel that nobody promised.
            plan.indices[at] = plan.weights[at] == 0.0F ? -1 : edgeIndex(cell + tap, size, edge);
        }
    }
    // Taps that weigh nothing at any place would be read for nothing.
    while (plan.count > 1 && std::all_of(plan.indices.end() - plan.places, plan.indices.end(), [](std::int32_t index) { return index < 0; })) {
        --plan.count;
        plan.indices.resize(plan.indices.size() - static_cast<std::size_t>(plan.places));
    }
    return plan;
}

/// Gives weightless taps any index that is there.
void settle(AxisPlan& plan, int first)
{
    for (std::int32_t& index : plan.indices)
        index = index < 0 ? 0 : index - first;
}

} // namespace

Rect scaleRegion(int width, int height, const Affine& toSource, Filter filter, Edge edge, Rect out)
{
    auto reach = [&](double slope) {
        const double step = std::max(1.0, slope < 0 ? -slope : slope);
        return (filter == Filter::Area ? 1.0 : std::max(1.0, kernelRadius(filter))) * step + step / 2;
    };
    return readRegion(width, height, toSource, reach(toSource.xx), reach(toSource.yy), edge, out);
}

void scale(ConstPictureView from, int width, int height, const Affine& toSource, Filter filter, Edge edge, PictureView out)
{
    CHECK(toSource.xy == 0 && toSource.yx == 0);
    if (from.rect.empty()) {
        clear(out);
        return;
    }
    AxisPlan across = planAxis(out.rect.x0, out.rect.x1, toSource.xx, toSource.x0, width, filter, edge);
    const AxisPlan down = planAxis(out.rect.y0, out.rect.y1, toSource.yy, toSource.y0, height, filter, edge);
    settle(across, from.rect.x0);
    const bool rings = filter == Filter::Bicubic || filter == Filter::Lanczos3;
    const RowKernels& kernels = rowKernels();
    const auto sourceWidth = static_cast<std::size_t>(from.rect.width());
    std::vector<float> blended(sourceWidth), weights;
    std::vector<const float*> rows;
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const int place = y - out.rect.y0;
        for (int plane = 0; plane < 4; ++plane) {
            rows.clear();
            weights.clear();
            for (int tap = 0; tap < down.count; ++tap) {
                const std::size_t at = static_cast<std::size_t>(tap) * down.places + place;
                if (down.indices[at] < 0)
                    continue;
                rows.push_back(from.row(plane, down.indices[at]));
                weights.push_back(down.weights[at]);
            }
            kernels.sumRows(rows.data(), weights.data(), static_cast<long>(rows.size()), blended.data(), static_cast<long>(sourceWidth));
            kernels.gatherTaps(blended.data(), across.indices.data(), across.weights.data(), out.row(plane, y), across.places, across.count);
        }
        float* const planes[4] = {out.row(red, y), out.row(green, y), out.row(blue, y), out.row(alpha, y)};
        if (rings)
            kernels.tameAlpha(planes, across.places);
        if (edge != Edge::Transparent)
            continue;
        for (float* row : planes) { // after taming: an overshoot is no cover
            kernels.multiply(row, across.covered.data(), row, across.places);
            kernels.scale(row, row, across.places, down.covered[place], 0.0F);
        }
    }
}

} // namespace artdag
