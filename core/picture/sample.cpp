// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/sample.h"

#include "core/base/exact_math.h"
#include "core/base/result.h"
#include "core/picture/rows.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace artdag {

namespace {

constexpr double widest = 8.0; ///< how far affine kernels widen
constexpr int taps = 2 * 3 * 8 + 2;
constexpr int phases = 512; ///< table entries for each pixel of a kernel's radius

/// Kernel values at 1/512 px, read with linear interpolation: within 1e-5 of the definition.
struct KernelTable {
    double radius = 1;
    std::vector<double> values;

    explicit KernelTable(Filter filter) : radius(kernelRadius(filter))
    {
        const int count = static_cast<int>(radius) * phases;
        for (int i = 0; i <= count + 1; ++i)
            values.push_back(i >= count ? 0.0 : kernelAt(filter, static_cast<double>(i) / phases));
    }
    [[nodiscard]] double at(double x) const
    {
        const double place = (x < 0 ? -x : x) * phases;
        if (place >= radius * phases)
            return 0.0;
        const int index = static_cast<int>(place);
        return values[index] + (values[index + 1] - values[index]) * (place - index);
    }
};

const KernelTable& tableOf(Filter filter)
{
    static const KernelTable bilinear(Filter::Bilinear);
    static const KernelTable bicubic(Filter::Bicubic);
    static const KernelTable lanczos(Filter::Lanczos3);
    switch (filter) {
    case Filter::Bicubic: return bicubic;
    case Filter::Lanczos3: return lanczos;
    default: return bilinear;
    }
}

int edgeIndex(std::int64_t index, int size, Edge edge)
{
    if (index >= 0 && index < size)
        return static_cast<int>(index);
    switch (edge) {
    case Edge::Repeat: {
        const std::int64_t rest = index % size;
        return static_cast<int>(rest < 0 ? rest + size : rest);
    }
    case Edge::Mirror: {
        std::int64_t rest = index % (2 * static_cast<std::int64_t>(size));
        if (rest < 0)
            rest += 2 * static_cast<std::int64_t>(size);
        return static_cast<int>(rest < size ? rest : 2 * static_cast<std::int64_t>(size) - 1 - rest);
    }
    default: return index < 0 ? 0 : size - 1;
    }
}

double unit(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

/// How much of an output pixel that covers `step` source pixels around `centre` lies within [0, size].
double coverage(double centre, double step, int size)
{
    if (step < 1e-6)
        return centre >= 0 && centre < size ? 1.0 : 0.0;
    return unit(centre / step + 0.5) - unit((centre - size) / step + 0.5);
}

constexpr double farAway = 1e9;
double limited(double value)
{
    return value < -farAway ? -farAway : value > farAway ? farAway : value == value ? value : farAway;
}

std::int64_t floorOf(double value)
{
    const auto whole = static_cast<std::int64_t>(value);
    return whole > value ? whole - 1 : whole;
}

/// The taps of one axis at one place.
struct AxisTaps {
    int count = 0;
    std::int64_t first = 0; ///< before the edge rule
    std::array<float, taps> weights;
};

void findTaps(const KernelTable& table, double centre, double widening, AxisTaps& axis)
{
    const double place = centre - 0.5;
    const double reach = table.radius * widening;
    const std::int64_t first = floorOf(place - reach) + 1;
    const int count = static_cast<int>(floorOf(place + reach) - first) + 1;
    std::array<double, taps> exactly;
    double sum = 0;
    for (int i = 0; i < count; ++i) {
        exactly[i] = table.at((static_cast<double>(first + i) - place) / widening);
        sum += exactly[i];
    }
    for (int i = 0; i < count; ++i)
        axis.weights[i] = static_cast<float>(exactly[i] / sum);
    axis.first = first;
    axis.count = count;
}

/// Everything about one call that does not change from pixel to pixel.
struct Sampling {
    ConstPictureView from;
    int width, height;
    Affine map;
    Filter filter;
    Edge edge;
    double stepX, stepY;   ///< source px an output px covers
    double wideX, wideY;   ///< how much kernels widen
    const KernelTable* table;

    Sampling(ConstPictureView source, int w, int h, const Affine& toSource, Filter kind, Edge border)
        : from(source), width(w), height(h), map(toSource), filter(kind == Filter::Area ? Filter::Bilinear : kind), edge(border),
          stepX(std::sqrt(map.xx * map.xx + map.xy * map.xy)), stepY(std::sqrt(map.yx * map.yx + map.yy * map.yy)),
          wideX(widened(stepX)), wideY(widened(stepY)), table(&tableOf(filter))
    {
    }
    /// Scales within a billionth of 1 are rotations, whose sine and cosine round.
    static double widened(double step) { return step <= 1.000000001 ? 1.0 : step > widest ? widest : step; }
    [[nodiscard]] bool isSharp() const { return wideX == 1.0 && wideY == 1.0; }

    [[nodiscard]] float fetch(int plane, int x, int y) const { return from.at(plane, x, y); }
    void nearest(double u, double v, float* pixel) const;
    void bilinear(double u, double v, float* pixel) const;
    void wide(double u, double v, float* pixel) const;
    void at(int x, int y, float* pixel) const;
    void cover(double u, double v, float* pixel) const;
};

void Sampling::nearest(double u, double v, float* pixel) const
{
    const std::int64_t x = floorOf(u);
    const std::int64_t y = floorOf(v);
    const bool outside = x < 0 || y < 0 || x >= width || y >= height;
    for (int plane = 0; plane < 4; ++plane)
        pixel[plane] = outside && edge == Edge::Transparent ? 0.0F : fetch(plane, edgeIndex(x, width, edge), edgeIndex(y, height, edge));
}

/// The same operations in the same order as the row kernel, so that it does not matter which of them makes a pixel.
void Sampling::bilinear(double u, double v, float* pixel) const
{
    const double left = u - 0.5;
    const double above = v - 0.5;
    const std::int64_t x = floorOf(left);
    const std::int64_t y = floorOf(above);
    const auto fx = static_cast<float>(left - static_cast<double>(x));
    const auto fy = static_cast<float>(above - static_cast<double>(y));
    const int xs[2] = {edgeIndex(x, width, edge), edgeIndex(x + 1, width, edge)};
    const int ys[2] = {edgeIndex(y, height, edge), edgeIndex(y + 1, height, edge)};
    for (int plane = 0; plane < 4; ++plane) {
        const float topLeft = fetch(plane, xs[0], ys[0]);
        const float bottomLeft = fetch(plane, xs[0], ys[1]);
        const float top = topLeft + (fetch(plane, xs[1], ys[0]) - topLeft) * fx;
        const float bottom = bottomLeft + (fetch(plane, xs[1], ys[1]) - bottomLeft) * fx;
        pixel[plane] = top + (bottom - top) * fy;
    }
}

void Sampling::wide(double u, double v, float* pixel) const
{
    AxisTaps across;
    AxisTaps down;
    findTaps(*table, u, wideX, across);
    findTaps(*table, v, wideY, down);
    int xs[taps];
    for (int i = 0; i < across.count; ++i)
        xs[i] = edgeIndex(across.first + i, width, edge);
    float sums[4] = {};
    for (int j = 0; j < down.count; ++j) {
        const int y = edgeIndex(down.first + j, height, edge);
        for (int plane = 0; plane < 4; ++plane) {
            const float* row = from.row(plane, y) - from.rect.x0;
            float sum = 0;
            for (int i = 0; i < across.count; ++i)
                sum += row[xs[i]] * across.weights[i];
            sums[plane] += sum * down.weights[j];
        }
    }
    const bool under = sums[alpha] < 0;
    for (int plane = 0; plane < 4; ++plane)
        pixel[plane] = under ? 0.0F : sums[plane];
    if (pixel[alpha] > 1.0F)
        pixel[alpha] = 1.0F;
}

void Sampling::cover(double u, double v, float* pixel) const
{
    const auto part = static_cast<float>(coverage(u, stepX, width) * coverage(v, stepY, height));
    if (part == 1.0F)
        return;
    for (int plane = 0; plane < 4; ++plane)
        pixel[plane] *= part;
}

void Sampling::at(int x, int y, float* pixel) const
{
    const double u = limited(map.mapX(x + 0.5, y + 0.5));
    const double v = limited(map.mapY(x + 0.5, y + 0.5));
    if (filter == Filter::Nearest) {
        nearest(u, v, pixel);
        return;
    }
    if (edge == Edge::Transparent && coverage(u, stepX, width) * coverage(v, stepY, height) <= 0) {
        pixel[0] = pixel[1] = pixel[2] = pixel[3] = 0.0F;
        return;
    }
    if (filter == Filter::Bilinear && isSharp())
        bilinear(u, v, pixel);
    else
        wide(u, v, pixel);
    if (edge == Edge::Transparent)
        cover(u, v, pixel);
}

/// The pixels of a row whose four taps lie in both the picture and what we were given: an interval, for floor(a·x + b)
/// grows or falls all along.
struct Interior {
    int first = 0, end = 0;
};
Interior interiorOf(const Sampling& sampling, int y, int x0, int x1)
{
    const Rect inner = sampling.from.rect.clippedTo({0, 0, sampling.width, sampling.height});
    auto inside = [&](int x) {
        const double u = sampling.map.mapX(x + 0.5, y + 0.5) - 0.5;
        const double v = sampling.map.mapY(x + 0.5, y + 0.5) - 0.5;
        return u >= inner.x0 && u < inner.x1 - 1 && v >= inner.y0 && v < inner.y1 - 1;
    };
    double low = x0;
    double high = x1;
    auto narrow = [&](double slope, double start, double least, double most) { // least ≤ slope·x + start < most
        if (slope == 0)
            return;
        double a = (least - start) / slope;
        double b = (most - start) / slope;
        if (a > b)
            std::swap(a, b);
        low = std::max(low, a);
        high = std::min(high, b);
    };
    narrow(sampling.map.xx, sampling.map.mapX(0.5, y + 0.5) - 0.5, inner.x0, inner.x1 - 1);
    narrow(sampling.map.yx, sampling.map.mapY(0.5, y + 0.5) - 0.5, inner.y0, inner.y1 - 1);
    if (!(low < high))
        return {};
    Interior span{std::max(x0, static_cast<int>(low) - 1), std::min(x1, static_cast<int>(high) + 2)};
    while (span.first < span.end && !inside(span.first))
        ++span.first;
    while (span.end > span.first && !inside(span.end - 1))
        --span.end;
    return span;
}

void sampleRow(const Sampling& sampling, int y, PictureView out)
{
    const Rect rect = out.rect;
    Interior span;
    // A shrunken edge (step > 1 only within rounding) never reaches into the interior: there coverage is 1.
    if (sampling.filter == Filter::Bilinear && sampling.isSharp() && !sampling.from.rect.empty())
        span = interiorOf(sampling, y, rect.x0, rect.x1);
    float pixel[4];
    auto slowly = [&](int first, int end) {
        for (int x = first; x < end; ++x) {
            sampling.at(x, y, pixel);
            for (int plane = 0; plane < 4; ++plane)
                out.at(plane, x, y) = pixel[plane];
        }
    };
    if (span.first >= span.end) {
        slowly(rect.x0, rect.x1);
        return;
    }
    slowly(rect.x0, span.first);
    AffineRow row;
    row.xx = sampling.map.xx;
    row.xy = sampling.map.xy * (y + 0.5);
    row.x0 = sampling.map.x0;
    row.yx = sampling.map.yx;
    row.yy = sampling.map.yy * (y + 0.5);
    row.y0 = sampling.map.y0;
    row.first = span.first;
    row.count = span.end - span.first;
    row.stride = sampling.from.stride;
    row.originX = sampling.from.rect.x0;
    row.originY = sampling.from.rect.y0;
    for (int plane = 0; plane < 4; ++plane) {
        row.from[plane] = sampling.from.planes[plane];
        row.out[plane] = &out.at(plane, span.first, y);
    }
    rowKernels().bilinearAffine(row);
    slowly(span.end, rect.x1);
}

/// The source interval that one axis reads for places from `low` to `high`, by the edge rule.
void axisRegion(double low, double high, double reach, int size, Edge edge, int& first, int& end)
{
    const std::int64_t from = floorOf(limited(low) - reach) - 1;
    const std::int64_t to = floorOf(limited(high) + reach) + 2;
    if (from >= 0 && to <= size) {
        first = static_cast<int>(from);
        end = static_cast<int>(to);
    } else if (edge == Edge::Repeat || edge == Edge::Mirror) {
        first = 0;
        end = size;
    } else if (edge == Edge::Transparent && (to <= 0 || from >= size)) {
        first = end = 0;
    } else {
        first = static_cast<int>(std::clamp<std::int64_t>(from, 0, size - 1));
        end = static_cast<int>(std::clamp<std::int64_t>(to, 1, size));
    }
}

Rect regionOf(int width, int height, const Affine& map, double reachX, double reachY, Edge edge, Rect out)
{
    if (out.empty())
        return {};
    const double xs[2] = {out.x0 + 0.5, out.x1 - 0.5};
    const double ys[2] = {out.y0 + 0.5, out.y1 - 0.5};
    double lowU = 1e30, highU = -1e30, lowV = 1e30, highV = -1e30;
    for (const double x : xs)
        for (const double y : ys) {
            lowU = std::min(lowU, map.mapX(x, y));
            highU = std::max(highU, map.mapX(x, y));
            lowV = std::min(lowV, map.mapY(x, y));
            highV = std::max(highV, map.mapY(x, y));
        }
    Rect region;
    axisRegion(lowU, highU, reachX, width, edge, region.x0, region.x1);
    axisRegion(lowV, highV, reachY, height, edge, region.y0, region.y1);
    return region.empty() ? Rect{} : region;
}

} // namespace

double kernelRadius(Filter filter)
{
    switch (filter) {
    case Filter::Nearest:
    case Filter::Area: return 0.5;
    case Filter::Bilinear: return 1;
    case Filter::Bicubic: return 2;
    case Filter::Lanczos3: return 3;
    }
    return 1;
}

double kernelAt(Filter filter, double x)
{
    const double t = x < 0 ? -x : x;
    if (t >= kernelRadius(filter))
        return 0;
    switch (filter) {
    case Filter::Nearest:
    case Filter::Area: return 1;
    case Filter::Bilinear: return 1 - t;
    case Filter::Bicubic: return t < 1 ? (1.5 * t - 2.5) * t * t + 1 : ((-0.5 * t + 2.5) * t - 4) * t + 2;
    case Filter::Lanczos3: {
        if (t < 1e-9)
            return 1;
        if (t == 1 || t == 2)
            return 0;
        const double angle = exact::pi * t;
        return 3 * exact::sin(angle) * exact::sin(angle / 3) / (angle * angle);
    }
    }
    return 0;
}

std::vector<std::string_view> filterNames()
{
    return {"nearest", "bilinear", "bicubic", "lanczos"};
}

std::vector<std::string_view> edgeNames()
{
    return {"transparent", "clamp", "repeat", "mirror"};
}

Rect sampleRegion(int width, int height, const Affine& toSource, Filter filter, Edge edge, Rect out)
{
    const Sampling sampling({}, width, height, toSource, filter, edge);
    const double radius = std::max(kernelRadius(sampling.filter), 1.0);
    return regionOf(width, height, toSource, radius * sampling.wideX + sampling.stepX / 2, radius * sampling.wideY + sampling.stepY / 2, edge, out);
}

void sampleAffine(ConstPictureView from, int width, int height, const Affine& toSource, Filter filter, Edge edge, PictureView out)
{
    if (toSource == Affine{} && from.rect.contains(out.rect) && Rect{0, 0, width, height}.contains(out.rect)) {
        copy(from.sub(out.rect), out);
        return;
    }
    const Sampling sampling(from, width, height, toSource, filter, edge);
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        sampleRow(sampling, y, out);
}

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
    const double reach = kernel == Filter::Nearest ? 0 : box ? wide / 2 : kernelRadius(kernel) * wide;
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
        const std::int64_t cell = kernel == Filter::Nearest ? floorOf(centre) : box ? floorOf(centre - reach) : floorOf(centre - 0.5 - reach) + 1;
        double sum = 0;
        for (int tap = 0; tap < plan.count; ++tap) {
            const double x = static_cast<double>(cell + tap);
            exactly[tap] = kernel == Filter::Nearest ? 1.0 : box ? boxOverlap(centre, step, cell + tap) : table.at((x - (centre - 0.5)) / wide);
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
    return regionOf(width, height, toSource, reach(toSource.xx), reach(toSource.yy), edge, out);
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
    std::vector<float> blended(sourceWidth);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const int place = y - out.rect.y0;
        for (int plane = 0; plane < 4; ++plane) {
            std::fill(blended.begin(), blended.end(), 0.0F);
            for (int tap = 0; tap < down.count; ++tap) {
                const std::size_t at = static_cast<std::size_t>(tap) * down.places + place;
                if (down.indices[at] >= 0)
                    kernels.addScaled(from.row(plane, down.indices[at]), blended.data(), sourceWidth, down.weights[at]);
            }
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
