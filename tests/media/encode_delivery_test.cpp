// SPDX-License-Identifier: GPL-3.0-or-later
// Every profile's file holds the pictures, times, colours, coverage and sound that were put in, for another reader (ffprobe,
// ffmpeg) and for ours, and is the same bytes each time.
#include "core/media/encode.h"
#include "core/media/tar.h"
#include "tests/media/film_maker.h"
#include "tests/media/shown_colours.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <thread>

using namespace artdag;
using namespace artdag::testing;

namespace {

constexpr int width = 128;
constexpr int height = 64;
constexpr std::array<int, 3> ground{40, 90, 160};
constexpr std::array<int, 3> white{255, 255, 255};

/// sRGB code as light.
float light(int code)
{
    const float value = static_cast<float>(code) / 255.0F;
    return value <= 0.04045F ? value / 12.92F : std::pow((value + 0.055F) / 1.055F, 2.4F);
}

/// Blue with a white bar that moves 4 px a picture; the last quarter is not covered.
PackedPicture drawing(const Coding& coding, int frame)
{
    Picture linear(Rect{0, 0, width, height});
    const PictureView view = linear.view();
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const bool bar = x >= 4 * frame && x < 4 * frame + 16;
            const bool covered = x < width * 3 / 4;
            for (int channel = 0; channel < 3; ++channel)
                view.at(channel, x, y) = !covered ? 0.0F : light(bar ? 255 : ground[static_cast<std::size_t>(channel)]);
            view.at(3, x, y) = covered ? 1.0F : 0.0F;
        }
    PackedPicture packed = makePacked(width, height, coding);
    encodeFromLinear(std::as_const(linear).view(), packed);
    return packed;
}

const std::vector<int> lengths{10, 1, 5};
constexpr int frames = 16;

MuxInput filmOf(const EncodeProfile& profile)
{
    MuxInput film;
    film.profile = profile;
    film.width = width;
    film.height = height;
    film.rate = Rate{25, 1};
    film.metadata = {{"title", "Bar on blue"}};
    int frame = 0;
    for (const int length : profile.still ? std::vector<int>{1} : lengths) {
        const auto encoder = makeChunkEncoder(profile, width, height, film.rate).value();
        for (int i = 0; i < length; ++i)
            if (const auto added = encoder->add(drawing(profile.coding, frame++)); !added)
                qWarning("%s", added.error().message.c_str());
        film.chunks.push_back(encoder->finish().value());
    }
    if (!profile.audioCodec.empty())
        film.sound = encodeSound(profile, impulse(48000 * frames / 25, 12345), 48000).value();
    return film;
}

QJsonObject probed(const QString& path)
{
    const auto bytes = FilmMaker::run("ffprobe", {"-v", "error", "-count_frames", "-show_format", "-show_streams", "-of", "json", path});
    return QJsonDocument::fromJson(bytes.value_or("")).object();
}

QJsonObject streamOf(const QJsonObject& probe, const char* type)
{
    for (const QJsonValue& stream : probe["streams"].toArray())
        if (stream.toObject()["codec_type"].toString() == type)
            return stream.toObject();
    return {};
}

int toleranceOf(const EncodeProfile& profile)
{
    return profile.lossless ? 2 : profile.name == "small-preview" ? 30
                                                                  : 20;
}

struct Expected {
    const char* name;
    const char* codec;
    const char* pixels;
    const char* sound; ///< codec, or empty
};
const Expected films[] = {
    {"share-h264", "h264", "yuv420p", "aac"},
    {"share-h264-fast", "h264", "yuv420p", "aac"},
    {"small-preview", "h264", "yuv420p", "aac"},
    {"share-webm", "vp9", "yuv420p", "opus"},
    {"webm-alpha", "vp9", "yuv420p", "opus"}, // ffprobe's decoder does not look at the alpha
    {"master-ffv1", "ffv1", "gbrp10le", "flac"},
    {"prores-4444", "prores", "yuva444p10le", "pcm_s24le"},
    {"gif", "gif", "bgra", ""},
    {"hls", "h264", "yuv420p", "aac"},
};

} // namespace

class EncodeDeliveryTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

    static void filmColumns()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < std::size(films); ++i)
            QTest::newRow(films[i].name) << static_cast<int>(i);
    }
    std::string written(const EncodeProfile& profile, const char* stem = "film") const
    {
        const std::string name = std::string(stem) + "-" + profile.name + (profile.folder ? "" : "." + profile.extension);
        const auto done = muxFile(filmOf(profile), m_maker.path(name.c_str()));
        if (!done)
            qWarning("%s", done.error().message.c_str());
        return name;
    }
    /// What ffprobe and ffmpeg are given.
    QString readable(const EncodeProfile& profile, const std::string& name) const
    {
        return m_maker.text(name.c_str()) + (profile.container == "hls" ? "/index.m3u8" : "");
    }
    static void looksRight(const EncodeProfile& profile, const CodedPicture& picture, int frame)
    {
        const int tolerance = toleranceOf(profile);
        QVERIFY2(isNear(shownAt(picture, 4 * frame + 8, 30), white, tolerance), qPrintable(QString("bar %1: %2").arg(frame).arg(wordsOf(shownAt(picture, 4 * frame + 8, 30)))));
        const int beside = 4 * frame + 28;
        if (beside < width * 3 / 4 - 4)
            QVERIFY2(isNear(shownAt(picture, beside, 30), ground, tolerance), qPrintable(QString("ground %1: %2").arg(frame).arg(wordsOf(shownAt(picture, beside, 30)))));
        const Shown outside = shownAt(picture, width - 8, 30);
        QVERIFY2(isNear(outside, {0, 0, 0}, tolerance), qPrintable(wordsOf(outside)));
        if (hasAlpha(profile.coding.format))
            QVERIFY2(outside.alpha < 0.02F && shownAt(picture, 60, 30).alpha > 0.98F, qPrintable(wordsOf(outside)));
    }

