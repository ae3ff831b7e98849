// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph_wiring.h"

#include "core/recipe/flatten_groups.h"

#include <algorithm>
#include <set>

namespace artdag {

namespace {
const RecipeOutput* outputOf(const Recipe& recipe, const SceneCard& card)
{
    for (const RecipeOutput& output : recipe.outputs) {
        if ("@" + output.name == card.name)
            return &output;
    }
    return nullptr;
}

Result<Recipe> setOutputEnd(const Recipe& recipe, const SceneCard& card, const ScenePort& socket, std::optional<Wire> wire)
{
    const RecipeOutput* output = outputOf(recipe, card);
    if (output == nullptr)
        return fail(Fault::NotFound, "output '" + card.title + "': it is not in this recipe");
    RecipeOutput next = *output;
    (socket.name == "sound" ? next.sound : next.picture) = std::move(wire);
    return setOutput(recipe, std::move(next));
}

Result<Recipe> setStandIn(const Recipe& recipe, const SceneCard& card, std::optional<Wire> wire)
{
    for (RecipeInput input : recipe.inputs) {
        if (input.name == card.name) {
            input.standIn = std::move(wire);
            return setInput(recipe, std::move(input));
        }
    }
    return fail(Fault::NotFound, "input '" + card.title + "': it is not in this recipe");
}

/// Another source for what an argument follows; without one it stays where its range begins.
Result<Recipe> setBinding(const Recipe& recipe, const SceneCard& card, const std::string& argument, const std::optional<Wire>& wire)
{
    const Node* node = recipe.node(card.name);
    const Json* written = node == nullptr ? nullptr : node->arg(argument);
    if (written == nullptr || !written->is_object())
        return fail(Fault::NotFound, "node '" + card.name + "': " + argument + " follows nothing");
    if (wire) {
        Json binding = *written;
        binding["bind"] = wire->text();
        return setArgument(recipe, card.name, argument, std::move(binding));
    }
    const auto range = written->find("range");
    const bool known = range != written->end() && range->is_array() && !range->empty() && (*range)[0].is_number();
    return setArgument(recipe, card.name, argument, known ? std::optional<Json>((*range)[0]) : std::nullopt);
}

const std::vector<Item>* itemsOf(const Recipe& recipe, const SceneCard& card, const ScenePort& socket)
{
    const Node* node = recipe.node(card.name);
    const PortValue* value = node == nullptr ? nullptr : node->port(socket.name);
    return value == nullptr ? nullptr : std::get_if<std::vector<Item>>(&value->value);
}

void addBindings(const Json& value, std::vector<std::string>& found)
{
    if (value.is_object()) {
        if (const auto bind = value.find("bind"); bind != value.end() && bind->is_string())
            found.push_back(bind->get<std::string>());
        for (const auto& member : value)
            addBindings(member, found);
    } else if (value.is_array()) {
        for (const auto& member : value)
            addBindings(member, found);
    }
}

std::vector<std::string> sourcesOf(const Node& node)
{
    std::vector<std::string> names;
    for (const auto& [port, value] : node.in) {
        if (const auto* wire = std::get_if<Wire>(&value.value)) {
            names.push_back(wire->node);
            continue;
        }
        for (const Item& item : std::get<std::vector<Item>>(value.value)) {
            if (item.from)
                names.push_back(item.from->node);
            for (const auto& [name, argument] : item.args)
                addBindings(argument, names);
        }
    }
    for (const auto& [name, argument] : node.args)
        addBindings(argument, names);
    for (std::string& name : names)
        name = name.substr(0, name.find('.'));
    return names;
}
} // namespace

Wire wireOf(const SceneCard& card, int outputPort)
{
    return {card.name, outputPort <= 0 ? std::string() : card.outputs[static_cast<std::size_t>(outputPort)].name};
}

Result<Recipe> plugIn(const Recipe& recipe, const Wire& from, const SceneCard& card, const ScenePort& socket)
{
    if (card.kind == CardKind::Output)
        return setOutputEnd(recipe, card, socket, from);
    if (card.kind == CardKind::Input)
        return setStandIn(recipe, card, from);
    if (const std::string argument = argumentOf(socket); !argument.empty())
        return setBinding(recipe, card, argument, from);
    if (!socket.list)
        return connect(recipe, from, card.name, socket.name);
    const std::vector<Item>* items = itemsOf(recipe, card, socket);
    if (items != nullptr && socket.item >= 0 && socket.item < static_cast<int>(items->size())) {
        Item item = (*items)[static_cast<std::size_t>(socket.item)];
        item.from = from;
        return setItem(recipe, card.name, socket.name, socket.item, std::move(item));
    }
    Item item;
    item.from = from;
    item.plain = true;
    return insertItem(recipe, card.name, socket.name, -1, std::move(item));
}

Result<Recipe> unplug(const Recipe& recipe, const SceneCard& card, const ScenePort& socket)
{
    if (card.kind == CardKind::Output)
        return setOutputEnd(recipe, card, socket, std::nullopt);
    if (card.kind == CardKind::Input)
        return setStandIn(recipe, card, std::nullopt);
    if (const std::string argument = argumentOf(socket); !argument.empty())
        return setBinding(recipe, card, argument, std::nullopt);
    if (itemsOf(recipe, card, socket) != nullptr && socket.item >= 0)
        return removeItem(recipe, card.name, socket.name, socket.item);
    return disconnect(recipe, card.name, socket.name);
}

const Port* firstInputFor(const Effect& effect, PortType type)
{
    for (const Port& port : effect.inputs) {
        if (portsFit(type, port.type))
            return &port;
    }
    return nullptr;
}

int firstOutputFor(const Effect& effect, PortType type)
{
    for (std::size_t i = 0; i < effect.outputs.size(); ++i) {
        if (portsFit(effect.outputs[i].type, type))
            return static_cast<int>(i);
    }
    return -1;
}

Result<Recipe> insertIntoWire(const Recipe& recipe, const Catalogue& effects, const GraphScene& scene, const SceneWire& wire, std::string_view effect, LayoutPoint position)
{
    const CatalogueEntry* entry = effects.find(effect);
    if (entry == nullptr)
        return fail(Fault::NotFound, "effect '" + std::string(effect) + "': this build does not have it");
    const SceneCard& source = scene.cards()[static_cast<std::size_t>(wire.fromCard)];
    const SceneCard& target = scene.cards()[static_cast<std::size_t>(wire.toCard)];
    const ScenePort& socket = target.inputs[static_cast<std::size_t>(wire.toPort)];
    const Port* input = firstInputFor(*entry->effect, wire.type);
    const int output = firstOutputFor(*entry->effect, socket.type);
    if (input == nullptr || output < 0)
        return fail(Fault::BadInput, "effect '" + std::string(effect) + "': it has no " + nameOf(wire.type) + " to put into this wire");
    Recipe next = TRY(addNode(recipe, effect, position));
    const std::string name = next.nodes.back().name;
    ScenePort first;
    first.name = std::string(input->name);
    first.list = input->list;
    SceneCard added;
    added.name = name;
    next = TRY(plugIn(next, wireOf(source, wire.fromPort), added, first));
    return plugIn(next, {name, output == 0 ? std::string() : std::string(entry->effect->outputs[static_cast<std::size_t>(output)].name)}, target, socket);
}

Result<Recipe> putIntoWire(const Recipe& recipe, const GraphScene& scene, const SceneWire& wire, const SceneCard& card)
{
    const SceneCard& target = scene.cards()[static_cast<std::size_t>(wire.toCard)];
    const ScenePort& socket = target.inputs[static_cast<std::size_t>(wire.toPort)];
    const int input = firstSocketFor(card, wire.type);
    const int output = firstOutputFor(card, socket.type);
    if (input < 0 || output < 0)
        return fail(Fault::BadInput, "node '" + card.title + "': it has no " + nameOf(wire.type) + " to put into this wire");
    const Recipe fed = TRY(plugIn(recipe, wireOf(scene.cards()[static_cast<std::size_t>(wire.fromCard)], wire.fromPort), card, card.inputs[static_cast<std::size_t>(input)]));
    return plugIn(fed, wireOf(card, output), target, socket);
}

Recipe partFor(const Recipe& recipe, const std::optional<Wire>& picture, const std::optional<Wire>& sound)
{
    const auto isInside = [&](const std::optional<Wire>& end) { return end && recipe.node(end->node) == nullptr && std::ranges::none_of(recipe.inputs, [&](const RecipeInput& input) { return input.name == end->node; }); };
    if (hasGroups(recipe) && (isInside(picture) || isInside(sound))) // of a node in a group
        return partFor(flattenGroups(recipe).recipe, picture, sound);
    std::set<std::string> kept;
    std::vector<std::string> open;
    for (const auto* end : {&picture, &sound}) {
        if (*end)
            open.push_back((*end)->node);
    }
    while (!open.empty()) {
        const std::string name = std::move(open.back());
        open.pop_back();
        if (!kept.insert(name).second)
            continue;
        if (const Node* node = recipe.node(name); node != nullptr) {
            for (std::string& source : sourcesOf(*node))
                open.push_back(std::move(source));
        }
        for (const RecipeInput& input : recipe.inputs) {
            if (input.name == name && input.standIn)
                open.push_back(input.standIn->node);
        }
    }
    Recipe part = recipe;
    std::erase_if(part.nodes, [&](const Node& node) { return !kept.contains(node.name); });
    std::erase_if(part.inputs, [&](const RecipeInput& input) { return !kept.contains(input.name); });
    part.handles.clear();
    part.layout.clear();
    part.layoutOrder.clear();
    const std::string encode = recipe.outputs.empty() ? RecipeOutput{}.encode : recipe.outputs.front().encode;
    part.outputs.assign(1, RecipeOutput{});
    part.outputs.front().name = "preview";
    part.outputs.front().picture = picture;
    part.outputs.front().sound = sound;
    part.outputs.front().encode = encode;
    return part;
}

} // namespace artdag
