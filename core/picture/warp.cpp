// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/warp.h"

#include "core/picture/rows.h"
#include "core/picture/sample_rules.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

constexpr double widest = 16.0; ///< px of the source that one step of the output covers at most
constexpr double sharp = 1.125; ///< steps up to this length are read once: a little blur costs less than it shows
constexpr int reach = 2 * 8 + 3;

/// How the map goes from one pixel to the next, in source px.
struct Step {
    double u = 0, v = 0;
    [[nodiscard]] double length() const { return std::sqrt(u * u + v * v); }
};

Step stepOf(double u, double v, double turn)
{
    if (turn > 0 && std::abs(u) * 2 > turn)
        u -= turn * static_cast<double>(floorOf(u / turn + 0.5));
    Step step{limited(u), limited(v)};
    const double length = step.length();
    if (length > widest)
        step = {step.u * widest / length, step.v * widest / length};
    return step;
}

int readsAlong(const Step& step)
{
    const double length = step.length();
    return length <= sharp ? 1 : std::min(static_cast<int>(length) + 1, static_cast<int>(widest));
}

struct Reader {
    ConstPictureView from;
    const WarpRules& rules;

    [[nodiscard]] const float* row(int plane, int y) const { return from.row(plane, y) - from.rect.x0; }
    void nearest(double u, double v, float* sum) const;
    void bilinear(double u, double v, float* sum) const;
    void bicubic(double u, double v, float* sum) const;
    void add(double u, double v, float* sum) const;
    void pixel(double u, double v, Step across, Step down, float* pixel) const;
};

void Reader::nearest(double u, double v, float* sum) const
{
    const std::int64_t x = floorOf(u), y = floorOf(v);
    if ((rules.edgeX == Edge::Transparent && (x < 0 || x >= rules.width)) || (rules.edgeY == Edge::Transparent && (y < 0 || y >= rules.height)))
        return;
    const int column = edgeIndex(x, rules.width, rules.edgeX), line = edgeIndex(y, rules.height, rules.edgeY);
    for (int plane = 0; plane < 4; ++plane)
        sum[plane] += row(plane, line)[column];
}

/// The operations of the row kernel in their order, so that it does not matter which of the two makes a pixel.
void Reader::bilinear(double u, double v, float* sum) const
{
    const double left = u - 0.5, above = v - 0.5;
    const std::int64_t x = floorOf(left), y = floorOf(above);
    const auto fx = static_cast<float>(left - static_cast<double>(x)), fy = static_cast<float>(above - static_cast<double>(y));
    const int x0 = edgeIndex(x, rules.width, rules.edgeX), x1 = edgeIndex(x + 1, rules.width, rules.edgeX);
    const int y0 = edgeIndex(y, rules.height, rules.edgeY), y1 = edgeIndex(y + 1, rules.height, rules.edgeY);
    for (int plane = 0; plane < 4; ++plane) {
        const float *upper = row(plane, y0), *lower = row(plane, y1);
        const float top = upper[x0] + (upper[x1] - upper[x0]) * fx;
        const float bottom = lower[x0] + (lower[x1] - lower[x0]) * fx;
        sum[plane] += top + (bottom - top) * fy;
    }
}

/// Catmull–Rom weights of the four neighbours of a place (Keys 1981, a = −½).
void cubicWeights(float t, float w[4])
{
    w[0] = ((-0.5F * t + 1.0F) * t - 0.5F) * t;
    w[1] = (1.5F * t - 2.5F) * t * t + 1.0F;
    w[2] = ((-1.5F * t + 2.0F) * t + 0.5F) * t;
    w[3] = (0.5F * t - 0.5F) * t * t;
}

