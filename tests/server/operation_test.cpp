// SPDX-License-Identifier: GPL-3.0-or-later
// Looking after a real artdagd: backup and restoring, upgrades, accounts and blocks from the command line, the doctor, the loss
// of its database, and two processes on one database.
#include "server/db/database.h"
#include "server/db/dump.h"
#include "server/db/job_counts.h"
#include "server/l2/nightly_sweep.h"
#include "tests/server/server_process.h"
#include "tests/server/signed_work.h"

#include <QDir>
#include <QTest>

#include <latch>
#include <thread>

using namespace artdag;

class OperationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_cluster.start()); }
    void cleanup() { qunsetenv("DATABASE_URL"); }
    void aBackupRestoresElsewhere_data();
    void aBackupRestoresElsewhere();
    void damagedBackupsAreRefused_data();
    void damagedBackupsAreRefused();
    void aServerIsNotRestoredOverAnother();
    void keysThatOthersReadStopTheStart_data();
    void keysThatOthersReadStopTheStart();
    void settingsAreExplainedWithoutSecrets();
    void accountsAreMadeAndChanged();
    void keysAreMadeBeforeAndAfterTheAccount();
    void domainsAreBlocked();
    void theDoctorSeesWhatIsWrong();
    void whatExpiredIsSwept();
    void theSweepIsPlannedAndTheServerStopsInTime();
    void aRestartOfTheDatabaseIsSurvived();
    void twoProcessesPublishOneAfterTheOther();

private:
    struct Ran {
        int code = -1;
        std::string said; ///< both outputs
    };
    static Ran artdagd(const QStringList& arguments, const std::map<QString, QString>& environment = {})
    {
        QProcess process;
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        for (const auto& [name, value] : environment)
            all.insert(name, value);
        process.setProcessEnvironment(all);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(ARTDAG_BIN_DIR "/artdagd", arguments);
        const bool ended = process.waitForFinished(30'000);
        return {ended && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAll().toStdString()};
    }
    static Ran backup(const QString& data, const QString& file) { return artdagd({"backup", file, "--data", data}, {{"ARTDAG_BACKUP_PASSPHRASE", passphrase}}); }
    static Ran restore(const QString& data, const QString& file, const QString& words = passphrase) { return artdagd({"restore", file, "--data", data}, {{"ARTDAG_BACKUP_PASSPHRASE", words}}); }
    bool use(const QString& engine) { return engine == "sqlite" ? qunsetenv("DATABASE_URL") : qputenv("DATABASE_URL", QByteArray::fromStdString(m_cluster.newDatabase())); }
    static inline const QString passphrase = "correct horse battery";
    PostgresCluster m_cluster;
    QTemporaryDir m_directory;
};

namespace {

/// Publishes a signed work; its claim.
Json publish(ServerProcess& server, const std::string& account, const std::string& token, const std::string& name)
{
    const SigningKey key = *SigningKey::generate(KeyAlgorithm::Ed25519);
    server.post("/users/giles/keys", keyProof(key, account, server::isoTime(server::nowMicroseconds())), token);
    const SignedWork work = makeSignedWork(name, key, account);
    for (const std::string* bytes : {&work.film, &work.digests, &work.input})
        server.upload(*bytes, token);
    server.upload(work.recipe, token, "application/vnd.artdag.recipe+json");
    const HttpAnswer answer = server.post("/assets", Json{{"name", name}, {"content_hash", work.run.output.contentHash.text()}, {"asset_type", "video"}, {"claim", work.claim}, {"manifest", work.manifest}}, token);
    return answer.status == 201 ? work.claim : Json(answer.body);
}

} // namespace

void OperationTest::aBackupRestoresElsewhere_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("SQLite") << "sqlite"
                            << "sqlite";
    QTest::newRow("SQLite to PostgreSQL") << "sqlite"
                                          << "postgresql";
    QTest::newRow("PostgreSQL to SQLite") << "postgresql"
                                          << "sqlite";
}

