// SPDX-License-Identifier: GPL-3.0-or-later
// Sources against what they are defined by: broadcast standards, and formulas written here a second time.
#include "tests/support/made_pictures.h"

using namespace artdag;
using namespace artdag::test;

class GeneratorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shortPolynomialsAreTheFunctions();
    void barsHaveTheCodesOfRp219_data();
    void barsHaveTheCodesOfRp219();
    void oldBarsStandInTheirOrder();
    void rampsAreEven();
    void zonePlateIsItsFormula();
    void theCounterCounts();
    void ringsLieAtTheirPitch();
    void distancesHaveNoJumps();
    void cellBordersAreAsWideAsTheirLine();
    void ribbonsJoin();
};

void GeneratorsTest::shortPolynomialsAreTheFunctions()
{
    for (double x = -40; x < 40; x += 0.00731) {
        const auto f = static_cast<float>(x);
        QVERIFY(std::abs(sineOfTurns(f) - std::sin(2 * pi * static_cast<double>(f))) < 2e-6);
        QVERIFY(std::abs(cosineOfTurns(f) - std::cos(2 * pi * static_cast<double>(f))) < 3e-6);
        QVERIFY(std::abs(exp2Of(f) / std::exp2(static_cast<double>(f)) - 1) < 2e-6);
        QVERIFY(std::abs(log2Of(std::abs(f) + 1e-6F) - std::log2(static_cast<double>(std::abs(f) + 1e-6F))) < 4e-6);
        QCOMPARE(static_cast<double>(wholeBelow(f)), std::floor(static_cast<double>(f)));
        const float sine = sineOfTurns(f), cosine = cosineOfTurns(f);
        double off = static_cast<double>(turnsOf(3 * sine, 3 * cosine)) - static_cast<double>(f);
        off -= std::round(off);
        QVERIFY(std::abs(off) < 5e-6);
    }
}

void GeneratorsTest::barsHaveTheCodesOfRp219_data()
{
    // Ten-bit codes as SMPTE RP 219-1 prints them.
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::addColumn<int>("luma");
    QTest::addColumn<int>("cb");
    QTest::addColumn<int>("cr");
    const double bar = 0.75 / 7, flank = 0.125;
    QTest::newRow("40 % grey") << 0.06 << 0.3 << 414 << 512 << 512;
    QTest::newRow("75 % white") << flank + 0.5 * bar << 0.3 << 721 << 512 << 512;
    QTest::newRow("75 % yellow") << flank + 1.5 * bar << 0.3 << 674 << 176 << 543;
    QTest::newRow("75 % cyan") << flank + 2.5 * bar << 0.3 << 581 << 589 << 176;
    QTest::newRow("75 % green") << flank + 3.5 * bar << 0.3 << 534 << 253 << 207;
    QTest::newRow("75 % magenta") << flank + 4.5 * bar << 0.3 << 251 << 771 << 817;
    QTest::newRow("75 % red") << flank + 5.5 * bar << 0.3 << 204 << 435 << 848;
    QTest::newRow("75 % blue") << flank + 6.5 * bar << 0.3 << 111 << 848 << 481;
    QTest::newRow("100 % cyan") << 0.06 << 0.62 << 754 << 615 << 64;
    QTest::newRow("-I") << flank + 0.5 * bar << 0.62 << 244 << 612 << 395;
    QTest::newRow("100 % blue") << 0.94 << 0.62 << 127 << 960 << 471;
    QTest::newRow("100 % yellow") << 0.06 << 0.7 << 877 << 64 << 553;
    QTest::newRow("+Q") << flank + 0.5 * bar << 0.7 << 141 << 697 << 606;
    QTest::newRow("100 % red") << 0.94 << 0.7 << 250 << 409 << 960;
    QTest::newRow("15 % grey") << 0.06 << 0.9 << 195 << 512 << 512;
    QTest::newRow("-2 % black") << flank + 4.5 * bar << 0.9 << 46 << 512 << 512;
    QTest::newRow("+2 % black") << flank + (4.5 + 2.0 / 3) * bar << 0.9 << 82 << 512 << 512;
    QTest::newRow("+4 % black") << flank + (4.5 + 4.0 / 3) * bar << 0.9 << 99 << 512 << 512;
}

