// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/sound/pass_filter.h"

namespace artdag {
namespace {

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const auto stagesAt = [&](std::int64_t sample) {
        return lowPassStages(call.real("frequency", sample), call.real("resonance", sample), slopes[call.args.choice("slope")], call.canvas.sampleRate);
    };
    runPassFilter(stagesAt, call.moves, inputs[0], call.memory->numbers, out);
    return {};
}

} // namespace

extern const Effect effect_low_pass;
const Effect effect_low_pass{
    .name = "low_pass",
    .title = "Low pass",
    .help = "Takes away what is above a frequency: a sound from behind a wall, or a synth whose filter opens.",
    .tags = {"sound", "filter"},
    .synonyms = {"lowpass", "high cut", "filter", "muffle", "underwater", "sweep"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "frequency", .initial = 1000.0, .least = 20.0, .most = 20000.0, .step = 1.0, .unit = "Hz", .title = "Frequency", .help = "Where it is 3 dB down at resonance 0"},
        {.name = "slope", .kind = ParamKind::Choice, .initial = std::int64_t{1}, .title = "Slope", .help = "How steeply it falls, in dB an octave", .choices = {"6", "12", "24", "48"}, .animatable = false},
        {.name = "resonance", .initial = 0.0, .least = 0.0, .most = 30.0, .step = 0.1, .unit = "dB", .title = "Resonance", .help = "A peak at the frequency, this high above the flattest; not for 6 dB an octave"},
    },
    .remembers = true,
    .sound = sound,
};

} // namespace artdag
