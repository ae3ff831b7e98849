// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/work_queue.h"

#include <QtTest>

#include <future>

using namespace artdag;

class WorkQueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void urgentWorkGoesFirst()
    {
        std::promise<void> gate;
        auto opened = gate.get_future().share();
        std::promise<void> began;
        std::mutex mutex;
        std::vector<int> order;
        auto note = [&](int number) {
            const std::lock_guard lock(mutex);
            order.push_back(number);
        };
        {
            WorkQueue queue(1);
            queue.post(Urgency::Idle, "gate", [&](const CancelToken&) { began.set_value(); opened.wait(); });
            began.get_future().wait();
            std::promise<void> last;
            queue.post(Urgency::Idle, "c", [&](const CancelToken&) { note(3); last.set_value(); });
            queue.post(Urgency::Viewer, "b", [&](const CancelToken&) { note(2); });
            queue.post(Urgency::Sound, "a", [&](const CancelToken&) { note(1); });
            gate.set_value();
            last.get_future().wait();
        }
        QCOMPARE(order, (std::vector<int>{1, 2, 3}));
    }

    void backgroundWorkBeginsOnlyWhenNothingElseIsToBeDone()
    {
        std::promise<void> gate, began, done;
        auto opened = gate.get_future().share();
        std::atomic<bool> early{false}, open{false};
        WorkQueue queue(2);
        queue.post(Urgency::Idle, "gate", [&](const CancelToken&) { began.set_value(); opened.wait(); });
        began.get_future().wait();
        queue.post(Urgency::Background, "background", [&](const CancelToken&) { early = !open; done.set_value(); });
        // The other thread takes up what comes later, not what waits.
        std::promise<void> later;
        queue.post(Urgency::Thumbnail, "later", [&](const CancelToken&) { later.set_value(); });
        later.get_future().wait();
        QVERIFY(!queue.idle());
        open = true;
        gate.set_value();
        done.get_future().wait();
        QVERIFY(!early);
    }

    void backgroundWorkThatGoesOnForEverEndsWithItsQueue()
    {
        std::atomic<int> pieces{0};
        {
            std::function<void(const CancelToken&)> piece;
            WorkQueue queue(2);
            piece = [&](const CancelToken&) {
                ++pieces;
                queue.post(Urgency::Background, "endless", piece, true);
            };
            queue.post(Urgency::Background, "endless", piece);
            QTRY_VERIFY(pieces > 3);
            QVERIFY(queue.idle());
        }
        QVERIFY(pieces > 3);
    }

    void newerWorkOfASlotTakesThePlaceOfWaitingWork()
    {
        std::promise<void> gate;
        auto opened = gate.get_future().share();
        std::promise<void> began;
        std::atomic<int> stale{0}, fresh{0};
        {
            WorkQueue queue(1);
            queue.post(Urgency::Idle, "gate", [&](const CancelToken&) { began.set_value(); opened.wait(); });
            began.get_future().wait();
            std::promise<void> done;
            queue.post(Urgency::Idle, "slot", [&](const CancelToken&) { ++stale; });
            queue.post(Urgency::Idle, "slot", [&](const CancelToken&) { ++fresh; done.set_value(); });
            gate.set_value();
            done.get_future().wait();
        }
        QCOMPARE(stale.load(), 0);
        QCOMPARE(fresh.load(), 1);
    }

    void newerWorkCancelsWhatRunsInItsSlot_data()
    {
        QTest::addColumn<bool>("keep");
        QTest::newRow("cancels") << false;
        QTest::newRow("keeps when asked to") << true;
    }
    void newerWorkCancelsWhatRunsInItsSlot()
    {
        QFETCH(bool, keep);
        std::promise<void> began, go, done;
        auto may = go.get_future().share();
        std::atomic<bool> cancelled{false};
        {
            WorkQueue queue(1);
            queue.post(Urgency::Idle, "slot", [&](const CancelToken& cancel) {
                began.set_value();
                may.wait();
                cancelled = cancel.cancelled();
            });
            began.get_future().wait();
            queue.post(
                Urgency::Idle, "slot", [&](const CancelToken&) { done.set_value(); }, keep);
            go.set_value();
            done.get_future().wait();
        }
        QCOMPARE(cancelled.load(), !keep);
    }

    void cancelTakesWorkByPrefixOnly()
    {
        std::promise<void> gate, began, done;
        auto opened = gate.get_future().share();
        std::atomic<int> thumbs{0}, others{0};
        {
            WorkQueue queue(1);
            queue.post(Urgency::Sound, "gate", [&](const CancelToken&) { began.set_value(); opened.wait(); });
            began.get_future().wait();
            queue.post(Urgency::Viewer, "thumb:a", [&](const CancelToken&) { ++thumbs; });
            queue.post(Urgency::Viewer, "thumb:b", [&](const CancelToken&) { ++thumbs; });
            queue.post(Urgency::Idle, "viewer", [&](const CancelToken&) { ++others; done.set_value(); });
            queue.cancel("thumb:");
            gate.set_value();
            done.get_future().wait();
        }
        QCOMPARE(thumbs.load(), 0);
        QCOMPARE(others.load(), 1);
    }
};

QTEST_APPLESS_MAIN(WorkQueueTest)
#include "work_queue_test.moc"
