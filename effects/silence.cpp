// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

namespace artdag {
namespace {

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    const Flicks duration = call.args.time("duration");
    outputs[0] = {.type = PortType::Sound, .samples = duration > 0 ? frameAt(duration, {call.canvas.sampleRate, 1}) : StreamFacts::endless};
    return {};
}

Result<void> sound(const SoundCall&, std::span<const Sound>, Sound&)
{
    return {};
}

} // namespace

extern const Effect effect_silence;
const Effect effect_silence{
    .name = "silence",
    .title = "Silence",
    .help = "No sound: a pause between two, or a film that is to have a silent track.",
    .tags = {"sound", "source"},
    .synonyms = {"anullsrc", "pause", "empty", "mute", "gap", "quiet"},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {{.name = "duration", .kind = ParamKind::Time, .initial = Moment{0}, .least = 0.0, .most = 86400.0, .unit = "s", .title = "Duration", .help = "0 has no end", .animatable = false}},
    .facts = facts,
    .sound = sound,
};

} // namespace artdag