private Q_SLOTS:
    void everyProfileThatPlaysIsTestedHere()
    {
        for (const EncodeProfile& profile : encodeProfiles()) {
            const bool picture = !profile.videoCodec.empty() && !profile.copies() && !profile.still && profile.container != "image2" && profile.container != "webp";
            const bool listed = std::any_of(std::begin(films), std::end(films), [&](const Expected& film) { return film.name == profile.name; });
            QVERIFY2(picture == listed, profile.name.c_str());
            QVERIFY2(!profile.title.empty(), profile.name.c_str());
        }
    }

    void anotherReaderFindsPicturesTimesAndColours_data() { filmColumns(); }
    void anotherReaderFindsPicturesTimesAndColours()
    {
        QFETCH(int, index);
        const Expected& expected = films[index];
        const EncodeProfile profile = profileOf(expected.name);
        const std::string name = written(profile);
        const QJsonObject probe = probed(readable(profile, name));
        const QJsonObject video = streamOf(probe, "video");
        QCOMPARE(video["codec_name"].toString(), QString(expected.codec));
        QCOMPARE(video["pix_fmt"].toString(), QString(expected.pixels));
        QCOMPARE(video["width"].toInt(), width);
        QCOMPARE(video["height"].toInt(), height);
        QCOMPARE(video["nb_read_frames"].toString().toInt(), frames);
        // Segments have no edit list, which not every player reads: pictures and sound start together as much later as reordering takes.
        const double start = profile.container == "hls" ? 2 / 25.0 : 0;
        QVERIFY2(std::abs(video["start_time"].toString().toDouble() - start) < 0.0015, qPrintable(video["start_time"].toString()));
        const double length = probe["format"].toObject()["duration"].toString().toDouble();
        QVERIFY2(std::abs(length - frames / 25.0) < 0.02, qPrintable(QString::number(length)));
        QCOMPARE(streamOf(probe, "audio")["codec_name"].toString(), QString(expected.sound));
        if (profile.name == "gif")
            return; // says nothing of colours
        const bool rgb = profile.coding.matrix == Matrix::Identity;
        QCOMPARE(video["color_space"].toString(), QString(rgb ? "gbr" : "bt709"));
        QCOMPARE(video["color_range"].toString(), QString(rgb ? "pc" : "tv"));
        QCOMPARE(video["color_primaries"].toString(), QString("bt709"));
        QCOMPARE(video["color_transfer"].toString(), QString(rgb ? "iec61966-2-1" : "bt709"));
        QCOMPARE(video["sample_aspect_ratio"].toString("1:1"), QString("1:1"));
        if (profile.container == "hls")
            return; // a playlist has no title
        QCOMPARE(probe["format"].toObject()["tags"].toObject()["title"].toString(), QString("Bar on blue"));
    }

    void ourReaderSeesWhatWasDrawn_data() { filmColumns(); }
    void ourReaderSeesWhatWasDrawn()
    {
        QFETCH(int, index);
        const EncodeProfile profile = profileOf(films[index].name);
        const std::string name = written(profile);
        const auto media = opened(m_maker, name.c_str());
        QVERIFY(media);
        QCOMPARE((*media)->facts().video->frames, frames);
        for (const int frame : {0, 9, 10, 11, 15, 4}) {
            // A GIF's times are hundredths, rounded.
            const auto picture = (*media)->pictureAt(timeOfFrame(frame, Rate{25, 1}) + flicksPerSecond / 90);
            QVERIFY2(picture, picture ? "" : picture.error().message.c_str());
            looksRight(profile, **picture, frame);
        }
    }

    void foldersOfPicturesComeBackBitForBit_data()
    {
        QTest::addColumn<QString>("name");
        for (const EncodeProfile& profile : encodeProfiles())
            if (profile.folder && profile.container == "image2")
                QTest::newRow(profile.name.c_str()) << QString::fromStdString(profile.name);
    }
    void foldersOfPicturesComeBackBitForBit()
    {
        QFETCH(QString, name);
        const EncodeProfile profile = profileOf(name.toUtf8().constData());
        const std::string folder = written(profile);
        QVERIFY(std::filesystem::exists(m_maker.path(folder.c_str()) / ("frame.0016." + profile.extension)));
        const auto media = opened(m_maker, folder.c_str());
        QVERIFY(media);
        QCOMPARE((*media)->facts().video->frames, frames);
        for (int frame = 0; frame < frames; ++frame) {
            const auto picture = (*media)->nextPicture();
            QVERIFY2(picture && *picture, picture ? "" : picture.error().message.c_str());
            QVERIFY((*picture)->coding == profile.coding);
            const PackedPicture wanted = drawing(profile.coding, frame);
            QVERIFY(packedBytes(**picture) == QByteArray(reinterpret_cast<const char*>(wanted.data.data()), static_cast<qsizetype>(wanted.data.size())));
            looksRight(profile, **picture, frame);
        }
        const QString pattern = m_maker.text(folder.c_str()) + "/frame.%04d." + QString::fromStdString(profile.extension);
        const auto theirs = FilmMaker::run("ffprobe", {"-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", pattern});
        QCOMPARE(QString::fromUtf8(theirs.value_or("")).trimmed(), QString::number(frames));
    }

    void aWebpLoopIsAnimatedAndEndless()
    {
        const QByteArray bytes = m_maker.read(written(profileOf("webp-loop")).c_str());
        QVERIFY(bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP");
        int pictures = 0;
        int milliseconds = 0;
        qsizetype at = 12;
        while (at + 8 <= bytes.size()) {
            const auto u = [&](qsizetype offset, int count) {
                int value = 0;
                for (int i = 0; i < count; ++i)
                    value |= static_cast<int>(static_cast<std::uint8_t>(bytes[offset + i])) << (8 * i);
                return value;
            };
            const QByteArray tag = bytes.mid(at, 4);
            if (tag == "VP8X") {
                QVERIFY((bytes[at + 8] & 0x02) != 0); // animated
                QCOMPARE(u(at + 12, 3) + 1, width);
                QCOMPARE(u(at + 15, 3) + 1, height);
            }
            if (tag == "ANIM")
                QCOMPARE(u(at + 12, 2), 0); // for ever
            if (tag == "ANMF") {
                ++pictures;
                milliseconds += u(at + 20, 3);
                QCOMPARE(u(at + 14, 3) + 1, width);
                QCOMPARE(u(at + 23, 1), 2); // it takes the place of the one before it, also where it is transparent
            }
            at += 8 + u(at + 4, 4) + (u(at + 4, 4) & 1);
        }
        QCOMPARE(at, bytes.size());
        QCOMPARE(pictures, frames);
        QCOMPARE(milliseconds, frames * 40);
        const auto back = opened(m_maker, "film-webp-loop.webp");
        QVERIFY(back && (*back)->facts().video->frames == frames && (*back)->facts().video->rate == (Rate{25, 1}));
        for (int frame = 0; frame < frames; ++frame) {
            const auto picture = (*back)->nextPicture();
            QVERIFY(picture && *picture);
            looksRight(profileOf("webp-loop"), **picture, frame);
        }
    }

    void aGifPlaysForEverAndKeepsFewColours()
    {
        const std::string name = written(profileOf("gif"));
        const QByteArray bytes = m_maker.read(name.c_str());
        const qsizetype loop = bytes.indexOf("NETSCAPE2.0");
        QVERIFY(loop > 0 && bytes.mid(loop + 11, 4) == QByteArray("\x03\x01\x00\x00", 4));
        QCOMPARE(bytes.count("GIF89a"), 1);
        const auto media = opened(m_maker, name.c_str());
        QVERIFY(media);
        // Two colours need no dither: they come back exactly.
        const Shown shown = shownAt(**(*media)->pictureAt(0), 60, 30);
        const PackedPicture wanted = drawing(profileOf("gif").coding, 0);
        const std::uint8_t* pixel = wanted.data.data() + (30 * width + 60) * 4;
        QVERIFY2(isNear(shown, {pixel[0], pixel[1], pixel[2]}, 0), qPrintable(wordsOf(shown)));
    }

    void anImpulseArrivesInEveryContainer_data()
    {
        QTest::addColumn<QString>("name");
        for (const EncodeProfile& profile : encodeProfiles())
            if (!profile.audioCodec.empty())
                QTest::newRow(profile.name.c_str()) << QString::fromStdString(profile.name);
    }
    void anImpulseArrivesInEveryContainer()
    {
        QFETCH(QString, name);
        const EncodeProfile profile = profileOf(name.toUtf8().constData());
        MuxInput input;
        if (!profile.videoCodec.empty() && !profile.copies())
            input = filmOf(profile);
        input.profile = profile;
        const std::int64_t samples = 48000 * 2 / 3 + 77;
        input.sound = encodeSound(profile, impulse(samples, 12345), 48000).value();
        const std::string file = "impulse-" + profile.name + (profile.folder ? "" : "." + profile.extension);
        const auto done = muxFile(input, m_maker.path(file.c_str()));
        QVERIFY2(done, done ? "" : done.error().message.c_str());
        const QByteArray raw = FilmMaker::run("ffmpeg", {"-v", "error", "-nostdin", "-i", readable(profile, file), "-map", "0:a:0", "-f", "f32le", "-ac", "1", "-"}).value_or("");
        std::vector<float> theirs(static_cast<std::size_t>(raw.size()) / 4);
        std::memcpy(theirs.data(), raw.constData(), theirs.size() * 4);
        const std::int64_t place = loudest(theirs, static_cast<std::int64_t>(theirs.size()));
        // Without an edit list the priming is heard, before the pictures begin.
        const std::int64_t priming = profile.container == "hls" ? input.sound->priming : 0;
        QVERIFY2(std::abs(place - priming - 12345) <= 1, qPrintable(QString("ffmpeg: at %1").arg(place)));
        if (priming > 0) {
            const QJsonObject probe = probed(readable(profile, file));
            const double apart = streamOf(probe, "video")["start_time"].toString().toDouble() - streamOf(probe, "audio")["start_time"].toString().toDouble();
            QVERIFY2(std::abs(apart - static_cast<double>(priming) / 48000) < 0.001, qPrintable(QString::number(apart)));
        }
        QVERIFY2(std::abs(static_cast<std::int64_t>(theirs.size()) - priming - samples) <= 1024, qPrintable(QString("ffmpeg: %1 samples").arg(theirs.size())));
        const auto media = opened(m_maker, file.c_str());
        QVERIFY(media);
        const auto ours = (*media)->decodeSound();
        QVERIFY2(ours, ours ? "" : ours.error().message.c_str());
        const std::int64_t found = loudest(ours->channel(0), ours->range().count);
        QVERIFY2(std::abs(found - 12345) <= 1, qPrintable(QString("ours: at %1").arg(found)));
        if (profile.container == "hls") // the last block's padding is heard too
            QVERIFY(ours->range().count >= samples && ours->range().count < samples + 1024);
        else
            QCOMPARE(ours->range().count, samples);
    }

    void filesAreTheSameBytesEachTimeAndOnEachThread_data()
    {
        QTest::addColumn<QString>("name");
        for (const EncodeProfile& profile : encodeProfiles())
            if (!profile.videoCodec.empty() && !profile.copies())
                QTest::newRow(profile.name.c_str()) << QString::fromStdString(profile.name);
    }
    void filesAreTheSameBytesEachTimeAndOnEachThread()
    {
        QFETCH(QString, name);
        const EncodeProfile profile = profileOf(name.toUtf8().constData());
        const ContentId first = contentIdOfDelivery(m_maker.path(written(profile, "once").c_str())).value();
        std::string other;
        std::thread([&] { other = written(profile, "again-under-a-longer-name"); }).join();
        QCOMPARE(contentIdOfDelivery(m_maker.path(other.c_str())).value().text(), first.text());
    }

    void aFolderIsReplacedOnlyWhenItHoldsNothingElse()
    {
        const EncodeProfile profile = profileOf("png-sequence");
        const std::string folder = written(profile, "kept");
        QCOMPARE(written(profile, "kept"), folder);
        QVERIFY(std::filesystem::exists(m_maker.path(folder.c_str()) / "frame.0016.png"));
        m_maker.write((folder + "/diary.txt").c_str(), "mine");
        const auto refused = muxFile(filmOf(profile), m_maker.path(folder.c_str()));
        QVERIFY(!refused && refused.error().fault == Fault::Conflict);
        QVERIFY2(refused.error().message.find("'diary.txt'") != std::string::npos, refused.error().message.c_str());
        QVERIFY(std::filesystem::exists(m_maker.path(folder.c_str()) / "frame.0001.png"));
        m_maker.write("plain.txt", "mine");
        const auto file = muxFile(filmOf(profile), m_maker.path("plain.txt"));
        QVERIFY(!file && file.error().fault == Fault::Conflict);
        QCOMPARE(m_maker.read("plain.txt"), QByteArray("mine"));
    }
};

QTEST_GUILESS_MAIN(EncodeDeliveryTest)
#include "encode_delivery_test.moc"
