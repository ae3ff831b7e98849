// SPDX-License-Identifier: GPL-3.0-or-later
// Reference screens: nothing is cut off, laps over or leaves the window, at the scale that the environment says (ctest runs it at
// 100, 150 and 200 %, on a small screen, and with letters half as large again), in English, in a language 40 % longer, and from
// right to left. ARTDAG_SHOTS names a folder for pictures of them. Runs under Xvfb.
#include "tests/ui/canvas_window.h"

#include <QDir>
#include <QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class ScreensWindowTest : public QObject, CanvasWindow {
    Q_OBJECT

    struct Words {
        QQuickItem* item;
        QString text;
        QRectF seen; ///< what of it is drawn, in the window
        bool above;  ///< in a popup
        bool aside;  ///< what holds it is narrower, and does not scroll
    };
    static bool isSeen(const QQuickItem* item)
    {
        for (; item != nullptr; item = item->parentItem())
            if (!item->isVisible() || item->opacity() < 0.05)
                return false;
        return true;
    }
    /// Where the letters are.
    static QRectF drawn(const QQuickItem* item)
    {
        const double width = std::min(item->property("contentWidth").toDouble(), item->property("elide").toInt() == Qt::ElideNone ? 1e9 : item->width());
        const double height = item->property("contentHeight").toDouble();
        const int across = item->property("effectiveHorizontalAlignment").toInt(), down = item->property("verticalAlignment").toInt();
        const double x = across & Qt::AlignRight ? item->width() - width : (across & Qt::AlignHCenter ? (item->width() - width) / 2 : 0);
        const double y = down & Qt::AlignBottom ? item->height() - height : (down & Qt::AlignVCenter ? (item->height() - height) / 2 : 0);
        return item->mapRectToScene({x, y, width, height});
    }
    [[nodiscard]] QList<Words> words() const
    {
        QList<Words> found;
        for (QQuickItem* item : itemsBelow(m_window->contentItem())) {
            const QString text = item->property("text").toString();
            if (!item->inherits("QQuickText") || text.isEmpty() || !isSeen(item))
                continue;
            QRectF seen = drawn(item);
            bool above = false, onCanvas = false, aside = false;
            for (QQuickItem* parent = item->parentItem(); parent != nullptr; parent = parent->parentItem()) {
                if (parent->clip()) {
                    const QRectF frame = parent->mapRectToScene({0, 0, parent->width(), parent->height()});
                    const bool scrolls = parent->inherits("QQuickFlickable") && parent->property("contentWidth").toDouble() > parent->width() + 1;
                    aside = aside || (!scrolls && seen.intersects(frame) && (seen.left() < frame.left() - 2 || seen.right() > frame.right() + 2));
                    seen &= frame;
                }
                above = above || QByteArray(parent->metaObject()->className()).startsWith("QQuickOverlay");
                onCanvas = onCanvas || parent == m_canvas; // cards are where the artist put them
            }
            if (!seen.isEmpty() && !onCanvas)
                found << Words{item, text, seen, above, aside};
        }
        return found;
    }
    static QString at(const Words& word) { return QStringLiteral("'%1' at %2,%3").arg(word.text.left(40)).arg(word.seen.x(), 0, 'f', 0).arg(word.seen.y(), 0, 'f', 0); }

    QStringList faults() const
    {
        QStringList list;
        const QList<Words> all = words();
        const QRectF window(QPointF(), QSizeF(m_window->size()));
        const bool popup = std::ranges::any_of(all, &Words::above);
        for (const Words& one : all) {
            if (popup && !one.above)
                continue; // dimmed, and not for reading
            const bool cut = one.item->property("truncated").toBool() && (one.item->property("elide").toInt() == Qt::ElideNone || (one.item->parentItem()->inherits("QQuickAbstractButton") && one.item->parentItem()->property("tip").toString().isEmpty()));
            if (cut || one.aside || one.item->property("contentHeight").toDouble() > one.item->height() + 3)
                list << QStringLiteral("cut: ") + at(one);
            if (!window.adjusted(-1, -1, 1, 1).contains(one.seen))
                list << QStringLiteral("outside: ") + at(one);
        }
        for (qsizetype a = 0; a < all.size(); ++a)
            for (qsizetype b = 0; b < a; ++b) {
                const QRectF both = all[a].seen & all[b].seen;
                if (all[a].above == all[b].above && (all[a].above || !popup) && both.width() > 2 && both.height() > 3)
                    list << QStringLiteral("over each other: %1 and %2").arg(at(all[a]), at(all[b]));
            }
        return list;
    }

    void shoot(const QString& name)
    {
        if (const QString folder = qEnvironmentVariable("ARTDAG_SHOTS"); !folder.isEmpty() && QDir().mkpath(folder))
            m_window->grabWindow().save(QStringLiteral("%1/%2-%3.png").arg(folder, name).arg(qRound(m_window->devicePixelRatio() * 100)));
    }

