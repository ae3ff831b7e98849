// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/pointwise.h"
#include "core/picture/sample.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace artdag {
namespace {

/// Where the picture lies: a box about a centre, turned; and what is drawn around it.
struct Frame {
    double x, y; ///< of the centre, px
    double halfWidth, halfHeight;
    Turn turn;
    double radius, border;
    double shadowX, shadowY, shadowBlur;

    explicit Frame(const FrameCall& call)
    {
        const StreamFacts& above = call.inputs[1].stream;
        const Vec2 position = call.args.vec2("position"), shadow = call.args.vec2("shadow_offset");
        x = position.x * call.out.width;
        y = position.y * call.out.height;
        halfWidth = 0.5 * call.args.real("size") * call.out.width;
        halfHeight = halfWidth * above.height / above.width;
        turn = turnOf(call.args.real("rotation"));
        radius = std::min({call.px("corner_radius"), halfWidth, halfHeight});
        border = call.px("border");
        shadowX = shadow.x * call.canvas.scale;
        shadowY = shadow.y * call.canvas.scale;
        shadowBlur = call.args.real("shadow") > 0 ? std::max(call.px("shadow_blur"), 1.0) : 0;
    }
    [[nodiscard]] bool isUpright() const { return turn.cosine == 1; }
    /// What of the frame the box and `around` px about it may touch.
    [[nodiscard]] Rect bounds(double dx, double dy, double around, Rect within) const
    {
        const double sine = std::abs(turn.sine), cosine = std::abs(turn.cosine);
        const double reachX = halfWidth * cosine + halfHeight * sine + around + 2, reachY = halfWidth * sine + halfHeight * cosine + around + 2;
        auto whole = [](double value) { return static_cast<int>(std::clamp(value, -1e6, 1e6)); };
        const Rect box = Rect{whole(x + dx - reachX) - 1, whole(y + dy - reachY) - 1, whole(x + dx + reachX) + 1, whole(y + dy + reachY) + 1}.clippedTo(within);
        return box.empty() ? Rect{} : box;
    }
    [[nodiscard]] Rect pictureBounds(Rect within) const { return bounds(0, 0, 0, within); }
    /// With its sharp corners a border reaches farther than it is wide.
    [[nodiscard]] Rect allBounds(Rect within) const
    {
        const Rect framed = bounds(0, 0, border * 1.5, within);
        if (shadowBlur <= 0)
            return framed;
        const Rect shaded = bounds(shadowX, shadowY, border * 1.5 + shadowBlur, within);
        if (framed.empty() || shaded.empty())
            return framed.empty() ? shaded : framed;
        return {std::min(framed.x0, shaded.x0), std::min(framed.y0, shaded.y0), std::max(framed.x1, shaded.x1), std::max(framed.y1, shaded.y1)};
    }
    [[nodiscard]] Affine toSource(const StreamFacts& above) const
    {
        const double scaleX = 2 * halfWidth / above.width, scaleY = 2 * halfHeight / above.height;
        const Affine turned{turn.cosine, -turn.sine, 0, turn.sine, turn.cosine, 0};
        return inverted(chained(chained(chained(moved(-above.width / 2.0, -above.height / 2.0), scaled(scaleX, scaleY)), turned), moved(x, y)));
    }
    /// How far the pixels of a row are outside of the box with rounded corners, grown by `grow`; negative within.
    void distances(double dx, double dy, double grow, Rect part, int row, float* __restrict out) const
    {
        const double round = radius > 0 ? radius + grow : 0;
        const auto innerX = static_cast<float>(halfWidth + grow - round), innerY = static_cast<float>(halfHeight + grow - round), corner = static_cast<float>(round);
        const double py = row + 0.5 - y - dy, left = 0.5 - x - dx;
        const double rowU = py * turn.sine, rowV = py * turn.cosine, alongU = turn.cosine, alongV = turn.sine;
        for (int i = 0; i < part.width(); ++i) {
            const double px = (part.x0 + i) + left;
            const auto u = static_cast<float>(px * alongU + rowU), v = static_cast<float>(rowV - px * alongV);
            const float overX = (u < 0.0F ? -u : u) - innerX, overY = (v < 0.0F ? -v : v) - innerY;
            const float outX = overX > 0.0F ? overX : 0.0F, outY = overY > 0.0F ? overY : 0.0F;
            const float most = overX > overY ? overX : overY;
            out[i] = __builtin_sqrtf(outX * outX + outY * outY) + (most < 0.0F ? most : 0.0F) - corner;
        }
    }
};

float unit(float value)
{
    const float positive = value > 0.0F ? value : 0.0F;
    return positive < 1.0F ? positive : 1.0F;
}

/// Distances become coverage, an edge one pixel wide.
void coverRow(float* __restrict row, int n)
{
    for (int i = 0; i < n; ++i)
        row[i] = unit(0.5F - row[i]);
}

/// Over `out`: colour · mask.
void paintRow(const float* __restrict mask, const LinearColour& colour, PictureView out, int x, int y, int n)
{
    const float planes[4] = {colour.r, colour.g, colour.b, colour.a};
    for (int plane = 0; plane < 4; ++plane) {
        float* __restrict row = &out.at(plane, x, y);
        const float value = planes[plane], cover = colour.a;
        for (int i = 0; i < n; ++i)
            row[i] = value * mask[i] + row[i] * (1.0F - cover * mask[i]);
    }
}

LinearColour faded(LinearColour colour, double by)
{
    const auto part = static_cast<float>(by);
    return {colour.r * part, colour.g * part, colour.b * part, colour.a * part};
}

/// The border and, around it, the shadow: it does not show through a picture that is transparent.
void drawAround(const FrameCall& call, const Frame& frame, Rect part, PictureView out)
{
    const double opacity = call.args.real("opacity");
    const LinearColour border = faded(linearOf(call.args.colour("border_colour")), opacity), shadow = faded(linearOf(call.args.colour("shadow_colour")), opacity * call.args.real("shadow"));
    const int n = part.width();
    std::vector<float> inner(static_cast<std::size_t>(n)), outer(inner), shade(inner);
    for (int y = part.y0; y < part.y1; ++y) {
        frame.distances(0, 0, 0, part, y, inner.data());
        frame.distances(0, 0, frame.border, part, y, outer.data());
        coverRow(inner.data(), n);
        coverRow(outer.data(), n);
        if (frame.shadowBlur > 0) {
            frame.distances(frame.shadowX, frame.shadowY, frame.border, part, y, shade.data());
            const float narrow = 1.0F / static_cast<float>(2 * frame.shadowBlur);
            for (int i = 0; i < n; ++i) {
                const float t = unit(0.5F - shade[i] * narrow);
                shade[i] = t * t * (3.0F - 2.0F * t) * (1.0F - outer[i]);
            }
            paintRow(shade.data(), shadow, out, part.x0, y, n);
        }
        if (frame.border > 0) {
            for (int i = 0; i < n; ++i)
                outer[i] = outer[i] - inner[i];
            paintRow(outer.data(), border, out, part.x0, y, n);
        }
    }
}

/// Rows and columns make any size; a turned picture is read point by point.
Rect sourcePart(const FrameCall& call, const Frame& frame, Rect part)
{
    const StreamFacts& in = call.inputs[1].stream;
    const auto filter = static_cast<Filter>(call.args.choice("filter"));
    return frame.isUpright() ? scaleRegion(in.width, in.height, frame.toSource(in), filter, Edge::Clamp, part) : sampleRegion(in.width, in.height, frame.toSource(in), filter, Edge::Clamp, part);
}

void drawPicture(const FrameCall& call, const Frame& frame, const ConstPictureView& from, Rect part, PictureView out)
{
    const StreamFacts& in = call.inputs[1].stream;
    const auto filter = static_cast<Filter>(call.args.choice("filter"));
    Picture shown(part);
    if (frame.isUpright())
        scale(from, in.width, in.height, frame.toSource(in), filter, Edge::Clamp, shown.view());
    else
        sampleAffine(from, in.width, in.height, frame.toSource(in), filter, Edge::Clamp, shown.view());
    const auto opacity = static_cast<float>(call.args.real("opacity"));
    const PictureView view = shown.view();
    std::vector<float> cover(static_cast<std::size_t>(part.width()));
    for (int y = part.y0; y < part.y1; ++y) {
        frame.distances(0, 0, 0, part, y, cover.data());
        coverRow(cover.data(), part.width());
        for (int plane = 0; plane < 4; ++plane)
            multiplyRow(view.row(plane, y), cover.data(), view.row(plane, y), cover.size());
    }
    over(out.sub(part), view, out.sub(part), opacity);
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    outputs[0] = call.inputs[0].stream;
    if (outputs[0].frames == StreamFacts::endless)
        outputs[0].frames = call.inputs[1].stream.frames;
    return {};
}

int passes(const FrameCall& call)
{
    return call.args.real("opacity") == 0.0 ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t index, Rect out)
{
    if (index == 0)
        return out;
    const Frame frame(call);
    const Rect part = frame.pictureBounds(out);
    return part.empty() ? Rect{} : sourcePart(call, frame, part);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    if (passes(call) == 0)
        return {};
    const Frame frame(call);
    if (const Rect part = frame.allBounds(out.rect); !part.empty() && (frame.border > 0 || frame.shadowBlur > 0))
        drawAround(call, frame, part, out);
    if (const Rect part = frame.pictureBounds(out.rect); !part.empty() && !inputs[1].rect.empty())
        drawPicture(call, frame, inputs[1], part, out);
    return {};
}

} // namespace

