// SPDX-License-Identifier: GPL-3.0-or-later
// Which frame an effect shows, how long it lasts and how large it is: what pixels alone do not say.
#include "tests/support/run_effect.h"

#include "core/effect/catalogue.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace artdag;

namespace {

const Effect& named(std::string_view name)
{
    return *builtinEffects().find(name)->effect;
}

Moment seconds(double value)
{
    return {static_cast<Flicks>(value * static_cast<double>(flicksPerSecond))};
}

/// Every pixel of frame n has red = n / 1024 and blue = `look`: a picture that tells where it comes from.
TestStream counter(std::int64_t frames, float look, int width = 8, int height = 6)
{
    TestStream stream{{PortType::Picture, width, height, frames}};
    stream.picture = [=](std::int64_t frame, Rect part) {
        Picture picture(part);
        for (int y = part.y0; y < part.y1; ++y)
            for (int x = part.x0; x < part.x1; ++x) {
                picture.view().at(red, x, y) = static_cast<float>(frame) / 1024;
                picture.view().at(green, x, y) = 0;
                picture.view().at(blue, x, y) = look;
                picture.view().at(alpha, x, y) = 1;
            }
        return picture;
    };
    return stream;
}

struct Shown {
    double frame, look;
};
Shown shown(const EffectRun& run, std::int64_t frame)
{
    const auto picture = run.picture(frame);
    CHECK(picture);
    return {picture->view().at(red, 3, 3) * 1024.0, picture->view().at(blue, 3, 3)};
}

std::vector<std::int64_t> cutsOf(const EffectRun& run)
{
    std::vector<std::int64_t> cuts;
    run.withCall([&](const Call& call) { call.effect.cuts(call, cuts); });
    return cuts;
}

} // namespace

class TimeAndSizeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSequenceCutsFromItemToItem();
    void aCrossfadeMixesEvenlyAndShortens();
    void crossfadesOfAShortItemDoNotMeet();
    void onlyTheLastItemMayBeEndless();
    void aSegmentShiftsPictureAndSound();
    void aFadeBeginsAndEndsInItsColour();
    void mediaPlaysAtItsOwnSpeed();
    void blendRefusesOtherSizesAndSaysWhatHelps();
    void resizeKeepsTheShapeOrNot_data();
    void resizeKeepsTheShapeOrNot();
    void cropMovesPixelsExactly();
    void layerPlacesItsItems();
};

void TimeAndSizeTest::aSequenceCutsFromItemToItem()
{
    EffectRun run(named("sequence"));
    run.connect("items", counter(10, 0.1F));
    run.connect("items", counter(5, 0.2F));
    run.connect("items", counter(7, 0.3F));
    QCOMPARE(run.facts()->front().frames, 22);
    QCOMPARE(shown(run, 9).frame, 9.0);
    QCOMPARE(shown(run, 10).frame, 0.0);
    QCOMPARE(float(shown(run, 10).look), 0.2F);
    QCOMPARE(shown(run, 15).frame, 0.0);
    QCOMPARE(float(shown(run, 21).look), 0.3F);
    QCOMPARE(shown(run, 99).frame, 6.0); // the end holds
    QCOMPARE(cutsOf(run), (std::vector<std::int64_t>{10, 15}));
}

void TimeAndSizeTest::aCrossfadeMixesEvenlyAndShortens()
{
    EffectRun run(named("sequence"));
    run.connect("items", counter(30, 0.0F));
    run.connect("items", counter(30, 1.0F));
    run.setItem(0, "transition", std::int64_t{1});
    run.setItem(0, "overlap", seconds(0.1)); // 3 frames
    QCOMPARE(run.facts()->front().frames, 57);
    QCOMPARE(shown(run, 26).look, 0.0);
    for (int i = 0; i < 3; ++i)
        QVERIFY(std::fabs(shown(run, 27 + i).look - (i + 1) / 4.0) < 1e-6);
    QCOMPARE(shown(run, 30).look, 1.0);
    QCOMPARE(shown(run, 30).frame, 3.0); // its first three were in the crossfade
    QCOMPARE(cutsOf(run), (std::vector<std::int64_t>{27, 30}));
}

