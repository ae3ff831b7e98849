// SPDX-License-Identifier: GPL-3.0-or-later
// The colour effects against their formulas, written here a second time in double precision.
#include "tests/support/colour_formulas.h"

using namespace artdag;
using namespace artdag::test;

class ColourTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void followsItsFormula_data();
    void followsItsFormula();
    void exposureCountsInStopsOfLight();
    void posterizeLeavesOnlyItsSteps();
    void thresholdComparesWithItsLevel();
    void smoothCurvesGoThroughTheirPointsAndNeverOvershoot();
    void naturalCurvesAreTheSplineOfAnIndependentSolution();
    void tonesBeyondACurveGoOnStraight();
    void normalizeReachesBlackAndWhite();
    void normalizeDoesNotLookAtWhatIsTransparent();
    void coloursCycleOnceAroundInTheirTime();
};

void ColourTest::followsItsFormula_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("space");
    for (std::size_t i = 0; i < pointwise().size(); ++i)
        for (const int space : {0, 1})
            QTest::addRow("%s %s %s", pointwise()[i].effect, pointwise()[i].name, space == 0 ? "display" : "linear") << static_cast<int>(i) << space;
}

void ColourTest::followsItsFormula()
{
    QFETCH(const int, index);
    QFETCH(const int, space);
    const Case& each = pointwise()[static_cast<std::size_t>(index)];
    EffectRun run = runOf(each.effect, each.settings);
    run.set("space", chosen(space));
    const Wrong wrong = compare(run, each.formula, space == 1);
    // A tone on the very border of two steps may fall to either side.
    QVERIFY2(wrong.pixels <= (std::string_view(each.effect) == "posterize" ? 3 : 0), qPrintable(QString::number(wrong.pixels) + " wrong, first " + wrong.first));
}

void ColourTest::exposureCountsInStopsOfLight()
{
    const Wrong wrong = compare(
        runOf("exposure", {{"stops", -1.5}, {"offset", 0.01}}), [](const Rgb& c) { return each(c, [](double v) { return v * std::pow(2, -1.5) + 0.01; }); }, true, 1e-6);
    QVERIFY2(wrong.pixels == 0, qPrintable(wrong.first));
}

void ColourTest::posterizeLeavesOnlyItsSteps()
{
    const auto out = runOf("posterize", {{"levels", chosen(5)}}).picture(3);
    QVERIFY(out);
    int wrong = 0;
    const Picture in = testPicture(width, height).picture(3, {0, 0, width, height});
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const double a = in.view().at(alpha, x, y);
            const double before = inputAt(in, x, y, false)[1], after = a > 0 ? toDisplay(out->view().at(green, x, y) / a) : 0;
            QVERIFY(std::fabs(after * 4 - std::round(after * 4)) < 1e-3);
            wrong += std::fabs(after - posterized(before, 5)) < 1e-3 ? 0 : 1;
        }
    QVERIFY(wrong <= 3);
}

void ColourTest::thresholdComparesWithItsLevel()
{
    for (const auto& [tone, expected] : {std::pair{0.39, 0.0}, {0.41, 1.0}, {0.4, 1.0}}) {
        const Picture hard = onePixel("threshold", {{"level", 0.4}, {"softness", 0.0}, {"space", chosen(1)}, {"measure", chosen(2)}}, {tone, 0.9, 0.9});
        QCOMPARE(static_cast<double>(hard.view().at(green, 0, 0)), expected);
    }
    const Picture soft = onePixel("threshold", {{"level", 0.4}, {"softness", 0.2}, {"space", chosen(1)}, {"measure", chosen(5)}}, {0.4, 0.35, 0.6});
    QVERIFY(std::fabs(soft.view().at(red, 0, 0) - 0.5) < 1e-6);
    QVERIFY(std::fabs(soft.view().at(green, 0, 0) - 0.15625) < 1e-5); // 3t² − 2t³ at ¼
    QCOMPARE(soft.view().at(blue, 0, 0), 1.0F);
}

void ColourTest::smoothCurvesGoThroughTheirPointsAndNeverOvershoot()
{
    const CurvePoints points{{0, 0}, {0.25, 0.6}, {0.5, 0.62}, {0.75, 0.62}, {1, 0.9}};
    for (const Vec2& point : points)
        QVERIFY(std::fabs(curveAt(points, 0, point.x) - point.y) < 1e-6);
    double last = -1;
    for (int i = 0; i <= 400; ++i) {
        const double y = curveAt(points, 0, i / 400.0);
        QVERIFY(y >= last - 1e-6);
        last = y;
    }
}

void ColourTest::naturalCurvesAreTheSplineOfAnIndependentSolution()
{
    // Three points at equal distances h = ½: curvature 0 at the ends, and in the middle 3·(y0 − 2·y1 + y2) / (2·h²).
    const CurvePoints points{{0, 0.1}, {0.5, 0.8}, {1, 0.7}};
    const double middle = 3 * (0.1 - 1.6 + 0.7) / (2 * 0.25);
    for (int i = 0; i <= 50; ++i) {
        const double x = i / 50.0, h = 0.5;
        const bool first = x < 0.5;
        const double t = first ? x : 1 - x; // from the end in question, where the curvature is 0
        const double from = first ? 0.1 : 0.7;
        const double y = from + ((0.8 - from) / h - middle * h / 6) * t + middle / (6 * h) * t * t * t;
        QVERIFY2(std::fabs(curveAt(points, 1, x) - y) < 1e-5, qPrintable(QString("%1: %2 instead of %3").arg(x).arg(curveAt(points, 1, x)).arg(y)));
    }
}

