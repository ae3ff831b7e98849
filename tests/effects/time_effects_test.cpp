// SPDX-License-Identifier: GPL-3.0-or-later
// Which moments effects of time show and play, against formulas written here, and sound against sines in closed form.
#include "tests/support/run_effect.h"

#include "core/effect/catalogue.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace artdag;

namespace {

const Effect& named(std::string_view name)
{
    return *builtinEffects().find(name)->effect;
}

Moment seconds(double value)
{
    return {static_cast<Flicks>(value * static_cast<double>(flicksPerSecond))};
}

/// Every pixel of frame n is n / 1024 in red and `look` in blue.
TestStream counter(std::int64_t frames, float look = 0, int width = 8, int height = 6)
{
    TestStream stream{{PortType::Picture, width, height, frames}};
    stream.picture = [=](std::int64_t frame, Rect part) {
        Picture picture(part);
        const float planes[4] = {static_cast<float>(frame) / 1024, 0, look, 1};
        for (int plane = 0; plane < 4; ++plane)
            for (int y = part.y0; y < part.y1; ++y)
                std::fill_n(picture.view().row(plane, y), part.width(), planes[plane]);
        return picture;
    };
    return stream;
}

/// A level ramp of grey as an artist sees it: black on the left, white on the right.
TestStream seenRamp(int width, int height)
{
    TestStream stream{{PortType::Picture, width, height, 1}};
    stream.picture = [=](std::int64_t, Rect part) {
        Picture picture(part);
        for (int y = part.y0; y < part.y1; ++y)
            for (int x = part.x0; x < part.x1; ++x) {
                const double seen = x / (width - 1.0);
                const auto light = static_cast<float>(seen <= 0.04045 ? seen / 12.92 : std::pow((seen + 0.055) / 1.055, 2.4));
                for (int plane = 0; plane < 4; ++plane)
                    picture.view().at(plane, x, y) = plane == alpha ? 1.0F : light;
            }
        return picture;
    };
    return stream;
}

TestStream sine(std::int64_t samples, double hertz)
{
    TestStream stream{{.type = PortType::Sound, .samples = samples}};
    stream.sound = [=](SampleRange range) {
        Sound sound(range);
        for (std::int64_t i = 0; i < range.count; ++i)
            if (range.first + i >= 0 && range.first + i < samples)
                sound.channel(0)[i] = sound.channel(1)[i] = static_cast<float>(0.5 * std::sin(2 * M_PI * hertz * static_cast<double>(range.first + i) / 48000));
        return sound;
    };
    return stream;
}

TestStream eventsAt(std::vector<Event> events)
{
    TestStream stream{{.type = PortType::Events}};
    stream.events = std::move(events);
    return stream;
}

double redAt(const EffectRun& run, std::int64_t frame, int x = 3, int y = 3)
{
    const auto picture = run.picture(frame);
    CHECK(picture);
    return picture->view().at(red, x, y) * 1024.0;
}

double blueAt(const EffectRun& run, std::int64_t frame)
{
    return run.picture(frame)->view().at(blue, 3, 3);
}

std::vector<int> shown(const EffectRun& run, int frames)
{
    std::vector<int> all;
    for (int frame = 0; frame < frames; ++frame)
        all.push_back(static_cast<int>(std::lround(redAt(run, frame))));
    return all;
}

/// The steepest step from sample to sample.
double steepest(const Sound& sound)
{
    double most = 0;
    for (std::int64_t i = 1; i < sound.range().count; ++i)
        most = std::max(most, std::fabs(static_cast<double>(sound.channel(0)[i]) - sound.channel(0)[i - 1]));
    return most;
}

EffectRun filmAndSound(std::string_view effect, std::int64_t frames, double hertz = 440)
{
    EffectRun run(named(effect));
    run.connect("picture", counter(frames));
    run.connect("sound", sine(frames * 1600, hertz));
    return run;
}

} // namespace

