// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph_scene.h"

#include "ui/graph_layout.h"

#include <algorithm>
#include <cmath>

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

/// Sockets stand 24 apart while they have room, closer when there are many, and never closer than can be hit.
double pitchFor(std::size_t sockets)
{
    constexpr double room = 92;
    return sockets < 2 ? GraphScene::portPitch : std::clamp(std::floor(room / static_cast<double>(sockets - 1)), 14.0, GraphScene::portPitch);
}

double heightFor(const SceneCard& card)
{
    const std::size_t sockets = std::max(card.inputs.size(), card.outputs.size());
    const double body = card.kind == CardKind::Output ? 0 : GraphScene::pictureHeight + GraphScene::footerHeight + 4;
    const double ports = GraphScene::firstPort - GraphScene::headerHeight + std::max(0.0, static_cast<double>(sockets) - 1) * pitchFor(sockets) + 8;
    return GraphScene::headerHeight + std::max(body, ports);
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
        scene.addInput(input);
    for (const Node& node : recipe.nodes)
        scene.addNode(node, effects);
    for (const RecipeOutput& output : recipe.outputs)
        scene.addOutput(output);
    scene.renumber();
    scene.addWires(recipe);
    scene.placeCards(recipe);
    for (SceneCard& card : scene.m_cards)
        scene.placePorts(card);
    scene.placeWires();
    scene.index();
    return scene;
}

void GraphScene::addInput(const RecipeInput& input)
{
    SceneCard card;
    card.name = input.name;
    card.title = input.title.empty() ? input.name : input.title;
    card.effect = input.media;
    card.kind = CardKind::Input;
    card.outputs.push_back({"picture", "Picture", PortType::Picture, false});
    if (input.media != "still")
        card.outputs.push_back({"sound", "Sound", PortType::Sound, false});
    m_cards.push_back(std::move(card));
}

void GraphScene::addNode(const Node& node, const Catalogue& effects)
{
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
    for (const Port& port : entry->effect->outputs)
        card.outputs.push_back({std::string(port.name), std::string(port.title.empty() ? port.name : port.title), port.type, false});
    m_cards.push_back(std::move(card));
}

void GraphScene::addOutput(const RecipeOutput& output)
{
    SceneCard card;
    card.name = "@" + output.name;
    card.title = output.name;
    card.effect = output.encode;
    card.kind = CardKind::Output;
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
    }
    for (const RecipeOutput& output : recipe.outputs) {
        const int target = card("@" + output.name);
        if (output.picture)
            addWire(*output.picture, target, 0);
        if (output.sound)
            addWire(*output.sound, target, 1);
    }
}

void GraphScene::placeCards(const Recipe& recipe)
{
    std::vector<LayoutCard> wanted;
    std::vector<std::pair<int, int>> wires;
    bool allUnplaced = true;
    for (SceneCard& card : m_cards) {
        card.rect = QRectF(0, 0, cardWidth, heightFor(card));
        wanted.push_back({card.name, card.rect.size()});
        allUnplaced = allUnplaced && !recipe.layout.contains(card.name);
    }
    for (const SceneWire& wire : m_wires)
        wires.emplace_back(wire.fromCard, wire.toCard);
    const std::vector<QPointF> places = layoutGraph(wanted, wires, {0, 0});

    QRectF placed;
    for (SceneCard& card : m_cards) {
        const auto found = recipe.layout.find(card.name);
        if (found == recipe.layout.end())
            continue;
        card.rect.moveTo(found->second.first, found->second.second);
        placed |= card.rect;
    }
    // What nobody has placed goes where the layout says, right of everything when it is an output, below otherwise.
    double below = placed.bottom() + 48;
    double right = placed.top();
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        SceneCard& card = m_cards[i];
        if (recipe.layout.contains(card.name))
            continue;
        if (allUnplaced) {
            card.rect.moveTo(places[i]);
        } else if (card.kind == CardKind::Output) {
            double top = right;
            for (const SceneWire& wire : m_wires) {
                if (wire.toCard == static_cast<int>(i) && recipe.layout.contains(m_cards[static_cast<std::size_t>(wire.fromCard)].name)) {
                    top = std::max(right, m_cards[static_cast<std::size_t>(wire.fromCard)].rect.top());
                    break;
                }
            }
            card.rect.moveTo(placed.right() + 64, top);
            right = card.rect.bottom() + 24;
        } else {
            card.rect.moveTo(placed.left() + (places[i].x() - places.front().x()), below);
            below = card.rect.bottom() + 36;
        }
    }
}

void GraphScene::placePorts(SceneCard& card)
{
    for (auto* ports : {&card.inputs, &card.outputs}) {
        double y = card.rect.top() + firstPort;
        for (ScenePort& port : *ports) {
            port.at = {port.input ? card.rect.left() : card.rect.right(), y};
            y += pitchFor(ports->size());
        }
    }
}

void GraphScene::placeWires()
{
    for (SceneWire& wire : m_wires) {
        wire.a = m_cards[static_cast<std::size_t>(wire.fromCard)].outputs[static_cast<std::size_t>(wire.fromPort)].at;
        wire.b = m_cards[static_cast<std::size_t>(wire.toCard)].inputs[static_cast<std::size_t>(wire.toPort)].at;
    }
}

void GraphScene::moveCards(const std::map<std::string, QPointF>& topLefts)
{
    for (const auto& [name, topLeft] : topLefts) {
        const int found = card(name);
        if (found < 0)
            continue;
        m_cards[static_cast<std::size_t>(found)].rect.moveTo(topLeft);
        placePorts(m_cards[static_cast<std::size_t>(found)]);
    }
    placeWires();
    index();
}

void GraphScene::describeCards(const std::map<std::string, std::string>& summaries)
{
    for (SceneCard& card : m_cards) {
        const auto found = summaries.find(card.name);
        card.summary = found == summaries.end() ? card.effect : found->second;
    }
}

void GraphScene::removeCard(int card)
{
    m_wires.clear();
    m_cards.erase(m_cards.begin() + card);
    renumber();
}

void GraphScene::insertCard(int at, SceneCard card)
{
    m_wires.clear();
    m_cards.insert(m_cards.begin() + at, std::move(card));
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
    QRectF all;
    for (const SceneCard& card : m_cards)
        all |= card.rect;
    return all;
}

bool GraphScene::feeds(int from, int to) const
{
    std::vector<int> open{from};
    std::vector<bool> seen(m_cards.size());
    while (!open.empty()) {
        const int now = open.back();
        open.pop_back();
        if (now == to)
            return true;
        for (const SceneWire& wire : m_wires) {
            if (wire.fromCard == now && !seen[static_cast<std::size_t>(wire.toCard)]) {
                seen[static_cast<std::size_t>(wire.toCard)] = true;
                open.push_back(wire.toCard);
            }
        }
    }
    return false;
}

bool GraphScene::fits(int fromCard, int fromPort, int toCard, int toPort) const
{
    const ScenePort& from = m_cards[static_cast<std::size_t>(fromCard)].outputs[static_cast<std::size_t>(fromPort)];
    const ScenePort& to = m_cards[static_cast<std::size_t>(toCard)].inputs[static_cast<std::size_t>(toPort)];
    return portsFit(from.type, to.type) && !feeds(toCard, fromCard);
}

} // namespace artdag
