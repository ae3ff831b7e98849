// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/whole_inputs.h"
#include "core/sound/pitch.h"

#include <algorithm>

namespace artdag {
namespace {

enum Scale {
    Hertz,
    Note,
    Unit,
};

double scaled(int scale, double hertz, double low, double high)
{
    switch (scale) {
    case Note: return 69.0 + 12.0 * exact::log2(hertz / 440.0);
    case Unit: return std::clamp(exact::log2(hertz / low) / exact::log2(high / low), 0.0, 1.0);
    default: return hertz;
    }
}

Result<std::vector<Analysed>> analyse(const AnalysisCall& call)
{
    const double one = call.args.real("low"), other = call.args.real("high");
    const double low = std::min(one, other), high = std::max(std::max(one, other), low * 1.1);
    PitchListener listener(call.canvas.sampleRate, low, high);
    TRY(hearMono(call, call.input("sound"), PitchListener::perSecond, listener.size(), [&](std::span<const double> mono) { listener.hear(mono); }));
    const int scale = call.args.choice("scale");
    const bool hold = call.args.boolean("hold");
    constexpr double rate = PitchListener::perSecond;
    std::vector<Analysed> out{{{}, rate, {}}, {{}, rate, {}}};
    const std::vector<Pitch> course = listener.course(call.args.real("threshold"));
    const auto sounding = std::ranges::find_if(course, [](const Pitch& pitch) { return pitch.hertz > 0; });
    double last = hold && sounding != course.end() ? scaled(scale, sounding->hertz, low, high) : 0.0; // before the first, its pitch
    for (const Pitch& pitch : course) {
        if (pitch.hertz > 0)
            last = scaled(scale, pitch.hertz, low, high);
        else if (!hold)
            last = 0.0;
        out[0].values.push_back(last);
        out[1].values.push_back(std::clamp(pitch.clarity, 0.0, 1.0));
    }
    return out;
}

} // namespace

extern const Effect effect_measure_pitch;
const Effect effect_measure_pitch{
    .name = "measure_pitch",
    .title = "Measure pitch",
    .help = "The pitch of a voice or of one instrument over time: melodies that move things. Chords and drums have none.",
    .tags = {"analysis", "sound", "signal"},
    .synonyms = {"pitch detection", "yin", "frequency", "note", "melody", "fundamental", "tuner"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {
        {.name = "signal", .type = PortType::Signal, .title = "Pitch"},
        {.name = "clarity", .type = PortType::Signal, .title = "How clear it is, 0–1; 0 where there is none"},
    },
    .params = {
        {.name = "scale", .kind = ParamKind::Choice, .initial = std::int64_t{Hertz}, .title = "Scale", .help = "Hertz; notes as MIDI numbers them, 69 is the A of 440 Hz; or 0–1 from Low to High, an octave everywhere as far", .choices = {"hertz", "note", "unit"}, .animatable = false},
        {.name = "low", .initial = 60.0, .least = 20.0, .most = 1000.0, .step = 1.0, .unit = "Hz", .title = "Low", .help = "The lowest pitch that is looked for", .animatable = false},
        {.name = "high", .initial = 1000.0, .least = 40.0, .most = 5000.0, .step = 10.0, .unit = "Hz", .title = "High", .help = "The highest pitch that is looked for", .animatable = false},
        {.name = "threshold", .initial = 0.6, .least = 0.0, .most = 1.0, .title = "Threshold", .help = "What is less clear has no pitch", .animatable = false},
        {.name = "hold", .kind = ParamKind::Boolean, .initial = true, .title = "Hold", .help = "Keeps the last pitch where there is none; else 0", .animatable = false},
    },
    .analyse = analyse,
};

} // namespace artdag
