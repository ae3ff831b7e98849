// SPDX-License-Identifier: GPL-3.0-or-later
// A collection against a publisher who is stopped between any two of its system calls, and the other way round (F8 of
// docs/store-faults.md): a root that was acknowledged never names what is gone.
#include "tests/store/file_calls.h"
#include "tests/store/place.h"
#include "tests/store/soak.h"

#include <QtTest>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace artdag;
using file_calls::Answer;
using file_calls::Call;

namespace {

/// Stops one thread at its n-th call until the other has ended or must be waiting for it.
class Turnstile : public file_calls::Listener {
public:
    explicit Turnstile(int n)
        : m_left(n)
    {
        file_calls::listen(this);
    }
    ~Turnstile() override { file_calls::listen(nullptr); }

    void beFirst() { m_first = std::this_thread::get_id(); }
    /// Waits until the first thread is stopped or done.
    void waitForTurn()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_isOpen; });
    }
    void firstIsDone() { set(m_isOpen); }
    void secondIsDone() { set(m_isOver); }
    [[nodiscard]] bool didStop() const { return m_didStop; }

    Answer before(const Call&) override
    {
        if (std::this_thread::get_id() == m_first) {
            if (--m_left == 0) {
                m_didStop = true;
                set(m_isOpen);
                std::unique_lock lock(m_mutex);
                // The other may need a lock that this one has: nobody sees SQLite wait, so it cannot wait for ever.
                m_changed.wait_for(lock, std::chrono::milliseconds(20), [this] { return m_isOver; });
            }
        }
        return {};
    }

private:
    void set(bool& flag)
    {
        const std::scoped_lock lock(m_mutex);
        flag = true;
        m_changed.notify_all();
    }
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::thread::id m_first;
    int m_left;
    bool m_isOpen = false, m_isOver = false, m_didStop = false;
};

/// Puts and publishes as a caller must: what a collection took between is put again.
bool publish(Store& store, int number)
{
    const std::string text = "render " + std::to_string(number);
    for (int attempt = 0; attempt < 3; ++attempt) {
        const auto id = store.put(bytesOf(text), ObjectClass::Render);
        const auto kept = id ? store.keep({Root::Kind::Work, "work " + std::to_string(number), {*id}, {}}) : Result<void>(tl::unexpected<Error>(id.error()));
        if (kept)
            return true;
        if (kept.error().fault != Fault::NotFound)
            return false;
    }
    return false;
}

} // namespace

class StoreRaceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useMemory(); }

    void noInterleavingOfPublishingAndCollectingLeavesADanglingName()
    {
        const int wanted = std::max(trials(1000), 100);
        Place place;
        const auto other = *openStore(place.root, smallLimits);
        int stopped = 0, call = 0;
        for (int number = 0; number < wanted; ++number) {
            const bool publisherStops = number % 2 == 0;
            QVERIFY(place.store->put(bytesOf("old " + std::to_string(number)), ObjectClass::Render));
            bool isPublished = false, isCollected = false;
            {
                Turnstile turnstile(1 + call);
                std::jthread first([&] {
                    turnstile.beFirst();
                    if (publisherStops)
                        isPublished = publish(*place.store, number);
                    else
                        isCollected = other->collect(0).has_value();
                    turnstile.firstIsDone();
                });
                turnstile.waitForTurn();
                if (publisherStops)
                    isCollected = other->collect(0).has_value();
                else
                    isPublished = publish(*place.store, number);
                turnstile.secondIsDone();
                first.join();
                stopped += turnstile.didStop() ? 1 : 0;
                if (!publisherStops) // then the next call, and from the start after the last
                    call = turnstile.didStop() ? call + 1 : 0;
            }
            QVERIFY2(isPublished && isCollected, std::to_string(number).c_str());
            QVERIFY2(place.store->get(idOf("render " + std::to_string(number))), std::to_string(number).c_str());
        }
        const std::vector<Root> roots = *place.store->roots();
        for (const Root& root : roots)
            QVERIFY(place.store->get(root.keeps.front()));
        QCOMPARE(roots.size(), std::size_t(wanted));
        QVERIFY(place.store->check()->empty());
        qInfo("%d interleavings, %d in the middle of a call", wanted, stopped);
        QVERIFY(stopped > wanted / 3);
    }
};

QTEST_APPLESS_MAIN(StoreRaceTest)
#include "store_race_test.moc"