private Q_SLOTS:
    void initTestCase()
    {
        openWindow();
        QObject::connect(m_session->languages(), &Languages::changed, m_engine.get(), &QQmlEngine::retranslate);
        const QSize screen = m_window->screen()->availableSize();
        m_window->resize(std::min(1600, screen.width()), std::min(1000, screen.height()));
        if (const int letters = qEnvironmentVariableIntValue("ARTDAG_LETTERS"); letters > 0) {
            m_session->preferences()->setLetters(letters);
            QCOMPARE(m_window->findChild<QObject*>(QStringLiteral("theme"))->property("size").toInt(), qRound(13 * letters / 100.0));
        }
        openSample();
        key(Qt::Key_E, Qt::ControlModifier); // so that there is a film
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->total(), 1, patience);
        key(Qt::Key_S, Qt::ControlModifier); // and a version
        QTRY_VERIFY_WITH_TIMEOUT(m_session->versions()->total() > 0, patience);
        m_session->clearNotice();
    }
    void cleanupTestCase() { closeWindow(); }

    void nothingIsCutOffOrLapsOver_data()
    {
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("card");
        QTest::addColumn<QString>("language");
        QList<const char*> languages{"en", "en-XP", "ar-XB", "de"};
        if (qEnvironmentVariableIsSet("QT_SCALE_FACTOR"))
            languages = {"en-XP", "de"};
        else if (qEnvironmentVariableIsSet("ARTDAG_LETTERS"))
            languages = {"en", "de"};
        const auto row = [&](const char* name, const char* place, const char* command = "", const char* card = "") {
            for (const char* language : languages)
                QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(name), QLatin1String(language)))) << QString::fromLatin1(place) << QString::fromLatin1(command) << QString::fromLatin1(card) << QString::fromLatin1(language);
        };
        row("welcome", "welcome");
        row("film", "make");
        row("node", "make", "", "soft");
        row("source", "make", "", "sky");
        row("outline", "make", "graph.outline");
        row("add", "make", "graph.add");
        row("compare", "make", "viewer.snapshot");
        row("commands", "make", "studio.palette");
        row("preferences", "make", "studio.preferences");
        row("versions", "make", "studio.versions");
        row("variations", "make", "studio.vary");
        row("renders", "explore", "studio.renders");
        row("share", "share");
    }
    void nothingIsCutOffOrLapsOver()
    {
        QFETCH(QString, place);
        QFETCH(QString, command);
        QFETCH(QString, card);
        QFETCH(QString, language);
        m_session->languages()->choose(language);
        m_session->commands()->retranslate();
        m_session->setPlace(place);
        m_session->clearNotice();
        m_session->graph()->clearSelection();
        if (!card.isEmpty())
            m_session->graph()->select(card);
        if (!command.isEmpty())
            m_session->commands()->run(command);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), patience);
        QStringList found{QString()};
        for (int i = 0; i < 20 && !found.isEmpty(); ++i) { // popups grow for a moment, lists settle
            QTest::qWait(80);
            m_session->clearNotice(); // what has just been said lies over the rest, and goes
            m_window->grabWindow();
            found = faults();
        }
        shoot(QString::fromUtf8(QTest::currentDataTag()).replace(QLatin1Char(' '), QLatin1Char('-')));
        if (language == QLatin1String("ar-XB")) {
            QCOMPARE(QGuiApplication::layoutDirection(), Qt::RightToLeft);
            QQuickItem* menu = itemWith("glyph", QStringLiteral("menu"), "tip");
            QVERIFY(menu != nullptr && menu->mapToScene({0, 0}).x() > m_window->width() / 2); // the window begins at the right
            if (place == QLatin1String("make") && m_session->place() == place)                // and the graph still flows to the right
                QVERIFY(onScreen(card_("sky")).x() < onScreen(card_("tint")).x() && cardX("sky") < cardX("tint"));
        }
        closePopups();
        if (command == QLatin1String("graph.outline"))
            key(Qt::Key_Escape);
        m_session->languages()->choose(QStringLiteral("en"));
        m_session->commands()->retranslate();
        m_session->setPlace(QStringLiteral("make"));
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
        QVERIFY2(found.isEmpty(), qPrintable(found.mid(0, 12).join(QStringLiteral("\n"))));
    }

private:
    [[nodiscard]] QPointF card_(const char* name) const { return card(name).rect.center(); }
    /// Of the drawn card.
    [[nodiscard]] double cardX(const char* name) const
    {
        for (QQuickItem* item : itemsBelow(m_canvas))
            if (QByteArray(item->metaObject()->className()).startsWith("NodeCard") && item->property("name").toString() == QLatin1String(name))
                return item->mapToScene({0, 0}).x();
        return -1;
    }
};

int main(int argc, char** argv)
{
    return runWindowTest<ScreensWindowTest>(argc, argv);
}
#include "screens_window_test.moc"
