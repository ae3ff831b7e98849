// SPDX-License-Identifier: GPL-3.0-or-later
// Rows read between pixels, and painted through masks.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

namespace {

#define ARTDAG_INLINE __attribute__((always_inline)) inline

constexpr int batch = 64;

/// Where a batch of pixels reads: index of the upper left neighbour, and how far right and down of it.
struct Places {
    alignas(64) int index[batch];
    alignas(64) float fx[batch], fy[batch];
};

void findPlaces(const AffineRow& row, long start, int n, Places& places)
{
    const double xx = row.xx, xy = row.xy, x0 = row.x0;
    const double yx = row.yx, yy = row.yy, y0 = row.y0;
    const int left = static_cast<int>(row.first + start);
    const int stride = static_cast<int>(row.stride);
    const int originX = static_cast<int>(row.originX);
    const int originY = static_cast<int>(row.originY);
    for (int i = 0; i < n; ++i) {
        const double x = left + i + 0.5;
        const double u = xx * x + xy + x0 - 0.5; // not below 0: truncation is floor
        const double v = yx * x + yy + y0 - 0.5;
        const int column = static_cast<int>(u);
        const int line = static_cast<int>(v);
        places.index[i] = (line - originY) * stride + (column - originX);
        places.fx[i] = static_cast<float>(u - column);
        places.fy[i] = static_cast<float>(v - line);
    }
}

// Two neighbours lie together: one load of eight bytes brings both, and four pixels are sorted in registers. That is three
// times as fast as gather instructions where they are microcode, and the same on every level.
typedef float Four __attribute__((vector_size(16), aligned(4), may_alias));
typedef double Two __attribute__((vector_size(16)));
typedef double Pair __attribute__((aligned(4), may_alias)); // bits only: never computed with

struct Neighbours {
    Four left, right;
};

ARTDAG_INLINE Four fourOf(const float* samples)
{
    return *reinterpret_cast<const Four*>(samples);
}

/// The samples at four places, and those to the right of them.
ARTDAG_INLINE Neighbours pairs(const float* row, const int* at)
{
    const Four ab = (Four)(Two{*reinterpret_cast<const Pair*>(row + at[0]), *reinterpret_cast<const Pair*>(row + at[1])});
    const Four cd = (Four)(Two{*reinterpret_cast<const Pair*>(row + at[2]), *reinterpret_cast<const Pair*>(row + at[3])});
    return {__builtin_shufflevector(ab, cd, 0, 2, 4, 6), __builtin_shufflevector(ab, cd, 1, 3, 5, 7)};
}

ARTDAG_INLINE Four between(const Neighbours& two, const Four& part)
{
    return two.left + (two.right - two.left) * part;
}

/// `out` pixels that lie between the four neighbours at each place.
ARTDAG_INLINE void mixNeighbours(Places& places, int n, int planes, const float* const from[4], long stride, float* const to[4])
{
    // What a vector of four writes beyond n is overwritten by the next batch or never read: it has a place of its own.
    for (int i = n; (i & 3) != 0; ++i)
        places.index[i] = places.index[n - 1];
    for (int plane = 0; plane < planes; ++plane) {
        const float* upper = from[plane];
        const float* lower = upper + stride;
        float* out = to[plane];
        for (int i = 0; i < n; i += 4) {
            const int* at = places.index + i;
            const Four top = between(pairs(upper, at), fourOf(places.fx + i));
            const Four bottom = between(pairs(lower, at), fourOf(places.fx + i));
            const Four mixed = top + (bottom - top) * fourOf(places.fy + i);
            if (n - i >= 4)
                *reinterpret_cast<Four*>(out + i) = mixed;
            else
                for (int k = 0; k < n - i; ++k)
                    out[i + k] = mixed[k];
        }
    }
}

} // namespace

void bilinearAffine(const AffineRow& row)
{
    Places places;
    for (long start = 0; start < row.count; start += batch) {
        const int n = row.count - start < batch ? static_cast<int>(row.count - start) : batch;
        findPlaces(row, start, n, places);
        float* const out[4] = {row.out[0] + start, row.out[1] + start, row.out[2] + start, row.out[3] + start};
        mixNeighbours(places, n, row.planes, row.from, row.stride, out);
    }
}

