// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/media_uses.h"
#include "core/workflow/render_orders.h"

#include "core/base/files.h"

#include <QtTest>

using namespace artdag;

namespace {
const std::string one = "sha3-256:" + std::string(64, '1');
const std::string two = "sha3-256:" + std::string(64, '2');

Recipe sample()
{
    Recipe recipe;
    recipe.inputs.push_back({.name = "clip", .title = "Harbour", .fallback = one});
    recipe.inputs.push_back({.name = "open"});
    Node words;
    words.name = "words";
    words.effect = "text";
    words.args = {{"font", two}, {"text", "sha3-256: is a hash"}, {"again", Json::array({one, 3})}};
    recipe.nodes.push_back(words);
    return recipe;
}
} // namespace

class MediaUsesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachContentIsListedOnceWithAllItsPlaces()
    {
        const std::vector<MediaUse> uses = mediaUsesOf(sample());
        QCOMPARE(uses.size(), std::size_t{2});
        QCOMPARE(uses[0].name, std::string("Harbour"));
        QCOMPARE(uses[0].id.text(), one);
        QCOMPARE(uses[0].places, (std::vector<std::string>{"clip", "words.again"}));
        QCOMPARE(uses[1].places, std::vector<std::string>{"words.font"});
    }

    void otherContentTakesEveryPlaceAndNothingElse()
    {
        const auto id = [](const std::string& text) { return *nameOfText<ContentId>(text); };
        const Recipe replaced = replaceMedia(sample(), id(one), id(two));
        QCOMPARE(replaced.inputs[0].fallback, two);
        QCOMPARE(replaced.nodes[0].args[2].second, Json::array({two, 3}));
        QCOMPARE(replaced.nodes[0].args[1].second, sample().nodes[0].args[1].second);
        QCOMPARE(writeRecipe(replaceMedia(replaced, id(one), id(two))), writeRecipe(replaced));
    }

    void ordersComeBackAsTheyWereWritten()
    {
        const auto folder = TemporaryDirectory::make();
        const auto file = folder->path() / "studio" / "queue.json";
        QVERIFY(readRenderOrders(file)->empty());
        const std::vector<RenderOrder> orders{{"1", "recipe \"one\"\n", "One", "film", "png", "/films", "parent", true, false}, {"2", "r", "Two", "", "", "/f", "", false, true, "https://render.example"}};
        QVERIFY(writeRenderOrders(file, orders).has_value());
        QVERIFY(*readRenderOrders(file) == orders);
        QVERIFY(writeFileAtomically(file, bytesOf(std::string_view("{]"))).has_value());
        QVERIFY(readRenderOrders(file).error().fault == Fault::Corrupt);
    }
};

QTEST_GUILESS_MAIN(MediaUsesTest)
#include "media_uses_test.moc"
