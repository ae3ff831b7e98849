// SPDX-License-Identifier: GPL-3.0-or-later
// Stylized pictures against what is written of them here.
#include "tests/support/painted_pictures.h"

#include <QTest>

using namespace artdag;

class StylizeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sortingOnlyMovesPixels_data();
    void sortingOnlyMovesPixels();
    void aWholeLineIsSortedFromDarkToBright();
    void whatIsBeyondTheThresholdsStays();
    void largePixelsAreMeans();
    void squareStonesAreMeans();
    void stonesOfOneColourAreThatColour();
    void aTornLineIsTheLineMoved();
    void brokenBlocksShowTheHeldFrame();
    void motionOfBlocksIsFound();
    void lettersFollowWhatTheyStandFor();
    void denserLettersForBrighterTones();
    void cartoonKeepsBlackWhiteAndFlatTones();
};

void StylizeTest::sortingOnlyMovesPixels_data()
{
    QTest::addColumn<double>("angle");
    for (const double angle : {0.0, 90.0, 180.0, 27.0, 118.5, -64.0})
        QTest::newRow(std::to_string(angle).c_str()) << angle;
}

void StylizeTest::sortingOnlyMovesPixels()
{
    QFETCH(double, angle);
    for (const std::int64_t key : {0, 1, 2, 5}) {
        const EffectRun run = prepared("pixelsort", painted(61, 43, motley), {{"angle", angle}, {"key", chosen(key)}});
        const Picture sorted = rendered(run);
        const Picture before = painted(61, 43, motley).picture(0, {0, 0, 61, 43});
        QCOMPARE(coloursOf(sorted.view(), sorted.rect()), coloursOf(before.view(), before.rect()));
        QVERIFY(coloursOf(sorted.view(), {10, 10, 14, 14}) != coloursOf(before.view(), {10, 10, 14, 14}));
    }
}

void StylizeTest::aWholeLineIsSortedFromDarkToBright()
{
    const auto lightAt = [](const Picture& picture, int x, int y) {
        double light = 0.0;
        const double weights[3] = {0.2126, 0.7152, 0.0722};
        for (int plane = 0; plane < 3; ++plane)
            light += weights[plane] * display(picture.view().at(plane, x, y));
        return light;
    };
    for (const bool reverse : {false, true}) {
        const Picture down = rendered(prepared("pixelsort", painted(20, 300, motley), {{"spans", chosen(4)}, {"reverse", reverse}}));
        const Picture left = rendered(prepared("pixelsort", painted(300, 20, motley), {{"spans", chosen(4)}, {"angle", 180.0}, {"reverse", reverse}}));
        for (int line = 0; line < 20; ++line)
            for (int i = 1; i < 300; ++i) {
                const double step = lightAt(down, line, i) - lightAt(down, line, i - 1), back = lightAt(left, i - 1, line) - lightAt(left, i, line);
                QVERIFY2(reverse ? step < 1e-4 && back < 1e-4 : step > -1e-4 && back > -1e-4, qPrintable(QString("line %1 at %2").arg(line).arg(i)));
            }
    }
}

void StylizeTest::whatIsBeyondTheThresholdsStays()
{
    const EffectRun run = prepared("pixelsort", painted(50, 50, motley), {{"low", 0.4}, {"high", 0.6}});
    const Picture sorted = rendered(run);
    const Picture before = painted(50, 50, motley).picture(0, {0, 0, 50, 50});
    int stayed = 0;
    for (int y = 0; y < 50; ++y)
        for (int x = 0; x < 50; ++x) {
            const double light = 0.2126 * display(before.view().at(red, x, y)) + 0.7152 * display(before.view().at(green, x, y)) + 0.0722 * display(before.view().at(blue, x, y));
            if (light > 0.399 && light < 0.601)
                continue;
            ++stayed;
            for (int plane = 0; plane < 3; ++plane)
                QVERIFY(std::fabs(sorted.view().at(plane, x, y) - before.view().at(plane, x, y)) < 1e-4);
        }
    QVERIFY(stayed > 500 && stayed < 2400);
}

void StylizeTest::largePixelsAreMeans()
{
    const EffectRun run = prepared("pixelate", painted(64, 48, motley), {{"cell", 8.0}});
    const Picture large = rendered(run);
    for (const auto& [x0, y0] : {std::pair{0, 0}, {24, 16}, {56, 40}})
        for (int plane = 0; plane < 3; ++plane) {
            double sum = 0.0;
            for (int y = y0; y < y0 + 8; ++y)
                for (int x = x0; x < x0 + 8; ++x)
                    sum += motley(x, y, 0)[static_cast<std::size_t>(plane)];
            for (int y = y0; y < y0 + 8; ++y)
                for (int x = x0; x < x0 + 8; ++x)
                    QVERIFY(std::fabs(large.view().at(plane, x, y) - sum / 64.0) < 1e-5);
        }
}

