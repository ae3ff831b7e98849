// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rhythm_tracks.h"

#include "core/base/exact_math.h"
#include "core/base/random.h"

#include <algorithm>
#include <utility>

namespace artdag::test {

namespace {

constexpr double tau = 2.0 * exact::pi;

class Band {
public:
    Band(std::uint64_t seed, double seconds, int sampleRate)
        : m_seed(seed),
          m_rate(sampleRate),
          m_sound({0, static_cast<std::int64_t>(seconds * sampleRate)}) {}

    [[nodiscard]] Sound take() { return std::move(m_sound); }

    /// A note of harmonics that rises for `attack` and then falls to a third in each `decay` seconds.
    void note(double at, double level, double hertz, int harmonics, double attack, double decay)
    {
        for (int harmonic = 1; harmonic <= harmonics; ++harmonic)
            play(at, level / harmonic, attack, decay / (0.5 + 0.5 * harmonic), [turn = 2.0 * exact::cos(tau * hertz * harmonic / m_rate), now = 0.0, next = exact::sin(tau * hertz * harmonic / m_rate)](double) mutable {
                const double after = turn * next - now; // a sine goes on like this
                return std::exchange(now, std::exchange(next, after));
            });
    }
    void kick(double at, double level)
    {
        play(at, level, 0.001, 0.09, [](double t) { return exact::sin(tau * (48.0 * t + 3.0 * (1.0 - exact::exp(-40.0 * t)))); });
        play(at, 0.3 * level, 0.001, 0.004, [](double t) { return exact::sin(tau * 1800.0 * t); });
    }
    void snare(double at, double level)
    {
        note(at, 0.5 * level, 190.0, 2, 0.001, 0.05);
        hiss(at, 0.5 * level, 0.06);
    }
    void hiss(double at, double level, double decay)
    {
        const std::uint64_t hit = ++m_hits;
        play(at, level, 0.001, decay, [&](double t) { return noise(hit, static_cast<std::uint64_t>(t * m_rate + 0.5)) - noise(hit, static_cast<std::uint64_t>(t * m_rate + 1.5)); });
    }
    void everywhere(double level)
    {
        for (std::int64_t i = 0; i < m_sound.range().count; ++i)
            m_sound.channel(0)[i] = m_sound.channel(1)[i] = m_sound.channel(0)[i] + static_cast<float>(level * noise(0, static_cast<std::uint64_t>(i)));
    }

private:
    [[nodiscard]] double noise(std::uint64_t hit, std::uint64_t sample) const { return 2.0 * randomUnit(m_seed, hit, sample) - 1.0; }

    template <class Wave>
    void play(double at, double level, double attack, double decay, Wave&& wave)
    {
        const auto first = static_cast<std::int64_t>(at * m_rate);
        const auto length = static_cast<std::int64_t>((attack + 5.0 * decay) * m_rate);
        double loud = level;
        const double fall = exact::exp(-1.0986 / (decay * m_rate));
        for (std::int64_t i = 0; i < length && first + i < m_sound.range().count; ++i) {
            const double t = static_cast<double>(i) / m_rate;
            const double rise = t < attack ? t / attack : 1.0;
            m_sound.channel(0)[first + i] += static_cast<float>(loud * rise * wave(t));
            loud *= t < attack ? 1.0 : fall;
        }
    }

