// SPDX-License-Identifier: GPL-3.0-or-later
// Filters, compressors, limiters and loudness against their definitions, written here a second time.
#include "tests/support/heard.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

using namespace artdag;
using namespace artdag::test;

namespace {

constexpr double pi = std::numbers::pi;

/// dB that an effect changes a sine by, once it has settled.
double response(const EffectRun& prepared, double hertz)
{
    EffectRun run = prepared;
    run.connect("sound", soundOf(sine(hertz)));
    const auto out = run.sound({48000, 24000});
    CHECK(out);
    return decibels(levelOf(samplesOf(*out), hertz) / levelOf(samplesOf(soundOf(sine(hertz)).sound({48000, 24000})), hertz));
}

/// R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients", evaluated on the unit circle.
double cookbook(const QString& kind, double hertz, double q, double gain, double at)
{
    const double a = std::pow(10, gain / 40), w = 2 * pi * hertz / 48000, c = std::cos(w), alpha = std::sin(w) / (2 * q), root = 2 * std::sqrt(a) * alpha;
    std::array<double, 6> k; // b0 b1 b2 a0 a1 a2
    if (kind == "bell")
        k = {1 + alpha * a, -2 * c, 1 - alpha * a, 1 + alpha / a, -2 * c, 1 - alpha / a};
    else if (kind == "low")
        k = {a * (a + 1 - (a - 1) * c + root), 2 * a * (a - 1 - (a + 1) * c), a * (a + 1 - (a - 1) * c - root), a + 1 + (a - 1) * c + root, -2 * (a - 1 + (a + 1) * c), a + 1 + (a - 1) * c - root};
    else
        k = {a * (a + 1 + (a - 1) * c + root), -2 * a * (a - 1 + (a + 1) * c), a * (a + 1 + (a - 1) * c - root), a + 1 - (a - 1) * c + root, 2 * (a - 1 - (a + 1) * c), a + 1 - (a - 1) * c - root};
    const std::complex<double> z = std::polar(1.0, -2 * pi * at / 48000);
    return decibels(std::abs((k[0] + k[1] * z + k[2] * z * z) / (k[3] + k[4] * z + k[5] * z * z)));
}

TestStream steps(double before, double after, double hertz = 1000)
{
    return soundOf([=](double t) { return (t < 1 ? before : after) * std::sin(2 * pi * hertz * t); });
}

double highest(const Sound& sound)
{
    double most = 0;
    for (int channel = 0; channel < soundChannels; ++channel)
        for (std::int64_t i = 0; i < sound.range().count; ++i)
            most = std::max(most, std::fabs(static_cast<double>(sound.channel(channel)[i])));
    return most;
}

} // namespace

class SoundLevelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalizerBandsFollowTheCookbook_data();
    void equalizerBandsFollowTheCookbook();
    void passesAreButterworth_data();
    void passesAreButterworth();
    void resonanceIsAPeakOfItsHeight();
    void aMovingKnobThatStandsStillIsASteadyOne();
    void aSweepHasNoClicks();
    void compressorHasItsStaticCurve_data();
    void compressorHasItsStaticCurve();
    void compressorTakesItsTime();
    void compressorLinksTheSides();
    void duckMakesRoomBeforeTheOtherSpeaks();
    void loudnessIsWhatFfmpegMeasures_data();
    void loudnessIsWhatFfmpegMeasures();
    void theCeilingComesBeforeTheTarget();
    void limiterHoldsTheTruePeak();
    void limiterIsDownWhenThePeakArrives();
    void limiterLeavesTheRestAlone();
    void panKeepsThePower();
};

