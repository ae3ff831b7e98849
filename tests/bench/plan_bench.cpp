// SPDX-License-Identifier: GPL-3.0-or-later
// The rows plan_10k and replan_edit of ./run bench: how long a recipe of 10,000 distinct nodes takes to parse, check, plan
// and name, in process; and to plan and name again after one parameter was moved. Prints one JSON object.
#include "core/base/allocator.h"
#include "core/effect/catalogue.h"
#include "core/plan/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

using namespace artdag;

namespace {

constexpr int rows = 100, columns = 100; ///< a column is a hundred nodes deep

/// No media: none of these effects asks for any.
class NoSources : public Sources {
public:
    Result<MediaFacts> facts(const ContentId&, const std::string&) override { return fail(Fault::NotFound, "bench: no media"); }
    Result<CodedPointer> picture(const ContentId&, Flicks, const std::string&) override { return fail(Fault::NotFound, "bench: no media"); }
    Result<Sound> sound(const ContentId&, SampleRange, int) override { return fail(Fault::NotFound, "bench: no media"); }
    Result<std::shared_ptr<const Bytes>> file(const ContentId&) override { return fail(Fault::NotFound, "bench: no media"); }
};

/// Each node stacks three of the row before it, at an opacity that no other has; the last one is moved by `edit`.
std::string recipeText(int edit)
{
    std::string text = R"({"artdag": 1, "canvas": {"width": 64, "height": 64, "rate": [25, 1], "sampleRate": 48000, "duration": 0.04}, "nodes": {)";
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const auto name = [&](int offset) { return fmt::format("n{}_{}", row - 1, (column + offset) % columns); };
            const int index = row * columns + column;
            const double opacity = (index + 1 + (index == rows * columns - 1 ? edit : 0)) / 20'000.0;
            text += row == 0 ? fmt::format(R"("n0_{}": {{"effect": "solid", "args": {{"colour": [{}, 0, 0]}}}})", column, opacity)
                             : fmt::format(R"("n{}_{}": {{"effect": "layer", "in": {{"items": ["{}", "{}", {{"id": "top", "from": "{}", "args": {{"opacity": {}}}}}]}}}})", row, column, name(0), name(1), name(2), opacity);
            text += ", ";
        }
    text += R"("end": {"effect": "layer", "in": {"items": [)";
    for (int column = 0; column < columns; ++column)
        text += fmt::format(R"({}"n{}_{}")", column > 0 ? ", " : "", rows - 1, column);
    return text + R"(]}}}, "outputs": {"main": {"picture": "end"}}})";
}

double since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

struct Times {
    double read = 0, check = 0, plan = 0, keys = 0;
    [[nodiscard]] double all() const { return read + check + plan + keys; }
};

std::shared_ptr<const Graph> graphOf(const std::string& text)
{
    auto checked = checkRecipe(readRecipe(text).recipe, builtinEffects());
    CHECK(checked.graph != nullptr);
    return checked.graph;
}

/// Milliseconds from a new value of one parameter to the key of the picture, with the plan before; the median.
double replanned(const std::shared_ptr<const Plan>& before, int runs)
{
    NoSources sources;
    const auto whole = makePlan(graphOf(recipeText(1)), {}, sources);
    CHECK(whole);
    const int moved = before->graph->node(fmt::format("n{}_{}", rows - 1, columns - 1));
    const Json value = (rows * columns + 1) / 20'000.0;
    std::vector<double> times;
    for (int run = 0; run <= 10 * runs; ++run) {
        const auto start = std::chrono::steady_clock::now();
        const auto plan = replan(before, {.node = moved, .item = 2, .param = "opacity", .value = value}, sources);
        CHECK(plan);
        const FrameKey key = (*plan)->outputFrameKey(0);
        times.push_back(since(start));
        CHECK(key == (*whole)->outputFrameKey(0) && key != before->outputFrameKey(0));
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

std::shared_ptr<const Plan> planned(const std::string& text, Times& times)
{
    NoSources sources;
    auto start = std::chrono::steady_clock::now();
    const ReadRecipe read = readRecipe(text);
    times.read = since(start);
    start = std::chrono::steady_clock::now();
    const CheckedRecipe checked = checkRecipe(read.recipe, builtinEffects());
    times.check = since(start);
    CHECK(checked.graph != nullptr);
    start = std::chrono::steady_clock::now();
    auto plan = makePlan(checked.graph, {}, sources);
    times.plan = since(start);
    CHECK(plan);
    start = std::chrono::steady_clock::now();
    static_cast<void>((*plan)->outputFrameKey(0));
    times.keys = since(start);
    return *plan;
}

} // namespace

int main(int argc, char** argv)
{
    keepFreedMemory(); // as the programs do
    const int runs = argc > 1 ? std::max(1, std::atoi(argv[1])) : 9;
    const std::string text = recipeText(0);
    std::vector<Times> all;
    std::shared_ptr<const Plan> plan;
    for (int run = 0; run <= runs; ++run) {
        Times times;
        plan = planned(text, times);
        if (run > 0) // the first one warms the memory
            all.push_back(times);
    }
    std::ranges::sort(all, {}, &Times::all);
    const Times& median = all[all.size() / 2];
    fmt::print(R"({{"nodes": {}, "bytes": {}, "read": {:.3f}, "check": {:.3f}, "plan": {:.3f}, "keys": {:.3f}, "all": {:.3f}, "least": {:.3f}, "most": {:.3f}, "replan": {:.3f}}})"
               "\n",
        rows * columns + 1, text.size(), median.read, median.check, median.plan, median.keys, median.all(), all.front().all(), all.back().all(), replanned(plan, runs));
    return 0;
}
