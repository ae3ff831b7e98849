// SPDX-License-Identifier: GPL-3.0-or-later
// Which moments effects that look at several frames or clips show, against formulas written here.
#include "tests/support/counted_frames.h"

#include <QTest>

using namespace artdag;

class FrameWindowsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
};

void FrameWindowsTest::frameDelayHoldsEmptiesOrWraps()
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

void FrameWindowsTest::choosePicksByIndexAndMixes()
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

void FrameWindowsTest::anEchoIsTheLighterOfTheFramesByItsStrength()
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

void FrameWindowsTest::anAverageOfEchoesIsWeighed()
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

void FrameWindowsTest::strobeHoldsFlashesAndBlinks()
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

void FrameWindowsTest::frameBlendIsTheWeighedMean()
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

void FrameWindowsTest::timeDisplaceLooksBackAsFarAsTheMapSays()
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

void FrameWindowsTest::slitScanRunsBackAlongItsAngle()
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

void FrameWindowsTest::slitScanAsksOnlyForItsBands()
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

void FrameWindowsTest::cutsFallOnTheFramesNearestToEvents()
{
    const EffectRun run = beatRun(3, {{flicksOfSeconds(0.11), 1.0}, {flicksOfSeconds(0.32), 1.0}, {flicksOfSeconds(0.325), 1.0}, {flicksOfSeconds(1.9), 1.0}});
    QCOMPARE(cutsOf(run), (std::vector<std::int64_t>{3, 10, 57}));
    for (const auto& [frame, clip] : {std::pair{0, 0}, {2, 0}, {3, 1}, {9, 1}, {10, 2}, {56, 2}, {57, 0}})
        QCOMPARE(static_cast<int>(std::lround(blueAt(run, frame) * 16)), clip);
    QCOMPARE(redAt(run, 40), 40.0); // clips run on
}

void FrameWindowsTest::everyAndSkipThinEventsOut()
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

void FrameWindowsTest::shuffleShowsEachClipOnceARoundAndNoneTwiceInARow()
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

void FrameWindowsTest::clipsRunOnBeginAnewOrGoOn()
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

QTEST_GUILESS_MAIN(FrameWindowsTest)
#include "frame_windows_test.moc"
