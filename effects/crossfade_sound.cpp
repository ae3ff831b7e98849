// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/sound/fade_curve.h"

#include <algorithm>

namespace artdag {
namespace {

/// When the second sound begins, and how long both are heard; no longer than the shorter of the two.
struct Join {
    std::int64_t begin = 0, overlap = 0;

    explicit Join(const Call& call)
    {
        const std::int64_t first = call.inputs[0].stream.samples, second = call.inputs[1].stream.samples;
        overlap = std::min(frameAt(call.args.time("duration"), {call.canvas.sampleRate, 1}), first);
        if (second != StreamFacts::endless)
            overlap = std::min(overlap, second);
        begin = first - overlap;
    }
};

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    if (call.inputs[0].stream.samples == StreamFacts::endless)
        return fail(Fault::BadInput, "first: it has no end, so nothing can follow it; give it one with a segment");
    const std::int64_t second = call.inputs[1].stream.samples;
    outputs[0].samples = second == StreamFacts::endless ? StreamFacts::endless : Join(call).begin + second;
    return {};
}

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    const Join join(call);
    if (call.range.first < join.begin + join.overlap)
        out.push_back({0, call.range});
    if (call.range.end() > join.begin)
        out.push_back({1, {call.range.first - join.begin, call.range.count}});
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const Join join(call);
    const auto curve = static_cast<FadeCurve>(call.args.choice("curve"));
    std::size_t input = 0;
    const auto add = [&](bool first) {
        const Sound& from = inputs[input++];
        for (std::int64_t i = 0; i < out.range().count; ++i) {
            const std::int64_t into = out.range().first + i - join.begin; // samples since the second began
            double level = into < 0 ? 0.0 : into >= join.overlap ? 1.0
                                                                 : fadeLevel(curve, static_cast<double>(into) / static_cast<double>(join.overlap));
            if (first)
                level = into < 0 ? 1.0 : into >= join.overlap ? 0.0
                                                              : fadeLevel(curve, 1.0 - static_cast<double>(into) / static_cast<double>(join.overlap));
            for (int channel = 0; channel < soundChannels; ++channel)
                out.channel(channel)[i] += static_cast<float>(from.channel(channel)[i] * level);
        }
    };
    if (call.range.first < join.begin + join.overlap)
        add(true);
    if (call.range.end() > join.begin)
        add(false);
    return {};
}

} // namespace

extern const Effect effect_crossfade_sound;
const Effect effect_crossfade_sound{
    .name = "crossfade_sound",
    .title = "Crossfade sound",
    .help = "One sound, then another: the second comes up while the first goes down at its end.",
    .tags = {"sound", "combine"},
    .synonyms = {"acrossfade", "cross fade", "join sounds", "concat", "segue", "blend sounds", "DJ"},
    .inputs = {{.name = "first", .type = PortType::Sound, .title = "First"}, {.name = "second", .type = PortType::Sound, .title = "Second"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "duration", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond}, .least = 0.0, .most = 600.0, .unit = "s", .title = "Duration", .help = "How long both are heard; 0 is a cut", .animatable = false},
        {.name = "curve", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Curve", .help = "Equal power keeps different sounds equally loud, linear two that are alike", .choices = {"equal power", "linear", "smooth", "decibels"}, .animatable = false},
    },
    .facts = facts,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
