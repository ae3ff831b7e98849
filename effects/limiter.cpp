// SPDX-License-Identifier: GPL-3.0-or-later
// The gain that each peak wants, the least of it within the look-ahead, and two means over half of that each: the gain is
// down when the peak arrives, and gets there without a corner.
#include "core/effect/effect.h"
#include "core/sound/automation.h"
#include "core/sound/level.h"
#include "core/sound/loudness.h"

#include <algorithm>

namespace artdag {
namespace {

/// Samples of one of the two means; the look-ahead is twice as long.
std::int64_t halfOf(const Call& call)
{
    return std::max<std::int64_t>(1, frameAt(call.args.time("lookahead"), {call.canvas.sampleRate, 1}) / 2);
}

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    out.push_back({0, {call.range.first - TruePeak::reach, call.range.count + 2 * halfOf(call) + 2 * TruePeak::reach}});
}

/// How far each sample and those of the look-ahead after it must be turned: the least gain of them all.
std::vector<float> leastGains(const SoundCall& call, const Sound& in)
{
    const std::int64_t ahead = 2 * halfOf(call);
    const SampleRange seen{call.range.first, call.range.count + ahead};
    std::vector<float> heights(static_cast<std::size_t>(seen.count)), wanted(static_cast<std::size_t>(call.range.count));
    if (call.args.boolean("true_peak")) {
        TruePeak().heights(in, seen, heights);
    } else {
        for (std::size_t i = 0; i < heights.size(); ++i) {
            const float left = in.channel(0)[static_cast<std::int64_t>(i) + TruePeak::reach], right = in.channel(1)[static_cast<std::int64_t>(i) + TruePeak::reach];
            heights[i] = std::max(left < 0.0F ? -left : left, right < 0.0F ? -right : right);
        }
    }
    slidingMaximum(heights, wanted, static_cast<std::size_t>(ahead + 1));
    for (std::size_t i = 0; i < wanted.size(); i += controlStep) {
        const std::int64_t sample = call.range.first + static_cast<std::int64_t>(i);
        const auto drive = amplitudeOf(static_cast<float>(call.real("gain", sample))), ceiling = amplitudeOf(static_cast<float>(call.real("ceiling", sample)));
        for (std::size_t k = i; k < i + controlStep; ++k)
            wanted[k] = wanted[k] * drive > ceiling ? ceiling / (wanted[k] * drive) : 1.0F;
    }
    return wanted;
}

/// The mean of the last `length` numbers at each place; `before` holds those that came before, and then the last of these.
void takeMeans(std::vector<float>& numbers, std::span<float> before)
{
    const std::size_t length = before.size() + 1;
    std::vector<double> sums{0.0};
    for (const float number : before)
        sums.push_back(sums.back() + number);
    for (const float number : numbers)
        sums.push_back(sums.back() + number);
    if (!before.empty())
        std::copy_n(numbers.end() - static_cast<std::ptrdiff_t>(before.size()), before.size(), before.begin());
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = static_cast<float>((sums[i + length] - sums[i]) / static_cast<double>(length));
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const auto half = static_cast<std::size_t>(halfOf(call));
    SoundMemory& memory = *call.memory;
    std::vector<float> gains = leastGains(call, inputs[0]);
    if (memory.empty()) { // as if it had been heard coming
        memory.numbers.assign(1, gains[0]);
        memory.samples.assign(2 * half, gains[0]);
    }
    const double back = remaining(secondsOfFlicks(call.args.time("release")), call.canvas.sampleRate);
    double& gain = memory.numbers[0];
    for (float& wanted : gains) {
        const double rising = wanted + back * (gain - wanted);
        gain = rising < wanted ? rising : wanted;
        if (gain > 1.0 - 1e-7)
            gain = 1.0; // what is not turned stays as it is to the last bit
        wanted = static_cast<float>(gain);
    }
    takeMeans(gains, std::span(memory.samples).first(half));
    takeMeans(gains, std::span(memory.samples).last(half));
    const auto drive = automate(out.range(), [&](std::int64_t sample) { return static_cast<double>(amplitudeOf(static_cast<float>(call.real("gain", sample)))); });
    for (int channel = 0; channel < soundChannels; ++channel)
        for (std::size_t i = 0; i < gains.size(); ++i)
            out.channel(channel)[i] = static_cast<float>(inputs[0].channel(channel)[static_cast<std::int64_t>(i) + TruePeak::reach] * (gains[i] * drive[i]));
    return {};
}

} // namespace

extern const Effect effect_limiter;
const Effect effect_limiter{
    .name = "limiter",
    .title = "Limiter",
    .help = "No peak goes above the ceiling. What stays below it passes unchanged; raise the gain to make everything louder.",
    .tags = {"sound", "level"},
    .synonyms = {"alimiter", "brick wall", "maximizer", "true peak", "clip", "peak limiter", "loudness"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "gain", .initial = 0.0, .least = -24.0, .most = 36.0, .step = 0.1, .unit = "dB", .title = "Gain", .help = "Before the ceiling"},
        {.name = "ceiling", .initial = -1.0, .least = -40.0, .most = 0.0, .step = 0.1, .unit = "dBTP", .title = "Ceiling", .help = "−1 leaves room for MP3 and AAC"},
        {.name = "release", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 10}, .least = 0.001, .most = 5.0, .unit = "s", .title = "Release", .help = "How fast it comes back after a peak", .animatable = false},
        {.name = "lookahead", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 200}, .least = 0.0005, .most = 0.1, .unit = "s", .title = "Look-ahead", .help = "How long before a peak it begins to go down; the sound is not delayed", .animatable = false},
        {.name = "true_peak", .kind = ParamKind::Boolean, .initial = true, .title = "True peak", .help = "Also keeps the wave between samples below the ceiling, as loudness rules want it", .animatable = false},
    },
    .neutralAtDefault = true, // for all that is not too loud
    .remembers = true,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
