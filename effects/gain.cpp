// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/sound/automation.h"

namespace artdag {
namespace {

double amplitude(double decibels)
{
    return decibels == 0.0 ? 1.0 : exact::pow(10.0, decibels / 20.0);
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const auto factors = automate(out.range(), [&](std::int64_t sample) { return amplitude(call.realAt("gain", sample)); });
    const Sound& from = inputs[0];
    const std::int64_t shift = out.range().first - from.range().first;
    for (int channel = 0; channel < soundChannels; ++channel) {
        const float* source = from.channel(channel) + shift;
        float* target = out.channel(channel);
        for (std::size_t i = 0; i < factors.size(); ++i)
            target[i] = static_cast<float>(source[i] * factors[i]);
    }
    return {};
}

} // namespace

extern const Effect effect_gain;
const Effect effect_gain{
    .name = "gain",
    .title = "Gain",
    .help = "Makes a sound louder or softer. 0 dB leaves it as it is, −6 dB is half the amplitude; moves of the knob are smooth.",
    .tags = {"sound", "level"},
    .synonyms = {"volume", "amplify", "level", "loudness"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {{.name = "gain", .initial = 0.0, .least = -96.0, .most = 36.0, .step = 0.1, .unit = "dB", .title = "Gain", .help = "In decibels of amplitude"}},
    .neutralAtDefault = true,
    .sound = sound,
};

} // namespace artdag
