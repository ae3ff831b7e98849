// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph_scene.h"

#include "ui/graph_layout.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

namespace artdag {

namespace {
constexpr double cellSize = 256;
constexpr int hitSamples = 24;

std::uint64_t cellKey(int x, int y)
{
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(x)) << 32 | static_cast<std::uint32_t>(y);
}

template <class Visit>
void forCells(const QRectF& rect, Visit visit)
{
    const int x1 = static_cast<int>(std::floor(rect.right() / cellSize));
    const int y1 = static_cast<int>(std::floor(rect.bottom() / cellSize));
    for (int y = static_cast<int>(std::floor(rect.top() / cellSize)); y <= y1; ++y) {
        for (int x = static_cast<int>(std::floor(rect.left() / cellSize)); x <= x1; ++x)
            visit(cellKey(x, y));
    }
}

QRectF boundsOf(const SceneWire& wire)
{
    QRectF rect(wire.a, wire.b);
    return rect.normalized().adjusted(-120, -8, 120, 8);
}

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

std::vector<QPointF> wireCurve(QPointF a, QPointF b, int samples)
{
    const double reach = std::clamp(std::abs(b.x() - a.x()) / 2, 24.0, 120.0);
    const QPointF c1 = a + QPointF(reach, 0);
    const QPointF c2 = b - QPointF(reach, 0);
    std::vector<QPointF> points;
    points.reserve(static_cast<std::size_t>(samples) + 1);
    for (int i = 0; i <= samples; ++i) {
        const double t = static_cast<double>(i) / samples;
        const double u = 1 - t;
        points.push_back(u * u * u * a + 3 * u * u * t * c1 + 3 * u * t * t * c2 + t * t * t * b);
    }
    return points;
}

double distanceToCurve(const std::vector<QPointF>& curve, QPointF point)
{
    double best = 1e18;
    for (std::size_t i = 1; i < curve.size(); ++i) {
        const QPointF along = curve[i] - curve[i - 1];
        const QPointF to = point - curve[i - 1];
        const double length = QPointF::dotProduct(along, along);
        const double t = length > 0 ? std::clamp(QPointF::dotProduct(to, along) / length, 0.0, 1.0) : 0;
        const QPointF gap = to - t * along;
        best = std::min(best, std::hypot(gap.x(), gap.y()));
    }
    return best;
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

void GraphScene::index()
{
    m_grid.clear();
    for (std::size_t i = 0; i < m_cards.size(); ++i)
        forCells(m_cards[i].rect.adjusted(-16, -16, 16, 16), [&](std::uint64_t key) { m_grid[key].cards.push_back(static_cast<int>(i)); });
    for (std::size_t i = 0; i < m_wires.size(); ++i)
        forCells(boundsOf(m_wires[i]), [&](std::uint64_t key) { m_grid[key].wires.push_back(static_cast<int>(i)); });
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

SceneHit GraphScene::hit(QPointF point, double tolerance) const
{
    const QRectF around(point.x() - tolerance, point.y() - tolerance, 2 * tolerance, 2 * tolerance);
    std::set<int> cards, wires;
    forCells(around, [&](std::uint64_t key) {
        if (const auto cell = m_grid.find(key); cell != m_grid.end()) {
            cards.insert(cell->second.cards.begin(), cell->second.cards.end());
            wires.insert(cell->second.wires.begin(), cell->second.wires.end());
        }
    });
    SceneHit best;
    double nearest = tolerance;
    for (const int index : cards) {
        const SceneCard& card = m_cards[static_cast<std::size_t>(index)];
        for (const auto* ports : {&card.inputs, &card.outputs}) {
            for (std::size_t i = 0; i < ports->size(); ++i) {
                const QPointF gap = (*ports)[i].at - point;
                const double distance = std::hypot(gap.x(), gap.y());
                if (distance <= nearest) {
                    nearest = distance;
                    best = {SceneHit::What::Port, index, static_cast<int>(i), (*ports)[i].input, -1};
                }
            }
        }
    }
    if (best.what != SceneHit::What::Nothing)
        return best;
    for (auto index = cards.rbegin(); index != cards.rend(); ++index) {
        if (m_cards[static_cast<std::size_t>(*index)].rect.contains(point))
            return {SceneHit::What::Card, *index};
    }
    for (const int index : wires) {
        const SceneWire& wire = m_wires[static_cast<std::size_t>(index)];
        const double distance = distanceToCurve(wireCurve(wire.a, wire.b, hitSamples), point);
        if (distance <= nearest) {
            nearest = distance;
            best = {SceneHit::What::Wire, -1, -1, false, index};
        }
    }
    return best;
}

std::vector<int> GraphScene::cardsIn(const QRectF& rect) const
{
    std::vector<int> found;
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        if (m_cards[i].rect.intersects(rect))
            found.push_back(static_cast<int>(i));
    }
    return found;
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
