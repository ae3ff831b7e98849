// SPDX-License-Identifier: GPL-3.0-or-later
// The Share workspace against the real server: a key is made, an account registered, a film rendered and published, and a
// stranger fetches it over HTTP.
#include "core/base/files.h"
#include "core/workflow/fetch_work.h"
#include "tests/server/server_process.h"
#include "tests/ui/sample_recipe.h"
#include "ui/qt_std.h"
#include "ui/session.h"

#include <QSignalSpy>
#include <QtTest>

using namespace artdag;

class ShareTest : public QObject {
    Q_OBJECT

    static constexpr int patience = 60000;
    ServerProcess m_server;
    std::unique_ptr<TemporaryDirectory> m_home;
    std::unique_ptr<StudioSession> m_session;

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
        publisher->publish(QStringLiteral("Card"), {}, {}, QStringLiteral("CC0-1.0"), QStringLiteral("public"));
        QCOMPARE(publisher->state(), QStringLiteral("failed"));
        QVERIFY(publisher->message().contains(QStringLiteral("account")));
        QVERIFY(!m_session->keys()->exists()); // and none is made for nothing
        m_session->keys()->unlock(QStringLiteral("correct horse battery"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->keys()->isUnlocked(), patience);
        publisher->publish(QStringLiteral("Card"), {}, {}, QStringLiteral("CC0-1.0"), QStringLiteral("public"));
        QVERIFY(publisher->message().contains(QStringLiteral("account")));
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

        QSignalSpy published(publisher, &Publisher::published);
        publisher->publish(QStringLiteral("Test card"), QStringLiteral("A gradient that turns through the hues"), QStringLiteral("test, card"), QStringLiteral("CC0-1.0"), QStringLiteral("public"));
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->isBusy(), patience);
        QVERIFY2(publisher->state() == QLatin1String("done"), qPrintable(publisher->message()));
        QCOMPARE(published.count(), 1);
        QCOMPARE(m_session->gallery()->currentPage(), publisher->page().toString());

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
};

QTEST_GUILESS_MAIN(ShareTest)
#include "share_test.moc"
