// SPDX-License-Identifier: GPL-3.0-or-later
// Echoes, rooms, pitch, tempo and joins: what an ear would notice, measured.
#include "tests/support/heard.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace artdag;
using namespace artdag::test;

namespace {

constexpr double pi = std::numbers::pi;

TestStream impulse(std::int64_t at = 0, std::int64_t samples = StreamFacts::endless)
{
    return soundOf([=](double t) { return std::llround(t * 48000) == at ? 1.0 : 0.0; }, samples);
}

} // namespace

class SoundShapesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void echoesComeInTimeAndFade();
    void pingPongTakesTurns();
    void aRoomRingsForItsDecay_data();
    void aRoomRingsForItsDecay();
    void aRoomIsAsLoudAsWhatItAnswers();
    void blockBordersCannotBeHeard_data();
    void blockBordersCannotBeHeard();
    void pitchMovesAndLengthStays_data();
    void pitchMovesAndLengthStays();
    void tempoMovesAndPitchStays_data();
    void tempoMovesAndPitchStays();
    void stretchedBeatsStaySharpAndInTime();
    void reverseTurnsAround();
    void crossfadeKeepsThePower();
    void fadesReachSilenceAtBothEnds();
    void splitTakesApart();
};

void SoundShapesTest::echoesComeInTimeAndFade()
{
    EffectRun run(effectNamed("delay_sound"));
    run.connect("sound", impulse());
    run.set("time", seconds(0.25));
    run.set("feedback", 0.5);
    run.set("damping", 0.0);
    run.set("low_cut", 5.0);
    run.set("mix", 0.5);
    const auto out = run.sound({0, 48000});
    QVERIFY(out);
    QVERIFY(std::fabs(out->channel(0)[0] - 0.5) < 1e-6);
    for (int echo = 1; echo <= 3; ++echo)
        QVERIFY2(std::fabs(out->channel(1)[echo * 12000] - std::pow(0.5, echo)) < 0.005, qPrintable(QString::number(out->channel(1)[echo * 12000])));
    QCOMPARE(out->channel(0)[6000], 0.0F);
}

void SoundShapesTest::pingPongTakesTurns()
{
    EffectRun run(effectNamed("delay_sound"));
    run.connect("sound", impulse());
    run.set("time", seconds(0.1));
    run.set("ping_pong", true);
    run.set("mix", 1.0);
    const auto out = run.sound({0, 24000});
    QVERIFY(out);
    QVERIFY(out->channel(0)[4800] > 0.9 && std::fabs(out->channel(1)[4800]) < 1e-6);
    QVERIFY(out->channel(1)[9600] > 0.1 && std::fabs(out->channel(0)[9600]) < 0.01);
    QVERIFY(out->channel(0)[14400] > 0.02);
}

void SoundShapesTest::aRoomRingsForItsDecay_data()
{
    QTest::addColumn<double>("decay");
    QTest::addColumn<double>("size");
    QTest::newRow("chamber") << 0.6 << 0.2;
    QTest::newRow("hall") << 2.0 << 0.5;
    QTest::newRow("cathedral") << 6.0 << 0.9;
}

void SoundShapesTest::aRoomRingsForItsDecay()
{
    QFETCH(const double, decay);
    QFETCH(const double, size);
    EffectRun run(effectNamed("reverb"));
    run.connect("sound", impulse(0, 48000));
    run.set("decay", seconds(decay));
    run.set("size", size);
    run.set("damping", 0.0);
    run.set("pre_delay", seconds(0));
    run.set("mix", 1.0);
    const auto length = static_cast<std::int64_t>(decay * 48000 * 1.2);
    const auto out = run.sound({0, length});
    QVERIFY(out);
    // Schroeder: what is still to come, from −5 to −45 dB.
    std::vector<double> rest(static_cast<std::size_t>(length) + 1);
    for (std::int64_t i = length; i-- > 0;)
        rest[static_cast<std::size_t>(i)] = rest[static_cast<std::size_t>(i + 1)] + out->channel(0)[i] * out->channel(0)[i] + out->channel(1)[i] * out->channel(1)[i];
    const auto reaches = [&](double level) { return std::ranges::find_if(rest, [&](double power) { return 10 * std::log10(power / rest[0] + 1e-30) < level; }) - rest.begin(); };
    const double found = static_cast<double>(reaches(-45) - reaches(-5)) / 48000 * 60 / 40;
    QVERIFY2(std::fabs(found / decay - 1) < 0.08, qPrintable(QString("%1 s").arg(found)));
}

