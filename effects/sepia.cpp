// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

namespace artdag {
namespace {

/// W3C Filter Effects Module Level 1, sepia(100%).
constexpr ColourMatrix brown{{{0.393F, 0.769F, 0.189F, 0}, {0.349F, 0.686F, 0.168F, 0}, {0.272F, 0.534F, 0.131F, 0}}};

/// Faded prints have neither black nor white: their range goes from 0.14 to 0.92 at the most.
ColourMatrix faded(const ColourMatrix& matrix, double fade)
{
    const auto range = static_cast<float>(1.0 - 0.22 * fade);
    const auto black = static_cast<float>(0.14 * fade);
    ColourMatrix result;
    for (int row = 0; row < 3; ++row) {
        for (int column = 0; column < 3; ++column)
            result.m[row][column] = matrix.m[row][column] * range;
        result.m[row][3] = black;
    }
    return result;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passesWithoutAmount(call) == 0)
        copy(inputs[0], out);
    else
        applyToneMatrix(partOf(faded(brown, call.args.real("fade")), call.args.real("amount")), inputs[0], out, call.space);
    return {};
}

} // namespace

extern const Effect effect_sepia;
const Effect effect_sepia{
    .name = "sepia",
    .title = "Sepia",
    .help = "The brown of old photographs (the W3C sepia matrix, in display space unless you choose linear light).",
    .tags = {"colour"},
    .synonyms = {"old photo", "vintage", "brown", "antique", "aged", "toning"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        amountParam(),
        {.name = "fade", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Fade", .help = "Takes depth from the blacks and light from the whites, as the years do"},
        spaceParam("Where the channels are mixed"),
    },
    .passes = passesWithoutAmount,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
