// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

namespace artdag {
namespace {

constexpr int lightness = 4;

/// colour + 1 − brightest − darkest channel: lightness L becomes 1 − L, hue and saturation (as in HSL) stay.
void invertLightness(const ToneRow& row, float* __restrict middle)
{
    lightnessRow(row.to, middle, row.n);
    for (int plane = 0; plane < 3; ++plane) {
        float* __restrict to = row.to[plane];
        for (std::size_t i = 0; i < row.n; ++i)
            to[i] = to[i] + (1.0F - 2.0F * middle[i]);
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const double amount = call.args.real("amount");
    const int channels = call.args.choice("channels");
    if (amount == 0.0) {
        copy(inputs[0], out);
    } else if (channels == lightness) {
        std::vector<float> middle(static_cast<std::size_t>(out.rect.width()));
        changeTones(inputs[0], out, call.space, amount, [&](const ToneRow& row) { invertLightness(row, middle.data()); });
    } else {
        ColourMatrix matrix;
        for (int plane = 0; plane < 3; ++plane)
            if (channels == 0 || channels == plane + 1) {
                matrix.m[plane][plane] = -1.0F;
                matrix.m[plane][3] = 1.0F;
            }
        applyToneMatrix(partOf(matrix, amount), inputs[0], out, call.space);
    }
    return {};
}

} // namespace

extern const Effect effect_invert;
const Effect effect_invert{
    .name = "invert",
    .title = "Invert",
    .help = "Makes a negative: 1 − tone, in display space unless you choose linear light. Lightness alone turns bright and dark around and keeps the hues.",
    .tags = {"colour"},
    .synonyms = {"negative", "negate", "invert colours", "solarise", "reverse"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "channels", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Channels", .choices = {"all", "red", "green", "blue", "lightness"}, .animatable = false},
        amountParam(),
        spaceParam("Where tones are subtracted from white"),
    },
    .passes = passesWithoutAmount,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
