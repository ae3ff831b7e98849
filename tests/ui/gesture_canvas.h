// SPDX-License-Identifier: GPL-3.0-or-later
// Hands that a die moves on the canvas: mouse and keys, always at a place where there is something to take hold of and nothing
// lies over it. Each says whether it found such a place.
#pragma once

#include "core/effect/catalogue.h"
#include "tests/ui/studio_window.h"

#include <random>

namespace artdag {

class CanvasHands : public StudioWindow {
protected:
    std::mt19937 m_random;

    int random(int below) { return below <= 0 ? 0 : static_cast<int>(m_random() % static_cast<unsigned>(below)); }
    bool chance(int percent) { return random(100) < percent; }
    template <class List>
    const auto& oneOf(const List& list)
    {
        return list[static_cast<decltype(list.size())>(random(static_cast<int>(list.size())))];
    }
    [[nodiscard]] Document& document() const { return *m_session->document(); }
    [[nodiscard]] GraphModel& graph() const { return *m_session->graph(); }
    [[nodiscard]] const GraphScene& scene() const { return graph().scene(); }
    [[nodiscard]] const SceneCard& cardAt(int index) const { return scene().cards()[static_cast<std::size_t>(index)]; }

    // --- where there is something to take hold of ---

    [[nodiscard]] SceneHit under(QPoint at) const { return scene().hit(m_canvas->toWorld(m_canvas->mapFromScene(at)), 11 / m_canvas->zoom()); }
    /// On the canvas, and nothing lies over it.
    [[nodiscard]] bool isFree(QPoint at) const
    {
        const QQuickItem* panel = m_canvas->parentItem();
        const QPointF in = panel->mapFromScene(at);
        return panel->contains(in) && panel->childAt(in.x(), in.y()) == m_canvas;
    }
    using Wanted = std::function<bool(const SceneHit&)>;
    /// That place on the screen when it is what is wanted there.
    std::optional<QPoint> holdOf(QPointF world, const Wanted& wanted) const
    {
        const QPoint at = onScreen(world);
        return isFree(at) && wanted(under(at)) ? std::optional(at) : std::nullopt;
    }
    /// The same, looking there first when it is not to be seen.
    std::optional<QPoint> reachFor(QPointF world, const Wanted& wanted)
    {
        if (m_canvas->zoom() < 0.5 || m_canvas->zoom() > 1.5 || !holdOf(world, wanted)) {
            m_canvas->zoomBy(1 / m_canvas->zoom(), {});
            m_canvas->centreAt(world);
        }
        return holdOf(world, wanted);
    }
    std::optional<QPoint> nothingThere()
    {
        for (int tries = 0; tries < 40; ++tries) {
            const QPoint at = m_canvas->mapToScene(QPointF(random(static_cast<int>(m_canvas->width())), random(static_cast<int>(m_canvas->height())))).toPoint();
            if (isFree(at) && under(at).what == SceneHit::What::Nothing)
                return at;
        }
        return std::nullopt;
    }
    /// Of a card that is seen; its picture, so that no socket is near.
    std::optional<QPoint> someCard(bool movable)
    {
        for (int tries = 0; tries < 12 && graph().count() > 0; ++tries) {
            const int index = random(graph().count());
            const SceneCard& card = cardAt(index);
            if (card.hidden || (movable && card.kind == CardKind::Output))
                continue;
            const QPointF place(card.rect.x() + 30 + random(100), card.rect.y() + 6 + random(static_cast<int>(card.rect.height()) - 12));
            if (const auto at = reachFor(place, [&](const SceneHit& hit) { return hit.what == SceneHit::What::Card && hit.card == index; }))
                return at;
        }
        return std::nullopt;
    }
    static QPointF middleOf(const SceneWire& wire)
    {
        const std::vector<QPointF> path = pathOf(wire, 1);
        return path[path.size() / 2];
    }
    std::optional<QPoint> someWire()
    {
        for (int tries = 0; tries < 12 && !scene().wires().empty(); ++tries) {
            const SceneWire& wire = oneOf(scene().wires());
            if (wire.hidden)
                continue;
            if (const auto at = reachFor(middleOf(wire), [](const SceneHit& hit) { return hit.what == SceneHit::What::Wire; }))
                return at;
        }
        return std::nullopt;
    }
    /// By 40 to 160 to each side: enough for the grid, not so far that nothing is found again.
    QPoint by() { return {(40 + random(120)) * (chance(50) ? 1 : -1), (40 + random(120)) * (chance(50) ? 1 : -1)}; }

    // --- on the canvas ---

