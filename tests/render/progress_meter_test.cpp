// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/progress_meter.h"

#include <QtTest>

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
};

QTEST_GUILESS_MAIN(ProgressMeterTest)
#include "progress_meter_test.moc"
