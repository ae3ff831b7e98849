// SPDX-License-Identifier: GPL-3.0-or-later
// What is found in sounds, against sounds made to measure.
#include "tests/support/effect_settings.h"
#include "tests/support/run_effect.h"

#include "core/base/random.h"
#include "core/effect/catalogue.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace artdag;

namespace {

constexpr int rate = 48000;
constexpr double tau = 2 * std::numbers::pi;
using Wave = std::function<double(double seconds)>;

EffectRun listening(const char* name, double seconds, const Wave& left, const Wave& right)
{
    const auto entry = std::ranges::find(builtinEffects().entries, name, &CatalogueEntry::name);
    EffectRun run(*entry->effect);
    TestStream stream{{.type = PortType::Sound, .samples = static_cast<std::int64_t>(seconds * rate)}};
    stream.sound = [=](SampleRange range) {
        Sound sound(range);
        for (std::int64_t i = 0; i < range.count; ++i) {
            sound.channel(0)[i] = static_cast<float>(left(static_cast<double>(range.first + i) / rate));
            sound.channel(1)[i] = static_cast<float>(right(static_cast<double>(range.first + i) / rate));
        }
        return sound;
    };
    run.connect("sound", stream);
    return run;
}
EffectRun listening(const char* name, double seconds, const Wave& wave)
{
    return listening(name, seconds, wave, wave);
}

std::vector<Analysed> found(const EffectRun& run)
{
    auto analysed = run.analysed();
    if (!analysed)
        qFatal("%s", analysed.error().message.c_str());
    return *analysed;
}

double valueAt(const Analysed& signal, double seconds)
{
    return signal.values[std::min(static_cast<std::size_t>(seconds * signal.rate + 0.5), signal.values.size() - 1)];
}

bool near(double a, double b, double tolerance)
{
    return std::fabs(a - b) <= tolerance;
}

double noise(std::uint64_t seed, double seconds)
{
    return 2 * randomUnit(seed, static_cast<std::uint64_t>(seconds * rate + 0.5)) - 1;
}

} // namespace

class SoundAnalysisTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAnalysisThatCannotReadIsAnErrorAndNotNothing_data() { addEveryEffect(); }
    void anAnalysisThatCannotReadIsAnErrorAndNotNothing()
    {
        QFETCH(const Effect*, effect);
        if (effect->analyse == nullptr)
            return;
        connectedRun(*effect).withCall([&](const Call& call) {
            AnalysisCall broken{call, {}, {}};
            broken.soundOf = [&](int input, SampleRange range) -> Result<Sound> { return range.end() < call.inputs[static_cast<std::size_t>(input)].stream.samples ? // but the last piece
                                                                                      Result<Sound>(Sound(range))
                                                                                                                                                                   : fail(Fault::Unavailable, "gone"); };
            broken.pictureOf = [&](int, std::int64_t) -> Result<PicturePointer> { return fail(Fault::Unavailable, "gone"); };
            const auto analysed = effect->analyse(broken);
            QVERIFY(!analysed);
            QCOMPARE(analysed.error().fault, Fault::Unavailable);
        });
    }

    void onsetsAreWhereNotesBegin()
    {
        std::vector<double> notes;
        for (double at = 0.3; at < 9.5; at += 0.12 + 0.5 * randomUnit(3, notes.size()))
            notes.push_back(at);
        const auto melody = [&](double t) {
            double sum = 0.003 * noise(5, t);
            for (std::size_t i = 0; i < notes.size(); ++i)
                if (const double age = t - notes[i]; age >= 0 && age < 0.6)
                    sum += (0.1 + 0.4 * randomUnit(4, i)) * std::exp(-9 * age) * (std::sin(tau * 110 * (1 + i % 7) * age) + 0.4 * std::sin(tau * 220 * (1 + i % 7) * age));
            return sum;
        };
        const auto events = found(listening("onsets", 10, melody))[0].events;
        std::size_t hits = 0;
        for (const double note : notes)
            hits += std::ranges::any_of(events, [&](const Event& event) { return near(secondsOfFlicks(event.time), note, 0.025); }) ? 1 : 0;
        const double score = 2.0 * static_cast<double>(hits) / static_cast<double>(notes.size() + events.size());
        QVERIFY2(score > 0.93, qPrintable(QString("F %1, %2 of %3 with %4 events").arg(score).arg(hits).arg(notes.size()).arg(events.size())));
    }

    void noiseThatGoesOnHasNoOnsets()
    {
        const auto events = found(listening("onsets", 8, [](double t) { return 0.4 * noise(1, t); }))[0].events;
        QVERIFY2(std::ranges::count_if(events, [](const Event& event) { return secondsOfFlicks(event.time) > 0.1; }) <= 1, qPrintable(QString::number(events.size())));
        QVERIFY(found(listening("onsets", 2, [](double) { return 0.0; }))[0].events.empty());
    }

    void onsetsOfABandAreThoseOfOneInstrument()
    {
        const auto both = [](double t) {
            const double kick = std::fmod(t, 1.0), hat = std::fmod(t + 0.5, 1.0);
            return 0.5 * std::exp(-12 * kick) * std::sin(tau * 60 * kick) + 0.3 * std::exp(-60 * hat) * std::sin(tau * 7000 * hat);
        };
        EffectRun run = listening("onsets", 6, both);
        run.set("high", 150.0);
        const auto kicks = found(run)[0].events;
        QVERIFY(kicks.size() >= 5 && kicks.size() <= 6);
        for (const Event& kick : kicks)
            QVERIFY(near(std::remainder(secondsOfFlicks(kick.time), 1.0), 0, 0.03));
        run.set("high", 16000.0);
        run.set("low", 3000.0);
        const auto hats = found(run)[0].events;
        QVERIFY(hats.size() >= 5);
        for (const Event& hat : hats)
            QVERIFY(near(std::remainder(secondsOfFlicks(hat.time) - 0.5, 1.0), 0, 0.03) || secondsOfFlicks(hat.time) < 0.1);
    }

    void bandsAreTheLevelsOfTheirFrequencies()
    {
        EffectRun run = listening("bands", 2, [](double t) { return t < 1 ? 0.8 * std::sin(tau * 100 * t) : 0.5 * std::sin(tau * 1000 * t) + 0.1 * std::sin(tau * 9000 * t); });
        run.set("normalize", false);
        const auto bands = found(run);
        QVERIFY(near(valueAt(bands[0], 0.5), 0.8 / std::sqrt(2), 0.01));
        QVERIFY(valueAt(bands[1], 0.5) < 0.01 && valueAt(bands[2], 0.5) < 0.001);
        QVERIFY(valueAt(bands[0], 1.5) < 0.001);
        QVERIFY(near(valueAt(bands[1], 1.5), 0.5 / std::sqrt(2), 0.005) && near(valueAt(bands[3], 1.5), 0.5 / std::sqrt(2), 0.005));
        QVERIFY(near(valueAt(bands[2], 1.5), 0.1 / std::sqrt(2), 0.002));
        run.set("scale", std::int64_t{1});
        QVERIFY(near(valueAt(found(run)[2], 1.5), 1 + 20 * std::log10(0.1 / std::sqrt(2)) / 60, 0.005));
        run.set("normalize", true);
        QVERIFY(near(valueAt(found(run)[1], 1.5), 1, 0.01));
    }

    void aChannelThatIsTheOppositeOfTheOtherIsHeardInBands()
    {
        EffectRun run = listening(
            "bands", 1, [](double t) { return 0.5 * std::sin(tau * 100 * t); }, [](double t) { return -0.5 * std::sin(tau * 100 * t); });
        run.set("normalize", false);
        QVERIFY(near(valueAt(found(run)[0], 0.5), 0.5 / std::sqrt(2), 0.01));
    }

    void pitchFollowsAGlide()
    {
        // f(t) = 110·2^(t/2): its phase is the integral.
        const auto glide = [](double t) {
            const double phase = tau * 110 * (std::exp2(t / 2) - 1) * 2 / std::numbers::ln2;
            return 0.3 * (std::sin(phase) + 0.7 * std::sin(2 * phase) + 0.5 * std::sin(3 * phase)) + 0.01 * noise(2, t);
        };
        const auto pitch = found(listening("measure_pitch", 4, glide));
        double worst = 0;
        for (double t = 0.1; t < 3.9; t += 0.05)
            worst = std::max(worst, std::fabs(1200 * std::log2(valueAt(pitch[0], t) / (110 * std::exp2(t / 2)))));
        QVERIFY2(worst < 8, qPrintable(QString("%1 cents").arg(worst)));
        QVERIFY(valueAt(pitch[1], 2) > 0.9);
    }

    void aWeakFundamentalIsStillThePitch()
    {
        const auto nasal = [](double t) { return 0.02 * std::sin(tau * 200 * t) + 0.3 * std::sin(tau * 400 * t) + 0.3 * std::sin(tau * 600 * t) + 0.2 * std::sin(tau * 800 * t); };
        QVERIFY(near(valueAt(found(listening("measure_pitch", 1, nasal))[0], 0.5), 200, 0.5));
    }

    void noiseHasNoPitchAndTheLastOneIsHeld()
    {
        EffectRun run = listening("measure_pitch", 2, [](double t) { return t < 1 ? 0.3 * std::sin(tau * 440 * t) : 0.3 * noise(9, t); });
        run.set("scale", std::int64_t{1});
        QVERIFY(near(valueAt(found(run)[0], 0.5), 69, 0.02));
        QVERIFY(near(valueAt(found(run)[0], 1.6), 69, 0.3));
        QVERIFY(valueAt(found(run)[1], 1.6) == 0);
        run.set("hold", false);
        QCOMPARE(valueAt(found(run)[0], 1.6), 0.0);
    }

    /// EBU Tech 3341, test signals 1 and 2, and a step; the same numbers as `ffmpeg -af ebur128` prints.
    void loudnessIsThatOfTheStandard()
    {
        const auto tone = [](double level) { return [=](double t) { return std::pow(10, level / 20) * std::sin(tau * 1000 * t); }; };
        const auto loud = found(listening("measure_loudness", 20, tone(-23)));
        QVERIFY(near(valueAt(loud[0], 10), -23, 0.1) && near(valueAt(loud[1], 10), -23, 0.1) && near(loud[2].values[0], -23, 0.1));
        const auto faint = found(listening("measure_loudness", 20, tone(-33)));
        QVERIFY(near(valueAt(faint[0], 10), -33, 0.1) && near(faint[2].values[0], -33, 0.1));
        EffectRun step = listening("measure_loudness", 10, [&](double t) { return t < 5 ? 0.0 : tone(-20)(t); });
        step.set("align", std::int64_t{1});
        const auto risen = found(step);
        QCOMPARE(valueAt(risen[0], 4.9), -60.0);
        QVERIFY(near(valueAt(risen[0], 5.2), -20 - 10 * std::log10(2.0), 0.2) && near(valueAt(risen[0], 5.4), -20, 0.1));
        QVERIFY(near(valueAt(risen[1], 6.5), -20 - 10 * std::log10(2.0), 0.1) && near(valueAt(risen[1], 8), -20, 0.1));
        QVERIFY(near(risen[2].values[0], -20, 0.2)); // silence is gated
    }

    void bassCountsLessForLoudness()
    {
        const auto loudness = [](double hertz) { return found(listening("measure_loudness", 4, [=](double t) { return 0.1 * std::sin(tau * hertz * t); }))[2].values[0]; };
        // Weights of BS.1770-4 at 48 kHz, calculated from its coefficients.
        QVERIFY(near(loudness(40) - loudness(1000), -6.2, 0.6));
        QVERIFY(near(loudness(8000) - loudness(1000), 3.3, 0.3));
    }

    void silenceIsFoundToTheSample()
    {
        EffectRun run = listening("measure_silence", 6, [](double t) { return (t >= 1 && t < 2.5) || (t >= 3 && t < 3.2) || t >= 5 ? 0.0 : t < 1 ? 0.5
                                                                                                                                                 : -0.3; });
        const auto silence = found(run);
        QCOMPARE(silence[1].events.size(), std::size_t{2});
        QCOMPARE(silence[1].events[0].time, flicksPerSecond);
        QCOMPARE(silence[1].events[1].time, 5 * flicksPerSecond);
        QCOMPARE(silence[2].events.size(), std::size_t{1}); // nothing sounds after the end
        QCOMPARE(silence[2].events[0].time, flicksPerSecond * 5 / 2);
        QVERIFY(valueAt(silence[0], 0.5) == 0 && valueAt(silence[0], 1.5) == 1 && valueAt(silence[0], 3.1) == 0 && valueAt(silence[0], 5.5) == 1);
        run.set("least", Moment{flicksPerSecond / 10});
        QCOMPARE(found(run)[1].events.size(), std::size_t{3});
        run.set("threshold", -5.0); // nothing is louder
        QCOMPARE(found(run)[1].events.size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(SoundAnalysisTest)
#include "sound_analysis_test.moc"
