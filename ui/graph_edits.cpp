// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph_layout.h"
#include "ui/graph_model.h"
#include "ui/graph_wiring.h"
#include "ui/qt_std.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double grid = 4;

LayoutPoint onGrid(QPointF point)
{
    return {std::round(point.x() / grid) * grid, std::round(point.y() / grid) * grid};
}
} // namespace

QPointF GraphModel::freePlace(QPointF wanted) const
{
    QRectF rect(wanted, QSizeF(GraphScene::cardWidth, 152));
    for (int tries = 0; tries < 400; ++tries) {
        const std::vector<int> there = m_scene.cardsIn(rect.adjusted(-12, -12, 12, 12));
        if (there.empty())
            break;
        rect.moveTop(m_scene.cards()[static_cast<std::size_t>(there.back())].rect.bottom() + 24);
    }
    return rect.topLeft();
}

std::map<std::string, LayoutPoint> GraphModel::positionsOfAll() const
{
    std::map<std::string, LayoutPoint> places;
    for (const SceneCard& card : m_scene.cards()) {
        if (card.kind != CardKind::Output)
            places[card.name] = onGrid(card.rect.topLeft());
    }
    return places;
}

/// Where a new node's first fitting input gets its wire from. False when there is nothing that fits.
bool GraphModel::feedNewNode(Recipe& next, const std::string& name, const Effect& effect, const QString& source) const
{
    const QStringList parts = source.split(QLatin1Char(':'));
    const int card = m_scene.card(toStd(source.isEmpty() ? m_current : parts.value(0)));
    if (card < 0)
        return false;
    const SceneCard& from = m_scene.cards()[static_cast<std::size_t>(card)];
    const int wanted = source.isEmpty() ? -1 : parts.value(1).toInt();
    for (std::size_t i = 0; i < from.outputs.size(); ++i) {
        if (wanted >= 0 && wanted != static_cast<int>(i))
            continue;
        const Port* port = firstInputFor(effect, from.outputs[i].type);
        if (port == nullptr)
            continue;
        SceneCard added;
        added.name = name;
        ScenePort socket;
        socket.name = std::string(port->name);
        socket.list = port->list;
        if (Result<Recipe> fed = plugIn(next, wireOf(from, static_cast<int>(i)), added, socket)) {
            next = std::move(*fed);
            return true;
        }
    }
    return false;
}

QString GraphModel::addNode(const QString& effect, QPointF at, const QString& source)
{
    const CatalogueEntry* entry = m_effects->find(toStd(effect));
    if (entry == nullptr)
        return {};
    const RecipePointer recipe = m_document->recipe();
    const QString label = tr("Add %1").arg(effect);
    std::string name;
    if (m_selectedWire >= 0 && m_selectedWire < static_cast<int>(m_scene.wires().size())) {
        const SceneWire wire = m_scene.wires()[static_cast<std::size_t>(m_selectedWire)];
        const QPointF middle = freePlace((wire.a + wire.b) / 2 - QPointF(GraphScene::cardWidth / 2, -24));
        Result<Recipe> next = insertIntoWire(*recipe, *m_effects, m_scene, wire, toStd(effect), onGrid(middle));
        if (next)
            name = next->nodes.back().name;
        if (!m_document->apply(std::move(next), label))
            return {};
    } else {
        const int from = m_scene.card(toStd(m_current));
        if (source.isEmpty() && from >= 0 && at.isNull())
            at = m_scene.cards()[static_cast<std::size_t>(from)].rect.topRight() + QPointF(64, 0);
        Result<Recipe> next = artdag::addNode(*recipe, toStd(effect), onGrid(freePlace(at)));
        if (!next) {
            Q_EMIT refused(wordsOf(next.error()));
            return {};
        }
        name = next->nodes.back().name;
        feedNewNode(*next, name, *entry->effect, source);
        m_document->apply(std::move(*next), label);
    }
    select(toQt(name));
    return toQt(name);
}

void GraphModel::removeSelected(bool keepChain)
{
    const RecipePointer recipe = m_document->recipe();
    if (m_selectedWire >= 0) {
        const SceneWire wire = m_scene.wires()[static_cast<std::size_t>(m_selectedWire)];
        unplugPort(wire.toCard, wire.toPort);
        return;
    }
    Recipe next = *recipe;
    std::vector<std::string> nodes;
    for (const std::string& name : m_selected) {
        const int index = m_scene.card(name);
        const CardKind kind = m_scene.cards()[static_cast<std::size_t>(index)].kind;
        if (kind == CardKind::Node || kind == CardKind::Missing) {
            nodes.push_back(name);
            continue;
        }
        Result<Recipe> less = kind == CardKind::Input ? removeInput(next, name) : removeOutput(next, name.substr(1));
        if (!less) {
            Q_EMIT refused(wordsOf(less.error()));
            return;
        }
        next = std::move(*less);
    }
    if (!nodes.empty()) {
        Result<Recipe> less = removeNodes(next, nodes, keepChain);
        if (!less) {
            Q_EMIT refused(wordsOf(less.error()));
            return;
        }
        next = std::move(*less);
    }
    if (!m_selected.empty())
        m_document->apply(std::move(next), m_selected.size() == 1 ? tr("Delete %1").arg(toQt(*m_selected.begin())) : tr("Delete %1 cards").arg(m_selected.size()));
}

void GraphModel::toggleBypass()
{
    Recipe next = *m_document->recipe();
    bool any = false;
    for (const std::string& name : m_selected) {
        const Node* node = next.node(name);
        if (node == nullptr)
            continue;
        if (Result<Recipe> set = setBypass(next, name, !node->bypass)) {
            next = std::move(*set);
            any = true;
        }
    }
    if (any)
        m_document->apply(std::move(next), tr("Bypass"));
}

