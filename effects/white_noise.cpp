// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/sound/automation.h"

#include <cmath>

namespace artdag {
namespace {

enum NoiseColour {
    White,
    Pink,
    Brown,
    Blue,
    Violet,
};

/// (b0 + b1 z⁻¹)/(1 + a1 z⁻¹)
struct Section {
    double b0 = 1, b1 = 0, a1 = 0;
};

/// A step down from 1 by pole ÷ zero, by the bilinear transform; a zero of 0 Hz stands for none.
Section step(double pole, double zero, double rate)
{
    const double p = 1.0 / exact::tan(exact::pi * pole / rate), z = zero > 0.0 ? 1.0 / exact::tan(exact::pi * zero / rate) : 0.0;
    return {(1.0 + z) / (1.0 + p), (1.0 - z) / (1.0 + p), (1.0 - p) / (1.0 + p)};
}

/// Pink falls by half an octave's worth in each octave: a pole, half an octave on a zero, and so on up to hearing's end.
std::vector<Section> sectionsOf(int colour, double rate)
{
    std::vector<Section> sections;
    if (colour == Pink || colour == Blue)
        for (double pole = 7.0; pole * 1.5 < rate / 2.0; pole *= 2.0)
            sections.push_back(step(pole, pole * 1.41421356237309505, rate));
    if (colour == Brown)
        sections.push_back(step(10.0, 0.0, rate));
    if (colour == Blue || colour == Violet)
        sections.push_back({0.5, -0.5, 0.0});
    return sections;
}

double powerAt(const std::vector<Section>& sections, double turn)
{
    const double c = exact::cos(turn);
    double power = 1.0;
    for (const Section& s : sections)
        power *= (s.b0 * s.b0 + s.b1 * s.b1 + 2.0 * s.b0 * s.b1 * c) / (1.0 + s.a1 * s.a1 + 2.0 * s.a1 * c);
    return power;
}

/// By which white noise of power 1 is to be multiplied to leave the sections with power 1: the mean of their power over all
/// frequencies, on a grid that is as fine at low ones.
double gainOf(const std::vector<Section>& sections)
{
    double sum = 0.0, from = 0.0;
    for (int i = 0; i <= 512; ++i) {
        const double to = 0.5 * exact::exp2((i - 512) / 36.0); // of the rate
        sum += powerAt(sections, exact::pi * (from + to)) * (to - from);
        from = to;
    }
    return 1.0 / std::sqrt(2.0 * sum);
}

/// Uniform, of power 1.
double draw(std::uint64_t seed, std::int64_t sample, std::uint64_t voice)
{
    return (2.0 * randomUnit(seed, static_cast<std::uint64_t>(sample), voice) - 1.0) * 1.73205080756887729;
}

Result<void> sound(const SoundCall& call, std::span<const Sound>, Sound& out)
{
    const std::vector<Section> sections = sectionsOf(call.args.choice("colour"), call.canvas.sampleRate);
    std::vector<double>& memory = call.memory->numbers;
    if (memory.empty()) {
        memory.resize(1 + 2 * sections.size());
        memory[0] = gainOf(sections);
    }
    const auto level = automate(out.range(), [&](std::int64_t sample) { return memory[0] * exact::pow(10.0, call.real("level", sample) / 20.0); });
    const auto seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    const double width = call.args.real("width"), scale = 1.0 / std::sqrt(width * width + (1.0 - width) * (1.0 - width));
    for (std::size_t i = 0; i < level.size(); ++i) {
        const std::int64_t sample = out.range().first + static_cast<std::int64_t>(i);
        const double left = draw(seed, sample, 0);
        double both[2] = {left, (left * (1.0 - width) + draw(seed, sample, 1) * width) * scale};
        for (std::size_t side = 0; side < 2; ++side) {
            double* state = &memory[1 + side * sections.size()];
            for (const Section& section : sections) {
                const double y = section.b0 * both[side] + *state;
                *state++ = section.b1 * both[side] - section.a1 * y;
                both[side] = y;
            }
            out.channel(static_cast<int>(side))[i] = static_cast<float>(both[side] * level[i]);
        }
    }
    return {};
}

} // namespace

extern const Effect effect_white_noise;
const Effect effect_white_noise{
    .name = "white_noise",
    .title = "White noise",
    .help = "Noise that never repeats: white, pink like rain, brown like a waterfall, or the thin hiss of blue and violet.",
    .tags = {"sound", "source"},
    .synonyms = {"noise", "anoisesrc", "pink noise", "brown noise", "hiss", "static", "rain", "wind"},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "colour", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Colour", .help = "Pink falls by 3 dB an octave, brown by 6; blue and violet rise", .choices = {"white", "pink", "brown", "blue", "violet"}, .animatable = false},
        {.name = "level", .initial = -24.0, .least = -96.0, .most = 0.0, .step = 0.1, .unit = "dB", .title = "Level", .help = "Mean power, in dB below full scale"},
        {.name = "width", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Width", .help = "1: the sides have nothing in common; 0: mono", .animatable = false},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .animatable = false},
    },
    .timeDependent = true,
    .remembers = true,
    .sound = sound,
};

} // namespace artdag
