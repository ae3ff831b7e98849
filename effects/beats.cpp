// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/whole_inputs.h"
#include "core/sound/beat_tracker.h"

#include <algorithm>

namespace artdag {
namespace {

constexpr double lowest = 30.0, highest = 16000.0; ///< Hz that are heard

enum Output {
    Beats,
    Downbeats,
    Tempo,
    Confidence,
    Position,
};

/// `valueAt(beat, next, part)` between two beats; what it is at the first and the last holds before and after.
template <class ValueAt>
std::vector<double> between(const std::vector<Beat>& beats, double rate, std::size_t count, ValueAt&& valueAt)
{
    std::vector<double> values;
    std::size_t beat = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double time = static_cast<double>(i) / rate;
        while (beat + 2 < beats.size() && time >= beats[beat + 1].time)
            ++beat;
        const double part = (time - beats[beat].time) / (beats[beat + 1].time - beats[beat].time);
        values.push_back(valueAt(beat, std::clamp(part, 0.0, 1.0)));
    }
    return values;
}

std::vector<Analysed> outputsOf(const BeatAnswer& answer, std::size_t count, double offset)
{
    std::vector<Analysed> out(5);
    std::vector<Beat> beats = answer.beats;
    for (Beat& beat : beats)
        beat.time += offset;
    std::erase_if(beats, [](const Beat& beat) { return beat.time < 0.0; });
    for (const Beat& beat : beats) {
        const Event event{flicksOfSeconds(beat.time), beat.strength};
        out[Beats].events.push_back(event);
        if (beat.first)
            out[Downbeats].events.push_back(event);
    }
    out[Confidence] = {{}, 1.0, {answer.confidence}};
    out[Tempo] = out[Position] = {{}, 1.0, {0.0}};
    if (beats.size() < 2)
        return out;
    constexpr double rate = OnsetCurve::perSecond;
    out[Tempo] = {{}, rate, between(beats, rate, count, [&](std::size_t beat, double part) { return beats[beat].tempo + part * (beats[beat + 1].tempo - beats[beat].tempo); })};
    out[Position] = {{}, rate, between(beats, rate, count, [&](std::size_t beat, double part) { return static_cast<double>(beat) + part; })};
    return out;
}

Result<std::vector<Analysed>> analyse(const AnalysisCall& call)
{
    const int input = call.input("sound");
    OnsetListener listener(call.canvas.sampleRate, lowest, highest);
    TRY(hearMono(call, input, OnsetCurve::perSecond, listener.size(), [&](std::span<const double> mono) { listener.hear(mono); }));
    const OnsetCurve curve = listener.take();
    const double one = call.args.real("slowest"), other = call.args.real("fastest");
    const BeatAnswer answer = trackBeats(curve,
        {.slowest = std::min(one, other), .fastest = std::max(one, other), .beatsInBar = static_cast<int>(call.args.integer("bar")), .leastConfidence = call.args.boolean("guess") ? 0.0 : BeatQuestion{}.leastConfidence});
    return outputsOf(answer, curve.strength.size(), call.args.real("offset"));
}

} // namespace

extern const Effect effect_beats;
const Effect effect_beats{
    .name = "beats",
    .title = "Beats",
    .help = "Finds when a listener taps along: beats, the first beats of bars, and the tempo, also where it drifts. It listens to the whole sound once, and answers nothing for what has no pulse.",
    .tags = {"analysis", "sound", "events"},
    .synonyms = {"beat detection", "tempo", "bpm", "beat tracking", "downbeat", "pulse", "sync to music", "convert audio to keyframes"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {
        {.name = "events", .type = PortType::Events, .title = "Beats"},
        {.name = "downbeats", .type = PortType::Events, .title = "First beats of bars"},
        {.name = "tempo", .type = PortType::Signal, .title = "Beats a minute"},
        {.name = "confidence", .type = PortType::Signal, .title = "How sure it is, 0–1"},
        {.name = "position", .type = PortType::Signal, .title = "Beats that have passed, with fractions"},
    },
    .params = {
        {.name = "slowest", .initial = 60.0, .least = 30.0, .most = 200.0, .step = 1.0, .unit = "BPM", .title = "Slowest", .help = "Where it taps too seldom, raise this", .animatable = false},
        {.name = "fastest", .initial = 200.0, .least = 60.0, .most = 400.0, .step = 1.0, .unit = "BPM", .title = "Fastest", .help = "Where it taps twice as often as you do, lower this", .animatable = false},
        {.name = "bar", .kind = ParamKind::Integer, .initial = std::int64_t{0}, .least = 0, .most = 16, .title = "Beats in a bar", .help = "0: told from accents. Else only where bars begin is", .animatable = false},
        {.name = "guess", .kind = ParamKind::Boolean, .initial = false, .title = "Guess", .help = "Answers beats also where it is not sure that there are any", .animatable = false},
        {.name = "offset", .initial = 0.0, .least = -1.0, .most = 1.0, .step = 0.005, .unit = "s", .title = "Offset", .help = "Moves all beats; a little earlier makes cuts look tighter", .animatable = false},
    },
    .analyse = analyse,
};

} // namespace artdag
