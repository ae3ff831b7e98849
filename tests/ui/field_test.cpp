// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/field_model.h"

#include "core/graph/literal.h"
#include "core/recipe/edit_recipe.h"
#include "tests/ui/sample_recipe.h"
#include "ui/qt_std.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

#include <cmath>

using namespace artdag;

namespace {
int rowOf(const FieldModel& model, const char* argument)
{
    for (int row = 0; row < model.rowTotal(); ++row) {
        const Field& field = model.fields()[static_cast<std::size_t>(row)];
        if (field.place.argument == argument || field.place.node == argument)
            return row;
    }
    return -1;
}

Recipe recipeWith(const std::string& effect)
{
    Recipe recipe;
    recipe.nodes.push_back({.name = "n", .effect = effect});
    return recipe;
}
} // namespace

class FieldTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyParameterOfEveryEffectHasAField_data()
    {
        QTest::addColumn<QString>("effect");
        for (const CatalogueEntry& entry : builtinEffects().entries)
            QTest::newRow(std::string(entry.name).c_str()) << toQt(entry.name);
    }
    void everyParameterOfEveryEffectHasAField()
    {
        QFETCH(QString, effect);
        const Effect& description = *builtinEffects().find(toStd(effect))->effect;
        const std::vector<Field> fields = fieldsOfCard(recipeWith(toStd(effect)), builtinEffects(), "n");
        QCOMPARE(fields.size(), description.params.size());
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const Param& param = description.params[i];
            QVERIFY(!fields[i].title.isEmpty());
            // What the form shows as the default is what the checker reads as the default.
            const Result<Value> value = valueOfJson(fields[i].shown(), param, {30, 1});
            if (param.kind == ParamKind::File || param.kind == ParamKind::Font)
                continue;
            QVERIFY2(value.has_value(), value ? "" : value.error().message.c_str());
            QVERIFY2(*value == param.initial, std::string(param.name).c_str());
        }
    }

    void everyParameterIsSavedAndReadAgainByteForByte_data() { everyParameterOfEveryEffectHasAField_data(); }
    void everyParameterIsSavedAndReadAgainByteForByte()
    {
        QFETCH(QString, effect);
        Recipe recipe = recipeWith(toStd(effect));
        const std::vector<Field> fields = fieldsOfCard(recipe, builtinEffects(), "n");
        for (const Field& field : fields) {
            Result<Recipe> next = setArgument(recipe, "n", field.place.argument, field.shown());
            QVERIFY2(next.has_value(), next ? "" : next.error().message.c_str());
            recipe = std::move(*next);
        }
        const std::string saved = writeRecipe(recipe);
        const ReadRecipe read = readRecipe(saved);
        QCOMPARE(QByteArray::fromStdString(writeRecipe(read.recipe)), QByteArray::fromStdString(saved));
        for (const Field& field : fields) {
            const Json* kept = read.recipe.node("n")->arg(field.place.argument);
            QVERIFY2(kept != nullptr && *kept == field.shown(), field.place.argument.c_str());
        }
    }

    void anUnknownNodeIsKeptWithAllItsData()
    {
        const std::string text = R"({"artdag": 1, "nodes": {"n": {"effect": "of_tomorrow", "args": {"depth": [1, {"y": 2}]}, "later": {"z": [true, null]}}}, "of_tomorrow": 3})";
        const std::string saved = writeRecipe(readRecipe(text).recipe);
        QVERIFY2(saved.find("of_tomorrow") != std::string::npos, saved.c_str());
        const Json kept = readJson(saved).value_or(Json());
        QVERIFY(kept["nodes"]["n"] == readJson(text).value_or(Json())["nodes"]["n"]);
        QVERIFY(kept["of_tomorrow"] == 3);
        QCOMPARE(QByteArray::fromStdString(writeRecipe(readRecipe(saved).recipe)), QByteArray::fromStdString(saved));
    }

    void typedTextBecomesALiteral_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("json");
        auto row = [](const char* name, ParamKind kind, const char* text, const char* json) { QTest::newRow(name) << static_cast<int>(kind) << QString::fromUtf8(text) << QString::fromUtf8(json); };
        row("number", ParamKind::Real, "12.5", "12.5");
        row("arithmetic", ParamKind::Real, "3*(2+1)/2", "4.5");
        row("minus", ParamKind::Real, "-7", "-7");
        row("decimal comma", ParamKind::Real, "1,25", "1.25");
        row("clamped below", ParamKind::Real, "-500", "-100");
        row("clamped above", ParamKind::Real, "1e9", "");
        row("whole", ParamKind::Integer, "7.6", "8");
        row("time in frames", ParamKind::Time, "f12", "\"f12\"");
        row("colour", ParamKind::Colour, "#ff8800", "\"#ff8800\"");
        row("colour, short", ParamKind::Colour, "#f80", "\"#ff8800\"");
        row("choice", ParamKind::Choice, "two", "\"two\"");
        row("unknown choice", ParamKind::Choice, "three", "");
        row("no number", ParamKind::Real, "seven", "");
        row("half a sum", ParamKind::Real, "3+", "");
        row("division by zero", ParamKind::Real, "1/0", "");
        row("no colour", ParamKind::Colour, "reddish", "");
        row("text as it is", ParamKind::Text, "3+", "\"3+\"");
    }
    void typedTextBecomesALiteral()
    {
        QFETCH(int, kind);
        QFETCH(QString, text);
        QFETCH(QString, json);
        Field field;
        field.kind = static_cast<ParamKind>(kind);
        field.least = -100;
        field.most = 100;
        field.step = 0.1;
        field.choices = {QStringLiteral("one"), QStringLiteral("two")};
        field.title = QStringLiteral("Radius");
        const Result<Json> value = literalOfText(field, text);
        QCOMPARE(value.has_value(), !json.isEmpty());
        if (value)
            QCOMPARE(toQt(canonicalJson(*value)), json);
    }

    void scrubbingIsOneStepAndMovesByTheStep()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        FieldModel form(document, builtinEffects(), FieldModel::Source::Card);
        QAbstractItemModelTester tester(&form, QAbstractItemModelTester::FailureReportingMode::QtTest);
        form.setCard(QStringLiteral("soft"));
        const int row = rowOf(form, "radius");
        QVERIFY(row >= 0);
        form.beginDrag(row);
        form.drag(row, 20, false, false); // ten steps of 0.5
        form.drag(row, 40, false, false);
        form.endDrag();
        QCOMPARE(document.recipe()->node("soft")->arg("radius")->get<double>(), 14.0);
        QCOMPARE(document.steps(), std::size_t{2});
        document.undo();
        QCOMPARE(form.data(form.index(row), FieldModel::NumberRole).toDouble(), 4.0);
    }

    void aSliderStaysInItsRange()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        FieldModel form(document, builtinEffects(), FieldModel::Source::Handles);
        const int row = rowOf(form, "turn");
        QVERIFY(row >= 0);
        QVERIFY(form.data(form.index(row), FieldModel::BoundedRole).toBool());
        form.beginDrag(row);
        form.dragFraction(row, 1);
        QCOMPARE(document.recipe()->params.front().fallback.get<double>(), 180.0);
        form.dragFraction(row, 0);
        form.endDrag();
        QCOMPARE(document.recipe()->params.front().fallback.get<double>(), -180.0);
        QCOMPARE(document.steps(), std::size_t{2});
    }

    void anotherCardIsShownByTheRowsThatAreThere()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        FieldModel form(document, builtinEffects(), FieldModel::Source::Card);
        QAbstractItemModelTester tester(&form, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&form, &QAbstractItemModel::modelReset), added(&form, &QAbstractItemModel::rowsInserted), gone(&form, &QAbstractItemModel::rowsRemoved);
        form.setCard(QStringLiteral("tint"));
        const int few = form.rowTotal();
        QVERIFY(!form.setFormula(0, QStringLiteral(R"({"nothing": 1})")));
        form.setCard(QStringLiteral("soft"));
        QVERIFY(form.rowTotal() > few);
        QCOMPARE(added.count(), 2); // of none, then those that are more
        QCOMPARE(added.last().at(1).toInt(), few);
        QCOMPARE(form.data(form.index(0), FieldModel::ErrorRole).toString(), QString());
        QCOMPARE(form.data(form.index(0), FieldModel::PlaceRole).toString(), QStringLiteral("/nodes/soft/args/radius"));
        form.setCard(QStringLiteral("tint"));
        QCOMPARE(gone.count(), 1);
        QCOMPARE(form.rowTotal(), few);
        QCOMPARE(resets.count(), 0);
    }

    void aDragIsOverWhenAnotherCardIsShown()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        FieldModel form(document, builtinEffects(), FieldModel::Source::Card);
        form.setCard(QStringLiteral("soft"));
        const int row = rowOf(form, "radius");
        form.beginDrag(row);
        form.dragFraction(row, 0.5);
        form.setCard(QStringLiteral("hum"));
        QVERIFY(!document.inGesture());
        const std::string dragged = writeRecipe(*document.recipe());
        for (int other = 0; other < form.rowTotal(); ++other) {
            form.dragFraction(other, 1);
            form.drag(other, 40, false, false);
            form.dragComponent(other, 0, 40, false);
            form.dragStop(other, 0, 0.5);
        }
        form.endDrag();
        QCOMPARE(writeRecipe(*document.recipe()), dragged);
        QCOMPARE(document.steps(), std::size_t{2});
    }

    void whatIsSetIsSetAtAllSelectedNodesOfTheEffect()
    {
        Document document;
        Recipe recipe = sampleRecipe();
        recipe.nodes.push_back({.name = "soft2", .effect = "blur"});
        recipe.nodes.push_back({.name = "soft3", .effect = "blur"});
        document.reset(recipe, {});
        FieldModel form(document, builtinEffects(), FieldModel::Source::Card);
        form.setCard(QStringLiteral("soft"));
        form.setSelected({"soft", "soft2", "tint"});
        QCOMPARE(form.othersTotal(), 1);
        const int row = rowOf(form, "radius");
        const auto radius = [&](const char* node) { return document.recipe()->node(node)->arg("radius"); };
        QVERIFY(form.setText(row, QStringLiteral("9")));
        QCOMPARE(document.steps(), std::size_t{2});
        QCOMPARE(radius("soft")->get<double>(), 9.0);
        QCOMPARE(radius("soft2")->get<double>(), 9.0);
        QVERIFY(radius("soft3") == nullptr);
        form.beginDrag(row);
        form.drag(row, 20, false, false);
        form.endDrag();
        QCOMPARE(document.steps(), std::size_t{3});
        QVERIFY(radius("soft")->get<double>() > 9 && *radius("soft") == *radius("soft2"));
        document.undo();
        document.undo();
        QVERIFY(radius("soft2") == nullptr);
    }

    void aLinkGivesBothTheSameParameter()
    {
        Document document;
        Recipe recipe = sampleRecipe();
        recipe.nodes.push_back({.name = "soft2", .effect = "blur"});
        document.reset(recipe, {});
        FieldModel form(document, builtinEffects(), FieldModel::Source::Card);
        QSignalSpy refused(&form, &FieldModel::refused), notTaken(&document, &Document::refused);
        form.setCard(QStringLiteral("soft"));
        form.pasteLink(rowOf(form, "radius")); // nothing was copied
        QCOMPARE(refused.count(), 1);
        form.copy(rowOf(form, "radius"));
        form.pasteLink(rowOf(form, "radius")); // onto itself
        QCOMPARE(notTaken.count(), 1);
        form.setCard(QStringLiteral("soft2"));
        form.pasteLink(rowOf(form, "kind")); // a choice
        QCOMPARE(notTaken.count(), 2);
        QCOMPARE(document.steps(), std::size_t{1});
        form.pasteLink(rowOf(form, "radius"));
        QCOMPARE(document.steps(), std::size_t{2});
        const Json link = *document.recipe()->node("soft")->arg("radius");
        QCOMPARE(*document.recipe()->node("soft2")->arg("radius"), link);
        QCOMPARE(document.recipe()->params.back().fallback.get<double>(), 4.0);
        document.undo();
        QVERIFY(document.recipe()->node("soft2")->arg("radius") == nullptr);
    }

    void handlesAreParametersAndArguments()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        FieldModel handles(document, builtinEffects(), FieldModel::Source::Handles);
        QAbstractItemModelTester tester(&handles, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(handles.rowTotal(), 2);
        FieldModel form(document, builtinEffects(), FieldModel::Source::Card);
        form.setCard(QStringLiteral("soft"));
        form.toggleHandle(rowOf(form, "radius"));
        QCOMPARE(handles.rowTotal(), 1);
        document.undo();
        QCOMPARE(handles.rowTotal(), 2);
    }

    void anExpressionIsShownAsText()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        FieldModel form(document, builtinEffects(), FieldModel::Source::Card);
        form.setCard(QStringLiteral("tint"));
        const int row = rowOf(form, "angle");
        QCOMPARE(form.data(form.index(row), FieldModel::FormulaRole).toString(), QStringLiteral("turn + 90 * t"));
        QVERIFY(form.setFormula(row, QStringLiteral("45 * t")));
        QCOMPARE(QByteArray::fromStdString(canonicalJson(*document.recipe()->node("tint")->arg("angle"))), QByteArray(R"({"expr":"45 * t"})"));
        QVERIFY(form.setFormula(row, QStringLiteral(R"({"keys": [[0, 0], [1, 90]]})")));
        QCOMPARE(form.data(form.index(row), FieldModel::FormRole).toInt(), static_cast<int>(FieldForm::Keys));
        QVERIFY(!form.setFormula(row, QStringLiteral(R"({"nothing": 1})")));
        QVERIFY(!form.data(form.index(row), FieldModel::ErrorRole).toString().isEmpty());
        form.makeConstant(row);
        QCOMPARE(document.recipe()->node("tint")->arg("angle")->get<double>(), 0.0);
    }

    void wrongTextStaysAnErrorAtItsRowAndEditsNothing()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        FieldModel form(document, builtinEffects(), FieldModel::Source::Card);
        form.setCard(QStringLiteral("soft"));
        const int row = rowOf(form, "radius");
        QVERIFY(!form.setText(row, QStringLiteral("wide")));
        QVERIFY(form.data(form.index(row), FieldModel::ErrorRole).toString().contains(QStringLiteral("wide")));
        QVERIFY(!document.canUndo());
        QVERIFY(form.setText(row, QStringLiteral("8")));
        QVERIFY(form.data(form.index(row), FieldModel::ErrorRole).toString().isEmpty());
    }

    void aProblemStandsBesideItsField()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        FieldModel form(document, builtinEffects(), FieldModel::Source::Card);
        form.setCard(QStringLiteral("soft"));
        form.setProblems({{Problem::Severity::Error, "/nodes/soft/args/radius", 0, 0, "node 'soft': radius is wrong", "try 4"}});
        QCOMPARE(form.data(form.index(rowOf(form, "radius")), FieldModel::ErrorRole).toString(), QStringLiteral("node 'soft': radius is wrong try 4"));
        QCOMPARE(form.data(form.index(rowOf(form, "kind")), FieldModel::ErrorRole).toString(), QString());
    }

    void resetPutsTheDefaultBack()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        FieldModel form(document, builtinEffects(), FieldModel::Source::Card);
        form.setCard(QStringLiteral("soft"));
        form.reset(rowOf(form, "radius"));
        QCOMPARE(document.recipe()->node("soft")->arg("radius"), nullptr);
    }

    void arithmeticNeverCrashes()
    {
        for (const char* text : {"", "(", "((((((((", "-", "--3", "1//2", ")", "1 2", "9999999999999999999999999999999999999999999e", "\xff"})
            QVERIFY(std::isfinite(arithmetic(QString::fromUtf8(text)).value_or(0)));
        QCOMPARE(*arithmetic(QStringLiteral("--3")), 3.0);
        QCOMPARE(*arithmetic(QStringLiteral(" 2 * ( 3 − 1 ) ")), 4.0);
    }
};

QTEST_MAIN(FieldTest)
#include "field_test.moc"
