// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/encode.h"
#include "core/picture/simd.h"
#include "tests/media/film_maker.h"

#include <QRegularExpression>
#include <QtTest>

#include <algorithm>
#include <numeric>
#include <thread>

using namespace artdag;
using namespace artdag::testing;

namespace {

constexpr int width = 176;
constexpr int height = 144;

EncodeProfile profileOf(const char* name)
{
    return encodeProfile(name).value();
}

Bytes chunkBytes(const EncodeProfile& profile, int frames)
{
    const auto film = patternFilm(profile, width, height, Rate{30, 1}, {frames});
    return film ? bytesOfChunk(film->chunks.front()) : Bytes();
}

/// Every chunk length that has gone wrong in a joined film before: one picture, fewer than the reordering, many.
const std::vector<int> lengths{30, 1, 7, 1, 1, 2, 3, 30, 1};

} // namespace

class MediaEncodeTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

private slots:
    void everyProfileIsFoundByItsName()
    {
        for (const EncodeProfile& profile : encodeProfiles()) {
            QCOMPARE(encodeProfile(profile.name)->name, profile.name);
            QVERIFY(!profile.identity().empty());
        }
        const auto unknown = encodeProfile("share-h263");
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().fault, Fault::NotFound);
        QVERIFY(unknown.error().message.find("share-h264") != std::string::npos);
    }

    void identityNamesSettingsAndTheBuildThatRuns()
    {
        const std::string medium = profileOf("share-h264").identity();
        QVERIFY2(QString::fromStdString(medium).contains(QRegularExpression("^libx264 core \\d+.* medium crf18 .*; aac lavc \\d+\\.\\d+")), medium.c_str());
        QVERIFY(medium != profileOf("share-h264-fast").identity());
        EncodeProfile finer = profileOf("share-h264");
        finer.quality = 17;
        QVERIFY(finer.pictureIdentity() != profileOf("share-h264").pictureIdentity());
        QCOMPARE(finer.soundIdentity(), profileOf("share-h264").soundIdentity());
        // The build is what the encoder itself writes into a film.
        QVERIFY(patternFilm(profileOf("share-h264-fast"), width, height, Rate{30, 1}, {1}));
        const auto film = patternFilm(profileOf("share-h264-fast"), width, height, Rate{30, 1}, {1});
        const Bytes& data = film->chunks[0].packets[0].data;
        const std::string build = encoderBuild("libx264").substr(std::string("libx264 ").size());
        QVERIFY(std::string(data.begin(), data.end()).find("x264 - " + build + " - ") != std::string::npos);
    }

    void aChunkHasTheSameBytesEveryTime_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"share-h264", "share-h264-fast", "small-preview", "master-ffv1", "png", "png16", "jpeg", "webp"})
            QTest::newRow(name) << name;
    }
    void aChunkHasTheSameBytesEveryTime()
    {
        QFETCH(QString, name);
        const EncodeProfile profile = profileOf(name.toUtf8().constData());
        const int frames = profile.still ? 1 : 20;
        const Bytes first = chunkBytes(profile, frames);
        QVERIFY(!first.empty());
        QVERIFY(first == chunkBytes(profile, frames));
        std::vector<Bytes> parallel(4);
        std::vector<std::thread> threads;
        for (Bytes& bytes : parallel)
            threads.emplace_back([&] { bytes = chunkBytes(profile, frames); });
        for (std::thread& thread : threads)
            thread.join();
        for (const Bytes& bytes : parallel)
            QVERIFY(bytes == first);
    }

    void aChunkHasTheSameBytesAtEverySimdLevel_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"share-h264", "share-h264-fast", "master-ffv1", "png", "jpeg"})
            QTest::newRow(name) << name;
    }
    void aChunkHasTheSameBytesAtEverySimdLevel()
    {
        QFETCH(QString, name);
        QStringList digests;
        for (const char* level : {"v2", "v3", "v4"}) {
            QProcess process;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert("ARTDAG_SIMD", level);
            process.setProcessEnvironment(environment);
            process.start(QCoreApplication::applicationFilePath(), {"--chunk-digest", name});
            QVERIFY(process.waitForFinished(60000));
            if (process.exitCode() == 4)
                continue; // this machine has no such level
            QCOMPARE(process.exitCode(), 0);
            digests << QString::fromUtf8(process.readAllStandardOutput());
        }
        QVERIFY(digests.size() >= 1);
        QCOMPARE(digests.count(digests.front()), digests.size());
    }

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

    void anImpulseArrivesAtItsSample_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("sampleRate");
        QTest::addColumn<bool>("film");
        for (const char* name : {"share-h264", "share-h264-fast", "small-preview", "master-ffv1", "wav", "flac"}) {
            QTest::addRow("%s 48000", name) << name << 48000 << QString(name).contains('-');
            QTest::addRow("%s 44100", name) << name << 44100 << QString(name).contains('-');
        }
    }
    void anImpulseArrivesAtItsSample()
    {
        QFETCH(QString, name);
        QFETCH(int, sampleRate);
        QFETCH(bool, film);
        const EncodeProfile profile = profileOf(name.toUtf8().constData());
        const std::int64_t samples = sampleRate * 2 + 777; // no whole number of blocks
        const std::int64_t place = sampleRate;
        MuxInput input;
        input.profile = profile;
        if (film)
            input = patternFilm(profile, 64, 48, Rate{30, 1}, {30, 30}).value();
        input.sampleRate = sampleRate;
        const auto sound = encodeSound(profile, impulse(samples, place), sampleRate);
        QVERIFY2(sound, sound ? "" : sound.error().message.c_str());
        input.sound = *sound;
        const std::string file = "impulse." + profile.extension;
        const auto muxed = muxFile(input, m_maker.path(file.c_str()));
        QVERIFY2(muxed, muxed ? "" : muxed.error().message.c_str());
        const std::vector<float> theirs = m_maker.sound(file.c_str());
        QVERIFY(std::abs(loudest(theirs, static_cast<std::int64_t>(theirs.size())) - place) <= 1);
        QVERIFY(static_cast<std::int64_t>(theirs.size()) >= samples && static_cast<std::int64_t>(theirs.size()) < samples + 1024);
        const auto media = openMedia(m_maker.path(file.c_str()));
        QVERIFY(media);
        const auto ours = (*media)->decodeSound();
        QVERIFY(ours);
        QVERIFY(std::abs(loudest(ours->channel(0), ours->range().count) - place) <= 1);
        QCOMPARE(ours->range().count, samples);
        QVERIFY(std::abs(secondsOfFlicks((*media)->facts().audio->duration) - static_cast<double>(samples) / sampleRate) < (profile.container == "matroska" ? 0.0011 : 0.00003));
        if (!profile.lossless)
            return;
        const auto bytes = (*media)->decodeSoundBytes();
        QVERIFY(bytes);
        QVERIFY(*bytes == toS24(impulse(samples, place)));
    }

    void losslessSoundComesBackBitForBit()
    {
        Sound noise(SampleRange{0, 30001});
        std::uint32_t state = 5;
        for (int channel = 0; channel < 2; ++channel)
            for (int i = 0; i < 30001; ++i) {
                state = state * 1664525U + 1013904223U;
                noise.channel(channel)[i] = static_cast<float>(static_cast<std::int32_t>(state)) / 2147483648.0F;
            }
        for (const char* name : {"flac", "wav"}) {
            MuxInput input;
            input.profile = profileOf(name);
            input.sound = encodeSound(input.profile, noise, 48000).value();
            QVERIFY(muxFile(input, m_maker.path(name)));
            QVERIFY((*openMedia(m_maker.path(name)))->decodeSoundBytes().value() == toS24(noise));
        }
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

    void storedChunksAndSoundComeBack()
    {
        const MuxInput film = patternFilm(profileOf("share-h264"), width, height, Rate{30, 1}, {9}).value();
        const EncodedChunk& chunk = film.chunks[0];
        const auto back = chunkOfBytes(bytesOfChunk(chunk));
        QVERIFY(back);
        QVERIFY(bytesOfChunk(*back) == bytesOfChunk(chunk));
        QCOMPARE(back->frames, chunk.frames);
        QVERIFY(std::any_of(back->packets.begin(), back->packets.end(), [](const Packet& packet) { return packet.pts != packet.dts; }));
        const EncodedSound sound = encodeSound(profileOf("share-h264"), impulse(5000, 10), 48000).value();
        const auto heard = soundOfBytes(bytesOfSound(sound));
        QVERIFY(heard);
        QVERIFY(bytesOfSound(*heard) == bytesOfSound(sound));
        QCOMPARE(heard->priming, sound.priming);
        QVERIFY(!soundOfBytes(bytesOfChunk(chunk)));
        QVERIFY(!chunkOfBytes(bytesOfSound(sound)));
    }

    void aStoredChunkIsWrittenAsDocumented()
    {
        EncodedChunk chunk;
        chunk.extradata = {0xE1};
        chunk.frames = 1;
        chunk.packets.push_back(Packet{0, -1, 1, true, {0xAB, 0xCD}});
        QCOMPARE(hexOf(bytesOfChunk(chunk)),
            std::string("41446368756e6b31" // ADchunk1
                        "0100000000000000"
                        "e1"
                        "0100000000000000" // pictures
                        "0100000000000000" // packets
                        "0000000000000000"
                        "ffffffffffffffff"
                        "0100000000000000"
                        "01" // pts, dts, duration, key
                        "0200000000000000"
                        "abcd"
                        "c0c34194"));
    }

    void anyDamageToStoredBytesIsCorrupt()
    {
        const Bytes chunk = bytesOfChunk(patternFilm(profileOf("share-h264-fast"), 32, 32, Rate{30, 1}, {2})->chunks[0]);
        const Bytes sound = bytesOfSound(encodeSound(profileOf("flac"), impulse(300, 10), 48000).value());
        for (const Bytes& whole : {chunk, sound}) {
            const auto refused = [&](const Bytes& bytes) {
                const auto asChunk = chunkOfBytes(bytes);
                const auto asSound = soundOfBytes(bytes);
                return !asChunk && !asSound && asChunk.error().fault == Fault::Corrupt && asSound.error().fault == Fault::Corrupt;
            };
            for (std::size_t i = 0; i < whole.size(); ++i) {
                Bytes flipped = whole;
                flipped[i] ^= static_cast<std::uint8_t>(1U << (i % 8));
                QVERIFY2(refused(flipped), qPrintable(QString("byte %1").arg(i)));
            }
            for (std::size_t length = 0; length < whole.size(); ++length)
                QVERIFY(refused(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length))));
            Bytes longer = whole;
            longer.push_back(0);
            QVERIFY(refused(longer));
        }
    }
};

/// Started again with another ARTDAG_SIMD, this program only prints what it encodes.
int main(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[1]) == "--chunk-digest") {
        if (!simdLevel())
            return 4;
        const EncodeProfile profile = encodeProfile(argv[2]).value();
        std::puts(hexOf(sha3(chunkBytes(profile, profile.still ? 1 : 20))).c_str());
        return 0;
    }
    QCoreApplication application(argc, argv);
    MediaEncodeTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "media_encode_test.moc"
