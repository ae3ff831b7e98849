// SPDX-License-Identifier: GPL-3.0-or-later
// What the canvas keeps beside the nodes, copies of nodes as text, and the insides of groups: none of it changes a key.
#include "core/graph/graph.h"
#include "core/plan/plan.h"
#include "core/recipe/canvas_marks.h"
#include "core/recipe/copy_nodes.h"
#include "core/recipe/flatten_groups.h"
#include "core/recipe/group_scope.h"
#include "tests/support/graph_of.h"

#include <QElapsedTimer>
#include <QtTest>

#include <algorithm>
#include <random>

using namespace artdag;

namespace {
std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

Recipe recipeOf(const std::string& members)
{
    const auto read = readRecipe(json("{'artdag': 1, 'canvas': {'width': 64, 'height': 48, 'duration': 1}, " + members + "}"));
    for (const Problem& problem : read.problems)
        qWarning("%s: %s", problem.pointer.c_str(), problem.message.c_str());
    return read.recipe;
}

Recipe chain()
{
    return recipeOf("'params': {'turn': {'type': 'angle', 'default': 10}}, 'nodes': {'a': {'effect': 'checker'}, 'b': {'effect': 'rotate', 'in': {'picture': 'a'}, 'args': {'angle': {'expr': 'turn * t'}}},"
                    "'c': {'effect': 'blur', 'in': {'picture': 'b'}, 'args': {'radius': 3}}}, 'outputs': {'main': {'picture': 'c'}}, 'layout': {'a': [0, 0], 'b': [200, 0], 'c': [400, 40]}");
}

QString keysOf(const Recipe& recipe)
{
    const auto checked = checkRecipe(recipe, builtinEffects());
    for (const Problem& problem : checked.problems)
        if (problem.severity == Problem::Severity::Error)
            return QString::fromStdString(problem.message);
    test::NoSources sources;
    const auto plan = makePlan(checked.graph, {}, sources);
    if (!plan)
        return QString::fromStdString(plan.error().message);
    QString keys;
    for (const std::int64_t frame : {0, 1, 15, 29})
        keys += QString::fromStdString((*plan)->outputFrameKey(frame).hex()) + QLatin1Char(' ');
    return keys;
}

Recipe marked()
{
    CanvasMarks marks;
    marks.frames.push_back({.name = "frame", .title = "Look", .colour = "blue", .x = -24, .y = -56, .width = 440, .height = 240});
    marks.dots[wireMark({"a", ""}, "b", "picture")] = {{150, 90}, {170, 20}, {180, 40}, {185, 60}, {190, 80}};
    marks.bookmarks[3] = "b";
    return withMarks(chain(), marks);
}
} // namespace

class CanvasMarksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void marksAreWrittenReadAndNotWarnedAbout()
    {
        const Recipe recipe = marked();
        const ReadRecipe read = readRecipe(writeRecipe(recipe));
        QVERIFY(read.problems.empty());
        QCOMPARE(QString::fromStdString(writeRecipe(read.recipe)), QString::fromStdString(writeRecipe(recipe)));
        const CanvasMarks marks = marksOf(read.recipe);
        QVERIFY(marks.frames == marksOf(recipe).frames);
        QCOMPARE(marks.dots.at("a>b.picture").size(), std::size_t{5});
        QCOMPARE(marks.bookmarks.at(3), std::string("b"));
        QVERIFY(readRecipe(json("{'artdag': 1, 'ui': 3}")).problems.front().message.find("ui must be an object") != std::string::npos);
    }
    void framesAndAChainOfFiveDotsChangeNoKeyAndNoHash()
    {
        QCOMPARE(keysOf(marked()), keysOf(chain()));
        QCOMPARE(graphHash(marked(), builtinEffects()).text(), graphHash(chain(), builtinEffects()).text());
        QVERIFY(keysOf(chain()) != keysOf(*setArgument(chain(), "c", "radius", Json(4))));
    }
    void marksFollowARenamedNodeAndLeaveWithARemovedOne()
    {
        const CanvasMarks renamed = marksOf(*renameNode(marked(), "b", "spin"));
        QVERIFY(renamed.dots.contains("a>spin.picture") && !renamed.dots.contains("a>b.picture"));
        QCOMPARE(renamed.bookmarks.at(3), std::string("spin"));
        const CanvasMarks removed = marksOf(withTidyMarks(*removeNodes(marked(), {"b"}, true)));
        QVERIFY(removed.dots.empty() && removed.bookmarks.empty());
        QCOMPARE(removed.frames.size(), std::size_t{1});
    }
    void marksThatAreWrittenWronglyAreLeftOut()
    {
        Recipe recipe = chain();
        recipe.unknown["ui"] = Json::parse(R"({"frames": {"x": {"rect": [1, 2]}, "y": 4}, "dots": {"a>b.picture": [[1]]}, "bookmarks": {"0": "a", "2": 7}, "later": {"kept": true}})");
        const CanvasMarks marks = marksOf(recipe);
        QVERIFY(marks.frames.empty() && marks.dots.empty() && marks.bookmarks.empty());
        QVERIFY(withMarks(recipe, marks).unknown["ui"]["later"]["kept"].get<bool>());
    }

    void copiedNodesComeBackWithWiresPlacesAndFrames()
    {
        const std::string text = copyNodes(marked(), {"a", "b"}, {"frame"});
        QVERIFY(readRecipe(text).problems.empty());
        const auto pasted = pasteNodes(chain(), text, {1000, 500});
        QVERIFY(pasted);
        QCOMPARE(pasted->names, (std::vector<std::string>{"a_2", "b_2"}));
        QCOMPARE(std::get<Wire>(pasted->recipe.node("b_2")->port("picture")->value).node, std::string("a_2"));
        QCOMPARE(pasted->recipe.params.size(), std::size_t{1}); // used, not copied again
        const CanvasMarks marks = marksOf(pasted->recipe);
        QCOMPARE(marks.frames.size(), std::size_t{1});
        QVERIFY((LayoutPoint{marks.frames[0].x, marks.frames[0].y} == LayoutPoint{1000, 500}));
        QVERIFY((pasted->recipe.layout.at("a_2") == LayoutPoint{1024, 556}));
        QVERIFY((marks.dots.at("a_2>b_2.picture")[0] == LayoutPoint{1174, 646}));
        // into an empty document: everything that they need comes along
        const auto alone = pasteNodes(Recipe(), text, {0, 0});
        QVERIFY(alone);
        QCOMPARE(alone->names, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(alone->recipe.params.front().name, std::string("turn"));
    }
    void wiresFromElsewhereAreLeftOut()
    {
        const auto pasted = pasteNodes(chain(), copyNodes(chain(), {"c"}), {0, 0});
        QVERIFY(pasted);
        QVERIFY(pasted->recipe.node("c_2")->port("picture") == nullptr);
        QCOMPARE(pasted->recipe.node("c_2")->arg("radius")->get<int>(), 3);
    }
    void groupsComeAlongAndAnotherOneOfTheNameIsKept()
    {
        const Recipe grouped = *groupNodes(chain(), {"b", "c"}, "look");
        const std::string text = copyNodes(grouped, {"look_2"});
        const auto same = pasteNodes(grouped, text, {0, 0});
        QVERIFY(same);
        QCOMPARE(same->recipe.groups.size(), std::size_t{1});
        Recipe other = chain();
        other.groups.push_back({.name = "look"});
        const auto different = pasteNodes(other, text, {0, 0});
        QVERIFY(different);
        QCOMPARE(different->recipe.groups.size(), std::size_t{2});
        QCOMPARE(different->recipe.node(different->names.front())->group, different->recipe.groups.back().name);
    }
    void aTextWithoutNodesIsRefusedInWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << "  "
                                 << "it holds no text";
        QTest::newRow("a letter") << "Dear Sir,"
                                  << "its text is no nodes";
        QTest::newRow("a number") << "12"
                                  << "must be an object";
        QTest::newRow("no nodes") << R"({"artdag": 1})"
                                  << "has no nodes";
        QTest::newRow("half") << R"({"artdag": 1, "nodes": {"a": )"
                              << "its text is no nodes";
        QTest::newRow("a wrong wire") << R"({"artdag": 1, "nodes": {"a": {"effect": "blur", "in": {"picture": 3}}}})"
                                      << "node 'a'";
    }
    void aTextWithoutNodesIsRefusedInWords()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        const auto pasted = pasteNodes(chain(), text.toStdString(), {0, 0});
        QVERIFY(!pasted);
        QVERIFY2(QString::fromStdString(pasted.error().message).contains(words), pasted.error().message.c_str());
        QVERIFY(pasted.error().message.starts_with("clipboard"));
    }
    void fiveHundredNodesAreCopiedAndPastedWithinASecond()
    {
        Recipe recipe;
        for (int i = 0; i < 500; ++i) {
            Node node{.name = "n" + std::to_string(i), .effect = "blur"};
            if (i > 0)
                node.in.emplace_back("picture", PortValue{Wire{"n" + std::to_string(i - 1), ""}});
            recipe.layout[node.name] = {i * 10.0, 0};
            recipe.layoutOrder.push_back(node.name);
            recipe.nodes.push_back(std::move(node));
        }
        std::vector<std::string> names;
        for (const Node& node : recipe.nodes)
            names.push_back(node.name);
        QElapsedTimer clock;
        clock.start();
        const auto pasted = pasteNodes(recipe, copyNodes(recipe, names), {0, 900});
        const auto milliseconds = clock.elapsed();
        QVERIFY(pasted);
        QCOMPARE(pasted->recipe.nodes.size(), std::size_t{1000});
        QVERIFY2(milliseconds < 1000, qPrintable(QString::number(milliseconds)));
    }

    void anySelectionGroupedOpenedAndFlattenedComputesTheSame()
    {
        std::mt19937 random(7);
        int grouped = 0;
        for (int round = 0; round < 60; ++round) {
            Recipe recipe = chain();
            for (int i = 0; i < 8; ++i) {
                const std::string source = recipe.nodes[random() % recipe.nodes.size()].name;
                recipe = *addNode(recipe, i % 3 == 0 ? "brightness" : "blur", {i * 40.0, 0});
                recipe = *artdag::connect(recipe, {source, ""}, recipe.nodes.back().name, "picture");
            }
            recipe.outputs.front().picture = Wire{recipe.nodes.back().name, ""};
            const QString keys = keysOf(recipe);
            Recipe now = recipe;
            for (int depth = 0; depth < 5; ++depth) {
                std::vector<std::string> chosen;
                for (const Node& node : now.nodes)
                    if (random() % 2 == 0)
                        chosen.push_back(node.name);
                if (const auto group = groupNodes(now, chosen)) {
                    now = *group;
                    ++grouped;
                    QCOMPARE(keysOf(now), keys);
                    // Looked into and put back, it is the same document.
                    const std::string name = now.groups.back().name;
                    QCOMPARE(QString::fromStdString(writeRecipe(*withGroup(now, name, *recipeOfGroup(now, name)))), QString::fromStdString(writeRecipe(now)));
                }
            }
            now = readRecipe(writeRecipe(now)).recipe;
            QCOMPARE(keysOf(now), keys);
            for (bool more = true; more;) {
                more = false;
                for (const Node& node : now.nodes)
                    if (!node.group.empty()) {
                        now = *ungroupNode(now, node.name);
                        more = true;
                        break;
                    }
            }
            QVERIFY(now.groups.empty());
            QCOMPARE(keysOf(now), keys);
        }
        QVERIFY(grouped > 60);
    }
    void whatIsEditedInsideAGroupIsFollowedByItsInstances()
    {
        const Recipe grouped = *groupNodes(chain(), {"b", "c"}, "look");
        const QString keys = keysOf(grouped);
        Recipe inside = *recipeOfGroup(grouped, "look");
        QCOMPARE(inside.inputs.front().media, std::string(groupPort));
        // A renamed input, param and output keep what is on them.
        const Recipe renamed = *withGroup(grouped, "look", *renameNode(inside, "a", "source"));
        QCOMPARE(renamed.node("look_2")->in.front().first, std::string("source"));
        QCOMPARE(keysOf(renamed), keys);
        inside.outputs.front().name = "result";
        const Recipe port = *withGroup(grouped, "look", inside);
        QCOMPARE(keysOf(port), keys);
        // Another value inside is another picture; a removed output takes its wires.
        QVERIFY(keysOf(*withGroup(grouped, "look", *setArgument(*recipeOfGroup(grouped, "look"), "c", "radius", Json(9)))) != keys);
        inside.outputs.clear();
        QVERIFY(!withGroup(grouped, "look", inside)->outputs.front().picture);
        QCOMPARE(recipeOfGroup(grouped, "none").error().fault, Fault::NotFound);
    }
    void aPromotedArgumentKeepsItsValueThroughNestingRenamingAndSaving()
    {
        Recipe recipe = chain();
        const QString keys = keysOf(recipe);
        recipe = *groupNodes(recipe, {"c"}, "g1");
        std::string inner = "c", argument = "radius";
        for (int level = 1; level <= 5; ++level) {
            const std::string group = "g" + std::to_string(level);
            const Recipe inside = *promoteArgument(*recipeOfGroup(recipe, group), inner, argument, {.name = argument, .type = "real", .fallback = 5});
            recipe = *withGroup(recipe, group, inside);
            argument = inside.params.back().name;
            QCOMPARE(keysOf(recipe), keys);
            const auto instance = std::ranges::find(recipe.nodes, group, &Node::group);
            QVERIFY(instance != recipe.nodes.end());
            inner = "inner" + std::to_string(level);
            recipe = *renameNode(recipe, instance->name, inner);
            // what the level above promotes is a value of this instance
            recipe = *setArgument(recipe, inner, argument, Json(3));
            if (level < 5)
                recipe = *groupNodes(recipe, {inner}, "g" + std::to_string(level + 1));
        }
        recipe = readRecipe(writeRecipe(recipe)).recipe;
        QCOMPARE(keysOf(recipe), keys);
        const Recipe turned = *setArgument(recipe, inner, argument, Json(8));
        QCOMPARE(keysOf(turned), keysOf(*setArgument(chain(), "c", "radius", Json(8))));
        QCOMPARE(promoteArgument(chain(), "b", "angle", {}).error().fault, Fault::Conflict);
    }
};

QTEST_APPLESS_MAIN(CanvasMarksTest)
#include "canvas_marks_test.moc"