    std::uint64_t m_seed, m_hits = 1000;
    int m_rate;
    Sound m_sound;
};

/// One beat of a bar and what comes before the next; `chance` is another number each time.
void play(Band& band, Rhythm kind, int beat, double at, double period, double chance, bool offBeats)
{
    const auto chord = [&](double time, double level, double root, double attack) {
        for (const double ratio : {1.0, 1.26, 1.5})
            band.note(time, level, root * ratio, 4, attack, 0.25);
    };
    switch (kind) {
    case Rhythm::Clicks:
    case Rhythm::Hidden:
        band.note(at, beat == 0 ? 0.6 : 0.42, 1000.0, 2, 0.001, 0.02);
        if (offBeats)
            band.note(at + period / 2, 0.2, 1000.0, 2, 0.001, 0.02);
        break;
    case Rhythm::Drums:
    case Rhythm::Drift:
        if (chance < 0.08 && beat != 0) // a beat that nobody plays
            break;
        if (beat % 2 == 0)
            band.kick(at, beat == 0 ? 0.6 : 0.5);
        else
            band.snare(at, 0.45);
        band.hiss(at, 0.06, 0.03);
        band.hiss(at + period / 2, 0.1, 0.03);
        if (chance > 0.7)
            band.hiss(at + period / 4, 0.05, 0.02);
        if (beat == 2 && offBeats)
            band.kick(at + period / 2, 0.35);
        break;
    case Rhythm::Swing:
        band.note(at, 0.3, beat == 0 ? 82.0 : beat == 2 ? 110.0
                                                        : 98.0,
            5, 0.004, 0.15); // a walking bass
        band.hiss(at, 0.2, 0.1);
        if (beat % 2 == 1) {
            band.hiss(at, 0.15, 0.02);
            band.hiss(at + period * 2 / 3, 0.12, 0.08);
        }
        break;
    case Rhythm::Waltz:
        if (beat == 0)
            band.note(at, 0.6, 98.0, 6, 0.005, 0.3);
        else
            chord(at, 0.12, 392.0, 0.005);
        break;
    case Rhythm::Seven:
        band.note(at, beat == 0 ? 0.6 : beat == 2 || beat == 4 ? 0.45
                                                               : 0.25,
            beat == 0 ? 220.0 : 440.0, 5, 0.002, 0.06);
        if (beat == 0)
            band.kick(at, 0.4);
        break;
    case Rhythm::Soft:
        chord(at, beat == 0 ? 0.17 : 0.12, 220.0 * (beat == 0 ? 1.0 : 1.0 + 0.125 * chance), 0.05);
        break;
    }
}

} // namespace

RhythmTrack rhythmTrack(Rhythm kind, std::uint64_t seed, double seconds, int sampleRate)
{
    constexpr const char* names[rhythms] = {"clicks", "drums", "swing", "waltz", "seven", "soft", "drift", "hidden"};
    const auto number = static_cast<std::uint64_t>(kind);
    const auto random = [&](std::uint64_t what, std::uint64_t index = 0) { return randomUnit(seed * 16 + number, what, index); };
    RhythmTrack track;
    track.tempo = 60.0 + 120.0 * random(0);
    track.name = std::string(names[number]) + ' ' + std::to_string(seed) + ": " + std::to_string(static_cast<int>(track.tempo + 0.5)) + " BPM";
    const int inBar = kind == Rhythm::Waltz ? 3 : kind == Rhythm::Seven ? 7
                                                                        : 4;
    Band band(seed * 16 + number, seconds, sampleRate);
    double at = 0.1 + 0.9 * random(1);
    for (int beat = 0; at < seconds - 0.1; ++beat) {
        const double bent = kind == Rhythm::Drift ? 1.0 + 0.1 * exact::sin(tau * (at / 16.0 + random(2))) : 1.0;
        const double period = 60.0 / (track.tempo * bent);
        const double played = at + 0.004 * (2.0 * random(3, static_cast<std::uint64_t>(beat)) - 1.0); // nobody is a machine
        play(band, kind, beat % inBar, played, period, random(4, static_cast<std::uint64_t>(beat)), random(5) < 0.6);
        track.beats.push_back(at);
        if (beat % inBar == 0)
            track.bars.push_back(at);
        at += period;
    }
    band.everywhere(kind == Rhythm::Hidden ? 0.12 : 0.01 + 0.03 * random(6));
    track.sound = band.take();
    return track;
}

} // namespace artdag::test
