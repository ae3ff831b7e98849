// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

namespace artdag {
namespace {

constexpr std::string_view names[3][4] = {
    {"red_red", "red_green", "red_blue", "red_constant"},
    {"green_red", "green_green", "green_blue", "green_constant"},
    {"blue_red", "blue_green", "blue_blue", "blue_constant"},
};

ColourMatrix matrixOf(const FrameCall& call)
{
    const bool monochrome = call.args.boolean("monochrome");
    ColourMatrix matrix;
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 4; ++column)
            matrix.m[row][column] = static_cast<float>(call.args.real(names[monochrome ? 0 : row][column]));
    return matrix;
}

int passes(const FrameCall& call)
{
    const ColourMatrix matrix = matrixOf(call);
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 4; ++column)
            if (matrix.m[row][column] != (row == column ? 1.0F : 0.0F))
                return -1;
    return 0;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0)
        copy(inputs[0], out);
    else
        applyToneMatrix(matrixOf(call), inputs[0], out, call.space);
    return {};
}

Param part(int row, int column)
{
    constexpr std::string_view groups[3] = {"Red", "Green", "Blue"};
    constexpr std::string_view titles[4] = {"From red", "From green", "From blue", "Constant"};
    const bool constant = column == 3;
    return {.name = names[row][column], .initial = row == column ? 1.0 : 0.0, .least = constant ? -1.0 : -2.0, .most = constant ? 1.0 : 2.0, .title = titles[column], .help = constant ? "Added to the channel" : "", .group = groups[row]};
}

} // namespace

extern const Effect effect_channel_mixer;
const Effect effect_channel_mixer{
    .name = "channel_mixer",
    .title = "Channel mixer",
    .help = "Makes each channel anew out of parts of red, green and blue, and a constant, in display space unless you choose linear light.",
    .tags = {"colour"},
    .synonyms = {"colorchannelmixer", "color matrix", "colour matrix", "swap channels", "shuffle", "infrared", "monochrome mix"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        part(0, 0),
        part(0, 1),
        part(0, 2),
        part(0, 3),
        part(1, 0),
        part(1, 1),
        part(1, 2),
        part(1, 3),
        part(2, 0),
        part(2, 1),
        part(2, 2),
        part(2, 3),
        {.name = "monochrome", .kind = ParamKind::Boolean, .initial = false, .title = "Monochrome", .help = "All three channels become what the red ones say: a grey picture"},
        spaceParam("Where the parts are added"),
    },
    .neutralAtDefault = true,
    .passes = passes,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
