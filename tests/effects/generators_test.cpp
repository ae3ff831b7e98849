// SPDX-License-Identifier: GPL-3.0-or-later
// Sources against what they are defined by: broadcast standards, formulas written here a second time, loops without a seam.
#include "tests/support/run_effect.h"

#include "core/base/random.h"
#include "core/effect/catalogue.h"
#include "core/picture/row_math.h"
#include "core/picture/swirl_field.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

using namespace artdag;

namespace {

constexpr double pi = std::numbers::pi;

double toDisplay(double v)
{
    return v < 0 ? -toDisplay(-v) : v <= 0.0031308 ? 12.92 * v
                                                   : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

EffectRun runOf(std::string_view name, const Canvas& canvas)
{
    const CatalogueEntry* entry = builtinEffects().find(name);
    CHECK(entry != nullptr);
    return EffectRun(*entry->effect, canvas);
}

EffectRun runOf(std::string_view name, int width, int height, double scale = 1.0)
{
    return runOf(name, Canvas{.width = width, .height = height, .rate = {30, 1}, .scale = scale});
}

Picture frameOf(const EffectRun& run, std::int64_t frame = 0)
{
    auto picture = run.picture(frame);
    CHECK(picture);
    return std::move(*picture);
}

double toneAt(const Picture& picture, int x, int y, int plane = green)
{
    return toDisplay(picture.view().at(plane, x, y));
}

/// Y'CbCr of BT.709 in ten bits, by ITU-R BT.709-6.
std::array<double, 3> codesAt(const Picture& picture, int x, int y)
{
    const double r = toneAt(picture, x, y, red), g = toneAt(picture, x, y, green), b = toneAt(picture, x, y, blue);
    const double luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    return {64 + 876 * luma, 512 + 896 * (b - luma) / 1.8556, 512 + 896 * (r - luma) / 1.5748};
}

double difference(const Picture& a, const Picture& b)
{
    double sum = 0;
    const Rect rect = a.rect();
    for (int plane = 0; plane < 4; ++plane)
        for (int y = rect.y0; y < rect.y1; ++y)
            for (int x = rect.x0; x < rect.x1; ++x)
                sum += std::abs(static_cast<double>(a.view().at(plane, x, y)) - b.view().at(plane, x, y));
    return sum / (4.0 * rect.width() * rect.height());
}

const Gradient blackToWhite{{0.0, {0, 0, 0, 1}}, {1.0, {1, 1, 1, 1}}};
constexpr Colour black{0, 0, 0, 1};

/// Light by which pixels of a picture weigh, and its centre.
struct Mass {
    double all = 0, x = 0, y = 0;
};
Mass massOf(const Picture& picture)
{
    Mass mass;
    const Rect rect = picture.rect();
    for (int y = rect.y0; y < rect.y1; ++y)
        for (int x = rect.x0; x < rect.x1; ++x) {
            const double light = picture.view().at(green, x, y);
            mass.all += light;
            mass.x += light * (x + 0.5);
            mass.y += light * (y + 0.5);
        }
    mass.x /= mass.all;
    mass.y /= mass.all;
    return mass;
}

} // namespace

class GeneratorsTest : public QObject {
    Q_OBJECT

private slots:
    void shortPolynomialsAreTheFunctions();
    void currentsHaveNoSources();
    void barsHaveTheCodesOfRp219_data();
    void barsHaveTheCodesOfRp219();
    void oldBarsStandInTheirOrder();
    void rampsAreEven();
    void zonePlateIsItsFormula();
    void theCounterCounts();
    void comesBackWithoutASeam_data();
    void comesBackWithoutASeam();
    void noiseCyclesWithoutASeam_data();
    void noiseCyclesWithoutASeam();
    void aPreviewLooksLikeTheFilm_data();
    void aPreviewLooksLikeTheFilm();
    void ringsLieAtTheirPitch();
    void distancesHaveNoJumps();
    void cellBordersAreAsWideAsTheirLine();
    void ribbonsJoin();
    void attractorIsItsFormula();
    void particlesFallAsBodiesDo_data();
    void particlesFallAsBodiesDo();
    void twoEqualPendulumsDrawACircle();
    void aSquareIsDrawnWithItsCorners();
    void aCarelessRuleIsNamed();
    void rule90IsPascalsTriangle();
    void lifeFollowsItsRule();
    void spiralsEatTheirNeighbours();
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

void GeneratorsTest::currentsHaveNoSources()
{
    const SwirlField field({.seed = 4, .cell = 60, .octaves = 1, .z = 0.3, .width = 400, .height = 300});
    double outwards = 0, along = 0;
    auto cross = [&](float x, float y, double nx, double ny) {
        const Current current = field.at(x, y);
        outwards += nx * static_cast<double>(current.x) + ny * static_cast<double>(current.y);
        along += std::abs(nx * static_cast<double>(current.x) + ny * static_cast<double>(current.y));
    };
    for (int i = 0; i < 2000; ++i) {
        const float t = (static_cast<float>(i) + 0.5F) / 2000.0F;
        cross(100 + 150 * t, 80, 0, -1.2);
        cross(100 + 150 * t, 230, 0, 1.2);
        cross(100, 80 + 150 * t, -1.2, 0);
        cross(250, 80 + 150 * t, 1.2, 0);
    }
    QVERIFY2(std::abs(outwards) < 0.01 * along, qPrintable(QString("%1 of %2").arg(outwards).arg(along)));
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

void GeneratorsTest::comesBackWithoutASeam_data()
{
    QTest::addColumn<QString>("effect");
    for (const char* effect : {"particles", "plasma", "attractor", "circles", "voronoi", "flow_field", "truchet", "harmonograph", "l_system"})
        QTest::newRow(effect) << effect;
}

void GeneratorsTest::comesBackWithoutASeam()
{
    QFETCH(const QString, effect);
    EffectRun run = runOf(effect.toStdString(), EffectRun::smallCanvas());
    run.set("speed", 0.43);
    run.set("loop", Moment{4 * flicksPerSecond});
    for (const int frame : {0, 17, 119}) {
        const Picture now = frameOf(run, frame);
        QCOMPARE(difference(now, frameOf(run, frame + 120)), 0.0);
        QCOMPARE(difference(now, frameOf(run, frame + 360)), 0.0);
        QVERIFY(difference(now, frameOf(run, frame + 40)) > 1e-4);
    }
    // The last step is no longer than the others.
    const double seam = difference(frameOf(run, 119), frameOf(run, 120)), first = difference(frameOf(run, 120), frameOf(run, 121)), middle = difference(frameOf(run, 59), frameOf(run, 60));
    QVERIFY2(seam < 2.5 * std::max(first, middle), qPrintable(QString("%1 after %2 and %3").arg(seam).arg(first).arg(middle)));
}

void GeneratorsTest::noiseCyclesWithoutASeam_data()
{
    QTest::addColumn<int>("kind");
    for (const int kind : {0, 1, 2, 3})
        QTest::addRow("%d", kind) << kind;
}

void GeneratorsTest::noiseCyclesWithoutASeam()
{
    QFETCH(const int, kind);
    auto at = [&](double evolution, std::int64_t cycle) {
        EffectRun run = runOf("noise", EffectRun::smallCanvas());
        run.set("kind", std::int64_t{kind});
        run.set("evolution", evolution);
        run.set("cycle", cycle);
        return frameOf(run);
    };
    QVERIFY(difference(at(0.25, 3), at(3.25, 3)) < 1e-6);
    QVERIFY(difference(at(-0.5, 3), at(2.5, 3)) < 1e-6);
    QVERIFY(difference(at(0.25, 3), at(1.25, 3)) > 0.01);
    QVERIFY(difference(at(2.999, 3), at(3.001, 3)) < 0.01);
    QVERIFY(difference(at(0.25, 0), at(3.25, 0)) > 0.01);
}

void GeneratorsTest::aPreviewLooksLikeTheFilm_data()
{
    comesBackWithoutASeam_data();
    for (const char* effect : {"cellular_automata", "noise", "test_pattern"})
        QTest::newRow(effect) << effect;
}

void GeneratorsTest::aPreviewLooksLikeTheFilm()
{
    QFETCH(const QString, effect);
    const Picture film = frameOf(runOf(effect.toStdString(), 960, 540, 0.5), 20), preview = frameOf(runOf(effect.toStdString(), 480, 270, 0.25), 20);
    double sum = 0, swing = 0, mean = 0;
    for (int y = 0; y < 270; ++y)
        for (int x = 0; x < 480; ++x) {
            double light = 0;
            for (const auto& [dx, dy] : {std::pair{0, 0}, {1, 0}, {0, 1}, {1, 1}})
                light += 0.25 * static_cast<double>(film.view().at(green, 2 * x + dx, 2 * y + dy));
            sum += std::abs(toDisplay(light) - toneAt(preview, x, y));
            mean += toDisplay(light) / (480 * 270);
        }
    for (int y = 0; y < 270; ++y)
        for (int x = 0; x < 480; ++x)
            swing += std::abs(toneAt(preview, x, y) - mean);
    QVERIFY2(sum < 0.2 * swing, qPrintable(QString("differs by %1, swings by %2").arg(sum / (480 * 270)).arg(swing / (480 * 270))));
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

void GeneratorsTest::attractorIsItsFormula()
{
    constexpr int size = 256, blocks = 16;
    const double a = 1.641, b = 1.902, c = 0.316, d = 1.525;
    EffectRun run = runOf("attractor", size, size);
    run.set("kind", std::int64_t{1});
    for (const auto& [name, value] : {std::pair{"a", a}, {"b", b}, {"c", c}, {"d", d}, {"wander", 0.0}, {"points", 40.0}})
        run.set(name, value);
    run.set("exposure", 0.01); // where the logarithm is nearly straight
    run.set("colours", blackToWhite);
    const Picture picture = frameOf(run);
    std::vector<double> ours(blocks * blocks), theirs(blocks * blocks);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x)
            ours[static_cast<std::size_t>(y / blocks * blocks + x / blocks)] += std::exp2(8 * toneAt(picture, x, y)) - 1;
    double x = 0.1, y = 0.1;
    std::vector<std::pair<double, double>> path;
    for (int i = 0; i < 3'000'000; ++i) {
        const double nextX = std::sin(a * y) - std::cos(b * x);
        y = std::sin(c * x) - std::cos(d * y);
        x = nextX;
        path.push_back({x, y});
    }
    // The whole fills nine tenths of the canvas, its middle in the middle.
    double x0 = 9, x1 = -9, y0 = 9, y1 = -9;
    for (const auto& [px, py] : path)
        x0 = std::min(x0, px), x1 = std::max(x1, px), y0 = std::min(y0, py), y1 = std::max(y1, py);
    const double fit = 0.9 * size / std::max(x1 - x0, y1 - y0);
    for (const auto& [u, v] : path) {
        const int px = static_cast<int>((u - (x0 + x1) / 2) * fit + size / 2.0), py = static_cast<int>((v - (y0 + y1) / 2) * fit + size / 2.0);
        theirs[static_cast<std::size_t>(py / blocks * blocks + px / blocks)] += 1;
    }
    double sumOurs = 0, sumTheirs = 0, off = 0;
    for (std::size_t i = 0; i < ours.size(); ++i)
        sumOurs += ours[i], sumTheirs += theirs[i];
    for (std::size_t i = 0; i < ours.size(); ++i)
        off += std::abs(ours[i] / sumOurs - theirs[i] / sumTheirs);
    QVERIFY2(off < 0.1, qPrintable(QString::number(off)));
}

void GeneratorsTest::particlesFallAsBodiesDo_data()
{
    QTest::addColumn<double>("drag");
    for (const double drag : {0.0, 0.002, 0.7, 3.0})
        QTest::addRow("drag %g", drag) << drag;
}

void GeneratorsTest::particlesFallAsBodiesDo()
{
    QFETCH(const double, drag);
    constexpr double lifetime = 4, gravity = 60, velocity = 50;
    EffectRun run = runOf("particles", 700, 900);
    run.set("position", Vec2{0.2, 0.1});
    run.set("emitter_size", Vec2{0, 0});
    run.set("background", Colour{0, 0, 0, 0});
    run.set("colours", Gradient{{0.0, {1, 1, 1, 1}}, {1.0, {1, 1, 1, 1}}});
    run.set("loop", Moment{0}); // lives are not fitted into one
    for (const auto& [name, value] : {std::pair{"lifetime", lifetime}, {"lifetime_spread", 0.0}, {"direction", 0.0}, {"spread", 0.0}, {"velocity", velocity}, {"velocity_spread", 0.0}, {"gravity", gravity}, {"drag", drag}, {"turbulence", 0.0}, {"fade_in", 0.0}, {"fade_out", 0.0}, {"size_spread", 0.0}, {"size_end", 1.0}})
        run.set(name, value);
    const Mass mass = massOf(frameOf(run, 33));
    // Ages are even between 0 and the lifetime; each body's way by many small steps of v' = g − drag · v.
    double x = 0, y = 0, vx = velocity, vy = 0, meanX = 0, meanY = 0;
    constexpr int steps = 40000;
    for (int i = 0; i < steps; ++i) {
        constexpr double dt = lifetime / steps;
        meanX += x / steps, meanY += y / steps;
        x += vx * dt, y += vy * dt;
        vx -= drag * vx * dt, vy += (gravity - drag * vy) * dt;
    }
    QVERIFY2(std::abs(mass.x - 140 - meanX) < 1.5, qPrintable(QString("%1 instead of %2").arg(mass.x - 140).arg(meanX)));
    QVERIFY2(std::abs(mass.y - 90 - meanY) < 1.5, qPrintable(QString("%1 instead of %2").arg(mass.y - 90).arg(meanY)));
}

void GeneratorsTest::twoEqualPendulumsDrawACircle()
{
    EffectRun run = runOf("harmonograph", 400, 400);
    for (const auto& [name, value] : {std::pair{"across", 1.0}, {"down", 1.0}, {"detune", 0.0}, {"table", 0.0}, {"phase", 90.0}, {"decay", 0.0}, {"turns", 1.0}, {"size", 0.8}, {"width", 3.0}, {"glow", 0.0}, {"brightness", 1.0}})
        run.set(name, value);
    run.set("background", black);
    run.set("colours", Gradient{{0.0, {1, 1, 1, 1}}, {1.0, {1, 1, 1, 1}}});
    const Picture circle = frameOf(run);
    for (int y = 0; y < 400; ++y)
        for (int x = 0; x < 400; ++x) {
            const double off = std::abs(std::hypot(x + 0.5 - 200, y + 0.5 - 200) - 160);
            const double light = circle.view().at(green, x, y);
            QVERIFY2(off < 3.6 || light < 1e-3, qPrintable(QString("light at %1,%2").arg(x).arg(y)));
            if (off < 0.3 && y < 190) // away from where the line ends on its beginning
                QVERIFY2(std::abs(light - 1) < 0.12, qPrintable(QString("%1 at %2,%3").arg(light).arg(x).arg(y)));
        }
}

void GeneratorsTest::aSquareIsDrawnWithItsCorners()
{
    EffectRun run = runOf("l_system", 400, 300);
    run.set("form", std::int64_t{8});
    run.set("axiom", std::string("A"));
    run.set("rules", std::string("A = F+F+F+F"));
    run.set("iterations", std::int64_t{1});
    run.set("angle", 90.0);
    run.set("variation", 0.0);
    run.set("size", 0.8);
    run.set("width", 6.0);
    run.set("colours", Gradient{{0.0, {1, 1, 1, 1}}, {1.0, {1, 1, 1, 1}}});
    run.set("background", black);
    const Picture square = frameOf(run);
    for (int y = 0; y < 300; ++y)
        for (int x = 0; x < 400; ++x) { // a side of 0.8 · 300 px about the middle
            const double dx = std::abs(x + 0.5 - 200) - 120, dy = std::abs(y + 0.5 - 150) - 120;
            const double off = dx > 0 && dy > 0 ? std::hypot(dx, dy) : std::abs(std::max(dx, dy));
            const double cover = square.view().at(green, x, y);
            QVERIFY2(off > 2.4 || cover > 0.99, qPrintable(QString("nothing at %1,%2").arg(x).arg(y)));
            QVERIFY2(off < 3.6 || cover < 0.01, qPrintable(QString("something at %1,%2").arg(x).arg(y)));
        }
}

void GeneratorsTest::aCarelessRuleIsNamed()
{
    EffectRun run = runOf("l_system", 40, 30);
    run.set("rules", std::string("F=FF; oops"));
    QVERIFY(!run.facts());
    QCOMPARE(run.facts().error().fault, Fault::BadInput);
    QVERIFY(run.facts().error().message.starts_with("rules: 'oops'"));
    EffectRun life = runOf("cellular_automata", 40, 30);
    for (const char* rule : {"", "three", "3/23", "B3/S9"}) {
        life.set("life_rule", std::string(rule));
        QVERIFY2(!life.facts(), rule);
        QVERIFY(life.facts().error().message.starts_with("life_rule: "));
    }
    life.set("life_rule", std::string("b36 / s23"));
    QVERIFY(life.facts());
}

void GeneratorsTest::rule90IsPascalsTriangle()
{
    EffectRun run = runOf("cellular_automata", 256, 64);
    run.set("kind", std::int64_t{0});
    run.set("columns", std::int64_t{256});
    run.set("rule", std::int64_t{90});
    run.set("single", true);
    run.set("trail", 0.0);
    run.set("evolution", 0.0);
    run.set("speed", 0.0);
    run.set("colours", blackToWhite);
    const Picture triangle = frameOf(run);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 256; ++x) {
            const int k = x - 128 + y; // C(y, k/2) is odd if no bit of k/2 is outside y
            const bool odd = k >= 0 && k % 2 == 0 && k / 2 <= y && ((k / 2) & ~y) == 0;
            QCOMPARE(triangle.view().at(green, x, y), odd ? 1.0F : 0.0F);
        }
}

void GeneratorsTest::lifeFollowsItsRule()
{
    constexpr int width = 64, height = 48;
    EffectRun run = runOf("cellular_automata", width, height);
    run.set("kind", std::int64_t{1});
    run.set("columns", std::int64_t{width});
    run.set("trail", 0.0);
    run.set("density", 0.37);
    run.set("colours", blackToWhite);
    run.set("speed", 0.0);
    run.set("evolution", 0.0);
    std::vector<int> cells(width * height);
    const Picture start = frameOf(run);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            cells[static_cast<std::size_t>(y * width + x)] = start.view().at(green, x, y) > 0.5F ? 1 : 0;
    const auto living = std::count(cells.begin(), cells.end(), 1);
    QVERIFY(std::abs(static_cast<double>(living) / cells.size() - 0.37) < 0.04);
    for (int generation = 0; generation < 60; ++generation) {
        std::vector<int> next(cells.size());
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                int around = 0;
                for (int dy = -1; dy <= 1; ++dy)
                    for (int dx = -1; dx <= 1; ++dx)
                        around += cells[static_cast<std::size_t>((y + dy + height) % height * width + (x + dx + width) % width)];
                const int own = cells[static_cast<std::size_t>(y * width + x)];
                next[static_cast<std::size_t>(y * width + x)] = around == 3 || (own == 1 && around == 4) ? 1 : 0;
            }
        cells = next;
    }
    run.set("evolution", 60.0);
    const Picture later = frameOf(run);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            QCOMPARE(later.view().at(green, x, y), static_cast<float>(cells[static_cast<std::size_t>(y * width + x)]));
}

void GeneratorsTest::spiralsEatTheirNeighbours()
{
    constexpr int width = 64, height = 48, states = 8;
    EffectRun run = runOf("cellular_automata", width, height);
    run.set("columns", std::int64_t{width});
    run.set("states", std::int64_t{states});
    run.set("speed", 0.0);
    // Walked up and down, a gradient of half the states: states 0 … 4 can be told apart, and 0 from 7 by what they become.
    run.set("colours", blackToWhite);
    auto tones = [&](double evolution) {
        run.set("evolution", evolution);
        const Picture picture = frameOf(run);
        std::vector<int> list;
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                list.push_back(static_cast<int>(std::lround(toneAt(picture, x, y) * states / 2)));
        return list;
    };
    const std::vector<int> before = tones(100), after = tones(101);
    int moved = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const auto at = static_cast<std::size_t>(y * width + x);
            if (before[at] == after[at])
                continue;
            ++moved;
            QCOMPARE(std::abs(after[at] - before[at]), 1); // only to the next state
            bool found = false;                            // which was beside it
            for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
                found = found || before[static_cast<std::size_t>((y + dy + height) % height * width + (x + dx + width) % width)] == after[at];
            QVERIFY(found);
        }
    QVERIFY2(moved > width * height / 4, qPrintable(QString::number(moved)));
}

QTEST_GUILESS_MAIN(GeneratorsTest)
#include "generators_test.moc"