    bool clickACard()
    {
        const auto at = someCard(false);
        if (at)
            QTest::mouseClick(m_window, Qt::LeftButton, chance(30) ? Qt::ShiftModifier : Qt::NoModifier, *at);
        return at.has_value();
    }
    bool drawAMarquee()
    {
        const auto from = nothingThere(), to = nothingThere();
        if (from && to)
            drag(*from, *to);
        return from && to;
    }
    bool turnTheWheel()
    {
        const QPointF at = m_canvas->mapToScene({200, 200});
        QWheelEvent wheel(at, m_window->mapToGlobal(at), {}, {0, chance(50) ? 120 : -120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_window, &wheel);
        return true;
    }
    bool dragACard()
    {
        const auto at = someCard(true);
        if (at)
            drag(*at, *at + by());
        return at.has_value();
    }
    bool dragAFrame(SceneHit::What part)
    {
        if (scene().frames().empty())
            return false;
        const SceneFrame& frame = oneOf(scene().frames());
        const bool title = part == SceneHit::What::FrameTitle;
        const QPointF place = title ? frame.rect.topLeft() + QPointF(60, 16) : QPointF(frame.rect.right() - 1, frame.rect.bottom() - 30);
        const auto at = frame.hidden || (frame.folded && !title) ? std::nullopt : reachFor(place, [&](const SceneHit& hit) { return hit.what == part; });
        if (at)
            drag(*at, *at + by());
        return at.has_value();
    }
    bool moveAFrame() { return dragAFrame(SceneHit::What::FrameTitle); }
    bool resizeAFrame() { return dragAFrame(SceneHit::What::FrameEdge); }
    bool dotAWire()
    {
        const auto at = someWire();
        if (at)
            QTest::mouseClick(m_window, Qt::LeftButton, Qt::ControlModifier, *at);
        return at.has_value();
    }
    bool dragADot()
    {
        for (const SceneWire& wire : scene().wires()) {
            if (wire.hidden || wire.dots.empty())
                continue;
            const auto at = reachFor(oneOf(wire.dots), [](const SceneHit& hit) { return hit.what == SceneHit::What::Dot; });
            if (at)
                drag(*at, *at + by());
            return at.has_value();
        }
        return false;
    }
    /// X held, across a wire.
    bool cutAWire()
    {
        const auto at = someWire();
        if (!at || !isFree(*at - QPoint(3, 30)))
            return false;
        m_canvas->forceActiveFocus();
        QTest::keyPress(m_window, Qt::Key_X);
        drag(*at - QPoint(3, 30), *at + QPoint(3, 30));
        QTest::keyRelease(m_window, Qt::Key_X);
        return true;
    }
    std::optional<QPoint> socket(int card, int port, bool input)
    {
        const SceneCard& of = cardAt(card);
        return holdOf((input ? of.inputs : of.outputs)[static_cast<std::size_t>(port)].at,
            [&](const SceneHit& hit) { return hit.what == SceneHit::What::Port && hit.card == card && hit.port == port && hit.input == input; });
    }
    /// From an output to an input that takes it and has something else.
    bool connectCards()
    {
        if (graph().count() == 0)
            return false;
        const QVariantList ways = graph().connections(graph().nameAt(random(graph().count())));
        for (int tries = 0; tries < 8 && !ways.isEmpty(); ++tries) {
            const QVariantMap way = oneOf(ways).toMap();
            const int from = way[QStringLiteral("card")].toInt(), port = way[QStringLiteral("port")].toInt(), to = way[QStringLiteral("toCard")].toInt(), toPort = way[QStringLiteral("toPort")].toInt();
            if (std::ranges::any_of(scene().wires(), [&](const SceneWire& wire) { return wire.fromCard == from && wire.fromPort == port && wire.toCard == to && wire.toPort == toPort; }))
                continue;
            if (!socket(from, port, false) || !socket(to, toPort, true))
                m_canvas->centreAt((cardAt(from).rect.center() + cardAt(to).rect.center()) / 2);
            const auto start = socket(from, port, false), end = socket(to, toPort, true);
            if (start && end) {
                drag(*start, *end);
                return true;
            }
        }
        return false;
    }
    /// From a socket to where nothing is, which asks what should be there.
    bool pullAWire(bool connected)
    {
        for (int tries = 0; tries < 12 && graph().count() > 0; ++tries) {
            const int index = random(graph().count());
            const bool input = connected || chance(40);
            const auto& ports = input ? cardAt(index).inputs : cardAt(index).outputs;
            if (ports.empty() || cardAt(index).hidden)
                continue;
            const int port = random(static_cast<int>(ports.size()));
            if (input && ports[static_cast<std::size_t>(port)].connected != connected)
                continue;
            m_canvas->centreAt(cardAt(index).rect.center());
            const auto from = socket(index, port, input), to = nothingThere();
            if (!from || !to)
                continue;
            drag(*from, *to);
            if (!connected)
                takeWhatIsOffered();
            return true;
        }
        return false;
    }
    bool pullAFreeWire() { return pullAWire(false); }
    bool unplug() { return pullAWire(true); }
    /// Down a few times, then Enter.
    void takeWhatIsOffered()
    {
        QCoreApplication::processEvents();
        if (panel() != QLatin1String("popup"))
            return;
        for (int down = random(6); down > 0; --down)
            QTest::keyClick(m_window, Qt::Key_Down);
        QTest::keyClick(m_window, Qt::Key_Return);
    }
    void typeAndEnter(const QString& text)
    {
        QCoreApplication::processEvents();
        if (panel() != QLatin1String("popup"))
            return;
        type(text);
        QTest::keyClick(m_window, Qt::Key_Return);
    }
    QString someEffect() { return toQt(oneOf(builtinEffects().entries).name); }
    void typeAnEffect() { typeAndEnter(someEffect().replace(QLatin1Char('_'), QLatin1Char(' ')).left(7)); }
    bool doubleClickAndType()
    {
        const auto at = nothingThere();
        if (at) {
            QTest::mouseDClick(m_window, Qt::LeftButton, {}, *at);
            typeAnEffect();
        }
        return at.has_value();
    }
    /// As from the library, onto the canvas.
    bool dropAnEffect()
    {
        m_session->explore()->library()->useAt(QStringLiteral("effects"), someEffect(), {random(1600) - 200.0, random(1000) - 200.0});
        return true;
    }
};

} // namespace artdag
