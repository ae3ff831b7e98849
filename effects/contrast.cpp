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
    const double root = 1.0 + call.args.real("amount");
    const auto slope = static_cast<float>(root * root);
    const auto rest = static_cast<float>(call.args.real("pivot") * (1.0 - root * root));
    const ColourMatrix matrix{{{slope, 0, 0, rest}, {0, slope, 0, rest}, {0, 0, slope, rest}}};
    applyMatrix(matrix, inputs[0], out, call.space == Space::Linear);
    return {};
}

} // namespace

extern const Effect effect_contrast;
const Effect effect_contrast{
    .name = "contrast",
    .title = "Contrast",
    .help = "Moves tones away from the pivot or towards it: pivot + (tone − pivot) × (1 + amount)², in display space unless you choose linear light. 0 changes nothing.",
    .tags = {"colour"},
    .synonyms = {"punch", "flatten", "dynamic range"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 0.0, .least = -1.0, .most = 1.0, .title = "Amount", .help = "−1 is flat, 1 is four times as steep"},
        {.name = "pivot", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Pivot", .help = "The tone that stays"},
        {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Space", .choices = {"display", "linear"}, .animatable = false},
    },
    .neutralAtDefault = true,
    .passes = passes,
    .works = works,
    .render = render,
};

} // namespace artdag
