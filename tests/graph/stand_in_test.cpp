// SPDX-License-Identifier: GPL-3.0-or-later
// What a template shows before anybody has given it media of their own.
#include "core/graph/graph.h"
#include "core/recipe/edit_recipe.h"
#include "tests/support/fake_effects.h"

#include <QtTest>

#include <algorithm>

using namespace artdag;
using test::fakeEffects;

namespace {
constexpr const char* templateText = R"({
  "artdag": 1,
  "title": "Template",
  "canvas": {"width": 64, "height": 36, "rate": [25, 1], "sampleRate": 48000, "duration": 1},
  "inputs": {
    "photo": {"media": "media", "title": "Your picture", "standIn": "made"}
  },
  "nodes": {
    "made": {"effect": "src"},
    "glow": {"effect": "tint", "in": {"picture": "photo"}}
  },
  "outputs": {
    "main": {"picture": "glow", "sound": "photo.sound", "encode": "master-ffv1"}
  }
}
)";
const std::string someId = "sha3-256:" + std::string(63, '0') + "1";

Recipe templateRecipe()
{
    return readRecipe(templateText).recipe;
}

std::string firstError(const CheckedRecipe& checked)
{
    for (const Problem& problem : checked.problems)
        if (problem.severity == Problem::Severity::Error)
            return problem.message;
    return {};
}

std::vector<std::string> namesOf(const Graph& graph)
{
    std::vector<std::string> names;
    for (const GraphNode& node : graph.nodes)
        names.push_back(node.name);
    std::ranges::sort(names);
    return names;
}
} // namespace

class StandInTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsWrittenAsItWasRead()
    {
        const Recipe recipe = readRecipe(writeRecipe(templateRecipe())).recipe;
        QVERIFY(recipe.inputs[0].standIn.has_value());
        QCOMPARE(recipe.inputs[0].standIn->text(), std::string("made"));
        QCOMPARE(QByteArray::fromStdString(writeRecipe(recipe)), QByteArray::fromStdString(writeRecipe(templateRecipe())));
    }

    void withoutMediaTheStandInIsWired()
    {
        const CheckedRecipe checked = checkRecipe(templateRecipe(), fakeEffects(), {}, true);
        QVERIFY2(checked.graph != nullptr, firstError(checked).c_str());
        QVERIFY(checked.problems.empty());
        QCOMPARE(namesOf(*checked.graph), (std::vector<std::string>{"glow", "made"}));
        QVERIFY(checked.graph->inputs.empty()); // the manifest cites nothing that was not used
        const int made = checked.graph->node("made");
        QCOMPARE(checked.graph->nodes[static_cast<std::size_t>(checked.graph->node("glow"))].inputs[0].node, made);
        QCOMPARE(checked.graph->outputs[0].sound->node, made);
    }

    void theViewerFindsWhatTheInputStandsFor()
    {
        const CheckedRecipe checked = checkRecipe(templateRecipe(), fakeEffects());
        QVERIFY(checked.graph != nullptr);
        const auto port = checked.graph->port({"photo", ""});
        QVERIFY(port.has_value());
        QCOMPARE(port->node, checked.graph->node("made"));
    }

    void mediaTakesItsPlace_data()
    {
        QTest::addColumn<bool>("bound");
        QTest::newRow("kept in the recipe") << false;
        QTest::newRow("given to the run") << true;
    }
    void mediaTakesItsPlace()
    {
        QFETCH(bool, bound);
        Recipe recipe = templateRecipe();
        RecipeBindings bindings;
        if (bound)
            bindings.inputs["photo"] = *nameOfText<ContentId>(someId);
        else
            recipe.inputs[0].fallback = someId;
        const CheckedRecipe checked = checkRecipe(recipe, fakeEffects(), bindings, true);
        QVERIFY2(checked.graph != nullptr, firstError(checked).c_str());
        QCOMPARE(checked.graph->inputs.size(), std::size_t{1});
        const int glow = checked.graph->node("glow");
        QCOMPARE(checked.graph->nodes[static_cast<std::size_t>(glow)].inputs[0].node, checked.graph->node("photo"));
    }

    void aStandInThatIsNotThereIsNamed()
    {
        Recipe recipe = templateRecipe();
        recipe.inputs[0].standIn = Wire{"maid", {}};
        for (const char* fallback : {"", someId.c_str()}) {
            recipe.inputs[0].fallback = fallback;
            const CheckedRecipe checked = checkRecipe(recipe, fakeEffects());
            QVERIFY(checked.graph == nullptr);
            QVERIFY2(firstError(checked).find("'maid'") != std::string::npos, firstError(checked).c_str());
        }
    }

    void aStandInMadeFromItsInputIsACircle()
    {
        Recipe recipe = templateRecipe();
        recipe.inputs[0].standIn = Wire{"glow", {}};
        QVERIFY(firstError(checkRecipe(recipe, fakeEffects())).find("itself") != std::string::npos);
    }

    void itFollowsARename()
    {
        const Recipe recipe = *renameNode(templateRecipe(), "made", "drawn");
        QCOMPARE(recipe.inputs[0].standIn->node, std::string("drawn"));
        const Recipe without = *removeNodes(templateRecipe(), {"made"});
        QVERIFY(!without.inputs[0].standIn.has_value());
    }

    void anotherStandInIsAnotherWork()
    {
        Recipe recipe = templateRecipe();
        const auto before = graphHash(recipe, fakeEffects());
        recipe.inputs[0].standIn.reset();
        QVERIFY(graphHash(recipe, fakeEffects()) != before);
    }
};

QTEST_GUILESS_MAIN(StandInTest)
#include "stand_in_test.moc"
