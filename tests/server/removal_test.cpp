// SPDX-License-Identifier: GPL-3.0-or-later
// A real artdagd: what moderators take down, what people take away and erase, how much each may use.
#include "server/db/database.h"
#include "tests/server/registry_server.h"

#include <QTest>

using namespace artdag;

class RemovalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.begin()); }
    void whatIsTakenDownIsGoneForEverybody();
    void anAppealLetsItComeBack();
    void anExportHasEverything();
    void anAccountIsErasedAfterItsExport();
    void nothingPersonalIsLeft(); // stops the server: last
    void quotasRefuse();

private:
    int tableRows(server::Database& database, const std::string& sql)
    {
        auto lease = database.lease();
        auto* query = *lease->statement(sql);
        CHECK(*query->step());
        return static_cast<int>(query->integer(0));
    }
    RegistryServer m_server;
    ContentId m_erased;
};

void RemovalTest::whatIsTakenDownIsGoneForEverybody()
{
    const ContentId id = m_server.publish("bad", m_server.carol);
    QCOMPARE(m_server.post("/assets/@carol/bad/take-down", Json{{"reason", "no consent"}}, m_server.carol).status, 403);
    QCOMPARE(m_server.post("/assets/@carol/bad/take-down", Json::object(), m_server.giles).status, 400); // a reason is owed
    QCOMPARE(m_server.status("/assets/@carol/bad"), 200);
    for (int time = 0; time < 2; ++time) { // what was looked up a moment ago is kept, and must not be after that
        QCOMPARE(m_server.status("/objects/" + id.hex(), "application/activity+json"), 200);
        QCOMPARE(m_server.status("/asset/@carol/bad", "text/html"), 200);
    }
    const HttpAnswer answer = m_server.post("/assets/@carol/bad/take-down", Json{{"reason", "no consent"}}, m_server.giles);
    QVERIFY2(answer.status == 201, answer.body.c_str());
    QCOMPARE(m_server.status("/assets/@carol/bad"), 410);
    QCOMPARE(m_server.status("/objects/" + id.hex(), "application/activity+json"), 410);
    QCOMPARE(m_server.status("/asset/@carol/bad", "text/html"), 410);
    QCOMPARE(m_server.newest("carol")["type"].get<std::string>(), "Delete");
    QCOMPARE(m_server.status("/media/" + id.hex()), 404);
    QCOMPARE(m_server.status("/media/" + id.hex(), "*/*", m_server.carol), 404); // to its owner as well
    QCOMPARE(m_server.call("POST", "/media", RegistryServer::png("bad"), m_server.giles, {{"Content-Type", "image/png"}}).status, 403);
    QCOMPARE(m_server.post("/assets", Json{{"name", "bad-again"}, {"content_hash", id.text()}, {"asset_type", "image"}}, m_server.carol).status, 403);
    QCOMPARE(m_server.post("/assets/@carol/bad/take-down", Json{{"reason", "twice"}}, m_server.giles).status, 409);
    QCOMPARE(m_server.json("/moderation/actions", m_server.carol)["items"][0]["reason"].get<std::string>(), "no consent");
    QCOMPARE(m_server.status("/moderation/actions"), 401);
}

void RemovalTest::anAppealLetsItComeBack()
{
    const Json action = m_server.json("/moderation/actions", m_server.giles)["items"][0];
    const std::string path = "/moderation/actions/" + action["id"].dump();
    const std::string content = action["work"].get<std::string>();
    QCOMPARE(m_server.post(path + "/answer", Json{{"granted", true}}, m_server.giles).status, 409); // nobody appealed
    const std::string dora = m_server.tokenOf("dora");
    QCOMPARE(m_server.post(path + "/appeal", Json{{"words", "not mine"}}, dora).status, 404);
    QVERIFY(m_server.json("/moderation/actions", dora)["items"].empty());
    QCOMPARE(m_server.post(path + "/appeal", Json{{"words", "she agreed"}}, m_server.carol).status, 201);
    QCOMPARE(m_server.post(path + "/appeal", Json{{"words", "again"}}, m_server.carol).status, 409);
    QCOMPARE(m_server.post(path + "/answer", Json{{"granted", true}}, m_server.carol).status, 403);
    const HttpAnswer answer = m_server.post(path + "/answer", Json{{"granted", true}, {"reason", "seen the paper"}}, m_server.giles);
    QCOMPARE(RegistryServer::parsed(answer)["appeal_state"].get<std::string>(), "granted");
    QCOMPARE(m_server.json("/moderation/actions", m_server.carol)["items"].size(), std::size_t(2)); // the log only grows
    const ContentId id = m_server.publish("bad", m_server.carol);
    QCOMPARE(id.text(), content);
    QCOMPARE(m_server.status("/objects/" + id.hex() + "/2", "application/activity+json"), 200);
    QCOMPARE(m_server.status("/objects/" + id.hex(), "application/activity+json"), 410);
}

