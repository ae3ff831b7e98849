// SPDX-License-Identifier: GPL-3.0-or-later
// Plane geometry of pictures: affine maps in continuous coordinates (pixel (x, y) has its centre at (x + ½, y + ½), y down)
// and the ways to fit one size into another. Pure numbers; it touches no pixels.
#pragma once

#include "core/picture/picture.h"

#include <string_view>
#include <vector>

namespace artdag {

/// (x, y) → (xx·x + xy·y + x0, yx·x + yy·y + y0).
struct Affine {
    double xx = 1, xy = 0, x0 = 0;
    double yx = 0, yy = 1, y0 = 0;
    bool operator==(const Affine&) const = default;

    [[nodiscard]] double mapX(double x, double y) const { return xx * x + xy * y + x0; }
    [[nodiscard]] double mapY(double x, double y) const { return yx * x + yy * y + y0; }
    [[nodiscard]] double determinant() const { return xx * yy - xy * yx; }
};

Affine moved(double x, double y);
Affine scaled(double x, double y);
/// Clockwise on screen. Exact for whole multiples of 90°.
Affine turned(double degrees);
/// x leans by tan(horizontal) for each y, y by tan(vertical) for each x; degrees, limited to ±89.
Affine skewed(double horizontal, double vertical);
/// First `before`, then `after`.
Affine chained(const Affine& before, const Affine& after);
/// The way back. A map that flattens the plane gives one that sends every point far outside any picture.
Affine inverted(const Affine& map);

/// sin and cos of degrees, exact at whole multiples of 90°.
struct Turn {
    double sine = 0, cosine = 1;
};
Turn turnOf(double degrees);

/// How a picture of one size is shown in a frame of another. All keep the centre.
enum class Fit {
    Inside,  ///< the whole picture, aspect kept
    Cover,   ///< no border, aspect kept, what is outside is cut
    Stretch, ///< exactly the frame
    Plain,   ///< pixel for pixel
};
/// `fit`, `fill`, `stretch`, `none`, in the order of Fit: for Param::choices.
std::vector<std::string_view> fitNames();
/// Picture coordinates → frame coordinates. `Plain` multiplies by `plainScale` (the plan's scale for unscaled media).
Affine fitted(double width, double height, double frameWidth, double frameHeight, Fit fit, double plainScale = 1.0);

} // namespace artdag
