// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/graph.h"
#include "core/recipe/edit_recipe.h"
#include "tests/support/fake_effects.h"

#include <QFile>
#include <QtTest>

#include <algorithm>

using namespace artdag;
using test::fakeEffects;

namespace {

std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

/// A fenced block of docs/formats/recipe.md, by its number.
std::string documented(int number)
{
    QFile file(QStringLiteral(ARTDAG_SOURCE_DIR "/docs/formats/recipe.md"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("docs/formats/recipe.md is missing");
    const QStringList parts = QString::fromUtf8(file.readAll()).split("```");
    const QString block = parts.value(2 * number + 1);
    return block.mid(block.indexOf('\n') + 1).toStdString();
}

Recipe example()
{
    return readRecipe(documented(0)).recipe;
}

QString hashOf(const Recipe& recipe)
{
    return QString::fromStdString(graphHash(recipe, fakeEffects()).text());
}

} // namespace

class GraphHashTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theWorkedExampleIsAsDocumented()
    {
        QCOMPARE(writeRecipe(example()), documented(0));
        QCOMPARE(canonicalJson(graphDocument(example(), fakeEffects())) + "\n", documented(1));
        // sha3-256 of the documented text, by Python's hashlib
        QCOMPARE(hashOf(example()), QString("sha3-256:2caf98797e535f8c467022e29eda9f7f15f37e46c48adb54f665d95790b02096"));
    }
    void whatComputesNothingIsNotInTheHash()
    {
        Recipe recipe = example();
        recipe.title = "Other";
        recipe.description = "words";
        recipe.license = "CC0-1.0";
        recipe.author = "@someone@example.org";
        recipe.tags = {"x"};
        recipe.derivedFrom = {"y"};
        recipe.handles.clear();
        recipe.layout.clear();
        recipe.unknown = {{"later", 1}};
        recipe.params[0].title = "Size";
        std::ranges::reverse(recipe.nodes);
        std::get<std::vector<Item>>(recipe.node("film")->in[0].second.value)[0].id = "renamed";
        QCOMPARE(hashOf(recipe), hashOf(example()));
    }
    void defaultsMayBeWrittenOrNot()
    {
        Recipe recipe = *setArgument(example(), "film", "x", std::nullopt);
        recipe = *setItem(recipe, "film", "items", 1, {.id = "q", .from = Wire{"a", "picture"}, .in = Json(0), .args = {{"transition", "cut"}, {"weight", 1.0}}});
        QCOMPARE(hashOf(recipe), hashOf(example()));
        auto trimmed = std::get<std::vector<Item>>(recipe.node("film")->in[0].second.value)[0];
        trimmed.in = 0.5; // f15 at 30 frames per second
        QCOMPARE(hashOf(*setItem(recipe, "film", "items", 0, trimmed)), hashOf(example()));
    }
    void whatComputesIsInTheHash()
    {
        QStringList hashes{hashOf(example())};
        const auto add = [&hashes](const Recipe& recipe) { hashes << hashOf(recipe); };
        add(*setArgument(example(), "a", "level", 0.5));
        add(*setArgument(example(), "a", "level", Json{{"expr", "0.25"}}));
        add(*moveItem(*setItem(example(), "film", "items", 1, {.from = Wire{"a", ""}, .in = Json(1), .plain = false}), "film", "items", 0, 1));
        add(*setItem(example(), "film", "items", 1, {.from = Wire{"a", ""}, .in = Json(1), .plain = false}));
        add(*removeItem(example(), "film", "items", 1));
        add(*setBypass(example(), "film", true));
        add(*renameNode(example(), "a", "b"));
        add(*setOutput(example(), {.name = "main", .picture = Wire{"a", ""}}));
        add(*setOutput(example(), {.name = "main", .picture = Wire{"film", ""}, .encode = "master-ffv1"}));
        add(*addInput(example(), {}, {0, 0}));
        Recipe canvas = example();
        canvas.canvas.width = 641;
        add(canvas);
        Recipe param = example();
        param.params[0].fallback = 5;
        add(param);
        hashes.removeDuplicates();
        QCOMPARE(hashes.size(), 13);
    }
    void aRecipeOfUnknownEffectsStillHasAHash()
    {
        const Recipe recipe = readRecipe(json("{'artdag': 1, 'nodes': {'a': {'effect': 'of_another_program', 'args': {'x': {'y': [1]}}, 'in': {'p': 'q', 'l': ['r']}}}}")).recipe;
        QVERIFY(hashOf(recipe) != hashOf(example()));
    }
};

QTEST_APPLESS_MAIN(GraphHashTest)
#include "graph_hash_test.moc"
