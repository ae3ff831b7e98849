// SPDX-License-Identifier: GPL-3.0-or-later
// The colour effects against their formulas, written here a second time in double precision, and .cube files of strangers.
#include "tests/support/run_effect.h"

#include "core/effect/catalogue.h"
#include "core/picture/cube_lut.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>

using namespace artdag;

namespace {

using Rgb = std::array<double, 3>;
using Settings = std::map<std::string, Value>;
using Formula = std::function<Rgb(const Rgb&)>;

constexpr int width = 90, height = 60;

double toDisplay(double v)
{
    return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}
double toLinear(double v)
{
    return v < 0 ? -toLinear(-v) : v <= 0.04045 ? v / 12.92
                                                : std::pow((v + 0.055) / 1.055, 2.4);
}
double bend(double v, double exponent)
{
    return v < 0 ? -std::pow(-v, exponent) : std::pow(v, exponent);
}
double luma(const Rgb& c)
{
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}
double most(const Rgb& c)
{
    return *std::ranges::max_element(c);
}
double least(const Rgb& c)
{
    return *std::ranges::min_element(c);
}
Rgb each(const Rgb& c, const std::function<double(double)>& change)
{
    return {change(c[0]), change(c[1]), change(c[2])};
}
Rgb mixed(const Rgb& a, const Rgb& b, double t)
{
    return {a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t};
}
Value chosen(std::int64_t index)
{
    return index;
}

EffectRun runOf(const char* name, const Settings& settings)
{
    const CatalogueEntry* entry = builtinEffects().find(name);
    CHECK(entry != nullptr);
    EffectRun run(*entry->effect, {.width = width, .height = height});
    run.connect("picture", testPicture(width, height));
    for (const auto& [param, value] : settings)
        run.set(param, value);
    return run;
}

/// The straight colours of the test picture's frame 3 in a space, and their alpha.
Rgb inputAt(const Picture& in, int x, int y, bool linear)
{
    const double a = in.view().at(alpha, x, y);
    Rgb colour{};
    for (int plane = 0; plane < 3 && a > 0; ++plane) {
        const double v = in.view().at(plane, x, y) / a;
        colour[static_cast<std::size_t>(plane)] = linear ? v : toDisplay(v);
    }
    return colour;
}

struct Wrong {
    int pixels = 0;
    QString first;
};

/// Pixels that differ by more than `tolerance` in display values from what the formula says.
Wrong compare(const EffectRun& run, const Formula& formula, bool linear, double tolerance = 2e-4)
{
    Wrong wrong;
    const auto out = run.picture(3);
    CHECK(out);
    const Picture in = testPicture(width, height).picture(3, {0, 0, width, height});
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const double a = in.view().at(alpha, x, y);
            const Rgb wanted = formula(inputAt(in, x, y, linear));
            for (int plane = 0; plane < 3; ++plane) {
                const double straight = linear ? wanted[static_cast<std::size_t>(plane)] : toLinear(wanted[static_cast<std::size_t>(plane)]);
                const double got = out->view().at(plane, x, y), expected = a * straight;
                if (out->view().at(alpha, x, y) == in.view().at(alpha, x, y) && std::fabs(got - expected) <= tolerance * (1 + std::fabs(expected)))
                    continue;
                if (wrong.pixels++ == 0)
                    wrong.first = QString("%1,%2 plane %3: %4 instead of %5").arg(x).arg(y).arg(plane).arg(got).arg(expected);
            }
        }
    return wrong;
}

struct Case {
    const char* effect;
    const char* name;
    Settings settings;
    Formula formula;
};

Rgb fromMatrix(const Rgb& c, const double (&m)[3][4])
{
    Rgb out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = m[i][0] * c[0] + m[i][1] * c[1] + m[i][2] * c[2] + m[i][3];
    return out;
}

double posterized(double v, int levels)
{
    return std::min(std::floor(std::clamp(v, 0.0, 1.0) * levels), levels - 1.0) / (levels - 1);
}

