// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/tone.h"

#include "core/base/exact_math.h"
#include "core/picture/rows.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace artdag {

void powerRow(const float* in, float* out, std::size_t n, double exponent)
{
    constexpr double octaves = 60.0;
    const double reach = exponent > 0.0 ? octaves / exponent : 120.0;
    const float high = std::bit_cast<float>(std::bit_cast<std::uint32_t>(static_cast<float>(exponent)) & 0xFFFFFC00U);
    const PowerCurve curve{
        .high = high,
        .low = static_cast<float>(exponent - static_cast<double>(high)),
        .least = static_cast<float>(exact::exp2(-std::min(reach, 120.0))),
        .most = static_cast<float>(exact::exp2(std::min(reach, 100.0))),
    };
    rowKernels().power(in, out, static_cast<long>(n), curve);
}

void lookUpRow(std::span<const float> table, const float* in, float* out, std::size_t n)
{
    rowKernels().lookUp(table.data(), static_cast<int>(table.size()) - 1, in, out, static_cast<long>(n));
}

void toneRow(const float* const rgb[3], const ToneWeights& weights, float* __restrict out, std::size_t n)
{
    const float *r = rgb[0], *g = rgb[1], *b = rgb[2];
    for (std::size_t i = 0; i < n; ++i)
        out[i] = weights.r * r[i] + weights.g * g[i] + weights.b * b[i];
}

void brightestRow(const float* const rgb[3], float* __restrict out, std::size_t n)
{
    const float *r = rgb[0], *g = rgb[1], *b = rgb[2];
    for (std::size_t i = 0; i < n; ++i) {
        const float most = r[i] > g[i] ? r[i] : g[i];
        out[i] = most > b[i] ? most : b[i];
    }
}

void lightnessRow(const float* const rgb[3], float* __restrict out, std::size_t n)
{
    const float *r = rgb[0], *g = rgb[1], *b = rgb[2];
    for (std::size_t i = 0; i < n; ++i) {
        float most = r[i] > g[i] ? r[i] : g[i];
        most = most > b[i] ? most : b[i];
        float least = r[i] < g[i] ? r[i] : g[i];
        least = least < b[i] ? least : b[i];
        out[i] = 0.5F * (most + least);
    }
}

void paintBetween(const StraightPaint& dark, const StraightPaint& light, int plane, const float* __restrict weights, float* __restrict row, std::size_t n)
{
    const float from = dark.rgb[plane], step = light.rgb[plane] - from;
    const float cover = dark.cover, coverStep = light.cover - cover;
    if (cover == 1.0F && coverStep == 0.0F) {
        for (std::size_t i = 0; i < n; ++i)
            row[i] = from + step * weights[i];
        return;
    }
    for (std::size_t i = 0; i < n; ++i) {
        const float part = cover + coverStep * weights[i];
        row[i] = row[i] * (1.0F - part) + (from + step * weights[i]) * part;
    }
}

ColourMatrix hueRotation(double degrees)
{
    const double radians = exact::fmod(degrees, 360.0) * (exact::pi / 180.0);
    const double c = exact::cos(radians), s = exact::sin(radians);
    ColourMatrix matrix;
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column)
            matrix.m[row][column] = static_cast<float>(HueWheel::luma[column] + c * ((row == column ? 1.0 : 0.0) - HueWheel::luma[column]) + s * HueWheel::quarter[row][column]);
    return matrix;
}

ColourMatrix partOf(const ColourMatrix& matrix, double amount)
{
    ColourMatrix part;
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 4; ++column)
            part.m[row][column] = static_cast<float>((row == column ? 1.0 - amount : 0.0) + static_cast<double>(matrix.m[row][column]) * amount);
    return part;
}

void applyToneMatrix(const ColourMatrix& matrix, ConstPictureView in, PictureView out, Space space)
{
    applyMatrix(matrix, in, out, space == Space::Linear);
    const bool adds = matrix.m[0][3] != 0.0F || matrix.m[1][3] != 0.0F || matrix.m[2][3] != 0.0F;
    if (space == Space::Linear || !adds)
        return;
    for (int y = out.rect.y0; y < out.rect.y1 && out.rect.width() > 0; ++y) {
        float* const rows[4] = {out.row(red, y), out.row(green, y), out.row(blue, y), out.row(alpha, y)};
        if (rowKernels().allOne(rows[alpha], out.rect.width()) == 0)
            rowKernels().blacken(rows, out.rect.width());
    }
}

ToneRow beginToneRow(const ConstPictureView& in, const PictureView& out, int y, Space space)
{
    ToneRow row;
    row.n = static_cast<std::size_t>(out.rect.width());
    for (int plane = 0; plane < 4; ++plane) {
        row.from[plane] = in.row(plane, y) + (out.rect.x0 - in.rect.x0);
        row.to[plane] = out.row(plane, y);
    }
    const RowKernels& kernels = rowKernels();
    const auto n = static_cast<long>(row.n);
    row.opaque = in.opaque || kernels.allOne(row.from[alpha], n) != 0;
    if (space == Space::Linear && !row.opaque)
        kernels.unpremultiply(row.from, row.to, n);
    else
        for (int plane = 0; plane < 4; ++plane)
            std::copy_n(row.from[plane], row.n, row.to[plane]);
    return row;
}

void endToneRow(const ToneRow& row, Space space, float amount)
{
    const RowKernels& kernels = rowKernels();
    const auto n = static_cast<long>(row.n);
    if (!row.opaque && space == Space::Linear)
        kernels.premultiply(row.to, row.to, n);
    if (!row.opaque) // what has been added to nothing, and −0 · 0
        kernels.blacken(row.to, n);
    if (amount != 1.0F)
        for (int plane = 0; plane < 3; ++plane)
            kernels.lerp(row.from[plane], row.to[plane], row.to[plane], n, amount);
}

} // namespace artdag