void SoundShapesTest::aRoomIsAsLoudAsWhatItAnswers()
{
    EffectRun noise(effectNamed("white_noise"));
    const auto in = noise.sound({0, 48000 * 6});
    QVERIFY(in);
    for (const double decay : {0.5, 2.0, 8.0}) {
        EffectRun run(effectNamed("reverb"));
        TestStream stream{{.type = PortType::Sound}};
        stream.sound = [&](SampleRange range) {
            Sound part(range);
            for (std::int64_t i = 0; i < range.count; ++i)
                if (range.first + i >= 0 && range.first + i < 48000 * 6)
                    for (int channel = 0; channel < 2; ++channel)
                        part.channel(channel)[i] = in->channel(channel)[range.first + i];
            return part;
        };
        run.connect("sound", stream);
        run.set("decay", seconds(decay));
        run.set("damping", 0.0);
        run.set("mix", 1.0);
        const auto out = run.sound({48000 * 5, 48000});
        QVERIFY(out);
        const double louder = decibels(rmsOf(samplesOf(*out)) / rmsOf(samplesOf(*in)));
        QVERIFY2(std::fabs(louder) < 2.0, qPrintable(QString("%1 dB at %2 s").arg(louder).arg(decay)));
    }
}

void SoundShapesTest::blockBordersCannotBeHeard_data()
{
    QTest::addColumn<QString>("effect");
    for (const char* name : {"equalizer", "low_pass", "high_pass", "compressor", "duck", "delay_sound", "reverb", "shift_pitch", "change_tempo", "limiter"})
        QTest::newRow(name) << name;
}

void SoundShapesTest::blockBordersCannotBeHeard()
{
    QFETCH(const QString, effect);
    EffectRun run(effectNamed(effect.toStdString()));
    run.connect("sound", soundOf(sine(150, 0.8)));
    if (effect == "duck")
        run.connect("side", soundOf(sine(80)));
    if (effect == "shift_pitch")
        run.set("semitones", -5.0);
    if (effect == "change_tempo")
        run.set("speed", 0.8);
    if (effect == "equalizer")
        run.set("bell_1_gain", 12.0);
    const auto out = run.sound({0, 15 * soundBlock});
    QVERIFY(out);
    const std::vector<double> samples = samplesOf(*out);
    const auto bend = [&](std::int64_t i) { return std::fabs(samples[static_cast<std::size_t>(i) - 1] - 2 * samples[static_cast<std::size_t>(i)] + samples[static_cast<std::size_t>(i) + 1]); };
    double within = 0, atBorders = 0;
    for (std::int64_t i = 8 * soundBlock; i < 15 * soundBlock - 1; ++i) {
        const std::int64_t place = (i + 1) % soundBlock;
        (place <= 2 ? atBorders : within) = std::max(place <= 2 ? atBorders : within, bend(i));
    }
    QVERIFY2(atBorders <= within * 1.05, qPrintable(QString("%1 at borders, %2 within").arg(atBorders).arg(within)));
}

void SoundShapesTest::pitchMovesAndLengthStays_data()
{
    QTest::addColumn<double>("semitones");
    for (const double semitones : {-12.0, -5.0, 0.5, 4.0, 12.0, 19.0})
        QTest::newRow(qPrintable(QString::number(semitones))) << semitones;
}

void SoundShapesTest::pitchMovesAndLengthStays()
{
    QFETCH(const double, semitones);
    EffectRun run(effectNamed("shift_pitch"));
    run.connect("sound", soundOf([](double t) { return t > 0.5 ? 0.4 * std::sin(2 * pi * 330 * t) : 0.0; }, 96000));
    run.set("semitones", semitones);
    QCOMPARE((*run.facts())[0].samples, std::int64_t{96000});
    const auto out = run.sound({0, 96000});
    QVERIFY(out);
    const std::vector<double> later(out->channel(0) + 36000, out->channel(0) + 60000);
    const double expected = 330 * std::pow(2, semitones / 12);
    QVERIFY2(std::fabs(cents(pitchOf(later, expected * 0.8, expected * 1.2), expected)) < 2, qPrintable(QString::number(pitchOf(later, expected * 0.8, expected * 1.2))));
    QVERIFY2(std::fabs(decibels(levelOf(later, expected) / 0.4)) < 0.5, qPrintable(QString::number(decibels(levelOf(later, expected) / 0.4))));
    QVERIFY2(rmsOf(later) < levelOf(later, expected) / std::sqrt(2.0) * 1.02, "other tones come with it");
    const std::vector<std::int64_t> begins = beginnings(samplesOf(*out), 0.1, 2000);
    QVERIFY(!begins.empty() && std::llabs(begins[0] - 24000) < 1200);
}

void SoundShapesTest::tempoMovesAndPitchStays_data()
{
    QTest::addColumn<double>("speed");
    for (const double speed : {0.25, 0.5, 0.9, 1.25, 2.0, 4.0})
        QTest::newRow(qPrintable(QString::number(speed))) << speed;
}

