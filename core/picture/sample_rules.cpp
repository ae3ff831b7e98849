// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/sample_rules.h"

#include "core/base/exact_math.h"

#include <algorithm>

namespace artdag {

KernelTable::KernelTable(Filter filter)
    : radius(kernelRadius(filter))
{
    const int count = static_cast<int>(radius) * phases;
    for (int i = 0; i <= count + 1; ++i)
        values.push_back(i >= count ? 0.0 : kernelAt(filter, static_cast<double>(i) / phases));
}

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

namespace {

double unit(double value)
{
    return value < 0 ? 0 : value > 1 ? 1
                                     : value;
}

} // namespace

/// How much of an output pixel that covers `step` source pixels around `centre` lies within [0, size].
double coverage(double centre, double step, int size)
{
    if (step < 1e-6)
        return centre >= 0 && centre < size ? 1.0 : 0.0;
    return unit(centre / step + 0.5) - unit((centre - size) / step + 0.5);
}

double limited(double value)
{
    constexpr double farAway = 1e9;
    return value < -farAway ? -farAway : value > farAway ? farAway
        : value == value                                 ? value
                                                         : farAway;
}

std::int64_t floorOf(double value)
{
    const auto whole = static_cast<std::int64_t>(value);
    return whole > value ? whole - 1 : whole;
}

namespace {

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

} // namespace

Rect readRegion(int width, int height, const Affine& map, double reachX, double reachY, Edge edge, Rect out)
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

} // namespace artdag