double levelled(double v)
{
    return 0.05 + 0.85 * bend((v - 0.1) / 0.7, 1 / 1.3);
}

const std::vector<Case>& pointwise()
{
    static const std::vector<Case> cases = {
        {"saturation", "more", {{"amount", 0.8}}, [](const Rgb& c) { const double grey = luma(c); return each(c, [&](double v) { return grey + (v - grey) * 1.8; }); }},
        {"saturation", "less, bt601", {{"amount", -0.4}, {"weights", chosen(1)}}, [](const Rgb& c) { const double grey = 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2]; return each(c, [&](double v) { return grey + (v - grey) * 0.6; }); }},
        {"gamma", "lighter", {{"gamma", 1.7}, {"red", 0.8}}, [](const Rgb& c) { return Rgb{bend(c[0], 1 / 1.36), bend(c[1], 1 / 1.7), bend(c[2], 1 / 1.7)}; }},
        {"gamma", "much darker", {{"gamma", 0.15}}, [](const Rgb& c) { return each(c, [](double v) { return bend(v, 1 / 0.15); }); }},
        {"levels", "all", {{"in_black", 0.1}, {"in_white", 0.8}, {"gamma", 1.3}, {"out_black", 0.05}, {"out_white", 0.9}}, [](const Rgb& c) { return each(c, levelled); }},
        {"levels", "green", {{"in_black", 0.1}, {"in_white", 0.8}, {"gamma", 1.3}, {"out_black", 0.05}, {"out_white", 0.9}, {"channel", chosen(2)}}, [](const Rgb& c) { return Rgb{c[0], levelled(c[1]), c[2]}; }},
        {"levels", "clamped", {{"in_black", 0.4}, {"in_white", 0.6}, {"clamp", true}}, [](const Rgb& c) { return each(c, [](double v) { return std::clamp((v - 0.4) / 0.2, 0.0, 1.0); }); }},
        {"lift_gamma_gain", "all", {{"lift", 0.05}, {"lift_colour", Colour{1, 0, 0, 1}}, {"gain", 1.2}, {"gamma", 1.4}, {"offset", -0.02}},
            [](const Rgb& c) { return Rgb{bend(c[0] * (1.2 - 1.05) + 1.03, 1 / 1.4), bend(c[1] * 1.15 + 0.03, 1 / 1.4), bend(c[2] * 1.15 + 0.03, 1 / 1.4)}; }},
        {"channel_mixer", "rows", {{"red_red", 0.2}, {"red_blue", 0.7}, {"green_red", -0.3}, {"blue_green", 0.4}, {"blue_constant", 0.1}},
            [](const Rgb& c) { return fromMatrix(c, {{0.2, 0, 0.7, 0}, {-0.3, 1, 0, 0}, {0, 0.4, 1, 0.1}}); }},
        {"channel_mixer", "monochrome", {{"red_red", 0.2}, {"red_green", 0.7}, {"blue_green", 0.4}, {"monochrome", true}}, [](const Rgb& c) { return fromMatrix(c, {{0.2, 0.7, 0, 0}, {0.2, 0.7, 0, 0}, {0.2, 0.7, 0, 0}}); }},
        {"invert", "all", {}, [](const Rgb& c) { return each(c, [](double v) { return 1 - v; }); }},
        {"invert", "half of blue", {{"channels", chosen(3)}, {"amount", 0.5}}, [](const Rgb& c) { return Rgb{c[0], c[1], 0.5}; }},
        {"invert", "lightness", {{"channels", chosen(4)}}, [](const Rgb& c) { return each(c, [&](double v) { return v + 1 - most(c) - least(c); }); }},
        {"grayscale", "bt709", {}, [](const Rgb& c) { return each(c, [&](double) { return luma(c); }); }},
        {"grayscale", "average, partly", {{"method", chosen(2)}, {"amount", 0.7}}, [](const Rgb& c) { return each(c, [&](double v) { return 0.3 * v + 0.7 * (c[0] + c[1] + c[2]) / 3; }); }},
        {"grayscale", "lightness", {{"method", chosen(3)}}, [](const Rgb& c) { return each(c, [&](double) { return (most(c) + least(c)) / 2; }); }},
        {"grayscale", "brightest", {{"method", chosen(4)}}, [](const Rgb& c) { return each(c, [&](double) { return most(c); }); }},
        {"grayscale", "custom", {{"method", chosen(5)}, {"red", 0.9}, {"green", -0.2}, {"blue", 0.3}}, [](const Rgb& c) { return each(c, [&](double) { return 0.9 * c[0] - 0.2 * c[1] + 0.3 * c[2]; }); }},
        {"sepia", "as the W3C says", {}, [](const Rgb& c) { return fromMatrix(c, {{0.393, 0.769, 0.189, 0}, {0.349, 0.686, 0.168, 0}, {0.272, 0.534, 0.131, 0}}); }},
        {"vibrance", "more", {{"amount", 0.9}}, [](const Rgb& c) { const double dull = most(c) > 0 ? least(c) / most(c) : 1; return each(c, [&](double v) { return v + (v - luma(c)) * 0.9 * dull; }); }},
        {"duotone", "two inks", {{"dark", Colour{0, 0, 1, 1}}, {"light", Colour{1, 1, 0, 1}}, {"balance", 0.5}}, [](const Rgb& c) { const double t = std::sqrt(std::clamp(luma(c), 0.0, 1.0)); return Rgb{t, t, 1 - t}; }},
        {"duotone", "a thin ink", {{"dark", Colour{0, 0, 0, 0}}, {"light", Colour{1, 0, 0, 1}}}, [](const Rgb& c) { const double t = std::clamp(luma(c), 0.0, 1.0); return mixed(c, {t, 0, 0}, t); }},
        {"posterize", "brightness is kept in steps", {{"levels", chosen(4)}, {"mode", chosen(1)}}, [](const Rgb& c) { const double l = luma(c); return each(c, [&](double v) { return l > 1e-6 ? v * posterized(l, 4) / l : 0.0; }); }},
        {"tint", "colourize", {{"colour", Colour{1, 1, 0, 1}}, {"mode", chosen(1)}, {"amount", 1.0}}, [](const Rgb& c) { const double v = luma(c) / 0.9278; return Rgb{v, v, 0}; }},
        {"tint", "filter", {{"colour", Colour{1, 0, 1, 1}}, {"keep_brightness", false}, {"amount", 0.5}}, [](const Rgb& c) { return Rgb{c[0], 0.5 * c[1], c[2]}; }},
        {"curves", "corners", {{"form", chosen(2)}, {"green", CurvePoints{{0, 0.1}, {0.5, 0.8}, {1, 1}}}, {"master", CurvePoints{{0, 1}, {1, 0}}}},
            [](const Rgb& c) { return Rgb{1 - c[0], 1 - (c[1] < 0.5 ? 0.1 + 1.4 * c[1] : 0.8 + 0.4 * (c[1] - 0.5)), 1 - c[2]}; }},
    };
    return cases;
}

