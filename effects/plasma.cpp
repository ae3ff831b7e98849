// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/effect/evolution.h"
#include "core/effect/gradient_table.h"
#include "core/picture/row_math.h"
#include "core/picture/waves.h"

#include <algorithm>
#include <vector>

namespace artdag {
namespace {

constexpr int mostWaves = 10;

struct Waves {
    int count = 0;
    BendingWave wave[mostWaves];
    float first = 0, second = 0; ///< phases of the two sums
};

Waves wavesOf(const FrameCall& call)
{
    Waves waves;
    const auto seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    const auto turns = static_cast<float>(evolutionOf(call).turns());
    const auto warp = static_cast<float>(call.args.real("warp"));
    waves.count = static_cast<int>(call.args.integer("detail"));
    float amplitude = warp * 0.22F, frequency = 1.0F;
    auto random = [&](int i, std::uint64_t what) { return static_cast<float>(randomUnit(seed, static_cast<std::uint64_t>(i), what)); };
    for (int i = 0; i < waves.count; ++i, frequency *= 1.47F, amplitude *= 0.72F) {
        // Whole turns, so that all waves are back after one; the first are the slowest.
        const auto way = static_cast<float>(1 + i / 3) * (random(i, 2) < 0.5F ? -1.0F : 1.0F);
        waves.wave[i] = {frequency, amplitude, random(i, 0) + turns * way, random(i, 1) - turns * way};
    }
    waves.first = random(mostWaves, 0) + turns;
    waves.second = random(mostWaves, 1) - turns;
    return waves;
}

/// Places become tones, 0–1, in `x`.
void bend(const Waves& waves, float cycles, float offset, std::vector<float>& x, std::vector<float>& y)
{
    for (int k = 0; k < waves.count; ++k)
        bendRow(waves.wave[k], x.data(), y.data(), x.size());
    crossRow(waves.first, waves.second, x.data(), y.data(), x.size());
    for (float& tone : x)
        tone = upAndDown(0.5F * (tone * cycles + offset));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const Waves waves = wavesOf(call);
    const GradientTable colours(call.args.gradient("colours"));
    const double unit = 1.0 / std::max(call.px("size"), 0.05);
    const double middleX = 0.5 * call.out.width, middleY = 0.5 * call.out.height;
    const auto cycles = static_cast<float>(call.args.real("cycles")), offset = static_cast<float>(call.args.real("offset"));
    const auto n = static_cast<std::size_t>(out.rect.width());
    std::vector<float> x(n), y(n);
    for (int row = out.rect.y0; row < out.rect.y1; ++row) {
        for (std::size_t i = 0; i < n; ++i)
            x[i] = static_cast<float>((out.rect.x0 + static_cast<double>(i) + 0.5 - middleX) * unit);
        std::fill(y.begin(), y.end(), static_cast<float>((row + 0.5 - middleY) * unit));
        bend(waves, cycles, offset, x, y);
        float* const to[4] = {out.row(red, row), out.row(green, row), out.row(blue, row), out.row(alpha, row)};
        colours.colourRow(x.data(), to, n);
    }
    return {};
}

} // namespace

extern const Effect effect_plasma;
const Effect effect_plasma{
    .name = "plasma",
    .title = "Plasma",
    .help = "Silk made of sines: waves that bend each other, coloured by a gradient that is walked up and down.",
    .tags = {"generate"},
    .synonyms = {"plasma", "sine waves", "lava", "silk", "demo scene", "cell pattern", "aurora", "liquid"},
    .params = withEvolution(
        {
            {.name = "size", .initial = 620.0, .least = 4.0, .most = 16384.0, .step = 1.0, .unit = "px", .title = "Size", .help = "Length of the longest waves"},
            {.name = "detail", .kind = ParamKind::Integer, .initial = std::int64_t{5}, .least = 0, .most = mostWaves, .step = 1, .title = "Detail", .help = "How many times the plane is bent, each time more finely"},
            {.name = "warp", .initial = 1.0, .least = 0.0, .most = 4.0, .title = "Warp", .help = "How strongly"},
            {.name = "colours", .kind = ParamKind::Gradient, .initial = Gradient{{0.0, {0.04, 0.03, 0.16, 1}}, {0.3, {0.22, 0.1, 0.5, 1}}, {0.55, {0.82, 0.16, 0.45, 1}}, {0.78, {0.99, 0.5, 0.25, 1}}, {1.0, {1.0, 0.92, 0.68, 1}}}, .title = "Colours", .group = "Colour"},
            {.name = "cycles", .initial = 2.0, .least = 0.1, .most = 32.0, .step = 0.1, .title = "Cycles", .help = "How often the gradient is walked from the lowest to the highest place", .group = "Colour"},
            {.name = "offset", .initial = 0.0, .title = "Offset", .help = "Moves the colours; 2 is up and down once", .group = "Colour"},
            {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
        },
        0.1, "1 lets all waves run until the picture is as it was"),
    .access = Access::Region,
    .moment = evolutionMoment,
    .still = evolutionStands,
    .render = render,
};

} // namespace artdag
