// SPDX-License-Identifier: GPL-3.0-or-later
// Which moments effects that turn time round show and play, and sound against sines in closed form.
#include "tests/support/counted_frames.h"

#include <QTest>

using namespace artdag;

class TimeEffectsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reverseBeginsWithTheLastFrameAndSample();
    void whatNeverEndsCannotBeReversed();
    void soundKeepsToThePictureThatIsReversed();
    void aLoopMeltsItsTailIntoItsHead();
    void everyRoundOfALoopIsAlike();
    void aLoopOfSoundHasNoClick_data();
    void aLoopOfSoundHasNoClick();
    void aBoomerangTurnsAtBothEnds();
    void freezeHoldsOneFrameInThreeWays();
    void speedShowsEverySecondFrameOrMixesTwo();
    void fastSpeedBlendsAllThatPasses();
    void speedMovesThePitchAndNothingElse();
    void speedFoldsNoToneBack();
    void remapShowsTheSecondThatIsNamed();
    void stutterRepeatsSlicesAndKeepsItsLength();
};

void TimeEffectsTest::reverseBeginsWithTheLastFrameAndSample()
{
    const EffectRun run = filmAndSound("reverse", 20, 330);
    QCOMPARE(run.facts()->front().frames, 20);
    QCOMPARE(shown(run, 4), (std::vector<int>{19, 18, 17, 16}));
    const auto sound = run.sound({0, 32000}, 1);
    const Sound whole = sine(32000, 330).sound({0, 32000});
    for (const std::int64_t i : {0, 1, 777, 31999})
        QCOMPARE(sound->channel(0)[i], whole.channel(0)[31999 - i]);
}

void TimeEffectsTest::whatNeverEndsCannotBeReversed()
{
    for (const char* effect : {"reverse", "loop", "boomerang"}) {
        EffectRun run(named(effect));
        run.connect("picture", counter(StreamFacts::endless));
        const auto facts = run.facts();
        QVERIFY(!facts && facts.error().fault == Fault::BadInput);
        QVERIFY2(facts.error().message.find("picture never ends") != std::string::npos && facts.error().message.find("segment") != std::string::npos, effect);
        run.connect("sound", sine(4800, 440)); // which says how long
        QCOMPARE(run.facts()->back().samples == StreamFacts::endless, std::string(effect) != "reverse");
        const auto nothing = EffectRun(named(effect)).facts();
        QVERIFY(!nothing && nothing.error().message.find("connect") != std::string::npos);
    }
}

void TimeEffectsTest::soundKeepsToThePictureThatIsReversed()
{
    EffectRun run(named("reverse"));
    run.connect("picture", counter(10)); // a third of a second, of a sound that is longer
    run.connect("sound", sine(48000, 250));
    const Sound whole = sine(48000, 250).sound({0, 48000});
    const auto sound = run.sound({0, 20000}, 1);
    QCOMPARE(sound->channel(0)[0], whole.channel(0)[15999]);
    QCOMPARE(sound->channel(0)[15999], whole.channel(0)[0]);
    QCOMPARE(sound->channel(0)[16000], 0.0F);
}

void TimeEffectsTest::aLoopMeltsItsTailIntoItsHead()
{
    EffectRun run(named("loop"));
    run.connect("picture", counter(30));
    run.set("crossfade", seconds(0.1)); // 3 frames
    run.set("ease", std::int64_t{0});
    run.set("times", std::int64_t{2});
    QCOMPARE(run.facts()->front().frames, 54);
    for (int i = 0; i < 3; ++i) { // frame i by (i + 1)/4, what the tail went on with by the rest
        const double head = (i + 1) / 4.0;
        QVERIFY(std::fabs(redAt(run, 27 + i) - (i * head + (27 + i) * (1 - head))) < 1e-3);
        QCOMPARE(redAt(run, i), redAt(run, 27 + i));
    }
    QCOMPARE(redAt(run, 26), 26.0);
    QCOMPARE(redAt(run, 30), 3.0);
    run.set("crossfade", seconds(0));
    QCOMPARE(run.facts()->front().frames, 60);
    QCOMPARE(redAt(run, 30), 0.0);
}

