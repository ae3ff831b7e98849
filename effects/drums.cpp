// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/sound/automation.h"

#include <algorithm>

namespace artdag {
namespace {

enum Piece {
    Kick,
    Snare,
    Hat,
    Clap,
};
constexpr std::string_view pieces[4] = {"kick", "snare", "hat", "clap"};
constexpr double lengths[4] = {0.55, 0.30, 0.16, 0.34}; ///< seconds until silence

/// A step of a pattern: 'x' plays, 'X' plays loud, 'o' plays softly, anything else rests; spaces and bars are only for the eye.
struct Step {
    double strength = 0.0;
};

Result<std::vector<Step>> readPattern(const Call& call, std::string_view piece)
{
    std::vector<Step> steps;
    for (const char c : call.args.text(piece)) {
        if (c == ' ' || c == '|')
            continue;
        if (c != 'x' && c != 'X' && c != 'o' && c != '.' && c != '-')
            return fail(Fault::BadInput, std::string(piece) + ": '" + c + "' is no step; write x, X (loud), o (soft) or . (rest)");
        steps.push_back({c == 'X' ? 1.0 : c == 'x' ? 0.75
                : c == 'o'                         ? 0.4
                                                   : 0.0});
    }
    return steps;
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    for (const std::string_view piece : pieces)
        TRY(readPattern(call, piece));
    outputs[0] = {.type = PortType::Sound};
    return {};
}

/// White noise in −1 … 1 of one hit, by sample.
double noise(std::uint64_t seed, std::int64_t hit, std::int64_t sample)
{
    return 2.0 * randomUnit(seed, static_cast<std::uint64_t>(hit), static_cast<std::uint64_t>(sample)) - 1.0;
}

/// Noise through a difference of order 2: what is left is above some 6 kHz at 48 kHz.
double hiss(std::uint64_t seed, std::int64_t hit, std::int64_t n)
{
    return 0.4 * (noise(seed, hit, n) - 2.0 * noise(seed, hit, n + 1) + noise(seed, hit, n + 2));
}

/// Noise through a short window on a cosine: a band around 1.5 kHz at 48 kHz.
double midNoise(std::uint64_t seed, std::int64_t hit, std::int64_t n)
{
    constexpr double taps[12] = {0.02, 0.12, 0.26, 0.30, 0.17, -0.06, -0.24, -0.28, -0.19, -0.07, -0.01, 0.0};
    double sum = 0.0;
    for (int i = 0; i < 12; ++i)
        sum += taps[i] * noise(seed, hit, n + i);
    return sum;
}

double fade(double seconds, double halfLife)
{
    return exact::exp(-0.693147180559945309 * seconds / halfLife);
}

/// Phase in radians of a tone that falls from `high` to `low` Hz.
double glide(double seconds, double low, double high, double rate)
{
    return 2.0 * exact::pi * (low * seconds + (high - low) * (1.0 - exact::exp(-rate * seconds)) / rate);
}

/// One sample of one hit, `n` samples after it began.
double strike(int piece, std::uint64_t seed, std::int64_t hit, std::int64_t n, double tune, double sampleRate)
{
    const double t = static_cast<double>(n) / sampleRate;
    const double tail = lengths[piece] - t < 0.03 ? (lengths[piece] - t) / 0.03 : 1.0;
    switch (piece) {
    case Kick: {
        const double body = exact::sin(glide(t, 47.0 * tune, 210.0 * tune, 34.0)) * fade(t, 0.11);
        const double click = exact::sin(glide(t, 900.0, 4200.0, 400.0)) * fade(t, 0.0025) * 0.5;
        const double x = 1.6 * (body + click);
        return tail * x / (1.0 + (x < 0.0 ? -x : x)) * 1.35;
    }
    case Snare: {
        const double body = (exact::sin(glide(t, 182.0 * tune, 260.0 * tune, 60.0)) + 0.5 * exact::sin(glide(t, 331.0 * tune, 410.0 * tune, 60.0))) * fade(t, 0.035);
        const double wires = (0.5 * hiss(seed, hit, n) + 1.3 * midNoise(seed, hit, n)) * fade(t, 0.06);
        return tail * (0.55 * body + 0.8 * wires);
    }
    case Hat: return tail * hiss(seed, hit, n) * (0.7 * fade(t, 0.012) + 0.2 * fade(t, 0.05));
    default: {
        // Three hands, then the room.
        double hands = 0.0;
        for (const double at : {0.0, 0.011, 0.021})
            hands += t >= at ? fade(t - at, 0.004) : 0.0;
        const double room = t >= 0.021 ? 0.7 * fade(t - 0.021, 0.055) : 0.0;
        return tail * 1.6 * midNoise(seed, hit, n) * (hands + room);
    }
    }
}

struct Kit {
    double sampleRate = 48000.0, step = 0.125, swing = 0.0, tune = 1.0;
    std::uint64_t seed = 0;
};

/// The sample at which step k of a pattern begins. Swing delays every second step.
std::int64_t sampleOfStep(const Kit& kit, std::int64_t k)
{
    const double late = (k & 1) != 0 ? kit.swing * 0.5 : 0.0;
    return static_cast<std::int64_t>(exact::floor((static_cast<double>(k) + late) * kit.step * kit.sampleRate + 0.5));
}

void addPiece(const Kit& kit, int piece, const std::vector<Step>& steps, double level, Sound& out)
{
    const auto length = static_cast<std::int64_t>(lengths[piece] * kit.sampleRate);
    const double perStep = kit.step * kit.sampleRate;
    const auto count = static_cast<std::int64_t>(steps.size());
    auto first = static_cast<std::int64_t>(exact::floor(static_cast<double>(out.range().first - length) / perStep)) - 1;
    first = std::max<std::int64_t>(first, 0);
    constexpr double sides[4][2] = {{1.0, 1.0}, {0.95, 1.0}, {0.8, 1.0}, {1.0, 0.85}};
    for (std::int64_t k = first; count > 0 && sampleOfStep(kit, k) < out.range().end(); ++k) {
        const double strength = steps[static_cast<std::size_t>(k % count)].strength * level;
        if (strength <= 0.0)
            continue;
        const std::int64_t begin = sampleOfStep(kit, k);
        const std::int64_t end = std::min(begin + length, out.range().end());
        for (std::int64_t sample = std::max(begin, out.range().first); sample < end; ++sample) {
            const double value = strength * strike(piece, kit.seed + static_cast<std::uint64_t>(piece), k, sample - begin, kit.tune, kit.sampleRate);
            for (int side = 0; side < soundChannels; ++side)
                out.channel(side)[sample - out.range().first] += static_cast<float>(value * sides[piece][side]);
        }
    }
}

double amplitude(double decibels)
{
    return decibels <= -96.0 ? 0.0 : exact::pow(10.0, decibels / 20.0);
}

Result<void> sound(const SoundCall& call, std::span<const Sound>, Sound& out)
{
    Kit kit;
    kit.sampleRate = call.canvas.sampleRate;
    kit.step = 60.0 / call.args.real("tempo") / 4.0;
    kit.swing = call.args.real("swing");
    kit.tune = exact::pow(2.0, call.args.real("tune") / 12.0);
    kit.seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    constexpr std::string_view levels[4] = {"kick_level", "snare_level", "hat_level", "clap_level"};
    for (int piece = 0; piece < 4; ++piece)
        addPiece(kit, piece, TRY(readPattern(call, pieces[piece])), amplitude(call.args.real(levels[piece])), out);
    const auto master = automate(out.range(), [&](std::int64_t sample) { return amplitude(call.realAt("level", sample)); });
    for (int side = 0; side < soundChannels; ++side)
        for (std::size_t i = 0; i < master.size(); ++i)
            out.channel(side)[i] = static_cast<float>(out.channel(side)[i] * master[i]);
    return {};
}

Param pattern(std::string_view name, std::string_view title, const char* steps)
{
    return {.name = name, .kind = ParamKind::Text, .initial = std::string(steps), .title = title, .help = "One character a sixteenth: x plays, X loud, o soft, . rests; the row repeats", .group = "Patterns", .animatable = false};
}

Param fader(std::string_view name, std::string_view title, double level)
{
    return {.name = name, .initial = level, .least = -96.0, .most = 12.0, .step = 0.5, .unit = "dB", .title = title, .group = "Levels", .animatable = false};
}

} // namespace

extern const Effect effect_drums;
const Effect effect_drums{
    .name = "drums",
    .title = "Drums",
    .help = "A synthesised drum kit: kick, snare, hat and clap, each with a pattern of sixteenths. Every hit is on the grid of the tempo.",
    .tags = {"sound", "source"},
    .synonyms = {"beat", "rhythm", "kick", "snare", "hi-hat", "clap", "drum machine", "808", "909"},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "tempo", .initial = 120.0, .least = 20.0, .most = 400.0, .step = 1.0, .unit = "BPM", .title = "Tempo", .animatable = false},
        pattern("kick", "Kick", "X...x...x...x..."),
        pattern("snare", "Snare", "....x.......x..."),
        pattern("hat", "Hat", "o.x.o.x.o.x.o.x."),
        pattern("clap", "Clap", "............o..."),
        {.name = "swing", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Swing", .help = "Delays every second sixteenth; 0.66 is a triplet feel", .animatable = false},
        {.name = "tune", .initial = 0.0, .least = -12.0, .most = 12.0, .step = 0.5, .unit = "semitones", .title = "Tune", .help = "Of kick and snare", .animatable = false},
        fader("kick_level", "Kick level", -3.0),
        fader("snare_level", "Snare level", -8.0),
        fader("hat_level", "Hat level", -14.0),
        fader("clap_level", "Clap level", -10.0),
        {.name = "level", .initial = -3.0, .least = -96.0, .most = 12.0, .step = 0.5, .unit = "dB", .title = "Level"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .help = "Of the noise in snare, hat and clap", .animatable = false},
    },
    .timeDependent = true,
    .facts = facts,
    .sound = sound,
};

} // namespace artdag
