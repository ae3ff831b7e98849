// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph_model.h"

#include "ui/qt_std.h"

#include <algorithm>

namespace artdag {

namespace {
QString kindName(CardKind kind)
{
    switch (kind) {
    case CardKind::Input: return QStringLiteral("input");
    case CardKind::Node: return QStringLiteral("node");
    case CardKind::Group: return QStringLiteral("group");
    case CardKind::Missing: return QStringLiteral("missing");
    case CardKind::Output: return QStringLiteral("output");
    }
    return {};
}

/// The first constant argument in words: what an artist recognises a card by.
std::string summaryOf(const Node& node)
{
    for (const auto& [name, value] : node.args) {
        if (value.is_number() || value.is_string())
            return name + " " + (value.is_string() ? value.get<std::string>().substr(0, 24) : ecmaNumber(value.get<double>()));
        if (value.is_object() && value.contains("expr") && value["expr"].is_string())
            return name + " = " + value["expr"].get<std::string>();
        if (value.is_object() && value.contains("keys"))
            return name + " over time";
        if (value.is_object() && value.contains("bind") && value["bind"].is_string())
            return name + " ← " + value["bind"].get<std::string>();
        if (value.is_object() && value.contains("param") && value["param"].is_string())
            return name + " ← " + value["param"].get<std::string>();
    }
    return node.effect;
}

/// The first of the names just before `end` that are all strangers to a set.
std::size_t runBefore(const std::vector<std::string>& names, const std::set<std::string>& known, std::size_t end)
{
    while (end > 0 && !known.contains(names[end - 1]))
        --end;
    return end;
}

/// Behind the last of the names from `first` on that are all strangers to a set.
std::size_t runFrom(const std::vector<std::string>& names, const std::set<std::string>& known, std::size_t first)
{
    while (first < names.size() && !known.contains(names[first]))
        ++first;
    return first;
}
} // namespace

GraphModel::GraphModel(Document& document, const Catalogue& effects, QObject* parent)
    : QAbstractListModel(parent),
      m_scope(document),
      m_effects(&effects)
{
    connect(&m_scope, &GraphScope::recipeChanged, this, &GraphModel::onRecipeChanged);
    connect(&m_scope, &GraphScope::moved, this, [this] {
        setSelection({}, {});
        onRecipeChanged();
        Q_EMIT opened();
    });
    connect(&document, &Document::opened, this, [this] {
        m_thumbnails.clear();
        m_status.clear();
        setSelection({}, {});
        onRecipeChanged();
        Q_EMIT opened();
    });
    onRecipeChanged();
}

int GraphModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> GraphModel::roleNames() const
{
    return {{NameRole, "name"}, {TitleRole, "title"}, {EffectRole, "effect"}, {SummaryRole, "summary"}, {KindRole, "kind"},
        {CardXRole, "cardX"}, {CardYRole, "cardY"}, {CardWidthRole, "cardWidth"}, {CardHeightRole, "cardHeight"},
        {SelectedRole, "selected"}, {BypassRole, "bypass"}, {StateRole, "cacheState"}, {MessageRole, "message"},
        {ThumbnailRole, "thumbnail"}, {SpokenRole, "spoken"}, {BookmarkRole, "bookmark"}, {RowRole, "row"}};
}

QVariant GraphModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const SceneCard& card = m_scene.cards()[static_cast<std::size_t>(index.row())];
    switch (role) {
    case NameRole: return toQt(card.name);
    case TitleRole: return toQt(card.title);
    case EffectRole: return toQt(card.effect);
    case SummaryRole: return toQt(card.summary);
    case KindRole: return kindName(card.kind);
    case CardXRole: return card.rect.x();
    case CardYRole: return card.rect.y();
    case CardWidthRole: return card.rect.width();
    case CardHeightRole: return card.rect.height();
    case SelectedRole: return m_selected.contains(card.name);
    case BypassRole: return card.bypass;
    case StateRole: return statusOf(card.name).state;
    case MessageRole: return statusOf(card.name).message;
    case ThumbnailRole: return thumbnail(card.name);
    case SpokenRole: return tr("%1, %2, %3 of %4 inputs connected").arg(toQt(card.title), toQt(card.effect)).arg(std::count_if(card.inputs.begin(), card.inputs.end(), [](const ScenePort& port) { return port.connected; })).arg(card.inputs.size());
    case BookmarkRole: return bookmarkOf(card.name);
    case RowRole: return index.row();
    default: return {};
    }
}

