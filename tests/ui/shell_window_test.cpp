// SPDX-License-Identifier: GPL-3.0-or-later
// The window around the panels, by mouse and keys: focus and keys, command palette, preferences, languages, full screen,
// dividers, and that it answers while it renders.
#include "tests/ui/gui_watch.h"
#include "tests/ui/studio_window.h"

#include <QAccessible>
#include <QQmlExtensionPlugin>
#include <QQuickStyle>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class ShellWindowTest : public QObject, StudioWindow {
    Q_OBJECT

    /// All visible texts that the program wrote itself: those of data have no letters of the pseudo language.
    [[nodiscard]] QList<QQuickItem*> texts() const
    {
        QList<QQuickItem*> found;
        for (QQuickItem* item : itemsBelow(m_window->contentItem())) {
            if (item->isVisible() && item->inherits("QQuickText") && !item->property("text").toString().isEmpty())
                found << item;
        }
        return found;
    }

private Q_SLOTS:
    void initTestCase()
    {
        openWindow();
        QObject::connect(m_session->languages(), &Languages::changed, m_engine.get(), &QQmlEngine::retranslate);
    }
    void cleanupTestCase() { closeWindow(); }
    void init()
    {
        openSample();
        QTRY_COMPARE(m_session->place(), QStringLiteral("make"));
    }

    void f6GoesRoundThePanelsAndBack()
    {
        m_canvas->forceActiveFocus();
        QCOMPARE(panel(), QStringLiteral("graph"));
        for (const char* next : {"viewer", "inspector", "timeline", "graph"}) {
            QTest::keyClick(m_window, Qt::Key_F6);
            QCOMPARE(panel(), QString::fromLatin1(next));
            QVERIFY(m_session->commands()->focus()->isMovedByKeys()); // and is seen
        }
        QVERIFY(m_canvas->hasActiveFocus());
        QTest::keyClick(m_window, Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(panel(), QStringLiteral("timeline"));
    }

    void aPressGivesItsPanelTheFocus()
    {
        QTest::keyClick(m_window, Qt::Key_F6);
        QTest::mouseClick(m_window, Qt::LeftButton, {}, m_canvas->mapToScene({20, m_canvas->height() - 60}).toPoint());
        QCOMPARE(panel(), QStringLiteral("graph"));
        QVERIFY(!m_session->commands()->focus()->isMovedByKeys());
    }

    void aPanelsKeysWorkInItAndNotWhileTextIsTyped()
    {
        m_session->commands()->setKeys(QStringLiteral("viewer.end"), QStringLiteral("End"));
        m_canvas->forceActiveFocus();
        m_session->player()->seek(0);
        QTest::keyClick(m_window, Qt::Key_End);
        QCOMPARE(m_session->player()->frame(), m_session->player()->frames() - 1);
        m_session->player()->seek(0);
        QQuickItem* box = itemWith("label", QStringLiteral("Turn"), "unit");
        QVERIFY(box != nullptr);
        QTest::mouseClick(m_window, Qt::LeftButton, {}, box->mapToScene({box->width() / 2, box->height() / 2}).toPoint());
        QTRY_VERIFY(m_session->commands()->focus()->isTyping());
        QTest::keyClick(m_window, Qt::Key_End);
        QTest::keyClick(m_window, Qt::Key_Space);
        QCOMPARE(m_session->player()->frame(), 0);
        QVERIFY(!m_session->player()->isPlaying());
        QTest::keyClick(m_window, Qt::Key_F1, Qt::ControlModifier); // but the window's own do
        QTest::keyClick(m_window, Qt::Key_Escape);
        m_canvas->forceActiveFocus();
        m_session->setPlace(QStringLiteral("explore"));
        QTest::keyClick(m_window, Qt::Key_Space); // no key of Make any more
        QVERIFY(!m_session->player()->isPlaying());
    }

    void theCommandPaletteFindsByLettersAndRuns()
    {
        m_canvas->forceActiveFocus();
        QTest::keyClick(m_window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(panel(), QStringLiteral("popup"));
        type(QStringLiteral("wsex"));
        QTRY_COMPARE(m_session->commandSearch()->query(), QStringLiteral("wsex"));
        QCOMPARE(m_session->commandSearch()->idAt(0), QStringLiteral("studio.explore"));
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE(m_session->place(), QStringLiteral("explore"));
        QTRY_VERIFY(panel() != QStringLiteral("popup")); // it has closed
        QTest::keyClick(m_window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(panel(), QStringLiteral("popup"));
        QCOMPARE(m_session->commandSearch()->idAt(0), QStringLiteral("studio.palette")); // the latest first
        QCOMPARE(m_session->commandSearch()->idAt(1), QStringLiteral("studio.explore"));
        closePopups();
    }

    void aKeyIsChangedInThePreferencesAndWorksAtOnce()
    {
        QTest::keyClick(m_window, Qt::Key_Comma, Qt::ControlModifier);
        QTRY_COMPARE(panel(), QStringLiteral("popup"));
        click(button(QStringLiteral("Keys")));
        QQuickItem* row = nullptr;
        QTRY_VERIFY((row = itemWith("id_", QStringLiteral("studio.new"), "keys")) != nullptr);
        QQuickItem* box = nullptr;
        for (QQuickItem* item : itemsBelow(row)) {
            if (item->metaObject()->indexOfProperty("listening") >= 0)
                box = item;
        }
        click(box);
        QTRY_VERIFY(box->property("listening").toBool());
        QTest::keyClick(m_window, Qt::Key_S, Qt::ControlModifier); // which Save has, and does not run now
        QCOMPARE(m_session->commands()->keysOf(QStringLiteral("studio.new")), QStringLiteral("Ctrl+S"));
        QVERIFY(m_session->commands()->conflicts() >= 2);
        QTRY_VERIFY(!row->property("conflict").toString().isEmpty());
        click(box);
        QTest::keyClick(m_window, Qt::Key_F7);
        QCOMPARE(m_session->commands()->keysOf(QStringLiteral("studio.new")), QStringLiteral("F7"));
        closePopups();
        QTest::keyClick(m_window, Qt::Key_F7);
        QTRY_COMPARE(m_session->document()->title(), QStringLiteral("Untitled"));
        m_session->commands()->resetAllKeys();
        QCOMPARE(m_session->commands()->keysOf(QStringLiteral("studio.new")), QStringLiteral("Ctrl+N"));
    }

    void aChosenKeyIsTheOnlyOneInEachPanel_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("panel");
        for (const auto& [id, place] : {std::pair{"graph.delete", "graph"}, {"graph.selectAll", "graph"}, {"viewer.end", "viewer"}, {"viewer.play", "graph"}, {"timeline.snap", "timeline"}, {"sheet.leave", "sheet"}})
            QTest::newRow(id) << QString::fromLatin1(id) << QString::fromLatin1(place);
    }
    /// What a command had by default does nothing any more, and what it has now does it once.
    void aChosenKeyIsTheOnlyOneInEachPanel()
    {
        QFETCH(QString, id);
        QFETCH(QString, panel);
        Commands* commands = m_session->commands();
        const auto keys = QKeySequence::fromString(commands->sequencesOf(id).constFirst(), QKeySequence::PortableText);
        if (panel == QLatin1String("sheet"))
            m_session->explore()->run(QStringLiteral("studio.vary"));
        for (int i = 0; i < 6 && this->panel() != panel; ++i)
            QTest::keyClick(m_window, Qt::Key_F6);
        QTRY_COMPARE(this->panel(), panel);
        m_session->graph()->select(QStringLiteral("tint"));
        QVERIFY(commands->setKeys(id, QStringLiteral("F8")));
        QSignalSpy ran(commands, &Commands::ran);
        const QByteArray before = QByteArray::fromStdString(writeRecipe(*m_session->document()->recipe()));
        const int frame = m_session->player()->frame();
        const QString place = m_session->place();
        QTest::keySequence(m_window, keys);
        const auto runs = [&] { return std::ranges::count_if(ran, [&](const QList<QVariant>& each) { return each.constFirst() == id; }); };
        QCOMPARE(runs(), 0);
        QCOMPARE(QByteArray::fromStdString(writeRecipe(*m_session->document()->recipe())), before);
        QCOMPARE(m_session->player()->frame(), frame);
        QCOMPARE(m_session->place(), place);
        QVERIFY(!m_session->player()->isPlaying());
        QTest::keyClick(m_window, Qt::Key_F8);
        QCOMPARE(runs(), 1);
        commands->resetAllKeys();
        m_session->player()->pause();
        m_session->setPlace(QStringLiteral("make"));
    }

    void preferencesHoldAtOnceAndAreRemembered()
    {
        const Preferences* preferences = m_session->preferences();
        QTest::keyClick(m_window, Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(itemWith("label", QStringLiteral("Interface scale"), "choices") != nullptr);
        QVERIFY(m_session->isDark());
        const QColor before = m_window->color();
        const auto segment = [this](const char* name, const char* label = "") {
            for (QQuickItem* item : itemsBelow(m_window->contentItem())) {
                if (item->isVisible() && item->property("modelData").toMap().value(QStringLiteral("name")) == QLatin1String(name) && item->inherits("QQuickAbstractButton") && (*label == 0 || item->parentItem()->property("label").toString() == QLatin1String(label)))
                    return item;
            }
            return static_cast<QQuickItem*>(nullptr);
        };
        click(segment("light"));
        QTRY_VERIFY(!m_session->isDark());
        QVERIFY(m_window->color() != before);
        const auto high = [&] { return segment("dark")->height(); };
        const double low = high();
        click(segment("150", "Letters"));
        QTRY_VERIFY(high() > low + 8); // at once
        click(segment("100", "Letters"));
        QTRY_COMPARE(high(), low);
        click(segment("150", "Interface scale"));
        QCOMPARE(preferences->scale(), 150);
        QVERIFY(preferences->isRestartWanted());
        QTRY_VERIFY(button(QStringLiteral("Restart now")) != nullptr);
        QSettings settings(pathToQt(m_home->path() / "studio" / "settings.ini"), QSettings::IniFormat);
        settings.sync();
        QCOMPARE(settings.value(QStringLiteral("theme")).toString(), QStringLiteral("light"));
        QCOMPARE(Preferences::scaleIn(settings.fileName()), 1.5);
        click(segment("100", "Interface scale"));
        click(segment("dark"));
        QTRY_VERIFY(m_session->isDark());
        closePopups();
        m_session->preferences()->setDiskGigabytes(7);
        QTRY_COMPARE_WITH_TIMEOUT(openStore(m_home->path() / "store").value()->diskLimit() >> 30, std::uint64_t{7}, patience);
        m_session->preferences()->setDiskGigabytes(0);
    }

    void theViewerGoesToAnotherScreenWhereThereIsOne()
    {
        m_session->setPlace(QStringLiteral("make"));
        const auto other = []() -> QQuickWindow* {
            for (QWindow* window : QGuiApplication::topLevelWindows())
                if (window->isVisible() && window->title() == QStringLiteral("Viewer – Art DAG"))
                    return qobject_cast<QQuickWindow*>(window);
            return nullptr;
        };
        const auto activate = [](QWindow* window) {
            window->requestActivate();
            QTRY_COMPARE(QGuiApplication::focusWindow(), window);
        };
        const QSizeF before = m_session->viewer()->viewSize();
        QTest::keyClick(m_window, Qt::Key_F11, Qt::ShiftModifier);
        QTRY_VERIFY(other() != nullptr);
        const bool second = QGuiApplication::screens().size() > 1;
        QCOMPARE(other()->screen() != m_window->screen(), second);
        QCOMPARE(other()->visibility() == QWindow::FullScreen, second);
        QCOMPARE(second, qEnvironmentVariable("QT_QPA_PLATFORM").startsWith(QLatin1String("offscreen")));
        QTRY_VERIFY(m_session->viewer()->viewSize() != before); // pictures as large as that window
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), patience);
        QTest::qWait(100);
        const QImage seen = other()->grabWindow();
        QVERIFY(seen.pixelColor(seen.width() / 2, seen.height() / 2) != QColor(Qt::black));
        QTRY_COMPARE(QGuiApplication::focusWindow(), m_window); // one goes on working there
        activate(other());
        QTest::keyClick(other(), Qt::Key_Escape);
        QTRY_VERIFY(other() == nullptr);
        QTRY_COMPARE(m_session->viewer()->viewSize(), before);
        activate(m_window);
        QTest::keyClick(m_window, Qt::Key_F11, Qt::ShiftModifier);
        QTRY_VERIFY(other() != nullptr);
        QTRY_COMPARE(QGuiApplication::focusWindow(), m_window);
        QTest::keyClick(m_window, Qt::Key_F11, Qt::ShiftModifier); // and the command closes it
        QTRY_VERIFY(other() == nullptr);
    }

    void theLanguageChangesAtOnce()
    {
        m_session->preferences()->setLanguage(QStringLiteral("de"));
        QTRY_VERIFY(itemWith("text", QStringLiteral("Gestalten"), "font") != nullptr);
        QCOMPARE(m_session->commands()->wordsOf(QStringLiteral("studio.save")), QStringLiteral("Speichern"));
        m_session->preferences()->setLanguage(QStringLiteral("en"));
        QTRY_VERIFY(itemWith("text", QStringLiteral("Make"), "font") != nullptr);
    }

    void everyTextIsTranslatedAndFitsWhenItIsAThirdLonger_data()
    {
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("command");
        for (const char* place : {"make", "explore", "share", "welcome"})
            QTest::newRow(place) << QString::fromLatin1(place) << QString();
        QTest::newRow("a new document") << QStringLiteral("make") << QStringLiteral("studio.new");
        QTest::newRow("palette") << QStringLiteral("make") << QStringLiteral("studio.palette");
        QTest::newRow("preferences") << QStringLiteral("make") << QStringLiteral("studio.preferences");
        QTest::newRow("versions") << QStringLiteral("make") << QStringLiteral("studio.versions");
    }
    void everyTextIsTranslatedAndFitsWhenItIsAThirdLonger()
    {
        QFETCH(QString, place);
        QFETCH(QString, command);
        m_session->languages()->choose(QString::fromLatin1(Languages::pseudo));
        m_session->setPlace(place);
        if (!command.isEmpty())
            m_session->commands()->run(command);
        m_session->commands()->retranslate();
        QTRY_VERIFY(texts().size() > 4);
        QTest::qWait(50); // popups grow for a moment
        // What is data: names of documents, effects, files, numbers, keys, and what core says of effects.
        const QStringList data{QStringLiteral("Test card"), QStringLiteral("main"), QStringLiteral("English"), QStringLiteral("Deutsch"), QStringLiteral("Nuke"), QStringLiteral("Art DAG"), QStringLiteral("Blender"), QStringLiteral("ComfyUI")};
        QStringList plain, cut;
        for (QQuickItem* text : texts()) {
            const QString words = text->property("text").toString();
            const bool letters = std::ranges::count_if(words, [](QChar c) { return c.isLetter(); }) > 3;
            const bool ownWords = words.contains(QLatin1Char('[')) && !words.contains(QLatin1String("[+~]")); // names of keys are Qt's
            bool isData = !letters || data.contains(words) || words.contains(QLatin1String("[+~]"));
            for (const QQuickItem* item = text; item != nullptr; item = item->parentItem()) {
                const QByteArray kind = item->metaObject()->className();
                // Cards and forms show names of nodes and effects; templates their titles; the account its server.
                isData = isData || kind.startsWith("NodeCard") || kind.startsWith("FieldRow") || kind.startsWith("TemplateCard") || kind.startsWith("ChoiceBox") || kind.startsWith("TextBox") || kind.startsWith("RecentList");
            }
            if (!ownWords && !isData && !QKeySequence(words.section(QStringLiteral(", "), 0, 0)).toString().contains(words.section(QStringLiteral(", "), 0, 0)) && !words.contains(pathToQt(m_home->path())))
                plain << words;
            if (ownWords && text->property("truncated").toBool() && text->property("elide").toInt() == Qt::ElideNone)
                cut << words;
            if (ownWords && text->property("truncated").toBool() && text->parentItem()->inherits("QQuickAbstractButton"))
                cut << words;
        }
        m_session->languages()->choose(QStringLiteral("en"));
        m_session->commands()->retranslate();
        closePopups();
        m_session->setPlace(QStringLiteral("make"));
        QVERIFY2(plain.isEmpty(), qPrintable(plain.join(QStringLiteral(" | "))));
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QStringLiteral(" | "))));
    }

    void everyControlOfTheWindowHasAName_data()
    {
        QTest::addColumn<QString>("command");
        for (const char* command : {"studio.welcome", "studio.palette", "studio.preferences", "studio.versions"})
            QTest::newRow(command) << QString::fromLatin1(command);
    }
    void everyControlOfTheWindowHasAName()
    {
        QFETCH(QString, command);
        m_session->commands()->run(command);
        QTest::qWait(50);
        QStringList nameless;
        int controls = 0;
        for (QQuickItem* item : itemsBelow(m_window->contentItem())) {
            if (!item->isVisible() || !(item->inherits("QQuickAbstractButton") || item->inherits("QQuickTextField") || item->inherits("QQuickComboBox")))
                continue;
            ++controls;
            const QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(item);
            if (spoken == nullptr || spoken->text(QAccessible::Name).isEmpty())
                nameless << QString::fromLatin1(item->metaObject()->className());
        }
        closePopups();
        m_session->setPlace(QStringLiteral("make"));
        QVERIFY(controls > 8);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral(", "))));
    }

    void f11ShowsTheViewerAloneAndEscapeComesBack()
    {
        QTest::keyClick(m_window, Qt::Key_F11);
        QTRY_VERIFY(m_window->property("fullViewer").toBool());
        QTRY_VERIFY(itemWith("text", QStringLiteral("Make"), "font") == nullptr); // nothing else is seen
        QTRY_COMPARE(m_session->viewer()->viewSize(), QSizeF(m_window->size()));
        QTest::keyClick(m_window, Qt::Key_Escape);
        QTRY_VERIFY(!m_window->property("fullViewer").toBool());
        QTRY_VERIFY(itemWith("text", QStringLiteral("Make"), "font") != nullptr);
        QVERIFY(m_session->viewer()->viewSize().width() < m_window->width());
    }

    /// WCAG 2.2, 1.4.3 and 1.4.11: 4.5 to 1 for text, 3 to 1 for ports and wires, in both themes.
    void whatIsReadStandsOut()
    {
        const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        const auto luminance = [&](const QColor& c) { return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF()); };
        const auto contrast = [&](const QColor& a, const QColor& b) { return (std::max(luminance(a), luminance(b)) + 0.05) / (std::min(luminance(a), luminance(b)) + 0.05); };
        QVERIFY(std::abs(contrast(Qt::black, Qt::white) - 21) < 1e-9);
        QStringList faint;
        for (const bool dark : {true, false}) {
            m_session->showDark(dark);
            const QObject* theme = m_window->property("theme").value<QObject*>();
            QVERIFY(theme != nullptr);
            const auto colour = [&](const char* name) { return theme->property(name).value<QColor>(); };
            const auto look = [&](const QColor& ink, const char* name, const char* back, double least) {
                if (const double found = contrast(ink, colour(back)); found < least)
                    faint << QStringLiteral("%1 on %2 (%3): %4").arg(QLatin1String(name), QLatin1String(back), dark ? QStringLiteral("dark") : QStringLiteral("light")).arg(found, 0, 'f', 2);
            };
            for (const char* back : {"canvas", "panel", "raised", "hover", "well"}) {
                for (const char* ink : {"text", "soft"})
                    look(colour(ink), ink, back, 4.5);
            }
            for (const char* back : {"panel", "raised"}) {
                for (const char* ink : {"failed", "accent", "kept"})
                    look(colour(ink), ink, back, 4.5);
            }
            look(colour("accentText"), "accentText", "accent", 4.5);
            const QVariantList ports = theme->property("portColours").toList();
            QCOMPARE(ports.size(), qsizetype{6});
            for (const QVariant& port : ports) {
                for (const char* back : {"canvas", "raised"})
                    look(port.value<QColor>(), "a port", back, 3);
            }
        }
        m_session->showDark(true);
        QVERIFY2(faint.isEmpty(), qPrintable(faint.join(QStringLiteral("; "))));
    }

    void dividersStayWhereTheyWerePut()
    {
        const double width = m_canvas->width();
        const QPoint divider = m_canvas->mapToScene({width, 200}).toPoint();
        drag(divider, divider - QPoint(150, 0));
        QTRY_VERIFY(m_canvas->width() < width - 100);
        const double moved = m_canvas->width();
        QVERIFY(!m_session->preferences()->divider(QStringLiteral("columns")).isEmpty());
        QQmlApplicationEngine second;
        second.addImportPath(QStringLiteral("qrc:/qt/qml"));
        second.setInitialProperties({{QStringLiteral("session"), QVariant::fromValue(m_session.get())}});
        second.load(QUrl(QStringLiteral("qrc:/qt/qml/ArtDag/Main.qml")));
        QVERIFY(!second.rootObjects().isEmpty());
        QTRY_VERIFY(std::abs(second.rootObjects().constFirst()->findChild<GraphCanvas*>()->width() - moved) < 2);
        m_session->commands()->focus()->watch(m_window);
        m_window->requestActivate();
    }

    void theWindowAnswersWhileItRenders()
    {
        auto* application = static_cast<WatchedApplication*>(QCoreApplication::instance());
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), patience);
        application->restart();
        const int before = m_session->gallery()->total();
        QTest::keyClick(m_window, Qt::Key_E, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->total(), before + 1, patience);
        QVERIFY2(application->stalls() == 0, qPrintable(QStringLiteral("%1 ms").arg(application->worst())));
    }
};

int main(int argc, char** argv)
{
    // As the program's own main does.
    qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    QQuickStyle::setStyle(QStringLiteral("Fusion"));
    WatchedApplication application(argc, argv);
    ShellWindowTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "shell_window_test.moc"
