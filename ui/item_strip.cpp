// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/item_strip.h"

#include "ui/qt_std.h"
#include "ui/scope_target.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double thumbnailScale = 0.125;
constexpr std::size_t mostPieces = 500;

/// The list port that an item-bearing node has in the recipe.
std::string listPortOf(const Recipe& recipe, const std::string& node)
{
    const Node* found = recipe.node(node);
    if (found != nullptr)
        for (const auto& [port, value] : found->in)
            if (std::holds_alternative<std::vector<Item>>(value.value))
                return port;
    return {};
}
} // namespace

ItemStrip::ItemStrip(Document& document, Player& player, TimeWindow& window, QObject* parent)
    : QAbstractListModel(parent),
      m_document(&document),
      m_own(document),
      m_player(&player),
      m_window(&window)
{
    connect(m_window, &TimeWindow::changed, this, [this] {
        if (!m_pieces.empty())
            Q_EMIT dataChanged(index(0), index(pieceCount() - 1), {AtRole, LengthRole});
    });
}

const std::vector<Item>* ItemStrip::items(const Recipe& recipe) const
{
    const Node* node = recipe.node(m_node);
    const PortValue* port = node == nullptr ? nullptr : node->port(m_port);
    return port == nullptr ? nullptr : std::get_if<std::vector<Item>>(&port->value);
}

void ItemStrip::setScope(GraphScope& scope)
{
    m_scope = &scope;
}

void ItemStrip::setCard(const std::string& node, const PreviewTarget& target)
{
    const bool same = node == m_node;
    m_node = node;
    m_target = target;
    m_port = listPortOf(*m_scope->recipe(), node);
    if (!same) {
        m_chosen = -1;
        take({});
    }
    if (m_port.empty())
        take({});
    else
        ask();
}

void ItemStrip::ask()
{
    if (m_engine == nullptr || !m_target.picture)
        return;
    m_engine->askPlan(Urgency::Inspect, "timeline-items", m_target, thumbnailScale,
        [this, name = m_node, flat = m_scope->flatName(m_node)](const Plan& plan, const CancelToken&) -> PreviewEngine::Finish {
            const int node = plan.graph->node(flat);
            std::vector<ItemPiece> pieces = node < 0 ? std::vector<ItemPiece>() : itemPieces(plan, node);
            if (pieces.size() > mostPieces)
                pieces.resize(mostPieces);
            return [this, name, pieces] {
                if (name == m_node)
                    take(pieces);
            };
        });
}

void ItemStrip::take(std::vector<ItemPiece> pieces)
{
    if (pieces == m_pieces || (m_dragRow >= 0 && pieces.size() != m_pieces.size()))
        return; // rows stay as they are under a hand
    if (pieces.size() == m_pieces.size()) {
        // A drag goes on over its own edits.
        m_pieces = std::move(pieces);
        Q_EMIT dataChanged(index(0), index(pieceCount() - 1));
    } else {
        beginResetModel();
        m_pieces = std::move(pieces);
        m_thumbnails.clear();
        endResetModel();
    }
    Q_EMIT countChanged();
    if (!m_document->inGesture())
        askThumbnails();
}

void ItemStrip::askThumbnails()
{
    const std::vector<Item>* list = items(*m_scope->recipe());
    if (m_engine == nullptr || list == nullptr)
        return;
    m_engine->cancel("items:");
    for (int row = 0; row < pieceCount(); ++row) {
        const ItemPiece& piece = m_pieces[static_cast<std::size_t>(row)];
        const auto item = static_cast<std::size_t>(piece.item);
        if (item >= list->size() || !(*list)[item].from)
            continue;
        const std::optional<Wire> from = wireInScope(*m_scope, *m_document->recipe(), *(*list)[item].from);
        if (!from)
            continue;
        const std::int64_t frame = trimOf((*list)[item], piece, m_player->rate()).in + piece.source + piece.length / 2;
        m_engine->askPicture(Urgency::Idle, "items:" + std::to_string(row), {from, std::nullopt}, frame, thumbnailScale,
            [this, row](Result<PreviewPicture> picture) {
                if (row >= pieceCount() || !picture)
                    return;
                m_thumbnails[row] = picture->image;
                Q_EMIT dataChanged(index(row), index(row), {ImageRole});
            });
    }
}

int ItemStrip::lanes() const
{
    int most = m_pieces.empty() ? 0 : 1;
    for (const ItemPiece& piece : m_pieces)
        most = std::max(most, piece.lane + 1);
    return most;
}

QString ItemStrip::title() const
{
    return m_pieces.empty() ? QString() : toQt(m_node);
}

QHash<int, QByteArray> ItemStrip::roleNames() const
{
    return {{TitleRole, "title"}, {ItemRole, "item"}, {AtRole, "at"}, {LengthRole, "length"}, {LaneRole, "lane"}, {ImageRole, "image"},
        {ChosenRole, "chosen"}, {SpokenRole, "spoken"}};
}

