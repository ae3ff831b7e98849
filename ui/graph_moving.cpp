// SPDX-License-Identifier: GPL-3.0-or-later
// Moving: by the mouse, into line, and into a layout. What is dragged changes the scene only; the end of it the recipe.
#include "ui/graph_layout.h"
#include "ui/graph_model.h"
#include "ui/graph_wiring.h"

#include <algorithm>
#include <cmath>

namespace artdag {

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
    m_scope.apply(moveNodes(*m_scope.recipe(), positions), tr("Lay out"));
}

void GraphModel::align(Line line)
{
    std::vector<const SceneCard*> cards;
    for (const SceneCard& card : m_scene.cards()) {
        if (m_selected.contains(card.name) && card.kind != CardKind::Output)
            cards.push_back(&card);
    }
    if (cards.size() < 2)
        return;
    const bool across = line == Line::Across || line == Line::Left;
    const auto at = [across](const SceneCard* card) { return across ? card->rect.left() : card->rect.top(); };
    const auto extent = [across](const SceneCard* card) { return across ? card->rect.width() : card->rect.height(); };
    std::stable_sort(cards.begin(), cards.end(), [&](const SceneCard* a, const SceneCard* b) { return at(a) < at(b); });
    double free = at(cards.back()) + extent(cards.back()) - at(cards.front());
    for (const SceneCard* card : cards)
        free -= extent(card);
    const double gap = std::max(24.0, free / static_cast<double>(cards.size() - 1));
    std::map<std::string, LayoutPoint> places;
    double next = at(cards.front());
    for (const SceneCard* card : cards) {
        places[card->name] = onGrid(across ? QPointF(next, card->rect.y()) : QPointF(card->rect.x(), next));
        if (line == Line::Across || line == Line::Down)
            next += extent(card) + gap;
    }
    m_scope.apply(moveNodes(placedRecipe(), places), line == Line::Left || line == Line::Top ? tr("Align") : tr("Distribute"));
}

Recipe GraphModel::placedRecipe() const
{
    // Cards that nobody had placed are placed now too, or they would jump when others are.
    Result<Recipe> placed = moveNodes(*m_scope.recipe(), positionsOfAll());
    return placed ? std::move(*placed) : *m_scope.recipe();
}

void GraphModel::beginMove()
{
    m_moving = {.active = true};
    for (const SceneCard& card : m_scene.cards()) {
        if (m_selected.contains(card.name) && card.kind != CardKind::Output)
            m_moving.cards[card.name] = card.rect.topLeft();
    }
    // Dots go along when both ends of their wire do.
    for (std::size_t w = 0; w < m_scene.wires().size(); ++w) {
        const SceneWire& wire = m_scene.wires()[w];
        if (!isMoved(m_scene.cards()[static_cast<std::size_t>(wire.fromCard)].name) || !isMoved(m_scene.cards()[static_cast<std::size_t>(wire.toCard)].name))
            continue;
        for (std::size_t d = 0; d < wire.dots.size(); ++d)
            m_moving.dots.emplace_back(static_cast<int>(w), static_cast<int>(d), wire.dots[d]);
    }
    m_moving.words = m_moving.cards.size() == 1 ? tr("Move %1").arg(toQt(std::string_view(m_moving.cards.begin()->first))) : tr("Move %1 cards").arg(m_moving.cards.size());
    Q_EMIT movingChanged();
}

bool GraphModel::isDotMoved(int wire) const
{
    return std::ranges::any_of(m_moving.dots, [wire](const auto& dot) { return std::get<0>(dot) == wire; });
}

void GraphModel::beginMoveOfFrame(int frame)
{
    m_moving = {.active = true, .words = tr("Move frame")};
    const FrameContents contents = m_scene.contentsOf(frame);
    for (const std::string& name : contents.cards) {
        const SceneCard& card = m_scene.cards()[static_cast<std::size_t>(m_scene.card(name))];
        if (card.kind != CardKind::Output)
            m_moving.cards[name] = card.rect.topLeft();
    }
    m_moving.frames.emplace_back(frame, m_scene.frames()[static_cast<std::size_t>(frame)].whole);
    for (const int inner : contents.frames)
        m_moving.frames.emplace_back(inner, m_scene.frames()[static_cast<std::size_t>(inner)].whole);
    for (const auto& [wire, dot] : contents.dots)
        m_moving.dots.emplace_back(wire, dot, m_scene.wires()[static_cast<std::size_t>(wire)].dots[static_cast<std::size_t>(dot)]);
    Q_EMIT movingChanged();
}

void GraphModel::beginMoveOfDot(int wire, int dot)
{
    m_moving = {.active = true, .words = tr("Move dot")};
    m_moving.dots.emplace_back(wire, dot, m_scene.wires()[static_cast<std::size_t>(wire)].dots[static_cast<std::size_t>(dot)]);
    Q_EMIT movingChanged();
}

