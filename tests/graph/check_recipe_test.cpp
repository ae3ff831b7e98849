// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/graph.h"
#include "tests/support/fake_effects.h"

#include <QElapsedTimer>
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

const std::string someId = "sha3-256:" + std::string(63, '0') + "1";

Recipe recipeOf(const std::string& members)
{
    return readRecipe(json("{'artdag': 1, " + members + "}")).recipe;
}

/// A source, one tint with the given arguments, and an output.
Recipe tinted(const std::string& args, const std::string& more = "")
{
    return recipeOf("'nodes': {'a': {'effect': 'src'}, 'glow': {'effect': 'tint', 'in': {'picture': 'a'}, 'args': {" + args + "}}}, 'outputs': {'main': {'picture': 'glow'}}" + more);
}

QString listOf(const std::vector<Problem>& problems)
{
    QString out;
    for (const Problem& problem : problems)
        out += QString("%1: %2 (%3)\n").arg(QString::fromStdString(problem.pointer), QString::fromStdString(problem.message), QString::fromStdString(problem.hint));
    return out;
}

const GraphNode& nodeOf(const Graph& graph, const char* name)
{
    return graph.nodes[static_cast<std::size_t>(graph.node(name))];
}

} // namespace

class CheckRecipeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aGoodRecipeBecomesAGraph()
    {
        const auto checked = checkRecipe(recipeOf("'canvas': {'duration': 2, 'rate': [25, 1]}, 'inputs': {'footage': {'default': '" + someId + "'}},"
                                                                                                                                               "'nodes': {'film': {'effect': 'join', 'in': {'items': [{'id': 'x', 'from': 'glow', 'in': 1, 'out': 'f50', 'args': {'weight': 2}}, 'footage']}},"
                                                                                                                                               "'glow': {'effect': 'tint', 'in': {'picture': 'a'}}, 'a': {'effect': 'src'}},"
                                                                                                                                               "'outputs': {'main': {'picture': 'film', 'sound': 'footage.sound', 'encode': 'master-ffv1'}}"),
            fakeEffects());
        QVERIFY2(checked.problems.empty(), qPrintable(listOf(checked.problems)));
        const Graph& graph = *checked.graph;
        QCOMPARE(graph.nodes.size(), std::size_t{4});
        for (std::size_t i = 0; i < graph.nodes.size(); ++i)
            for (const GraphInput& input : graph.nodes[i].inputs)
                QVERIFY(input.node < static_cast<int>(i));
        const GraphNode& film = nodeOf(graph, "film");
        QCOMPARE(film.inputs.at(0).in, flicksPerSecond);
        QCOMPARE(*film.inputs.at(0).out, 2 * flicksPerSecond);
        QCOMPARE(film.inputs.at(1).item, 1);
        QVERIFY(*film.items.at(0).args.constant(0) == Value(2.0));
        QVERIFY(*film.items.at(1).args.constant(0) == Value(1.0));
        QCOMPARE(nodeOf(graph, "footage").entry->name, std::string_view("media"));
        QCOMPARE(std::get<ContentId>(*nodeOf(graph, "footage").args.constant(0)).text(), someId);
        QCOMPARE(graph.output("")->sound->output, 1);
        QCOMPARE(graph.output("main")->encode, std::string("master-ffv1"));
        QCOMPARE(graph.canvas.duration, 2 * flicksPerSecond);
        QVERIFY(graph.output("nope") == nullptr);
        QCOMPARE(graph.inputs.at(0).second.text(), someId);
    }

    void oneMistakeIsNamed_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("hint");
        const auto row = [](const char* name, const std::string& members, const char* pointer, const char* message, const char* hint) {
            QTest::newRow(name) << QByteArray::fromStdString(members) << QByteArray(pointer) << QByteArray(message) << QByteArray(hint);
        };
        const auto node = [](const std::string& glow, const std::string& more = "") {
            return "'nodes': {'a': {'effect': 'src'}, 'glow': " + glow + "}, 'outputs': {'main': {'picture': 'a'}}" + more;
        };
        const auto arg = [&node](const std::string& args, const std::string& more = "") { return node("{'effect': 'tint', 'in': {'picture': 'a'}, 'args': {" + args + "}}", more); };
        row("effect", node("{'effect': 'tnit'}"), "/nodes/glow/effect", "node 'glow': effect \"tnit\" is not known", "did you mean 'tint'?");
        row("no effect", node("{'in': {'picture': 'a'}, 'bypass': true}"), "/nodes/glow", "node 'glow': the effect is missing", "add \"effect\"");
        row("effect by synonym", node("{'effect': 'sequence'}"), "/nodes/glow/effect", "is not known", "did you mean 'join'?");
        row("input port", node("{'effect': 'tint', 'in': {'picture': 'a', 'pictur': 'a'}}"), "/nodes/glow/in/pictur", "tint has no input \"pictur\"", "did you mean 'picture'?");
        row("not connected", node("{'effect': 'tint'}"), "/nodes/glow", "node 'glow': picture is not connected", "\"picture\": \"…\"");
        row("no such node", node("{'effect': 'tint', 'in': {'picture': 'glwo'}}"), "/nodes/glow/in/picture", "there is no node or input 'glwo'", "did you mean 'glow'?");
        row("no such output", node("{'effect': 'tint', 'in': {'picture': 'a.pictre'}}"), "/nodes/glow/in/picture", "'a' (src) has no output 'pictre'", "did you mean 'picture'?");
        row("sound for picture", node("{'effect': 'tint', 'in': {'picture': 'a.sound'}}"), "/nodes/glow/in/picture", "takes a picture, but 'a.sound' is a sound", "did you mean 'a.picture'?");
        row("param as wire", node("{'effect': 'tint', 'in': {'picture': 'speed'}}", ", 'params': {'speed': {'default': 1}}"), "/nodes/glow/in/picture", "there is no node or input 'speed'", "{\"param\": \"speed\"}");
        row("list for one", node("{'effect': 'tint', 'in': {'picture': ['a']}}"), "/nodes/glow/in/picture", "takes one wire, not a list", "");
        row("no items", node("{'effect': 'join', 'in': {'items': []}}"), "/nodes/glow/in/items", "needs at least one item", "");
        row("item without from", node("{'effect': 'join', 'in': {'items': [{'id': 'x'}]}}"), "/nodes/glow/in/items/0", "items, item 1: 'from' is missing", "");
        row("item argument", node("{'effect': 'join', 'in': {'items': [{'from': 'a', 'args': {'wieght': 1}}]}}"), "/nodes/glow/in/items/0/args/wieght", "argument \"wieght\" is not known", "did you mean 'weight'?");
        row("item in", node("{'effect': 'join', 'in': {'items': [{'from': 'a', 'in': 'x'}]}}"), "/nodes/glow/in/items/0/in", "in must be a time", "");
        row("item out before in", node("{'effect': 'join', 'in': {'items': [{'from': 'a', 'in': 2, 'out': 1}]}}"), "/nodes/glow/in/items/0/out", "out must be later than in", "");
        row("item in negative", node("{'effect': 'join', 'in': {'items': [{'from': 'a', 'in': -1}]}}"), "/nodes/glow/in/items/0/in", "at least 0 s, got -1", "");
        row("itself", node("{'effect': 'tint', 'in': {'picture': 'glow'}}"), "/nodes/glow", "it feeds itself: 'glow' → 'glow'", "");
        row("circle", "'nodes': {'p': {'effect': 'tint', 'in': {'picture': 'r'}}, 'q': {'effect': 'tint', 'in': {'picture': 'p'}}, 'r': {'effect': 'tint', 'in': {'picture': 'q'}}}, 'outputs': {'main': {'picture': 'r'}}",
            "/nodes/p", "'p' → 'q' → 'r' → 'p'", "remove one");
        row("unknown argument", arg("'raduis': 3"), "/nodes/glow/args/raduis", "node 'glow': argument \"raduis\" is not known", "did you mean 'radius'?");
        row("out of range", arg("'radius': -3"), "/nodes/glow/args/radius", "node 'glow': radius must be 0–512 px, got -3", "");
        row("above range", arg("'count': 10"), "/nodes/glow/args/count", "count must be 1–9, got 10", "");
        row("half a whole", arg("'count': 2.5"), "/nodes/glow/args/count", "must be a whole number 1–9, got 2.5", "");
        row("too large a whole", arg("'seed': 9007199254740993"), "/nodes/glow/args/seed", "must be a whole number", "");
        row("text for number", arg("'radius': '3'"), "/nodes/glow/args/radius", "must be a number 0–512 px, got \"3\"", "");
        row("null", arg("'radius': null"), "/nodes/glow/args/radius", "got null", "");
        row("boolean", arg("'wrap': 1"), "/nodes/glow/args/wrap", "must be true or false, got 1", "");
        row("choice", arg("'mode': 'sceen'"), "/nodes/glow/args/mode", "must be one of 'soft', 'hard', 'screen', got \"sceen\" (did you mean 'screen'?)", "");
        row("colour", arg("'colour': '#12345'"), "/nodes/glow/args/colour", "must be a colour", "");
        row("colour parts", arg("'colour': [0, 0, 2]"), "/nodes/glow/args/colour", "parts 0–1, got 2", "");
        row("point", arg("'centre': [0]"), "/nodes/glow/args/centre", "must be [x, y] -2 to 2, got a list of 1", "");
        row("point out of range", arg("'centre': [0, 3]"), "/nodes/glow/args/centre", "must be -2 to 2, got 3", "");
        row("size", arg("'extent': [1, -1]"), "/nodes/glow/args/extent", "must be at least 0, got -1", "");
        row("time", arg("'delay': 'soon'"), "/nodes/glow/args/delay", "must be a time", "");
        row("time out of range", arg("'delay': 61"), "/nodes/glow/args/delay", "must be 0–60 s, got 61", "");
        row("file", arg("'file': '/etc/passwd'"), "/nodes/glow/args/file", "must be a content id", "");
        row("curve", arg("'shape': [[0, 0], [0, 1]]"), "/nodes/glow/args/shape", "rising x", "");
        row("gradient", arg("'ramp': [[0.5, '#fff'], [0.2, '#000']]"), "/nodes/glow/args/ramp", "positions rising", "");
        row("gradient colour", arg("'ramp': [[0, 'red']]"), "/nodes/glow/args/ramp", "must be a colour", "");
        row("unknown form", arg("'radius': {'value': 3}"), "/nodes/glow/args/radius", "is an object of no known form", "{\"keys\": …}");
        row("two forms", arg("'radius': {'expr': '1', 'param': 'x'}"), "/nodes/glow/args/radius", "mixes 'expr' and 'param'", "");
        row("keys: not a list", arg("'radius': {'keys': 3}"), "/nodes/glow/args/radius/keys", "must be a list", "");
        row("keys: none", arg("'radius': {'keys': []}"), "/nodes/glow/args/radius/keys", "must be a list of 1", "");
        row("keys: form", arg("'radius': {'keys': [[0]]}"), "/nodes/glow/args/radius/keys/0", "must be [time, value]", "");
        row("keys: value", arg("'radius': {'keys': [[0, 1], [1, 900]]}"), "/nodes/glow/args/radius/keys/1/1", "must be 0–512 px, got 900", "");
        row("keys: order", arg("'radius': {'keys': [[1, 1], ['f15', 2]]}"), "/nodes/glow/args/radius/keys/1/0", "times of keys must rise, got \"f15\" after 1", "sort the keys");
        row("keys: twice", arg("'radius': {'keys': [[1, 1], ['f30', 2]]}"), "/nodes/glow/args/radius/keys/1/0", "two keys are at the time \"f30\"", "move it by a frame");
        row("keys: colour", arg("'colour': {'keys': [[0, '#fff'], [1, [0, 2, 0]]]}"), "/nodes/glow/args/colour/keys/1/1", "parts 0–1, got 2", "");
        row("keys: point", arg("'centre': {'keys': [[0, [0, 0]], [1, [0, 'x']]]}"), "/nodes/glow/args/centre/keys/1/1", "must be a number -2 to 2", "");
        row("keys: time", arg("'radius': {'keys': [['soon', 1]]}"), "/nodes/glow/args/radius/keys/0/0", "the time of a key must be a time", "");
        row("expression of a component", arg("'centre': {'expr': ['t', '2 +']}"), "/nodes/glow/args/centre/expr/1", "column 4 of the expression", "not finished");
        row("keys: ease", arg("'radius': {'keys': [[0, 1, 'fast'], [1, 2]]}"), "/nodes/glow/args/radius/keys/0/2", "ease must be", "");
        row("keys: bezier", arg("'radius': {'keys': [[0, 1, [1.5, 0, 1, 1]], [1, 2]]}"), "/nodes/glow/args/radius/keys/0/2", "ease must be", "");
        row("keys: held kind", arg("'mode': {'keys': [[0, 'soft', 'linear'], [1, 'hard']]}"), "/nodes/glow/args/mode/keys/0/2", "can only be held", "");
        row("keys: of a curve", arg("'shape': {'keys': [[0, [[0, 0], [1, 1]]]]}"), "/nodes/glow/args/shape/keys", "a curve cannot have keys", "");
        row("not animatable", arg("'quality': {'keys': [[0, 1], [1, 2]]}"), "/nodes/glow/args/quality/keys", "quality cannot change over time", "");
        row("not animatable by expression", arg("'quality': {'expr': 't'}"), "/nodes/glow/args/quality/expr", "quality cannot change over time", "");
        row("expression", arg("'radius': {'expr': '1 + sped'}", ", 'params': {'speed': {'default': 1}}"), "/nodes/glow/args/radius/expr", "column 5 of the expression: 'sped' is not a name here", "did you mean 'speed'?");
        row("expression with text param", arg("'radius': {'expr': '1 + word'}", ", 'params': {'word': {'type': 'text', 'default': 'x'}}"), "/nodes/glow/args/radius/expr", "param 'word' is a text and no number", "");
        row("expression for text", arg("'words': {'expr': '1'}"), "/nodes/glow/args/words/expr", "a text cannot be an expression", "");
        row("one expression for a point", arg("'centre': {'expr': 't'}"), "/nodes/glow/args/centre/expr", "takes a list of 2 expressions", "");
        row("expression as number", arg("'radius': {'expr': 3}"), "/nodes/glow/args/radius/expr", "must be a text, got 3", "");
        row("param", arg("'radius': {'param': 'sped'}", ", 'params': {'speed': {'default': 1}}"), "/nodes/glow/args/radius/param", "the recipe has no param 'sped'", "did you mean 'speed'?");
        row("param of another kind", arg("'radius': {'param': 'word'}", ", 'params': {'word': {'type': 'text', 'default': 'x'}}"), "/nodes/glow/args/radius/param", "cannot take param 'word', a text", "");
        row("param out of the effect's range", arg("'radius': {'param': 'speed'}", ", 'params': {'speed': {'default': 900}}"), "/nodes/glow/args/radius/param", "radius, which takes param 'speed', must be 0–512 px, got 900", "");
        row("bind to a picture", arg("'radius': {'bind': 'a.picture'}"), "/nodes/glow/args/radius/bind", "'a.picture' is a picture and cannot lead a number", "");
        row("bind to nothing", arg("'radius': {'bind': 'bat.events'}"), "/nodes/glow/args/radius/bind", "no node or input 'bat'", "");
        row("bind to a sound", arg("'radius': {'bind': 'a.sound'}"), "/nodes/glow", "radius: a sound leads by way of the effect 'energy', which is not in this program", "");
        row("bind with a wrong option", arg("'radius': {'bind': 'a.picture', 'smooth': 11}"), "/nodes/glow/args/radius/smooth", "smooth must be a time of 0–10 s, got 11", "");
        row("bind of a text", arg("'words': {'bind': 'a.sound'}"), "/nodes/glow/args/words", "a text cannot follow a signal", "");
        row("param type", arg("", ", 'params': {'x': {'type': 'rael', 'default': 1}}"), "/params/x/type", "param 'x': type 'rael' is not known", "did you mean 'real'?");
        row("param default", arg("", ", 'params': {'x': {'type': 'real', 'default': 'one'}}"), "/params/x/default", "param 'x': default must be a number, got \"one\"", "");
        row("param without default", arg("", ", 'params': {'x': {'type': 'real'}}"), "/params/x", "the default is missing", "");
        row("param range", arg("", ", 'params': {'x': {'default': 5, 'min': 0, 'max': 1, 'unit': 's'}}"), "/params/x/default", "default must be 0–1 s, got 5", "");
        row("param min above max", arg("", ", 'params': {'x': {'default': 5, 'min': 9, 'max': 1}}"), "/params/x/min", "min 9 is above max 1", "");
        row("output of nothing", "'outputs': {'main': {}}", "/outputs/main", "neither picture nor sound", "");
        row("output sound", "'nodes': {'a': {'effect': 'src'}}, 'outputs': {'main': {'sound': 'a'}}", "/outputs/main/sound", "takes a sound, but 'a' is a picture", "did you mean 'a.sound'?");
        row("output encode", "'nodes': {'a': {'effect': 'src'}}, 'outputs': {'main': {'picture': 'a', 'encode': 'Share H264'}}", "/outputs/main/encode", "encode must be the name of a profile", "");
        row("working space", arg("", ", 'canvas': {'workingSpace': 'acescg'}"), "/canvas/workingSpace", "must be 'linear-bt709'", "");
        row("input id", arg("", ", 'inputs': {'clip': {'default': 'clip.mp4'}}"), "/inputs/clip/default", "must be a content id", "");
        row("input without media", arg("", ", 'inputs': {'clip': {}}"), "/inputs/clip", "input 'clip': it has no media", "--input clip=FILE");
        row("bypass of nothing", "'nodes': {'a': {'effect': 'src', 'bypass': true}}, 'outputs': {'main': {'picture': 'a'}}", "/nodes/a/bypass", "nothing that could pass through", "");
    }
    void oneMistakeIsNamed()
    {
        QFETCH(QByteArray, members);
        QFETCH(QByteArray, pointer);
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, hint);
        const std::string text = json("{'artdag': 1, " + members.toStdString() + "}");
        const auto read = readRecipe(text);
        QVERIFY2(read.problems.empty(), qPrintable(listOf(read.problems)));
        auto checked = checkRecipe(read.recipe, fakeEffects());
        QVERIFY2(checked.problems.size() == 1, qPrintable(listOf(checked.problems)));
        QVERIFY(checked.graph == nullptr);
        const Problem& problem = checked.problems[0];
        QVERIFY(problem.severity == Problem::Severity::Error);
        QCOMPARE(QString::fromStdString(problem.pointer), QString(pointer));
        QVERIFY2(QString::fromStdString(problem.message).contains(QString::fromUtf8(message)), problem.message.c_str());
        QVERIFY2(QString::fromStdString(problem.hint).contains(QString::fromUtf8(hint)), problem.hint.c_str());
        locateProblems(text, checked.problems);
        QVERIFY(problem.line == 1 && problem.column > 0);
    }

    void everyMemberOfABindingIsChecked_data()
    {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* name, const char* member, const char* message) { QTest::newRow(name) << QByteArray(member) << QByteArray(message); };
        row("range", "'range': [0]", "range must be [low, high], got a list of 1");
        row("range of texts", "'range': [0, 'x']", "range must be [low, high]");
        row("smooth", "'smooth': -1", "smooth must be a time of");
        row("decay", "'decay': '1'", "decay must be a time of");
        row("offset", "'offset': null", "offset must be a time of at most 24 h either way, in seconds");
        row("noise", "'noise': -0.5", "noise must be an amount of at least 0");
        row("seed", "'seed': 1.5", "seed must be a whole number");
        row("map", "'map': 'cube'", "map must be \"linear\", \"sqrt\", \"square\" or \"log\"");
    }
    void everyMemberOfABindingIsChecked()
    {
        QFETCH(QByteArray, member);
        QFETCH(QByteArray, message);
        const auto checked = checkRecipe(tinted("'radius': {'bind': 'a.sound', " + member.toStdString() + "}"), fakeEffects());
        QVERIFY(checked.graph == nullptr);
        const std::string pointer = "/nodes/glow/args/radius/" + member.mid(1, member.indexOf('\'', 1) - 1).toStdString();
        const auto found = std::ranges::find(checked.problems, pointer, &Problem::pointer);
        QVERIFY2(found != checked.problems.end() && QString::fromStdString(found->message).contains(QString::fromUtf8(message)), qPrintable(listOf(checked.problems)));
        QVERIFY(found->severity == Problem::Severity::Error);
    }
    void anUnknownMemberOfABindingIsAWarning()
    {
        const auto checked = checkRecipe(tinted("'radius': {'bind': 'a.sound', 'rnge': [0, 1]}"), fakeEffects());
        const auto found = std::ranges::find(checked.problems, "/nodes/glow/args/radius/rnge", &Problem::pointer);
        QVERIFY2(found != checked.problems.end() && found->severity == Problem::Severity::Warning, qPrintable(listOf(checked.problems)));
        QCOMPARE(QString::fromStdString(found->hint), QString("did you mean 'range'?"));
    }

    void everyMistakeIsReportedAtOnce()
    {
        const auto checked = checkRecipe(recipeOf("'canvas': {'workingSpace': 'x'}, 'inputs': {'clip': {}}, 'params': {'p': {'type': 'q', 'default': 1}},"
                                                  "'nodes': {'a': {'effect': 'nope'}, 'b': {'effect': 'tint', 'in': {'picture': 'c', 'x': 'y'}, 'args': {'radius': -1, 'count': 'z', 'mode': {'param': 'p'}, 'angle': {'expr': 'p + 1'}}},"
                                                  "'c': {'effect': 'tint', 'in': {'picture': 'b'}}}, 'outputs': {'main': {'picture': 'a'}}"),
            fakeEffects(), {{{"clop", {}}}, {{"q", 1}}});
        // canvas, input, two bindings, type of p, effect of a, radius, count, port x, circle; what uses the broken p is not blamed
        QVERIFY2(checked.problems.size() == 10, qPrintable(listOf(checked.problems)));
    }
    void twoCirclesAreTwoProblems()
    {
        const auto checked = checkRecipe(recipeOf("'nodes': {'a': {'effect': 'tint', 'in': {'picture': 'b'}}, 'b': {'effect': 'tint', 'in': {'picture': 'a'}},"
                                                  "'c': {'effect': 'tint', 'in': {'picture': 'd'}}, 'd': {'effect': 'tint', 'in': {'picture': 'c'}}, 'behind': {'effect': 'tint', 'in': {'picture': 'a'}}},"
                                                  "'outputs': {'main': {'picture': 'behind'}}"),
            fakeEffects());
        QVERIFY2(checked.problems.size() == 2, qPrintable(listOf(checked.problems)));
    }
    void missingMediaMayBeAllowed()
    {
        const Recipe recipe = recipeOf("'inputs': {'clip': {}}, 'nodes': {'glow': {'effect': 'tint', 'in': {'picture': 'clip'}}}, 'outputs': {'main': {'picture': 'glow'}}");
        const auto allowed = checkRecipe(recipe, fakeEffects(), {}, false);
        QVERIFY(allowed.graph == nullptr);
        QCOMPARE(allowed.problems.size(), std::size_t{1});
        QVERIFY(allowed.problems[0].severity == Problem::Severity::Warning);
        const auto bound = checkRecipe(recipe, fakeEffects(), {{{"clip", *nameOfText<ContentId>(someId)}}, {}});
        QVERIFY(bound.graph != nullptr);
        QCOMPARE(bound.graph->inputs.at(0).second.text(), someId);
    }
    void boundParamsAreCheckedAndUsed()
    {
        const Recipe recipe = tinted("'radius': {'param': 'size'}, 'angle': {'expr': 'size * 2'}", ", 'params': {'size': {'default': 1, 'min': 0, 'max': 100, 'unit': 'px'}}");
        const auto checked = checkRecipe(recipe, fakeEffects(), {{}, {{"size", 30}}});
        QVERIFY2(checked.graph != nullptr, qPrintable(listOf(checked.problems)));
        const GraphNode& glow = nodeOf(*checked.graph, "glow");
        QVERIFY(*glow.args.constant(0) == Value(30.0));
        QVERIFY(*glow.args.constant(1) == Value(60.0));
        QVERIFY(checked.graph->params.at(0).second == 30);
        const auto wrong = checkRecipe(recipe, fakeEffects(), {{}, {{"size", 101}}});
        QCOMPARE(wrong.problems.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(wrong.problems[0].message), QString("param 'size': must be 0–100 px, got 101"));
    }
    void bypassedNodesLetTheirFirstInputThrough()
    {
        const auto checked = checkRecipe(recipeOf("'nodes': {'a': {'effect': 'src'}, 'b': {'effect': 'tint', 'in': {'picture': 'a'}, 'bypass': true}, 'c': {'effect': 'tint', 'in': {'picture': 'b'}, 'bypass': true},"
                                                  "'d': {'effect': 'over', 'in': {'below': 'c', 'above': 'a'}}}, 'outputs': {'main': {'picture': 'd'}, 'other': {'picture': 'c'}}"),
            fakeEffects());
        QVERIFY2(checked.graph != nullptr, qPrintable(listOf(checked.problems)));
        const Graph& graph = *checked.graph;
        QCOMPARE(graph.nodes.size(), std::size_t{2});
        QCOMPARE(nodeOf(graph, "d").inputs.at(0).node, graph.node("a"));
        QVERIFY((graph.port({"c", ""}) == NodePort{graph.node("a"), 0}));
        QVERIFY((graph.port({"d", "picture"}) == NodePort{graph.node("d"), 0}));
        QVERIFY((graph.output("other")->picture == NodePort{graph.node("a"), 0}));
        QVERIFY(!graph.port({"nope", ""}) && !graph.port({"d", "nope"}));
    }
    void aRecipeWithoutOutputsIsAWarning()
    {
        const auto checked = checkRecipe(recipeOf("'nodes': {'a': {'effect': 'src'}}"), fakeEffects());
        QVERIFY(checked.graph != nullptr);
        QCOMPARE(checked.problems.size(), std::size_t{1});
    }
    void aLongChainIsCheckedFast()
    {
        std::string nodes = "'n0': {'effect': 'src'}";
        for (int i = 1; i < 10'000; ++i)
            nodes += ", 'n" + std::to_string(i) + "': {'effect': 'tint', 'in': {'picture': 'n" + std::to_string(i - 1) + "'}, 'args': {'radius': 3}}";
        const Recipe recipe = recipeOf("'nodes': {" + nodes + "}, 'outputs': {'main': {'picture': 'n9999'}}");
        QElapsedTimer timer;
        timer.start();
        const auto checked = checkRecipe(recipe, fakeEffects());
        const auto checkMs = timer.restart();
        graphHash(recipe, fakeEffects());
        qInfo("10,000 nodes: checked in %lld ms, hashed in %lld ms", checkMs, timer.elapsed());
        QVERIFY(checked.graph != nullptr);
        QVERIFY(checkMs < 2000);
    }
    void aLongCircleIsNamed()
    {
        std::string nodes;
        for (int i = 0; i < 10'000; ++i)
            nodes += std::string(i ? ", " : "") + "'n" + std::to_string(i) + "': {'effect': 'tint', 'in': {'picture': 'n" + std::to_string((i + 1) % 10'000) + "'}}";
        const auto checked = checkRecipe(recipeOf("'nodes': {" + nodes + "}, 'outputs': {'main': {'picture': 'n0'}}"), fakeEffects());
        QCOMPARE(checked.problems.size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(CheckRecipeTest)
#include "check_recipe_test.moc"
