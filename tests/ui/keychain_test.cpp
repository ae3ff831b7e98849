// SPDX-License-Identifier: GPL-3.0-or-later
// The creator's key and the keychain: with hand-written keychains that are slow, locked or not there, and with a real Secret
// Service (gnome-keyring) on a session bus that the test starts and ends.
#include "core/identity/secret_ring.h"
#include "tests/ui/gui_watch.h"
#include "tests/ui/patience.h"
#include "ui/key_holder.h"
#include "ui/qt_std.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <chrono>
#include <csignal>
#include <future>

using namespace artdag;

namespace {
/// Answers when it is told to.
class FakeKeychain : public Keychain {
public:
    std::optional<std::string> m_secret;
    std::optional<Error> m_trouble;
    std::function<void()> m_late; ///< a waiting answer
    bool m_slow = false;
    int m_reads = 0, m_writes = 0;

    void read(std::function<void(Result<std::string>)> done) override
    {
        ++m_reads;
        answer([this, done] { done(m_trouble ? tl::unexpected(*m_trouble) : (m_secret ? Result<std::string>(*m_secret) : fail(Fault::NotFound, "none"))); });
    }
    void write(const std::string& secret, std::function<void(Result<void>)> done) override
    {
        ++m_writes;
        answer([this, secret, done] {
            if (!m_trouble)
                m_secret = secret;
            done(m_trouble ? Result<void>(tl::unexpected(*m_trouble)) : Result<void>());
        });
    }

private:
    void answer(std::function<void()> what)
    {
        if (m_slow)
            m_late = std::move(what);
        else
            QTimer::singleShot(0, QCoreApplication::instance(), what);
    }
};
} // namespace

class KeychainTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    FakeKeychain* m_fake = nullptr;

    std::unique_ptr<KeyHolder> holder(std::unique_ptr<FakeKeychain> fake)
    {
        m_fake = fake.get();
        return std::make_unique<KeyHolder>(toPath(m_folder->path()), std::move(fake));
    }
    QStringList files() const { return QDir(m_folder->path()).entryList(QDir::Files); }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void nothingIsAskedAtTheStart()
    {
        const auto keys = holder(std::make_unique<FakeKeychain>());
        QTest::qWait(0);
        QCOMPARE(m_fake->m_reads, 0);
        QVERIFY(!keys->isUnlocked());
        QVERIFY(files().isEmpty());
    }

    void theFirstSignatureMakesTheKeyAndSaysSoInOneSentence()
    {
        auto keys = holder(std::make_unique<FakeKeychain>());
        QSignalSpy said(keys.get(), &KeyHolder::said);
        int went = 0;
        keys->ensure([&] { ++went; });
        QTRY_COMPARE_WITH_TIMEOUT(went, 1, patience);
        QVERIFY(keys->isUnlocked());
        QCOMPARE(files(), QStringList{QStringLiteral("default.key")});
        QVERIFY(m_fake->m_secret && m_fake->m_secret->size() >= 32);
        QCOMPARE(said.count(), 1);
        keys->ensure([&] { ++went; });
        QCOMPARE(went, 2); // at once
        QCOMPARE(m_fake->m_reads, 1);

        // Another start opens it silently; the same key.
        const QString fingerprint = keys->fingerprint();
        auto fake = std::make_unique<FakeKeychain>();
        fake->m_secret = m_fake->m_secret;
        keys = holder(std::move(fake));
        QSignalSpy again(keys.get(), &KeyHolder::said);
        keys->ensure([&] { ++went; });
        QTRY_COMPARE_WITH_TIMEOUT(went, 3, patience);
        QCOMPARE(keys->fingerprint(), fingerprint);
        QCOMPARE(again.count(), 0);
        QCOMPARE(m_fake->m_writes, 0);
    }

    void aCopyWithAPassphraseOfItsOwnBringsTheKeyToAnotherMachine()
    {
        const auto keys = holder(std::make_unique<FakeKeychain>());
        keys->ensure([] {});
        QTRY_VERIFY_WITH_TIMEOUT(keys->isUnlocked(), patience);
        QTemporaryDir stick;
        QSignalSpy said(keys.get(), &KeyHolder::said);
        keys->backUp(QUrl::fromLocalFile(stick.path()), QStringLiteral("short"));
        QVERIFY2(keys->message().contains(QStringLiteral("at least 8")), qPrintable(keys->message()));
        keys->backUp(QUrl::fromLocalFile(stick.path()), QStringLiteral("for the copy"));
        QVERIFY(keys->isBusy());
        QTRY_COMPARE_WITH_TIMEOUT(said.count(), 1, patience);
        const QString copy = stick.filePath(QStringLiteral("default.key"));
        QVERIFY2(said.constFirst().constFirst().toString().contains(copy), qPrintable(said.constFirst().constFirst().toString()));
        keys->backUp(QUrl::fromLocalFile(stick.path()), QStringLiteral("for the copy")); // nothing is written over
        QTRY_VERIFY_WITH_TIMEOUT(!keys->message().isEmpty(), patience);
        QCOMPARE(said.count(), 1);

        QTemporaryDir machine;
        KeyHolder other(toPath(machine.path()));
        other.restore(QUrl::fromLocalFile(copy), QStringLiteral("another one"));
        QTRY_VERIFY2_WITH_TIMEOUT(other.message().contains(QStringLiteral("wrong passphrase")), qPrintable(other.message()), patience);
        QVERIFY(!other.exists());
        other.restore(QUrl::fromLocalFile(copy), QStringLiteral("for the copy"));
        QTRY_VERIFY_WITH_TIMEOUT(other.isUnlocked(), patience);
        QCOMPARE(other.fingerprint(), keys->fingerprint());
        QVERIFY(other.exists());
        KeyHolder later(toPath(machine.path()));
        later.unlock(QStringLiteral("for the copy"));
        QTRY_VERIFY_WITH_TIMEOUT(later.isUnlocked(), patience);
        QCOMPARE(later.fingerprint(), keys->fingerprint());
    }

    void aNewKeyTakesThePlaceOfTheOldOneUnderTheSamePassphrase()
    {
        auto keys = holder(std::make_unique<FakeKeychain>());
        keys->ensure([] {});
        QTRY_VERIFY_WITH_TIMEOUT(keys->isUnlocked(), patience);
        const QString first = keys->fingerprint();
        const std::optional<std::string> secret = m_fake->m_secret;
        QVERIFY(!keys->isTyped());
        QSignalSpy said(keys.get(), &KeyHolder::said);
        keys->replace({}, {});
        QVERIFY(keys->isBusy());
        QTRY_VERIFY_WITH_TIMEOUT(!keys->isBusy(), patience);
        const QString second = keys->fingerprint();
        QVERIFY(second != first);
        QCOMPARE(m_fake->m_secret, secret);
        QCOMPARE(said.count(), 1);
        QCOMPARE(files().size(), 2);
        QVERIFY(files().contains(QStringLiteral("default.key")));
        const std::unique_ptr<KeyRing> ring = openKeyFiles(toPath(m_folder->path()), *secret);
        const std::vector<std::string> names = *ring->names();
        for (const std::string& name : names)
            QCOMPARE(QString::fromStdString(ring->read(name)->publicKey().kid()).left(20), (name == "default" ? second : first).left(20));

        // A keychain that has gone since, or that stays shut: the passphrase is asked for, and nothing was changed.
        m_fake->m_trouble = Error{Fault::Denied, "the keychain is locked"};
        keys->replace({}, {});
        QTRY_VERIFY_WITH_TIMEOUT(!keys->isBusy(), patience);
        QVERIFY2(keys->message().contains(QStringLiteral("locked")), qPrintable(keys->message()));
        QVERIFY(keys->isTyped());
        keys->replace(QStringLiteral("not the passphrase"), {});
        QTRY_VERIFY2_WITH_TIMEOUT(keys->message().contains(QStringLiteral("wrong passphrase")), qPrintable(keys->message()), patience);
        QCOMPARE(keys->fingerprint(), second);
        QVERIFY(keys->isUnlocked());
        keys->replace(toQt(std::string_view(*secret)), QStringLiteral("http://127.0.0.1:1")); // a server that is not there
        QTRY_VERIFY_WITH_TIMEOUT(!keys->isBusy(), patience);
        QVERIFY(!keys->message().isEmpty());
        QCOMPARE(keys->fingerprint(), second);
        QCOMPARE(files().size(), 2);
    }

    void aKeychainThatIsLockedOrMissingMakesNothingAndIsSaid_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<QString>("words");
        QTest::newRow("locked") << static_cast<int>(Fault::Denied) << QStringLiteral("the keychain is locked");
        QTest::newRow("missing") << static_cast<int>(Fault::Unavailable) << QStringLiteral("there is no keychain");
    }
    void aKeychainThatIsLockedOrMissingMakesNothingAndIsSaid()
    {
        QFETCH(int, fault);
        QFETCH(QString, words);
        auto fake = std::make_unique<FakeKeychain>();
        fake->m_trouble = Error{static_cast<Fault>(fault), toStd(words)};
        const auto keys = holder(std::move(fake));
        int went = 0;
        keys->ensure([&] { ++went; });
        QTRY_COMPARE_WITH_TIMEOUT(went, 1, patience);
        QVERIFY(!keys->isUnlocked());
        QVERIFY2(keys->message().contains(words), qPrintable(keys->message()));
        QVERIFY(files().isEmpty());
        QCOMPARE(m_fake->m_writes, 0);
        keys->unlock(QStringLiteral("correct horse battery")); // the encrypted file, because it was chosen
        QTRY_VERIFY_WITH_TIMEOUT(keys->isUnlocked(), patience);
        QCOMPARE(files(), QStringList{QStringLiteral("default.key")});
    }

    void aSlowKeychainKeepsNobodyWaitingAndStillOpensTheKeyLater()
    {
        auto fake = std::make_unique<FakeKeychain>();
        fake->m_slow = true;
        const auto keys = holder(std::move(fake));
        QElapsedTimer clock;
        clock.start();
        int went = 0;
        keys->ensure([&] { ++went; });
        QTRY_COMPARE_WITH_TIMEOUT(went, 1, patience);
        QVERIFY(clock.elapsed() >= KeyHolder::patience - 100);
        QVERIFY(!keys->isUnlocked());
        QVERIFY2(keys->message().contains(QStringLiteral("has not answered")), qPrintable(keys->message()));
        m_fake->m_slow = false;
        m_fake->m_late();
        QTRY_VERIFY_WITH_TIMEOUT(keys->isUnlocked(), patience);
        QCOMPARE(went, 1);
    }

    void aKeyWhosePassphraseIsNotInTheKeychainIsNeverReplaced()
    {
        auto keys = holder(nullptr);
        keys->unlock(QStringLiteral("correct horse battery"));
        QTRY_VERIFY_WITH_TIMEOUT(keys->isUnlocked(), patience);
        const QString fingerprint = keys->fingerprint();
        keys = holder(std::make_unique<FakeKeychain>());
        int went = 0;
        keys->ensure([&] { ++went; });
        QTRY_COMPARE_WITH_TIMEOUT(went, 1, patience);
        QVERIFY(!keys->isUnlocked());
        QCOMPARE(m_fake->m_writes, 0);
        keys->unlock(QStringLiteral("correct horse battery"));
        QTRY_VERIFY_WITH_TIMEOUT(keys->isUnlocked(), patience);
        QCOMPARE(keys->fingerprint(), fingerprint);
    }

    // Last: from here on there is a session bus.
    void aRealSecretServiceKeepsThePassphraseAndNeverHoldsUpTheWindow()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("gnome-keyring-daemon")).isEmpty() || QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty())
            QFAIL("gnome-keyring and dbus-daemon belong to packaging/dependencies.txt");
        QTemporaryDir home;
        QProcess bus;
        bus.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QVERIFY(bus.waitForReadyRead(patience));
        qputenv("DBUS_SESSION_BUS_ADDRESS", bus.readLine().trimmed());
        QProcess daemon;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* variable : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME"})
            environment.insert(QString::fromLatin1(variable), home.path());
        daemon.setProcessEnvironment(environment);
        daemon.start(QStringLiteral("gnome-keyring-daemon"), {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets")});
        QVERIFY(daemon.waitForStarted(patience));
        daemon.write("open sesame");
        daemon.closeWriteChannel();
        QDBusConnection session = QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("test"));
        const QString service = QStringLiteral("org.freedesktop.secrets");
        const auto isThere = [&] {
            QDBusMessage ask = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/"), QStringLiteral("org.freedesktop.DBus"), QStringLiteral("NameHasOwner"));
            ask << service;
            return session.call(ask).arguments().value(0).toBool();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isThere(), patience);

        auto* application = static_cast<WatchedApplication*>(QCoreApplication::instance());
        application->restart();
        const QString name = m_folder->path();
        int went = 0;
        QString fingerprint;
        {
            KeyHolder keys(toPath(m_folder->path()), openKeychain(name));
            keys.ensure([&] { ++went; });
            QTRY_COMPARE_WITH_TIMEOUT(went, 1, patience);
            QTRY_VERIFY_WITH_TIMEOUT(keys.isUnlocked(), patience);
            fingerprint = keys.fingerprint();
        }
        {
            KeyHolder keys(toPath(m_folder->path()), openKeychain(name));
            keys.ensure([&] { ++went; });
            QTRY_COMPARE_WITH_TIMEOUT(went, 2, patience);
            QTRY_COMPARE_WITH_TIMEOUT(keys.fingerprint(), fingerprint, patience);
        }
        // Tokens of logins, which the command line reads too.
        const std::unique_ptr<SecretRing> ring = openSecretService(std::chrono::seconds(2));
        QCOMPARE(ring->read("login of a test").error().fault, Fault::NotFound);
        const auto written = ring->write("login of a test", "a secret ü");
        QVERIFY2(written.has_value(), written ? "" : written.error().message.c_str());
        QVERIFY(ring->write("login of a test", "another secret").has_value()); // takes its place
        QCOMPARE(openSecretService()->read("login of a test").value_or(""), std::string("another secret"));
        QCOMPARE(ring->read("login of another").error().fault, Fault::NotFound);
        QVERIFY(ring->remove("login of a test").has_value());
        QCOMPARE(ring->read("login of a test").error().fault, Fault::NotFound);
        QVERIFY(ring->write("login of a test", "a secret").has_value());
        { // A daemon that hangs: it is stopped, and goes on later.
            ::kill(static_cast<pid_t>(daemon.processId()), SIGSTOP);
            KeyHolder keys(toPath(m_folder->path()), openKeychain(name));
            keys.ensure([&] { ++went; });
            QTRY_COMPARE_WITH_TIMEOUT(went, 3, patience);
            QVERIFY(!keys.isUnlocked());
            QVERIFY2(keys.message().contains(QStringLiteral("has not answered")), qPrintable(keys.message()));
            auto asked = std::async(std::launch::async, [&] { return ring->read("login of a test"); });
            QCOMPARE(asked.get().error().fault, Fault::Unavailable); // after its patience
            ::kill(static_cast<pid_t>(daemon.processId()), SIGCONT);
            QTRY_VERIFY_WITH_TIMEOUT(keys.isUnlocked(), patience);
        }
        { // Locked, with nobody to ask for its password.
            QDBusMessage lock = QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/secrets"), QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("Lock"));
            lock << QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(QStringLiteral("/org/freedesktop/secrets/collection/login"))});
            QVERIFY2(session.call(lock).type() == QDBusMessage::ReplyMessage, "the collection cannot be locked");
            KeyHolder keys(toPath(m_folder->path()), openKeychain(name));
            keys.ensure([&] { ++went; });
            QTRY_COMPARE_WITH_TIMEOUT(went, 4, patience);
            QVERIFY(!keys.isUnlocked());
            QVERIFY(!keys.message().isEmpty());
            auto asked = std::async(std::launch::async, [&] { return ring->read("login of a test"); });
            QTRY_VERIFY_WITH_TIMEOUT(asked.wait_for(std::chrono::seconds(0)) == std::future_status::ready, patience);
            QVERIFY(!asked.get().has_value());
            auto given = std::async(std::launch::async, [&] { return ring->write("login of a test", "newer"); });
            QTRY_VERIFY_WITH_TIMEOUT(given.wait_for(std::chrono::seconds(0)) == std::future_status::ready, patience);
            QVERIFY(!given.get().has_value());
        }
        QVERIFY2(application->stalls() == 0, qPrintable(QStringLiteral("%1 ms").arg(application->worst())));
        std::signal(SIGTERM, SIG_IGN); // GLib ends a program whose session bus goes; here it goes on purpose
        daemon.terminate();
        QVERIFY(daemon.waitForFinished(patience));
        bus.terminate();
        QVERIFY(bus.waitForFinished(patience));
    }

    void aBusyLoopOfSixtyMillisecondsIsCounted()
    {
        auto* application = static_cast<WatchedApplication*>(QCoreApplication::instance());
        application->restart();
        bool done = false;
        QTimer::singleShot(0, this, [&] {
            timespec begin{}, now{};
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
            do
                clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
            while ((now.tv_sec - begin.tv_sec) * 1000 + (now.tv_nsec - begin.tv_nsec) / 1000000 < 60);
            done = true;
        });
        QTRY_VERIFY_WITH_TIMEOUT(done, patience);
        QCOMPARE(application->stalls(), 1);
        application->restart();
        done = false;
        QTimer::singleShot(0, this, [&] {
            QThread::msleep(60); // no work, but nobody answers
            done = true;
        });
        QTRY_VERIFY_WITH_TIMEOUT(done, patience);
        QCOMPARE(application->stalls(), 1);
        application->restart();
        done = false;
        QTimer::singleShot(70, this, [&] { done = true; }); // waiting is no work
        QTRY_VERIFY_WITH_TIMEOUT(done, patience);
        QCOMPARE(application->stalls(), 0);
    }
};

int main(int argc, char** argv)
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:"); // never the keychain of who runs the tests
    WatchedApplication application(argc, argv);
    KeychainTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "keychain_test.moc"
