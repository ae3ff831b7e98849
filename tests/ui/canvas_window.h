// SPDX-License-Identifier: GPL-3.0-or-later
// The Studio's window with what tests of the canvas ask and do again and again.
#pragma once

#include "tests/ui/studio_window.h"

namespace artdag {

class CanvasWindow : public StudioWindow {
protected:
    [[nodiscard]] RecipePointer recipe() const { return m_session->document()->recipe(); }
    [[nodiscard]] QByteArray written() const { return QByteArray::fromStdString(writeRecipe(*recipe())); }
    [[nodiscard]] std::size_t steps() const { return m_session->document()->steps(); }
    [[nodiscard]] GraphModel* graph() const { return m_session->graph(); }
    [[nodiscard]] std::string sourceOf(const char* node, const char* port = "picture") const
    {
        const Node* found = recipe()->node(node);
        const PortValue* value = found == nullptr ? nullptr : found->port(port);
        return value == nullptr ? std::string() : std::get<Wire>(value->value).text();
    }
    void click(const char* name, Qt::KeyboardModifiers modifiers = {}) { QTest::mouseClick(m_window, Qt::LeftButton, modifiers, onScreen(card(name).rect.center())); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(m_window, key, modifiers); }
    [[nodiscard]] QPoint middleOf(int wire) const
    {
        const std::vector<QPointF> path = pathOf(graph()->scene().wires()[static_cast<std::size_t>(wire)], 1);
        return onScreen(path[path.size() / 2]);
    }
    [[nodiscard]] int wireInto(const char* node) const
    {
        const auto& wires = graph()->scene().wires();
        for (std::size_t i = 0; i < wires.size(); ++i) {
            if (graph()->scene().cards()[static_cast<std::size_t>(wires[i].toCard)].name == node)
                return static_cast<int>(i);
        }
        return -1;
    }
    /// Nothing is under the pointer, the canvas has the keys.
    void rest()
    {
        openSample();
        m_canvas->forceActiveFocus();
        QTest::mouseMove(m_window, onScreen(card("hum").rect.bottomRight() + QPointF(40, 40)));
    }
};

} // namespace artdag
