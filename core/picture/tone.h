// SPDX-License-Identifier: GPL-3.0-or-later
// What tone effects share: rows of straight colour whatever space a picture is in, curves over rows, sums of channels,
// two colours laid over by weight. Knows no effect and clamps nothing that its caller does not clamp.
#pragma once

#include "core/picture/pointwise.h"

#include <span>

namespace artdag {

/// out = |in|^exponent with the sign of `in`, relative error 1e-6; exactly 1 at 1. Results are held to 2^±60.
void powerRow(const float* in, float* out, std::size_t n, double exponent);
/// A curve given by its values at equal steps over [0, 1]: straight between them, and on beyond both ends.
void lookUpRow(std::span<const float> table, const float* in, float* out, std::size_t n);

/// How much of red, green and blue there is in a tone.
struct ToneWeights {
    float r, g, b;
};
inline constexpr ToneWeights bt709Weights{0.2126F, 0.7152F, 0.0722F};
inline constexpr ToneWeights bt601Weights{0.299F, 0.587F, 0.114F};
void toneRow(const float* const rgb[3], const ToneWeights& weights, float* out, std::size_t n);
/// The same place of each row: the brightest channel, and half of brightest and darkest (lightness as in HSL).
void brightestRow(const float* const rgb[3], float* out, std::size_t n);
void lightnessRow(const float* const rgb[3], float* out, std::size_t n);

/// Straight colour with the part of what lies under it that it covers.
struct StraightPaint {
    float rgb[3] = {0, 0, 0};
    float cover = 1;
};
/// Lays the mixture of two paints over a plane: `plane` of `dark` where the weight is 0, of `light` where it is 1.
void paintBetween(const StraightPaint& dark, const StraightPaint& light, int plane, const float* weights, float* row, std::size_t n);

/// W3C Filter Effects Module Level 1, feColorMatrix type="hueRotate": cos · chroma + sin · quarter added to luma, which stays.
struct HueWheel {
    static constexpr double luma[3] = {0.213, 0.715, 0.072};
    static constexpr double quarter[3][3] = {{-0.213, -0.715, 0.928}, {0.143, 0.140, -0.283}, {-0.787, 0.715, 0.072}};
};
ColourMatrix hueRotation(double degrees);

/// `matrix` as far as `amount`: 0 is no change, 1 all of it.
ColourMatrix partOf(const ColourMatrix& matrix, double amount);
/// applyMatrix for pixels of either space; colour stays 0 where there is no alpha.
void applyToneMatrix(const ColourMatrix& matrix, ConstPictureView in, PictureView out, Space space);

/// One row of a picture on its way through a tone effect: straight colour in `to`, to be changed in place.
struct ToneRow {
    const float* from[4];
    float* to[4];
    std::size_t n = 0;
    bool opaque = false;
};
ToneRow beginToneRow(const ConstPictureView& in, const PictureView& out, int y, Space space);
/// Back to the picture's own form, and `amount` of the way from what it was.
void endToneRow(const ToneRow& row, Space space, float amount);

/// Calls `change(const ToneRow&)` for each row; alpha is not to be changed.
template <class Change>
void changeTones(ConstPictureView in, PictureView out, Space space, double amount, Change change)
{
    for (int y = out.rect.y0; y < out.rect.y1 && out.rect.width() > 0; ++y) {
        const ToneRow row = beginToneRow(in, out, y, space);
        change(row);
        endToneRow(row, space, static_cast<float>(amount));
    }
}

} // namespace artdag
