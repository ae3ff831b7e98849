// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/json_text.h"
#include "core/recipe/recipe.h"

#include <QElapsedTimer>
#include <QtTest>

#include <algorithm>

using namespace artdag;

namespace {

std::string document(const std::string& members)
{
    return "{\n  \"artdag\": 1" + (members.empty() ? "" : ",\n  " + members) + "\n}\n";
}

/// Quotes may be single here, which is easier to read.
std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

QString listOf(const std::vector<Problem>& problems)
{
    QString out;
    for (const Problem& problem : problems)
        out += QString("%1 %2:%3 %4 (%5)\n").arg(QString::fromStdString(problem.pointer)).arg(problem.line).arg(problem.column).arg(QString::fromStdString(problem.message), QString::fromStdString(problem.hint));
    return out;
}

const Problem* problemAt(const ReadRecipe& read, const std::string& pointer)
{
    for (const Problem& problem : read.problems)
        if (problem.pointer == pointer)
            return &problem;
    return nullptr;
}

} // namespace

class ReadRecipeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWholeDocumentIsRead()
    {
        const auto read = readRecipe(R"({"artdag": 1, "title": "Spin", "tags": ["cat"],
            "canvas": {"width": 640, "height": 360, "rate": [30000, 1001], "sampleRate": 44100, "duration": 2.5},
            "inputs": {"footage": {"media": "still", "default": "sha3-256:00"}},
            "params": {"speed": {"type": "real", "default": 90, "min": -720, "max": 720, "unit": "deg/s"}},
            "handles": ["speed"],
            "nodes": {
              "spin": {"effect": "rotate", "in": {"picture": "footage"}, "args": {"angle": {"expr": "speed * t"}}, "bypass": true},
              "film": {"effect": "sequence", "in": {"items": [{"id": "a", "from": "spin.picture", "in": 0, "out": "f30", "args": {"transition": "cut"}}, "footage"]}}},
            "outputs": {"main": {"picture": "film", "sound": "footage.sound"}},
            "layout": {"spin": [120, 40]}, "mood": {"x": 1}})");
        QVERIFY2(read.ok(), qPrintable(listOf(read.problems)));
        const Recipe& recipe = read.recipe;
        QCOMPARE(recipe.title, std::string("Spin"));
        QVERIFY((recipe.canvas.rate == Rate{30000, 1001}));
        QCOMPARE(recipe.canvas.duration, 2.5);
        QCOMPARE(recipe.inputs.at(0).media, std::string("still"));
        QCOMPARE(*recipe.params.at(0).most, 720.0);
        QVERIFY(recipe.node("spin")->bypass);
        const auto& items = std::get<std::vector<Item>>(recipe.node("film")->port("items")->value);
        QCOMPARE(items.at(0).from->port, std::string("picture"));
        QVERIFY(items.at(1).plain);
        QCOMPARE(recipe.outputs.at(0).encode, std::string("share-h264"));
        QCOMPARE(recipe.layout.at("spin").first, 120.0);
        QCOMPARE(recipe.unknown.dump(), std::string(R"({"mood":{"x":1}})"));
        QCOMPARE(read.problems.size(), std::size_t{1}); // the warning about "mood"
    }

    void oneMistakeIsNamedWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* name, const std::string& text, const char* pointer, int line, int column, const char* words) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(pointer) << line << column << QByteArray(words);
        };
        row("empty text", "", "", 1, 1, "ends where a value should be");
        row("not an object", "[1]", "", 1, 1, "must be an object");
        row("no version", "{}", "", 1, 1, "version is missing");
        row("newer version", "{\"artdag\": 2}", "/artdag", 1, 12, "version 2");
        row("version as text", "{\"artdag\": \"1\"}", "/artdag", 1, 12, "got \"1\"");
        row("comma too many", "{\"artdag\": 1,\n}", "", 1, 13, "comma before '}'");
        row("comma missing", "{\"artdag\": 1\n\"title\": \"\"}", "", 2, 1, "expected ',' or '}'");
        row("cut off", "{\"artdag\": 1, \"title\": \"He", "/title", 1, 27, "ends inside quotes");
        row("comment", "{\n// hello\n\"artdag\": 1}", "", 2, 1, "name in double quotes");
        row("single quotes", "{\"artdag\": 1, \"title\": 'x'}", "/title", 1, 24, "expected a value");
        row("after the end", "{\"artdag\": 1} {}", "", 1, 15, "expected the end");
        row("NaN", document("\"canvas\": {\"width\": NaN}"), "/canvas/width", 3, 23, "NaN is not a number");
        row("Infinity", document("\"canvas\": {\"duration\": -Infinity}"), "/canvas/duration", 3, 26, "-Infinity is not a number");
        row("number too large", document("\"canvas\": {\"duration\": 1e999}"), "/canvas/duration", 3, 26, "out of range");
        row("duplicate member", document("\"title\": \"a\",\n  \"title\": \"b\""), "/title", 4, 3, "written twice");
        row("invalid UTF-8", document("\"title\": \"a\xFF\""), "/title", 3, 14, "invalid UTF-8");
        row("half a surrogate", document("\"title\": \"\\ud800\""), "/title", 3, 13, "surrogate");
        row("control character", document("\"title\": \"a\tb\""), "/title", 3, 14, "control character");
        row("columns are characters", document("\"title\": \"äöü€😀\", \"tags\": 1"), "/tags", 3, 29, "a list of texts");
        row("title as number", document("\"title\": 5"), "/title", 3, 12, "recipe: title must be a text, got 5");
        row("width zero", document("\"canvas\": {\"width\": 0}"), "/canvas/width", 3, 23, "1–16384 px, got 0");
        row("width as fraction", document("\"canvas\": {\"width\": 1.5}"), "/canvas/width", 3, 23, "whole number");
        row("height too large", document("\"canvas\": {\"height\": 16385}"), "/canvas/height", 3, 24, "got 16385");
        row("rate too high", document("\"canvas\": {\"rate\": [241, 1]}"), "/canvas/rate", 3, 22, "1–240 frames per second");
        row("rate too low", document("\"canvas\": {\"rate\": [1, 2]}"), "/canvas/rate", 3, 22, "1–240 frames per second");
        row("rate as number", document("\"canvas\": {\"rate\": 30}"), "/canvas/rate", 3, 22, "a fraction");
        row("sample rate", document("\"canvas\": {\"sampleRate\": 7999}"), "/canvas/sampleRate", 3, 28, "8000–192000 Hz");
        row("no duration", document("\"canvas\": {\"duration\": 0}"), "/canvas/duration", 3, 26, "more than 0 s");
        row("over a day", document("\"canvas\": {\"duration\": 86400.5}"), "/canvas/duration", 3, 26, "at most 24 h");
        row("under a frame", document("\"canvas\": {\"duration\": 0.001}"), "/canvas/duration", 3, 26, "shorter than one frame");
        row("bad name", document("\"nodes\": {\"Glow\": {\"effect\": \"x\"}}"), "/nodes/Glow", 3, 21, "a name begins with");
        row("name of two", document("\"inputs\": {\"a\": {}},\n  \"nodes\": {\"a\": {\"effect\": \"x\"}}"), "/nodes/a", 4, 18, "already that of an input");
        row("name of a group", document("\"nodes\": {\"a\": {\"effect\": \"x\"}},\n  \"groups\": {\"a\": {}}"), "/groups/a", 4, 19, "already that of a node");
        row("node as number", document("\"nodes\": {\"a\": 1}"), "/nodes/a", 3, 18, "node 'a': must be an object");
        row("bad wire", document("\"nodes\": {\"a\": {\"effect\": \"x\", \"in\": {\"picture\": \"b.c.d\"}}}"), "/nodes/a/in/picture", 3, 52, "is not \"node\" or \"node.port\"");
        row("wire as number", document("\"nodes\": {\"a\": {\"effect\": \"x\", \"in\": {\"picture\": 1}}}"), "/nodes/a/in/picture", 3, 52, "must be a wire");
        row("item twice", document("\"nodes\": {\"a\": {\"effect\": \"x\", \"in\": {\"items\": [{\"id\": \"q\", \"from\": \"b\"}, {\"id\": \"q\", \"from\": \"b\"}]}}}"), "/nodes/a/in/items/1/id", 3, 84, "already that of another item");
        row("media kind", document("\"inputs\": {\"a\": {\"media\": \"film\"}}"), "/inputs/a/media", 3, 29, "'media' or 'still'");
        row("layout", document("\"layout\": {\"a\": [1]}"), "/layout/a", 3, 19, "must be [x, y]");
        row("bypass", document("\"nodes\": {\"a\": {\"effect\": \"x\", \"bypass\": 1}}"), "/nodes/a/bypass", 3, 44, "true or false");
        row("pointer is escaped", document("\"nodes\": {\"a/b~\": {\"effect\": \"x\"}}"), "/nodes/a~1b~0", 3, 21, "a name begins with");
    }
    void oneMistakeIsNamedWithItsPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, pointer);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(QByteArray, words);
        const auto read = readRecipe(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        QVERIFY2(read.problems.size() == 1, qPrintable(listOf(read.problems)));
        const Problem& problem = read.problems[0];
        QVERIFY(!read.ok());
        QCOMPARE(QString::fromStdString(problem.pointer), QString(pointer));
        QVERIFY2(QString::fromStdString(problem.message).contains(QString::fromUtf8(words)), problem.message.c_str());
        QCOMPARE(QPair(problem.line, problem.column), QPair(line, column));
    }

    void everyMistakeIsReportedAtOnce()
    {
        const auto read = readRecipe(R"({"artdag": 1, "title": 1, "title": "x",
            "canvas": {"width": NaN, "height": 99999, "rate": "fast"},
            "nodes": {"A": {"effect": "x"}, "b": {"effect": 7, "in": {"p": 1, "q": "x.y.z"}}},
            "outputs": {"main": {"picture": 5}}})");
        for (const char* pointer : {"/title", "/canvas/width", "/canvas/height", "/canvas/rate", "/nodes/A", "/nodes/b/effect", "/nodes/b/in/p", "/nodes/b/in/q", "/outputs/main/picture"})
            QVERIFY2(problemAt(read, pointer) != nullptr, qPrintable(QString(pointer) + "\n" + listOf(read.problems)));
    }
    void afterASyntaxErrorTheBeginningIsStillThere()
    {
        const auto read = readRecipe(R"({"artdag": 1, "title": "kept", "nodes": {"a": {"effect": "src"}, "b": {"effect": oops}}})");
        QVERIFY(!read.complete);
        QCOMPARE(read.recipe.title, std::string("kept"));
        QVERIFY(read.recipe.node("a") != nullptr);
    }
    void unknownFieldsAreWarningsWithASuggestion()
    {
        const auto read = readRecipe(document("\"titel\": \"x\""));
        QVERIFY(read.ok());
        QCOMPARE(read.problems.size(), std::size_t{1});
        QVERIFY(read.problems[0].severity == Problem::Severity::Warning);
        QCOMPARE(read.problems[0].hint, std::string("did you mean 'title'?"));
    }
    void aRateIsReduced()
    {
        const auto read = readRecipe(document("\"canvas\": {\"rate\": [60, 2]}"));
        QVERIFY(read.ok());
        QVERIFY((read.recipe.canvas.rate == Rate{30, 1}));
        QCOMPARE(read.problems.size(), std::size_t{1});
    }
    void aDurationInFramesUsesTheRateThatComesLater()
    {
        const auto read = readRecipe(document("\"canvas\": {\"duration\": \"f50\", \"rate\": [25, 1]}"));
        QVERIFY2(read.ok(), qPrintable(listOf(read.problems)));
        QCOMPARE(read.recipe.canvas.duration, 2.0);
    }
    void tenMegabytesOfNestingAreRefused()
    {
        for (const char* open : {"[", "{\"a\":"}) {
            std::string text = "{\"artdag\": 1, \"nodes\": ";
            while (text.size() < 10'000'000)
                text += open;
            const auto read = readRecipe(text);
            QCOMPARE(read.problems.size(), std::size_t{1});
            QVERIFY(QString::fromStdString(read.problems[0].message).contains("nested deeper"));
            QCOMPARE(read.problems[0].line, 1);
        }
    }
    void aFloodOfMistakesIsBounded()
    {
        std::string nodes;
        for (int i = 0; i < 20'000; ++i)
            nodes += (i ? ",\"N" : "\"N") + std::to_string(i) + "\": 1";
        const auto read = readRecipe(document("\"nodes\": {" + nodes + "}"));
        QVERIFY(read.problems.size() <= 1001);
        QVERIFY(QString::fromStdString(read.problems.back().message).contains("more problems"));
    }
    void anyPrefixOfADocumentIsAnsweredWithAPlace()
    {
        const std::string text = document(R"("nodes": {"a": {"effect": "src", "args": {"x": [1.5e3, true, null, "\u00e9\n"]}}})");
        for (std::size_t length = 0; length + 2 < text.size(); ++length) {
            const auto read = readRecipe(std::string_view(text).substr(0, length));
            QVERIFY(!read.ok());
            QVERIFY(read.problems[0].line >= 1 && read.problems[0].column >= 1);
        }
    }
    void duplicatesAreFoundAmongMany()
    {
        std::string members, items, nodes;
        for (int i = 0; i < 40; ++i) {
            members += (i > 0 ? ", \"m" : "\"m") + std::to_string(i) + "\": 1";
            items += (i > 0 ? ", {\"id\": \"i" : "{\"id\": \"i") + std::to_string(i) + "\", \"from\": \"a\"}";
            nodes += (i > 0 ? ", \"n" : "\"n") + std::to_string(i) + "\": {\"effect\": \"x\"}";
        }
        QVERIFY(readJson("{" + members + "}").has_value() && scanJson("{" + members + "}").faults.empty());
        const std::string text = "{" + members + ", \"m30\": 2, \"m3\": 2}";
        const JsonScan twice = scanJson(text);
        QCOMPARE(twice.faults.size(), 2U);
        QCOMPARE(twice.faults[0].pointer, std::string("/m30"));
        QCOMPARE(twice.value().size(), 40U);
        QCOMPARE(twice.value().json()["m30"], Json(1));
        const auto sameId = readRecipe(document("\"nodes\": {\"s\": {\"effect\": \"x\", \"in\": {\"items\": [" + items + ", {\"id\": \"i39\", \"from\": \"a\"}]}}}"));
        QCOMPARE(sameId.problems.size(), 1U);
        QCOMPARE(sameId.problems[0].pointer, std::string("/nodes/s/in/items/40/id"));
        const auto sameName = readRecipe(document("\"nodes\": {" + nodes + "}, \"params\": {\"n39\": {\"default\": 1}}"));
        QCOMPARE(sameName.problems.size(), 1U);
        QCOMPARE(sameName.problems[0].message, std::string("param 'n39': the name is already that of a node"));
    }
    void theScannerAgreesWithTheReader_data()
    {
        QTest::addColumn<QByteArray>("text");
        int n = 0;
        for (const char* text : {"{}", "[]", "0", "-0", "-0.0", "1e3", "1E-400", "18446744073709551615", "18446744073709551616", "-9223372036854775808", "0.1", "\"\\u00e9\\ud83d\\ude00\\/\"", "  [1 , 2]\r\n",
                 "\xEF\xBB\xBF{}", "[1,]", "[01]", "[1.]", "[.5]", "[+1]", "[1e]", "{\"a\":1,\"a\":2}", "\"\x01\"", "\"\xC0\x80\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"", "\"\xC3\xA9\"", "nul", "truex", "[1 2]", "{\"a\" 1}", "{a:1}", "\"\\x\"", "\"\\u12g4\""})
            QTest::newRow(qPrintable(QString::number(n++))) << QByteArray(text);
    }
    void theScannerAgreesWithTheReader()
    {
        QFETCH(QByteArray, text);
        const std::string_view view(text.constData(), static_cast<std::size_t>(text.size()));
        const auto json = readJson(view);
        const JsonScan scan = scanJson(view);
        QCOMPARE(json.has_value(), scan.faults.empty() && scan.complete);
        if (json)
            QCOMPARE(scan.value().json().dump(), json->dump());
    }
    void timesAreSecondsOrFrames()
    {
        const Rate rate{30, 1};
        QCOMPARE(*timeOfJson(Json(1.5), rate), flicksPerSecond * 3 / 2);
        QCOMPARE(*timeOfJson(Json("f45"), rate), flicksPerSecond * 3 / 2);
        for (const Json& wrong : {Json("45"), Json("f"), Json("f1.5"), Json("f99999999999999999999"), Json(1e300), Json(nullptr), Json::array()})
            QVERIFY(!timeOfJson(wrong, rate));
    }
    void problemsAreLocatedAtTheNearestEnclosingValue()
    {
        const std::string text = document("\"nodes\": {\n    \"a\": {\"effect\": \"x\"}\n  }");
        std::vector<Problem> problems{{Problem::Severity::Error, "/nodes/a/args/radius", 0, 0, "m", ""}, {Problem::Severity::Error, "/outputs", 0, 0, "m", ""}, {Problem::Severity::Error, "/nodes/a/effect", 0, 0, "m", ""}};
        locateProblems(text, problems);
        QCOMPARE(QPair(problems[0].line, problems[0].column), QPair(4, 10));
        QCOMPARE(QPair(problems[1].line, problems[1].column), QPair(1, 1));
        QCOMPARE(QPair(problems[2].line, problems[2].column), QPair(4, 21));
    }
    void tenThousandNodesAreReadFast()
    {
        std::string nodes;
        for (int i = 0; i < 10'000; ++i)
            nodes += json((i ? ",\n    'n" : "'n") + std::to_string(i) + "': {'effect': 'blur', 'in': {'picture': 'n" + std::to_string(i ? i - 1 : 0) + "'}, 'args': {'radius': 12.5, 'mode': 'box'}}");
        const std::string text = document("\"nodes\": {" + nodes + "}");
        QElapsedTimer timer;
        timer.start();
        const auto read = readRecipe(text);
        const auto readMs = timer.restart();
        const std::string written = writeRecipe(read.recipe);
        qInfo("10,000 nodes: read in %lld ms, written in %lld ms (%zu bytes)", readMs, timer.elapsed(), written.size());
        QVERIFY(read.ok());
        QCOMPARE(read.recipe.nodes.size(), std::size_t{10'000});
        QVERIFY2(readMs < 1000, "tens of ms alone; ten times that on a busy machine");
    }
};

QTEST_APPLESS_MAIN(ReadRecipeTest)
#include "read_recipe_test.moc"
