// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph_layout.h"
#include "ui/graph_model.h"
#include "ui/graph_wiring.h"
#include "ui/qt_std.h"

#include <algorithm>

namespace artdag {

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
    if (source.startsWith(QLatin1Char('<')))
        return feedFromNewNode(next, name, effect, source.mid(1));
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

/// The other way round: a new node's first fitting output goes to a socket, "card:port".
bool GraphModel::feedFromNewNode(Recipe& next, const std::string& name, const Effect& effect, const QString& target) const
{
    const int index = m_scene.card(toStd(target.section(QLatin1Char(':'), 0, 0)));
    if (index < 0)
        return false;
    const SceneCard& card = m_scene.cards()[static_cast<std::size_t>(index)];
    const ScenePort& socket = card.inputs[static_cast<std::size_t>(target.section(QLatin1Char(':'), 1).toInt())];
    const int output = firstOutputFor(effect, socket.type);
    if (output < 0)
        return false;
    Result<Recipe> fed = plugIn(next, {name, output == 0 ? std::string() : std::string(effect.outputs[static_cast<std::size_t>(output)].name)}, card, socket);
    if (fed)
        next = std::move(*fed);
    return fed.has_value();
}

QString GraphModel::addNode(const QString& effect, QPointF at, const QString& source)
{
    const CatalogueEntry* entry = m_effects->find(toStd(effect));
    if (entry == nullptr)
        return {};
    const RecipePointer recipe = m_scope.recipe();
    const QString label = tr("Add %1").arg(effect);
    std::string name;
    if (m_selectedWire >= 0 && m_selectedWire < static_cast<int>(m_scene.wires().size())) {
        const SceneWire wire = m_scene.wires()[static_cast<std::size_t>(m_selectedWire)];
        const QPointF middle = freePlace((wire.a + wire.b) / 2 - QPointF(GraphScene::cardWidth / 2, -24));
        Result<Recipe> next = insertIntoWire(*recipe, *m_effects, m_scene, wire, toStd(effect), onGrid(middle));
        if (next)
            name = next->nodes.back().name;
        if (!m_scope.apply(std::move(next), label))
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
        m_scope.apply(std::move(*next), label);
    }
    select(toQt(name));
    return toQt(name);
}

std::vector<std::string> GraphModel::selectedNodes() const
{
    std::vector<std::string> names;
    const RecipePointer recipe = m_scope.recipe();
    for (const Node& node : recipe->nodes) {
        if (m_selected.contains(node.name))
            names.push_back(node.name);
    }
    return names;
}

void GraphModel::removeSelected(bool keepChain)
{
    if (m_selectedWire >= 0) {
        const SceneWire wire = m_scene.wires()[static_cast<std::size_t>(m_selectedWire)];
        if (m_selectedDot >= 0) {
            CanvasMarks marks = marksOf(*m_scope.recipe());
            auto& dots = marks.dots[wire.mark];
            if (m_selectedDot < static_cast<int>(dots.size()))
                dots.erase(dots.begin() + m_selectedDot);
            applyMarks(marks, tr("Remove dot"));
            return;
        }
        unplugPort(wire.toCard, wire.toPort);
        return;
    }
    if (!m_selectedFrame.empty()) {
        CanvasMarks marks = marksOf(*m_scope.recipe());
        std::erase_if(marks.frames, [&](const CanvasFrame& frame) { return frame.name == m_selectedFrame; });
        applyMarks(marks, tr("Remove frame"));
        return;
    }
    Result<Recipe> next = *m_scope.recipe();
    for (const std::string& name : m_selected) {
        const CardKind kind = m_scene.cards()[static_cast<std::size_t>(m_scene.card(name))].kind;
        if (next && (kind == CardKind::Input || kind == CardKind::Output))
            next = kind == CardKind::Input ? removeInput(*next, name) : removeOutput(*next, name.substr(1));
    }
    if (const std::vector<std::string> nodes = selectedNodes(); next && !nodes.empty())
        next = removeNodes(*next, nodes, keepChain);
    if (!m_selected.empty())
        m_scope.apply(std::move(next), m_selected.size() == 1 ? tr("Delete %1").arg(toQt(*m_selected.begin())) : tr("Delete %1 cards").arg(m_selected.size()));
}

void GraphModel::extractSelected()
{
    Recipe next = *m_scope.recipe();
    const std::vector<std::string> names = selectedNodes();
    for (const std::string& name : names) {
        Node node = *next.node(name);
        const auto position = next.nodes.begin() - std::ranges::find(next.nodes, name, &Node::name);
        const std::vector<std::string> handles = next.handles;
        const auto layoutOrder = next.layoutOrder;
        const Layout layout = next.layout;
        Result<Recipe> less = removeNodes(next, {name}, true);
        if (!less) {
            Q_EMIT refused(wordsOf(less.error()));
            return;
        }
        next = std::move(*less);
        node.in.clear();
        next.nodes.insert(next.nodes.begin() - position, std::move(node));
        next.handles = handles;
        next.layout = layout;
        next.layoutOrder = layoutOrder;
    }
    if (!names.empty())
        m_scope.apply(std::move(next), tr("Extract"));
}

void GraphModel::toggleBypass()
{
    Recipe next = *m_scope.recipe();
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
        m_scope.apply(std::move(next), tr("Bypass"));
}

void GraphModel::duplicateSelected(bool keepInputs)
{
    const std::vector<std::string> names = selectedNodes();
    if (!keepInputs) {
        // The same as copy and paste, without the clipboard.
        QRectF corner;
        for (const SceneCard& card : m_scene.cards()) {
            if (m_selected.contains(card.name) && card.kind != CardKind::Output)
                corner |= card.rect;
        }
        if (const QString text = copied(); !text.isEmpty())
            paste(text, corner.topLeft() + QPointF(32, 180));
        return;
    }
    if (names.empty())
        return;
    Result<Recipe> next = duplicateNodes(placedRecipe(), names, {32, 180});
    if (!next) {
        Q_EMIT refused(wordsOf(next.error()));
        return;
    }
    std::set<std::string> copies;
    for (std::size_t i = next->nodes.size() - names.size(); i < next->nodes.size(); ++i)
        copies.insert(next->nodes[i].name);
    m_scope.apply(std::move(*next), tr("Duplicate"));
    const QString first = toQt(*copies.begin());
    setSelection(std::move(copies), first);
}

void GraphModel::rename(const QString& name)
{
    if (name == m_current || m_current.isEmpty() || m_current.startsWith(QLatin1Char('@')))
        return;
    Result<Recipe> next = renameNode(*m_scope.recipe(), toStd(m_current), toStd(name));
    if (m_scope.apply(std::move(next), tr("Rename %1").arg(m_current)))
        select(name);
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
    return m_scope.apply(plugIn(*m_scope.recipe(), wireOf(from, fromPort), to, socket), tr("Connect %1 to %2").arg(toQt(from.title), toQt(to.title)));
}

void GraphModel::unplugPort(int card, int port)
{
    const SceneCard& to = m_scene.cards()[static_cast<std::size_t>(card)];
    m_scope.apply(unplug(*m_scope.recipe(), to, to.inputs[static_cast<std::size_t>(port)]), tr("Disconnect %1").arg(toQt(to.title)));
}

} // namespace artdag
