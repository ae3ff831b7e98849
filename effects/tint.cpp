// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return call.args.real("amount") * call.args.colour("colour").a == 0.0 ? 0 : -1;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const StraightPaint paint = paintOf(call.args.colour("colour"), call.space);
    const float weights[3] = {bt709Weights.r, bt709Weights.g, bt709Weights.b};
    const float grey = weights[0] * paint.rgb[0] + weights[1] * paint.rgb[1] + weights[2] * paint.rgb[2];
    const float scale = call.args.boolean("keep_brightness") && grey > 1e-3F ? 1.0F / grey : 1.0F;
    const bool colourize = call.args.choice("mode") == 1;
    ColourMatrix matrix;
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column)
            matrix.m[row][column] = paint.rgb[row] * scale * (colourize ? weights[column] : row == column ? 1.0F
                                                                                                          : 0.0F);
    applyToneMatrix(partOf(matrix, call.args.real("amount") * call.args.colour("colour").a), inputs[0], out, call.space);
    return {};
}

} // namespace

extern const Effect effect_tint;
const Effect effect_tint{
    .name = "tint",
    .title = "Tint",
    .help = "Looks at the picture through coloured glass, or paints its tones in one colour. Amount 0 changes nothing.",
    .tags = {"colour"},
    .synonyms = {"photo filter", "warming filter", "colourize", "colorize", "gel", "multiply by colour", "wash"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "colour", .kind = ParamKind::Colour, .initial = Colour{0.96, 0.58, 0.16, 1}, .title = "Colour"},
        {.name = "mode", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Mode", .help = "filter multiplies every colour by this one; colourize keeps only the tones", .choices = {"filter", "colourize"}, .animatable = false},
        {.name = "keep_brightness", .kind = ParamKind::Boolean, .initial = true, .title = "Keep brightness", .help = "Greys stay as bright as they were"},
        amountParam(0.4),
        spaceParam("Where colours are multiplied: linear is what glass does"),
    },
    .passes = passes,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
