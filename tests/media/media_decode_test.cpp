// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/decode.h"
#include "core/picture/simd.h"
#include "tests/media/film_maker.h"

#include <QtTest>

#include <algorithm>

using namespace artdag;
using namespace artdag::testing;

namespace {

constexpr const char* chart = "-f lavfi -i testsrc2=s=176x144:r=25:d=2";

struct Sample {
    const char* name;
    const char* arguments;
    const char* format; ///< what we give, in FFmpeg's words
    int frames;
};
// Each is decoded by us and by the ffmpeg command, in order and at random.
const Sample samples[] = {
    {"b_frames.mp4", "-c:v libx264 -bf 3 -g 12 -pix_fmt yuv420p", "yuv420p", 50},
    {"open_gop.mkv", "-c:v libx264 -x264-params open-gop=1:bframes=3:keyint=10:b-pyramid=2 -pix_fmt yuv420p", "yuv420p", 50},
    {"stream.ts", "-c:v libx264 -bf 2 -g 15 -pix_fmt yuv420p", "yuv420p", 50},
    {"open_gop.ts", "-c:v libx264 -x264-params open-gop=1:bframes=3:keyint=10 -pix_fmt yuv420p", "yuv420p", 50},
    {"fragmented.mp4", "-c:v libx264 -g 10 -pix_fmt yuv420p -movflags frag_keyframe+empty_moov", "yuv420p", 50},
    {"refresh.mp4", "-c:v libx264 -x264-params intra-refresh=1:keyint=12:bframes=0 -pix_fmt yuv420p", "yuv420p", 50},
    {"high10.mp4", "-c:v libx264 -g 12 -pix_fmt yuv420p10le", "yuv420p10le", 50},
    {"high422.mov", "-c:v libx264 -g 12 -pix_fmt yuv422p", "yuv422p", 50},
    {"hevc.mp4", "-c:v libx265 -x265-params log-level=none:keyint=12 -pix_fmt yuv420p", "yuv420p", 50},
    {"vp9.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 12 -pix_fmt yuv420p", "yuv420p", 50},
    {"vp8.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -g 12 -pix_fmt yuv420p", "yuv420p", 50},
    {"av1.mp4", "-c:v libsvtav1 -preset 12 -g 12 -svtav1-params lp=1 -pix_fmt yuv420p", "yuv420p", 50},
    {"asp.avi", "-c:v mpeg4 -bf 2 -g 12 -q 3", "yuv420p", 50},
    {"asp.mp4", "-c:v mpeg4 -bf 2 -g 12 -q 3", "yuv420p", 50},
    {"mpeg2.ts", "-c:v mpeg2video -bf 2 -g 12 -q 3", "yuv420p", 50},
    {"mjpeg.avi", "-c:v mjpeg -q 3 -pix_fmt yuvj422p", "yuvj422p", 50},
    {"prores.mov", "-c:v prores_ks -profile 2", "yuv422p10le", 50},
    {"ffv1.mkv", "-c:v ffv1 -level 3 -slices 4 -g 1 -pix_fmt gbrp10le", "gbrp10le", 50},
    {"ffv1_8.mkv", "-c:v ffv1 -level 3 -g 12 -pix_fmt yuv444p", "yuv444p", 50},
    {"asp_no_b.avi", "-c:v mpeg4 -bf 0 -g 12 -q 3", "yuv420p", 50},
    {"bgra.mkv", "-c:v ffv1 -level 3 -pix_fmt bgra", "rgba", 50},
    {"loop.gif", "-c:v gif", "rgba", 50},
};

int bytesOfPicture(const CodedPicture& picture)
{
    return static_cast<int>(packedBytes(picture).size());
}

std::vector<QByteArray> allPictures(MediaFile& file)
{
    std::vector<QByteArray> pictures;
    for (;;) {
        const auto picture = file.nextPicture();
        if (!picture) {
            qWarning("%s", picture.error().message.c_str());
            return {};
        }
        if (!*picture)
            return pictures;
        pictures.push_back(packedBytes(**picture));
    }
}

Result<std::unique_ptr<MediaFile>> opened(const FilmMaker& maker, const char* name)
{
    auto file = openMedia(maker.path(name));
    if (!file)
        qWarning("%s", file.error().message.c_str());
    return file;
}

} // namespace

class MediaDecodeTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

    static void sampleColumns()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < std::size(samples); ++i)
            QTest::newRow(samples[i].name) << static_cast<int>(i);
    }
    bool makeSample(const Sample& sample) const
    {
        const std::string arguments = std::string(chart) + " " + sample.arguments;
        return std::filesystem::exists(m_maker.path(sample.name)) || m_maker.make(sample.name, arguments.c_str());
    }

private slots:
    void picturesAreThoseOfTheFfmpegCommand_data() { sampleColumns(); }
    void picturesAreThoseOfTheFfmpegCommand()
    {
        QFETCH(int, index);
        const Sample& sample = samples[index];
        QVERIFY(makeSample(sample));
        const auto file = opened(m_maker, sample.name);
        QVERIFY(file);
        const auto first = (*file)->pictureAt(0);
        QVERIFY(first);
        const std::vector<QByteArray> ours = allPictures(**file);
        const std::vector<QByteArray> theirs = m_maker.pictures(sample.name, sample.format, bytesOfPicture(**first));
        QCOMPARE(static_cast<int>(theirs.size()), sample.frames);
        QCOMPARE(ours.size(), theirs.size());
        for (std::size_t i = 0; i < ours.size(); ++i)
            QVERIFY2(ours[i] == theirs[i], qPrintable(QString("picture %1").arg(i)));
        QCOMPARE((*file)->facts().video->frames, sample.frames);
        QVERIFY(std::abs(secondsOfFlicks((*file)->facts().video->duration) - 2.0) < 0.05);
    }

    void randomAccessGivesThePicturesOfSequentialAccess_data() { sampleColumns(); }
    void randomAccessGivesThePicturesOfSequentialAccess()
    {
        QFETCH(int, index);
        const Sample& sample = samples[index];
        QVERIFY(makeSample(sample));
        const auto file = opened(m_maker, sample.name);
        QVERIFY(file);
        const std::vector<QByteArray> all = allPictures(**file);
        QCOMPARE(static_cast<int>(all.size()), sample.frames);
        const Rate rate{sample.frames / 2, 1};
        std::uint32_t state = 1;
        for (int tries = 0; tries < 60; ++tries) {
            state = state * 1664525U + 1013904223U;
            const int frame = static_cast<int>(state >> 8) % sample.frames;
            const auto picture = (*file)->pictureAt(timeOfFrame(frame, rate));
            QVERIFY2(picture, picture ? "" : picture.error().message.c_str());
            QVERIFY2(packedBytes(**picture) == all[static_cast<std::size_t>(frame)], qPrintable(QString("picture %1 at try %2").arg(frame).arg(tries)));
        }
    }

    void oneFilmShownAtFourPlacesAtOnceGivesEachItsPictures()
    {
        QVERIFY(m_maker.make("places.mp4", "-f lavfi -i testsrc2=s=96x64:r=25:d=12 -c:v libx264 -bf 3 -g 50 -pix_fmt yuv420p"));
        const auto file = opened(m_maker, "places.mp4");
        QVERIFY(file);
        const std::vector<QByteArray> all = allPictures(**file);
        QCOMPARE(static_cast<int>(all.size()), 300);
        for (int i = 0; i < 40; ++i)
            for (const int place : {0, 200, 90, 230}) {
                const auto picture = (*file)->pictureAt(timeOfFrame(place + i, Rate{25, 1}));
                QVERIFY(picture);
                QVERIFY2(packedBytes(**picture) == all[static_cast<std::size_t>(place + i)], qPrintable(QString("picture %1").arg(place + i)));
            }
    }

    void decodingIsTheSameAtEverySimdLevel_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arguments");
        for (const Sample& sample : samples)
            QTest::newRow(sample.name) << sample.name << QString(chart) + " " + sample.arguments;
        const auto sound = [](const char* name, const char* arguments) { QTest::newRow(name) << name << QString("-f lavfi -i anoisesrc=d=2:seed=3:r=48000 -ac 2 ") + arguments; };
        sound("n.m4a", "-c:a aac -b:a 128k");
        sound("n.mp3", "-c:a libmp3lame");
        sound("n.ogg", "-c:a libvorbis");
        sound("n.ac3.mkv", "-c:a ac3");
        sound("n.mp2.ts", "-c:a mp2");
        sound("n.flac", "-c:a flac");
        sound("alac.m4a", "-c:a alac");
        QTest::newRow("photo.jpg") << "photo.jpg" << QString(chart) + " -frames:v 1 -q:v 4";
        QTest::newRow("photo.webp") << "photo.webp" << QString(chart) + " -frames:v 1 -c:v libwebp -pix_fmt yuv420p";
        QTest::newRow("n.png") << "n.png" << QString(chart) + " -frames:v 1 -pred mixed";
        QTest::newRow("n.dnxhd") << "dnxhr.mov"
                                 << "-f lavfi -i testsrc2=s=256x144:r=25:d=1 -c:v dnxhd -profile:v dnxhr_hq -pix_fmt yuv422p";
    }
    void decodingIsTheSameAtEverySimdLevel()
    {
        QFETCH(QString, name);
        QFETCH(QString, arguments);
        const std::string path = name.toStdString();
        QVERIFY(std::filesystem::exists(m_maker.path(path.c_str())) || m_maker.make(path.c_str(), arguments.toUtf8().constData()));
        QStringList digests;
        for (const char* level : {"v2", "v3", "v4"}) {
            QProcess process;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert("ARTDAG_SIMD", level);
            process.setProcessEnvironment(environment);
            process.start(QCoreApplication::applicationFilePath(), {"--decode-digest", m_maker.text(path.c_str())});
            QVERIFY(process.waitForFinished(60000));
            if (process.exitCode() == 4)
                continue; // this machine has no such level
            QCOMPARE(process.exitCode(), 0);
            digests << QString::fromUtf8(process.readAllStandardOutput());
        }
        QVERIFY(digests.size() >= 1 && !digests.front().isEmpty());
        QVERIFY2(digests.count(digests.front()) == digests.size(), qPrintable(digests.join(' ')));
    }

    void ratesThatMatroskaRoundsToMillisecondsComeBack_data()
    {
        QTest::addColumn<QString>("rate");
        QTest::addColumn<int>("numerator");
        QTest::addColumn<int>("denominator");
        QTest::addColumn<QString>("name");
        for (const char* container : {"mkv", "mp4", "ts", "avi"}) {
            QTest::addRow("30 %s", container) << "30" << 30 << 1 << QString("thirty.%1").arg(container);
            QTest::addRow("29.97 %s", container) << "30000/1001" << 30000 << 1001 << QString("ntsc.%1").arg(container);
            QTest::addRow("23.976 %s", container) << "24000/1001" << 24000 << 1001 << QString("film.%1").arg(container);
            QTest::addRow("60 %s", container) << "60" << 60 << 1 << QString("sixty.%1").arg(container);
        }
    }
    void ratesThatMatroskaRoundsToMillisecondsComeBack()
    {
        QFETCH(QString, rate);
        QFETCH(int, numerator);
        QFETCH(int, denominator);
        QFETCH(QString, name);
        const std::string file = name.toStdString();
        const QString arguments = QString("-f lavfi -i testsrc2=s=96x64:r=%1:d=3 -c:v mpeg4 -bf 0 -q 2").arg(rate);
        QVERIFY(m_maker.make(file.c_str(), arguments.toUtf8().constData()));
        const auto media = opened(m_maker, file.c_str());
        QVERIFY(media);
        const std::vector<QByteArray> all = allPictures(**media);
        QVERIFY(all.size() > 60);
        QCOMPARE((*media)->facts().video->rate, (Rate{numerator, denominator}));
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto picture = (*media)->pictureAt(timeOfFrame(static_cast<std::int64_t>(i), Rate{numerator, denominator}) + (denominator > 1 ? 1 : 0));
            QVERIFY(picture);
            QVERIFY2(packedBytes(**picture) == all[i], qPrintable(QString("picture %1").arg(i)));
        }
    }

    void variableRateShowsTheLastPictureThatHasCome()
    {
        QVERIFY(m_maker.make("vfr.mp4", "-f lavfi -i testsrc2=s=96x64:r=50:d=2 -vf select=not(mod(n\\,3))+not(mod(n\\,7)) -fps_mode vfr -c:v libx264 -bf 2 -g 10 -pix_fmt yuv420p -video_track_timescale 90000"));
        const QStringList stamps = m_maker.probe("vfr.mp4", "v", "frame=best_effort_timestamp");
        const auto file = opened(m_maker, "vfr.mp4");
        QVERIFY(file);
        const std::vector<QByteArray> all = allPictures(**file);
        QCOMPARE(static_cast<qsizetype>(all.size()), stamps.size());
        QVERIFY(all.size() > 30);
        const Flicks tick = flicksPerSecond / 90000;
        const auto shows = [&](Flicks time, std::size_t frame) {
            const auto picture = (*file)->pictureAt(time);
            return picture && packedBytes(**picture) == all[frame];
        };
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Flicks begins = (stamps[static_cast<qsizetype>(i)].toLongLong() - stamps[0].toLongLong()) * tick;
            QVERIFY2(shows(begins, i), qPrintable(QString("at its time: %1").arg(i)));
            QVERIFY2(shows(begins - 1, i == 0 ? 0 : i - 1), qPrintable(QString("one flick before: %1").arg(i)));
            QVERIFY2(shows(begins + 1, i), qPrintable(QString("one flick after: %1").arg(i)));
        }
        QVERIFY(shows(-flicksPerSecond, 0));
        QVERIFY(shows(100 * flicksPerSecond, all.size() - 1));
        QVERIFY(shows(0, 0));
        QCOMPARE((*file)->facts().video->frames, static_cast<std::int64_t>(all.size()));
    }

    void samplesOfOtherLayoutsAreRearrangedWithoutLoss_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("given");
        const auto row = [](const char* name, const char* arguments, const char* given) { QTest::newRow(name) << name << arguments << given; };
        row("pal8.png", "-frames:v 1 -pix_fmt pal8", "rgba");
        row("gray.png", "-frames:v 1 -pix_fmt gray", "gray");
        row("gray16.png", "-frames:v 1 -pix_fmt gray16be", "gray16le");
        row("ya8.png", "-frames:v 1 -pix_fmt ya8", "rgba");
        row("rgb.png", "-frames:v 1 -pix_fmt rgb24", "rgb24");
        row("rgba.png", "-frames:v 1 -pix_fmt rgba", "rgba");
        row("rgb48.png", "-frames:v 1 -pix_fmt rgb48be", "rgb48le");
        row("rgba64.png", "-frames:v 1 -pix_fmt rgba64be", "rgba64le");
        row("mono.png", "-frames:v 1 -pix_fmt monob", "gray");
        row("rgb.bmp", "-frames:v 1 -pix_fmt bgr24", "rgb24");
        row("rgb.tiff", "-frames:v 1 -pix_fmt rgb24", "rgb24");
        row("rgb48.tiff", "-frames:v 1 -pix_fmt rgb48le", "rgb48le");
        row("nv12.avi", "-frames:v 3 -c:v rawvideo -pix_fmt nv12", "yuv420p");
        row("yuyv.avi", "-frames:v 3 -c:v rawvideo -pix_fmt yuyv422", "yuv422p");
        row("bgr0.mkv", "-frames:v 3 -c:v ffv1 -pix_fmt bgr0", "rgb24");
        row("rgba64.mkv", "-frames:v 2 -c:v ffv1 -pix_fmt rgba64le", "gbrap16le");
        row("gbrp16.mkv", "-frames:v 2 -c:v ffv1 -pix_fmt gbrp16le", "gbrp16le");
        row("still.webp", "-frames:v 1 -c:v libwebp -pix_fmt yuv420p", "yuv420p");
        row("alpha.webp", "-vf format=rgba,colorchannelmixer=aa=0.5 -frames:v 1 -c:v libwebp -pix_fmt yuva420p", "yuva420p");
        row("still.jpg", "-frames:v 1 -c:v mjpeg -q:v 2 -pix_fmt yuvj444p", "yuvj444p");
        row("odd.png", "-vf crop=175:143:0:0 -frames:v 1 -pix_fmt rgba64be", "rgba64le");
        row("odd.mkv", "-vf crop=175:143:0:0:exact=1,format=yuv444p -frames:v 3 -c:v ffv1 -pix_fmt yuv420p", "yuv420p");
    }
    void samplesOfOtherLayoutsAreRearrangedWithoutLoss()
    {
        QFETCH(QString, name);
        QFETCH(QString, arguments);
        QFETCH(QString, given);
        const std::string path = name.toStdString();
        QVERIFY(m_maker.make(path.c_str(), (QString(chart) + " " + arguments).toUtf8().constData()));
        const auto file = opened(m_maker, path.c_str());
        QVERIFY(file);
        const std::vector<QByteArray> ours = allPictures(**file);
        QVERIFY(!ours.empty());
        const std::vector<QByteArray> theirs = m_maker.pictures(path.c_str(), given.toUtf8().constData(), static_cast<int>(ours.front().size()));
        QVERIFY(ours == theirs);
        const QString layout = given == "gray" ? "gray" : given == "yuvj444p" ? "yuv444p"
                                                                              : given;
        QVERIFY2(QString(nameOf((*file)->facts().video->coding.format)).startsWith(layout.left(layout.endsWith("le") ? layout.size() - 2 : layout.size())), nameOf((*file)->facts().video->coding.format));
    }

    void aFormatThatCannotBeRepresentedIsRefusedByName()
    {
        QVERIFY(m_maker.make("float.exr", (std::string(chart) + " -frames:v 1 -pix_fmt gbrpf32le").c_str()));
        const auto file = openMedia(m_maker.path("float.exr"));
        QVERIFY(!file);
        QCOMPARE(file.error().fault, Fault::BadInput);
        QVERIFY2(file.error().message.find("gbrpf32") != std::string::npos, file.error().message.c_str());
        QVERIFY(file.error().message.starts_with("file 'float.exr': "));
    }

    void colourTagsAreRead_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<int>("matrix");
        QTest::addColumn<int>("transfer");
        QTest::addColumn<int>("primaries");
        QTest::addColumn<bool>("full");
        const auto row = [](const char* name, const char* arguments, Matrix matrix, Transfer transfer, Primaries primaries, bool full) {
            QTest::newRow(name) << name << arguments << static_cast<int>(matrix) << static_cast<int>(transfer) << static_cast<int>(primaries) << full;
        };
        const char* small = "-f lavfi -i testsrc2=s=64x64:d=0.1";
        const char* large = "-f lavfi -i testsrc2=s=1280x720:d=0.1";
        const auto with = [](const char* source, const char* rest) { return std::string(source) + " -c:v libx264 " + rest; };
        const std::string untagged = with(small, "-pix_fmt yuv420p");
        row("untagged_small.mp4", untagged.c_str(), Matrix::Bt601, Transfer::Srgb, Primaries::Bt709, false);
        const std::string untaggedLarge = with(large, "-pix_fmt yuv420p");
        row("untagged_large.mp4", untaggedLarge.c_str(), Matrix::Bt709, Transfer::Srgb, Primaries::Bt709, false);
        const std::string tagged = with(small, "-pix_fmt yuv420p -colorspace bt709 -color_primaries bt709 -color_trc bt709");
        row("bt709.mp4", tagged.c_str(), Matrix::Bt709, Transfer::Srgb, Primaries::Bt709, false);
        const std::string full = with(small, "-pix_fmt yuvj420p -colorspace smpte170m");
        row("full.mp4", full.c_str(), Matrix::Bt601, Transfer::Srgb, Primaries::Bt709, true);
        const std::string pq = with(small, "-pix_fmt yuv420p10le -colorspace bt2020nc -color_primaries bt2020 -color_trc smpte2084");
        row("pq.mp4", pq.c_str(), Matrix::Bt2020, Transfer::Pq, Primaries::Bt2020, false);
        const std::string hlg = with(small, "-pix_fmt yuv420p10le -colorspace bt2020nc -color_primaries bt2020 -color_trc arib-std-b67");
        row("hlg.mp4", hlg.c_str(), Matrix::Bt2020, Transfer::Hlg, Primaries::Bt2020, false);
        row("photo.jpg", "-f lavfi -i testsrc2=s=1280x800:d=0.04 -frames:v 1", Matrix::Bt601, Transfer::Srgb, Primaries::Bt709, true);
        row("drawing.png", "-f lavfi -i testsrc2=s=64x64:d=0.04 -frames:v 1", Matrix::Identity, Transfer::Srgb, Primaries::Bt709, true);
        row("grey.png", "-f lavfi -i testsrc2=s=64x64:d=0.04 -frames:v 1 -pix_fmt gray", Matrix::Identity, Transfer::Srgb, Primaries::Bt709, true);
    }
    void colourTagsAreRead()
    {
        QFETCH(QString, name);
        QFETCH(QString, arguments);
        QFETCH(int, matrix);
        QFETCH(int, transfer);
        QFETCH(int, primaries);
        QFETCH(bool, full);
        QVERIFY(m_maker.make(name.toUtf8().constData(), arguments.toUtf8().constData()));
        const auto file = opened(m_maker, name.toUtf8().constData());
        QVERIFY(file);
        const Coding& coding = (*file)->facts().video->coding;
        QCOMPARE(static_cast<int>(coding.matrix), matrix);
        QCOMPARE(static_cast<int>(coding.transfer), transfer);
        QCOMPARE(static_cast<int>(coding.primaries), primaries);
        QCOMPARE(coding.fullRange, full);
    }

    void rotationAndAspectAreRead()
    {
        QVERIFY(m_maker.make("upright.mp4", (std::string(chart) + " -c:v libx264 -pix_fmt yuv420p -vf setsar=4/3").c_str()));
        for (const int tag : {90, 180, 270}) {
            QVERIFY(m_maker.make("turned.mp4", QString("-i @upright.mp4 -c copy -metadata:s:v:0 rotate=%1").arg(tag).toUtf8().constData()));
            const auto file = opened(m_maker, "turned.mp4");
            QVERIFY(file);
            const VideoFacts& facts = *(*file)->facts().video;
            QVERIFY(facts.rotation == tag || facts.rotation == 360 - tag);
            QCOMPARE(facts.width, 176);
            QCOMPARE(facts.aspect, (Rate{4, 3}));
            // The ffmpeg command turns it upright by itself; turning it by our figure must give the same.
            QString turns = "null";
            for (int degrees = 0; degrees < facts.rotation; degrees += 90)
                turns += ",transpose=clock";
            const auto upright = FilmMaker::run("ffmpeg", {"-v", "error", "-i", m_maker.text("turned.mp4"), "-frames:v", "1", "-f", "rawvideo", "-"});
            const auto byUs = FilmMaker::run("ffmpeg", {"-v", "error", "-noautorotate", "-i", m_maker.text("turned.mp4"), "-vf", turns, "-frames:v", "1", "-f", "rawvideo", "-"});
            QVERIFY(upright && byUs);
            QVERIFY(*upright == *byUs);
        }
    }

    void exifOrientationOfPhotographsIsRead()
    {
        QVERIFY(m_maker.make("plain.jpg", (std::string(chart) + " -frames:v 1 -q:v 2").c_str()));
        const QByteArray plain = m_maker.read("plain.jpg");
        const int rotations[] = {0, 0, 0, 180, 180, 90, 90, 270, 270};
        for (int orientation = 1; orientation <= 8; ++orientation) {
            QByteArray exif("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 25);
            exif.append(static_cast<char>(orientation));
            exif.append(QByteArray(6, '\0'));
            const int length = static_cast<int>(exif.size()) + 2;
            const QByteArray segment = QByteArray("\xFF\xE1", 2) + static_cast<char>(length >> 8) + static_cast<char>(length & 255) + exif;
            m_maker.write("turned.jpg", plain.left(2) + segment + plain.mid(2));
            const auto file = opened(m_maker, "turned.jpg");
            QVERIFY(file);
            QCOMPARE((*file)->facts().video->rotation, rotations[orientation]);
        }
    }

    void stillsAreStill()
    {
        QVERIFY(m_maker.make("one.png", (std::string(chart) + " -frames:v 1").c_str()));
        const auto file = opened(m_maker, "one.png");
        QVERIFY(file);
        QVERIFY((*file)->facts().video->still);
        QCOMPARE((*file)->facts().video->frames, 1);
        QVERIFY(!(*file)->facts().audio);
        const auto early = (*file)->pictureAt(0);
        const auto late = (*file)->pictureAt(1000 * flicksPerSecond);
        QVERIFY(early && late);
        QCOMPARE(packedBytes(**early), packedBytes(**late));
        QVERIFY(!(*file)->decodeSound());
    }

    void anImpulseArrivesAtItsSample_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<bool>("exact");
        const auto row = [](const char* name, const char* arguments, bool exact) { QTest::newRow(name) << name << arguments << exact; };
        row("i.wav", "-c:a pcm_s16le", true);
        row("i24.wav", "-c:a pcm_s24le", true);
        row("i32.wav", "-c:a pcm_f32le", true);
        row("i.flac", "-c:a flac", true);
        row("i.mp3", "-c:a libmp3lame -b:a 192k", true);
        row("i.ogg", "-c:a libvorbis -q:a 6", true);
        row("i.opus", "-c:a libopus -b:a 128k", false);
        row("i.m4a", "-c:a aac -b:a 192k", true);
        row("alac.m4a", "-c:a alac", true);
        row("i.mka", "-c:a flac", true);
        row("opus.webm", "-c:a libopus -b:a 128k", false);
        row("film.mp4", "-f lavfi -i testsrc2=s=64x64:r=25:d=2 -map 0 -map 1 -c:v libx264 -bf 3 -pix_fmt yuv420p -c:a aac -b:a 192k", true);
        row("film.mkv", "-f lavfi -i testsrc2=s=64x64:r=25:d=2 -map 0 -map 1 -c:v libx264 -bf 3 -pix_fmt yuv420p -c:a flac", true);
    }
    void anImpulseArrivesAtItsSample()
    {
        QFETCH(QString, name);
        QFETCH(QString, arguments);
        QFETCH(bool, exact);
        constexpr std::int64_t place = 48000;
        // aevalsrc gives one full sample in silence.
        const QString source = "-f lavfi -i aevalsrc=if(eq(n\\,48000)\\,0.9\\,0):s=48000:d=2:c=stereo ";
        QVERIFY(m_maker.make(name.toUtf8().constData(), (source + arguments).toUtf8().constData()));
        const auto file = opened(m_maker, name.toUtf8().constData());
        QVERIFY(file);
        const auto sound = (*file)->decodeSound();
        QVERIFY2(sound, sound ? "" : sound.error().message.c_str());
        const std::int64_t found = loudest(sound->channel(0), sound->range().count);
        QVERIFY2(std::abs(found - place) <= 1, qPrintable(QString("at %1").arg(found)));
        QVERIFY2(std::abs(sound->range().count - 96000) <= 1152, qPrintable(QString("%1 samples").arg(sound->range().count)));
        QVERIFY(std::abs(secondsOfFlicks((*file)->facts().audio->duration) - 2.0) < 0.05);
        QVERIFY2(((*file)->facts().audio->decoder.ends_with(" inexact")) == !exact, (*file)->facts().audio->decoder.c_str());
        QCOMPARE((*file)->facts().audio->sampleRate, 48000);
    }

    void soundThatStartsLateStaysInStepWithThePicture_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("mp4") << "late.mp4";
        QTest::newRow("mkv") << "late.mkv";
        QTest::newRow("ts") << "late.ts";
    }
    void soundThatStartsLateStaysInStepWithThePicture()
    {
        QFETCH(QString, name);
        QVERIFY(m_maker.make(name.toUtf8().constData(), "-f lavfi -i testsrc2=s=64x64:r=25:d=3 -itsoffset 0.5 -f lavfi -i aevalsrc=if(eq(n\\,48000)\\,0.9\\,0):s=48000:d=2:c=stereo -map 0 -map 1 -c:v libx264 -bf 2 -pix_fmt yuv420p -c:a ac3 -b:a 256k"));
        const auto file = opened(m_maker, name.toUtf8().constData());
        QVERIFY(file);
        const auto sound = (*file)->decodeSound();
        QVERIFY(sound);
        // AC-3 has 256 samples of lead-in that no container writes down.
        const std::int64_t found = loudest(sound->channel(0), sound->range().count);
        QVERIFY2(std::abs(found - 72000) <= 256 + 48, qPrintable(QString("at %1").arg(found)));
    }

    void aPictureThatStartsLateStaysInStepWithTheSound()
    {
        QVERIFY(m_maker.make("late_picture.mp4", "-itsoffset 0.4 -f lavfi -i testsrc2=s=64x64:r=25:d=2 -f lavfi -i sine=d=3 -map 0 -map 1 -fps_mode passthrough -c:v libx264 -bf 2 -pix_fmt yuv420p -c:a aac"));
        const auto file = opened(m_maker, "late_picture.mp4");
        QVERIFY(file);
        const std::vector<QByteArray> all = allPictures(**file);
        QCOMPARE(static_cast<int>(all.size()), 50);
        const auto at = [&](double seconds) { return packedBytes(**(*file)->pictureAt(flicksOfSeconds(seconds))); };
        QCOMPARE(at(0.0), all[0]);
        QCOMPARE(at(0.42), all[0]);
        QCOMPARE(at(0.45), all[1]);
        QCOMPARE(at(2.39), all[49]);
    }

    void manyChannelsAreMixedToStereo()
    {
        QVERIFY(m_maker.make("surround.wav", "-f lavfi -i aevalsrc=0.5|0|0|0|0|0:c=5.1:s=48000:d=0.2 -c:a pcm_s16le"));
        QVERIFY(m_maker.make("mono.wav", "-f lavfi -i aevalsrc=0.5:c=mono:s=48000:d=0.2 -c:a pcm_s16le"));
        const auto surround = opened(m_maker, "surround.wav");
        QVERIFY(surround);
        const auto mixed = (*surround)->decodeSound();
        QVERIFY(mixed);
        QVERIFY(mixed->channel(0)[100] > 0.15F && mixed->channel(0)[100] < 0.5F);
        QCOMPARE(mixed->channel(1)[100], 0.0F);
        QCOMPARE((*surround)->facts().audio->channels, 6);
        const auto mono = opened(m_maker, "mono.wav");
        QVERIFY(mono);
        const auto doubled = (*mono)->decodeSound();
        QVERIFY(doubled);
        QCOMPARE(doubled->channel(0)[100], 0.5F);
        QCOMPARE(doubled->channel(1)[100], 0.5F);
    }

    void soundBytesAreThoseOfTheCodec()
    {
        QVERIFY(m_maker.make("noise.flac", "-f lavfi -i anoisesrc=d=0.5:r=44100:seed=7 -ac 2 -c:a flac -sample_fmt s16"));
        const auto file = opened(m_maker, "noise.flac");
        QVERIFY(file);
        const auto bytes = (*file)->decodeSoundBytes();
        QVERIFY(bytes);
        const QByteArray theirs = FilmMaker::run("ffmpeg", {"-v", "error", "-i", m_maker.text("noise.flac"), "-f", "s16le", "-"}).value_or("");
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(bytes->data()), static_cast<qsizetype>(bytes->size())), theirs);
    }

    void coverArtIsNoPictureStream()
    {
        QVERIFY(m_maker.make("cover.png", "-f lavfi -i testsrc2=s=64x64:d=0.04 -frames:v 1"));
        QVERIFY(m_maker.make("song.mp3", "-f lavfi -i sine=d=1 -i @cover.png -map 0 -map 1 -c:v copy -disposition:v attached_pic -c:a libmp3lame"));
        const auto file = opened(m_maker, "song.mp3");
        QVERIFY(file);
        QVERIFY(!(*file)->facts().video);
        QVERIFY((*file)->facts().audio);
        QVERIFY(!(*file)->pictureAt(0));
    }
};

/// Started again with another ARTDAG_SIMD, this program only prints what it decodes.
int main(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[1]) == "--decode-digest") {
        if (!simdLevel())
            return 4;
        const auto file = openMedia(argv[2]);
        if (!file)
            return 1;
        Hasher hasher;
        if ((*file)->facts().video)
            for (const QByteArray& picture : allPictures(**file))
                hasher.add(ByteView(reinterpret_cast<const std::uint8_t*>(picture.constData()), static_cast<std::size_t>(picture.size())));
        if ((*file)->facts().audio) {
            const Sound sound = (*file)->decodeSound().value();
            for (int channel = 0; channel < soundChannels; ++channel)
                hasher.add(ByteView(reinterpret_cast<const std::uint8_t*>(sound.channel(channel)), static_cast<std::size_t>(sound.range().count) * sizeof(float)));
        }
        std::puts(hexOf(hasher.finish()).c_str());
        return 0;
    }
    QCoreApplication application(argc, argv);
    MediaDecodeTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "media_decode_test.moc"
