// SPDX-License-Identifier: GPL-3.0-or-later
// A process killed at each call that it makes to put, evict and publish (F3 of docs/store-faults.md). The program starts
// itself again as the victim, which kills itself.
#include "tests/store/file_calls.h"
#include "tests/store/place.h"
#include "tests/store/processes.h"
#include "tests/store/soak.h"

#include <QtTest>

#include <signal.h>

#include <atomic>

using namespace artdag;
using file_calls::Answer;
using file_calls::Call;

namespace {

/// Kills this process at the n-th call below a directory: before it is made, or when it was.
class Killer : public file_calls::Listener {
public:
    Killer(std::string root, int n, bool after)
        : m_root(std::move(root)),
          m_left(n),
          m_after(after) {}
    Answer before(const Call& call) override
    {
        if (call.path.starts_with(m_root) && --m_left == 0 && !m_after)
            ::kill(::getpid(), SIGKILL);
        return {};
    }
    void after(const Call&, bool) override
    {
        if (m_left <= 0)
            ::kill(::getpid(), SIGKILL);
    }

private:
    std::string m_root;
    std::atomic<int> m_left;
    bool m_after;
};

void tell(const std::string& line)
{
    const std::string text = line + "\n";
    CHECK(::write(1, text.data(), text.size()) == ssize_t(text.size()));
}

/// Puts, publishes and evicts, and tells what was acknowledged: `put TEXT`, `work NAME TEXT`.
int beVictim(const std::string& root, int number, int n)
{
    Killer killer(root, n, number % 2 == 0);
    file_calls::listen(&killer);
    const auto store = openStore(root, smallLimits);
    if (!store)
        return complain(store.error(), 3);
    for (int i = 0;; ++i) {
        const std::string text = std::to_string(number) + "-" + std::to_string(i) + std::string(std::size_t(i % 3) * 40'000, 'x');
        const auto id = (*store)->put(bytesOf(text), i % 3 == 0 ? ObjectClass::Asset : ObjectClass::Render);
        if (!id)
            return complain(id.error(), 4);
        if (i % 3 == 0)
            tell("put " + text);
        if (i % 3 == 1) {
            if (const auto done = (*store)->keep({Root::Kind::Work, text.substr(0, 20), {*id}, {}}); !done)
                return complain(done.error(), 5);
            tell("work " + text.substr(0, 20) + " " + text);
        }
        if (i % 5 == 4)
            if (const auto done = (*store)->collect(50'000); !done)
                return complain(done.error(), 6);
    }
}

} // namespace

class StoreKillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useMemory(); }

    void aKillAtAnyCallLosesNothingAcknowledged()
    {
        const int kills = trials(500);
        double slowest = 0;
        int acknowledged = 0;
        std::unique_ptr<Place> place;
        for (int number = 0; number < kills; ++number) {
            if (number % 20 == 0) {
                place = std::make_unique<Place>();
                place->store.reset();
            }
            // A victim makes some 60 calls until the store is open, and 25 for each object.
            const Child child = start({"store_kill_test", "--victim", place->root, std::to_string(number), std::to_string(1 + number * 977 % 1500)});
            const std::string told = readAll(child.out);
            QCOMPARE(exitCode(child), 128 + SIGKILL);

            const auto before = std::chrono::steady_clock::now();
            const auto store = openStore(place->root, smallLimits);
            slowest = std::max(slowest, std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count());
            QVERIFY2(store, store ? "" : store.error().message.c_str());
            QVERIFY(fs::is_empty(place->root / "tmp"));
            QVERIFY((*store)->check()->empty());
            const auto roots = *(*store)->roots();
            for (const QString& line : QString::fromStdString(told).split('\n', Qt::SkipEmptyParts)) {
                const auto words = line.split(' ');
                const std::string text = words.last().toStdString();
                const auto got = (*store)->get(idOf(text));
                QVERIFY2(got && *got == bytes(text), qPrintable(line.left(60)));
                QVERIFY(words.first() != "work" || std::ranges::any_of(roots, [&](const Root& root) { return root.name == words[1].toStdString(); }));
                ++acknowledged;
            }
        }
        QVERIFY(slowest < 2);
        QVERIFY(acknowledged > kills / 2);
        qInfo("%d kills, %d acknowledgements, slowest recovery %.3f s", kills, acknowledged, slowest);
    }
};

int main(int argc, char** argv)
{
    if (argc == 5 && std::string(argv[1]) == "--victim")
        return beVictim(argv[2], std::stoi(argv[3]), std::stoi(argv[4]));
    StoreKillTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "store_kill_test.moc"
