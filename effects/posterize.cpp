// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

namespace artdag {
namespace {

/// Tones 0–1 in `levels` bins of equal width, the first black, the last white; with softness each border is a ramp of that
/// part of a bin.
void stepRow(float* row, std::size_t n, float levels, float softness)
{
    const float last = levels - 1.0F, scale = 1.0F / last;
    const float steep = softness > 0.0F ? 1.0F / softness : 0.0F;
    for (std::size_t i = 0; i < n; ++i) {
        float place = row[i] > 0.0F ? row[i] : 0.0F;
        place = (place < 1.0F ? place : 1.0F) * levels;
        const float bin = static_cast<float>(static_cast<int>(place));
        const float within = place - bin;
        const float beyond = within > 0.5F ? within - 1.0F : within; // from the nearest border
        float ramp = beyond * steep + 0.5F;
        ramp = ramp > 0.0F ? ramp : 0.0F;
        ramp = ramp < 1.0F ? ramp : 1.0F;
        float step = (within > 0.5F ? bin : bin - 1.0F) + ramp;
        step = steep > 0.0F ? step : bin;
        step = step > 0.0F ? step : 0.0F;
        row[i] = (step < last ? step : last) * scale;
    }
}

/// Steps of brightness alone: colours keep their hue and saturation.
void stepBrightness(const ToneRow& row, float* __restrict tone, float* __restrict ratio, float levels, float softness)
{
    toneRow(row.to, bt709Weights, tone, row.n);
    for (std::size_t i = 0; i < row.n; ++i)
        ratio[i] = tone[i];
    stepRow(ratio, row.n, levels, softness);
    for (std::size_t i = 0; i < row.n; ++i) {
        const float part = ratio[i] / (tone[i] > 1e-6F ? tone[i] : 1.0F);
        ratio[i] = tone[i] > 1e-6F ? part : 0.0F;
    }
    for (int plane = 0; plane < 3; ++plane) {
        float* __restrict to = row.to[plane];
        for (std::size_t i = 0; i < row.n; ++i)
            to[i] = to[i] * ratio[i];
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const double amount = call.args.real("amount");
    if (amount == 0.0) {
        copy(inputs[0], out);
        return {};
    }
    const auto levels = static_cast<float>(call.args.integer("levels"));
    const auto softness = static_cast<float>(call.args.real("softness"));
    const bool brightness = call.args.choice("mode") == 1;
    const auto width = static_cast<std::size_t>(out.rect.width());
    std::vector<float> tone(width), ratio(width);
    changeTones(inputs[0], out, call.space, amount, [&](const ToneRow& row) {
        if (brightness) {
            stepBrightness(row, tone.data(), ratio.data(), levels, softness);
            return;
        }
        for (int plane = 0; plane < 3; ++plane)
            stepRow(row.to[plane], row.n, levels, softness);
    });
    return {};
}

} // namespace

extern const Effect effect_posterize;
const Effect effect_posterize{
    .name = "posterize",
    .title = "Posterize",
    .help = "Leaves only a few steps of each channel, or of brightness, so that a photograph looks like a poster.",
    .tags = {"colour", "stylize"},
    .synonyms = {"quantize", "reduce colours", "banding", "cel shading", "poster", "elbg"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "levels", .kind = ParamKind::Integer, .initial = std::int64_t{5}, .least = 2.0, .most = 64.0, .step = 1.0, .title = "Levels", .help = "Steps from black to white"},
        {.name = "softness", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Softness", .help = "How much of a step is a ramp; a little of it makes smooth edges"},
        {.name = "mode", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Mode", .help = "brightness keeps the hues", .choices = {"channels", "brightness"}, .animatable = false},
        amountParam(),
        spaceParam("Where the steps are equal"),
    },
    .passes = passesWithoutAmount,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
