// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/sound/automation.h"

#include <algorithm>

namespace artdag {
namespace {

double amplitude(double decibels)
{
    return decibels == 0.0 ? 1.0 : exact::pow(10.0, decibels / 20.0);
}

/// As long as the longest sound.
Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    std::int64_t samples = call.inputs.empty() ? StreamFacts::endless : 0;
    for (const InputFacts& input : call.inputs)
        if (samples != StreamFacts::endless)
            samples = input.stream.samples == StreamFacts::endless ? StreamFacts::endless : std::max(samples, input.stream.samples);
    outputs[0] = {.type = PortType::Sound, .samples = samples};
    return {};
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const auto count = static_cast<std::size_t>(out.range().count);
    const double share = call.args.boolean("normalize") && !inputs.empty() ? 1.0 / static_cast<double>(inputs.size()) : 1.0;
    const auto master = automate(out.range(), [&](std::int64_t sample) { return amplitude(call.realAt("gain", sample)) * share; });
    for (int channel = 0; channel < soundChannels; ++channel) {
        std::vector<double> sum(count, 0.0);
        for (std::size_t index = 0; index < inputs.size(); ++index) {
            const int item = call.inputs[index].item;
            const double factor = amplitude(call.items[static_cast<std::size_t>(item)].real("gain"));
            const float* source = inputs[index].channel(channel) + (out.range().first - inputs[index].range().first);
            for (std::size_t i = 0; i < count; ++i)
                sum[i] += source[i] * factor;
        }
        float* target = out.channel(channel);
        for (std::size_t i = 0; i < count; ++i)
            target[i] = static_cast<float>(sum[i] * master[i]);
    }
    return {};
}

} // namespace

extern const Effect effect_mix;
const Effect effect_mix{
    .name = "mix",
    .title = "Mix",
    .help = "Adds any number of sounds, each with its own gain. To move one fader over time, put a gain before it.",
    .tags = {"sound", "combine"},
    .synonyms = {"sum", "mixer", "add sounds", "amix", "layer sound"},
    .inputs = {{.name = "items", .type = PortType::Sound, .title = "Sounds", .list = true}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "gain", .initial = 0.0, .least = -96.0, .most = 36.0, .step = 0.1, .unit = "dB", .title = "Gain", .help = "Of the sum"},
        {.name = "normalize", .kind = ParamKind::Boolean, .initial = false, .title = "Normalize", .help = "Divides the sum by the number of sounds, so that it cannot clip", .animatable = false},
    },
    .itemParams = {{.name = "gain", .initial = 0.0, .least = -96.0, .most = 36.0, .step = 0.1, .unit = "dB", .title = "Gain", .help = "Of this sound", .animatable = false}},
    .facts = facts,
    .sound = sound,
};

} // namespace artdag
