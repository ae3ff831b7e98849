// SPDX-License-Identifier: GPL-3.0-or-later
// What is found in films, against films made to measure.
#include "tests/support/run_effect.h"

#include "core/base/random.h"
#include "core/effect/catalogue.h"
#include "core/picture/mosaic.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace artdag;

namespace {

using Pixel = std::array<double, 4>; ///< display values, straight alpha
using Film = std::function<Pixel(std::int64_t frame, int x, int y)>;
constexpr int width = 160, height = 90;

double light(double display)
{
    return display <= 0.04045 ? display / 12.92 : std::pow((display + 0.055) / 1.055, 2.4);
}

EffectRun watching(const char* name, std::int64_t frames, const Film& film)
{
    const auto entry = std::ranges::find(builtinEffects().entries, name, &CatalogueEntry::name);
    EffectRun run(*entry->effect, {.width = width, .height = height, .rate = {25, 1}});
    TestStream stream{{PortType::Picture, width, height, frames}};
    stream.picture = [=](std::int64_t frame, Rect part) {
        Picture picture(part);
        for (int y = part.y0; y < part.y1; ++y)
            for (int x = part.x0; x < part.x1; ++x) {
                const Pixel pixel = film(frame, x, y);
                for (int plane = 0; plane < 3; ++plane)
                    picture.view().at(plane, x, y) = static_cast<float>(light(pixel[static_cast<std::size_t>(plane)]) * pixel[3]);
                picture.view().at(alpha, x, y) = static_cast<float>(pixel[3]);
            }
        return picture;
    };
    run.connect("picture", stream);
    return run;
}

std::vector<Analysed> found(const EffectRun& run)
{
    auto analysed = run.analysed();
    if (!analysed)
        qFatal("%s", analysed.error().message.c_str());
    return *analysed;
}

Film still(Pixel pixel)
{
    return [=](std::int64_t, int, int) { return pixel; };
}

bool near(double a, double b, double tolerance = 0.004)
{
    return std::fabs(a - b) <= tolerance;
}

/// A landscape that is the same wherever it is looked at from; another for each shot.
Pixel landscape(int shot, double x, double y)
{
    const double wave = std::sin(0.09 * x + shot) * std::cos(0.07 * y + 2 * shot), fine = std::sin(0.31 * x + 0.2 * y + 5 * shot);
    return {0.45 + 0.25 * wave + 0.1 * fine, 0.4 + 0.2 * std::sin(0.05 * y - shot) + 0.1 * fine, 0.3 + 0.05 * (shot % 5) + 0.2 * wave, 1};
}

double grain(std::int64_t frame, int x, int y)
{
    return 0.03 * (2 * randomUnit(1, static_cast<std::uint64_t>(frame), static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y)) - 1);
}

std::vector<std::int64_t> framesOf(const std::vector<Event>& events)
{
    std::vector<std::int64_t> frames;
    for (const Event& event : events)
        frames.push_back(frameAt(event.time, {25, 1}));
    return frames;
}

} // namespace

class PictureAnalysisTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMosaicIsTheMeanOfItsPixels()
    {
        Picture picture({0, 0, 37, 23});
        for (int plane = 0; plane < 4; ++plane)
            for (int y = 0; y < 23; ++y)
                for (int x = 0; x < 37; ++x)
                    picture.view().at(plane, x, y) = static_cast<float>(randomUnit(3, static_cast<std::uint64_t>(plane), static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y)));
        const Mosaic mosaic = mosaicOf(picture.view(), {2, 1, 37, 22}, 5, 50); // fewer rows than were asked: a pixel each
        QCOMPARE(mosaic.columns, 5);
        QCOMPARE(mosaic.rows, 21);
        for (int plane = 0; plane < 4; ++plane)
            for (int row = 0; row < 21; ++row)
                for (int column = 0; column < 5; ++column) {
                    double sum = 0;
                    for (int x = 2 + 7 * column; x < 9 + 7 * column; ++x)
                        sum += picture.view().at(plane, x, 1 + row);
                    QVERIFY(near(mosaic.planes[plane][static_cast<std::size_t>(row * 5 + column)], sum / 7, 1e-6));
                }
    }

    void aGlanceReadsEveryThirdRow()
    {
        Picture picture({0, 0, 4, 8});
        for (int plane = 0; plane < 4; ++plane)
            for (int y = 0; y < 8; ++y)
                for (int x = 0; x < 4; ++x)
                    picture.view().at(plane, x, y) = static_cast<float>(y);
        QCOMPARE(mosaicOf(picture.view(), {0, 0, 4, 8}, 1, 1, 3).planes[green][0], 3.0F); // rows 0, 3, 6
    }

    void brightnessIsWhatTheEyeSees()
    {
        const auto grey = found(watching("measure_brightness", 3, still({0.5, 0.5, 0.5, 1})));
        QCOMPARE(grey[0].values.size(), std::size_t{3});
        QVERIFY(near(grey[0].values[1], 0.5) && near(grey[1].values[1], 0.5) && near(grey[2].values[1], 0.5) && near(grey[3].values[1], 0, 1e-3));
        const auto halves = found(watching("measure_brightness", 1, [](std::int64_t, int x, int) { return Pixel{x < 80 ? 0.2 : 0.8, x < 80 ? 0.2 : 0.8, x < 80 ? 0.2 : 0.8, 1}; }));
        QVERIFY(near(halves[0].values[0], 0.5) && near(halves[1].values[0], 0.2) && near(halves[2].values[0], 0.8) && near(halves[3].values[0], 0.3));
        EffectRun lightIs = watching("measure_brightness", 1, still({0.5, 0.5, 0.5, 1}));
        lightIs.set("measure", std::int64_t{1});
        QVERIFY(near(found(lightIs)[0].values[0], light(0.5)));
    }

    void whatIsTransparentIsNotMeasured()
    {
        const auto seen = found(watching("measure_brightness", 1, [](std::int64_t, int x, int) { return Pixel{0.7, 0.7, 0.7, x < 120 ? 0.0 : 0.5}; }));
        QVERIFY(near(seen[0].values[0], 0.7));
        QVERIFY(near(found(watching("measure_brightness", 1, still({0, 0, 0, 0})))[0].values[0], 0));
    }

    void onlyThePartThatIsAskedIsMeasured()
    {
        EffectRun run = watching("measure_brightness", 1, [](std::int64_t, int x, int y) { return x >= 120 && y < 45 ? Pixel{1, 1, 1, 1} : Pixel{0, 0, 0, 1}; });
        QVERIFY(near(found(run)[0].values[0], 0.125));
        run.set("centre", Vec2{0.875, 0.25});
        run.set("size", Vec2{0.25, 0.5});
        QVERIFY(near(found(run)[0].values[0], 1));
    }

    void colourIsTheMeanAndItsHueGoesOnAround360()
    {
        const auto orange = found(watching("measure_colour", 1, still({1, 0.5, 0, 1})));
        QVERIFY(near(orange[0].values[0], 1) && near(orange[1].values[0], 0.5) && near(orange[2].values[0], 0));
        QVERIFY(near(orange[3].values[0], 30, 0.3) && near(orange[4].values[0], 1) && near(orange[5].values[0], 0.5));
        // Red turns by 24° a frame past 360.
        const Film turning = [](std::int64_t frame, int, int) {
            const auto part = [&](double at) { return 0.5 + 0.4 * std::cos((24.0 * static_cast<double>(frame) - at) * std::numbers::pi / 180); };
            return Pixel{part(0), part(120), part(240), 1};
        };
        EffectRun run = watching("measure_colour", 40, turning);
        const std::vector<double> hue = found(run)[3].values;
        for (std::size_t i = 1; i < hue.size(); ++i)
            QVERIFY2(near(hue[i] - hue[i - 1], 24, 0.5), qPrintable(QString::number(hue[i])));
        run.set("hue", std::int64_t{1});
        const std::vector<double> within = found(run)[3].values;
        QVERIFY(std::ranges::all_of(within, [](double value) { return value >= 0 && value < 360; }));
    }

    void greyKeepsTheLastHue()
    {
        const auto values = found(watching("measure_colour", 4, [](std::int64_t frame, int, int) { return frame < 2 ? Pixel{0, 0.8, 0, 1} : Pixel{0.5, 0.5, 0.5, 1}; }))[3].values;
        QVERIFY(near(values[1], 120, 0.3) && near(values[3], 120, 0.3));
    }

    void cutsAreFoundAndNothingElse()
    {
        // Shots that pan at all speeds in grain, one with light that changes, one with a flash of two frames.
        const std::vector<std::int64_t> cuts{30, 55, 90, 101, 140, 180};
        const Film film = [&](std::int64_t frame, int x, int y) {
            const auto shot = static_cast<int>(std::ranges::upper_bound(cuts, frame) - cuts.begin());
            Pixel pixel = landscape(shot, x + static_cast<double>(frame * (shot % 4) * 3), y);
            const double lit = shot == 2 ? 0.6 + 0.012 * static_cast<double>(frame - 55) : 1.0;
            for (std::size_t plane = 0; plane < 3; ++plane)
                pixel[plane] = std::clamp(frame == 160 || frame == 161 ? 0.95 : lit * pixel[plane] + grain(frame, x, y), 0.0, 1.0);
            return pixel;
        };
        EffectRun run = watching("scene_changes", 200, film);
        const auto scenes = found(run);
        QCOMPARE(framesOf(scenes[0].events), cuts);
        QCOMPARE(scenes[1].values.size(), std::size_t{200});
        run.set("first", true);
        QCOMPARE(framesOf(found(run)[0].events).front(), std::int64_t{0});
        run.set("first", false);
        run.set("flashes", true);
        QVERIFY(std::ranges::count(framesOf(found(run)[0].events), 160) == 1);
    }

    void motionIsNothingWhereNothingMoves()
    {
        const auto motion = found(watching("motion", 20, [](std::int64_t, int x, int y) { return landscape(1, x, y); }));
        QVERIFY(std::ranges::all_of(motion[0].values, [](double value) { return value == 0; }));
        QVERIFY(std::ranges::all_of(motion[1].values, [](double value) { return near(value, 0, 1e-6); }));
        QVERIFY(motion[4].events.empty() && motion[3].values[0] == 0);
    }

    void grainIsNoMotion()
    {
        EffectRun run = watching("motion", 20, [](std::int64_t frame, int x, int y) {
            Pixel pixel = landscape(1, x, y);
            for (std::size_t plane = 0; plane < 3; ++plane)
                pixel[plane] += grain(frame, x, y) / 4;
            return pixel;
        });
        run.set("normalize", false);
        QVERIFY(*std::ranges::max_element(found(run)[0].values) < 1e-3);
    }

    void whereAllMovesIsKnown()
    {
        // 3 px to the right and 2 px up a frame, at 25 frames a second.
        const auto motion = found(watching("motion", 12, [](std::int64_t frame, int x, int y) { return landscape(1, x - 3.0 * static_cast<double>(frame), y + 2.0 * static_cast<double>(frame)); }));
        for (std::size_t i = 1; i < 12; ++i) {
            QVERIFY2(near(motion[1].values[i], 3.0 * 25 / width, 0.07), qPrintable(QString::number(motion[1].values[i])));
            QVERIFY2(near(motion[2].values[i], -2.0 * 25 / height, 0.07), qPrintable(QString::number(motion[2].values[i])));
        }
    }

    void thePulseOfADanceIsItsTempo()
    {
        // A ball that jumps to the other side at 100 BPM.
        const auto motion = found(watching("motion", 300, [](std::int64_t frame, int x, int y) {
            const double beats = static_cast<double>(frame) / 25 * 100 / 60, beat = std::floor(beats), since = std::min((beats - beat) * 4, 1.0);
            const double side = std::fmod(beat, 2.0) < 1 ? since : 1 - since, dx = x - 40 - 80 * side, dy = y - 45;
            const double value = dx * dx + dy * dy < 400 ? 0.9 : 0.1;
            return Pixel{value, value, value, 1};
        }));
        QVERIFY2(near(motion[3].values[6], 100, 1), qPrintable(QString::number(motion[3].values[6])));
        QVERIFY(motion[4].events.size() >= 17 && motion[4].events.size() <= 21);
    }
};

QTEST_GUILESS_MAIN(PictureAnalysisTest)
#include "picture_analysis_test.moc"
