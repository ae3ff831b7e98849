// SPDX-License-Identifier: GPL-3.0-or-later
// The viewer's and the timeline's rules without a window: timecode, flashes, keys, scopes, handles, markers, items.
#include "core/effect/catalogue.h"
#include "core/graph/graph.h"
#include "tests/ui/viewer_sample.h"
#include "ui/film_reel.h"
#include "ui/flash_meter.h"
#include "ui/item_pieces.h"
#include "ui/key_curve.h"
#include "ui/markers.h"
#include "ui/overlay.h"
#include "ui/pixel_probe.h"
#include "ui/scope.h"
#include "ui/time_text.h"
#include "ui/timeline_commands.h"
#include "ui/view_camera.h"
#include "ui/viewer_commands.h"

#include <QPainter>
#include <QtTest>

using namespace artdag;

namespace {
/// Black and white by turns at a rate, over a part of the picture's width; whether the meter says that it flashes too often.
bool flashes(double perSecond, int dark, int bright, double part = 1)
{
    FlashMeter meter;
    for (int frame = 0; frame < 180; ++frame) {
        const double seconds = frame / 60.0;
        QImage picture(640, 360, QImage::Format_RGBX8888);
        picture.fill(QColor(dark, dark, dark));
        const int value = std::fmod(seconds * perSecond, 1) < 0.5 ? bright : dark;
        QPainter(&picture).fillRect(0, 0, static_cast<int>(640 * part), 360, QColor(value, value, value));
        meter.add(seconds, picture);
    }
    return meter.found().has_value();
}

PreviewPicture pictureOf(std::int64_t frame)
{
    PreviewPicture picture;
    picture.frame = frame;
    picture.image = QImage(10, 10, QImage::Format_RGBX8888);
    return picture;
}
} // namespace

class ViewerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void timecodeDropsNumbersToKeepToTheClock()
    {
        const Rate ntsc{30000, 1001};
        QCOMPARE(timeText(1799, ntsc, TimeStyle::Smpte), QStringLiteral("00:00:59;29"));
        QCOMPARE(timeText(1800, ntsc, TimeStyle::Smpte), QStringLiteral("00:01:00;02"));
        QCOMPARE(timeText(17981, ntsc, TimeStyle::Smpte), QStringLiteral("00:09:59;29"));
        QCOMPARE(timeText(17982, ntsc, TimeStyle::Smpte), QStringLiteral("00:10:00;00"));
        QCOMPARE(timeText(107892, ntsc, TimeStyle::Smpte), QStringLiteral("01:00:00;00"));
        QCOMPARE(timeText(3600, {60000, 1001}, TimeStyle::Smpte), QStringLiteral("00:01:00;04"));
        QCOMPARE(timeText(1500, {25, 1}, TimeStyle::Smpte), QStringLiteral("00:01:00:00"));
        QCOMPARE(timeText(24, {24000, 1001}, TimeStyle::Smpte), QStringLiteral("00:00:01:00"));
        QCOMPARE(timeText(42, {10, 1}, TimeStyle::Frames), QStringLiteral("42"));
        QCOMPARE(timeText(42, {10, 1}, TimeStyle::Seconds), QStringLiteral("0:04.20"));
    }

    void aStrobeAboveThreeHertzIsFound()
    {
        QVERIFY(flashes(4, 0, 255));
        QVERIFY(flashes(3.5, 0, 255));
        QVERIFY(flashes(10, 40, 160));
        QVERIFY(!flashes(3, 0, 255));
        QVERIFY(!flashes(2, 0, 255));
    }
    void whatWcagAllowsIsNotFound()
    {
        QVERIFY(!flashes(10, 100, 110));     // less than a tenth of the luminance
        QVERIFY(!flashes(10, 235, 255));     // both bright
        QVERIFY(!flashes(10, 0, 255, 0.03)); // too small
        QVERIFY(flashes(10, 0, 255, 0.2));
    }

    void keysAreWrittenAsTheyWereRead()
    {
        const auto json = readJson(R"({"keys": [[0, 1], [1, 3, "smooth"], [2.5, 2, [0.65, 0, 0.35, 1]]]})");
        QVERIFY(json.has_value());
        QVERIFY(argumentOfKeys(keysOf(*json, {10, 1})) == *json);
    }
    void aKeyAtAFrameTakesThePlaceOfTheOneThere()
    {
        std::vector<CurveKey> keys = keysOf(*readJson(R"({"keys": [[0, 1], [1, 3, "hold"]]})"), {10, 1});
        keys = withKey(std::move(keys), 1.01, 5, {10, 1});
        QCOMPARE(keys.size(), std::size_t{2});
        QCOMPARE(keys[1].value.get<int>(), 5);
        QVERIFY(keys[1].ease == "hold");
        keys = withKey(std::move(keys), 0.5, 2, {10, 1});
        QCOMPARE(keys.size(), std::size_t{3});
        QCOMPARE(keys[1].time, 0.5);
    }
    void betweenKeysValuesFollowTheEase()
    {
        const std::vector<CurveKey> keys = keysOf(*readJson(R"({"keys": [[0, [0, 10]], [1, [4, 20], "hold"], [2, [0, 0]]]})"), {10, 1});
        QCOMPARE(numbersAt(keys, 0.5), (std::vector<double>{2, 15}));
        QCOMPARE(numbersAt(keys, 1.9), (std::vector<double>{4, 20}));
        QCOMPARE(numbersAt(keys, -1), (std::vector<double>{0, 10}));
        QCOMPARE(numbersAt(keys, 3), (std::vector<double>{0, 0}));
    }

    void markersAreKeptAndComputeNothing()
    {
        ReadRecipe read = readRecipe(viewerSample);
        QVERIFY(read.ok());
        const Recipe marked = withToggledMarker(withToggledMarker(read.recipe, 7), 3);
        QCOMPARE(markersOf(marked).size(), std::size_t{2});
        QCOMPARE(markersOf(marked).front().time, 0.3);
        const std::string text = writeRecipe(marked);
        const ReadRecipe again = readRecipe(text);
        QVERIFY2(again.problems.empty(), again.problems.empty() ? "" : again.problems.front().message.c_str());
        QCOMPARE(writeRecipe(again.recipe), text);
        QVERIFY(graphHash(marked, builtinEffects()) == graphHash(read.recipe, builtinEffects()));
        QCOMPARE(writeRecipe(withToggledMarker(withToggledMarker(again.recipe, 7), 3)), writeRecipe(read.recipe));
    }
    void aMarkerWithoutATimeIsAProblem()
    {
        const ReadRecipe read = readRecipe(R"({"artdag": 1, "title": "x", "canvas": {"width": 16, "height": 16, "rate": [10, 1], "sampleRate": 48000, "duration": 1, "workingSpace": "linear-bt709"}, "nodes": {}, "outputs": {}, "markers": [{"title": "here"}]})");
        QCOMPARE(read.problems.size(), std::size_t{1});
        QCOMPARE(read.problems.front().pointer, std::string("/markers/0"));
    }

    void handlesAreWhatTheDescriptionPlacesInThePicture_data()
    {
        QTest::addColumn<QString>("effect");
        QTest::addColumn<QString>("shapes");
        QTest::newRow("shapes") << "shapes"
                                << "place box turn";
        QTest::newRow("mirror") << "mirror"
                                << "turn place";
        QTest::newRow("julia's constant is no place") << "julia"
                                                      << "";
        QTest::newRow("an offset in cells is no place") << "noise"
                                                        << "";
        QTest::newRow("displace") << "displace"
                                  << "vector";
        QTest::newRow("a part of the picture") << "measure_brightness"
                                               << "place box";
    }
    void handlesAreWhatTheDescriptionPlacesInThePicture()
    {
        QFETCH(QString, effect);
        QFETCH(QString, shapes);
        Recipe recipe;
        recipe.nodes.push_back({.name = "it", .effect = effect.toStdString()});
        static constexpr const char* names[] = {"place", "box", "vector", "turn"};
        QStringList found;
        const std::vector<OverlayHandle> handles = overlayHandles(fieldsOfCard(recipe, builtinEffects(), "it"));
        for (const OverlayHandle& handle : handles)
            found << QString::fromLatin1(names[static_cast<int>(handle.shape)]);
        if (effect == QLatin1String("julia") || effect == QLatin1String("noise"))
            found.removeAll(QStringLiteral("turn"));
        QCOMPARE(found.join(QLatin1Char(' ')), shapes);
        if (effect == QLatin1String("shapes"))
            QCOMPARE(handles[1].anchor, std::size_t{0}); // the size lies around the position
    }

    void aScopeCountsWhatIsThere()
    {
        QImage ramp(256, 16, QImage::Format_RGBX8888);
        for (int x = 0; x < 256; ++x)
            for (int y = 0; y < 16; ++y)
                ramp.setPixelColor(x, y, QColor(x, x, x));
        const std::vector<int> counts = lumaCounts(ramp);
        QVERIFY(std::ranges::all_of(counts, [](int count) { return count == 16; }));
        // A ramp is a line from the lower left to the upper right of the waveform.
        const QImage wave = scopeImage(ScopeKind::Waveform, ramp, {256, 256}, Qt::white);
        QVERIFY(qAlpha(wave.pixel(20, 235)) > 100 && qAlpha(wave.pixel(235, 20)) > 100);
        QVERIFY(qAlpha(wave.pixel(20, 20)) < 60 && qAlpha(wave.pixel(235, 235)) < 60);
        for (const ScopeKind kind : {ScopeKind::Histogram, ScopeKind::Parade, ScopeKind::Vectorscope})
            QVERIFY(!scopeImage(kind, ramp, {120, 80}, Qt::white).isNull());
    }
    void aVectorscopePointsRedUpLeftAndGreyToTheMiddle()
    {
        QImage red(8, 8, QImage::Format_RGBX8888);
        red.fill(QColor(191, 0, 0));
        const QImage scope = scopeImage(ScopeKind::Vectorscope, red, {100, 100}, Qt::white);
        // Cr of red is half of its value: 0.75 · 0.5 above the middle; Cb −0.75 · 0.1146 to its left.
        QVERIFY(qAlpha(scope.pixel(41, 12)) > 150);
        QVERIFY(qAlpha(scope.pixel(70, 70)) < 60);
    }

    void aPixelIsReadInLinearLightAndAsItIsShown()
    {
        Picture picture({0, 0, 4, 2});
        const PictureView view = picture.view();
        clear(view);
        view.at(0, 3, 1) = 0.5F;
        view.at(3, 3, 1) = 0.5F;
        const auto pixels = std::make_shared<const Picture>(std::move(picture));
        const auto pixel = pixelOf(pixels, {0.9, 0.9});
        QVERIFY(pixel.has_value());
        QCOMPARE(pixel->linear[0], 0.5);
        QCOMPARE(pixel->bytes[0], 188); // sRGB of 0.5
        QCOMPARE(pixel->bytes[3], 128);
        QCOMPARE(pixel->hex(), QStringLiteral("#bc0000"));
        QVERIFY(!pixelOf(pixels, {1.0, 0.5}) && !pixelOf(pixels, {-0.1, 0.5}));
    }
    void channelsAreShownAlone()
    {
        Picture picture({0, 0, 2, 1});
        clear(picture.view());
        picture.view().at(0, 0, 0) = 1;
        picture.view().at(3, 0, 0) = 1;
        QCOMPARE(displayImage(picture, Channels::Red).pixelColor(0, 0), QColor(255, 255, 255));
        QCOMPARE(displayImage(picture, Channels::Green).pixelColor(0, 0), QColor(0, 0, 0));
        QCOMPARE(displayImage(picture, Channels::Alpha).pixelColor(0, 0), QColor(255, 255, 255));
        QCOMPARE(displayImage(picture, Channels::Alpha).pixelColor(1, 0), QColor(0, 0, 0));
        QVERIFY(displayImage(picture, Channels::Checker).pixelColor(1, 0).red() > 60); // the board is seen through
        QCOMPARE(displayImage(picture, Channels::Checker).pixelColor(0, 0), QColor(255, 0, 0));
    }

    void zoomingKeepsWhatIsUnderTheCursor()
    {
        ViewCamera camera;
        camera.setView({600, 400}, 1);
        camera.setPicture({320, 180});
        QVERIFY(camera.isFitted() && camera.text().startsWith(QStringLiteral("Fit")));
        const QPointF cursor(210, 170);
        const QPointF before = camera.toPicture(cursor);
        camera.zoomBy(3, cursor);
        const QPointF away = camera.toView(before) - cursor;
        QVERIFY2(std::hypot(away.x(), away.y()) < 1, qPrintable(QStringLiteral("%1 %2").arg(away.x()).arg(away.y())));
        QVERIFY(camera.isNearest());
        camera.oneToOne();
        QCOMPARE(camera.rect().size(), QSizeF(320, 180));
        QVERIFY(!camera.isNearest());
        camera.fit();
        QCOMPARE(camera.rect().width(), 600.0);
    }

    void theReelForgetsWhatIsFarthestFromThePlayhead()
    {
        FilmReel reel(10 * 400);
        for (std::int64_t frame = 0; frame < 20; ++frame)
            reel.put(pictureOf(frame), 19);
        QVERIFY(reel.bytes() <= 4000);
        QVERIFY(reel.find(9) == nullptr && reel.find(10) != nullptr && reel.find(19) != nullptr);
        QCOMPARE(reel.due(14, 12, false)->frame, std::int64_t{14});
        QVERIFY(reel.due(14, 14, false) == nullptr);
        QCOMPARE(reel.due(14, 16, true)->frame, std::int64_t{14});
        QVERIFY(reel.due(14, 14, true) == nullptr);
    }

    void aSplitItemGoesOnWhereItsFirstHalfEnds()
    {
        const Recipe recipe = readRecipe(viewerSample).recipe;
        const Result<Recipe> split = withSplit(recipe, "edit", "items", 0, 4, {0, 10});
        QVERIFY(split.has_value());
        const auto& items = std::get<std::vector<Item>>(split->node("edit")->port("items")->value);
        QCOMPARE(items.size(), std::size_t{3});
        QVERIFY(*items[0].out == 0.4 && *items[1].in == 0.4 && *items[1].out == 1);
        QCOMPARE(items[1].from->node, std::string("red"));
        QVERIFY(!items[1].id.empty() && items[1].id != items[0].id);
        QVERIFY(!withSplit(recipe, "edit", "items", 0, 0, {0, 10}));
        QVERIFY(!withSplit(recipe, "edit", "items", 9, 4, {0, 10}));
    }

    void everyKeyGivesOneCommand()
    {
        for (const auto commands : {viewerCommands(), timelineCommands()}) {
            std::set<QString> keys;
            for (const Command& command : commands)
                for (const QString& key : QString::fromLatin1(command.keys).split(QStringLiteral("; "), Qt::SkipEmptyParts))
                    QVERIFY2(keys.insert(key).second, qPrintable(key));
        }
    }
};

QTEST_MAIN(ViewerTest)
#include "viewer_test.moc"
