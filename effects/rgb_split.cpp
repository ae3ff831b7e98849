// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/affine.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

struct Shift {
    double x = 0.0, y = 0.0; ///< px of this plan, of red; blue goes the other way
};

Shift shiftOf(const FrameCall& call)
{
    const Turn turn = turnOf(call.args.real("angle"));
    return {call.px("offset") * turn.cosine, call.px("offset") * turn.sine};
}

int passes(const FrameCall& call)
{
    return call.args.real("offset") == 0.0 ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return out.grown(static_cast<int>(std::abs(call.px("offset"))) + 2);
}

/// One plane moved by a fraction of pixels, its border going on for ever.
void movePlane(const ConstPictureView& in, const Rect& whole, const PictureView& out, int plane, double dx, double dy)
{
    const double left = exact::floor(-dx), top = exact::floor(-dy);
    const int ix = static_cast<int>(left), iy = static_cast<int>(top);
    const auto wx = static_cast<float>(-dx - left), wy = static_cast<float>(-dy - top);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const float* above = in.row(plane, std::clamp(y + iy, whole.y0, whole.y1 - 1)) - in.rect.x0;
        const float* below = in.row(plane, std::clamp(y + iy + 1, whole.y0, whole.y1 - 1)) - in.rect.x0;
        float* to = out.row(plane, y) - out.rect.x0;
        for (int x = out.rect.x0; x < out.rect.x1; ++x) {
            const int x0 = std::clamp(x + ix, whole.x0, whole.x1 - 1), x1 = std::clamp(x + ix + 1, whole.x0, whole.x1 - 1);
            const float a = above[x0] * (1.0F - wx) + above[x1] * wx;
            const float b = below[x0] * (1.0F - wx) + below[x1] * wx;
            to[x] = a * (1.0F - wy) + b * wy;
        }
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    if (passes(call) == 0)
        return {};
    const Shift shift = shiftOf(call);
    const Rect whole{0, 0, call.inputs[0].stream.width, call.inputs[0].stream.height};
    movePlane(inputs[0], whole, out, red, shift.x, shift.y);
    movePlane(inputs[0], whole, out, blue, -shift.x, -shift.y);
    // Light that left its own shape needs cover, or it would glow where nothing is: the largest of the three.
    Picture covers[2] = {Picture(out.rect), Picture(out.rect)};
    for (int side = 0; side < 2; ++side)
        movePlane(inputs[0], whole, covers[side].view(), alpha, side == 0 ? shift.x : -shift.x, side == 0 ? shift.y : -shift.y);
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        for (int x = out.rect.x0; x < out.rect.x1; ++x)
            out.at(alpha, x, y) = std::max({out.at(alpha, x, y), covers[0].view().at(alpha, x, y), covers[1].view().at(alpha, x, y)});
    return {};
}

} // namespace

extern const Effect effect_rgb_split;
const Effect effect_rgb_split{
    .name = "rgb_split",
    .title = "RGB split",
    .help = "Pulls red and blue apart in opposite directions, like a lens with faults or a badly set television. 0 px changes nothing.",
    .tags = {"stylize"},
    .synonyms = {"chromatic aberration", "colour fringe", "channel shift", "glitch"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "offset", .initial = 6.0, .least = -200.0, .most = 200.0, .step = 0.5, .unit = "px", .title = "Offset", .help = "How far red moves; blue moves as far the other way"},
        {.name = "angle", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "0 is along the picture, clockwise"},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
