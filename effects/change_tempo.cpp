// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/sound/time_stretch.h"

namespace artdag {
namespace {

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    if (outputs[0].samples > 0)
        outputs[0].samples = static_cast<std::int64_t>(exact::floor(static_cast<double>(outputs[0].samples) / call.args.real("speed") + 0.5));
    return {};
}

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    const double speed = call.args.real("speed");
    out.push_back({0, speed == 1.0 ? call.range : TimeStretch(speed, call.canvas.sampleRate).needs(call.range.first, call.range.end())});
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const double speed = call.args.real("speed");
    if (speed == 1.0) {
        out = inputs[0];
        return {};
    }
    const TimeStretch stretch(speed, call.canvas.sampleRate);
    call.memory->numbers.resize(stretch.stateNumbers());
    out = stretch.run(inputs[0], call.range.first, call.range.end(), call.memory->numbers);
    return {};
}

} // namespace

extern const Effect effect_change_tempo;
const Effect effect_change_tempo{
    .name = "change_tempo",
    .title = "Change tempo",
    .help = "Plays a sound faster or slower at the same pitch. At speed 2 it is half as long.",
    .tags = {"sound", "time"},
    .synonyms = {"time stretch", "atempo", "speed", "slow down", "rubberband", "stretch", "BPM"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {{.name = "speed", .initial = 1.0, .least = 0.25, .most = 4.0, .title = "Speed", .help = "From 100 to 120 BPM is 1.2", .animatable = false}},
    .neutralAtDefault = true,
    .facts = facts,
    .remembers = true,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
