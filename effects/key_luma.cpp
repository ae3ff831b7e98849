// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/matte.h"
#include "core/picture/pointwise.h"

#include <algorithm>
#include <vector>

namespace artdag {
namespace {

enum Output {
    Cut,
    Grey,
};

/// Which tones stay: full between low and high, falling to nothing over the softness beyond both. The ends of the scale are open.
struct Tones {
    float low, high, slope, flip;

    explicit Tones(const FrameCall& call)
        : low(static_cast<float>(call.args.real("low"))),
          high(static_cast<float>(call.args.real("high"))),
          slope(1.0F / std::max(static_cast<float>(call.args.real("softness")), 1e-4F)),
          flip(call.args.boolean("invert") ? 1.0F : 0.0F)
    {
        low = low <= 0.0F ? -1e6F : low;
        high = high >= 1.0F ? 1e6F : high;
    }
    void row(float* __restrict values, int n) const
    {
        const float from = low, to = high, steep = slope, upside = flip;
        for (int i = 0; i < n; ++i) {
            const float rising = 1.0F + (values[i] - from) * steep;
            const float falling = 1.0F + (to - values[i]) * steep;
            float kept = rising < falling ? rising : falling;
            kept = kept > 0.0F ? kept : 0.0F;
            kept = kept < 1.0F ? kept : 1.0F;
            values[i] = upside + (1.0F - 2.0F * upside) * kept;
        }
    }
};

/// How bright a row is to the eye, whatever its alpha.
void brightnessRow(const ConstPictureView& in, int x, int y, int n, float* __restrict out)
{
    const float* __restrict r = &in.at(red, x, y);
    const float* __restrict g = &in.at(green, x, y);
    const float* __restrict b = &in.at(blue, x, y);
    const float* __restrict a = &in.at(alpha, x, y);
    for (int i = 0; i < n; ++i)
        out[i] = (0.2126F * r[i] + 0.7152F * g[i] + 0.0722F * b[i]) / (a[i] > 0.0F ? a[i] : 1.0F);
    linearToDisplayRow(out, out, static_cast<std::size_t>(n));
}

int passes(const FrameCall& call)
{
    return call.args.choice("output") == Cut && !call.args.boolean("invert") && call.args.real("low") <= 0.0 && call.args.real("high") >= 1.0 ? 0 : -1;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Tones tones(call);
    const int n = out.rect.width(), x = out.rect.x0;
    const auto count = static_cast<std::size_t>(n);
    std::vector<float> kept(count);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        brightnessRow(inputs[0], x, y, n, kept.data());
        tones.row(kept.data(), n);
        if (call.args.choice("output") == Grey) {
            multiplyRow(kept.data(), &inputs[0].at(alpha, x, y), kept.data(), count);
            showMatteRow(kept.data(), x, y, n, out);
            continue;
        }
        for (int plane = 0; plane < 4; ++plane)
            multiplyRow(&inputs[0].at(plane, x, y), kept.data(), out.row(plane, y), count);
    }
    return {};
}

} // namespace

extern const Effect effect_key_luma;
const Effect effect_key_luma{
    .name = "key_luma",
    .title = "Luma key",
    .help = "Keeps the tones between low and high and makes all others transparent: lift fire or text off black, or with invert a drawing off white paper.",
    .tags = {"combine", "key"},
    .synonyms = {"lumakey", "luminance key", "keyer", "extract", "threshold key", "black to transparent", "white to transparent"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "low", .initial = 0.35, .least = 0.0, .most = 1.0, .title = "Low", .help = "The darkest tone that stays; 0 keeps all that is dark"},
        {.name = "high", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "High", .help = "The brightest tone that stays; 1 keeps all that is bright"},
        {.name = "softness", .initial = 0.2, .least = 0.0, .most = 1.0, .title = "Softness", .help = "How far beyond low and high tones still show in part"},
        {.name = "invert", .kind = ParamKind::Boolean, .initial = false, .title = "Invert", .help = "Takes away what would stay"},
        {.name = "output", .kind = ParamKind::Choice, .initial = std::int64_t{Cut}, .title = "Output", .help = "The keyed picture, or the matte in grey", .choices = {"result", "matte"}, .animatable = false},
    },
    .passes = passes,
    .render = render,
};

} // namespace artdag
