// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens go into the keychain and out of the file, and no login is lost when the keychain is locked, absent or forgetful.
#include "core/base/files.h"
#include "core/base/json.h"
#include "core/workflow/kept_logins.h"
#include "tests/support/fake_secret_ring.h"

#include <QTest>

#include <sys/stat.h>

using namespace artdag;

class KeptLoginsTest : public QObject {
    Q_OBJECT

    std::optional<TemporaryDirectory> m_home;
    FakeSecretRing m_ring;

    [[nodiscard]] std::filesystem::path file() const { return m_home->path() / "accounts.json"; }
    [[nodiscard]] std::string text() const { return readTextFile(file()).value_or(""); }
    static Session sessionAt(const std::string& server)
    {
        Session session;
        session.server = server;
        session.user = "giles";
        session.account = "@giles@" + server.substr(8);
        session.token = "token-of-" + server;
        session.refresh = "refresh-of-" + server;
        session.client = "artdag-studio";
        session.expires = 4'000'000'000;
        return session;
    }
    static void compare(const Result<Session>& found, const Session& wanted)
    {
        QVERIFY2(found.has_value(), found ? "" : found.error().message.c_str());
        QCOMPARE(found->account, wanted.account);
        QCOMPARE(found->token, wanted.token);
        QCOMPARE(found->refresh, wanted.refresh);
        QCOMPARE(found->client, wanted.client);
        QCOMPARE(found->expires, wanted.expires);
    }

private Q_SLOTS:
    void init()
    {
        m_home.reset();
        m_home.emplace(*TemporaryDirectory::make());
        qputenv("ARTDAG_HOME", QByteArray::fromStdString(m_home->path().string()));
        m_ring = {};
    }

    void tokensAreInTheKeychainAndNotInTheFile()
    {
        Session session = sessionAt("https://a.example");
        QVERIFY(keepSession(session, &m_ring).has_value());
        QVERIFY(session.fallback.empty());
        QVERIFY(text().find("token-of") == std::string::npos);
        QVERIFY(text().find("refresh-of") == std::string::npos);
        struct stat facts {};
        QCOMPARE(::stat(file().c_str(), &facts), 0);
        QCOMPARE(facts.st_mode & 0777, 0600U);
        compare(savedSession({}, &m_ring), session);
        QCOMPARE((*currentAccount())->account, session.account); // without the keychain
        QVERIFY((*currentAccount())->inKeychain);
    }

    void oneAccountAtEachServerIsKeptAndOneOfThemIsUsed()
    {
        for (const char* server : {"https://a.example", "https://b.example"}) {
            Session session = sessionAt(server);
            QVERIFY(keepSession(session, &m_ring).has_value());
        }
        QCOMPARE(keptAccounts()->size(), std::size_t{2});
        QCOMPARE((*currentAccount())->server, std::string("https://b.example"));
        QVERIFY(chooseAccount("https://a.example").has_value());
        QCOMPARE((*currentAccount())->server, std::string("https://a.example"));
        compare(savedSession({}, &m_ring), sessionAt("https://a.example"));
        QCOMPARE(chooseAccount("https://c.example").error().fault, Fault::NotFound);
        QVERIFY(forgetSession("https://a.example", &m_ring).has_value());
        QVERIFY(!currentAccount()->has_value()); // nothing is published elsewhere unless it was chosen
        QCOMPARE(keptAccounts()->size(), std::size_t{1});
        QCOMPARE(keptAccounts()->front().server, std::string("https://b.example"));
        compare(savedSession("https://b.example", &m_ring), sessionAt("https://b.example"));
    }

    void aKeychainThatDoesNotKeepItLeavesItInTheFileAndSaysWhy_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"locked", "absent", "forgetful"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void aKeychainThatDoesNotKeepItLeavesItInTheFileAndSaysWhy()
    {
        QFETCH(QString, kind);
        if (kind == "locked")
            m_ring.trouble = Error{Fault::Denied, "keychain: locked"};
        if (kind == "absent")
            m_ring.trouble = Error{Fault::Unavailable, "keychain: there is none here"};
        m_ring.forgets = kind == "forgetful";
        Session session = sessionAt("https://a.example");
        QVERIFY(keepSession(session, &m_ring).has_value());
        QVERIFY(!session.fallback.empty());
        compare(savedSession({}, &m_ring), session);
        compare(savedSession(), session);
    }

