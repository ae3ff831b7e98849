// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/inspect_recipe.h"

#include "core/render/ready_plan.h"

#include <algorithm>
#include <map>

namespace artdag {

namespace {

const Problem* errorAt(const std::vector<Problem>& problems, const std::string& pointer)
{
    const auto found = std::ranges::find_if(problems, [&](const Problem& problem) {
        return problem.severity == Problem::Severity::Error && (problem.pointer == pointer || problem.pointer.starts_with(pointer + "/"));
    });
    return found == problems.end() ? nullptr : &*found;
}

NodeState cachedState(const Plan& plan, int node, FrameCache* cache, std::int64_t first, std::int64_t count)
{
    if (cache == nullptr)
        return NodeState::Absent;
    std::int64_t hits = 0;
    for (std::int64_t frame = first; frame < first + count; ++frame)
        hits += cache->find(plan.frameKey({node, 0}, heldFrame(plan.nodes[static_cast<std::size_t>(node)].outputs.front(), frame))) != nullptr ? 1 : 0;
    return hits == count ? NodeState::Cached : hits > 0 ? NodeState::Partial
                                                        : NodeState::Absent;
}

void inspectPlanned(Inspection& inspection, FrameCache* cache, std::int64_t first, std::int64_t count)
{
    for (InspectedNode& node : inspection.nodes) {
        const int index = inspection.graph->node(node.name);
        if (index < 0 || !inspection.plan->nodes[static_cast<std::size_t>(index)].needed)
            continue;
        const auto& outputs = inspection.plan->nodes[static_cast<std::size_t>(index)].outputs;
        if (!outputs.empty() && outputs.front().type == PortType::Picture)
            node.state = cachedState(*inspection.plan, index, cache, first, count);
    }
    // A node is also cached when all that ask for it are: what they need of it is at hand.
    const auto& nodes = inspection.graph->nodes;
    for (auto node = inspection.nodes.begin(); node != inspection.nodes.end(); ++node) {
        const int index = inspection.graph->node(node->name);
        bool asked = false;
        bool covered = true;
        for (std::size_t consumer = 0; consumer < nodes.size(); ++consumer) {
            if (std::ranges::find(nodes[consumer].inputs, index, &GraphInput::node) == nodes[consumer].inputs.end())
                continue;
            asked = true;
            const auto state = std::ranges::find(inspection.nodes, nodes[consumer].name, &InspectedNode::name);
            covered = covered && state != inspection.nodes.end() && state->state == NodeState::Cached;
        }
        if (asked && covered && node->state == NodeState::Absent)
            node->state = NodeState::Cached;
    }
}

/// What depends on a failed node waits for it.
void markWaiting(Inspection& inspection)
{
    const Recipe& recipe = *inspection.recipe;
    auto stateOf = [&](const std::string& name) { return std::ranges::find(inspection.nodes, name, &InspectedNode::name); };
    auto waitsFor = [&](const Wire& wire) -> std::string {
        const auto source = stateOf(wire.node);
        return source != inspection.nodes.end() && (source->state == NodeState::Failed || source->state == NodeState::Waiting) ? wire.node : std::string();
    };
    for (bool changed = true; changed;) {
        changed = false;
        for (const Node& node : recipe.nodes) {
            const auto state = stateOf(node.name);
            if (state->state == NodeState::Failed || state->state == NodeState::Waiting)
                continue;
            for (const auto& [port, value] : node.in) {
                std::string on;
                if (const auto* wire = std::get_if<Wire>(&value.value))
                    on = waitsFor(*wire);
                else
                    for (const Item& item : std::get<std::vector<Item>>(value.value))
                        if (on.empty() && item.from)
                            on = waitsFor(*item.from);
                if (!on.empty()) {
                    state->state = NodeState::Waiting;
                    state->message = "waiting for '" + on + "'";
                    changed = true;
                    break;
                }
            }
        }
    }
}

/// Nodes inside groups, by their flat names and where they are written; instances have them as `inner`.
struct Inside {
    std::string name, pointer, instance; ///< of the instance in the recipe's own nodes
};

void addInside(const Recipe& recipe, const Node& instance, const std::string& prefix, const std::string& outermost, int depth, std::vector<Inside>& inside)
{
    constexpr int deepest = 32;
    constexpr std::size_t most = 20'000; // nobody looks at more states than that
    const Group* group = depth > deepest ? nullptr : recipe.group(instance.group);
    if (group == nullptr)
        return;
    for (const Node& node : group->nodes) {
        if (inside.size() >= most)
            return;
        const std::string name = prefix + "__" + node.name;
        inside.push_back({name, "/groups/" + group->name + "/nodes/" + node.name, outermost});
        if (!node.group.empty())
            addInside(recipe, node, name, outermost, depth + 1, inside);
    }
}

std::vector<Inside> insideOf(const Recipe& recipe)
{
    std::vector<Inside> inside;
    for (const Node& node : recipe.nodes)
        if (!node.group.empty())
            addInside(recipe, node, node.name, node.name, 0, inside);
    return inside;
}

/// An instance is what its nodes are together.
void judgeInstances(Inspection& inspection, const std::vector<Inside>& inside)
{
    std::map<std::string, std::vector<const InspectedNode*>> nodes;
    std::map<std::string, const InspectedNode*> byName;
    for (const InspectedNode& node : inspection.nodes)
        byName[node.name] = &node;
    for (const Inside& each : inside)
        nodes[each.instance].push_back(byName.at(each.name));
    for (InspectedNode& instance : inspection.nodes) {
        const auto found = nodes.find(instance.name);
        if (found == nodes.end() || instance.state == NodeState::Failed)
            continue;
        const auto is = [](NodeState state) { return [state](const InspectedNode* node) { return node->state == state; }; };
        const auto failed = std::ranges::find_if(found->second, is(NodeState::Failed));
        if (failed != found->second.end()) {
            instance.state = NodeState::Failed;
            instance.message = (*failed)->message;
        } else if (std::ranges::all_of(found->second, is(NodeState::Cached))) {
            instance.state = NodeState::Cached;
        } else if (std::ranges::any_of(found->second, is(NodeState::Cached)) || std::ranges::any_of(found->second, is(NodeState::Partial))) {
            instance.state = NodeState::Partial;
        }
    }
}

} // namespace

Inspection inspectRecipe(std::shared_ptr<const Recipe> recipe, Workspace& workspace, FrameCache* cache, ProxyShelf* shelf, double scale, std::int64_t firstFrame, std::int64_t frames)
{
    Inspection inspection;
    OpenedRecipe opened = openRecipe(*recipe, workspace);
    inspection.recipe = std::move(recipe);
    inspection.problems = std::move(opened.problems);
    inspection.graph = std::move(opened.graph);
    const auto inspect = [&](const std::string& name, const std::string& pointer) {
        InspectedNode inspected{name, NodeState::Absent, {}};
        if (const Problem* problem = errorAt(inspection.problems, pointer)) {
            inspected.state = NodeState::Failed;
            inspected.message = problem->message + (problem->hint.empty() ? "" : " – " + problem->hint);
        }
        inspection.nodes.push_back(std::move(inspected));
    };
    for (const Node& node : inspection.recipe->nodes)
        inspect(node.name, "/nodes/" + node.name);
    const std::vector<Inside> inside = insideOf(*inspection.recipe);
    for (const Inside& node : inside)
        inspect(node.name, node.pointer);
    if (inspection.graph && !inspection.graph->outputs.empty()) {
        const auto proxies = shelf != nullptr ? previewSources(*inspection.graph, scale, *workspace.sources, *shelf) : nullptr;
        Sources& sources = proxies != nullptr ? static_cast<Sources&>(*proxies) : *workspace.sources;
        auto plan = makeReadyPlan(inspection.graph, {}, sources, workspace.store.get(), {.scale = scale});
        if (plan) {
            inspection.plan = *plan;
            inspectPlanned(inspection, cache, firstFrame, frames);
        } else {
            Problem problem{Problem::Severity::Error, {}, 0, 0, plan.error().message, {}};
            for (InspectedNode& node : inspection.nodes) {
                if (!plan.error().message.starts_with("node '" + node.name + "'"))
                    continue;
                node.state = NodeState::Failed;
                node.message = plan.error().message;
                problem.pointer = "/nodes/" + node.name;
            }
            inspection.problems.push_back(std::move(problem));
        }
    }
    judgeInstances(inspection, inside);
    markWaiting(inspection);
    return inspection;
}

} // namespace artdag
