// SPDX-License-Identifier: GPL-3.0-or-later
// Pointwise operations against their formulas, in place as well as apart; sizes and names of formats; windows on planes.
#include "core/picture/picture.h"
#include "core/picture/pointwise.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <random>

using namespace artdag;

namespace {

/// Premultiplied pixels with alpha 0, 1 and between.
Picture somePicture(Rect rect, unsigned seed)
{
    Picture picture(rect);
    std::mt19937 random(seed);
    for (int y = rect.y0; y < rect.y1; ++y)
        for (int x = rect.x0; x < rect.x1; ++x) {
            const float cover = random() % 3 == 0 ? 1.0F : random() % 5 == 0 ? 0.0F
                                                                             : static_cast<float>(random() % 1000) / 1000.0F;
            picture.view().at(alpha, x, y) = cover;
            for (int plane = 0; plane < 3; ++plane)
                picture.view().at(plane, x, y) = cover * (static_cast<float>(random() % 3000) / 1000.0F - 0.5F);
        }
    return picture;
}

constexpr Rect rect{-3, 5, 74, 12};

struct Pixel {
    double c[4];
};
Pixel pixelAt(const ConstPictureView& view, int x, int y)
{
    return {{view.at(0, x, y), view.at(1, x, y), view.at(2, x, y), view.at(3, x, y)}};
}

void compareWith(const ConstPictureView& got, const std::function<Pixel(int, int)>& want)
{
    for (int y = got.rect.y0; y < got.rect.y1; ++y)
        for (int x = got.rect.x0; x < got.rect.x1; ++x) {
            const Pixel pixel = want(x, y);
            for (int plane = 0; plane < 4; ++plane)
                QVERIFY2(std::fabs(got.at(plane, x, y) - pixel.c[plane]) <= 4e-6 * std::max(1.0, std::fabs(pixel.c[plane])),
                    qPrintable(QString("plane %1 at %2,%3: %4, not %5").arg(plane).arg(x).arg(y).arg(got.at(plane, x, y)).arg(pixel.c[plane])));
        }
}

bool sameBytes(const ConstPictureView& a, const ConstPictureView& b)
{
    for (int plane = 0; plane < 4; ++plane)
        for (int y = a.rect.y0; y < a.rect.y1; ++y)
            if (std::memcmp(a.row(plane, y), &b.at(plane, a.rect.x0, y), static_cast<std::size_t>(a.rect.width()) * sizeof(float)) != 0)
                return false;
    return true;
}

bool sameValues(const ConstPictureView& a, const ConstPictureView& b) ///< −0 is 0
{
    for (int plane = 0; plane < 4; ++plane)
        for (int y = a.rect.y0; y < a.rect.y1; ++y)
            if (!std::equal(a.row(plane, y), a.row(plane, y) + a.rect.width(), &b.at(plane, a.rect.x0, y)))
                return false;
    return true;
}

double encode(double l)
{
    return std::copysign(std::fabs(l) <= 0.0031308 ? std::fabs(l) * 12.92 : 1.055 * std::pow(std::fabs(l), 1 / 2.4) - 0.055, l);
}

} // namespace

class PointwiseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void displaySpaceIsStraightAndEncoded()
    {
        const Picture in = somePicture(rect, 1);
        Picture display(rect);
        toDisplay(in.view(), display.view());
        compareWith(std::as_const(display).view(), [&](int x, int y) {
            const Pixel p = pixelAt(in.view(), x, y);
            const bool seen = p.c[3] > 0;
            return Pixel{{seen ? encode(p.c[0] / p.c[3]) : 0, seen ? encode(p.c[1] / p.c[3]) : 0, seen ? encode(p.c[2] / p.c[3]) : 0, p.c[3]}};
        });
        fromDisplay(std::as_const(display).view(), display.view());
        compareWith(std::as_const(display).view(), [&](int x, int y) { return pixelAt(in.view(), x, y); });
    }

    void straightAndPremultipliedAreInverse()
    {
        const Picture in = somePicture(rect, 2);
        Picture out(rect);
        unpremultiply(in.view(), out.view());
        compareWith(std::as_const(out).view(), [&](int x, int y) {
            const Pixel p = pixelAt(in.view(), x, y);
            return p.c[3] > 0 ? Pixel{{p.c[0] / p.c[3], p.c[1] / p.c[3], p.c[2] / p.c[3], p.c[3]}} : Pixel{{0, 0, 0, 0}};
        });
        premultiply(std::as_const(out).view(), out.view());
        compareWith(std::as_const(out).view(), [&](int x, int y) { return pixelAt(in.view(), x, y); });
    }

    void overFollowsPorterAndDuff()
    {
        const Picture below = somePicture(rect, 3);
        const Picture above = somePicture(rect, 4);
        for (const float opacity : {0.0F, 0.35F, 1.0F}) {
            Picture out(rect);
            over(below.view(), above.view(), out.view(), opacity);
            compareWith(std::as_const(out).view(), [&](int x, int y) {
                const Pixel b = pixelAt(below.view(), x, y);
                const Pixel a = pixelAt(above.view(), x, y);
                Pixel p{};
                for (int plane = 0; plane < 4; ++plane)
                    p.c[plane] = a.c[plane] * opacity + b.c[plane] * (1 - a.c[3] * opacity);
                return p;
            });
            if (opacity == 0.0F)
                QVERIFY(sameValues(std::as_const(out).view(), below.view()));
        }
    }

    void matrixMovesTheOffsetWithAlpha()
    {
        const ColourMatrix matrix{{{0.5F, 0.2F, 0.1F, 0.3F}, {0, 1, 0, -0.2F}, {0.1F, 0, 0.7F, 0}}};
        const Picture in = somePicture(rect, 5);
        for (const bool premultiplied : {true, false}) {
            Picture out(rect);
            applyMatrix(matrix, in.view(), out.view(), premultiplied);
            compareWith(std::as_const(out).view(), [&](int x, int y) {
                const Pixel p = pixelAt(in.view(), x, y);
                Pixel want{};
                for (int row = 0; row < 3; ++row)
                    want.c[row] = matrix.m[row][0] * p.c[0] + matrix.m[row][1] * p.c[1] + matrix.m[row][2] * p.c[2] + matrix.m[row][3] * (premultiplied ? p.c[3] : 1);
                want.c[3] = p.c[3];
                return want;
            });
        }
        Picture same(rect);
        applyMatrix({}, in.view(), same.view());
        QVERIFY(sameValues(std::as_const(same).view(), in.view()));
    }

    void lerpIsExactAtItsEnds()
    {
        const Picture a = somePicture(rect, 6);
        const Picture b = somePicture(rect, 7);
        Picture out(rect);
        lerp(a.view(), b.view(), out.view(), 0.0F);
        QVERIFY(sameValues(std::as_const(out).view(), a.view()));
        lerp(a.view(), b.view(), out.view(), 1.0F);
        QVERIFY(sameValues(std::as_const(out).view(), b.view()));
        lerp(a.view(), b.view(), out.view(), 0.25F);
        const auto quarter = [&](double t, int x, int y) {
            Pixel p{};
            for (int plane = 0; plane < 4; ++plane)
                p.c[plane] = a.view().at(plane, x, y) * (1 - t) + b.view().at(plane, x, y) * t;
            return p;
        };
        compareWith(std::as_const(out).view(), [&](int x, int y) { return quarter(0.25, x, y); });
        const Picture mask = somePicture(rect, 8);
        lerpByMask(a.view(), b.view(), mask.view(), alpha, out.view());
        compareWith(std::as_const(out).view(), [&](int x, int y) { return quarter(mask.view().at(alpha, x, y), x, y); });
    }

    void everyOperationWorksInPlace_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < 10; ++i)
            QTest::addRow("operation %d", i) << i;
    }
    void everyOperationWorksInPlace()
    {
        QFETCH(int, index);
        const Picture other = somePicture(rect, 9);
        const std::function<void(ConstPictureView, PictureView)> operations[] = {
            [](auto in, auto out) { toDisplay(in, out); },
            [](auto in, auto out) { fromDisplay(in, out); },
            [](auto in, auto out) { unpremultiply(in, out); },
            [](auto in, auto out) { premultiply(in, out); },
            [](auto in, auto out) { applyMatrix({{{.5F, .1F, 0, .2F}, {.3F, .3F, .3F, 0}, {0, .2F, .9F, 0}}}, in, out); },
            [](auto in, auto out) { scaleAll(in, out, 0.3F); },
            [&](auto in, auto out) { over(in, other.view(), out, 0.7F); },
            [&](auto in, auto out) { over(other.view(), in, out, 0.7F); },
            [&](auto in, auto out) { lerp(in, other.view(), out, 0.3F); },
            [&](auto in, auto out) { lerpByMask(other.view(), other.view(), in, alpha, out); },
        };
        Picture in = somePicture(rect, 10);
        Picture out(rect);
        operations[index](std::as_const(in).view(), out.view());
        QVERIFY(!sameBytes(std::as_const(out).view(), std::as_const(in).view()));
        operations[index](std::as_const(in).view(), in.view());
        QVERIFY(sameBytes(std::as_const(in).view(), std::as_const(out).view()));
    }

    void onlyTheAskedRectangleIsWritten()
    {
        const Picture in = somePicture(rect, 11);
        Picture out(rect);
        fill(out.view(), 7, 7, 7, 7);
        const Rect part{0, 6, 33, 9};
        scaleAll(in.view(), out.view().sub(part), 2.0F);
        for (int y = rect.y0; y < rect.y1; ++y)
            for (int x = rect.x0; x < rect.x1; ++x)
                QCOMPARE(out.view().at(green, x, y), part.contains({x, y, x + 1, y + 1}) ? in.view().at(green, x, y) * 2.0F : 7.0F);
    }

    void rowsFollowTheirFormulas()
    {
        const float a[] = {1, 2, -3};
        const float b[] = {5, 0.5F, 2};
        float out[3];
        scaleRow(a, out, 3, 2, 1);
        QVERIFY(out[0] == 3 && out[1] == 5 && out[2] == -5);
        multiplyRow(a, b, out, 3);
        QVERIFY(out[0] == 5 && out[1] == 1 && out[2] == -6);
        addScaledRow(b, out, 3, 2);
        QVERIFY(out[0] == 15 && out[1] == 2 && out[2] == -2);
        lerpRow(a, b, out, 3, 0.5F);
        QVERIFY(out[0] == 3 && out[1] == 1.25F && out[2] == -0.5F);
        const float t[] = {0, 1, 0.5F};
        lerpRow(a, b, t, out, 3);
        QVERIFY(out[0] == 1 && out[1] == 0.5F && out[2] == -0.5F);
    }

    void screensGetStraightSrgbBytes()
    {
        Picture in({0, 0, 5, 1});
        const float values[4][5] = {{1, 0.5F, 0.25F, 0, 9}, {0, 0.5F, 0.25F, 0, -1}, {0.2158605F, 0.5F, 0.25F, 0, 0}, {1, 0.5F, 0.5F, 0, 1}};
        for (int plane = 0; plane < 4; ++plane)
            std::copy_n(values[plane], 5, in.view().row(plane, 0));
        std::uint8_t rgba[20] = {};
        toDisplayRgba(std::as_const(in).view(), rgba, 20);
        const std::uint8_t want[20] = {255, 0, 128, 255, 255, 255, 255, 128, 188, 188, 188, 128, 0, 0, 0, 0, 255, 0, 0, 255};
        for (int i = 0; i < 20; ++i)
            QCOMPARE(static_cast<int>(rgba[i]), static_cast<int>(want[i]));
    }

    void planesHaveTheSizesOfTheirFormat_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("bytes"); // of a 7 × 5 picture
        const auto row = [](SampleFormat format, const char* name, int bytes) { QTest::newRow(name) << static_cast<int>(format) << QString(name) << bytes; };
        row(SampleFormat::Yuv420p, "yuv420p", 35 + 2 * 12);
        row(SampleFormat::Yuv422p, "yuv422p", 35 + 2 * 20);
        row(SampleFormat::Yuv444p, "yuv444p", 105);
        row(SampleFormat::Yuv420p10, "yuv420p10le", 2 * (35 + 2 * 12));
        row(SampleFormat::Yuv422p10, "yuv422p10le", 2 * (35 + 2 * 20));
        row(SampleFormat::Yuv444p10, "yuv444p10le", 210);
        row(SampleFormat::Yuva420p, "yuva420p", 70 + 2 * 12);
        row(SampleFormat::Rgb24, "rgb24", 105);
        row(SampleFormat::Rgba, "rgba", 140);
        row(SampleFormat::Rgb48, "rgb48le", 210);
        row(SampleFormat::Rgba64, "rgba64le", 280);
        row(SampleFormat::Gray8, "gray", 35);
        row(SampleFormat::Gray16, "gray16le", 70);
        row(SampleFormat::Gbrp, "gbrp", 105);
        row(SampleFormat::Gbrap, "gbrap", 140);
        row(SampleFormat::Gbrp10, "gbrp10le", 210);
        row(SampleFormat::Gbrp16, "gbrp16le", 210);
        row(SampleFormat::Gbrap16, "gbrap16le", 280);
        row(SampleFormat::Yuva444p10, "yuva444p10le", 280);
        row(SampleFormat::Gbrpf32, "gbrpf32le", 420);
        row(SampleFormat::Gbrapf32, "gbrapf32le", 560);
    }
    void planesHaveTheSizesOfTheirFormat()
    {
        QFETCH(int, format);
        QFETCH(QString, name);
        QFETCH(int, bytes);
        Coding coding;
        coding.format = static_cast<SampleFormat>(format);
        QCOMPARE(QString(nameOf(coding.format)), name);
        QCOMPARE(hasAlpha(coding.format), name.contains('a') && name != "gray" && name != "gray16le");
        const PackedPicture packed = makePacked(7, 5, coding);
        QCOMPARE(static_cast<int>(packed.data.size()), bytes);
        const CodedPicture view = packed.view();
        const auto shapes = planesOf(coding.format, 7, 5);
        std::size_t at = 0;
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            QCOMPARE(view.planes[i], packed.data.data() + at);
            QCOMPARE(static_cast<std::size_t>(view.strides[i]), shapes[i].rowBytes());
            at += shapes[i].bytes();
        }
        QCOMPARE(at, packed.data.size());
    }

    void rectanglesAreHalfOpen()
    {
        const Rect a{0, 0, 10, 10};
        QCOMPARE(a.clippedTo({5, -3, 20, 4}), (Rect{5, 0, 10, 4}));
        QVERIFY(a.clippedTo({10, 0, 20, 10}).empty());
        QVERIFY(a.contains({0, 0, 10, 10}) && !a.contains({0, 0, 11, 10}) && a.contains({50, 50, 50, 60}));
        QCOMPARE(a.grown(2), (Rect{-2, -2, 12, 12}));
        QVERIFY(Picture(Rect{3, 3, 3, 9}).rect().empty());
    }
};

QTEST_APPLESS_MAIN(PointwiseTest)
#include "pointwise_test.moc"
