// SPDX-License-Identifier: GPL-3.0-or-later
// Where the things of a scene are: cards, their ports, wires with dots, frames and what is folded into them.
#include "ui/graph_layout.h"
#include "ui/graph_scene.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
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

QRectF foldedRect(const QRectF& whole)
{
    return {whole.topLeft(), QSizeF(std::min(whole.width(), 240.0), GraphScene::frameTitle)};
}
} // namespace

void GraphScene::placeCards(const Recipe& recipe)
{
    bool allPlaced = true;
    for (SceneCard& card : m_cards) {
        card.rect = QRectF(0, 0, cardWidth, heightFor(card));
        const auto found = recipe.layout.find(card.name);
        if (found == recipe.layout.end())
            allPlaced = false;
        else
            card.rect.moveTo(found->second.first, found->second.second);
    }
    if (!allPlaced)
        placeUnplaced(recipe);
}

/// What nobody has placed goes where the layout says, right of everything when it is an output, below otherwise.
void GraphScene::placeUnplaced(const Recipe& recipe)
{
    std::vector<LayoutCard> wanted;
    std::vector<std::pair<int, int>> wires;
    QRectF placed;
    std::size_t unplaced = 0, unplacedOutputs = 0;
    for (const SceneCard& card : m_cards) {
        wanted.push_back({card.name, card.rect.size()});
        if (recipe.layout.contains(card.name)) {
            placed |= card.rect;
        } else {
            ++unplaced;
            unplacedOutputs += card.kind == CardKind::Output ? 1 : 0;
        }
    }
    const bool all = unplaced == m_cards.size();
    std::vector<QPointF> places(m_cards.size());
    if (unplaced > unplacedOutputs || all) {
        for (const SceneWire& wire : m_wires)
            wires.emplace_back(wire.fromCard, wire.toCard);
        places = layoutGraph(wanted, wires, {0, 0});
    }
    double below = placed.bottom() + 48;
    double right = placed.top();
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        SceneCard& card = m_cards[i];
        if (recipe.layout.contains(card.name))
            continue;
        if (all) {
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
    if (!card.hidden)
        return;
    const QRectF& frame = m_frames[static_cast<std::size_t>(m_foldedIn.at(static_cast<int>(&card - m_cards.data())))].rect;
    for (ScenePort& port : card.inputs)
        port.at = {frame.left(), frame.center().y()};
    for (ScenePort& port : card.outputs)
        port.at = {frame.right(), frame.center().y()};
}

void GraphScene::placeWire(SceneWire& wire)
{
    const SceneCard& from = m_cards[static_cast<std::size_t>(wire.fromCard)];
    const SceneCard& to = m_cards[static_cast<std::size_t>(wire.toCard)];
    wire.a = from.outputs[static_cast<std::size_t>(wire.fromPort)].at;
    wire.b = to.inputs[static_cast<std::size_t>(wire.toPort)].at;
    wire.hidden = from.hidden && to.hidden && m_foldedIn.at(wire.fromCard) == m_foldedIn.at(wire.toCard);
}

void GraphScene::addMarks(const Recipe& recipe)
{
    const CanvasMarks marks = marksOf(recipe);
    for (const CanvasFrame& frame : marks.frames) {
        const QRectF whole(frame.x, frame.y, frame.width, frame.height);
        m_frames.push_back({frame.name, frame.title, frame.colour, frame.folded, false, frame.folded ? foldedRect(whole) : whole, whole});
    }
    for (const CanvasFrame& frame : marks.frames) {
        if (frame.folded)
            fold(frame);
    }
    for (SceneWire& wire : m_wires) {
        const auto dots = marks.dots.find(wire.mark);
        if (dots == marks.dots.end())
            continue;
        for (const LayoutPoint& point : dots->second)
            wire.dots.emplace_back(point.first, point.second);
    }
}

void GraphScene::fold(const CanvasFrame& frame)
{
    m_held[frame.name] = frame.holds;
    for (const std::string& held : frame.holds) {
        if (held.starts_with("#")) {
            if (const int inner = this->frame(held.substr(1)); inner >= 0)
                m_frames[static_cast<std::size_t>(inner)].hidden = true;
            continue;
        }
        const int index = card(held);
        if (index < 0)
            continue;
        // Of frames in one another the outermost folded one, which comes first, has the card.
        m_foldedIn.emplace(index, this->frame(frame.name));
        m_cards[static_cast<std::size_t>(index)].hidden = true;
        placePorts(m_cards[static_cast<std::size_t>(index)]);
    }
}

int GraphScene::frame(const std::string& name) const
{
    const auto found = std::ranges::find(m_frames, name, &SceneFrame::name);
    return found == m_frames.end() ? -1 : static_cast<int>(found - m_frames.begin());
}

FrameContents GraphScene::contentsOf(int index) const
{
    const SceneFrame& frame = m_frames[static_cast<std::size_t>(index)];
    FrameContents contents;
    const auto held = m_held.find(frame.name);
    const auto holds = [&](const std::string& name, const QRectF& rect) {
        return frame.folded ? held != m_held.end() && std::ranges::find(held->second, name) != held->second.end() : frame.whole.contains(rect);
    };
    for (const SceneCard& card : m_cards) {
        if (holds(card.name, card.rect))
            contents.cards.push_back(card.name);
    }
    for (std::size_t i = 0; i < m_frames.size(); ++i) {
        if (static_cast<int>(i) != index && m_frames[i].whole != frame.whole && holds("#" + m_frames[i].name, m_frames[i].whole))
            contents.frames.push_back(static_cast<int>(i));
    }
    for (std::size_t w = 0; w < m_wires.size(); ++w) {
        for (std::size_t d = 0; d < m_wires[w].dots.size(); ++d) {
            if (frame.whole.contains(m_wires[w].dots[d]))
                contents.dots.emplace_back(static_cast<int>(w), static_cast<int>(d));
        }
    }
    return contents;
}

void GraphScene::setFrameRect(int index, const QRectF& rect)
{
    SceneFrame& frame = m_frames[static_cast<std::size_t>(index)];
    m_bounds.reset();
    frame.whole = rect;
    frame.rect = frame.folded ? foldedRect(rect) : rect;
    for (const auto& [card, in] : m_foldedIn) {
        if (in != index)
            continue;
        placePorts(m_cards[static_cast<std::size_t>(card)]);
        for (const int wire : wiresOf(card))
            placeWire(m_wires[static_cast<std::size_t>(wire)]);
    }
}

void GraphScene::moveCards(const std::map<std::string, QPointF>& topLefts)
{
    m_bounds.reset();
    for (const auto& [name, topLeft] : topLefts) {
        const int found = card(name);
        if (found < 0)
            continue;
        m_cards[static_cast<std::size_t>(found)].rect.moveTo(topLeft);
        placePorts(m_cards[static_cast<std::size_t>(found)]);
        for (const int wire : wiresOf(found))
            placeWire(m_wires[static_cast<std::size_t>(wire)]);
    }
}

} // namespace artdag
