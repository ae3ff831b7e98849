// SPDX-License-Identifier: GPL-3.0-or-later
// Stretched by the ratio of the pitches, then read faster or slower by the same ratio.
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/sound/time_stretch.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

constexpr int zeroCrossings = 16; ///< of the sinc to each side
constexpr int perCrossing = 256;  ///< places of its table
constexpr double passBand = 0.92; ///< of the lower Nyquist frequency

/// A sinc under Blackman's window, one side.
const std::vector<float>& kernel()
{
    static const std::vector<float> table = [] {
        std::vector<float> made;
        for (int i = 0; i <= zeroCrossings * perCrossing + 1; ++i) {
            const double x = static_cast<double>(i) / perCrossing, angle = exact::pi * x, turn = angle / zeroCrossings;
            const double window = x < zeroCrossings ? 0.42 + 0.5 * exact::cos(turn) + 0.08 * exact::cos(2.0 * turn) : 0.0;
            made.push_back(static_cast<float>(i == 0 ? 1.0 : exact::sin(angle) / angle * window));
        }
        return made;
    }();
    return table;
}

struct Shift {
    double ratio;  ///< of the pitches
    double cutoff; ///< of the stretched sound's Nyquist frequency
    std::int64_t reach;

    explicit Shift(const Call& call)
        : ratio(exact::pow(2.0, (call.args.real("semitones") + call.args.real("cents") / 100.0) / 12.0)),
          cutoff(passBand / std::max(ratio, 1.0)),
          reach(static_cast<std::int64_t>(zeroCrossings / cutoff) + 2)
    {
    }
    /// Stretched samples that are known once output samples before `end` are.
    [[nodiscard]] std::int64_t knownAt(std::int64_t end) const { return static_cast<std::int64_t>(exact::floor(static_cast<double>(end) * ratio)) + reach; }
    [[nodiscard]] std::int64_t doneBefore(SampleRange range) const { return range.first > 0 ? knownAt(range.first) : -reach; }
};

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    const Shift shift(call);
    if (shift.ratio == 1.0)
        out.push_back({0, call.range});
    else
        out.push_back({0, TimeStretch(1.0 / shift.ratio, call.canvas.sampleRate).needs(shift.doneBefore(call.range), shift.knownAt(call.range.end()))});
}

/// Both channels of the stretched sound at a place between its samples.
void readAt(const Shift& shift, const Sound& stretched, double place, float (&out)[2])
{
    const std::vector<float>& table = kernel();
    const double floor = exact::floor(place);
    const std::int64_t at = static_cast<std::int64_t>(floor) - stretched.range().first;
    const double step = shift.cutoff * perCrossing;
    double left = 0, right = 0, total = 0;
    for (std::int64_t i = 2 - shift.reach; i < shift.reach; ++i) {
        const double distance = static_cast<double>(i) - (place - floor);
        const double x = (distance < 0 ? -distance : distance) * step;
        if (x >= zeroCrossings * perCrossing)
            continue;
        const auto index = static_cast<std::size_t>(x);
        const double weight = table[index] + (x - static_cast<double>(index)) * (table[index + 1] - table[index]);
        left += weight * stretched.channel(0)[at + i];
        right += weight * stretched.channel(1)[at + i];
        total += weight;
    }
    out[0] = static_cast<float>(left / total);
    out[1] = static_cast<float>(right / total);
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const Shift shift(call);
    if (shift.ratio == 1.0) {
        out = inputs[0];
        return {};
    }
    const TimeStretch stretch(1.0 / shift.ratio, call.canvas.sampleRate);
    call.memory->numbers.resize(stretch.stateNumbers());
    const std::int64_t done = shift.doneBefore(call.range), known = shift.knownAt(call.range.end());
    const Sound fresh = stretch.run(inputs[0], done, known, call.memory->numbers);
    // What the kernel reaches back to lies in the memory: a channel after the other.
    const std::int64_t kept = 2 * shift.reach + 2;
    std::vector<float>& before = call.memory->samples;
    before.resize(static_cast<std::size_t>(2 * kept));
    Sound stretched({done - kept, known - done + kept});
    for (std::size_t channel = 0; channel < soundChannels; ++channel) {
        float* samples = stretched.channel(static_cast<int>(channel));
        std::copy_n(before.begin() + static_cast<std::ptrdiff_t>(channel) * kept, kept, samples);
        std::copy_n(fresh.channel(static_cast<int>(channel)), known - done, samples + kept);
        std::copy_n(samples + known - done, kept, before.begin() + static_cast<std::ptrdiff_t>(channel) * kept);
    }
    for (std::int64_t i = 0; i < out.range().count; ++i) {
        float sample[2];
        readAt(shift, stretched, static_cast<double>(out.range().first + i) * shift.ratio, sample);
        out.channel(0)[i] = sample[0];
        out.channel(1)[i] = sample[1];
    }
    return {};
}

} // namespace

extern const Effect effect_shift_pitch;
const Effect effect_shift_pitch{
    .name = "shift_pitch",
    .title = "Shift pitch",
    .help = "Makes a sound higher or lower without making it shorter or longer. Twelve semitones are an octave.",
    .tags = {"sound", "pitch"},
    .synonyms = {"pitch shift", "transpose", "rubberband", "asetrate", "octave", "chipmunk", "detune", "harmonizer"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "semitones", .initial = 0.0, .least = -24.0, .most = 24.0, .step = 1.0, .unit = "semitones", .title = "Semitones", .animatable = false},
        {.name = "cents", .initial = 0.0, .least = -100.0, .most = 100.0, .step = 1.0, .unit = "cents", .title = "Cents", .help = "Hundredths of a semitone more", .animatable = false},
    },
    .neutralAtDefault = true,
    .remembers = true,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
