// SPDX-License-Identifier: GPL-3.0-or-later
// The Studio's window in a home of its own, and hands to work in it.
#pragma once

#include "core/base/files.h"
#include "tests/ui/patience.h"
#include "tests/ui/sample_recipe.h"
#include "ui/qt_std.h"
#include "ui/session.h"

#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QtTest>

#include <functional>

namespace artdag {

class StudioWindow {
protected:
    QString m_openBefore; ///< a recipe that is open before there is a window, as when the program was asked for it
    std::unique_ptr<TemporaryDirectory> m_home;
    std::unique_ptr<StudioSession> m_session;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    QQuickWindow* m_window = nullptr;
    GraphCanvas* m_canvas = nullptr;

    [[nodiscard]] QPoint onScreen(QPointF world) const { return m_canvas->mapToScene(m_canvas->toScreen(world)).toPoint(); }
    [[nodiscard]] const SceneCard& card(const char* name) const
    {
        const GraphScene& scene = m_session->graph()->scene();
        return scene.cards()[static_cast<std::size_t>(scene.card(name))];
    }
    static QList<QQuickItem*> itemsBelow(QQuickItem* item)
    {
        QList<QQuickItem*> items;
        for (QQuickItem* child : item->childItems())
            items << child << itemsBelow(child);
        return items;
    }
    /// The visible item with that value and a property of that other name, which tells its kind.
    [[nodiscard]] QQuickItem* itemWith(const char* property, const QString& value, const char* other) const
    {
        for (QQuickItem* item : itemsBelow(m_window->contentItem())) {
            if (item->isVisible() && item->property(property).toString() == value && item->metaObject()->indexOfProperty(other) >= 0)
                return item;
        }
        return nullptr;
    }
    void drag(QPoint from, QPoint to)
    {
        QTest::mousePress(m_window, Qt::LeftButton, {}, from);
        for (int i = 1; i <= 8; ++i)
            QTest::mouseMove(m_window, from + (to - from) * i / 8);
        QTest::mouseRelease(m_window, Qt::LeftButton, {}, to);
    }
    [[nodiscard]] QString panel() const { return m_session->commands()->focus()->panel(); }
    void type(const QString& text)
    {
        for (const QChar letter : text)
            QTest::keyClick(m_window, letter.toLatin1());
    }
    [[nodiscard]] QQuickItem* button(const QString& words) const { return itemWith("text", words, "pressed"); }
    void click(const QQuickItem* item)
    {
        QVERIFY(item != nullptr);
        QTest::mouseClick(m_window, Qt::LeftButton, {}, item->mapToScene({item->width() / 2, item->height() / 2}).toPoint());
    }
    void closePopups()
    {
        for (int i = 0; i < 3 && panel() == QLatin1String("popup"); ++i)
            QTest::keyClick(m_window, Qt::Key_Escape);
        QTRY_VERIFY(panel() != QLatin1String("popup"));
    }
    void drop(const QString& path, QPoint at)
    {
        QMimeData bag;
        bag.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(at, Qt::CopyAction, &bag, Qt::LeftButton, {});
        QCoreApplication::sendEvent(m_window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent fall(at, Qt::CopyAction, &bag, Qt::LeftButton, {});
        QCoreApplication::sendEvent(m_window, &fall);
    }
    void openSample()
    {
        const QString path = pathToQt(m_home->path() / "card.artdag");
        QVERIFY(writeFileAtomically(toPath(path), bytesOf(std::string_view(studioSample))).has_value());
        QVERIFY(m_session->open(path));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isReady(), patience);
        m_canvas->fitAll();
    }
    /// `prepare` puts into the home what an earlier start has left there.
    void openWindow(const std::function<void(const std::filesystem::path& home)>& prepare = {})
    {
        auto home = TemporaryDirectory::make();
        QVERIFY(home.has_value());
        m_home = std::make_unique<TemporaryDirectory>(std::move(*home));
        if (prepare)
            prepare(m_home->path());
        qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:"); // never the keychain of who runs the tests
        openWindowIn(m_home->path());
    }
    /// With the session bus that there is.
    void openWindowIn(const std::filesystem::path& home)
    {
        qputenv("ARTDAG_HOME", pathToQt(home).toUtf8());
        qputenv("ARTDAG_FILMS", pathToQt(home / "films").toUtf8());
        m_session = std::make_unique<StudioSession>(home);
        if (!m_openBefore.isEmpty())
            QVERIFY(m_session->open(m_openBefore));
        m_engine = std::make_unique<QQmlApplicationEngine>();
        m_engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
        m_engine->setInitialProperties({{QStringLiteral("session"), QVariant::fromValue(m_session.get())}});
        QSignalSpy warnings(m_engine.get(), &QQmlEngine::warnings);
        m_engine->load(QUrl(QStringLiteral("qrc:/qt/qml/ArtDag/Main.qml")));
        QVERIFY(!m_engine->rootObjects().isEmpty());
        m_window = qobject_cast<QQuickWindow*>(m_engine->rootObjects().constFirst());
        QVERIFY(m_window != nullptr);
        QVERIFY(QTest::qWaitForWindowExposed(m_window));
        m_window->requestActivate(); // shortcuts belong to the active window
        QVERIFY(QTest::qWaitForWindowActive(m_window));
        m_canvas = m_window->findChild<GraphCanvas*>();
        QVERIFY(m_canvas != nullptr);
        QCOMPARE(warnings.count(), 0);
    }
    void closeWindow()
    {
        m_engine.reset();
        m_session.reset();
        m_home.reset();
    }
};

/// A main for a test of the window, which begins as the program's own does.
template <class Test>
int runWindowTest(int argc, char** argv)
{
    qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    QQuickStyle::setStyle(QStringLiteral("Fusion"));
    QGuiApplication application(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace artdag
