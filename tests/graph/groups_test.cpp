// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/graph.h"
#include "core/plan/plan.h"
#include "core/recipe/edit_recipe.h"
#include "core/recipe/flatten_groups.h"
#include "tests/support/fake_effects.h"
#include "tests/support/graph_of.h"

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

Recipe recipeOf(const std::string& members)
{
    const auto read = readRecipe(json("{'artdag': 1, " + members + "}"));
    for (const Problem& problem : read.problems)
        qWarning("%s: %s", problem.pointer.c_str(), problem.message.c_str());
    return read.recipe;
}

QString listOf(const std::vector<Problem>& problems)
{
    QString out;
    for (const Problem& problem : problems)
        out += QString("%1: %2 (%3)\n").arg(QString::fromStdString(problem.pointer), QString::fromStdString(problem.message), QString::fromStdString(problem.hint));
    return out;
}

/// Two instances of a group, one of them inside another group.
const std::string nested = "'params': {'speed': {'default': 3}},"
                           "'nodes': {'a': {'effect': 'src'}, 'p': {'group': 'pulse', 'in': {'below': 'a'}, 'args': {'size': 7, 'turn': {'param': 'speed'}}},"
                           "'q': {'group': 'twice', 'in': {'from': 'p'}, 'args': {'power': {'expr': 'speed * t'}}}, 'film': {'effect': 'join', 'in': {'items': ['p', {'id': 'x', 'from': 'q.result', 'in': 1}]}}},"
                           "'outputs': {'main': {'picture': 'film', 'sound': 'a.sound'}},"
                           "'groups': {"
                           "'pulse': {'inputs': {'below': {}, 'mask': {'optional': true}}, 'params': {'size': {'type': 'real', 'default': 1, 'min': 0, 'max': 100}, 'turn': {'type': 'angle', 'default': 0}},"
                           "'nodes': {'glow': {'effect': 'tint', 'in': {'picture': 'below'}, 'args': {'radius': {'param': 'size'}, 'angle': {'expr': 'turn * 2 + size'}}},"
                           "'mix': {'effect': 'over', 'in': {'below': 'below', 'above': 'glow', 'mask': 'mask'}}}, 'outputs': {'picture': 'mix', 'glow': 'glow'}},"
                           "'twice': {'inputs': {'from': {}}, 'params': {'power': {'type': 'real', 'default': 1}},"
                           "'nodes': {'one': {'group': 'pulse', 'in': {'below': 'from', 'mask': 'from'}, 'args': {'size': {'param': 'power'}, 'turn': {'expr': 'power + 1'}}},"
                           "'two': {'effect': 'tint', 'in': {'picture': 'one.glow'}}}, 'outputs': {'result': 'two', 'same': 'from'}}}";

const std::string byHand = "'params': {'speed': {'default': 3}},"
                           "'nodes': {'a': {'effect': 'src'},"
                           "'p__glow': {'effect': 'tint', 'in': {'picture': 'a'}, 'args': {'radius': 7, 'angle': {'expr': 'speed * 2 + 7'}}},"
                           "'p__mix': {'effect': 'over', 'in': {'below': 'a', 'above': 'p__glow'}},"
                           "'q__one__glow': {'effect': 'tint', 'in': {'picture': 'p__mix'}, 'args': {'radius': {'expr': 'speed * t'}, 'angle': {'expr': '((speed * t) + 1) * 2 + (speed * t)'}}},"
                           "'q__one__mix': {'effect': 'over', 'in': {'below': 'p__mix', 'above': 'q__one__glow', 'mask': 'p__mix'}},"
                           "'q__two': {'effect': 'tint', 'in': {'picture': 'q__one__glow'}},"
                           "'film': {'effect': 'join', 'in': {'items': ['p__mix', {'id': 'x', 'from': 'q__two', 'in': 1}]}}},"
                           "'outputs': {'main': {'picture': 'film', 'sound': 'a.sound'}}";