void TimeAndSizeTest::crossfadesOfAShortItemDoNotMeet()
{
    EffectRun run(named("sequence"));
    run.connect("items", counter(20, 0.0F));
    run.connect("items", counter(4, 0.5F));
    run.connect("items", counter(20, 1.0F));
    for (std::size_t item = 0; item < 2; ++item) {
        run.setItem(item, "transition", std::int64_t{1});
        run.setItem(item, "overlap", seconds(0.1));
    }
    QCOMPARE(run.facts()->front().frames, 20 + 4 + 20 - 3 - 1); // one frame is left for the second
    double before = -1;
    for (std::int64_t frame = 0; frame < 40; ++frame) {
        QVERIFY(shown(run, frame).look >= before);
        before = shown(run, frame).look;
    }
}

void TimeAndSizeTest::onlyTheLastItemMayBeEndless()
{
    EffectRun good(named("sequence"));
    good.connect("items", counter(5, 0));
    good.connect("items", counter(StreamFacts::endless, 0));
    QCOMPARE(good.facts()->front().frames, StreamFacts::endless);
    EffectRun bad(named("sequence"));
    bad.connect("items", counter(StreamFacts::endless, 0));
    bad.connect("items", counter(5, 0));
    const auto facts = bad.facts();
    QVERIFY(!facts && facts.error().fault == Fault::BadInput && facts.error().message.find("item 1") != std::string::npos);
}

void TimeAndSizeTest::aSegmentShiftsPictureAndSound()
{
    EffectRun run(named("segment"));
    run.connect("picture", counter(60, 0));
    run.connect("sound", testSound(96000));
    run.set("start", seconds(0.5));
    run.set("duration", seconds(1.0));
    const auto facts = *run.facts();
    QCOMPARE(facts[0].frames, 30);
    QCOMPARE(facts[1].samples, 48000);
    QCOMPARE(shown(run, 0).frame, 15.0);
    QCOMPARE(shown(run, 29).frame, 44.0);
    const auto sound = run.sound({-100, 48200}, 1);
    const Sound whole = testSound(96000).sound({24000, 48000});
    QVERIFY(sound);
    QCOMPARE(sound->channel(0)[99], 0.0F); // before it
    QCOMPARE(sound->channel(0)[100], whole.channel(0)[0]);
    QCOMPARE(sound->channel(1)[100 + 47999], whole.channel(1)[47999]);
    QCOMPARE(sound->channel(1)[100 + 48000], 0.0F); // after it
}

void TimeAndSizeTest::aFadeBeginsAndEndsInItsColour()
{
    EffectRun run(named("fade"));
    run.connect("picture", counter(60, 1.0F));
    run.set("in", seconds(0.5));
    run.set("out", seconds(1.0));
    QCOMPARE(shown(run, 0).look, 0.0);
    QCOMPARE(shown(run, 59).look, 0.0);
    QCOMPARE(shown(run, 15).look, 1.0);
    QCOMPARE(shown(run, 29).look, 1.0);
    QVERIFY(shown(run, 7).look > 0.1 && shown(run, 7).look < 0.4); // half way in display space is a fifth of the light
    run.set("colour", Colour{0, 0, 0, 0});
    QCOMPARE(run.picture(0)->view().at(alpha, 1, 1), 0.0F);
}

void TimeAndSizeTest::mediaPlaysAtItsOwnSpeed()
{
    // Ten pictures a second at 30 frames a second: each is shown three times.
    EffectRun run(named("media"));
    QCOMPARE(run.facts()->front().frames, 60);
    QCOMPARE(run.facts()->back().samples, 96000);
    auto same = [&](std::int64_t a, std::int64_t b) { return run.picture(a)->view().at(red, 4, 3) == run.picture(b)->view().at(red, 4, 3); };
    QVERIFY(same(0, 2) && same(3, 5) && !same(2, 3) && !same(5, 6));
    QCOMPARE(run.facts()->front().width, 10); // 96 px at a tenth
    run.set("fit", std::int64_t{2});
    QCOMPARE(run.facts()->front().width, 192);
}

