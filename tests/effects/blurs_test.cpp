// SPDX-License-Identifier: GPL-3.0-or-later
// Blurs, sharpeners and repair against sums in double written here, sorted windows, and noise that is known.
#include "tests/support/scene.h"

#include "core/base/random.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

using namespace artdag;

namespace {

/// Smooth enough for any way of reading between pixels, and without an end.
double waves(double x, double y)
{
    return 0.5 + 0.25 * std::sin(0.11 * x + 0.05 * y) + 0.2 * std::cos(0.07 * y - 0.04 * x);
}
const Scene smoothScene = [](double x, double y, std::int64_t) { return grey(waves(x, y)); };
/// Mean over the way that `place` goes from 0 to 1.
double mean(const std::function<std::pair<double, double>(double)>& place)
{
    double sum = 0;
    for (int i = 0; i < 2000; ++i) {
        const auto [x, y] = place((i + 0.5) / 2000);
        sum += waves(x, y);
    }
    return sum / 2000;
}

} // namespace

class BlursTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void directionalBlurIsTheMeanAlongALine_data();
    void directionalBlurIsTheMeanAlongALine();
    void directionalBlurStaysOnItsLine();
    void zoomBlurIsTheMeanTowardsTheCentre();
    void radialBlurIsTheMeanAlongAnArc_data();
    void radialBlurIsTheMeanAlongAnArc();
    void medianIsTheMiddleOne_data();
    void medianIsTheMiddleOne();
    void unsharpAddsWhatIsMoreThanTheBlur();
    void sharpenStaysWithinItsNeighbours();
    void denoiseTakesNoiseAndKeepsEdges();
};

void BlursTest::directionalBlurIsTheMeanAlongALine_data()
{
    QTest::addColumn<double>("angle");
    QTest::addColumn<double>("length");
    for (const double angle : {0.0, 30.0, 90.0, 117.0, 225.0})
        for (const double length : {5.0, 24.5, 60.0})
            QTest::addRow("%g degrees, %g px", angle, length) << angle << length;
}

void BlursTest::directionalBlurIsTheMeanAlongALine()
{
    QFETCH(double, angle);
    QFETCH(double, length);
    EffectRun run = runOf("directional_blur", 200, 160, smoothScene);
    run.set("angle", angle);
    run.set("length", length);
    const Picture out = shown(run);
    const double dx = std::cos(angle * std::numbers::pi / 180) * length, dy = std::sin(angle * std::numbers::pi / 180) * length;
    double worst = 0;
    for (int y = 40; y < 120; ++y)
        for (int x = 40; x < 160; ++x)
            worst = std::max(worst, std::abs(at(out, red, x, y) - mean([&](double t) { return std::pair(x + 0.5 + (t - 0.5) * dx, y + 0.5 + (t - 0.5) * dy); })));
    QVERIFY2(worst < 1.0 / 255, qPrintable(QString("%1/255").arg(worst * 255)));
}

void BlursTest::directionalBlurStaysOnItsLine()
{
    EffectRun run = runOf("directional_blur", 121, 121, [](double x, double y, std::int64_t) { return grey(x == 60.5 && y == 60.5 ? 1 : 0); });
    run.set("angle", 30.0);
    run.set("length", 50.0);
    const Picture out = shown(run);
    double sum = 0, along = 0, across = 0;
    for (int y = 0; y < 121; ++y)
        for (int x = 0; x < 121; ++x) {
            const double u = (x - 60) * std::cos(std::numbers::pi / 6) + (y - 60) * 0.5, v = (y - 60) * std::cos(std::numbers::pi / 6) - (x - 60) * 0.5;
            sum += at(out, red, x, y);
            along += at(out, red, x, y) * u * u;
            across += at(out, red, x, y) * v * v;
        }
    QVERIFY(std::abs(sum - 1) < 1e-4);
    QVERIFY2(std::abs(along / sum - 50.0 * 50 / 12) < 8, qPrintable(QString::number(along / sum)));
    QVERIFY2(across / sum < 0.4, qPrintable(QString::number(across / sum)));
}

