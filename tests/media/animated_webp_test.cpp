// SPDX-License-Identifier: GPL-3.0-or-later
// Animated WebP: what is shown when, over what, and what happens to files that lie.
#include "core/media/animated_webp.h"
#include "tests/media/film_maker.h"

#include <QtTest>

extern "C" {
using WebpCpuInfo = int (*)(int feature);
extern WebpCpuInfo VP8GetCPUInfo; ///< of libwebp: null means no SIMD
}

using namespace artdag;
using namespace artdag::testing;

namespace {

constexpr int width = 64;
constexpr int height = 48;
constexpr const char* moving = "-f lavfi -i testsrc2=s=64x48:r=30:d=1,scale=iw*2:ih*2:flags=neighbor,crop=64:48";
constexpr Flicks millisecond = flicksPerSecond / 1000;

QByteArray number(std::int64_t value, int bytes)
{
    QByteArray text;
    for (int i = 0; i < bytes; ++i)
        text.append(static_cast<char>(value >> (8 * i)));
    return text;
}

QByteArray chunk(const char* tag, const QByteArray& bytes)
{
    return QByteArray(tag, 4) + number(bytes.size(), 4) + bytes + QByteArray(bytes.size() % 2, '\0');
}

/// The chunks of a still WebP that hold its picture.
QByteArray pictureOf(const QByteArray& still)
{
    QByteArray picture;
    for (qsizetype at = 12; at + 8 <= still.size();) {
        const auto size = static_cast<qsizetype>(static_cast<std::uint8_t>(still[at + 4])) | static_cast<qsizetype>(static_cast<std::uint8_t>(still[at + 5])) << 8 | static_cast<qsizetype>(static_cast<std::uint8_t>(still[at + 6])) << 16;
        const QByteArray whole = still.mid(at, 8 + size + size % 2);
        if (!whole.startsWith("VP8X"))
            picture += whole;
        at += whole.size();
    }
    return picture;
}

struct Shot {
    QByteArray still;
    int duration = 40;
    int x = 0, y = 0, wide = width, tall = height;
    bool replaces = false, clears = false;
};

QByteArray animated(int wide, int tall, const std::vector<Shot>& shots)
{
    QByteArray body = "WEBP" + chunk("VP8X", QByteArray("\x12\0\0\0", 4) + number(wide - 1, 3) + number(tall - 1, 3)) + chunk("ANIM", QByteArray(6, '\0'));
    for (const Shot& shot : shots)
        body += chunk("ANMF", number(shot.x / 2, 3) + number(shot.y / 2, 3) + number(shot.wide - 1, 3) + number(shot.tall - 1, 3) + number(shot.duration, 3) + number((shot.replaces ? 2 : 0) | (shot.clears ? 1 : 0), 1) + pictureOf(shot.still));
    return "RIFF" + number(body.size(), 4) + body;
}

struct Pixel {
    int r = 0, g = 0, b = 0, a = 0;
    bool operator==(const Pixel&) const = default;
};
Pixel pixelAt(const CodedPicture& picture, int x, int y)
{
    const std::uint8_t* p = picture.planes[0] + y * picture.strides[0] + 4 * x;
    return {p[0], p[1], p[2], p[3]};
}

} // namespace

class AnimatedWebpTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

    QByteArray still(const char* colour, const char* size = "64x48") const
    {
        const QByteArray arguments = QByteArray("-f lavfi -i color=c=") + colour + ":s=" + size + ",format=rgba -frames:v 1 -c:v libwebp -lossless 1 -pix_fmt bgra";
        return m_maker.make("still.webp", arguments.constData()) ? m_maker.read("still.webp") : QByteArray();
    }

    Result<std::unique_ptr<MediaFile>> written(const QByteArray& bytes) const
    {
        m_maker.write("made.webp", bytes);
        return openMedia(m_maker.path("made.webp"));
    }