void OperationTest::aBackupRestoresElsewhere()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    const QStringList domain{"--domain", "film.example"};
    const QString file = m_directory.filePath(QString(QTest::currentDataTag()).remove(' ') + ".backup"), data = file + ".data";
    QVERIFY(use(from));
    ServerProcess server;
    QVERIFY(server.start(domain));
    const std::string token = server.tokenOf("giles");
    const Json claim = publish(server, "@giles@film.example", token, "kept");
    QVERIFY2(claim.is_object(), claim.dump().c_str());
    const std::string activity = server.get("/activity/1", "application/activity+json").body;
    QVERIFY(activity.find("\"Create\"") != std::string::npos);

    const Ran made = backup(server.data(), file); // while it runs
    QVERIFY2(made.code == 0, made.said.c_str());
    QVERIFY(!(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther)));
    const std::string bytes = *readTextFile(file.toStdString());
    for (const char* clear : {"giles", "PRIVATE KEY", "film.example", "SQLite", "users"})
        QVERIFY2(bytes.find(clear) == std::string::npos, clear);
    QCOMPARE(server.stop(), 0);

    QVERIFY(use(to));
    const Ran restored = restore(data, file);
    QVERIFY2(restored.code == 0, restored.said.c_str());
    QVERIFY2(restored.said.find("5 media files") != std::string::npos || restored.said.find("4 media files") != std::string::npos, restored.said.c_str());
    QCOMPARE(QProcess::execute("cp", {"-r", server.data() + "/objects/.", data + "/objects"}), 0);
    ServerProcess again(data);
    QVERIFY(again.start(domain));
    QCOMPARE(again.get("/activity/1", "application/activity+json").body, activity);
    QCOMPARE(documentId(*readJson(again.get("/assets/@giles/kept/claim").body)), documentId(claim));
    QCOMPARE(again.get("/auth/me", "*/*", token).status, 200); // the same secret
    QCOMPARE(again.get("/assets/@giles/kept/recipe").status, 200);
    QVERIFY(!again.tokenOf("giles").empty());
    QVERIFY(publish(again, "@giles@film.example", token, "next").is_object());
    QCOMPARE(again.get("/activity/2", "application/activity+json").status, 200);
    QFile before(server.data() + "/keys/giles.pem"), after(data + "/keys/giles.pem");
    QVERIFY(before.open(QIODevice::ReadOnly) && after.open(QIODevice::ReadOnly));
    QCOMPARE(after.readAll(), before.readAll());
    QCOMPARE(again.stop(), 0);
}

void OperationTest::damagedBackupsAreRefused_data()
{
    QTest::addColumn<QString>("damage");
    QTest::addColumn<int>("code");
    QTest::newRow("wrong passphrase") << "passphrase" << 7;
    QTest::newRow("a bit in the header") << "header" << 7;
    QTest::newRow("a bit in the middle") << "middle" << 7;
    QTest::newRow("a bit at the end") << "end" << 7;
    QTest::newRow("cut in a block") << "cut" << 7;
    QTest::newRow("cut between blocks") << "block" << 7;
    QTest::newRow("longer") << "longer" << 7;
    QTest::newRow("another file") << "other" << 6;
    QTest::newRow("no file") << "none" << 3;
}