void GeneratorsTest::barsHaveTheCodesOfRp219()
{
    QFETCH(const double, x);
    QFETCH(const double, y);
    QFETCH(const int, luma);
    QFETCH(const int, cb);
    QFETCH(const int, cr);
    const Picture bars = frameOf(runOf("test_pattern", 1920, 1080));
    const auto codes = codesAt(bars, static_cast<int>(x * 1920), static_cast<int>(y * 1080));
    const std::array<int, 3> wanted{luma, cb, cr};
    for (std::size_t i = 0; i < 3; ++i)
        QVERIFY2(std::abs(codes[i] - wanted[i]) <= 1.0, qPrintable(QString("%1: %2 instead of %3").arg(i).arg(codes[i]).arg(wanted[i])));
}

void GeneratorsTest::oldBarsStandInTheirOrder()
{
    EffectRun run = runOf("test_pattern", 800, 400);
    const int colours[8] = {7, 6, 3, 2, 5, 4, 1, 0}; // bit 2 red, bit 1 green, bit 0 blue
    for (const auto& [kind, level] : {std::pair{2, 0.75}, {3, 1.0}}) {
        run.set("kind", std::int64_t{kind});
        const Picture bars = frameOf(run);
        for (int i = 0; i < 8; ++i)
            for (const auto& [plane, bit] : {std::pair{red, 4}, {green, 2}, {blue, 1}}) {
                const double wanted = (colours[i] & bit) != 0 ? (i == 0 ? 1.0 : level) : 0.0;
                for (const int x : {100 * i, 100 * i + 99})
                    QVERIFY(std::abs(toneAt(bars, x, 200, plane) - wanted) < 1e-4);
            }
    }
    run.set("kind", std::int64_t{1});
    const Picture bars = frameOf(run);
    for (int i = 0; i < 7; ++i) {
        QVERIFY(std::abs(toneAt(bars, i * 800 / 7 + 50, 100, blue) - ((colours[i] & 1) != 0 ? 0.75 : 0.0)) < 1e-4);
        // Through a blue filter the castellations look like the bars above.
        QVERIFY(std::abs(toneAt(bars, i * 800 / 7 + 50, 280, blue) - ((colours[i] & 1) != 0 ? 0.75 : 0.0)) < 1e-4);
    }
}

void GeneratorsTest::rampsAreEven()
{
    EffectRun run = runOf("test_pattern", 256, 100);
    run.set("kind", std::int64_t{4});
    const Picture ramps = frameOf(run);
    for (int x = 0; x < 256; ++x) {
        QVERIFY(std::abs(toneAt(ramps, x, 10) - x / 255.0) < 1e-4);
        QVERIFY(std::abs(toneAt(ramps, x, 90, blue) - x / 255.0) < 1e-4);
        QVERIFY(std::abs(toneAt(ramps, x, 90, red)) < 1e-6);
    }
}

void GeneratorsTest::zonePlateIsItsFormula()
{
    EffectRun run = runOf("test_pattern", 320, 180);
    run.set("kind", std::int64_t{6});
    run.set("frequency", 0.9);
    const Picture plate = frameOf(run, 12);
    for (int y = 0; y < 180; ++y)
        for (int x = 0; x < 320; ++x) {
            const double dx = x - 159.5, dy = y - 89.5;
            const double wanted = 0.5 + 0.5 * std::cos(2 * pi * ((dx * dx + dy * dy) * 0.45 / 320 - 0.5 * 12 / 30));
            QVERIFY(std::abs(toneAt(plate, x, y) - wanted) < 1.0 / 255);
        }
}

void GeneratorsTest::theCounterCounts()
{
    EffectRun run = runOf("test_pattern", 320, 180);
    run.set("counter", true);
    std::vector<Picture> seen;
    for (const std::int64_t frame : {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 29, 30, 31, 1800, 108000}) {
        Picture next = frameOf(run, frame);
        for (const Picture& before : seen)
            QVERIFY(difference(before, next) > 0);
        seen.push_back(std::move(next));
    }
}

