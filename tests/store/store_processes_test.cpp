// SPDX-License-Identifier: GPL-3.0-or-later
// One store, many threads and processes (F7 of docs/store-faults.md), some of which are killed. The program starts itself
// again as the others.
#include "core/base/files.h"
#include "core/base/random.h"
#include "core/store/store.h"
#include "tests/store/processes.h"
#include "tests/store/soak.h"

#include <QtTest>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <map>
#include <thread>

using namespace artdag;
namespace fs = std::filesystem;

namespace {

/// Bytes that can be made again from a number: 1 byte to 300 kB.
std::string content(std::uint64_t number)
{
    std::string text = "object " + std::to_string(number) + "\n";
    const std::size_t size = number % 7 == 0 ? 300'000 : randomBits(1, number) % 5000;
    while (text.size() < size)
        text += std::to_string(randomBits(2, number, text.size())) + "\n";
    return text;
}

/// Puts until it is killed; writes the number of each acknowledged object to `out`.
int putForever(const char* root, std::uint64_t seed, int out)
{
    const auto store = openStore(root);
    if (!store)
        return 3;
    for (std::uint64_t i = 0;; ++i) {
        const std::uint64_t number = seed * 1'000'000 + i;
        const auto id = (*store)->put(bytesOf(content(number)), i % 3 == 0 ? ObjectClass::Asset : ObjectClass::Render);
        if (!id)
            return 4;
        const std::string line = std::to_string(number) + "\n";
        if (::write(out, line.data(), line.size()) != ssize_t(line.size()))
            return 5;
        if (i % 5 == 4 && !(*store)->putAction("test", Digest{std::uint8_t(i)}, {{*id}, Json(number)}))
            return 6;
    }
}

bool isPinned(std::uint64_t number)
{
    return number % 4 == 1;
}

/// A Studio: assets, pins, holds and reads; what it has put as an asset or pinned must be there each time.
int beStudio(Store& store, std::uint64_t seed, int count)
{
    const auto hold = store.hold();
    for (int i = 0; i < count; ++i) {
        const std::uint64_t number = randomBits(seed, std::uint64_t(i)) % 40;
        const std::string text = content(number);
        const auto id = store.put(bytesOf(text), number % 4 == 0 ? ObjectClass::Asset : ObjectClass::Render);
        if (!id)
            return complain(id.error(), 16);
        if (number % 4 == 0 && !store.get(*id))
            return 17;
        // A collection may come between; then it is put again.
        const auto kept = isPinned(number) ? store.pin(*id) : hold->add(*id);
        if (!kept && kept.error().fault != Fault::NotFound)
            return complain(kept.error(), 18);
        if (kept && !store.get(*id))
            return 19;
    }
    return 0;
}

int beWorker(Store& store, std::uint64_t seed, int count)
{
    for (int i = 0; i < count; ++i) {
        const std::uint64_t number = randomBits(seed, std::uint64_t(i)) % 40;
        const std::string text = content(number);
        const ContentId id{sha3(bytesOf(text))};
        if (const auto put = store.put(bytesOf(text), ObjectClass::Render); !put)
            return complain(put.error(), 20);
        if (const auto done = store.putAction("n", id.digest, {{id}, 1, 1000}); !done && done.error().fault != Fault::NotFound)
            return complain(done.error(), 14);
        if (const auto hit = store.action("n", id.digest); hit && hit->objects.at(0) != id)
            return 15;
        if (const auto bytes = store.get(id); bytes ? *bytes != Bytes(text.begin(), text.end()) : bytes.error().fault != Fault::NotFound)
            return 12;
    }
    return 0;
}

/// 0, 1: Studios; 2 to 5: workers; 6 collects, 7 checks.
int beProcess(const char* root, int role, int count)
{
    const auto opened = openStore(root);
    if (!opened)
        return complain(opened.error(), 3);
    Store& store = **opened;
    if (role < 6)
        return role < 2 ? beStudio(store, std::uint64_t(100 + role), count) : beWorker(store, std::uint64_t(100 + role), count);
    for (int i = 0; i < count / 3; ++i) {
        if (role == 6)
            if (const auto done = store.collect(20'000); !done)
                return complain(done.error(), 10);
        if (role == 7)
            if (const auto wrong = store.check(); !wrong || !wrong->empty())
                return 11;
    }
    return 0;
}

} // namespace

class StoreProcessesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void threadsWithStoresOfTheirOwnAndOneStoreForAllGiveTheSame()
    {
        const auto directory = *TemporaryDirectory::make();
        const auto shared = *openStore(directory.path());
        std::atomic<int> failures = 0;
        {
            std::vector<std::jthread> threads;
            for (int k = 0; k < 6; ++k)
                threads.emplace_back([&, k] {
                    const auto own = k % 2 == 0 ? *openStore(directory.path()) : nullptr;
                    Store& store = own ? *own : *shared;
                    for (std::uint64_t i = 0; i < 20; ++i) {
                        const std::string text = content(i + 10 * std::uint64_t(k / 3));
                        const auto id = store.put(bytesOf(text), ObjectClass::Asset);
                        failures += !id || *store.get(*id) != Bytes(text.begin(), text.end()) || !store.pin(*id);
                    }
                });
        }
        QCOMPARE(failures.load(), 0);
        QCOMPARE(shared->statistics()->assets, std::uint64_t{30});
        QVERIFY(shared->check()->empty());
        QVERIFY(fs::is_empty(directory.path() / "tmp"));
    }

    void eightProcessesLoseNothingThatIsPinnedAndEndInTime()
    {
        const auto directory = *TemporaryDirectory::make();
        const auto root = directory.path() / "store";
        const int count = isSoak() ? 2000 : 60;
        std::vector<Child> children;
        for (int role = 0; role < 8; ++role)
            children.push_back(start({"store_processes_test", "--process", root, std::to_string(role), std::to_string(count)}));
        // A deadlock ends as a timeout of this test.
        for (std::size_t role = 0; role < children.size(); ++role) {
            readAll(children[role].out);
            QVERIFY2(exitCode(children[role]) == 0, std::to_string(role).c_str());
        }
        const auto store = *openStore(root);
        QVERIFY(store->check()->empty());
        const auto roots = *store->roots();
        QVERIFY(!roots.empty());
        for (const Root& one : roots)
            QVERIFY(store->get(one.keeps.front()));
        QVERIFY(fs::is_empty(root / "tmp"));
        qInfo("8 processes, %d operations each, %zu pins", count, roots.size());
    }

    void aPutterKilledAtAnyMomentLosesNothingItAcknowledged()
    {
        const auto directory = *TemporaryDirectory::make();
        const auto root = directory.path() / "store";
        std::map<std::uint64_t, bool> acknowledged;
        int killedBusy = 0;
        for (std::uint64_t round = 0; round < 24; ++round) {
            const Child child = start({"store_processes_test", "--put", root, std::to_string(round + 1)});
            // Killed a random number of acknowledgements and microseconds after the start.
            const std::uint64_t wanted = randomBits(9, round) % 6;
            std::string heard;
            char byte = 0;
            while (std::uint64_t(std::ranges::count(heard, '\n')) < wanted && ::read(child.out, &byte, 1) == 1)
                heard.push_back(byte);
            ::usleep(unsigned(randomBits(9, round, 1) % 12'000));
            QCOMPARE(::kill(child.pid, SIGKILL), 0);
            heard += readAll(child.out);
            QCOMPARE(exitCode(child), 128 + SIGKILL);
            for (const auto& line : QString::fromStdString(heard).split('\n', Qt::SkipEmptyParts))
                acknowledged[line.toULongLong()] = true;
            killedBusy += fs::exists(root / "tmp") && !fs::is_empty(root / "tmp");

            const auto before = std::chrono::steady_clock::now();
            const auto store = openStore(root);
            QVERIFY2(store, store ? "" : store.error().message.c_str());
            QVERIFY(std::chrono::steady_clock::now() - before < std::chrono::seconds(2));
            QVERIFY(fs::is_empty(root / "tmp"));
            QCOMPARE(std::distance(fs::directory_iterator(root / "leases"), {}), 1);
        }
        const auto store = *openStore(root);
        QVERIFY(store->check()->empty());
        QVERIFY(acknowledged.size() > 20);
        for (const auto& [number, yes] : acknowledged) {
            const std::string text = content(number);
            const auto bytes = store->get(ContentId{sha3(bytesOf(text))});
            QVERIFY2(bytes && *bytes == Bytes(text.begin(), text.end()), std::to_string(number).c_str());
        }
        for (int i = 0; i < 256; ++i)
            if (const auto hit = store->action("test", Digest{std::uint8_t(i)}))
                QCOMPARE(*store->get(hit->objects.at(0)), [&] { const auto text = content(hit->facts.get<std::uint64_t>()); return Bytes(text.begin(), text.end()); }());
        qInfo("%zu objects acknowledged; %d of 24 kills left a file in tmp", acknowledged.size(), killedBusy);
    }
};

int main(int argc, char** argv)
{
    if (argc == 4 && std::string(argv[1]) == "--put")
        return putForever(argv[2], std::stoull(argv[3]), 1);
    if (argc == 5 && std::string(argv[1]) == "--process")
        return beProcess(argv[2], std::stoi(argv[3]), std::stoi(argv[4]));
    StoreProcessesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "store_processes_test.moc"
