// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/similar_names.h"
#include "core/graph/argument.h"
#include "core/graph/binding.h"
#include "core/graph/circles.h"
#include "core/graph/graph.h"
#include "core/graph/recipe_params.h"
#include "core/recipe/json_text.h"
#include "core/recipe/problem_list.h"
#include "core/recipe/recipe_wires.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace artdag {

namespace {

/// An input or a node, as others see it.
struct Source {
    std::string name;
    const CatalogueEntry* entry = nullptr; ///< null: the effect is not known, which has been said
    const Node* node = nullptr;            ///< null for an input
    const RecipeInput* input = nullptr;
};

/// One end of a wire that was found.
struct SourcePort {
    int source = -1;
    int output = 0;
};

/// A connected input whose source is not yet an index into the graph.
struct Connection {
    int port = 0;
    int item = -1;
    SourcePort from;
    Flicks in = 0;
    std::optional<Flicks> out;
};

struct CheckedNode {
    std::vector<Connection> connections;
    std::vector<GraphItem> items;
    std::vector<GraphArgument> args;
};

class RecipeChecker {
public:
    RecipeChecker(const Recipe& recipe, const Catalogue& effects, const RecipeBindings& bindings, bool needInputs)
        : m_recipe(recipe),
          m_effects(effects),
          m_bindings(bindings),
          m_needInputs(needInputs)
    {
    }

    CheckedRecipe check();

private:
    void prepareScope();
    void findEffects();
    void readInput(int index);
    void readNode(int index);
    void readPort(int index, int port, const PortValue& value, const std::string& pointer);
    void readItem(int index, int port, const Item& item, const std::string& pointer);
    template <class Arguments>
    std::vector<GraphArgument> arguments(const Arguments& given, const std::vector<Param>& params, const std::string& owner, const std::string& pointer);
    std::optional<Flicks> trim(const std::optional<Json>& json, const char* name, const std::string& owner, const std::string& pointer);
    std::optional<SourcePort> resolve(const Wire& wire, const std::string& owner, const std::string& pointer);
    const Port* portOf(SourcePort from) const;
    std::optional<SourcePort> connect(const Wire& wire, PortType wanted, const std::string& what, const std::string& pointer);
    void checkOutputs();
    void checkHandles();
    void findOrder();
    std::shared_ptr<const Graph> build();
    std::optional<NodePort> graphPort(const Graph& graph, SourcePort from);
    std::optional<NodePort> connected(Graph& graph, SourcePort from, PortType wanted, const std::string& what, const std::string& pointer);
    void findBound(Graph& graph, std::vector<GraphArgument>& args, const std::string& node);
    void addNode(Graph& graph, int source);
    void passThrough(Graph& graph, int source);

    Source& source(int index) { return m_sources[static_cast<std::size_t>(index)]; }
    const Source& source(int index) const { return m_sources[static_cast<std::size_t>(index)]; }
    CheckedNode& checkedNode(int index) { return m_checked[static_cast<std::size_t>(index)]; }

    const Recipe& m_recipe;
    const Catalogue& m_effects;
    const RecipeBindings& m_bindings;
    bool m_needInputs;
    bool m_inputsMissing = false;