void GraphModel::moveBy(QPointF offset)
{
    const LayoutPoint step = onGrid(offset);
    const QPointF shift(step.first, step.second);
    std::map<std::string, QPointF> places;
    for (const auto& [name, start] : m_moving.cards) {
        const LayoutPoint place = onGrid(start + shift);
        places[name] = {place.first, place.second};
    }
    for (const auto& [frame, start] : m_moving.frames)
        m_scene.setFrameRect(frame, start.translated(shift));
    for (const auto& [wire, dot, start] : m_moving.dots)
        m_scene.moveDot(wire, dot, start + shift);
    m_scene.moveCards(places);
    if (!m_moving.frames.empty())
        m_frameRows.setFrames(m_scene, m_selectedFrame);
    for (const auto& [name, place] : places) {
        if (const int row = m_scene.card(name); row >= 0)
            Q_EMIT dataChanged(index(row), index(row), {CardXRole, CardYRole});
    }
    Q_EMIT placesChanged();
}

/// The recipe's marks with dots and frames where they have been dragged.
CanvasMarks GraphModel::movedMarks(const Recipe& recipe) const
{
    CanvasMarks marks = marksOf(recipe);
    for (const auto& [index, start] : m_moving.frames) {
        const SceneFrame& moved = m_scene.frames()[static_cast<std::size_t>(index)];
        if (CanvasFrame* frame = marks.frame(moved.name)) {
            frame->x = moved.whole.x();
            frame->y = moved.whole.y();
            frame->width = moved.whole.width();
            frame->height = moved.whole.height();
        }
    }
    for (const auto& [index, dot, start] : m_moving.dots) {
        const SceneWire& wire = m_scene.wires()[static_cast<std::size_t>(index)];
        auto& dots = marks.dots[wire.mark];
        if (dot < static_cast<int>(dots.size()))
            dots[static_cast<std::size_t>(dot)] = onGrid(wire.dots[static_cast<std::size_t>(dot)]);
    }
    return marks;
}

void GraphModel::endMove(int onto)
{
    if (!m_moving.active)
        return;
    bool moved = false;
    for (const auto& [name, start] : m_moving.cards) {
        const int card = m_scene.card(name);
        moved = moved || (card >= 0 && m_scene.cards()[static_cast<std::size_t>(card)].rect.topLeft() != start);
    }
    for (const auto& [frame, start] : m_moving.frames)
        moved = moved || m_scene.frames()[static_cast<std::size_t>(frame)].whole != start;
    for (const auto& [wire, dot, start] : m_moving.dots)
        moved = moved || m_scene.wires()[static_cast<std::size_t>(wire)].dots[static_cast<std::size_t>(dot)] != start;
    const bool inserted = moved && onto >= 0 && fitsInto(onto);
    Result<Recipe> next = *m_scope.recipe();
    QString words = m_moving.words;
    if (moved) {
        next = placedRecipe();
        if (!m_moving.frames.empty() || !m_moving.dots.empty())
            next = withMarks(*next, movedMarks(*next));
        if (inserted) {
            const SceneCard& card = m_scene.cards()[static_cast<std::size_t>(m_scene.card(m_moving.cards.begin()->first))];
            next = putIntoWire(*next, m_scene, m_scene.wires()[static_cast<std::size_t>(onto)], card);
            words = tr("Insert %1").arg(toQt(std::string_view(card.title)));
        }
    }
    m_moving = {};
    m_scene.settle();
    Q_EMIT movingChanged();
    const std::string mark = m_selectedWire < 0 ? std::string() : m_scene.wires()[static_cast<std::size_t>(m_selectedWire)].mark;
    const int dot = m_selectedDot;
    if (moved)
        m_scope.apply(std::move(next), words);
    // A dragged dot stays selected in the new scene.
    for (std::size_t i = 0; moved && dot >= 0 && i < m_scene.wires().size(); ++i) {
        if (m_scene.wires()[i].mark == mark)
            selectWire(static_cast<int>(i), dot);
    }
}

void GraphModel::cancelMove()
{
    if (!m_moving.active)
        return;
    moveBy({});
    m_moving = {};
    m_scene.settle();
    Q_EMIT movingChanged();
    onRecipeChanged();
}

bool GraphModel::fitsInto(int wire) const
{
    if (!m_moving.active || m_moving.cards.size() != 1 || !m_moving.frames.empty())
        return false;
    const SceneCard& card = m_scene.cards()[static_cast<std::size_t>(m_scene.card(m_moving.cards.begin()->first))];
    return m_scene.canInsert(wire, card);
}

void GraphModel::resizeFrame(int frame, Qt::Edges edges, QPointF offset)
{
    const LayoutPoint step = onGrid(offset);
    if (!m_moving.active) {
        m_moving = {.active = true, .words = tr("Resize frame")};
        m_moving.frames.emplace_back(frame, m_scene.frames()[static_cast<std::size_t>(frame)].whole);
        Q_EMIT movingChanged();
    }
    QRectF rect = m_moving.frames.front().second;
    constexpr double least = 80;
    if (edges & Qt::LeftEdge)
        rect.setLeft(std::min(rect.left() + step.first, rect.right() - least));
    if (edges & Qt::RightEdge)
        rect.setRight(std::max(rect.right() + step.first, rect.left() + least));
    if (edges & Qt::TopEdge)
        rect.setTop(std::min(rect.top() + step.second, rect.bottom() - least));
    if (edges & Qt::BottomEdge)
        rect.setBottom(std::max(rect.bottom() + step.second, rect.top() + least));
    m_scene.setFrameRect(frame, rect);
    m_frameRows.setFrames(m_scene, m_selectedFrame);
    Q_EMIT placesChanged();
}

} // namespace artdag
