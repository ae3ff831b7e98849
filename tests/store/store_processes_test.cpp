// SPDX-License-Identifier: GPL-3.0-or-later
// One store, many threads and processes, some of which are killed. The program starts itself again as the others.
#include "core/base/files.h"
#include "core/base/random.h"
#include "core/store/store.h"

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

int complain(const Error& error, int code)
{
    std::fprintf(stderr, "%s\n", error.message.c_str());
    return code;
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

/// Random operations on objects that the others use too. Assets and pins are never evicted, so each get of one must work.
int churn(const char* root, std::uint64_t seed, int count)
{
    const auto opened = openStore(root);
    if (!opened)
        return complain(opened.error(), 3);
    Store& store = **opened;
    for (int i = 0; i < count; ++i) {
        const std::uint64_t number = randomBits(seed, i) % 40;
        const std::string text = content(number);
        const ContentId id{sha3(bytesOf(text))};
        const bool isAsset = number % 4 == 0;
        switch (randomBits(seed, i, 1) % 8) {
        case 0:
            if (const auto done = store.collect(20'000); !done)
                return complain(done.error(), 10);
            break;
        case 1:
            if (const auto wrong = store.check(); !wrong || !wrong->empty())
                return 11;
            break;
        case 2:
            if (const auto bytes = store.get(id); bytes ? *bytes != Bytes(text.begin(), text.end()) : bytes.error().fault != Fault::NotFound)
                return 12;
            break;
        case 3:
            if (!store.statistics())
                return 13;
            break;
        case 4:
            if (const auto done = store.putAction("n", id.digest, {{id}, 1}); !done && done.error().fault != Fault::NotFound)
                return 14;
            if (const auto hit = store.action("n", id.digest); hit && hit->objects.at(0) != id)
                return 15;
            break;
        default:
            if (const auto put = store.put(bytesOf(text), isAsset ? ObjectClass::Asset : ObjectClass::Render); !put || *put != id)
                return 16;
            if (isAsset && !store.get(id))
                return 17;
            break;
        }
    }
    return 0;
}

struct Child {
    pid_t pid = -1;
    int out = -1;
};

Child start(const std::vector<std::string>& arguments)
{
    std::array<int, 2> ends{};
    CHECK(::pipe2(ends.data(), O_CLOEXEC) == 0);
    const pid_t pid = ::fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        ::dup2(ends[1], 1);
        std::vector<char*> argv;
        for (const std::string& argument : arguments)
            argv.push_back(const_cast<char*>(argument.c_str()));
        argv.push_back(nullptr);
        ::execv("/proc/self/exe", argv.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    return {pid, ends[0]};
}

std::string readAll(int fd)
{
    std::string text;
    std::array<char, 4096> block{};
    for (;;) {
        const ssize_t count = ::read(fd, block.data(), block.size());
        if (count <= 0)
            break;
        text.append(block.data(), std::size_t(count));
    }
    ::close(fd);
    return text;
}

int exitCode(const Child& child)
{
    int status = 0;
    CHECK(::waitpid(child.pid, &status, 0) == child.pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

class StoreProcessesTest : public QObject {
    Q_OBJECT
private slots:
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

    void processesThatDoEverythingAtOnceLoseNothing()
    {
        const auto directory = *TemporaryDirectory::make();
        std::vector<Child> children;
        for (int k = 0; k < 5; ++k)
            children.push_back(start({"store_processes_test", "--churn", directory.path() / "store", std::to_string(100 + k), "120"}));
        for (const Child& child : children) {
            readAll(child.out);
            QCOMPARE(exitCode(child), 0);
        }
        const auto store = *openStore(directory.path() / "store");
        QVERIFY(store->check()->empty());
        QVERIFY(fs::is_empty(directory.path() / "store" / "tmp"));
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
    if (argc == 5 && std::string(argv[1]) == "--churn")
        return churn(argv[2], std::stoull(argv[3]), std::stoi(argv[4]));
    StoreProcessesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "store_processes_test.moc"
