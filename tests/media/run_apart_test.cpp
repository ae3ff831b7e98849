// SPDX-License-Identifier: GPL-3.0-or-later
// A child process that ends well, crashes, hangs, or wants too much.
#include "core/media/run_apart.h"

#include <QElapsedTimer>
#include <QtTest>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

using namespace artdag;

class RunApartTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIntoSharedPagesIsSeen()
    {
        const SharedPages memory(std::size_t{1} << 30); // costs nothing until it is written
        QVERIFY(memory.data() != nullptr);
        int own = 1;
        QVERIFY(runApart({}, [&] {
            memory.data()[12345] = 7;
            own = 2;
        }) == Ended::Well);
        QCOMPARE(static_cast<int>(memory.data()[12345]), 7);
        QCOMPARE(own, 1);
    }

    void aCrashIsTheChildsOwn()
    {
        QVERIFY(runApart({}, [] { std::abort(); }) == Ended::Crashed);
        QVERIFY(runApart({}, [] { ::_exit(3); }) == Ended::Crashed);
        QVERIFY(runApart({}, [] { throw 1; }) == Ended::Crashed); // and it does not go on as its parent
    }

    void aChildThatHangsIsEnded()
    {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(runApart({.seconds = 1}, [] {
            for (volatile int turns = 0;; turns = turns + 1) {
            }
        }) == Ended::TooLate);
        QVERIFY(runApart({.seconds = 1}, [] { ::pause(); }) == Ended::TooLate);
        QVERIFY(timer.elapsed() < 20000);
    }

    void memoryHasALimit()
    {
        const SharedPages memory(1);
        const auto take = [&](std::size_t megabytes) {
            auto* block = static_cast<char*>(std::malloc(megabytes << 20));
            memory.data()[0] = block != nullptr ? 1 : 2;
            std::free(block);
        };
        QVERIFY(runApart({.bytes = std::size_t{256} << 20}, [&] { take(100); }) == Ended::Well);
        QCOMPARE(static_cast<int>(memory.data()[0]), 1);
        const Ended ended = runApart({.bytes = std::size_t{256} << 20}, [&] { take(300); });
        QVERIFY(ended == Ended::Crashed || memory.data()[0] == 2); // a sanitizer's malloc never returns null
    }

    void nothingOfTheParentIsOpenInTheChild()
    {
        const int file = ::open("/dev/zero", O_RDONLY);
        const SharedPages memory(1);
        QVERIFY(runApart({}, [&] { memory.data()[0] = ::fcntl(file, F_GETFD) < 0 ? 1 : 2; }) == Ended::Well);
        QCOMPARE(static_cast<int>(memory.data()[0]), 1);
        QVERIFY(::fcntl(file, F_GETFD) >= 0);
        ::close(file);
        QVERIFY(::waitpid(-1, nullptr, WNOHANG) < 0); // no child is left over
    }
};

QTEST_APPLESS_MAIN(RunApartTest)
#include "run_apart_test.moc"
