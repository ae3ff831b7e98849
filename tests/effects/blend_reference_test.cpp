// SPDX-License-Identifier: GPL-3.0-or-later
// Blend modes against W3C Compositing and Blending Level 1, written here a second time in double precision.
#include "core/picture/blend.h"

#include "tests/support/run_effect.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace artdag;

namespace {

using Rgb = std::array<double, 3>;

double toDisplay(double v)
{
    return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}
double toLinear(double v)
{
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double screen(double b, double s)
{
    return b + s - b * s;
}
double hardLight(double b, double s)
{
    return s <= 0.5 ? b * 2 * s : screen(b, 2 * s - 1);
}
double dodge(double b, double s)
{
    return b == 0 ? 0 : s == 1 ? 1
                               : std::min(1.0, b / (1 - s));
}
double burn(double b, double s)
{
    return b == 1 ? 1 : s == 0 ? 0
                               : 1 - std::min(1.0, (1 - b) / s);
}
double softLight(double b, double s)
{
    if (s <= 0.5)
        return b - (1 - 2 * s) * b * (1 - b);
    const double d = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : std::sqrt(b);
    return b + (2 * s - 1) * (d - b);
}

double separable(std::string_view mode, double b, double s)
{
    if (mode == "normal")
        return s;
    if (mode == "multiply")
        return b * s;
    if (mode == "screen")
        return screen(b, s);
    if (mode == "overlay")
        return hardLight(s, b);
    if (mode == "darken")
        return std::min(b, s);
    if (mode == "lighten")
        return std::max(b, s);
    if (mode == "colour_dodge")
        return dodge(b, s);
    if (mode == "colour_burn")
        return burn(b, s);
    if (mode == "hard_light")
        return hardLight(b, s);
    if (mode == "soft_light")
        return softLight(b, s);
    if (mode == "difference")
        return std::fabs(b - s);
    if (mode == "exclusion")
        return b + s - 2 * b * s;
    if (mode == "add")
        return b + s;
    if (mode == "subtract")
        return std::max(0.0, b - s);
    if (mode == "average")
        return (b + s) / 2;
    if (mode == "linear_light")
        return std::clamp(b + 2 * s - 1, 0.0, 1.0);
    if (mode == "vivid_light")
        return s <= 0.5 ? burn(b, 2 * s) : dodge(b, 2 * s - 1);
    if (mode == "pin_light")
        return s <= 0.5 ? std::min(b, 2 * s) : std::max(b, 2 * s - 1);
    return NAN;
}

double lum(const Rgb& c)
{
    return 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2];
}
Rgb clipColour(Rgb c)
{
    const double l = lum(c), n = *std::ranges::min_element(c), x = *std::ranges::max_element(c);
    if (n < 0)
        for (double& v : c)
            v = l + (v - l) * l / (l - n);
    if (x > 1)
        for (double& v : c)
            v = l + (v - l) * (1 - l) / (x - l);
    return c;
}
Rgb setLum(Rgb c, double l)
{
    const double d = l - lum(c);
    for (double& v : c)
        v += d;
    return clipColour(c);
}
double sat(const Rgb& c)
{
    return *std::ranges::max_element(c) - *std::ranges::min_element(c);
}
/// The specification's own way: by sorting the components.
Rgb setSat(Rgb c, double s)
{
    std::array<int, 3> order{0, 1, 2};
    std::ranges::sort(order, {}, [&](int i) { return c[static_cast<std::size_t>(i)]; });
    double &low = c[static_cast<std::size_t>(order[0])], &middle = c[static_cast<std::size_t>(order[1])], &high = c[static_cast<std::size_t>(order[2])];
    if (high > low) {
        middle = (middle - low) * s / (high - low);
        high = s;
    } else {
        middle = high = 0;
    }
    low = 0;
    return c;
}

Rgb blended(std::string_view mode, const Rgb& b, const Rgb& s)
{
    if (mode == "hue")
        return setLum(setSat(s, sat(b)), lum(b));
    if (mode == "saturation")
        return setLum(setSat(b, sat(s)), lum(b));
    if (mode == "colour")
        return setLum(s, lum(b));
    if (mode == "luminosity")
        return setLum(b, lum(s));
    return {separable(mode, b[0], s[0]), separable(mode, b[1], s[1]), separable(mode, b[2], s[2])};
}

} // namespace

class BlendReferenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void modesFollowTheirFormulas_data();
    void modesFollowTheirFormulas();
    void noOpacityLeavesThePictureBelow();
    void writesOverItsOwnInputs();
};

