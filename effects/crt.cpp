// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace artdag {
namespace {

struct Tube {
    int width = 1, height = 1;
    double curvature = 0.0, spanX = 1.0, spanY = 1.0; ///< the part of the screen that the beam still reaches
    double lines = 240.0, maskPitch = 3.0;            ///< scanlines of the picture; px of this plan
    float depth = 0.0F, mask = 0.0F, vignette = 0.0F, monochrome = 0.0F, gain = 1.0F;
    LinearColour phosphor;
    int taps = 1; ///< rows that are averaged into one where the picture is squeezed
};

/// Switching off: first the picture falls together to a bright line, then the line to a dot, then the dot goes out.
void squeeze(Tube& tube, double power)
{
    const double tall = std::clamp((power - 0.4) / 0.6, 0.0, 1.0);
    const double wide = std::clamp((power - 0.08) / 0.32, 0.0, 1.0);
    tube.spanY = std::max(tall * tall * (3.0 - 2.0 * tall), 0.006);
    tube.spanX = std::max(wide * wide, 0.006);
    tube.taps = std::clamp(static_cast<int>(1.0 / tube.spanY), 1, 16);
    tube.gain = static_cast<float>((1.0 + 3.0 * (1.0 - tall)) * std::clamp(power / 0.08, 0.0, 1.0));
}

Tube makeTube(const FrameCall& call)
{
    Tube tube;
    tube.width = call.inputs[0].stream.width;
    tube.height = call.inputs[0].stream.height;
    tube.curvature = call.args.real("curvature");
    tube.lines = call.args.real("lines");
    tube.maskPitch = std::max(call.px("mask_pitch"), 0.1);
    // Finer than the pixels can show, lines and mask fade into their mean instead of making moiré.
    const double lineHeight = tube.height / tube.lines;
    tube.depth = static_cast<float>(call.args.real("scanlines") * std::clamp(lineHeight - 1.25, 0.0, 1.0));
    tube.mask = static_cast<float>(call.args.real("mask") * std::clamp(tube.maskPitch - 1.5, 0.0, 1.0));
    tube.vignette = static_cast<float>(call.args.real("vignette"));
    tube.monochrome = static_cast<float>(call.args.real("monochrome"));
    tube.phosphor = linearOf(call.args.colour("phosphor"));
    squeeze(tube, call.args.real("power"));
    return tube;
}

/// Adds a share of the light at a place of the picture.
void addSample(const ConstPictureView& in, const Tube& tube, double x, double y, float rgb[3])
{
    x = std::clamp(x - 0.5, 0.0, tube.width - 1.0);
    y = std::clamp(y - 0.5, 0.0, tube.height - 1.0);
    const int x0 = static_cast<int>(x), y0 = static_cast<int>(y);
    const int x1 = std::min(x0 + 1, tube.width - 1), y1 = std::min(y0 + 1, tube.height - 1);
    const auto wx = static_cast<float>(x - x0), wy = static_cast<float>(y - y0);
    for (int plane = 0; plane < 3; ++plane) {
        const float above = in.at(plane, x0, y0) * (1.0F - wx) + in.at(plane, x1, y0) * wx;
        const float below = in.at(plane, x0, y1) * (1.0F - wx) + in.at(plane, x1, y1) * wx;
        const float light = above * (1.0F - wy) + below * wy;
        rgb[plane] += tube.taps == 1 ? light : light / static_cast<float>(tube.taps);
    }
}

/// A hump with period 1 and height 1 around whole numbers, mean ½.
float hump(double phase)
{
    const double part = std::abs(phase - exact::floor(phase) - 0.5) * 2.0;
    return static_cast<float>(part * part * (3.0 - 2.0 * part));
}

/// 1 inside the glass, 0 beyond, one pixel soft; u, v in −1 … 1, corners rounded.
double glass(const Tube& tube, double u, double v)
{
    constexpr double corner = 0.06;
    const double aspect = static_cast<double>(tube.width) / tube.height;
    const double dx = (std::abs(u) - 1.0) * aspect + corner, dy = std::abs(v) - 1.0 + corner;
    const double beyond = dx > 0.0 || dy > 0.0 ? std::sqrt(std::max(dx, 0.0) * std::max(dx, 0.0) + std::max(dy, 0.0) * std::max(dy, 0.0)) : 0.0;
    const double outside = beyond + std::min(std::max(dx, dy), 0.0) - corner;
    return std::clamp(0.5 - outside * tube.height * 0.5, 0.0, 1.0);
}

/// Light of the three phosphors at a place of the screen.
void beam(const ConstPictureView& in, const Tube& tube, double u, double v, float rgb[3])
{
    const double sx = u / tube.spanX, sy = v / tube.spanY;
    rgb[0] = rgb[1] = rgb[2] = 0.0F;
    if (std::abs(sx) > 1.0 || std::abs(sy) > 1.0)
        return;
    for (int tap = 0; tap < tube.taps; ++tap) {
        const double y = sy + ((tap + 0.5) / tube.taps - 0.5) * 2.0 / (tube.spanY * tube.height);
        addSample(in, tube, (sx * 0.5 + 0.5) * tube.width, (y * 0.5 + 0.5) * tube.height, rgb);
    }
    const float luma = 0.2126F * rgb[0] + 0.7152F * rgb[1] + 0.0722F * rgb[2];
    const float tint[3] = {tube.phosphor.r, tube.phosphor.g, tube.phosphor.b};
    for (int plane = 0; plane < 3; ++plane)
        rgb[plane] += (luma * tint[plane] - rgb[plane]) * tube.monochrome;
    // A strong beam is thick and fills the gap between the lines.
    const float gap = tube.depth * (1.0F - 0.5F * std::clamp(luma, 0.0F, 1.0F));
    const float line = (1.0F - gap * (1.0F - hump((v * 0.5 + 0.5) * tube.lines))) / (1.0F - 0.5F * gap);
    for (int plane = 0; plane < 3; ++plane)
        rgb[plane] *= line * tube.gain;
}

/// What the mask lets through of each phosphor, column by column.
std::vector<float> stripesOf(const Tube& tube, Rect part)
{
    std::vector<float> stripes;
    for (int x = part.x0; x < part.x1; ++x)
        for (int plane = 0; plane < 3; ++plane)
            stripes.push_back(tube.mask > 0.0F ? 1.0F - tube.mask * (1.0F - 1.5F * hump((x + 0.5) / tube.maskPitch - plane / 3.0)) : 1.0F);
    return stripes;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Tube tube = makeTube(call);
    const std::vector<float> stripes = stripesOf(tube, out.rect);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const double v0 = (y + 0.5) / tube.height * 2.0 - 1.0;
        for (int x = out.rect.x0; x < out.rect.x1; ++x) {
            const double u0 = (x + 0.5) / tube.width * 2.0 - 1.0;
            const double u = u0 * (1.0 + tube.curvature * 0.25 * (v0 * v0 + 0.1 * u0 * u0));
            const double v = v0 * (1.0 + tube.curvature * 0.35 * (u0 * u0 + 0.1 * v0 * v0));
            const auto inside = static_cast<float>(tube.curvature > 0.0 ? glass(tube, u, v) : 1.0);
            float rgb[3] = {};
            if (inside > 0.0F)
                beam(inputs[0], tube, u, v, rgb);
            const auto corner = static_cast<float>((1.0 - u * u) * (1.0 - v * v));
            const float light = inside * (1.0F - tube.vignette * (1.0F - std::sqrt(std::clamp(corner, 0.0F, 1.0F))));
            for (int plane = 0; plane < 3; ++plane) {
                const float stripe = stripes[static_cast<std::size_t>(x - out.rect.x0) * 3 + static_cast<std::size_t>(plane)];
                out.at(plane, x, y) = rgb[plane] * light * stripe;
            }
            out.at(alpha, x, y) = 1.0F;
        }
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
