// SPDX-License-Identifier: GPL-3.0-or-later
// Warps against their formulas in double precision with libm, on pictures that are formulas themselves: within 1/255.
#include "tests/support/run_effect.h"

#include "core/effect/catalogue.h"
#include "core/picture/warp.h"

#include <QTest>

#include <cmath>
#include <cstring>
#include <functional>

using namespace artdag;

namespace {

constexpr int width = 240, height = 160;
constexpr double bound = 1.0 / 255;

const Effect& named(std::string_view name)
{
    return *builtinEffects().find(name)->effect;
}

struct Place {
    double x, y;
};
using Map = std::function<Place(double x, double y)>;

/// Long waves in both directions: light at any place, between pixels too.
double lightAt(double x, double y)
{
    return 0.5 + 0.25 * std::sin(0.11 * x + 0.5) + 0.2 * std::cos(0.09 * y - 0.03 * x);
}

TestStream waves(int w = width, int h = height)
{
    TestStream stream{{PortType::Picture, w, h, StreamFacts::endless}};
    stream.picture = [](std::int64_t, Rect part) {
        Picture picture(part);
        for (int y = part.y0; y < part.y1; ++y)
            for (int x = part.x0; x < part.x1; ++x) {
                picture.view().at(red, x, y) = static_cast<float>(lightAt(x + 0.5, y + 0.5));
                picture.view().at(green, x, y) = static_cast<float>((x + 0.5) / width);
                picture.view().at(blue, x, y) = static_cast<float>((y + 0.5) / height);
                picture.view().at(alpha, x, y) = 1;
            }
        return picture;
    };
    return stream;
}

TestStream plain(double r, double g, double b, double a)
{
    TestStream stream{{PortType::Picture, width, height, StreamFacts::endless}};
    stream.picture = [=](std::int64_t, Rect part) {
        Picture picture(part);
        const double planes[4] = {r, g, b, a};
        for (int plane = 0; plane < 4; ++plane)
            for (int y = part.y0; y < part.y1; ++y)
                std::fill_n(picture.view().row(plane, y), part.width(), static_cast<float>(planes[plane]));
        return picture;
    };
    return stream;
}

TestStream streamOf(const Picture& picture)
{
    TestStream stream{{PortType::Picture, picture.rect().width(), picture.rect().height(), StreamFacts::endless}};
    stream.picture = [&picture](std::int64_t, Rect part) {
        Picture copied(part);
        copy(picture.view(), copied.view());
        return copied;
    };
    return stream;
}

Canvas fullCanvas(Rate rate = {30, 1})
{
    return {.width = width, .height = height, .rate = rate, .scale = 1.0};
}

EffectRun runOf(std::string_view effect, const Canvas& canvas = fullCanvas())
{
    EffectRun run(named(effect), canvas);
    run.connect("picture", waves());
    return run;
}

/// Where the map reads well within the picture, and neither stretches nor shrinks much, the picture there is what is shown.
void expectMap(const EffectRun& run, const Map& map, std::int64_t frame = 0, double least = 0.5)
{
    const auto picture = run.picture(frame);
    QVERIFY(picture);
    int compared = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const Place place = map(x + 0.5, y + 0.5), right = map(x + 1.5, y + 0.5), below = map(x + 0.5, y + 1.5);
            const double steep = std::max(std::hypot(right.x - place.x, right.y - place.y), std::hypot(below.x - place.x, below.y - place.y));
            if (place.x < 3 || place.y < 3 || place.x > width - 3 || place.y > height - 3 || steep > 3)
                continue;
            ++compared;
            const double off = std::fabs(picture->view().at(red, x, y) - lightAt(place.x, place.y));
            QVERIFY2(off < bound, qPrintable(QString("%1,%2: off by %3").arg(x).arg(y).arg(off)));
            QVERIFY(std::fabs(picture->view().at(green, x, y) * width - place.x) < 0.06);
            QVERIFY(std::fabs(picture->view().at(blue, x, y) * height - place.y) < 0.06);
        }
    QVERIFY2(compared > least * width * height, qPrintable(QString::number(compared)));
}