void SoundLevelsTest::equalizerBandsFollowTheCookbook_data()
{
    QTest::addColumn<QString>("band");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<double>("hertz");
    QTest::addColumn<double>("q");
    QTest::addColumn<double>("gain");
    QTest::newRow("low shelf") << "low"
                               << "low" << 120.0 << 0.707 << 9.0;
    QTest::newRow("bell down") << "bell_1"
                               << "bell" << 300.0 << 2.0 << -12.0;
    QTest::newRow("bell up") << "bell_2"
                             << "bell" << 2500.0 << 0.7 << 15.0;
    QTest::newRow("high bell") << "bell_3"
                               << "bell" << 14000.0 << 4.0 << 6.0;
    QTest::newRow("high shelf") << "high"
                                << "high" << 6000.0 << 1.2 << -18.0;
}

void SoundLevelsTest::equalizerBandsFollowTheCookbook()
{
    QFETCH(const QString, band);
    QFETCH(const QString, kind);
    QFETCH(const double, hertz);
    QFETCH(const double, q);
    QFETCH(const double, gain);
    EffectRun run(effectNamed("equalizer"));
    const std::string name = band.toStdString();
    run.set(name + "_frequency", hertz);
    run.set(name + "_q", q);
    run.set(name + "_gain", gain);
    for (const double at : {40.0, 120.0, 300.0, 1000.0, 2500.0, 6000.0, 14000.0, 20000.0})
        QVERIFY2(std::fabs(response(run, at) - cookbook(kind, hertz, q, gain, at)) < 0.02, qPrintable(QString("%1 Hz: %2 dB, not %3").arg(at).arg(response(run, at)).arg(cookbook(kind, hertz, q, gain, at))));
}

void SoundLevelsTest::passesAreButterworth_data()
{
    QTest::addColumn<QString>("effect");
    QTest::addColumn<int>("slope");
    for (const char* effect : {"low_pass", "high_pass"})
        for (int slope = 0; slope < 4; ++slope)
            QTest::newRow(qPrintable(QString("%1 %2").arg(effect).arg(slope))) << effect << slope;
}

void SoundLevelsTest::passesAreButterworth()
{
    QFETCH(const QString, effect);
    QFETCH(const int, slope);
    EffectRun run(effectNamed(effect.toStdString()));
    run.set("frequency", 1000.0);
    run.set("slope", std::int64_t{slope});
    const int orders[4] = {1, 2, 4, 8};
    for (const double at : {250.0, 500.0, 1000.0, 2000.0, 4000.0}) {
        const double ratio = std::tan(pi * at / 48000) / std::tan(pi * 1000 / 48000);
        const double expected = -10 * std::log10(1 + std::pow(effect == "low_pass" ? ratio : 1 / ratio, 2 * orders[slope]));
        if (expected > -90)
            QVERIFY2(std::fabs(response(run, at) - expected) < 0.05, qPrintable(QString("%1 Hz: %2 dB, not %3").arg(at).arg(response(run, at)).arg(expected)));
    }
}

void SoundLevelsTest::resonanceIsAPeakOfItsHeight()
{
    EffectRun run(effectNamed("low_pass"));
    run.set("resonance", 20.0);
    QVERIFY(std::fabs(response(run, 1000) - (20 - 3.01)) < 0.1);
    QVERIFY(std::fabs(response(run, 50)) < 0.1);
}

void SoundLevelsTest::aMovingKnobThatStandsStillIsASteadyOne()
{
    for (const char* name : {"equalizer", "low_pass", "high_pass", "compressor", "duck", "limiter", "delay_sound", "reverb"}) {
        EffectRun run = EffectRun(effectNamed(name));
        run.connectAll(1, 1);
        if (std::string_view(name) == "equalizer") {
            run.set("bell_1_gain", 6.0);
            run.set("high_gain", -3.0);
        }
        EffectRun moving = run;
        moving.pretendMoves();
        const auto one = run.sound({0, 24000}), other = moving.sound({0, 24000});
        QVERIFY(one && other);
        for (std::int64_t i = 0; i < 24000; ++i)
            QVERIFY2(std::fabs(one->channel(0)[i] - other->channel(0)[i]) < 1e-6, name);
    }
}

