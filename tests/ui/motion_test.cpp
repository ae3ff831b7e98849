// SPDX-License-Identifier: GPL-3.0-or-later
// What moves a parameter: keyframes at the playhead, following, expressions, parameters of the recipe.
#include "ui/field_motion.h"

#include "core/base/files.h"
#include "core/graph/graph.h"
#include "core/recipe/edit_recipe.h"
#include "tests/ui/sample_recipe.h"
#include "ui/field_model.h"
#include "ui/presets.h"
#include "ui/qt_std.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QtTest>

using namespace artdag;

namespace {
constexpr Rate tenAsecond{10, 1};

Field fieldNamed(const Recipe& recipe, const char* node, const char* argument)
{
    for (const Field& field : fieldsOfCard(recipe, builtinEffects(), node)) {
        if (field.place.argument == argument)
            return field;
    }
    return {};
}

QString argument(const Recipe& recipe, const char* node, const char* name)
{
    const Json* json = recipe.node(node)->arg(name);
    return json == nullptr ? QString() : QString::fromStdString(json->dump());
}

void verifyFine(const Recipe& recipe)
{
    const CheckedRecipe checked = checkRecipe(recipe, builtinEffects());
    for (const Problem& problem : checked.problems)
        QVERIFY2(problem.severity != Problem::Severity::Error, problem.message.c_str());
    QVERIFY(checked.graph != nullptr);
}

struct Form {
    Document document;
    GraphScope scope{document};
    FieldModel model{document, builtinEffects(), FieldModel::Source::Card, &scope};
    explicit Form(const char* card)
    {
        document.reset(sampleRecipe(), {});
        model.setCard(QString::fromLatin1(card));
    }
    int row(const char* name) const
    {
        for (int i = 0; i < model.rowTotal(); ++i) {
            if (model.fields()[static_cast<std::size_t>(i)].place.argument == name)
                return i;
        }
        return -1;
    }
    QVariant at(const char* name, FieldModel::Role role) const { return model.data(model.index(row(name)), role); }
    QString written(const char* name) const { return argument(*document.recipe(), model.card().toLatin1().constData(), name); }
};
} // namespace

class MotionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatAParameterFollowsIsMadeAndWired_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("source");
        QTest::newRow("beats") << "new:beats"
                               << "beats";
        QTest::newRow("downbeats") << "new:downbeats"
                                   << "beats.downbeats";
        QTest::newRow("onsets") << "new:onsets"
                                << "onsets";
        QTest::newRow("loudness") << "new:loudness"
                                  << "energy";
        QTest::newRow("bass") << "new:bass"
                              << "bands.bass";
        QTest::newRow("high") << "new:high"
                              << "bands.high";
        QTest::newRow("wave") << "new:wave"
                              << "lfo";
        QTest::newRow("drift") << "new:drift"
                               << "noise_signal";
        QTest::newRow("a sound that is there") << "hum"
                                               << "hum";
    }
    void whatAParameterFollowsIsMadeAndWired()
    {
        QFETCH(QString, id);
        QFETCH(QString, source);
        const Recipe recipe = sampleRecipe();
        const Result<Recipe> next = follow(recipe, builtinEffects(), fieldNamed(recipe, "soft", "radius"), id);
        QVERIFY2(next.has_value(), next ? "" : next.error().message.c_str());
        const Json& binding = *next->node("soft")->arg("radius");
        QCOMPARE(toQt(binding["bind"].get<std::string>()), source);
        QCOMPARE(binding["range"][0].get<double>(), 4.0);
        QVERIFY(binding["range"][1].get<double>() > 4.0);
        verifyFine(*next);
    }

    void anotherParameterFollowsTheSameNode()
    {
        const Recipe recipe = sampleRecipe();
        const Recipe once = *follow(recipe, builtinEffects(), fieldNamed(recipe, "soft", "radius"), QStringLiteral("new:beats"));
        const Recipe twice = *follow(once, builtinEffects(), fieldNamed(once, "tint", "angle"), QStringLiteral("new:beats"));
        QCOMPARE(twice.nodes.size(), once.nodes.size());
        verifyFine(twice);
    }

    void anotherSourceKeepsHowItFollows()
    {
        const Recipe recipe = sampleRecipe();
        Recipe next = *follow(recipe, builtinEffects(), fieldNamed(recipe, "soft", "radius"), QStringLiteral("new:beats"));
        next = *follow(next, builtinEffects(), fieldNamed(next, "soft", "radius"), QStringLiteral("new:wave"));
        const Json& binding = *next.node("soft")->arg("radius");
        QCOMPARE(binding["bind"].get<std::string>(), std::string("lfo"));
        QCOMPARE(binding["decay"].get<double>(), 0.25);
    }

    void nothingFollowsWhatIsMadeFromIt()
    {
        Recipe recipe = sampleRecipe();
        recipe = *addNode(recipe, "measure_brightness", {0, 0});
        recipe = *artdag::connect(recipe, Wire{"soft", {}}, "measure_brightness", "picture");
        const Field field = fieldNamed(recipe, "soft", "radius");
        for (const FollowChoice& choice : followChoices(recipe, builtinEffects(), field))
            QVERIFY2(!choice.id.startsWith(QStringLiteral("measure_brightness")), qPrintable(choice.id));
        const Result<Recipe> next = follow(recipe, builtinEffects(), field, QStringLiteral("measure_brightness"));
        QVERIFY(!next);
        QCOMPARE(next.error().fault, Fault::Conflict);
    }

    void withoutASoundItSaysWhatToDo()
    {
        Recipe recipe = sampleRecipe();
        recipe = *removeNodes(recipe, {"hum"});
        const Result<Recipe> next = follow(recipe, builtinEffects(), fieldNamed(recipe, "soft", "radius"), QStringLiteral("new:beats"));
        QVERIFY(!next);
        QVERIFY(toQt(next.error().message).contains(QStringLiteral("sound")));
    }

    void aChoiceOrASeedFollowsNothing()
    {
        const Recipe recipe = sampleRecipe();
        QVERIFY(followChoices(recipe, builtinEffects(), fieldNamed(recipe, "soft", "kind")).empty());
    }

    void howItFollowsIsTyped()
    {
        Form form("soft");
        form.model.follow(form.row("radius"), QStringLiteral("new:beats"));
        QCOMPARE(form.document.steps(), std::size_t{2});
        form.model.setFollowMember(form.row("radius"), QStringLiteral("high"), QStringLiteral("10*2"));
        form.model.setFollowMember(form.row("radius"), QStringLiteral("decay"), QStringLiteral("0"));
        form.model.setFollowMember(form.row("radius"), QStringLiteral("map"), QStringLiteral("square"));
        QCOMPARE(form.written("radius"), QStringLiteral(R"({"bind":"beats","range":[4,20],"map":"square"})"));
        QVERIFY(form.at("radius", FieldModel::FollowRole).toMap().value(QStringLiteral("words")).toString().contains(QStringLiteral("follows beats")));
        verifyFine(*form.document.recipe());
    }

    void whatIsTypedBecomesAKeyAtThePlayhead()
    {
        Form form("soft");
        form.model.toggleKey(form.row("radius"));
        QCOMPARE(form.written("radius"), QStringLiteral(R"({"keys":[[0,4]]})"));
        form.model.setFrame(5);
        QVERIFY(!form.at("radius", FieldModel::KeyHereRole).toBool());
        QCOMPARE(form.at("radius", FieldModel::TextRole).toString(), QStringLiteral("4.0"));
        QVERIFY(form.model.setText(form.row("radius"), QStringLiteral("10")));
        QCOMPARE(form.written("radius"), QStringLiteral(R"({"keys":[[0,4],[0.5,10]]})"));
        form.model.setFrame(3);
        QCOMPARE(form.at("radius", FieldModel::NumberRole).toDouble(), 7.6);
        form.model.toggleKey(form.row("radius"));
        form.model.setEase(form.row("radius"), QStringLiteral("smooth"));
        QCOMPARE(form.written("radius"), QStringLiteral(R"({"keys":[[0,4],[0.3,7.6,"smooth"],[0.5,10]]})"));
        verifyFine(*form.document.recipe());
    }

    void aDragWritesOneKeyAndOneStep()
    {
        Form form("soft");
        form.model.toggleKey(form.row("radius"));
        form.model.setFrame(9);
        const std::size_t steps = form.document.steps();
        form.model.beginDrag(form.row("radius"));
        for (int pixels = 2; pixels <= 40; pixels += 2)
            form.model.drag(form.row("radius"), pixels, false, true);
        form.model.endDrag();
        QCOMPARE(form.document.steps(), steps + 1);
        QCOMPARE(form.at("radius", FieldModel::KeysRole).toInt(), 2);
    }

    void theLastKeyLeavesItsValue()
    {
        Form form("soft");
        form.model.toggleKey(form.row("radius"));
        form.model.toggleKey(form.row("radius"));
        QCOMPARE(form.written("radius"), QStringLiteral("4"));
    }

    void thePlayheadGoesFromKeyToKey()
    {
        Form form("soft");
        for (const int frame : {0, 4, 8}) {
            form.model.setFrame(frame);
            form.model.setText(form.row("radius"), QString::number(frame + 1));
            if (frame == 0)
                form.model.toggleKey(form.row("radius"));
        }
        QSignalSpy wanted(&form.model, &FieldModel::frameWanted);
        form.model.setFrame(4);
        form.model.goToKey(form.row("radius"), 1);
        form.model.goToKey(form.row("radius"), -1);
        QCOMPARE(wanted.count(), 2);
        QCOMPARE(wanted[0][0].toLongLong(), 8);
        QCOMPARE(wanted[1][0].toLongLong(), 0);
    }

    void keyTimesAreFramesAtAnyRate()
    {
        const Rate ntsc{30000, 1001};
        Field field = fieldNamed(sampleRecipe(), "soft", "radius");
        for (std::int64_t frame = 0; frame < 5000; frame += 37) {
            field.value = withKeyAt(field, 1.0, frame, ntsc);
            QVERIFY2(hasKeyAt(field, frame, ntsc), qPrintable(QString::number(frame)));
        }
        QCOMPARE(keyCount(field), 136);
    }

    void anExpressionShowsWhatItGivesHere()
    {
        Form form("tint");
        form.model.setFrame(5);
        QCOMPARE(form.at("angle", FieldModel::NowRole).toString().toDouble(), 85.0);
        form.model.makeConstant(form.row("angle"));
        QCOMPARE(form.written("angle").toDouble(), 85.0);
        form.model.makeExpression(form.row("angle"));
        QCOMPARE(form.written("angle"), QStringLiteral(R"({"expr":"85"})"));
        verifyFine(*form.document.recipe());
    }

    void expressionsOfEveryKindThatMovesAreValid_data()
    {
        QTest::addColumn<QString>("effect");
        for (const CatalogueEntry& entry : builtinEffects().entries)
            QTest::newRow(std::string(entry.name).c_str()) << toQt(entry.name);
    }
    void expressionsOfEveryKindThatMovesAreValid()
    {
        QFETCH(QString, effect);
        Recipe recipe;
        recipe.nodes.push_back({.name = "n", .effect = toStd(effect)});
        Document document;
        document.reset(recipe, {});
        FieldModel model(document, builtinEffects(), FieldModel::Source::Card);
        model.setCard(QStringLiteral("n"));
        for (int row = 0; row < model.rowTotal(); ++row) {
            const ParamKind kind = model.fields()[static_cast<std::size_t>(row)].kind;
            if (!canFollow(model.fields()[static_cast<std::size_t>(row)]))
                continue;
            model.makeExpression(row);
            const Json* json = document.recipe()->node("n")->arg(model.fields()[static_cast<std::size_t>(row)].place.argument);
            QVERIFY2(json != nullptr, nameOf(kind));
        }
        for (const Problem& problem : checkRecipe(*document.recipe(), builtinEffects()).problems)
            QVERIFY2(!problem.pointer.ends_with("expr") && problem.pointer.find("/args/") == std::string::npos, problem.message.c_str());
    }

    void aConstantBecomesAParameterOfTheRecipe()
    {
        Form form("soft");
        form.model.makeParameter(form.row("radius"));
        QCOMPARE(form.written("radius"), QStringLiteral(R"({"param":"radius"})"));
        QVERIFY(std::ranges::find(form.document.recipe()->handles, std::string("radius")) != form.document.recipe()->handles.end());
        QCOMPARE(form.model.parameterOf(form.row("radius")), QStringLiteral("radius"));
        verifyFine(*form.document.recipe());
        form.document.undo();
        QCOMPARE(QByteArray::fromStdString(writeRecipe(*form.document.recipe())), QByteArray::fromStdString(writeRecipe(sampleRecipe())));
    }

    void onlyParametersThatFitAreOffered()
    {
        Form form("soft");
        QCOMPARE(form.model.parameters(form.row("radius")), QStringList{QStringLiteral("turn")});
        QVERIFY(form.model.parameters(form.row("kind")).isEmpty());
        form.model.takeParameter(form.row("radius"), QStringLiteral("turn"));
        QCOMPARE(form.written("radius"), QStringLiteral(R"({"param":"turn"})"));
    }

    void anArgumentIsCopiedAsItIsWritten()
    {
        Form form("tint");
        form.model.copy(form.row("angle"));
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral(R"({"expr":"turn + 90 * t"})"));
        form.model.setCard(QStringLiteral("soft"));
        form.model.pasteCopied(form.row("radius"));
        QCOMPARE(form.written("radius"), QStringLiteral(R"({"expr":"turn + 90 * t"})"));
        QGuiApplication::clipboard()->setText(QStringLiteral("nonsense"));
        form.model.makeConstant(form.row("radius"));
        form.model.pasteCopied(form.row("radius"));
        QVERIFY(!form.at("radius", FieldModel::ErrorRole).toString().isEmpty());
    }

    void aPresetIsKeptAndAppliedInOneStep()
    {
        auto home = TemporaryDirectory::make();
        QVERIFY(home.has_value());
        const std::filesystem::path file = home->path() / "studio" / "presets.json";
        Form form("soft");
        {
            Presets presets(form.scope, builtinEffects(), file);
            presets.setCard(QStringLiteral("soft"));
            QVERIFY(presets.names().isEmpty());
            presets.keep(QStringLiteral("  Gentle  "));
        }
        form.model.setText(form.row("radius"), QStringLiteral("40"));
        Presets presets(form.scope, builtinEffects(), file);
        presets.setCard(QStringLiteral("soft"));
        QCOMPARE(presets.names(), QStringList{QStringLiteral("Gentle")});
        const std::size_t steps = form.document.steps();
        presets.apply(QStringLiteral("Gentle"));
        QCOMPARE(form.document.steps(), steps + 1);
        QCOMPARE(form.written("radius"), QStringLiteral("4"));
        presets.applyDefaults();
        QCOMPARE(form.written("radius"), QString());
        presets.remove(QStringLiteral("Gentle"));
        QVERIFY(presets.names().isEmpty());
    }

    void aPresetLeavesWhatFollowsSomethingAlone()
    {
        auto home = TemporaryDirectory::make();
        QVERIFY(home.has_value());
        Form form("soft");
        Presets presets(form.scope, builtinEffects(), home->path() / "presets.json");
        presets.setCard(QStringLiteral("soft"));
        form.model.follow(form.row("radius"), QStringLiteral("new:wave"));
        const QString binding = form.written("radius");
        presets.keep(QStringLiteral("Nothing"));
        presets.apply(QStringLiteral("Nothing"));
        QCOMPARE(form.written("radius"), binding);
    }

    void presetsThatCannotBeReadAreMovedAside()
    {
        auto home = TemporaryDirectory::make();
        QVERIFY(home.has_value());
        const std::filesystem::path file = home->path() / "presets.json";
        QVERIFY(writeFileAtomically(file, bytesOf(std::string_view("{ nonsense"))).has_value());
        Form form("soft");
        Presets presets(form.scope, builtinEffects(), file);
        presets.setCard(QStringLiteral("soft"));
        presets.keep(QStringLiteral("New"));
        QVERIFY(std::filesystem::exists(file.string() + ".unreadable"));
    }

    void wordsAreOfferedForWhatIsTyped()
    {
        Form form("tint");
        const int row = form.row("angle");
        QVERIFY(form.model.completions(row, QStringLiteral("1 + tur"), 7).contains(QStringLiteral("turn")));
        QVERIFY(form.model.completions(row, QStringLiteral("co"), 2).contains(QStringLiteral("cos")));
        QVERIFY(form.model.completions(row, QStringLiteral("1 + "), 4).isEmpty());
        QVERIFY(form.model.completions(row, QStringLiteral("12"), 2).isEmpty());
    }
};

QTEST_MAIN(MotionTest)
#include "motion_test.moc"
