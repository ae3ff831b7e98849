// SPDX-License-Identifier: GPL-3.0-or-later
// Edges, halos and paint against areas, distances and colours that are known.
#include "tests/support/scene.h"

#include "core/base/random.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace artdag;

class EdgesAndPaintTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void edgesAreFoundInAllDirectionsAndColours();
    void embossIsGreyWhereItIsFlatAndBrightTowardsTheLight();
    void outlineIsAsWideAsAsked_data();
    void outlineIsAsWideAsAsked();
    void glowFadesFromInnerToOuterColour();
    void neonTubesLieOnEdgesAndAreAsWideAsAsked();
    void paintKeepsFlatColoursAndEdgesAndDropsNoise();
    void paintFollowsTheFlowWhicheverWayThePictureLies();
};

void EdgesAndPaintTest::edgesAreFoundInAllDirectionsAndColours()
{
    EffectRun run = runOf("edge_detect", 121, 121, disc(60.5, 60.5, 30, false));
    run.set("strength", 0.5);
    run.set("threshold", 0.0);
    const Picture out = shown(run);
    QVERIFY(at(out, red, 60, 60) == 0 && at(out, red, 5, 5) == 0);
    double least = 1e9, most = 0;
    for (int degrees = 0; degrees < 360; degrees += 5) { // the strength of the whole edge, along a ray
        double sum = 0;
        for (double r = 24; r < 36; r += 0.25) {
            const double x = 60.5 + r * std::cos(degrees * std::numbers::pi / 180), y = 60.5 + r * std::sin(degrees * std::numbers::pi / 180);
            sum += toDisplay(at(out, red, static_cast<int>(x), static_cast<int>(y)));
        }
        least = std::min(least, sum);
        most = std::max(most, sum);
    }
    QVERIFY2(most / least < 1.15 && least > 2, qPrintable(QString("%1 %2").arg(least).arg(most)));

    // Red beside green of the same brightness is an edge too.
    const Picture isoluminant = shown(runOf("edge_detect", 40, 20, [](double x, double, std::int64_t) {
        return x < 20 ? Rgba{toLinear(0.59), 0, 0, 1} : Rgba{0, toLinear(0.3), 0, 1};
    }));
    QVERIFY(at(isoluminant, red, 20, 10) > 0.5F);
    QVERIFY(at(isoluminant, red, 4, 10) == 0);
    for (const int channel : {0, 1, 2}) { // each counts
        const Picture one = shown(runOf("edge_detect", 40, 20, [&](double x, double, std::int64_t) {
            return Rgba{channel == 0 && x < 20 ? 1.0 : 0.0, channel == 1 && x < 20 ? 1.0 : 0.0, channel == 2 && x < 20 ? 1.0 : 0.0, 1};
        }));
        QVERIFY2(at(one, red, 20, 10) > 0.1F, qPrintable(QString::number(channel)));
    }
}

void EdgesAndPaintTest::embossIsGreyWhereItIsFlatAndBrightTowardsTheLight()
{
    EffectRun run = runOf("emboss", 121, 121, disc(60.5, 60.5, 30, false));
    run.set("angle", 180.0); // from the left
    const Picture out = shown(run);
    QVERIFY(std::abs(toDisplay(at(out, red, 60, 60)) - 0.5) < 1e-4);
    QVERIFY(at(out, red, 30, 60) > 0.9F);
    QVERIFY(at(out, red, 90, 60) < 0.01F);
    QVERIFY(std::abs(toDisplay(at(out, red, 60, 30)) - 0.5) < 0.02); // along the light nothing shows
}

void EdgesAndPaintTest::outlineIsAsWideAsAsked_data()
{
    QTest::addColumn<int>("position");
    QTest::addColumn<double>("inner");
    QTest::addColumn<double>("outer");
    QTest::newRow("outside") << 0 << 30.0 << 37.0;
    QTest::newRow("centre") << 1 << 26.5 << 33.5;
    QTest::newRow("inside") << 2 << 23.0 << 30.0;
}

