// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/likeness.h"
#include "tests/media/film_maker.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <set>

using namespace artdag;
using namespace artdag::testing;

namespace {

constexpr int width = 176;
constexpr int height = 144;

std::vector<Bytes> rowsOf(const EncodeProfile& profile, int frames)
{
    std::vector<Bytes> rows;
    for (int frame = 0; frame < frames; ++frame)
        rows.push_back(comparedRows(patternPicture(profile.coding, width, height, frame).view(), frame, frames));
    return rows;
}

} // namespace

class LikenessTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLossyChunkHasTheLikenessThatFfmpegAndPlainArithmeticFind_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("frames");
        QTest::newRow("share-h264") << "share-h264" << 30;
        QTest::newRow("share-h264-fast") << "share-h264-fast" << 5;
        QTest::newRow("jpeg") << "jpeg" << 1;
        QTest::newRow("webp") << "webp" << 1;
    }
    void aLossyChunkHasTheLikenessThatFfmpegAndPlainArithmeticFind()
    {
        QFETCH(QString, name);
        QFETCH(int, frames);
        const EncodeProfile profile = encodeProfile(name.toStdString()).value();
        const MuxInput film = patternFilm(profile, width, height, Rate{30, 1}, {frames}).value();
        const FilmMaker maker;
        const std::string file = "film." + profile.extension;
        QVERIFY(muxFile(film, maker.path(file.c_str())));
        const auto theirs = maker.pictures(file.c_str(), profile.coding.fullRange ? "yuvj420p" : "yuv420p", width * height * 3 / 2);
        QCOMPARE(theirs.size(), static_cast<std::size_t>(frames));
        double least = std::numeric_limits<double>::infinity();
        for (int frame = 0; frame < frames; ++frame) {
            const PackedPicture ours = patternPicture(profile.coding, width, height, frame);
            const int step = std::min(16, frames);
            double squares = 0;
            double samples = 0;
            std::size_t at = 0;
            for (const PlaneShape& shape : planesOf(profile.coding.format, width, height))
                for (int y = 0; y < shape.height; ++y)
                    for (int x = 0; x < shape.width; ++x, ++at) {
                        if (y % step != frame % step)
                            continue;
                        const double difference = static_cast<std::uint8_t>(theirs[static_cast<std::size_t>(frame)][static_cast<qsizetype>(at)]) - ours.data[at];
                        squares += difference * difference;
                        samples += 1;
                    }
            least = std::min(least, 10 * std::log10(255.0 * 255.0 * samples / squares));
        }
        const double measured = leastLikeness(profile, film.chunks.front(), rowsOf(profile, frames)).value();
        QVERIFY2(std::abs(measured - least) < 0.006, qPrintable(QString("%1, not %2").arg(measured).arg(least)));
        QVERIFY(measured > 20 && measured < 60);
    }

    void anotherPictureIsFoundInAnyPlaceOfAChunk()
    {
        const EncodeProfile profile = encodeProfile("share-h264").value();
        const MuxInput film = patternFilm(profile, width, height, Rate{30, 1}, {20}).value();
        const double honest = leastLikeness(profile, film.chunks.front(), rowsOf(profile, 20)).value();
        for (const std::size_t at : {0U, 7U, 19U}) {
            std::vector<Bytes> rows = rowsOf(profile, 20);
            for (std::uint8_t& sample : rows[at])
                sample = static_cast<std::uint8_t>(sample ^ 0x80);
            QVERIFY(leastLikeness(profile, film.chunks.front(), rows).value() < honest - 15);
        }
    }

    void everyRowIsComparedInAChunk()
    {
        for (const int count : {1, 2, 15, 16, 17, 30}) {
            std::set<std::uint8_t> rows;
            PackedPicture picture = makePacked(2, 48, encodeProfile("share-h264")->coding);
            for (int y = 0; y < 48; ++y)
                picture.data[static_cast<std::size_t>(y) * 2] = picture.data[static_cast<std::size_t>(y) * 2 + 1] = static_cast<std::uint8_t>(y);
            for (int index = 0; index < count; ++index)
                for (const std::uint8_t value : comparedRows(picture.view(), index, count))
                    rows.insert(value);
            QCOMPARE(rows.size(), std::size_t{48});
        }
    }

    void equalIsInfiniteAndOtherSizesAreNothing()
    {
        const Bytes one{1, 2, 3};
        QCOMPARE(likeness(one, one), std::numeric_limits<double>::infinity());
        QCOMPARE(likeness(one, Bytes{1, 2}), 0.0);
        QCOMPARE(likeness(Bytes{0, 0}, Bytes{255, 255}), 0.0);
        QCOMPARE(decibels(std::numeric_limits<double>::infinity()), std::string("inf"));
        for (const char* text : {"inf", "41.20", "0.00"})
            QCOMPARE(decibels(*readDecibels(text)), std::string(text));
        QVERIFY(!readDecibels("loud"));
        QVERIFY(!readDecibels("41.2 dB"));
    }

    void theLeastSecondOfASoundCounts()
    {
        const Bytes silence(4UL * 3000, 0); // three seconds at 1000 Hz
        Bytes click = silence;
        click[4UL * 2500 + 1] = 0x40; // half of full scale, one of 2000 values
        QVERIFY(std::abs(soundLikeness(silence, click, 1000) - 10 * std::log10(4 * 2000.0)) < 0.006);
        QCOMPARE(soundLikeness(silence, silence, 1000), std::numeric_limits<double>::infinity());
    }

    void aDamagedChunkIsAnErrorOrAnotherPicture()
    {
        const EncodeProfile profile = encodeProfile("share-h264").value();
        EncodedChunk chunk = patternFilm(profile, width, height, Rate{30, 1}, {6}).value().chunks.front();
        chunk.packets.resize(3);
        QCOMPARE(leastLikeness(profile, chunk, rowsOf(profile, 6)).error().fault, Fault::Corrupt);
        chunk.packets.front().data.assign(40, 0);
        QVERIFY(!leastLikeness(profile, chunk, rowsOf(profile, 6)));
    }
};

QTEST_APPLESS_MAIN(LikenessTest)
#include "likeness_test.moc"
