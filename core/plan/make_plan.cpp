// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/bake_steps.h"
#include "core/plan/node_digests.h"
#include "core/plan/plan_node.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag {

namespace {

/// An analysis or a bridge: something of it must be known before what depends on it has keys.
bool isFoundFirst(const GraphNode& node)
{
    return node.entry->effect->analyse != nullptr || node.entry->bridge != nullptr;
}

bool isFound(const GraphNode& node, const PlanNode& planned)
{
    return node.entry->bridge != nullptr ? !planned.outputs.front().baked.isNull() : planned.analysis != nullptr;
}

/// The analysis itself where it is not at hand, and all that its sources wait for.
std::vector<int> waitsFor(const Plan& plan, const GraphNode& node)
{
    std::vector<int> waits;
    forEachSource(node, [&](NodePort source) {
        const PlanNode& planned = plan.nodes[static_cast<std::size_t>(source.node)];
        waits.insert(waits.end(), planned.waitsFor.begin(), planned.waitsFor.end());
        const GraphNode& from = plan.graph->nodes[static_cast<std::size_t>(source.node)];
        if (isFoundFirst(from) && !isFound(from, planned))
            waits.push_back(source.node);
    });
    std::ranges::sort(waits);
    waits.erase(std::ranges::unique(waits).begin(), waits.end());
    return waits;
}

/// The whole inputs of an analysis or a bridge, by their keys.
AnalysisKey analysisKey(const Plan& plan, int index)
{
    const GraphNode& node = plan.graph->nodes[static_cast<std::size_t>(index)];
    const PlanNode& planned = plan.nodes[static_cast<std::size_t>(index)];
    const bool seesPictures = std::ranges::any_of(planned.inputs, [](const InputFacts& input) { return input.stream.type == PortType::Picture; });
    Hasher hasher;
    std::int64_t longest = 0;
    if (node.entry->bridge != nullptr)
        hasher.add("artdag.bake.1\n").add(planned.bakeDigest);
    else
        hasher.add("artdag.analysis.1\n").add(seesPictures ? planned.staticDigest : planned.soundDigest);
    for (std::size_t i = 0; i < planned.inputs.size(); ++i) {
        const GraphInput& input = node.inputs[i];
        const StreamFacts& stream = planned.inputs[i].stream;
        const std::int64_t length = analysedLength(stream, plan.canvas);
        hasher.addU64(static_cast<std::uint64_t>(length));
        longest = std::max(longest, length);
        if (stream.type == PortType::Sound)
            hasher.add(plan.soundKey({input.node, input.output}, {frameAt(input.in, {plan.canvas.sampleRate, 1}), length}).digest);
        for (std::int64_t frame = 0; stream.type == PortType::Picture && frame < length; ++frame)
            hasher.add(plan.frameKey({input.node, input.output}, frame + frameAt(input.in, plan.canvas.rate)).digest);
    }
    if (node.entry->bridge != nullptr)
        addBakeSteps(hasher, plan, index, longest);
    return {hasher.finish()};
}

/// Borders at the cuts of the output's top-level sequence, then every second from the last border.
std::vector<PlanChunk> chunksOf(const Plan& plan)
{
    std::vector<std::int64_t> borders{0, plan.frames};
    if (plan.output.picture) {
        const int top = plan.output.picture->node;
        if (const auto cuts = plan.graph->nodes[static_cast<std::size_t>(top)].entry->effect->cuts) {
            const EvaluatedArguments arguments = evaluateArguments(plan, top, 0);
            cuts(frameCall(plan, *plan.output.picture, 0, arguments, nullptr), borders);
        }
    }
    std::ranges::sort(borders);
    const std::int64_t second = std::max<std::int64_t>(1, (plan.canvas.rate.numerator + plan.canvas.rate.denominator / 2) / plan.canvas.rate.denominator);
    std::vector<PlanChunk> chunks;
    for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
        const std::int64_t end = std::min(borders[i + 1], plan.frames);
        for (std::int64_t first = std::max<std::int64_t>(borders[i], 0); first < end; first += second)
            chunks.push_back({first, std::min(second, end - first)});
    }
    return chunks;
}

/// Sets a mark of these nodes and of all that they are made of.
void markBehind(Plan& plan, std::vector<int> open, bool PlanNode::*mark)
{
    while (!open.empty()) {
        const auto index = static_cast<std::size_t>(open.back());
        open.pop_back();
        if (plan.nodes[index].*mark)
            continue;
        plan.nodes.change(index).*mark = true;
        forEachSource(plan.graph->nodes[index], [&](NodePort source) { open.push_back(source.node); });
    }
}

void markNeeded(Plan& plan)
{
    std::vector<int> ends;
    for (const auto& port : {plan.output.picture, plan.output.sound})
        if (port)
            ends.push_back(port->node);
    markBehind(plan, std::move(ends), &PlanNode::needed);
}

