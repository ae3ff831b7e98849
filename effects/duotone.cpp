// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/tone_effect.h"

namespace artdag {
namespace {

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const double amount = call.args.real("amount");
    if (amount == 0.0) {
        copy(inputs[0], out);
        return {};
    }
    const StraightPaint dark = paintOf(call.args.colour("dark"), call.space), light = paintOf(call.args.colour("light"), call.space);
    const double exponent = exact::exp2(-2.0 * call.args.real("balance"));
    std::vector<float> tones(static_cast<std::size_t>(out.rect.width()));
    changeTones(inputs[0], out, call.space, amount, [&](const ToneRow& row) {
        float* tone = tones.data();
        toneRow(row.to, bt709Weights, tone, row.n);
        for (std::size_t i = 0; i < row.n; ++i) {
            const float least = tone[i] > 0.0F ? tone[i] : 0.0F;
            tone[i] = least < 1.0F ? least : 1.0F;
        }
        if (exponent != 1.0)
            powerRow(tone, tone, row.n, exponent);
        for (int plane = 0; plane < 3; ++plane)
            paintBetween(dark, light, plane, tone, row.to[plane], row.n);
    });
    return {};
}

} // namespace

extern const Effect effect_duotone;
const Effect effect_duotone{
    .name = "duotone",
    .title = "Duotone",
    .help = "Prints the picture in two inks: dark tones in one colour, light ones in the other, and mixtures between.",
    .tags = {"colour"},
    .synonyms = {"two colours", "tint (map black and white)", "two-tone", "riso", "monotone", "colour map"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "dark", .kind = ParamKind::Colour, .initial = Colour{0.14, 0.07, 0.42, 1}, .title = "Dark", .help = "What black becomes; alpha below 1 lets the picture's own colours through"},
        {.name = "light", .kind = ParamKind::Colour, .initial = Colour{1.0, 0.84, 0.56, 1}, .title = "Light", .help = "What white becomes; alpha below 1 lets the picture's own colours through"},
        {.name = "balance", .initial = 0.0, .least = -1.0, .most = 1.0, .title = "Balance", .help = "Above 0 there is more of the light colour, below 0 more of the dark"},
        amountParam(),
        spaceParam("Where tones are measured and the two colours mixed"),
    },
    .passes = passesWithoutAmount,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
