// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/rows.h"

#include <algorithm>
#include <vector>

namespace artdag {
namespace {

/// Switching off: first the picture falls together to a bright line, then the line to a dot, then the dot goes out.
void squeeze(TubeRow& tube, double power)
{
    const double tall = std::clamp((power - 0.4) / 0.6, 0.0, 1.0);
    const double wide = std::clamp((power - 0.08) / 0.32, 0.0, 1.0);
    tube.spanY = std::max(tall * tall * (3.0 - 2.0 * tall), 0.006);
    tube.spanX = std::max(wide * wide, 0.006);
    tube.taps = std::clamp(static_cast<int>(1.0 / tube.spanY), 1, 16);
    tube.gain = static_cast<float>((1.0 + 3.0 * (1.0 - tall)) * std::clamp(power / 0.08, 0.0, 1.0));
}

TubeRow tubeOf(const FrameCall& call, const ConstPictureView& in)
{
    TubeRow tube{};
    tube.width = call.inputs[0].stream.width;
    tube.height = call.inputs[0].stream.height;
    tube.curvature = call.args.real("curvature");
    tube.lines = call.args.real("lines");
    // Finer than the pixels can show, lines and mask fade into their mean instead of making moiré.
    tube.depth = static_cast<float>(call.args.real("scanlines") * std::clamp(tube.height / tube.lines - 1.25, 0.0, 1.0));
    tube.vignette = static_cast<float>(call.args.real("vignette"));
    tube.monochrome = static_cast<float>(call.args.real("monochrome"));
    const LinearColour phosphor = linearOf(call.args.colour("phosphor"));
    tube.phosphor[0] = phosphor.r, tube.phosphor[1] = phosphor.g, tube.phosphor[2] = phosphor.b;
    squeeze(tube, call.args.real("power"));
    tube.stride = in.stride;
    for (int plane = 0; plane < 3; ++plane)
        tube.from[plane] = &in.at(plane, 0, 0);
    return tube;
}

/// What the mask of phosphor stripes lets through, column by column.
std::vector<float> stripesOf(const FrameCall& call, int plane, Rect part)
{
    const double pitch = std::max(call.px("mask_pitch"), 0.1);
    const auto mask = static_cast<float>(call.args.real("mask") * std::clamp(pitch - 1.5, 0.0, 1.0));
    std::vector<float> stripes;
    for (int x = part.x0; x < part.x1; ++x)
        stripes.push_back(mask > 0.0F ? 1.0F - mask * (1.0F - 1.5F * rowKernels().tubeHump((x + 0.5) / pitch - plane / 3.0)) : 1.0F);
    return stripes;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    constexpr int most = 64;
    TubeRow tube = tubeOf(call, inputs[0]);
    const std::vector<float> stripes[3] = {stripesOf(call, 0, out.rect), stripesOf(call, 1, out.rect), stripesOf(call, 2, out.rect)};
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        tube.v0 = (y + 0.5) / tube.height * 2.0 - 1.0;
        for (int x = out.rect.x0; x < out.rect.x1; x += most) {
            for (int plane = 0; plane < 3; ++plane) {
                tube.stripes[plane] = stripes[plane].data() + (x - out.rect.x0);
                tube.out[plane] = &out.at(plane, x, y);
            }
            rowKernels().tube(tube, x, std::min(most, out.rect.x1 - x));
        }
        std::fill_n(out.row(alpha, y), out.rect.width(), 1.0F);
    }
    return {};
}

} // namespace

extern const Effect effect_crt;
const Effect effect_crt{
    .name = "crt",
    .title = "CRT",
    .help = "Shows a picture on a curved picture tube: scanlines, a mask of phosphor stripes, one phosphor colour if you like, and a power switch to animate.",
    .tags = {"stylize"},
    .synonyms = {"television", "tube", "monitor", "scanlines", "retro", "vhs", "phosphor"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "curvature", .initial = 0.25, .least = 0.0, .most = 1.0, .title = "Curvature"},
        {.name = "lines", .initial = 240.0, .least = 20.0, .most = 1200.0, .step = 1.0, .title = "Lines", .help = "Scanlines from top to bottom"},
        {.name = "scanlines", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Scanlines", .help = "How dark the gaps between the lines are"},
        {.name = "mask", .initial = 0.25, .least = 0.0, .most = 1.0, .title = "Mask", .help = "Stripes of red, green and blue phosphor"},
        {.name = "mask_pitch", .initial = 4.0, .least = 1.0, .most = 60.0, .step = 0.5, .unit = "px", .title = "Mask pitch"},
        {.name = "monochrome", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Monochrome", .help = "1 shows everything in the phosphor's colour"},
        {.name = "phosphor", .kind = ParamKind::Colour, .initial = Colour{1.0, 0.69, 0.2, 1}, .title = "Phosphor", .help = "Used as far as the picture is monochrome"},
        {.name = "vignette", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Vignette"},
        {.name = "power", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Power", .help = "From 1 to 0 the picture falls to a line, then to a dot, then goes out"},
    },
    .access = Access::Gather,
    .render = render,
};

} // namespace artdag
