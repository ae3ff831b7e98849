// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/sound/automation.h"
#include "core/sound/level.h"

#include <algorithm>

namespace artdag {
namespace {

/// Half a period of 50 Hz for peaks, a whole one for the mean: a steady tone has a steady level.
std::size_t windowOf(const SoundCall& call)
{
    return static_cast<std::size_t>(call.canvas.sampleRate / (call.args.choice("detector") == 0 ? 100 : 50));
}

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    const auto before = static_cast<std::int64_t>(windowOf(call)) - 1;
    out.push_back({0, {call.range.first - before, call.range.count + before}});
}

/// The level of each channel in dB; linked ones listen to the louder, as far as they are linked.
void listen(const SoundCall& call, const Sound& in, std::vector<float> (&levels)[2])
{
    const auto count = static_cast<std::size_t>(in.range().count);
    const std::size_t window = windowOf(call);
    for (int channel = 0; channel < soundChannels; ++channel) {
        std::vector<float> heights(count);
        const float* samples = in.channel(channel);
        for (std::size_t i = 0; i < count; ++i)
            heights[i] = samples[i] < 0.0F ? -samples[i] : samples[i];
        std::vector<float>& level = levels[channel];
        level.resize(count - window + 1);
        if (call.args.choice("detector") == 0)
            slidingMaximum(heights, level, window);
        else
            slidingRms(heights, level, window);
        for (float& one : level)
            one = decibelsOf(one);
    }
    const auto link = static_cast<float>(call.args.real("link"));
    for (std::size_t i = 0; i < levels[0].size(); ++i) {
        const float louder = std::max(levels[0][i], levels[1][i]);
        levels[0][i] += link * (louder - levels[0][i]);
        levels[1][i] += link * (louder - levels[1][i]);
    }
}

CompressorCurve curveAt(const SoundCall& call, std::int64_t sample)
{
    return {static_cast<float>(call.real("threshold", sample)), static_cast<float>(1.0 / call.real("ratio", sample) - 1.0), static_cast<float>(call.real("knee", sample))};
}

/// From levels to how far they are to be turned, where the curve moves with its value at each control point.
void turnAll(const SoundCall& call, std::span<float> levels)
{
    if (!call.moves)
        return turnBy(curveAt(call, 0), levels, levels);
    for (std::size_t first = 0; first < levels.size(); first += controlStep)
        turnBy(curveAt(call, call.range.first + static_cast<std::int64_t>(first)), levels.subspan(first, controlStep), levels.subspan(first, controlStep));
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    std::vector<double>& gains = call.memory->numbers;
    gains.resize(soundChannels);
    std::vector<float> turned[2];
    listen(call, inputs[0], turned);
    const double attack = secondsOfFlicks(call.args.time("attack")), release = secondsOfFlicks(call.args.time("release"));
    const bool asOne = call.args.real("link") == 1.0;
    for (std::size_t channel = 0; channel < (asOne ? 1U : 2U); ++channel) {
        turnAll(call, turned[channel]);
        gains[channel] = followGain(turned[channel], gains[channel], attack, release, call.canvas.sampleRate);
        if (gains[channel] > -1e-30)
            gains[channel] = 0.0;
        for (float& gain : turned[channel])
            gain = amplitudeOf(gain);
    }
    const auto makeup = automate(out.range(), [&](std::int64_t sample) { return static_cast<double>(amplitudeOf(static_cast<float>(call.real("makeup", sample)))); });
    const auto mix = automate(out.range(), [&](std::int64_t sample) { return call.real("mix", sample); });
    for (int channel = 0; channel < soundChannels; ++channel) {
        const float* source = inputs[0].channel(channel) + (out.range().first - inputs[0].range().first);
        const float* gain = turned[asOne ? 0 : channel].data();
        float* target = out.channel(channel);
        for (std::size_t i = 0; i < makeup.size(); ++i)
            target[i] = static_cast<float>(source[i] * (1.0 + mix[i] * (gain[i] * makeup[i] - 1.0)));
    }
    return {};
}

} // namespace

extern const Effect effect_compressor;
const Effect effect_compressor{
    .name = "compressor",
    .title = "Compressor",
    .help = "Turns down what is louder than a threshold, so that soft and loud come closer together. Make up for it with the makeup gain.",
    .tags = {"sound", "level"},
    .synonyms = {"dynamics", "compression", "acompressor", "leveller", "glue", "parallel compression"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "threshold", .initial = -20.0, .least = -80.0, .most = 0.0, .step = 0.5, .unit = "dB", .title = "Threshold", .help = "Levels above this are turned down"},
        {.name = "ratio", .initial = 3.0, .least = 1.0, .most = 100.0, .step = 0.1, .title = "Ratio", .help = "At 4, what is 4 dB above the threshold comes out 1 dB above it"},
        {.name = "knee", .initial = 6.0, .least = 0.0, .most = 40.0, .step = 0.5, .unit = "dB", .title = "Knee", .help = "Width of the soft bend around the threshold"},
        {.name = "attack", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 100}, .least = 0.0, .most = 2.0, .unit = "s", .title = "Attack", .help = "How fast it turns down", .animatable = false},
        {.name = "release", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond * 3 / 20}, .least = 0.0, .most = 10.0, .unit = "s", .title = "Release", .help = "How fast it comes back", .animatable = false},
        {.name = "makeup", .initial = 0.0, .least = -24.0, .most = 36.0, .step = 0.1, .unit = "dB", .title = "Makeup", .help = "Gain of what was compressed"},
        {.name = "detector", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Detector", .help = "Peaks, or the mean power of a fiftieth of a second, by which a steady tone has the same level", .choices = {"peak", "rms"}, .animatable = false},
        {.name = "link", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Stereo link", .help = "1: both sides move together, so that nothing wanders; 0: each for itself", .animatable = false},
        {.name = "mix", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Mix", .help = "Less than 1 adds the sound as it was: parallel compression"},
    },
    .remembers = true,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