    ProblemList m_problems;
    ArgumentScope m_scope;
    std::vector<Source> m_sources;
    std::unordered_map<std::string_view, int> m_byName;
    std::vector<CheckedNode> m_checked;
    std::vector<std::pair<std::string, ContentId>> m_inputs;
    std::vector<int> m_order;
    std::vector<std::pair<std::optional<SourcePort>, std::optional<SourcePort>>> m_outputs; ///< picture, sound
    std::unordered_map<int, int> m_graphIndex;                                              ///< source → index into Graph::nodes
    std::unordered_map<std::string, int> m_conversions;                                     ///< `node.port` → the node put between
};

std::string inQuotes(std::string_view name)
{
    return "'" + std::string(name) + "'";
}

std::string withArticle(std::string_view word)
{
    return (word == "events" ? "" : "a ") + std::string(word);
}

void RecipeChecker::prepareScope()
{
    m_scope.rate = m_recipe.canvas.rate;
    m_scope.typeOfWire = [this](const Wire& wire, const std::string& owner, const std::string& pointer) -> std::optional<PortType> {
        const auto from = resolve(wire, owner, pointer);
        const Port* port = from ? portOf(*from) : nullptr;
        return port ? std::optional(port->type) : std::nullopt;
    };
    readParams(m_recipe, m_bindings, m_scope, m_problems);
}

void RecipeChecker::findEffects()
{
    for (const RecipeInput& input : m_recipe.inputs) {
        const CatalogueEntry* entry = m_effects.find(input.media);
        if (entry == nullptr)
            m_problems.error(pointerTo("/inputs", input.name), "input " + inQuotes(input.name) + ": the effect " + inQuotes(input.media) + " is not in this program");
        m_sources.push_back({input.name, entry, nullptr, &input});
    }
    for (const Node& node : m_recipe.nodes) {
        const CatalogueEntry* entry = m_effects.find(node.effect);
        if (node.effect.empty()) {
            m_problems.error(pointerTo("/nodes", node.name), "node " + inQuotes(node.name) + ": the effect is missing", "add \"effect\": \"…\"");
        } else if (entry == nullptr) {
            const auto near = m_effects.similar(node.effect);
            m_problems.error(pointerTo("/nodes", node.name) + "/effect", "node " + inQuotes(node.name) + ": effect " + shortText(Json(node.effect)) + " is not known",
                near.empty() ? "see `artdag effects`" : "did you mean " + inQuotes(near[0]) + (near.size() > 1 ? " or " + inQuotes(near[1]) : std::string()) + "?");
        }
        m_sources.push_back({node.name, entry, &node, nullptr});
    }
    for (std::size_t i = 0; i < m_sources.size(); ++i)
        m_byName.emplace(m_sources[i].name, static_cast<int>(i));
    m_checked.resize(m_sources.size());
}

const Port* RecipeChecker::portOf(SourcePort from) const
{
    const CatalogueEntry* entry = source(from.source).entry;
    return entry == nullptr ? nullptr : &entry->effect->outputs[static_cast<std::size_t>(from.output)];
}

/// Nothing when a problem was added, or when the source's effect is unknown.
std::optional<SourcePort> RecipeChecker::resolve(const Wire& wire, const std::string& owner, const std::string& pointer)
{
    const auto found = m_byName.find(wire.node);
    if (found == m_byName.end()) {
        std::vector<std::string_view> names;
        for (const Source& each : m_sources)
            names.push_back(each.name);
        const bool isParam = std::ranges::find(m_recipe.params, wire.node, &RecipeParam::name) != m_recipe.params.end();
        m_problems.error(pointer, owner + ": there is no node or input " + inQuotes(wire.node),
            isParam ? "'" + wire.node + "' is a param: use {\"param\": \"" + wire.node + "\"} as an argument" : didYouMean(wire.node, names));
        return std::nullopt;
    }
    const Source& from = source(found->second);
    if (from.entry == nullptr)
        return std::nullopt;
    const auto& outputs = from.entry->effect->outputs;
    const auto port = wire.port.empty() ? outputs.begin() : std::ranges::find(outputs, std::string_view(wire.port), &Port::name);
    if (port == outputs.end()) {
        std::vector<std::string_view> names;
        for (const Port& each : outputs)
            names.push_back(each.name);
        m_problems.error(pointer, owner + ": " + inQuotes(wire.node) + " (" + std::string(from.entry->name) + ") has no output " + inQuotes(wire.port), didYouMean(wire.port, names));
        return std::nullopt;
    }
    return SourcePort{found->second, static_cast<int>(port - outputs.begin())};
}

std::optional<SourcePort> RecipeChecker::connect(const Wire& wire, PortType wanted, const std::string& what, const std::string& pointer)
{
    const auto from = resolve(wire, what, pointer);
    const Port* port = from ? portOf(*from) : nullptr;
    if (port == nullptr)
        return std::nullopt;
    if (converts(port->type, wanted))
        return from;
    std::string hint;
    for (const Port& other : source(from->source).entry->effect->outputs)
        if (converts(other.type, wanted))
            hint = "did you mean '" + wire.node + "." + std::string(other.name) + "'?";
    m_problems.error(pointer, what + " takes " + withArticle(nameOf(wanted)) + ", but " + inQuotes(wire.text()) + " is " + withArticle(nameOf(port->type)), std::move(hint));
    return std::nullopt;
}

std::optional<Flicks> RecipeChecker::trim(const std::optional<Json>& json, const char* name, const std::string& owner, const std::string& pointer)
{
    if (!json)
        return std::nullopt;
    const auto time = timeOfJson(*json, m_scope.rate);
    if (!time)
        m_problems.error(pointer + "/" + name, owner + ": " + name + " " + time.error().message);
    else if (*time < 0)
        m_problems.error(pointer + "/" + name, owner + ": " + name + " must be at least 0 s, got " + shortText(*json));
    return time ? std::optional(*time) : std::nullopt;
}

template <class Arguments>
std::vector<GraphArgument> RecipeChecker::arguments(const Arguments& given, const std::vector<Param>& params, const std::string& owner, const std::string& pointer)
{
    std::vector<GraphArgument> values;
    for (const Param& param : params)
        values.emplace_back(param.initial);
    for (const auto& [name, json] : given) {
        const std::string place = pointerTo(pointer, name);
        const auto param = std::ranges::find(params, std::string_view(name), &Param::name);
        if (param == params.end()) {
            std::vector<std::string_view> names;
            for (const Param& each : params)
                names.push_back(each.name);
            m_problems.error(place, owner + ": argument " + shortText(Json(name)) + " is not known", params.empty() ? "it takes no arguments" : didYouMean(name, names));
            continue;
        }
        if (auto value = readArgument(json, *param, owner, place, m_scope, m_problems))
            values[static_cast<std::size_t>(param - params.begin())] = std::move(*value);
    }
    return values;
}

void RecipeChecker::readItem(int index, int port, const Item& item, const std::string& pointer)
{
    CheckedNode& checked = checkedNode(index);
    const Effect& effect = *source(index).entry->effect;
    const Port& description = effect.inputs[static_cast<std::size_t>(port)];
    const int place = static_cast<int>(checked.items.size());
    const std::string owner = "node " + inQuotes(source(index).name) + ": " + std::string(description.name) + ", item " + std::to_string(place + 1);
    Connection connection{.port = port, .item = place};
    if (const auto in = trim(item.in, "in", owner, pointer))
        connection.in = *in;
    connection.out = trim(item.out, "out", owner, pointer);
    if (connection.out && *connection.out <= connection.in)
        m_problems.error(pointer + "/out", owner + ": out must be later than in, got " + shortText(*item.out));
    GraphItem read{item.id, arguments(item.args, effect.itemParams, owner, pointer + "/args")};
    checked.items.push_back(std::move(read));
    if (!item.from) {
        if (!item.plain)
            m_problems.error(pointer, owner + ": 'from' is missing", "add \"from\": \"node\"");
        return;
    }
    if (const auto from = connect(*item.from, description.type, owner, item.plain ? pointer : pointer + "/from")) {
        connection.from = *from;
        checked.connections.push_back(connection);
    }
}

void RecipeChecker::readPort(int index, int port, const PortValue& value, const std::string& pointer)
{
    const Port& description = source(index).entry->effect->inputs[static_cast<std::size_t>(port)];
    const std::string owner = "node " + inQuotes(source(index).name);
    const Wire* wire = std::get_if<Wire>(&value.value);
    if (description.list) {
        Item alone;
        alone.plain = true;
        if (wire != nullptr) {
            alone.from = *wire;
            readItem(index, port, alone, pointer);
            return;
        }
        const auto& items = std::get<std::vector<Item>>(value.value);
        for (std::size_t i = 0; i < items.size(); ++i)
            readItem(index, port, items[i], pointer + "/" + std::to_string(i));
        if (items.empty() && !description.optional)
            m_problems.error(pointer, owner + ": " + std::string(description.name) + " needs at least one item");
        return;
    }
    if (wire == nullptr) {
        m_problems.error(pointer, owner + ": " + std::string(description.name) + " takes one wire, not a list");
        return;
    }
    if (const auto from = connect(*wire, description.type, owner + ": " + std::string(description.name), pointer))
        checkedNode(index).connections.push_back({.port = port, .from = *from});
}

void RecipeChecker::readNode(int index)
{
    const Source& self = source(index);
    if (self.entry == nullptr)
        return;
    const Node& node = *self.node;
    const Effect& effect = *self.entry->effect;
    const std::string owner = "node " + inQuotes(node.name), pointer = pointerTo("/nodes", node.name);
    for (const auto& [name, value] : node.in)
        if (std::ranges::find(effect.inputs, std::string_view(name), &Port::name) == effect.inputs.end()) {
            std::vector<std::string_view> names;
            for (const Port& each : effect.inputs)
                names.push_back(each.name);
            m_problems.error(pointerTo(pointer + "/in", name), owner + ": " + std::string(effect.name) + " has no input " + shortText(Json(name)),
                names.empty() ? "it takes no inputs" : didYouMean(name, names));
        }
    for (std::size_t i = 0; i < effect.inputs.size(); ++i) {
        const Port& port = effect.inputs[i];
        if (const PortValue* value = node.port(port.name))
            readPort(index, static_cast<int>(i), *value, pointerTo(pointer + "/in", port.name));
        else if (!port.optional)
            m_problems.error(pointer, owner + ": " + std::string(port.name) + " is not connected",
                std::string(effect.name) + " needs " + withArticle(nameOf(port.type)) + ": add \"in\": {\"" + std::string(port.name) + "\": \"…\"}");
    }
    checkedNode(index).args = arguments(node.args, effect.params, owner, pointer + "/args");
}

void RecipeChecker::readInput(int index)
{
    const Source& self = source(index);
    const RecipeInput& input = *self.input;
    const std::string owner = "input " + inQuotes(input.name), pointer = pointerTo("/inputs", input.name);
    if (input.colour != "auto")
        m_problems.warning(pointer + "/colour", owner + ": colour " + inQuotes(input.colour) + " is kept, but this version reads the file's own colour", "write \"auto\"");
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
    for (const Param& param : self.entry->effect->params)
        checkedNode(index).args.emplace_back(param.name == "file" ? Value(id) : param.initial);
}

void RecipeChecker::checkOutputs()
{
    if (m_recipe.outputs.empty())
        m_problems.warning("", "recipe: it has no output, so there is nothing to render", "add \"outputs\": {\"main\": {\"picture\": \"…\"}}");
    for (const RecipeOutput& output : m_recipe.outputs) {
        const std::string owner = "output " + inQuotes(output.name), pointer = pointerTo("/outputs", output.name);
        auto& [picture, sound] = m_outputs.emplace_back();
        if (output.picture)
            picture = connect(*output.picture, PortType::Picture, owner + ": picture", pointer + "/picture");
        if (output.sound)
            sound = connect(*output.sound, PortType::Sound, owner + ": sound", pointer + "/sound");
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
        if (const auto found = m_byName.find(owner); dot != std::string::npos && found != m_byName.end() && source(found->second).node != nullptr) {
            const CatalogueEntry* entry = source(found->second).entry;
            known = entry == nullptr || std::ranges::find(entry->effect->params, std::string_view(argument), &Param::name) != entry->effect->params.end();
        }
        if (!known)
            m_problems.warning("/handles/" + std::to_string(i), "handle " + shortText(Json(handle)) + ": there is no such param or argument", "write \"param\" or \"node.argument\"");
    }
    if (!m_recipe.groups.empty())
        m_problems.warning("/groups", "recipe: groups are kept, but this version does not look into them");
}

void RecipeChecker::findOrder()
{
    std::vector<std::vector<int>> needs(m_sources.size());
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        if (m_sources[i].node == nullptr)
            continue;
        for (const std::string& name : sourcesOf(*m_sources[i].node))
            if (const auto found = m_byName.find(name); found != m_byName.end())
                needs[i].push_back(found->second);
    }
    SourceOrder order = orderSources(needs);
    m_order = std::move(order.order);
    for (const auto& circle : order.circles) {
        std::string way;
        for (const int index : circle)
            way += inQuotes(source(index).name) + " → ";
        const std::string& first = source(circle[0]).name;
        m_problems.error(pointerTo("/nodes", first), "node " + inQuotes(first) + ": " + (circle.size() == 1 ? "it feeds itself: " : "nodes feed each other in a circle: ") + way + inQuotes(first), "remove one of these wires");
    }
}

