// SPDX-License-Identifier: GPL-3.0-or-later
// Files opened again by what was found in them: the same facts, pictures, sound and packets, and nothing decoded for it.
#include "core/media/found_media.h"
#include "core/media/packet_places.h"
#include "core/media/stored_packets.h"
#include "tests/media/film_maker.h"

#include <algorithm>

using namespace artdag;
using namespace artdag::testing;

namespace {

std::unique_ptr<MediaFile> openedBy(const FilmMaker& maker, const char* name, std::string_view words)
{
    auto file = openMedia(maker.path(name), words);
    if (!file)
        qFatal("%s", file.error().message.c_str());
    return std::move(*file);
}

std::shared_ptr<StoredPackets> packetsOf(MediaFile& file, ByteView known = {})
{
    auto packets = file.packets(known);
    if (!packets)
        qFatal("%s", packets.error().message.c_str());
    return *packets;
}

/// All packets of a film in one chunk after the other, as bytes.
Bytes copyOf(StoredPackets& film, std::int64_t pictures)
{
    Bytes bytes;
    for (std::int64_t first = 0; first < pictures;) {
        const std::int64_t count = film.copyable(first, pictures - first);
        if (count == 0)
            return {};
        const Bytes chunk = bytesOfChunk(film.read(first, count).value());
        bytes.insert(bytes.end(), chunk.begin(), chunk.end());
        first += count;
    }
    return bytes;
}

bool sameSound(const Sound& one, const Sound& other)
{
    if (one.range().count != other.range().count)
        return false;
    for (int channel = 0; channel < soundChannels; ++channel)
        if (!std::equal(one.channel(channel), one.channel(channel) + one.range().count, other.channel(channel)))
            return false;
    return true;
}

constexpr const char* pattern = "-f lavfi -i testsrc2=s=96x64:r=25:d=2 -f lavfi -i sine=d=2:r=48000 -pix_fmt yuv420p -g 20 ";

} // namespace

class FoundMediaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_maker.make("film.mp4", (pattern + std::string("-c:v libx264 -bf 2 -c:a aac")).c_str()));
        QVERIFY(m_maker.make("film.mkv", (pattern + std::string("-c:v libx264 -bf 2 -c:a flac")).c_str()));
        QVERIFY(m_maker.make("turned.mov", "-i @film.mp4 -c copy -metadata:s:v rotate=90"));
        QVERIFY(m_maker.make("film.ts", "-i @film.mp4 -c copy"));
        QVERIFY(m_maker.make("sound.wav", "-f lavfi -i sine=d=1:r=44100"));
        QVERIFY(m_maker.make("still.png", "-f lavfi -i testsrc2=s=40x30 -frames:v 1"));
    }

    void aFileOpenedByWhatWasFoundGivesTheSame_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"film.mp4", "film.mkv", "turned.mov", "film.ts", "sound.wav", "still.png"})
            QTest::newRow(name) << QByteArray(name);
    }
    void aFileOpenedByWhatWasFoundGivesTheSame()
    {
        QFETCH(QByteArray, name);
        const auto first = openedBy(m_maker, name, {});
        const std::string words = first->found();
        QVERIFY(!words.empty());
        const auto again = openedBy(m_maker, name, words);
        QCOMPARE(again->found(), words);
        QCOMPARE(again->facts().format, first->facts().format);
        QCOMPARE(again->facts().warnings, first->facts().warnings);
        QCOMPARE(again->facts().video.has_value(), first->facts().video.has_value());
        if (first->facts().video) {
            QCOMPARE(again->facts().video->rotation, first->facts().video->rotation);
            QVERIFY(again->facts().video->coding == first->facts().video->coding);
            for (const double seconds : {1.3, 0.0, 0.5, 1.99}) {
                const Flicks time = flicksOfSeconds(seconds);
                QCOMPARE(packedBytes(**again->pictureAt(time)), packedBytes(**first->pictureAt(time)));
            }
            QCOMPARE(allPictures(*openedBy(m_maker, name, words)), allPictures(*first));
        }
        if (first->facts().audio)
            QVERIFY(sameSound(again->decodeSound().value(), first->decodeSound().value()));
    }

    void nothingIsReadThatIsKnown()
    {
        const std::string words = openedBy(m_maker, "film.mp4", {})->found();
        const Bytes whole = readFile(m_maker.path("film.mp4")).value();
        QVERIFY(writeFileAtomically(m_maker.path("cut.mp4"), ByteView(whole).first(100)));
        QVERIFY(!openMedia(m_maker.path("cut.mp4")));
        const auto cut = openedBy(m_maker, "cut.mp4", words);
        QCOMPARE(cut->facts().video->frames, std::int64_t{50});
        QVERIFY(!cut->pictureAt(0));
        QVERIFY(!cut->decodeSound());
    }

    void wordsThatNobodyWroteAreNotBelieved()
    {
        const std::string words = openedBy(m_maker, "film.mp4", {})->found();
        QVERIFY(foundIn(words));
        for (std::string wrong : {std::string(), std::string("{"), std::string("{}"), std::string("[]"), std::string("[1]"), std::string("[2") + words.substr(2), words.substr(0, words.size() - 1), std::string("[1,\"mov\",null,null,[],0,0,0,1,1,[1,1,0,1,1,0,0,1]]")}) {
            QVERIFY2(!foundIn(wrong), wrong.c_str());
            QCOMPARE(openedBy(m_maker, "film.mp4", wrong)->found(), words);
        }
    }

    void packetsAreReadWhereTheyLie_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"film.mp4", "film.mkv"})
            QTest::newRow(name) << QByteArray(name);
    }
    void packetsAreReadWhereTheyLie()
    {
        QFETCH(QByteArray, name);
        const auto file = openedBy(m_maker, name, {});
        const auto walked = packetsOf(*file);
        const Bytes places = walked->places();
        const std::int64_t size = FileSource::open(m_maker.path(name)).value()->size();
        PacketPlaces known = placesOfBytes(places, size).value();
        QVERIFY(known.lieAsTheyAre());
        QCOMPARE(bytesOfPlaces(known), places);
        known.places[1].at = -1; // the demuxer reads them, then
        const Bytes demuxed = copyOf(*packetsOf(*openedBy(m_maker, name, {}), bytesOfPlaces(known)), 50);
        QVERIFY(!demuxed.empty());
        QVERIFY(copyOf(*walked, 50) == demuxed);
        const auto again = packetsOf(*openedBy(m_maker, name, file->found()), places);
        QVERIFY(copyOf(*again, 50) == demuxed);
        QVERIFY(again->isCodedLike(*walked));
        QCOMPARE(again->delay(0, 20), walked->delay(0, 20));
        QCOMPARE(again->parameters().field_order, walked->parameters().field_order);
        QCOMPARE(again->parameters().color_range, walked->parameters().color_range);
    }

    void placesThatAreDamagedAreLookedForAgain()
    {
        const auto file = openedBy(m_maker, "film.mkv", {});
        const Bytes places = packetsOf(*file)->places();
        const std::int64_t size = FileSource::open(m_maker.path("film.mkv")).value()->size();
        QVERIFY(!placesOfBytes(places, size / 2));
        for (const std::size_t length : {std::size_t{0}, std::size_t{7}, std::size_t{100}, places.size() - 1, places.size() - 40}) {
            QVERIFY(!placesOfBytes(ByteView(places).first(length), size));
            QVERIFY(packetsOf(*file, ByteView(places).first(length))->places() == places);
        }
        Bytes other = places;
        other[0] ^= 1;
        QVERIFY(!placesOfBytes(other, size));
        Bytes far = places;
        far[far.size() - 5] = 0xFF; // the size of the last packet
        QVERIFY(!placesOfBytes(far, size));
    }

private:
    FilmMaker m_maker;
};

QTEST_MAIN(FoundMediaTest)
#include "found_media_test.moc"