void BlursTest::zoomBlurIsTheMeanTowardsTheCentre()
{
    EffectRun run = runOf("zoom_blur", 200, 160, smoothScene);
    run.set("amount", 0.3);
    const Picture out = shown(run);
    double worst = 0;
    for (int y = 0; y < 160; ++y)
        for (int x = 0; x < 200; ++x)
            worst = std::max(worst, std::abs(at(out, red, x, y) - mean([&](double t) {
                const double zoom = std::pow(0.7, t);
                return std::pair(100 + (x + 0.5 - 100) * zoom, 80 + (y + 0.5 - 80) * zoom);
            })));
    QVERIFY2(worst < 1.5 / 255, qPrintable(QString("%1/255").arg(worst * 255)));
}

void BlursTest::radialBlurIsTheMeanAlongAnArc_data()
{
    QTest::addColumn<double>("angle");
    QTest::newRow("a little") << 8.0;
    QTest::newRow("a quarter") << 90.0;
    QTest::newRow("once around") << 360.0;
}

void BlursTest::radialBlurIsTheMeanAlongAnArc()
{
    QFETCH(double, angle);
    EffectRun run = runOf("radial_blur", 200, 200, smoothScene);
    run.set("angle", angle);
    const Picture out = shown(run);
    double worst = 0;
    for (int y = 60; y < 140; ++y)
        for (int x = 60; x < 140; ++x)
            worst = std::max(worst, std::abs(at(out, red, x, y) - mean([&](double t) {
                const double turn = (t - 0.5) * angle * std::numbers::pi / 180, dx = x + 0.5 - 100, dy = y + 0.5 - 100;
                return std::pair(100 + dx * std::cos(turn) - dy * std::sin(turn), 100 + dx * std::sin(turn) + dy * std::cos(turn));
            })));
    QVERIFY2(worst < 1.5 / 255, qPrintable(QString("%1/255").arg(worst * 255)));
}

void BlursTest::medianIsTheMiddleOne_data()
{
    QTest::addColumn<double>("radius");
    QTest::addColumn<double>("rank");
    QTest::addColumn<double>("tolerance");
    QTest::newRow("3 x 3") << 1.0 << 0.5 << 0.0;
    QTest::newRow("5 x 5") << 2.0 << 0.5 << 0.0;
    QTest::newRow("11 x 11") << 5.0 << 0.5 << 1.0 / 255;
    QTest::newRow("lower quarter") << 3.0 << 0.25 << 1.0 / 255;
    QTest::newRow("least") << 1.0 << 0.0 << 1.0 / 255;
    QTest::newRow("most") << 7.0 << 1.0 << 1.0 / 255;
}

void BlursTest::medianIsTheMiddleOne()
{
    QFETCH(double, radius);
    QFETCH(double, rank);
    QFETCH(double, tolerance);
    const auto noise = [](int x, int y) { return static_cast<float>(randomUnit(7, static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y))); };
    EffectRun run = runOf("median", 61, 43, [&](double x, double y, std::int64_t) { return grey(noise(static_cast<int>(x), static_cast<int>(y))); });
    run.set("radius", radius);
    run.set("rank", rank);
    const Picture out = shown(run);
    const int r = static_cast<int>(radius);
    for (int y = r; y < 43 - r; ++y)
        for (int x = r; x < 61 - r; ++x) {
            std::vector<float> window;
            for (int j = -r; j <= r; ++j)
                for (int i = -r; i <= r; ++i)
                    window.push_back(noise(x + i, y + j));
            std::ranges::sort(window);
            const double want = window[static_cast<std::size_t>(std::floor(rank * static_cast<double>(window.size() - 1) + 0.5))];
            QVERIFY2(std::abs(at(out, red, x, y) - want) <= tolerance, qPrintable(QString("%1,%2: %3 for %4").arg(x).arg(y).arg(at(out, red, x, y)).arg(want)));
        }
}

