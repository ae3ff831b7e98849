// SPDX-License-Identifier: GPL-3.0-or-later
// The window with the viewer's sample open, and what tests of viewer and timeline look at.
#pragma once

#include "tests/ui/studio_window.h"
#include "tests/ui/viewer_sample.h"

#include <cstdlib>

namespace artdag {

inline bool near(const QColor& a, const QColor& b, int reach = 6)
{
    return std::abs(a.red() - b.red()) <= reach && std::abs(a.green() - b.green()) <= reach && std::abs(a.blue() - b.blue()) <= reach;
}

class ViewerWindow : protected StudioWindow {
protected:
    Viewer* m_viewer = nullptr;
    Timeline* m_timeline = nullptr;
    QQuickItem* m_stage = nullptr;

    void openText(const char* text)
    {
        const QString path = pathToQt(m_home->path() / "viewer.artdag");
        QVERIFY(writeFileAtomically(toPath(path), bytesOf(std::string_view(text))).has_value());
        QVERIFY(m_session->open(path));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isReady(), patience);
        m_canvas->fitAll();
    }
    void show(const char* card)
    {
        m_session->graph()->select(QString::fromLatin1(card));
        QTRY_VERIFY_WITH_TIMEOUT(!m_viewer->image().isNull() && !m_viewer->isBusy(), patience);
    }
    /// A point of the stage in the window.
    [[nodiscard]] QPoint at(double x, double y) const { return m_stage->mapToScene({m_stage->width() * x, m_stage->height() * y}).toPoint(); }
    [[nodiscard]] QColor seen(double x, double y) const { return m_window->grabWindow().pixelColor(at(x, y)); }
    [[nodiscard]] QQuickItem* named(const QString& name) const
    {
        for (QQuickItem* item : itemsBelow(m_window->contentItem()))
            if (item->objectName() == name && item->isVisible())
                return item;
        return nullptr;
    }
    static QPoint middleOf(const QQuickItem* item) { return item->mapToScene({item->width() / 2, item->height() / 2}).toPoint(); }
    void focusViewer() { QTest::mouseClick(m_window, Qt::LeftButton, {}, at(0.5, 0.02)); }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(m_window, static_cast<Qt::Key>(key), modifiers); }
    [[nodiscard]] const Json* argument(const char* node, const char* name) const { return m_session->document()->recipe()->node(node)->arg(name); }
    [[nodiscard]] const std::vector<Item>& items() const { return std::get<std::vector<Item>>(m_session->document()->recipe()->node("edit")->port("items")->value); }

    void openViewer()
    {
        openWindow();
        m_viewer = m_session->viewer();
        m_timeline = m_session->timeline();
        m_stage = m_window->findChild<QQuickItem*>(QStringLiteral("stage"));
        QVERIFY(m_stage != nullptr);
    }
    void openEach()
    {
        openText(viewerSample);
        m_viewer->camera()->fit();
        m_session->player()->pause();
        m_session->player()->seek(0);
        m_canvas->forceActiveFocus();
    }
};

} // namespace artdag
