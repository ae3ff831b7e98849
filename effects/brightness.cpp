// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/pointwise.h"

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

Works works(const FrameCall& call)
{
    return passes(call) == 0 ? Works::Either : call.args.choice("space") == 1 ? Works::Linear
                                                                              : Works::Display;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const auto lift = static_cast<float>(call.args.real("amount"));
    const ColourMatrix matrix{{{1, 0, 0, lift}, {0, 1, 0, lift}, {0, 0, 1, lift}}};
    applyMatrix(matrix, inputs[0], out, call.space == Space::Linear);
    return {};
}

} // namespace

extern const Effect effect_brightness;
const Effect effect_brightness{
    .name = "brightness",
    .title = "Brightness",
    .help = "Lifts or lowers all tones by the same amount: red, green and blue + amount, in display space unless you choose linear light. 0 changes nothing.",
    .tags = {"colour"},
    .synonyms = {"lightness", "lift", "darken", "lighten", "offset"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 0.0, .least = -1.0, .most = 1.0, .title = "Amount", .help = "−1 makes white black, 1 makes black white"},
        {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Space", .help = "Where the sum is made", .choices = {"display", "linear"}, .animatable = false},
    },
    .neutralAtDefault = true,
    .passes = passes,
    .works = works,
    .render = render,
};

} // namespace artdag