void BlursTest::unsharpAddsWhatIsMoreThanTheBlur()
{
    // A step of display brightness from 0.3 to 0.6, whose blur is the gaussian's integral.
    EffectRun run = runOf("unsharp", 80, 20, [](double x, double, std::int64_t) { return grey(toLinear(x < 40 ? 0.3 : 0.6)); });
    run.set("radius", 3.0);
    run.set("amount", 0.5);
    run.set("threshold", 0.02);
    const Picture out = shown(run);
    for (int x = 20; x < 60; ++x) {
        const double own = x < 40 ? 0.3 : 0.6, blurred = 0.45 + 0.15 * std::erf((x + 0.5 - 40) / (3 * std::numbers::sqrt2));
        const double detail = own - blurred, over = std::copysign(std::max(0.0, std::abs(detail) - 0.02), detail);
        QVERIFY2(std::abs(toDisplay(at(out, green, x, 10)) - (own + 0.5 * over)) < 1.0 / 255, qPrintable(QString::number(x)));
    }
}

void BlursTest::sharpenStaysWithinItsNeighbours()
{
    const auto scene = [](double x, double y, std::int64_t) {
        const double value = 0.2 + 0.5 * waves(4 * x, 3 * y);
        return Rgba{toLinear(value), toLinear(value * 0.8), toLinear(0.5 * value), 1};
    };
    EffectRun run = runOf("sharpen", 90, 70, scene);
    run.set("halos", 0.0);
    run.set("amount", 5.0);
    const Picture out = shown(run);
    const auto brightness = [](const Rgba& c) { return 0.2126 * toDisplay(c.r) + 0.7152 * toDisplay(c.g) + 0.0722 * toDisplay(c.b); };
    double moved = 0;
    for (int y = 1; y < 69; ++y)
        for (int x = 1; x < 89; ++x) {
            const Rgba got{at(out, red, x, y), at(out, green, x, y), at(out, blue, x, y), 1}, was = scene(x + 0.5, y + 0.5, 0);
            double least = 1e9, most = -1e9;
            for (const auto& [dx, dy] : {std::pair{0, 0}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
                least = std::min(least, brightness(scene(x + 0.5 + dx, y + 0.5 + dy, 0)));
                most = std::max(most, brightness(scene(x + 0.5 + dx, y + 0.5 + dy, 0)));
            }
            QVERIFY(brightness(got) > least - 1e-4 && brightness(got) < most + 1e-4);
            // All three colours move by the same amount.
            QVERIFY(std::abs((toDisplay(got.r) - toDisplay(was.r)) - (toDisplay(got.b) - toDisplay(was.b))) < 1e-4);
            moved = std::max(moved, std::abs(brightness(got) - brightness(was)));
        }
    QVERIFY2(moved > 0.02, qPrintable(QString::number(moved)));
}

void BlursTest::denoiseTakesNoiseAndKeepsEdges()
{
    const auto scene = [](double x, double y, std::int64_t frame) {
        const double noise = randomUnit(3, static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y), static_cast<std::uint64_t>(frame)) - 0.5;
        return grey(toLinear((x < 50 ? 0.3 : 0.6) + 0.1 * noise));
    };
    double deviations[2];
    for (const std::int64_t frames : {0, 1}) {
        EffectRun run = runOf("denoise", 100, 80, scene);
        run.set("strength", 0.2);
        run.set("frames", frames);
        const Picture out = shown(run, 5);
        double square = 0, left = 0, right = 0;
        for (int y = 5; y < 75; ++y) {
            for (int x = 5; x < 45; ++x) {
                const double off = toDisplay(at(out, red, x, y)) - 0.3;
                square += off * off / (70 * 40);
            }
            left += toDisplay(at(out, red, 49, y)) / 70;
            right += toDisplay(at(out, red, 50, y)) / 70;
        }
        deviations[frames] = std::sqrt(square);
        QVERIFY2(std::abs(left - 0.3) < 0.015 && std::abs(right - 0.6) < 0.015, qPrintable(QString("%1 %2").arg(left).arg(right)));
    }
    QVERIFY2(deviations[0] < 0.1 / std::sqrt(12.0) / 3, qPrintable(QString::number(deviations[0])));
    QVERIFY2(deviations[1] < 0.75 * deviations[0], qPrintable(QString::number(deviations[1])));
}

QTEST_GUILESS_MAIN(BlursTest)
#include "blurs_test.moc"