/// Least and most of what an effect gives where there is alpha, in display values of straight colour.
std::pair<double, double> tonesOf(const EffectRun& run, int plane)
{
    const auto out = run.picture(3);
    CHECK(out);
    double low = 1e9, high = -1e9;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            if (const double a = out->view().at(alpha, x, y); a > 0) {
                low = std::min(low, toDisplay(out->view().at(plane, x, y) / a));
                high = std::max(high, toDisplay(out->view().at(plane, x, y) / a));
            }
    return {low, high};
}

/// A picture of one opaque colour, linear.
Picture onePixel(const char* effect, const Settings& settings, const Rgb& linear)
{
    const CatalogueEntry* entry = builtinEffects().find(effect);
    CHECK(entry != nullptr);
    EffectRun run(*entry->effect, {.width = 1, .height = 1});
    TestStream stream{{PortType::Picture, 1, 1, 1}};
    stream.picture = [=](std::int64_t, Rect part) {
        Picture picture(part);
        for (int plane = 0; plane < 4; ++plane)
            picture.view().at(plane, 0, 0) = plane == alpha ? 1.0F : static_cast<float>(linear[static_cast<std::size_t>(plane)]);
        return picture;
    };
    run.connect("picture", stream);
    for (const auto& [param, value] : settings)
        run.set(param, value);
    auto out = run.picture(0);
    CHECK(out);
    return std::move(*out);
}

