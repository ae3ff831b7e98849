// SPDX-License-Identifier: GPL-3.0-or-later
// The gallery's list without a window: marks and undo, filters at ten thousand entries, emptying.
#include "ui/gallery.h"

#include "core/base/files.h"
#include "tests/ui/many_renders.h"
#include "tests/ui/patience.h"
#include "ui/qt_std.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSignalSpy>
#include <QtTest>

using namespace artdag;

namespace {
GalleryEntry entry(const QString& id, const QString& title = QStringLiteral("Film"))
{
    GalleryEntry made;
    made.id = id;
    made.title = title;
    made.film = QStringLiteral("/nowhere/%1.mp4").arg(id);
    made.encode = QStringLiteral("share-h264");
    made.when = QDateTime::currentDateTimeUtc();
    made.recipe = "{\"artdag\": 1}";
    return made;
}
} // namespace

class GalleryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryDirectory> m_home;
    std::unique_ptr<Gallery> m_gallery;

    void reopen()
    {
        m_gallery.reset();
        m_gallery = std::make_unique<Gallery>(m_home->path());
        QTRY_VERIFY_WITH_TIMEOUT(m_gallery->isLoaded(), patience);
    }
    QString shown() const
    {
        QStringList ids;
        for (int row = 0; row < m_gallery->rowTotal(); ++row)
            ids << m_gallery->entryAt(row)->id;
        return ids.join(' ');
    }
    void addThree()
    {
        for (const char* id : {"a", "b", "c"})
            m_gallery->add(entry(QString::fromLatin1(id)));
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<TemporaryDirectory>(std::move(*TemporaryDirectory::make()));
        reopen();
    }
    void cleanup() { m_gallery.reset(); }

    void aDiscardedRenderLeavesTheListAndUndoBringsItBack()
    {
        const QAbstractItemModelTester tester(m_gallery.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        addThree();
        QCOMPARE(shown(), QStringLiteral("c b a"));
        QSignalSpy resets(m_gallery.get(), &QAbstractItemModel::modelReset);
        m_gallery->setCurrent(1);
        m_gallery->mark(1, QStringLiteral("discarded"));
        QCOMPARE(shown(), QStringLiteral("c a"));
        QCOMPARE(m_gallery->currentEntry()->id, QStringLiteral("a")); // the next one is looked at
        m_gallery->undo();
        QCOMPARE(shown(), QStringLiteral("c b a"));
        QCOMPARE(m_gallery->currentEntry()->id, QStringLiteral("b"));
        m_gallery->redo();
        QCOMPARE(shown(), QStringLiteral("c a"));
        QCOMPARE(resets.count(), 0); // nobody loses their place
        m_gallery->setFilter(QStringLiteral("discarded"));
        QCOMPARE(shown(), QStringLiteral("b"));
    }

    void aPosterIsNamedWhenItIsThere()
    {
        GalleryEntry look = entry(QStringLiteral("a"));
        look.image = QImage(320, 180, QImage::Format_RGB32);
        look.image.fill(Qt::darkCyan);
        QSignalSpy changes(m_gallery.get(), &QAbstractItemModel::dataChanged);
        m_gallery->add(look);
        const auto named = [this] { return m_gallery->data(m_gallery->index(0), Gallery::PosterRole).toUrl().toLocalFile(); };
        QCOMPARE(named(), QString()); // a view does not ask twice for a name that it has not found
        QTRY_VERIFY_WITH_TIMEOUT(!named().isEmpty(), patience);
        QCOMPARE(QImage(named()).size(), look.image.size());
        QVERIFY(!changes.isEmpty());
        reopen();
        QVERIFY(QFileInfo(named()).isFile());
    }

    void theSameMarkAgainTakesItBack()
    {
        addThree();
        m_gallery->mark(0, QStringLiteral("kept"));
        QCOMPARE(m_gallery->entryAt(0)->mark, QStringLiteral("kept"));
        m_gallery->mark(0, QStringLiteral("kept"));
        QCOMPARE(m_gallery->entryAt(0)->mark, QString());
        m_gallery->undo();
        m_gallery->undo();
        QVERIFY(!m_gallery->canUndo());
        QCOMPARE(m_gallery->entryAt(0)->mark, QString());
    }

    void aMarkOnOneOfTheSelectedIsOnAllOfThemAsOneStep()
    {
        addThree();
        m_gallery->choose(0, false, false);
        m_gallery->choose(2, true, false);
        QCOMPARE(m_gallery->selectedCount(), 2);
        m_gallery->mark(2, QStringLiteral("starred"));
        QCOMPARE(m_gallery->entryAt(0)->mark, QStringLiteral("starred"));
        QCOMPARE(m_gallery->entryAt(1)->mark, QString());
        m_gallery->undo();
        QCOMPARE(m_gallery->entryAt(0)->mark + m_gallery->entryAt(2)->mark, QString());
        m_gallery->choose(0, false, false);
        m_gallery->choose(2, false, true);
        QCOMPARE(m_gallery->selectedCount(), 3);
    }

    void notesAndTagsAreFoundAndKept()
    {
        addThree();
        m_gallery->setCurrent(1);
        m_gallery->setNotes(m_gallery->currentId(), QStringLiteral("the Blue one"));
        m_gallery->setTags(m_gallery->currentId(), QStringLiteral(" calm ,, wide, calm"));
        QCOMPARE(m_gallery->currentTags(), QStringLiteral("calm, wide"));
        m_gallery->setSearch(QStringLiteral("blue WIDE"));
        QCOMPARE(shown(), QStringLiteral("b"));
        m_gallery->setSearch(QStringLiteral("blue narrow"));
        QCOMPARE(shown(), QString());
        reopen();
        QCOMPARE(shown(), QStringLiteral("c b a"));
        m_gallery->setSearch(QStringLiteral("calm"));
        QCOMPARE(shown(), QStringLiteral("b"));
        QCOMPARE(m_gallery->currentNotes(), QStringLiteral("the Blue one"));
    }

    void theRecipeOfARenderIsThereAgain()
    {
        addThree();
        reopen();
        std::string text;
        m_gallery->askRecipe(QStringLiteral("b"), [&](const std::string& found) { text = found; });
        QTRY_COMPARE_WITH_TIMEOUT(text, std::string("{\"artdag\": 1}"), patience);
    }

    void filmsAreDeletedOnlyWhenTheDiscardedAreEmptied()
    {
        const auto film = m_home->path() / "film.mp4";
        const auto other = m_home->path() / "other.mp4";
        for (const auto& path : {film, other})
            QVERIFY(writeFileAtomically(path, Bytes(3000)).has_value());
        GalleryEntry one = entry(QStringLiteral("one"));
        one.film = pathToQt(film);
        GalleryEntry two = entry(QStringLiteral("two"));
        two.film = pathToQt(other);
        m_gallery->add(one);
        m_gallery->add(two);
        m_gallery->mark(1, QStringLiteral("discarded"));
        reopen();
        QVERIFY(QFileInfo::exists(one.film));
        QCOMPARE(m_gallery->discarded(), 1);
        m_gallery->weighDiscarded();
        QTRY_VERIFY_WITH_TIMEOUT(!m_gallery->emptying().isEmpty(), patience);
        QVERIFY2(m_gallery->emptying().contains(QLocale().formattedDataSize(3000)), qPrintable(m_gallery->emptying()));
        m_gallery->emptyDiscarded();
        QTRY_VERIFY_WITH_TIMEOUT(!QFileInfo::exists(one.film), patience);
        QVERIFY(QFileInfo::exists(two.film));
        reopen();
        QCOMPARE(shown(), QStringLiteral("two"));
    }

    void tenThousandAreFilteredInFiftyMilliseconds()
    {
        m_gallery.reset();
        QVERIFY(writeManyRenders(m_home->path(), 10000));
        QElapsedTimer clock;
        clock.start();
        reopen();
        const qint64 loaded = clock.elapsed();
        QCOMPARE(m_gallery->rowTotal(), 10000);
        double worst = 0;
        const auto timed = [&](const std::function<void()>& filter, int expected) {
            clock.start();
            filter();
            worst = std::max(worst, static_cast<double>(clock.nsecsElapsed()) / 1e6);
            QCOMPARE(m_gallery->rowTotal(), expected);
        };
        timed([&] { m_gallery->setFilter(QStringLiteral("starred")); }, 276);
        timed([&] { m_gallery->setFilter(QStringLiteral("kept")); }, 1705);
        timed([&] { m_gallery->setFilter(QStringLiteral("all")); }, 10000);
        timed([&] { m_gallery->setRecipeTitle(QStringLiteral("Film 7")); }, 231);
        timed([&] { m_gallery->setRecipeTitle({}); }, 10000);
        timed([&] { m_gallery->setSearch(QStringLiteral("sea about")); }, 770);
        timed([&] { m_gallery->setSearch({}); }, 10000);
        clock.start();
        m_gallery->mark(5000, QStringLiteral("discarded"));
        const double marked = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        qInfo("10 000 entries: there after %lld ms, the slowest filter %.1f ms, a mark %.1f ms", loaded, worst, marked);
        QVERIFY2(worst <= 50, qPrintable(QString::number(worst)));
        QVERIFY2(marked <= 50, qPrintable(QString::number(marked)));
    }
};

QTEST_GUILESS_MAIN(GalleryTest)
#include "gallery_test.moc"
