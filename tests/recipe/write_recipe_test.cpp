// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/edit_recipe.h"
#include "core/recipe/recipe.h"

#include <QtTest>

#include <rapidcheck.h>

#include <algorithm>

using namespace artdag;

namespace {

std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

QString qt(const std::string& text)
{
    return QString::fromStdString(text);
}

rc::Gen<std::string> anyName()
{
    return rc::gen::map(rc::gen::container<std::string>(rc::gen::elementOf(std::string("abc_09"))), [](std::string tail) { return "n" + tail.substr(0, 20); });
}

rc::Gen<std::string> anyText()
{
    return rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 10)), [](const std::vector<int>& picks) {
        static const char* parts[] = {"a", "\"", "\\", "\n", "é", "😀", "\x01", "/", " ", "\x7f"};
        std::string text;
        for (const int pick : picks)
            text += parts[pick];
        return text;
    });
}

Json anyJson(int depth)
{
    switch (*rc::gen::inRange(0, depth > 0 ? 8 : 6)) {
    case 0: return *anyText();
    case 1: return *rc::gen::arbitrary<bool>();
    case 2: return *rc::gen::arbitrary<int>();
    case 3: return static_cast<double>(*rc::gen::arbitrary<std::int64_t>()) / 1024.0;
    case 4: return 1.0 / (1.0 + *rc::gen::inRange(0, 1000));
    case 5: return nullptr;
    case 6: {
        Json list = Json::array();
        for (int i = *rc::gen::inRange(0, 6); i > 0; --i)
            list.push_back(anyJson(depth - 1));
        return list;
    }
    default: {
        Json object = Json::object();
        for (int i = *rc::gen::inRange(0, 6); i > 0; --i)
            object[*anyText()] = anyJson(depth - 1);
        return object;
    }
    }
}

Json anyUnknown()
{
    return *rc::gen::arbitrary<bool>() ? Json::object() : Json{{"x_later", anyJson(2)}};
}

Wire anyWire()
{
    return {*anyName(), *rc::gen::arbitrary<bool>() ? *anyName() : std::string()};
}

PortValue anyPort()
{
    if (*rc::gen::arbitrary<bool>())
        return {anyWire()};
    std::vector<Item> items;
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
        Item item;
        item.from = anyWire();
        item.plain = *rc::gen::arbitrary<bool>();
        if (!item.plain) {
            item.id = "i" + std::to_string(i);
            item.in = anyJson(0);
            item.args.emplace_back("x", anyJson(2));
            item.unknown = anyUnknown();
        }
        items.push_back(std::move(item));
    }
    return {std::move(items)};
}

Node anyNode(const std::string& name)
{
    Node node;
    node.name = name;
    if (*rc::gen::arbitrary<bool>())
        node.effect = *anyText();
    else
        node.group = *anyName();
    for (int k = *rc::gen::inRange(0, 3); k > 0; --k)
        node.in.emplace_back("p" + std::to_string(k), anyPort());
    for (int k = *rc::gen::inRange(0, 3); k > 0; --k)
        node.args.emplace_back("a" + std::to_string(k), anyJson(3));
    node.bypass = *rc::gen::arbitrary<bool>();
    node.unknown = anyUnknown();
    return node;
}

Group anyGroup(const std::string& name)
{
    Group group{.name = name, .title = *anyText(), .source = *anyText()};
    group.inputs.push_back({.name = "i1", .title = *anyText(), .optional = *rc::gen::arbitrary<bool>(), .unknown = anyUnknown()});
    group.params.push_back({.name = "p1", .fallback = anyJson(1), .unknown = anyUnknown()});
    for (int k = *rc::gen::inRange(0, 3); k > 0; --k)
        group.nodes.push_back(anyNode("g" + std::to_string(k)));
    group.outputs.emplace_back("o1", anyWire());
    group.layout["g1"] = {1.5, -2};
    group.layoutOrder.emplace_back("g1");
    group.unknown = anyUnknown();
    return group;
}

/// A recipe with no mistakes that reading would name, but any unknown members, texts and arguments.
Recipe anyRecipe()
{
    Recipe recipe;
    recipe.title = *anyText();
    recipe.description = *anyText();
    recipe.tags = *rc::gen::container<std::vector<std::string>>(anyText());
    recipe.canvas.width = *rc::gen::inRange(1, 16385);
    recipe.canvas.duration = *rc::gen::inRange(1, 1000) / 7.0;
    recipe.canvas.unknown = anyUnknown();
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
        Node node = anyNode(freshName(recipe, *anyName()));
        recipe.layout[node.name] = {*rc::gen::arbitrary<int>() / 4.0, 0.5};
        recipe.layoutOrder.push_back(node.name);
        recipe.nodes.push_back(std::move(node));
    }
    if (*rc::gen::arbitrary<bool>())
        recipe.params.push_back({.name = freshName(recipe, "speed"), .fallback = 1.5, .least = -0.25, .most = 1e21, .unknown = anyUnknown()});
    if (*rc::gen::arbitrary<bool>())
        recipe.inputs.push_back({.name = freshName(recipe, "film"), .unknown = anyUnknown()});
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
        recipe.groups.push_back(anyGroup(freshName(recipe, *anyName())));
    if (*rc::gen::arbitrary<bool>())
        recipe.outputs.push_back({.name = *anyName(), .picture = anyWire(), .unknown = anyUnknown()});
    recipe.unknown = anyUnknown();
    return recipe;
}

} // namespace

class WriteRecipeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theWrittenFormIsAsDocumented()
    {
        const auto read = readRecipe(json("{'nodes': {'spin': {'args': {'angle': {'expr': 'speed * t'}}, 'in': {'picture': 'src'}, 'effect': 'rotate', 'note': 1.50},"
                                          "'src': {'effect': 'solid'}}, 'zebra': [1, 2.0, 1e3], 'title': 'Spin', 'artdag': 1.0,"
                                          "'layout': {'spin': [120.0, 40]}, 'params': {'speed': {'max': 720, 'default': 90.0, 'type': 'real'}},"
                                          "'outputs': {'main': {'picture': 'spin'}}, 'description': '', 'handles': []}"));
        QVERIFY(read.ok());
        const std::string expected = json(R"x({
  'artdag': 1,
  'title': 'Spin',
  'canvas': {
    'width': 1920,
    'height': 1080,
    'rate': [30, 1],
    'sampleRate': 48000,
    'duration': 10,
    'workingSpace': 'linear-bt709'
  },
  'params': {
    'speed': {'type': 'real', 'default': 90, 'max': 720}
  },
  'nodes': {
    'spin': {
      'effect': 'rotate',
      'in': {'picture': 'src'},
      'args': {'angle': {'expr': 'speed * t'}},
      'note': 1.5
    },
    'src': {'effect': 'solid'}
  },
  'outputs': {
    'main': {'picture': 'spin', 'encode': 'share-h264'}
  },
  'layout': {
    'spin': [120, 40]
  },
  'zebra': [1, 2, 1000]
}
)x");
        QCOMPARE(qt(writeRecipe(read.recipe)), qt(expected));
    }
    void writingWhatWasReadChangesNothing()
    {
        QVERIFY(rc::check("write ∘ read is the identity on written text", [] {
            const std::string text = writeRecipe(anyRecipe());
            const auto read = readRecipe(text);
            for (const Problem& problem : read.problems)
                RC_ASSERT(problem.severity == Problem::Severity::Warning || problem.message.find("effect") != std::string::npos);
            RC_ASSERT(writeRecipe(read.recipe) == text);
        }));
    }
    void readingWhatWasWrittenChangesNothing()
    {
        QVERIFY(rc::check("read ∘ write keeps every member", [] {
            const Recipe recipe = anyRecipe();
            RC_ASSERT(canonicalJson(jsonOfRecipe(readRecipe(writeRecipe(recipe)).recipe)) == canonicalJson(jsonOfRecipe(recipe)));
        }));
    }
    void theOrderOfNodesIsKept()
    {
        const auto read = readRecipe(json("{'artdag': 1, 'nodes': {'z': {'effect': 'x'}, 'a': {'effect': 'x'}, 'm': {'effect': 'x'}}}"));
        const std::string text = writeRecipe(read.recipe);
        QVERIFY(text.find("\"z\"") < text.find("\"a\"") && text.find("\"a\"") < text.find("\"m\""));
    }
    void aValueIsBrokenWhenItsLineWouldPass100Characters()
    {
        Recipe recipe;
        Node node;
        node.name = "n";
        const std::size_t others = std::string("    \"n\": {\"effect\": \"\"}").size();
        const auto lineOfNode = [&recipe](const std::string& effect) {
            recipe.nodes[0].effect = effect;
            const std::string text = writeRecipe(recipe);
            const auto at = text.find("\"n\": ");
            const auto begin = text.rfind('\n', at) + 1;
            return qt(text.substr(begin, text.find('\n', at) - begin));
        };
        recipe.nodes.push_back(node);
        QCOMPARE(lineOfNode(std::string(100 - others, 'x')).size(), 100);
        QCOMPARE(lineOfNode(std::string(101 - others, 'x')), QString("    \"n\": {"));
        QCOMPARE(lineOfNode("é" + std::string(99 - others, 'x')).size(), 100); // characters count, not bytes
    }
    void numbersThatAreNotFiniteAreNeverWritten()
    {
        Recipe recipe;
        recipe.unknown = {{"x", std::numeric_limits<double>::infinity()}};
        QVERIFY(writeRecipe(recipe).find("\"x\": null") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(WriteRecipeTest)
#include "write_recipe_test.moc"