void bilinearPlaces(const PlacedRow& row)
{
    Places places;
    const int n = static_cast<int>(row.count);
    const int stride = static_cast<int>(row.stride);
    const int originX = static_cast<int>(row.originX), originY = static_cast<int>(row.originY);
    const double lastX = row.lastX, lastY = row.lastY, longest = row.longest * row.longest;
    const double *us = row.u, *vs = row.v, *belowUs = row.belowU, *belowVs = row.belowV;
    int* plain = row.plain;
    ARTDAG_ELEMENTWISE
    for (int i = 0; i < n; ++i) {
        const double acrossU = us[i + 1] - us[i], acrossV = vs[i + 1] - vs[i];
        const double downU = belowUs[i] - us[i], downV = belowVs[i] - vs[i];
        const double across = acrossU * acrossU + acrossV * acrossV, down = downU * downU + downV * downV;
        const double steepest = across > down ? across : down;
        const double u = us[i] - 0.5, v = vs[i] - 0.5;
        // How far inside of everything: one comparison, so that the loop stays one of vectors.
        const double insideX = u < lastX - u ? u : lastX - u, insideY = v < lastY - v ? v : lastY - v;
        const double inside = insideX < insideY ? insideX : insideY;
        const double least = steepest <= longest ? inside : -1.0;
        const double x = least >= 0.0 ? u : originX, y = least >= 0.0 ? v : originY;
        const int column = static_cast<int>(x), line = static_cast<int>(y);
        places.index[i] = (line - originY) * stride + (column - originX);
        places.fx[i] = static_cast<float>(x - column);
        places.fy[i] = static_cast<float>(y - line);
        plain[i] = least >= 0.0 ? 1 : 0;
    }
    mixNeighbours(places, n, row.planes, row.from, row.stride, row.out);
}

/// Four samples of each of four pixels, turned into the first, second, third and fourth of all.
struct Turned {
    Four at[4];
};
ARTDAG_INLINE Turned turned(const float* row, const int* at)
{
    const Four a = fourOf(row + at[0]), b = fourOf(row + at[1]), c = fourOf(row + at[2]), d = fourOf(row + at[3]);
    const Four ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), abEnd = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    const Four cd = __builtin_shufflevector(c, d, 0, 4, 1, 5), cdEnd = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    return {{__builtin_shufflevector(ab, cd, 0, 1, 4, 5), __builtin_shufflevector(ab, cd, 2, 3, 6, 7), __builtin_shufflevector(abEnd, cdEnd, 0, 1, 4, 5), __builtin_shufflevector(abEnd, cdEnd, 2, 3, 6, 7)}};
}

void sumTaps(const TapsRow& row)
{
    const int n = static_cast<int>(row.count);
    for (int i = 0; i < n; i += 4) {
        int at[4];
        for (int k = 0; k < 4; ++k)
            at[k] = row.at[i + k < n ? i + k : n - 1];
        for (int plane = 0; plane < 4; ++plane) {
            const float* line = row.from[plane];
            Four sums{};
            for (int j = 0; j < row.tapsDown; ++j, line += row.stride) {
                Four along{};
                for (int t = 0; t < row.tapsAcross; t += 4) {
                    const Turned samples = turned(line + t, at);
                    const float* weights = row.across + batch * t + i;
                    for (int k = 0; k < 4; ++k)
                        along = along + samples.at[k] * fourOf(weights + batch * k);
                }
                sums = sums + along * fourOf(row.down + batch * j + i);
            }
            float* out = row.out[plane] + i;
            if (n - i >= 4)
                *reinterpret_cast<Four*>(out) = sums;
            else
                for (int k = 0; k < n - i; ++k)
                    out[k] = sums[k];
        }
    }
}

void tentTaps(const double* centres, long n, double wide, int taps, int* first, float* weights)
{
    alignas(64) double place[batch], from[batch], sums[batch], exactly[batch];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        place[i] = centres[i] - 0.5;
        const double low = place[i] - wide;
        const int whole = static_cast<int>(low);
        first[i] = (whole > low ? whole - 1 : whole) + 1;
        from[i] = static_cast<double>(first[i]);
        sums[i] = 0.0;
    }
    for (int pass = 0; pass < 2; ++pass) // the weights depend on their sum
        for (int t = 0; t < taps; ++t) {
            ARTDAG_ELEMENTWISE
            for (long i = 0; i < n; ++i) {
                const double x = (from[i] + t - place[i]) / wide, distance = x < 0.0 ? -x : x;
                exactly[i] = distance < 1.0 ? 1.0 - distance : 0.0;
            }
            if (pass == 0) {
                ARTDAG_ELEMENTWISE
                for (long i = 0; i < n; ++i)
                    sums[i] = sums[i] + exactly[i];
            } else {
                float* weight = weights + batch * t;
                ARTDAG_ELEMENTWISE
                for (long i = 0; i < n; ++i)
                    weight[i] = static_cast<float>(exactly[i] / sums[i]);
            }
        }
}

