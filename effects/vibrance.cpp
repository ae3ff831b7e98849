// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

namespace artdag {
namespace {

/// How much a colour is changed: all at grey, nothing where one channel is black (saturation as in HSV).
void dullnessRow(const float* const rgb[3], float* __restrict out, std::size_t n)
{
    const float *r = rgb[0], *g = rgb[1], *b = rgb[2];
    for (std::size_t i = 0; i < n; ++i) {
        float most = r[i] > g[i] ? r[i] : g[i];
        most = most > b[i] ? most : b[i];
        float least = r[i] < g[i] ? r[i] : g[i];
        least = least < b[i] ? least : b[i];
        least = least > 0.0F ? least : 0.0F;
        const float part = least / (most > 1e-9F ? most : 1.0F);
        out[i] = most > 1e-9F ? part : 1.0F;
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passesWithoutAmount(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const auto amount = static_cast<float>(call.args.real("amount"));
    const auto width = static_cast<std::size_t>(out.rect.width());
    std::vector<float> tone(width), dull(width);
    changeTones(inputs[0], out, call.space, 1.0, [&](const ToneRow& row) {
        toneRow(row.to, bt709Weights, tone.data(), row.n);
        dullnessRow(row.to, dull.data(), row.n);
        for (int plane = 0; plane < 3; ++plane) {
            float* __restrict to = row.to[plane];
            const float *grey = tone.data(), *weight = dull.data();
            for (std::size_t i = 0; i < row.n; ++i)
                to[i] = to[i] + (to[i] - grey[i]) * (amount * weight[i]);
        }
    });
    return {};
}

} // namespace

extern const Effect effect_vibrance;
const Effect effect_vibrance{
    .name = "vibrance",
    .title = "Vibrance",
    .help = "Gives dull colours more life and leaves those that are strong already; below 0 it takes the dull ones first. 0 changes nothing.",
    .tags = {"colour"},
    .synonyms = {"smart saturation", "colour boost", "vivid", "intensity"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 0.0, .least = -1.0, .most = 2.0, .title = "Amount", .help = "1 doubles the colour of what is nearly grey"},
        spaceParam("Where colour and grey are mixed"),
    },
    .neutralAtDefault = true,
    .passes = passesWithoutAmount,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
