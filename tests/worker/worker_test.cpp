// SPDX-License-Identifier: GPL-3.0-or-later
// Media in another process: the same pictures and sound, and a file that breaks the decoder breaks nothing else.
#include "core/worker/worker_media.h"
#include "core/worker/worker_process.h"
#include "tests/media/film_maker.h"

#include <QtTest>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <thread>

using namespace artdag;
using namespace artdag::testing;

namespace {

const std::filesystem::path program = std::filesystem::path(ARTDAG_BIN_DIR) / "artdag-worker";

WorkerOptions options()
{
    WorkerOptions options;
    options.program = program;
    return options;
}

/// What an attempt gives inside the sandbox: 0 when it worked, else its errno; −1 when the process was killed.
template <class Attempt>
int inTheSandbox(const SandboxLimits& limits, Attempt attempt)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const bool entered = enterSandbox(limits).has_value();
        ::_exit(entered ? attempt() : 99);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int errnoOf(long result)
{
    return result >= 0 ? 0 : errno;
}

std::string statusOf(pid_t process, const std::string& field)
{
    std::ifstream file("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(field + ":"))
            return QString::fromStdString(line.substr(field.size() + 1)).trimmed().toStdString();
    return {};
}

/// The only child of this process that is an artdag-worker.
pid_t workerOf(pid_t parent)
{
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const pid_t process = std::atoi(entry.path().filename().c_str());
        if (process > 0 && statusOf(process, "PPid") == std::to_string(parent) && statusOf(process, "Name") == "artdag-worker" && !statusOf(process, "State").starts_with("Z"))
            return process;
    }
    return 0;
}

} // namespace

class WorkerTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