void EdgesAndPaintTest::outlineIsAsWideAsAsked()
{
    QFETCH(int, position);
    QFETCH(double, inner);
    QFETCH(double, outer);
    for (const int shape : {0, 1}) {
        // A bright shape ends where its display brightness is a half.
        const Scene light = [](double x, double y, std::int64_t) { return grey(toLinear(disc(60.5, 60.5, 30, false)(x, y, 0).r)); };
        EffectRun run = runOf("outline", 121, 121, shape == 0 ? disc(60.5, 60.5, 30, true) : light);
        run.set("width", 7.0);
        run.set("position", std::int64_t{position});
        run.set("shape", std::int64_t{shape});
        run.set("colour", Colour{1, 0, 0, 1});
        run.set("only_line", true);
        const Picture out = shown(run);
        double area = 0;
        for (int y = 0; y < 121; ++y)
            for (int x = 0; x < 121; ++x) {
                area += at(out, alpha, x, y);
                QVERIFY(at(out, green, x, y) == 0);
                const double r = std::hypot(x - 60, y - 60);
                QVERIFY2(r > inner - 1.5 && r < outer + 1.5 ? true : at(out, alpha, x, y) == 0, qPrintable(QString("%1,%2").arg(x).arg(y)));
            }
        const double want = std::numbers::pi * (outer * outer - inner * inner);
        QVERIFY2(std::abs(area / want - 1) < 0.03, qPrintable(QString("%1 for %2").arg(area).arg(want)));
        // Straight up and along a diagonal the line ends at the same distance.
        run.set("only_line", false);
        const Picture whole = shown(run);
        QVERIFY(at(whole, red, 60, 60) == 1 && at(whole, green, 60, 60) == 1);
        const int middle = static_cast<int>((inner + outer) / 2), slant = static_cast<int>(std::lround((inner + outer) / 2 / std::numbers::sqrt2));
        QVERIFY(at(whole, green, 60, 60 - middle) < 0.01F && at(whole, red, 60, 60 - middle) > 0.99F);
        QVERIFY(at(whole, green, 60 + slant, 60 + slant) < 0.01F && at(whole, red, 60 + slant, 60 + slant) > 0.99F);
    }
}

void EdgesAndPaintTest::glowFadesFromInnerToOuterColour()
{
    EffectRun run = runOf("glow", 161, 161, disc(80.5, 80.5, 20, true));
    run.set("around", std::int64_t{1});
    run.set("composition", std::int64_t{0});
    run.set("inner", Colour{1, 0, 0, 1});
    run.set("outer", Colour{0, 0, 1, 1});
    run.set("intensity", 2.0);
    run.set("radius", 20.0);
    const Picture out = shown(run);
    for (int plane = 0; plane < 4; ++plane)
        QVERIFY(at(out, plane, 80, 80) == 1); // behind what is there
    double before = 1e9, redShare = 1e9;
    for (int r = 22; r < 70; ++r) {
        const double cover = at(out, alpha, 80 + r, 80), share = at(out, red, 80 + r, 80) / cover;
        QVERIFY(cover > 0 && cover < before && share < redShare);
        QVERIFY(std::abs(at(out, red, 80 + r, 80) + at(out, blue, 80 + r, 80) - cover) < 1e-5);
        QVERIFY(std::abs(cover - at(out, alpha, 80, 80 - r)) < 2e-3);
        before = cover;
        redShare = share;
    }
}