void BlendReferenceTest::modesFollowTheirFormulas_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<bool>("linear");
    QTest::addColumn<double>("opacity");
    const auto names = blendModeNames();
    QCOMPARE(static_cast<int>(names.size()), blendModes);
    for (int mode = 0; mode < blendModes; ++mode)
        for (const bool linear : {false, true})
            for (const double opacity : {1.0, 0.35})
                QTest::addRow("%s %s %g", std::string(names[static_cast<std::size_t>(mode)]).c_str(), linear ? "linear" : "display", opacity) << mode << linear << opacity;
}

void BlendReferenceTest::modesFollowTheirFormulas()
{
    QFETCH(int, mode);
    QFETCH(bool, linear);
    QFETCH(double, opacity);
    const Rect rect{0, 0, 90, 70};
    const Picture below = testPicture(90, 70, 0).picture(0, rect);
    const Picture above = testPicture(90, 70, 5).picture(11, rect);
    Picture out(rect);
    blend(below.view(), above.view(), static_cast<BlendMode>(mode), static_cast<float>(opacity), linear ? BlendSpace::Linear : BlendSpace::Display, out.view());
    double worst = 0;
    for (int y = 0; y < 70; ++y)
        for (int x = 0; x < 90; ++x) {
            const double ab = below.view().at(alpha, x, y), as = above.view().at(alpha, x, y) * opacity;
            Rgb b{}, s{};
            for (int i = 0; i < 3; ++i) {
                b[static_cast<std::size_t>(i)] = ab > 0 ? below.view().at(i, x, y) / ab : 0;
                s[static_cast<std::size_t>(i)] = as > 0 ? above.view().at(i, x, y) * opacity / as : 0;
            }
            Rgb mixedB = b, mixedS = s;
            if (!linear)
                for (std::size_t i = 0; i < 3; ++i) {
                    mixedB[i] = toDisplay(b[i]);
                    mixedS[i] = toDisplay(s[i]);
                }
            Rgb mixed = blended(blendModeNames()[static_cast<std::size_t>(mode)], mixedB, mixedS);
            for (std::size_t i = 0; i < 3; ++i) {
                const double light = linear ? mixed[i] : toLinear(mixed[i]);
                const double expected = as * (1 - ab) * s[i] + as * ab * light + (1 - as) * ab * b[i];
                worst = std::max(worst, std::fabs(expected - out.view().at(static_cast<int>(i), x, y)));
            }
            worst = std::max(worst, std::fabs(as + ab * (1 - as) - out.view().at(alpha, x, y)));
        }
    QVERIFY2(worst < 1.0 / 255, qPrintable(QString::number(worst)));
}

void BlendReferenceTest::noOpacityLeavesThePictureBelow()
{
    const Rect rect{0, 0, 50, 40};
    const Picture below = testPicture(50, 40, 0).picture(0, rect);
    const Picture above = testPicture(50, 40, 5).picture(11, rect);
    for (int mode = 0; mode < blendModes; ++mode) {
        Picture out(rect);
        blend(below.view(), above.view(), static_cast<BlendMode>(mode), 0.0F, BlendSpace::Display, out.view());
        for (int plane = 0; plane < 4; ++plane)
            for (int y = 0; y < 40; ++y)
                for (int x = 0; x < 50; ++x)
                    QCOMPARE(out.view().at(plane, x, y), below.view().at(plane, x, y));
    }
}

void BlendReferenceTest::writesOverItsOwnInputs()
{
    const Rect rect{0, 0, 50, 40};
    for (int mode = 0; mode < blendModes; ++mode) {
        Picture below = testPicture(50, 40, 0).picture(0, rect);
        const Picture above = testPicture(50, 40, 5).picture(11, rect);
        Picture apart(rect);
        blend(below.view(), above.view(), static_cast<BlendMode>(mode), 0.6F, BlendSpace::Display, apart.view());
        blend(below.view(), above.view(), static_cast<BlendMode>(mode), 0.6F, BlendSpace::Display, below.view());
        for (int plane = 0; plane < 4; ++plane)
            for (int y = 0; y < 40; ++y)
                for (int x = 0; x < 50; ++x)
                    QCOMPARE(below.view().at(plane, x, y), apart.view().at(plane, x, y));
    }
}

QTEST_APPLESS_MAIN(BlendReferenceTest)
#include "blend_reference_test.moc"
