// SPDX-License-Identifier: GPL-3.0-or-later
// What effects do to pixels one by one: to display space and back, scale, matrix, over, lerp. Each call picks the kernel of
// the machine's SIMD level; all levels give equal bytes. Nothing here clamps, and nothing knows an effect's parameters.
#pragma once

#include "core/picture/picture.h"

#include <cstddef>

namespace artdag {

// Rows of n samples. `in` may be the very row that is written (same pointer); otherwise rows must not overlap.

/// The sRGB curve (IEC 61966-2-1), odd below 0, continued above 1; within 2e-6 of the formula, 0 → 0 and 1 → 1 exactly.
void linearToDisplayRow(const float* linear, float* display, std::size_t n);
void displayToLinearRow(const float* display, float* linear, std::size_t n);
/// out = in · scale + offset
void scaleRow(const float* in, float* out, std::size_t n, float scale, float offset = 0.0F);
/// out = a + (b − a) · t; exactly a at 0, exactly b at 1.
void lerpRow(const float* a, const float* b, float* out, std::size_t n, float t);
/// The same with a weight for each sample.
void lerpRow(const float* a, const float* b, const float* t, float* out, std::size_t n);
/// out = a · b
void multiplyRow(const float* a, const float* b, float* out, std::size_t n);
/// out += in · scale
void addScaledRow(const float* in, float* out, std::size_t n, float scale);

// Pictures. `out.rect` is what is written; each input must cover it. An input may be the very window that is written.

/// Linear premultiplied → display R'G'B' with straight alpha (black where alpha ≤ 0), and back.
void toDisplay(ConstPictureView linear, PictureView display);
void fromDisplay(ConstPictureView display, PictureView linear);
/// Linear premultiplied ↔ linear straight.
void unpremultiply(ConstPictureView in, PictureView out);
void premultiply(ConstPictureView in, PictureView out);

/// [R' G' B'] = m · [R G B 1], alpha unchanged. In premultiplied pictures the last column is multiplied by alpha.
struct ColourMatrix {
    float m[3][4] = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}};
};
void applyMatrix(const ColourMatrix& matrix, ConstPictureView in, PictureView out, bool premultiplied = true);
/// All four planes · scale: opacity of a premultiplied picture.
void scaleAll(ConstPictureView in, PictureView out, float scale);
/// Porter–Duff over on premultiplied pictures, `above` weighted by opacity: above·o + below·(1 − alpha(above)·o).
void over(ConstPictureView below, ConstPictureView above, PictureView out, float opacity = 1.0F);
/// All four planes, a + (b − a)·t.
void lerp(ConstPictureView a, ConstPictureView b, PictureView out, float t);
/// All four planes by a mask in [0, 1]: the mask picture's `plane`.
void lerpByMask(ConstPictureView a, ConstPictureView b, ConstPictureView mask, int plane, PictureView out);
/// Every pixel of `out` becomes this premultiplied linear colour.
void fill(PictureView out, float r, float g, float b, float a);

} // namespace artdag