void TimeAndSizeTest::blendRefusesOtherSizesAndSaysWhatHelps()
{
    EffectRun run(named("blend"));
    run.connect("below", counter(5, 0, 8, 6));
    run.connect("above", counter(5, 0, 9, 6));
    const auto facts = run.facts();
    QVERIFY(!facts && facts.error().fault == Fault::BadInput);
    for (const char* word : {"below is 8×6", "above 9×6", "resize"})
        QVERIFY2(facts.error().message.find(word) != std::string::npos, word);
}

void TimeAndSizeTest::resizeKeepsTheShapeOrNot_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<bool>("cornerShows"); // of the picture, which is red
    QTest::newRow("fit") << 0 << 45 << 60 << true;
    QTest::newRow("fill") << 1 << 100 << 60 << true;
    QTest::newRow("stretch") << 2 << 100 << 60 << true;
    QTest::newRow("pad") << 3 << 100 << 60 << false;
}

void TimeAndSizeTest::resizeKeepsTheShapeOrNot()
{
    QFETCH(int, mode);
    EffectRun run(named("resize"));
    run.connect("picture", counter(1024, 1, 30, 40));
    run.set("width", 1000.0); // at a tenth
    run.set("height", 600.0);
    run.set("mode", std::int64_t{mode});
    const StreamFacts facts = run.facts()->front();
    QTEST(facts.width, "width");
    QTEST(facts.height, "height");
    const auto picture = run.picture(512);
    QVERIFY(picture);
    QFETCH(bool, cornerShows);
    QCOMPARE(picture->view().at(red, 0, 0) > 0.4F, cornerShows);
    QVERIFY(std::fabs(picture->view().at(red, facts.width / 2, facts.height / 2) - 0.5F) < 1e-4);
    QVERIFY(std::fabs(picture->view().at(alpha, 0, 0) - 1.0F) < 1e-5);
}

void TimeAndSizeTest::cropMovesPixelsExactly()
{
    EffectRun run(named("crop"));
    run.connect("picture", testPicture(60, 50));
    run.set("left", 70.0);
    run.set("top", 40.0);
    run.set("width", 200.0);
    run.set("height", 9000.0);
    const StreamFacts facts = run.facts()->front();
    QCOMPARE(facts.width, 20);
    QCOMPARE(facts.height, 46);
    const Picture whole = testPicture(60, 50).picture(2, {0, 0, 60, 50});
    QCOMPARE(run.picture(2)->view().at(green, 5, 6), whole.view().at(green, 12, 10));
}

void TimeAndSizeTest::layerPlacesItsItems()
{
    EffectRun run(named("layer"));
    run.connect("items", counter(4, 0.25F, 192, 108));
    run.connect("items", counter(9, 0.75F, 20, 10));
    run.setItem(1, "position", Vec2{0.25, 0.5});
    run.setItem(1, "opacity", 0.5);
    QCOMPARE(run.facts()->front().frames, 9);
    const auto picture = run.picture(0);
    QVERIFY(picture);
    auto at = [&](int x, int y) { return picture->view().at(blue, x, y); };
    QCOMPARE(at(37, 54), 0.25F); // 48 − 10 is its left border
    QCOMPARE(at(38, 54), 0.5F);
    QCOMPARE(at(57, 54), 0.5F);
    QCOMPARE(at(58, 54), 0.25F);
    QCOMPARE(at(48, 48), 0.25F);
    QCOMPARE(at(48, 49), 0.5F);
    QCOMPARE(at(48, 58), 0.5F);
    QCOMPARE(at(48, 59), 0.25F);
}

QTEST_APPLESS_MAIN(TimeAndSizeTest)
#include "time_and_size_test.moc"
