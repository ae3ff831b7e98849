// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

#include <algorithm>

namespace artdag {
namespace {

struct Levels {
    double inBlack, inWhite, gamma, outBlack, outWhite;
    bool clamp;
};

Levels levelsOf(const FrameCall& call)
{
    return {call.args.real("in_black"), call.args.real("in_white"), call.args.real("gamma"), call.args.real("out_black"), call.args.real("out_white"), call.args.boolean("clamp")};
}

int passes(const FrameCall& call)
{
    const Levels levels = levelsOf(call);
    const bool neutral = levels.inBlack == 0.0 && levels.inWhite == 1.0 && levels.gamma == 1.0 && levels.outBlack == 0.0 && levels.outWhite == 1.0;
    return neutral && !levels.clamp ? 0 : -1;
}

void changeRow(const Levels& levels, float* row, std::size_t n)
{
    double width = levels.inWhite - levels.inBlack;
    if (width < 1e-6 && width > -1e-6) // black and white at one tone: a step there
        width = 1e-6;
    scaleRow(row, row, n, static_cast<float>(1.0 / width), static_cast<float>(-levels.inBlack / width));
    if (levels.clamp)
        for (std::size_t i = 0; i < n; ++i) {
            const float least = row[i] > 0.0F ? row[i] : 0.0F;
            row[i] = least < 1.0F ? least : 1.0F;
        }
    if (levels.gamma != 1.0)
        powerRow(row, row, n, 1.0 / levels.gamma);
    scaleRow(row, row, n, static_cast<float>(levels.outWhite - levels.outBlack), static_cast<float>(levels.outBlack));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const Levels levels = levelsOf(call);
    const int channel = call.args.choice("channel");
    changeTones(inputs[0], out, call.space, 1.0, [&](const ToneRow& row) {
        for (int plane = 0; plane < 3; ++plane)
            if (channel == 0 || channel == plane + 1)
                changeRow(levels, row.to[plane], row.n);
    });
    return {};
}

Param tone(std::string_view name, std::string_view title, double initial, std::string_view group, std::string_view help)
{
    return {.name = name, .initial = initial, .least = -1.0, .most = 2.0, .step = 0.005, .title = title, .help = help, .group = group};
}

} // namespace

extern const Effect effect_levels;
const Effect effect_levels{
    .name = "levels",
    .title = "Levels",
    .help = "Chooses which tones become black and white, bends what lies between, and sets where black and white end up. Tones are of display space unless you choose linear light.",
    .tags = {"colour"},
    .synonyms = {"black point", "white point", "histogram", "input range", "output range", "colorlevels", "remap tones", "grade"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        tone("in_black", "Black from", 0.0, "Input", "The tone that becomes black"),
        tone("in_white", "White from", 1.0, "Input", "The tone that becomes white"),
        {.name = "gamma", .initial = 1.0, .least = 0.1, .most = 10.0, .title = "Gamma", .help = "Above 1 lightens the middle tones, below 1 darkens them"},
        tone("out_black", "Black to", 0.0, "Output", "What black becomes"),
        tone("out_white", "White to", 1.0, "Output", "What white becomes"),
        {.name = "channel", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Channel", .help = "One channel alone changes the colour too", .choices = {"all", "red", "green", "blue"}, .animatable = false},
        {.name = "clamp", .kind = ParamKind::Boolean, .initial = false, .title = "Clamp", .help = "Cut off what is darker than black or brighter than white"},
        spaceParam("Where tones are measured and bent"),
    },
    .neutralAtDefault = true,
    .passes = passes,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
