// SPDX-License-Identifier: GPL-3.0-or-later
// A feedback delay network (J.-M. Jot, A. Chaigne, "Digital delay networks for designing artificial reverberators", 1991):
// sixteen lines of prime lengths, mixed by a Hadamard matrix that loses nothing, each with the loss that its length wants.
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/sound/automation.h"
#include "core/sound/level.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace artdag {
namespace {

constexpr int lines = 16;
constexpr int strip = 64; ///< samples that run through the network together; no line is shorter
constexpr int diffusers = 4;
constexpr double shortest = 0.0237, longest = 0.0811;                              ///< lines at size 0.5, in seconds
constexpr double diffuserSeconds[diffusers] = {0.00477, 0.00359, 0.01273, 0.0093}; ///< J. Dattorro, "Effect design", JAES 1997
constexpr float diffuserFeedback[diffusers] = {0.75F, 0.75F, 0.625F, 0.625F};
constexpr float signs[lines] = {1, 1, -1, 1, 1, -1, 1, 1, -1, -1, 1, -1, 1, 1, -1, 1}; ///< of what leaves a line

std::int64_t primeFrom(std::int64_t number)
{
    for (number |= 1;; number += 2) {
        std::int64_t divisor = 3;
        while (divisor * divisor <= number && number % divisor != 0)
            divisor += 2;
        if (divisor * divisor > number)
            return number;
    }
}

/// A ring within the memory's samples; its place follows from the sample's number.
struct Ring {
    float* cells = nullptr;
    std::int64_t length = 1, at = 0;
    float& cell() { return cells[at]; }
    void step() { at = at + 1 < length ? at + 1 : 0; }
};

struct Room {
    std::array<std::int64_t, lines> length{};
    std::int64_t before = 0; ///< samples of pre-delay
    std::array<std::array<std::int64_t, diffusers>, 2> diffuser{};

    explicit Room(const Call& call)
    {
        const double rate = call.canvas.sampleRate, scale = 0.25 * exact::pow(16.0, call.args.real("size"));
        for (int i = 0; i < lines; ++i) {
            const double seconds = scale * shortest * exact::pow(longest / shortest, static_cast<double>(i) / (lines - 1));
            length[static_cast<std::size_t>(i)] = primeFrom(std::max<std::int64_t>(strip + 2 * i, static_cast<std::int64_t>(seconds * rate)));
        }
        before = std::max<std::int64_t>(1, frameAt(call.args.time("pre_delay"), {call.canvas.sampleRate, 1}));
        for (std::size_t side = 0; side < 2; ++side)
            for (std::size_t i = 0; i < diffusers; ++i)
                diffuser[side][i] = std::max<std::int64_t>(2, static_cast<std::int64_t>(diffuserSeconds[i] * rate * (side == 0 ? 1.0 : 1.08)));
    }
};

/// How much a line gives back at each pass, and how much more it takes from high tones.
struct Loss {
    float gain = 0, memory = 0;
};

struct Network {
    std::array<Ring, lines> line;
    std::array<Loss, lines> loss;
    std::array<float, lines> dull{}; ///< state of the losses
    Ring before[2];
    std::array<Ring, diffusers> diffuser[2];
    float low[2] = {}, lowShare = 0; ///< what is taken away below the low cut
    float level = 1;

    Network(const SoundCall& call, const Room& room)
    {
        std::int64_t total = lines + 2;
        for (const std::int64_t length : room.length)
            total += length;
        for (const auto& side : room.diffuser)
            for (const std::int64_t length : side)
                total += length;
        std::vector<float>& memory = call.memory->samples;
        memory.resize(static_cast<std::size_t>(total + 2 * room.before));
        float* next = memory.data() + lines + 2;
        const auto ring = [&](std::int64_t length) {
            const Ring made{next, length, call.range.first % length};
            next += length;
            return made;
        };
        for (std::size_t i = 0; i < lines; ++i)
            line[i] = ring(room.length[i]);
        for (std::size_t side = 0; side < 2; ++side) {
            before[side] = ring(room.before);
            for (std::size_t i = 0; i < diffusers; ++i)
                diffuser[side][i] = ring(room.diffuser[side][i]);
        }
        std::copy_n(memory.begin(), lines, dull.begin());
        std::copy_n(memory.begin() + lines, 2, low);
        setLosses(call);
    }

    void setLosses(const SoundCall& call)
    {
        const double rate = call.canvas.sampleRate, decay = secondsOfFlicks(call.args.time("decay"));
        const double live = std::max(0.02, (1.0 - call.args.real("damping")) * (1.0 - call.args.real("damping"))); // of the decay, at the highest tones
        double power = 0.0;
        for (std::size_t i = 0; i < lines; ++i) {
            const double gain = exact::pow(10.0, -3.0 * static_cast<double>(line[i].length) / (decay * rate));
            const double high = exact::pow(gain, 1.0 / live - 1.0);
            const double memory = (1.0 - high) / (1.0 + high);
            loss[i] = {static_cast<float>(gain * (1.0 - memory)), static_cast<float>(memory)};
            power += gain * gain / lines;
        }
        level = static_cast<float>(std::sqrt((1.0 - power) / power)); // steady sound stays as loud, however long it rings
        lowShare = static_cast<float>(1.0 - remaining(1.0 / (2.0 * exact::pi * call.args.real("low_cut")), rate));
    }

    void save(SoundMemory& memory) const
    {
        const auto settled = [](float value) { return value > -1e-25F && value < 1e-25F ? 0.0F : value; };
        for (std::size_t i = 0; i < lines; ++i)
            memory.samples[i] = settled(dull[i]);
        memory.samples[lines] = settled(low[0]);
        memory.samples[lines + 1] = settled(low[1]);
    }