class TimeEffectsTest : public QObject {
    Q_OBJECT
private slots:
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
    void frameDelayHoldsEmptiesOrWraps();
    void choosePicksByIndexAndMixes();
    void anEchoIsTheLighterOfTheFramesByItsStrength();
    void anAverageOfEchoesIsWeighed();
    void strobeHoldsFlashesAndBlinks();
    void frameBlendIsTheWeighedMean();
    void timeDisplaceLooksBackAsFarAsTheMapSays();
    void slitScanRunsBackAlongItsAngle();
    void slitScanAsksOnlyForItsBands();
    void cutsFallOnTheFramesNearestToEvents();
    void everyAndSkipThinEventsOut();
    void shuffleShowsEachClipOnceARoundAndNoneTwiceInARow();
    void clipsRunOnBeginAnewOrGoOn();
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

void TimeEffectsTest::frameDelayHoldsEmptiesOrWraps()
{
    EffectRun run(named("frame_delay"));
    run.connect("picture", counter(6));
    run.set("frames", std::int64_t{2});
    QCOMPARE(shown(run, 6), (std::vector<int>{0, 0, 0, 1, 2, 3}));
    run.set("beyond", std::int64_t{2});
    QCOMPARE(shown(run, 6), (std::vector<int>{4, 5, 0, 1, 2, 3}));
    run.set("beyond", std::int64_t{1});
    QCOMPARE(run.picture(1)->view().at(alpha, 3, 3), 0.0F);
    run.set("frames", std::int64_t{-2});
    QCOMPARE(redAt(run, 1), 3.0);
    QCOMPARE(run.picture(4)->view().at(alpha, 3, 3), 0.0F);
}

void TimeEffectsTest::choosePicksByIndexAndMixes()
{
    EffectRun run(named("choose"));
    for (const float look : {0.0F, 0.25F, 1.0F})
        run.connect("items", counter(10, look));
    auto blue = [&](double index) {
        run.set("index", index);
        return blueAt(run, 2);
    };
    QCOMPARE(blue(1.4), 0.25);
    QCOMPARE(blue(1.6), 1.0);
    QCOMPARE(blue(99), 1.0);
    run.set("beyond", std::int64_t{1});
    QCOMPARE(blue(4), 0.25);
    run.set("blend", true);
    QVERIFY(std::fabs(blue(1.5) - 0.625) < 1e-6);
    QVERIFY(std::fabs(blue(2.25) - 0.75) < 1e-6); // on the way back to the first
}

void TimeEffectsTest::anEchoIsTheLighterOfTheFramesByItsStrength()
{
    // A light that falls: earlier frames are lighter.
    TestStream falling = counter(40);
    const auto rising = falling.picture;
    falling.picture = [rising](std::int64_t frame, Rect part) { return rising(40 - frame, part); };
    EffectRun run(named("echo"));
    run.connect("picture", falling);
    run.set("echoes", std::int64_t{2});
    run.set("intensity", 0.5);
    run.set("decay", 0.5);
    QCOMPARE(redAt(run, 2), 38.0); // nothing was before
    // The older first: 20 + (26 − 20)·¼ = 21.5, then (23 − 21.5)·½ more.
    QVERIFY(std::fabs(redAt(run, 20) - 22.25) < 1e-3);
}

void TimeEffectsTest::anAverageOfEchoesIsWeighed()
{
    EffectRun run(named("echo"));
    run.connect("picture", counter(60));
    run.set("mode", std::int64_t{6});
    run.set("echoes", std::int64_t{3});
    run.set("delay", seconds(0.2));
    run.set("intensity", 0.8);
    run.set("decay", 0.5);
    QVERIFY(std::fabs(redAt(run, 30) - (30 + 0.8 * 24 + 0.4 * 18 + 0.2 * 12) / 2.4) < 1e-3);
    QVERIFY(std::fabs(redAt(run, 7) - (7 + 0.8 * 1) / 1.8) < 1e-3);
}

void TimeEffectsTest::strobeHoldsFlashesAndBlinks()
{
    EffectRun run(named("strobe"));
    run.connect("picture", counter(60));
    run.set("period", seconds(0.1));
    run.set("length", seconds(1.0 / 30));
    QCOMPARE(shown(run, 8), (std::vector<int>{0, 0, 0, 3, 3, 3, 6, 6}));
    run.set("kind", std::int64_t{1});
    QCOMPARE(redAt(run, 3), 1024.0);
    QCOMPARE(redAt(run, 4), 4.0);
    run.set("amount", 0.25);
    QVERIFY(std::fabs(redAt(run, 3) - (256 + 0.75 * 3)) < 1e-3);
    run.set("kind", std::int64_t{2});
    QCOMPARE(run.picture(3)->view().at(alpha, 1, 1), 0.75F);
    run.set("chance", 0.0);
    QCOMPARE(redAt(run, 3), 3.0);
}

void TimeEffectsTest::frameBlendIsTheWeighedMean()
{
    EffectRun run(named("frame_blend"));
    run.connect("picture", counter(60));
    run.set("frames", std::int64_t{4});
    for (const auto& [align, mean] : {std::pair{0, 28.5}, {1, 30.5}, {2, 31.5}}) {
        run.set("align", std::int64_t{align});
        QVERIFY(std::fabs(redAt(run, 30) - mean) < 1e-3);
    }
    // Light that comes on at frame 30: each weight can be read off.
    TestStream light = counter(60);
    light.picture = [](std::int64_t frame, Rect part) { return counter(60).picture(frame == 30 ? 1024 : 0, part); };
    EffectRun shutter(named("frame_blend"));
    shutter.connect("picture", light);
    shutter.set("shape", std::int64_t{1});
    const double triangle[5] = {1, 2, 3, 2, 1};
    for (int i = 0; i < 5; ++i)
        QVERIFY(std::fabs(redAt(shutter, 28 + i) / 1024 - triangle[i] / 9) < 0.06);
    double sum = 0;
    for (int i = 0; i < 5; ++i)
        sum += redAt(shutter, 28 + i) / 1024;
    QVERIFY(std::fabs(sum - 1) < 1e-5);
}

void TimeEffectsTest::timeDisplaceLooksBackAsFarAsTheMapSays()
{
    EffectRun run(named("time_displace"));
    run.connect("picture", counter(100, 0, 41, 4));
    run.connect("map", seenRamp(41, 4));
    run.set("delay", seconds(20.0 / 30));
    for (const int levels : {21, 6}) {
        run.set("levels", std::int64_t{levels});
        run.set("between", std::int64_t{1});
        const auto blended = run.picture(50);
        for (int x = 0; x < 41; ++x) // levels are even, so that mixtures between them are too
            QVERIFY2(std::fabs(blended->view().at(red, x, 2) * 1024 - (50 - x * 0.5)) < 0.02, qPrintable(QString::number(x)));
        run.set("between", std::int64_t{0});
        std::set<int> bands;
        for (int x = 0; x < 41; ++x)
            bands.insert(static_cast<int>(std::lround(run.picture(50)->view().at(red, x, 1) * 1024)));
        QCOMPARE(static_cast<int>(bands.size()), levels);
    }
    run.set("invert", true);
    QCOMPARE(redAt(run, 50, 40, 1), 50.0);
}

void TimeEffectsTest::slitScanRunsBackAlongItsAngle()
{
    EffectRun run(named("slit_scan"));
    run.connect("picture", counter(100, 0, 8, 40));
    run.set("span", 20.0);
    auto expectRows = [&](auto&& delay) {
        const auto picture = run.picture(50);
        for (int y = 0; y < 40; ++y)
            QVERIFY2(std::fabs(picture->view().at(red, 5, y) * 1024 - (50 - delay(y + 0.5))) < 1e-3, qPrintable(QString::number(y)));
    };
    expectRows([](double y) { return y / 2; });
    run.set("centre", Vec2{0.5, 0.5});
    expectRows([](double y) { return std::fabs(y - 20) / 2; });
    run.set("sides", std::int64_t{1});
    expectRows([](double y) { return (y - 20) / 2; });
    run.set("between", std::int64_t{0});
    expectRows([](double y) { return std::floor((y - 20) / 2 + 0.5); });
    run.set("angle", 0.0);
    QCOMPARE(redAt(run, 50, 0, 7), redAt(run, 50, 0, 33));
    QVERIFY(redAt(run, 50, 0, 7) > redAt(run, 50, 7, 7));
}

void TimeEffectsTest::slitScanAsksOnlyForItsBands()
{
    EffectRun run(named("slit_scan"));
    run.connect("picture", counter(200, 0, 1920, 1080));
    run.set("span", 60.0);
    for (const Vec2 centre : {Vec2{0.5, 0}, Vec2{0.5, 0.5}}) {
        run.set("centre", centre);
        run.withCall([&](const Call& call) {
            FrameCall frame{call, 100};
            std::vector<FrameNeed> needs;
            call.effect.needs(frame, needs);
            std::int64_t rows = 0;
            for (std::size_t i = 0; i < needs.size(); ++i)
                rows += std::max(0, call.effect.region(frame, i, {0, 0, 1920, 1080}).height());
            QVERIFY2(rows < 3 * 1080, qPrintable(QString::number(rows))); // two frames are mixed everywhere
        });
    }
}

namespace {

EffectRun beatRun(int clips, std::vector<Event> events, std::int64_t length = 500)
{
    EffectRun run(named("cut_on_beats"));
    run.connect("events", eventsAt(std::move(events)));
    for (int clip = 0; clip < clips; ++clip)
        run.connect("items", counter(length, static_cast<float>(clip) / 16));
    return run;
}

std::vector<Event> everyThird(int count)
{
    std::vector<Event> events;
    for (int i = 1; i <= count; ++i)
        events.push_back({timeOfFrame(3 * i, {30, 1}), i % 2 == 0 ? 1.0 : 0.5});
    return events;
}

std::vector<int> clipsShown(const EffectRun& run, int frames, int step)
{
    std::vector<int> clips;
    for (int frame = 1; frame < frames; frame += step)
        clips.push_back(static_cast<int>(std::lround(blueAt(run, frame) * 16)));
    return clips;
}

std::vector<std::int64_t> cutsOf(const EffectRun& run)
{
    std::vector<std::int64_t> cuts;
    run.withCall([&](const Call& call) { call.effect.cuts(call, cuts); });
    return cuts;
}

} // namespace

void TimeEffectsTest::cutsFallOnTheFramesNearestToEvents()
{
    const EffectRun run = beatRun(3, {{flicksOfSeconds(0.11), 1.0}, {flicksOfSeconds(0.32), 1.0}, {flicksOfSeconds(0.325), 1.0}, {flicksOfSeconds(1.9), 1.0}});
    QCOMPARE(cutsOf(run), (std::vector<std::int64_t>{3, 10, 57}));
    for (const auto& [frame, clip] : {std::pair{0, 0}, {2, 0}, {3, 1}, {9, 1}, {10, 2}, {56, 2}, {57, 0}})
        QCOMPARE(static_cast<int>(std::lround(blueAt(run, frame) * 16)), clip);
    QCOMPARE(redAt(run, 40), 40.0); // clips run on
}

void TimeEffectsTest::everyAndSkipThinEventsOut()
{
    EffectRun run = beatRun(2, everyThird(12));
    run.set("every", std::int64_t{4});
    run.set("skip", std::int64_t{1});
    QCOMPARE(cutsOf(run), (std::vector<std::int64_t>{6, 18, 30}));
    run.set("every", std::int64_t{1});
    run.set("skip", std::int64_t{0});
    run.set("threshold", 0.7);
    QCOMPARE(cutsOf(run), (std::vector<std::int64_t>{6, 12, 18, 24, 30, 36}));
}

void TimeEffectsTest::shuffleShowsEachClipOnceARoundAndNoneTwiceInARow()
{
    EffectRun run = beatRun(5, everyThird(100));
    run.set("order", std::int64_t{1});
    std::set<std::vector<int>> rounds;
    for (const std::int64_t seed : {1, 2, 3}) {
        run.set("seed", seed);
        const std::vector<int> clips = clipsShown(run, 300, 3);
        for (std::size_t i = 0; i + 5 <= clips.size(); i += 5) {
            QCOMPARE(std::set<int>(clips.begin() + static_cast<long>(i), clips.begin() + static_cast<long>(i) + 5).size(), std::size_t{5});
            rounds.insert({clips.begin() + static_cast<long>(i), clips.begin() + static_cast<long>(i) + 5});
        }
        for (std::size_t i = 1; i < clips.size(); ++i)
            QVERIFY(clips[i] != clips[i - 1]);
    }
    QVERIFY(rounds.size() > 20);
}

void TimeEffectsTest::clipsRunOnBeginAnewOrGoOn()
{
    EffectRun run = beatRun(2, everyThird(100), 50);
    QCOMPARE(redAt(run, 61), 11.0); // a short clip begins again
    run.set("play", std::int64_t{1});
    QCOMPARE(shown(run, 7), (std::vector<int>{0, 1, 2, 0, 1, 2, 0}));
    run.set("play", std::int64_t{2});
    QCOMPARE(shown(run, 10), (std::vector<int>{0, 1, 2, 0, 1, 2, 3, 4, 5, 3}));
    run.set("play", std::int64_t{3});
    std::set<int> starts;
    for (int shot = 0; shot < 20; ++shot) {
        starts.insert(static_cast<int>(redAt(run, shot * 3)));
        QCOMPARE(static_cast<int>(redAt(run, shot * 3 + 1)), (static_cast<int>(redAt(run, shot * 3)) + 1) % 50);
    }
    QVERIFY(starts.size() > 10);
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
