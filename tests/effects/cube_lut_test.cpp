// SPDX-License-Identifier: GPL-3.0-or-later
// .cube files, also of strangers, and lamps, against their definitions.
#include "tests/support/colour_formulas.h"

using namespace artdag;
using namespace artdag::test;

class CubeLutTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void greyUnderALampBecomesGrey_data();
    void greyUnderALampBecomesGrey();
    void warmAndTintGoTheirWays();
    void cubesOfStraightFormulasAreExact();
    void tetrahedraAreThoseOfTheDefinition();
    void shapersAndDomainsAreRead();
    void hostileCubesAreRefused_data();
    void hostileCubesAreRefused();
};

void CubeLutTest::greyUnderALampBecomesGrey_data()
{
    // Chromaticities of CIE illuminants, from the tables of CIE 15.
    QTest::addColumn<double>("temperature");
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::addColumn<double>("tint");
    const double onBlackBody = -0.0032 / 0.05; // daylight is a little greener than the black body
    QTest::newRow("A") << 2856.0 << 0.44758 << 0.40745 << onBlackBody;
    QTest::newRow("D50") << 5003.0 << 0.34567 << 0.35850 << 0.0;
    QTest::newRow("D75") << 7504.0 << 0.29902 << 0.31485 << 0.0;
}

void CubeLutTest::greyUnderALampBecomesGrey()
{
    QFETCH(const double, temperature);
    QFETCH(const double, x);
    QFETCH(const double, y);
    QFETCH(const double, tint);
    const double lit[3] = {x / y, 1, (1 - x - y) / y};
    const double toRgb[3][3] = {{3.2404542, -1.5371385, -0.4985314}, {-0.9692660, 1.8760108, 0.0415560}, {0.0556434, -0.2040259, 1.0572252}};
    Rgb grey{};
    for (std::size_t i = 0; i < 3; ++i)
        grey[i] = 0.4 * (toRgb[i][0] * lit[0] + toRgb[i][1] * lit[1] + toRgb[i][2] * lit[2]);
    const Picture out = onePixel("white_balance", {{"temperature", temperature}, {"tint", tint}, {"keep_brightness", false}}, grey);
    const double r = out.view().at(red, 0, 0), g = out.view().at(green, 0, 0), b = out.view().at(blue, 0, 0);
    QVERIFY2(std::fabs(r / g - 1) < 0.012 && std::fabs(b / g - 1) < 0.012 && std::fabs(g / 0.4 - 1) < 0.01, qPrintable(QString("%1 %2 %3").arg(r).arg(g).arg(b)));
}

void CubeLutTest::warmAndTintGoTheirWays()
{
    const Rgb grey{0.5, 0.5, 0.5};
    const Picture warm = onePixel("white_balance", {{"temperature", 9000.0}}, grey), magenta = onePixel("white_balance", {{"tint", 0.4}}, grey);
    QVERIFY(warm.view().at(red, 0, 0) > 0.52 && warm.view().at(blue, 0, 0) < 0.45);
    QVERIFY(magenta.view().at(green, 0, 0) < 0.49 && magenta.view().at(red, 0, 0) > 0.51 && magenta.view().at(blue, 0, 0) > 0.51);
    for (const Picture* picture : {&warm, &magenta})
        QVERIFY(std::fabs(luma({picture->view().at(red, 0, 0), picture->view().at(green, 0, 0), picture->view().at(blue, 0, 0)}) - 0.5) < 1e-4);
}

