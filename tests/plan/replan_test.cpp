// SPDX-License-Identifier: GPL-3.0-or-later
// A plan made from the one before and an edit is the plan of the edited recipe, and makes no more than it must.
#include "core/plan/plan.h"
#include "tests/support/graph_of.h"

#include <rapidcheck.h>

#include <QtTest>

#include <fmt/format.h>

#include <map>

using namespace artdag;
using namespace artdag::test;

namespace {

/// A node as the test keeps it: what it is made of, and the arguments it was given.
struct Made {
    std::string effect;
    std::vector<int> sources;
    std::map<std::string, std::string> args;
    std::vector<std::map<std::string, std::string>> itemArgs; ///< of each item of a list
};

std::string nameOf(int index)
{
    return fmt::format("n{}", index);
}

std::string membersOf(const std::map<std::string, std::string>& members)
{
    std::string text;
    for (const auto& [name, value] : members)
        text += fmt::format(R"({}"{}": {})", text.empty() ? "" : ", ", name, value);
    return text;
}

std::string textOf(const std::vector<Made>& nodes)
{
    std::string text;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const Made& node = nodes[i];
        std::string in;
        if (!node.itemArgs.empty()) {
            for (std::size_t k = 0; k < node.sources.size(); ++k)
                in += fmt::format(R"({}{{"from": "{}", "out": 0.3, "args": {{{}}}}})", k > 0 ? ", " : "", nameOf(node.sources[k]), membersOf(node.itemArgs[k]));
            in = R"("items": [)" + in + "]";
        } else if (!node.sources.empty()) {
            in = fmt::format(R"("picture": "{}")", nameOf(node.sources[0]));
        }
        text += fmt::format(R"({}"{}": {{"effect": "{}", "in": {{{}}}, "args": {{{}}}}})", i > 0 ? ", " : "", nameOf(static_cast<int>(i)), node.effect, in, membersOf(node.args));
    }
    return recipeText(text, nameOf(static_cast<int>(nodes.size()) - 1), 0.4);
}

/// Arguments of each effect, or of its items, with literals: of colour, of shape, of time, and some that do not suit.
const std::map<std::string, std::vector<std::pair<std::string, std::vector<std::string>>>> choices{
    {"solid", {{"colour", {"[1, 0, 0]", "[0, 0.5, 0]", "\"#123456\""}}}},
    {"crop", {{"left", {"0", "1", "5"}}, {"width", {"0", "20", "40"}}}},
    {"resize", {{"width", {"0", "32", "99"}}}},
    {"blur", {{"radius", {"0", "2", "7.5", "-1"}}}},
    {"rotate", {{"angle", {"0", "10", "45"}}}},
    {"fade", {{"in", {"0", "0.2"}}}},
    {"layer", {{"opacity", {"0", "0.5", "1"}}, {"scale", {"1", "2"}}}},
    {"sequence", {{"transition", {"\"cut\"", "\"crossfade\""}}, {"overlap", {"0.04", "0.2"}}}},
};

int below(std::size_t count)
{
    return *rc::gen::inRange(0, static_cast<int>(count));
}

template <class List>
auto pick(const List& list)
{
    return list[static_cast<std::size_t>(below(list.size()))];
}

std::vector<Made> randomRecipe()
{
    std::vector<Made> nodes{{"solid", {}, {}, {}}, {"gradient", {}, {}, {}}};
    const int count = 3 + below(12);
    const std::vector<std::string> effects{"crop", "resize", "blur", "rotate", "rotate", "fade", "layer", "sequence", "invert"};
    while (static_cast<int>(nodes.size()) < count) {
        const bool last = static_cast<int>(nodes.size()) == count - 1;
        Made node{last && below(2) == 0 ? "sequence" : pick(effects), {}, {}, {}};
        const bool list = node.effect == "layer" || node.effect == "sequence";
        for (int k = 0; k < (list ? 3 : 1); ++k) // of the last ones, so that most nodes are needed
            node.sources.push_back(static_cast<int>(nodes.size()) - 1 - below(std::min<std::size_t>(nodes.size(), 3)));
        if (list)
            node.itemArgs.resize(node.sources.size());
        if (node.effect == "rotate" && below(2) == 0)
            node.args["angle"] = R"({"expr": "90 * t"})";
        nodes.push_back(std::move(node));
    }
    return nodes;
}

