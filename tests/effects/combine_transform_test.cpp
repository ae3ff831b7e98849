// SPDX-License-Identifier: GPL-3.0-or-later
// Composites, keys, mattes and pictures beside each other against formulas written here a second time.
#include "tests/support/drawn_pictures.h"

using namespace artdag;
using namespace artdag::test;

class CombineTransformTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void operatorsFollowPorterAndDuff_data();
    void operatorsFollowPorterAndDuff();
    void aShadowOnTheScreenVanishesToo();
    void greysSkinAndOtherHuesStayUnderAKey();
    void anEvenMixtureWithTheScreenBecomesItsForeground();
    void aLumaKeyKeepsWhatLiesBetween();
    void aMiddleGreyMaskShowsHalf();
    void growMovesAnEdgeByItsRadius_data();
    void growMovesAnEdgeByItsRadius();
    void featherKeepsAnEdgeInItsPlace();
    void aWallHasItsCellsAndGaps();
    void weightsShareTheRoom();
    void anInsetLiesWhereItIsPut();
};

void CombineTransformTest::operatorsFollowPorterAndDuff_data()
{
    QTest::addColumn<QString>("name");
    for (const std::string_view name : effect_composite.params[0].choices)
        QTest::newRow(std::string(name).c_str()) << QString::fromStdString(std::string(name));
}

void CombineTransformTest::operatorsFollowPorterAndDuff()
{
    QFETCH(QString, name);
    const int width = 90, height = 70;
    const double opacity = 0.85;
    EffectRun run(effect_composite, canvasOf(width, height));
    const TestStream below = testPicture(width, height, 0), above = testPicture(width, height, 5);
    run.connect("below", below);
    run.connect("above", above);
    run.set("operator", chosen(effect_composite, "operator", name.toStdString()));
    run.set("opacity", opacity);
    const Picture out = madeBy(run, 7), b = below.picture(7, {0, 0, width, height}), a = above.picture(7, {0, 0, width, height});
    double worst = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const double as = sample(a, alpha, x, y) * opacity, ab = sample(b, alpha, x, y);
            double fa = 0, fb = 0;
            if (name == "over")
                fa = 1, fb = 1 - as;
            else if (name == "in")
                fa = ab;
            else if (name == "out")
                fa = 1 - ab;
            else if (name == "atop")
                fa = ab, fb = 1 - as;
            else if (name == "xor")
                fa = 1 - ab, fb = 1 - as;
            else if (name == "plus")
                fa = fb = 1;
            else if (name == "under")
                fa = 1 - ab, fb = 1;
            else if (name == "mask")
                fb = as;
            else if (name == "stencil")
                fb = 1 - as;
            else if (name == "atop_above")
                fa = 1 - ab, fb = as;
            else
                QFAIL("an operator without a formula");
            for (int plane = 0; plane < 4; ++plane) {
                double expected = sample(a, plane, x, y) * opacity * fa + sample(b, plane, x, y) * fb;
                if (plane == alpha)
                    expected = std::min(expected, 1.0);
                worst = std::max(worst, std::fabs(expected - sample(out, plane, x, y)));
            }
        }
    QVERIFY2(worst < 1e-6, qPrintable(QString::number(worst)));
}

namespace {

constexpr Colour screen{0.0, 0.694, 0.251, 1}; ///< key_chroma's default

std::array<double, 3> screenLight()
{
    const LinearColour light = linearOf(screen);
    return {light.r, light.g, light.b};
}

} // namespace

void CombineTransformTest::aShadowOnTheScreenVanishesToo()
{
    const auto key = screenLight();
    EffectRun run = runOf(effect_key_chroma, drawn(100, 4, [&](int x, int) {
        const double light = 1.2 - 0.01 * x; // from a hot spot to a shadow of a fifth
        return std::array<double, 4>{key[0] * light, key[1] * light, key[2] * light, 1};
    }));
    run.set("shadows", 0.8);
    const Picture out = madeBy(run);
    for (int x = 0; x < 100; ++x)
        QVERIFY2(sample(out, alpha, x, 1) < 1e-6, qPrintable(QString("%1 at %2").arg(sample(out, alpha, x, 1)).arg(x)));
}

void CombineTransformTest::greysSkinAndOtherHuesStayUnderAKey()
{
    const std::vector<std::array<double, 3>> colours = {{0, 0, 0}, {0.05, 0.05, 0.05}, {0.5, 0.5, 0.5}, {1, 1, 1}, {4, 4, 4}, {0.62, 0.35, 0.25}, {0.1, 0.05, 0.03}, {1, 0, 0}, {0, 0, 1}, {1, 1, 0}, {0, 1, 1}, {1, 0, 1}};
    const Picture out = madeBy(runOf(effect_key_chroma, drawn(static_cast<int>(colours.size()), 1, [&](int x, int) {
        const auto& colour = colours[static_cast<std::size_t>(x)];
        return std::array<double, 4>{colour[0], colour[1], colour[2], 1};
    })));
    for (int x = 0; x < static_cast<int>(colours.size()); ++x)
        for (int plane = 0; plane < 4; ++plane) {
            const double expected = plane == alpha ? 1.0 : colours[static_cast<std::size_t>(x)][static_cast<std::size_t>(plane)];
            QVERIFY2(std::fabs(sample(out, plane, x, 0) - expected) < tolerance, qPrintable(QString("colour %1 plane %2: %3").arg(x).arg(plane).arg(sample(out, plane, x, 0))));
        }
}