/// A stretch about the middle by a factor that depends on the distance.
Map radial(const std::function<double(double distance)>& factor)
{
    return [=](double x, double y) {
        const double dx = x - width / 2.0, dy = y - height / 2.0, f = factor(std::hypot(dx, dy));
        return Place{width / 2.0 + dx * f, height / 2.0 + dy * f};
    };
}

const double halfDiagonal = std::hypot(width, height) / 2;

} // namespace

class WarpsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lensIsBrownsModel();
    void aFilledLensShowsNoBorderAndWastesNone();
    void fisheyeIsItsProjection_data();
    void fisheyeIsItsProjection();
    void straightenUndoesFisheye();
    void swirlTurnsTheMiddleAndKeepsTheRim();
    void rippleMovesAlongTheRadius();
    void waveRunsAlongItsDirection();
    void polarPutsColumnsOnRays();
    void polarThereAndBackIsTheSame();
    void middleGreyDisplacesNothing();
    void whiteAndBlackDisplaceByTheAmount();
    void shakeIsSteadyWhenTheFrameRateChanges();
    void shakeStaysWithinItsBounds();
    void shrunkStripesBecomeGrey_data();
    void shrunkStripesBecomeGrey();
    void nothingIsSmearedOverTheSeam();
    void warpsReadOnlyWhatTheyNeed_data();
    void warpsReadOnlyWhatTheyNeed();
};

void WarpsTest::lensIsBrownsModel()
{
    EffectRun run = runOf("lens");
    run.set("k1", 0.3);
    run.set("k2", -0.12);
    run.set("fill", false);
    run.set("zoom", 1.25);
    expectMap(run, radial([](double distance) {
        const double r2 = distance * distance / halfDiagonal / halfDiagonal;
        return (1 + 0.3 * r2 - 0.12 * r2 * r2) / 1.25;
    }));
}

void WarpsTest::aFilledLensShowsNoBorderAndWastesNone()
{
    for (const double k1 : {-0.5, 0.4, 1.5}) {
        EffectRun run = runOf("lens");
        run.set("k1", k1);
        run.set("edges", static_cast<std::int64_t>(Edge::Transparent));
        const auto picture = run.picture(0);
        double least = 1e9;
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                QVERIFY(picture->view().at(alpha, x, y) > 0.45); // its very border is half a pixel soft
                const double px = picture->view().at(green, x, y) * width, py = picture->view().at(blue, x, y) * height;
                least = std::min({least, px, py, width - px, height - py});
            }
        QVERIFY2(least < 2, qPrintable(QString::number(least)));
    }
}

void WarpsTest::fisheyeIsItsProjection_data()
{
    QTest::addColumn<int>("projection");
    for (int i = 0; i < 4; ++i)
        QTest::newRow(std::to_string(i).c_str()) << i;
}

void WarpsTest::fisheyeIsItsProjection()
{
    QFETCH(int, projection);
    EffectRun run = runOf("fisheye");
    run.set("view", 100.0);
    run.set("projection", std::int64_t{projection});
    const double rim = 50 * M_PI / 180;
    auto shown = [&](double angle) { return projection == 0 ? angle : projection == 1 ? std::sin(angle / 2)
                                         : projection == 2                            ? std::tan(angle / 2)
                                                                                      : std::sin(angle); };
    auto angleAt = [&](double distance) { return projection == 0 ? distance : projection == 1 ? 2 * std::asin(distance)
                                              : projection == 2                               ? 2 * std::atan(distance)
                                                                                              : std::asin(distance); };
    expectMap(run, radial([&](double distance) {
        const double angle = angleAt(distance / halfDiagonal * shown(rim));
        return std::tan(angle) / std::tan(rim) * halfDiagonal / distance;
    }));
}

