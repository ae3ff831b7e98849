// SPDX-License-Identifier: GPL-3.0-or-later
// Chunks and sound as the store holds them.
#include "core/media/encode.h"
#include "core/media/stored_sound.h"
#include "tests/media/film_maker.h"

#include <QtTest>

#include <algorithm>

using namespace artdag;
using namespace artdag::testing;

namespace {

constexpr int width = 176;
constexpr int height = 144;

Bytes bytesOf(const EncodedSound& sound)
{
    return SoundBytes().finish(sound);
}

} // namespace

class ChunkBytesTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

    Result<EncodedSound> soundOf(const Bytes& bytes) const
    {
        m_maker.write("sound", QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())));
        StoredSound stored = TRY(StoredSound::open(m_maker.path("sound")));
        EncodedSound sound = stored.facts();
        for (std::vector<Packet> some = TRY(stored.next()); !some.empty(); some = TRY(stored.next()))
            sound.packets.insert(sound.packets.end(), some.begin(), some.end());
        return sound;
    }

private Q_SLOTS:
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
        const auto heard = soundOf(bytesOf(sound));
        QVERIFY(heard);
        QVERIFY(bytesOf(*heard) == bytesOf(sound));
        QCOMPARE(heard->priming, sound.priming);
        QCOMPARE(heard->samples, std::int64_t{5000});
        QCOMPARE(heard->packets.size(), sound.packets.size());
        QVERIFY(!soundOf(bytesOfChunk(chunk)));
        QVERIFY(!chunkOfBytes(bytesOf(sound)));
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
        const Bytes sound = bytesOf(encodeSound(profileOf("flac"), impulse(300, 10), 48000).value());
        for (const Bytes& whole : {chunk, sound}) {
            const auto refused = [&](const Bytes& bytes) {
                const auto asChunk = chunkOfBytes(bytes);
                const auto asSound = soundOf(bytes);
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

QTEST_GUILESS_MAIN(ChunkBytesTest)
#include "chunk_bytes_test.moc"
