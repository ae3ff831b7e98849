// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

#include <algorithm>

namespace artdag {
namespace {

enum class Method {
    Bt709,
    Bt601,
    Average,
    Lightness,
    Brightest,
    Custom,
};

ToneWeights weightsOf(const FrameCall& call, Method method)
{
    switch (method) {
    case Method::Bt601: return bt601Weights;
    case Method::Average: return {1.0F / 3.0F, 1.0F / 3.0F, 1.0F / 3.0F};
    case Method::Custom: return {static_cast<float>(call.args.real("red")), static_cast<float>(call.args.real("green")), static_cast<float>(call.args.real("blue"))};
    default: return bt709Weights;
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const double amount = call.args.real("amount");
    const auto method = static_cast<Method>(call.args.choice("method"));
    if (amount == 0.0) {
        copy(inputs[0], out);
    } else if (method == Method::Lightness || method == Method::Brightest) {
        changeTones(inputs[0], out, call.space, amount, [&](const ToneRow& row) {
            (method == Method::Lightness ? lightnessRow : brightestRow)(row.to, row.to[alpha], row.n); // alpha's row as scratch
            for (int plane = 0; plane < 3; ++plane)
                std::copy_n(row.to[alpha], row.n, row.to[plane]);
            std::copy_n(row.from[alpha], row.n, row.to[alpha]);
        });
    } else {
        const ToneWeights grey = weightsOf(call, method);
        const ColourMatrix matrix{{{grey.r, grey.g, grey.b, 0}, {grey.r, grey.g, grey.b, 0}, {grey.r, grey.g, grey.b, 0}}};
        applyToneMatrix(partOf(matrix, amount), inputs[0], out, call.space);
    }
    return {};
}

Param weight(std::string_view name, std::string_view title, double initial)
{
    return {.name = name, .initial = initial, .least = -2.0, .most = 3.0, .title = title, .help = "Of a custom mixture", .group = "Custom"};
}

} // namespace

extern const Effect effect_grayscale;
const Effect effect_grayscale{
    .name = "grayscale",
    .title = "Grayscale",
    .help = "Takes the colour out. The method says how bright red, green and blue become; a custom mixture works like a filter before the lens of a black and white film.",
    .tags = {"colour"},
    .synonyms = {"greyscale", "black and white", "monochrome", "desaturate", "luma", "grey", "gray"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "method", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Method", .help = "bt709 and bt601 weigh as eyes do; lightness is half of brightest and darkest channel", .choices = {"bt709", "bt601", "average", "lightness", "brightest", "custom"}, .animatable = false},
        weight("red", "Red", 0.4),
        weight("green", "Green", 0.4),
        weight("blue", "Blue", 0.2),
        amountParam(),
        spaceParam("Where channels are weighed: linear gives the brightness of the light itself"),
    },
    .passes = passesWithoutAmount,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
