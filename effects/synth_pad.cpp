// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/sound/automation.h"

#include <algorithm>
#include <array>

namespace artdag {
namespace {

constexpr int harmonicCount = 10;
/// Amplitudes of the harmonics 1 … 10.
constexpr double spectra[4][harmonicCount] = {
    {1.00, 0.72, 0.34, 0.42, 0.10, 0.16, 0.03, 0.14, 0.02, 0.05}, // organ: drawbars 8', 4', 2⅔', 2', 1⅓', 1'
    {1.00, 0.50, 0.33, 0.25, 0.20, 0.16, 0.14, 0.12, 0.11, 0.10}, // strings: a saw
    {1.00, 0.00, 0.33, 0.00, 0.20, 0.00, 0.14, 0.00, 0.11, 0.00}, // reed: a square
    {1.00, 0.12, 0.02, 0.20, 0.00, 0.02, 0.00, 0.00, 0.06, 0.00}, // glass
};

/// Semitones above the root. The longest names come first, so that "maj7" is not read as "m".
struct Quality {
    std::string_view name;
    std::array<int, 4> steps;
    int count;
};
constexpr Quality qualities[] = {
    {"maj7", {0, 4, 7, 11}, 4},
    {"sus2", {0, 2, 7, 0}, 3},
    {"sus4", {0, 5, 7, 0}, 3},
    {"add9", {0, 4, 7, 14}, 4},
    {"dim", {0, 3, 6, 0}, 3},
    {"m7", {0, 3, 7, 10}, 4},
    {"m9", {0, 3, 7, 14}, 4},
    {"m", {0, 3, 7, 0}, 3},
    {"7", {0, 4, 7, 10}, 4},
    {"5", {0, 7, 12, 0}, 3},
    {"", {0, 4, 7, 0}, 3},
};

struct Chord {
    std::array<int, 8> notes{}; ///< MIDI numbers
    int count = 0;
};

bool readChord(std::string_view word, int octave, Chord& chord)
{
    constexpr int naturals[7] = {9, 11, 0, 2, 4, 5, 7}; // A B C D E F G
    if (word.empty() || word[0] < 'A' || word[0] > 'G')
        return false;
    int root = naturals[word[0] - 'A'];
    word.remove_prefix(1);
    if (!word.empty() && (word[0] == '#' || word[0] == 'b')) {
        root += word[0] == '#' ? 1 : -1;
        word.remove_prefix(1);
    }
    const auto* quality = std::find_if(std::begin(qualities), std::end(qualities), [&](const Quality& q) { return q.name == word; });
    if (quality == std::end(qualities))
        return false;
    root = (root + 12) % 12;
    const int bass = 36 + 12 * octave + root; // C2 … B2
    chord.notes[static_cast<std::size_t>(chord.count++)] = bass;
    chord.notes[static_cast<std::size_t>(chord.count++)] = bass + 7 > 48 + 12 * octave ? bass : bass + 12;
    for (int i = 0; i < quality->count; ++i) {
        // Upper voices stay within one octave (F3 … E4), so that chords lead smoothly into each other.
        int note = 53 + 12 * octave;
        while ((note - root - quality->steps[static_cast<std::size_t>(i)]) % 12 != 0)
            ++note;
        chord.notes[static_cast<std::size_t>(chord.count++)] = note;
    }
    return true;
}

Result<std::vector<Chord>> readChords(const Call& call)
{
    std::vector<Chord> chords;
    std::string_view rest = call.args.text("chords");
    while (true) {
        const std::size_t begin = rest.find_first_not_of(" ,|-");
        if (begin == std::string_view::npos)
            break;
        const std::size_t end = std::min(rest.find_first_of(" ,|-", begin), rest.size());
        const std::string_view word = rest.substr(begin, end - begin);
        Chord chord;
        if (!readChord(word, static_cast<int>(call.args.integer("octave")), chord))
            return fail(Fault::BadInput, "chords: '" + std::string(word) + "' is no chord; write A–G, # or b, then nothing, m, 7, m7, maj7, sus2, sus4, add9, m9, dim or 5");
        chords.push_back(chord);
        rest.remove_prefix(end);
    }
    if (chords.empty())
        return fail(Fault::BadInput, "chords: there is none; write some, like 'Dm Bb F C'");
    return chords;
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    TRY(readChords(call));
    outputs[0] = {.type = PortType::Sound};
    return {};
}

/// Everything that does not change from sample to sample.
struct Voice {
    std::vector<Chord> chords;
    const double* spectrum = nullptr;
    double sampleRate = 48000.0;
    double chordSeconds = 1.0, attack = 0.1, release = 0.1, loop = 0.0;
    double detune = 0.0, swell = 0.0, brightness = 1.0;
};

/// The height of one note that begins at 0 and is let go at `held`: raised-cosine attack, fading release.
double envelope(double seconds, const Voice& voice)
{
    const double held = voice.chordSeconds;
    if (seconds <= 0.0 || seconds >= held + voice.release)
        return 0.0;
    const double rise = seconds < voice.attack ? 0.5 - 0.5 * exact::cos(exact::pi * seconds / voice.attack) : 1.0;
    const double fall = seconds > held ? 0.5 + 0.5 * exact::cos(exact::pi * (seconds - held) / voice.release) : 1.0;
    const double x = seconds / held;
    const double breath = seconds < held ? 1.0 - voice.swell * (0.5 + 0.5 * exact::cos(2.0 * exact::pi * x)) : 1.0 - voice.swell;
    return rise * fall * fall * breath;
}

using Block = std::array<double, static_cast<std::size_t>(controlStep)>;

/// Adds one sine over one control block: a phasor seeded at the block's start, so that no sample depends on another block.
void addSine(Block& block, double hertz, double fromLevel, double toLevel, double phase, std::int64_t start, double sampleRate)
{
    const double cycles = hertz * static_cast<double>(start) / sampleRate + phase;
    const double angle = 2.0 * exact::pi * (cycles - exact::floor(cycles));
    const double turn = 2.0 * exact::pi * hertz / sampleRate;
    double s = exact::sin(angle), c = exact::cos(angle);
    const double turnSine = exact::sin(turn), turnCosine = exact::cos(turn);
    const double slope = (toLevel - fromLevel) / static_cast<double>(controlStep);
    for (std::size_t i = 0; i < block.size(); ++i) {
        block[i] += s * (fromLevel + slope * static_cast<double>(i));
        const double next = s * turnCosine + c * turnSine;
        c = c * turnCosine - s * turnSine;
        s = next;
    }
}

void addChord(std::array<Block, 2>& blocks, const Voice& voice, const Chord& chord, double from, double to, std::int64_t start)
{
    const double total = 1.0 / static_cast<double>(chord.count);
    for (int n = 0; n < chord.count; ++n) {
        const int midi = chord.notes[static_cast<std::size_t>(n)];
        const double base = 440.0 * exact::pow(2.0, (midi - 69) / 12.0);
        double tilt = 1.0;
        for (int harmonic = 1; harmonic <= harmonicCount; ++harmonic, tilt *= voice.brightness) {
            const double weight = voice.spectrum[harmonic - 1] * tilt * total;
            for (int side = 0; side < 2; ++side) {
                // The two sides are tuned apart; the difference grows with the harmonic as it does in a real chorus.
                double hertz = base * harmonic * (1.0 + (side == 0 ? -voice.detune : voice.detune));
                if (voice.loop > 0.0)
                    hertz = exact::floor(hertz * voice.loop + 0.5) / voice.loop;
                if (weight <= 0.0 || hertz > 0.45 * voice.sampleRate)
                    continue;
                const double phase = 0.37 * n + 0.21 * harmonic * side;
                addSine(blocks[static_cast<std::size_t>(side)], hertz, from * weight, to * weight, phase, start, voice.sampleRate);
                addSine(blocks[static_cast<std::size_t>(1 - side)], hertz, from * weight * 0.45, to * weight * 0.45, phase, start, voice.sampleRate);
            }
        }
    }
}

/// All chords that sound in one block. Chord k begins at k × chord_time; with a loop, time wraps around.
void addBlock(std::array<Block, 2>& blocks, const Voice& voice, std::int64_t start)
{
    const double seconds = static_cast<double>(start) / voice.sampleRate;
    const double step = static_cast<double>(controlStep) / voice.sampleRate;
    const double length = voice.chordSeconds + voice.release;
    const auto last = static_cast<std::int64_t>(exact::floor((seconds + step) / voice.chordSeconds));
    auto first = static_cast<std::int64_t>(exact::floor((seconds - length) / voice.chordSeconds));
    if (voice.loop <= 0.0)
        first = std::max<std::int64_t>(first, 0);
    const auto count = static_cast<std::int64_t>(voice.chords.size());
    for (std::int64_t k = first; k <= last; ++k) {
        const double age = seconds - static_cast<double>(k) * voice.chordSeconds;
        const double from = envelope(age, voice), to = envelope(age + step, voice);
        if (from > 0.0 || to > 0.0)
            addChord(blocks, voice, voice.chords[static_cast<std::size_t>(((k % count) + count) % count)], from, to, start);
    }
}

Result<void> sound(const SoundCall& call, std::span<const Sound>, Sound& out)
{
    Voice voice;
    voice.chords = TRY(readChords(call));
    voice.spectrum = spectra[call.args.choice("voice")];
    voice.sampleRate = call.canvas.sampleRate;
    voice.chordSeconds = std::max(0.05, secondsOfFlicks(call.args.time("chord_time")));
    voice.attack = std::max(0.002, secondsOfFlicks(call.args.time("attack")));
    voice.release = std::max(0.002, secondsOfFlicks(call.args.time("release")));
    voice.loop = secondsOfFlicks(call.args.time("loop"));
    voice.detune = call.args.real("detune") * (0.693147180559945309 / 1200.0);
    voice.swell = call.args.real("swell");
    voice.brightness = call.args.real("brightness");
    for (std::int64_t start = controlFloor(out.range().first); start < out.range().end(); start += controlStep) {
        std::array<Block, 2> blocks{};
        addBlock(blocks, voice, start);
        const double from = exact::pow(10.0, call.realAt("level", start) / 20.0);
        const double slope = (exact::pow(10.0, call.realAt("level", start + controlStep) / 20.0) - from) / static_cast<double>(controlStep);
        for (std::int64_t i = std::max(start, out.range().first); i < std::min(start + controlStep, out.range().end()); ++i) {
            const double level = from + slope * static_cast<double>(i - start);
            for (int side = 0; side < soundChannels; ++side)
                out.channel(side)[i - out.range().first] = static_cast<float>(blocks[static_cast<std::size_t>(side)][static_cast<std::size_t>(i - start)] * level);
        }
    }
    return {};
}

} // namespace

extern const Effect effect_synth_pad;
const Effect effect_synth_pad{
    .name = "synth_pad",
    .title = "Synth pad",
    .help = "Plays a row of chords as a wide, slow, synthesised pad: organ, strings, reed or glass. Write the chords as names: 'Dm Bb F C'.",
    .tags = {"sound", "source"},
    .synonyms = {"organ", "strings", "chords", "drone", "ambient", "harmony"},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "chords", .kind = ParamKind::Text, .initial = std::string("Dm Bb F C"), .title = "Chords", .help = "A–G, # or b, then nothing, m, 7, m7, maj7, sus2, sus4, add9, m9, dim or 5; the row repeats", .animatable = false},
        {.name = "voice", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Voice", .choices = {"organ", "strings", "reed", "glass"}, .animatable = false},
        {.name = "chord_time", .kind = ParamKind::Time, .initial = Moment{5 * flicksPerSecond / 2}, .least = 0.1, .most = 60.0, .unit = "s", .title = "Chord time", .help = "How long each chord is held", .animatable = false},
        {.name = "octave", .kind = ParamKind::Integer, .initial = std::int64_t{0}, .least = -2, .most = 2, .step = 1, .title = "Octave", .animatable = false},
        {.name = "attack", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 2}, .least = 0.0, .most = 10.0, .unit = "s", .title = "Attack", .group = "Shape", .animatable = false},
        {.name = "release", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond}, .least = 0.0, .most = 20.0, .unit = "s", .title = "Release", .help = "How long a chord rings on under the next", .group = "Shape", .animatable = false},
        {.name = "swell", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Swell", .help = "Each chord breathes in and out by this much", .group = "Shape", .animatable = false},
        {.name = "brightness", .initial = 0.85, .least = 0.0, .most = 1.0, .title = "Brightness", .help = "How much of each next harmonic is left", .group = "Sound", .animatable = false},
        {.name = "detune", .initial = 4.0, .least = 0.0, .most = 50.0, .step = 0.5, .unit = "cents", .title = "Detune", .help = "Tunes the two sides apart: width and shimmer", .group = "Sound", .animatable = false},
        {.name = "loop", .kind = ParamKind::Time, .initial = Moment{0}, .least = 0.0, .most = 3600.0, .unit = "s", .title = "Loop", .help = "0: opens from silence. Else the film's length: the end rings into the beginning, without a seam", .animatable = false},
        {.name = "level", .initial = -12.0, .least = -96.0, .most = 12.0, .step = 0.1, .unit = "dB", .title = "Level"},
    },
    .timeDependent = true,
    .facts = facts,
    .sound = sound,
};

} // namespace artdag