void CubeLutTest::cubesOfStraightFormulasAreExact()
{
    // What is straight in r, g and b is the same between four corners, between eight, and everywhere.
    const Formula formula = [](const Rgb& c) { return Rgb{0.2 + 0.5 * c[0] - 0.1 * c[1], 0.9 * c[2], 0.3 * c[0] + 0.3 * c[1] + 0.3 * c[2]}; };
    const auto lut = cubeOf(lattice(5, formula));
    QVERIFY2(lut, lut ? "" : lut.error().message.c_str());
    for (const CubeMix mix : {CubeMix::Tetrahedral, CubeMix::Trilinear})
        for (int i = 0; i < 2000; ++i) {
            const Rgb c{i % 13 / 12.0, i % 29 / 28.0, i % 41 / 40.0};
            float r = static_cast<float>(c[0]), g = static_cast<float>(c[1]), b = static_cast<float>(c[2]);
            float* const rows[3] = {&r, &g, &b};
            applyCube(*lut, mix, rows, 1);
            const Rgb wanted = formula(c);
            QVERIFY(std::fabs(r - wanted[0]) < 2e-6 && std::fabs(g - wanted[1]) < 2e-6 && std::fabs(b - wanted[2]) < 2e-6);
        }
}

void CubeLutTest::tetrahedraAreThoseOfTheDefinition()
{
    // Each corner of the cube has its own number; a colour is a mixture of the four on its way from black to white.
    const auto corner = [](const Rgb& c) { return 0.1 + 0.3 * c[0] + 0.07 * c[1] + 0.2 * c[2] + 0.13 * c[0] * c[1] - 0.21 * c[1] * c[2] + 0.11 * c[0] * c[2] + 0.05 * c[0] * c[1] * c[2]; };
    const auto lut = cubeOf(lattice(2, [&](const Rgb& c) { return Rgb{corner(c), 0, 0}; }));
    QVERIFY(lut);
    for (int i = 0; i < 3000; ++i) {
        const Rgb c{i * 7 % 17 / 16.0, i * 5 % 19 / 18.0, i * 11 % 23 / 22.0};
        std::array<std::size_t, 3> order{0, 1, 2};
        std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return c[a] > c[b]; });
        Rgb at{0, 0, 0};
        double wanted = corner(at) * (1 - c[order[0]]);
        for (std::size_t k = 0; k < 3; ++k) {
            at[order[k]] = 1;
            wanted += corner(at) * (c[order[k]] - (k < 2 ? c[order[k + 1]] : 0.0));
        }
        float r = static_cast<float>(c[0]), g = static_cast<float>(c[1]), b = static_cast<float>(c[2]);
        float* const rows[3] = {&r, &g, &b};
        applyCube(*lut, CubeMix::Tetrahedral, rows, 1);
        QVERIFY2(std::fabs(r - wanted) < 2e-6, qPrintable(QString("%1 %2 %3: %4 instead of %5").arg(c[0]).arg(c[1]).arg(c[2]).arg(r).arg(wanted)));
    }
}

void CubeLutTest::shapersAndDomainsAreRead()
{
    const auto lut = cubeOf("LUT_1D_SIZE 3\nDOMAIN_MIN 0 0 -1\nDOMAIN_MAX 2 1 1\n0 0 0\n0.25 1 0.5\n1 0 1\n");
    QVERIFY2(lut, lut ? "" : lut.error().message.c_str());
    float values[3] = {1.5F, 0.25F, 7.0F};
    float* const rows[3] = {values, values + 1, values + 2};
    applyCube(*lut, CubeMix::Tetrahedral, rows, 1);
    QVERIFY(std::fabs(values[0] - 0.625F) < 1e-6 && std::fabs(values[1] - 0.5F) < 1e-6 && values[2] == 1.0F);
    const auto odd = cubeOf("LUT_1D_SIZE 2\n+.5 -0.25 1e-3\n12. 0.1234567890123456789 2E2 # end\n");
    QVERIFY2(odd, odd ? "" : odd.error().message.c_str());
    QVERIFY(odd->curves[0] == (std::vector<float>{0.5F, 12.0F}) && odd->curves[1] == (std::vector<float>{-0.25F, 0.12345679F}) && odd->curves[2] == (std::vector<float>{0.001F, 200.0F}));
    const auto both = cubeOf("LUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0 2\nLUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0 1\n0 0 0\n1 1 1\n" + lattice(2, [](const Rgb& c) { return Rgb{c[2], c[1], c[0]}; }).substr(46));
    QVERIFY2(both, both ? "" : both.error().message.c_str());
    float colour[3] = {2.0F, 1.0F, 0.5F};
    float* const colourRows[3] = {colour, colour + 1, colour + 2};
    applyCube(*both, CubeMix::Trilinear, colourRows, 1);
    QVERIFY(std::fabs(colour[0] - 0.25F) < 1e-6 && std::fabs(colour[1] - 0.5F) < 1e-6 && std::fabs(colour[2] - 1.0F) < 1e-6);
}

