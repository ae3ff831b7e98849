// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/edit_recipe.h"

#include <QtTest>

#include <rapidcheck.h>

#include <algorithm>

using namespace artdag;

namespace {

std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

Recipe chain()
{
    return readRecipe(json("{'artdag': 1, 'inputs': {'footage': {}}, 'params': {'speed': {'default': 1}}, 'handles': ['speed', 'b.radius'],"
                           "'nodes': {'a': {'effect': 'src'}, 'b': {'effect': 'tint', 'in': {'picture': 'a'}, 'args': {'radius': {'expr': 'speed + 1'}}},"
                           "'c': {'effect': 'tint', 'in': {'picture': 'b.picture'}, 'args': {'radius': {'bind': 'b.level', 'range': [0, 1]}}},"
                           "'film': {'effect': 'join', 'in': {'items': [{'id': 'x', 'from': 'b'}, 'c', 'footage']}}},"
                           "'outputs': {'main': {'picture': 'film', 'sound': 'a.sound'}}, 'layout': {'b': [1, 2], 'a': [3, 4]}}"))
        .recipe;
}

const std::vector<Item>& itemsOf(const Recipe& recipe)
{
    return std::get<std::vector<Item>>(recipe.node("film")->port("items")->value);
}

bool names(const Recipe& recipe, const std::string& name)
{
    return writeRecipe(recipe).find("\"" + name) != std::string::npos;
}

} // namespace

class EditRecipeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void freshNamesAreValidAndFree_data()
    {
        QTest::addColumn<QByteArray>("stem");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("free") << QByteArray("glow") << QByteArray("glow");
        QTest::newRow("taken") << QByteArray("a") << QByteArray("a_2");
        QTest::newRow("of an input") << QByteArray("footage") << QByteArray("footage_2");
        QTest::newRow("of a param") << QByteArray("speed") << QByteArray("speed_2");
        QTest::newRow("upper case and blanks") << QByteArray("My Glow!") << QByteArray("my_glow_");
        QTest::newRow("digits first") << QByteArray("3d") << QByteArray("node_3d");
        QTest::newRow("nothing usable") << QByteArray("日本") << QByteArray("node_");
    }
    void freshNamesAreValidAndFree()
    {
        QFETCH(QByteArray, stem);
        QFETCH(QByteArray, name);
        const std::string made = freshName(chain(), stem.toStdString());
        QCOMPARE(QByteArray::fromStdString(made), name);
        QVERIFY(isName(made) && !hasName(chain(), made));
    }
    void addNodeTakesAFreshName()
    {
        const auto one = addNode(chain(), "tint", {10, 20});
        QVERIFY(one);
        QCOMPARE(one->nodes.back().name, std::string("tint"));
        const auto two = addNode(*one, "tint", {10, 20});
        QCOMPARE(two->nodes.back().name, std::string("tint_2"));
        QVERIFY((two->layout.at("tint_2") == LayoutPoint{10, 20}));
        QCOMPARE(addNode(chain(), "x", {0, 0}, "a").error().fault, Fault::Conflict);
        QCOMPARE(addNode(chain(), "x", {0, 0}, "A").error().fault, Fault::BadInput);
    }
    void removingTakesEveryTraceAway()
    {
        const auto next = removeNodes(chain(), {"b"});
        QVERIFY(next);
        QVERIFY(!names(*next, "b\"") && !names(*next, "b."));
        QCOMPARE(itemsOf(*next).size(), std::size_t{2});
        QVERIFY(next->node("c")->in.empty() && next->node("c")->args.empty());
        QCOMPARE(next->handles, std::vector<std::string>{"speed"});
        QCOMPARE(removeNodes(chain(), {"nope"}).error().fault, Fault::NotFound);
    }
    void removingCanKeepTheChain()
    {
        const auto next = removeNodes(chain(), {"b"}, true);
        QCOMPARE(itemsOf(*next).at(0).from->node, std::string("a"));
        QVERIFY(next->node("c")->in.empty()); // it asked for a port by name, which the source may not have
    }
    void connectReplacesAndRefusesCircles()
    {
        const auto next = artdag::connect(chain(), {"footage", ""}, "b", "picture");
        QCOMPARE(std::get<Wire>(next->node("b")->port("picture")->value).node, std::string("footage"));
        const auto circle = artdag::connect(chain(), {"c", ""}, "b", "mask");
        QCOMPARE(circle.error().fault, Fault::Conflict);
        QVERIFY(QString::fromStdString(circle.error().message).contains("b → c → b"));
        QCOMPARE(artdag::connect(chain(), {"b", ""}, "b", "mask").error().fault, Fault::Conflict);
        QCOMPARE(artdag::connect(chain(), {"nope", ""}, "b", "mask").error().fault, Fault::NotFound);
        QCOMPARE(artdag::connect(chain(), {"a", ""}, "nope", "mask").error().fault, Fault::NotFound);
    }
    void whatGivesTheFrameBeforeMayCloseACircle()
    {
        const auto loop = artdag::connect(chain(), {"c", ""}, "b", "previous");
        QVERIFY(loop);
        QVERIFY(artdag::connect(*loop, {"a", ""}, "c", "mask")); // no circle because of it
        QCOMPARE(artdag::connect(*loop, {"c", ""}, "b", "mask").error().fault, Fault::Conflict);
    }
    void disconnectTakesThePortAway()
    {
        QVERIFY(artdag::disconnect(chain(), "b", "picture")->node("b")->in.empty());
        QCOMPARE(artdag::disconnect(chain(), "b", "mask").error().fault, Fault::NotFound);
    }
    void itemsAreInsertedMovedAndRemoved()
    {
        Item item;
        item.from = Wire{"a", ""};
        item.in = 1.5;
        item.plain = true; // it has a trim, so it cannot stay plain
        const auto inserted = insertItem(chain(), "film", "items", 1, item);
        QCOMPARE(itemsOf(*inserted).at(1).id, std::string("item_1"));
        QVERIFY(!itemsOf(*inserted).at(1).plain);
        const auto moved = moveItem(*inserted, "film", "items", 1, 3);
        QCOMPARE(itemsOf(*moved).at(3).id, std::string("item_1"));
        auto rest = *moved;
        for (int i = 0; i < 4; ++i)
            rest = *removeItem(rest, "film", "items", 0);
        QVERIFY(rest.node("film")->in.empty());
        QCOMPARE(removeItem(rest, "film", "items", 0).error().fault, Fault::NotFound);
        QCOMPARE(setItem(chain(), "film", "items", 9, item).error().fault, Fault::NotFound);
        item.from = Wire{"film", ""};
        QCOMPARE(insertItem(chain(), "film", "items", -1, item).error().fault, Fault::Conflict);
    }
    void argumentsKeepTheirOrder()
    {
        auto next = *setArgument(chain(), "b", "mode", "hard");
        next = *setArgument(next, "b", "radius", 3.5);
        QCOMPARE(next.node("b")->args.at(0).first, std::string("radius"));
        QVERIFY(*next.node("b")->arg("radius") == 3.5);
        next = *setArgument(next, "b", "radius", std::nullopt);
        QCOMPARE(next.node("b")->args.size(), std::size_t{1});
    }
    void renamingFollowsEveryWire()
    {
        const auto next = renameNode(chain(), "b", "blurred");
        QVERIFY(next);
        QVERIFY(!names(*next, "b\"") && !names(*next, "b."));
        QCOMPARE(std::get<Wire>(next->node("c")->port("picture")->value).text(), std::string("blurred.picture"));
        QVERIFY((*next->node("c")->arg("radius"))["bind"] == "blurred.level");
        QCOMPARE(next->handles.at(1), std::string("blurred.radius"));
        QCOMPARE(next->layoutOrder.at(0), std::string("blurred"));
        QCOMPARE(renameNode(chain(), "b", "a").error().fault, Fault::Conflict);
        QCOMPARE(renameNode(chain(), "b", "B").error().fault, Fault::BadInput);
        QCOMPARE(renameNode(chain(), "q", "r").error().fault, Fault::NotFound);
        QCOMPARE(itemsOf(*renameNode(chain(), "footage", "clip")).at(2).from->node, std::string("clip"));
    }
    void renamingBackGivesTheSameBytes()
    {
        for (const char* name : {"a", "b", "c", "film", "footage"})
            QCOMPARE(writeRecipe(*renameNode(*renameNode(chain(), name, "elsewhere"), "elsewhere", name)), writeRecipe(chain()));
    }
    void copiesAreWiredAmongThemselves()
    {
        const auto next = duplicateNodes(chain(), {"b", "c"}, {10, 10});
        QCOMPARE(std::get<Wire>(next->node("c_2")->port("picture")->value).text(), std::string("b_2.picture"));
        QCOMPARE(std::get<Wire>(next->node("b_2")->port("picture")->value).node, std::string("a"));
        QVERIFY((*next->node("c_2")->arg("radius"))["bind"] == "b_2.level");
        QVERIFY((next->layout.at("b_2") == LayoutPoint{11, 12}));
    }
    void aParamInUseIsNotRemoved()
    {
        const auto refused = removeParam(chain(), "speed");
        QCOMPARE(refused.error().fault, Fault::Conflict);
        QVERIFY(QString::fromStdString(refused.error().message).contains("'b'"));
        const auto next = removeParam(*setArgument(chain(), "b", "radius", Json{{"expr", "speedy + 1"}}), "speed");
        QVERIFY(next && next->params.empty());
        QCOMPARE(next->handles, std::vector<std::string>{"b.radius"});
    }
    void outputsInputsAndHandlesAreSet()
    {
        auto next = *setOutput(chain(), {.name = "poster", .picture = Wire{"a", ""}});
        QCOMPARE(next.outputs.size(), std::size_t{2});
        next = *setOutput(next, {.name = "poster", .picture = Wire{"b", ""}});
        QCOMPARE(next.outputs.size(), std::size_t{2});
        QCOMPARE(setOutput(next, {.name = "poster", .picture = Wire{"zzz", ""}}).error().fault, Fault::NotFound);
        QCOMPARE(addInput(next, {}, {0, 0})->inputs.back().name, std::string("media"));
        QVERIFY(!names(*removeInput(next, "footage"), "footage"));
        QCOMPARE(setHandle(next, "c.radius", true)->handles.size(), std::size_t{3});
        QCOMPARE(setHandle(next, "speed", false)->handles.size(), std::size_t{1});
        QCOMPARE(moveNodes(next, {{"b", {7, 8}}, {"footage", {1, 1}}})->layout.at("b").first, 7.0);
        QCOMPARE(moveNodes(next, {{"b", {NAN, 8}}}).error().fault, Fault::BadInput);
    }
    void editsLeaveDocumentsThatReadBack()
    {
        QVERIFY(rc::check("random edits give documents without mistakes of form", [] {
            Recipe recipe = chain();
            for (int step = 0; step < 30; ++step) {
                std::vector<std::string> nodes{"footage"};
                for (const Node& node : recipe.nodes)
                    nodes.push_back(node.name);
                const auto pick = [&] { return *rc::gen::elementOf(nodes); };
                Result<Recipe> next = recipe;
                switch (*rc::gen::inRange(0, 8)) {
                case 0: next = addNode(recipe, "tint", {step * 1.0, 0}); break;
                case 1: next = removeNodes(recipe, {pick()}, *rc::gen::arbitrary<bool>()); break;
                case 2: next = artdag::connect(recipe, {pick(), ""}, pick(), "picture"); break;
                case 3: next = renameNode(recipe, pick(), "r" + std::to_string(step)); break;
                case 4: next = duplicateNodes(recipe, {pick(), pick()}, {5, 5}); break;
                case 5: {
                    Item item;
                    item.from = Wire{pick(), ""};
                    next = insertItem(recipe, pick(), "items", 0, item);
                    break;
                }
                case 6: next = setArgument(recipe, pick(), "radius", Json{{"bind", pick() + ".level"}}); break;
                default: next = removeInput(recipe, pick()); break;
                }
                if (next)
                    recipe = *next;
            }
            const std::string text = writeRecipe(recipe);
            const auto read = readRecipe(text);
            RC_ASSERT(read.problems.empty());
            RC_ASSERT(writeRecipe(read.recipe) == text);
        }));
    }
};

QTEST_APPLESS_MAIN(EditRecipeTest)
#include "edit_recipe_test.moc"
