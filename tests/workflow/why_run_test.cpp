// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/edit_recipe.h"
#include "core/workflow/why_run.h"
#include "tests/support/graph_of.h"

#include <QtTest>

#include <algorithm>

using namespace artdag;

namespace {
const char* const text = R"({"artdag": 1, "canvas": {"width": 64, "height": 48, "duration": 1},
    "params": {"turn": {"type": "angle", "default": 10}},
    "nodes": {"sky": {"effect": "checker"}, "spin": {"effect": "rotate", "in": {"picture": "sky"}, "args": {"angle": {"expr": "turn * t"}}},
              "soft": {"effect": "blur", "in": {"picture": "spin"}, "args": {"radius": 3}}, "unused": {"effect": "checker"}},
    "outputs": {"main": {"picture": "soft"}}})";

Recipe sample()
{
    return readRecipe(text).recipe;
}

RecipeTrace trace(const Recipe& recipe, double scale = 1)
{
    Inspection inspection;
    inspection.recipe = std::make_shared<const Recipe>(recipe);
    inspection.graph = checkRecipe(recipe, builtinEffects()).graph;
    test::NoSources sources;
    inspection.plan = *makePlan(inspection.graph, {}, sources, {.scale = scale});
    return traceOf(inspection, scale);
}

QString why(const char* node, const Recipe& now, double scale = 1)
{
    const RecipeTrace before = trace(sample());
    return QString::fromStdString(whyRun(node, &before, trace(now, scale)));
}
} // namespace

class WhyRunTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstDifferenceIsNamed()
    {
        QCOMPARE(why("soft", *setArgument(sample(), "soft", "radius", Json(5))), QStringLiteral("First difference: 'soft': radius changed, 3 → 5."));
        // of what it is made from, however far away
        QCOMPARE(why("soft", *setArgument(sample(), "sky", "size", Json(9))), QStringLiteral("First difference: 'sky': size changed, its default → 9."));
        // the node itself before its inputs
        QVERIFY(why("soft", *setArgument(*setArgument(sample(), "sky", "size", Json(9)), "soft", "radius", std::nullopt)).contains(QStringLiteral("radius changed, 3 → its default")));
        QVERIFY(why("soft", *artdag::connect(sample(), {"sky", ""}, "soft", "picture")).contains(QStringLiteral("its input picture is another, spin → sky")));
    }
    void aParameterIsNamedWhereItIsUsed()
    {
        Recipe turned = sample();
        turned.params.front().fallback = 30;
        QCOMPARE(why("soft", turned), QStringLiteral("First difference: 'spin': the parameter turn changed, 10 → 30."));
        QVERIFY(why("sky", turned).contains(QStringLiteral("left the memory"))); // it does not depend on it
    }
    void canvasAndScaleAreNamed()
    {
        Recipe wide = sample();
        wide.canvas.width = 128;
        QCOMPARE(why("soft", wide), QStringLiteral("The canvas differs: width 64 → 128."));
        QVERIFY(why("soft", sample(), 0.5).contains(QStringLiteral("another size: 1 → 0.5")));
    }
    void whatWasNeverMadeOrIsNotAskedForSaysSo()
    {
        const RecipeTrace now = trace(sample());
        QCOMPARE(QString::fromStdString(whyRun("soft", nullptr, now)), QStringLiteral("Its frames have not been made yet."));
        QVERIFY(QString::fromStdString(whyRun("unused", &now, now)).contains(QStringLiteral("Nothing asks for it")));
        QVERIFY(QString::fromStdString(whyRun("soft", &now, now)).contains(QStringLiteral("left the memory")));
    }
};

QTEST_APPLESS_MAIN(WhyRunTest)
#include "why_run_test.moc"
