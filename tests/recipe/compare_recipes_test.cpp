// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/compare_recipes.h"

#include "core/recipe/edit_recipe.h"

#include <QtTest>

using namespace artdag;

namespace {
Recipe sample()
{
    return readRecipe(R"({"artdag": 1, "title": "T", "canvas": {"width": 320, "height": 180, "rate": [10, 1], "duration": 1},
      "params": {"turn": {"type": "real", "default": 40, "title": "Turn"}},
      "nodes": {"sky": {"effect": "gradient"}, "soft": {"effect": "blur", "in": {"picture": "sky"}, "args": {"radius": 4}}},
      "outputs": {"main": {"picture": "soft"}}})")
        .recipe;
}
} // namespace

class CompareRecipesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRecipeDoesNotDifferFromItself() { QVERIFY(compareRecipes(sample(), sample()).empty()); }

    void whatMovedOnTheCanvasOrWasRenamedInWordsIsNoDifference()
    {
        Recipe later = *moveNodes(sample(), {{"sky", {3, 4}}});
        later.title = "Another";
        QVERIFY(compareRecipes(sample(), later).empty());
    }

    void aChangedArgumentNamesNodeParameterOldAndNew()
    {
        const auto found = compareRecipes(sample(), *setArgument(sample(), "soft", "radius", Json(7.5)));
        QVERIFY(found == (std::vector<RecipeDifference>{{"soft", "radius", "4", "7.5"}}));
        const auto animated = compareRecipes(sample(), *setArgument(sample(), "soft", "radius", Json{{"expr", "4 * t"}}));
        QVERIFY(animated == (std::vector<RecipeDifference>{{"soft", "radius", "4", "4 * t"}}));
    }

    void nodesParametersWiresAndTheCanvasAreCompared()
    {
        Recipe later = *addNode(sample(), "invert", {0, 0}, "neg");
        later = *artdag::connect(later, {"neg", {}}, "soft", "picture");
        later = *removeNodes(later, {"sky"});
        later.canvas.width = 640;
        later.params.front().fallback = 50;
        const auto found = compareRecipes(sample(), later);
        const std::vector<RecipeDifference> expected{{"canvas", "width", "320", "640"}, {"Turn", "value", "40", "50"}, {"soft", "picture", "sky", "neg"}, {"neg", "", "", "invert"}, {"sky", "", "gradient", ""}};
        QVERIFY(found == expected);
    }
};

QTEST_GUILESS_MAIN(CompareRecipesTest)
#include "compare_recipes_test.moc"
