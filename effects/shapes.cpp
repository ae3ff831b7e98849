// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/outline.h"

#include <algorithm>

namespace artdag {
namespace {

enum Form {
    Rectangle,
    Ellipse,
    Polygon,
    Star,
};

std::vector<OutlinePoint> rectangleCorners(double halfWidth, double halfHeight)
{
    return {{-halfWidth, -halfHeight}, {halfWidth, -halfHeight}, {halfWidth, halfHeight}, {-halfWidth, halfHeight}};
}

/// Corners on an ellipse, the first one on top; a star has others between them.
std::vector<OutlinePoint> spokes(const FrameCall& call, double halfWidth, double halfHeight, bool star)
{
    const auto points = static_cast<int>(call.args.integer("points"));
    const double inner = call.args.real("inner");
    const int corners = star ? 2 * points : points;
    std::vector<OutlinePoint> list;
    for (int i = 0; i < corners; ++i) {
        const Turn turn = turnOf(360.0 * i / corners);
        const double radius = star && i % 2 == 1 ? inner : 1.0;
        list.push_back({halfWidth * radius * turn.sine, -halfHeight * radius * turn.cosine});
    }
    return list;
}

/// The outline in px, about the origin, `grown` px larger where that keeps its form (a rectangle's stroke has sharp corners).
Outline outlineOf(const FrameCall& call, double grown)
{
    const Vec2 size = call.args.vec2("size");
    const double halfWidth = std::max(0.0, size.x * call.canvas.scale / 2 + grown);
    const double halfHeight = std::max(0.0, size.y * call.canvas.scale / 2 + grown);
    const double radius = call.px("corner_radius");
    switch (call.args.choice("form")) {
    case Rectangle: return roundedPolygon(rectangleCorners(halfWidth, halfHeight), radius > 0 ? std::max(0.0, radius + grown) : 0.0);
    case Ellipse: return ellipse({0, 0}, halfWidth, halfHeight);
    case Polygon: return roundedPolygon(spokes(call, halfWidth, halfHeight, false), radius);
    default: return roundedPolygon(spokes(call, halfWidth, halfHeight, true), radius);
    }
}

Mask strokeOf(const FrameCall& call, const Affine& place, const Polygons& edge, double width, Rect rect)
{
    if (call.args.choice("form") != Rectangle)
        return strokeCoverage(edge, width, rect);
    Mask outside = fillCoverage(flatten(outlineOf(call, width / 2), place), FillRule::NonZero, rect);
    const Mask inside = fillCoverage(flatten(outlineOf(call, -width / 2), place), FillRule::NonZero, rect);
    for (std::size_t i = 0; i < outside.values.size(); ++i)
        outside.values[i] -= inside.values[i];
    return outside;
}

void paintColour(const Mask& mask, const Colour& colour, PictureView out)
{
    const LinearColour linear = linearOf(colour);
    const float planes[4] = {linear.r, linear.g, linear.b, linear.a};
    paint(mask, planes, out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    clear(out);
    const Vec2 position = call.args.vec2("position");
    const Affine place = chained(turned(call.args.real("rotation")), moved(position.x * call.out.width, position.y * call.out.height));
    const Polygons edge = flatten(outlineOf(call, 0), place);
    const double feather = call.px("feather");
    const double stroke = call.px("stroke");
    const Colour fill = call.args.colour("fill");
    const Colour line = call.args.colour("stroke_colour");
    if (fill.a > 0) {
        Mask mask = fillCoverage(edge, FillRule::NonZero, out.rect);
        if (feather > 1e-3)
            mask = feathered(mask, edge, feather);
        paintColour(mask, fill, out);
    }
    if (stroke > 0 && line.a > 0)
        paintColour(strokeOf(call, place, edge, stroke, out.rect), line, out);
    return {};
}

} // namespace

extern const Effect effect_shapes;
const Effect effect_shapes{
    .name = "shapes",
    .title = "Shape",
    .help = "A rectangle, ellipse, polygon or star with a fill and a stroke, on a transparent canvas. Layer several to draw.",
    .tags = {"source"},
    .synonyms = {"rectangle", "circle", "ellipse", "polygon", "triangle", "star", "vector", "draw", "square", "line"},
    .params = {
        {.name = "form", .kind = ParamKind::Choice, .initial = std::int64_t{Ellipse}, .title = "Form", .choices = {"rectangle", "ellipse", "polygon", "star"}, .animatable = false},
        {.name = "position", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Position", .help = "Of its centre: 0, 0 is top left, 1, 1 bottom right"},
        {.name = "size", .kind = ParamKind::Size, .initial = Vec2{480, 480}, .least = 0.0, .most = 16384.0, .step = 1.0, .unit = "px", .title = "Size"},
        {.name = "rotation", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Rotation", .help = "Clockwise"},
        {.name = "points", .kind = ParamKind::Integer, .initial = std::int64_t{5}, .least = 3, .most = 100, .step = 1, .title = "Points", .help = "Corners of a polygon, points of a star"},
        {.name = "inner", .initial = 0.4, .least = 0.0, .most = 1.0, .title = "Inner radius", .help = "Of a star; 1 makes its points flat"},
        {.name = "corner_radius", .initial = 0.0, .least = 0.0, .most = 4096.0, .step = 1.0, .unit = "px", .title = "Corner radius"},
        {.name = "fill", .kind = ParamKind::Colour, .initial = Colour{0.97, 0.62, 0.22, 1}, .title = "Fill"},
        {.name = "stroke", .initial = 0.0, .least = 0.0, .most = 1024.0, .step = 1.0, .unit = "px", .title = "Stroke", .help = "Width of the line, half of it inside"},
        {.name = "stroke_colour", .kind = ParamKind::Colour, .initial = Colour{0.1, 0.1, 0.12, 1}, .title = "Stroke colour"},
        {.name = "feather", .initial = 0.0, .least = 0.0, .most = 1024.0, .step = 1.0, .unit = "px", .title = "Feather", .help = "How softly the fill ends"},
    },
    .access = Access::Region,
    .render = render,
};

} // namespace artdag
