// SPDX-License-Identifier: GPL-3.0-or-later
// Frames, samples and flicks: exact at every rate, also where a frame is no whole number of flicks.
#include "core/base/random.h"
#include "core/base/time.h"

#include <QtTest>

#include <cmath>

using namespace artdag;

namespace {
const Rate rates[] = {{24, 1}, {25, 1}, {30, 1}, {30000, 1001}, {24000, 1001}, {60000, 1001}, {50, 1}, {60, 1}, {120, 1}, {12, 1}, {15, 2}, {1, 1}, {1, 10}, {1000, 7},
    {48000, 1}, {44100, 1}};
}

class TimeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void frameAtInvertsTimeOfFrame()
    {
        for (const Rate& rate : rates)
            for (std::int64_t frame = -2000; frame < 2000; ++frame) {
                const Flicks start = timeOfFrame(frame, rate);
                QCOMPARE(frameAt(start, rate), frame);
                QCOMPARE(frameAt(start - 1, rate), frame - 1);
            }
    }

    void aFrameLastsUntilTheNextBegins()
    {
        for (const Rate& rate : rates)
            for (int i = 0; i < 2000; ++i) {
                const auto time = static_cast<Flicks>(randomBits(1, static_cast<std::uint64_t>(i)) >> 16) - (Flicks{1} << 47);
                const std::int64_t frame = frameAt(time, rate);
                QVERIFY(timeOfFrame(frame, rate) <= time);
                QVERIFY(timeOfFrame(frame + 1, rate) > time);
            }
    }

    void commonPeriodsAreWholeFlicks()
    {
        QCOMPARE(timeOfFrame(1, {24, 1}), Flicks{29'400'000});
        QCOMPARE(timeOfFrame(1, {30000, 1001}) * 30000, flicksPerSecond * 1001);
        QCOMPARE(timeOfFrame(1, {44100, 1}) * 44100, flicksPerSecond);
        QCOMPARE(timeOfFrame(1, {48000, 1}) * 48000, flicksPerSecond);
    }

    void secondsRoundToFramesTiesUp()
    {
        QCOMPARE(framesOfSeconds(10.0, {30, 1}), 300);
        QCOMPARE(framesOfSeconds(0.05, {30, 1}), 2);
        QCOMPARE(framesOfSeconds(0.25, {2, 1}), 1);
        QCOMPARE(framesOfSeconds(-0.25, {2, 1}), 0);
        QCOMPARE(framesOfSeconds(1.0, {30000, 1001}), 30);
        QCOMPARE(framesOfSeconds(1001.0, {30000, 1001}), 30000);
        QCOMPARE(flicksOfSeconds(1.5), flicksPerSecond * 3 / 2);
        QCOMPARE(flicksOfSeconds(0.5 / 705'600'000.0), Flicks{1});
        QCOMPARE(secondsOfFlicks(flicksPerSecond / 4), 0.25);
    }

    void samplesOfConsecutiveFramesMeetWithoutGapOrOverlap()
    {
        for (const Rate& rate : rates)
            for (int sampleRate : {44100, 48000, 96000})
                for (std::int64_t frame = -50; frame < 50; ++frame) {
                    const std::int64_t sample = sampleOfFrame(frame, rate, sampleRate);
                    // sample / sampleRate ≥ frame / rate, and the one before is not
                    QVERIFY(sample * rate.numerator >= frame * rate.denominator * sampleRate);
                    QVERIFY((sample - 1) * rate.numerator < frame * rate.denominator * sampleRate);
                }
        QCOMPARE(sampleOfFrame(1, {30, 1}, 48000), 1600);
        QCOMPARE(sampleOfFrame(1, {30000, 1001}, 48000), 1602);
    }
};

QTEST_APPLESS_MAIN(TimeTest)
#include "time_test.moc"
