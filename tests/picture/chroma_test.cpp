// SPDX-License-Identifier: GPL-3.0-or-later
// Chroma up and down are exact inverses at every size, edge and siting; parts of a picture are crops of the whole.
#include "core/picture/picture_writer.h"
#include "core/picture/pointwise.h"

#include <QtTest>
#include <rapidcheck.h>

#include <cstring>
#include <sstream>

using namespace artdag;

namespace {

constexpr SampleFormat subsampled[] = {SampleFormat::Yuv420p, SampleFormat::Yuv422p, SampleFormat::Yuv420p10, SampleFormat::Yuv422p10, SampleFormat::Yuva420p};
constexpr SampleFormat all[] = {SampleFormat::Yuv420p, SampleFormat::Yuv422p, SampleFormat::Yuv444p, SampleFormat::Yuv420p10, SampleFormat::Yuv422p10,
    SampleFormat::Yuv444p10, SampleFormat::Yuva420p, SampleFormat::Rgb24, SampleFormat::Rgba, SampleFormat::Rgb48, SampleFormat::Rgba64, SampleFormat::Gray8,
    SampleFormat::Gray16, SampleFormat::Gbrp, SampleFormat::Gbrap, SampleFormat::Gbrp10, SampleFormat::Gbrp16, SampleFormat::Gbrap16};

/// Any picture of any size: every code of luma and chroma, alpha never 0.
template <std::size_t n>
PackedPicture anyPicture(const SampleFormat (&formats)[n])
{
    Coding coding;
    coding.format = formats[*rc::gen::inRange<std::size_t>(0, n)];
    coding.site = *rc::gen::element(ChromaSite::Left, ChromaSite::Centre, ChromaSite::TopLeft);
    coding.matrix = *rc::gen::element(Matrix::Bt601, Matrix::Bt709, Matrix::Bt2020);
    coding.fullRange = *rc::gen::arbitrary<bool>();
    const int width = *rc::gen::inRange(1, 44);
    const int height = *rc::gen::inRange(1, 44);
    PackedPicture packed = makePacked(width, height, coding);
    const auto shapes = planesOf(coding.format, width, height);
    const bool tenBit = QByteArray(nameOf(coding.format)).contains("10");
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    std::uint64_t state = seed;
    for (std::size_t i = 0; i < packed.data.size(); ++i) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        packed.data[i] = static_cast<std::uint8_t>(state >> 56 | (hasAlpha(coding.format) ? 1 : 0));
        if (tenBit && i % 2 == 1)
            packed.data[i] &= 3;
    }
    std::ostringstream text;
    text << nameOf(coding.format) << " " << width << "x" << height << " site " << static_cast<int>(coding.site) << " matrix " << static_cast<int>(coding.matrix)
         << (coding.fullRange ? " full" : " limited");
    RC_LOG(text.str());
    return packed;
}

Rect anyPart(int width, int height)
{
    const int x0 = *rc::gen::inRange(0, width);
    const int y0 = *rc::gen::inRange(0, height);
    return {x0, y0, *rc::gen::inRange(x0 + 1, width + 1), *rc::gen::inRange(y0 + 1, height + 1)};
}

} // namespace

class ChromaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void throughLinearLightIsTheIdentity()
    {
        QVERIFY(rc::check("coded → linear → coded gives the same bytes", [] {
            const PackedPicture packed = anyPicture(subsampled);
            Picture linear({0, 0, packed.width, packed.height});
            decodeToLinear(packed.view(), linear.view());
            PackedPicture back = makePacked(packed.width, packed.height, packed.coding);
            encodeFromLinear(std::as_const(linear).view(), back);
            RC_ASSERT(back.data == packed.data);
        }));
    }

    void anyPartDecodesToTheCropOfTheWhole()
    {
        QVERIFY(rc::check("decoding a part gives the crop", [] {
            const PackedPicture packed = anyPicture(all);
            Picture whole({0, 0, packed.width, packed.height});
            decodeToLinear(packed.view(), whole.view());
            Picture part(anyPart(packed.width, packed.height));
            decodeToLinear(packed.view(), part.view());
            for (int plane = 0; plane < 4; ++plane)
                for (int y = part.rect().y0; y < part.rect().y1; ++y)
                    RC_ASSERT(std::memcmp(part.view().row(plane, y), &whole.view().at(plane, part.rect().x0, y),
                                  static_cast<std::size_t>(part.rect().width()) * sizeof(float))
                        == 0);
        }));
    }

    void stripsEncodeToTheSameBytesAsTheWhole()
    {
        QVERIFY(rc::check("strips give the whole", [] {
            const PackedPicture packed = anyPicture(all);
            Picture linear({0, 0, packed.width, packed.height});
            decodeToLinear(packed.view(), linear.view());
            PackedPicture whole = makePacked(packed.width, packed.height, packed.coding);
            encodeFromLinear(std::as_const(linear).view(), whole);
            PackedPicture strips = makePacked(packed.width, packed.height, packed.coding);
            PictureWriter writer(strips, Space::Linear);
            for (int y = 0; y < packed.height;) {
                const int end = std::min(packed.height, y + *rc::gen::inRange(1, 9));
                writer.add(std::as_const(linear).view().sub({0, y, packed.width, end}));
                y = end;
            }
            RC_ASSERT(strips.data == whole.data);
        }));
    }

    void displayValuesPassThroughToTheSameCodes()
    {
        QVERIFY(rc::check("as display values, there and back", [] {
            const PackedPicture packed = anyPicture(subsampled);
            Picture display({0, 0, packed.width, packed.height});
            decodeCoded(packed.view(), Space::Display, display.view());
            PackedPicture linear = makePacked(packed.width, packed.height, packed.coding);
            Picture light({0, 0, packed.width, packed.height});
            fromDisplay(std::as_const(display).view(), light.view());
            encodeFromLinear(std::as_const(light).view(), linear);
            PackedPicture back = makePacked(packed.width, packed.height, packed.coding);
            PictureWriter(back, Space::Display).add(std::as_const(display).view());
            RC_ASSERT(back.data == linear.data);
        }));
    }

    void sitesAChromaSampleWhereTheStandardPutsIt()
    {
        // One bright chroma column: left-sited it is centred on the even luma column, centre-sited between two.
        for (const ChromaSite site : {ChromaSite::Left, ChromaSite::Centre}) {
            Coding coding;
            coding.site = site;
            PackedPicture packed = makePacked(16, 4, coding);
            std::fill(packed.data.begin(), packed.data.end(), std::uint8_t{128});
            for (int row = 0; row < 2; ++row)
                packed.data[static_cast<std::size_t>(16 * 4 + 8 * 2 + row * 8 + 4)] = 168; // Cr of chroma column 4
            Picture linear({0, 0, 16, 4});
            decodeToLinear(packed.view(), linear.view());
            const float* row = linear.view().row(red, 1);
            if (site == ChromaSite::Left) {
                QCOMPARE(row[7], row[9]);
                QVERIFY(row[8] > row[7] && row[7] > row[6]);
                QCOMPARE(row[6], row[10]);
            } else {
                QCOMPARE(row[8], row[9]);
                QCOMPARE(row[7], row[10]);
                QVERIFY(row[8] > row[7] && row[7] > row[6]);
            }
        }
    }
};

QTEST_APPLESS_MAIN(ChromaTest)
#include "chroma_test.moc"
