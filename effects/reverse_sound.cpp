// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

#include <algorithm>

namespace artdag {
namespace {

/// An endless sound is turned around within the canvas's duration.
std::int64_t lengthOf(const Call& call)
{
    const std::int64_t samples = call.inputs[0].stream.samples;
    return samples != StreamFacts::endless ? samples : frameAt(call.canvas.duration, {call.canvas.sampleRate, 1});
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    outputs[0].samples = lengthOf(call);
    return {};
}

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    out.push_back({0, {lengthOf(call) - call.range.end(), call.range.count}});
}

Result<void> sound(const SoundCall&, std::span<const Sound> inputs, Sound& out)
{
    for (int channel = 0; channel < soundChannels; ++channel)
        std::reverse_copy(inputs[0].channel(channel), inputs[0].channel(channel) + out.range().count, out.channel(channel));
    return {};
}

} // namespace

extern const Effect effect_reverse_sound;
const Effect effect_reverse_sound{
    .name = "reverse_sound",
    .title = "Reverse sound",
    .help = "Plays a sound from its end to its beginning. An endless one is turned around within the length of the canvas.",
    .tags = {"sound", "time"},
    .synonyms = {"backwards", "areverse", "reverse audio", "rewind"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .facts = facts,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
