// SPDX-License-Identifier: GPL-3.0-or-later
// What is under a point of a scene. A grid of cells keeps that quick for thousands of cards.
#include "ui/graph_scene.h"

#include <algorithm>
#include <array>
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

/// Whether two lines cross.
bool cross(QPointF a, QPointF b, QPointF c, QPointF d)
{
    const auto side = [](QPointF from, QPointF to, QPointF point) { return (to.x() - from.x()) * (point.y() - from.y()) - (to.y() - from.y()) * (point.x() - from.x()); };
    return (side(a, b, c) > 0) != (side(a, b, d) > 0) && (side(c, d, a) > 0) != (side(c, d, b) > 0);
}

/// From 0 to 1, closer together at both ends; worked out once, as each wire near the pointer is asked for its points at each move.
const std::vector<double>& placesOf(int samples)
{
    static const auto all = [] {
        std::array<std::vector<double>, hitSamples + 1> each;
        for (int count = 1; count <= hitSamples; ++count)
            for (int i = 0; i <= count; ++i)
                each[static_cast<std::size_t>(count)].push_back((1 - std::cos(M_PI * i / count)) / 2);
        return each;
    }();
    return all.at(static_cast<std::size_t>(samples));
}

/// How far a wire goes to the right before it turns.
double reachOf(QPointF a, QPointF b)
{
    return std::clamp(std::abs(b.x() - a.x()) / 2, 24.0, 120.0);
}
} // namespace

/// Its points are closer together near its ends, where it bends: with n of them none is further than 2.2 · reach / n² from the curve.
std::vector<QPointF> wireCurve(QPointF a, QPointF b, int samples)
{
    const double reach = reachOf(a, b);
    const QPointF c1 = a + QPointF(reach, 0);
    const QPointF c2 = b - QPointF(reach, 0);
    std::vector<QPointF> points;
    points.reserve(static_cast<std::size_t>(samples) + 1);
    for (const double t : placesOf(samples)) {
        const double u = 1 - t;
        points.push_back(u * u * u * a + 3 * u * u * t * c1 + 3 * u * t * t * c2 + t * t * t * b);
    }
    return points;
}

std::vector<QPointF> pathOf(const SceneWire& wire, double zoom)
{
    std::vector<QPointF> path;
    QPointF from = wire.a;
    for (std::size_t i = 0; i <= wire.dots.size(); ++i) {
        const QPointF to = i < wire.dots.size() ? wire.dots[i] : wire.b;
        // What looks smooth on the screen and no more: by its length, or to 0.4 of a pixel.
        const double length = (std::abs(to.x() - from.x()) + std::abs(to.y() - from.y())) * zoom;
        const double enough = std::ceil(std::sqrt(2.2 * reachOf(from, to) * zoom / 0.4));
        std::vector<QPointF> part = wireCurve(from, to, std::clamp(static_cast<int>(std::min(length / 12, enough)), 4, hitSamples));
        path.insert(path.end(), part.begin() + (path.empty() ? 0 : 1), part.end());
        from = to;
    }
    return path;
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
    m_bounds.reset();
    m_grid.clear();
    m_wiresOf.assign(m_cards.size(), {});
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        if (!m_cards[i].hidden)
            forCells(m_cards[i].rect.adjusted(-16, -16, 16, 16), [&](std::uint64_t key) { m_grid[key].cards.push_back(static_cast<int>(i)); });
    }
    for (std::size_t i = 0; i < m_wires.size(); ++i) {
        const SceneWire& wire = m_wires[i];
        m_wiresOf[static_cast<std::size_t>(wire.fromCard)].push_back(static_cast<int>(i));
        if (wire.toCard != wire.fromCard)
            m_wiresOf[static_cast<std::size_t>(wire.toCard)].push_back(static_cast<int>(i));
        if (wire.hidden)
            continue;
        // By the cells that it goes through: the box around a long wire would be most of the plane.
        const std::vector<QPointF> path = pathOf(wire, 1);
        for (std::size_t p = 1; p < path.size(); ++p)
            forCells(QRectF(path[p - 1], path[p]).normalized().adjusted(-16, -16, 16, 16), [&](std::uint64_t key) {
                std::vector<int>& wires = m_grid[key].wires;
                if (wires.empty() || wires.back() != static_cast<int>(i))
                    wires.push_back(static_cast<int>(i));
            });
    }
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
    SceneHit best = hitCard({cards.begin(), cards.end()}, point, tolerance);
    if (best.what == SceneHit::What::Nothing)
        best = hitWire({wires.begin(), wires.end()}, point, tolerance);
    return best.what == SceneHit::What::Nothing ? hitFrame(point, tolerance) : best;
}

