// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

#include <array>

namespace artdag {
namespace {

std::array<double, 3> exponentsOf(const FrameCall& call)
{
    const double all = call.args.real("gamma");
    return {1.0 / (all * call.args.real("red")), 1.0 / (all * call.args.real("green")), 1.0 / (all * call.args.real("blue"))};
}

int passes(const FrameCall& call)
{
    return exponentsOf(call) == std::array{1.0, 1.0, 1.0} ? 0 : -1;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const std::array<double, 3> exponents = exponentsOf(call);
    changeTones(inputs[0], out, call.space, 1.0, [&](const ToneRow& row) {
        for (std::size_t plane = 0; plane < 3; ++plane)
            if (exponents[plane] != 1.0)
                powerRow(row.to[plane], row.to[plane], row.n, exponents[plane]);
    });
    return {};
}

Param channel(std::string_view name, std::string_view title)
{
    return {.name = name, .initial = 1.0, .least = 0.1, .most = 10.0, .title = title, .help = "Times the gamma of all", .group = "Channels"};
}

} // namespace

extern const Effect effect_gamma;
const Effect effect_gamma{
    .name = "gamma",
    .title = "Gamma",
    .help = "Lightens or darkens the middle tones and leaves black and white where they are: tone ^ (1 ÷ gamma), in display space unless you choose linear light. 1 changes nothing.",
    .tags = {"colour"},
    .synonyms = {"midtones", "power", "eq", "gamma correction"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "gamma", .initial = 1.0, .least = 0.1, .most = 10.0, .title = "Gamma", .help = "Above 1 is lighter, below 1 darker"},
        channel("red", "Red"),
        channel("green", "Green"),
        channel("blue", "Blue"),
        spaceParam("Where the power is taken"),
    },
    .neutralAtDefault = true,
    .passes = passes,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
