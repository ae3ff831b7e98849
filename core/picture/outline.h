// SPDX-License-Identifier: GPL-3.0-or-later
// Filled and stroked outlines: paths of lines and Bézier curves, flattened in one defined way, and their exact-area
// coverage in whole-number arithmetic, so that every part of a mask is the same bytes whatever part is asked.
#pragma once

#include "core/picture/affine.h"
#include "core/picture/picture.h"

#include <span>
#include <vector>

namespace artdag {

struct OutlinePoint {
    double x = 0, y = 0;
    bool operator==(const OutlinePoint&) const = default;
};

/// Closed contours of curves, in any unit. Contours close by themselves.
class Outline {
public:
    void moveTo(OutlinePoint to);
    void lineTo(OutlinePoint to);
    void quadTo(OutlinePoint control, OutlinePoint to);
    void cubicTo(OutlinePoint control1, OutlinePoint control2, OutlinePoint to);
    /// Adds another outline, mapped.
    void add(const Outline& other, const Affine& map = {});
    [[nodiscard]] bool empty() const { return m_pieces.empty(); }

private:
    enum class Verb : unsigned char { Move,
        Line,
        Quad,
        Cubic };
    struct Piece {
        Verb verb;
        OutlinePoint points[3];
    };
    std::vector<Piece> m_pieces;
    friend std::vector<std::vector<OutlinePoint>> flatten(const Outline&, const Affine&);
};

/// Closed polygons in px.
using Polygons = std::vector<std::vector<OutlinePoint>>;
/// Curves become chords that stay within 1/64 px of them: uniform steps, their number from the second differences.
Polygons flatten(const Outline& outline, const Affine& toPixels = {});

/// One plane of floats over a part of a picture.
struct Mask {
    explicit Mask(Rect part)
        : rect(part),
          values(part.empty() ? 0 : static_cast<std::size_t>(part.width()) * part.height()) {}
    Rect rect;
    std::vector<float> values;
    [[nodiscard]] float* row(int y) { return values.data() + static_cast<std::size_t>(y - rect.y0) * rect.width(); }
    [[nodiscard]] const float* row(int y) const { return values.data() + static_cast<std::size_t>(y - rect.y0) * rect.width(); }
};

enum class FillRule {
    NonZero,
    EvenOdd,
};
/// How much of each pixel the polygons cover, 0–1: the exact area of polygons on a grid of 1/1024 px (where contours of
/// one direction overlap within a pixel their areas add up to 1 at most).
Mask fillCoverage(const Polygons& polygons, FillRule rule, Rect rect);
/// Distance in px from each pixel's centre to the nearest edge, `reach` where it is farther.
Mask edgeDistance(const Polygons& polygons, double reach, Rect rect);
/// Coverage of a line of `width` px along the edges, with round joins.
Mask strokeCoverage(const Polygons& polygons, double width, Rect rect);
/// `coverage` made soft: a smooth step of `feather` px across the edges.
Mask feathered(const Mask& coverage, const Polygons& polygons, double feather);

/// A polygon with its corners rounded by arcs of `radius`, less where an edge is too short.
Outline roundedPolygon(std::span<const OutlinePoint> corners, double radius);
Outline ellipse(OutlinePoint centre, double radiusX, double radiusY);

/// out = colour (premultiplied linear) · coverage over out.
void paint(const Mask& coverage, const float colour[4], PictureView out);

} // namespace artdag
