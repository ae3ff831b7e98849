// SPDX-License-Identifier: GPL-3.0-or-later
// Media in another process: the same pictures and sound, and whatever happens to that process happens to it alone.
#include "core/worker/probe_media.h"
#include "core/worker/worker_media.h"
#include "tests/media/exr_file.h"
#include "tests/media/film_maker.h"
#include "tests/support/child_process.h"

#include <QtTest>

#include <utility>

#include <unistd.h>

#include <csignal>
#include <thread>
#include <tuple>

using namespace artdag;
using namespace artdag::testing;

namespace {

constexpr const char* testPrograms = ARTDAG_TESTS_DIR;

WorkerOptions options()
{
    WorkerOptions options;
    options.program = std::filesystem::path(ARTDAG_BIN_DIR) / "artdag-worker";
    return options;
}

/// The errno that an attempt of `prisoner` gives; 128 + N when signal N ended it.
int prisoner(const QStringList& words)
{
    QProcess process;
    process.start(QString(testPrograms) + "/prisoner", words);
    process.waitForFinished(60'000);
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : 128 + process.exitCode();
}

/// The artdag-worker that this process started; 0 when there is none.
pid_t workerOf(pid_t parent)
{
    return childOf(parent, "artdag-worker");
}

template <class T>
std::string messageOf(const Result<T>& result)
{
    return result ? std::string("no error") : result.error().message;
}

} // namespace

class WorkerTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_maker.make("film.mp4", "-f lavfi -i testsrc2=s=320x180:r=25:d=2 -f lavfi -i sine=d=2:r=48000 -c:v libx264 -bf 2 -c:a aac"));
        QVERIFY(m_maker.make("master.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.4 -f lavfi -i sine=d=0.4:r=48000 -c:v ffv1 -pix_fmt gbrp10le -c:a flac"));
        QVERIFY(m_maker.make("small.webm", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.4 -c:v libvpx-vp9"));
        QVERIFY(m_maker.make("turned.mov", "-i @film.mp4 -c copy -metadata:s:v:0 rotate=90"));
        QVERIFY(m_maker.make("still.png", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.04 -frames:v 1"));
        QVERIFY(m_maker.make("sound.wav", "-f lavfi -i sine=d=0.5:r=44100"));
        QVERIFY(m_maker.make("speech.ogg", "-f lavfi -i sine=d=0.5:r=48000 -c:a libopus"));
        QVERIFY(m_maker.make("loop.webp", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.2 -c:v libwebp_anim"));
        m_maker.write("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='64' height='48'><text y='30' font-family='Inter'>Art</text></svg>");
        m_maker.write("layers.exr", exr(layered));
        QVERIFY(std::filesystem::create_directory(m_maker.path("shot")));
        QVERIFY(m_maker.make("shot/shot.%04d.png", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.2"));
    }

    void aWorkerGivesWhatDecodingHereGives_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"film.mp4", "master.mkv", "small.webm", "turned.mov", "still.png", "sound.wav", "speech.ogg", "loop.webp", "drawing.svg", "layers.exr", "shot"})
            QTest::newRow(name) << name;
    }
    void aWorkerGivesWhatDecodingHereGives()
    {
        QFETCH(QString, name);
        const auto path = m_maker.path(name.toUtf8().constData());
        const auto here = openMedia(path).value();
        const auto opened = openMediaInWorker(path, options());
        QVERIFY2(opened, messageOf(opened).c_str());
        MediaFile& there = **opened;
        QCOMPARE(there.facts().format, here->facts().format);
        QVERIFY(there.facts().warnings == here->facts().warnings);
        QCOMPARE(there.facts().video.has_value(), here->facts().video.has_value());
        QCOMPARE(there.facts().audio.has_value(), here->facts().audio.has_value());
        if (const auto& video = here->facts().video) {
            const auto& other = there.facts().video;
            QCOMPARE(std::tuple(other->width, other->height, other->rotation, other->mirrored, other->frames, other->duration, other->still, other->numbered, other->decoder),
                std::tuple(video->width, video->height, video->rotation, video->mirrored, video->frames, video->duration, video->still, video->numbered, video->decoder));
            QVERIFY(other->coding == video->coding && other->rate == video->rate && other->aspect == video->aspect);
            for (const Flicks time : {0 * flicksPerSecond, flicksPerSecond, flicksPerSecond + 1, flicksPerSecond / 3, Flicks{-5}})
                QCOMPARE(packedBytes(*there.pictureAt(time).value()), packedBytes(*here->pictureAt(time).value()));
            QCOMPARE(allPictures(there), allPictures(*here));
        }
        if (here->facts().audio) {
            const Sound one = here->decodeSound().value();
            const Sound other = there.decodeSound().value();
            QCOMPARE(other.range().count, one.range().count);
            for (int channel = 0; channel < soundChannels; ++channel)
                QVERIFY(std::equal(one.channel(channel), one.channel(channel) + one.range().count, other.channel(channel)));
        }
        const auto bytes = here->decodeSoundBytes(); // floats have none
        const auto others = there.decodeSoundBytes();
        QCOMPARE(messageOf(others), messageOf(bytes));
        QVERIFY(!bytes || *others == *bytes);
    }

    void soundLongerThanAMessageOfMemoryComesWhole()
    {
        QVERIFY(m_maker.make("long.wav", "-f lavfi -i anoisesrc=d=130:r=48000:seed=3 -ac 2"));
        const Sound one = openMedia(m_maker.path("long.wav")).value()->decodeSound().value();
        const Sound other = openMediaInWorker(m_maker.path("long.wav"), options()).value()->decodeSound().value();
        QVERIFY(one.range().count * 4 > (16 << 20));
        QCOMPARE(other.range().count, one.range().count);
        for (int channel = 0; channel < soundChannels; ++channel)
            QVERIFY(std::equal(one.channel(channel), one.channel(channel) + one.range().count, other.channel(channel)));
    }

    void soundComesInPiecesAndSeeksAsHere()
    {
        for (const char* name : {"long.wav", "film.mp4"}) {
            const auto here = openMedia(m_maker.path(name)).value();
            const auto there = openMediaInWorker(m_maker.path(name), options()).value();
            const Sound whole = here->decodeSound().value();
            const auto stream = there->openSound().value();
            QCOMPARE(stream->canSeek(), here->openSound().value()->canSeek());
            std::int64_t at = 0;
            const auto take = [&] {
                const auto next = stream->next();
                if (!next)
                    qFatal("at sample %lld: %s", static_cast<long long>(at), next.error().message.c_str());
                const Sound& piece = *next;
                const std::int64_t first = std::exchange(at, piece.range().end()) - piece.range().first;
                for (int channel = 0; channel < soundChannels; ++channel)
                    if (!std::equal(piece.channel(channel), piece.channel(channel) + piece.range().count, whole.channel(channel) + piece.range().first))
                        return std::int64_t{-1};
                return first == 0 ? piece.range().count : std::int64_t{-2};
            };
            std::int64_t count = 0;
            while ((count = take()) > 0) {}
            QCOMPARE(count, std::int64_t{0});
            QCOMPARE(at, whole.range().count);
            if (stream->canSeek()) {
                QVERIFY(stream->seek(3000000).value());
                at = 3000000;
                const std::int64_t early = stream->next().value().range().first;
                QVERIFY(early <= 3000000 && early > 3000000 - 20000);
            }
            const auto other = there->openSound().value(); // takes the worker's decoder over
            QVERIFY(messageOf(stream->next()).find("began its sound anew") != std::string::npos);
            QVERIFY(other->next().value().range().count > 0);
        }
    }

    void thePictureShownStillIsTheSamePointer()
    {
        const auto media = openMediaInWorker(m_maker.path("film.mp4"), options()).value();
        const CodedPointer first = media->pictureAt(0).value();
        QVERIFY(first == media->pictureAt(1).value());
        const QByteArray before = packedBytes(*first);
        QVERIFY(first != media->pictureAt(flicksPerSecond).value());
        QCOMPARE(packedBytes(*first), before); // its memory is not used again while somebody has it
    }

    void aLayerIsChosenInTheWorkerToo()
    {
        const auto here = openMedia(m_maker.path("layers.exr")).value();
        const auto there = openMediaInWorker(m_maker.path("layers.exr"), options()).value();
        const QByteArray top = packedBytes(*there->pictureAt(0).value());
        QCOMPARE(messageOf(there->chooseLayer("difuse")), messageOf(here->chooseLayer("difuse")));
        QVERIFY(here->chooseLayer("diffuse") && there->chooseLayer("diffuse"));
        QCOMPARE(there->facts().video->coding, here->facts().video->coding);
        const QByteArray diffuse = packedBytes(*there->pictureAt(0).value());
        QCOMPARE(diffuse, packedBytes(*here->pictureAt(0).value()));
        QVERIFY(diffuse != top);
        QCOMPARE(::kill(workerOf(::getpid()), SIGKILL), 0);
        QVERIFY(!there->pictureAt(0));
        QCOMPARE(packedBytes(*there->pictureAt(0).value()), diffuse); // of the worker that took over
        QVERIFY(there->chooseLayer(""));
        QCOMPARE(packedBytes(*there->pictureAt(0).value()), top);
    }

    void aDrawingIsMeasuredInTheWorkerWithoutBeingDrawn()
    {
        const auto probe = probeInWorker(openOrigin(m_maker.path("drawing.svg")).value(), options());
        QVERIFY2(probe && probe->facts, messageOf(probe).c_str());
        QCOMPARE(probe->facts->video->width, 64);
        QCOMPARE(probe->facts->video->height, 48);
    }

    void theSandboxRefuses_data()
    {
        QTest::addColumn<QString>("attempt");
        for (const char* attempt : {"open", "open by number", "open by handle of a folder", "create", "stat", "socket", "unix socket", "execve", "fork", "fork by clone", "kill", "chdir", "memfd", "memory to execute", "limits", "prctl"})
            QTest::newRow(attempt) << attempt;
    }
    void theSandboxRefuses()
    {
        QFETCH(QString, attempt);
        QCOMPARE(prisoner({"inside", attempt}), EPERM);
        QCOMPARE(prisoner({"outside", attempt}), 0); // it is the sandbox that refuses
    }

    void theSandboxLetsComputingThrough()
    {
        QCOMPARE(prisoner({"inside", "threads"}), 0);
        QCOMPARE(prisoner({"inside", "read what is open"}), prisoner({"outside", "read what is open"}));
    }

    void memoryAndProcessorTimeAreLimited()
    {
#if !defined(__SANITIZE_ADDRESS__)
        QCOMPARE(prisoner({"inside", "512 MiB", "268435456", "5"}), ENOMEM);
        QCOMPARE(prisoner({"inside", "512 MiB", "1073741824", "5"}), 0);
#endif
        const int ended = prisoner({"inside", "spin", "1073741824", "1"});
        QVERIFY2(ended == 128 + SIGXCPU || ended == 128 + SIGKILL, qPrintable(QString::number(ended)));
    }

    void theProgramItselfIsShutIn()
    {
        const auto media = openMediaInWorker(m_maker.path("film.mp4"), options()).value();
        const pid_t worker = workerOf(::getpid());
        QVERIFY(worker > 0);
        QCOMPARE(lineOf(worker, "status", "Seccomp:"), std::string("2"));
        QCOMPARE(lineOf(worker, "status", "NoNewPrivs:"), std::string("1"));
#if !defined(__SANITIZE_ADDRESS__)
        QCOMPARE(lineOf(worker, "limits", "Max address space"), std::string("4294967296 4294967296 bytes"));
#endif
        QCOMPARE(lineOf(worker, "limits", "Max cpu time"), std::string("86400 86400 seconds"));
        QCOMPARE(lineOf(worker, "limits", "Max open files"), std::string("16 16 files"));
        QCOMPARE(lineOf(worker, "limits", "Max core file size"), std::string("0 0 bytes"));
    }

    void noWorkerIsLeftBehind()
    {
        {
            const auto media = openMediaInWorker(m_maker.path("film.mp4"), options()).value();
            QVERIFY(workerOf(::getpid()) > 0);
        }
        QCOMPARE(workerOf(::getpid()), 0);
    }

    void aWorkerOutlivesTheThreadThatOpenedTheFile()
    {
        std::unique_ptr<MediaFile> media;
        std::thread([&] { media = openMediaInWorker(m_maker.path("film.mp4"), options()).value(); }).join();
        QVERIFY2(media->pictureAt(0), "the kernel tells a child of the death of the thread that made it");
    }

    void aWorkerThatIsKilledIsAnErrorThatNamesTheFileAndTheNextQuestionIsAnswered()
    {
        const auto media = openMediaInWorker(m_maker.path("film.mp4"), options()).value();
        const QByteArray first = packedBytes(*media->nextPicture().value());
        QCOMPARE(::kill(workerOf(::getpid()), SIGKILL), 0);
        const auto lost = media->pictureAt(flicksPerSecond);
        QVERIFY2(messageOf(lost).starts_with("file 'film.mp4': its decoder was ended by signal 9 (Killed); "), messageOf(lost).c_str());
        QCOMPARE(lost.error().fault, Fault::Unavailable);
        QCOMPARE(packedBytes(*media->pictureAt(0).value()), first);
        const auto next = media->nextPicture(); // a new worker would give the first picture again
        QVERIFY2(messageOf(next).starts_with("file 'film.mp4': "), messageOf(next).c_str());
    }

    void aWorkerThatHangsMissesItsDeadline()
    {
        WorkerOptions hurried = options();
        hurried.patience = std::chrono::seconds(1);
        const auto media = openMediaInWorker(m_maker.path("film.mp4"), hurried).value();
        QCOMPARE(::kill(workerOf(::getpid()), SIGSTOP), 0);
        QElapsedTimer timer;
        timer.start();
        const auto late = media->pictureAt(0);
        QVERIFY2(messageOf(late).starts_with("file 'film.mp4': its decoder did not answer within 1s; "), messageOf(late).c_str());
        QVERIFY(timer.elapsed() >= 1000 && timer.elapsed() < 20'000);
        QCOMPARE(workerOf(::getpid()), 0);
    }

    void aWorkerThatHangsIsEndedWhenItsWorkIsCancelled()
    {
        WorkerOptions unwanted = options();
        const auto media = openMediaInWorker(m_maker.path("film.mp4"), unwanted).value();
        const pid_t hanging = workerOf(::getpid());
        const auto other = openMediaInWorker(m_maker.path("film.mp4"), options()).value();
        QCOMPARE(::kill(hanging, SIGSTOP), 0);
        QElapsedTimer timer;
        std::thread impatient([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            timer.start();
            unwanted.cancel.cancel();
        });
        const auto late = media->pictureAt(0);
        const qint64 taken = timer.elapsed();
        impatient.join();
        QCOMPARE(late.error().fault, Fault::Cancelled);
        QVERIFY2(taken <= 500, std::to_string(taken).c_str());
        QVERIFY(::kill(hanging, 0) != 0);
        QVERIFY2(other->pictureAt(0), "another's worker goes on");
        QCOMPARE(media->pictureAt(0).error().fault, Fault::Cancelled); // and no new one begins what nobody wants
    }

    void aDecoderThatMayHaveTooLittleMemoryIsAnError()
    {
#if !defined(__SANITIZE_ADDRESS__)
        QVERIFY(m_maker.make("large.png", "-f lavfi -i testsrc2=s=7680x4320:r=1:d=1 -frames:v 1"));
        WorkerOptions narrow = options();
        narrow.limits.memoryBytes = std::uint64_t{500} << 20;
        QVERIFY2(openMediaInWorker(m_maker.path("film.mp4"), narrow), "a small film needs less");
        narrow.limits.memoryBytes = std::uint64_t{240} << 20;
        const auto media = openMediaInWorker(m_maker.path("large.png"), narrow);
        QVERIFY2(messageOf(media).starts_with("file 'large.png': its decoder needed more memory than its 240 MiB"), messageOf(media).c_str());
#endif
    }

    void withoutTheProgramThereIsNoWorker()
    {
        WorkerOptions none = options();
        none.program = "/nowhere/artdag-worker";
        const auto media = openMediaInWorker(m_maker.path("film.mp4"), none);
        QCOMPARE(media.error().fault, Fault::Unavailable);
        QVERIFY2(messageOf(media).starts_with("program '/nowhere/artdag-worker': cannot be started"), messageOf(media).c_str());
        QVERIFY(!probeInWorker({FileSource::open(m_maker.path("film.mp4")).value()}, none));
    }

    void calledByHandItSaysSo()
    {
        QProcess process;
        process.start(QString::fromStdString(options().program.string()), {"cat.mp4"});
        QVERIFY(process.waitForFinished(10'000));
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().contains("is started by artdag"));
    }

    void hostileFilesAreErrorsAndNothingMore_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("noise") << QByteArray(5000, 'x');
        QTest::newRow("playlist") << QByteArray("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n");
        const QByteArray film = m_maker.read("film.mp4");
        QTest::newRow("cut off") << film.left(film.size() / 3);
        for (int i = 0; i < 20; ++i) {
            QByteArray torn = film;
            for (qsizetype at = 40 + i * 131; at < torn.size(); at += 977 + i)
                torn[at] = static_cast<char>(torn[at] ^ (1 << (i % 8)));
            QTest::newRow(qPrintable(QString("torn %1").arg(i))) << torn;
        }
    }
    void hostileFilesAreErrorsAndNothingMore()
    {
        QFETCH(QByteArray, bytes);
        m_maker.write("hostile", bytes);
        const auto media = openMediaInWorker(m_maker.path("hostile"), options());
        QVERIFY2(media || messageOf(media).starts_with("file 'hostile': "), messageOf(media).c_str());
        if (media)
            static_cast<void>(allPictures(**media));
    }
};

QTEST_APPLESS_MAIN(WorkerTest)
#include "worker_test.moc"
