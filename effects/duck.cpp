// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/sound/automation.h"
#include "core/sound/level.h"

#include <algorithm>

namespace artdag {
namespace {

/// What counts is the loudest of the last `hold` seconds, and at least of half a period of 50 Hz.
std::int64_t windowOf(const SoundCall& call)
{
    const std::int64_t hold = frameAt(call.args.time("hold"), {call.canvas.sampleRate, 1});
    return std::max<std::int64_t>(hold, call.canvas.sampleRate / 100);
}

std::int64_t samplesAhead(const SoundCall& call)
{
    return frameAt(call.args.time("lookahead"), {call.canvas.sampleRate, 1});
}

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    const std::int64_t before = windowOf(call) - 1;
    out.push_back({0, call.range});
    out.push_back({1, {call.range.first - before + samplesAhead(call), call.range.count + before}});
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    call.memory->numbers.resize(1);
    double& gain = call.memory->numbers[0];
    const Sound& side = inputs[1];
    std::vector<float> heights(static_cast<std::size_t>(side.range().count)), turned(static_cast<std::size_t>(out.range().count));
    for (std::size_t i = 0; i < heights.size(); ++i) {
        const float left = side.channel(0)[i], right = side.channel(1)[i];
        heights[i] = std::max(left < 0.0F ? -left : left, right < 0.0F ? -right : right);
    }
    slidingMaximum(heights, turned, static_cast<std::size_t>(windowOf(call)));
    for (std::size_t i = 0; i < turned.size(); i += controlStep) {
        const std::int64_t sample = out.range().first + static_cast<std::int64_t>(i);
        const auto threshold = static_cast<float>(call.real("threshold", sample)), amount = static_cast<float>(call.real("amount", sample));
        constexpr float softness = 6.0F; // dB around the threshold in which it sets in
        for (std::size_t k = i; k < i + controlStep; ++k) {
            const float x = std::clamp((decibelsOf(turned[k]) - threshold) / softness + 0.5F, 0.0F, 1.0F);
            turned[k] = -amount * x * x * (3.0F - 2.0F * x);
        }
    }
    gain = followGain(turned, gain, secondsOfFlicks(call.args.time("attack")) / 2.0, secondsOfFlicks(call.args.time("release")) / 2.0, call.canvas.sampleRate);
    gain = gain > -1e-30 ? 0.0 : gain;
    for (int channel = 0; channel < soundChannels; ++channel)
        for (std::size_t i = 0; i < turned.size(); ++i)
            out.channel(channel)[i] = inputs[0].channel(channel)[i] * amplitudeOf(turned[i]);
    return {};
}

Param time(std::string_view name, std::string_view title, double seconds, double most, std::string_view help)
{
    return {.name = name, .kind = ParamKind::Time, .initial = Moment{flicksOfSeconds(seconds)}, .least = 0.0, .most = most, .unit = "s", .title = title, .help = help, .animatable = false};
}

} // namespace

extern const Effect effect_duck;
const Effect effect_duck{
    .name = "duck",
    .title = "Duck",
    .help = "Turns a sound down while another one speaks: music under a voice, or a pad that pumps with the kick.",
    .tags = {"sound", "level"},
    .synonyms = {"ducking", "sidechain", "side chain compressor", "sidechaincompress", "pump", "voice over", "auto duck"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}, {.name = "side", .type = PortType::Sound, .title = "Side chain"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "amount", .initial = 12.0, .least = 0.0, .most = 96.0, .step = 0.5, .unit = "dB", .title = "Amount", .help = "How far it is turned down"},
        {.name = "threshold", .initial = -30.0, .least = -80.0, .most = 0.0, .step = 0.5, .unit = "dB", .title = "Threshold", .help = "Peak level of the side chain above which it goes down"},
        time("attack", "Attack", 0.05, 5.0, "How long it takes to go down"),
        time("hold", "Hold", 0.2, 10.0, "How long it stays down when the side chain pauses"),
        time("release", "Release", 0.5, 10.0, "How long it takes to come back"),
        time("lookahead", "Look-ahead", 0.05, 2.0, "How long before the side chain it begins"),
    },
    .remembers = true,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
