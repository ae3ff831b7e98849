// SPDX-License-Identifier: GPL-3.0-or-later
// Copy and paste as text, groups, and connections as a list.
#include "core/recipe/copy_nodes.h"
#include "core/recipe/group_scope.h"
#include "ui/field.h"
#include "ui/graph_layout.h"
#include "ui/graph_model.h"
#include "ui/graph_wiring.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
const Port* inputOf(const Effect& effect, const std::string& name)
{
    const auto found = std::ranges::find_if(effect.inputs, [&](const Port& port) { return port.name == name; });
    return found == effect.inputs.end() ? nullptr : &*found;
}

QVariantMap offer(const QString& id, const QString& words)
{
    return {{QStringLiteral("id"), id}, {QStringLiteral("words"), words}};
}
} // namespace

QString GraphModel::copied() const
{
    std::vector<std::string> names(m_selected.begin(), m_selected.end()), frames;
    std::set<std::string> inside = m_selected;
    for (std::size_t i = 0; i < m_scene.frames().size(); ++i) {
        const SceneFrame& frame = m_scene.frames()[i];
        const FrameContents contents = m_scene.contentsOf(static_cast<int>(i));
        const bool chosen = frame.name == m_selectedFrame;
        const bool whole = !contents.cards.empty() && std::ranges::all_of(contents.cards, [&](const std::string& name) { return m_selected.contains(name); });
        if (!chosen && !whole)
            continue;
        frames.push_back(frame.name);
        if (!chosen)
            continue;
        names.insert(names.end(), contents.cards.begin(), contents.cards.end());
        for (const int inner : contents.frames)
            frames.push_back(m_scene.frames()[static_cast<std::size_t>(inner)].name);
    }
    const Recipe placed = placedRecipe();
    std::erase_if(names, [&](const std::string& name) { return !placed.layout.contains(name); });
    return names.empty() && frames.empty() ? QString() : toQt(std::string_view(copyNodes(placed, names, frames)));
}

bool GraphModel::paste(const QString& text, QPointF at)
{
    Result<PastedNodes> pasted = pasteNodes(placedRecipe(), toStd(text), onGrid(at));
    if (!pasted) {
        Q_EMIT refused(wordsOf(pasted.error()));
        return false;
    }
    const std::size_t count = pasted->names.size();
    m_scope.apply(std::move(pasted->recipe), count == 1 ? tr("Paste %1").arg(toQt(std::string_view(pasted->names.front()))) : tr("Paste %1 cards").arg(count));
    const QString last = pasted->names.empty() ? QString() : toQt(std::string_view(pasted->names.back()));
    setSelection({pasted->names.begin(), pasted->names.end()}, last);
    return true;
}

void GraphModel::groupSelected()
{
    const std::vector<std::string> names = selectedNodes();
    if (names.empty()) {
        Q_EMIT refused(tr("Select the nodes that go into a group first"));
        return;
    }
    Result<Recipe> next = groupNodes(placedRecipe(), names);
    if (!next) {
        Q_EMIT refused(wordsOf(next.error()));
        return;
    }
    const std::string group = next->groups.back().name;
    m_scope.apply(std::move(*next), tr("Group %1 nodes").arg(names.size()));
    for (const Node& node : m_scope.recipe()->nodes) {
        if (node.group == group)
            select(toQt(std::string_view(node.name)));
    }
}

void GraphModel::ungroupSelected()
{
    Result<Recipe> next = placedRecipe();
    std::set<std::string> before, fresh;
    for (const Node& node : next->nodes)
        before.insert(node.name);
    int count = 0;
    for (const std::string& name : selectedNodes()) {
        if (!next || next->node(name)->group.empty())
            continue;
        next = ungroupNode(*next, name);
        ++count;
    }
    if (count == 0) {
        Q_EMIT refused(tr("Select a group to put its nodes in its place"));
        return;
    }
    if (!m_scope.apply(std::move(next), tr("Flatten group")))
        return;
    for (const Node& node : m_scope.recipe()->nodes) {
        if (!before.contains(node.name))
            fresh.insert(node.name);
    }
    const QString last = fresh.empty() ? QString() : toQt(std::string_view(*fresh.rbegin()));
    setSelection(std::move(fresh), last);
}

bool GraphModel::openGroup(const QString& name)
{
    return m_scope.enter(toStd(name));
}

