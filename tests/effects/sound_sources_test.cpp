// SPDX-License-Identifier: GPL-3.0-or-later
// Noise, clicks, waves, synths and strings: level, colour, time and pitch, measured.
#include "tests/support/heard.h"

#include "core/sound/oscillator.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace artdag;
using namespace artdag::test;

namespace {

constexpr double pi = std::numbers::pi;

} // namespace

class SoundSourcesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noiseHasItsColourAndLevel_data();
    void noiseHasItsColourAndLevel();
    void metronomeKeepsTime();
    void wavesDoNotFoldDown_data();
    void wavesDoNotFoldDown();
    void synthPlaysItsNotes();
    void synthFollowsEvents();
    void synthGlides();
    void plucksAreInTune_data();
    void plucksAreInTune();
    void wrongNotesAreNamed();
};

void SoundSourcesTest::noiseHasItsColourAndLevel_data()
{
    QTest::addColumn<int>("colour");
    QTest::addColumn<double>("slope"); // dB an octave
    QTest::newRow("white") << 0 << 0.0;
    QTest::newRow("pink") << 1 << -3.01;
    QTest::newRow("brown") << 2 << -6.02;
    QTest::newRow("blue") << 3 << 3.01;
    QTest::newRow("violet") << 4 << 6.02;
}

void SoundSourcesTest::noiseHasItsColourAndLevel()
{
    QFETCH(const int, colour);
    QFETCH(const double, slope);
    EffectRun run(effectNamed("white_noise"));
    run.set("colour", std::int64_t{colour});
    run.set("level", -20.0);
    const auto out = run.sound({48000, 48000 * 8});
    QVERIFY(out);
    const std::vector<double> samples = samplesOf(*out);
    QVERIFY2(std::fabs(decibels(rmsOf(samples)) + 20) < (colour == 2 ? 1.0 : 0.3), qPrintable(QString::number(decibels(rmsOf(samples)))));
    double together = 0;
    for (std::int64_t i = 0; i < out->range().count; ++i)
        together += static_cast<double>(out->channel(0)[i]) * out->channel(1)[i];
    QVERIFY(std::fabs(together / static_cast<double>(out->range().count)) < 0.002 * (colour == 2 ? 3 : 1)); // of a power of 0.01
    // Power in bands a twelfth wide, four octaves apart, over many windows.
    const auto power = [&](double centre) {
        double sum = 0;
        for (std::size_t first = 0; first + 4800 <= samples.size(); first += 4800)
            for (double hertz = centre * 0.96; hertz < centre * 1.04; hertz += 20)
                sum += std::pow(levelOf({samples.begin() + static_cast<std::ptrdiff_t>(first), samples.begin() + static_cast<std::ptrdiff_t>(first) + 4800}, hertz), 2);
        return sum / std::ceil(centre * 0.08 / 20);
    };
    const double found = 10 * std::log10(power(4000) / power(250)) / 4;
    QVERIFY2(std::fabs(found - slope) < 0.3, qPrintable(QString::number(found)));
}

void SoundSourcesTest::metronomeKeepsTime()
{
    EffectRun run(effectNamed("metronome"));
    run.set("tempo", 90.0);
    run.set("beats", std::int64_t{3});
    run.set("bars", std::int64_t{2});
    const auto out = run.sound({0, 48000 * 6});
    QVERIFY(out);
    const std::vector<std::int64_t> begins = beginnings(samplesOf(*out), 0.0, 5000);
    QCOMPARE(begins.size(), std::size_t{6});
    for (std::size_t i = 0; i < begins.size(); ++i)
        QVERIFY(std::llabs(begins[i] - static_cast<std::int64_t>(i) * 32000) <= 1);
    run.withCall([&](const Call& call) {
        std::vector<Event> events;
        effectNamed("metronome").events(call, 0, 10 * flicksPerSecond, events);
        QCOMPARE(events.size(), std::size_t{6});
        QCOMPARE(events[4].time, flicksOfSeconds(4 * 2.0 / 3));
        QVERIFY(events[3].strength == 1 && events[4].strength < 1);
    });
}

void SoundSourcesTest::wavesDoNotFoldDown_data()
{
    QTest::addColumn<int>("form");
    QTest::newRow("triangle") << 1;
    QTest::newRow("saw") << 2;
    QTest::newRow("square") << 3;
}

void SoundSourcesTest::wavesDoNotFoldDown()
{
    QFETCH(const int, form);
    for (const double hertz : {441.7, 1661.3, 3951.1}) {
        std::vector<double> samples;
        double phase = 0;
        for (int i = 0; i < 48000; ++i) {
            samples.push_back(oscillate(static_cast<Waveform>(form), phase, hertz / 48000, 0.5));
            phase += hertz / 48000;
            phase -= std::floor(phase);
        }
        // All that is not a harmonic below the Nyquist frequency.
        double first = 0, folded = 0;
        for (int k = 1; k < 200; ++k) {
            double at = std::fmod(k * hertz, 48000);
            at = at > 24000 ? 48000 - at : at;
            const double level = levelOf(samples, at);
            first = k == 1 ? level : first;
            if (k * hertz > 24000 && at < 15000) // above that they are masked by the harmonics they lie beside
                folded = std::max(folded, level);
        }
        QVERIFY2(decibels(folded / first) < (form == 1 ? -75 : -50), qPrintable(QString("%1 Hz: %2 dB").arg(hertz).arg(decibels(folded / first))));
        double mean = 0;
        for (const double sample : samples)
            mean += sample / 48000;
        QVERIFY(std::fabs(mean) < 1e-3);
    }
}

