// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

constexpr std::int64_t valuesPerSecond = 100;

/// Mean square of both channels in each hundredth of a second of the whole sound.
Result<std::vector<double>> powers(const AnalysisCall& call, std::int64_t samples)
{
    const std::int64_t rate = call.canvas.sampleRate;
    const std::int64_t hops = (samples * valuesPerSecond + rate - 1) / rate;
    std::vector<double> out;
    out.reserve(static_cast<std::size_t>(hops));
    for (std::int64_t second = 0; second * valuesPerSecond < hops; ++second) {
        const Sound sound = TRY(call.soundOf(0, {second * rate, rate}));
        for (std::int64_t hop = 0; hop < valuesPerSecond && second * valuesPerSecond + hop < hops; ++hop) {
            const std::int64_t first = hop * rate / valuesPerSecond, end = (hop + 1) * rate / valuesPerSecond;
            double sum = 0.0;
            for (std::int64_t i = first; i < end; ++i) {
                const double left = sound.channel(0)[i], right = sound.channel(1)[i];
                sum += left * left + right * right;
            }
            out.push_back(sum / static_cast<double>(2 * (end - first)));
        }
    }
    return out;
}

Result<std::vector<Analysed>> analyse(const AnalysisCall& call)
{
    const StreamFacts& stream = call.inputs[0].stream;
    const std::int64_t samples = stream.samples != StreamFacts::endless ? stream.samples : frameAt(call.canvas.duration, {call.canvas.sampleRate, 1});
    const std::vector<double> power = TRY(powers(call, samples));
    std::vector<double> sums{0.0}; // of all powers before, so that a window costs two reads
    for (const double each : power)
        sums.push_back(sums.back() + each);
    const auto count = static_cast<std::int64_t>(power.size());
    const auto side = static_cast<std::int64_t>(secondsOfFlicks(call.args.time("window")) * valuesPerSecond / 2 + 0.5);
    std::vector<double> values;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t first = std::max<std::int64_t>(i - side, 0), end = std::min(i + std::max<std::int64_t>(side, 1), count);
        values.push_back(std::sqrt(std::max((sums[static_cast<std::size_t>(end)] - sums[static_cast<std::size_t>(first)]) / static_cast<double>(end - first), 0.0)));
    }
    const double loudest = values.empty() ? 0.0 : *std::ranges::max_element(values);
    if (call.args.boolean("normalize") && loudest > 0)
        for (double& value : values)
            value /= loudest;
    return std::vector<Analysed>{{{}, static_cast<double>(valuesPerSecond), std::move(values)}};
}

} // namespace

extern const Effect effect_energy;
const Effect effect_energy{
    .name = "energy",
    .title = "Energy",
    .help = "How loud a sound is over time, as a signal. It listens to the whole sound once; a sound that is bound to an argument leads it by its energy.",
    .tags = {"analysis", "signal"},
    .synonyms = {"loudness", "volume", "level", "rms", "amplitude", "envelope follower", "audio reactive"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .params = {
        {.name = "window", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 20}, .least = 0.0, .most = 10.0, .unit = "s", .title = "Window", .help = "How much sound makes one value; longer is calmer", .animatable = false},
        {.name = "normalize", .kind = ParamKind::Boolean, .initial = true, .title = "Normalize", .help = "The loudest moment is 1; else full scale is", .animatable = false},
    },
    .analyse = analyse,
};

} // namespace artdag
