// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph_scene.h"

#include "core/recipe/group_scope.h"
#include "core/recipe/recipe_wires.h"
#include "ui/graph_wiring.h"
#include "ui/group_ports.h"

#include <algorithm>

namespace artdag {

namespace {
int outputPort(const SceneCard& card, std::string_view name)
{
    if (name.empty())
        return card.outputs.empty() ? -1 : 0;
    for (std::size_t i = 0; i < card.outputs.size(); ++i) {
        if (card.outputs[i].name == name)
            return static_cast<int>(i);
    }
    return -1;
}

} // namespace

bool portsFit(PortType from, PortType to)
{
    return from == to || (to == PortType::Signal && (from == PortType::Events || from == PortType::Sound));
}

GraphScene GraphScene::of(const Recipe& recipe, const Catalogue& effects)
{
    GraphScene scene;
    for (const RecipeInput& input : recipe.inputs)
        scene.addInput(input, recipe, effects);
    for (const Node& node : recipe.nodes)
        scene.addNode(node, recipe, effects);
    for (const RecipeOutput& output : recipe.outputs)
        scene.addOutput(output, recipe, effects);
    scene.renumber();
    scene.addWires(recipe);
    scene.placeCards(recipe);
    for (SceneCard& card : scene.m_cards)
        scene.placePorts(card);
    scene.addMarks(recipe);
    for (SceneWire& wire : scene.m_wires)
        scene.placeWire(wire);
    scene.index();
    return scene;
}

void GraphScene::addInput(const RecipeInput& input, const Recipe& recipe, const Catalogue& effects)
{
    SceneCard card;
    card.name = input.name;
    card.title = input.title.empty() ? input.name : input.title;
    card.effect = input.media;
    card.kind = CardKind::Input;
    if (input.media == groupPort) {
        card.outputs.push_back({"", card.title, typeOfWire(recipe, effects, {input.name, {}}).value_or(PortType::Picture), false});
        m_cards.push_back(std::move(card));
        return;
    }
    card.outputs.push_back({"picture", "Picture", PortType::Picture, false});
    if (input.media != "still")
        card.outputs.push_back({"sound", "Sound", PortType::Sound, false});
    if (input.standIn)
        card.inputs.push_back({"standIn", "Shown until there is a file", PortType::Picture, true, false, true});
    m_cards.push_back(std::move(card));
}

void GraphScene::addGroup(const Node& node, const Recipe& recipe, const Catalogue& effects)
{
    const Group& group = *recipe.group(node.group);
    SceneCard card;
    card.name = node.name;
    card.title = node.name;
    card.effect = group.title.empty() ? group.name : group.title;
    card.kind = CardKind::Group;
    card.bypass = node.bypass;
    for (const GroupInput& input : group.inputs)
        card.inputs.push_back({input.name, input.title.empty() ? input.name : input.title, typeOfGroupInput(recipe, effects, group, input.name).value_or(PortType::Picture), true, false, input.optional});
    for (const auto& [name, wire] : group.outputs)
        card.outputs.push_back({name, name, typeOfGroupOutput(recipe, effects, group, name).value_or(PortType::Picture), false});
    m_cards.push_back(std::move(card));
}

void GraphScene::addNode(const Node& node, const Recipe& recipe, const Catalogue& effects)
{
    if (!node.group.empty() && recipe.group(node.group) != nullptr) {
        addGroup(node, recipe, effects);
        return;
    }
    SceneCard card;
    card.name = node.name;
    card.title = node.name;
    card.effect = node.effect;
    card.bypass = node.bypass;
    const CatalogueEntry* entry = effects.find(node.effect);
    if (entry == nullptr) {
        card.kind = CardKind::Missing;
        for (const auto& [name, value] : node.in)
            card.inputs.push_back({name, name});
        card.outputs.push_back({"picture", "picture", PortType::Picture, false});
        m_cards.push_back(std::move(card));
        return;
    }
    for (const Port& port : entry->effect->inputs) {
        const std::string title(port.title.empty() ? port.name : port.title);
        if (!port.list) {
            card.inputs.push_back({std::string(port.name), title, port.type, true, false, port.optional});
            continue;
        }
        const PortValue* value = node.port(port.name);
        const auto* items = value == nullptr ? nullptr : std::get_if<std::vector<Item>>(&value->value);
        const int count = items != nullptr ? static_cast<int>(items->size()) : (value != nullptr ? 1 : 0);
        for (int i = 0; i < count; ++i)
            card.inputs.push_back({std::string(port.name), title, port.type, true, true, true, i});
        card.inputs.push_back({std::string(port.name), title, port.type, true, true, true, -1});
    }
    for (const Param& param : entry->effect->params) {
        if (const Json* argument = node.arg(param.name); argument != nullptr && argument->is_object() && argument->contains("bind"))
            card.inputs.push_back({argumentSocket(param.name), std::string(param.title.empty() ? param.name : param.title), PortType::Signal, true, false, true});
    }
    for (const Port& port : entry->effect->outputs)
        card.outputs.push_back({std::string(port.name), std::string(port.title.empty() ? port.name : port.title), port.type, false});
    m_cards.push_back(std::move(card));
}

void GraphScene::addOutput(const RecipeOutput& output, const Recipe& recipe, const Catalogue& effects)
{
    SceneCard card;
    card.name = "@" + output.name;
    card.title = output.name;
    card.effect = output.encode;
    card.kind = CardKind::Output;
    if (output.encode == groupPort) {
        const auto type = output.picture ? typeOfWire(recipe, effects, *output.picture) : std::nullopt;
        card.inputs.push_back({"picture", output.name, type.value_or(PortType::Picture), true, false, false});
        m_cards.push_back(std::move(card));
        return;
    }
    card.inputs.push_back({"picture", "Picture", PortType::Picture, true, false, true});
    card.inputs.push_back({"sound", "Sound", PortType::Sound, true, false, true});
    m_cards.push_back(std::move(card));
}

void GraphScene::addWire(const Wire& from, int toCard, int toPort)
{
    const int source = card(from.node);
    if (source < 0 || toPort < 0)
        return;
    const int port = outputPort(m_cards[static_cast<std::size_t>(source)], from.port);
    if (port < 0)
        return;
    SceneWire wire{source, port, toCard, toPort};
    wire.type = m_cards[static_cast<std::size_t>(source)].outputs[static_cast<std::size_t>(port)].type;
    ScenePort& socket = m_cards[static_cast<std::size_t>(toCard)].inputs[static_cast<std::size_t>(toPort)];
    socket.connected = true;
    m_cards[static_cast<std::size_t>(source)].outputs[static_cast<std::size_t>(port)].connected = true;
    wire.converts = wire.type != socket.type;
    wire.mark = wireMark(from, m_cards[static_cast<std::size_t>(toCard)].name, socket.name);
    m_wires.push_back(wire);
}

void GraphScene::addWires(const Recipe& recipe)
{
    for (const Node& node : recipe.nodes) {
        const int target = card(node.name);
        const auto& inputs = m_cards[static_cast<std::size_t>(target)].inputs;
        auto socket = [&](const std::string& name, int item) {
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                if (inputs[i].name == name && inputs[i].item == (inputs[i].list ? item : -1))
                    return static_cast<int>(i);
            }
            return -1;
        };
        for (const auto& [name, value] : node.in) {
            if (const auto* wire = std::get_if<Wire>(&value.value)) {
                addWire(*wire, target, socket(name, 0));
                continue;
            }
            const auto& items = std::get<std::vector<Item>>(value.value);
            for (std::size_t i = 0; i < items.size(); ++i) {
                if (items[i].from)
                    addWire(*items[i].from, target, socket(name, static_cast<int>(i)));
            }
        }
        for (const auto& [name, value] : node.args) {
            const auto bind = value.is_object() ? value.find("bind") : value.end();
            if (!value.is_object() || bind == value.end() || !bind->is_string())
                continue;
            if (const auto wire = wireOfText(bind->get_ref<const std::string&>()))
                addWire(*wire, target, socket(argumentSocket(name), -1));
        }
    }
    for (const RecipeInput& input : recipe.inputs) {
        if (input.standIn)
            addWire(*input.standIn, card(input.name), 0);
    }
    for (const RecipeOutput& output : recipe.outputs) {
        const int target = card("@" + output.name);
        if (output.picture)
            addWire(*output.picture, target, 0);
        if (output.sound)
            addWire(*output.sound, target, 1);
    }
}