void CombineTransformTest::anEvenMixtureWithTheScreenBecomesItsForeground()
{
    const auto key = screenLight();
    EffectRun run = runOf(effect_key_chroma, drawn(21, 1, [&](int x, int) {
        const double part = x / 20.0; // of a light grey, before the screen
        return std::array<double, 4>{0.6 * part + key[0] * (1 - part), 0.6 * part + key[1] * (1 - part), 0.6 * part + key[2] * (1 - part), 1};
    }));
    run.set("tolerance", 0.0);
    run.set("softness", 1.0);
    const Picture out = madeBy(run);
    for (int x = 8; x < 16; ++x) {
        const double cover = sample(out, alpha, x, 0);
        QVERIFY2(std::fabs(cover - x / 20.0) < 0.15, qPrintable(QString("%1 at %2").arg(cover).arg(x)));
        for (int plane = 0; plane < 3; ++plane)
            QVERIFY2(std::fabs(sample(out, plane, x, 0) - 0.6 * cover) < 2 * tolerance, qPrintable(QString("plane %1 at %2: %3 of %4").arg(plane).arg(x).arg(sample(out, plane, x, 0)).arg(cover)));
    }
}

void CombineTransformTest::aLumaKeyKeepsWhatLiesBetween()
{
    EffectRun run = runOf(effect_key_luma, drawn(101, 1, [](int x, int) {
        const double shown = x / 100.0, light = shown <= 0.04045 ? shown / 12.92 : std::pow((shown + 0.055) / 1.055, 2.4);
        return std::array<double, 4>{light, light, light, 1};
    }));
    run.set("low", 0.4);
    run.set("high", 0.7);
    run.set("softness", 0.1);
    const Picture out = madeBy(run);
    for (int x = 0; x <= 100; ++x) {
        const double shown = x / 100.0;
        const double expected = std::clamp(std::min((shown - 0.3) / 0.1, (0.8 - shown) / 0.1), 0.0, 1.0);
        QVERIFY2(std::fabs(sample(out, alpha, x, 0) - expected) < tolerance, qPrintable(QString("%1 at %2").arg(sample(out, alpha, x, 0)).arg(x)));
    }
}

void CombineTransformTest::aMiddleGreyMaskShowsHalf()
{
    EffectRun run = runOf(effect_mask, plain(8, 8, {0.3, 0.6, 0.9, 1}));
    run.connect("mask", plain(4, 4, {0.2140411, 0.2140411, 0.2140411, 1})); // half of the way to white to the eye
    Picture out = madeBy(run);
    QVERIFY(std::fabs(sample(out, alpha, 3, 3) - 0.5) < tolerance);
    QVERIFY(std::fabs(sample(out, blue, 3, 3) - 0.45) < tolerance);
    run.set("invert", true);
    run.set("space", std::int64_t{1});
    out = madeBy(run);
    QVERIFY(std::fabs(sample(out, alpha, 3, 3) - 0.7859589) < tolerance);
}

void CombineTransformTest::growMovesAnEdgeByItsRadius_data()
{
    QTest::addColumn<double>("grow");
    for (const double grow : {-9.0, -3.5, -1.0, 1.0, 2.0, 5.0, 7.5, 12.0})
        QTest::addRow("%g px", grow) << grow;
}

void CombineTransformTest::growMovesAnEdgeByItsRadius()
{
    QFETCH(double, grow);
    const double radius = 20;
    EffectRun run = runOf(effect_matte, drawn(90, 90, [=](int x, int y) {
        const double inside = std::clamp(radius + 0.5 - std::hypot(x - 44.5, y - 44.5), 0.0, 1.0);
        return std::array<double, 4>{inside, inside, inside, inside};
    }));
    run.set("source", chosen(effect_matte, "source", "alpha"));
    run.set("grow", grow);
    const Picture out = madeBy(run);
    double area = 0;
    for (int y = 0; y < 90; ++y)
        for (int x = 0; x < 90; ++x)
            area += sample(out, alpha, x, y);
    const double found = std::sqrt(area / M_PI) - radius;
    QVERIFY2(std::fabs(found - grow) < 0.4, qPrintable(QString("the disc grew by %1").arg(found)));
}