void Reader::bicubic(double u, double v, float* sum) const
{
    const double left = u - 0.5, above = v - 0.5;
    const std::int64_t x = floorOf(left), y = floorOf(above);
    float wx[4], wy[4];
    cubicWeights(static_cast<float>(left - static_cast<double>(x)), wx);
    cubicWeights(static_cast<float>(above - static_cast<double>(y)), wy);
    int xs[4], ys[4];
    for (int i = 0; i < 4; ++i) {
        xs[i] = edgeIndex(x + i - 1, rules.width, rules.edgeX);
        ys[i] = edgeIndex(y + i - 1, rules.height, rules.edgeY);
    }
    float mixed[4];
    for (int plane = 0; plane < 4; ++plane) {
        mixed[plane] = 0.0F;
        for (int j = 0; j < 4; ++j) {
            const float* line = row(plane, ys[j]);
            mixed[plane] += (line[xs[0]] * wx[0] + line[xs[1]] * wx[1] + line[xs[2]] * wx[2] + line[xs[3]] * wx[3]) * wy[j];
        }
    }
    if (mixed[alpha] <= 0.0F) // an undershoot
        return;
    mixed[alpha] = std::min(mixed[alpha], 1.0F);
    for (int plane = 0; plane < 4; ++plane)
        sum[plane] += mixed[plane];
}

void Reader::add(double u, double v, float* sum) const
{
    if (rules.filter == Filter::Nearest)
        nearest(u, v, sum);
    else if (rules.filter == Filter::Bilinear)
        bilinear(u, v, sum);
    else
        bicubic(u, v, sum);
}

void Reader::pixel(double u, double v, Step across, Step down, float* pixel) const
{
    std::fill_n(pixel, 4, 0.0F);
    if (rules.filter == Filter::Nearest) {
        nearest(u, v, pixel);
        return;
    }
    double part = 1.0;
    if (rules.edgeX == Edge::Transparent)
        part *= coverage(u, std::sqrt(across.u * across.u + down.u * down.u), rules.width);
    if (rules.edgeY == Edge::Transparent)
        part *= coverage(v, std::sqrt(across.v * across.v + down.v * down.v), rules.height);
    if (part <= 0)
        return;
    const int wide = readsAlong(across), tall = readsAlong(down);
    if (wide == 1 && tall == 1) {
        add(u, v, pixel);
    } else {
        for (int j = 0; j < tall; ++j) {
            const double b = (j + 0.5) / tall - 0.5;
            for (int i = 0; i < wide; ++i) {
                const double a = (i + 0.5) / wide - 0.5;
                add(u + a * across.u + b * down.u, v + a * across.v + b * down.v, pixel);
            }
        }
        for (int plane = 0; plane < 4; ++plane) // a division, so that ones stay 1
            pixel[plane] /= static_cast<float>(wide * tall);
    }
    if (part != 1.0)
        for (int plane = 0; plane < 4; ++plane)
            pixel[plane] *= static_cast<float>(part);
}

void widen(Edge edge, double low, double high, int size, int& first, int& end)
{
    auto whole = [](double value) { return static_cast<int>(std::clamp(std::floor(limited(value)), -1e8, 1e8)); };
    const Rect read = readRegion(size, 1, {}, reach, reach, edge, {whole(low), 0, whole(high) + 1, 1});
    first = read.x0;
    end = read.x1;
    if (end - first == 1 && size > 1) { // the kernel reads two
        first = std::min(first, size - 2);
        end = first + 2;
    }
}

} // namespace

std::vector<std::string_view> warpFilterNames()
{
    return {"nearest", "bilinear", "bicubic"};
}

void WarpBounds::add(double u, double v)
{
    u0 = std::min(u0, u);
    u1 = std::max(u1, u);
    v0 = std::min(v0, v);
    v1 = std::max(v1, v);
}

WarpBounds centresOf(Rect part)
{
    return {part.x0 + 0.5, part.y0 + 0.5, part.x1 - 0.5, part.y1 - 0.5};
}

WarpBounds grownBy(WarpBounds bounds, double u, double v)
{
    return {bounds.u0 - u, bounds.v0 - v, bounds.u1 + u, bounds.v1 + v};
}

WarpBounds scaledAbout(const WarpBounds& bounds, double u, double v, double least, double most)
{
    WarpBounds scaled{u + (bounds.u0 - u) * least, v + (bounds.v0 - v) * least, u + (bounds.u0 - u) * least, v + (bounds.v0 - v) * least};
    for (const double factor : {least, most}) {
        scaled.add(u + (bounds.u0 - u) * factor, v + (bounds.v0 - v) * factor);
        scaled.add(u + (bounds.u1 - u) * factor, v + (bounds.v1 - v) * factor);
    }
    return scaled;
}