/// A group around `tint` with the given members, used by the node `p`.
std::string around(const std::string& group, const std::string& instance = "'in': {'from': 'a'}")
{
    return "'nodes': {'a': {'effect': 'src'}, 'p': {'group': 'g', " + instance + "}}, 'outputs': {'main': {'picture': 'p'}}, 'groups': {'g': {" + group + "}}";
}

} // namespace

class GroupsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void flatteningGivesTheRecipeMadeByHand()
    {
        const FlatRecipe flat = flattenGroups(recipeOf(nested));
        QVERIFY2(flat.problems.empty(), qPrintable(listOf(flat.problems)));
        QCOMPARE(QString::fromStdString(writeRecipe(flat.recipe)), QString::fromStdString(writeRecipe(recipeOf(byHand))));
    }
    void aGroupedRecipeHasTheGraphAndTheHashOfTheFlatOne()
    {
        QCOMPARE(graphHash(recipeOf(nested), fakeEffects()).text(), graphHash(recipeOf(byHand), fakeEffects()).text());
        const auto grouped = checkRecipe(recipeOf(nested), fakeEffects());
        const auto flat = checkRecipe(recipeOf(byHand), fakeEffects());
        QVERIFY2(grouped.graph != nullptr && grouped.problems.empty(), qPrintable(listOf(grouped.problems)));
        QCOMPARE(grouped.graph->nodes.size(), flat.graph->nodes.size());
        for (std::size_t i = 0; i < flat.graph->nodes.size(); ++i)
            QCOMPARE(grouped.graph->nodes[i].name, flat.graph->nodes[i].name);
        // the viewer asks for instances by their own names
        QVERIFY((grouped.graph->port({"p", ""}) == flat.graph->port({"p__mix", ""})));
        QVERIFY((grouped.graph->port({"p", "glow"}) == flat.graph->port({"p__glow", ""})));
        QVERIFY((grouped.graph->port({"q", "same"}) == flat.graph->port({"p__mix", ""})));
    }
    void theFlatRecipeOfAGroupThatIsNotInOrderHasNoGraph()
    {
        const FlatRecipe flat = flattenGroups(recipeOf("'nodes': {'p': {'group': 'g'}}, 'outputs': {'main': {'picture': 'p'}},"
                                                       "'groups': {'g': {'inputs': {'from': {}}, 'nodes': {'glow': {'effect': 'tint', 'in': {'picture': 'from'}}}, 'outputs': {'picture': 'glow'}}}"));
        QVERIFY(listOf(flat.problems).contains("from is not connected"));
        // A view of what is inside of it has the flat recipe alone.
        const auto checked = checkRecipe(flat.recipe, fakeEffects());
        QVERIFY(checked.graph == nullptr);
        QVERIFY2(listOf(checked.problems).contains("node 'p__glow': picture is not connected"), qPrintable(listOf(checked.problems)));
    }
    void aGroupedRecipeHasTheKeysOfTheFlatOne()
    {
        const std::string canvas = "'canvas': {'width': 64, 'height': 48, 'duration': 1}, ";
        const std::string group = "'groups': {'g': {'inputs': {'from': {}}, 'params': {'by': {'type': 'angle', 'default': 10}}, 'nodes': {"
                                  "'turn': {'effect': 'rotate', 'in': {'picture': 'from'}, 'args': {'angle': {'expr': 'by * t'}}}, 'soft': {'effect': 'blur', 'in': {'picture': 'turn'}}}, 'outputs': {'picture': 'soft'}}}";
        const Recipe grouped = recipeOf(canvas + "'nodes': {'a': {'effect': 'checker'}, 'p': {'group': 'g', 'in': {'from': 'a'}}, 'q': {'group': 'g', 'in': {'from': 'p'}, 'args': {'by': 20}}}, 'outputs': {'main': {'picture': 'q'}}, " + group);
        // other names: they are in no key
        const Recipe flat = recipeOf(canvas + "'nodes': {'a': {'effect': 'checker'}, 'r': {'effect': 'rotate', 'in': {'picture': 'a'}, 'args': {'angle': {'expr': '10 * t'}}}, 's': {'effect': 'blur', 'in': {'picture': 'r'}},"
                                              "'u': {'effect': 'rotate', 'in': {'picture': 's'}, 'args': {'angle': {'expr': '20 * t'}}}, 'v': {'effect': 'blur', 'in': {'picture': 'u'}}}, 'outputs': {'main': {'picture': 'v'}}");
        test::NoSources sources;
        const auto one = makePlan(checkRecipe(grouped, builtinEffects()).graph, {}, sources), two = makePlan(checkRecipe(flat, builtinEffects()).graph, {}, sources);
        QVERIFY(one && two);
        for (const std::int64_t frame : {0, 1, 15, 29})
            QCOMPARE((*one)->outputFrameKey(frame).hex(), (*two)->outputFrameKey(frame).hex());
        QVERIFY((*one)->outputFrameKey(1) != (*one)->outputFrameKey(2));
    }
    void listsGoThroughPorts()
    {
        const FlatRecipe flat = flattenGroups(recipeOf("'nodes': {'a': {'effect': 'src'}, 'p': {'group': 'g', 'in': {'clips': [{'id': 'x', 'from': 'a', 'in': 1}, 'a'], 'end': 'a'}}}, 'outputs': {'main': {'picture': 'p'}},"
                                                       "'groups': {'g': {'inputs': {'clips': {}, 'end': {}, 'credits': {'optional': true}}, 'nodes': {'whole': {'effect': 'join', 'in': {'items': 'clips'}},"
                                                       "'with': {'effect': 'join', 'in': {'items': ['credits', 'clips', {'id': 'y', 'from': 'end', 'args': {'weight': 2}}]}}}, 'outputs': {'picture': 'with', 'whole': 'whole'}}}"));
        QVERIFY2(flat.problems.empty(), qPrintable(listOf(flat.problems)));
        QCOMPARE(QString::fromStdString(jsonOfNode(*flat.recipe.node("p__with"))["in"].dump()), QString::fromStdString(json("{'items':[{'id':'x','from':'a','in':1},'a',{'id':'y','from':'a','args':{'weight':2}}]}")));
        QCOMPARE(QString::fromStdString(jsonOfNode(*flat.recipe.node("p__whole"))["in"].dump()), QString::fromStdString(json("{'items':[{'id':'x','from':'a','in':1},'a']}")));
        Problem inside;
        inside.pointer = "/nodes/p__with/in/items/2";
        QCOMPARE(QString::fromStdString(problemsOfDocument(flat, {inside}).front().pointer), QString("/groups/g/nodes/with/in/items/2"));
    }
    void bindingsGoThroughPorts()
    {
        const FlatRecipe flat = flattenGroups(recipeOf("'nodes': {'a': {'effect': 'src'}, 'beat': {'effect': 'beat', 'in': {'sound': 'a.sound'}}, 'p': {'group': 'g', 'in': {'from': 'a', 'lead': 'beat.events'}}, 'q': {'group': 'g', 'in': {'from': 'a'}}},"
                                                       "'outputs': {'main': {'picture': 'p'}}, 'groups': {'g': {'inputs': {'from': {}, 'lead': {'optional': true}}, 'nodes': {'n': {'effect': 'tint', 'in': {'picture': 'from'}, 'args': {'radius': {'bind': 'lead', 'range': [0, 9]}}}}, 'outputs': {'picture': 'n'}}}"));
        QVERIFY2(flat.problems.empty(), qPrintable(listOf(flat.problems)));
        QCOMPARE(flat.recipe.node("p__n")->arg("radius")->dump(), json("{'bind':'beat.events','range':[0,9]}"));
        QVERIFY(flat.recipe.node("q__n")->arg("radius") == nullptr);
    }
    void aBypassedInstancePassesOnItsInput()
    {
        const FlatRecipe flat = flattenGroups(recipeOf("'nodes': {'a': {'effect': 'src'}, 'p': {'group': 'g', 'bypass': true, 'in': {'other': 'a.sound', 'picture': 'a'}}}, 'outputs': {'main': {'picture': 'p', 'sound': 'p.level'}},"
                                                       "'groups': {'g': {'inputs': {'picture': {}, 'other': {}, 'third': {}}, 'nodes': {'n': {'effect': 'over', 'in': {'below': 'picture', 'above': 'other', 'mask': 'third'}}}, 'outputs': {'picture': 'n', 'level': 'n'}}}"));
        QVERIFY2(flat.problems.empty(), qPrintable(listOf(flat.problems)));
        QCOMPARE(flat.recipe.nodes.size(), std::size_t{1});
        QCOMPARE(flat.recipe.outputs[0].picture->text(), std::string("a"));
        QCOMPARE(flat.recipe.outputs[0].sound->text(), std::string("a.sound"));
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
        const std::string in = "'inputs': {'from': {}}, ", out = ", 'outputs': {'picture': 'n'}", param = "'params': {'size': {'default': 1, 'min': 0, 'max': 9}}, ";
        const auto nodes = [](const std::string& n) { return "'nodes': {'n': {'effect': 'tint', 'in': {'picture': 'from'}" + n + "}}"; };
        const std::string good = in + nodes("") + out;
        row("no such group", "'nodes': {'a': {'effect': 'src'}, 'p': {'group': 'plse', 'in': {'from': 'a'}}}, 'outputs': {'main': {'picture': 'a'}}, 'groups': {'pulse': {" + good + "}}", "/nodes/p/group", "node 'p': there is no group \"plse\"", "did you mean 'pulse'?");
        row("input not connected", around(good, "'in': {}"), "/nodes/p", "node 'p': from is not connected", "group 'g' needs it");
        row("no such input", around(good, "'in': {'from': 'a', 'form': 'a'}"), "/nodes/p/in/form", "group 'g' has no input \"form\"", "did you mean 'from'?");
        row("no such output", "'nodes': {'a': {'effect': 'src'}, 'p': {'group': 'g', 'in': {'from': 'a'}}}, 'outputs': {'main': {'picture': 'p.pictre'}}, 'groups': {'g': {" + good + "}}", "/outputs/main/picture", "'p' (group 'g') has no output 'pictre'", "did you mean 'picture'?");
        row("no such argument", around(in + param + nodes(", 'args': {'radius': {'param': 'size'}}") + out, "'in': {'from': 'a'}, 'args': {'sise': 1}"), "/nodes/p/args/sise", "argument \"sise\" is not known", "did you mean 'size'?");
        row("argument out of the group's range", around(in + param + nodes(", 'args': {'radius': {'param': 'size'}}") + out, "'in': {'from': 'a'}, 'args': {'size': 10}"), "/nodes/p/args/size", "node 'p': size must be 0–9, got 10", "");
        row("argument out of the effect's range", around(in + "'params': {'size': {'default': 1}}, " + nodes(", 'args': {'radius': {'param': 'size'}}") + out, "'in': {'from': 'a'}, 'args': {'size': -1}"), "/nodes/p/args/size", "group 'g': node 'n': radius must be 0–512 px, got -1", "");
        row("default out of the effect's range", around(in + "'params': {'size': {'default': -1}}, " + nodes(", 'args': {'radius': {'param': 'size'}}") + out), "/groups/g/params/size/default", "group 'g': node 'n': radius must be 0–512 px, got -1", "");
        row("keys of an instance", around(in + param + nodes(", 'args': {'radius': {'param': 'size'}}") + out, "'in': {'from': 'a'}, 'args': {'size': {'keys': [[0, 1], [1, 900]]}}"), "/nodes/p/args/size/keys/1/1", "must be 0–512 px, got 900", "");
        row("expression of an instance", around(in + param + nodes(", 'args': {'radius': {'param': 'size'}}") + out, "'in': {'from': 'a'}, 'args': {'size': {'expr': '1 + '}}"), "/nodes/p/args/size/expr", "node 'p': size: column 5 of the expression", "");
        row("keys for an expression", around(in + param + nodes(", 'args': {'radius': {'expr': 'size'}}") + out, "'in': {'from': 'a'}, 'args': {'size': {'keys': [[0, 1], [1, 2]]}}"), "/nodes/p/args/size", "size goes into an expression of group 'g' (node 'n') and must be a number there, got an object", "write a number");
        row("expression in the group", around(in + nodes(", 'args': {'radius': {'expr': '1 + sise'}}") + out), "/groups/g/nodes/n/args/radius/expr", "group 'g': node 'n': radius: column 5 of the expression: 'sise' is not a name", "");
        row("recipe's param in a group", around(in + nodes(", 'args': {'radius': {'expr': 'speed'}}") + out) + ", 'params': {'speed': {'default': 1}}", "/groups/g/nodes/n/args/radius/expr", "'speed' is not a name here", "");
        row("param of the group", around(in + nodes(", 'args': {'radius': {'param': 'sise'}}") + out), "/groups/g/nodes/n/args/radius/param", "group 'g': node 'n': radius: the group has no param 'sise'", "");
        row("param without default", around(in + "'params': {'size': {'type': 'real'}}, " + nodes(", 'args': {'radius': {'expr': 'size'}}") + out), "/groups/g/params/size", "group 'g': param 'size': the default is missing", "");
        row("argument in the group", around(in + nodes(", 'args': {'raduis': 3}") + out), "/groups/g/nodes/n/args/raduis", "group 'g': node 'n': argument \"raduis\" is not known", "did you mean 'radius'?");
        row("effect in the group", around("'nodes': {'n': {'effect': 'sorce'}}" + out, "'in': {}"), "/groups/g/nodes/n/effect", "group 'g': node 'n': effect \"sorce\" is not known", "");
        row("wire in the group", around(in + "'nodes': {'n': {'effect': 'over', 'in': {'below': 'from', 'above': 'fron'}}}" + out), "/groups/g/nodes/n/in/above", "group 'g': node 'n': above: the group has no node or input 'fron'", "did you mean 'from'?");
        row("port of an input", around(in + "'nodes': {'n': {'effect': 'tint', 'in': {'picture': 'from.sound'}}}" + out), "/groups/g/nodes/n/in/picture", "'from' is an input of the group and has no ports", "");
        row("recipe's node in a group", around(in + "'nodes': {'n': {'effect': 'over', 'in': {'below': 'from', 'above': 'a'}}}" + out), "/groups/g/nodes/n/in/above", "the group has no node or input 'a'", "");
        row("promoted port of nothing", around(in + nodes("") + ", 'outputs': {'picture': 'm'}"), "/groups/g/outputs/picture", "group 'g': output 'picture': the group has no node or input 'm'", "");
        row("promoted port of a node", around(in + nodes("") + ", 'outputs': {'picture': 'n.pictre'}"), "/outputs/main/picture", "'p__n' (tint) has no output 'pictre'", "did you mean 'picture'?");
        row("no outputs", around(in + nodes("")), "/groups/g", "group 'g': it has no outputs", "");
        row("type through a port", around(good, "'in': {'from': 'a.sound'}"), "/nodes/p/in/from", "group 'g': node 'n': picture takes a picture, but 'a.sound' is a sound", "did you mean 'a.picture'?");
        row("source", around("'source': 'somewhere', " + good), "/groups/g/source", "group 'g': source must be a content id", "");
        row("inside itself", around("'nodes': {'n': {'group': 'g'}}" + out, "'in': {}"), "/groups/g", "group 'g': it contains itself: 'g' → 'g'", "take one");
        row("inside each other", around("'nodes': {'n': {'group': 'h'}}" + out + "}, 'h': {'nodes': {'n': {'group': 'g'}}" + out, "'in': {}"), "/groups/g", "'g' → 'h' → 'g'", "");
        row("circle through a group", "'nodes': {'p': {'group': 'g', 'in': {'from': 'b'}}, 'b': {'effect': 'tint', 'in': {'picture': 'p'}}}, 'outputs': {'main': {'picture': 'p'}}, 'groups': {'g': {" + good + "}}", "/groups/g/nodes/n", "feed each other in a circle: 'p__n' → 'b' → 'p__n'", "remove one of these wires");
        row("fed by itself", "'nodes': {'a': {'effect': 'src'}, 'p': {'group': 'g', 'in': {'from': 'p'}}}, 'outputs': {'main': {'picture': 'p'}}, 'groups': {'g': {'inputs': {'from': {}}, 'nodes': {}, 'outputs': {'picture': 'from'}}}", "/outputs/main/picture", "'p' passes on what comes from itself", "");
        row("nothing passed on", "'nodes': {'a': {'effect': 'src'}, 'p': {'group': 'g'}}, 'outputs': {'main': {'picture': 'p'}}, 'groups': {'g': {'inputs': {'from': {'optional': true}}, 'nodes': {}, 'outputs': {'picture': 'from'}}}", "/outputs/main/picture", "'p' stands for nothing", "connect the input");
        row("list bound", around("'inputs': {'from': {}, 'lead': {}}, " + nodes(", 'args': {'radius': {'bind': 'lead'}}") + out, "'in': {'from': 'a', 'lead': ['a.sound']}"), "/groups/g/nodes/n/args/radius", "which is a list", "");
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
        QVERIFY(checked.graph == nullptr);
        std::erase_if(checked.problems, [](const Problem& problem) { return problem.severity == Problem::Severity::Warning; });
        QVERIFY2(checked.problems.size() == 1, qPrintable(listOf(checked.problems)));
        const Problem& problem = checked.problems[0];
        QCOMPARE(QString::fromStdString(problem.pointer), QString(pointer));
        QVERIFY2(QString::fromStdString(problem.message).contains(QString::fromUtf8(message)), problem.message.c_str());
        QVERIFY2(QString::fromStdString(problem.hint).contains(QString::fromUtf8(hint)), problem.hint.c_str());
        locateProblems(text, checked.problems);
        QVERIFY(problem.line == 1 && problem.column > 1);
    }
    void aMistakeInAGroupIsToldOnceHoweverOftenItIsUsed()
    {
        const auto checked = checkRecipe(recipeOf("'nodes': {'a': {'effect': 'src'}, 'p': {'group': 'g', 'in': {'from': 'a'}}, 'q': {'group': 'g', 'in': {'from': 'a'}}}, 'outputs': {'main': {'picture': 'p'}},"
                                                  "'groups': {'g': {'inputs': {'from': {}}, 'nodes': {'n': {'effect': 'tint', 'in': {'picture': 'from'}, 'args': {'radius': -1}}}, 'outputs': {'picture': 'n'}}}"),
            fakeEffects());
        QVERIFY2(checked.problems.size() == 1, qPrintable(listOf(checked.problems)));
    }
    void takenAndLongNamesAreNamed()
    {
        const std::string group = "'groups': {'g': {'nodes': {'n': {'effect': 'src'}}, 'outputs': {'picture': 'n'}}}, 'outputs': {'main': {'picture': 'p'}}";
        const auto taken = checkRecipe(recipeOf("'nodes': {'p__n': {'effect': 'src'}, 'p': {'group': 'g'}}, " + group), fakeEffects());
        QVERIFY2(taken.problems.size() == 1 && taken.problems[0].message == "group 'g': node 'n': within instance 'p' it is named 'p__n', and that name is taken", qPrintable(listOf(taken.problems)));
        QCOMPARE(taken.problems[0].pointer, std::string("/groups/g/nodes/n"));
        const std::string name(63, 'p');
        const auto tooLong = checkRecipe(recipeOf("'nodes': {'p': {'effect': 'src'}, '" + name + "': {'group': 'g'}}, " + group), fakeEffects());
        QVERIFY2(tooLong.problems.size() == 1 && tooLong.problems[0].message.find("longer than 64 letters") != std::string::npos, qPrintable(listOf(tooLong.problems)));
    }
    void unusedPartsAreWarnings()
    {
        const auto checked = checkRecipe(recipeOf("'nodes': {'a': {'effect': 'src'}, 'p': {'group': 'g', 'in': {'from': 'a', 'idle': 'a'}}}, 'handles': ['p.size', 'p.sise', 'a.nothing'], 'outputs': {'main': {'picture': 'p'}},"
                                                  "'groups': {'g': {'inputs': {'from': {}, 'idle': {}}, 'params': {'size': {'default': 1}}, 'nodes': {'n': {'effect': 'tint', 'in': {'picture': 'from'}}}, 'outputs': {'picture': 'n'}},"
                                                  "'lonely': {'nodes': {'n': {'effect': 'src'}}, 'outputs': {'picture': 'n'}}}"),
            fakeEffects());
        QVERIFY(checked.graph != nullptr);
        QStringList pointers;
        for (const Problem& problem : checked.problems)
            pointers << QString::fromStdString(problem.pointer);
        pointers.sort();
        QCOMPARE(pointers, (QStringList{"/groups/g/inputs/idle", "/groups/g/params/size", "/groups/lonely", "/handles/1", "/handles/2"}));
    }
    void groupsThatMultiplyAreRefusedFast()
    {
        std::string groups = "'g0': {'nodes': {'n': {'effect': 'src'}}, 'outputs': {'picture': 'n'}}";
        for (int i = 1; i < 60; ++i)
            groups += ", 'g" + std::to_string(i) + "': {'nodes': {'x': {'group': 'g" + std::to_string(i - 1) + "'}, 'y': {'group': 'g" + std::to_string(i - 1) + "'}}, 'outputs': {'picture': 'x'}}";
        QElapsedTimer timer;
        timer.start();
        const auto checked = checkRecipe(recipeOf("'nodes': {'p': {'group': 'g59'}}, 'outputs': {'main': {'picture': 'p'}}, 'groups': {" + groups + "}"), fakeEffects());
        QVERIFY2(checked.problems.size() == 1 && checked.problems[0].message.find("more than 200000 nodes") != std::string::npos, qPrintable(listOf(checked.problems)));
        QVERIFY(timer.elapsed() < 2000);
    }
    void argumentsThatMultiplyAreRefused()
    {
        std::string keys, nodes;
        for (int i = 0; i < 20'000; ++i)
            keys += (i ? ", [" : "[") + std::to_string(i) + ", " + std::to_string(i % 2) + "]";
        for (int i = 0; i < 1000; ++i)
            nodes += std::string(i ? ", " : "") + "'n" + std::to_string(i) + "': {'effect': 'src', 'args': {'level': {'param': 'size'}}}";
        const auto checked = checkRecipe(recipeOf("'nodes': {'p': {'group': 'g', 'args': {'size': {'keys': [" + keys + "]}}}}, 'outputs': {'main': {'picture': 'p'}},"
                                                                                                                       "'groups': {'g': {'params': {'size': {'default': 1}}, 'nodes': {"
                                             + nodes + "}, 'outputs': {'picture': 'n0'}}}"),
            fakeEffects());
        QVERIFY2(checked.problems.size() == 1 && checked.problems[0].message.find("repeat more than 4000000 values") != std::string::npos, qPrintable(listOf(checked.problems)));
    }
    void manyInstancesAreCheckedFast()
    {
        std::string nodes = "'a': {'effect': 'src'}, 'p0': {'group': 'g', 'in': {'from': 'a'}}";
        for (int i = 1; i < 5'000; ++i)
            nodes += ", 'p" + std::to_string(i) + "': {'group': 'g', 'in': {'from': 'p" + std::to_string(i - 1) + "'}}";
        const Recipe recipe = recipeOf("'nodes': {" + nodes + "}, 'outputs': {'main': {'picture': 'p4999'}}, 'groups': {'g': {'inputs': {'from': {}},"
                                                              "'nodes': {'m': {'effect': 'tint', 'in': {'picture': 'from'}}, 'n': {'effect': 'tint', 'in': {'picture': 'm'}}}, 'outputs': {'picture': 'n'}}}");
        QElapsedTimer timer;
        timer.start();
        const auto checked = checkRecipe(recipe, fakeEffects());
        qInfo("5,000 instances of 2 nodes: %lld ms", timer.elapsed());
        QVERIFY2(checked.graph != nullptr && checked.graph->nodes.size() == 10'001, qPrintable(listOf(checked.problems)));
        QVERIFY(timer.elapsed() < 4000);
    }
    void groupingAndUngroupingComputeTheSame()
    {
        const Recipe before = recipeOf("'params': {'speed': {'default': 3}}, 'handles': ['speed', 'b.radius'],"
                                       "'nodes': {'a': {'effect': 'src'}, 'b': {'effect': 'tint', 'in': {'picture': 'a'}, 'args': {'radius': {'expr': 'speed + 1'}, 'angle': {'param': 'speed'}}},"
                                       "'c': {'effect': 'over', 'in': {'below': 'b', 'above': 'a.picture'}}, 'film': {'effect': 'join', 'in': {'items': ['c', {'id': 'x', 'from': 'b', 'in': 1}]}}},"
                                       "'outputs': {'main': {'picture': 'film', 'sound': 'a.sound'}}, 'layout': {'b': [10, 0], 'c': [30, 20]}");
        const auto grouped = groupNodes(before, {"c", "b"}, "pulse");
        QVERIFY(grouped);
        QCOMPARE(QString::fromStdString(writeRecipe(*grouped)), QString::fromStdString(writeRecipe(readRecipe(writeRecipe(*grouped)).recipe)));
        const auto checked = checkRecipe(*grouped, fakeEffects());
        QVERIFY2(checked.graph != nullptr && checked.problems.empty(), qPrintable(listOf(checked.problems)));
        const Node& instance = *grouped->node("pulse_2");
        QCOMPARE(jsonOfNode(instance).dump(), json("{'group':'pulse','in':{'a':'a','a_picture':'a.picture'},'args':{'speed':{'param':'speed'}}}"));
        QVERIFY((grouped->layout.at("pulse_2") == LayoutPoint{20, 10}));
        QCOMPARE(grouped->handles, std::vector<std::string>{"speed"});
        const auto back = ungroupNode(*grouped, "pulse_2");
        QVERIFY(back);
        QVERIFY(back->groups.empty());
        QCOMPARE(graphHash(*back, fakeEffects()).text(), graphHash(before, fakeEffects()).text());
        QVERIFY((back->layout.at("c") == LayoutPoint{30, 20}));
    }
    void groupingRefusesWhatCannotBe()
    {
        const Recipe recipe = recipeOf("'nodes': {'a': {'effect': 'src'}, 'b': {'effect': 'tint', 'in': {'picture': 'a'}}, 'c': {'effect': 'tint', 'in': {'picture': 'b'}}}, 'outputs': {'main': {'picture': 'c'}}");
        QCOMPARE(groupNodes(recipe, {"a", "c"}).error().message, std::string("group: node 'b' lies between the nodes of the group; take it in too"));
        QCOMPARE(groupNodes(recipe, {"x"}).error().fault, Fault::NotFound);
        QCOMPARE(groupNodes(recipe, {}).error().fault, Fault::BadInput);
        QCOMPARE(groupNodes(recipe, {"b"}, "a").error().fault, Fault::Conflict);
        QCOMPARE(ungroupNode(recipe, "b").error().fault, Fault::BadInput);
        const Recipe grouped = *groupNodes(recipe, {"b"}, "g");
        QCOMPARE(ungroupNode(*artdag::disconnect(grouped, "g_2", "a"), "g_2").error().message, std::string("node 'g_2': a is not connected"));
    }
    void nestedInstancesStayWhenTheirOwnerIsUngrouped()
    {
        const auto flat = ungroupNode(recipeOf(nested), "q");
        QVERIFY(flat);
        QVERIFY(flat->group("twice") == nullptr && flat->group("pulse") != nullptr);
        QCOMPARE(flat->node("one")->group, std::string("pulse"));
        const auto checked = checkRecipe(*flat, fakeEffects());
        QVERIFY2(checked.graph != nullptr, qPrintable(listOf(checked.problems)));
    }
};

QTEST_APPLESS_MAIN(GroupsTest)
#include "groups_test.moc"
