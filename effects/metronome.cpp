// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/sound/automation.h"

#include <algorithm>

namespace artdag {
namespace {

constexpr double clickSeconds = 0.08;
constexpr double strengths[3] = {1.0, 0.6, 0.3}; ///< first beat of a bar, other beats, divisions

struct Clicks {
    double step = 0.5; ///< seconds
    std::int64_t beats = 4, division = 1, count = 0;

    explicit Clicks(const Call& call)
        : beats(call.args.integer("beats")),
          division(call.args.integer("division"))
    {
        step = 60.0 / call.args.real("tempo") / static_cast<double>(division);
        count = call.args.integer("bars") * beats * division;
    }
    [[nodiscard]] bool isThere(std::int64_t k) const { return k >= 0 && (count == 0 || k < count); }
    [[nodiscard]] int rankOf(std::int64_t k) const { return k % (beats * division) == 0 ? 0 : k % division == 0 ? 1
                                                                                                                : 2; }
    [[nodiscard]] double secondsOf(std::int64_t k) const { return static_cast<double>(k) * step; }
};

/// One sample of a click, `t` seconds after it began.
double click(int sound, int rank, double pitch, double t, std::uint64_t k, std::uint64_t n)
{
    const double hertz = pitch * (rank == 0 ? 1.5 : 1.0);
    const double tail = std::min(1.0, (clickSeconds - t) / 0.02), turn = 2.0 * exact::pi * hertz * t;
    switch (sound) {
    case 0: return tail * (exact::sin(turn) * exact::exp(-t / 0.006) + 0.6 * exact::sin(2.76 * turn) * exact::exp(-t / 0.003)); // wood
    case 1: return exact::sin(turn) * std::min(1.0, t / 0.001) * std::clamp((0.05 - t) / 0.005, 0.0, 1.0);                      // beep
    default: return tail * (2.0 * randomUnit(1, k, n) - 1.0) * exact::exp(-t / (rank == 0 ? 0.004 : 0.002));                    // tick
    }
}

Result<void> facts(const Call&, std::span<StreamFacts> outputs)
{
    outputs[0] = {.type = PortType::Sound};
    outputs[1] = {.type = PortType::Events};
    return {};
}

Result<void> sound(const SoundCall& call, std::span<const Sound>, Sound& out)
{
    const Clicks clicks(call);
    const double rate = call.canvas.sampleRate, pitch = call.args.real("pitch"), accent = call.args.real("accent");
    const int form = call.args.choice("sound");
    const auto length = static_cast<std::int64_t>(clickSeconds * rate);
    const double level = exact::pow(10.0, call.args.real("level") / 20.0);
    const auto first = static_cast<std::int64_t>(exact::floor(static_cast<double>(out.range().first - length) / rate / clicks.step));
    for (std::int64_t k = std::max<std::int64_t>(first, 0); clicks.isThere(k); ++k) {
        const auto begin = static_cast<std::int64_t>(exact::floor(clicks.secondsOf(k) * rate + 0.5));
        if (begin >= out.range().end())
            break;
        const int rank = clicks.rankOf(k);
        const double loud = level * (rank == 0 ? 1.0 : exact::pow(10.0, -accent * rank / 20.0));
        for (std::int64_t sample = std::max(begin, out.range().first); sample < std::min(begin + length, out.range().end()); ++sample) {
            const double value = loud * click(form, rank, pitch, static_cast<double>(sample - begin) / rate, static_cast<std::uint64_t>(k), static_cast<std::uint64_t>(sample - begin));
            for (int side = 0; side < soundChannels; ++side)
                out.channel(side)[sample - out.range().first] += static_cast<float>(value);
        }
    }
    return {};
}

void events(const Call& call, Flicks from, Flicks to, std::vector<Event>& out)
{
    const Clicks clicks(call);
    for (auto k = std::max<std::int64_t>(0, static_cast<std::int64_t>(exact::floor(secondsOfFlicks(from) / clicks.step)) - 1); clicks.isThere(k); ++k) {
        const Flicks time = flicksOfSeconds(clicks.secondsOf(k));
        if (time >= to)
            return;
        if (time >= from)
            out.push_back({time, strengths[clicks.rankOf(k)]});
    }
}

} // namespace

extern const Effect effect_metronome;
const Effect effect_metronome{
    .name = "metronome",
    .title = "Metronome",
    .help = "Clicks in a tempo, the first of each bar higher and louder. Its events lead pictures in the same time.",
    .tags = {"sound", "source"},
    .synonyms = {"click track", "tempo", "BPM", "count in", "beat", "clock"},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}, {.name = "events", .type = PortType::Events, .title = "Events"}},
    .params = {
        {.name = "tempo", .initial = 120.0, .least = 20.0, .most = 400.0, .step = 1.0, .unit = "BPM", .title = "Tempo", .animatable = false},
        {.name = "beats", .kind = ParamKind::Integer, .initial = std::int64_t{4}, .least = 1, .most = 32, .title = "Beats", .help = "In a bar", .animatable = false},
        {.name = "division", .kind = ParamKind::Integer, .initial = std::int64_t{1}, .least = 1, .most = 8, .title = "Division", .help = "Clicks in a beat; those between are softer", .animatable = false},
        {.name = "bars", .kind = ParamKind::Integer, .initial = std::int64_t{0}, .least = 0, .most = 10000, .title = "Bars", .help = "After how many it stops, for a count-in; 0 never", .animatable = false},
        {.name = "sound", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Sound", .choices = {"wood", "beep", "tick"}, .animatable = false},
        {.name = "pitch", .initial = 1000.0, .least = 100.0, .most = 8000.0, .step = 10.0, .unit = "Hz", .title = "Pitch", .help = "Of wood and beep; the first of a bar is a fifth higher", .animatable = false},
        {.name = "accent", .initial = 6.0, .least = 0.0, .most = 48.0, .step = 0.5, .unit = "dB", .title = "Accent", .help = "How much louder the first of a bar is than the other beats, and those than the divisions", .animatable = false},
        {.name = "level", .initial = -6.0, .least = -96.0, .most = 0.0, .step = 0.5, .unit = "dB", .title = "Level", .animatable = false},
    },
    .timeDependent = true,
    .facts = facts,
    .sound = sound,
    .events = events,
};

} // namespace artdag