void SoundLevelsTest::aSweepHasNoClicks()
{
    // A filter at its most resonant, jumping at every control point of a tone, stays bounded and smooth between samples.
    EffectRun run(effectNamed("low_pass"));
    run.connect("sound", soundOf(sine(200)));
    run.set("resonance", 12.0);
    const auto out = run.sound({0, 48000});
    QVERIFY(out);
    const std::vector<double> samples = samplesOf(*out);
    for (std::size_t i = 4096; i + 1 < samples.size(); ++i) // second differences of a 200 Hz sine are tiny
        QVERIFY2(std::fabs(samples[i - 1] - 2 * samples[i] + samples[i + 1]) < 0.001, qPrintable(QString::number(i)));
}

void SoundLevelsTest::compressorHasItsStaticCurve_data()
{
    QTest::addColumn<int>("detector");
    QTest::addColumn<double>("knee");
    QTest::addColumn<double>("hertz");
    for (const double hertz : {100.0, 1000.0, 9000.0}) {
        QTest::newRow(qPrintable(QString("peak %1").arg(hertz))) << 0 << 10.0 << hertz;
        QTest::newRow(qPrintable(QString("rms %1").arg(hertz))) << 1 << 0.0 << hertz;
    }
}

void SoundLevelsTest::compressorHasItsStaticCurve()
{
    QFETCH(const int, detector);
    QFETCH(const double, knee);
    QFETCH(const double, hertz);
    constexpr double threshold = -24, ratio = 4;
    for (const double level : {-40.0, -27.0, -24.0, -20.0, -12.0, -1.0}) {
        EffectRun run(effectNamed("compressor"));
        run.set("detector", std::int64_t{detector});
        run.set("threshold", threshold);
        run.set("ratio", ratio);
        run.set("knee", knee);
        run.set("makeup", 3.0);
        const double amplitude = std::pow(10, level / 20);
        run.connect("sound", soundOf(sine(hertz, amplitude)));
        const auto out = run.sound({96000, 24000});
        QVERIFY(out);
        const double over = level - threshold;
        const double expected = 3 + (2 * over < -knee ? level : 2 * over <= knee && knee > 0 ? level + (1 / ratio - 1) * (over + knee / 2) * (over + knee / 2) / (2 * knee)
                                                                                             : threshold + over / ratio);
        const double found = decibels(levelOf(samplesOf(*out), hertz));
        QVERIFY2(std::fabs(found - expected) < 0.1, qPrintable(QString("%1 dB in: %2 out, not %3").arg(level).arg(found).arg(expected)));
    }
}

void SoundLevelsTest::compressorTakesItsTime()
{
    EffectRun run(effectNamed("compressor"));
    run.set("threshold", -30.0);
    run.set("ratio", 100.0);
    run.set("knee", 0.0);
    run.set("attack", Moment{flicksPerSecond / 10});
    run.connect("sound", steps(0.001, 0.5));
    const auto out = run.sound({0, 96000});
    const Sound in = steps(0.001, 0.5).sound({0, 96000});
    QVERIFY(out);
    const auto gainAround = [&](std::int64_t sample) { return decibels(rmsOf({out->channel(0) + sample - 240, out->channel(0) + sample + 240}) / rmsOf({in.channel(0) + sample - 240, in.channel(0) + sample + 240})); };
    const double all = (30 + decibels(0.5)) * -0.99;
    QVERIFY2(std::fabs(gainAround(48000 + 4800) - all * (1 - std::exp(-1.0))) < 0.3, qPrintable(QString::number(gainAround(48000 + 4800))));
    QVERIFY(std::fabs(gainAround(95000) - all) < 0.3);
}

