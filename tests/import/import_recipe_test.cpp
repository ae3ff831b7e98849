// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/graph.h"
#include "core/import/import_recipe.h"

#include <QFile>
#include <QtTest>

#include <algorithm>

using namespace artdag;

namespace {

/// The examples are the seeds of the fuzz target too.
std::string example(const QString& name)
{
    QFile file(QStringLiteral(ARTDAG_SOURCE_DIR "/tests/fuzz/corpus/importers/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(name));
    return file.readAll().toStdString();
}

Imported imported(const QString& name)
{
    auto result = importRecipe(example(name), builtinEffects());
    if (!result)
        qFatal("%s: %s", qPrintable(name), result.error().message.c_str());
    return std::move(*result);
}

QString nodeOf(const Imported& imported, const char* name)
{
    const Node* node = imported.recipe.node(name);
    return node == nullptr ? QStringLiteral("none") : QString::fromStdString(jsonOfNode(*node).dump()).replace('"', '\'');
}

QString outputOf(const Imported& imported)
{
    const RecipeOutput& output = imported.recipe.outputs.at(0);
    return QString::fromStdString((output.picture ? output.picture->text() : "-") + " " + (output.sound ? output.sound->text() : "-"));
}

QString notesOf(const Imported& imported)
{
    QString out;
    for (const Problem& note : imported.notes)
        out += QString("%1: %2\n").arg(note.line).arg(QString::fromStdString(note.message));
    return out;
}

} // namespace

class ImportRecipeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsImportedChecks_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"segment_look.json", "two_clips.json", "layers.json", "identity_cat.yaml", "beat_cut.yaml", "two_looks.yaml", "spinning_cat.sexp", "energy.sexp", "slices.sexp"})
            QTest::newRow(name) << QString(name);
    }
    void whatIsImportedChecks()
    {
        QFETCH(QString, name);
        const Imported result = imported(name);
        const auto read = readRecipe(writeRecipe(result.recipe));
        QVERIFY(read.problems.empty());
        for (const Problem& problem : checkRecipe(read.recipe, builtinEffects(), {}, false).problems)
            QVERIFY2(problem.severity == Problem::Severity::Warning, (problem.pointer + " " + problem.message).c_str());
        for (const Problem& note : result.notes) {
            QVERIFY2(note.line > 0 && note.column > 0, note.message.c_str());
            QVERIFY(result.recipe.description.find(note.message + " (line " + std::to_string(note.line) + ")") != std::string::npos);
        }
    }
    void aDagBecomesNodes()
    {
        const Imported look = imported("segment_look.json");
        QCOMPARE(look.recipe.inputs.at(0).name, std::string("cat"));
        QCOMPARE(look.recipe.inputs.at(0).fallback, std::string("sha3-256:33268b6e167deaf018cc538de12dbacf33ab4f4d8f4ca7d4b5d9a2d8fb2a9d0c"));
        QCOMPARE(nodeOf(look, "clip"), QString("{'effect':'segment','in':{'picture':'cat','sound':'cat.sound'},'args':{'start':2.5,'duration':4}}"));
        QCOMPARE(nodeOf(look, "small"), QString("{'effect':'resize','in':{'picture':'clip'},'args':{'width':640,'height':360,'mode':'pad','background':'#000000'}}"));
        QCOMPARE(nodeOf(look, "look_brightness"), QString("{'effect':'brightness','in':{'picture':'small'},'args':{'amount':0.1}}"));
        QCOMPARE(nodeOf(look, "look_contrast"), QString("{'effect':'contrast','in':{'picture':'look_brightness'},'args':{'amount':0.2}}"));
        QVERIFY(outputOf(look).endsWith(" clip.sound"));
        QCOMPARE(look.recipe.canvas.duration, 4.0);
    }
    void sequencesMixesAndFilmsKeepTheirSettings()
    {
        const Imported clips = imported("two_clips.json");
        QCOMPARE(nodeOf(clips, "joined"), QString("{'effect':'sequence','in':{'items':[{'id':'item_1','from':'seg_a','args':{'transition':'crossfade','overlap':0.5}},'seg_b']},'args':{'size':'largest'}}"));
        QCOMPARE(nodeOf(clips, "mixed"), QString("{'effect':'mix','in':{'items':['a.sound',{'id':'item_2','from':'music.sound','args':{'gain':-6.02}}]},'args':{'normalize':true}}"));
        QCOMPARE(outputOf(clips), QString("film film.sound"));
        QCOMPARE(clips.recipe.canvas.duration, 7.5);
        QVERIFY2(notesOf(clips).contains("4: input 'b': its media is not named by content (/home/artist/clip b.mp4)"), qPrintable(notesOf(clips)));
        const Imported layers = imported("layers.json");
        QCOMPARE(nodeOf(layers, "both"), QString("{'effect':'blend','in':{'below':'bg','above':'turned'},'args':{'mode':'screen','opacity':0.7}}"));
        QCOMPARE(nodeOf(layers, "stack"), QString("{'effect':'layer','in':{'items':['both',{'id':'item_2','from':'fg','args':{'opacity':0.5,'scale':0.25}}]}}"));
        QVERIFY2(notesOf(layers).contains("7: node 'dog' (EFFECT): the effect \"dog\" is not known here"), qPrintable(notesOf(layers)));
        QVERIFY2(notesOf(layers).contains("6: node 'turned': \"wobble\" 2 has no counterpart in the effect 'rotate'"), qPrintable(notesOf(layers)));
    }
    void yamlBecomesNodes()
    {
        const Imported cat = imported("identity_cat.yaml");
        QCOMPARE(cat.recipe.title, std::string("identity-cat"));
        QCOMPARE(cat.recipe.author, std::string("@giles@artdag.example"));
        QCOMPARE(nodeOf(cat, "apply_identity"), QString("{'effect':'identity','in':{'picture':'cat'}}"));
        QCOMPARE(outputOf(cat), QString("apply_identity cat.sound"));
        const Imported looks = imported("two_looks.yaml");
        QCOMPARE(looks.recipe.canvas.width, 1280);
        QCOMPARE(looks.recipe.canvas.rate.numerator, std::int64_t{25});
        QCOMPARE(looks.recipe.canvas.duration, 4.0);
        QCOMPARE(nodeOf(looks, "warm_hue"), QString("{'effect':'hue_shift','in':{'picture':'user_film'},'args':{'angle':20}}"));
        QVERIFY2(notesOf(looks).contains("17: node 'film': transition \"fade\" has no counterpart; it cuts"), qPrintable(notesOf(looks)));
    }
    void sExpressionsBecomeNodes()
    {
        const Imported cat = imported("spinning_cat.sexp");
        QCOMPARE(cat.recipe.title, std::string("spinning cat"));
        QCOMPARE(cat.recipe.canvas.width, 640);
        QCOMPARE(nodeOf(cat, "segment"), QString("{'effect':'segment','in':{'picture':'cat','sound':'cat.sound'},'args':{'start':1,'duration':4}}"));
        QCOMPARE(nodeOf(cat, "blur"), QString("{'effect':'blur','in':{'picture':'rotate'},'args':{'radius':6}}"));
        QCOMPARE(outputOf(cat), QString("blur segment.sound"));
        const Imported energy = imported("energy.sexp");
        QCOMPARE(energy.recipe.params.at(0).name, std::string("tilt"));
        QCOMPARE(*energy.recipe.params.at(0).most, 45.0);
        QCOMPARE(nodeOf(energy, "held"), QString("{'effect':'rotate','in':{'picture':'spun'},'args':{'angle':{'param':'tilt'}}}"));
        const Imported slices = imported("slices.sexp");
        QVERIFY2(notesOf(slices).contains("5: node 'cut' (SLICE_ON): slicing on beats has no counterpart yet; its input passes through"), qPrintable(notesOf(slices)));
        QVERIFY2(notesOf(slices).contains("2: keyword ':seed' of the recipe has no counterpart"), qPrintable(notesOf(slices)));
        QCOMPARE(nodeOf(slices, "b"), QString("{'effect':'segment','in':{'picture':'footage_2','sound':'footage_2.sound'},'args':{'start':0.5,'duration':2.0}}"));
    }
    void aMistakeHasLineAndColumn_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* name, const char* text, const char* message) { QTest::newRow(name) << QByteArray(text) << QByteArray(message); };
        row("nothing", " \n", "recipe to import: the text is empty");
        row("JSON", "{\n  \"nodes\": {,}", "DAG recipe, line 2, column 13: expected a member's name");
        row("no nodes", "{}", "DAG recipe, line 1, column 1: 'nodes' is missing");
        row("no output", "{\"nodes\": {}}", "DAG recipe, line 1, column 1: the output is missing");
        row("output of nothing", "{\"nodes\": {},\n \"output\": \"x\"}", "DAG recipe, line 2, column 12: the output is 'x', and there is no such node");
        row("no type", "{\"nodes\": {\n\"a\": {}}, \"output\": \"a\"}", "DAG recipe, line 2, column 6: node 'a': the type is missing");
        row("unknown input", "{\"nodes\": {\n\"a\": {\"type\": \"RESIZE\", \"inputs\": [\"b\"]}}, \"output\": \"a\"}", "DAG recipe, line 2, column 6: node 'a': there is no node 'b'");
        row("inputs", "{\"nodes\": {\n\"a\": {\"type\": \"RESIZE\", \"inputs\": 3}}, \"output\": \"a\"}", "inputs must be a list of ids");
        row("circle", "{\"nodes\": {\"a\": {\"type\": \"RESIZE\", \"inputs\": [\"a\"]}}, \"output\": \"a\"}", "node 'a': it feeds itself in a circle");
        row("twice", "{\"nodes\": [{\"id\": \"a\", \"type\": \"SOURCE\"},\n{\"id\": \"a\", \"type\": \"SOURCE\"}], \"output\": \"a\"}", "DAG recipe, line 2, column 1: node 'a': the id is that of another node too");
        row("YAML", "name: x\ndag: [", "YAML recipe, line 3, column 1: did not find");
        row("YAML twice", "name: x\nname: y\n", "YAML recipe, line 2, column 1: 'name' is written twice");
        row("YAML alias", "a: &x 1\nb: *x\n", "YAML recipe, line 1, column 4: anchors and tags are not read here");
        row("YAML documents", "a: 1\n---\nb: 2\n", "YAML recipe, line 2, column 1: a second document begins");
        row("YAML text", "just words", "YAML recipe, line 1, column 1: the document must be an object");
        row("YAML node", "dag:\n  output: a\n  nodes:\n    - id: a\n", "YAML recipe, line 4, column 7: node 'a': the type is missing");
        row("open list", "(recipe \"x\"\n  (source", "S-expression recipe, line 2, column 3: the text ends before ')' closes this");
        row("open text", "(recipe \"x", "S-expression recipe, line 1, column 9: the text ends inside quotes");
        row("closed twice", "(recipe \"x\" (source a)))", "S-expression recipe, line 1, column 24: ')' closes nothing");
        row("no recipe", "(def x 1)", "S-expression recipe, line 1, column 1: expected (recipe");
        row("undefined", "(recipe \"x\"\n (blur footage))", "S-expression recipe, line 2, column 8: 'footage' is not defined");
        row("keyword", "(recipe \"x\"\n (source a :hash))", "S-expression recipe, line 2, column 12: keyword ':hash' has no value");
        row("no expression", "(recipe \"x\" (def a (source b)))", "the recipe has no output");
        row("def", "(recipe \"x\" (def a))", "S-expression recipe, line 1, column 13: (def …) takes a name and an expression");
    }
    void aMistakeHasLineAndColumn()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, message);
        const auto result = importRecipe(text.toStdString(), builtinEffects());
        QVERIFY(!result);
        QCOMPARE(result.error().fault, Fault::BadInput);
        QVERIFY2(QString::fromStdString(result.error().message).contains(QString::fromUtf8(message)), result.error().message.c_str());
    }
    void valuesThatDoNotFitAreNotes()
    {
        const auto result = importRecipe(R"({"nodes": {"a": {"type": "SOURCE"}, "b": {"type": "EFFECT", "inputs": ["a"],
"config": {"effect": "blur", "radius": 900, "edges": "nowhere", "kind": null}}}, "output": "b"})",
            builtinEffects());
        QVERIFY(result);
        QCOMPARE(nodeOf(*result, "b"), QString("{'effect':'blur','in':{'picture':'a'}}"));
        QVERIFY2(notesOf(*result).contains("radius must be 0–200 px, got 900; it keeps its usual value"), qPrintable(notesOf(*result)));
        QVERIFY2(notesOf(*result).contains("edges must be one of"), qPrintable(notesOf(*result)));
    }
    void hostileSizesAreRefused()
    {
        QVERIFY(!importRecipe(std::string(5U << 20, ' ') + "(", builtinEffects()));
        QVERIFY(!importRecipe(std::string(1000, '('), builtinEffects()));
        QVERIFY(!importRecipe("a: " + std::string(1000, '['), builtinEffects()));
    }
};

QTEST_APPLESS_MAIN(ImportRecipeTest)
#include "import_recipe_test.moc"
