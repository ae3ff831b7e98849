// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/argument.h"
#include "core/graph/binding.h"
#include "core/graph/check_group_values.h"
#include "core/graph/check_node.h"
#include "core/graph/circles.h"
#include "core/graph/graph.h"
#include "core/graph/recipe_params.h"
#include "core/graph/recipe_sources.h"
#include "core/recipe/flatten_groups.h"
#include "core/recipe/json_text.h"
#include "core/recipe/problem_list.h"
#include "core/recipe/recipe_wires.h"
#include "core/recipe/stand_ins.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace artdag {

namespace {

class RecipeChecker {
public:
    /// `promoted`: what the ports of instances stand for. `said`: what is wrong with its groups has been.
    RecipeChecker(const Recipe& recipe, const std::vector<std::pair<Wire, Wire>>& promoted, bool said, const Catalogue& effects, const RecipeBindings& bindings, bool needInputs)
        : m_recipe(recipe),
          m_promoted(promoted),
          m_effects(effects),
          m_bindings(bindings),
          m_needInputs(needInputs),
          m_sources(recipe, effects, said, m_problems)
    {
    }

    CheckedRecipe check();

private:
    void prepareScope();
    void readInput(int index);
    void checkOutputs();
    void checkHandles();
    void findOrder();
    std::shared_ptr<const Graph> build();
    std::optional<NodePort> graphPort(const Graph& graph, SourcePort from);
    std::optional<NodePort> connected(Graph& graph, SourcePort from, PortType wanted, const Subject& what, const Place& place);
    void findBound(Graph& graph, GraphArguments& args, std::string_view node);
    void addNode(Graph& graph, int source);
    void closeLoops(Graph& graph);
    bool isBefore(int index, const Connection& each) const { return source(index).entry->effect->inputs[static_cast<std::size_t>(each.port)].before; }
    void passThrough(Graph& graph, int source);

    const Source& source(int index) const { return m_sources[index]; }
    const Port* portOf(SourcePort from) const { return m_sources.portOf(from); }
    std::optional<SourcePort> resolve(const Wire& wire, const Subject& owner, const Place& place) { return m_sources.resolve(wire, owner, place); }
    CheckedNode& checkedNode(int index) { return m_checked[static_cast<std::size_t>(index)]; }

    const Recipe& m_recipe;
    const std::vector<std::pair<Wire, Wire>>& m_promoted;
    const Catalogue& m_effects;
    const RecipeBindings& m_bindings;
    bool m_needInputs;
    bool m_inputsMissing = false;

