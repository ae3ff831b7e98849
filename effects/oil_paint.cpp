// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/affine.h"
#include "core/picture/paint.h"

#include <algorithm>
#include <utility>

namespace artdag {
namespace {

Brush brushOf(const FrameCall& call)
{
    return {
        .radius = std::max(call.px("radius"), 1.0),
        .stretch = call.args.real("stretch"),
        .hardness = 100.0 * exact::exp2(10.0 * call.args.real("sharpness")),
        .detail = call.args.real("detail"),
        .flow = std::max(call.px("flow"), 0.5),
        .bristle = call.px("bristles"),
        .seed = static_cast<std::uint64_t>(call.args.integer("seed")),
    };
}

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

Works works(const FrameCall& call)
{
    return passes(call) == 0 ? Works::Either : Works::Display;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return passes(call) == 0 ? out : out.grown(1 + paintReach(brushOf(call)));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    if (passes(call) == 0)
        return {};
    Picture painted(out.rect.grown(1)); // the light needs the traces of neighbours
    paint(brushOf(call), inputs[0], painted.view());
    const ConstPictureView paint = std::as_const(painted).view();
    const Turn light = turnOf(call.args.real("light"));
    const auto lightX = static_cast<float>(0.5 * light.cosine), lightY = static_cast<float>(0.5 * light.sine);
    const auto amount = static_cast<float>(call.args.real("amount")), relief = static_cast<float>(0.12 * call.args.real("relief"));
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const float *const above = paint.row(3, y - 1) + 1, *const own = paint.row(3, y) + 1, *const below = paint.row(3, y + 1) + 1;
        const float* const cover = out.row(alpha, y);
        for (int plane = 0; plane < 3; ++plane) {
            const float* const colour = paint.row(plane, y) + 1;
            float* const to = out.row(plane, y);
            for (int x = 0; x < out.rect.width(); ++x) {
                // Flanks that face the light fall towards it.
                const float slope = (own[x - 1] - own[x + 1]) * lightX + (above[x] - below[x]) * lightY;
                const float lit = colour[x] + relief * slope * (0.25F + std::clamp(colour[x], 0.0F, 1.0F));
                to[x] = cover[x] > 0.0F ? to[x] + (lit - to[x]) * amount : 0.0F;
            }
        }
    }
    return {};
}

} // namespace

extern const Effect effect_oil_paint;
const Effect effect_oil_paint{
    .name = "oil_paint",
    .title = "Oil paint",
    .help = "Paints a picture again with a brush that follows its own flow: long strokes along edges, flat patches between them, and the traces of bristles in slanting light.",
    .tags = {"blur and detail", "paint"},
    .synonyms = {"kuwahara", "painting", "brush strokes", "oilify", "watercolour", "painterly", "impasto", "abstraction"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "radius", .initial = 9.0, .least = 1.0, .most = 60.0, .step = 0.5, .unit = "px", .title = "Radius", .help = "Of the brush"},
        {.name = "sharpness", .initial = 0.6, .least = 0.0, .most = 1.0, .title = "Sharpness", .help = "How clearly strokes end at edges"},
        {.name = "detail", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Detail", .help = "Takes a smaller brush where much happens, as painters do for eyes"},
        {.name = "stretch", .initial = 1.2, .least = 0.0, .most = 3.0, .title = "Stretch", .help = "How long strokes get where the picture runs one way; 0 keeps the brush round"},
        {.name = "flow", .initial = 5.0, .least = 0.5, .most = 60.0, .step = 0.5, .unit = "px", .title = "Flow", .help = "Smoothness of the directions that strokes follow"},
        {.name = "relief", .initial = 0.5, .least = 0.0, .most = 4.0, .title = "Relief", .help = "How thick the paint looks"},
        {.name = "bristles", .initial = 2.0, .least = 1.0, .most = 20.0, .step = 0.5, .unit = "px", .title = "Bristles", .help = "Width of the traces in the paint"},
        {.name = "light", .kind = ParamKind::Angle, .initial = 225.0, .step = 1.0, .unit = "deg", .title = "Light", .help = "Where it comes from, clockwise: 0 from the right, 270 from above"},
        {.name = "amount", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Amount", .help = "Mixes with the picture; 0 changes nothing"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .title = "Seed", .help = "Another seed gives other traces"},
    },
    .access = Access::Region,
    .cost = 250,
    .passes = passes,
    .region = region,
    .works = works,
    .render = render,
};

} // namespace artdag