private slots:
    void initTestCase()
    {
        QVERIFY(m_maker.make("film.mp4", "-f lavfi -i testsrc2=s=320x180:r=25:d=2 -f lavfi -i sine=d=2:r=48000 -c:v libx264 -bf 2 -c:a aac"));
        QVERIFY(m_maker.make("master.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.4 -f lavfi -i sine=d=0.4:r=48000 -c:v ffv1 -pix_fmt gbrp10le -c:a flac"));
        QVERIFY(m_maker.make("still.png", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.04 -frames:v 1"));
        QVERIFY(m_maker.make("sound.wav", "-f lavfi -i sine=d=0.5:r=44100"));
    }

    void aWorkerGivesWhatDecodingHereGives_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"film.mp4", "master.mkv", "still.png", "sound.wav"})
            QTest::newRow(name) << name;
    }
    void aWorkerGivesWhatDecodingHereGives()
    {
        QFETCH(QString, name);
        const auto path = m_maker.path(name.toUtf8().constData());
        const auto here = openMedia(path).value();
        const auto there = openMediaInWorker(path, options());
        QVERIFY2(there, there ? "" : there.error().message.c_str());
        QCOMPARE((*there)->facts().video.has_value(), here->facts().video.has_value());
        QCOMPARE((*there)->facts().audio.has_value(), here->facts().audio.has_value());
        if (here->facts().video) {
            QCOMPARE((*there)->facts().video->decoder, here->facts().video->decoder);
            for (const Flicks time : {0 * flicksPerSecond, flicksPerSecond, flicksPerSecond + 1, flicksPerSecond / 3}) {
                const CodedPointer one = here->pictureAt(time).value();
                const CodedPointer other = (*there)->pictureAt(time).value();
                QCOMPARE(other->coding, one->coding);
                QCOMPARE(packedBytes(*other), packedBytes(*one));
            }
            for (;;) {
                const CodedPointer one = here->nextPicture().value();
                const CodedPointer other = (*there)->nextPicture().value();
                QCOMPARE(other == nullptr, one == nullptr);
                if (one == nullptr)
                    break;
                QCOMPARE(packedBytes(*other), packedBytes(*one));
            }
        }
        if (here->facts().audio) {
            QVERIFY((*there)->decodeSoundBytes().value() == here->decodeSoundBytes().value());
            const Sound one = here->decodeSound().value();
            const Sound other = (*there)->decodeSound().value();
            QCOMPARE(other.range().count, one.range().count);
            QVERIFY(std::equal(one.channel(1), one.channel(1) + one.range().count, other.channel(1)));
        }
    }

    void thePictureShownStillIsTheSamePointer()
    {
        const auto media = openMediaInWorker(m_maker.path("film.mp4"), options()).value();
        QVERIFY(media->pictureAt(0).value() == media->pictureAt(1).value());
        QVERIFY(media->pictureAt(0).value() != media->pictureAt(flicksPerSecond).value());
    }

    void theSandboxRefuses_data()
    {
        QTest::addColumn<int>("attempt");
        const char* attempts[] = {"open", "create", "socket", "unix socket", "execve", "fork", "kill", "ptrace", "chdir", "a file by memfd"};
        for (int i = 0; i < 10; ++i)
            QTest::newRow(attempts[i]) << i;
    }
    void theSandboxRefuses()
    {
        QFETCH(int, attempt);
        const int code = inTheSandbox({}, [attempt] {
            char* const none[] = {nullptr};
            switch (attempt) {
            case 0:
                return errnoOf(::open("/etc/hostname", O_RDONLY));
            case 1:
                return errnoOf(::open("/tmp/artdag-escaped", O_CREAT | O_WRONLY, 0600));
            case 2:
                return errnoOf(::socket(AF_INET, SOCK_STREAM, 0));
            case 3:
                return errnoOf(::socket(AF_UNIX, SOCK_STREAM, 0));
            case 4:
                return errnoOf(::execve("/bin/true", none, none));
            case 5:
                return errnoOf(::fork());
            case 6:
                return errnoOf(::kill(::getppid(), 0));
            case 7:
                return errnoOf(::syscall(SYS_ptrace, 0, 0, 0, 0));
            case 8:
                return errnoOf(::chdir("/"));
            default:
                return errnoOf(::memfd_create("x", 0));
            }
        });
        QCOMPARE(code, EPERM);
    }

    void theSandboxLetsComputingAndThreadsThrough()
    {
        QCOMPARE(inTheSandbox({std::uint64_t{1} << 30, 5}, [] {
            int sum = 0;
            std::thread([&] { sum = 42; }).join();
            return sum;
        }),
            42);
    }

    void memoryAndProcessorTimeAreLimited()
    {
        QCOMPARE(inTheSandbox({std::uint64_t{256} << 20, 0}, [] { return ::mmap(nullptr, std::size_t{512} << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? errno : 0; }), ENOMEM);
        QCOMPARE(inTheSandbox({0, 1}, [] {
            for (volatile unsigned i = 0;; i = i + 1) {}
            return 0;
        }),
            -1);
    }

    void theProgramItselfIsShutIn()
    {
        const auto media = openMediaInWorker(m_maker.path("film.mp4"), options()).value();
        const pid_t worker = workerOf(::getpid());
        QVERIFY(worker > 0);
        QCOMPARE(statusOf(worker, "Seccomp"), std::string("2"));
        QCOMPARE(statusOf(worker, "NoNewPrivs"), std::string("1"));
    }

    void aWorkerThatIsKilledIsReplacedOnceAndThenTheFileIsNamed()
    {
        const auto media = openMediaInWorker(m_maker.path("film.mp4"), options()).value();
        QVERIFY(media->nextPicture());
        QVERIFY(media->nextPicture());
        const QByteArray third = [&] {
            const auto other = openMedia(m_maker.path("film.mp4")).value();
            static_cast<void>(other->nextPicture());
            static_cast<void>(other->nextPicture());
            return packedBytes(**other->nextPicture());
        }();
        const pid_t worker = workerOf(::getpid());
        QVERIFY(worker > 0);
        QCOMPARE(::kill(worker, SIGKILL), 0);
        const auto next = media->nextPicture();
        QVERIFY2(next, next ? "" : next.error().message.c_str());
        QCOMPARE(packedBytes(**next), third);
        QVERIFY(workerOf(::getpid()) != worker);
    }

    void aDecoderThatMayHaveTooLittleMemorySaysSo()
    {
        QVERIFY(m_maker.make("large.png", "-f lavfi -i testsrc2=s=7680x4320:r=1:d=1 -frames:v 1"));
        WorkerOptions narrow = options();
        narrow.limits.memoryBytes = std::uint64_t{200} << 20;
        const auto media = openMediaInWorker(m_maker.path("large.png"), narrow);
        QVERIFY(!media);
        QVERIFY2(media.error().message.starts_with("file 'large.png':"), media.error().message.c_str());
    }

    void whatEndsAWorkerTwiceIsSaidWithTheFile()
    {
        WorkerOptions bad = options();
        bad.program = "/bin/false";
        const auto dies = openMediaInWorker(m_maker.path("film.mp4"), bad);
        QCOMPARE(dies.error().fault, Fault::Corrupt);
        QVERIFY2(dies.error().message.starts_with("file 'film.mp4': its decoder ended with code 1, twice"), dies.error().message.c_str());
        bad = options();
        bad.patience = std::chrono::milliseconds(1);
        const auto late = openMediaInWorker(m_maker.path("film.mp4"), bad);
        QVERIFY2(late.error().message.starts_with("file 'film.mp4': its decoder did not answer in time, twice"), late.error().message.c_str());
        bad.program = "/nowhere/artdag-worker";
        QCOMPARE(openMediaInWorker(m_maker.path("film.mp4"), bad).error().fault, Fault::Unavailable);
    }

    void hostileFilesAreErrorsAndNothingMore_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("noise") << QByteArray(5000, 'x');
        QTest::newRow("playlist") << QByteArray("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n");
        QByteArray cut = m_maker.read("film.mp4");
        QTest::newRow("cut off") << cut.left(cut.size() / 3);
        for (int i = 0; i < 20; ++i) {
            QByteArray torn = cut;
            for (int at = 40 + i * 131; at < torn.size(); at += 977 + i)
                torn[at] = static_cast<char>(torn[at] ^ (1 << (i % 8)));
            QTest::newRow(qPrintable(QString("torn %1").arg(i))) << torn;
        }
    }
    void hostileFilesAreErrorsAndNothingMore()
    {
        QFETCH(QByteArray, bytes);
        m_maker.write("hostile", bytes);
        const auto media = openMediaInWorker(m_maker.path("hostile"), options());
        if (!media) {
            QVERIFY2(media.error().message.starts_with("file 'hostile':"), media.error().message.c_str());
            return;
        }
        for (int i = 0; i < 60; ++i)
            if (const auto picture = (*media)->nextPicture(); !picture || *picture == nullptr)
                break;
        static_cast<void>((*media)->decodeSoundBytes());
    }

    void theirAnswersAreNotBelieved()
    {
        QVERIFY(!factsOfJson(*readJson(R"({"format":"mp4","video":{"width":1000000,"height":1000000}})")));
        QVERIFY(!factsOfJson(*readJson(R"({"format":"mp4","video":{"width":-1}})")));
        QVERIFY(!factsOfJson(*readJson("[]")));
        QVERIFY(!codingOfJson(*readJson(R"({"format":99,"matrix":0,"transfer":0,"primaries":0,"site":0})")));
        QCOMPARE(errorOfJson(*readJson(R"({"fault":77,"message":"x"})")).fault, Fault::Corrupt);
        int pair[2] = {-1, -1};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
        QCOMPARE(::send(pair[0], "no json", 7, 0), 7);
        QCOMPARE(receiveMessage(pair[1], std::chrono::milliseconds(1000)).error().fault, Fault::Corrupt);
        QCOMPARE(receiveMessage(pair[1], std::chrono::milliseconds(1)).error().fault, Fault::Unavailable);
        ::close(pair[0]);
        QCOMPARE(receiveMessage(pair[1], std::chrono::milliseconds(1000)).error().fault, Fault::NotFound);
        ::close(pair[1]);
        const auto shared = SharedMemory::make(4096);
        QVERIFY(shared);
        QVERIFY(::ftruncate(shared->descriptor(), 0) != 0);
    }
};

QTEST_APPLESS_MAIN(WorkerTest)
#include "worker_test.moc"