void markFromStart(Plan& plan)
{
    std::vector<int> ends;
    for (std::size_t i = 0; i < plan.nodes.size(); ++i)
        if (plan.nodes[i].needed && (plan.nodes[i].before || plan.graph->nodes[i].entry->effect->advance != nullptr))
            ends.push_back(static_cast<int>(i));
    markBehind(plan, std::move(ends), &PlanNode::fromStart);
}

/// Nodes on a way from a node back to itself, through ports that give the frame before.
std::vector<bool> nodesInLoops(const Plan& plan)
{
    const std::size_t count = plan.nodes.size();
    std::vector<std::vector<int>> users(count);
    for (std::size_t i = 0; i < count; ++i)
        if (plan.nodes[i].needed)
            forEachSource(plan.graph->nodes[i], [&](NodePort source) { users[static_cast<std::size_t>(source.node)].push_back(static_cast<int>(i)); });
    const auto reach = [&](int from, const auto& next) {
        std::vector<bool> reached(count);
        for (std::vector<int> open{from}; !open.empty();) {
            const auto at = static_cast<std::size_t>(open.back());
            open.pop_back();
            if (!reached[at]) {
                reached[at] = true;
                next(at, [&](int node) { open.push_back(node); });
            }
        }
        return reached;
    };
    std::vector<bool> inLoop(count);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t input = 0; plan.nodes[i].needed && input < plan.graph->nodes[i].inputs.size(); ++input) {
            if (!isBefore(plan.graph->nodes[i], input))
                continue;
            const auto behind = reach(static_cast<int>(i), [&](std::size_t at, const auto& add) { std::ranges::for_each(users[at], add); });
            const auto ahead = reach(plan.graph->nodes[i].inputs[input].node, [&](std::size_t at, const auto& add) { forEachSource(plan.graph->nodes[at], [&](NodePort source) { add(source.node); }); });
            for (std::size_t at = 0; at < count; ++at)
                inLoop[at] = inLoop[at] || (behind[at] && ahead[at]);
        }
    return inLoop;
}

/// Tells the ports that give the frame before what they carry. In a loop frame n may need nothing later than frame n.
Result<void> closeLoops(Plan& plan)
{
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        const GraphNode& node = plan.graph->nodes[i];
        for (std::size_t k = 0; plan.nodes[i].needed && k < node.inputs.size(); ++k) {
            if (!isBefore(node, k))
                continue;
            const GraphInput& input = node.inputs[k];
            PlanNode& source = plan.nodes.change(static_cast<std::size_t>(input.node));
            source.before = true;
            StreamFacts& carried = plan.nodes.change(i).inputs[k].stream;
            carried = source.outputs[static_cast<std::size_t>(input.output)];
            const StreamFacts& begins = plan.nodes[i].outputs.front();
            if (carried.width != begins.width || carried.height != begins.height)
                return fail(Fault::BadInput, fmt::format("{}: it begins with {}×{} px, but '{}' comes back with {}×{}: put a resize into the loop", describe(node), begins.width, begins.height, plan.graph->nodes[static_cast<std::size_t>(input.node)].name, carried.width, carried.height));
        }
    }
    const std::vector<bool> inLoop = nodesInLoops(plan);
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        const GraphNode& node = plan.graph->nodes[i];
        const bool closes = std::ranges::any_of(node.entry->effect->inputs, &Port::before);
        const bool shifted = std::ranges::any_of(node.inputs, [](const GraphInput& input) { return input.in != 0; });
        if (inLoop[i] && ((node.entry->effect->needs != nullptr && !closes) || shifted))
            return fail(Fault::BadInput, fmt::format("{}: it shows other frames than the asked one, which a loop cannot: put it before or behind the feedback", describe(node)));
    }
    return {};
}

/// Looks for what analyses found, and says who waits for it.
void findAnalyses(Plan& plan, const AnalysisLookup& analyses)
{
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        PlanNode& planned = plan.nodes.change(i);
        if (!planned.needed)
            continue;
        planned.waitsFor = waitsFor(plan, plan.graph->nodes[i]);
        if (!isFoundFirst(plan.graph->nodes[i]) || !planned.waitsFor.empty())
            continue;
        planned.analysisKey = analysisKey(plan, static_cast<int>(i));
        if (plan.graph->nodes[i].entry->bridge != nullptr)
            continue;
        planned.analysis = analyses ? analyses(*planned.analysisKey) : nullptr;
    }
}