void SoundSourcesTest::synthPlaysItsNotes()
{
    EffectRun run(effectNamed("synth"));
    run.set("notes", std::string("A3 . C4+E4 _"));
    run.set("tempo", 60.0);
    run.set("division", std::int64_t{1});
    run.set("unison", std::int64_t{1});
    run.set("balance", 0.0);
    run.set("filter_envelope", 0.0);
    run.set("cutoff", 8000.0);
    run.set("level", 0.0);
    const auto out = run.sound({0, 48000 * 4});
    QVERIFY(out);
    const auto part = [&](double from, double to) { return std::vector<double>(out->channel(0) + static_cast<std::int64_t>(from * 48000), out->channel(0) + static_cast<std::int64_t>(to * 48000)); };
    QVERIFY(std::fabs(cents(pitchOf(part(0.1, 0.5), 150, 300), 220)) < 1);
    QVERIFY(rmsOf(part(1.5, 1.95)) < 1e-3);
    for (const double hertz : {261.626, 329.628})
        QVERIFY2(levelOf(part(2.2, 2.7), hertz) > 0.05 && levelOf(part(3.2, 3.7), hertz) > 0.05, qPrintable(QString::number(hertz))); // held
    QVERIFY(levelOf(part(2.2, 2.7), 220) < 0.005);
}

void SoundSourcesTest::synthFollowsEvents()
{
    EffectRun run(effectNamed("synth"));
    TestStream events{{.type = PortType::Events}};
    events.events = {{flicksOfSeconds(0.5), 1.0}, {flicksOfSeconds(1.25), 0.5}};
    run.connect("events", events);
    run.set("notes", std::string("A3 A4"));
    const auto out = run.sound({0, 96000});
    QVERIFY(out);
    const std::vector<std::int64_t> begins = beginnings(samplesOf(*out), 1e-3, 4000);
    QCOMPARE(begins.size(), std::size_t{2});
    QVERIFY(begins[0] >= 24000 && begins[0] < 24200 && begins[1] >= 60000 && begins[1] < 60200);
    QVERIFY(rmsOf({out->channel(0) + 24000, out->channel(0) + 28000}) > 1.3 * rmsOf({out->channel(0) + 60000, out->channel(0) + 64000}));
}

void SoundSourcesTest::synthGlides()
{
    EffectRun run(effectNamed("synth"));
    run.set("notes", std::string("A3 A4"));
    run.set("tempo", 60.0);
    run.set("division", std::int64_t{1});
    run.set("length", 1.0);
    run.set("glide", seconds(0.4));
    run.set("voices", std::int64_t{1});
    run.set("unison", std::int64_t{1});
    run.set("waveform_1", std::int64_t{0});
    run.set("balance", 0.0);
    const auto out = run.sound({0, 96000});
    QVERIFY(out);
    const auto pitchAt = [&](double at) { return pitchOf({out->channel(0) + static_cast<std::int64_t>(at * 48000), out->channel(0) + static_cast<std::int64_t>(at * 48000) + 2400}, 150, 600); };
    QVERIFY(std::fabs(cents(pitchAt(0.8), 220)) < 3);
    QVERIFY2(pitchAt(1.03) > 240 && pitchAt(1.03) < 420, qPrintable(QString::number(pitchAt(1.03))));
    QVERIFY(std::fabs(cents(pitchAt(1.9), 440)) < 3);
}

void SoundSourcesTest::plucksAreInTune_data()
{
    QTest::addColumn<QString>("note");
    QTest::addColumn<int>("midi");
    QTest::newRow("low E") << "E2" << 40;
    QTest::newRow("A") << "A3" << 57;
    QTest::newRow("high") << "C6" << 84;
}

void SoundSourcesTest::plucksAreInTune()
{
    QFETCH(const QString, note);
    QFETCH(const int, midi);
    EffectRun run(effectNamed("pluck"));
    run.set("notes", note.toStdString() + " . . . . . . . . . . . . . . .");
    run.set("length", 64.0);
    const auto out = run.sound({0, 96000});
    QVERIFY(out);
    const double expected = 440 * std::pow(2, (midi - 69) / 12.0);
    const double found = pitchOf({out->channel(0) + 9600, out->channel(0) + 28800}, expected * 0.9, expected * 1.1);
    QVERIFY2(std::fabs(cents(found, expected)) < 3, qPrintable(QString("%1 cents").arg(cents(found, expected))));
    QVERIFY(rmsOf({out->channel(0) + 86000, out->channel(0) + 96000}) < rmsOf({out->channel(0) + 2000, out->channel(0) + 12000}));
    double mean = 0;
    for (const double sample : samplesOf(*out))
        mean += sample / 96000;
    QVERIFY(std::fabs(mean) < 1e-3);
}

void SoundSourcesTest::wrongNotesAreNamed()
{
    for (const char* name : {"synth", "pluck"}) {
        EffectRun run(effectNamed(name));
        run.set("notes", std::string("C3 H4"));
        QVERIFY(!run.facts());
        QVERIFY(run.facts().error().message.starts_with("notes: 'H4'"));
        run.set("notes", std::string(" | "));
        QVERIFY(!run.facts());
    }
}

QTEST_GUILESS_MAIN(SoundSourcesTest)
#include "sound_sources_test.moc"
