// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/whole_inputs.h"
#include "core/sound/loudness.h"

#include <algorithm>

namespace artdag {
namespace {

constexpr std::int64_t hopsPerSecond = 10;
constexpr std::int64_t momentary = 4, shortTerm = 30; ///< hops, EBU Tech 3341

/// Mean of `count` hops from `first`; what lies outside is silent.
double meanOf(const std::vector<double>& hops, std::int64_t first, std::int64_t count)
{
    double sum = 0.0;
    for (std::int64_t i = std::max<std::int64_t>(first, 0); i < std::min(first + count, static_cast<std::int64_t>(hops.size())); ++i)
        sum += hops[static_cast<std::size_t>(i)];
    return sum / static_cast<double>(count);
}

Result<std::vector<Analysed>> analyse(const AnalysisCall& call)
{
    LoudnessMeter meter(call.canvas.sampleRate);
    TRY(hearPieces(call, call.input("sound"), [&](const Sound& piece) { meter.add(piece); }));
    const std::vector<double> hops = meter.hops();
    const double floor = call.args.real("floor");
    const bool unit = call.args.choice("scale") == 1;
    const auto shown = [&](double lufs) { return unit ? std::max(1.0 - lufs / floor, 0.0) : std::max(lufs, floor); };
    std::vector<Analysed> out;
    for (const std::int64_t window : {momentary, shortTerm}) {
        Analysed& found = out.emplace_back(Analysed{{}, static_cast<double>(hopsPerSecond), {}});
        const std::int64_t before = call.args.choice("align") == 1 ? window : window / 2;
        for (std::int64_t i = 0; i <= static_cast<std::int64_t>(hops.size()); ++i)
            found.values.push_back(shown(LoudnessMeter::loudnessOf(meanOf(hops, i - before, window))));
    }
    out.push_back({{}, 1.0, {shown(meter.integrated())}});
    return out;
}

} // namespace

extern const Effect effect_measure_loudness;
const Effect effect_measure_loudness{
    .name = "measure_loudness",
    .title = "Measure loudness",
    .help = "How loud a sound is to listeners over time, as broadcasters measure it: momentary over 400 ms, short-term over 3 s, and integrated over the whole.",
    .tags = {"analysis", "sound", "signal"},
    .synonyms = {"ebur128", "EBU R128", "LUFS", "LKFS", "loudness meter", "bs.1770", "volume"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {
        {.name = "momentary", .type = PortType::Signal, .title = "Over 400 ms"},
        {.name = "short_term", .type = PortType::Signal, .title = "Over 3 s"},
        {.name = "integrated", .type = PortType::Signal, .title = "Over the whole, without pauses"},
    },
    .params = {
        {.name = "scale", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Scale", .help = "LUFS, or 0–1 from Floor to 0 LUFS", .choices = {"lufs", "unit"}, .animatable = false},
        {.name = "floor", .initial = -60.0, .least = -120.0, .most = -6.0, .step = 1.0, .unit = "LUFS", .title = "Floor", .help = "What is softer counts as this", .animatable = false},
        {.name = "align", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Align", .help = "The middle of the window is now, so that pictures are in time; or its end, as meters show it", .choices = {"middle", "end"}, .animatable = false},
    },
    .analyse = analyse,
};

} // namespace artdag