void SoundShapesTest::tempoMovesAndPitchStays()
{
    QFETCH(const double, speed);
    EffectRun run(effectNamed("change_tempo"));
    run.connect("sound", soundOf(sine(523.25, 0.4), sine(784, 0.2), 192000));
    run.set("speed", speed);
    QCOMPARE((*run.facts())[0].samples, std::int64_t(192000 / speed + 0.5));
    const auto out = run.sound({12000, 24000});
    QVERIFY(out);
    QVERIFY(std::fabs(cents(pitchOf(samplesOf(*out), 480, 570), 523.25)) < 1);
    QVERIFY2(std::fabs(decibels(levelOf(samplesOf(*out), 523.25) / 0.4)) < 0.3, qPrintable(QString::number(levelOf(samplesOf(*out), 523.25))));
    QVERIFY(std::fabs(decibels(levelOf(samplesOf(*out, 1), 784) / 0.2)) < 0.3);
    QVERIFY(levelOf(samplesOf(*out, 1), 523.25) < 0.002); // the sides stay apart
}

void SoundShapesTest::stretchedBeatsStaySharpAndInTime()
{
    EffectRun run(effectNamed("change_tempo"));
    // Clicks every half second over a soft tone.
    run.connect("sound", soundOf([](double t) { return 0.02 * std::sin(2 * pi * 220 * t) + (std::fmod(t, 0.5) < 0.003 && t > 0.25 ? std::sin(2 * pi * 2000 * t) : 0.0); }, 48000 * 4));
    run.set("speed", 0.8);
    const auto out = run.sound({0, 48000 * 4});
    QVERIFY(out);
    const std::vector<std::int64_t> begins = beginnings(samplesOf(*out), 0.3, 6000);
    QVERIFY2(begins.size() >= 5, qPrintable(QString::number(begins.size())));
    for (std::size_t i = 0; i < begins.size(); ++i)
        QVERIFY2(std::llabs(begins[i] - static_cast<std::int64_t>((static_cast<double>(i) + 1) * 0.5 / 0.8 * 48000)) < 900, qPrintable(QString("%1: %2").arg(i).arg(begins[i])));
}

void SoundShapesTest::reverseTurnsAround()
{
    const TestStream in = testSound(38400);
    EffectRun run(effectNamed("reverse_sound"));
    run.connect("sound", in);
    const auto out = run.sound({100, 5000});
    const Sound whole = in.sound({0, 38400});
    QVERIFY(out);
    for (std::int64_t i = 0; i < 5000; ++i)
        QCOMPARE(out->channel(1)[i], whole.channel(1)[38399 - 100 - i]);
}

void SoundShapesTest::crossfadeKeepsThePower()
{
    EffectRun run(effectNamed("crossfade_sound"));
    run.connect("first", soundOf(sine(440), 96000));
    run.connect("second", soundOf(sine(1000), 72000));
    run.set("duration", seconds(0.5));
    QCOMPARE((*run.facts())[0].samples, std::int64_t{96000 - 24000 + 72000});
    const auto out = run.sound({0, 144000});
    QVERIFY(out);
    for (const std::int64_t at : {20000, 74400, 84000, 93000, 120000}) {
        const std::vector<double> part(out->channel(0) + at - 1200, out->channel(0) + at + 1200);
        QVERIFY(std::fabs(std::hypot(levelOf(part, 440), levelOf(part, 1000)) - 0.5) < 0.02);
    }
    EffectRun endless(effectNamed("crossfade_sound"));
    endless.connect("first", soundOf(sine(440)));
    endless.connect("second", soundOf(sine(440)));
    QVERIFY(!endless.facts() && endless.facts().error().message.starts_with("first:"));
}

void SoundShapesTest::fadesReachSilenceAtBothEnds()
{
    for (std::int64_t curve = 0; curve < 4; ++curve) {
        EffectRun run(effectNamed("fade_sound"));
        run.connect("sound", soundOf([](double) { return 1.0; }, 96000));
        run.set("in", seconds(0.5));
        run.set("out", seconds(1.0));
        run.set("curve", curve);
        const auto out = run.sound({0, 96000});
        QVERIFY(out);
        QVERIFY(out->channel(0)[0] == 0.0F && out->channel(0)[95999] == 0.0F && out->channel(0)[30000] == 1.0F);
        for (std::int64_t i = 1; i < 24000; ++i)
            QVERIFY(out->channel(0)[i] >= out->channel(0)[i - 1]);
    }
}

void SoundShapesTest::splitTakesApart()
{
    EffectRun run(effectNamed("split_channels"));
    run.connect("sound", soundOf(sine(440, 0.5), sine(1000, 0.3)));
    const double expected[4][2] = {{0.5, 0}, {0, 0.3}, {0.25, 0.15}, {0.25, 0.15}};
    for (int output = 0; output < 4; ++output)
        for (int channel = 0; channel < 2; ++channel) {
            const auto out = run.sound({0, 24000}, output);
            QVERIFY(out);
            QVERIFY(std::fabs(levelOf(samplesOf(*out, channel), 440) - expected[output][0]) < 1e-3);
            QVERIFY(std::fabs(levelOf(samplesOf(*out, channel), 1000) - expected[output][1]) < 1e-3);
        }
}

QTEST_GUILESS_MAIN(SoundShapesTest)
#include "sound_shapes_test.moc"