    ProblemList m_problems;
    ArgumentScope m_scope;
    RecipeSources m_sources;
    DefaultArguments m_defaults;
    std::vector<CheckedNode> m_checked;
    std::vector<std::pair<std::string, ContentId>> m_inputs;
    std::vector<int> m_order;
    std::vector<std::pair<std::optional<SourcePort>, std::optional<SourcePort>>> m_outputs; ///< picture, sound
    std::vector<int> m_graphIndex;                                                          ///< source → index into Graph::nodes, −1 where it has none
    std::unordered_map<std::string, int> m_conversions;                                     ///< `node.port` → the node put between
};

void RecipeChecker::prepareScope()
{
    m_scope.rate = m_recipe.canvas.rate;
    m_scope.typeOfWire = [this](const Wire& wire, const std::string& owner, const std::string& pointer) -> std::optional<PortType> {
        const auto from = resolve(wire, Subject{.before = owner}, Place(pointer));
        const Port* port = from ? portOf(*from) : nullptr;
        return port ? std::optional(port->type) : std::nullopt;
    };
    readParams(m_recipe.params, "", "/params", m_bindings, m_scope, m_problems);
}

void RecipeChecker::readInput(int index)
{
    const Source& self = source(index);
    const RecipeInput& input = *self.input;
    const std::string owner = "input " + inQuotes(input.name), pointer = pointerTo("/inputs", input.name);
    if (input.colour != "auto")
        m_problems.warning(pointer + "/colour", owner + ": colour " + inQuotes(input.colour) + " is kept, but this version reads the file's own colour", "write \"auto\"");
    if (input.standIn)
        resolve(*input.standIn, Subject{.before = owner, .name = ": standIn"}, Place(Place(pointer), "standIn"));
    ContentId id;
    if (!input.fallback.empty()) {
        const auto read = nameOfText<ContentId>(input.fallback);
        if (!read)
            m_problems.error(pointer + "/default", owner + ": default must be a content id, sha3-256: and 64 hexadecimal digits, got " + shortText(Json(input.fallback)));
        else
            id = *read;
    }
    if (const auto bound = m_bindings.inputs.find(input.name); bound != m_bindings.inputs.end())
        id = bound->second;
    if (id.isNull() && input.fallback.empty()) {
        const std::string message = owner + ": it has no media";
        const std::string hint = "choose a file: --input " + input.name + "=FILE";
        m_inputsMissing = true;
        m_needInputs ? m_problems.error(pointer, message, hint) : m_problems.warning(pointer, message, hint);
    }
    m_inputs.emplace_back(input.name, id);
    if (self.entry == nullptr)
        return;
    const auto& params = self.entry->effect->params;
    GraphArguments& args = checkedNode(index).args = m_defaults.of(params);
    if (const auto file = std::ranges::find(params, std::string_view("file"), &Param::name); file != params.end())
        args.set(static_cast<std::size_t>(file - params.begin()), Value(id));
}

void RecipeChecker::checkOutputs()
{
    if (m_recipe.outputs.empty())
        m_problems.warning("", "recipe: it has no output, so there is nothing to render", "add \"outputs\": {\"main\": {\"picture\": \"…\"}}");
    for (const RecipeOutput& output : m_recipe.outputs) {
        const std::string owner = "output " + inQuotes(output.name), pointer = pointerTo("/outputs", output.name);
        const Place place(pointer);
        auto& [picture, sound] = m_outputs.emplace_back();
        if (output.picture)
            picture = m_sources.connect(*output.picture, PortType::Picture, Subject{.before = owner, .name = ": picture"}, Place(place, "picture"));
        if (output.sound)
            sound = m_sources.connect(*output.sound, PortType::Sound, Subject{.before = owner, .name = ": sound"}, Place(place, "sound"));
        if (!output.picture && !output.sound)
            m_problems.error(pointer, owner + ": it has neither picture nor sound");
        const bool named = !output.encode.empty() && std::ranges::all_of(output.encode, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
        if (!named)
            m_problems.error(pointer + "/encode", owner + ": encode must be the name of a profile such as 'share-h264', got " + shortText(Json(output.encode)));
    }
}

void RecipeChecker::checkHandles()
{
    for (std::size_t i = 0; i < m_recipe.handles.size(); ++i) {
        const std::string& handle = m_recipe.handles[i];
        const auto dot = handle.find('.');
        const std::string owner = handle.substr(0, dot), argument = dot == std::string::npos ? "" : handle.substr(dot + 1);
        bool known = dot == std::string::npos && std::ranges::find(m_recipe.params, owner, &RecipeParam::name) != m_recipe.params.end();
        if (const int found = m_sources.find(owner); dot != std::string::npos && found >= 0 && source(found).node != nullptr) {
            const CatalogueEntry* entry = source(found).entry;
            known = entry == nullptr || std::ranges::find(entry->effect->params, std::string_view(argument), &Param::name) != entry->effect->params.end();
        }
        if (!known)
            m_problems.warning("/handles/" + std::to_string(i), "handle " + shortText(Json(handle)) + ": there is no such param or argument", "write \"param\" or \"node.argument\"");
    }
}

void RecipeChecker::findOrder()
{
    std::vector<std::vector<int>> needs(static_cast<std::size_t>(m_sources.size()));
    for (int i = 0; i < m_sources.size(); ++i) {
        if (source(i).node == nullptr)
            continue;
        auto& sources = needs[static_cast<std::size_t>(i)];
        sources.reserve(checkedNode(i).connections.size());
        visitSources(*source(i).node, [&](const std::string& name) {
            if (const int found = m_sources.find(name); found >= 0)
                sources.push_back(found);
        });
    }
    SourceOrder order = orderSources(needs);
    m_order = std::move(order.order);
    for (const auto& circle : order.circles) {
        std::string way;
        for (const int index : circle)
            way += inQuotes(source(index).name) + " → ";
        const std::string_view first = source(circle[0]).name;
        m_problems.error(pointerTo("/nodes", first), "node " + inQuotes(first) + ": " + (circle.size() == 1 ? "it feeds itself: " : "nodes feed each other in a circle: ") + way + inQuotes(first), "remove one of these wires");
    }
}

std::optional<NodePort> RecipeChecker::graphPort(const Graph& graph, SourcePort from)
{
    const Source& self = source(from.source);
    if (self.node == nullptr || !self.node->bypass)
        return NodePort{m_graphIndex[static_cast<std::size_t>(from.source)], from.output};
    return graph.port({std::string(self.name), std::string(portOf(from)->name)});
}

/// What each output of a bypassed node stands for: the first connected input of its type.
void RecipeChecker::passThrough(Graph& graph, int index)
{
    const Source& self = source(index);
    for (const Port& output : self.entry->effect->outputs) {
        const auto& connections = checkedNode(index).connections;
        const auto first = std::ranges::find_if(connections, [&](const Connection& each) { return portOf(each.from)->type == output.type && !isBefore(index, each); });
        if (first == connections.end())
            continue;
        if (const auto port = graphPort(graph, first->from))
            graph.passing.emplace_back(Wire{std::string(self.name), std::string(output.name)}, *port);
    }
}

/// Where a connection comes from in the graph, with a node put between where the table of conversions says so.
std::optional<NodePort> RecipeChecker::connected(Graph& graph, SourcePort from, PortType wanted, const Subject& what, const Place& place)
{
    const auto port = graphPort(graph, from);
    if (!port) {
        const std::string_view bypassed = source(from.source).name;
        m_problems.error(pointerTo("/nodes", bypassed) + "/bypass", "node " + inQuotes(bypassed) + ": it is bypassed, but has no " + nameOf(portOf(from)->type) + " that could pass through",
            "connect one, or end the bypass");
        return std::nullopt;
    }
    const GraphNode& node = graph.nodes[static_cast<std::size_t>(port->node)];
    const Port& output = node.entry->effect->outputs[static_cast<std::size_t>(port->output)];
    const Conversion* row = conversion(output.type, wanted);
    if (row == nullptr || row->effect.empty())
        return port;
    const std::string name = node.name + "." + std::string(output.name);
    if (const auto found = m_conversions.find(name); found != m_conversions.end())
        return NodePort{found->second, 0};
    const CatalogueEntry* entry = m_effects.find(row->effect);
    if (entry == nullptr) {
        m_problems.error(place.pointer(), what.text() + ": a " + nameOf(output.type) + " leads by way of the effect " + inQuotes(row->effect) + ", which is not in this program");
        return std::nullopt;
    }
    GraphNode between{name, entry, {{.node = port->node, .output = port->output, .out = {}}}, {}, m_defaults.of(entry->effect->params)};
    const int index = static_cast<int>(graph.nodes.size());
    graph.nodes.push_back(std::move(between));
    m_conversions.emplace(name, index);
    return NodePort{index, 0};
}

/// Gives the bindings among `args` their source in the graph.
void RecipeChecker::findBound(Graph& graph, GraphArguments& args, std::string_view node)
{
    for (MovingArgument& arg : args.moving) {
        const auto* binding = std::get_if<std::shared_ptr<const Binding>>(&arg.how);
        if (binding == nullptr)
            continue;
        auto found = std::make_shared<Binding>(**binding);
        const Subject ofNode{.before = "node '", .name = node, .after = "': "}, owner{.within = &ofNode, .name = found->param.name};
        const Place nodes("/nodes"), place(nodes, node);
        const auto from = resolve(found->wire, owner, place);
        const auto port = from ? connected(graph, *from, PortType::Signal, owner, place) : std::nullopt;
        if (port)
            found->source = *port;
        arg.how = std::shared_ptr<const Binding>(std::move(found));
    }
}

void RecipeChecker::addNode(Graph& graph, int index)
{
    const Source& self = source(index);
    CheckedNode& checked = checkedNode(index);
    GraphNode node{std::string(self.name), self.entry, {}, std::move(checked.items), std::move(checked.args)};
    node.inputs.reserve(checked.connections.size());
    const Subject owner{.before = "node '", .name = self.name, .after = "'"};
    const Place nodes("/nodes"), place(nodes, self.name);
    for (const Connection& each : checked.connections) {
        if (isBefore(index, each))
            continue; // its source may come later
        const PortType wanted = self.entry->effect->inputs[static_cast<std::size_t>(each.port)].type;
        if (const auto from = connected(graph, each.from, wanted, owner, place))
            node.inputs.push_back({each.port, each.item, from->node, from->output, each.in, each.out});
    }
    findBound(graph, node.args, self.name);
    for (GraphItem& item : node.items)
        findBound(graph, item.args, self.name);
    m_graphIndex[static_cast<std::size_t>(index)] = static_cast<int>(graph.nodes.size());
    graph.nodes.push_back(std::move(node));
}

/// Connects the ports that give the frame before, now that every node has its place.
void RecipeChecker::closeLoops(Graph& graph)
{
    for (int index = 0; index < m_sources.size(); ++index) {
        const int number = m_graphIndex[static_cast<std::size_t>(index)];
        if (source(index).node == nullptr || number < 0)
            continue;
        const Subject owner{.before = "node '", .name = source(index).name, .after = "'"};
        const Place nodes("/nodes"), place(nodes, source(index).name);
        for (const Connection& each : checkedNode(index).connections) {
            if (!isBefore(index, each))
                continue;
            const auto from = connected(graph, each.from, PortType::Picture, owner, place);
            if (!from)
                continue;
            std::vector<GraphInput>& inputs = graph.nodes.change(static_cast<std::size_t>(number)).inputs;
            const auto after = std::ranges::find_if(inputs, [&](const GraphInput& input) { return input.port > each.port; });
            inputs.insert(after, {each.port, each.item, from->node, from->output, each.in, each.out});
        }
    }
}

std::shared_ptr<const Graph> RecipeChecker::build()
{
    auto graph = std::make_shared<Graph>();
    const RecipeCanvas& canvas = m_recipe.canvas;
    // Every part agrees about the length when it begins as a whole number of frames.
    const std::int64_t frames = std::max<std::int64_t>(1, framesOfSeconds(canvas.duration, canvas.rate));
    graph->canvas = {canvas.width, canvas.height, canvas.rate, canvas.sampleRate, timeOfFrame(frames, canvas.rate), 1.0};
    m_graphIndex.assign(static_cast<std::size_t>(m_sources.size()), -1);
    for (const int index : m_order) {
        if (source(index).node != nullptr && source(index).node->bypass)
            passThrough(*graph, index);
        else
            addNode(*graph, index);
    }
    closeLoops(*graph);
    for (std::size_t i = 0; i < m_recipe.outputs.size(); ++i) {
        GraphOutput output{m_recipe.outputs[i].name, {}, {}, m_recipe.outputs[i].encode};
        const auto end = [&](const std::optional<SourcePort>& from) -> std::optional<NodePort> {
            if (!from)
                return std::nullopt;
            auto port = graphPort(*graph, *from);
            if (!port)
                m_problems.error(pointerTo("/nodes", source(from->source).name) + "/bypass", "node " + inQuotes(source(from->source).name) + ": it is bypassed, but has nothing that could pass through to output " + inQuotes(output.name));
            return port;
        };
        output.picture = end(m_outputs[i].first);
        output.sound = end(m_outputs[i].second);
        graph->outputs.push_back(std::move(output));
    }
    for (const auto& [port, wire] : m_promoted)
        if (const auto from = resolve(wire, Subject{}, Place()))
            if (const auto to = graphPort(*graph, *from))
                graph->passing.emplace_back(port, *to);
    graph->inputs = std::move(m_inputs);
    for (const ParamInUse& param : m_scope.params)
        graph->params.emplace_back(param.name, param.value);
    return graph;
}

CheckedRecipe RecipeChecker::check()
{
    checkCanvas(m_recipe.canvas, m_problems);
    checkBindings(m_recipe, m_bindings, m_problems);
    prepareScope();
    m_checked.resize(static_cast<std::size_t>(m_sources.size()));
    for (int i = 0; i < m_sources.size(); ++i) {
        if (source(i).node == nullptr)
            readInput(i);
        else if (source(i).entry != nullptr)
            checkedNode(i) = checkNode(i, m_sources, m_scope, m_defaults, m_problems);
    }
    findOrder();
    checkOutputs();
    checkHandles();
    CheckedRecipe result;
    if (!m_problems.hasErrors() && !m_inputsMissing) {
        result.graph = build();
        if (m_problems.hasErrors())
            result.graph = nullptr;
    }
    result.problems = m_problems.take();
    return result;
}

} // namespace

CheckedRecipe checkRecipe(const Recipe& recipe, const Catalogue& effects, const RecipeBindings& bindings, bool needInputs)
{
    if (const auto stood = putStandIns(recipe, [&](const std::string& input) { return bindings.inputs.contains(input); })) {
        CheckedRecipe checked = checkRecipe(stood->recipe, effects, bindings, needInputs);
        if (checked.graph == nullptr)
            return checked;
        auto graph = std::make_shared<Graph>(*checked.graph);
        for (const auto& [port, wire] : stood->ports)
            if (const auto to = graph->port(wire))
                graph->passing.emplace_back(port, *to);
        checked.graph = std::move(graph);
        return checked;
    }
    if (!hasGroups(recipe))
        return RecipeChecker(recipe, {}, false, effects, bindings, needInputs).check();
    FlatRecipe flat = flattenGroups(recipe);
    checkGroupValues(recipe, bindings, flat.problems);
    const auto isError = [](const Problem& problem) { return problem.severity == Problem::Severity::Error; };
    CheckedRecipe checked = RecipeChecker(flat.recipe, flat.ports, std::ranges::any_of(flat.problems, isError), effects, bindings, needInputs).check();
    checked.problems = problemsOfDocument(flat, std::move(checked.problems));
    if (std::ranges::any_of(checked.problems, isError))
        checked.graph = nullptr;
    return checked;
}

} // namespace artdag