/// Puts a random literal somewhere; the edit that says so.
ArgumentEdit randomEdit(std::vector<Made>& nodes, const Graph& graph)
{
    for (;;) {
        const int index = below(nodes.size());
        Made& node = nodes[static_cast<std::size_t>(index)];
        ArgumentEdit edit{.node = graph.node(nameOf(index)), .param = {}, .value = {}};
        const auto known = choices.find(node.effect);
        if (known == choices.end())
            continue;
        const auto& [param, literals] = pick(known->second);
        const std::string literal = pick(literals);
        if (!node.itemArgs.empty())
            edit.item = below(node.itemArgs.size());
        (edit.item < 0 ? node.args : node.itemArgs[static_cast<std::size_t>(edit.item)])[param] = literal;
        edit.param = param;
        edit.value = Json::parse(literal);
        return edit;
    }
}

bool sameStreams(const PlanNode& a, const PlanNode& b)
{
    return a.outputs == b.outputs && std::ranges::equal(a.inputs, b.inputs, [](const InputFacts& x, const InputFacts& y) { return x.port == y.port && x.item == y.item && x.stream == y.stream; });
}

void requireSame(const Plan& made, const Plan& whole)
{
    RC_ASSERT(made.nodes.size() == whole.nodes.size());
    for (std::size_t i = 0; i < made.nodes.size(); ++i) {
        const PlanNode &a = made.nodes[i], &b = whole.nodes[i];
        RC_ASSERT(a.needed == b.needed && a.animated == b.animated && a.fromStart == b.fromStart && a.guessed == b.guessed);
        RC_ASSERT(sameStreams(a, b));
        RC_ASSERT(a.staticDigest == b.staticDigest && a.soundDigest == b.soundDigest);
        RC_ASSERT((a.still != nullptr) == (b.still != nullptr));
        RC_ASSERT((!a.still || std::ranges::equal(a.still->values, b.still->values)));
    }
    RC_ASSERT(made.frames == whole.frames && made.sound.count == whole.sound.count && made.simple == whole.simple);
    RC_ASSERT(std::ranges::equal(made.chunks, whole.chunks, [](const PlanChunk& a, const PlanChunk& b) { return a.first == b.first && a.count == b.count; }));
    for (std::int64_t frame = 0; frame < made.frames; ++frame)
        RC_ASSERT(made.outputFrameKey(frame) == whole.outputFrameKey(frame));
    for (std::size_t i = 0; i < made.nodes.size(); ++i)
        RC_ASSERT((!made.nodes[i].needed || made.stepKey(static_cast<int>(i)) == whole.stepKey(static_cast<int>(i))));
}

} // namespace

class ReplanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void planningAgainGivesThePlanOfTheEditedRecipe()
    {
        QVERIFY(rc::check("random edits of random recipes", [] {
            NoSources sources;
            std::vector<Made> nodes = randomRecipe();
            auto plan = makePlan(graphOf(textOf(nodes)), {}, sources);
            RC_PRE(plan.has_value());
            for (int step = 0; step < 6; ++step) {
                for (std::int64_t frame = 0; frame < (*plan)->frames; frame += 1 + below(4)) // some keys are known, some are not
                    static_cast<void>((*plan)->outputFrameKey(frame));
                std::vector<Made> edited = nodes;
                const ArgumentEdit edit = randomEdit(edited, *(*plan)->graph);
                const auto checked = checkRecipe(readRecipe(textOf(edited)).recipe, builtinEffects());
                auto made = replan(*plan, edit, sources);
                if (!checked.graph) {
                    RC_ASSERT(!made);
                    RC_ASSERT(checked.problems[0].message == made.error().message);
                    continue;
                }
                const auto whole = makePlan(checked.graph, {}, sources);
                RC_ASSERT(made.has_value() == whole.has_value());
                if (!whole) {
                    RC_ASSERT(whole.error().message == made.error().message);
                    continue;
                }
                requireSame(**made, **whole);
                plan = std::move(made);
                nodes = std::move(edited);
            }
        }));
    }

    void whatFollowsASignalIsPlannedAsAWhole()
    {
        const auto text = [](const char* rate) {
            return recipeText(fmt::format(R"("bar": {{"effect": "gradient"}}, "slow": {{"effect": "lfo", "args": {{"frequency": {}}}}}, "turn": {{"effect": "rotate", "in": {{"picture": "bar"}}, "args": {{"angle": {{"bind": "slow.signal", "range": [0, 90]}}}}}})", rate), "turn", 0.4);
        };
        NoSources sources;
        const auto before = *makePlan(graphOf(text("1")), {}, sources);
        QVERIFY(!before->simple);
        const auto made = replan(before, {.node = before->graph->node("slow"), .param = "frequency", .value = 3}, sources);
        QVERIFY(made.has_value());
        const auto whole = *makePlan(graphOf(text("3")), {}, sources);
        for (std::int64_t frame = 0; frame < whole->frames; ++frame)
            QCOMPARE((*made)->outputFrameKey(frame), whole->outputFrameKey(frame));
    }

    void aPlanOutlivesTheOneItWasMadeFrom()
    {
        NoSources sources;
        const auto text = [](const char* radius) {
            return recipeText(fmt::format(R"("bar": {{"effect": "gradient"}}, "soft": {{"effect": "blur", "in": {{"picture": "bar"}}, "args": {{"radius": {}}}}}, "not": {{"effect": "invert", "in": {{"picture": "soft"}}}})", radius), "not", 0.4);
        };
        auto plan = *makePlan(graphOf(text("1")), {}, sources);
        static_cast<void>(plan->outputFrameKey(0));
        const FrameKey first = plan->outputFrameKey(0);
        for (const int radius : {2, 3, 1})
            plan = *replan(plan, {.node = plan->graph->node("soft"), .param = "radius", .value = radius}, sources);
        QCOMPARE(plan->outputFrameKey(0), first);
        QVERIFY(argumentsAt(*plan, plan->graph->node("soft"), 0)->values[0] == Value(1.0));
    }

    void aCutThatMovesMovesItsChunks()
    {
        NoSources sources;
        const auto text = [](const char* overlap) {
            return recipeText(fmt::format(R"("a": {{"effect": "gradient"}}, "b": {{"effect": "solid"}}, "film": {{"effect": "sequence", "in": {{"items": [{{"from": "a", "out": 1, "args": {{"transition": "crossfade", "overlap": {}}}}}, {{"from": "b", "out": 2}}]}}}})", overlap), "film", 2.0);
        };
        const auto before = *makePlan(graphOf(text("0.04")), {}, sources), whole = *makePlan(graphOf(text("0.4")), {}, sources);
        const auto made = *replan(before, {.node = before->graph->node("film"), .item = 0, .param = "overlap", .value = 0.4}, sources);
        const auto firsts = [](const Plan& plan) {
            std::vector<std::int64_t> frames;
            for (const PlanChunk& chunk : plan.chunks)
                frames.push_back(chunk.first);
            return frames;
        };
        QVERIFY(firsts(*before) != firsts(*whole));
        QCOMPARE(firsts(*made), firsts(*whole));
    }

    void whatIsNotThereIsSaid()
    {
        NoSources sources;
        const auto plan = *makePlan(graphOf(recipeText(R"("bar": {"effect": "solid"}, "all": {"effect": "layer", "in": {"items": ["bar"]}})", "all", 0.4)), {}, sources);
        const int all = plan->graph->node("all");
        const auto noItem = replan(plan, {.node = all, .item = 1, .param = "opacity", .value = 1}, sources);
        QVERIFY(!noItem && noItem.error().fault == Fault::NotFound);
        const auto noParam = replan(plan, {.node = all, .item = 0, .param = "opaqueness", .value = 1}, sources);
        QVERIFY(!noParam && noParam.error().fault == Fault::NotFound);
        const auto tooMuch = replan(plan, {.node = all, .item = 0, .param = "opacity", .value = 2}, sources);
        QVERIFY(!tooMuch && tooMuch.error().fault == Fault::BadInput);
        QCOMPARE(tooMuch.error().message, std::string("node 'all': items, item 1: opacity must be 0–1, got 2"));
    }
};

QTEST_APPLESS_MAIN(ReplanTest)
#include "replan_test.moc"