void TimeEffectsTest::everyRoundOfALoopIsAlike()
{
    const EffectRun run = filmAndSound("loop", 30, 431); // 15 frames of crossfade
    for (int frame = 0; frame < 15; ++frame)
        QCOMPARE(redAt(run, frame), redAt(run, frame + 45));
    const auto sound = run.sound({0, 72000}, 1);
    for (const std::int64_t i : {0, 1000, 23999})
        QCOMPARE(sound->channel(0)[i], sound->channel(0)[i + 48000]);
}

void TimeEffectsTest::aLoopOfSoundHasNoClick_data()
{
    QTest::addColumn<QString>("effect");
    QTest::addColumn<double>("crossfade");
    QTest::newRow("crossfaded") << "loop" << 0.25;
    QTest::newRow("cut") << "loop" << 0.0;
    QTest::newRow("boomerang") << "boomerang" << -1.0;
    QTest::newRow("stutter") << "stutter" << -1.0;
}

void TimeEffectsTest::aLoopOfSoundHasNoClick()
{
    QFETCH(QString, effect);
    QFETCH(double, crossfade);
    EffectRun run = filmAndSound(effect.toStdString(), 31, 437.3); // ends in the middle of a wave
    if (crossfade >= 0)
        run.set("crossfade", seconds(crossfade));
    const auto sound = run.sound({0, 48000}, 1); // before the stutter's film ends
    QVERIFY(sound);
    const double ofSine = 0.5 * 2 * M_PI * 437.3 / 48000;
    QVERIFY2(steepest(*sound) < 1.6 * ofSine, qPrintable(QString::number(steepest(*sound) / ofSine)));
}

void TimeEffectsTest::aBoomerangTurnsAtBothEnds()
{
    EffectRun run(named("boomerang"));
    run.connect("picture", counter(4));
    QCOMPARE(shown(run, 9), (std::vector<int>{0, 1, 2, 3, 2, 1, 0, 1, 2}));
    QCOMPARE(run.facts()->front().frames, StreamFacts::endless);
    run.set("ends", std::int64_t{1});
    run.set("times", std::int64_t{1});
    QCOMPARE(shown(run, 8), (std::vector<int>{0, 1, 2, 3, 3, 2, 1, 0}));
    QCOMPARE(run.facts()->front().frames, 8);
    EffectRun alone(named("boomerang"));
    alone.connect("picture", counter(1));
    QCOMPARE(shown(alone, 3), (std::vector<int>{0, 0, 0}));
}

void TimeEffectsTest::freezeHoldsOneFrameInThreeWays()
{
    EffectRun run = filmAndSound("freeze", 8, 440);
    run.set("at", seconds(0.1));
    QCOMPARE(shown(run, 3), (std::vector<int>{3, 3, 3}));
    QCOMPARE(run.facts()->back().samples, 0);
    run.set("duration", seconds(2.0 / 30));
    run.set("kind", std::int64_t{1});
    QCOMPARE(shown(run, 10), (std::vector<int>{0, 1, 2, 3, 3, 3, 4, 5, 6, 7}));
    QCOMPARE(run.facts()->front().frames, 10);
    const Sound whole = sine(8 * 1600, 440).sound({0, 8 * 1600});
    const auto paused = run.sound({0, 16000}, 1);
    QCOMPARE(paused->channel(0)[6000], 0.0F); // silent while it stands
    QCOMPARE(paused->channel(0)[9000], whole.channel(0)[5800]);
    run.set("kind", std::int64_t{2});
    QCOMPARE(shown(run, 8), (std::vector<int>{0, 1, 2, 3, 3, 5, 6, 7}));
    QCOMPARE(run.sound({0, 12800}, 1)->channel(0)[6000], whole.channel(0)[6000]);
}

void TimeEffectsTest::speedShowsEverySecondFrameOrMixesTwo()
{
    EffectRun run(named("speed"));
    run.connect("picture", counter(30));
    run.set("factor", 2.0);
    QCOMPARE(run.facts()->front().frames, 15);
    QCOMPARE(shown(run, 4), (std::vector<int>{0, 2, 4, 6}));
    run.set("factor", 1.0 / 3);
    QCOMPARE(run.facts()->front().frames, 90);
    QCOMPARE(shown(run, 7), (std::vector<int>{0, 0, 0, 1, 1, 1, 2}));
    run.set("frames", std::int64_t{1});
    for (int frame = 0; frame < 80; ++frame)
        QVERIFY(std::fabs(redAt(run, frame) - frame / 3.0) < 1e-3);
}

