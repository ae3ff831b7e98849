// SPDX-License-Identifier: GPL-3.0-or-later
// K. Karplus, A. Strong, "Digital synthesis of plucked-string and drum timbres", 1983; tuned and damped as in D. A. Jaffe,
// J. O. Smith, "Extensions of the Karplus–Strong plucked-string algorithm", 1983.
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/effect/note_row.h"
#include "core/sound/automation.h"

#include <algorithm>
#include <cstring>

namespace artdag {
namespace {

constexpr std::size_t strings = 8;
constexpr double lowest = 8.0; ///< Hz, below the lowest note

/// What a string remembers beside its ring; numbers only, as it lives in the effect's memory.
struct String {
    double note, begin, end; ///< note plus 1, 0 for a string that was never plucked; samples
    double length, at;       ///< of the ring
    double allpass, in, out; ///< what tunes it between samples: coefficient and state
    double last;             ///< of the low pass
    double left, right;      ///< where it stands
};

struct Guitar {
    double rate = 48000, step = 0.125, held = 8, decay = 1, soft = 0.5, position = 0.2, hardness = 0.5, width = 0, transpose = 0;
    std::uint64_t seed = 1;
    std::size_t ring = 0; ///< cells of each string

    explicit Guitar(const SoundCall& call)
        : rate(call.canvas.sampleRate)
    {
        step = 60.0 / call.args.real("tempo") / static_cast<double>(call.args.integer("division"));
        held = call.args.real("length");
        decay = secondsOfFlicks(call.args.time("decay"));
        soft = 0.5 - 0.49 * call.args.real("brightness");
        position = call.args.real("position");
        hardness = call.args.real("hardness");
        width = call.args.real("width");
        transpose = call.args.real("transpose");
        seed = static_cast<std::uint64_t>(call.args.integer("seed"));
        ring = static_cast<std::size_t>(rate / lowest) + 2;
    }
};

/// The string that has this note, else one that was never plucked, else the one plucked first.
std::size_t stringFor(const String* all, double note)
{
    std::size_t best = 0;
    for (std::size_t i = 0; i < strings; ++i) {
        if (all[i].note == note)
            return i;
        const auto rank = [](const String& string) { return string.note == 0.0 ? -1.0 : string.begin; };
        if (rank(all[i]) < rank(all[best]))
            best = i;
    }
    return best;
}

/// Fills the ring with a burst of noise, as soft as the finger, with a comb for the place where it plucks.
void excite(const Guitar& guitar, const PlayedStep& played, std::size_t place, float* ring, std::size_t length)
{
    std::vector<double> burst(length);
    const double share = 0.05 + 0.95 * guitar.hardness * guitar.hardness;
    for (int pass = 0; pass < 2; ++pass) { // the second time round with the end of the first before it, so that the ring closes
        double low = pass == 0 ? 0.0 : burst.back();
        for (std::size_t i = 0; i < length; ++i) {
            low += share * (2.0 * randomUnit(guitar.seed, static_cast<std::uint64_t>(played.index), place, i) - 1.0 - low);
            burst[i] = low;
        }
    }
    const auto delay = std::max<std::size_t>(1, static_cast<std::size_t>(guitar.position * static_cast<double>(length)));
    std::vector<double> plucked(length);
    double mean = 0.0, most = 1e-9;
    for (std::size_t i = 0; i < length; ++i) {
        plucked[i] = burst[i] - burst[(i + length - delay) % length];
        mean += plucked[i] / static_cast<double>(length);
    }
    for (double& value : plucked) {
        value -= mean;
        most = std::max(most, value < 0.0 ? -value : value);
    }
    for (std::size_t i = 0; i < length; ++i)
        ring[i] = static_cast<float>(plucked[i] / most * played.strength * 0.9);
}

void pluck(const Guitar& guitar, String* all, float* rings, const PlayedStep& played, int midi, std::size_t place)
{
    const std::size_t index = stringFor(all, midi + 1.0);
    String& string = all[index];
    const double period = guitar.rate / std::clamp(hertzOfNote(midi + guitar.transpose), lowest * 1.1, guitar.rate / 8.0);
    const double rest = period - guitar.soft; // the low pass is late by its second weight
    const double whole = exact::floor(rest - 0.3), fraction = rest - whole;
    const double side = static_cast<double>((static_cast<std::int64_t>(index) * 5) % static_cast<std::int64_t>(strings)) / (strings - 1.0) * 2.0 - 1.0;
    const double angle = (1.0 + side * guitar.width) * exact::pi / 4.0;
    string = {.note = midi + 1.0, .begin = static_cast<double>(played.sample), .end = static_cast<double>(played.sample) + (guitar.held + played.holds) * guitar.step * guitar.rate, .length = whole, .at = 0.0, .allpass = (1.0 - fraction) / (1.0 + fraction), .in = 0.0, .out = 0.0, .last = 0.0, .left = exact::cos(angle) * 1.41421356237309505, .right = exact::sin(angle) * 1.41421356237309505};
    excite(guitar, played, place, rings + index * guitar.ring, static_cast<std::size_t>(whole));
}

void addString(const Guitar& guitar, String& string, float* ring, SampleRange range, double* left, double* right)
{
    const auto length = static_cast<std::size_t>(string.length);
    const auto lossOf = [&](double seconds) { return exact::pow(10.0, -3.0 * string.length / (seconds * guitar.rate)); };
    const double ringing = lossOf(guitar.decay), damped = lossOf(std::min(guitar.decay, 0.12));
    auto at = static_cast<std::size_t>(string.at);
    for (std::int64_t i = 0; i < range.count; ++i) {
        const double sample = ring[at];
        const double low = (1.0 - guitar.soft) * sample + guitar.soft * string.last;
        string.last = sample;
        const double lost = low * (static_cast<double>(range.first + i) < string.end ? ringing : damped);
        const double tuned = string.allpass * (lost - string.out) + string.in;
        string.in = lost;
        string.out = tuned;
        ring[at] = tuned > -1e-12 && tuned < 1e-12 ? 0.0F : static_cast<float>(tuned);
        at = at + 1 < length ? at + 1 : 0;
        left[i] += sample * string.left;
        right[i] += sample * string.right;
    }
    string.at = static_cast<double>(at);
    for (double* number : {&string.in, &string.out, &string.last})
        *number = *number > -1e-12 && *number < 1e-12 ? 0.0 : *number;
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    TRY(readNoteRow(call.args.text("notes"), "notes"));
    outputs[0] = {.type = PortType::Sound};
    return {};
}

Result<void> sound(const SoundCall& call, std::span<const Sound>, Sound& out)
{
    const std::vector<NoteStep> row = TRY(readNoteRow(call.args.text("notes"), "notes"));
    const Guitar guitar(call);
    call.memory->numbers.resize(strings * sizeof(String) / sizeof(double));
    call.memory->samples.resize(strings * guitar.ring);
    String all[strings];
    std::memcpy(all, call.memory->numbers.data(), sizeof all);
    float* const rings = call.memory->samples.data();
    std::vector<double> sums[2] = {std::vector<double>(static_cast<std::size_t>(out.range().count)), std::vector<double>(static_cast<std::size_t>(out.range().count))};
    auto runUntil = [&, done = std::int64_t{0}](std::int64_t end) mutable {
        for (std::size_t i = 0; i < strings && done < end; ++i)
            if (all[i].note > 0.0)
                addString(guitar, all[i], rings + i * guitar.ring, {out.range().first + done, end - done}, &sums[0][static_cast<std::size_t>(done)], &sums[1][static_cast<std::size_t>(done)]);
        done = std::max(done, end);
    };
    for (const PlayedStep& played : stepsPlayed(call, row, guitar.step, out.range())) {
        runUntil(played.sample - out.range().first);
        for (std::size_t i = 0; i < played.step->notes.size(); ++i)
            pluck(guitar, all, rings, played, played.step->notes[i], i);
    }
    runUntil(out.range().count);
    std::memcpy(call.memory->numbers.data(), all, sizeof all);
    const auto level = automate(out.range(), [&](std::int64_t sample) { return exact::pow(10.0, call.real("level", sample) / 20.0); });
    for (std::size_t side = 0; side < soundChannels; ++side)
        for (std::size_t i = 0; i < level.size(); ++i)
            out.channel(static_cast<int>(side))[i] = static_cast<float>(sums[side][i] * level[i]);
    return {};
}

Param fixed(std::string_view name, std::string_view title, double initial, double least, double most, double step, std::string_view unit, std::string_view help = {})
{
    return {.name = name, .initial = initial, .least = least, .most = most, .step = step, .unit = unit, .title = title, .help = help, .animatable = false};
}

} // namespace

extern const Effect effect_pluck;
const Effect effect_pluck{
    .name = "pluck",
    .title = "Pluck",
    .help = "Plucked strings, from a harp to a muted bass, which play a row of notes: in a tempo, or one at each event that is connected.",
    .tags = {"sound", "source"},
    .synonyms = {"string", "guitar", "harp", "Karplus Strong", "koto", "pizzicato", "notes", "melody"},
    .inputs = {{.name = "events", .type = PortType::Events, .title = "Events", .optional = true}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "notes", .kind = ParamKind::Text, .initial = std::string("D3 A3 D4 F4 A4 F4 D4 A3"), .title = "Notes", .help = "A word a step: C3, F#4, Bb2, chords as C3+E3+G3, C3! is accented, . rests, _ holds; the row repeats", .animatable = false},
        fixed("tempo", "Tempo", 100.0, 20.0, 400.0, 1.0, "BPM"),
        {.name = "division", .kind = ParamKind::Integer, .initial = std::int64_t{4}, .least = 1, .most = 16, .title = "Division", .help = "Steps in a beat", .animatable = false},
        fixed("length", "Length", 8.0, 0.05, 64.0, 0.05, "steps", "After so long a hand is laid on the string"),
        fixed("transpose", "Transpose", 0.0, -48.0, 48.0, 1.0, "semitones"),
        {.name = "decay", .kind = ParamKind::Time, .initial = Moment{4 * flicksPerSecond}, .least = 0.05, .most = 60.0, .unit = "s", .title = "Decay", .help = "How long a low tone rings until it is 60 dB softer", .animatable = false},
        fixed("brightness", "Brightness", 0.5, 0.0, 1.0, 0.01, {}, "How long high tones ring: nylon is low, steel is high"),
        fixed("position", "Position", 0.13, 0.01, 0.5, 0.01, {}, "Where on the string it is plucked: 0.5 is its middle, round; near 0 is thin"),
        fixed("hardness", "Hardness", 0.7, 0.0, 1.0, 0.01, {}, "A fingertip is soft, a plectrum hard"),
        fixed("width", "Width", 0.6, 0.0, 1.0, 0.01, {}, "How far the strings stand apart"),
        {.name = "level", .initial = -6.0, .least = -96.0, .most = 12.0, .step = 0.5, .unit = "dB", .title = "Level"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .help = "Of the noise that plucks", .animatable = false},
    },
    .timeDependent = true,
    .facts = facts,
    .remembers = true,
    .sound = sound,
};

} // namespace artdag