void SoundLevelsTest::compressorLinksTheSides()
{
    for (const double link : {0.0, 1.0}) {
        EffectRun run(effectNamed("compressor"));
        run.set("link", link);
        run.connect("sound", soundOf(sine(1000, 0.9), sine(500, 0.01)));
        const auto out = run.sound({48000, 24000});
        QVERIFY(out);
        const double right = decibels(levelOf(samplesOf(*out, 1), 500) / 0.01);
        QVERIFY2(link == 0 ? std::fabs(right) < 0.05 : right < -6, qPrintable(QString::number(right)));
    }
}

void SoundLevelsTest::duckMakesRoomBeforeTheOtherSpeaks()
{
    EffectRun run(effectNamed("duck"));
    run.set("amount", 20.0);
    run.connect("sound", soundOf(sine(440)));
    run.connect("side", soundOf([](double t) { return t >= 1 && t < 2 ? 0.5 * std::sin(2 * pi * 300 * t) : 0.0; }));
    const auto out = run.sound({0, 48000 * 5});
    QVERIFY(out);
    const auto levelAt = [&](double seconds) {
        const auto at = static_cast<std::int64_t>(seconds * 48000);
        return decibels(rmsOf({out->channel(0) + at - 480, out->channel(0) + at + 480}) / (0.5 / std::sqrt(2.0)));
    };
    QVERIFY(std::fabs(levelAt(0.5)) < 0.1);
    QVERIFY2(levelAt(1.0) < -12, qPrintable(QString::number(levelAt(1.0)))); // mostly down when it begins
    QVERIFY(std::fabs(levelAt(1.6) + 20) < 0.1);
    QVERIFY(std::fabs(levelAt(2.1) + 20) < 0.3); // held
    QVERIFY(levelAt(2.5) > -15 && levelAt(4.9) > -0.1);
}

void SoundLevelsTest::loudnessIsWhatFfmpegMeasures_data()
{
    QTest::addColumn<double>("target");
    QTest::newRow("platform") << -16.0;
    QTest::newRow("television") << -23.0;
}

void SoundLevelsTest::loudnessIsWhatFfmpegMeasures()
{
    QFETCH(const double, target);
    // Loud and soft parts, a pause for the gate, more on one side, low and high tones.
    const auto part = [](double t) { return t < 3 ? 0.4 : t < 5 ? 0.0
                                         : t < 9                ? 0.03
                                                                : 0.2; };
    const TestStream in = soundOf([=](double t) { return part(t) * (std::sin(2 * pi * 90 * t) + 0.5 * std::sin(2 * pi * 3100 * t)); }, [=](double t) { return 0.5 * part(t) * std::sin(2 * pi * 700 * t); }, 48000 * 12);
    EffectRun run(effectNamed("normalize_loudness"));
    run.connect("sound", in);
    run.set("target", target);
    run.set("ceiling", 20.0);
    const auto out = run.sound({0, 48000 * 12});
    QVERIFY(out);
    const std::vector<double> found = loudnessByFfmpeg(*out);
    QVERIFY2(!found.empty(), "the ffmpeg command is needed: packaging/dependencies.txt");
    QVERIFY2(std::fabs(found[0] - target) < 0.1, qPrintable(QString::number(found[0])));
}

void SoundLevelsTest::theCeilingComesBeforeTheTarget()
{
    EffectRun run(effectNamed("normalize_loudness"));
    run.connect("sound", soundOf([](double t) { return std::fmod(t, 1.0) < 0.02 ? 0.9 * std::sin(2 * pi * 800 * t) : 0.01 * std::sin(2 * pi * 300 * t); }, 48000 * 6));
    run.set("target", -10.0);
    const auto out = run.sound({0, 48000 * 6});
    QVERIFY(out);
    QVERIFY2(std::fabs(decibels(highest(*out)) + 1) < 0.2, qPrintable(QString::number(decibels(highest(*out)))));
}

