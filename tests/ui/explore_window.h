// SPDX-License-Identifier: GPL-3.0-or-later
// Explore in the Studio's window, with what its tests ask and do again and again.
#pragma once

#include "tests/ui/studio_window.h"
#include "ui/explore_commands.h"

namespace artdag {

class ExploreWindow : public StudioWindow {
protected:
    [[nodiscard]] ContactSheet* sheet() { return m_session->explore()->sheet(); }
    [[nodiscard]] QQuickItem* named(const char* name) const
    {
        for (QQuickItem* item : itemsBelow(m_window->contentItem())) {
            if (item->objectName() == QLatin1String(name) && item->isVisible())
                return item;
        }
        return nullptr;
    }
    /// The delegate of a row of a view.
    [[nodiscard]] QQuickItem* rowOf(const char* view, int row) const
    {
        QQuickItem* list = named(view);
        if (list == nullptr)
            return nullptr;
        for (QQuickItem* item : itemsBelow(list)) {
            const bool isRow = item->metaObject()->indexOfSignal("chosen(int)") >= 0 || item->metaObject()->indexOfSignal("chosen(int,bool,bool)") >= 0;
            if (isRow && item->property("index").toInt() == row && item->isVisible())
                return item;
        }
        return nullptr;
    }
    [[nodiscard]] static QPoint centreOf(QQuickItem* item) { return item->mapToScene({item->width() / 2, item->height() / 2}).toPoint(); }
    [[nodiscard]] QByteArray written() const { return QByteArray::fromStdString(writeRecipe(*m_session->document()->recipe())); }
    /// Whatever they are by default.
    void pressKeysOf(std::string_view id)
    {
        const auto command = std::ranges::find(exploreCommands(), id, [](const Command& each) { return std::string_view(each.id); });
        QVERIFY(command != exploreCommands().end());
        QTest::keySequence(m_window, QKeySequence::listFromString(QString::fromLatin1(command->keys)).constFirst());
    }
    void showVariations()
    {
        m_canvas->forceActiveFocus();
        QTest::keyClick(m_window, Qt::Key_E);
        QTRY_VERIFY_WITH_TIMEOUT(sheet()->rowTotal() == 12 && sheet()->isSettled(), patience);
        QTRY_VERIFY(named("sheetGrid") != nullptr && named("sheetGrid")->hasActiveFocus());
    }
    void renderOne()
    {
        const int before = m_session->gallery()->total();
        QTest::keyClick(m_window, Qt::Key_E, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->total(), before + 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->queue()->isRunning(), patience);
    }
    void showRenders()
    {
        pressKeysOf("studio.renders");
        QTRY_VERIFY(named("galleryGrid") != nullptr && named("galleryGrid")->hasActiveFocus());
    }
};

} // namespace artdag