QString GraphModel::currentTitle() const
{
    const int card = m_scene.card(toStd(m_current));
    return card < 0 ? QString() : toQt(m_scene.cards()[static_cast<std::size_t>(card)].title);
}

void GraphModel::onRecipeChanged()
{
    const RecipePointer recipe = m_scope.recipe();
    if (m_moving.active) {
        m_moving = {};
        Q_EMIT movingChanged();
    }
    m_bookmarks = marksOf(*recipe).bookmarks;
    GraphScene scene = GraphScene::of(*recipe, *m_effects);
    std::map<std::string, std::string> summaries;
    for (const Node& node : recipe->nodes)
        summaries[node.name] = summaryOf(node);
    scene.describeCards(summaries);
    takeScene(std::move(scene));
}

void GraphModel::takeScene(GraphScene scene)
{
    std::vector<std::string> before, after;
    for (const SceneCard& card : m_scene.cards())
        before.push_back(card.name);
    for (const SceneCard& card : scene.cards())
        after.push_back(card.name);

    if (before == after) {
        m_scene = std::move(scene);
        emitRows({});
    } else {
        // Exact row signals: what left leaves, what came comes; a changed order of the rest is a reset.
        const std::set<std::string> kept(after.begin(), after.end());
        for (std::size_t end = before.size(); end > 0;) {
            const std::size_t first = runBefore(before, kept, end);
            if (first == end) {
                --end;
                continue;
            }
            beginRemoveRows({}, static_cast<int>(first), static_cast<int>(end) - 1);
            m_scene.removeCards(first, end - first);
            endRemoveRows();
            before.erase(before.begin() + static_cast<std::ptrdiff_t>(first), before.begin() + static_cast<std::ptrdiff_t>(end));
            end = first;
        }
        std::vector<std::string> common;
        const std::set<std::string> old(before.begin(), before.end());
        std::copy_if(after.begin(), after.end(), std::back_inserter(common), [&](const std::string& name) { return old.contains(name); });
        if (common == before) {
            for (std::size_t first = 0; first < after.size();) {
                const std::size_t end = runFrom(after, old, first);
                if (end == first) {
                    ++first;
                    continue;
                }
                beginInsertRows({}, static_cast<int>(first), static_cast<int>(end) - 1);
                m_scene.insertCards(first, std::span(scene.cards()).subspan(first, end - first));
                endInsertRows();
                first = end;
            }
            m_scene = std::move(scene);
            emitRows({});
        } else {
            beginResetModel();
            m_scene = std::move(scene);
            endResetModel();
        }
    }

    std::set<std::string> selected;
    for (const std::string& name : m_selected) {
        if (m_scene.card(name) >= 0)
            selected.insert(name);
    }
    const bool currentLives = m_scene.card(toStd(m_current)) >= 0;
    m_frameRows.setFrames(m_scene, m_selectedFrame);
    Q_EMIT sceneChanged();
    setSelection(std::move(selected), currentLives ? m_current : QString(), -1, -1, m_scene.frame(m_selectedFrame) >= 0 ? m_selectedFrame : std::string());
}

void GraphModel::emitRows(const QList<int>& roles)
{
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1), roles);
}

void GraphModel::setStatus(std::map<std::string, CardStatus> status)
{
    std::swap(m_status, status);
    for (int row = 0; row < count(); ++row) {
        const std::string& name = m_scene.cards()[static_cast<std::size_t>(row)].name;
        const auto old = status.find(m_scope.flatName(name));
        if (old == status.end() || !(old->second == statusOf(name)))
            Q_EMIT dataChanged(index(row), index(row), {StateRole, MessageRole});
    }
}

CardStatus GraphModel::statusOf(const std::string& name) const
{
    const auto found = m_status.find(m_scope.flatName(name));
    return found == m_status.end() ? CardStatus{} : found->second;
}