SceneHit GraphScene::hitCard(const std::vector<int>& cards, QPointF point, double tolerance) const
{
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
    return best;
}

SceneHit GraphScene::hitWire(const std::vector<int>& wires, QPointF point, double tolerance) const
{
    SceneHit best;
    double nearest = tolerance;
    for (const int index : wires) {
        const SceneWire& wire = m_wires[static_cast<std::size_t>(index)];
        for (std::size_t dot = 0; dot < wire.dots.size(); ++dot) {
            const QPointF gap = wire.dots[dot] - point;
            if (std::hypot(gap.x(), gap.y()) <= tolerance)
                return {.what = SceneHit::What::Dot, .wire = index, .dot = static_cast<int>(dot)};
        }
        const double distance = distanceToCurve(pathOf(wire, 1), point);
        if (distance <= nearest) {
            nearest = distance;
            best = {SceneHit::What::Wire, -1, -1, false, index};
        }
    }
    return best;
}

int GraphScene::wireAt(QPointF point, double tolerance, int exceptCard) const
{
    std::set<int> wires;
    forCells(QRectF(point.x() - tolerance, point.y() - tolerance, 2 * tolerance, 2 * tolerance), [&](std::uint64_t key) {
        if (const auto cell = m_grid.find(key); cell != m_grid.end())
            wires.insert(cell->second.wires.begin(), cell->second.wires.end());
    });
    std::erase_if(wires, [&](int wire) { return m_wires[static_cast<std::size_t>(wire)].fromCard == exceptCard || m_wires[static_cast<std::size_t>(wire)].toCard == exceptCard; });
    return hitWire({wires.begin(), wires.end()}, point, tolerance).wire;
}

SceneHit GraphScene::hitFrame(QPointF point, double tolerance) const
{
    const double grip = std::min(tolerance, 12.0);
    for (std::size_t i = m_frames.size(); i-- > 0;) {
        const SceneFrame& frame = m_frames[i];
        if (frame.hidden || !frame.rect.adjusted(-grip / 2, -grip / 2, grip / 2, grip / 2).contains(point))
            continue;
        SceneHit hit{.what = SceneHit::What::FrameEdge, .frame = static_cast<int>(i)};
        if (!frame.folded) {
            hit.edges.setFlag(Qt::LeftEdge, point.x() < frame.rect.left() + grip / 2);
            hit.edges.setFlag(Qt::RightEdge, point.x() > frame.rect.right() - grip / 2);
            hit.edges.setFlag(Qt::TopEdge, point.y() < frame.rect.top() + grip / 3);
            hit.edges.setFlag(Qt::BottomEdge, point.y() > frame.rect.bottom() - grip / 2);
        }
        if (hit.edges)
            return hit;
        hit.what = SceneHit::What::FrameTitle;
        if (point.y() <= frame.rect.top() + frameTitle)
            return hit;
    }
    return {};
}

std::vector<int> GraphScene::wiresAcross(QPointF from, QPointF to) const
{
    std::vector<int> found;
    for (std::size_t i = 0; i < m_wires.size(); ++i) {
        if (m_wires[i].hidden)
            continue;
        const std::vector<QPointF> path = pathOf(m_wires[i], 1);
        for (std::size_t p = 1; p < path.size(); ++p) {
            if (cross(path[p - 1], path[p], from, to)) {
                found.push_back(static_cast<int>(i));
                break;
            }
        }
    }
    return found;
}

std::vector<int> GraphScene::cardsIn(const QRectF& rect) const
{
    std::vector<int> found;
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        if (!m_cards[i].hidden && m_cards[i].rect.intersects(rect))
            found.push_back(static_cast<int>(i));
    }
    return found;
}

} // namespace artdag
