// SPDX-License-Identifier: GPL-3.0-or-later
// Composites, keys, mattes and moved pictures against formulas written here a second time, and facts of plane geometry.
#include "core/base/exact_math.h"
#include "core/effect/linear_colour.h"
#include "core/picture/perspective.h"
#include "tests/support/run_effect.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace artdag;

namespace artdag {
extern const Effect effect_composite, effect_corner_pin, effect_flip, effect_grid, effect_key_chroma, effect_key_luma, effect_mask, effect_matte, effect_mirror, effect_pad, effect_pan_zoom, effect_picture_in_picture,
    effect_side_by_side, effect_tile_grid, effect_zoom;
}

namespace {

constexpr double tolerance = 1.0 / 255;

/// A picture whose pixels a function gives: premultiplied linear, whatever the frame.
template <class Pixel>
TestStream drawn(int width, int height, Pixel pixel)
{
    TestStream stream{{PortType::Picture, width, height, 24}};
    stream.picture = [=](std::int64_t, Rect part) {
        Picture picture(part);
        const PictureView view = picture.view();
        for (int y = part.y0; y < part.y1; ++y)
            for (int x = part.x0; x < part.x1; ++x) {
                const std::array<double, 4> value = pixel(x, y);
                for (int plane = 0; plane < 4; ++plane)
                    view.at(plane, x, y) = static_cast<float>(value[static_cast<std::size_t>(plane)]);
            }
        return picture;
    };
    return stream;
}

TestStream plain(int width, int height, std::array<double, 4> colour)
{
    return drawn(width, height, [=](int, int) { return colour; });
}

/// The canvas at full scale, so that a px is a px.
Canvas canvasOf(int width, int height)
{
    Canvas canvas = EffectRun::smallCanvas();
    canvas.width = width;
    canvas.height = height;
    canvas.scale = 1;
    return canvas;
}

EffectRun runOf(const Effect& effect, TestStream picture)
{
    EffectRun run(effect, canvasOf(picture.facts.width, picture.facts.height));
    run.connect(effect.inputs[0].name, std::move(picture));
    return run;
}

Picture madeBy(const EffectRun& run, std::int64_t frame = 0)
{
    auto picture = run.picture(frame);
    if (!picture)
        qFatal("%s", picture.error().message.c_str());
    return std::move(*picture);
}

double sample(const Picture& picture, int plane, int x, int y)
{
    return picture.view().at(plane, x, y);
}

/// Shrunk pictures have their weights' rounding.
bool isFull(const Picture& picture, int plane, int x, int y)
{
    return std::fabs(sample(picture, plane, x, y) - 1) < 1e-5;
}

bool isNone(const Picture& picture, int plane, int x, int y)
{
    return std::fabs(sample(picture, plane, x, y)) < 1e-5;
}

Value chosen(const Effect& effect, std::string_view param, std::string_view choice)
{
    const auto found = std::ranges::find(effect.params, param, &Param::name);
    return static_cast<std::int64_t>(std::ranges::find(found->choices, choice) - found->choices.begin());
}

// -- a projection by eight equations, to compare with

using Row = std::array<double, 9>;

std::array<double, 9> solvedProjection(const std::array<std::array<double, 4>, 4>& pairs)
{
    std::vector<Row> rows;
    for (const auto& [x, y, u, v] : pairs) {
        rows.push_back({x, y, 1, 0, 0, 0, -u * x, -u * y, u});
        rows.push_back({0, 0, 0, x, y, 1, -v * x, -v * y, v});
    }
    for (std::size_t i = 0; i < 8; ++i) {
        const auto pivot = std::ranges::max_element(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.end(), {}, [i](const Row& row) { return std::fabs(row[i]); });
        std::swap(rows[i], *pivot);
        for (std::size_t j = 0; j < 8; ++j) {
            if (j == i)
                continue;
            const double factor = rows[j][i] / rows[i][i];
            for (std::size_t k = i; k < 9; ++k)
                rows[j][k] -= factor * rows[i][k];
        }
    }
    std::array<double, 9> solved{};
    for (std::size_t i = 0; i < 8; ++i)
        solved[i] = rows[i][8] / rows[i][i];
    solved[8] = 1;
    return solved;
}

double kernel(int filter, double x)
{
    const double t = std::fabs(x);
    if (filter == static_cast<int>(Filter::Bilinear))
        return t < 1 ? 1 - t : 0;
    if (filter == static_cast<int>(Filter::Bicubic))
        return t < 1 ? 1.5 * t * t * t - 2.5 * t * t + 1 : t < 2 ? -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2
                                                                 : 0;
    return t < 1e-12 ? 1 : t < 3 ? std::sin(M_PI * t) / (M_PI * t) * std::sin(M_PI * t / 3) / (M_PI * t / 3)
                                 : 0;
}

int within(long i, int n, int edge)
{
    if (edge == static_cast<int>(Edge::Repeat))
        return static_cast<int>(((i % n) + n) % n);
    if (edge == static_cast<int>(Edge::Mirror)) {
        const long m = ((i % (2 * n)) + 2 * n) % (2 * n);
        return static_cast<int>(m < n ? m : 2 * n - 1 - m);
    }
    return static_cast<int>(std::clamp(i, 0L, n - 1L));
}

/// One pixel read through H, by its definition: kernels as wide as the pixel is there, 8 times at most.
std::array<double, 4> perspectivePixel(const Picture& source, const std::array<double, 9>& h, int filter, int edge, int px, int py)
{
    const int width = source.rect().width(), height = source.rect().height();
    auto at = [&](double x, double y) {
        const double w = h[6] * x + h[7] * y + h[8];
        return std::array<double, 3>{(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w, w};
    };
    constexpr double d = 1e-4;
    const auto [u, v, w] = at(px + 0.5, py + 0.5);
    if (w <= 0)
        return {};
    const auto right = at(px + 0.5 + d, py + 0.5), left = at(px + 0.5 - d, py + 0.5), lower = at(px + 0.5, py + 0.5 + d), upper = at(px + 0.5, py + 0.5 - d);
    const double stepX = std::hypot(right[0] - left[0], lower[0] - upper[0]) / (2 * d), stepY = std::hypot(right[1] - left[1], lower[1] - upper[1]) / (2 * d);
    const double wideX = std::clamp(stepX, 1.0, 8.0), wideY = std::clamp(stepY, 1.0, 8.0);
    std::array<double, 4> sum{};
    double total = 0;
    const long reachX = static_cast<long>(3 * wideX) + 2, reachY = static_cast<long>(3 * wideY) + 2;
    for (long j = std::lround(v) - reachY; j < std::lround(v) + reachY; ++j)
        for (long i = std::lround(u) - reachX; i < std::lround(u) + reachX; ++i) {
            const double weight = kernel(filter, (static_cast<double>(i) + 0.5 - u) / wideX) * kernel(filter, (static_cast<double>(j) + 0.5 - v) / wideY);
            total += weight;
            for (std::size_t plane = 0; plane < 4; ++plane)
                sum[plane] += weight * sample(source, static_cast<int>(plane), within(i, width, edge), within(j, height, edge));
        }
    auto unit = [](double x) { return std::clamp(x, 0.0, 1.0); };
    const double cover = edge != static_cast<int>(Edge::Transparent) ? 1 : (unit(u / stepX + 0.5) - unit((u - width) / stepX + 0.5)) * (unit(v / stepY + 0.5) - unit((v - height) / stepY + 0.5));
    const bool under = sum[3] / total < 0;
    for (double& value : sum)
        value = under ? 0 : value / total;
    sum[3] = std::min(sum[3], 1.0);
    for (double& value : sum)
        value *= cover;
    return sum;
}

} // namespace

class CombineTransformTest : public QObject {
    Q_OBJECT

private slots:
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
    void flippedTwiceIsThePicture();
    void aMirroredPictureIsSymmetrical();
    void padKeepsThePictureInItsPlace();
    void zoomLeavesItsCentre();
    void panAndZoomShowsItsTwoViews();
    void panAndZoomGrowsEvenly();
    void perspectiveFollowsItsDefinition_data();
    void perspectiveFollowsItsDefinition();
    void cornersGoWhereTheyArePinned();
    void inverseUndoesACornerPin();
    void crossedCornersShowNothing();
    void tilesLeaveNoSeam();
    void tilesMoveByPartsOfAPixel();
    void wholeTilesAreSmallPictures();
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

void CombineTransformTest::flippedTwiceIsThePicture()
{
    const TestStream stream = testPicture(61, 47);
    for (const bool vertical : {false, true}) {
        EffectRun once = runOf(effect_flip, stream);
        once.set("vertical", vertical);
        const Picture out = madeBy(once);
        const Picture whole = stream.picture(0, {0, 0, 61, 47});
        for (int plane = 0; plane < 4; ++plane)
            for (int y = 0; y < 47; ++y)
                for (int x = 0; x < 61; ++x)
                    QCOMPARE(out.view().at(plane, x, y), whole.view().at(plane, 60 - x, vertical ? 46 - y : y));
    }
}

void CombineTransformTest::aMirroredPictureIsSymmetrical()
{
    const int size = 60;
    const TestStream stream = testPicture(size, size);
    const Picture whole = stream.picture(0, {0, 0, size, size});
    struct Case {
        double angle;
        std::function<std::pair<int, int>(int, int)> twin;
        std::function<bool(int, int)> isLeft;
    };
    const std::vector<Case> cases = {
        {0.0, [](int x, int y) { return std::pair(59 - x, y); }, [](int x, int) { return x < 30; }},
        {90.0, [](int x, int y) { return std::pair(x, 59 - y); }, [](int, int y) { return y < 30; }},
        {180.0, [](int x, int y) { return std::pair(59 - x, y); }, [](int x, int) { return x >= 30; }},
        {45.0, [](int x, int y) { return std::pair(59 - y, 59 - x); }, [](int x, int y) { return x + y < 59; }},
    };
    for (const Case& one : cases)
        for (const bool right : {false, true}) {
            EffectRun run = runOf(effect_mirror, stream);
            run.set("angle", one.angle);
            run.set("keep", std::int64_t{right ? 1 : 0});
            const Picture out = madeBy(run);
            for (int y = 0; y < size; ++y)
                for (int x = 0; x < size; ++x) {
                    const auto [tx, ty] = one.twin(x, y);
                    for (int plane = 0; plane < 4; ++plane) {
                        QVERIFY(std::fabs(sample(out, plane, x, y) - sample(out, plane, tx, ty)) < tolerance);
                        if ((tx != x || ty != y) && one.isLeft(x, y) != right)
                            QCOMPARE(out.view().at(plane, x, y), whole.view().at(plane, x, y));
                    }
                }
        }
}

void CombineTransformTest::padKeepsThePictureInItsPlace()
{
    const TestStream stream = testPicture(20, 10);
    const Picture whole = stream.picture(0, {0, 0, 20, 10});
    const std::vector<std::string_view> fills = {"colour", "clamp", "repeat", "mirror"};
    for (int fill = 0; fill < 4; ++fill) {
        EffectRun run = runOf(effect_pad, stream);
        run.set("left", 25.0);
        run.set("bottom", 13.0);
        run.set("fill", std::int64_t{fill});
        run.set("colour", Colour{1, 0, 0, 1});
        const Picture out = madeBy(run);
        QCOMPARE(out.rect().width(), 45);
        QCOMPARE(out.rect().height(), 23);
        for (int y = 0; y < 23; ++y)
            for (int x = 0; x < 45; ++x)
                for (int plane = 0; plane < 4; ++plane) {
                    const bool beyond = x < 25 || y >= 10;
                    static const int edges[] = {0, static_cast<int>(Edge::Clamp), static_cast<int>(Edge::Repeat), static_cast<int>(Edge::Mirror)};
                    const float expected = fill == 0 && beyond ? (plane == red || plane == alpha ? 1.0F : 0.0F)
                                                               : whole.view().at(plane, within(x - 25, 20, edges[fill]), within(y, 10, edges[fill]));
                    QCOMPARE(out.view().at(plane, x, y), expected);
                }
    }
}

void CombineTransformTest::zoomLeavesItsCentre()
{
    // A ramp tells where each pixel comes from.
    EffectRun run = runOf(effect_zoom, drawn(64, 48, [](int x, int y) { return std::array<double, 4>{(x + 0.5) / 64, (y + 0.5) / 48, 0, 1}; }));
    run.set("amount", 2.5);
    run.set("centre", Vec2{0.25, 0.6});
    const Picture out = madeBy(run);
    for (int y = 8; y < 40; ++y)
        for (int x = 8; x < 56; ++x) {
            QVERIFY(std::fabs(sample(out, red, x, y) - (0.25 + ((x + 0.5) / 64 - 0.25) / 2.5)) < tolerance);
            QVERIFY(std::fabs(sample(out, green, x, y) - (0.6 + ((y + 0.5) / 48 - 0.6) / 2.5)) < tolerance);
        }
}

namespace {

/// What of a ramp picture a camera sees: the place of its left and right edge, and of its top and bottom.
std::array<double, 4> seenBy(const EffectRun& run, std::int64_t frame)
{
    const Picture out = madeBy(run, frame);
    const int w = out.rect().width(), h = out.rect().height();
    const double across = (sample(out, red, w - 9, h / 2) - sample(out, red, 8, h / 2)) / (w - 17), down = (sample(out, green, w / 2, h - 9) - sample(out, green, w / 2, 8)) / (h - 17);
    const double left = sample(out, red, 8, h / 2) - 8.5 * across, top = sample(out, green, w / 2, 8) - 8.5 * down;
    return {left, left + across * w, top, top + down * h};
}

EffectRun cameraRun()
{
    EffectRun run(effect_pan_zoom, canvasOf(96, 54));
    run.connect("picture", drawn(300, 200, [](int x, int y) { return std::array<double, 4>{(x + 0.5) / 300, (y + 0.5) / 200, 0, 1}; }));
    run.set("from", Vec2{0.3, 0.4});
    run.set("from_zoom", 2.0);
    run.set("to", Vec2{0.9, 0.5});
    run.set("to_zoom", 4.0);
    return run;
}

} // namespace

void CombineTransformTest::panAndZoomShowsItsTwoViews()
{
    const EffectRun run = cameraRun();
    const auto first = seenBy(run, 0), last = seenBy(run, 23);
    QVERIFY(std::fabs(first[0] - 0.05) < tolerance && std::fabs(first[1] - 0.55) < tolerance);
    QVERIFY(std::fabs((first[2] + first[3]) / 2 - 0.4) < tolerance);
    QVERIFY2(std::fabs(first[3] - first[2] - 0.5 * 54 / 96 * 300 / 200) < tolerance, "the view has the frame's shape");
    QVERIFY2(std::fabs(last[0] - 0.75) < tolerance && std::fabs(last[1] - 1.0) < tolerance, "it stays inside");
    for (int y = 0; y < 54; ++y)
        QCOMPARE(sample(madeBy(run, 23), alpha, 95, y), 1.0);
}

void CombineTransformTest::panAndZoomGrowsEvenly()
{
    EffectRun run = cameraRun();
    run.set("ease", std::int64_t{0});
    double ratio = 0;
    for (std::int64_t frame = 1; frame < 23; ++frame) {
        const auto one = seenBy(run, frame), next = seenBy(run, frame + 1);
        const double factor = (next[1] - next[0]) / (one[1] - one[0]);
        QVERIFY2(ratio == 0 || std::fabs(factor - ratio) < 1e-3, qPrintable(QString("%1 after %2").arg(factor).arg(ratio)));
        ratio = factor;
    }
    QVERIFY(std::fabs(std::pow(ratio, 23) - 0.5) < 0.02);
}

namespace {

const std::array<std::array<Vec2, 4>, 4> quads = {{
    {{{0.1, 0.15}, {0.92, 0.02}, {0.8, 0.95}, {0.05, 0.8}}},
    {{{0.4, 0.3}, {0.6, 0.3}, {1.0, 0.95}, {0.0, 0.95}}},   // a floor that recedes: shrunk far at its end
    {{{0.9, 0.1}, {0.1, 0.2}, {0.15, 0.85}, {0.95, 0.9}}},  // from behind
    {{{-1.2, -0.9}, {2.1, -0.4}, {1.9, 2.2}, {-0.8, 1.5}}}, // enlarged
}};
const char* const cornerNames[4] = {"top_left", "top_right", "bottom_right", "bottom_left"};

std::array<std::array<double, 4>, 4> pairsOf(const std::array<Vec2, 4>& quad, int width, int height)
{
    constexpr double xs[4] = {0, 1, 1, 0}, ys[4] = {0, 0, 1, 1};
    std::array<std::array<double, 4>, 4> pairs{};
    for (std::size_t i = 0; i < 4; ++i)
        pairs[i] = {quad[i].x * width, quad[i].y * height, xs[i] * width, ys[i] * height};
    return pairs;
}

} // namespace

void CombineTransformTest::perspectiveFollowsItsDefinition_data()
{
    QTest::addColumn<int>("quad");
    QTest::addColumn<bool>("inverse");
    QTest::addColumn<int>("filter");
    QTest::addColumn<int>("edge");
    for (int quad = 0; quad < 4; ++quad)
        for (const bool inverse : {false, true})
            for (const int filter : {1, 2, 3})
                for (int edge = 0; edge < 4; ++edge)
                    QTest::addRow("quad %d %s filter %d %s", quad, inverse ? "inverse" : "forth", filter, std::string(edgeNames()[static_cast<std::size_t>(edge)]).c_str()) << quad << inverse << filter << edge;
}

void CombineTransformTest::perspectiveFollowsItsDefinition()
{
    QFETCH(int, quad);
    QFETCH(bool, inverse);
    QFETCH(int, filter);
    QFETCH(int, edge);
    const int width = 61, height = 47;
    const TestStream stream = testPicture(width, height);
    EffectRun run = runOf(effect_corner_pin, stream);
    for (std::size_t i = 0; i < 4; ++i)
        run.set(cornerNames[i], quads[static_cast<std::size_t>(quad)][i]);
    run.set("inverse", inverse);
    run.set("filter", std::int64_t{filter});
    run.set("edges", std::int64_t{edge});
    const Picture out = madeBy(run, 3), whole = stream.picture(3, {0, 0, width, height});
    auto pairs = pairsOf(quads[static_cast<std::size_t>(quad)], width, height);
    if (inverse)
        for (auto& [x, y, u, v] : pairs)
            std::swap(x, u), std::swap(y, v);
    auto h = solvedProjection(pairs);
    // The sign by which what is seen lies before the eye.
    double x = 0, y = 0;
    for (const auto& pair : pairs)
        x += pair[0] / 4, y += pair[1] / 4;
    if (h[6] * x + h[7] * y + h[8] < 0)
        for (double& term : h)
            term = -term;
    double worst = 0;
    for (int py = 0; py < height; ++py)
        for (int px = 0; px < width; ++px) {
            if (std::fabs(h[6] * (px + 0.5) + h[7] * (py + 0.5) + h[8]) < 0.03)
                continue; // at the horizon a pixel is as wide as the world
            const auto expected = perspectivePixel(whole, h, filter, edge, px, py);
            for (std::size_t plane = 0; plane < 4; ++plane)
                worst = std::max(worst, std::fabs(expected[plane] - sample(out, static_cast<int>(plane), px, py)));
        }
    QVERIFY2(worst < tolerance, qPrintable(QString::number(worst)));
}

void CombineTransformTest::cornersGoWhereTheyArePinned()
{
    for (const auto& quad : quads) {
        ProjectedPoint corners[4];
        for (std::size_t i = 0; i < 4; ++i)
            corners[i] = {quad[i].x * 640, quad[i].y * 480};
        const Projection map = rectangleToCorners(640, 480, corners);
        const Projection back = inverted(map, 320, 240);
        constexpr double xs[4] = {0, 640, 640, 0}, ys[4] = {0, 0, 480, 480};
        for (std::size_t i = 0; i < 4; ++i) {
            const ProjectedPoint there = projected(map, xs[i], ys[i]), again = projected(back, corners[i].x, corners[i].y);
            QVERIFY(std::hypot(there.x - corners[i].x, there.y - corners[i].y) < 1e-9 && there.w > 0);
            QVERIFY(std::hypot(again.x - xs[i], again.y - ys[i]) < 1e-6 && again.w > 0);
        }
    }
}

void CombineTransformTest::inverseUndoesACornerPin()
{
    const int width = 120, height = 90;
    const TestStream smooth = drawn(width, height, [](int x, int y) { return std::array<double, 4>{0.5 + 0.4 * std::sin(x / 14.0), 0.5 + 0.4 * std::cos(y / 11.0), 0.3, 1}; });
    EffectRun pin = runOf(effect_corner_pin, smooth);
    EffectRun straighten = runOf(effect_corner_pin, {smooth.facts, [&](std::int64_t frame, Rect part) {
                                                         Picture cut(part);
                                                         copy(madeBy(pin, frame).view(), cut.view());
                                                         return cut;
                                                     }});
    for (std::size_t i = 0; i < 4; ++i) {
        pin.set(cornerNames[i], quads[0][i]);
        straighten.set(cornerNames[i], quads[0][i]);
    }
    straighten.set("inverse", true);
    const Picture again = madeBy(straighten), whole = smooth.picture(0, {0, 0, width, height});
    double worst = 0;
    for (int y = 4; y < height - 4; ++y)
        for (int x = 4; x < width - 4; ++x)
            worst = std::max(worst, std::fabs(sample(again, red, x, y) - sample(whole, red, x, y)));
    QVERIFY2(worst < 0.02, qPrintable(QString::number(worst)));
}

void CombineTransformTest::crossedCornersShowNothing()
{
    EffectRun run = runOf(effect_corner_pin, plain(40, 30, {1, 1, 1, 1}));
    run.set("top_left", Vec2{1, 1}); // onto the bottom right, and over the diagonal
    run.set("top_right", Vec2{0.2, 0.9});
    run.set("edges", static_cast<std::int64_t>(Edge::Repeat));
    const Picture out = madeBy(run);
    for (int y = 0; y < 30; ++y)
        for (int x = 0; x < 40; ++x)
            QCOMPARE(sample(out, alpha, x, y), 0.0);
}

void CombineTransformTest::tilesLeaveNoSeam()
{
    for (const Vec2& offset : {Vec2{0, 0}, Vec2{0.31, -0.77}, Vec2{-5.123, 12.5}})
        for (std::int64_t mirror = 0; mirror < 4; ++mirror)
            for (std::int64_t filter = 0; filter < 4; ++filter) {
                EffectRun run = runOf(effect_tile_grid, plain(101, 67, {0.2, 0.5, 0.7, 1}));
                run.set("columns", std::int64_t{4});
                run.set("rows", std::int64_t{3});
                run.set("offset", offset);
                run.set("mirror", mirror);
                run.set("stagger", 0.37);
                run.set("filter", filter);
                const Picture out = madeBy(run);
                for (int y = 0; y < 67; ++y)
                    for (int x = 0; x < 101; ++x) {
                        QVERIFY2(std::fabs(sample(out, alpha, x, y) - 1) < 1e-4, qPrintable(QString("%1 at %2,%3").arg(sample(out, alpha, x, y)).arg(x).arg(y)));
                        QVERIFY(std::fabs(sample(out, green, x, y) - 0.5) < 1e-4);
                    }
            }
}

void CombineTransformTest::tilesMoveByPartsOfAPixel()
{
    // Where the light of one tile lies, which has a soft spot in its middle.
    auto middle = [](Vec2 offset) {
        EffectRun run = runOf(effect_tile_grid, drawn(120, 90, [](int x, int y) { return std::array<double, 4>{std::exp(-(std::pow((x - 59.5) / 12, 2) + std::pow((y - 44.5) / 9, 2))), 0, 0, 1}; }));
        run.set("offset", offset);
        const Picture out = madeBy(run);
        double light = 0, across = 0, down = 0;
        for (int y = 30; y < 60; ++y) // the tile in the middle is 40 × 30 px
            for (int x = 40; x < 80; ++x) {
                light += sample(out, red, x, y);
                across += (x + 0.5) * sample(out, red, x, y);
                down += (y + 0.5) * sample(out, red, x, y);
            }
        return Vec2{across / light, down / light};
    };
    for (const double part : {0.0, 0.25, 0.6, -0.8}) {
        const Vec2 found = middle({part / 40, -part / 30});
        QVERIFY2(std::fabs(found.x - 60 - part) < 0.02 && std::fabs(found.y - 45 + part) < 0.02, qPrintable(QString("%1, %2 for %3").arg(found.x).arg(found.y).arg(part)));
    }
}

void CombineTransformTest::wholeTilesAreSmallPictures()
{
    const int width = 96, height = 60;
    const TestStream stream = testPicture(width, height);
    EffectRun run = runOf(effect_tile_grid, stream);
    run.set("columns", std::int64_t{4});
    run.set("mirror", chosen(effect_tile_grid, "mirror", "horizontal"));
    const Picture out = madeBy(run), whole = stream.picture(0, {0, 0, width, height});
    Picture tile(Rect{0, 0, 24, 20});
    scale(whole.view(), width, height, scaled(4, 3), Filter::Bicubic, Edge::Transparent, tile.view());
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int plane = 0; plane < 4; ++plane) {
                const int column = x / 24, across = column % 2 == 0 ? x % 24 : 23 - x % 24;
                QVERIFY(std::fabs(sample(out, plane, x, y) - sample(tile, plane, across, y % 20)) < 1e-5);
            }
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