void WarpsTest::straightenUndoesFisheye()
{
    for (std::int64_t projection = 0; projection < 4; ++projection) {
        EffectRun bend = runOf("fisheye");
        bend.set("view", 90.0);
        bend.set("projection", projection);
        const auto bent = bend.picture(0);
        EffectRun back(named("fisheye"), fullCanvas());
        back.connect("picture", streamOf(*bent));
        back.set("view", 90.0);
        back.set("projection", projection);
        back.set("straighten", true);
        const auto straight = back.picture(0);
        for (int y = 40; y < height - 40; ++y)
            for (int x = 60; x < width - 60; ++x)
                QVERIFY(std::fabs(straight->view().at(red, x, y) - lightAt(x + 0.5, y + 0.5)) < 1.5 * bound);
    }
}

void WarpsTest::swirlTurnsTheMiddleAndKeepsTheRim()
{
    EffectRun run = runOf("swirl");
    run.set("angle", 120.0);
    const double rim = height / 2.0;
    expectMap(run, [&](double x, double y) {
        const double dx = x - width / 2.0, dy = y - height / 2.0, part = std::max(0.0, 1 - std::hypot(dx, dy) / rim);
        const double angle = -120 * M_PI / 180 * part * part; // what is seen was turned clockwise to where it is
        return Place{width / 2.0 + dx * std::cos(angle) - dy * std::sin(angle), height / 2.0 + dx * std::sin(angle) + dy * std::cos(angle)};
    });
    const auto picture = run.picture(0);
    QVERIFY(std::fabs(picture->view().at(green, 10, 20) * width - 10.5) < 1e-3); // beyond the rim
}

void WarpsTest::rippleMovesAlongTheRadius()
{
    EffectRun run = runOf("ripple");
    run.set("height", 3.0);
    run.set("wavelength", 60.0);
    run.set("speed", 2.0);
    run.set("phase", 45.0);
    const double rim = height; // radius 2
    expectMap(run, radial([&](double distance) {
        const double part = distance / rim, fade = (1 - part) * (1 - part) * (1 + 2 * part);
        const double shift = 3 * std::sin(2 * M_PI * (distance / 60 - 2 * 5 / 30.0 - 0.125)) * fade * std::min(1.0, distance / 30);
        return 1 + shift / distance;
    }),
        5);
}

void WarpsTest::waveRunsAlongItsDirection()
{
    for (const std::int64_t along : {0, 1}) {
        EffectRun run = runOf("wave");
        run.set("height", 6.0);
        run.set("wavelength", 80.0);
        run.set("direction", 30.0);
        run.set("speed", 1.5);
        run.set("motion", along);
        const double c = std::cos(M_PI / 6), s = std::sin(M_PI / 6);
        expectMap(
            run, [&](double x, double y) {
                const double move = 6 * std::sin(2 * M_PI * (((x - width / 2.0) * c + (y - height / 2.0) * s) / 80 - 1.5 * 4 / 30));
                return along == 1 ? Place{x + c * move, y + s * move} : Place{x - s * move, y + c * move};
            },
            4);
    }
}

void WarpsTest::polarPutsColumnsOnRays()
{
    EffectRun run = runOf("polar");
    run.set("inside", std::int64_t{1});
    run.set("rotation", 30.0);
    const auto picture = run.picture(0);
    const double radius = height / 2.0;
    for (int y = 8; y < height - 8; ++y)
        for (int x = 60; x < width - 60; ++x) {
            const double dx = x + 0.5 - width / 2.0, dy = y + 0.5 - height / 2.0, distance = std::hypot(dx, dy);
            double turns = std::atan2(dx, -dy) / (2 * M_PI) - 30.0 / 360;
            turns -= std::floor(turns);
            if (distance < 12 || distance > radius - 3 || turns * width < 4 || turns * width > width - 4)
                continue;
            QVERIFY2(std::fabs(picture->view().at(green, x, y) - turns) * width < 0.3, qPrintable(QString("%1,%2").arg(x).arg(y)));
            QVERIFY(std::fabs(picture->view().at(blue, x, y) - distance / radius) * height < 0.3);
        }
    run.set("amount", 0.25);
    expectMap(
        run, [&](double x, double y) {
            const double dx = x - width / 2.0, dy = y - height / 2.0;
            double turns = std::atan2(dx, -dy) / (2 * M_PI) - 30.0 / 360;
            turns -= std::floor(turns);
            return Place{0.75 * x + 0.25 * turns * width, 0.75 * y + 0.25 * std::hypot(dx, dy) / radius * height};
        },
        0, 0.4);
}