std::optional<NodePort> RecipeChecker::graphPort(const Graph& graph, SourcePort from)
{
    const Source& self = source(from.source);
    if (self.node == nullptr || !self.node->bypass)
        return NodePort{m_graphIndex.at(from.source), from.output};
    return graph.port({self.name, std::string(portOf(from)->name)});
}

/// What each output of a bypassed node stands for: the first connected input of its type.
void RecipeChecker::passThrough(Graph& graph, int index)
{
    const Source& self = source(index);
    for (const Port& output : self.entry->effect->outputs) {
        const auto& connections = checkedNode(index).connections;
        const auto first = std::ranges::find_if(connections, [&](const Connection& each) { return portOf(each.from)->type == output.type; });
        if (first == connections.end())
            continue;
        if (const auto port = graphPort(graph, first->from))
            graph.passing.emplace_back(Wire{self.name, std::string(output.name)}, *port);
    }
}

/// Where a connection comes from in the graph, with a node put between where the table of conversions says so.
std::optional<NodePort> RecipeChecker::connected(Graph& graph, SourcePort from, PortType wanted, const std::string& what, const std::string& pointer)
{
    const auto port = graphPort(graph, from);
    if (!port) {
        const std::string& bypassed = source(from.source).name;
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
        m_problems.error(pointer, what + ": a " + nameOf(output.type) + " leads by way of the effect " + inQuotes(row->effect) + ", which is not in this program");
        return std::nullopt;
    }
    GraphNode between{name, entry, {{.node = port->node, .output = port->output, .out = {}}}, {}, {}};
    for (const Param& param : entry->effect->params)
        between.args.emplace_back(param.initial);
    const int index = static_cast<int>(graph.nodes.size());
    graph.nodes.push_back(std::move(between));
    m_conversions.emplace(name, index);
    return NodePort{index, 0};
}