void OperationTest::damagedBackupsAreRefused()
{
    QFETCH(QString, damage);
    QFETCH(int, code);
    const QString good = m_directory.filePath("to-damage.backup"), bad = m_directory.filePath("damaged-" + damage), data = bad + ".data";
    if (!QFile::exists(good)) {
        ServerProcess server;
        QVERIFY(server.start());
        for (int i = 0; i < 100; ++i) // several blocks
            server.upload("object " + std::to_string(i), server.tokenOf("giles"));
        QVERIFY(server::Database::attach((server.data() + "/artdagd.sqlite").toStdString())->lease()->link().run("INSERT INTO settings (name, value) VALUES ('long', '" + std::string(300'000, 'x') + "')"));
        QCOMPARE(backup(server.data(), good).code, 0);
        QCOMPARE(restore(m_directory.filePath("undamaged"), good).code, 0); // it was good before
    }
    std::string bytes = *readTextFile(good.toStdString());
    constexpr std::size_t header = 42, block = (64 << 10) + 16;
    QVERIFY(bytes.size() > header + 3 * block);
    auto flip = [&](std::size_t at) { bytes[at] = static_cast<char>(bytes[at] ^ 1); };
    if (damage == "header")
        flip(20);
    if (damage == "middle")
        flip(bytes.size() / 2);
    if (damage == "end")
        flip(bytes.size() - 1);
    if (damage == "cut")
        bytes.resize(bytes.size() - 5);
    if (damage == "block")
        bytes.resize(header + 2 * block);
    if (damage == "longer")
        bytes += std::string(100, 'x');
    if (damage == "other")
        bytes.assign(1000, 'x');
    if (damage != "none")
        QVERIFY(writeFileAtomically(bad.toStdString(), bytesOf(bytes)));
    const Ran ran = restore(data, bad, damage == "passphrase" ? "wrong horse battery" : passphrase);
    QVERIFY2(ran.code == code, ran.said.c_str());
    QCOMPARE(QDir(data + "/keys").entryList(QDir::Files).size(), 0);
    QCOMPARE(QDir(data + "/secrets").entryList(QDir::Files).size(), 0);
    QVERIFY(!QFile::exists(data + "/artdagd.sqlite"));
}

void OperationTest::aServerIsNotRestoredOverAnother()
{
    ServerProcess server;
    QVERIFY(server.start());
    const std::string token = server.tokenOf("giles");
    const QString file = m_directory.filePath("over.backup");
    QCOMPARE(backup(server.data(), file).code, 0);
    QCOMPARE(restore(server.data(), file).code, 8);
    QCOMPARE(backup(server.data(), file).code, 8); // nor a backup over another
    QCOMPARE(artdagd({"backup", file + "2", "--data", server.data()}, {{"ARTDAG_BACKUP_PASSPHRASE", "short"}}).code, 2);
    QCOMPARE(artdagd({"backup", file + "2", "--data", server.data()}).code, 7); // nobody to ask
    QVERIFY(!QFile::exists(file + "2"));
    QCOMPARE(server.get("/auth/me", "*/*", token).status, 200);
}

void OperationTest::keysThatOthersReadStopTheStart_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("key") << "keys/giles.pem";
    QTest::newRow("secret") << "secrets/jwt_secret";
}

void OperationTest::keysThatOthersReadStopTheStart()
{
    QFETCH(QString, name);
    ServerProcess server;
    QVERIFY(server.start());
    server.tokenOf("giles");
    QCOMPARE(server.stop(), 0);
    const QString file = server.data() + "/" + name;
    const auto before = QFile::permissions(file);
    for (const auto more : {QFile::ReadGroup, QFile::ReadOther}) {
        QVERIFY(QFile::setPermissions(file, before | more));
        QVERIFY(!server.start());
        QCOMPARE(server.stop(), 7);
        const Ran doctor = artdagd({"doctor", "--offline", "--data", server.data()});
        QCOMPARE(doctor.code, 1);
        QVERIFY2(doctor.said.find(name.toStdString()) != std::string::npos, doctor.said.c_str());
    }
    QVERIFY(QFile::setPermissions(file, before));
    QVERIFY(server.start());
}

void OperationTest::settingsAreExplainedWithoutSecrets()
{
    const QString data = m_directory.filePath("explained");
    QCOMPARE(artdagd({"init", "--data", data, "--domain", "film.example"}).code, 0);
    QVERIFY(QFile::exists(data + "/artdagd.toml"));
    const std::map<QString, QString> said{{"DATABASE_URL", "postgresql://artdag:hunter2@127.0.0.1:1/x"}, {"JWT_SECRET", "hunter2-hunter2-hunter2-hunter2-0123456789"}, {"PORT", "8201"}};
    const Ran good = artdagd({"check-config", "--data", data}, said);
    QVERIFY2(good.code == 0, good.said.c_str());
    QVERIFY(good.said.find("hunter2") == std::string::npos);
    for (const char* words : {"ARTDAG_DOMAIN", "film.example", "artdagd.toml'", "8201", "environment", "command line", "https://film.example", "postgresql://…@127.0.0.1:1/x"})
        QVERIFY2(good.said.find(words) != std::string::npos, words);
    const Ran bad = artdagd({"check-config", "--data", data}, {{"PORT", "eighty"}});
    QCOMPARE(bad.code, 2);
    QVERIFY(bad.said.find("! must be a whole number") != std::string::npos);
    QCOMPARE(artdagd({"serve", "--data", data}, {{"PORT", "eighty"}}).code, 2);
    const Ran lost = artdagd({"serve", "--data", data, "--port", "0"}, said);
    QVERIFY2(lost.code == 4, lost.said.c_str()); // nobody is at that URL
    QVERIFY(lost.said.find("hunter2") == std::string::npos);
}

void OperationTest::accountsAreMadeAndChanged()
{
    ServerProcess server;
    QVERIFY(server.start({"--registration", "approval"}));
    const QString data = server.data();
    auto user = [&](const QStringList& arguments, const std::map<QString, QString>& environment = {}) { return artdagd(QStringList{"user"} + arguments + QStringList{"--data", data}, environment); };
    auto login = [&](const std::string& name, const std::string& password) { return server.post("/auth/login", Json{{"user", name}, {"password", password}}).status; };
    QCOMPARE(user({"add", "giles", "--role", "member"}, {{"ARTDAG_NEW_PASSWORD", "long enough"}}).code, 0);
    QCOMPARE(login("giles", "long enough"), 200);
    QCOMPARE(user({"add", "giles"}, {{"ARTDAG_NEW_PASSWORD", "long enough"}}).code, 8);
    QCOMPARE(user({"add", "Not-A-Name"}).code, 2);
    QCOMPARE(user({"role", "giles", "member"}).code, 8); // the first is the owner, and the only one
    const Ran added = user({"add", "carol", "--role", "admin"});
    QCOMPARE(added.code, 0);
    const auto at = added.said.find("/reset?code=");
    QVERIFY2(at != std::string::npos, added.said.c_str());
    const std::string secret = added.said.substr(at + 12, 43);
    const auto database = server::Database::attach((data + "/artdagd.sqlite").toStdString());
    auto lease = *database->lease();
    auto* query = *lease.statement("SELECT count(*) FROM reset_links JOIN users ON users.id = user_id WHERE hash = $1 AND users.name = 'carol' AND used_at IS NULL");
    query->bind(1, sha3(bytesOf(secret)));
    QVERIFY(query->step().value_or(false));
    QCOMPARE(query->integer(0), 1);
    query->reset();
    QCOMPARE(user({"role", "carol", "owner"}).code, 0);
    QCOMPARE(user({"role", "giles", "limited"}).code, 0);
    const std::string token = (*readJson(server.post("/auth/login", Json{{"user", "giles"}, {"password", "long enough"}}).body))["token"];
    QCOMPARE((*readJson(server.get("/auth/me", "*/*", token).body))["role"].get<std::string>(), "limited");
    QCOMPARE(user({"suspend", "giles"}).code, 0);
    QCOMPARE(server.get("/auth/me", "*/*", token).status, 401);
    QCOMPARE(login("giles", "long enough"), 403);
    QCOMPARE(user({"approve", "giles"}).code, 0);
    QCOMPARE(login("giles", "long enough"), 200);
    QCOMPARE(user({"reset-link", "nobody"}).code, 3);
    QCOMPARE(user({"role", "nobody", "member"}).code, 3);
    QCOMPARE(server.post("/auth/register", Json{{"user", "late"}, {"password", "long enough"}}).status, 202);
    QVERIFY(user({"pending"}).said.find("late  since 20") != std::string::npos);
    QCOMPARE(artdagd({"users", "approve", "late", "--data", data}).code, 0); // as before
    QCOMPARE(login("late", "long enough"), 200);
    QCOMPARE(artdagd({"user", "pending", "--data", data + "-not-there"}).code, 3);
}

void OperationTest::keysAreMadeBeforeAndAfterTheAccount()
{
    ServerProcess server;
    QCOMPARE(artdagd({"keys", "generate", "--data", server.data(), "--user", "giles"}).code, 0);
    const std::string early = *readTextFile((server.data() + "/keys/giles.pub").toStdString());
    QVERIFY(!(QFile::permissions(server.data() + "/keys/giles.pem") & (QFile::ReadGroup | QFile::ReadOther)));
    QVERIFY(server.start());
    server.tokenOf("giles");
    auto shownKey = [&] { return (*readJson(server.get("/users/giles", "application/activity+json").body))["publicKey"]["publicKeyPem"].get<std::string>(); };
    QCOMPARE(shownKey(), early);
    QCOMPARE(artdagd({"setup-keys", "--data", server.data(), "--user", "giles"}).code, 0);
    QCOMPARE(shownKey(), early); // nothing that is there changes
    QVERIFY(QFile::remove(server.data() + "/keys/giles.pem"));
    QCOMPARE(artdagd({"setup-keys", "--data", server.data()}, {{"ARTDAG_USER", "giles"}}).code, 0);
    QVERIFY(shownKey() != early);
    QCOMPARE(shownKey(), *readTextFile((server.data() + "/keys/giles.pub").toStdString()));
    QCOMPARE(artdagd({"keys", "generate", "--data", server.data()}).code, 2);
    QCOMPARE(artdagd({"keys", "generate", "--data", server.data(), "--user", "../x"}).code, 2);
}

void OperationTest::domainsAreBlocked()
{
    const QString data = m_directory.filePath("blocks"), list = m_directory.filePath("list.csv");
    QCOMPARE(artdagd({"init", "--data", data}).code, 0);
    auto block = [&](const QStringList& arguments) { return artdagd(QStringList{"block"} + arguments + QStringList{"--data", data}); };
    QCOMPARE(block({"domain", "add", "bad.example", "--severity", "silence", "--comment", "spam, and more"}).code, 0);
    QVERIFY(writeFileAtomically(list.toStdString(), bytesOf(std::string("#domain,#severity\nworse.example,suspend\nBÜCHER.example,noop\n"))));
    const Ran imported = block({"import", list});
    QVERIFY2(imported.code == 0, imported.said.c_str());
    const Ran exported = block({"export"});
    QCOMPARE(exported.code, 0);
    for (const char* line : {"\nbad.example,silence,false,false,\"spam, and more\",false\n", "\nworse.example,suspend,", "\nxn--bcher-kva.example,noop,"})
        QVERIFY2(exported.said.find(line) != std::string::npos, exported.said.c_str());
    QVERIFY(writeFileAtomically(list.toStdString(), bytesOf(std::string("#domain,#severity\nfine.example,suspend\nno domain!,suspend\n"))));
    QCOMPARE(block({"import", list}).code, 2); // all or nothing
    QVERIFY(block({"domain", "list"}).said.find("fine.example") == std::string::npos);
    QCOMPARE(block({"domain", "remove", "bad.example"}).code, 0);
    QCOMPARE(block({"domain", "remove", "bad.example"}).code, 3);
    QCOMPARE(block({"domain", "add", "x.example", "--severity", "banish"}).code, 2);
}

void OperationTest::theDoctorSeesWhatIsWrong()
{
    ServerProcess server;
    QVERIFY(server.start());
    const QStringList ask{"doctor", "--data", server.data(), "--public-url", QString::fromStdString(server.url())};
    auto look = [&] { return artdagd(ask); };
    const Ran good = look();
    QVERIFY2(good.code == 0, good.said.c_str());
    for (const char* words : {"ok   directory", "ok   secrets", "disk", "ok   database", "ok   jobs", "ok   worker", "ok   address"})
        QVERIFY2(good.said.find(words) != std::string::npos, good.said.c_str());
    auto run = [&](const char* sql) { return server::Database::attach((server.data() + "/artdagd.sqlite").toStdString())->lease()->link().run(sql).has_value(); };
    QVERIFY(run("INSERT INTO jobs (kind, ref, payload, state, run_at, error, created_at) VALUES ('anchor', 'x', '{}', 'failed', 0, 'calendar: is gone', 0)"));
    const Ran doubtful = look();
    QCOMPARE(doubtful.code, 0);
    QVERIFY2(doubtful.said.find("anchor: calendar: is gone") != std::string::npos, doubtful.said.c_str());
    QVERIFY(run("INSERT INTO jobs (kind, ref, payload, state, run_at, created_at) VALUES ('of nobody', 'x', '{}', 'waiting', 1, 0)"));
    QVERIFY(look().said.find("BAD  jobs") != std::string::npos);
    QCOMPARE(server.stop(), 0);
    const Ran stopped = look();
    QCOMPARE(stopped.code, 1);
    QVERIFY2(stopped.said.find("BAD  address") != std::string::npos, stopped.said.c_str());
    QVERIFY(run("PRAGMA user_version = 1000"));
    QVERIFY(look().said.find("BAD  database") != std::string::npos);
    QVERIFY(artdagd({"doctor", "--offline", "--data", server.data() + "-not-there"}).said.find("BAD  directory") != std::string::npos);
}

void OperationTest::whatExpiredIsSwept()
{
    const auto database = *server::Database::open(m_directory.filePath("swept.sqlite").toStdString());
    auto lease = *database->lease();
    const std::int64_t now = server::nowMicroseconds(), second = 1'000'000;
    auto run = [&](const std::string& sql) { return lease.link().run(sql).has_value(); };
    QVERIFY(run("INSERT INTO users (id, name, display_name, password, role, state, created_at, public_pem) VALUES (1, 'giles', '', '', 'owner', 'active', 0, '')"));
    for (const bool old : {true, false}) {
        const std::string expires = std::to_string(now + (old ? -second : 60 * second)), mark = old ? "x'00'" : "x'01'", text = old ? "'old'" : "'young'";
        QVERIFY(run("INSERT INTO sessions VALUES (" + mark + ", 1, '', 0, 0, " + expires + ")"));
        QVERIFY(run("INSERT INTO reset_links (hash, user_id, made_by, expires) VALUES (" + mark + ", 1, 0, " + expires + ")"));
        QVERIFY(run("INSERT INTO authorization_codes (hash, client, redirect, challenge, scope, user_id, expires) VALUES (" + mark + ", '', '', '', '', 1, " + expires + ")"));
        QVERIFY(run("INSERT INTO revoked_tokens VALUES (" + text + ", " + std::to_string((now + (old ? -second : 60 * second)) / second) + ")"));
        QVERIFY(run("INSERT INTO seen_signatures VALUES (" + mark + ", " + std::to_string(now - (old ? 25 : 23) * 3600 * second) + ")"));
    }
    QVERIFY(QDir(m_directory.path()).mkpath("uploads"));
    for (const char* name : {"old", "young"}) {
        QFile file(m_directory.filePath("uploads/" + QString(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        if (name == std::string("old"))
            QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-25 * 3600), QFileDevice::FileModificationTime));
    }
    const auto swept = server::sweep(*database, m_directory.filePath("uploads").toStdString(), now);
    QVERIFY2(swept, swept ? "" : swept.error().message.c_str());
    QCOMPARE(*swept, 6);
    QCOMPARE(QDir(m_directory.filePath("uploads")).entryList(QDir::Files), QStringList{"young"});
    for (const char* table : {"sessions", "reset_links", "authorization_codes", "revoked_tokens", "seen_signatures"}) {
        auto* query = *lease.statement("SELECT count(*) FROM " + std::string(table));
        QVERIFY(query->step().value_or(false));
        QCOMPARE(query->integer(0), 1);
        query->reset();
    }
}

void OperationTest::theSweepIsPlannedAndTheServerStopsInTime()
{
    ServerProcess server;
    QVERIFY(server.start());
    const auto database = server::Database::attach((server.data() + "/artdagd.sqlite").toStdString());
    auto waiting = [&] {
        auto lease = *database->lease();
        auto* query = *lease.statement("SELECT ref, run_at FROM jobs WHERE kind = 'nightly-sweep' AND state = 'waiting'");
        return query->step().value_or(false) ? std::pair(query->text(0), query->integer(1)) : std::pair(std::string(), std::int64_t{0});
    };
    const auto [night, at] = waiting();
    QCOMPARE(server::isoTime(at), night + "T03:00:00Z");
    QVERIFY(at > server::nowMicroseconds());
    // Yesterday's, as after a day out of service: it is done at once.
    QVERIFY(database->lease()->link().run("UPDATE jobs SET ref = '2000-01-01', run_at = 1; INSERT INTO sessions (hash, user_id, agent, created_at, seen_at, expires) SELECT x'00', id, '', 0, 0, 1 FROM users"));
    QTRY_COMPARE_WITH_TIMEOUT(waiting().first, night, 10'000);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(server.stop(), 0);
    QVERIFY(timer.elapsed() < 5'000);
}

void OperationTest::aRestartOfTheDatabaseIsSurvived()
{
    PostgresCluster cluster;
    QVERIFY(cluster.start());
    qputenv("DATABASE_URL", QByteArray::fromStdString(cluster.newDatabase()));
    ServerProcess server;
    QVERIFY(server.start());
    const std::string token = server.tokenOf("giles");
    QCOMPARE(server.get("/healthz").status, 200);
    std::atomic<bool> ended = false;
    std::atomic<int> good = 0, unavailable = 0, other = 0;
    const std::string url = server.url();
    std::vector<std::thread> readers; // requests under way when it happens
    for (int i = 0; i < 4; ++i)
        readers.emplace_back([&, url] {
            const auto http = openHttpClient();
            while (!ended) {
                HttpRequest request;
                request.url = url + "/users/giles";
                request.headers = {{"Accept", "application/activity+json"}};
                const auto answer = http->send(request);
                ++(!answer ? other : answer->status == 200 ? good
                        : answer->status == 503            ? unavailable
                                                           : other);
            }
        });
    const bool read = QTest::qWaitFor([&] { return good > 20; }, 10'000);
    cluster.stop();
    const bool refused = QTest::qWaitFor([&] { return unavailable > 5; }, 10'000);
    const HttpAnswer down = server.get("/healthz");
    const int member = server.get("/auth/me", "*/*", token).status; // not 401: the token is good
    const int login = server.post("/auth/login", Json{{"user", "giles"}, {"password", "correct horse giles"}}).status;
    const bool up = cluster.start();
    const int before = good;
    const bool back = QTest::qWaitFor([&] { return good > before + 20; }, 10'000);
    ended = true;
    for (std::thread& reader : readers)
        reader.join();
    QVERIFY(read && refused && up && back);
    QCOMPARE(other.load(), 0);
    QCOMPARE(down.status, 503);
    QCOMPARE(member, 503);
    QCOMPARE(login, 503);
    QVERIFY2(down.body.find(PostgresCluster::password) == std::string::npos && down.body.find("127.0.0.1") == std::string::npos, down.body.c_str());
    QTRY_COMPARE_WITH_TIMEOUT(server.get("/healthz").status, 200, 5'000);
    QCOMPARE(server.get("/auth/me", "*/*", token).status, 200);
    QCOMPARE(server.stop(), 0);
}

void OperationTest::twoProcessesPublishOneAfterTheOther()
{
    QVERIFY(use("postgresql"));
    ServerProcess one, other;
    const QStringList domain{"--domain", "film.example"};
    QVERIFY(one.start(domain));
    // A name without bytes stands in nobody's way, but one of two owners comes second all the same.
    const std::string giles = one.tokenOf("giles"), carol = one.tokenOf("carol");
    QCOMPARE(QProcess::execute("cp", {"-r", one.data(), other.data()}), 0);
    QVERIFY(other.start(domain));
    constexpr int works = 25;
    int first = 0, second = 0;
    for (int i = 0; i < works; ++i) {
        std::latch both(2);
        int statuses[2] = {};
        auto post = [&](int which) {
            const Json asset{{"name", "work-" + std::to_string(i)}, {"content_hash", nameOfBytes("same " + std::to_string(i)).text()}, {"asset_type", "image"}};
            both.arrive_and_wait();
            statuses[which] = (which ? other : one).post("/assets", asset, which ? carol : giles).status;
        };
        std::thread thread(post, 1);
        post(0);
        thread.join();
        first += (statuses[0] == 201) + (statuses[1] == 201);
        second += (statuses[0] == 409) + (statuses[1] == 409);
    }
    QCOMPARE(first, works);
    QCOMPARE(second, works);
    for (int seq = 1; seq <= works; ++seq)
        QCOMPARE(one.get("/activity/" + std::to_string(seq), "application/activity+json").status, 200);
    QCOMPARE(one.get("/activity/" + std::to_string(works + 1), "application/activity+json").status, 404);
    QCOMPARE(one.stop(), 0);
    QCOMPARE(other.stop(), 0);
}

QTEST_GUILESS_MAIN(OperationTest)
#include "operation_test.moc"