void GraphModel::duplicateSelected()
{
    std::vector<std::string> names;
    const RecipePointer recipe = m_document->recipe();
    for (const Node& node : recipe->nodes) {
        if (m_selected.contains(node.name))
            names.push_back(node.name);
    }
    if (names.empty())
        return;
    Result<Recipe> next = duplicateNodes(*recipe, names, {32, 180});
    if (!next) {
        Q_EMIT refused(wordsOf(next.error()));
        return;
    }
    std::set<std::string> copies;
    for (std::size_t i = next->nodes.size() - names.size(); i < next->nodes.size(); ++i)
        copies.insert(next->nodes[i].name);
    m_document->apply(std::move(*next), tr("Duplicate"));
    const QString first = toQt(*copies.begin());
    setSelection(std::move(copies), first);
}

void GraphModel::layOut()
{
    std::vector<LayoutCard> cards;
    std::vector<int> indices(m_scene.cards().size(), -1);
    QPointF origin(1e18, 1e18);
    for (std::size_t i = 0; i < m_scene.cards().size(); ++i) {
        const SceneCard& card = m_scene.cards()[i];
        if (card.kind == CardKind::Output || (m_selected.size() > 1 && !m_selected.contains(card.name)))
            continue;
        indices[i] = static_cast<int>(cards.size());
        cards.push_back({card.name, card.rect.size()});
        origin = {std::min(origin.x(), card.rect.x()), std::min(origin.y(), card.rect.y())};
    }
    if (cards.empty())
        return;
    std::vector<std::pair<int, int>> wires;
    for (const SceneWire& wire : m_scene.wires()) {
        const int from = indices[static_cast<std::size_t>(wire.fromCard)];
        const int to = indices[static_cast<std::size_t>(wire.toCard)];
        if (from >= 0 && to >= 0)
            wires.emplace_back(from, to);
    }
    const std::vector<QPointF> places = layoutGraph(cards, wires, origin);
    std::map<std::string, LayoutPoint> positions;
    for (std::size_t i = 0; i < cards.size(); ++i)
        positions[cards[i].name] = onGrid(places[i]);
    m_document->apply(moveNodes(*m_document->recipe(), positions), tr("Lay out"));
}

void GraphModel::rename(const QString& name)
{
    if (name == m_current || m_current.isEmpty() || m_current.startsWith(QLatin1Char('@')))
        return;
    Result<Recipe> next = renameNode(*m_document->recipe(), toStd(m_current), toStd(name));
    if (m_document->apply(std::move(next), tr("Rename %1").arg(m_current)))
        select(name);
}

void GraphModel::beginMove()
{
    m_moving = true;
    m_moveStart.clear();
    for (const SceneCard& card : m_scene.cards()) {
        if (m_selected.contains(card.name) && card.kind != CardKind::Output)
            m_moveStart[card.name] = card.rect.topLeft();
    }
}

void GraphModel::moveBy(QPointF offset)
{
    std::map<std::string, QPointF> places;
    for (const auto& [name, start] : m_moveStart) {
        const LayoutPoint place = onGrid(start + offset);
        places[name] = {place.first, place.second};
    }
    m_scene.moveCards(places);
    for (const auto& [name, place] : places) {
        const int row = m_scene.card(name);
        if (row >= 0)
            Q_EMIT dataChanged(index(row), index(row), {CardXRole, CardYRole});
    }
    Q_EMIT sceneChanged();
}

void GraphModel::endMove()
{
    if (!m_moving)
        return;
    m_moving = false;
    bool moved = false;
    for (const auto& [name, start] : m_moveStart) {
        const int card = m_scene.card(name);
        moved = moved || (card >= 0 && m_scene.cards()[static_cast<std::size_t>(card)].rect.topLeft() != start);
    }
    // Cards that nobody had placed are placed now too, or they would jump when the others are.
    if (moved)
        m_document->apply(moveNodes(*m_document->recipe(), positionsOfAll()), m_moveStart.size() == 1 ? tr("Move %1").arg(toQt(m_moveStart.begin()->first)) : tr("Move %1 cards").arg(m_moveStart.size()));
}

bool GraphModel::connectPorts(int fromCard, int fromPort, int toCard, int toPort)
{
    const SceneCard& from = m_scene.cards()[static_cast<std::size_t>(fromCard)];
    const SceneCard& to = m_scene.cards()[static_cast<std::size_t>(toCard)];
    const ScenePort& socket = to.inputs[static_cast<std::size_t>(toPort)];
    const PortType type = from.outputs[static_cast<std::size_t>(fromPort)].type;
    if (!portsFit(type, socket.type)) {
        Q_EMIT refused(tr("%1: '%2' takes a %3, not a %4").arg(toQt(to.title), toQt(socket.title), QString::fromLatin1(nameOf(socket.type)), QString::fromLatin1(nameOf(type))));
        return false;
    }
    return m_document->apply(plugIn(*m_document->recipe(), wireOf(from, fromPort), to, socket), tr("Connect %1 to %2").arg(toQt(from.title), toQt(to.title)));
}

void GraphModel::unplugPort(int card, int port)
{
    const SceneCard& to = m_scene.cards()[static_cast<std::size_t>(card)];
    m_document->apply(unplug(*m_document->recipe(), to, to.inputs[static_cast<std::size_t>(port)]), tr("Disconnect %1").arg(toQt(to.title)));
}

} // namespace artdag
