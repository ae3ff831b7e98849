// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/affine.h"
#include "core/picture/extend.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace artdag {
namespace {

/// Brightness on the far side of a pixel less that on the side of the light, each between four pixels.
std::vector<Tap> slope(const FrameCall& call)
{
    const Turn light = turnOf(call.args.real("angle"));
    const double depth = std::max(0.5, 0.5 * call.px("depth"));
    std::vector<Tap> taps;
    for (const double side : {-1.0, 1.0}) {
        const double x = side * depth * light.cosine, y = side * depth * light.sine;
        const double left = exact::floor(x), top = exact::floor(y);
        for (int j = 0; j < 2; ++j)
            for (int i = 0; i < 2; ++i) {
                const double weight = (i == 0 ? 1.0 - (x - left) : x - left) * (j == 0 ? 1.0 - (y - top) : y - top);
                if (weight > 0.0)
                    taps.push_back({static_cast<int>(left) + i, static_cast<int>(top) + j, static_cast<float>(-side * weight)});
            }
    }
    return taps;
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
    return passes(call) == 0 ? out : tapRegion(slope(call), out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    if (passes(call) == 0)
        return {};
    const std::vector<Tap> taps = slope(call);
    const Rect need = tapRegion(taps, out.rect);
    const Picture source = extended(inputs[0].sub(need.clippedTo(inputs[0].rect)), need, EdgeMode::Clamp);
    Picture brightness(need), relief(out.rect);
    brightnessPlane(source.view(), brightness.view(), red);
    sumTaps(taps, std::as_const(brightness).view(), relief.view(), red, red);
    const auto strength = static_cast<float>(call.args.real("strength")), colour = static_cast<float>(call.args.real("colour"));
    const auto amount = static_cast<float>(call.args.real("amount"));
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const float *const height = relief.view().row(red, y), *const cover = out.row(alpha, y);
        for (int plane = 0; plane < 3; ++plane) {
            float* const to = out.row(plane, y);
            for (int x = 0; x < out.rect.width(); ++x) {
                const float lit = 0.5F + (to[x] - 0.5F) * colour + strength * height[x];
                to[x] = cover[x] > 0.0F ? to[x] + (lit - to[x]) * amount : 0.0F;
            }
        }
    }
    return {};
}

} // namespace

extern const Effect effect_emboss;
const Effect effect_emboss{
    .name = "emboss",
    .title = "Emboss",
    .help = "Shows a picture as a relief under slanting light: bright parts stand out, on grey or in the picture's own colours.",
    .tags = {"blur and detail", "relief"},
    .synonyms = {"relief", "bump", "engrave", "chisel", "stamp", "colour emboss", "convolution"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "angle", .kind = ParamKind::Angle, .initial = 225.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "Where the light comes from, clockwise: 0 from the right, 270 from above"},
        {.name = "depth", .initial = 4.0, .least = 1.0, .most = 100.0, .step = 0.5, .unit = "px", .title = "Depth", .help = "Width of the slopes"},
        {.name = "strength", .initial = 1.5, .least = 0.0, .most = 10.0, .title = "Strength", .help = "How steep the slopes look"},
        {.name = "colour", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Colour", .help = "0 is a grey relief, 1 lights the picture in its own colours"},
        {.name = "amount", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Amount", .help = "Mixes with the picture; 0 changes nothing"},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .works = works,
    .render = render,
};

} // namespace artdag
