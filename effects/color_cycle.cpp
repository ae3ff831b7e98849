// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/tone_effect.h"

#include <array>

namespace artdag {
namespace {

constexpr int steps = 1024;
using Table = std::array<float, steps + 1>;

double angleOf(const FrameCall& call)
{
    return exact::fmod(call.args.real("phase") + call.args.real("speed") * call.t(), 360.0);
}

int passes(const FrameCall& call)
{
    return angleOf(call) == 0.0 && call.args.real("spread") == 0.0 ? 0 : -1;
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    out.push_back(angleOf(call));
}

/// Cosine and sine of the angle that a tone turns by, for tones 0–1; each step is one small rotation of the last.
void makeTables(double angle, double spread, Table& cosines, Table& sines)
{
    const double first = angle * (exact::pi / 180.0), step = spread * 2.0 * exact::pi / steps;
    const double stepCosine = exact::cos(step), stepSine = exact::sin(step);
    double c = exact::cos(first), s = exact::sin(first);
    for (std::size_t i = 0; i <= steps; ++i) {
        cosines[i] = static_cast<float>(c);
        sines[i] = static_cast<float>(s);
        const double next = c * stepCosine - s * stepSine;
        s = s * stepCosine + c * stepSine;
        c = next;
    }
}

/// hueRotation with another angle for each pixel.
void turnRow(const ToneRow& row, const float* __restrict cosine, const float* __restrict sine)
{
    float* __restrict r = row.to[red], * __restrict g = row.to[green], * __restrict b = row.to[blue];
    constexpr float luma[3] = {static_cast<float>(HueWheel::luma[0]), static_cast<float>(HueWheel::luma[1]), static_cast<float>(HueWheel::luma[2])};
    float quarter[3][3];
    for (int i = 0; i < 9; ++i)
        quarter[i / 3][i % 3] = static_cast<float>(HueWheel::quarter[i / 3][i % 3]);
    for (std::size_t i = 0; i < row.n; ++i) {
        const float x = r[i], y = g[i], z = b[i], c = cosine[i], s = sine[i];
        const float grey = luma[0] * x + luma[1] * y + luma[2] * z;
        r[i] = grey + c * (x - grey) + s * (quarter[0][0] * x + quarter[0][1] * y + quarter[0][2] * z);
        g[i] = grey + c * (y - grey) + s * (quarter[1][0] * x + quarter[1][1] * y + quarter[1][2] * z);
        b[i] = grey + c * (z - grey) + s * (quarter[2][0] * x + quarter[2][1] * y + quarter[2][2] * z);
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const double angle = angleOf(call), spread = call.args.real("spread");
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    if (spread == 0.0) {
        applyToneMatrix(hueRotation(angle), inputs[0], out, call.space);
        return {};
    }
    Table cosines, sines;
    makeTables(angle, spread, cosines, sines);
    const auto width = static_cast<std::size_t>(out.rect.width());
    std::vector<float> tone(width), cosine(width), sine(width);
    changeTones(inputs[0], out, call.space, 1.0, [&](const ToneRow& row) {
        toneRow(row.to, bt709Weights, tone.data(), row.n);
        for (float& value : tone) {
            const float least = value > 0.0F ? value : 0.0F;
            value = least < 1.0F ? least : 1.0F;
        }
        lookUpRow(cosines, tone.data(), cosine.data(), row.n);
        lookUpRow(sines, tone.data(), sine.data(), row.n);
        turnRow(row, cosine.data(), sine.data());
    });
    return {};
}

} // namespace

extern const Effect effect_color_cycle;
const Effect effect_color_cycle{
    .name = "color_cycle",
    .title = "Colour cycle",
    .help = "Turns all colours around the colour wheel as time passes. With a spread, bright tones run ahead of dark ones and rainbows flow through the picture.",
    .tags = {"colour", "time"},
    .synonyms = {"hue cycle", "rainbow", "palette cycling", "psychedelic", "colour rotation", "hue animation"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "speed", .initial = 60.0, .least = -1440.0, .most = 1440.0, .step = 1.0, .unit = "deg/s", .title = "Speed", .help = "360 is once around in a second", .animatable = false},
        {.name = "phase", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Phase", .help = "Where it begins"},
        {.name = "spread", .initial = 0.0, .least = -4.0, .most = 4.0, .step = 0.05, .title = "Spread", .help = "How many turns white is ahead of black"},
        spaceParam("Where hues are turned"),
    },
    .moment = moment,
    .still = [](const Call& call) { return call.args.real("speed") == 0.0; },
    .passes = passes,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
