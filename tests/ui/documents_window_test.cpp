// SPDX-License-Identifier: GPL-3.0-or-later
// What documents go through in the window: templates, drops of files and films, versions, a second window on the same
// file, recovery.
#include "core/embed/credentials.h"
#include "tests/ui/studio_window.h"
#include "ui/film_recipe.h"

#include <QDir>
#include <QFileInfo>
#include <QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class DocumentsWindowTest : public QObject, StudioWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openWindow(); }
    void cleanupTestCase() { closeWindow(); }
    void init()
    {
        openSample();
        QTRY_COMPARE(m_session->place(), QStringLiteral("make"));
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
        // A copy that carries its recipe needs no papers beside it.
        const QString carrier = pathToQt(m_home->path() / "carrier.mp4");
        QVERIFY(writeEmbedded(toPath(film), toPath(carrier), {"", writeRecipe(sampleRecipe())}).has_value());
        const auto carried = recipeOfFilm(toPath(carrier));
        QVERIFY(carried.has_value());
        QCOMPARE(carried->title, sampleRecipe().title);
        QFile::copy(film, film + QStringLiteral(".bare.mp4"));
        QVERIFY(!recipeOfFilm(toPath(film + QStringLiteral(".bare.mp4"))));
        // One that is signed is said to be, and by whom.
        const QString signedCopy = pathToQt(m_home->path() / "signed.mp4");
        const SigningKey key = SigningKey::generate(KeyAlgorithm::Ed25519).value();
        QVERIFY(writeWithCredentials(toPath(film), toPath(signedCopy), {"", writeRecipe(sampleRecipe())}, {.manifest = "sha3-256:0", .when = "2026-03-01T12:00:00Z"}, key).value());
        m_session->takeFile(QUrl::fromLocalFile(signedCopy));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->notice().contains(QStringLiteral("signed.mp4 is as Art DAG key")), patience);
        QTRY_COMPARE_WITH_TIMEOUT(asked.count(), 2, patience);
        closePopups();
        // Another film under the same name has no recipe.
        const QString other = film + QStringLiteral(".mp4");
        QVERIFY(writeFileAtomically(toPath(other), bytesOf(std::string_view("another"))).has_value());
        QVERIFY(QFile::copy(film + QStringLiteral(".provenance.json"), other + QStringLiteral(".provenance.json")));
        m_session->takeFile(QUrl::fromLocalFile(other));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->notice().contains(QStringLiteral("cannot be used")), patience);
        QCOMPARE(asked.count(), 2);
        closePopups();
    }

    void whatADeliveryCarriesComesBackAndAStrippedOneHoldsNothingOfIt_data()
    {
        QTest::addColumn<QString>("encode");
        for (const char* encode : {"png", "jpeg", "webp", "share-h264", "wav"})
            QTest::newRow(encode) << QString::fromLatin1(encode);
    }
    void whatADeliveryCarriesComesBackAndAStrippedOneHoldsNothingOfIt()
    {
        QFETCH(QString, encode);
        RenderOrder order;
        order.recipe = writeRecipe(sampleRecipe());
        order.title = "Delivery";
        order.encode = toStd(encode);
        order.folder = m_home->path() / "deliveries" / toStd(encode);
        const int before = m_session->gallery()->total();
        m_session->queue()->addOrder(order);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->total(), before + 1, patience);
        const QString film = m_session->gallery()->entryAt(0)->film;
        const QString carrier = pathToQt(m_home->path() / ("carrier-" + toStd(QFileInfo(film).fileName())));
        QVERIFY(writeEmbedded(toPath(film), toPath(carrier), {"", order.recipe}).has_value());
        m_session->newDocument();
        QSignalSpy asked(m_session.get(), &StudioSession::filmDropped);
        drop(carrier, {m_window->width() / 2, 20});
        QTRY_COMPARE_WITH_TIMEOUT(asked.count(), 1, patience);
        m_session->openDroppedRecipe();
        QTRY_COMPARE(QByteArray::fromStdString(writeRecipe(*m_session->document()->recipe())), QByteArray::fromStdString(order.recipe));
        closePopups();
        const QString bare = pathToQt(m_home->path() / ("bare-" + toStd(QFileInfo(film).fileName())));
        QVERIFY(writeBare(toPath(carrier), toPath(bare)).has_value());
        const Bytes bytes = readFile(toPath(bare)).value();
        const QByteArray inside(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
        for (const QByteArray& word : {QByteArray("artdag"), QByteArray("hue_shift"), QByteArray("\"nodes\""), pathToQt(m_home->path()).toUtf8(), QByteArray("/home/"), QByteArray("USER")})
            QVERIFY2(!inside.contains(word), word.constData());
        if (const QByteArray user = qgetenv("USER"); user.size() > 4)
            QVERIFY2(!inside.contains(user), user.constData());
    }

    void aPackedRecipeBringsItsMediaAlong()
    {
        QImage picture(64, 36, QImage::Format_RGB32);
        picture.fill(Qt::green);
        const QString photo = pathToQt(m_home->path() / "green.png");
        QVERIFY(picture.save(photo));
        m_session->takeFile(QUrl::fromLocalFile(photo), {40, 600});
        QTRY_COMPARE_WITH_TIMEOUT(m_session->document()->recipe()->inputs.size(), std::size_t{1}, patience);
        QTemporaryDir packs, elsewhere;
        QStringList said; // the film that is being checked meanwhile has its word too
        const auto listening = connect(m_session.get(), &StudioSession::noticeChanged, this, [&] { said << m_session->notice(); });
        const auto heard = [&](const QString& words) { return std::ranges::any_of(said, [&](const QString& each) { return each.startsWith(words); }); };
        m_session->pack(QUrl::fromLocalFile(packs.path()));
        QTRY_VERIFY2_WITH_TIMEOUT(heard(QStringLiteral("Packed with one file")), qPrintable(said.join(QLatin1Char('|'))), patience);
        const QStringList recipes = QDir(packs.filePath(QStringLiteral("card"))).entryList({QStringLiteral("*.artdag")});
        QCOMPARE(recipes.size(), 1);
        m_session->pack(QUrl::fromLocalFile(packs.path())); // a second time nothing is written over
        QTRY_VERIFY2_WITH_TIMEOUT(heard(QStringLiteral("It cannot be packed")), qPrintable(said.join(QLatin1Char('|'))), patience);
        disconnect(listening);
        // Another machine has never seen the picture.
        StudioSession other(toPath(elsewhere.path()));
        QVERIFY(other.open(packs.filePath(QStringLiteral("card/")) + recipes.first()));
        const ContentId id = nameOfText<ContentId>(other.document()->recipe()->inputs.front().fallback).value();
        QTRY_VERIFY_WITH_TIMEOUT(other.isReady() && openStore(toPath(elsewhere.path()) / "store").value()->get(id).has_value(), patience);
    }

    void aFilmWithoutOrWithDamagedPapersIsSaidToBeUncheckable()
    {
        const QString film = pathToQt(m_home->path() / "stray.mp4");
        QVERIFY(writeFileAtomically(toPath(film), bytesOf(std::string_view("no film"))).has_value());
        FilmCheck* check = m_session->check();
        for (const char* papers : {"", "{", "{}"}) {
            if (*papers != '\0')
                QVERIFY(writeFileAtomically(toPath(film + QStringLiteral(".provenance.json")), bytesOf(std::string_view(papers))).has_value());
            QSignalSpy done(check, &FilmCheck::done);
            check->check(film, 0);
            QVERIFY(check->isBusy());
            QTRY_COMPARE_WITH_TIMEOUT(done.count(), 1, patience);
            QVERIFY(!done.constFirst().at(1).toBool() && !check->isBusy() && check->answers().isEmpty());
            QVERIFY2(check->summary().startsWith(QStringLiteral("It cannot be checked: ")) && check->summary().size() > 40, qPrintable(check->summary()));
        }
        QSignalSpy done(check, &FilmCheck::done);
        check->check(film, 0);
        check->cancel(); // what comes after that is nobody's answer
        QVERIFY(!check->isBusy());
        QTest::qWait(200);
        QCOMPARE(done.count(), 0);
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
};

int main(int argc, char** argv)
{
    return runWindowTest<DocumentsWindowTest>(argc, argv);
}
#include "documents_window_test.moc"
