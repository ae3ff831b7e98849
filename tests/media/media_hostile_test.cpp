// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are broken, cut off, mislabelled or mean harm.
#include "core/media/decode.h"
#include "tests/media/film_maker.h"

#include <QElapsedTimer>
#include <QtTest>

#include <sys/stat.h>

using namespace artdag;
using namespace artdag::testing;

namespace {

/// A complete file of chunk type `tag` at the top level of an MP4.
qsizetype boxAt(const QByteArray& film, const char* tag)
{
    return film.indexOf(tag);
}

} // namespace

class MediaHostileTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

    /// BadInput (never a crash, never a wait) whose message begins with the file and holds the words.
    void refused(const char* name, const char* words, Fault fault = Fault::BadInput) const
    {
        const auto file = openMedia(m_maker.path(name));
        QVERIFY2(!file, name);
        QVERIFY2(file.error().fault == fault, file.error().message.c_str());
        QVERIFY2(file.error().message.starts_with("file '" + std::string(name) + "': "), file.error().message.c_str());
        QVERIFY2(file.error().message.find(words) != std::string::npos, file.error().message.c_str());
    }

    /// How many pictures come before the error, and the error.
    static std::pair<int, Error> picturesBeforeError(MediaFile& file)
    {
        for (int count = 0;; ++count) {
            const auto picture = file.nextPicture();
            if (!picture)
                return {count, picture.error()};
            if (!*picture)
                return {count, Error{}};
        }
    }

