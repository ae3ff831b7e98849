// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

#include <algorithm>

namespace artdag {
namespace {

enum class Measure {
    Luma,
    Brightest,
    Red,
    Green,
    Blue,
    Each,
};

/// 0 below the level, 1 from there on; with softness a smooth step over that width around it.
void stepRow(float* row, std::size_t n, float level, float softness)
{
    if (softness <= 0.0F) {
        for (std::size_t i = 0; i < n; ++i)
            row[i] = row[i] >= level ? 1.0F : 0.0F;
        return;
    }
    const float steep = 1.0F / softness;
    for (std::size_t i = 0; i < n; ++i) {
        float t = (row[i] - level) * steep + 0.5F;
        t = t > 0.0F ? t : 0.0F;
        t = t < 1.0F ? t : 1.0F;
        row[i] = t * t * (3.0F - 2.0F * t);
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const double amount = call.args.real("amount");
    if (amount == 0.0) {
        copy(inputs[0], out);
        return {};
    }
    const auto measure = static_cast<Measure>(call.args.choice("measure"));
    const auto level = static_cast<float>(call.args.real("level")), softness = static_cast<float>(call.args.real("softness"));
    const StraightPaint dark = paintOf(call.args.colour("dark"), call.space), light = paintOf(call.args.colour("light"), call.space);
    std::vector<float> steps(static_cast<std::size_t>(out.rect.width()));
    changeTones(inputs[0], out, call.space, amount, [&](const ToneRow& row) {
        switch (measure) {
        case Measure::Luma: toneRow(row.to, bt709Weights, steps.data(), row.n); break;
        case Measure::Brightest: brightestRow(row.to, steps.data(), row.n); break;
        case Measure::Each: break;
        default: std::copy_n(row.to[static_cast<int>(measure) - static_cast<int>(Measure::Red)], row.n, steps.data());
        }
        if (measure != Measure::Each)
            stepRow(steps.data(), row.n, level, softness);
        for (int plane = 0; plane < 3; ++plane) {
            if (measure == Measure::Each) {
                std::copy_n(row.to[plane], row.n, steps.data());
                stepRow(steps.data(), row.n, level, softness);
            }
            paintBetween(dark, light, plane, steps.data(), row.to[plane], row.n);
        }
    });
    return {};
}

} // namespace

extern const Effect effect_threshold;
const Effect effect_threshold{
    .name = "threshold",
    .title = "Threshold",
    .help = "Tones below the level become one colour, all others another: black and white, if you leave them.",
    .tags = {"colour"},
    .synonyms = {"binarize", "black and white", "cutoff", "luma key", "two-level", "stencil"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "level", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Level"},
        {.name = "softness", .initial = 0.02, .least = 0.0, .most = 1.0, .title = "Softness", .help = "Width of the tones between the two colours; a little of it makes smooth edges"},
        {.name = "measure", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Measure", .help = "Which tone of a pixel is compared; each gives eight colours", .choices = {"luma", "brightest", "red", "green", "blue", "each"}, .animatable = false},
        {.name = "dark", .kind = ParamKind::Colour, .initial = Colour{0, 0, 0, 1}, .title = "Dark", .help = "Below the level; alpha below 1 lets the picture through"},
        {.name = "light", .kind = ParamKind::Colour, .initial = Colour{1, 1, 1, 1}, .title = "Light", .help = "From the level on; alpha below 1 lets the picture through"},
        amountParam(),
        spaceParam("Where tones are measured"),
    },
    .passes = passesWithoutAmount,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