void SoundLevelsTest::limiterHoldsTheTruePeak()
{
    // A quarter of the rate at 45°: its samples are 3 dB below its wave. Then beats, and sudden bursts.
    const TestStream in = soundOf([](double t) { return t < 1 ? 1.4 * std::sin(2 * pi * 12000 * t + pi / 4) : 0.7 * std::sin(2 * pi * 997 * t) + 0.7 * std::sin(2 * pi * 1303 * t); },
        [](double t) { return std::fmod(t, 0.37) < 0.05 ? 2 * std::sin(2 * pi * 3500 * t) : 0.05 * std::sin(2 * pi * 100 * t); });
    for (const double ceiling : {-1.0, -6.0}) {
        EffectRun run(effectNamed("limiter"));
        run.connect("sound", in);
        run.set("ceiling", ceiling);
        run.set("gain", 3.0);
        const auto out = run.sound({0, 48000 * 4});
        QVERIFY(out);
        QVERIFY2(decibels(highest(*out)) <= ceiling + 1e-4, qPrintable(QString::number(decibels(highest(*out)))));
        const std::vector<double> found = loudnessByFfmpeg(*out);
        QVERIFY2(!found.empty(), "the ffmpeg command is needed: packaging/dependencies.txt");
        QVERIFY2(found[1] <= ceiling + 0.15 && found[1] > ceiling - 0.5, qPrintable(QString::number(found[1])));
    }
}

void SoundLevelsTest::limiterIsDownWhenThePeakArrives()
{
    // Single samples, also beside a border of blocks and at the very beginning.
    const TestStream in = soundOf([](double t) {
        const auto at = std::llround(t * 48000);
        return at == 5 || at == soundBlock || at == 2 * soundBlock + 30 || at == 20000 ? 4.0 : 0.1;
    });
    EffectRun run(effectNamed("limiter"));
    run.connect("sound", in);
    run.set("true_peak", false);
    run.set("ceiling", -6.0);
    const auto out = run.sound({0, 24000});
    QVERIFY(out);
    for (const std::int64_t at : {std::int64_t{5}, soundBlock, 2 * soundBlock + 30, std::int64_t{20000}})
        QVERIFY2(std::fabs(decibels(out->channel(0)[at]) + 6) < 1e-3, qPrintable(QString("%1: %2 dB").arg(at).arg(decibels(out->channel(0)[at]))));
}

void SoundLevelsTest::limiterLeavesTheRestAlone()
{
    EffectRun run(effectNamed("limiter"));
    const TestStream in = soundOf([](double t) { return (t > 1 && t < 1.1 ? 3.0 : 0.5) * std::sin(2 * pi * 440 * t); });
    run.connect("sound", in);
    const auto out = run.sound({0, 48000 * 4});
    const Sound same = in.sound({0, 48000 * 4});
    QVERIFY(out);
    for (const std::int64_t i : {0, 1000, 47000, 170000, 191999}) // before, and long after
        QCOMPARE(out->channel(0)[i], same.channel(0)[i]);
    QVERIFY(std::fabs(out->channel(0)[49100]) < std::fabs(same.channel(0)[49100]));
}

void SoundLevelsTest::panKeepsThePower()
{
    for (const double pan : {-1.0, -0.4, 0.3, 1.0}) {
        EffectRun run(effectNamed("pan_sound"));
        run.connect("sound", soundOf(sine(440), sine(1000)));
        run.set("pan", pan);
        const auto out = run.sound({0, 48000});
        QVERIFY(out);
        const std::vector<double> left = samplesOf(*out, 0), right = samplesOf(*out, 1);
        for (const double hertz : {440.0, 1000.0})
            QVERIFY(std::fabs(std::hypot(levelOf(left, hertz), levelOf(right, hertz)) - 0.5) < 1e-3);
        QVERIFY(pan < 1 || rmsOf(left) < 1e-6);
        QVERIFY(pan > -1 || rmsOf(right) < 1e-6);
    }
}

QTEST_GUILESS_MAIN(SoundLevelsTest)
#include "sound_levels_test.moc"
