// SPDX-License-Identifier: GPL-3.0-or-later
// The Share workspace against the real server: a key is made, an account registered, a film rendered and published, and a
// stranger fetches it over HTTP. What was published is changed and withdrawn; what cannot be sent stays a draft.
#include "core/base/files.h"
#include "core/workflow/fetch_work.h"
#include "tests/server/server_process.h"
#include "tests/ui/patience.h"
#include "tests/ui/sample_recipe.h"
#include "ui/qt_std.h"
#include "ui/session.h"

#include <QDesktopServices>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QtTest>

using namespace artdag;

class ShareTest : public QObject {
    Q_OBJECT

    ServerProcess m_server;
    std::unique_ptr<TemporaryDirectory> m_home;
    std::unique_ptr<StudioSession> m_session;

    QUrl m_opened;

    /// As its server tells it.
    Json assetOf(const QUrl& page)
    {
        return readJson(m_server.get("/assets" + page.path().mid(6).toStdString()).body).value_or(Json());
    }

public Q_SLOTS:
    void takeUrl(const QUrl& url) { m_opened = url; } // in place of a browser

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:"); // never the keychain of who runs the tests
        auto home = TemporaryDirectory::make();
        QVERIFY(home.has_value());
        m_home = std::make_unique<TemporaryDirectory>(std::move(*home));
        qputenv("ARTDAG_HOME", pathToQt(m_home->path()).toUtf8());
        qputenv("ARTDAG_FILMS", pathToQt(m_home->path() / "films").toUtf8());
        qunsetenv("ARTDAG_KEY_PASSPHRASE");
        QVERIFY(m_server.start());
        m_session = std::make_unique<StudioSession>(m_home->path());
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isReady(), patience);
        const auto recipe = m_home->path() / "card.artdag";
        QVERIFY(writeFileAtomically(recipe, bytesOf(std::string_view(studioSample))).has_value());
        QVERIFY(m_session->open(pathToQt(recipe)));
    }
    void cleanupTestCase()
    {
        m_session.reset();
        QCOMPARE(m_server.stop(), 0);
    }

    void aShortPassphraseMakesNoKey()
    {
        m_session->keys()->unlock(QStringLiteral("short"));
        QVERIFY(!m_session->keys()->isBusy());
        QVERIFY(!m_session->keys()->isUnlocked());
        QVERIFY(!m_session->keys()->message().isEmpty());
    }

    void aFilmCanBeRenderedBeforeThereIsAKey()
    {
        m_session->render();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->total(), 1, patience);
    }

    void publishingWithoutKeyOrAccountSaysWhatToDo()
    {
        Publisher* publisher = m_session->publisher();
        publisher->publish();
        QCOMPARE(publisher->state(), QStringLiteral("noaccount"));
        QVERIFY(publisher->message().contains(QStringLiteral("account")));
        QVERIFY(!m_session->keys()->exists()); // and none is made for nothing
        m_session->keys()->unlock(QStringLiteral("correct horse battery"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->keys()->isUnlocked(), patience);
        publisher->publish();
        QCOMPARE(publisher->state(), QStringLiteral("noaccount"));
    }

    void whatIsSaidWithoutAnAccountIsADraftThatALaterStartFinds()
    {
        PublishForm* form = m_session->publisher()->form();
        QVERIFY(!form->isDraft());
        form->set(QStringLiteral("alt"), QStringLiteral("A gradient that turns through the hues"));
        m_session->publisher()->keepAsDraft();
        QVERIFY(form->isDraft());
        QCOMPARE(m_session->publisher()->state(), QStringLiteral("idle"));
        const auto file = m_home->path() / "studio" / "drafts.json";
        QTRY_VERIFY_WITH_TIMEOUT(readTextFile(file).value_or("").find("turns through the hues") != std::string::npos, patience);
        StudioSession again(m_home->path());
        QTRY_VERIFY_WITH_TIMEOUT(again.gallery()->total() == 1, patience);
        again.gallery()->setCurrent(0);
        QTRY_COMPARE_WITH_TIMEOUT(again.publisher()->form()->word("alt"), QStringLiteral("A gradient that turns through the hues"), patience);
        QVERIFY(again.publisher()->form()->isDraft());
    }

    void whatWillBeSentIsShownBefore()
    {
        Publisher* publisher = m_session->publisher();
        PublishForm* form = publisher->form();
        const auto sent = [&](const QString& what) {
            for (const QVariant& object : publisher->objects()) {
                if (object.toMap().value(QStringLiteral("what")).toString() == what)
                    return object.toMap().value(QStringLiteral("sent")).toBool();
            }
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(sent(QStringLiteral("film")) && sent(QStringLiteral("recipe")), patience);
        QVERIFY2(publisher->checkable().contains(QStringLiteral("anyone can check the pixels")), qPrintable(publisher->checkable()));
        form->set(QStringLiteral("embedded"), QStringLiteral("full"));
        form->set(QStringLiteral("recipe"), QStringLiteral("sealed"));
        QCOMPARE(form->word("embedded"), QStringLiteral("link")); // not inside of the file for everyone
        QTRY_VERIFY_WITH_TIMEOUT(!sent(QStringLiteral("recipe")) && sent(QStringLiteral("film")), patience);
        QVERIFY2(publisher->checkable().contains(QStringLiteral("nobody the pixels")), qPrintable(publisher->checkable()));
        form->set(QStringLiteral("embedded"), QStringLiteral("none"));
        form->set(QStringLiteral("recipe"), QStringLiteral("public"));
        QTRY_VERIFY_WITH_TIMEOUT(sent(QStringLiteral("recipe")), patience);
        m_session->languages()->choose(QStringLiteral("de"));
        QTRY_VERIFY2_WITH_TIMEOUT(publisher->checkable().contains(QStringLiteral("alle können")), qPrintable(publisher->checkable()), patience);
        m_session->languages()->choose(QStringLiteral("en"));
    }

    void theFirstPublicationInOneActionAsksForTheView()
    {
        m_session->setPlace(QStringLiteral("make"));
        QVERIFY(m_session->commands()->run(QStringLiteral("studio.publish")));
        QCOMPARE(m_session->place(), QStringLiteral("share"));
        QVERIFY(!m_session->publisher()->isBusy());
    }

    void aWrongPasswordIsSaidInWords()
    {
        Publisher* publisher = m_session->publisher();
        publisher->logIn(toQt(std::string_view(m_server.url())), QStringLiteral("giles"), QStringLiteral("not the password"), false);
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), patience);
        QCOMPARE(publisher->state(), QStringLiteral("failed"));
        QVERIFY(!publisher->message().isEmpty());
        QVERIFY(publisher->account().isEmpty());
    }

    void aPublishedFilmIsFetchedByAStranger()
    {
        Publisher* publisher = m_session->publisher();
        publisher->logIn(toQt(std::string_view(m_server.url())), QStringLiteral("giles"), QStringLiteral("a long enough password"), true);
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), patience);
        QVERIFY2(publisher->account().startsWith(QStringLiteral("@giles@")), qPrintable(publisher->message()));

        QVERIFY2(publisher->kept().contains(QStringLiteral("only you can read")), qPrintable(publisher->kept())); // there is no keychain here, and it is told

        QSignalSpy published(publisher, &Publisher::published);
        publisher->form()->set(QStringLiteral("title"), QStringLiteral("Test card"));
        publisher->form()->set(QStringLiteral("tags"), QStringLiteral("test, card"));
        publisher->form()->set(QStringLiteral("license"), QStringLiteral("CC0-1.0"));
        publisher->publish();
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), patience);
        QVERIFY2(publisher->state() == QLatin1String("done"), qPrintable(publisher->message()));
        QCOMPARE(published.count(), 1);
        QCOMPARE(m_session->gallery()->currentPage(), publisher->page().toString());
        QVERIFY(publisher->form()->isSent() && !publisher->form()->isDraft());

        auto folder = TemporaryDirectory::make();
        QVERIFY(folder.has_value());
        auto store = openStore(folder->path() / "store");
        QVERIFY(store.has_value());
        const auto http = openHttpClient();
        const auto work = fetchWork(*http, toStd(publisher->page().toString()), **store, folder->path());
        QVERIFY2(work.has_value(), work ? "" : work.error().message.c_str());
        QCOMPARE(toQt(std::string_view(work->filmId.text())), m_session->gallery()->currentEntry()->contentHash);
        QVERIFY(!work->claim.is_null());
        QVERIFY(!work->manifest.is_null());
        std::string rendered;
        m_session->gallery()->askRecipe(m_session->gallery()->currentEntry()->id, [&](const std::string& text) { rendered = text; });
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray::fromStdString(rendered), QByteArray::fromStdString(work->recipe), patience);
    }

    void aLaterStartFindsTheAccountAndTheKey()
    {
        StudioSession again(m_home->path());
        QTRY_VERIFY_WITH_TIMEOUT(!again.publisher()->account().isEmpty(), patience);
        QVERIFY(again.keys()->exists());
        again.keys()->unlock(QStringLiteral("the wrong one"));
        QTRY_VERIFY_WITH_TIMEOUT(!again.keys()->isBusy(), patience);
        QVERIFY(!again.keys()->isUnlocked());
        again.keys()->unlock(QStringLiteral("correct horse battery"));
        QTRY_VERIFY_WITH_TIMEOUT(again.keys()->isUnlocked(), patience);
        QCOMPARE(again.keys()->fingerprint(), m_session->keys()->fingerprint());
    }

    void ofSeveralAccountsOneIsUsedAndTheOthersStayLoggedIn()
    {
        Publisher* publisher = m_session->publisher();
        const QString first = publisher->account();
        ServerProcess elsewhere;
        QVERIFY(elsewhere.start());
        publisher->logIn(toQt(std::string_view(elsewhere.url())), QStringLiteral("anna"), QStringLiteral("a long enough password"), true);
        QTRY_VERIFY2_WITH_TIMEOUT(publisher->account().startsWith(QStringLiteral("@anna@")), qPrintable(publisher->message()), patience);
        QTRY_COMPARE_WITH_TIMEOUT(publisher->others().size(), 1, patience);
        const QVariantMap other = publisher->others().constFirst().toMap();
        QCOMPARE(other[QStringLiteral("account")].toString(), first);
        publisher->useAccount(other[QStringLiteral("server")].toString());
        QTRY_COMPARE_WITH_TIMEOUT(publisher->account(), first, patience);
        QTRY_VERIFY_WITH_TIMEOUT(publisher->others().constFirst().toMap()[QStringLiteral("account")].toString().startsWith(QStringLiteral("@anna@")), patience);
        publisher->useAccount(toQt(std::string_view(elsewhere.url())));
        QTRY_VERIFY_WITH_TIMEOUT(publisher->account().startsWith(QStringLiteral("@anna@")), patience);
        publisher->logOut(); // nothing is published elsewhere unless it was chosen
        QTRY_COMPARE_WITH_TIMEOUT(publisher->others().size(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(publisher->others().constFirst().toMap()[QStringLiteral("account")].toString() == first, patience);
        QCOMPARE(publisher->account(), QString());
        publisher->useAccount(other[QStringLiteral("server")].toString());
        QTRY_COMPARE_WITH_TIMEOUT(publisher->account(), first, patience);
        QTRY_VERIFY_WITH_TIMEOUT(publisher->others().isEmpty(), patience);
        QCOMPARE(elsewhere.stop(), 0);
    }

    void whatWasPublishedIsChanged()
    {
        Publisher* publisher = m_session->publisher();
        publisher->form()->set(QStringLiteral("title"), QStringLiteral("Turning card"));
        publisher->form()->set(QStringLiteral("visibility"), QStringLiteral("unlisted"));
        publisher->form()->set(QStringLiteral("recipe"), QStringLiteral("request"));
        publisher->update();
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), patience);
        QVERIFY2(publisher->state() == QLatin1String("done"), qPrintable(publisher->message()));
        const Json asset = assetOf(publisher->page());
        QVERIFY(asset["title"] == "Turning card" && asset["visibility"] == "unlisted" && asset["links"]["recipe"].is_null());
        publisher->form()->set(QStringLiteral("recipe"), QStringLiteral("public"));
        publisher->form()->set(QStringLiteral("visibility"), QStringLiteral("public"));
        publisher->update();
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), patience);
        QVERIFY(assetOf(publisher->page())["links"]["recipe"].is_string());
    }

    void whatWasPublishedIsWithdrawnAndIsADraftAgain()
    {
        Publisher* publisher = m_session->publisher();
        const QUrl page = publisher->page();
        publisher->withdraw();
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), patience);
        QVERIFY2(publisher->state() == QLatin1String("idle"), qPrintable(publisher->message()));
        QCOMPARE(m_server.get(page.path().toStdString()).status, 410);
        QVERIFY(m_session->gallery()->currentPage().isEmpty());
        QVERIFY(publisher->form()->isDraft());
        QCOMPARE(publisher->form()->word("title"), QStringLiteral("Turning card"));
    }

    void oneActionIsTakenBackBeforeItIsPosted()
    {
        Publisher* publisher = m_session->publisher();
        m_session->setPlace(QStringLiteral("make"));
        publisher->setHoldTime(Publisher::holdTime);
        QVERIFY(m_session->commands()->run(QStringLiteral("studio.publish")));
        QCOMPARE(m_session->place(), QStringLiteral("make")); // no dialog: the choices are known
        QCOMPARE(publisher->state(), QStringLiteral("held"));
        QVERIFY(publisher->holding() >= 9 && publisher->holding() <= 10);
        publisher->takeBack();
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), 2000);
        QVERIFY2(publisher->message().contains(QStringLiteral("Taken back")), qPrintable(publisher->message()));
        QVERIFY(m_session->gallery()->currentPage().isEmpty());
        QCOMPARE(m_server.get("/assets/@giles/turning-card").status, 404);
    }

    void oneActionPublishesWhenItsTimeIsOver()
    {
        Publisher* publisher = m_session->publisher();
        publisher->setHoldTime(300);
        QElapsedTimer clock;
        clock.start();
        publisher->publishNow();
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), patience);
        QVERIFY2(publisher->state() == QLatin1String("done"), qPrintable(publisher->message()));
        QVERIFY(clock.elapsed() >= 300);
        QCOMPARE(assetOf(publisher->page())["title"].get<std::string>(), std::string("Turning card"));
        publisher->withdraw();
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), patience);
    }

    void aLoginThatIsOverAsksToSignInAndTheDraftStays()
    {
        Publisher* publisher = m_session->publisher();
        publisher->form()->set(QStringLiteral("alt"), QStringLiteral("Kept words"));
        QCOMPARE(m_server.call("POST", "/auth/logout", {}, savedSession()->token).status / 100, 2); // from elsewhere
        publisher->publish();
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), patience);
        QCOMPARE(publisher->state(), QStringLiteral("signin"));
        QVERIFY(publisher->account().isEmpty());
        QVERIFY(!publisher->server().isEmpty() && publisher->user() == QLatin1String("giles")); // to be filled in again
        QCOMPARE(publisher->form()->word("alt"), QStringLiteral("Kept words"));
        QVERIFY(publisher->form()->isDraft());
        publisher->logIn(publisher->server(), publisher->user(), QStringLiteral("a long enough password"), false);
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy() && !publisher->account().isEmpty(), patience);
    }

    void aLoginInTheBrowserIsWaitedForAndGivenUp()
    {
        Publisher* publisher = m_session->publisher();
        QDesktopServices::setUrlHandler(QStringLiteral("http"), this, "takeUrl");
        publisher->logInByBrowser(toQt(std::string_view(m_server.url())));
        QTRY_COMPARE_WITH_TIMEOUT(publisher->state(), QStringLiteral("code"), patience);
        QCOMPARE(publisher->code().size(), 9); // WDJB-MJHT
        QVERIFY(m_opened.toString().contains(publisher->code()));
        QVERIFY2(publisher->message().contains(toQt(std::string_view(m_server.url())) + QStringLiteral("/device")), qPrintable(publisher->message())); // where no browser opens by itself
        publisher->cancel();
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), patience);
        QCOMPARE(publisher->state(), QStringLiteral("idle"));
        QVERIFY(!publisher->account().isEmpty()); // the one before holds
        QDesktopServices::unsetUrlHandler(QStringLiteral("http"));
    }

    // Last: it stops the server.
    void withoutAServerTheDraftStaysAndTryingAgainPublishes()
    {
        Publisher* publisher = m_session->publisher();
        const QString port = QString::fromStdString(m_server.url()).section(QLatin1Char(':'), -1);
        m_server.stop();
        publisher->publish();
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), patience);
        QCOMPARE(publisher->state(), QStringLiteral("failed"));
        QVERIFY2(publisher->message().contains(QStringLiteral("draft")), qPrintable(publisher->message()));
        QVERIFY(publisher->form()->isDraft());
        QVERIFY(!publisher->account().isEmpty());
        QVERIFY(m_server.start({QStringLiteral("--port"), port}));
        publisher->publish();
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), patience);
        QVERIFY2(publisher->state() == QLatin1String("done"), qPrintable(publisher->message()));
    }
};

QTEST_GUILESS_MAIN(ShareTest)
#include "share_test.moc"