DistanceRange distancesFrom(const WarpBounds& bounds, double u, double v)
{
    const double nearX = std::max({bounds.u0 - u, 0.0, u - bounds.u1}), nearY = std::max({bounds.v0 - v, 0.0, v - bounds.v1});
    const double farX = std::max(u - bounds.u0, bounds.u1 - u), farY = std::max(v - bounds.v0, bounds.v1 - v);
    return {std::sqrt(nearX * nearX + nearY * nearY), std::sqrt(farX * farX + farY * farY)};
}

Rect warpRegion(const WarpRules& rules, const WarpBounds& bounds)
{
    Rect region;
    widen(rules.edgeX, bounds.u0, bounds.u1, rules.width, region.x0, region.x1);
    widen(rules.edgeY, bounds.v0, bounds.v1, rules.height, region.y0, region.y1);
    return region.empty() ? Rect{} : region;
}

namespace warp_detail {

namespace {

/// A call of the kernel for places that are all known to be within the picture, or that it is to find out about.
PlacedRow placedRow(const Reader& reader, const Places& row, const Places& below, int count, double longest, int* plain)
{
    const ConstPictureView& from = reader.from;
    PlacedRow placed{};
    placed.u = row.u, placed.v = row.v, placed.belowU = below.u, placed.belowV = below.v;
    constexpr double aLittle = 0x1p-30; // the right neighbour of a place at width − 1 would lie beyond
    placed.lastX = reader.rules.width - 1 - aLittle, placed.lastY = reader.rules.height - 1 - aLittle;
    placed.longest = longest;
    placed.count = count;
    placed.stride = from.stride;
    placed.originX = from.rect.x0, placed.originY = from.rect.y0;
    placed.planes = from.opaque ? 3 : 4;
    std::copy_n(from.planes, 4, placed.from);
    placed.plain = plain;
    return placed;
}

bool fitsKernel(const Reader& reader)
{
    return reader.rules.filter == Filter::Bilinear && reader.from.rect.width() >= 2 && reader.from.rect.height() >= 2;
}

/// What the kernel can make of a row, and for which pixels it did.
void readPlain(const Reader& reader, const Places& row, const Places& below, int count, int x, int y, PictureView out, int* plain)
{
    if (!fitsKernel(reader)) {
        std::fill_n(plain, count, 0);
        return;
    }
    PlacedRow placed = placedRow(reader, row, below, count, sharp, plain);
    for (int plane = 0; plane < 4; ++plane)
        placed.out[plane] = &out.at(plane, x, y);
    if (reader.from.opaque)
        std::fill_n(placed.out[alpha], count, 1.0F);
    rowKernels().bilinearPlaces(placed);
}

/// Pixels that cover more than one of the source's, or lie beyond a border that goes on: those with as many reads go through
/// the kernel together. Which pixels these are depends on their places alone.
struct Wide {
    int count = 0;
    int at[warpBlock]; ///< in the row
    double u[warpBlock], v[warpBlock];
    Step across[warpBlock], down[warpBlock];
    int reads[warpBlock]; ///< along the row · 32 + down