    /// Pre-delay, low cut, and allpasses that make a cloud of each click.
    float enter(std::size_t side, float sample)
    {
        float x = before[side].cell();
        before[side].cell() = sample;
        before[side].step();
        low[side] += lowShare * (x - low[side]);
        x = x - low[side] + 1e-18F; // keeps the rings out of the smallest numbers, which are slow
        for (std::size_t i = 0; i < diffusers; ++i) {
            Ring& ring = diffuser[side][i];
            const float held = ring.cell();
            const float in = x - diffuserFeedback[i] * held;
            ring.cell() = in;
            x = held + diffuserFeedback[i] * in;
            ring.step();
        }
        return x;
    }

    void run(const float* const (&in)[2], float* const (&out)[2], int count)
    {
        float x[strip][lines];
        for (std::size_t l = 0; l < lines; ++l) {
            const Ring& ring = line[l];
            std::int64_t at = ring.at;
            for (int i = 0; i < count; ++i) {
                x[i][l] = ring.cells[at];
                at = at + 1 < ring.length ? at + 1 : 0;
            }
        }
        for (int i = 0; i < count; ++i) {
            float* const row = x[i];
            float left = 0, right = 0;
            for (std::size_t l = 0; l < lines; ++l) {
                dull[l] = loss[l].gain * row[l] + loss[l].memory * dull[l];
                row[l] = dull[l];
            }
            for (std::size_t l = 0; l < lines; l += 2) {
                left += signs[l] * row[l];
                right += signs[l + 1] * row[l + 1];
            }
            mix(row);
            const float enters[2] = {enter(0, in[0][i]) * 0.35355339F, enter(1, in[1][i]) * 0.35355339F};
            for (std::size_t l = 0; l < lines; ++l)
                row[l] += enters[l % 2];
            out[0][i] = left * level;
            out[1][i] = right * level;
        }
        for (std::size_t l = 0; l < lines; ++l) {
            Ring& ring = line[l];
            for (int i = 0; i < count; ++i) {
                ring.cells[ring.at] = x[i][l];
                ring.step();
            }
        }
    }

    /// Hadamard's matrix, a quarter of it so that it keeps the power.
    static void mix(float* row)
    {
        for (int half = 1; half < lines; half *= 2)
            for (int first = 0; first < lines; first += 2 * half)
                for (int i = first; i < first + half; ++i) {
                    const float a = row[i], b = row[i + half];
                    row[i] = a + b;
                    row[i + half] = a - b;
                }
        for (int i = 0; i < lines; ++i)
            row[i] *= 0.25F;
    }
};

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    if (outputs[0].samples > 0)
        outputs[0].samples += frameAt(call.args.time("decay") * 6 / 5 + call.args.time("pre_delay"), {call.canvas.sampleRate, 1});
    return {};
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    Network network(call, Room(call));
    const auto mix = automate(out.range(), [&](std::int64_t sample) { return call.real("mix", sample); });
    const double width = call.args.real("width");
    float wet[2][strip];
    float* const to[2] = {wet[0], wet[1]};
    for (std::int64_t first = 0; first < out.range().count; first += strip) {
        const int count = static_cast<int>(std::min<std::int64_t>(strip, out.range().count - first));
        const float* const from[2] = {inputs[0].channel(0) + first, inputs[0].channel(1) + first};
        network.run(from, to, count);
        for (int i = 0; i < count; ++i) {
            const double middle = (wet[0][i] + wet[1][i]) / 2.0, side = (wet[0][i] - wet[1][i]) / 2.0 * width;
            const double amount = mix[static_cast<std::size_t>(first + i)];
            out.channel(0)[first + i] = static_cast<float>(from[0][i] + amount * (middle + side - from[0][i]));
            out.channel(1)[first + i] = static_cast<float>(from[1][i] + amount * (middle - side - from[1][i]));
        }
    }
    network.save(*call.memory);
    return {};
}

} // namespace

extern const Effect effect_reverb;
const Effect effect_reverb{
    .name = "reverb",
    .title = "Reverb",
    .help = "Puts a sound into a room: a small chamber, a hall, a cathedral. The sound rings on after its end by the length of the decay.",
    .tags = {"sound", "space"},
    .synonyms = {"reverberation", "room", "hall", "plate", "echo", "ambience", "space", "freeverb"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "size", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Size", .help = "From a cupboard to a cathedral", .animatable = false},
        {.name = "decay", .kind = ParamKind::Time, .initial = Moment{2 * flicksPerSecond}, .least = 0.1, .most = 60.0, .unit = "s", .title = "Decay", .help = "How long it rings until it is 60 dB softer", .animatable = false},
        {.name = "damping", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Damping", .help = "How much faster high tones die away: bare walls are 0, curtains are 1", .animatable = false},
        {.name = "pre_delay", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 50}, .least = 0.0, .most = 1.0, .unit = "s", .title = "Pre-delay", .help = "Before the room answers; some keeps words clear", .animatable = false},
        {.name = "low_cut", .initial = 100.0, .least = 5.0, .most = 2000.0, .step = 1.0, .unit = "Hz", .title = "Low cut", .help = "The room does not answer to what is below", .animatable = false},
        {.name = "width", .initial = 1.0, .least = 0.0, .most = 2.0, .title = "Width", .help = "Of the room: 0 is mono", .animatable = false},
        {.name = "mix", .initial = 0.3, .least = 0.0, .most = 1.0, .title = "Mix", .help = "0 is the sound alone, 1 the room alone"},
    },
    .facts = facts,
    .remembers = true,
    .sound = sound,
};

} // namespace artdag