void ColourTest::tonesBeyondACurveGoOnStraight()
{
    const CurvePoints halved{{0, 0.1}, {1, 0.6}};
    QVERIFY(std::fabs(curveAt(halved, 0, 3.0) - 1.6) < 1e-5);
    QVERIFY(std::fabs(curveAt(halved, 0, -0.2)) < 1e-5);
    const CurvePoints held{{0.2, 0.3}, {0.8, 0.7}};
    QVERIFY(std::fabs(curveAt(held, 0, 0.1) - 0.3) < 1e-6);
    QVERIFY(std::fabs(curveAt(held, 0, 5.0) - 0.7) < 1e-6);
}

void ColourTest::normalizeReachesBlackAndWhite()
{
    // The picture first loses contrast: tones 0.2 + 0.4·tone come back to 0 … 1.
    TestStream dull = testPicture(width, height);
    dull.picture = [bright = dull.picture](std::int64_t frame, Rect part) {
        Picture picture = bright(frame, part);
        for (int y = part.y0; y < part.y1; ++y)
            for (int x = part.x0; x < part.x1; ++x)
                for (int plane = 0; plane < 3; ++plane) {
                    const float a = picture.view().at(alpha, x, y);
                    float& v = picture.view().at(plane, x, y);
                    v = a > 0 ? static_cast<float>(a * toLinear(0.2 + 0.4 * toDisplay(v / a))) : 0.0F;
                }
        return picture;
    };
    for (const int channels : {0, 1}) {
        EffectRun run(*builtinEffects().find("normalize")->effect, {.width = width, .height = height});
        run.connect("picture", dull);
        run.set("clip_dark", 0.0);
        run.set("clip_bright", 0.0);
        run.set("channels", chosen(channels));
        double low = 1e9, high = -1e9;
        for (int plane = 0; plane < 3; ++plane) {
            const auto [from, to] = tonesOf(run, plane);
            low = std::min(low, from);
            high = std::max(high, to);
            QVERIFY2(channels == 0 || (std::fabs(from) < 1e-3 && std::fabs(to - 1) < 1e-3), qPrintable(QString("%1 … %2").arg(from).arg(to)));
        }
        QVERIFY2(std::fabs(low) < 1e-3 && std::fabs(high - 1) < 1e-3, qPrintable(QString("%1 … %2").arg(low).arg(high)));
        // Of all tones a tenth may be cut at each end: a tenth of them then is black or darker.
        run.set("clip_dark", 0.1);
        run.set("clip_bright", 0.1);
        run.set("channels", chosen(0));
        const auto out = run.picture(3);
        QVERIFY(out);
        int black = 0, white = 0, all = 0;
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                for (int plane = 0; plane < 3; ++plane)
                    if (const double a = out->view().at(alpha, x, y); a > 0) {
                        ++all;
                        black += out->view().at(plane, x, y) <= 1e-6 ? 1 : 0;
                        white += out->view().at(plane, x, y) / a >= 1 - 1e-4 ? 1 : 0;
                    }
        QVERIFY2(std::fabs(black / double(all) - 0.1) < 0.005 && std::fabs(white / double(all) - 0.1) < 0.03, qPrintable(QString("%1 %2").arg(black / double(all)).arg(white / double(all))));
    }
}

void ColourTest::normalizeDoesNotLookAtWhatIsTransparent()
{
    // The test picture has no tone darker than 0.02 in light, and a hole, which would be black.
    EffectRun run = runOf("normalize", {{"clip_dark", 0.0}, {"clip_bright", 0.0}, {"black", 0.25}, {"white", 0.75}});
    const auto [low, high] = tonesOf(run, green);
    QVERIFY(low >= 0.2499 && high <= 0.7501);
    const double darkest = std::min({tonesOf(run, red).first, low, tonesOf(run, blue).first});
    QVERIFY2(std::fabs(darkest - 0.25) < 1e-3, qPrintable(QString::number(darkest)));
}

void ColourTest::coloursCycleOnceAroundInTheirTime()
{
    EffectRun run = runOf("color_cycle", {{"speed", 90.0}, {"phase", 30.0}});
    EffectRun still = runOf("hue_shift", {{"angle", 120.0}});
    const auto moved = run.picture(30), shifted = still.picture(30); // a second at 30 frames
    QVERIFY(moved && shifted);
    QCOMPARE(moved->view().at(red, 20, 20), shifted->view().at(red, 20, 20));
    run.set("spread", 1e-9); // the other way to compute it
    const auto spread = run.picture(30);
    QVERIFY(spread);
    for (int y = 0; y < height; y += 3)
        for (int x = 0; x < width; ++x)
            for (int plane = 0; plane < 3; ++plane)
                QVERIFY(std::fabs(spread->view().at(plane, x, y) - shifted->view().at(plane, x, y)) < 1e-4);
}

QTEST_APPLESS_MAIN(ColourTest)
#include "colour_test.moc"