void EdgesAndPaintTest::neonTubesLieOnEdgesAndAreAsWideAsAsked()
{
    EffectRun run = runOf("neon_glow", 161, 161, disc(80.5, 80.5, 50, false));
    run.set("width", 6.0);
    run.set("glow", 0.0);
    run.set("background", 0.0);
    run.set("lit", 0.0);
    run.set("core", 0.0);
    run.set("colouring", std::int64_t{2});
    run.set("colour", Colour{0, 1, 0, 1});
    const Picture out = shown(run);
    QVERIFY(at(out, green, 80, 80) == 0 && at(out, green, 3, 3) == 0);
    for (int degrees = 0; degrees < 360; degrees += 15) {
        double first = -1, last = -1, moment = 0, sum = 0;
        for (double r = 40; r < 60; r += 0.1) {
            const int x = static_cast<int>(80.5 + r * std::cos(degrees * std::numbers::pi / 180)), y = static_cast<int>(80.5 + r * std::sin(degrees * std::numbers::pi / 180));
            const double value = at(out, green, x, y);
            QVERIFY(at(out, red, x, y) == 0);
            sum += value;
            moment += value * r;
            if (value > 0.3) {
                first = first < 0 ? r : first;
                last = r;
            }
        }
        QVERIFY2(std::abs(moment / sum - 50) < 0.7, qPrintable(QString("%1 degrees: at %2").arg(degrees).arg(moment / sum)));
        QVERIFY2(std::abs(last - first - 6) < 1.8, qPrintable(QString("%1 degrees: %2 wide").arg(degrees).arg(last - first)));
    }
}

void EdgesAndPaintTest::paintKeepsFlatColoursAndEdgesAndDropsNoise()
{
    for (const double strength : {0.0, 0.1}) {
        EffectRun run = runOf("oil_paint", 120, 80, [&](double x, double y, std::int64_t) {
            const double noise = randomUnit(5, static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y)) - 0.5;
            return grey(toLinear((x < 60 ? 0.25 : 0.65) + strength * noise));
        });
        run.set("relief", 0.0);
        run.set("radius", 6.0);
        const Picture out = shown(run);
        double square = 0, left = 0, right = 0;
        for (int y = 10; y < 70; ++y) {
            for (int x = 10; x < 50; ++x)
                square += std::pow(toDisplay(at(out, red, x, y)) - 0.25, 2) / (60 * 40);
            left += toDisplay(at(out, red, 57, y)) / 60;
            right += toDisplay(at(out, red, 62, y)) / 60;
        }
        QVERIFY2(std::sqrt(square) < 1e-4 + strength / std::sqrt(12.0) / 3, qPrintable(QString::number(std::sqrt(square))));
        QVERIFY2(std::abs(left - 0.25) < 0.03 && std::abs(right - 0.65) < 0.03, qPrintable(QString("%1 %2").arg(left).arg(right)));
    }
}

void EdgesAndPaintTest::paintFollowsTheFlowWhicheverWayThePictureLies()
{
    const auto stripes = [](double x, double y) {
        const double noise = randomUnit(9, static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y)) - 0.5;
        return grey(toLinear(0.45 + 0.25 * std::sin(0.5 * x + 0.3 * y) + 0.1 * noise));
    };
    const auto paintedWith = [](double stretch, const Scene& scene) {
        EffectRun run = runOf("oil_paint", 96, 96, scene);
        run.set("relief", 0.0);
        run.set("stretch", stretch);
        run.set("radius", 8.0);
        run.set("detail", 0.0);
        return shown(run);
    };
    const Picture upright = paintedWith(1.5, [&](double x, double y, std::int64_t) { return stripes(x, y); });
    const Picture mirrored = paintedWith(1.5, [&](double x, double y, std::int64_t) { return stripes(y, x); });
    for (int y = 0; y < 96; ++y)
        for (int x = 0; x < 96; ++x)
            QVERIFY2(std::abs(at(upright, red, x, y) - at(mirrored, red, y, x)) < 1e-3, qPrintable(QString("%1,%2").arg(x).arg(y)));
    // A long brush keeps stripes better than a round one.
    const Picture round = paintedWith(0.0, [&](double x, double y, std::int64_t) { return stripes(x, y); });
    const auto contrast = [](const Picture& picture) {
        double sum = 0;
        for (int y = 20; y < 76; ++y)
            for (int x = 20; x < 76; ++x)
                sum += (toDisplay(at(picture, red, x, y)) - 0.45) * std::sin(0.5 * (x + 0.5) + 0.3 * (y + 0.5));
        return sum;
    };
    QVERIFY2(contrast(upright) > 1.04 * contrast(round), qPrintable(QString("%1 %2").arg(contrast(upright)).arg(contrast(round))));
}

QTEST_GUILESS_MAIN(EdgesAndPaintTest)
#include "edges_and_paint_test.moc"