void GraphModel::setThumbnail(const std::string& flatName, const QImage& image)
{
    m_thumbnails[flatName] = image;
    const std::string prefix = m_scope.flatName({});
    if (const int row = flatName.starts_with(prefix) ? m_scene.card(flatName.substr(prefix.size())) : -1; row >= 0)
        Q_EMIT dataChanged(index(row), index(row), {ThumbnailRole});
}

const QImage& GraphModel::thumbnail(const std::string& name) const
{
    static const QImage none;
    const auto found = m_thumbnails.find(m_scope.flatName(name));
    return found == m_thumbnails.end() ? none : found->second;
}

void GraphModel::setSelection(std::set<std::string> names, const QString& current, int wire, int dot, const std::string& frame)
{
    const bool currentMoved = current != m_current;
    const bool changed = names != m_selected || wire != m_selectedWire || dot != m_selectedDot || frame != m_selectedFrame;
    std::set<std::string> turned;
    std::set_symmetric_difference(names.begin(), names.end(), m_selected.begin(), m_selected.end(), std::inserter(turned, turned.end()));
    m_selected = std::move(names);
    m_current = current;
    m_selectedWire = wire;
    m_selectedDot = dot;
    if (frame != m_selectedFrame) {
        m_selectedFrame = frame;
        m_frameRows.setFrames(m_scene, m_selectedFrame);
    }
    for (const std::string& name : turned) {
        if (const int row = m_scene.card(name); row >= 0)
            Q_EMIT dataChanged(index(row), index(row), {SelectedRole});
    }
    if (changed)
        Q_EMIT selectionChanged();
    if (currentMoved)
        Q_EMIT currentChanged();
}

void GraphModel::setSeen(const QRectF& seen)
{
    const bool first = m_seen.isEmpty(); // until then all were
    m_seen = seen;
    const auto& cards = m_scene.cards();
    if (first || std::ranges::any_of(cards, [this](const SceneCard& card) { return card.kind != CardKind::Output && isSeen(card) && !m_thumbnails.contains(m_scope.flatName(card.name)); }))
        Q_EMIT thumbnailsWanted();
}

void GraphModel::select(const QString& name, bool extend)
{
    std::set<std::string> names = extend ? m_selected : std::set<std::string>{};
    const std::string key = toStd(name);
    if (m_scene.card(key) < 0)
        return;
    if (extend && names.contains(key)) {
        names.erase(key);
        setSelection(names, names.empty() ? QString() : toQt(*names.begin()));
        return;
    }
    names.insert(key);
    setSelection(std::move(names), name);
}

void GraphModel::selectAll()
{
    std::set<std::string> names;
    for (const SceneCard& card : m_scene.cards())
        names.insert(card.name);
    setSelection(std::move(names), m_current);
}

void GraphModel::clearSelection()
{
    setSelection({}, {});
}

void GraphModel::selectIn(const QRectF& rect, bool extend)
{
    std::set<std::string> names = extend ? m_selected : std::set<std::string>{};
    for (const int card : m_scene.cardsIn(rect))
        names.insert(m_scene.cards()[static_cast<std::size_t>(card)].name);
    const QString current = names.contains(toStd(m_current)) ? m_current : (names.empty() ? QString() : toQt(*names.begin()));
    setSelection(std::move(names), current);
}

void GraphModel::selectWire(int wire, int dot)
{
    setSelection({}, {}, wire, dot);
}

void GraphModel::selectFrame(int frame)
{
    setSelection({}, m_current, -1, -1, m_scene.frames()[static_cast<std::size_t>(frame)].name);
}

void GraphModel::selectReach(bool upstream)
{
    std::set<std::string> names = m_selected;
    for (const std::string& name : m_selected) {
        const std::vector<bool> reached = m_scene.reach(m_scene.card(name), upstream);
        for (std::size_t i = 0; i < reached.size(); ++i) {
            if (reached[i])
                names.insert(m_scene.cards()[i].name);
        }
    }
    setSelection(std::move(names), m_current);
}

} // namespace artdag
