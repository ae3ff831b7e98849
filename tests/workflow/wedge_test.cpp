// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/wedge.h"

#include "core/base/files.h"
#include "core/graph/graph.h"

#include <QDir>
#include <QtTest>

#include <set>

using namespace artdag;

namespace {
constexpr const char* sample = R"({
  "artdag": 1, "title": "Test", "canvas": {"width": 320, "height": 180, "rate": [10, 1], "duration": 1},
  "params": {"turn": {"type": "real", "default": 40, "min": -180, "max": 180, "unit": "deg", "title": "Turn"},
             "count": {"type": "integer", "default": 6, "min": 3, "max": 12, "title": "Count"}},
  "handles": ["turn", "count", "soft.radius", "rose.gradient", "tint.angle"],
  "nodes": {
    "sky": {"effect": "noise"},
    "tint": {"effect": "hue_shift", "in": {"picture": "sky"}, "args": {"angle": {"expr": "turn + 90 * t"}}},
    "rose": {"effect": "gradient_map", "in": {"picture": "tint"}, "args": {"gradient": [[0, "#06061f"], [1, "#b82e7a"]]}},
    "soft": {"effect": "blur", "in": {"picture": "rose"}, "args": {"radius": 4}}
  },
  "outputs": {"main": {"picture": "soft"}}
})";

Recipe sampleOf(const char* text = sample)
{
    const ReadRecipe read = readRecipe(text);
    Q_ASSERT(read.ok());
    return read.recipe;
}

Knob knobOf(const char* place, const Recipe& recipe = sampleOf())
{
    const Result<Knob> knob = knobAt(recipe, builtinEffects(), knobPlaceOf(place));
    Q_ASSERT(knob.has_value());
    return *knob;
}

QByteArray written(const Recipe& recipe)
{
    return QByteArray::fromStdString(writeRecipe(recipe));
}

int errorsOf(const Recipe& recipe)
{
    int errors = 0;
    for (const Problem& problem : checkRecipe(recipe, builtinEffects(), {}, false).problems)
        errors += problem.severity == Problem::Severity::Error ? 1 : 0;
    return errors;
}

const Json* settingAt(const WedgeCell& cell, const char* place)
{
    for (const WedgeSetting& setting : cell.settings) {
        if (setting.place == knobPlaceOf(place))
            return &setting.value;
    }
    return nullptr;
}
} // namespace

class WedgeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handlesAreTheFirstKnobsAndWhatMovesIsNone()
    {
        const std::vector<Knob> knobs = knobsOf(sampleOf(), builtinEffects());
        QVERIFY(knobs.size() > 4);
        for (const auto& [index, place] : {std::pair(0, "turn"), {1, "count"}, {2, "soft.radius"}, {3, "rose.gradient"}})
            QCOMPARE(knobs[static_cast<std::size_t>(index)].place.text(), std::string(place));
        for (const Knob& knob : knobs)
            QVERIFY(knob.place.text() != "tint.angle");
        const Result<Knob> moving = knobAt(sampleOf(), builtinEffects(), knobPlaceOf("tint.angle"));
        QVERIFY(!moving.has_value());
        QVERIFY2(moving.error().message.find("constant") != std::string::npos, moving.error().message.c_str());
    }

    void twelveVariationsDifferFromEachOtherAndFromTheRecipe()
    {
        const Recipe recipe = sampleOf();
        const Wedge wedge = variations(recipe, builtinEffects(), 12, 0);
        QCOMPARE(wedge.cells.size(), std::size_t{12});
        QSet<QByteArray> seen{written(recipe)};
        std::set<Json> seeds;
        for (const WedgeCell& cell : wedge.cells) {
            QVERIFY(!cell.label.empty());
            const Result<Recipe> varied = recipeOfCell(recipe, cell);
            QVERIFY(varied.has_value());
            QVERIFY(!seen.contains(written(*varied)));
            seen.insert(written(*varied));
            QCOMPARE(errorsOf(*varied), 0);
            const Json* seed = settingAt(cell, "sky.seed");
            QVERIFY(seed != nullptr);
            seeds.insert(*seed);
        }
        QCOMPARE(seeds.size(), std::size_t{12});
    }

    void variationsAreSpreadOverTheRangeAndGoFurtherRowByRow()
    {
        const Wedge wedge = variations(sampleOf(), builtinEffects(), 12, 0);
        double least = 180;
        double most = -180;
        std::array<double, 3> reach{};
        std::set<double> different;
        for (std::size_t i = 0; i < wedge.cells.size(); ++i) {
            const Json* turn = settingAt(wedge.cells[i], "turn");
            QVERIFY(turn != nullptr);
            least = std::min(least, turn->get<double>());
            most = std::max(most, turn->get<double>());
            reach[i / 4] = std::max(reach[i / 4], std::abs(turn->get<double>() - 40));
            different.insert(turn->get<double>());
        }
        QVERIFY2(least < -90 && most > 120, qPrintable(QStringLiteral("%1 to %2").arg(least).arg(most)));
        QVERIFY(reach[0] < reach[1] && reach[1] < reach[2]);
        QCOMPARE(different.size(), std::size_t{12});
    }

    void theSameRoundGivesTheSameAndAnotherGivesOthers()
    {
        const Wedge once = variations(sampleOf(), builtinEffects(), 12, 3);
        const Wedge again = variations(sampleOf(), builtinEffects(), 12, 3);
        const Wedge others = variations(sampleOf(), builtinEffects(), 12, 4);
        for (std::size_t i = 0; i < once.cells.size(); ++i) {
            QVERIFY(once.cells[i].settings == again.cells[i].settings);
            QVERIFY(once.cells[i].settings != others.cells[i].settings);
        }
    }

    void everySampleRecipeHasTwelveSoundVariations_data()
    {
        QTest::addColumn<QString>("path");
        const QDir folder(QStringLiteral(ARTDAG_SOURCE_DIR "/resources/recipes"));
        for (const QString& name : folder.entryList({QStringLiteral("*.artdag")}))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
    void everySampleRecipeHasTwelveSoundVariations()
    {
        QFETCH(QString, path);
        const Result<std::string> text = readTextFile(path.toStdString());
        QVERIFY(text.has_value());
        const Recipe recipe = readRecipe(*text).recipe;
        const Wedge wedge = variations(recipe, builtinEffects(), 12, 0);
        QCOMPARE(wedge.cells.size(), std::size_t{12});
        for (const WedgeCell& cell : wedge.cells)
            QCOMPARE(errorsOf(*recipeOfCell(recipe, cell)), errorsOf(recipe));
    }

    void aWedgeOfOneParameterGoesThroughItsRangeAndTouchesNoSeed()
    {
        const Wedge wedge = wedgeOf(knobOf("turn"), 5);
        QCOMPARE(wedge.title, std::string("Turn"));
        QCOMPARE(wedge.cells.size(), std::size_t{5});
        const std::array<double, 5> expected{-180, -90, 0, 90, 180};
        for (std::size_t i = 0; i < 5; ++i) {
            QCOMPARE(wedge.cells[i].settings.size(), std::size_t{1});
            QCOMPARE(wedge.cells[i].settings.front().value.get<double>(), expected[i]);
            QCOMPARE(jsonOfNode(*recipeOfCell(sampleOf(), wedge.cells[i])->node("sky")), jsonOfNode(*sampleOf().node("sky")));
        }
        const Wedge narrow = wedgeOf(knobOf("turn"), 3, std::pair(10.0, 20.0));
        QCOMPARE(narrow.cells[1].label, std::string("15°"));
    }

    void whatCanOnlyBeAFewThingsGivesFewCells()
    {
        QCOMPARE(wedgeOf(knobOf("count"), 30).cells.size(), std::size_t{10});
        Knob onOff = knobOf("turn");
        onOff.kind = ParamKind::Boolean;
        onOff.now = true;
        QCOMPARE(wedgeOf(onOff, 7).cells.size(), std::size_t{2});
    }

    void anEffectsWideLimitsAreLookedAtNearTheValue()
    {
        const Knob radius = knobOf("soft.radius");
        QVERIFY(radius.geometric);
        QCOMPARE(radius.least, 1.0);
        QCOMPARE(radius.most, 16.0);
        const std::vector<Json> values = valuesOf(radius, 5);
        QCOMPARE(values[2].get<double>(), 4.0);
    }

    void aGradientKeepsItsStopsAndChangesItsHue()
    {
        const std::vector<Json> values = valuesOf(knobOf("rose.gradient"), 3);
        QCOMPARE(values.size(), std::size_t{3});
        QCOMPARE(values[1].size(), std::size_t{2});
        QCOMPARE(values[1][1][0].get<double>(), 1.0);
        // #b82e7a turned by a third of the circle: the channels change places.
        QCOMPARE(QString::fromStdString(values[1][1][1].get<std::string>()), QStringLiteral("#7ab82e"));
    }

    void twoParametersMakeATableWithColumnsAndRows()
    {
        const Wedge wedge = wedgeOf(knobOf("count"), 3, knobOf("turn"), 2);
        QCOMPARE(wedge.columns, 3);
        QCOMPARE(wedge.cells.size(), std::size_t{6});
        QCOMPARE(wedge.title, std::string("Count × Turn"));
        QCOMPARE(wedge.cells[4].label, std::string("8 · 180°"));
        const Recipe fifth = *recipeOfCell(sampleOf(), wedge.cells[4]);
        QCOMPARE(fifth.params[0].fallback, Json(180));
        QCOMPARE(fifth.params[1].fallback, Json(8));
    }

    void aWedgeOfSeedsChangesNothingElse()
    {
        const Recipe recipe = sampleOf();
        const Wedge wedge = seedWedge(recipe, builtinEffects(), 24, 1);
        QCOMPARE(wedge.cells.size(), std::size_t{24});
        std::set<Json> seeds;
        for (const WedgeCell& cell : wedge.cells) {
            for (const WedgeSetting& setting : cell.settings)
                QCOMPARE(setting.place.argument, std::string("seed"));
            seeds.insert(*settingAt(cell, "sky.seed"));
        }
        QCOMPARE(seeds.size(), std::size_t{24});
        Recipe seedless = recipe;
        seedless.nodes.front().effect = "gradient";
        QVERIFY(seedWedge(seedless, builtinEffects(), 12, 0).cells.empty());
    }
};

QTEST_GUILESS_MAIN(WedgeTest)
#include "wedge_test.moc"
