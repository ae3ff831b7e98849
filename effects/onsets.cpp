// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/onsets.h"
#include "core/effect/whole_inputs.h"

#include <algorithm>

namespace artdag {
namespace {

Result<std::vector<Analysed>> analyse(const AnalysisCall& call)
{
    const double low = std::min(call.args.real("low"), call.args.real("high")), high = std::max(call.args.real("low"), call.args.real("high"));
    OnsetListener listener(call.canvas.sampleRate, low, high);
    TRY(hearMono(call, call.input("sound"), OnsetCurve::perSecond, listener.size(), [&](std::span<const double> mono) { listener.hear(mono); }));
    const OnsetCurve curve = listener.take();
    constexpr double rate = OnsetCurve::perSecond;
    std::vector<Analysed> out(2);
    out[1] = {{}, rate, besideStrongest(curve.strength)};
    const std::vector<double> loudness = besideStrongest(curve.accent);
    for (const Onset& onset : findOnsets(curve, call.args.real("sensitivity"), secondsOfFlicks(call.args.time("gap")) * rate))
        out[0].events.push_back({flicksOfSeconds(onset.place / rate), std::clamp(onset.strength, 0.0, 1.0)});
    return out;
}

} // namespace

extern const Effect effect_onsets;
const Effect effect_onsets{
    .name = "onsets",
    .title = "Onsets",
    .help = "An event where something begins to sound: a note, a hit, a word. With Low and High it listens to one instrument: 30 to 120 Hz is the kick drum.",
    .tags = {"analysis", "sound", "events"},
    .synonyms = {"transients", "attack detection", "hits", "note detection", "trigger", "kick detection"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {
        {.name = "events", .type = PortType::Events, .title = "Onsets"},
        {.name = "signal", .type = PortType::Signal, .title = "How much begins, 0–1"},
    },
    .params = {
        {.name = "sensitivity", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Sensitivity", .help = "More finds softer ones", .animatable = false},
        {.name = "gap", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 16}, .least = 0.0, .most = 10.0, .unit = "s", .title = "Gap", .help = "Two onsets are at least this far apart; the stronger one stays", .animatable = false},
        {.name = "low", .initial = 30.0, .least = 20.0, .most = 20000.0, .step = 10.0, .unit = "Hz", .title = "Low", .help = "Nothing below is listened to", .animatable = false},
        {.name = "high", .initial = 16000.0, .least = 20.0, .most = 20000.0, .step = 10.0, .unit = "Hz", .title = "High", .help = "Nothing above is listened to", .animatable = false},
    },
    .analyse = analyse,
};

} // namespace artdag