void CubeLutTest::hostileCubesAreRefused_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("nothing") << QByteArray("") << QByteArray("no .cube file");
    QTest::newRow("a font") << QByteArray("\0\1\0\0 glyf", 9) << QByteArray("line 1");
    QTest::newRow("too large") << QByteArray("LUT_3D_SIZE 100000\n") << QByteArray("2 to 129");
    QTest::newRow("overflowing") << QByteArray("LUT_3D_SIZE 99999999999999999999\n") << QByteArray("2 to 129");
    QTest::newRow("one") << QByteArray("LUT_1D_SIZE 1\n0 0 0\n") << QByteArray("2 to 65536");
    QTest::newRow("short") << QByteArray("LUT_1D_SIZE 3\n0 0 0\n1 1 1\n") << QByteArray("after 2 of 3");
    QTest::newRow("long") << QByteArray("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n1 1 1\n") << QByteArray("line 4");
    QTest::newRow("words") << QByteArray("LUT_1D_SIZE 2\n0 0 zero\n") << QByteArray("'zero' is no number");
    QTest::newRow("two numbers") << QByteArray("LUT_1D_SIZE 2\n0 0\n") << QByteArray("line 2");
    QTest::newRow("four numbers") << QByteArray("LUT_1D_SIZE 2\n0 0 0 0\n") << QByteArray("three numbers");
    QTest::newRow("not a number") << QByteArray("LUT_1D_SIZE 2\n0 nan 0\n") << QByteArray("'nan'");
    QTest::newRow("a point alone") << QByteArray("LUT_1D_SIZE 2\n0 . 0\n") << QByteArray("'.' is no number");
    QTest::newRow("two points") << QByteArray("LUT_1D_SIZE 2\n0 0.1.2 0\n") << QByteArray("'0.1.2'");
    QTest::newRow("endless") << QByteArray("LUT_1D_SIZE 2\n0 -inf 0\n") << QByteArray("'-inf'");
    QTest::newRow("huge") << QByteArray("LUT_1D_SIZE 2\n0 1e999 0\n") << QByteArray("too large");
    QTest::newRow("numbers first") << QByteArray("0 0 0\n") << QByteArray("before the numbers");
    QTest::newRow("twice") << QByteArray("LUT_3D_SIZE 2\nLUT_3D_SIZE 3\n") << QByteArray("twice");
    QTest::newRow("no domain") << QByteArray("LUT_1D_SIZE 2\nDOMAIN_MIN 1 1 1\n0 0 0\n1 1 1\n") << QByteArray("domain");
    QTest::newRow("keyword late") << QByteArray("LUT_1D_SIZE 2\n0 0 0\nTITLE \"x\"\n1 1 1\n") << QByteArray("line 3");
}

void CubeLutTest::hostileCubesAreRefused()
{
    QFETCH(const QByteArray, file);
    QFETCH(const QByteArray, says);
    const auto lut = cubeOf(file.toStdString());
    QVERIFY(!lut);
    QCOMPARE(lut.error().fault, Fault::BadInput);
    QVERIFY2(lut.error().message.find(says.toStdString()) != std::string::npos, lut.error().message.c_str());
}

QTEST_APPLESS_MAIN(CubeLutTest)
#include "cube_lut_test.moc"
