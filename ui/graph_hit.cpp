// SPDX-License-Identifier: GPL-3.0-or-later
// What is under a point of a scene. A grid of cells keeps that quick for thousands of cards.
#include "ui/graph_scene.h"

#include <algorithm>
#include <cmath>
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
} // namespace

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

void GraphScene::index()
{
    m_grid.clear();
    for (std::size_t i = 0; i < m_cards.size(); ++i)
        forCells(m_cards[i].rect.adjusted(-16, -16, 16, 16), [&](std::uint64_t key) { m_grid[key].cards.push_back(static_cast<int>(i)); });
    for (std::size_t i = 0; i < m_wires.size(); ++i)
        forCells(boundsOf(m_wires[i]), [&](std::uint64_t key) { m_grid[key].wires.push_back(static_cast<int>(i)); });
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

} // namespace artdag