private Q_SLOTS:
    void filesThatAreNoMediaAreRefusedInWords()
    {
        m_maker.write("empty.mp4", "");
        refused("empty.mp4", "is empty");
        m_maker.write("letter.mp4", "Dear Sir or Madam,\nthis is a letter and not a film.\n");
        refused("letter.mp4", "is not a film, picture or sound");
        m_maker.write("zeros.mov", QByteArray(100000, '\0'));
        refused("zeros.mov", "");
        refused("absent.mp4", "No such file", Fault::NotFound);
        std::filesystem::create_directory(m_maker.path("folder.mp4"));
        const auto folder = openMedia(m_maker.path("folder.mp4"));
        QVERIFY(!folder && folder.error().fault == Fault::NotFound);
        QVERIFY2(folder.error().message.ends_with("folder.mp4': holds no numbered pictures"), folder.error().message.c_str());
        QCOMPARE(::mkfifo(m_maker.path("pipe.mp4").c_str(), 0600), 0);
        refused("pipe.mp4", "not a regular file");
    }

    void aFileThatNamesAnotherFileIsRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("hls") << "list.m3u8" << QByteArray("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n");
        QTest::newRow("hls as mp4") << "list.mp4" << QByteArray("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:1/x.ts\n#EXT-X-ENDLIST\n");
        QTest::newRow("concat") << "list.txt" << QByteArray("ffconcat version 1.0\nfile '/etc/passwd'\n");
        QTest::newRow("dash") << "list.mpd" << QByteArray("<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" profiles=\"urn:mpeg:dash:profile:isoff-live:2011\"><Period/></MPD>");
        QTest::newRow("playlist") << "x.ref" << QByteArray("[Reference]\nRef1=http://127.0.0.1:1/x\n");
        QTest::newRow("sdp") << "x.sdp" << QByteArray("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n");
        QTest::newRow("subtitles") << "x.srt" << QByteArray("1\n00:00:00,000 --> 00:00:01,000\nhello\n\n2\n00:00:01,000 --> 00:00:02,000\nyou\n");
    }
    void aFileThatNamesAnotherFileIsRefused()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        m_maker.write(name.toUtf8().constData(), bytes);
        refused(name.toUtf8().constData(), "Art DAG reads MP4");
    }

    void aMovieThatKeepsItsPicturesInAnotherFileGetsNoneOfThem()
    {
        // A QuickTime data reference of kind 'url ' that is not "in this file", as old editors write it.
        QVERIFY(m_maker.make("secret.mov", "-f lavfi -i testsrc2=s=96x64:r=25:d=1 -c:v mjpeg -q:v 2"));
        QByteArray bytes = m_maker.read("secret.mov");
        const qsizetype reference = boxAt(bytes, "url \0\0\0\1");
        const qsizetype byType = bytes.indexOf(QByteArray("\0\0\0\1\0\0\0\x0Curl \0\0\0\1", 16));
        QVERIFY(reference > 0 || byType > 0);
        const qsizetype at = byType > 0 ? byType + 8 : reference;
        bytes.replace(at, 8, QByteArray("alis\0\0\0\0", 8)); // somewhere else
        m_maker.write("reference.mov", bytes);
        const auto file = openMedia(m_maker.path("reference.mov"));
        if (file) { // what it gives is its own bytes, or an error: never another file's
            const auto [count, error] = picturesBeforeError(**file);
            QVERIFY2(count <= 25, error.message.c_str());
        } else {
            QVERIFY(file.error().message.starts_with("file 'reference.mov': "));
        }
        QVERIFY(m_maker.make("opened.mov", "-f lavfi -i testsrc2=s=96x64:r=25:d=1 -c:v mjpeg"));
    }

    void aFileThatClaimsTooManyStreamsIsRefusedWithoutMemoryForThem()
    {
        QString arguments = "-f lavfi -i sine=d=0.1:r=8000";
        for (int i = 0; i < 70; ++i)
            arguments += " -map 0";
        QVERIFY(m_maker.make("many.mkv", (arguments + " -c:a pcm_s16le").toUtf8().constData()));
        const auto file = openMedia(m_maker.path("many.mkv"));
        QVERIFY(!file);
        QVERIFY2(file.error().message.starts_with("file 'many.mkv': "), file.error().message.c_str());
    }

    void aFilmWithoutAPictureIsRefusedInWords()
    {
        QVERIFY(m_maker.make("none.mp4", "-f lavfi -i testsrc2=s=96x64:r=25:d=1 -frames:v 0 -c:v libx264 -f mp4"));
        refused("none.mp4", "");
        QVERIFY(m_maker.make("none.mkv", "-f lavfi -i testsrc2=s=96x64:r=25:d=1 -frames:v 0 -c:v ffv1"));
        refused("none.mkv", "");
    }

    void hugePicturesAreRefusedQuicklyByEveryDecoder_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qsizetype>("at");
        QTest::addColumn<QByteArray>("size");
        QTest::newRow("gif") << "huge.gif" << qsizetype(6) << QByteArray("\xFF\xFF\xFF\xFF", 4);
        QTest::newRow("tiff") << "huge.tiff" << qsizetype(-1) << QByteArray();
        QTest::newRow("exr") << "huge.exr" << qsizetype(-2) << QByteArray();
    }
    void hugePicturesAreRefusedQuicklyByEveryDecoder()
    {
        QFETCH(QString, name);
        QFETCH(qsizetype, at);
        QFETCH(QByteArray, size);
        const std::string path = name.toStdString();
        QVERIFY(m_maker.make(path.c_str(), path.ends_with("exr") ? "-f lavfi -i color=s=64x64:d=0.04 -frames:v 1 -pix_fmt gbrpf32le" : "-f lavfi -i color=s=64x64:d=0.04 -frames:v 1"));
        QByteArray bytes = m_maker.read(path.c_str());
        if (at == -1) { // the TIFF tags ImageWidth and ImageLength
            const qsizetype wide = bytes.indexOf(QByteArray("\x00\x01\x04\x00\x01\x00\x00\x00\x40", 9));
            QVERIFY(wide > 0);
            bytes.replace(wide + 8, 4, QByteArray("\xFF\xFF\x00\x00", 4));
            const qsizetype tall = bytes.indexOf(QByteArray("\x01\x01\x04\x00\x01\x00\x00\x00\x40", 9));
            QVERIFY(tall > 0);
            bytes.replace(tall + 8, 4, QByteArray("\xFF\xFF\x00\x00", 4));
        } else if (at == -2) { // dataWindow and displayWindow
            for (const char* window : {"dataWindow", "displayWindow"}) {
                const qsizetype box = bytes.indexOf(QByteArray(window) + QByteArray("\0box2i\0\x10\0\0\0", 11));
                QVERIFY(box > 0);
                bytes.replace(box + static_cast<qsizetype>(std::strlen(window)) + 11 + 8, 8, QByteArray("\xFE\xFF\x00\x00\xFE\xFF\x00\x00", 8));
            }
        } else {
            bytes.replace(at, size.size(), size);
        }
        m_maker.write(path.c_str(), bytes);
        QElapsedTimer timer;
        timer.start();
        const auto file = openMedia(m_maker.path(path.c_str()));
        if (file)
            QVERIFY(!(*file)->nextPicture() || name.endsWith("gif"));
        QVERIFY2(timer.elapsed() < 20000, qPrintable(QString::number(timer.elapsed())));
    }

    void aFormatOutsideTheListIsRefusedThoughFfmpegReadsIt()
    {
        QVERIFY(m_maker.make("film.nut", "-f lavfi -i testsrc2=s=64x64:d=0.2 -c:v ffv1"));
        refused("film.nut", "looks like 'nut'");
        QVERIFY(m_maker.make("film.flv", "-f lavfi -i testsrc2=s=64x64:d=0.2 -c:v flv"));
        refused("film.flv", "looks like 'flv'");
    }

    void aCodecOutsideTheListIsRefused()
    {
        QVERIFY(m_maker.make("wmv.avi", "-f lavfi -i testsrc2=s=64x64:d=0.2 -c:v wmv2"));
        refused("wmv.avi", "'wmv2'");
    }

    void aFilmThatIsCutOffGivesItsPicturesAndThenNamesFileAndTime_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arguments");
        QTest::newRow("mp4") << "cut.mp4"
                             << "-c:v libx264 -bf 2 -g 25 -b:v 800k -pix_fmt yuv420p -movflags faststart";
        QTest::newRow("mkv") << "cut.mkv"
                             << "-c:v libx264 -bf 2 -g 25 -b:v 800k -pix_fmt yuv420p";
        QTest::newRow("mkv with sound") << "sound.mkv"
                                        << "-f lavfi -i anoisesrc=d=4 -c:v libx264 -bf 2 -g 25 -b:v 800k -pix_fmt yuv420p -c:a flac";
        QTest::newRow("avi") << "cut.avi"
                             << "-c:v mpeg4 -bf 0 -g 12 -q:v 3";
        QTest::newRow("gif") << "cut.gif"
                             << "-c:v gif";
        QTest::newRow("ffv1") << "lossless.mkv"
                              << "-c:v ffv1 -level 3 -slices 4 -slicecrc 1 -pix_fmt yuv420p";
        QTest::newRow("mjpeg") << "mjpeg.mp4"
                               << "-c:v mjpeg -q:v 3 -pix_fmt yuvj420p -movflags faststart";
    }
    void aFilmThatIsCutOffGivesItsPicturesAndThenNamesFileAndTime()
    {
        QFETCH(QString, name);
        QFETCH(QString, arguments);
        const std::string path = name.toStdString();
        QVERIFY(m_maker.make(path.c_str(), ("-f lavfi -i testsrc2=s=320x240:r=25:d=4 " + arguments).toUtf8().constData()));
        const auto whole = openMedia(m_maker.path(path.c_str()));
        QVERIFY(whole);
        std::vector<QByteArray> all;
        for (;;) {
            const auto picture = (*whole)->nextPicture();
            QVERIFY(picture);
            if (!*picture)
                break;
            all.push_back(packedBytes(**picture));
        }
        QCOMPARE(static_cast<int>(all.size()), 100);
        const QByteArray bytes = m_maker.read(path.c_str());
        m_maker.write(path.c_str(), bytes.left(bytes.size() / 2));

        const auto cut = openMedia(m_maker.path(path.c_str()));
        QVERIFY2(cut, cut ? "" : cut.error().message.c_str());
        const auto [count, error] = picturesBeforeError(**cut);
        QVERIFY2(count > 20 && count < 80, qPrintable(QString("%1: %2").arg(count).arg(QString::fromStdString(error.message))));
        QVERIFY2(error.fault == Fault::Corrupt, error.message.c_str());
        QVERIFY2(error.message.starts_with("file '" + path + "': "), error.message.c_str());
        const QString seconds = QString::fromStdString(error.message).section(" at ", -1).section(' ', 0, 0);
        QVERIFY2(std::abs(seconds.toDouble() - count / 25.0) < 0.3, error.message.c_str());
        // By time it is the same: what lies before the damage comes, what lies behind does not, in any order. (The very last
        // pictures may lack B-pictures between them.)
        for (const int frame : {count - 4, 0, count / 2, count - 5, 1}) {
            const auto picture = (*cut)->pictureAt(timeOfFrame(frame, Rate{25, 1}));
            QVERIFY2(picture, picture ? "" : qPrintable(QString("%1 of %2: %3").arg(frame).arg(count).arg(picture.error().message.c_str())));
            QVERIFY2(packedBytes(**picture) == all[static_cast<std::size_t>(frame)], qPrintable(QString::number(frame)));
            const auto behind = (*cut)->pictureAt(timeOfFrame(95, Rate{25, 1}));
            QVERIFY(!behind);
            QCOMPARE(behind.error().fault, Fault::Corrupt);
        }
    }

    void aFilmWhoseIndexIsCutOffIsRefused()
    {
        QVERIFY(m_maker.make("late.mp4", "-f lavfi -i testsrc2=s=320x240:r=25:d=4 -c:v libx264 -pix_fmt yuv420p"));
        const QByteArray bytes = m_maker.read("late.mp4");
        QVERIFY(boxAt(bytes, "moov") > boxAt(bytes, "mdat"));
        m_maker.write("late.mp4", bytes.left(bytes.size() / 2));
        refused("late.mp4", "may be cut off");
    }

    void soundThatIsCutOffIsCorrupt_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arguments");
        QTest::newRow("m4a") << "song.m4a"
                             << "-c:a aac -movflags faststart";
        QTest::newRow("flac") << "song.flac"
                              << "-c:a flac";
        QTest::newRow("wav") << "song.wav"
                             << "-c:a pcm_s16le";
        QTest::newRow("mka") << "song.mka"
                             << "-c:a libvorbis";
    }
    void soundThatIsCutOffIsCorrupt()
    {
        QFETCH(QString, name);
        QFETCH(QString, arguments);
        const std::string path = name.toStdString();
        QVERIFY(m_maker.make(path.c_str(), ("-f lavfi -i anoisesrc=d=4 " + arguments).toUtf8().constData()));
        const QByteArray bytes = m_maker.read(path.c_str());
        m_maker.write(path.c_str(), bytes.left(bytes.size() / 2));
        const auto file = openMedia(m_maker.path(path.c_str()));
        QVERIFY(file);
        const auto sound = (*file)->decodeSound();
        QVERIFY(!sound);
        QCOMPARE(sound.error().fault, Fault::Corrupt);
        QVERIFY(sound.error().message.starts_with("file '" + path + "': "));
    }

    void aPictureThatIsCutOffIsRefused_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"cut.png", "cut.jpg", "cut.bmp", "cut.webp"})
            QTest::newRow(name) << name;
    }
    void aPictureThatIsCutOffIsRefused()
    {
        QFETCH(QString, name);
        const std::string path = name.toStdString();
        QVERIFY(m_maker.make(path.c_str(), "-f lavfi -i testsrc2=s=320x240:d=0.04 -frames:v 1"));
        const QByteArray bytes = m_maker.read(path.c_str());
        m_maker.write(path.c_str(), bytes.left(bytes.size() / 2));
        refused(path.c_str(), "cut off or damaged", Fault::Corrupt);
    }

    void aFlippedByteOfALosslessFilmIsFound()
    {
        QVERIFY(m_maker.make("master.mkv", "-f lavfi -i testsrc2=s=96x64:r=25:d=1 -c:v ffv1 -level 3 -slices 4 -slicecrc 1 -g 1 -pix_fmt gbrp10le"));
        const QByteArray bytes = m_maker.read("master.mkv");
        QByteArray flipped = bytes;
        flipped[bytes.size() / 2] = static_cast<char>(flipped[bytes.size() / 2] ^ 0x10);
        m_maker.write("master.mkv", flipped);
        const auto file = openMedia(m_maker.path("master.mkv"));
        QVERIFY(file);
        const auto [count, error] = picturesBeforeError(**file);
        QVERIFY2(count > 0 && count < 25, qPrintable(QString::number(count)));
        QVERIFY2(error.fault == Fault::Corrupt, error.message.c_str());
    }

    void aHeaderThatLiesAboutTheSizeIsSeenThrough()
    {
        QVERIFY(m_maker.make("liar.mp4", "-f lavfi -i testsrc2=s=96x64:r=25:d=1 -c:v libx264 -pix_fmt yuv420p"));
        QByteArray bytes = m_maker.read("liar.mp4");
        const qsizetype entry = boxAt(bytes, "avc1");
        QVERIFY(entry > 0);
        const qsizetype second = bytes.indexOf("avc1", entry + 4) > 0 ? bytes.indexOf("avc1", entry + 4) : entry;
        bytes.replace(second + 4 + 24, 4, QByteArray("\x40\x00\x40\x00", 4)); // 16384×16384
        m_maker.write("liar.mp4", bytes);
        const auto file = openMedia(m_maker.path("liar.mp4"));
        QVERIFY2(file, file ? "" : file.error().message.c_str());
        QCOMPARE((*file)->facts().video->width, 96);
        QCOMPARE((*file)->facts().video->height, 64);
    }

    void aPictureBeyondTheLimitIsRefusedWithoutMemoryForIt()
    {
        QVERIFY(m_maker.make("huge.png", "-f lavfi -i color=s=64x64:d=0.04 -frames:v 1"));
        QByteArray bytes = m_maker.read("huge.png");
        bytes.replace(16, 8, QByteArray("\x00\x00\xFF\xFF\x00\x00\xFF\xFF", 8)); // 65535×65535; its CRC is wrong, too
        m_maker.write("huge.png", bytes);
        refused("huge.png", "damaged", Fault::Corrupt);
        QByteArray bitmap = "BM" + QByteArray("\x36\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00", 16) + QByteArray("\x00\x50\x00\x00\x00\x50\x00\x00\x01\x00\x18\x00", 12) + QByteArray(200, '\0');
        m_maker.write("huge.bmp", bitmap); // 20480×20480
        refused("huge.bmp", "damaged", Fault::Corrupt);
    }

    void picturesThatChangeTheirSizeAreCorrupt()
    {
        QVERIFY(m_maker.make("a.ts", "-f lavfi -i testsrc2=s=96x64:r=25:d=1 -c:v libx264 -pix_fmt yuv420p"));
        QVERIFY(m_maker.make("b.ts", "-f lavfi -i testsrc2=s=128x96:r=25:d=1 -output_ts_offset 1 -c:v libx264 -pix_fmt yuv420p"));
        m_maker.write("both.ts", m_maker.read("a.ts") + m_maker.read("b.ts"));
        const auto file = openMedia(m_maker.path("both.ts"));
        QVERIFY(file);
        const auto [count, error] = picturesBeforeError(**file);
        QVERIFY2(error.fault == Fault::Corrupt && error.message.find("96×64 to 128×96") != std::string::npos, error.message.c_str());
        QVERIFY(count >= 20);
    }

    void noDamageCrashesOrHangs_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arguments");
        QTest::newRow("mp4") << "d.mp4"
                             << "-c:v libx264 -bf 2 -pix_fmt yuv420p -c:a aac";
        QTest::newRow("mkv") << "d.mkv"
                             << "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p -c:a libvorbis";
        QTest::newRow("avi") << "d.avi"
                             << "-c:v mpeg4 -bf 2 -c:a libmp3lame";
        QTest::newRow("ts") << "d.ts"
                            << "-c:v mpeg2video -c:a ac3";
        QTest::newRow("master") << "m.mkv"
                                << "-c:v ffv1 -level 3 -slices 4 -slicecrc 1 -c:a flac";
        QTest::newRow("gif") << "d.gif"
                             << "-an";
        QTest::newRow("png") << "d.png"
                             << "-an -frames:v 1";
        QTest::newRow("jpg") << "d.jpg"
                             << "-an -frames:v 1";
        QTest::newRow("prores") << "p.mov"
                                << "-c:v prores_ks -c:a pcm_s24le";
        QTest::newRow("tiff") << "d.tiff"
                              << "-an -frames:v 1";
        QTest::newRow("exr") << "d.exr"
                             << "-an -frames:v 1 -pix_fmt gbrpf32le";
        QTest::newRow("webp") << "d.webp"
                              << "-an -frames:v 1";
        QTest::newRow("opus") << "d.opus"
                              << "-vn -c:a libopus";
        QTest::newRow("wav") << "d.wav"
                             << "-vn";
        QTest::newRow("flac") << "d.flac"
                              << "-vn";
        QTest::newRow("mp3") << "d.mp3"
                             << "-vn -c:a libmp3lame";
    }
    void noDamageCrashesOrHangs()
    {
        QFETCH(QString, name);
        QFETCH(QString, arguments);
        const std::string path = name.toStdString();
        QVERIFY(m_maker.make(path.c_str(), ("-f lavfi -i testsrc2=s=64x48:r=10:d=1 -f lavfi -i sine=d=1 " + arguments).toUtf8().constData()));
        const QByteArray whole = m_maker.read(path.c_str());
        std::uint32_t state = 1;
        const auto random = [&](qsizetype below) {
            state = state * 1664525U + 1013904223U;
            return static_cast<qsizetype>((static_cast<std::uint64_t>(state) * static_cast<std::uint64_t>(below)) >> 32);
        };
        for (int tries = 0; tries < 40; ++tries) {
            QByteArray damaged = whole;
            for (qsizetype i = 0; i <= random(20); ++i)
                damaged[random(tries % 2 == 0 ? std::min<qsizetype>(600, damaged.size()) : damaged.size())] = static_cast<char>(random(256));
            m_maker.write(path.c_str(), damaged);
            const auto file = openMedia(m_maker.path(path.c_str()));
            if (!file)
                continue;
            if ((*file)->facts().video) {
                for (int i = 0; i < 30; ++i) {
                    const auto picture = (*file)->nextPicture();
                    if (!picture || !*picture)
                        break;
                }
                for (const double seconds : {0.9, 0.0, 0.5, 1000.0})
                    if (const auto picture = (*file)->pictureAt(flicksOfSeconds(seconds)))
                        QVERIFY(*picture);
            }
            if ((*file)->facts().audio)
                if (const auto sound = (*file)->decodeSound())
                    QVERIFY(sound->range().count > 0);
        }
    }
};

QTEST_GUILESS_MAIN(MediaHostileTest)
#include "media_hostile_test.moc"