QVariant ItemStrip::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= pieceCount())
        return {};
    const ItemPiece& piece = m_pieces[static_cast<std::size_t>(index.row())];
    const std::vector<Item>* list = items(*m_scope->recipe());
    const bool there = list != nullptr && piece.item < static_cast<int>(list->size());
    const QString from
        = there && (*list)[static_cast<std::size_t>(piece.item)].from ? toQt((*list)[static_cast<std::size_t>(piece.item)].from->text()) : QString();
    switch (role) {
    case TitleRole: return QStringLiteral("%1 · %2").arg(piece.item + 1).arg(from);
    case ItemRole: return piece.item;
    case AtRole: return m_window->positionOf(static_cast<double>(piece.start));
    case LengthRole: return static_cast<double>(piece.length) / m_window->span();
    case LaneRole: return piece.lane;
    case ImageRole: {
        const auto image = m_thumbnails.find(index.row());
        return image == m_thumbnails.end() ? QVariant(QImage()) : QVariant(image->second);
    }
    case ChosenRole: return piece.item == m_chosen;
    case SpokenRole:
        return tr("Item %1, %2, from %3 to %4")
            .arg(piece.item + 1)
            .arg(from, m_player->textOfFrame(piece.start), m_player->textOfFrame(piece.start + piece.length));
    default: return {};
    }
}

void ItemStrip::select(int row)
{
    m_chosen = row >= 0 && row < pieceCount() ? m_pieces[static_cast<std::size_t>(row)].item : -1;
    if (!m_pieces.empty())
        Q_EMIT dataChanged(index(0), index(pieceCount() - 1), {ChosenRole});
}

void ItemStrip::beginDrag(int row, Grip grip)
{
    const std::vector<Item>* list = items(*m_scope->recipe());
    if (row < 0 || row >= pieceCount() || list == nullptr || m_pieces[static_cast<std::size_t>(row)].item >= static_cast<int>(list->size()))
        return;
    select(row);
    m_dragRow = row;
    m_grip = grip;
    m_dragged = m_pieces[static_cast<std::size_t>(row)];
    m_trim = trimOf((*list)[static_cast<std::size_t>(m_dragged.item)], m_dragged, m_player->rate());
    m_dragStart = m_scope->recipe();
    m_order = m_dragged.item;
    static constexpr const char* words[] = {QT_TR_NOOP("Trim start"), QT_TR_NOOP("Trim end"), QT_TR_NOOP("Slip"), QT_TR_NOOP("Reorder")};
    m_document->beginGesture(tr(words[grip]));
}

/// Its place among the others when its middle has moved by so many frames.
int ItemStrip::placeAfter(std::int64_t frames) const
{
    const double middle = static_cast<double>(m_dragged.start) + static_cast<double>(m_dragged.length) / 2 + static_cast<double>(frames);
    int place = m_dragged.item;
    for (const ItemPiece& piece : m_pieces) {
        const double other = static_cast<double>(piece.start) + static_cast<double>(piece.length) / 2;
        if (piece.item > m_dragged.item && middle > other)
            place = std::max(place, piece.item);
        if (piece.item < m_dragged.item && middle < other)
            place = std::min(place, piece.item);
    }
    return place;
}

void ItemStrip::edit(std::int64_t frames)
{
    ItemTrim trim = m_trim;
    const std::int64_t end = m_dragged.sourceFrames >= 0 ? m_dragged.sourceFrames : INT64_MAX / 2;
    switch (m_grip) {
    case Start: trim.in = std::clamp<std::int64_t>(trim.in + frames, 0, trim.out - 1); break;
    case End: trim.out = std::clamp<std::int64_t>(trim.out + frames, trim.in + 1, end); break;
    case Slip: {
        // The pictures go along with the hand: to the right shows what was before.
        const std::int64_t by = std::clamp<std::int64_t>(-frames, -trim.in, std::max<std::int64_t>(-trim.in, end - trim.out));
        trim = {trim.in + by, trim.out + by};
        break;
    }
    case Order: return;
    }
    m_scope->change(withTrim(*m_dragStart, m_node, m_port, m_dragged.item, trim));
}

void ItemStrip::dragBy(double part)
{
    if (m_dragRow < 0)
        return;
    double frames = part * m_window->span();
    if (m_grip == Order) {
        const int to = placeAfter(std::llround(frames));
        m_order = to;
        return;
    }
    if (m_snap && m_grip != Slip) {
        const double edge = static_cast<double>(m_grip == Start ? m_dragged.start : m_dragged.start + m_dragged.length);
        frames = m_snap(edge + frames) - edge;
    }
    edit(std::llround(frames));
}

void ItemStrip::endDrag()
{
    if (m_dragRow < 0)
        return;
    m_dragRow = -1;
    if (m_grip == Order && m_order != m_dragged.item) {
        m_scope->change(moveItem(*m_dragStart, m_node, m_port, m_dragged.item, m_order));
        m_chosen = m_order;
    }
    m_document->endGesture();
    ask();
    askThumbnails();
}

void ItemStrip::nudge(int row, Grip grip, int by)
{
    beginDrag(row, grip);
    if (m_dragRow < 0)
        return;
    if (grip == Order)
        m_order = std::clamp(m_dragged.item + by, 0, static_cast<int>(items(*m_scope->recipe())->size()) - 1);
    else
        edit(by);
    endDrag();
}

void ItemStrip::split()
{
    const std::vector<Item>* list = items(*m_scope->recipe());
    const std::int64_t frame = m_player->frame();
    const ItemPiece* found = nullptr;
    for (const ItemPiece& piece : m_pieces)
        if (frame > piece.start && frame < piece.start + piece.length && (found == nullptr || piece.item == m_chosen))
            found = &piece;
    if (list == nullptr || found == nullptr) {
        Q_EMIT refused(m_pieces.empty() ? tr("Select a sequence to split its items") : tr("Move the playhead into an item to split it there"));
        return;
    }
    const ItemTrim trim = trimOf((*list)[static_cast<std::size_t>(found->item)], *found, m_player->rate());
    m_scope->apply(
        withSplit(*m_scope->recipe(), m_node, m_port, found->item, trim.in + found->source + frame - found->start, trim), tr("Split"));
}

} // namespace artdag