    void add(int i, double placeU, double placeV, const Step& right, const Step& below)
    {
        at[count] = i;
        u[count] = placeU, v[count] = placeV;
        across[count] = right, down[count] = below;
        reads[count] = readsAlong(right) * 32 + readsAlong(below);
        ++count;
    }
    void readAlike(const Reader& reader, const int* members, int size, int x, int y, PictureView out) const;
    void read(const Reader& reader, int x, int y, PictureView out) const;
};

void Wide::readAlike(const Reader& reader, const int* members, int size, int x, int y, PictureView out) const
{
    const int wide = reads[members[0]] / 32, tall = reads[members[0]] % 32;
    const int planes = reader.from.opaque ? 3 : 4;
    Places places;
    float mixed[4][warpBlock + 4], sums[4][warpBlock] = {};
    int plain[warpBlock];
    PlacedRow placed = placedRow(reader, places, places, size, 1e12, plain);
    // Beyond a border that goes on, its pixels are read; where it does not, no place is so far out.
    const double lastU = placed.lastX + 0.5, lastV = placed.lastY + 0.5;
    for (int plane = 0; plane < 4; ++plane)
        placed.out[plane] = mixed[plane];
    for (int j = 0; j < tall; ++j) {
        const double b = (j + 0.5) / tall - 0.5;
        for (int i = 0; i < wide; ++i) {
            const double a = (i + 0.5) / wide - 0.5;
            for (int k = 0; k < size; ++k) {
                const int m = members[k];
                places.u[k] = std::clamp(u[m] + a * across[m].u + b * down[m].u, 0.5, lastU);
                places.v[k] = std::clamp(v[m] + a * across[m].v + b * down[m].v, 0.5, lastV);
            }
            places.u[size] = places.u[size - 1], places.v[size] = places.v[size - 1];
            rowKernels().bilinearPlaces(placed);
            for (int plane = 0; plane < planes; ++plane)
                for (int k = 0; k < size; ++k)
                    sums[plane][k] += mixed[plane][k];
        }
    }
    for (int plane = 0; plane < 4; ++plane) {
        float* to = &out.at(plane, x, y);
        for (int k = 0; k < size; ++k)
            to[at[members[k]]] = plane == alpha && planes == 3 ? 1.0F : sums[plane][k] / static_cast<float>(wide * tall);
    }
}

void Wide::read(const Reader& reader, int x, int y, PictureView out) const
{
    bool done[warpBlock] = {};
    int members[warpBlock];
    for (int first = 0; first < count; ++first) {
        if (done[first])
            continue;
        int size = 0;
        for (int k = first; k < count; ++k)
            if (!done[k] && reads[k] == reads[first]) {
                members[size++] = k;
                done[k] = true;
            }
        readAlike(reader, members, size, x, y, out);
    }
}

/// Whether all that a pixel covers lies well within the border on one axis, or goes on as the border does.
bool isInside(Edge edge, int size, double place, double across, double down)
{
    if (edge == Edge::Clamp)
        return place >= -1e8 && place <= 1e8;
    // A step's worth more for a transparent border, which is soft for half a step.
    const double reach = std::abs(across) + std::abs(down) + 2.0;
    return place >= reach && place <= size - reach;
}

/// A transparent border is soft for half a step inside too.
bool isCovered(const WarpRules& rules, double u, double v)
{
    return (rules.edgeX != Edge::Transparent || (u >= 1 && u <= rules.width - 1)) && (rules.edgeY != Edge::Transparent || (v >= 1 && v <= rules.height - 1));
}

} // namespace

void readRow(ConstPictureView from, const WarpRules& rules, const Places& row, const Places& below, int count, int x, int y, PictureView out)
{
    if (from.rect.empty()) { // all of it lies beyond a transparent border
        for (int plane = 0; plane < 4; ++plane)
            std::fill_n(&out.at(plane, x, y), count, 0.0F);
        return;
    }
    const Reader reader{from, rules};
    int plain[warpBlock];
    readPlain(reader, row, below, count, x, y, out, plain);
    Wide wide;
    const bool fits = fitsKernel(reader);
    for (int i = 0; i < count; ++i) {
        if (plain[i] != 0 && isCovered(rules, row.u[i], row.v[i]))
            continue;
        const Step across = stepOf(row.u[i + 1] - row.u[i], row.v[i + 1] - row.v[i], rules.turn);
        const Step down = stepOf(below.u[i] - row.u[i], below.v[i] - row.v[i], rules.turn);
        if (fits && isInside(rules.edgeX, rules.width, row.u[i], across.u, down.u) && isInside(rules.edgeY, rules.height, row.v[i], across.v, down.v)) {
            wide.add(i, row.u[i], row.v[i], across, down);
            continue;
        }
        float pixel[4];
        reader.pixel(limited(row.u[i]), limited(row.v[i]), across, down, pixel);
        for (int plane = 0; plane < 4; ++plane)
            out.at(plane, x + i, y) = pixel[plane];
    }
    wide.read(reader, x, y, out);
}

} // namespace warp_detail

} // namespace artdag
