// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/sound/automation.h"

namespace artdag {
namespace {

enum Waveform {
    Sine,
    Triangle,
    Square,
    Saw,
};

/// Rounds the corner of a jump within one sample (polynomial band-limited step, Välimäki 2007), so that high notes do not
/// fold down. `phase` and `step` in cycles.
double corner(double phase, double step)
{
    if (phase < step) {
        const double x = phase / step;
        return x + x - x * x - 1.0;
    }
    if (phase > 1.0 - step) {
        const double x = (phase - 1.0) / step;
        return x * x + x + x + 1.0;
    }
    return 0.0;
}

double wave(int form, double phase, double step)
{
    switch (form) {
    case Sine: return exact::sin(2.0 * exact::pi * phase);
    case Triangle: return phase < 0.25 ? 4.0 * phase : phase < 0.75 ? 2.0 - 4.0 * phase
                                                                    : 4.0 * phase - 4.0;
    case Square: return (phase < 0.5 ? 1.0 : -1.0) + corner(phase, step) - corner(phase < 0.5 ? phase + 0.5 : phase - 0.5, step);
    default: return 2.0 * phase - 1.0 - corner(phase, step);
    }
}

Result<void> sound(const SoundCall& call, std::span<const Sound>, Sound& out)
{
    const int form = call.args.choice("waveform");
    const double step = call.args.real("frequency") / call.canvas.sampleRate;
    const double start = call.args.real("phase") / 360.0;
    const auto levels = automate(out.range(), [&](std::int64_t sample) { return exact::pow(10.0, call.realAt("level", sample) / 20.0); });
    for (std::int64_t i = 0; i < out.range().count; ++i) {
        const double cycles = static_cast<double>(out.range().first + i) * step + start;
        const double phase = cycles - exact::floor(cycles);
        const auto value = static_cast<float>(wave(form, phase, step < 0.5 ? step : 0.5) * levels[static_cast<std::size_t>(i)]);
        out.channel(0)[i] = value;
        out.channel(1)[i] = value;
    }
    return {};
}

} // namespace

extern const Effect effect_tone;
const Effect effect_tone{
    .name = "tone",
    .title = "Tone",
    .help = "A steady tone: sine, triangle, square or saw. Square and saw are band-limited; the level may move, the frequency is fixed.",
    .tags = {"sound", "source"},
    .synonyms = {"oscillator", "sine", "beep", "test tone", "square", "saw", "triangle"},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "waveform", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Waveform", .choices = {"sine", "triangle", "square", "saw"}, .animatable = false},
        {.name = "frequency", .initial = 440.0, .least = 1.0, .most = 20000.0, .step = 1.0, .unit = "Hz", .title = "Frequency", .help = "440 is the A above middle C", .animatable = false},
        {.name = "phase", .kind = ParamKind::Angle, .initial = 0.0, .least = -360.0, .most = 360.0, .step = 1.0, .unit = "deg", .title = "Phase", .help = "Where in its cycle it starts", .animatable = false},
        {.name = "level", .initial = -18.0, .least = -96.0, .most = 0.0, .step = 0.1, .unit = "dB", .title = "Level", .help = "Peak, in dB below full scale"},
    },
    .timeDependent = true,
    .sound = sound,
};

} // namespace artdag