double curveAt(const CurvePoints& points, std::int64_t form, double tone)
{
    const Picture out = onePixel("curves", {{"master", points}, {"form", chosen(form)}, {"space", chosen(1)}}, {tone, 0, 0});
    return out.view().at(red, 0, 0);
}

Result<CubeLut> cubeOf(const std::string& text)
{
    return readCube(bytesOf(text));
}

std::string lattice(int size, const Formula& formula)
{
    std::string text = "TITLE \"made by code\"\n# a comment\nLUT_3D_SIZE " + std::to_string(size) + "\n\n";
    for (int b = 0; b < size; ++b)
        for (int g = 0; g < size; ++g)
            for (int r = 0; r < size; ++r) {
                const double last = size - 1;
                for (const double v : formula({r / last, g / last, b / last}))
                    text += std::to_string(v) + " ";
                text += "\r\n";
            }
    return text;
}

} // namespace

class ColourTest : public QObject {
    Q_OBJECT

private slots:
    void followsItsFormula_data();
    void followsItsFormula();
    void exposureCountsInStopsOfLight();
    void posterizeLeavesOnlyItsSteps();
    void thresholdComparesWithItsLevel();
    void smoothCurvesGoThroughTheirPointsAndNeverOvershoot();
    void naturalCurvesAreTheSplineOfAnIndependentSolution();
    void tonesBeyondACurveGoOnStraight();
    void greyUnderALampBecomesGrey_data();
    void greyUnderALampBecomesGrey();
    void warmAndTintGoTheirWays();
    void normalizeReachesBlackAndWhite();
    void normalizeDoesNotLookAtWhatIsTransparent();
    void coloursCycleOnceAroundInTheirTime();
    void cubesOfStraightFormulasAreExact();
    void tetrahedraAreThoseOfTheDefinition();
    void shapersAndDomainsAreRead();
    void hostileCubesAreRefused_data();
    void hostileCubesAreRefused();
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

void ColourTest::greyUnderALampBecomesGrey_data()
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

void ColourTest::greyUnderALampBecomesGrey()
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

void ColourTest::warmAndTintGoTheirWays()
{
    const Rgb grey{0.5, 0.5, 0.5};
    const Picture warm = onePixel("white_balance", {{"temperature", 9000.0}}, grey), magenta = onePixel("white_balance", {{"tint", 0.4}}, grey);
    QVERIFY(warm.view().at(red, 0, 0) > 0.52 && warm.view().at(blue, 0, 0) < 0.45);
    QVERIFY(magenta.view().at(green, 0, 0) < 0.49 && magenta.view().at(red, 0, 0) > 0.51 && magenta.view().at(blue, 0, 0) > 0.51);
    for (const Picture* picture : {&warm, &magenta})
        QVERIFY(std::fabs(luma({picture->view().at(red, 0, 0), picture->view().at(green, 0, 0), picture->view().at(blue, 0, 0)}) - 0.5) < 1e-4);
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

void ColourTest::cubesOfStraightFormulasAreExact()
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

void ColourTest::tetrahedraAreThoseOfTheDefinition()
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

void ColourTest::shapersAndDomainsAreRead()
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

void ColourTest::hostileCubesAreRefused_data()
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

void ColourTest::hostileCubesAreRefused()
{
    QFETCH(const QByteArray, file);
    QFETCH(const QByteArray, says);
    const auto lut = cubeOf(file.toStdString());
    QVERIFY(!lut);
    QCOMPARE(lut.error().fault, Fault::BadInput);
    QVERIFY2(lut.error().message.find(says.toStdString()) != std::string::npos, lut.error().message.c_str());
}

QTEST_APPLESS_MAIN(ColourTest)
#include "colour_test.moc"
