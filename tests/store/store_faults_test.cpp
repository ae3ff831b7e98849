// SPDX-License-Identifier: GPL-3.0-or-later
// System calls that fail, one after the other: this program's own fsync, write and so on stand before those of the C
// library, for the store and for SQLite alike. What is acknowledged is there; what is not leaves nothing behind.
#include "core/base/files.h"
#include "core/store/store.h"

#include <QtTest>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>

using namespace artdag;
namespace fs = std::filesystem;

namespace {

enum class Call {
    None,
    Write,
    Pwrite,
    Fdatasync,
    Fsync,
    Renameat2,
    Fchmod,
    Close,
    Flock,
    Fallocate,
};

/// The n-th call of a kind fails, once. Constant initialisation, because the C library is called before main.
struct Plan {
    std::atomic<Call> call{Call::None};
    std::atomic<int> countdown{0};
    std::atomic<int> code{0}; ///< an errno; 0: a short write
    std::atomic<int> fired{0};
};
constinit Plan plan;

bool fires(Call call)
{
    return plan.call == call && --plan.countdown == 0 && ++plan.fired;
}

} // namespace

extern "C" {

ssize_t write(int fd, const void* bytes, std::size_t size)
{
    if (fires(Call::Write)) {
        if (plan.code == 0)
            return syscall(SYS_write, fd, bytes, (size + 1) / 2);
        errno = plan.code;
        return -1;
    }
    return syscall(SYS_write, fd, bytes, size);
}

ssize_t pwrite64(int fd, const void* bytes, std::size_t size, off64_t at)
{
    if (fires(Call::Pwrite)) {
        if (plan.code == 0)
            return syscall(SYS_pwrite64, fd, bytes, (size + 1) / 2, at);
        errno = plan.code;
        return -1;
    }
    return syscall(SYS_pwrite64, fd, bytes, size, at);
}

#define SIMPLE_CALL(name, kind, number, parameters, ...)       \
    int name parameters                                        \
    {                                                          \
        if (fires(Call::kind)) {                               \
            errno = plan.code;                                 \
            return -1;                                         \
        }                                                      \
        return static_cast<int>(syscall(number, __VA_ARGS__)); \
    }
SIMPLE_CALL(fdatasync, Fdatasync, SYS_fdatasync, (int fd), fd)
SIMPLE_CALL(fsync, Fsync, SYS_fsync, (int fd), fd)
SIMPLE_CALL(renameat2, Renameat2, SYS_renameat2, (int from, const char* old, int to, const char* next, unsigned flags), from, old, to, next, flags)
SIMPLE_CALL(fchmod, Fchmod, SYS_fchmod, (int fd, mode_t mode), fd, mode)
SIMPLE_CALL(flock, Flock, SYS_flock, (int fd, int operation), fd, operation)
SIMPLE_CALL(fallocate, Fallocate, SYS_fallocate, (int fd, int mode, off_t at, off_t size), fd, mode, at, size)

int close(int fd)
{
    const int result = static_cast<int>(syscall(SYS_close, fd)); // closed even when it says that it failed
    if (fires(Call::Close)) {
        errno = plan.code;
        return -1;
    }
    return result;
}
}

class StoreFaultsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        // The failures are made here, so no disk is needed; memory is faster.
        if (::access("/dev/shm", W_OK) == 0)
            qputenv("TMPDIR", "/dev/shm");
    }

    void aPutEitherTrulySucceedsOrLeavesNothing_data()
    {
        QTest::addColumn<int>("call");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("leastFired");
        const auto row = [](const char* name, Call call, int code, int leastFired) { QTest::newRow(name) << int(call) << code << leastFired; };
        row("write EIO", Call::Write, EIO, 3);
        row("write ENOSPC", Call::Write, ENOSPC, 3);
        row("write EINTR", Call::Write, EINTR, 3);
        row("short write", Call::Write, 0, 3);
        row("pwrite of the index EIO", Call::Pwrite, EIO, 2);
        row("pwrite of the index ENOSPC", Call::Pwrite, ENOSPC, 2);
        row("short pwrite of the index", Call::Pwrite, 0, 2);
        row("fdatasync EIO", Call::Fdatasync, EIO, 2);
        row("fsync EIO", Call::Fsync, EIO, 1);
        row("rename ENOSPC", Call::Renameat2, ENOSPC, 1);
        row("rename EINVAL", Call::Renameat2, EINVAL, 1);
        row("fchmod EPERM", Call::Fchmod, EPERM, 1);
        row("close EIO", Call::Close, EIO, 3);
        row("flock EINTR", Call::Flock, EINTR, 1);
        row("flock ENOLCK", Call::Flock, ENOLCK, 1);
        row("fallocate ENOSPC", Call::Fallocate, ENOSPC, 1);
        row("fallocate EOPNOTSUPP", Call::Fallocate, EOPNOTSUPP, 1);
    }
    void aPutEitherTrulySucceedsOrLeavesNothing()
    {
        QFETCH(int, call);
        QFETCH(int, code);
        QFETCH(int, leastFired);
        const std::string text(700'000, 'o'); // three blocks
        const ContentId id{sha3(bytesOf(text))};
        int fired = 0;
        for (int n = 1; n < 100; ++n) {
            const auto directory = *TemporaryDirectory::make("artdag-faults");
            auto store = *openStore(directory.path());
            const ContentId before = *store->put(bytesOf("before"), ObjectClass::Asset);
            plan.fired = 0;
            plan.code = code;
            plan.countdown = n;
            plan.call = static_cast<Call>(call);
            const auto put = store->put(bytesOf(text), ObjectClass::Asset);
            plan.call = Call::None;
            if (plan.fired == 0)
                break;
            ++fired;
            const QByteArray what = "call " + QByteArray::number(n) + (put ? "" : ": " + QByteArray::fromStdString(put.error().message));
            QVERIFY2(fs::is_empty(directory.path() / "tmp"), what);
            if (put)
                QVERIFY2(store->get(id).has_value(), what);
            else
                QVERIFY2(!store->facts(id), what); // nothing that was not acknowledged
            store = *openStore(directory.path());
            QVERIFY2(put.has_value() == store->get(id).has_value(), what);
            QVERIFY2(store->get(before).has_value(), what);
            QVERIFY2(store->check()->empty(), what);
            QVERIFY2(store->put(bytesOf(text), ObjectClass::Asset) && store->get(id), what);
        }
        QVERIFY2(fired >= leastFired, QByteArray::number(fired));
    }

    void aFailedSyncIsNeverTriedAgain()
    {
        for (const Call call : {Call::Fdatasync, Call::Fsync}) {
            const auto directory = *TemporaryDirectory::make("artdag-faults");
            const auto store = *openStore(directory.path());
            plan.fired = 0;
            plan.code = EIO;
            plan.countdown = 1;
            plan.call = call;
            const auto put = store->put(bytesOf("film"), ObjectClass::Asset);
            plan.call = Call::None;
            QVERIFY(!put);
            QCOMPARE(put.error().fault, Fault::Unavailable);
            QVERIFY(put.error().message.find(directory.path().string()) == std::string::npos);
            QVERIFY(store->put(bytesOf("film"), ObjectClass::Asset));
            QVERIFY(store->get(ContentId{sha3(bytesOf("film"))}));
        }
    }

    void openingAndCollectingSurviveFailuresToo_data()
    {
        QTest::addColumn<int>("call");
        QTest::addColumn<int>("code");
        QTest::newRow("pwrite EIO") << int(Call::Pwrite) << EIO;
        QTest::newRow("pwrite ENOSPC") << int(Call::Pwrite) << ENOSPC;
        QTest::newRow("fdatasync EIO") << int(Call::Fdatasync) << EIO;
        QTest::newRow("fsync EIO") << int(Call::Fsync) << EIO;
        QTest::newRow("flock ENOLCK") << int(Call::Flock) << ENOLCK;
        QTest::newRow("close EIO") << int(Call::Close) << EIO;
    }
    void openingAndCollectingSurviveFailuresToo()
    {
        QFETCH(int, call);
        QFETCH(int, code);
        int fired = 0;
        for (int n = 1; n < 200; n += n < 12 ? 1 : 7) {
            const auto directory = *TemporaryDirectory::make("artdag-faults");
            ContentId asset;
            {
                const auto store = *openStore(directory.path());
                asset = *store->put(bytesOf("asset"), ObjectClass::Asset);
                QVERIFY(store->put(bytesOf("render"), ObjectClass::Render));
            }
            if (n % 2 == 0)
                fs::remove(directory.path() / "index.sqlite"); // so that it is made anew under fire
            plan.fired = 0;
            plan.code = code;
            plan.countdown = n;
            plan.call = static_cast<Call>(call);
            if (const auto store = openStore(directory.path()))
                (void)(*store)->collect(0);
            plan.call = Call::None;
            fired += plan.fired;
            const auto store = openStore(directory.path());
            QVERIFY2(store, store ? "" : store.error().message.c_str());
            QVERIFY((*store)->get(asset));
            QVERIFY((*store)->check()->empty());
            QCOMPARE((*store)->statistics()->assets, std::uint64_t{1});
        }
        QVERIFY2(fired >= 2, QByteArray::number(fired));
    }
};

QTEST_APPLESS_MAIN(StoreFaultsTest)
#include "store_faults_test.moc"