extern const Effect effect_picture_in_picture;
const Effect effect_picture_in_picture{
    .name = "picture_in_picture",
    .title = "Picture in picture",
    .help = "Sets a small picture upon a large one, with a border, round corners and a shadow: a speaker in the corner, a second camera, a photograph on a table.",
    .tags = {"combine"},
    .synonyms = {"pip", "inset", "overlay", "facecam", "thumbnail", "corner video", "window"},
    .inputs = {{.name = "below", .title = "Below"}, {.name = "above", .title = "Above"}},
    .params = {
        {.name = "position", .kind = ParamKind::Point, .initial = Vec2{0.82, 0.79}, .least = -4.0, .most = 5.0, .title = "Position", .help = "Of its centre: 0, 0 is top left, 1, 1 bottom right"},
        {.name = "size", .initial = 0.3, .least = 0.005, .most = 8.0, .title = "Size", .help = "Its width as a part of the frame's; the height follows"},
        {.name = "rotation", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Rotation", .help = "Clockwise on screen"},
        {.name = "opacity", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Opacity"},
        {.name = "corner_radius", .initial = 20.0, .least = 0.0, .most = 4096.0, .step = 1.0, .unit = "px", .title = "Corner radius", .help = "Half of its height or more makes the ends round"},
        {.name = "border", .initial = 4.0, .least = 0.0, .most = 512.0, .step = 1.0, .unit = "px", .title = "Border", .group = "Border"},
        {.name = "border_colour", .kind = ParamKind::Colour, .initial = Colour{1, 1, 1, 1}, .title = "Border colour", .group = "Border"},
        {.name = "shadow", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Shadow", .help = "How dark it is; 0 is none", .group = "Shadow"},
        {.name = "shadow_blur", .initial = 36.0, .least = 0.0, .most = 512.0, .step = 1.0, .unit = "px", .title = "Shadow blur", .group = "Shadow"},
        {.name = "shadow_offset", .kind = ParamKind::Size, .initial = Vec2{0, 10}, .least = -1024.0, .most = 1024.0, .step = 1.0, .unit = "px", .title = "Shadow offset", .help = "To the right and down", .group = "Shadow"},
        {.name = "shadow_colour", .kind = ParamKind::Colour, .initial = Colour{0, 0, 0, 1}, .title = "Shadow colour", .group = "Shadow"},
        {.name = "filter", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Filter::Lanczos3), .title = "Filter", .choices = filterNames(), .animatable = false},
    },
    .access = Access::Region,
    .facts = facts,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
