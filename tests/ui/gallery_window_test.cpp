// SPDX-License-Identifier: GPL-3.0-or-later
// Renders marked and reopened, the queue, the library, and what all views of Explore owe: keys and names.
#include "core/recipe/edit_recipe.h"
#include "tests/ui/explore_window.h"
#include "tests/ui/many_renders.h"

#include <QAccessible>
#include <QFileInfo>
#include <QImage>
#include <QQmlExtensionPlugin>

#include <chrono>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class GalleryWindowTest : public QObject, ExploreWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openWindow(); }
    void cleanupTestCase() { closeWindow(); }
    void init() { openSample(); }

    void keysMarkARenderAndUndoTakesItBack()
    {
        renderOne();
        showRenders();
        Gallery* gallery = m_session->gallery();
        const QByteArray before = written();
        QTest::keyClick(m_window, Qt::Key_S);
        QCOMPARE(gallery->currentMark(), QStringLiteral("starred"));
        QTest::keyClick(m_window, Qt::Key_K);
        QCOMPARE(gallery->currentMark(), QStringLiteral("kept"));
        QTest::keyClick(m_window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(gallery->currentMark(), QStringLiteral("starred"));
        const QString id = gallery->currentEntry()->id;
        QTest::keyClick(m_window, Qt::Key_X);
        QVERIFY(gallery->currentEntry() == nullptr || gallery->currentEntry()->id != id);
        QTest::keyClick(m_window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(gallery->currentEntry()->id, id);
        QCOMPARE(written(), before); // the document's undo is another
    }

    void enterRestoresTheExactRecipeAndDifferencesAreSaidInWords()
    {
        renderOne();
        const QByteArray rendered = written();
        m_session->document()->apply(setArgument(*m_session->document()->recipe(), "soft", "radius", Json(9)), QStringLiteral("Radius"));
        showRenders();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->explore()->changes() == QStringList{QStringLiteral("soft · radius: 4 → 9")}, patience);
        QTest::keyClick(m_window, Qt::Key_Return);
        QQuickItem* lose = nullptr; // it asks first
        QTRY_VERIFY((lose = itemWith("text", QStringLiteral("Lose the edits"), "primary")) != nullptr);
        QTest::mouseClick(m_window, Qt::LeftButton, {}, centreOf(lose));
        QTRY_COMPARE_WITH_TIMEOUT(written(), rendered, patience);
        QTRY_COMPARE(m_session->place(), QStringLiteral("make"));
    }

    void aVariantNamesItsOriginAndItsRenderToo()
    {
        renderOne();
        showRenders();
        const GalleryEntry origin = *m_session->gallery()->currentEntry();
        QTest::keyClick(m_window, Qt::Key_V);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->document()->recipe()->derivedFrom, std::vector<std::string>{origin.recipeId.text()}, patience);
        QCOMPARE(m_session->document()->title(), QStringLiteral("Test card, variant"));
        QCOMPARE(m_session->document()->recipe()->nodes.size(), sampleRecipe().nodes.size());
        renderOne();
        QCOMPARE(m_session->gallery()->currentEntry()->parent, origin.id);
        showRenders();
        const auto names = [&] {
            QStringList lines;
            for (const QVariant& line : m_session->explore()->lineage())
                lines << line.toMap().value(QStringLiteral("role")).toString() + QStringLiteral(": ") + line.toMap().value(QStringLiteral("name")).toString();
            return lines;
        };
        QTRY_VERIFY_WITH_TIMEOUT(names().contains(QStringLiteral("made from: Test card")) && names().contains(QStringLiteral("effect: blur")), patience);
    }

    void twoSelectedRendersAreCompared()
    {
        renderOne();
        m_session->document()->apply(setArgument(*m_session->document()->recipe(), "soft", "radius", Json(11)), QStringLiteral("Radius"));
        renderOne();
        showRenders();
        QTest::mouseClick(m_window, Qt::LeftButton, {}, centreOf(rowOf("galleryGrid", 0)));
        QTest::mouseClick(m_window, Qt::LeftButton, Qt::ControlModifier, centreOf(rowOf("galleryGrid", 1)));
        QCOMPARE(m_session->gallery()->selectedCount(), 2);
        QTest::keyClick(m_window, Qt::Key_C);
        QCOMPARE(m_session->explore()->view(), QStringLiteral("compare"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->explore()->comparedChanges() == QStringList{QStringLiteral("soft · radius: 11 → 4")}, patience);
        QTest::keyClick(m_window, Qt::Key_Escape);
        QCOMPARE(m_session->explore()->view(), QStringLiteral("renders"));
        QCOMPARE(m_session->gallery()->selectedCount(), 0);
        m_session->document()->undo();
    }

    void hoverPlaysTheFilmWithoutSound()
    {
        renderOne();
        showRenders();
        QTRY_VERIFY(rowOf("galleryGrid", 0) != nullptr);
        QTest::mouseMove(m_window, centreOf(rowOf("galleryGrid", 0)) - QPoint(5, 5));
        QTest::mouseMove(m_window, centreOf(rowOf("galleryGrid", 0)));
        QTRY_VERIFY_WITH_TIMEOUT(named("hoverFilm") != nullptr, patience);
        QTest::mouseMove(m_window, QPoint(4, 4));
        QTRY_VERIFY_WITH_TIMEOUT(named("hoverFilm") == nullptr, patience);
    }

    // --- the library ---

    void theLibraryOffersWhatTheRecipeUsesAndFindsWhatIsMissing()
    {
        QImage picture(64, 36, QImage::Format_RGB32);
        picture.fill(QColor(20, 90, 200));
        const QString path = pathToQt(m_home->path() / "blue.png");
        QVERIFY(picture.save(path));
        m_session->takeFile(QUrl::fromLocalFile(path), {40, 300});
        QTRY_COMPARE_WITH_TIMEOUT(m_session->document()->recipe()->inputs.size(), std::size_t{1}, patience);
        pressKeysOf("studio.library");
        Library* library = m_session->explore()->library();
        QTRY_VERIFY_WITH_TIMEOUT(library->rowTotal() == 1 && library->index(0).data(Library::NameRole).toString() == QLatin1String("blue.png"), patience);
        QVERIFY(library->index(0).data(Library::DetailRole).toString().contains(QStringLiteral("here: still")));
        QTRY_VERIFY_WITH_TIMEOUT(!library->index(0).data(Library::ImageRole).value<QImage>().isNull(), patience);
        // Dragged to the canvas it is another input, although the disk is looked at again meanwhile.
        QQuickItem* row = nullptr;
        QTRY_VERIFY((row = rowOf("libraryList", 0)) != nullptr);
        const QPoint from = centreOf(row), to = m_canvas->mapToScene({m_canvas->width() / 2, m_canvas->height() - 120}).toPoint();
        QTest::mousePress(m_window, Qt::LeftButton, {}, from);
        for (int i = 1; i <= 4; ++i)
            QTest::mouseMove(m_window, from + (to - from) * i / 4);
        QVERIFY(row->property("dragged").toBool());
        QSignalSpy looked(library, &Library::countChanged);
        m_session->document()->apply(setArgument(*m_session->document()->recipe(), "soft", "radius", Json(9)), QStringLiteral("Radius"));
        QTRY_VERIFY_WITH_TIMEOUT(!looked.empty(), patience);
        QTest::mouseRelease(m_window, Qt::LeftButton, {}, to);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->document()->recipe()->inputs.size(), std::size_t{2}, patience);
        QCOMPARE(m_session->document()->recipe()->inputs[1].fallback, m_session->document()->recipe()->inputs[0].fallback);
        // A missing one is said, and found by its content wherever it is.
        QImage lost(32, 18, QImage::Format_RGB32);
        lost.fill(QColor(200, 90, 20));
        const auto folder = m_home->path() / "elsewhere" / "deep";
        std::filesystem::create_directories(folder);
        QVERIFY(lost.save(pathToQt(folder / "another name.png")));
        RecipeInput input;
        input.media = "still";
        input.title = "Lost";
        input.fallback = contentIdOfFile(folder / "another name.png")->text();
        m_session->document()->apply(addInput(*m_session->document()->recipe(), input, {40, 500}), QStringLiteral("Lost"));
        QTRY_COMPARE_WITH_TIMEOUT(library->missing(), 1, patience);
        library->findIn(QUrl::fromLocalFile(pathToQt(m_home->path() / "elsewhere")));
        QTRY_COMPARE_WITH_TIMEOUT(library->missing(), 0, patience);
        pressKeysOf("studio.library");
    }

    void aChangedFileIsNoticedAndItsNewContentTaken()
    {
        const QString path = pathToQt(m_home->path() / "photo.png");
        QImage picture(64, 36, QImage::Format_RGB32);
        picture.fill(Qt::red);
        QVERIFY(picture.save(path));
        m_session->takeFile(QUrl::fromLocalFile(path), {40, 300});
        QTRY_COMPARE_WITH_TIMEOUT(m_session->document()->recipe()->inputs.size(), std::size_t{1}, patience);
        Library* library = m_session->explore()->library();
        m_session->explore()->setLibraryShown(true);
        const auto state = [&] { return library->index(0).data(Library::StateRole).toString(); };
        QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("ready"), patience);
        picture.fill(Qt::green);
        QVERIFY(picture.save(path));
        QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("changed"), patience); // by its date, by itself
        const std::string before = m_session->document()->recipe()->inputs.front().fallback;
        library->takeNew(0);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->document()->recipe()->inputs.front().fallback != before, patience);
        QCOMPARE(m_session->document()->recipe()->inputs.front().fallback, contentIdOfFile(toPath(path))->text());
        QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("ready"), patience);
        // Same name, size and date, on a disk that keeps no date of changes: only a look at every byte tells.
        struct stat facts {};
        QCOMPARE(::stat(path.toUtf8().constData(), &facts), 0);
        auto bytes = *readFile(toPath(path));
        bytes.back() ^= 1;
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadWrite));
            QCOMPARE(file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size())), static_cast<qint64>(bytes.size()));
        }
        const timespec times[] = {facts.st_atim, facts.st_mtim};
        QCOMPARE(::utimensat(AT_FDCWD, path.toUtf8().constData(), times, 0), 0);
        std::this_thread::sleep_for(std::chrono::seconds(3)); // the store does not believe dates that are younger
        const auto taken = nameOfText<ContentId>(m_session->document()->recipe()->inputs.front().fallback);
        QVERIFY(taken.has_value());
        QVERIFY(openStore(m_home->path() / "store").value()->identify(toPath(path), *taken).has_value());
        QSignalSpy looks(library, &Library::busyChanged);
        QTRY_VERIFY_WITH_TIMEOUT(looks.count() >= 2 && !library->isBusy(), patience);
        QCOMPARE(state(), QStringLiteral("ready"));
        library->rescan();
        QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("changed"), patience);
        m_session->explore()->setLibraryShown(false);
    }

    void effectsAndTemplatesAreOffered()
    {
        Library* library = m_session->explore()->library();
        m_session->explore()->setLibraryShown(true);
        library->setSection(QStringLiteral("effects"));
        library->setSearch(QStringLiteral("invert"));
        QVERIFY(library->rowTotal() > 0);
        const std::size_t before = m_session->document()->recipe()->nodes.size();
        library->use(0);
        QCOMPARE(m_session->document()->recipe()->nodes.size(), before + 1);
        library->setSearch({});
        library->setSection(QStringLiteral("templates"));
        QCOMPARE(library->rowTotal(), static_cast<int>(m_session->samples().size()));
        library->setSection(QStringLiteral("recipes"));
        QTRY_COMPARE_WITH_TIMEOUT(library->index(0).data(Library::NameRole).toString(), QStringLiteral("Test card"), patience);
        library->setSection(QStringLiteral("media"));
        m_session->explore()->setLibraryShown(false);
        m_session->document()->undo();
    }

    // --- ten thousand ---

    void tenThousandRendersArePaintedAndScrolledInTime()
    {
        closeWindow();
        openWindow([](const std::filesystem::path& home) { QVERIFY(writeManyRenders(home / "studio", 10000)); });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->total(), 10000, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), patience);
        const auto cpu = [] { // of this thread: QML, layout and polishing
            timespec now{};
            ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
            return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
        };
        const double before = cpu();
        m_session->setPlace(QStringLiteral("explore"));
        QVERIFY(!m_window->grabWindow().isNull());
        const double painted = cpu() - before;
        QVERIFY(rowOf("galleryGrid", 0) != nullptr);
        QQuickItem* grid = named("galleryGrid");
        QVERIFY(grid != nullptr);
        int delegates = 0;
        for (QQuickItem* item : itemsBelow(grid))
            delegates += item->metaObject()->indexOfSignal("chosen(int,bool,bool)") >= 0 ? 1 : 0;
        double worst = 0;
        for (int i = 1; i <= 60; ++i) {
            const double start = cpu();
            grid->setProperty("contentY", grid->property("contentY").toDouble() + 90);
            QCoreApplication::processEvents();
            worst = std::max(worst, cpu() - start);
        }
        const double filtering = cpu();
        m_session->gallery()->setFilter(QStringLiteral("starred"));
        QVERIFY(!m_window->grabWindow().isNull());
        const double filtered = cpu() - filtering;
        m_session->gallery()->setFilter(QStringLiteral("all"));
        qInfo("10 000 renders: first paint %.0f ms, %d cards made, scrolling at most %.1f ms a step, filter with paint %.0f ms, of the window's thread", painted, delegates, worst, filtered);
        QVERIFY2(painted <= 300, qPrintable(QString::number(painted)));
        QVERIFY(delegates < 200);
    }

    // --- commands ---

    void everyCommandIsKnownAndNoKeyMeansTwoThingsInAPanel()
    {
        QSet<QString> keys;
        for (const Command& command : exploreCommands()) {
            for (const QKeySequence& each : QKeySequence::listFromString(QString::fromLatin1(command.keys))) {
                const QString key = toQt(command.panel()) + QLatin1Char(' ') + each.toString();
                QVERIFY2(!keys.contains(key), qPrintable(key));
                keys.insert(key);
            }
            m_session->newDocument();
            QVERIFY2(m_session->explore()->run(QString::fromLatin1(command.id)), command.id);
            for (QObject* popup : m_window->findChildren<QObject*>()) {
                if (popup->inherits("QQuickPopup") || popup->inherits("QQuickAbstractDialog"))
                    QMetaObject::invokeMethod(popup, "close");
            }
        }
        QVERIFY(!m_session->explore()->run(QStringLiteral("gallery.nonsense")));
        m_session->queue()->hold(false);
        m_session->explore()->setLibraryShown(false);
    }

    void everyControlOfEachViewHasAName_data()
    {
        QTest::addColumn<QString>("view");
        for (const char* view : {"sheet", "renders"})
            QTest::newRow(view) << QString::fromLatin1(view);
    }
    void everyControlOfEachViewHasAName()
    {
        QFETCH(QString, view);
        renderOne();
        m_session->explore()->setView(view);
        m_session->explore()->setLibraryShown(true);
        m_session->setPlace(QStringLiteral("explore"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->explore()->isSettled(), patience);
        QStringList nameless;
        int controls = 0;
        for (QQuickItem* item : itemsBelow(m_window->contentItem())) {
            const bool row = item->metaObject()->indexOfSignal("chosen(int)") >= 0 || item->metaObject()->indexOfSignal("chosen(int,bool,bool)") >= 0;
            const bool interactive = item->isVisible() && (row || item->inherits("QQuickAbstractButton") || item->inherits("QQuickTextField") || item->inherits("QQuickTextArea") || item->inherits("QQuickComboBox") || item->inherits("QQuickItemView"));
            if (!interactive || (item->inherits("QQuickItemView") && !item->activeFocusOnTab()))
                continue;
            ++controls;
            const QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(item);
            if (spoken == nullptr || spoken->text(QAccessible::Name).isEmpty())
                nameless << QString::fromLatin1(item->metaObject()->className()) + QLatin1Char(' ') + item->property("text").toString();
        }
        QVERIFY(controls > 12);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral(", "))));
        m_session->explore()->setLibraryShown(false);
    }
};

int main(int argc, char** argv)
{
    return runWindowTest<GalleryWindowTest>(argc, argv);
}
#include "gallery_window_test.moc"