void TimeEffectsTest::fastSpeedBlendsAllThatPasses()
{
    EffectRun run(named("speed"));
    run.connect("picture", counter(600));
    run.set("frames", std::int64_t{1});
    for (const double factor : {2.0, 3.5, 14.9, 40.0}) {
        run.set("factor", factor);
        for (const int frame : {0, 1, 7}) { // frames n … n + 1 hold n: the integral of floor over the time that passes
            double mean = 0;
            for (int i = 0; i < 10000; ++i)
                mean += std::floor(frame * factor + (i + 0.5) / 10000 * factor) / 10000;
            QVERIFY2(std::fabs(redAt(run, frame) - mean) < (factor > 15 ? 1.0 : 0.01), qPrintable(QString("%1 at %2").arg(factor).arg(frame)));
        }
    }
}

void TimeEffectsTest::speedMovesThePitchAndNothingElse()
{
    EffectRun run(named("speed"));
    run.connect("sound", sine(96000, 440));
    for (const double factor : {0.37, 1.0, 1.5, 4.0}) {
        run.set("factor", factor);
        QCOMPARE(run.facts()->back().samples, std::llround(96000 / factor));
        const auto sound = run.sound({2000, 8000}, 1);
        double worst = 0;
        for (int i = 0; i < 8000; ++i)
            worst = std::max(worst, std::fabs(sound->channel(0)[i] - 0.5 * std::sin(2 * M_PI * 440 * factor * (2000 + i) / 48000)));
        QVERIFY2(worst < 1e-4, qPrintable(QString("%1: %2").arg(factor).arg(worst)));
    }
    run.set("sound", std::int64_t{1});
    QCOMPARE(run.facts()->back().samples, 96000);
}

void TimeEffectsTest::speedFoldsNoToneBack()
{
    EffectRun run(named("speed"));
    run.connect("sound", sine(96000, 15000)); // at twice the speed beyond what 48 kHz can hold
    run.set("factor", 2.0);
    const auto sound = run.sound({4000, 8000}, 1);
    double most = 0;
    for (int i = 0; i < 8000; ++i)
        most = std::max(most, static_cast<double>(std::fabs(sound->channel(0)[i])));
    QVERIFY2(most < 5e-4, qPrintable(QString::number(most)));
}

void TimeEffectsTest::remapShowsTheSecondThatIsNamed()
{
    EffectRun run = filmAndSound("speed", 60, 440);
    run.set("mode", std::int64_t{1});
    run.set("time", 1.25);
    QCOMPARE(run.facts()->front().frames, 60);
    QCOMPARE(redAt(run, 5), 37.0);
    run.set("frames", std::int64_t{1});
    QVERIFY(std::fabs(redAt(run, 5) - 37.5) < 1e-3);
    QCOMPARE(run.sound({100, 10}, 1)->channel(0)[3], 0.0F); // what stands is silent
}

void TimeEffectsTest::stutterRepeatsSlicesAndKeepsItsLength()
{
    EffectRun run(named("stutter"));
    run.connect("picture", counter(60));
    run.set("length", seconds(2.0 / 30));
    run.set("repeats", std::int64_t{3});
    run.set("chance", 1.0);
    QCOMPARE(run.facts()->front().frames, 60);
    QCOMPARE(shown(run, 9), (std::vector<int>{0, 1, 0, 1, 0, 1, 6, 7, 6}));
    run.set("back_and_forth", true);
    QCOMPARE(shown(run, 9), (std::vector<int>{0, 1, 1, 0, 0, 1, 6, 7, 7}));
    run.set("offset", seconds(0.1));
    QCOMPARE(shown(run, 6), (std::vector<int>{0, 1, 2, 3, 4, 4}));
    run.set("chance", 0.5);
    int stuttered = 0;
    for (int group = 0; group < 9; ++group)
        stuttered += redAt(run, 3 + group * 6 + 2) != 3 + group * 6 + 2 ? 1 : 0;
    QVERIFY(stuttered > 1 && stuttered < 8);
}

QTEST_GUILESS_MAIN(TimeEffectsTest)
#include "time_effects_test.moc"