void GraphScene::describeCards(const std::map<std::string, std::string>& summaries)
{
    for (SceneCard& card : m_cards) {
        const auto found = summaries.find(card.name);
        card.summary = found == summaries.end() ? card.effect : found->second;
    }
}

void GraphScene::removeCards(std::size_t first, std::size_t count)
{
    m_wires.clear();
    m_foldedIn.clear();
    const auto from = m_cards.begin() + static_cast<std::ptrdiff_t>(first);
    m_cards.erase(from, from + static_cast<std::ptrdiff_t>(count));
    renumber();
}

void GraphScene::insertCards(std::size_t at, std::span<const SceneCard> cards)
{
    m_wires.clear();
    m_foldedIn.clear();
    m_cards.insert(m_cards.begin() + static_cast<std::ptrdiff_t>(at), cards.begin(), cards.end());
    renumber();
}

void GraphScene::renumber()
{
    m_byName.clear();
    for (std::size_t i = 0; i < m_cards.size(); ++i)
        m_byName.emplace(m_cards[i].name, static_cast<int>(i));
    index();
}

int GraphScene::card(const std::string& name) const
{
    const auto found = m_byName.find(name);
    return found == m_byName.end() ? -1 : found->second;
}

QRectF GraphScene::bounds() const
{
    if (m_bounds)
        return *m_bounds;
    double left = 1e12, top = 1e12, right = -1e12, bottom = -1e12;
    const auto add = [&](const QRectF& rect) {
        left = std::min(left, rect.left());
        top = std::min(top, rect.top());
        right = std::max(right, rect.right());
        bottom = std::max(bottom, rect.bottom());
    };
    for (const SceneCard& card : m_cards) {
        if (!card.hidden)
            add(card.rect);
    }
    for (const SceneFrame& frame : m_frames) {
        if (!frame.hidden)
            add(frame.rect);
    }
    m_bounds = left <= right ? QRectF(QPointF(left, top), QPointF(right, bottom)) : QRectF();
    return *m_bounds;
}

