// SPDX-License-Identifier: GPL-3.0-or-later
// Every code that a file can hold survives decode → linear → encode, in every format.
#include "core/base/random.h"
#include "core/picture/picture.h"

#include <QtTest>

#include <cstring>
#include <limits>
#include <vector>

using namespace artdag;

namespace {

/// A packed picture whose sample i (in file order) is codeAt(i).
template <class CodeAt>
PackedPicture packedOf(int width, int height, const Coding& coding, CodeAt codeAt)
{
    PackedPicture packed = makePacked(width, height, coding);
    const int bytes = planesOf(coding.format, width, height)[0].bytesPerSample;
    for (std::size_t i = 0; i < packed.data.size() / static_cast<std::size_t>(bytes); ++i) {
        const std::uint32_t code = codeAt(i);
        packed.data[i * static_cast<std::size_t>(bytes)] = static_cast<std::uint8_t>(code);
        if (bytes == 2)
            packed.data[i * 2 + 1] = static_cast<std::uint8_t>(code >> 8);
    }
    return packed;
}

PackedPicture throughLinear(const PackedPicture& packed)
{
    Picture linear({0, 0, packed.width, packed.height});
    decodeToLinear(packed.view(), linear.view());
    PackedPicture back = makePacked(packed.width, packed.height, packed.coding);
    encodeFromLinear(std::as_const(linear).view(), back);
    return back;
}

void compareAll(const PackedPicture& packed)
{
    const PackedPicture back = throughLinear(packed);
    QCOMPARE(back.data.size(), packed.data.size());
    std::size_t wrong = 0;
    std::size_t firstWrong = 0;
    for (std::size_t i = 0; i < packed.data.size(); ++i)
        if (packed.data[i] != back.data[i] && wrong++ == 0)
            firstWrong = i;
    QVERIFY2(wrong == 0,
        qPrintable(QString("%1 bytes differ, first at %2: %3 became %4").arg(wrong).arg(firstWrong).arg(packed.data[firstWrong]).arg(back.data[firstWrong])));
}

struct Row {
    const char* name;
    Coding coding;
    int bits;
};
Coding codingOf(SampleFormat format, bool fullRange, Transfer transfer = Transfer::Srgb, Matrix matrix = Matrix::Bt709, Primaries primaries = Primaries::Bt709)
{
    return {format, matrix, transfer, primaries, ChromaSite::Left, fullRange};
}

} // namespace

class CodesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCodeOfAChannelSurvives_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("transfer");
        QTest::addColumn<bool>("fullRange");
        QTest::addColumn<int>("bits");
        const std::pair<SampleFormat, int> formats[] = {{SampleFormat::Gray8, 8}, {SampleFormat::Gray16, 16}, {SampleFormat::Rgb24, 8}, {SampleFormat::Rgb48, 16},
            {SampleFormat::Gbrp, 8}, {SampleFormat::Gbrp10, 10}, {SampleFormat::Gbrp16, 16}};
        for (const auto& [format, bits] : formats)
            for (const bool fullRange : {true, false}) {
                QTest::addRow("%s srgb %s", nameOf(format), fullRange ? "full" : "limited") << static_cast<int>(format) << static_cast<int>(Transfer::Srgb) << fullRange << bits;
                QTest::addRow("%s linear %s", nameOf(format), fullRange ? "full" : "limited") << static_cast<int>(format) << static_cast<int>(Transfer::Linear) << fullRange << bits;
            }
        QTest::newRow("gbrp10 pq full") << static_cast<int>(SampleFormat::Gbrp10) << static_cast<int>(Transfer::Pq) << true << 10;
        QTest::newRow("gbrp10 pq limited") << static_cast<int>(SampleFormat::Gbrp10) << static_cast<int>(Transfer::Pq) << false << 10;
    }
    void everyCodeOfAChannelSurvives()
    {
        QFETCH(int, format);
        QFETCH(int, transfer);
        QFETCH(bool, fullRange);
        QFETCH(int, bits);
        // Channels run through the codes at different speeds, so that neighbours differ.
        const std::uint32_t mask = (1U << bits) - 1;
        const int height = bits == 16 ? 256 : bits == 10 ? 4
                                                         : 1;
        const int width = 256;
        const auto samples = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
        compareAll(packedOf(width, height, codingOf(static_cast<SampleFormat>(format), fullRange, static_cast<Transfer>(transfer)),
            [&](std::size_t i) { return static_cast<std::uint32_t>(i * 5 + i / samples * 77 + 3) & mask; }));
    }

    void everyYCbCrCodeSurvives_data()
    {
        QTest::addColumn<int>("matrix");
        QTest::addColumn<bool>("fullRange");
        const std::pair<Matrix, const char*> matrices[] = {{Matrix::Bt601, "601"}, {Matrix::Bt709, "709"}, {Matrix::Bt2020, "2020"}};
        for (const auto& [matrix, name] : matrices)
            for (const bool fullRange : {true, false})
                QTest::addRow("%s %s", name, fullRange ? "full" : "limited") << static_cast<int>(matrix) << fullRange;
    }
    void everyYCbCrCodeSurvives()
    {
        QFETCH(int, matrix);
        QFETCH(bool, fullRange);
        // 256³ codes, in and out of gamut: nothing is clamped between.
        const Coding coding = codingOf(SampleFormat::Yuv444p, fullRange, Transfer::Srgb, static_cast<Matrix>(matrix));
        for (std::uint32_t cr = 0; cr < 256; cr += 8)
            compareAll(packedOf(256, 256 * 8, coding, [&](std::size_t i) -> std::uint32_t {
                const std::size_t plane = i >> 19;
                const std::size_t pixel = i & ((1U << 19) - 1);
                return static_cast<std::uint32_t>(plane == 0 ? pixel & 255 : plane == 1 ? pixel >> 8 & 255
                                                                                        : cr + (pixel >> 16));
            }));
    }

    void randomTenBitYCbCrSurvives_data()
    {
        QTest::addColumn<int>("transfer");
        QTest::addColumn<int>("primaries");
        QTest::newRow("srgb, 709") << static_cast<int>(Transfer::Srgb) << static_cast<int>(Primaries::Bt709);
        QTest::newRow("srgb, 2020") << static_cast<int>(Transfer::Srgb) << static_cast<int>(Primaries::Bt2020);
        QTest::newRow("pq, 2020") << static_cast<int>(Transfer::Pq) << static_cast<int>(Primaries::Bt2020);
        QTest::newRow("hlg, 2020") << static_cast<int>(Transfer::Hlg) << static_cast<int>(Primaries::Bt2020);
    }
    void randomTenBitYCbCrSurvives()
    {
        QFETCH(int, transfer);
        QFETCH(int, primaries);
        // Grays and mild colours: what a film of that kind is made of, far from the edges of its gamut.
        const Coding coding = codingOf(SampleFormat::Yuv444p10, false, static_cast<Transfer>(transfer), Matrix::Bt2020, static_cast<Primaries>(primaries));
        const std::size_t plane = 256 * 64;
        compareAll(packedOf(256, 64, coding, [&](std::size_t i) -> std::uint32_t {
            if (i < plane)
                return 200 + static_cast<std::uint32_t>(i % 701);
            return 512 - 64 + static_cast<std::uint32_t>(randomBits(1, i) % 128);
        }));
    }

    void straightColourAndAlphaSurvive_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("bits");
        QTest::newRow("rgba") << static_cast<int>(SampleFormat::Rgba) << 8;
        QTest::newRow("gbrap") << static_cast<int>(SampleFormat::Gbrap) << 8;
        QTest::newRow("rgba64") << static_cast<int>(SampleFormat::Rgba64) << 16;
        QTest::newRow("gbrap16") << static_cast<int>(SampleFormat::Gbrap16) << 16;
    }
    void straightColourAndAlphaSurvive()
    {
        QFETCH(int, format);
        QFETCH(int, bits);
        // All colours × all alphas above 0 (16 bits: a random quarter million of pairs).
        const Coding coding = codingOf(static_cast<SampleFormat>(format), true);
        const bool packed = static_cast<SampleFormat>(format) == SampleFormat::Rgba || static_cast<SampleFormat>(format) == SampleFormat::Rgba64;
        const int width = 256;
        const int height = bits == 8 ? 255 : 256;
        const std::size_t plane = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
        compareAll(packedOf(width, height, coding, [&](std::size_t i) -> std::uint32_t {
            const std::size_t channel = packed ? i % 4 : i / plane;
            const std::size_t pixel = packed ? i / 4 : i % plane;
            if (bits == 8)
                return static_cast<std::uint32_t>(channel == 3 ? 1 + pixel / 256 : (pixel + 85 * channel) % 256);
            return static_cast<std::uint32_t>(randomBits(channel, pixel) % 65535 + (channel == 3 ? 1 : 0));
        }));
    }

    void floatsSurviveBitForBitAndBringNoInfinities()
    {
        const Coding coding{SampleFormat::Gbrapf32, Matrix::Identity, Transfer::Linear, Primaries::Bt709, ChromaSite::Left, true};
        PackedPicture packed = makePacked(4, 2, coding);
        // Light beyond white, below black and beneath coverage 0 is a file's right; what is no number is not.
        const float values[] = {0.0F, 1.0F, -0.25F, 65504.0F, 1e-30F, 0.18F, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()};
        for (int plane = 0; plane < 4; ++plane)
            std::memcpy(packed.data.data() + plane * sizeof values, values, sizeof values);
        const PackedPicture back = throughLinear(packed);
        for (int plane = 0; plane < 4; ++plane) {
            float read[8];
            std::memcpy(read, back.data.data() + plane * sizeof read, sizeof read);
            QVERIFY(std::equal(read, read + 6, values));
            QVERIFY(read[6] == 0.0F && read[7] == 0.0F);
        }
    }

    void transparentPixelsBecomeTransparentBlack()
    {
        PackedPicture packed = makePacked(3, 1, codingOf(SampleFormat::Rgba, true));
        const std::uint8_t codes[] = {200, 100, 50, 0, 200, 100, 50, 255, 0, 0, 0, 0};
        std::memcpy(packed.data.data(), codes, sizeof codes);
        const PackedPicture back = throughLinear(packed);
        const std::uint8_t want[] = {0, 0, 0, 0, 200, 100, 50, 255, 0, 0, 0, 0};
        QVERIFY(std::memcmp(back.data.data(), want, sizeof want) == 0);
    }

    void whiteIsExactlyOneAndBlackExactlyZero()
    {
        for (const SampleFormat format : {SampleFormat::Rgb24, SampleFormat::Rgb48, SampleFormat::Gray8, SampleFormat::Gray16, SampleFormat::Gbrp10, SampleFormat::Yuv444p,
                 SampleFormat::Yuv420p, SampleFormat::Yuv420p10, SampleFormat::Yuv444p10})
            for (const bool fullRange : {true, false}) {
                const PlaneShape shape = planesOf(format, 16, 16)[0];
                const int bits = shape.bytesPerSample == 1 ? 8 : QByteArray(nameOf(format)).contains("10") ? 10
                                                                                                           : 16;
                const std::uint32_t unit = 1U << (bits - 8);
                const bool ycc = QByteArray(nameOf(format)).startsWith("yuv");
                const std::uint32_t white = fullRange ? (1U << bits) - 1 : 235 * unit;
                const std::uint32_t black = fullRange ? 0 : 16 * unit;
                for (const bool isWhite : {true, false}) {
                    const PackedPicture packed = packedOf(16, 16, codingOf(format, fullRange), [&](std::size_t i) { return ycc && i >= 256 ? 128 * unit : isWhite ? white
                                                                                                                                                                  : black; });
                    Picture linear({0, 0, 16, 16});
                    decodeToLinear(packed.view(), linear.view());
                    for (int plane = 0; plane < 4; ++plane)
                        QCOMPARE(linear.view().at(plane, 7, 9), isWhite || plane == alpha ? 1.0F : 0.0F);
                }
            }
    }

    void valuesBeyondTheRangeAreClampedToIt()
    {
        Picture linear({0, 0, 4, 1});
        const float values[] = {-3.0F, 50.0F, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()};
        for (int plane = 0; plane < 4; ++plane)
            std::copy_n(values, 4, linear.view().row(plane, 0));
        for (const SampleFormat format : {SampleFormat::Rgb24, SampleFormat::Rgb48}) {
            PackedPicture packed = makePacked(4, 1, codingOf(format, true));
            encodeFromLinear(std::as_const(linear).view(), packed);
            const std::size_t step = packed.data.size() / 4;
            QCOMPARE(packed.data[0], std::uint8_t{0});
            QCOMPARE(packed.data[step], std::uint8_t{255});
            QCOMPARE(packed.data[2 * step], std::uint8_t{0});
            QCOMPARE(packed.data[3 * step], std::uint8_t{255});
        }
    }
};

QTEST_APPLESS_MAIN(CodesTest)
#include "codes_test.moc"
