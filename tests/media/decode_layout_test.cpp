// SPDX-License-Identifier: GPL-3.0-or-later
// What samples mean and how pictures are held: layouts, colour tags, rotation, aspect.
#include "core/media/decode.h"
#include "tests/media/film_maker.h"

#include <QtTest>

using namespace artdag;
using namespace artdag::testing;

class DecodeLayoutTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

private Q_SLOTS:
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
        // FFmpeg makes no such file: grey samples that say they are a sensor's.
        QVERIFY(m_maker.make("grey.mkv", "-f rawvideo -pixel_format gray -video_size 64x48 -i /dev/zero -frames:v 1 -c:v copy"));
        m_maker.write("sensor.mkv", m_maker.read("grey.mkv").replace("Y800", "\xBA"
                                                                             "BG\x08"));
        const auto file = openMedia(m_maker.path("sensor.mkv"));
        QVERIFY(!file);
        QCOMPARE(file.error().fault, Fault::BadInput);
        QVERIFY2(file.error().message.find("bayer_bggr8") != std::string::npos, file.error().message.c_str());
        QVERIFY(file.error().message.starts_with("file 'sensor.mkv': "));
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

    void pixelsOfAnUnbelievableShapeAreShownSquare()
    {
        QVERIFY(m_maker.make("thin.mkv", (std::string(chart) + " -c:v libx264 -pix_fmt yuv420p -vf setsar=65000/1:max=65535").c_str()));
        const auto file = opened(m_maker, "thin.mkv");
        QVERIFY(file);
        QCOMPARE((*file)->facts().video->aspect, (Rate{1, 1}));
        QCOMPARE((*file)->facts().warnings.size(), std::size_t{1});
    }

    void exifOrientationOfPhotographsIsRead()
    {
        QVERIFY(m_maker.make("plain.jpg", (std::string(chart) + " -frames:v 1 -q:v 2").c_str()));
        const QByteArray plain = m_maker.read("plain.jpg");
        const int rotations[] = {0, 0, 0, 180, 180, 270, 90, 90, 270};
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
};

QTEST_GUILESS_MAIN(DecodeLayoutTest)
#include "decode_layout_test.moc"
