// SPDX-License-Identifier: GPL-3.0-or-later
// The window around the panels, by mouse and keys: focus and keys, command palette, preferences, languages, Welcome,
// recovery, versions, drops, full screen, and a second window on the same document.
#include "core/recipe/edit_recipe.h"
#include "tests/ui/gui_watch.h"
#include "tests/ui/studio_window.h"

#include <QAccessible>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QProcess>
#include <QQmlExtensionPlugin>
#include <QQuickStyle>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class ShellWindowTest : public QObject, StudioWindow {
    Q_OBJECT

    [[nodiscard]] QString panel() const { return m_session->commands()->focus()->panel(); }
    [[nodiscard]] QQuickItem* button(const QString& words) const { return itemWith("text", words, "pressed"); }
    void click(const QQuickItem* item)
    {
        QVERIFY(item != nullptr);
        QTest::mouseClick(m_window, Qt::LeftButton, {}, item->mapToScene({item->width() / 2, item->height() / 2}).toPoint());
    }
    void type(const QString& text)
    {
        for (const QChar letter : text)
            QTest::keyClick(m_window, letter.toLatin1());
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
    void closePopups()
    {
        for (int i = 0; i < 3 && panel() == QLatin1String("popup"); ++i)
            QTest::keyClick(m_window, Qt::Key_Escape);
        QTRY_VERIFY(panel() != QLatin1String("popup"));
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

    void preferencesHoldAtOnceAndAreRemembered()
    {
        const Preferences* preferences = m_session->preferences();
        QTest::keyClick(m_window, Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(itemWith("label", QStringLiteral("Interface scale"), "choices") != nullptr);
        QVERIFY(m_session->isDark());
        const QColor before = m_window->color();
        const auto segment = [this](const char* name) {
            for (QQuickItem* item : itemsBelow(m_window->contentItem())) {
                if (item->isVisible() && item->property("modelData").toMap().value(QStringLiteral("name")) == QLatin1String(name) && item->inherits("QQuickAbstractButton"))
                    return item;
            }
            return static_cast<QQuickItem*>(nullptr);
        };
        click(segment("light"));
        QTRY_VERIFY(!m_session->isDark());
        QVERIFY(m_window->color() != before);
        click(segment("150"));
        QCOMPARE(preferences->scale(), 150);
        QVERIFY(preferences->isRestartWanted());
        QTRY_VERIFY(button(QStringLiteral("Restart now")) != nullptr);
        QSettings settings(pathToQt(m_home->path() / "studio" / "settings.ini"), QSettings::IniFormat);
        settings.sync();
        QCOMPARE(settings.value(QStringLiteral("theme")).toString(), QStringLiteral("light"));
        QCOMPARE(Preferences::scaleIn(settings.fileName()), 1.5);
        click(segment("100"));
        click(segment("dark"));
        QTRY_VERIFY(m_session->isDark());
        closePopups();
        m_session->preferences()->setDiskGigabytes(7);
        QTRY_COMPARE_WITH_TIMEOUT(openStore(m_home->path() / "store").value()->diskLimit() >> 30, std::uint64_t{7}, patience);
        m_session->preferences()->setDiskGigabytes(0);
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

    void sixTemplatesMoveAndOneClickOpensOnePlaying()
    {
        m_session->setPlace(QStringLiteral("welcome"));
        Templates* templates = m_session->templates();
        QCOMPARE(templates->rowCount(), 6);
        const auto moving = [&] {
            for (int row = 0; row < 6; ++row) {
                if (templates->index(row).data(Templates::ReadyRole).toBool())
                    return true;
            }
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(moving(), patience);
        QQuickItem* card = nullptr;
        QTRY_VERIFY((card = itemWith("path", QStringLiteral(":/recipes/moire_clock.artdag"), "still")) != nullptr);
        click(card);
        QTRY_COMPARE(m_session->place(), QStringLiteral("make"));
        QCOMPARE(m_session->document()->title(), QStringLiteral("Moiré Clock"));
        QVERIFY(m_session->player()->isPlaying());
        QVERIFY(!m_session->keys()->isAsking() && !m_session->keys()->exists()); // no question of keys
        QTRY_VERIFY_WITH_TIMEOUT(m_session->viewer()->isBusy() || !m_session->viewer()->image().isNull(), patience);
        m_session->player()->pause();
    }

    void aFileDroppedAnywhereIsTaken()
    {
        const QString path = pathToQt(m_home->path() / "dropped.artdag");
        Recipe recipe = sampleRecipe();
        recipe.title = "Dropped";
        QVERIFY(saveRecipe(recipe, toPath(path)).has_value());
        m_session->setPlace(QStringLiteral("share"));
        drop(path, {m_window->width() / 2, 20}); // on the header
        QTRY_COMPARE(m_session->document()->title(), QStringLiteral("Dropped"));
        QCOMPARE(m_session->place(), QStringLiteral("make"));
        QVERIFY(m_session->recent()->all().first().toMap().value(QStringLiteral("path")) == path);
        QImage picture(64, 36, QImage::Format_RGB32);
        picture.fill(Qt::red);
        const QString photo = pathToQt(m_home->path() / "photo.png");
        QVERIFY(picture.save(photo));
        m_session->setPlace(QStringLiteral("welcome"));
        drop(photo, {m_window->width() / 2, m_window->height() - 40});
        QTRY_COMPARE_WITH_TIMEOUT(m_session->document()->recipe()->inputs.size(), std::size_t{1}, patience);
        QVERIFY(m_session->document()->path().isEmpty()); // a document of its own
        QCOMPARE(m_session->place(), QStringLiteral("make"));
    }

    void aRenderedFilmThatIsDroppedGivesItsRecipe()
    {
        QSignalSpy asked(m_session.get(), &StudioSession::filmDropped);
        const int before = m_session->gallery()->total();
        QTest::keyClick(m_window, Qt::Key_E, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->total(), before + 1, patience);
        const QString film = m_session->gallery()->currentEntry()->film;
        m_session->newDocument();
        drop(film, {m_window->width() / 2, 20});
        QTRY_COMPARE_WITH_TIMEOUT(asked.count(), 1, patience);
        QTRY_VERIFY(button(QStringLiteral("Open its recipe")) != nullptr);
        QTest::keyClick(m_window, Qt::Key_Return);
        if (m_session->document()->title() != QLatin1String("Test card"))
            click(button(QStringLiteral("Open its recipe")));
        QTRY_COMPARE(m_session->document()->title(), QStringLiteral("Test card"));
        QCOMPARE(QByteArray::fromStdString(writeRecipe(*m_session->document()->recipe())), QByteArray::fromStdString(writeRecipe(sampleRecipe())));
        // Another film under the same name has no recipe.
        const QString other = film + QStringLiteral(".mp4");
        QVERIFY(writeFileAtomically(toPath(other), bytesOf(std::string_view("another"))).has_value());
        QVERIFY(QFile::copy(film + QStringLiteral(".provenance.json"), other + QStringLiteral(".provenance.json")));
        m_session->takeFile(QUrl::fromLocalFile(other));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->notice().contains(QStringLiteral("cannot be used")), patience);
        QCOMPARE(asked.count(), 1);
        closePopups();
    }

    void eachSaveKeepsAVersionThatComesBackInOneStep()
    {
        const int before = m_session->versions()->total();
        QTest::keyClick(m_window, Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->versions()->total(), before + 1, patience);
        m_session->document()->setTitle(QStringLiteral("Second"));
        QTest::keyClick(m_window, Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->versions()->total(), before + 2, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->versions()->index(0).data(Versions::PictureRole).toUrl().isEmpty(), patience);
        QTest::keyClick(m_window, Qt::Key_S, Qt::ControlModifier | Qt::AltModifier);
        QTRY_COMPARE(panel(), QStringLiteral("popup"));
        const std::size_t steps = m_session->document()->steps();
        QList<QQuickItem*> restores;
        const auto listed = [&] {
            restores.clear();
            for (QQuickItem* item : itemsBelow(m_window->contentItem())) {
                if (item->isVisible() && item->inherits("QQuickButton") && item->property("text") == QStringLiteral("Restore"))
                    restores << item;
            }
            std::ranges::sort(restores, {}, [](const QQuickItem* item) { return item->mapToScene({}).y(); });
            return restores.size() >= 2;
        };
        QTRY_VERIFY(listed());
        click(restores[1]);
        QTRY_COMPARE(m_session->document()->title(), QStringLiteral("Test card"));
        QCOMPARE(m_session->document()->steps(), steps + 1);
        m_session->document()->undo();
        QCOMPARE(m_session->document()->title(), QStringLiteral("Second"));
        closePopups();
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

    void aSecondWindowOnADocumentIsACopyThatNeverWritesToIt()
    {
        const QString path = m_session->document()->path();
        QTemporaryDir elsewhere;
        StudioSession other(toPath(elsewhere.path()));
        QVERIFY(other.open(path));
        QVERIFY(other.document()->path().isEmpty());
        QVERIFY2(other.notice().contains(QStringLiteral("another window")) && other.isNoticeSevere(), qPrintable(other.notice()));
        other.document()->setTitle(QStringLiteral("Theirs"));
        other.saveAs(QUrl::fromLocalFile(path));
        QVERIFY2(other.notice().contains(QStringLiteral("not overwritten")), qPrintable(other.notice()));
        QTRY_VERIFY_WITH_TIMEOUT(other.isReady(), patience);
        const auto text = readTextFile(toPath(path));
        QVERIFY(text && text->find("Theirs") == std::string::npos);
        m_session->newDocument(); // lets go of it
        QVERIFY(other.open(path));
        QCOMPARE(other.document()->path(), path);
    }

    void theStudioKilledWithEditsOffersThemAtItsNextStart()
    {
        QTemporaryDir home;
        QVERIFY(QDir(home.path()).mkpath(QStringLiteral("studio/journal")));
        { // What a killed process leaves: an entry with the lock of a process that is gone (tests/ui/saving_test kills real ones).
            Document document;
            auto journal = std::make_unique<Journal>(document, toPath(home.path()) / "studio" / "journal");
            document.reset(sampleRecipe(), {});
            document.setTitle(QStringLiteral("Nearly lost"));
            const QString folder = home.filePath(QStringLiteral("studio/journal"));
            const auto entries = [&] { return QDir(folder).entryList({QStringLiteral("*.journal")}); };
            QTRY_COMPARE_WITH_TIMEOUT(entries().size(), 1, patience);
            QVERIFY(QFile::copy(folder + QLatin1Char('/') + entries().first(), folder + QStringLiteral("/left.journal")));
        }
        StudioSession session(toPath(home.path()));
        QTRY_COMPARE_WITH_TIMEOUT(session.journal()->count(), 1, patience);
        QVERIFY(session.document()->title() != QLatin1String("Nearly lost"));
        QVERIFY(!session.notice().isEmpty());
        session.wishToRecover(0);
        QCOMPARE(session.document()->title(), QStringLiteral("Nearly lost"));
        QVERIFY(session.document()->isModified());
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(home.filePath(QStringLiteral("studio/journal/left.journal"))), patience);
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
