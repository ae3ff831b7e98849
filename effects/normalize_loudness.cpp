// SPDX-License-Identifier: GPL-3.0-or-later
// One gain for the whole sound: an analysis listens to all of it before the first sample is asked.
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/sound/loudness.h"

#include <algorithm>

namespace artdag {
namespace {

/// Loudness in LUFS and the highest true peak as an amplitude.
Result<std::vector<Analysed>> analyse(const AnalysisCall& call)
{
    const StreamFacts& stream = call.inputs[0].stream;
    const std::int64_t rate = call.canvas.sampleRate, samples = stream.samples != StreamFacts::endless ? stream.samples : frameAt(call.canvas.duration, {rate, 1});
    LoudnessMeter meter(call.canvas.sampleRate);
    const TruePeak truePeak;
    float highest = 0.0F;
    std::vector<float> heights;
    for (std::int64_t first = 0; first < samples; first += rate) {
        const SampleRange second{first, std::min(rate, samples - first)};
        const Sound around = TRY(call.soundOf(0, {second.first - TruePeak::reach, second.count + 2 * TruePeak::reach}));
        heights.resize(static_cast<std::size_t>(second.count));
        truePeak.heights(around, second, heights);
        highest = std::max(highest, *std::ranges::max_element(heights));
        Sound piece(second);
        for (int channel = 0; channel < soundChannels; ++channel)
            std::copy_n(around.channel(channel) + TruePeak::reach, second.count, piece.channel(channel));
        meter.add(piece);
    }
    return std::vector<Analysed>{{{}, 1.0, {meter.integrated(), static_cast<double>(highest)}}};
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const std::vector<double>& found = call.analysed->front().values;
    const double loudness = found[0], peak = found[1];
    double gain = loudness <= LoudnessMeter::silent ? 1.0 : exact::pow(10.0, (call.args.real("target") - loudness) / 20.0);
    if (const double most = exact::pow(10.0, call.args.real("ceiling") / 20.0); peak * gain > most)
        gain = most / peak;
    for (int channel = 0; channel < soundChannels; ++channel)
        for (std::int64_t i = 0; i < out.range().count; ++i)
            out.channel(channel)[i] = static_cast<float>(inputs[0].channel(channel)[i] * gain);
    return {};
}

} // namespace

extern const Effect effect_normalize_loudness;
const Effect effect_normalize_loudness{
    .name = "normalize_loudness",
    .title = "Normalize loudness",
    .help = "Brings a whole sound to a loudness, as broadcasters and platforms measure it. It listens to all of it once and then turns it by one gain, so its dynamics stay.",
    .tags = {"sound", "level"},
    .synonyms = {"loudnorm", "EBU R128", "LUFS", "normalize", "BS.1770", "loudness", "replaygain"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "target", .initial = -16.0, .least = -70.0, .most = 0.0, .step = 0.5, .unit = "LUFS", .title = "Target", .help = "−14 to −16 for platforms, −23 for television", .animatable = false},
        {.name = "ceiling", .initial = -1.0, .least = -20.0, .most = 20.0, .step = 0.1, .unit = "dBTP", .title = "Ceiling", .help = "No peak goes above this, though the target be missed; put a limiter behind to have both", .animatable = false},
    },
    .sound = sound,
    .analyse = analyse,
};

} // namespace artdag
