// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/sound/fade_curve.h"

#include <algorithm>

namespace artdag {
namespace {

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const Rate samples{call.canvas.sampleRate, 1};
    const std::int64_t stream = call.inputs[0].stream.samples;
    const std::int64_t length = stream == StreamFacts::endless ? frameAt(call.canvas.duration, samples) : stream;
    const std::int64_t in = frameAt(call.args.time("in"), samples), away = frameAt(call.args.time("out"), samples);
    const auto curve = static_cast<FadeCurve>(call.args.choice("curve"));
    for (std::int64_t i = 0; i < out.range().count; ++i) {
        const std::int64_t sample = out.range().first + i;
        double level = 1.0;
        if (sample < in)
            level = fadeLevel(curve, static_cast<double>(sample) / static_cast<double>(in));
        if (sample > length - 1 - away)
            level *= fadeLevel(curve, static_cast<double>(length - 1 - sample) / static_cast<double>(away));
        for (int channel = 0; channel < soundChannels; ++channel)
            out.channel(channel)[i] = static_cast<float>(inputs[0].channel(channel)[i] * level);
    }
    return {};
}

} // namespace

extern const Effect effect_fade_sound;
const Effect effect_fade_sound{
    .name = "fade_sound",
    .title = "Fade sound",
    .help = "Lets a sound come out of silence at its beginning and go into it at its end. An endless sound ends with the canvas.",
    .tags = {"sound", "time"},
    .synonyms = {"afade", "fade in", "fade out", "audio fade", "ramp"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "in", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 4}, .least = 0.0, .most = 3600.0, .unit = "s", .title = "In", .help = "Length of the fade at the beginning", .animatable = false},
        {.name = "out", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond}, .least = 0.0, .most = 3600.0, .unit = "s", .title = "Out", .help = "Length of the fade at the end", .animatable = false},
        {.name = "curve", .kind = ParamKind::Choice, .initial = std::int64_t{2}, .title = "Curve", .help = "Decibels falls evenly to the ear", .choices = {"equal power", "linear", "smooth", "decibels"}, .animatable = false},
    },
    .sound = sound,
};

} // namespace artdag
