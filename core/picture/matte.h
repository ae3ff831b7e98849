// SPDX-License-Identifier: GPL-3.0-or-later
// Mattes: one number a pixel, 0–1, that says how much of a picture is kept. Taken from a picture, spread or choked by a disc,
// softened, and applied. A pixel's result depends on what is within reach of it, never on the part that is asked.
#pragma once

#include "core/picture/outline.h"
#include "core/picture/picture.h"

#include <string_view>
#include <vector>

namespace artdag {

/// What of a picture becomes its matte. Colour counts as it is seen over black: where nothing is, it is 0.
enum class MatteSource {
    Luminance, ///< Rec. 709
    Alpha,
    Red,
    Green,
    Blue,
};
/// `luminance`, `alpha`, `red`, `green`, `blue`, in the order of MatteSource: for Param::choices.
std::vector<std::string_view> matteSourceNames();

/// One row of n samples from (x, y) on. `display`: colour by the sRGB curve, so that a middle grey is a half; else as light.
void matteRow(ConstPictureView picture, MatteSource source, bool display, int x, int y, int n, float* out);
Mask matteOf(ConstPictureView picture, MatteSource source, bool display, Rect part);

/// The standard deviation in px that lets a hard edge rise over about `feather` px.
double sigmaOfFeather(double feather);
/// How far `reshaped` reads.
int matteReach(double grow, double feather);
/// `matte` grown by a disc of `grow` px (shrunk where it is below 0), then softened over `feather` px. It covers `part` grown
/// by matteReach, clipped to `whole`, the picture it belongs to; beyond that there is nothing to grow from, nor to shrink.
Mask reshaped(const Mask& matte, double grow, double feather, Rect whole, Rect part);

/// out = picture · (1 − amount + amount · matte), all four planes.
void applyMatte(ConstPictureView picture, const Mask& matte, float amount, PictureView out);
/// The matte as an opaque grey: by the sRGB curve where it is seen, so that half is a middle grey.
void showMatteRow(const float* matte, int x, int y, int n, PictureView out);

} // namespace artdag