void GeneratorsTest::ringsLieAtTheirPitch()
{
    EffectRun run = runOf("circles", 401, 401);
    run.set("centres", std::int64_t{1});
    run.set("distance", 0.0);
    run.set("pitch", 25.0);
    run.set("width", 0.3);
    run.set("colours", Gradient{{0.0, {1, 1, 1, 1}}, {1.0, {1, 1, 1, 1}}});
    run.set("background", black);
    const Picture rings = frameOf(run);
    double ink = 0;
    for (int y = 0; y < 401; ++y)
        for (int x = 0; x < 401; ++x) {
            const double radius = std::hypot(x - 200, y - 200), rest = std::abs(radius / 25 - std::round(radius / 25)) * 25;
            const double cover = rings.view().at(green, x, y);
            QVERIFY(rest > 3.75 - 0.51 || cover > 0.999);
            QVERIFY(rest < 3.75 + 0.51 || cover < 0.001);
            ink += cover;
        }
    QVERIFY(std::abs(ink / (401.0 * 401.0) - 0.3) < 0.01);
}

void GeneratorsTest::distancesHaveNoJumps()
{
    for (const int metric : {0, 1, 2}) {
        EffectRun run = runOf("voronoi", 500, 300);
        run.set("metric", std::int64_t{metric});
        run.set("cell", 40.0);
        run.set("jitter", 1.0);
        run.set("colour_by", std::int64_t{1});
        run.set("colours", blackToWhite);
        run.set("line", 0.0);
        run.set("shade", 0.0);
        const Picture cells = frameOf(run);
        const double most = (metric == 1 ? 1.0 : 1.0) / 40 + 1e-3; // nobody gets farther from the nearest than he walks
        double nearest = 1;
        for (int y = 1; y < 300; ++y)
            for (int x = 1; x < 500; ++x) {
                const double here = toneAt(cells, x, y);
                nearest = std::min(nearest, here);
                QVERIFY(std::abs(here - toneAt(cells, x - 1, y)) <= most);
                QVERIFY(std::abs(here - toneAt(cells, x, y - 1)) <= most);
            }
        QVERIFY(nearest < 0.02);
    }
}

void GeneratorsTest::cellBordersAreAsWideAsTheirLine()
{
    EffectRun run = runOf("voronoi", 400, 400);
    run.set("cell", 80.0);
    run.set("jitter", 0.0); // squares of 80 px about the middle
    run.set("line", 8.0);
    run.set("shade", 0.0);
    run.set("colours", blackToWhite);
    run.set("line_colour", Colour{1, 0, 0, 1});
    const Picture cells = frameOf(run);
    for (int x = 0; x < 400; ++x) {
        const double away = std::abs(std::fmod(x + 0.5, 80) - 40); // lines lie at multiples of the cell from the middle
        const bool isLine = toneAt(cells, x, 235, red) > 0.99 && toneAt(cells, x, 235, green) < 0.01;
        QVERIFY2(isLine == (away < 4), qPrintable(QString::number(x)));
    }
}

void GeneratorsTest::ribbonsJoin()
{
    for (const int form : {0, 1}) {
        EffectRun run = runOf("truchet", 480, 480);
        run.set("form", std::int64_t{form});
        run.set("cell", 60.0);
        run.set("turning", 0.0);
        run.set("shade", 0.0);
        run.set("colours", Gradient{{0.0, {1, 1, 1, 1}}, {1.0, {1, 1, 1, 1}}});
        run.set("background", black);
        const Picture ribbons = frameOf(run);
        for (int border = 60; border < 480; border += 60)
            for (int i = 0; i < 480; ++i) {
                QVERIFY(std::abs(ribbons.view().at(green, border - 1, i) - ribbons.view().at(green, border, i)) < 0.1F);
                QVERIFY(std::abs(ribbons.view().at(green, i, border - 1) - ribbons.view().at(green, i, border)) < 0.1F);
            }
    }
}

QTEST_GUILESS_MAIN(GeneratorsTest)
#include "generators_test.moc"