void StylizeTest::squareStonesAreMeans()
{
    const EffectRun run = prepared("mosaic", painted(64, 48, motley), {{"cell", 8.0}, {"shape", chosen(1)}, {"irregularity", 0.0}, {"grout", 0.0}, {"relief", 0.0}, {"variation", 0.0}});
    const Picture stones = rendered(run);
    const Picture pixels = rendered(prepared("pixelate", painted(64, 48, motley), {{"cell", 8.0}, {"centre", Vec2{0, 0}}}));
    for (int plane = 0; plane < 4; ++plane)
        for (int y = 0; y < 48; ++y)
            for (int x = 0; x < 64; ++x)
                QVERIFY2(std::fabs(stones.view().at(plane, x, y) - pixels.view().at(plane, x, y)) < 1e-5, qPrintable(QString("%1,%2").arg(x).arg(y)));
}

void StylizeTest::stonesOfOneColourAreThatColour()
{
    const EffectRun run = prepared("mosaic", grey(90, 70, 0.5F), {{"cell", 20.0}, {"grout", 0.0}, {"relief", 0.0}, {"variation", 0.0}, {"irregularity", 1.0}});
    const Picture stones = rendered(run);
    for (int y = 0; y < 70; ++y)
        for (int x = 0; x < 90; ++x)
            QVERIFY(std::fabs(stones.view().at(red, x, y) - linear(0.5F)) < 1e-6);
}

void StylizeTest::aTornLineIsTheLineMoved()
{
    const EffectRun run = prepared("glitch", painted(120, 90, motley), {{"amount", 1.0}, {"bursts", 0.0}, {"blocks", 0.0}, {"jumps", 0.0}, {"noise", 0.0}, {"split", 30.0}});
    const Picture before = painted(120, 90, motley).picture(0, {0, 0, 120, 90});
    int moved = 0;
    for (const std::int64_t frame : {1, 9}) {
        const Picture torn = rendered(run, frame);
        for (int y = 0; y < 90; ++y)
            for (int plane = 0; plane < 3; ++plane) {
                double sum = 0.0, expected = 0.0, apart = 0.0;
                for (int x = 0; x < 120; ++x) {
                    sum += torn.view().at(plane, x, y);
                    expected += before.view().at(plane, x, y);
                    apart += std::fabs(torn.view().at(plane, x, y) - before.view().at(plane, x, y));
                }
                QVERIFY2(std::fabs(sum - expected) < 1e-3, qPrintable(QString("row %1").arg(y)));
                moved += apart > 1.0 ? 1 : 0;
            }
    }
    QVERIFY(moved > 100);
}

void StylizeTest::brokenBlocksShowTheHeldFrame()
{
    // Red tells the frame; one second of hold at 30 frames begins at 30 and holds what was a quarter before.
    const Paint clock = [](int, int, std::int64_t frame) { return std::array<float, 4>{static_cast<float>(frame) / 256.0F, 0.5F, 0.25F, 1.0F}; };
    const auto run = [&](double corruption) {
        return prepared("datamosh", painted(320, 180, clock), {{"corruption", corruption}, {"offset", 0.0}, {"ghost", 0.0}, {"colour", 0.0}, {"block", 8.0}, {"hold", Moment{flicksPerSecond}}});
    };
    const auto stale = [&](double corruption, std::int64_t frame) {
        const Picture picture = rendered(run(corruption), frame);
        int held = 0;
        for (int y = 0; y < 180; ++y)
            for (int x = 0; x < 320; ++x) {
                const float shown = picture.view().at(red, x, y) * 256.0F;
                if (std::fabs(shown - 23.0F) < 0.01F)
                    ++held;
                else if (std::fabs(shown - static_cast<float>(frame)) > 0.01F)
                    return -1.0;
            }
        return held / (320.0 * 180.0);
    };
    QCOMPARE(stale(1.0, 45), 1.0);
    const double late = stale(0.5, 59), early = stale(0.5, 30);
    QVERIFY2(late > 0.35 && late < 0.65, qPrintable(QString::number(late)));
    QVERIFY2(early > 0.05 && early < late, qPrintable(QString::number(early)));
    QVERIFY(stale(0.1, 59) < 0.25);
}

void StylizeTest::motionOfBlocksIsFound()
{
    const auto look = [](int x, int y, std::int64_t) {
        const auto light = static_cast<float>(0.5 + 0.3 * std::sin(x * 0.21 + 0.4 * std::cos(y * 0.13)) * std::cos(y * 0.17));
        return std::array<float, 4>{light, light, light, 1.0F};
    };
    const Rect whole{0, 0, 200, 160};
    const Picture before = painted(200, 160, look).picture(0, whole);
    const Picture after = painted(200, 160, [&](int x, int y, std::int64_t frame) { return look(x - 6, y + 9, frame); }).picture(0, whole);
    const CellGrid grid{2.0, 2.0};
    const Motion motion = motionOf(LightGrid(before.view(), grid), LightGrid(after.view(), grid), {30, 30, 42, 42}, 8);
    QVERIFY2(std::fabs(motion.x * 2.0 - 6.0) < 0.5 && std::fabs(motion.y * 2.0 + 9.0) < 0.5, qPrintable(QString("%1, %2").arg(motion.x * 2.0).arg(motion.y * 2.0)));
    const Motion none = motionOf(LightGrid(before.view(), grid), LightGrid(before.view(), grid), {30, 30, 42, 42}, 8);
    QVERIFY(none.x == 0.0 && none.y == 0.0);
}