namespace {

/// Weights tap by tap, and the first tap: what TentTaps in perspective.cpp does for one place.
void weighTents(const double* centres, const double* wide, long n, int* first, float* weights)
{
    float *a = weights, *b = a + batch, *c = b + batch, *d = c + batch;
    const auto tent = [](float distance) __attribute__((always_inline))
    {
        const float weight = 1.0F - (distance < 0.0F ? -distance : distance);
        return weight > 0.0F ? weight : 0.0F;
    };
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const double place = centres[i] - 0.5, low = place - wide[i];
        const int whole = static_cast<int>(low), begin = (whole > low ? whole - 1 : whole) + 1;
        const auto from = static_cast<float>(static_cast<double>(begin) - place), narrow = static_cast<float>(1.0 / wide[i]);
        const float p = tent((from + 0.0F) * narrow), q = tent((from + 1.0F) * narrow), r = tent((from + 2.0F) * narrow), s = tent((from + 3.0F) * narrow);
        const float all = 1.0F / ((p + q) + (r + s));
        first[i] = begin;
        a[i] = p * all, b[i] = q * all, c[i] = r * all, d[i] = s * all;
    }
}

} // namespace

void tents(const TentRow& row)
{
    alignas(64) int column[batch], line[batch], at[batch];
    alignas(64) float across[4 * batch], down[4 * batch];
    const int n = static_cast<int>(row.count);
    weighTents(row.u, row.wideX, n, column, across);
    weighTents(row.v, row.wideY, n, line, down);
    for (int i = 0; i < n; ++i)
        at[i] = (line[i] - static_cast<int>(row.originY)) * static_cast<int>(row.stride) + column[i] - static_cast<int>(row.originX);
    for (int i = n; (i & 3) != 0; ++i)
        at[i] = at[n - 1];
    for (int i = 0; i < n; i += 4)
        for (int plane = 0; plane < 4; ++plane) {
            const float* from = row.from[plane];
            Turned lines[4];
            for (int j = 0; j < 4; ++j)
                lines[j] = turned(from + j * row.stride, at + i);
            Four sums[4];
            for (int t = 0; t < 4; ++t) {
                const Four upper = lines[0].at[t] * fourOf(down + i) + lines[1].at[t] * fourOf(down + batch + i);
                const Four lower = lines[2].at[t] * fourOf(down + 2 * batch + i) + lines[3].at[t] * fourOf(down + 3 * batch + i);
                sums[t] = (upper + lower) * fourOf(across + t * batch + i);
            }
            const Four mixed = (sums[0] + sums[1]) + (sums[2] + sums[3]);
            float* out = row.out[plane] + i;
            for (int k = 0; k < 4 && i + k < n; ++k)
                out[k] = plane == 3 && mixed[k] > 1.0F ? 1.0F : mixed[k];
        }
}

void gatherTaps(const float* in, const int* indices, const float* weights, float* out, long n, int taps)
{
    for (long i = 0; i < n; ++i)
        out[i] = 0.0F;
    for (int tap = 0; tap < taps; ++tap) {
        const int* at = indices + tap * n;
        const float* weight = weights + tap * n;
        ARTDAG_ELEMENTWISE
        for (long i = 0; i < n; ++i)
            out[i] = out[i] + in[at[i]] * weight[i];
    }
}

void paintMask(const float* mask, const float colour[4], float* const out[4], long n)
{
    const float cover = colour[3];
    for (int plane = 0; plane < 4; ++plane) {
        const float value = colour[plane];
        float* to = out[plane];
        ARTDAG_ELEMENTWISE
        for (long i = 0; i < n; ++i)
            to[i] = value * mask[i] + to[i] * (1.0F - cover * mask[i]);
    }
}

void tameAlpha(float* const planes[4], long n)
{
    float* a = planes[3];
    for (int plane = 0; plane < 3; ++plane) {
        float* to = planes[plane];
        ARTDAG_ELEMENTWISE
        for (long i = 0; i < n; ++i)
            to[i] = a[i] < 0.0F ? 0.0F : to[i];
    }
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        a[i] = a[i] < 0.0F ? 0.0F : a[i] > 1.0F ? 1.0F
                                                : a[i];
}

} // namespace artdag::ARTDAG_KERNELS
