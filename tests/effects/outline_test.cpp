// SPDX-License-Identifier: GPL-3.0-or-later
// Scan conversion against areas and distances that are known.
#include "core/picture/outline.h"

#include <QTest>

#include <cmath>
#include <cstring>

using namespace artdag;

namespace {

double areaOf(const Mask& mask)
{
    double area = 0;
    for (const float value : mask.values)
        area += value;
    return area;
}

/// Coverage by counting 64 × 64 points in a pixel, even-odd or non-zero.
double counted(const Polygons& polygons, FillRule rule, int x, int y)
{
    int inside = 0;
    for (int j = 0; j < 64; ++j)
        for (int i = 0; i < 64; ++i) {
            const double px = x + (i + 0.5) / 64, py = y + (j + 0.5) / 64;
            int winding = 0;
            for (const auto& polygon : polygons)
                for (std::size_t k = 0; k < polygon.size(); ++k) {
                    const OutlinePoint a = polygon[k], b = polygon[(k + 1) % polygon.size()];
                    if ((a.y <= py) != (b.y <= py) && a.x + (py - a.y) / (b.y - a.y) * (b.x - a.x) > px)
                        winding += a.y <= py ? 1 : -1;
                }
            inside += rule == FillRule::NonZero ? (winding != 0 ? 1 : 0) : std::abs(winding) % 2;
        }
    return inside / 4096.0;
}

} // namespace

class OutlineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRectangleCoversItsArea();
    void anEllipseCoversItsArea();
    void coverageIsTheAreaOfEachPixel();
    void aHoleIsAHole();
    void aPartIsTheCropOfTheWhole();
    void aStrokeIsAsWideAsAsked();
    void roundedCornersAreArcs();
    void brokenNumbersAreHarmless();
};

void OutlineTest::aRectangleCoversItsArea()
{
    const std::vector<OutlinePoint> corners{{1.25, 2.5}, {10.75, 2.5}, {10.75, 7.125}, {1.25, 7.125}};
    const Mask mask = fillCoverage(flatten(roundedPolygon(corners, 0)), FillRule::NonZero, {0, 0, 16, 12});
    QCOMPARE(areaOf(mask), 9.5 * 4.625);
    QCOMPARE(mask.row(2)[1], 0.75F * 0.5F);
    QCOMPARE(mask.row(4)[5], 1.0F);
    QCOMPARE(mask.row(7)[10], 0.75F * 0.125F);
}

void OutlineTest::anEllipseCoversItsArea()
{
    const Mask mask = fillCoverage(flatten(ellipse({50.3, 40.7}, 37.5, 22.25)), FillRule::NonZero, {0, 0, 100, 80});
    const double area = M_PI * 37.5 * 22.25;
    QVERIFY2(std::fabs(areaOf(mask) - area) < area * 1e-3, qPrintable(QString::number(areaOf(mask) - area)));
}

void OutlineTest::coverageIsTheAreaOfEachPixel()
{
    // A star that crosses itself, at an odd angle.
    Polygons star(1);
    for (int i = 0; i < 5; ++i)
        star[0].push_back({12.3 + 11 * std::cos(0.3 + i * 4 * M_PI / 5), 12.1 + 11 * std::sin(0.3 + i * 4 * M_PI / 5)});
    for (const FillRule rule : {FillRule::NonZero, FillRule::EvenOdd}) {
        const Mask mask = fillCoverage(star, rule, {0, 0, 25, 25});
        double worst = 0;
        int crossings = 0;
        for (int y = 0; y < 25; ++y)
            for (int x = 0; x < 25; ++x) {
                const double error = std::fabs(mask.row(y)[x] - counted(star, rule, x, y));
                if (error > 0.02) // only where edges cross within the pixel may areas add up otherwise
                    ++crossings;
                else
                    worst = std::max(worst, error);
            }
        QVERIFY2(crossings <= 10, qPrintable(QString::number(crossings)));
        QVERIFY(worst <= 0.02);
    }
}

void OutlineTest::aHoleIsAHole()
{
    Outline ring = ellipse({20, 20}, 15, 15);
    ring.add(ellipse({20, 20}, 8, 8), {-1, 0, 40, 0, 1, 0}); // mirrored: the other way round
    const Mask mask = fillCoverage(flatten(ring), FillRule::NonZero, {0, 0, 40, 40});
    QCOMPARE(mask.row(20)[20], 0.0F);
    QCOMPARE(mask.row(20)[8], 1.0F);
}

void OutlineTest::aPartIsTheCropOfTheWhole()
{
    const Polygons polygons = flatten(ellipse({31.7, 20.2}, 45, 17.5), chained(turned(23), moved(9, -3)));
    const Rect whole{0, 0, 64, 48};
    for (const Rect& part : {Rect{30, 10, 50, 33}, {0, 47, 64, 48}, {63, 0, 64, 48}}) {
        const Mask allFill = fillCoverage(polygons, FillRule::NonZero, whole), fill = fillCoverage(polygons, FillRule::NonZero, part);
        const Mask allStroke = strokeCoverage(polygons, 5.5, whole), stroke = strokeCoverage(polygons, 5.5, part);
        for (int y = part.y0; y < part.y1; ++y) {
            const std::size_t bytes = sizeof(float) * static_cast<std::size_t>(part.width());
            QVERIFY(std::memcmp(fill.row(y), allFill.row(y) + part.x0, bytes) == 0);
            QVERIFY(std::memcmp(stroke.row(y), allStroke.row(y) + part.x0, bytes) == 0);
        }
    }
}

void OutlineTest::aStrokeIsAsWideAsAsked()
{
    const std::vector<OutlinePoint> corners{{20, 20}, {80, 20}, {80, 60}, {20, 60}};
    for (const double width : {0.4, 1.0, 7.0}) {
        const Mask mask = strokeCoverage(flatten(roundedPolygon(corners, 0)), width, {0, 0, 100, 80});
        double across = 0;
        for (int y = 0; y < 40; ++y)
            across += mask.row(y)[50];
        QVERIFY2(std::fabs(across - width) < 1e-3, qPrintable(QString("%1 px: %2").arg(width).arg(across)));
    }
}

void OutlineTest::roundedCornersAreArcs()
{
    const std::vector<OutlinePoint> corners{{10, 10}, {90, 10}, {90, 70}, {10, 70}};
    const Mask mask = fillCoverage(flatten(roundedPolygon(corners, 15)), FillRule::NonZero, {0, 0, 100, 80});
    const double area = 80.0 * 60 - (4 - M_PI) * 15 * 15;
    QVERIFY2(std::fabs(areaOf(mask) - area) < 1.0, qPrintable(QString::number(areaOf(mask) - area)));
    QCOMPARE(mask.row(10)[10], 0.0F);
}

void OutlineTest::brokenNumbersAreHarmless()
{
    const Polygons wild{{{NAN, 3}, {1e300, -1e300}, {5, INFINITY}}, {}, {{1, 1}}};
    for (const Mask& mask : {fillCoverage(wild, FillRule::NonZero, {0, 0, 20, 20}), fillCoverage({}, FillRule::EvenOdd, {3, 3, 3, 9})})
        for (const float value : mask.values)
            QVERIFY(value >= 0 && value <= 1);
}

QTEST_APPLESS_MAIN(OutlineTest)
#include "outline_test.moc"
