// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

#include <algorithm>

namespace artdag {
namespace {

/// What one channel goes through: (tone · slope + black) ^ exponent.
struct Grade {
    double slope = 1, black = 0, exponent = 1;
};

/// A channel of a wheel's colour in the space of the pixels. Its alpha means nothing.
double channelOf(const FrameCall& call, std::string_view wheel, Space space, int plane)
{
    return paintOf(call.args.colour(wheel), space).rgb[plane];
}

Grade gradeOf(const FrameCall& call, Space space, int plane)
{
    const double black = call.args.real("lift") + channelOf(call, "lift_colour", space, plane);
    const double white = call.args.real("gain") * channelOf(call, "gain_colour", space, plane);
    const double gamma = call.args.real("gamma") * std::max(channelOf(call, "gamma_colour", space, plane), 0.05);
    return {white - black, black + call.args.real("offset"), 1.0 / gamma};
}

int passes(const FrameCall& call)
{
    for (int plane = 0; plane < 3; ++plane) { // black and white are the same in both spaces
        const Grade grade = gradeOf(call, Space::Display, plane);
        if (grade.slope != 1.0 || grade.black != 0.0 || grade.exponent != 1.0)
            return -1;
    }
    return 0;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const Grade grades[3] = {gradeOf(call, call.space, red), gradeOf(call, call.space, green), gradeOf(call, call.space, blue)};
    changeTones(inputs[0], out, call.space, 1.0, [&](const ToneRow& row) {
        for (int plane = 0; plane < 3; ++plane) {
            const Grade& grade = grades[plane];
            scaleRow(row.to[plane], row.to[plane], row.n, static_cast<float>(grade.slope), static_cast<float>(grade.black));
            if (grade.exponent != 1.0)
                powerRow(row.to[plane], row.to[plane], row.n, grade.exponent);
        }
    });
    return {};
}

Param wheel(std::string_view name, std::string_view group, const Colour& initial, std::string_view help)
{
    return {.name = name, .kind = ParamKind::Colour, .initial = initial, .title = "Colour", .help = help, .group = group};
}

} // namespace

extern const Effect effect_lift_gamma_gain;
const Effect effect_lift_gamma_gain{
    .name = "lift_gamma_gain",
    .title = "Lift, gamma, gain",
    .help = "Grades shadows, middle tones and lights, each in strength and colour: black becomes the lift, white the gain, and gamma bends what lies between. In display space unless you choose linear light.",
    .tags = {"colour"},
    .synonyms = {"colour wheels", "color wheels", "grade", "colour grading", "three-way", "shadows midtones highlights", "colorbalance", "primaries", "CDL"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "lift", .initial = 0.0, .least = -1.0, .most = 1.0, .step = 0.005, .title = "Lift", .help = "Raises or lowers the shadows; white stays", .group = "Lift"},
        wheel("lift_colour", "Lift", {0, 0, 0, 0}, "Added to the shadows; black adds nothing"),
        {.name = "gamma", .initial = 1.0, .least = 0.1, .most = 5.0, .title = "Gamma", .help = "Above 1 lightens the middle tones, below 1 darkens them", .group = "Gamma"},
        wheel("gamma_colour", "Gamma", {1, 1, 1, 1}, "The middle tones lean to it; white changes nothing"),
        {.name = "gain", .initial = 1.0, .least = 0.0, .most = 4.0, .title = "Gain", .help = "How bright white becomes; black stays", .group = "Gain"},
        wheel("gain_colour", "Gain", {1, 1, 1, 1}, "What white becomes; white changes nothing"),
        {.name = "offset", .initial = 0.0, .least = -1.0, .most = 1.0, .step = 0.005, .title = "Offset", .help = "Added to all tones alike"},
        spaceParam("Where tones are graded"),
    },
    .neutralAtDefault = true,
    .passes = passes,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