/// Gives the bindings among `args` their source in the graph.
void RecipeChecker::findBound(Graph& graph, std::vector<GraphArgument>& args, const std::string& node)
{
    for (GraphArgument& arg : args) {
        const auto* binding = std::get_if<std::shared_ptr<const Binding>>(&arg);
        if (binding == nullptr)
            continue;
        auto found = std::make_shared<Binding>(**binding);
        const std::string owner = "node " + inQuotes(node) + ": " + std::string(found->param.name);
        const auto from = resolve(found->wire, owner, pointerTo("/nodes", node));
        const auto port = from ? connected(graph, *from, PortType::Signal, owner, pointerTo("/nodes", node)) : std::nullopt;
        if (port)
            found->source = *port;
        arg = GraphArgument(std::shared_ptr<const Binding>(std::move(found)));
    }
}

void RecipeChecker::addNode(Graph& graph, int index)
{
    const Source& self = source(index);
    CheckedNode& checked = checkedNode(index);
    GraphNode node{self.name, self.entry, {}, std::move(checked.items), std::move(checked.args)};
    for (const Connection& each : checked.connections) {
        const PortType wanted = self.entry->effect->inputs[static_cast<std::size_t>(each.port)].type;
        if (const auto from = connected(graph, each.from, wanted, "node " + inQuotes(self.name), pointerTo("/nodes", self.name)))
            node.inputs.push_back({each.port, each.item, from->node, from->output, each.in, each.out});
    }
    findBound(graph, node.args, self.name);
    for (GraphItem& item : node.items)
        findBound(graph, item.args, self.name);
    m_graphIndex[index] = static_cast<int>(graph.nodes.size());
    graph.nodes.push_back(std::move(node));
}

std::shared_ptr<const Graph> RecipeChecker::build()
{
    auto graph = std::make_shared<Graph>();
    const RecipeCanvas& canvas = m_recipe.canvas;
    // Every part agrees about the length when it begins as a whole number of frames.
    const std::int64_t frames = std::max<std::int64_t>(1, framesOfSeconds(canvas.duration, canvas.rate));
    graph->canvas = {canvas.width, canvas.height, canvas.rate, canvas.sampleRate, timeOfFrame(frames, canvas.rate), 1.0};
    for (const int index : m_order) {
        if (source(index).node != nullptr && source(index).node->bypass)
            passThrough(*graph, index);
        else
            addNode(*graph, index);
    }
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
    findEffects();
    for (int i = 0; i < static_cast<int>(m_sources.size()); ++i)
        source(i).node != nullptr ? readNode(i) : readInput(i);
    findOrder();
    checkOutputs();
    checkHandles();
    CheckedRecipe result;
    CHECK(m_problems.hasErrors() || std::ranges::none_of(m_sources, [](const Source& each) { return each.entry == nullptr; }));
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
    return RecipeChecker(recipe, effects, bindings, needInputs).check();
}

} // namespace artdag