Result<void> planNodes(Plan& plan, Sources& sources, const PlanOptions& options)
{
    plan.canvas = plan.graph->canvas;
    plan.canvas.scale = options.scale;
    if (options.scale != 1.0) {
        plan.canvas.width = std::max(1, static_cast<int>(plan.canvas.width * options.scale + 0.5));
        plan.canvas.height = std::max(1, static_cast<int>(plan.canvas.height * options.scale + 0.5));
    }
    plan.nodes = SharedList<PlanNode>(plan.graph->nodes.size());
    markNeeded(plan);
    const bool loops = std::ranges::any_of(plan.graph->nodes, [](const GraphNode& node) { return std::ranges::any_of(node.entry->effect->inputs, &Port::before); });
    constexpr std::size_t group = 256; // digests are made while their nodes are in the processor's cache; in loops shapes come later
    std::vector<int> needed;
    bool bound = false;
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        if (!plan.nodes[i].needed)
            continue;
        TRY(planNode(plan, static_cast<int>(i), sources, options));
        needed.push_back(static_cast<int>(i));
        if (!loops && needed.size() == group) {
            makeDigests(plan, needed);
            needed.clear();
        }
        forEachMoving(plan.graph->nodes[i], [&](const MovingArgument& moving) { bound = bound || std::holds_alternative<std::shared_ptr<const Binding>>(moving.how); });
    }
    if (loops)
        TRY(closeLoops(plan));
    markFromStart(plan);
    makeDigests(plan, needed);
    const bool found = std::ranges::any_of(plan.graph->nodes, isFoundFirst);
    plan.simple = !bound && !loops && !found && plan.signals.empty();
    if (found) {
        findAnalyses(plan, options.analyses);
        if (loops) // what the end of a loop waits for, its beginning does
            findAnalyses(plan, options.analyses);
    }
    return {};
}

} // namespace

void measureOutput(Plan& plan, const PlanOptions& options)
{
    if (plan.output.picture)
        plan.frames = options.still ? 1 : std::max<std::int64_t>(1, framesOfSeconds(secondsOfFlicks(plan.canvas.duration), plan.canvas.rate));
    if (plan.output.sound) {
        const StreamFacts& facts = plan.nodes[static_cast<std::size_t>(plan.output.sound->node)].outputs[static_cast<std::size_t>(plan.output.sound->output)];
        if (facts.samples != 0)
            plan.sound = {0, framesOfSeconds(secondsOfFlicks(plan.canvas.duration), {plan.canvas.sampleRate, 1})};
    }
    if (plan.output.picture && plan.output.sound && plan.sound.count > 0)
        plan.sound.count = sampleOfFrame(plan.frames, plan.canvas.rate, plan.canvas.sampleRate);
    plan.chunks = chunksOf(plan);
}

std::int64_t analysedLength(const StreamFacts& stream, const Canvas& canvas)
{
    const bool sound = stream.type == PortType::Sound;
    const std::int64_t length = sound ? stream.samples : stream.frames;
    return length != StreamFacts::endless ? length : frameAt(canvas.duration, sound ? Rate{canvas.sampleRate, 1} : canvas.rate);
}

std::vector<int> Plan::analysesToRun() const
{
    std::vector<int> run;
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (nodes[i].needed && nodes[i].analysisKey && !isFound(graph->nodes[i], nodes[i]))
            run.push_back(static_cast<int>(i));
    return run;
}

bool Plan::ready() const
{
    return analysesToRun().empty() && std::ranges::all_of(nodes, [](const PlanNode& node) { return !node.needed || node.waitsFor.empty(); });
}

Result<std::shared_ptr<const Plan>> makePlan(std::shared_ptr<const Graph> graph, std::string_view output, Sources& sources, const PlanOptions& options)
{
    const GraphOutput* asked = graph->output(output);
    if (asked == nullptr) {
        std::string names;
        for (const GraphOutput& one : graph->outputs)
            names += (names.empty() ? "" : ", ") + one.name;
        return fail(Fault::NotFound, fmt::format("output '{}': the recipe has none of that name, only {}", output, names.empty() ? "none at all" : names));
    }
    auto plan = std::make_shared<Plan>();
    plan->graph = std::move(graph);
    plan->output = *asked;
    if (!options.picture)
        plan->output.picture.reset();
    if (!options.sound || options.still)
        plan->output.sound.reset();
    if (!plan->output.picture && !plan->output.sound)
        return fail(Fault::BadInput, fmt::format("output '{}': the encode carries only {}, and this output has none", asked->name, options.picture ? "pictures" : "sound"));
    plan->m_memo->first = SharedList<std::optional<FrameKey>>(plan->graph->nodes.size());
    TRY(planNodes(*plan, sources, options));
    measureOutput(*plan, options);
    if (options.previous)
        plan->takeKeys(*options.previous);
    return std::shared_ptr<const Plan>(std::move(plan));
}

Result<std::shared_ptr<const Plan>> makePreviewPlan(std::shared_ptr<const Graph> graph, NodePort port, Sources& sources, const PlanOptions& options)
{
    auto viewed = std::make_shared<Graph>(*graph);
    const auto node = static_cast<std::size_t>(port.node);
    CHECK(node < viewed->nodes.size());
    GraphOutput output{.name = "preview", .picture = {}, .sound = {}, .encode = {}};
    const bool picture = viewed->nodes[node].entry->effect->outputs[static_cast<std::size_t>(port.output)].type == PortType::Picture;
    (picture ? output.picture : output.sound) = port;
    viewed->outputs = {output};
    return makePlan(std::move(viewed), "preview", sources, options);
}

} // namespace artdag
