// SPDX-License-Identifier: GPL-3.0-or-later
// Dither, grain and scanlines against their statistics.
#include "tests/support/painted_pictures.h"

#include <QTest>

using namespace artdag;

class GrainDitherTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ditheredGreyKeepsItsTone_data();
    void ditheredGreyKeepsItsTone();
    void ditherUsesThePaletteOnly();
    void blueNoiseHasEachThresholdOnce();
    void grainHasItsDeviationAndKeepsTheMean();
    void grainFinerThanAPixelIsFainter();
    void grainIsNormal();
    void scanlinesTakeTheSameLightAtAnyDistance();
};

void GrainDitherTest::ditheredGreyKeepsItsTone_data()
{
    QTest::addColumn<int>("method");
    QTest::addColumn<double>("within");
    const char* names[] = {"bayer_2", "bayer_4", "bayer_8", "blue_noise", "floyd_steinberg", "atkinson", "stucki"};
    const double within[] = {0.125, 0.03, 0.008, 0.004, 0.006, 0.1, 0.008}; // half a step of a pattern; Atkinson loses a quarter on purpose
    for (int i = 0; i < 7; ++i)
        QTest::newRow(names[i]) << i << within[i];
}

void GrainDitherTest::ditheredGreyKeepsItsTone()
{
    QFETCH(int, method);
    QFETCH(double, within);
    for (const float tone : {0.1F, 0.37F, 0.5F, 0.82F}) {
        if (method == 5 && tone < 0.2F)
            continue; // a quarter lost each time, so dark tones never reach a dot
        const EffectRun run = prepared("dither", grey(128, 128, tone),
            {{"cell", 1.0}, {"strength", 1.0}, {"method", chosen(method)}, {"palette", chosen(1)}, {"dark", Colour{0, 0, 0, 1}}, {"light", Colour{1, 1, 1, 1}}});
        const double mean = meanOf(rendered(run), red, true);
        QVERIFY2(std::fabs(mean - tone) < within, qPrintable(QString("%1 became %2").arg(tone).arg(mean)));
    }
}

void GrainDitherTest::ditherUsesThePaletteOnly()
{
    const std::set<std::array<int, 3>> gameBoy{{0x0F, 0x38, 0x0F}, {0x30, 0x62, 0x30}, {0x8B, 0xAC, 0x0F}, {0x9B, 0xBC, 0x0F}};
    for (const std::int64_t method : {2, 3, 4}) {
        const Picture few = rendered(prepared("dither", painted(60, 60, motley), {{"cell", 1.0}, {"method", method}, {"palette", chosen(2)}}));
        std::set<std::array<int, 3>> found;
        for (int y = 0; y < 60; ++y)
            for (int x = 0; x < 60; ++x) {
                std::array<int, 3> colour{};
                for (int plane = 0; plane < 3; ++plane)
                    colour[static_cast<std::size_t>(plane)] = static_cast<int>(display(few.view().at(plane, x, y)) * 255.0F + 0.5F);
                found.insert(colour);
            }
        QVERIFY(found == gameBoy);
    }
}

void GrainDitherTest::blueNoiseHasEachThresholdOnce()
{
    std::set<float> thresholds;
    double along = 0.0;
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x) {
            thresholds.insert(blueNoise(x, y));
            along += (blueNoise(x, y) - 0.5) * (blueNoise(x + 1, y) - 0.5);
        }
    QCOMPARE(thresholds.size(), 4096U);
    QVERIFY2(along / 4096.0 < -0.01, qPrintable(QString::number(along / 4096.0))); // neighbours are unlike; white noise gives 0
}

void GrainDitherTest::grainHasItsDeviationAndKeepsTheMean()
{
    for (const double size : {1.0, 1.6, 3.3}) {
        const EffectRun run = prepared("film_grain", grey(320, 320, 0.5F), {{"amount", 0.25}, {"size", size}, {"colour", 0.5}, {"midtones", 1.0}});
        const Picture grained = rendered(run, 3);
        for (const int plane : {red, blue}) {
            const double mean = meanOf(grained, plane, true);
            double squares = 0.0;
            for (int y = 0; y < 320; ++y)
                for (int x = 0; x < 320; ++x)
                    squares += (display(grained.view().at(plane, x, y)) - mean) * (display(grained.view().at(plane, x, y)) - mean);
            const double deviation = std::sqrt(squares / (320.0 * 320.0));
            QVERIFY2(std::fabs(mean - 0.5) < 0.002, qPrintable(QString("mean %1").arg(mean)));
            QVERIFY2(std::fabs(deviation - 0.05) < 0.002, qPrintable(QString("deviation %1 at %2 px").arg(deviation).arg(size)));
        }
    }
}

void GrainDitherTest::grainFinerThanAPixelIsFainter()
{
    const auto deviation = [](double size) {
        const Picture grained = rendered(prepared("film_grain", grey(200, 200, 0.5F), {{"size", size}, {"colour", 0.0}}));
        double squares = 0.0;
        for (int y = 0; y < 200; ++y)
            for (int x = 0; x < 200; ++x)
                squares += std::pow(display(grained.view().at(green, x, y)) - 0.5, 2);
        return std::sqrt(squares / 40000.0);
    };
    QVERIFY(std::fabs(deviation(0.5) / deviation(1.0) - 0.5) < 0.02);
}

void GrainDitherTest::grainIsNormal()
{
    NormalNoise noise(1.0, 1.0, 7);
    int within = 0, beyond = 0;
    double across = 0.0;
    for (int y = 0; y < 100; ++y) {
        const auto row = noise.row(0, 500, y);
        for (int x = 0; x < 500; ++x) {
            within += std::fabs(row[0][x]) < 1.0F ? 1 : 0;
            beyond += std::fabs(row[0][x]) > 2.0F ? 1 : 0;
            across += row[0][x] * row[2][x];
        }
    }
    QVERIFY(std::fabs(within / 50000.0 - 0.6827) < 0.01);
    QVERIFY(std::fabs(beyond / 50000.0 - 0.0455) < 0.004);
    QVERIFY(std::fabs(across / 50000.0) < 0.02); // the colours are independent
}

void GrainDitherTest::scanlinesTakeTheSameLightAtAnyDistance()
{
    for (const double spacing : {1.3, 2.0, 3.7, 8.0, 20.0})
        for (const double angle : {0.0, 90.0, 33.0}) {
            const EffectRun run = prepared("scanlines", painted(400, 400, [](int, int, std::int64_t) { return std::array<float, 4>{1, 1, 1, 1}; }),
                {{"spacing", spacing}, {"angle", angle}, {"amount", 0.8}, {"thickness", 0.3}});
            const double mean = meanOf(rendered(run), red, false);
            QVERIFY2(std::fabs(mean - (1.0 - 0.8 * 0.3)) < 0.006, qPrintable(QString("%1 at %2 px, %3°").arg(mean).arg(spacing).arg(angle)));
        }
}

QTEST_GUILESS_MAIN(GrainDitherTest)
#include "grain_dither_test.moc"
