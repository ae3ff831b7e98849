// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/affine.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    if (passes(call) < 0 && call.args.real("speed") != 0.0)
        out.push_back(call.t());
}

/// Lines across a direction: the mean of a stripe's profile over a pixel, so that no distance of lines makes moiré.
struct Stripes {
    double acrossX = 0.0, acrossY = 1.0, shift = 0.0, period = 4.0; ///< px of this plan
    double half = 0.25, soft = 0.0, pixel = 0.25;                   ///< of a period: half a line, half its slope, half a pixel

    /// Area of the profile from 0 to `phase`, which may be any number of periods.
    [[nodiscard]] double area(double phase) const
    {
        const double whole = exact::floor(phase), t = phase - whole; // the line's middle is at ½
        const double rise = 0.5 - half, fall = 0.5 + half;
        return whole * 2.0 * half + ramp(t - rise) - ramp(t - fall);
    }
    /// The integral of a step at 0 that takes 2·soft to rise.
    [[nodiscard]] double ramp(double t) const
    {
        if (t <= -soft)
            return 0.0;
        return t >= soft ? t : (t + soft) * (t + soft) / (4.0 * soft);
    }
    [[nodiscard]] float at(double x, double y) const
    {
        const double phase = (x * acrossX + y * acrossY + shift) / period;
        return static_cast<float>((area(phase + pixel) - area(phase - pixel)) / (2.0 * pixel));
    }
};

Stripes stripesOf(const FrameCall& call)
{
    const Turn turn = turnOf(call.args.real("angle"));
    Stripes stripes;
    stripes.acrossX = -turn.sine;
    stripes.acrossY = turn.cosine;
    stripes.period = std::max(call.px("spacing"), 1e-3);
    stripes.shift = -call.px("shift") - call.px("speed") * call.t();
    stripes.half = 0.5 * std::clamp(call.args.real("thickness"), 0.0, 1.0);
    // A slope no wider than the line or the gap: then it never reaches into the next period.
    stripes.soft = call.args.real("softness") * std::min(stripes.half, 0.5 - stripes.half);
    stripes.pixel = 0.5 / stripes.period;
    return stripes;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const Stripes stripes = stripesOf(call);
    const auto amount = static_cast<float>(call.args.real("amount"));
    const LinearColour colour = linearOf(call.args.colour("colour"));
    const float paint[4] = {colour.r, colour.g, colour.b, colour.a};
    const auto n = static_cast<std::size_t>(out.rect.width());
    std::vector<float> weights(n);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        if (stripes.acrossX == 0.0)
            std::fill(weights.begin(), weights.end(), amount * stripes.at(0.0, y + 0.5));
        else
            for (std::size_t i = 0; i < n; ++i)
                weights[i] = amount * stripes.at(out.rect.x0 + static_cast<int>(i) + 0.5, y + 0.5);
        const std::ptrdiff_t shift = out.rect.x0 - inputs[0].rect.x0;
        const float* cover = inputs[0].row(alpha, y) + shift;
        for (int plane = 0; plane < 3; ++plane) {
            const float* from = inputs[0].row(plane, y) + shift;
            float* to = out.row(plane, y);
            for (std::size_t i = 0; i < n; ++i)
                to[i] = from[i] * (1.0F - weights[i] * paint[3]) + paint[plane] * (cover[i] * weights[i]);
        }
        std::copy_n(cover, n, out.row(alpha, y));
    }
    return {};
}

} // namespace

extern const Effect effect_scanlines;
const Effect effect_scanlines{
    .name = "scanlines",
    .title = "Scanlines",
    .help = "Even lines over a picture, dark or in any colour, at any angle, still or running. They never make moiré. Amount 0 changes nothing.",
    .tags = {"stylize", "retro"},
    .synonyms = {"lines", "stripes", "venetian blinds", "interlace", "monitor", "hologram", "crt"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 0.6, .least = 0.0, .most = 1.0, .title = "Amount", .help = "How much of the colour the lines have"},
        {.name = "spacing", .initial = 6.0, .least = 1.0, .most = 1000.0, .step = 0.5, .unit = "px", .title = "Spacing", .help = "From one line to the next"},
        {.name = "thickness", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Thickness", .help = "Of a line, as a part of the spacing"},
        {.name = "softness", .initial = 0.6, .least = 0.0, .most = 1.0, .title = "Softness"},
        {.name = "angle", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "0 is level, clockwise"},
        {.name = "shift", .initial = 0.0, .step = 0.5, .unit = "px", .title = "Shift", .help = "Moves the lines across"},
        {.name = "speed", .initial = 0.0, .step = 1.0, .unit = "px/s", .title = "Speed", .help = "Lets them run", .animatable = false},
        {.name = "colour", .kind = ParamKind::Colour, .initial = Colour{0, 0, 0, 1}, .title = "Colour"},
    },
    .moment = moment,
    .still = [](const Call& call) { return call.args.real("speed") == 0.0; },
    .passes = passes,
    .render = render,
};

} // namespace artdag
