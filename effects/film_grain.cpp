// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/picture/normal_noise.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

Works works(const FrameCall& call)
{
    return passes(call) == 0 ? Works::Either : Works::Display;
}

/// Which picture of grain lies on this frame.
std::int64_t grainAt(const FrameCall& call)
{
    return static_cast<std::int64_t>(exact::floor(call.t() * call.args.real("rate") + 1e-6));
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    if (passes(call) < 0)
        out.push_back(static_cast<double>(grainAt(call)));
}

/// How strong grain is in dark, middle and light tones.
struct Response {
    float dark = 1.0F, middle = 1.0F, light = 1.0F;
    [[nodiscard]] float at(float luma) const
    {
        // Two smooth steps, each at rest where the other goes: no branch.
        const float low = std::min(std::max(luma * 2.0F, 0.0F), 1.0F), high = std::min(std::max(luma * 2.0F - 1.0F, 0.0F), 1.0F);
        return dark + (middle - dark) * low * low * (3.0F - 2.0F * low) + (light - middle) * high * high * (3.0F - 2.0F * high);
    }
};

void grainRow(const Response& response, float strength, const std::array<const float*, 3>& grain, std::vector<float>& weights, const ConstPictureView& in, int y, PictureView out)
{
    const std::ptrdiff_t shift = out.rect.x0 - in.rect.x0;
    const int n = out.rect.width();
    const float* __restrict r = in.row(red, y) + shift, * __restrict g = in.row(green, y) + shift, * __restrict b = in.row(blue, y) + shift, * __restrict a = in.row(alpha, y) + shift;
    float* __restrict weight = weights.data();
    for (int i = 0; i < n; ++i) {
        const float here = strength * response.at(0.2126F * r[i] + 0.7152F * g[i] + 0.0722F * b[i]);
        weight[i] = a[i] > 0.0F ? here : 0.0F;
    }
    for (int plane = 0; plane < 3; ++plane) {
        const float* __restrict from = in.row(plane, y) + shift, * __restrict noise = grain[static_cast<std::size_t>(plane)];
        float* __restrict to = out.row(plane, y);
        for (int i = 0; i < n; ++i) // grain never makes light negative
            to[i] = std::max(from[i] + weight[i] * noise[i], std::min(from[i], 0.0F));
    }
    std::copy_n(a, n, out.row(alpha, y));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const double size = call.px("size");
    const Response response{static_cast<float>(call.args.real("shadows")), static_cast<float>(call.args.real("midtones")), static_cast<float>(call.args.real("highlights"))};
    // Grains finer than a pixel are seen as their mean, which is the fainter the more there are.
    const auto strength = static_cast<float>(call.args.real("amount") * 0.2 * std::min(size, 1.0));
    NormalNoise noise(std::max(size, 1.0), call.args.real("colour"), randomBits(static_cast<std::uint64_t>(call.args.integer("seed")), static_cast<std::uint64_t>(grainAt(call))));
    std::vector<float> weights(static_cast<std::size_t>(out.rect.width()));
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        grainRow(response, strength, noise.row(out.rect.x0, out.rect.width(), y), weights, inputs[0], y, out);
    return {};
}

} // namespace

extern const Effect effect_film_grain;
const Effect effect_film_grain{
    .name = "film_grain",
    .title = "Film grain",
    .help = "The grain of photographic film: gaussian, new in every picture, strongest in the middle tones and faint in the lights. Amount 0 changes nothing.",
    .tags = {"stylize", "film"},
    .synonyms = {"grain", "noise", "add grain", "regrain", "iso", "16mm", "super 8", "analog"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 0.2, .least = 0.0, .most = 1.0, .title = "Amount", .help = "1 is a standard deviation of a fifth of the range"},
        {.name = "size", .initial = 1.6, .least = 0.2, .most = 40.0, .step = 0.1, .unit = "px", .title = "Size", .help = "Of a grain"},
        {.name = "colour", .initial = 0.3, .least = 0.0, .most = 1.0, .title = "Colour", .help = "0 is the grain of black and white film, 1 has separate grains for red, green and blue"},
        {.name = "shadows", .initial = 0.6, .least = 0.0, .most = 2.0, .title = "Shadows", .help = "How strong grain is in the darkest tones", .group = "Tones"},
        {.name = "midtones", .initial = 1.0, .least = 0.0, .most = 2.0, .title = "Midtones", .group = "Tones"},
        {.name = "highlights", .initial = 0.3, .least = 0.0, .most = 2.0, .title = "Highlights", .group = "Tones"},
        {.name = "rate", .initial = 24.0, .least = 0.0, .most = 240.0, .step = 1.0, .unit = "/s", .title = "Rate", .help = "How often the grain changes; 0 stands still", .animatable = false},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
    },
    .moment = moment,
    .still = [](const Call& call) { return call.args.real("rate") == 0.0; },
    .passes = passes,
    .works = works,
    .render = render,
};

} // namespace artdag