std::vector<bool> GraphScene::reach(int card, bool upstream) const
{
    std::vector<bool> seen(m_cards.size());
    std::vector<int> open{card};
    seen[static_cast<std::size_t>(card)] = true;
    while (!open.empty()) {
        const int now = open.back();
        open.pop_back();
        for (const int index : wiresOf(now)) {
            const SceneWire& wire = m_wires[static_cast<std::size_t>(index)];
            const int next = upstream ? wire.fromCard : wire.toCard;
            if ((upstream ? wire.toCard : wire.fromCard) != now || seen[static_cast<std::size_t>(next)])
                continue;
            seen[static_cast<std::size_t>(next)] = true;
            open.push_back(next);
        }
    }
    return seen;
}

bool GraphScene::feeds(int from, int to) const
{
    return reach(from, false)[static_cast<std::size_t>(to)];
}

bool GraphScene::fits(int fromCard, int fromPort, int toCard, int toPort) const
{
    const ScenePort& from = m_cards[static_cast<std::size_t>(fromCard)].outputs[static_cast<std::size_t>(fromPort)];
    const ScenePort& to = m_cards[static_cast<std::size_t>(toCard)].inputs[static_cast<std::size_t>(toPort)];
    return portsFit(from.type, to.type) && (to.name == previousPort || !feeds(toCard, fromCard));
}

int firstSocketFor(const SceneCard& card, PortType type)
{
    const auto found = std::ranges::find_if(card.inputs, [&](const ScenePort& port) { return portsFit(type, port.type); });
    return found == card.inputs.end() ? -1 : static_cast<int>(found - card.inputs.begin());
}

int firstOutputFor(const SceneCard& card, PortType type)
{
    const auto found = std::ranges::find_if(card.outputs, [&](const ScenePort& port) { return portsFit(port.type, type); });
    return found == card.outputs.end() ? -1 : static_cast<int>(found - card.outputs.begin());
}

bool GraphScene::canInsert(int index, const SceneCard& card) const
{
    const auto connected = [](const ScenePort& port) { return port.connected; };
    if (card.kind == CardKind::Output || card.kind == CardKind::Input || std::ranges::any_of(card.inputs, connected) || std::ranges::any_of(card.outputs, connected))
        return false;
    const SceneWire& wire = m_wires[static_cast<std::size_t>(index)];
    const ScenePort& socket = m_cards[static_cast<std::size_t>(wire.toCard)].inputs[static_cast<std::size_t>(wire.toPort)];
    return firstSocketFor(card, wire.type) >= 0 && firstOutputFor(card, socket.type) >= 0;
}

} // namespace artdag
