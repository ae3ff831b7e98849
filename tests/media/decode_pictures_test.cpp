// SPDX-License-Identifier: GPL-3.0-or-later
// Decoded pictures are those of an independent decoder, in order and at random, on every SIMD level.
#include "core/media/decode.h"
#include "core/picture/simd.h"
#include "tests/media/film_maker.h"

#include <QtTest>

using namespace artdag;
using namespace artdag::testing;

namespace {

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

} // namespace

class DecodePicturesTest : public QObject {
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

private Q_SLOTS:
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
    DecodePicturesTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "decode_pictures_test.moc"
