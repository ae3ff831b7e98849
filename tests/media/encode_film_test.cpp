// SPDX-License-Identifier: GPL-3.0-or-later
// Chunks join into films, stills come back, files carry their colours; what does not fit is refused in words.
#include "core/media/encode.h"
#include "tests/media/film_maker.h"

#include <QtTest>

#include <algorithm>
#include <numeric>

using namespace artdag;
using namespace artdag::testing;

namespace {

constexpr int width = 176;
constexpr int height = 144;

/// Every chunk length that has gone wrong in a joined film before: one picture, fewer than the reordering, many.
const std::vector<int> lengths{30, 1, 7, 1, 1, 2, 3, 30, 1};

} // namespace

class EncodeFilmTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

private Q_SLOTS:
    void chunksOfEveryLengthJoin_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("numerator");
        QTest::addColumn<int>("denominator");
        QTest::newRow("share-h264 30") << "share-h264" << 30 << 1;
        QTest::newRow("share-h264 29.97") << "share-h264" << 30000 << 1001;
        QTest::newRow("share-h264 12") << "share-h264" << 12 << 1;
        QTest::newRow("share-h264-fast 30") << "share-h264-fast" << 30 << 1;
        QTest::newRow("small-preview 25") << "small-preview" << 25 << 1;
        QTest::newRow("master-ffv1 30") << "master-ffv1" << 30 << 1;
        QTest::newRow("master-ffv1 23.976") << "master-ffv1" << 24000 << 1001;
    }
    void chunksOfEveryLengthJoin()
    {
        QFETCH(QString, name);
        QFETCH(int, numerator);
        QFETCH(int, denominator);
        const Rate rate{numerator, denominator};
        const EncodeProfile profile = profileOf(name.toUtf8().constData());
        auto film = patternFilm(profile, width, height, rate, lengths);
        QVERIFY(film);
        const std::string file = name.toStdString() + "-" + std::to_string(numerator) + "." + profile.extension;
        const auto muxed = muxFile(*film, m_maker.path(file.c_str()));
        QVERIFY2(muxed, muxed ? "" : muxed.error().message.c_str());

        const int frames = std::accumulate(lengths.begin(), lengths.end(), 0);
        const QStringList times = m_maker.probe(file.c_str(), "v", "frame=best_effort_timestamp_time");
        QCOMPARE(times.size(), frames);
        for (int i = 0; i < frames; ++i)
            QVERIFY2(std::abs(times[i].toDouble() - secondsOfFlicks(timeOfFrame(i, rate))) < 0.00051, qPrintable(times[i]));
        const QStringList decoding = m_maker.probe(file.c_str(), "v", "packet=dts");
        for (qsizetype i = 1; i < decoding.size(); ++i)
            QVERIFY(decoding[i].toLongLong() > decoding[i - 1].toLongLong());
        const double duration = m_maker.probe(file.c_str(), "v", "format=duration").value(0).toDouble();
        QVERIFY2(std::abs(duration - secondsOfFlicks(timeOfFrame(frames, rate))) < 0.0011, qPrintable(QString::number(duration)));
        // -xerror: any complaint of the decoder fails.
        QVERIFY(FilmMaker::run("ffmpeg", {"-v", "error", "-xerror", "-i", m_maker.text(file.c_str()), "-f", "null", "-"}));

        // Each chunk decoded by itself is the reference: joining changes no picture.
        const int pictureBytes = static_cast<int>(makePacked(width, height, profile.coding).data.size());
        const std::vector<QByteArray> joined = m_maker.pictures(file.c_str(), nameOf(profile.coding.format), pictureBytes);
        QCOMPARE(static_cast<int>(joined.size()), frames);
        std::size_t at = 0;
        for (std::size_t i = 0; i < film->chunks.size(); ++i) {
            MuxInput alone = *film;
            alone.chunks = {film->chunks[i]};
            QVERIFY(muxFile(alone, m_maker.path(("alone." + profile.extension).c_str())));
            for (const QByteArray& picture : m_maker.pictures(("alone." + profile.extension).c_str(), nameOf(profile.coding.format), pictureBytes))
                QVERIFY2(at < joined.size() && joined[at++] == picture, qPrintable(QString("chunk %1").arg(i)));
        }
        QCOMPARE(static_cast<int>(at), frames);
        if (!profile.lossless)
            return;
        for (int i = 0; i < frames; ++i) {
            const PackedPicture picture = patternPicture(profile.coding, width, height, i);
            QVERIFY2(std::equal(picture.data.begin(), picture.data.end(), reinterpret_cast<const std::uint8_t*>(joined[static_cast<std::size_t>(i)].constData())), qPrintable(QString("picture %1").arg(i)));
        }
    }

    void aFilmReadChunkByChunkIsTheSameFile()
    {
        MuxInput film = patternFilm(profileOf("share-h264"), width, height, Rate{30, 1}, lengths).value();
        film.sound = encodeSound(film.profile, impulse(120000, 100), 48000).value();
        QVERIFY(muxFile(film, m_maker.path("held.mp4")));
        MuxInput streamed = film;
        streamed.chunks.clear();
        streamed.chunkCount = film.chunks.size();
        streamed.chunkAt = [&](std::size_t index) -> Result<EncodedChunk> { return film.chunks.at(index); };
        QVERIFY(muxFile(streamed, m_maker.path("streamed.mp4")));
        QVERIFY(m_maker.read("held.mp4") == m_maker.read("streamed.mp4"));
        streamed.chunkAt = [&](std::size_t index) -> Result<EncodedChunk> {
            if (index == 3)
                return fail(Fault::Corrupt, "stored chunk: is damaged");
            return film.chunks.at(index);
        };
        const auto broken = muxFile(streamed, m_maker.path("broken.mp4"));
        QVERIFY(!broken && broken.error().fault == Fault::Corrupt);
        QVERIFY(!std::filesystem::exists(m_maker.path("broken.mp4")));
    }

    void oddSizesAndStillsComeBackBitForBit_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"master-ffv1", "png", "png16"})
            QTest::newRow(name) << name;
    }
    void oddSizesAndStillsComeBackBitForBit()
    {
        QFETCH(QString, name);
        const EncodeProfile profile = profileOf(name.toUtf8().constData());
        const auto film = patternFilm(profile, 101, 77, Rate{25, 1}, {1});
        QVERIFY(film);
        const std::string file = "odd." + profile.extension;
        QVERIFY(muxFile(*film, m_maker.path(file.c_str())));
        const auto media = openMedia(m_maker.path(file.c_str()));
        QVERIFY(media);
        const auto picture = (*media)->nextPicture();
        QVERIFY(picture && *picture);
        QVERIFY((*picture)->coding == profile.coding);
        const PackedPicture wanted = patternPicture(profile.coding, 101, 77, 0);
        QCOMPARE(packedBytes(**picture), QByteArray(reinterpret_cast<const char*>(wanted.data.data()), static_cast<qsizetype>(wanted.data.size())));
    }

    void lossyStillsLookLikeTheirPicture_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("jpeg") << "jpeg";
        QTest::newRow("webp") << "webp";
    }
    void lossyStillsLookLikeTheirPicture()
    {
        QFETCH(QString, name);
        const EncodeProfile profile = profileOf(name.toUtf8().constData());
        PackedPicture ramp = makePacked(96, 64, profile.coding);
        for (std::size_t i = 0; i < ramp.data.size(); ++i)
            ramp.data[i] = i < 96 * 64 ? static_cast<std::uint8_t>(40 + i % 96) : 120;
        const auto encoder = makeChunkEncoder(profile, 96, 64, Rate{25, 1});
        QVERIFY(encoder && (*encoder)->add(ramp));
        MuxInput still;
        still.profile = profile;
        still.chunks.push_back((*encoder)->finish().value());
        const std::string file = "ramp." + profile.extension;
        QVERIFY(muxFile(still, m_maker.path(file.c_str())));
        const auto media = openMedia(m_maker.path(file.c_str()));
        QVERIFY(media);
        QVERIFY((*media)->facts().video->coding == profile.coding);
        const QByteArray decoded = packedBytes(**(*media)->pictureAt(0));
        int worst = 0;
        for (std::size_t i = 0; i < ramp.data.size(); ++i)
            worst = std::max(worst, std::abs(static_cast<int>(static_cast<std::uint8_t>(decoded[static_cast<qsizetype>(i)])) - ramp.data[i]));
        QVERIFY2(worst <= 6, qPrintable(QString::number(worst)));
    }

    void filmsCarryTheirColoursTitleAndNothingOfTheirMaking()
    {
        for (const char* name : {"share-h264", "master-ffv1"}) {
            const EncodeProfile profile = profileOf(name);
            MuxInput film = patternFilm(profile, width, height, Rate{30, 1}, {5, 4}).value();
            film.sound = encodeSound(profile, impulse(14400, 100), 48000).value();
            film.metadata = {{"title", "Spin and glow"}, {"comment", "sha3-256:0"}};
            const std::string first = std::string("first.") + profile.extension;
            const std::string second = std::string("second.") + profile.extension;
            QVERIFY(muxFile(film, m_maker.path(first.c_str())));
            QTest::qSleep(1100); // a file with the time in it would differ
            QVERIFY(muxFile(film, m_maker.path(second.c_str())));
            QVERIFY(m_maker.read(first.c_str()) == m_maker.read(second.c_str()));
            const auto tags = FilmMaker::run("ffprobe", {"-v", "error", "-show_format", m_maker.text(first.c_str())});
            QVERIFY(tags && tags->contains("Spin and glow") && tags->contains("sha3-256:0"));
            QVERIFY(!tags->contains("creation_time"));
            QVERIFY(!m_maker.read(first.c_str()).contains("Lavf59"));
            const auto read = [&](const char* entry) { return m_maker.probe(first.c_str(), "v", entry).value(0); };
            const bool rgb = profile.coding.matrix == Matrix::Identity;
            QCOMPARE(read("stream=color_space"), QString(rgb ? "gbr" : "bt709"));
            QCOMPARE(read("stream=color_range"), QString(rgb ? "pc" : "tv"));
            QCOMPARE(read("stream=color_primaries"), QString("bt709"));
            QCOMPARE(read("stream=color_transfer"), QString(rgb ? "iec61966-2-1" : "bt709"));
            QCOMPARE(read("stream=sample_aspect_ratio"), QString("1:1"));
            const auto media = openMedia(m_maker.path(first.c_str()));
            QVERIFY(media && (*media)->facts().video->coding == profile.coding);
        }
        // Faststart: the index comes before the pictures.
        const QByteArray film = m_maker.read("first.mp4");
        QVERIFY(film.indexOf("moov") > 0 && film.indexOf("moov") < film.indexOf("mdat"));
    }

    void whatCannotBeEncodedIsRefusedInWords()
    {
        const EncodeProfile share = profileOf("share-h264");
        const auto says = [](const auto& result, const char* words) {
            return !result && result.error().fault == Fault::BadInput && result.error().message.find(words) != std::string::npos;
        };
        QVERIFY(says(makeChunkEncoder(share, 175, 144, Rate{30, 1}), "must be even"));
        QVERIFY(says(makeChunkEncoder(share, 0, 144, Rate{30, 1}), "0×144"));
        QVERIFY(says(makeChunkEncoder(share, 176, 144, Rate{0, 1}), "0/1"));
        QVERIFY(says(makeChunkEncoder(profileOf("wav"), 176, 144, Rate{30, 1}), "has no picture"));
        QVERIFY(says(encodeSound(profileOf("png"), impulse(100, 1), 48000), "has no sound"));
        QVERIFY(says(encodeSound(share, impulse(100, 1), 12345), "12345 Hz"));
        QVERIFY(says(encodeSound(share, Sound(), 48000), "without a single sample"));
        const auto encoder = makeChunkEncoder(share, 176, 144, Rate{30, 1});
        QVERIFY(says((*encoder)->add(patternPicture(share.coding, 178, 144, 0)), "178×144"));
        QVERIFY(says((*encoder)->finish(), "without pictures"));
        MuxInput nothing;
        nothing.profile = share;
        QVERIFY(says(muxFile(nothing, m_maker.path("none.mp4")), "neither pictures nor sound"));
    }

    void chunksOfOtherSettingsDoNotJoin()
    {
        const EncodeProfile share = profileOf("share-h264");
        MuxInput film = patternFilm(share, width, height, Rate{30, 1}, {3, 3}).value();
        film.chunks[1] = patternFilm(profileOf("share-h264-fast"), width, height, Rate{30, 1}, {3})->chunks[0];
        const auto muxed = muxFile(film, m_maker.path("mixed.mp4"));
        QVERIFY(!muxed);
        QCOMPARE(muxed.error().fault, Fault::BadInput);
        QVERIFY2(muxed.error().message.find("chunk 1") != std::string::npos, muxed.error().message.c_str());
        QVERIFY(!std::filesystem::exists(m_maker.path("mixed.mp4")));
        for (const auto& entry : std::filesystem::directory_iterator(m_maker.path("").parent_path()))
            QVERIFY2(entry.path().string().find(".part-") == std::string::npos, entry.path().c_str());
    }

    void aFailedFilmLeavesTheOldOneAlone()
    {
        const EncodeProfile share = profileOf("share-h264-fast");
        MuxInput film = patternFilm(share, width, height, Rate{30, 1}, {3}).value();
        QVERIFY(muxFile(film, m_maker.path("kept.mp4")));
        const QByteArray before = m_maker.read("kept.mp4");
        film.chunks.push_back(film.chunks[0]);
        film.chunks[1].extradata.push_back(0);
        QVERIFY(!muxFile(film, m_maker.path("kept.mp4")));
        QCOMPARE(m_maker.read("kept.mp4"), before);
        const auto nowhere = muxFile(patternFilm(share, width, height, Rate{30, 1}, {3}).value(), m_maker.path("no/such/place.mp4"));
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().fault, Fault::NotFound);
    }
};

QTEST_GUILESS_MAIN(EncodeFilmTest)
#include "encode_film_test.moc"
