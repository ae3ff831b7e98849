// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/progress_meter.h"

#include <QtTest>

#include <cmath>

using namespace artdag;
using namespace std::chrono_literals;

class ProgressMeterTest : public QObject {
    Q_OBJECT

    ProgressMeter::Clock::time_point m_start = ProgressMeter::Clock::now();

private Q_SLOTS:
    void itSaysSoTenTimesASecondAtMost()
    {
        ProgressMeter meter;
        QVERIFY(meter.isDue(m_start));
        QVERIFY(!meter.isDue(m_start + 99ms));
        QVERIFY(meter.isDue(m_start + 100ms));
        QVERIFY(!meter.isDue(m_start + 150ms));
    }

    void theRateIsThatOfRenderedFramesAndTheRestFollowsFromIt()
    {
        ProgressMeter meter;
        // 40 of 100 frames were cached; the others come at ten a second.
        QCOMPARE(meter.progress(40, 100, 0, 60, m_start).secondsLeft, -1.0);
        const RunProgress later = meter.progress(60, 100, 20, 60, m_start + 2s);
        QCOMPARE(later.framesDone, 60);
        QCOMPARE(later.framesTotal, 100);
        QCOMPARE(later.framesPerSecond, 10.0);
        QCOMPARE(later.secondsLeft, 4.0);
    }

    void onlyTheLastSecondsCount()
    {
        ProgressMeter meter;
        for (int second = 0; second <= 10; ++second)
            meter.progress(second, 1000, second, 1000, m_start + std::chrono::seconds(second)); // one a second
        RunProgress last;
        for (int second = 11; second <= 20; ++second)
            last = meter.progress(10 + (second - 10) * 50, 1000, 10 + (second - 10) * 50, 1000, m_start + std::chrono::seconds(second));
        QCOMPARE(last.framesPerSecond, 50.0);
    }

    /// Of a constant job of a hundred seconds after its first quarter within a third; when it slows down to a half, the rest is
    /// right again within ten seconds.
    void theTimeLeftComesTrueAndFollowsAChangeOfSpeed()
    {
        ProgressMeter meter;
        std::int64_t done = 0;
        int told = 0;
        const auto isNear = [](double said, double comesTrue) { return std::abs(said - comesTrue) <= 0.3 * comesTrue; };
        for (int tenth = 1; tenth <= 1000; ++tenth) {
            done += 1;
            const auto now = m_start + tenth * 100ms;
            told += meter.isDue(now) ? 1 : 0;
            const RunProgress said = meter.progress(done, 1000, done, 1000, now);
            if (tenth >= 250 && tenth < 500)
                QVERIFY2(isNear(said.secondsLeft, (1000 - tenth) / 10.0), qPrintable(QString("%1: %2").arg(tenth).arg(said.secondsLeft)));
            if (tenth == 500)
                break;
        }
        QCOMPARE(told, 500);                           // ten a second: frames come as fast
        for (int second = 1; second <= 90; ++second) { // from here on five a second
            done += 5;
            const RunProgress said = meter.progress(done, 1000, done, 1000, m_start + 50s + std::chrono::seconds(second));
            if (second >= 10)
                QVERIFY2(isNear(said.secondsLeft, static_cast<double>(1000 - done) / 5), qPrintable(QString("%1 s: %2").arg(second).arg(said.secondsLeft)));
        }
    }
};

QTEST_GUILESS_MAIN(ProgressMeterTest)
#include "progress_meter_test.moc"
