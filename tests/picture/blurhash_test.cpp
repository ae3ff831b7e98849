// SPDX-License-Identifier: GPL-3.0-or-later
// Blurhashes are those that python3-blurhash 1.1.4 (the reference in C) makes of the same pixels.
#include "core/picture/blurhash.h"

#include <QTest>

#include <array>

using namespace artdag;

namespace {

using Code = std::array<std::uint8_t, 3>;

Code codeAt(const QString& kind, int x, int y, int width, int height)
{
    if (kind == "gradient")
        return {static_cast<std::uint8_t>(x * 255 / std::max(1, width - 1)), static_cast<std::uint8_t>(y * 255 / std::max(1, height - 1)), static_cast<std::uint8_t>((x + y) * 255 / std::max(1, width + height - 2))};
    if (kind == "checks")
        return (x / 4 + y / 4) % 2 != 0 ? Code{250, 240, 20} : Code{10, 30, 200};
    if (kind == "grey")
        return {128, 128, 128};
    if (kind == "black")
        return {0, 0, 0};
    const std::uint32_t value = static_cast<std::uint32_t>(x * 7919 + y * 104729) * 2654435761U;
    return {static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8)};
}

Picture pictureOf(const QString& kind, int width, int height)
{
    PackedPicture packed = makePacked(width, height, {SampleFormat::Rgb24, Matrix::Identity, Transfer::Srgb, Primaries::Bt709, ChromaSite::Left, true});
    std::size_t at = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (const std::uint8_t code : codeAt(kind, x, y, width, height))
                packed.data[at++] = code;
    Picture picture(Rect{0, 0, width, height});
    decodeToLinear(packed.view(), picture.view());
    return picture;
}

} // namespace

class BlurhashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsThatOfTheReference_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("across");
        QTest::addColumn<int>("down");
        QTest::addColumn<QString>("expected");
        QTest::newRow("gradient 64x36 4,3") << "gradient" << 64 << 36 << 4 << 3 << R"(L$HVCt2Q$8Sdl@WZjtf8gKfkfQfj)";
        QTest::newRow("gradient 36x64 3,4") << "gradient" << 36 << 64 << 3 << 4 << R"(T$HeqE2lwyhhajjugffjfQi{a}jt)";
        QTest::newRow("gradient 1x1 1,1") << "gradient" << 1 << 1 << 1 << 1 << R"(000000)";
        QTest::newRow("checks 32x32 5,5") << "checks" << 32 << 32 << 5 << 5 << R"(e4LE1R~ofQ~ofQ~oD[fQ9kfQfQfQfQfQfQ~o9kfQ9SfQfQfQfQfQfQ)";
        QTest::newRow("grey 16x9 4,3") << "grey" << 16 << 9 << 4 << 3 << R"(L7Eyb[?bfQ?b~qoffQoffQfQfQfQ)";
        QTest::newRow("black 8x8 4,3") << "black" << 8 << 8 << 4 << 3 << R"(L00000fQfQfQfQfQfQfQfQfQfQfQ)";
        QTest::newRow("noise 61x47 5,5") << "noise" << 61 << 47 << 5 << 5 << R"(e1HVC$^,kK?cXZ~offnwV?RxXjR%kSRQxr~qSgXMRlSvXhOTSxNbb;)";
        QTest::newRow("noise 61x47 1,1") << "noise" << 61 << 47 << 1 << 1 << R"(00HVC$)";
        QTest::newRow("noise 20x50 2,5") << "noise" << 20 << 50 << 2 << 5 << R"(b4HV9t~p-.SWWqi^yWWAXjM|)";
    }
    void itIsThatOfTheReference()
    {
        QFETCH(QString, kind);
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, across);
        QFETCH(int, down);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(blurhashOf(pictureOf(kind, width, height).view(), across, down)), expected);
    }
};

QTEST_APPLESS_MAIN(BlurhashTest)
#include "blurhash_test.moc"