/// How much ink lies in a part of one cell of 24 × 36 px.
double inkIn(const Picture& picture, const Rect& part)
{
    double sum = 0.0;
    for (int y = part.y0; y < part.y1; ++y)
        for (int x = part.x0; x < part.x1; ++x)
            sum += picture.view().at(red, x, y);
    return sum / (static_cast<double>(part.width()) * part.height());
}

void StylizeTest::lettersFollowWhatTheyStandFor()
{
    const auto typed = [](const Paint& paint) {
        return rendered(prepared("ascii_art", painted(24, 36, paint),
            {{"cell", 24.0}, {"letters", std::string("|-_/\\")}, {"colours", chosen(2)}, {"ink", Colour{1, 1, 1, 1}}, {"background", Colour{0, 0, 0, 1}}, {"shade", 0.0}, {"contrast", 0.0}}));
    };
    const auto line = [](bool lit) { return std::array<float, 4>{lit ? 1.0F : 0.0F, lit ? 1.0F : 0.0F, lit ? 1.0F : 0.0F, 1.0F}; };
    const Picture upright = typed([&](int x, int, std::int64_t) { return line(x >= 9 && x < 15); });
    QVERIFY(inkIn(upright, {9, 2, 14, 10}) > 0.5);
    const Picture level = typed([&](int, int y, std::int64_t) { return line(y >= 14 && y < 20); });
    QVERIFY(inkIn(level, {3, 14, 21, 20}) > 0.4 && inkIn(level, {0, 0, 24, 10}) == 0.0);
    const Picture rising = typed([&](int x, int y, std::int64_t) { return line(std::abs(x * 36 + y * 24 - 36 * 24) < 200); });
    QVERIFY(inkIn(rising, {14, 2, 24, 14}) > 0.15 && inkIn(rising, {0, 2, 8, 12}) == 0.0);
}

void StylizeTest::denserLettersForBrighterTones()
{
    double before = -1.0;
    for (const float tone : {0.0F, 0.25F, 0.5F, 0.75F, 1.0F}) {
        const EffectRun run = prepared("ascii_art", grey(24, 36, tone), {{"cell", 24.0}, {"colours", chosen(2)}, {"ink", Colour{1, 1, 1, 1}}, {"background", Colour{0, 0, 0, 1}}, {"shade", 0.0}});
        const double ink = meanOf(rendered(run), red, false);
        QVERIFY2(ink > before + 0.02, qPrintable(QString("%1 after %2").arg(ink).arg(before)));
        before = ink;
    }
    EffectRun font = prepared("ascii_art", grey(24, 36, 1.0F), {{"cell", 24.0}, {"letters", std::string("IW")}, {"colours", chosen(2)}, {"font", ContentId{{5}}}});
    QVERIFY(meanOf(rendered(font), green, false) > 0.25);
}

void StylizeTest::cartoonKeepsBlackWhiteAndFlatTones()
{
    for (const auto& [tone, expected] : {std::pair{0.0F, 0.0F}, {1.0F, 1.0F}, {0.5F, 0.5F}}) {
        const EffectRun run = prepared("cartoon", grey(50, 40, tone), {{"levels", chosen(4)}, {"sharpness", 1.0}});
        const Picture drawn = rendered(run);
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 50; ++x)
                QVERIFY2(std::fabs(display(drawn.view().at(red, x, y)) - expected) < 1.0F / 255.0F, qPrintable(QString("%1 of %2").arg(display(drawn.view().at(red, x, y))).arg(tone)));
    }
    // A step of light gets a line on its dark side.
    const EffectRun run = prepared("cartoon", painted(80, 40, [](int x, int, std::int64_t) {
        const float light = linear(x < 40 ? 0.3F : 0.9F);
        return std::array<float, 4>{light, light, light, 1.0F};
    }),
        {{"lines", 1.0}, {"line_colour", Colour{1, 0, 0, 1}}, {"saturation", 1.0}});
    const Picture drawn = rendered(run);
    double most = 0.0;
    for (int x = 30; x < 50; ++x)
        most = std::max(most, static_cast<double>(drawn.view().at(red, x, 20) - drawn.view().at(green, x, 20)));
    QVERIFY(most > 0.5);
    QVERIFY(std::fabs(drawn.view().at(red, 5, 20) - drawn.view().at(green, 5, 20)) < 1e-4);
}

QTEST_GUILESS_MAIN(StylizeTest)
#include "stylize_test.moc"
