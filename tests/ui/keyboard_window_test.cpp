// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way by keyboard alone, from a node that is added to a film that is published: no mouse, and where the keys go is
// always to be seen. Against the real server; runs under Xvfb.
#include "tests/server/server_process.h"
#include "tests/ui/canvas_window.h"

#include <QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class KeyboardWindowTest : public QObject, CanvasWindow {
    Q_OBJECT

    ServerProcess m_server;
    QStringList m_unseen; ///< what had the focus and did not show it

    [[nodiscard]] QQuickItem* focused() const { return m_window->activeFocusItem(); }
    /// What a person calls it, and its parent's kind: the same words are there more than once.
    [[nodiscard]] QString focusedName() const
    {
        for (QQuickItem* item = focused(); item != nullptr; item = item->parentItem()) {
            for (const char* property : {"text", "placeholderText", "label", "name", "tip"})
                if (const QString words = item->property(property).toString(); !words.isEmpty() && item->inherits("QQuickItem"))
                    return words;
        }
        return {};
    }
    [[nodiscard]] QRect rectOf(const QQuickItem* item) const { return item->mapRectToScene({0, 0, item->width(), item->height()}).toAlignedRect(); }
    /// The innermost thing that the keys go to lies in the window, and looks otherwise than without them.
    void lookAtFocus(const QImage& before)
    {
        const QQuickItem* item = focused();
        QVERIFY(item != nullptr);
        const QRect rect = rectOf(item).adjusted(-4, -4, 4, 4);
        const bool inside = QRect(QPoint(), m_window->size()).intersects(rect);
        QTest::qWait(20); // what fades in
        const QImage after = m_window->grabWindow();
        const bool changed = before.copy(rect) != after.copy(rect);
        if (!inside || !changed)
            m_unseen << QStringLiteral("%1 '%2'%3").arg(QString::fromLatin1(item->metaObject()->className()), focusedName(), inside ? QString() : QStringLiteral(" outside"));
    }
    /// Tab until the keys go to what `is` the right one.
    void tabTo(const char* what, const std::function<bool(const QQuickItem*)>& is)
    {
        QStringList way;
        for (int i = 0; i < 60; ++i) {
            if (focused() != nullptr && is(focused()))
                return;
            way << focusedName().left(12) + QLatin1Char('@') + panel();
            const QImage before = m_window->grabWindow();
            const QQuickItem* last = focused();
            QTest::keyClick(m_window, Qt::Key_Tab);
            if (focused() != last)
                lookAtFocus(before);
        }
        QFAIL(qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(what), way.join(QStringLiteral(" > ")))));
    }
    void tabToWords(const QString& words)
    {
        tabTo(qPrintable(words), [&](const QQuickItem* item) { return item->property("text").toString() == words || item->property("placeholderText").toString() == words || item->property("label").toString() == words; });
    }
    void panelByKeys(const QString& name)
    {
        for (int i = 0; i < 6 && panel() != name; ++i)
            key(Qt::Key_F6);
        QCOMPARE(panel(), name);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qunsetenv("ARTDAG_KEY_PASSPHRASE");
        QVERIFY(m_server.start());
        openWindow();
        openSample();
    }
    void cleanupTestCase()
    {
        closeWindow();
        m_server.stop();
    }

    void aNodeIsAddedConnectedAndItsParameterEdited()
    {
        panelByKeys(QStringLiteral("graph"));
        key(Qt::Key_F, Qt::ControlModifier);
        type(QStringLiteral("tint"));
        key(Qt::Key_Return);
        QCOMPARE(graph()->current(), QStringLiteral("tint"));
        if (!m_canvas->hasActiveFocus()) // there it would let go of what is chosen
            key(Qt::Key_Escape);
        QCOMPARE(graph()->current(), QStringLiteral("tint"));
        QVERIFY(m_canvas->hasActiveFocus());
        key(Qt::Key_A, Qt::ShiftModifier);
        QTRY_COMPARE(panel(), QStringLiteral("popup"));
        type(QStringLiteral("bright"));
        key(Qt::Key_Return);
        QTRY_COMPARE(sourceOf("brightness"), std::string("tint"));
        QTRY_VERIFY(m_canvas->hasActiveFocus());
        key(Qt::Key_C);
        QTRY_COMPARE(panel(), QStringLiteral("popup"));
        type(QStringLiteral("soft"));
        key(Qt::Key_Return);
        QTRY_COMPARE(sourceOf("soft"), std::string("brightness"));
        QTRY_VERIFY(panel() != QLatin1String("popup"));
        panelByKeys(QStringLiteral("inspector"));
        tabTo("a number to edit", [this](const QQuickItem* item) { return m_session->commands()->focus()->isTyping() && item->inherits("QQuickTextInput") && panel() == QLatin1String("inspector"); });
        key(Qt::Key_A, Qt::ControlModifier);
        type(QStringLiteral("0.25"));
        key(Qt::Key_Return);
        QVERIFY2(!recipe()->node("brightness")->args.empty(), qPrintable(focusedName()));
    }

    void theFilmIsRenderedAndKept()
    {
        QVERIFY2(panel() != QLatin1String("popup"), "the chapter before has not ended");
        panelByKeys(QStringLiteral("graph"));
        key(Qt::Key_E, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->total(), 1, patience);
        key(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(panel(), QStringLiteral("gallery"));
        key(Qt::Key_K);
        QCOMPARE(m_session->gallery()->currentMark(), QStringLiteral("kept"));
    }

    void itIsPublished()
    {
        QCOMPARE(m_session->gallery()->total(), 1);
        key(Qt::Key_F3, Qt::ControlModifier);
        QTRY_COMPARE(m_session->place(), QStringLiteral("share"));
        tabToWords(QStringLiteral("A glowing rose window turns slowly …"));
        type(QStringLiteral("Turning hues"));
        tabToWords(QStringLiteral("https://artdag.example"));
        type(QString::fromStdString(m_server.url()));
        tabToWords(QStringLiteral("giles"));
        type(QStringLiteral("giles"));
        tabTo("password", [](const QQuickItem* item) { return item->property("echoMode").toInt() == 2; });
        type(QStringLiteral("a long enough password"));
        tabToWords(QStringLiteral("Make a new account"));
        key(Qt::Key_Space);
        tabToWords(QStringLiteral("Register"));
        key(Qt::Key_Space);
        QTRY_VERIFY2_WITH_TIMEOUT(m_session->publisher()->account().startsWith(QStringLiteral("@giles@")), qPrintable(m_session->publisher()->message()), patience);
        tabToWords(QStringLiteral("Passphrase"));
        type(QStringLiteral("correct horse battery"));
        tabToWords(QStringLiteral("Make key"));
        key(Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->keys()->isUnlocked(), patience);
        tabToWords(QStringLiteral("Publish"));
        key(Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->publisher()->isBusy() || m_session->publisher()->state() == QLatin1String("done"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->publisher()->isBusy(), patience);
        QVERIFY2(m_session->publisher()->state() == QLatin1String("done"), qPrintable(m_session->publisher()->message()));
        QCOMPARE(m_session->publisher()->form()->word("alt"), QStringLiteral("Turning hues"));
    }

    void whereTheKeysGoWasAlwaysSeen()
    {
        m_unseen.removeDuplicates();
        QVERIFY2(m_unseen.isEmpty(), qPrintable(m_unseen.join(QStringLiteral("; "))));
    }
};

int main(int argc, char** argv)
{
    return runWindowTest<KeyboardWindowTest>(argc, argv);
}
#include "keyboard_window_test.moc"