private Q_SLOTS:
    void patchesOnPicturesGiveThePicturesThatWereEncoded()
    {
        QVERIFY(m_maker.make("patches.webp", (std::string(moving) + " -c:v libwebp_anim -lossless 1 -pix_fmt bgra").c_str()));
        QVERIFY(m_maker.make("source.mkv", (std::string(moving) + " -c:v ffv1 -pix_fmt bgra").c_str()));
        const std::vector<QByteArray> wanted = m_maker.pictures("source.mkv", "rgba", width * height * 4);
        QCOMPARE(wanted.size(), std::size_t{30});
        const auto file = opened(m_maker, "patches.webp");
        QVERIFY(file);
        const VideoFacts& facts = *(*file)->facts().video;
        QCOMPARE(facts.width, width);
        QCOMPARE(facts.rate, (Rate{30, 1})); // of instants that are rounded to milliseconds
        QCOMPARE(frameAt(facts.duration - 1, {30, 1}), 29);
        QVERIFY(facts.decoder.starts_with("libwebp 1."));
        QVERIFY(!facts.still);
        for (const int step : {1, -1, 7}) // 7 jumps to and fro
            for (int i = 0; i < 30; ++i) {
                const int frame = step == 7 ? i * 7 % 30 : step > 0 ? i
                                                                    : 29 - i;
                const auto picture = (*file)->pictureAt(timeOfFrame(frame, {30, 1}));
                QVERIFY2(picture, picture ? "" : picture.error().message.c_str());
                QVERIFY2(packedBytes(**picture) == wanted[static_cast<std::size_t>(frame)], qPrintable(QString("frame %1 step %2").arg(frame).arg(step)));
            }
        QVERIFY(allPictures(**file).size() > 3);
    }

    void wholePicturesAreDecodedAsStillsAre()
    {
        QVERIFY(m_maker.make("whole.webp", (std::string(moving) + " -c:v libwebp -quality 60 -pix_fmt yuv420p").c_str()));
        QVERIFY(m_maker.make("each.%02d.webp", (std::string(moving) + " -f image2 -c:v libwebp -quality 60 -pix_fmt yuv420p").c_str()));
        const auto file = opened(m_maker, "whole.webp");
        QVERIFY(file);
        QVERIFY((*file)->facts().video->decoder.starts_with("webp lavc"));
        const std::vector<QByteArray> pictures = allPictures(**file);
        QCOMPARE(pictures.size(), std::size_t{30});
        for (int i = 29; i >= 0; --i) {
            const auto one = opened(m_maker, qPrintable(QString("each.%1.webp").arg(i + 1, 2, 10, QChar('0'))));
            QVERIFY(one);
            const auto wanted = (*one)->pictureAt(0);
            const auto given = (*file)->pictureAt(timeOfFrame(i, {30, 1}));
            QVERIFY(wanted && given && (*given)->coding == (*wanted)->coding);
            QVERIFY(packedBytes(**given) == packedBytes(**wanted) && pictures[static_cast<std::size_t>(i)] == packedBytes(**wanted));
        }
    }

    void durationsSayWhichPictureIsShown()
    {
        const std::vector<const char*> colours{"red", "lime", "blue", "white"};
        const std::vector<int> durations{40, 250, 10, 30}; // 10 ms are shown for 100, as browsers do
        std::vector<Shot> shots;
        for (std::size_t i = 0; i < 4; ++i)
            shots.push_back({still(colours[i]), durations[i]});
        const auto file = written(animated(width, height, shots));
        QVERIFY(file);
        QCOMPARE((*file)->facts().video->frames, 4);
        QCOMPARE((*file)->facts().video->duration, 420 * millisecond);
        const std::vector<std::pair<int, Pixel>> wanted{{0, {255, 0, 0, 255}}, {39, {255, 0, 0, 255}}, {40, {0, 255, 0, 255}}, {289, {0, 255, 0, 255}}, {290, {0, 0, 255, 255}}, {389, {0, 0, 255, 255}}, {390, {255, 255, 255, 255}}, {5000, {255, 255, 255, 255}}, {45, {0, 255, 0, 255}}};
        for (const auto& [time, pixel] : wanted)
            QVERIFY2(pixelAt(**(*file)->pictureAt(time * millisecond), 5, 5) == pixel, qPrintable(QString::number(time)));
        QVERIFY(pixelAt(**(*file)->pictureAt(-millisecond), 5, 5) == wanted[0].second);
    }

    void onePictureIsAStill()
    {
        const auto file = written(animated(width, height, {{still("red"), 5000}}));
        QVERIFY(file && (*file)->facts().video->still);
        QCOMPARE((*file)->facts().video->duration, 0);
    }

    void alphaIsKeptAndPatchesAreBlendedReplacedAndCleared()
    {
        const QByteArray half = still("lime@0.5", "16x16");
        const QByteArray red = still("red");
        const auto file = written(animated(width, height, {{red, 100}, {half, 100, 8, 8, 16, 16, false, true}, {half, 100, 32, 8, 16, 16, true, false}}));
        QVERIFY(file);
        QCOMPARE((*file)->facts().video->coding.format, SampleFormat::Rgba);
        const CodedPointer blended = *(*file)->pictureAt(150 * millisecond);
        const Pixel mixed = pixelAt(*blended, 10, 10);
        QVERIFY2(std::abs(mixed.r - 127) < 3 && std::abs(mixed.g - 127) < 3 && mixed.b == 0 && mixed.a == 255, qPrintable(QString("%1 %2 %3 %4").arg(mixed.r).arg(mixed.g).arg(mixed.b).arg(mixed.a)));
        QVERIFY((pixelAt(*blended, 40, 10) == Pixel{255, 0, 0, 255}));
        const CodedPointer replaced = *(*file)->pictureAt(250 * millisecond);
        QCOMPARE(pixelAt(*replaced, 10, 10).a, 0); // cleared after it was shown
        QVERIFY(std::abs(pixelAt(*replaced, 40, 10).a - 127) < 2 && pixelAt(*replaced, 40, 10).g == 255);
        QVERIFY((pixelAt(*replaced, 60, 40) == Pixel{255, 0, 0, 255}));
    }

    void aWholePictureThatIsTransparentLiesOverTheOneBefore()
    {
        const auto file = written(animated(width, height, {{still("red"), 100}, {still("lime@0.5"), 100}}));
        QVERIFY(file);
        const Pixel mixed = pixelAt(**(*file)->pictureAt(150 * millisecond), 10, 10);
        QVERIFY(std::abs(mixed.r - 127) < 3 && mixed.a == 255);
        const auto replacing = written(animated(width, height, {{still("red"), 100}, {still("lime@0.5"), 100, 0, 0, width, height, true}}));
        QVERIFY(replacing && std::abs(pixelAt(**(*replacing)->pictureAt(150 * millisecond), 10, 10).a - 127) < 3);
    }

    void lossyPicturesAreTheSameWithoutSimd()
    {
        QVERIFY(m_maker.make("lossy.webp", "-f lavfi -i testsrc2=s=322x242:r=10:d=1 -c:v libwebp_anim -quality 70 -pix_fmt yuva420p"));
        const auto decoded = [&] {
            const auto file = opened(m_maker, "lossy.webp");
            return file && (*file)->facts().video->decoder.starts_with("libwebp") ? allPictures(**file) : std::vector<QByteArray>();
        };
        const std::vector<QByteArray> usual = decoded();
        QVERIFY(!usual.empty());
        const WebpCpuInfo info = std::exchange(VP8GetCPUInfo, nullptr);
        const std::vector<QByteArray> plain = decoded();
        VP8GetCPUInfo = info;
        QVERIFY(plain == usual);
    }

    void filesThatLieAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("words");
        const QByteArray red = still("red");
        QTest::newRow("canvas smaller than a picture") << animated(32, 32, {{red, 40}, {red, 40}}) << "says 32×32, but picture 0";
        QTest::newRow("a picture outside") << animated(width, height, {{red, 40}, {red, 40, 2, 0}}) << "but picture 1";
        QTest::newRow("an enormous canvas") << animated(16383, 16383, {{red, 40}, {red, 40}}) << "is 16383×16383, larger";
        QTest::newRow("the largest canvas") << animated(1 << 24, 1 << 24, {{red, 40}}) << "larger than";
        QTest::newRow("no picture") << animated(width, height, {}) << "without a whole picture";
        QTest::newRow("a picture without a header") << QByteArray(animated(width, height, {{red}}).left(44) + chunk("ANMF", QByteArray(8, '\0'))) << "has no header";
        QTest::newRow("a whole picture of another size") << animated(width, height, {{still("red", "32x32"), 40}}) << "picture data is damaged at 0.000 s";
        QTest::newRow("a picture of nothing") << animated(width, height, {{QByteArray(12, ' '), 40}}) << "picture data is damaged";
    }
    void filesThatLieAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, words);
        const auto file = written(bytes);
        QVERIFY(!file);
        const QString message = QString::fromStdString(file.error().message);
        QVERIFY2(message.startsWith("file 'made.webp': ") && message.contains(words), qPrintable(message));
    }

    void whatIsCutOffGivesItsWholePicturesThenTheFault_data()
    {
        QTest::addColumn<QString>("codec");
        QTest::newRow("patches") << "libwebp_anim -lossless 1 -pix_fmt bgra";
        QTest::newRow("whole pictures") << "libwebp -pix_fmt yuv420p";
    }
    void whatIsCutOffGivesItsWholePicturesThenTheFault()
    {
        QFETCH(QString, codec);
        QVERIFY(m_maker.make("entire.webp", (moving + QString(" -c:v ") + codec).toUtf8().constData()));
        const QByteArray bytes = m_maker.read("entire.webp");
        const auto entire = opened(m_maker, "entire.webp");
        QVERIFY(entire);
        const std::vector<QByteArray> all = allPictures(**entire);
        std::size_t most = 0;
        for (qsizetype length = 21; length < bytes.size(); length += 97) {
            const auto file = written(bytes.left(length));
            if (!file) {
                QVERIFY(file.error().message.starts_with("file 'made.webp': "));
                continue;
            }
            QCOMPARE((*file)->facts().warnings.size(), std::size_t{1});
            std::size_t given = 0;
            auto picture = (*file)->nextPicture();
            for (; picture && *picture; picture = (*file)->nextPicture())
                QVERIFY(packedBytes(**picture) == all[given++]);
            QVERIFY(!picture && picture.error().fault == Fault::Corrupt);
            QVERIFY2(picture.error().message.find("is cut off; the last whole picture ends at ") != std::string::npos, picture.error().message.c_str());
            QVERIFY(!(*file)->pictureAt((*file)->facts().video->duration) && (*file)->pictureAt(0));
            most = std::max(most, given);
        }
        QVERIFY(most > all.size() / 2 && most < all.size());
    }

    void noDamageCrashesOrHangs()
    {
        QVERIFY(m_maker.make("entire.webp", (std::string(moving) + " -c:v libwebp_anim -quality 50 -pix_fmt yuva420p").c_str()));
        const QByteArray whole = m_maker.read("entire.webp");
        std::uint32_t state = 7;
        for (int round = 0; round < 200; ++round) {
            QByteArray bytes = whole;
            for (int flips = 0; flips < 6; ++flips) {
                state = state * 1664525U + 1013904223U;
                bytes[static_cast<qsizetype>(state % static_cast<std::uint32_t>(bytes.size() - 32)) + 24] = static_cast<char>(state >> 24);
            }
            if (const auto file = written(bytes)) {
                for (int i = 0; i < 40; ++i)
                    if (const auto picture = (*file)->nextPicture(); !picture || !*picture)
                        break;
                static_cast<void>((*file)->pictureAt(flicksPerSecond / 2));
            }
        }
    }
};

QTEST_APPLESS_MAIN(AnimatedWebpTest)
#include "animated_webp_test.moc"
