// SPDX-License-Identifier: GPL-3.0-or-later
// Beats against music made by code whose beats are known. The tracker was tuned on the seeds of `tuned`; those of `held out`
// were not looked at before it was finished.
#include "tests/support/rhythm_tracks.h"
#include "tests/support/run_effect.h"

#include "core/base/random.h"
#include "core/effect/catalogue.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

using namespace artdag;
using namespace artdag::test;

namespace {

constexpr int sampleRate = 32000;
constexpr double trackSeconds = 16.0;

struct Found {
    std::vector<double> beats, bars; ///< seconds
    std::vector<double> tempo, confidence, position;
};

Found beatsOf(const Sound& sound, double fastest = 200.0)
{
    const auto entry = std::ranges::find(builtinEffects().entries, "beats", &CatalogueEntry::name);
    EffectRun run(*entry->effect, {.sampleRate = sampleRate});
    TestStream stream{{.type = PortType::Sound, .samples = sound.range().count}};
    stream.sound = [&](SampleRange range) {
        Sound piece(range);
        for (int side = 0; side < soundChannels; ++side)
            std::copy_n(sound.channel(side) + range.first, range.count, piece.channel(side));
        return piece;
    };
    run.connect("sound", stream);
    run.set("fastest", fastest);
    const auto analysed = run.analysed();
    if (!analysed)
        qFatal("%s", analysed.error().message.c_str());
    Found found;
    for (const Event& event : (*analysed)[0].events)
        found.beats.push_back(secondsOfFlicks(event.time));
    for (const Event& event : (*analysed)[1].events)
        found.bars.push_back(secondsOfFlicks(event.time));
    found.tempo = (*analysed)[2].values;
    found.confidence = (*analysed)[3].values;
    found.position = (*analysed)[4].values;
    return found;
}

/// F-measure: each true beat counts once, where one was found within 30 ms.
double measure(const std::vector<double>& truth, const std::vector<double>& found)
{
    std::size_t hits = 0;
    for (std::size_t i = 0, j = 0; i < truth.size() && j < found.size();) {
        const double late = found[j] - truth[i];
        if (std::fabs(late) <= 0.030) {
            ++hits;
            ++i;
            ++j;
        } else {
            ++(late < 0 ? j : i);
        }
    }
    return 2.0 * static_cast<double>(hits) / static_cast<double>(truth.size() + found.size());
}

std::vector<double> always120()
{
    std::vector<double> beats;
    for (double at = 0; at < trackSeconds; at += 0.5)
        beats.push_back(at);
    return beats;
}

/// How far the tempo signal is from the true one on average, as a part of it.
double tempoError(const RhythmTrack& track, const Found& found)
{
    double sum = 0;
    for (std::size_t i = 2; i + 3 < track.beats.size(); ++i) { // true tempo: over the four beats around
        const double truth = 240.0 / (track.beats[i + 2] - track.beats[i - 2]);
        const auto place = std::min(static_cast<std::size_t>(track.beats[i] * 100), found.tempo.size() - 1);
        sum += std::fabs(found.tempo[place] / truth - 1.0);
    }
    return sum / static_cast<double>(track.beats.size() - 5);
}

Sound soundOf(double seconds, const std::function<double(std::int64_t)>& wave)
{
    Sound sound({0, static_cast<std::int64_t>(seconds * sampleRate)});
    for (std::int64_t i = 0; i < sound.range().count; ++i)
        sound.channel(0)[i] = sound.channel(1)[i] = static_cast<float>(wave(i));
    return sound;
}

double noise(std::uint64_t seed, std::int64_t i)
{
    return 2.0 * randomUnit(seed, static_cast<std::uint64_t>(i)) - 1.0;
}

} // namespace

class BeatsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beatsAreFoundWithin30Milliseconds_data()
    {
        QTest::addColumn<int>("firstSeed");
        QTest::newRow("tuned") << 1;
        QTest::newRow("held out") << 1001;
    }
    void beatsAreFoundWithin30Milliseconds()
    {
        QFETCH(int, firstSeed);
        std::vector<double> scores, baseline, bars, tempos;
        for (int kind = 0; kind < rhythms; ++kind)
            for (int seed = firstSeed; seed < firstSeed + 3; ++seed) {
                const RhythmTrack track = rhythmTrack(static_cast<Rhythm>(kind), static_cast<std::uint64_t>(seed), trackSeconds, sampleRate);
                const Found found = beatsOf(track.sound);
                QVERIFY2(!found.beats.empty(), track.name.c_str());
                scores.push_back(measure(track.beats, found.beats));
                baseline.push_back(measure(track.beats, always120()));
                tempos.push_back(tempoError(track, found));
                if (static_cast<Rhythm>(kind) != Rhythm::Swing) // where no beat of a bar is stronger
                    bars.push_back(found.bars.empty() ? 0.0 : measure(track.bars, found.bars));
                std::printf("  %-24s F %.3f, tempo off by %.2f %%\n", track.name.c_str(), scores.back(), 100 * tempos.back());
                QVERIFY2(tempos.back() < 0.01, track.name.c_str());
            }
        const auto mean = [](const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()); };
        std::printf("  F: mean %.4f, least %.3f; bars: mean %.3f; always 120 BPM: %.3f; tempo off by %.2f %% at most\n", mean(scores), *std::ranges::min_element(scores), mean(bars),
            mean(baseline), 100 * *std::ranges::max_element(tempos));
        QVERIFY(mean(scores) >= 0.95);
        QVERIFY(*std::ranges::min_element(scores) >= 0.9);
        QVERIFY(mean(bars) >= 0.9);
        QVERIFY(mean(baseline) < 0.5);
    }

    void noiseAndSilenceHaveNoBeats()
    {
        double brown = 0;
        for (const double seconds : {4.0, 16.0})
            for (std::uint64_t seed = 1; seed <= 4; ++seed) {
                QVERIFY(beatsOf(soundOf(seconds, [&](std::int64_t i) { return 0.5 * noise(seed, i); })).beats.empty());
                QVERIFY(beatsOf(soundOf(seconds, [&](std::int64_t i) { return brown = 0.99 * brown + 0.05 * noise(seed, i); })).beats.empty());
            }
        QVERIFY(beatsOf(soundOf(8.0, [](std::int64_t) { return 0.0; })).beats.empty());
        QVERIFY(beatsOf(soundOf(8.0, [](std::int64_t i) { return 0.5 * std::sin(0.05 * static_cast<double>(i)); })).beats.empty());
        QVERIFY(beatsOf(Sound({0, 0})).beats.empty());
    }

    void loudnessDoesNotMatter()
    {
        const RhythmTrack track = rhythmTrack(Rhythm::Drums, 2, trackSeconds, sampleRate);
        const Sound faint = soundOf(trackSeconds, [&](std::int64_t i) { return 0.003 * track.sound.channel(0)[i]; });
        QVERIFY(measure(track.beats, beatsOf(faint).beats) >= 0.95);
    }

    void aPauseIsCountedThrough()
    {
        RhythmTrack track = rhythmTrack(Rhythm::Clicks, 3, trackSeconds, sampleRate); // 100 BPM
        std::fill(track.sound.channel(0) + 6 * sampleRate, track.sound.channel(0) + 8 * sampleRate, 0.0F);
        std::fill(track.sound.channel(1) + 6 * sampleRate, track.sound.channel(1) + 8 * sampleRate, 0.0F);
        QVERIFY(measure(track.beats, beatsOf(track.sound).beats) >= 0.95);
    }

    void theRangeOfTempoChoosesTheLevel()
    {
        const Sound clicks = soundOf(12.0, [](std::int64_t i) { return i % 12800 < 200 ? 0.5 * std::sin(0.2 * static_cast<double>(i % 12800)) : 0.0; }); // 150 BPM
        QVERIFY(std::fabs(beatsOf(clicks).tempo[600] - 150.0) < 1.5);
        QVERIFY(std::fabs(beatsOf(clicks, 100.0).tempo[600] - 75.0) < 0.75);
    }

    void thePositionIsWholeAtBeats()
    {
        const Found found = beatsOf(rhythmTrack(Rhythm::Waltz, 1, trackSeconds, sampleRate).sound);
        for (std::size_t beat = 0; beat < found.beats.size(); ++beat) {
            const double place = found.beats[beat] * 100;
            const auto index = static_cast<std::size_t>(place);
            if (index + 1 < found.position.size())
                QVERIFY(std::fabs(found.position[index] + (found.position[index + 1] - found.position[index]) * (place - static_cast<double>(index)) - static_cast<double>(beat)) < 0.03);
        }
    }
};

QTEST_GUILESS_MAIN(BeatsTest)
#include "beats_test.moc"
