// SPDX-License-Identifier: GPL-3.0-or-later
// Every format that artists bring is read: the right colours at the right places at the right times, size, length, warnings.
#include "core/media/decode.h"
#include "tests/media/film_maker.h"
#include "tests/media/shown_colours.h"

#include <QtTest>

using namespace artdag;
using namespace artdag::testing;

namespace {

constexpr std::array<int, 3> ground{40, 90, 160};
constexpr std::array<int, 3> white{255, 255, 255};
/// Ten pictures a second for one second: a white bar, 16 wide, that moves 8 to the right each picture, on blue.
const QString bar = "-f lavfi -i nullsrc=s=256x144:r=10:d=1,format=gbrp,geq=r='if(between(X,8*N,8*N+15),255,40)':g='if(between(X,8*N,8*N+15),255,90)':b='if(between(X,8*N,8*N+15),255,160)' ";

struct Film {
    const char* name;
    const char* arguments;
    int tolerance;
};
const Film films[] = {
    {"h264.mp4", "-c:v libx264 -crf 10 -pix_fmt yuv420p", 12},
    {"h264.mov", "-c:v libx264 -crf 10 -pix_fmt yuv420p", 12},
    {"h264.mkv", "-c:v libx264 -crf 10 -bf 3 -pix_fmt yuv420p", 12},
    {"h264.ts", "-c:v libx264 -crf 10 -bf 3 -pix_fmt yuv420p", 12},
    {"h264.avi", "-c:v libx264 -crf 10 -bf 0 -pix_fmt yuv420p", 12},
    {"bt709.mp4", "-vf scale=out_color_matrix=bt709:out_range=tv -c:v libx264 -crf 10 -pix_fmt yuv420p -colorspace bt709 -color_primaries bt709 -color_trc bt709", 12},
    {"full_range.mp4", "-vf scale=out_range=pc -c:v libx264 -crf 10 -pix_fmt yuvj420p", 12},
    {"h264_10.mkv", "-c:v libx264 -crf 10 -pix_fmt yuv420p10le", 12},
    {"hevc.mp4", "-c:v libx265 -x265-params log-level=none:crf=10 -pix_fmt yuv420p", 12},
    {"hevc_10.mkv", "-c:v libx265 -x265-params log-level=none:crf=10 -pix_fmt yuv420p10le", 12},
    {"vp8.webm", "-c:v libvpx -b:v 4M", 14},
    {"vp9.webm", "-c:v libvpx-vp9 -crf 10 -b:v 0 -deadline realtime -cpu-used 8 -pix_fmt yuv420p", 12},
    {"av1.mp4", "-c:v libsvtav1 -preset 12 -crf 15 -svtav1-params lp=1 -pix_fmt yuv420p", 14},
    {"av1.webm", "-c:v libsvtav1 -preset 12 -crf 15 -svtav1-params lp=1 -pix_fmt yuv420p", 14},
    {"mpeg2.ts", "-c:v mpeg2video -q:v 2 -bf 2 -r 25 -pix_fmt yuv420p", 14},
    {"mpeg4.avi", "-c:v mpeg4 -q:v 2", 14},
    {"mpeg4.mp4", "-c:v mpeg4 -q:v 2 -bf 2", 14},
    {"prores.mov", "-c:v prores_ks -profile 3", 12},
    {"prores_4444.mov", "-c:v prores_ks -profile 4 -pix_fmt yuva444p10le", 12},
    {"dnxhr.mov", "-c:v dnxhd -profile:v dnxhr_hq -pix_fmt yuv422p", 12},
    {"mjpeg.avi", "-c:v mjpeg -q:v 2 -pix_fmt yuvj422p", 12},
    {"ffv1.mkv", "-c:v ffv1 -pix_fmt yuv444p", 3},
    {"ffv1_rgb16.mkv", "-c:v ffv1 -pix_fmt gbrp16le", 1},
    {"ffv1.avi", "-c:v ffv1 -pix_fmt bgr0", 1},
    {"utvideo.avi", "-c:v utvideo -pix_fmt gbrp", 1},
    {"qtrle.mov", "-c:v qtrle", 1},
    {"loop.gif", "-vf split[a][b];[a]palettegen=reserve_transparent=0[p];[b][p]paletteuse=dither=none -c:v gif", 10},
    {"odd.mkv", "-vf crop=253:141:0:0 -c:v ffv1 -pix_fmt gbrp", 1},
};

struct Still {
    const char* name;
    const char* arguments;
    int tolerance;
    std::array<int, 3> ground;
};
/// The same blue as light: 8-bit codes that an OpenEXR file takes for linear.
constexpr std::array<int, 3> groundAsLight{110, 160, 207};
const Still stills[] = {
    {"rgb.png", "-pix_fmt rgb24", 1, ground},
    {"rgba.png", "-pix_fmt rgba", 1, ground},
    {"rgb48.png", "-pix_fmt rgb48be", 1, ground},
    {"rgba64.png", "-pix_fmt rgba64be", 1, ground},
    {"palette.png", "-pix_fmt pal8", 20, ground},
    {"photo.jpg", "-q:v 1 -pix_fmt yuvj420p", 10, ground},
    {"photo444.jpg", "-q:v 1 -pix_fmt yuvj444p", 10, ground},
    {"photo.webp", "-c:v libwebp -quality 95 -pix_fmt yuv420p", 14, ground},
    {"lossless.webp", "-c:v libwebp -lossless 1 -pix_fmt bgra", 1, ground},
    {"rgb.tiff", "-pix_fmt rgb24", 1, ground},
    {"deflate.tiff", "-compression_algo deflate -pix_fmt rgb48le", 1, ground},
    {"rgba64.tiff", "-pix_fmt rgba64le", 1, ground},
    {"rgb.bmp", "-pix_fmt bgr24", 1, ground},
    {"float.exr", "-pix_fmt gbrpf32le", 1, groundAsLight},
    {"half.exr", "-pix_fmt gbrapf32le -format half -compression zip16", 1, groundAsLight},
    {"still.gif", "-pix_fmt pal8", 20, ground},
};

} // namespace

class DecodeFormatsTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

    Result<std::unique_ptr<MediaFile>> made(const char* name, const QString& arguments) const
    {
        if (!m_maker.make(name, arguments.toUtf8().constData()))
            return fail(Fault::Unavailable, "ffmpeg did not make it");
        return opened(m_maker, name);
    }
    static bool warns(const MediaFile& file, const char* words)
    {
        for (const std::string& warning : file.facts().warnings)
            if (warning.find(words) != std::string::npos)
                return true;
        return false;
    }

private Q_SLOTS:
    void filmsShowTheirPicturesAtTheirTimes_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < std::size(films); ++i)
            QTest::newRow(films[i].name) << static_cast<int>(i);
    }
    void filmsShowTheirPicturesAtTheirTimes()
    {
        QFETCH(int, index);
        const Film& film = films[index];
        const auto file = made(film.name, bar + film.arguments);
        QVERIFY(file);
        const VideoFacts& facts = *(*file)->facts().video;
        const bool odd = QString(film.name).startsWith("odd");
        QCOMPARE(facts.width, odd ? 253 : 256);
        QCOMPARE(facts.height, odd ? 141 : 144);
        QVERIFY2(std::abs(secondsOfFlicks(facts.duration) - 1.0) < 0.06, qPrintable(QString::number(secondsOfFlicks(facts.duration))));
        QVERIFY(!facts.still && !(*file)->facts().audio);
        for (const int frame : {0, 1, 5, 9, 3}) {
            const auto picture = (*file)->pictureAt(timeOfFrame(frame, Rate{10, 1}) + flicksPerSecond / 20); // some have another rate than the drawing
            QVERIFY2(picture, picture ? "" : picture.error().message.c_str());
            const Shown inside = shownAt(**picture, 8 * frame + 8, 70);
            const Shown beside = shownAt(**picture, 8 * frame + 40, 70);
            QVERIFY2(isNear(inside, white, film.tolerance), qPrintable(QString("bar %1: %2").arg(frame).arg(wordsOf(inside))));
            QVERIFY2(isNear(beside, ground, film.tolerance), qPrintable(QString("ground %1: %2").arg(frame).arg(wordsOf(beside))));
            QCOMPARE(inside.alpha, 1.0F);
        }
    }

    void stillsShowTheirPicture_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < std::size(stills); ++i)
            QTest::newRow(stills[i].name) << static_cast<int>(i);
    }
    void stillsShowTheirPicture()
    {
        QFETCH(int, index);
        const Still& still = stills[index];
        const auto file = made(still.name, bar + "-frames:v 1 " + still.arguments);
        QVERIFY(file);
        QVERIFY((*file)->facts().video->still);
        QCOMPARE((*file)->facts().video->width, 256);
        const auto picture = (*file)->pictureAt(77 * flicksPerSecond);
        QVERIFY2(picture, picture ? "" : picture.error().message.c_str());
        QVERIFY2(isNear(shownAt(**picture, 7, 70), white, still.tolerance), qPrintable(wordsOf(shownAt(**picture, 7, 70))));
        QVERIFY2(isNear(shownAt(**picture, 200, 20), still.ground, still.tolerance), qPrintable(wordsOf(shownAt(**picture, 200, 20))));
    }

    void transparencyIsRead_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arguments");
        const auto row = [](const char* name, const char* arguments) { QTest::newRow(name) << name << arguments; };
        row("a.png", "-frames:v 1 -pix_fmt rgba");
        row("a16.png", "-frames:v 1 -pix_fmt rgba64be");
        row("a.webp", "-frames:v 1 -c:v libwebp -pix_fmt yuva420p");
        row("a.tiff", "-frames:v 1 -pix_fmt rgba");
        row("a.exr", "-frames:v 1 -pix_fmt gbrapf32le");
        row("a.mov", "-c:v prores_ks -profile 4444 -pix_fmt yuva444p10le");
        row("rle.mov", "-c:v qtrle -pix_fmt argb");
        row("vp9.webm", "-c:v libvpx-vp9 -auto-alt-ref 0 -deadline realtime -cpu-used 8 -crf 10 -b:v 0 -pix_fmt yuva420p");
        row("vp8.webm", "-c:v libvpx -auto-alt-ref 0 -b:v 4M -pix_fmt yuva420p");
        row("a.mkv", "-c:v ffv1 -pix_fmt yuva420p");
        row("a422.mkv", "-c:v ffv1 -pix_fmt yuva422p10le");
    }
    void transparencyIsRead()
    {
        QFETCH(QString, name);
        QFETCH(QString, arguments);
        // The left half is opaque, the right one is half covered.
        const auto file = made(name.toUtf8().constData(), "-f lavfi -i nullsrc=s=64x48:r=10:d=0.3,format=gbrap,geq=r=250:g=128:b=64:a='if(lt(X,32),255,128)' " + arguments);
        QVERIFY(file);
        const auto picture = (*file)->pictureAt(0);
        QVERIFY2(picture, picture ? "" : picture.error().message.c_str());
        QVERIFY2(std::abs(shownAt(**picture, 8, 24).alpha - 1.0F) < 0.01F, qPrintable(wordsOf(shownAt(**picture, 8, 24))));
        QVERIFY2(std::abs(shownAt(**picture, 56, 24).alpha - 0.502F) < 0.02F, qPrintable(wordsOf(shownAt(**picture, 56, 24))));
    }

    void hiddenAndUnusualThingsAreSaid_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const QString& arguments, const char* words) { QTest::newRow(name) << name << arguments << words; };
        row("interlaced.mov", bar + "-vf interlace -c:v prores_ks -flags +ildct", "is interlaced");
        row("interlaced.ts", bar + "-r 25 -c:v mpeg2video -q:v 2 -flags +ilme+ildct -top 1 -pix_fmt yuv420p", "is interlaced");
        row("two_pictures.mkv", bar + "-f lavfi -i color=red:s=64x64:d=1 -map 0 -map 1 -c:v ffv1", "has 2 picture streams; number 0 is used");
        row("two_sounds.mkv", "-f lavfi -i sine=d=1 -f lavfi -i sine=d=1:f=900 -map 0 -map 1 -c:a flac", "has 2 sound streams; number 0 is used");
        row("twelve.mkv", bar + "-c:v ffv1 -pix_fmt yuv420p12le", "read as 10-bit");
    }
    void hiddenAndUnusualThingsAreSaid()
    {
        QFETCH(QString, name);
        QFETCH(QString, arguments);
        QFETCH(QString, words);
        const auto file = made(name.toUtf8().constData(), arguments);
        QVERIFY(file);
        QVERIFY2(warns(**file, words.toUtf8().constData()), (*file)->facts().warnings.empty() ? "no warning" : (*file)->facts().warnings.front().c_str());
    }

    void soundAloneAndPicturesAloneAreMedia()
    {
        const auto sound = made("only.m4a", "-f lavfi -i sine=d=1 -c:a aac");
        QVERIFY(sound);
        QVERIFY(!(*sound)->facts().video && (*sound)->facts().audio);
        QVERIFY(!(*sound)->pictureAt(0) && !(*sound)->nextPicture());
        const auto silent = made("silent.mp4", bar + "-c:v libx264 -pix_fmt yuv420p");
        QVERIFY(silent);
        QVERIFY((*silent)->facts().video && !(*silent)->facts().audio);
        QVERIFY(!(*silent)->decodeSound() && !(*silent)->decodeSoundBytes());
    }

    void aFilmCutBetweenItsKeyPicturesBeginsWhereItsEditListSays()
    {
        // A stream copy from the middle of a group with B-pictures: what lies before the cut is in the file but not in the film.
        QVERIFY(m_maker.make("whole.mp4", (bar.left(bar.indexOf("d=1,")) + "d=3,format=gbrp,geq=r='if(eq(mod(N,30),N),N*8,0)':g=0:b=0 -c:v libx264 -crf 4 -bf 3 -g 30 -pix_fmt yuv444p").toUtf8().constData()));
        QVERIFY(m_maker.make("cut.mp4", "-ss 1.2 -i @whole.mp4 -c copy"));
        const auto file = opened(m_maker, "cut.mp4");
        QVERIFY(file);
        QVERIFY2(std::abs(secondsOfFlicks((*file)->facts().video->duration) - 1.8) < 0.11, qPrintable(QString::number(secondsOfFlicks((*file)->facts().video->duration))));
        for (const int frame : {0, 3, 10, 17}) {
            const auto picture = (*file)->pictureAt(timeOfFrame(frame, Rate{10, 1}));
            QVERIFY2(picture, picture ? "" : picture.error().message.c_str());
            const Shown shown = shownAt(**picture, 100, 70);
            QVERIFY2(std::abs(shown.rgb[0] - (frame + 12) * 8) <= 6, qPrintable(QString("%1: %2").arg(frame).arg(wordsOf(shown))));
        }
    }

    void aFilmThatDoesNotSayHowLongItIsIsMeasured()
    {
        QVERIFY(m_maker.make("live.mkv", (bar + "-c:v libx264 -g 5 -pix_fmt yuv420p -live 1").toUtf8().constData()));
        QVERIFY(FilmMaker::run("ffprobe", {"-v", "error", "-show_entries", "format=duration", m_maker.text("live.mkv")}).value_or("").contains("N/A"));
        const auto file = opened(m_maker, "live.mkv");
        QVERIFY(file);
        QCOMPARE((*file)->facts().video->frames, 10);
        QVERIFY(std::abs(secondsOfFlicks((*file)->facts().video->duration) - 1.0) < 0.01);
        QVERIFY(isNear(shownAt(**(*file)->pictureAt(timeOfFrame(7, Rate{10, 1})), 64, 70), white, 12));
    }

    void mirroredPhotographsAreMirroredBack()
    {
        // Orientation 2 of a picture that is white at the left: shown, it is white at the right.
        QVERIFY(m_maker.make("plain.jpg", (bar + "-frames:v 1 -q:v 1").toUtf8().constData()));
        QByteArray exif("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x02\0\0\0\0\0\0", 32);
        const QByteArray segment = QByteArray("\xFF\xE1\0", 3) + static_cast<char>(exif.size() + 2) + exif;
        m_maker.write("mirrored.jpg", m_maker.read("plain.jpg").left(2) + segment + m_maker.read("plain.jpg").mid(2));
        const auto file = opened(m_maker, "mirrored.jpg");
        QVERIFY(file);
        QVERIFY((*file)->facts().video->mirrored);
        QCOMPARE((*file)->facts().video->rotation, 0);
        const auto picture = (*file)->pictureAt(0);
        QVERIFY(picture);
        QVERIFY2(isNear(shownAt(**picture, 255 - 7, 70), white, 10), qPrintable(wordsOf(shownAt(**picture, 248, 70))));
        QVERIFY2(isNear(shownAt(**picture, 7, 70), ground, 10), qPrintable(wordsOf(shownAt(**picture, 7, 70))));
        QVERIFY(*(*file)->pictureAt(0) == *picture);
    }
};

QTEST_GUILESS_MAIN(DecodeFormatsTest)
#include "decode_formats_test.moc"
