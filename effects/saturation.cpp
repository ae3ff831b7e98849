// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

#include <array>

namespace artdag {
namespace {

constexpr std::array<ToneWeights, 3> weights{bt709Weights, bt601Weights, ToneWeights{1.0F / 3.0F, 1.0F / 3.0F, 1.0F / 3.0F}};

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passesWithoutAmount(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const double factor = 1.0 + call.args.real("amount");
    const ToneWeights& grey = weights[static_cast<std::size_t>(call.args.choice("weights"))];
    const ColourMatrix toGrey{{{grey.r, grey.g, grey.b, 0}, {grey.r, grey.g, grey.b, 0}, {grey.r, grey.g, grey.b, 0}}};
    applyToneMatrix(partOf(toGrey, 1.0 - factor), inputs[0], out, call.space);
    return {};
}

} // namespace

extern const Effect effect_saturation;
const Effect effect_saturation{
    .name = "saturation",
    .title = "Saturation",
    .help = "Moves colours away from the grey of the same brightness or towards it: grey + (colour − grey) × (1 + amount), in display space unless you choose linear light. 0 changes nothing.",
    .tags = {"colour"},
    .synonyms = {"chroma", "colourfulness", "desaturate", "eq", "hue saturation", "vivid"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 0.0, .least = -1.0, .most = 3.0, .title = "Amount", .help = "−1 is grey, 1 doubles the colour"},
        {.name = "weights", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Weights", .help = "How bright red, green and blue count in the grey", .choices = {"bt709", "bt601", "average"}, .animatable = false},
        spaceParam("Where colour and grey are mixed"),
    },
    .neutralAtDefault = true,
    .passes = passesWithoutAmount,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