    void aLockedKeychainHidesALoginAndLosesNone()
    {
        Session session = sessionAt("https://a.example");
        QVERIFY(keepSession(session, &m_ring).has_value());
        m_ring.trouble = Error{Fault::Denied, "keychain: locked"};
        const auto hidden = savedSession({}, &m_ring);
        QCOMPARE(hidden.error().fault, Fault::Unavailable);
        QVERIFY2(hidden.error().message.find("unlock the keychain") != std::string::npos, hidden.error().message.c_str());
        QCOMPARE(savedSession().error().fault, Fault::Unavailable);
        m_ring.trouble.reset();
        compare(savedSession({}, &m_ring), session);
    }

    void aRenewedTokenThatTheKeychainRefusesIsInTheFile()
    {
        Session session = sessionAt("https://a.example");
        QVERIFY(keepSession(session, &m_ring).has_value());
        session.token = "newer";
        m_ring.writesLeft = 0;
        QVERIFY(keepSession(session, &m_ring).has_value());
        compare(savedSession({}, &m_ring), session); // not the older one, which the keychain still has
    }

    void whatAnEarlierVersionKeptGoesOver()
    {
        Session one = sessionAt("https://a.example");
        Session two = sessionAt("https://b.example");
        QVERIFY(keepSession(one).has_value());
        QVERIFY(keepSession(two).has_value());
        QVERIFY(text().find("token-of-https://a.example") != std::string::npos);
        QCOMPARE(moveLogins(m_ring).value_or(-1), 2);
        QVERIFY(text().find("token-of") == std::string::npos);
        compare(savedSession("https://a.example", &m_ring), one);
        compare(savedSession({}, &m_ring), two);
        QCOMPARE(moveLogins(m_ring).value_or(-1), 0);
    }

    void whoChoseTheFileKeepsIt()
    {
        Session session = sessionAt("https://a.example");
        session.inFile = true;
        QVERIFY(keepSession(session, &m_ring).has_value());
        QCOMPARE(moveLogins(m_ring).value_or(-1), 0);
        QVERIFY(m_ring.secrets.empty());
        Session found = *savedSession({}, &m_ring);
        QVERIFY(found.inFile);
        found.token = "renewed";
        QVERIFY(keepSession(found, &m_ring).has_value());
        QVERIFY(m_ring.secrets.empty() && found.fallback.empty());
    }

    void aMoveThatStopsHalfwayLosesNothing_data()
    {
        QTest::addColumn<int>("writes");
        QTest::addColumn<bool>("forgets");
        QTest::newRow("locked at once") << 0 << false;
        QTest::newRow("locked after one") << 1 << false;
        QTest::newRow("keeps nothing") << 1000 << true;
    }
    void aMoveThatStopsHalfwayLosesNothing()
    {
        QFETCH(int, writes);
        QFETCH(bool, forgets);
        Session one = sessionAt("https://a.example");
        Session two = sessionAt("https://b.example");
        QVERIFY(keepSession(one).has_value());
        QVERIFY(keepSession(two).has_value());
        m_ring.writesLeft = writes;
        m_ring.forgets = forgets;
        QVERIFY(!moveLogins(m_ring).has_value());
        compare(savedSession("https://a.example", &m_ring), one);
        compare(savedSession("https://b.example", &m_ring), two);
    }

    void aForgottenLoginIsNowhere()
    {
        Session session = sessionAt("https://a.example");
        QVERIFY(keepSession(session, &m_ring).has_value());
        QVERIFY(forgetSession(session.server, &m_ring).has_value());
        QVERIFY(m_ring.secrets.empty());
        QCOMPARE(savedSession(session.server, &m_ring).error().fault, Fault::NotFound);
        QVERIFY(!currentAccount()->has_value());
    }

    void twoHomesDoNotShareALogin()
    {
        Session session = sessionAt("https://a.example");
        QVERIFY(keepSession(session, &m_ring).has_value());
        const TemporaryDirectory other = *TemporaryDirectory::make();
        qputenv("ARTDAG_HOME", QByteArray::fromStdString(other.path().string()));
        Session theirs = sessionAt("https://a.example");
        theirs.token = "another";
        QVERIFY(keepSession(theirs, &m_ring).has_value());
        QCOMPARE(m_ring.secrets.size(), std::size_t(2));
        qputenv("ARTDAG_HOME", QByteArray::fromStdString(m_home->path().string()));
        compare(savedSession({}, &m_ring), session);
    }
};

QTEST_GUILESS_MAIN(KeptLoginsTest)
#include "kept_logins_test.moc"