void WarpsTest::polarThereAndBackIsTheSame()
{
    EffectRun there = runOf("polar");
    there.set("radius", 2.5);
    there.set("rotation", 77.0);
    there.set("mode", std::int64_t{1}); // to a strip first, which keeps every pixel
    const auto strip = there.picture(0);
    EffectRun back(named("polar"), fullCanvas());
    back.connect("picture", streamOf(*strip));
    back.set("radius", 2.5);
    back.set("rotation", 77.0);
    const auto again = back.picture(0);
    for (int y = 10; y < height - 10; ++y)
        for (int x = 10; x < width - 10; ++x)
            if (std::hypot(x - width / 2, y - height / 2) > 12)
                QVERIFY2(std::fabs(again->view().at(red, x, y) - lightAt(x + 0.5, y + 0.5)) < 6 * bound, qPrintable(QString("%1,%2").arg(x).arg(y)));
}

void WarpsTest::middleGreyDisplacesNothing()
{
    EffectRun run = runOf("displace");
    const double grey = std::pow((0.5 + 0.055) / 1.055, 2.4);
    run.connect("map", plain(grey, grey, 0, 1));
    const auto picture = run.picture(0);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            QVERIFY(std::fabs(picture->view().at(red, x, y) - lightAt(x + 0.5, y + 0.5)) < 1e-4);
}

void WarpsTest::whiteAndBlackDisplaceByTheAmount()
{
    for (const auto& [r, g, a, x1, y1] : {std::tuple{1.0, 1.0, 1.0, 20.0, -12.0}, {0.0, 1.0, 1.0, -20.0, -12.0}, {0.0, 0.0, 0.0, 0.0, 0.0}, {0.5, 0.5, 0.5, 10.0, -6.0}}) {
        EffectRun run = runOf("displace");
        run.connect("map", plain(r, g, 0, a));
        run.set("amount", Vec2{20, -12});
        expectMap(run, [&, dx = x1, dy = y1](double x, double y) { return Place{x + dx, y + dy}; });
    }
}

void WarpsTest::shakeIsSteadyWhenTheFrameRateChanges()
{
    const EffectRun slow = runOf("shake", fullCanvas({25, 1})), fast = runOf("shake", fullCanvas({100, 1}));
    for (const std::int64_t frame : {0, 1, 13, 50}) {
        const auto a = slow.picture(frame), b = fast.picture(frame * 4);
        for (int y = 0; y < height; ++y)
            QVERIFY(std::memcmp(a->view().row(red, y), b->view().row(red, y), sizeof(float) * width) == 0);
    }
}

void WarpsTest::shakeStaysWithinItsBounds()
{
    EffectRun run = runOf("shake");
    run.set("position", Vec2{20, 10});
    run.set("rotation", 0.0);
    run.set("zoom", 0.0);
    double most = 0, least = 0;
    for (int frame = 0; frame < 90; ++frame) {
        const auto picture = run.picture(frame, {120, 80, 121, 81});
        const double dx = picture->view().at(green, 120, 80) * width - 120.5, dy = picture->view().at(blue, 120, 80) * height - 80.5;
        QVERIFY(std::fabs(dx) < 25 && std::fabs(dy) < 12.5);
        most = std::max(most, dx);
        least = std::min(least, dx);
    }
    QVERIFY2(most > 6 && least < -6, qPrintable(QString("%1 … %2").arg(least).arg(most)));
}