void CombineTransformTest::featherKeepsAnEdgeInItsPlace()
{
    EffectRun run = runOf(effect_matte, drawn(80, 9, [](int x, int) {
        const double inside = x < 40 ? 1 : 0;
        return std::array<double, 4>{inside, inside, inside, inside};
    }));
    run.set("source", chosen(effect_matte, "source", "alpha"));
    run.set("feather", 16.0);
    const Picture out = madeBy(run);
    QVERIFY(std::fabs(sample(out, alpha, 39, 4) + sample(out, alpha, 40, 4) - 1) < tolerance);
    QVERIFY(sample(out, alpha, 29, 4) > 0.98 && sample(out, alpha, 50, 4) < 0.02);
    QVERIFY(sample(out, alpha, 36, 4) < 0.9);
    QVERIFY2(std::fabs(sample(out, alpha, 0, 4) - 1) < 1e-6, "nothing comes in at the picture's edge");
}

void CombineTransformTest::aWallHasItsCellsAndGaps()
{
    EffectRun run(effect_grid, canvasOf(100, 80));
    const std::array<std::array<double, 4>, 3> colours = {{{1, 0, 0, 1}, {0, 1, 0, 1}, {0, 0, 1, 1}}};
    for (const auto& colour : colours)
        run.connect("items", plain(50, 40, colour));
    run.set("gap", 10.0);
    run.set("margin", 5.0);
    run.set("background", Colour{1, 1, 1, 1});
    const Picture out = madeBy(run);
    // Two columns of 40 px from 5 and 55 on, two rows of 30 px from 5 and 45 on.
    auto isCell = [&](int x, int y, int item) { return isFull(out, item, x, y) && isNone(out, (item + 1) % 3, x, y); };
    auto isWhite = [&](int x, int y) { return isFull(out, red, x, y) && isFull(out, green, x, y) && isFull(out, blue, x, y); };
    QVERIFY(isCell(5, 5, 0) && isCell(44, 34, 0) && isWhite(4, 20) && isWhite(45, 20) && isWhite(20, 35));
    QVERIFY(isCell(55, 5, 1) && isCell(94, 34, 1) && isWhite(95, 20));
    QVERIFY(isCell(5, 45, 2) && isCell(44, 74, 2) && isWhite(70, 60) && isWhite(20, 75));
    run.set("last_row", std::int64_t{1});
    const Picture centred = madeBy(run);
    QVERIFY(isFull(centred, blue, 30, 60) && isNone(centred, red, 30, 60) && isFull(centred, blue, 69, 60) && isFull(centred, red, 70, 60));
}

void CombineTransformTest::weightsShareTheRoom()
{
    EffectRun run(effect_side_by_side, canvasOf(100, 40));
    run.connect("items", plain(30, 40, {1, 0, 0, 1}));
    run.connect("items", plain(60, 80, {0, 1, 0, 1}));
    run.set("gap", 10.0);
    run.setItem(0, "weight", 2.0);
    const Picture out = madeBy(run);
    QVERIFY(isFull(out, red, 59, 20) && isNone(out, red, 60, 20) && isNone(out, green, 69, 20) && isFull(out, green, 70, 20));
    run.set("size", std::int64_t{1}); // as high as the first: 30 and 30 px wide
    const auto facts = run.facts();
    QVERIFY(facts && facts->front().width == 70 && facts->front().height == 40);
    run.set("direction", std::int64_t{1});
    const auto column = run.facts();
    QVERIFY(column && column->front().width == 30 && column->front().height == 90);
}

void CombineTransformTest::anInsetLiesWhereItIsPut()
{
    EffectRun run(effect_picture_in_picture, canvasOf(200, 100));
    run.connect("below", plain(200, 100, {0, 0, 1, 1}));
    run.connect("above", plain(64, 32, {1, 0, 0, 1}));
    run.set("position", Vec2{0.5, 0.5});
    run.set("size", 0.4); // 80 × 40 px from (60, 30) on
    run.set("corner_radius", 0.0);
    run.set("border", 3.0);
    run.set("border_colour", Colour{0, 1, 0, 1});
    run.set("shadow", 0.0);
    const Picture out = madeBy(run);
    QVERIFY(isFull(out, red, 60, 30) && isFull(out, red, 139, 69) && isNone(out, red, 59, 50) && isNone(out, red, 140, 50));
    QVERIFY(isFull(out, green, 59, 50) && isFull(out, green, 57, 27) && isNone(out, green, 56, 50) && isFull(out, blue, 56, 50));
    run.set("corner_radius", 20.0);
    run.set("shadow", 0.8);
    const Picture round = madeBy(run);
    QVERIFY(isNone(round, red, 60, 30) && isFull(round, red, 100, 30) && isFull(round, red, 66, 36)); // an arc of 20 px
    QVERIFY(sample(round, blue, 100, 80) < 0.7 && sample(round, blue, 100, 80) > 0.2 && std::fabs(sample(round, alpha, 100, 80) - 1) < 1e-6);
    QVERIFY(isFull(round, red, 100, 50) && isNone(round, blue, 100, 50));
}

QTEST_GUILESS_MAIN(CombineTransformTest)
#include "combine_transform_test.moc"