QVariantList GraphModel::promotable(const QString& name) const
{
    QVariantList offers;
    const int index = m_scene.card(toStd(name));
    const RecipePointer recipe = m_scope.recipe();
    const Node* node = recipe->node(toStd(name));
    if (index < 0 || node == nullptr)
        return offers;
    for (const Field& field : fieldsOfCard(*recipe, *m_effects, node->name)) {
        if (field.place.kind == FieldPlace::Kind::Argument && field.form() == FieldForm::Literal)
            offers << offer(QStringLiteral("arg:") + toQt(std::string_view(field.place.argument)), tr("%1 as a parameter").arg(field.title));
    }
    if (m_scope.depth() == 0)
        return offers;
    const SceneCard& card = m_scene.cards()[static_cast<std::size_t>(index)];
    for (const ScenePort& port : card.inputs) {
        if (!port.connected && !port.list)
            offers << offer(QStringLiteral("in:") + toQt(std::string_view(port.name)), tr("%1 as an input of the group").arg(toQt(std::string_view(port.title))));
    }
    for (const ScenePort& port : card.outputs)
        offers << offer(QStringLiteral("out:") + toQt(std::string_view(port.name)), tr("%1 as an output of the group").arg(toQt(std::string_view(port.title))));
    return offers;
}

void GraphModel::promote(const QString& name, const QString& id)
{
    const RecipePointer recipe = m_scope.recipe();
    const Node* node = recipe->node(toStd(name));
    if (node == nullptr)
        return;
    const std::string what = toStd(id.section(QLatin1Char(':'), 1));
    const QString label = tr("Promote %1").arg(toQt(std::string_view(what)));
    if (id.startsWith(QLatin1String("in:"))) {
        RecipeInput input{.name = freshName(*recipe, what), .media = std::string(groupPort), .title = {}};
        const CatalogueEntry* entry = m_effects->find(node->effect);
        if (const Port* port = entry == nullptr ? nullptr : inputOf(*entry->effect, what); port != nullptr && port->optional)
            input.unknown["optional"] = true;
        const SceneCard& card = m_scene.cards()[static_cast<std::size_t>(m_scene.card(node->name))];
        Result<Recipe> next = addInput(*recipe, input, onGrid(card.rect.topLeft() - QPointF(GraphScene::cardWidth + 64, 0)));
        m_scope.apply(next ? artdag::connect(*next, {input.name, {}}, node->name, what) : std::move(next), label);
        return;
    }
    if (id.startsWith(QLatin1String("out:"))) {
        const std::string port = what.empty() ? node->name : what;
        std::string free = port;
        for (int n = 2; std::ranges::any_of(recipe->outputs, [&](const RecipeOutput& output) { return output.name == free; }); ++n)
            free = port + "_" + std::to_string(n);
        m_scope.apply(setOutput(*recipe, {.name = free, .picture = Wire{node->name, what}, .encode = std::string(groupPort)}), label);
        return;
    }
    for (const Field& field : fieldsOfCard(*recipe, *m_effects, node->name)) {
        if (field.place.argument != what)
            continue;
        RecipeParam param{.name = what, .type = nameOf(field.kind), .fallback = field.initial, .unit = toStd(field.unit), .title = toStd(field.title)};
        if (std::isfinite(field.least))
            param.least = field.least;
        if (std::isfinite(field.most))
            param.most = field.most;
        Result<Recipe> next = promoteArgument(*recipe, node->name, what, param);
        if (next && m_scope.depth() == 0)
            next = setHandle(*next, next->params.back().name, true);
        m_scope.apply(std::move(next), label);
        return;
    }
}

void GraphModel::addConnections(QVariantList& list, int from, int port) const
{
    const SceneCard& source = m_scene.cards()[static_cast<std::size_t>(from)];
    const ScenePort& output = source.outputs[static_cast<std::size_t>(port)];
    for (std::size_t c = 0; c < m_scene.cards().size(); ++c) {
        const SceneCard& card = m_scene.cards()[c];
        for (std::size_t p = 0; p < card.inputs.size(); ++p) {
            if (static_cast<int>(c) == from || !m_scene.fits(from, port, static_cast<int>(c), static_cast<int>(p)))
                continue;
            QString words = tr("%1 to %2 of %3").arg(toQt(std::string_view(output.title)), toQt(std::string_view(card.inputs[p].title)), toQt(std::string_view(card.title)));
            if (card.inputs[p].connected)
                words = tr("%1 (in place of what is there)").arg(words);
            list << QVariantMap{{QStringLiteral("words"), words}, {QStringLiteral("card"), from}, {QStringLiteral("port"), port},
                {QStringLiteral("toCard"), static_cast<int>(c)}, {QStringLiteral("toPort"), static_cast<int>(p)}};
        }
    }
}

QVariantList GraphModel::connections(const QString& name) const
{
    QVariantList list;
    const int from = m_scene.card(toStd(name));
    if (from < 0)
        return list;
    for (std::size_t port = 0; port < m_scene.cards()[static_cast<std::size_t>(from)].outputs.size(); ++port)
        addConnections(list, from, static_cast<int>(port));
    return list;
}

void GraphModel::connectTo(const QVariantMap& connection)
{
    connectPorts(connection[QStringLiteral("card")].toInt(), connection[QStringLiteral("port")].toInt(), connection[QStringLiteral("toCard")].toInt(), connection[QStringLiteral("toPort")].toInt());
}

} // namespace artdag
