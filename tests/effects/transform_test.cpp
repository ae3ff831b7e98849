// SPDX-License-Identifier: GPL-3.0-or-later
// Moved pictures against facts of plane geometry.
#include "tests/support/drawn_pictures.h"

using namespace artdag;
using namespace artdag::test;

class TransformTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
};

void TransformTest::flippedTwiceIsThePicture()
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

void TransformTest::aMirroredPictureIsSymmetrical()
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

void TransformTest::padKeepsThePictureInItsPlace()
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

void TransformTest::zoomLeavesItsCentre()
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

void TransformTest::panAndZoomShowsItsTwoViews()
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

void TransformTest::panAndZoomGrowsEvenly()
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

void TransformTest::perspectiveFollowsItsDefinition_data()
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

void TransformTest::perspectiveFollowsItsDefinition()
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

void TransformTest::cornersGoWhereTheyArePinned()
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

void TransformTest::inverseUndoesACornerPin()
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

void TransformTest::crossedCornersShowNothing()
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

void TransformTest::tilesLeaveNoSeam()
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

void TransformTest::tilesMoveByPartsOfAPixel()
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

void TransformTest::wholeTilesAreSmallPictures()
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

QTEST_GUILESS_MAIN(TransformTest)
#include "transform_test.moc"