void WarpsTest::shrunkStripesBecomeGrey_data()
{
    QTest::addColumn<double>("shrink");
    for (const double shrink : {2.3, 4.0, 7.7, 13.0})
        QTest::newRow(std::to_string(shrink).c_str()) << shrink;
}

void WarpsTest::shrunkStripesBecomeGrey()
{
    QFETCH(double, shrink);
    Picture stripes(Rect{0, 0, 600, 400}), out(Rect{0, 0, 40, 24});
    for (int y = 0; y < 400; ++y)
        for (int x = 0; x < 600; ++x)
            for (int plane = 0; plane < 4; ++plane)
                stripes.view().at(plane, x, y) = plane == alpha || (x + y) % 2 == 0 ? 1.0F : 0.0F;
    warp(stripes.view(), {.width = 600, .height = 400, .edgeX = Edge::Mirror, .edgeY = Edge::Mirror}, out.view(), [&](int x, int y, int n, double* u, double* v) {
        for (int i = 0; i < n; ++i) {
            u[i] = 20 + (x + i + 0.5) * shrink + 0.2 * (y + 0.5);
            v[i] = 20 + (y + 0.5) * shrink - 0.2 * (x + i + 0.5);
        }
    });
    for (int y = 0; y < 24; ++y)
        for (int x = 0; x < 40; ++x) {
            QVERIFY2(std::fabs(out.view().at(red, x, y) - 0.5) < 0.12, qPrintable(QString::number(out.view().at(red, x, y))));
            QCOMPARE(out.view().at(alpha, x, y), 1.0F);
        }
}

void WarpsTest::nothingIsSmearedOverTheSeam()
{
    // A strip that is black to the left and white to the right: its ends meet on the seam, hard.
    TestStream halves{{PortType::Picture, width, height, StreamFacts::endless}};
    halves.picture = [](std::int64_t, Rect part) {
        Picture picture(part);
        for (int y = part.y0; y < part.y1; ++y)
            for (int x = part.x0; x < part.x1; ++x)
                for (int plane = 0; plane < 4; ++plane)
                    picture.view().at(plane, x, y) = plane == alpha || x >= width / 2 ? 1.0F : 0.0F;
        return picture;
    };
    EffectRun run(named("polar"), fullCanvas());
    run.connect("picture", halves);
    const auto picture = run.picture(0);
    const int above = height / 2 - 40; // the seam points up: left of it the right end, white
    QVERIFY(picture->view().at(red, width / 2 - 3, above) > 0.99F);
    QVERIFY(picture->view().at(red, width / 2 + 2, above) < 0.01F);
}

void WarpsTest::warpsReadOnlyWhatTheyNeed_data()
{
    QTest::addColumn<QString>("effect");
    for (const char* effect : {"lens", "fisheye", "swirl", "ripple", "wave", "displace", "polar"})
        QTest::newRow(effect) << effect;
}

void WarpsTest::warpsReadOnlyWhatTheyNeed()
{
    QFETCH(QString, effect);
    EffectRun run(named(effect.toStdString()), {.width = 1920, .height = 1080, .scale = 1.0});
    run.connect("picture", waves(1920, 1080));
    if (effect == "displace")
        run.connect("map", waves(1920, 1080));
    run.withCall([&](const Call& call) {
        const FrameCall frame{call, 3};
        const Rect read = call.effect.region(frame, 0, {900, 500, 964, 532}).clippedTo({0, 0, 1920, 1080});
        const double part = static_cast<double>(read.width()) * read.height() / (1920.0 * 1080.0);
        QVERIFY2(part < 0.2, qPrintable(QString::number(part)));
    });
}

QTEST_GUILESS_MAIN(WarpsTest)
#include "warps_test.moc"