void RemovalTest::anExportHasEverything()
{
    const SignedWork work = makeSignedWork("exported", *m_server.carolKey, m_server.account("carol"));
    m_server.sendBytes(work, m_server.carol);
    Json body = RegistryServer::bodyOf(work, "exported");
    body["description"] = "Carols Geheimnis";
    QCOMPARE(m_server.post("/assets", body, m_server.carol).status, 201);
    m_erased = work.run.output.contentHash;
    QCOMPARE(m_server.status("/account/export"), 401);
    const HttpAnswer answer = m_server.get("/account/export", "*/*", m_server.carol);
    QCOMPARE(answer.status, 200);
    QTemporaryDir directory;
    QVERIFY(writeFileAtomically(directory.filePath("export.tar").toStdString(), bytesOf(answer.body)).has_value());
    QProcess tar;
    tar.start("tar", {"xvf", directory.filePath("export.tar"), "-C", directory.path()});
    QVERIFY(tar.waitForFinished(20'000));
    QVERIFY2(tar.exitCode() == 0, tar.readAllStandardError().constData());
    auto read = [&](const std::string& name) { return readTextFile(directory.path().toStdString() + "/" + name).value_or(""); };
    QCOMPARE(read("media/" + m_erased.hex() + ".mp4"), work.film);
    QCOMPARE(documentId(*readJson(read("claims/" + documentId(work.claim).hex() + ".json"))), documentId(work.claim));
    QCOMPARE((*readJson(read("settings.json")))["user"].get<std::string>(), "carol");
    QCOMPARE((*readJson(read("keys.json")))[0]["kid"].get<std::string>(), m_server.carolKey->publicKey().kid());
    QVERIFY(read("works.json").find("Carols Geheimnis") != std::string::npos);
    QCOMPARE(read("following.csv"), "Account address\n");
    const Json outbox = *readJson(read("outbox.json"));
    const std::string last = outbox["orderedItems"].back().get<std::string>();
    const std::string uuid = last.substr(last.rfind('/') + 1);
    QCOMPARE(read("activities/" + uuid + ".json"), m_server.get("/activities/" + uuid, "application/activity+json").body);
    QVERIFY(answer.body.find("argon2") == std::string::npos); // no secret is in it
    QVERIFY(read("notifications.json").starts_with("["));
}

void RemovalTest::anAccountIsErasedAfterItsExport()
{
    const std::string dora = m_server.tokenOf("dora");
    QCOMPARE(m_server.remove("/account", dora, Json{{"password", "correct horse dora"}}).status, 409);                                      // no export yet
    QCOMPARE(m_server.remove("/account", m_server.giles, Json{{"password", "correct horse giles"}, {"without_export", true}}).status, 409); // the owner
    QCOMPARE(m_server.remove("/account", m_server.carol, Json{{"password", "wrong horse"}}).status, 403);
    QCOMPARE(m_server.status("/users/carol", "application/activity+json"), 200);
    const std::string activity = m_server.newest("carol")["id"].get<std::string>().substr(m_server.url().size());
    const HttpAnswer answer = m_server.remove("/account", m_server.carol, Json{{"password", "correct horse carol"}});
    QVERIFY2(answer.status == 204, answer.body.c_str());
    const HttpAnswer actor = m_server.get("/users/carol", "application/activity+json");
    QCOMPARE(actor.status, 410);
    QCOMPARE(RegistryServer::parsed(actor)["type"].get<std::string>(), "Tombstone");
    QCOMPARE(m_server.status("/@carol", "text/html"), 410);
    QCOMPARE(m_server.status("/.well-known/webfinger?resource=acct:carol@" + m_server.domain()), 404);
    QCOMPARE(m_server.status("/assets/@carol/exported"), 404);
    QCOMPARE(m_server.status("/objects/" + m_erased.hex(), "application/activity+json"), 410);
    QCOMPARE(m_server.status("/media/" + m_erased.hex()), 404);
    QCOMPARE(m_server.status(activity, "application/activity+json"), 410);
    QCOMPARE(m_server.status("/auth/me", "application/json", m_server.carol), 401);
    const Json credentials{{"user", "carol"}, {"password", "correct horse carol"}};
    QCOMPARE(m_server.post("/auth/login", credentials).status, 401);
    QCOMPARE(m_server.post("/auth/register", credentials).status, 409); // nobody else becomes her
    QVERIFY(m_server.get("/users", "text/html").body.find("carol") == std::string::npos);
    QCOMPARE(m_server.remove("/account", dora, Json{{"password", "correct horse dora"}, {"without_export", true}}).status, 204);
}

void RemovalTest::nothingPersonalIsLeft()
{
    QCOMPARE(m_server.stop(), 0);
    auto database = server::Database::open(m_server.data().toStdString() + "/artdagd.sqlite");
    QVERIFY(database.has_value());
    const std::string carol = "(SELECT id FROM users WHERE name = 'carol')";
    QCOMPARE(tableRows(**database, "SELECT count(*) FROM users WHERE name = 'carol' AND state = 'erased' AND password = '' AND display_name = ''"), 1);
    QCOMPARE(tableRows(**database, "SELECT count(*) FROM activities WHERE type = 'Delete' AND exact_bytes <> '' AND work_id IS NULL AND user_id = " + carol), 1);
    for (const std::string sql : {"SELECT count(*) FROM activities WHERE exact_bytes <> '' AND type <> 'Delete' AND user_id = ", "SELECT count(*) FROM user_keys WHERE user_id = ", "SELECT count(*) FROM object_holders WHERE user_id = ", "SELECT count(*) FROM notifications WHERE user_id = "})
        QVERIFY2(tableRows(**database, sql + carol) == 0, sql.c_str());
    QCOMPARE(tableRows(**database, "SELECT count(*) FROM claims JOIN works ON works.claim = claims.hash WHERE exact_bytes <> '' AND owner_id = " + carol), 0);
    QCOMPARE(tableRows(**database, "SELECT count(*) FROM works WHERE (title <> '' OR description <> '' OR state <> 'erased') AND owner_id = " + carol), 0);
    QVERIFY(!QFile::exists(m_server.data() + "/exports/2.tar"));
    QVERIFY(!QFile::exists(m_server.data() + "/objects/" + QString::fromStdString(m_erased.hex().substr(0, 2) + "/" + m_erased.hex().substr(2))));
}

void RemovalTest::quotasRefuse()
{
    RegistryServer small;
    QVERIFY(small.begin({"--member-quota", "100", "--works-per-day", "2"}));
    const std::string token = small.giles;
    QCOMPARE(small.call("POST", "/media", std::string(60, 'a'), token).status, 201);
    const HttpAnswer much = small.call("POST", "/media", std::string(60, 'b'), token);
    QCOMPARE(much.status, 413);
    QVERIFY2(much.body.find("quota") != std::string::npos || much.body.find(" of ") != std::string::npos, much.body.c_str());
    QCOMPARE(small.status("/media/" + nameOfBytes(std::string(60, 'b')).hex(), "*/*", token), 404);
    QCOMPARE(small.call("POST", "/media", std::string(60, 'b'), small.carol).status, 201); // each has their own
    for (int i = 0; i < 3; ++i) {
        const HttpAnswer answer = small.post("/assets", Json{{"name", "day-" + std::to_string(i)}, {"content_hash", nameOfBytes("day " + std::to_string(i)).text()}, {"asset_type", "image"}}, token);
        QCOMPARE(answer.status, i < 2 ? 201 : 429);
        QCOMPARE(answer.header("retry-after").empty(), i < 2);
    }
    QCOMPARE(small.status("/assets/day-2"), 404);
    RegistryServer full;
    QVERIFY(full.begin({"--full-disk", "1"}));
    const HttpAnswer refused = full.call("POST", "/media", "bytes", full.giles);
    QCOMPARE(refused.status, 507);
    QVERIFY(refused.body.find("disk is") != std::string::npos);
    QCOMPARE(full.post("/assets", Json{{"name", "still"}, {"content_hash", nameOfBytes("still").text()}, {"asset_type", "image"}}, full.giles).status, 201);
}

QTEST_GUILESS_MAIN(RemovalTest)
#include "removal_test.moc"
