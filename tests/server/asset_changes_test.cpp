// SPDX-License-Identifier: GPL-3.0-or-later
// Works of a real artdagd after they were published: changed, renamed, shown to others, pinned, superseded, withdrawn.
#include "server/db/jobs.h"
#include "server/db/objects.h"
#include "server/l2/site.h"
#include "server/l2/trash.h"
#include "tests/server/registry_server.h"

#include <QRegularExpression>
#include <QTest>

using namespace artdag;

class AssetChangesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.begin()); }
    void aChangeIsSeenEverywhereAndTold();
    void changesThatAreRefused_data();
    void changesThatAreRefused();
    void aRenamedWorkLeavesARedirect();
    void aNewerClaimIsAnUpdate();
    void fewerPeopleMeansDeleteTokensAndANewId();
    void aPrivateWorkBecomesEveryones();
    void pinnedWorksAreFeatured();
    void listsAreFilteredAndStable();
    void aWithdrawnWorkIsGoneAtOnce();
    void theNextClaimOfWithdrawnBytesIsAVersion();
    void aWithdrawnNameCanBeUsedAgain();
    void bytesOfWithdrawnWorksGoAfterThirtyDays(); // stops the server: last

private:
    RegistryServer m_server;
};

void AssetChangesTest::aChangeIsSeenEverywhereAndTold()
{
    const ContentId id = m_server.publish("changing", m_server.giles);
    QVERIFY(!id.isNull());
    QVERIFY(!m_server.note("/objects/" + id.hex()).contains("summary"));
    QVERIFY(m_server.get("/asset/@giles/changing", "text/html").body.find("<summary>") == std::string::npos);
    const HttpAnswer answer = m_server.patch("/assets/@giles/changing", Json{{"title", "After <all>"}, {"description", "First line\nsecond & last"}, {"alt", "A red square"}, {"tags", Json::array({"red"})}, {"license", "CC0-1.0"}, {"warning", "flashing"}}, m_server.giles);
    QVERIFY2(answer.status == 200, answer.body.c_str());
    QCOMPARE(m_server.json("/assets/@giles/changing")["description"].get<std::string>(), "First line\nsecond & last");
    const Json note = m_server.note("/objects/" + id.hex());
    QCOMPARE(note["summary"].get<std::string>(), "flashing");
    QVERIFY(note["sensitive"].get<bool>());
    QVERIFY(note.contains("updated"));
    QVERIFY(note["content"].get<std::string>().find("First line<br>second &amp; last") != std::string::npos);
    QCOMPARE(note["attachment"][0]["name"].get<std::string>(), "A red square");
    QCOMPARE(note["license"].get<std::string>(), "https://creativecommons.org/publicdomain/zero/1.0/");
    const std::string page = m_server.get("/asset/@giles/changing", "text/html").body;
    QVERIFY(page.find("First line<br>second &amp; last") != std::string::npos);
    QVERIFY(page.find("<summary>flashing") != std::string::npos);
    QVERIFY(m_server.get("/tags/red", "text/html").body.find("After &lt;all&gt;") != std::string::npos);
    const Json told = m_server.newest("giles");
    QCOMPARE(told["type"].get<std::string>(), "Update");
    QCOMPARE(told["object"]["id"].dump(), note["id"].dump());
    QCOMPARE(told["object"]["updated"].dump(), note["updated"].dump());
    QCOMPARE(m_server.status(told["id"].get<std::string>().substr(m_server.url().size()), "application/activity+json"), 200);
    // What is missing stays, what is empty goes.
    QCOMPARE(m_server.patch("/assets/changing", Json{{"warning", ""}}, m_server.giles).status, 200);
    const Json calm = m_server.note("/objects/" + id.hex());
    QVERIFY(!calm.contains("summary") && !calm["sensitive"].get<bool>());
    QCOMPARE(calm["attachment"][0]["name"].get<std::string>(), "A red square");
}

void AssetChangesTest::changesThatAreRefused_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QString>("who");
    QTest::addColumn<int>("status");
    QTest::newRow("nobody") << QByteArray(R"({"alt": "x"})") << "" << 401;
    QTest::newRow("another person") << QByteArray(R"({"alt": "x"})") << "carol" << 403;
    QTest::newRow("no such visibility") << QByteArray(R"({"visibility": "everyone"})") << "giles" << 400;
    QTest::newRow("a name that is none") << QByteArray(R"({"name": "Not A Name"})") << "giles" << 400;
    QTest::newRow("a reserved name") << QByteArray(R"({"name": "prepare"})") << "giles" << 400;
    QTest::newRow("a name that is taken") << QByteArray(R"({"name": "taken"})") << "giles" << 409;
    QTest::newRow("an empty title") << QByteArray(R"({"title": ""})") << "giles" << 400;
    QTest::newRow("a tag with a quote") << QByteArray(R"({"tags": ["a\"b"]})") << "giles" << 400;
    QTest::newRow("a text that is a number") << QByteArray(R"({"alt": 5})") << "giles" << 400;
    QTest::newRow("the title of a signed work") << QByteArray(R"({"title": "Another"})") << "signed" << 409;
    QTest::newRow("the licence of a signed work") << QByteArray(R"({"license": "CC0-1.0"})") << "signed" << 409;
    QTest::newRow("the tags of a signed work") << QByteArray(R"({"tags": []})") << "signed" << 409;
}

void AssetChangesTest::changesThatAreRefused()
{
    QFETCH(QByteArray, change);
    QFETCH(QString, who);
    QFETCH(int, status);
    static bool made = false;
    if (!made) {
        QVERIFY(!m_server.publish("refusing", m_server.giles).isNull());
        QVERIFY(!m_server.publish("taken", m_server.giles).isNull());
        const SignedWork work = makeSignedWork("refusing", *m_server.key, m_server.account("giles"));
        m_server.sendBytes(work, m_server.giles);
        QCOMPARE(m_server.post("/assets", RegistryServer::bodyOf(work, "refusing-signed"), m_server.giles).status, 201);
        made = true;
    }
    const std::string path = who == "signed" ? "/assets/@giles/refusing-signed" : "/assets/@giles/refusing";
    const std::string before = m_server.get(path).body;
    const HttpAnswer answer = m_server.patch(path, *readJson(change.toStdString()), who.isEmpty() ? "" : who == "carol" ? m_server.carol
                                                                                                                        : m_server.giles);
    QVERIFY2(answer.status == status, (std::to_string(answer.status) + " " + answer.body).c_str());
    QCOMPARE(m_server.get(path).body, before);
}

void AssetChangesTest::aRenamedWorkLeavesARedirect()
{
    QVERIFY(!m_server.publish("old-name", m_server.giles).isNull());
    QCOMPARE(m_server.patch("/assets/@giles/old-name", Json{{"name", "new-name"}}, m_server.giles).status, 200);
    const HttpAnswer moved = m_server.get("/assets/@giles/old-name");
    QCOMPARE(moved.status, 301);
    QCOMPARE(std::string(moved.header("location")), "/assets/@giles/new-name");
    QCOMPARE(std::string(m_server.get("/asset/@giles/old-name", "text/html").header("location")), "/asset/@giles/new-name");
    QCOMPARE(m_server.status("/assets/@giles/new-name"), 200);
    // Renamed once more, the first name still leads there; used again, it means the newcomer.
    QCOMPARE(m_server.patch("/assets/@giles/new-name", Json{{"name", "newest-name"}}, m_server.giles).status, 200);
    QCOMPARE(std::string(m_server.get("/assets/@giles/old-name").header("location")), "/assets/@giles/newest-name");
    QVERIFY(!m_server.publish("old-name", m_server.giles, Json::object(), "a newcomer").isNull());
    QCOMPARE(m_server.status("/assets/@giles/old-name"), 200);
}

void AssetChangesTest::aNewerClaimIsAnUpdate()
{
    SignedWork work = makeSignedWork("superseded", *m_server.key, m_server.account("giles"));
    m_server.sendBytes(work, m_server.giles);
    Json body = RegistryServer::bodyOf(work, "superseded");
    body["description"] = "Stays";
    QCOMPARE(m_server.post("/assets", body, m_server.giles).status, 201);
    const ManifestId first = documentId(work.claim);
    work.claimed.version = 2;
    work.claimed.supersedes = first;
    work.claimed.title = "Spin, retitled";
    work.signClaim(*m_server.key);
    const HttpAnswer answer = m_server.post("/assets", RegistryServer::bodyOf(work, "superseded"), m_server.giles);
    QVERIFY2(answer.status == 201, answer.body.c_str());
    const Json asset = m_server.json("/assets/@giles/superseded");
    QCOMPARE(asset["title"].get<std::string>(), "Spin, retitled");
    QCOMPARE(asset["description"].get<std::string>(), "Stays");
    QCOMPARE(asset["provenance"]["claim"].get<std::string>(), documentId(work.claim).text());
    const Json told = m_server.newest("giles");
    QCOMPARE(told["type"].get<std::string>(), "Update");
    QCOMPARE(told["object"]["claimHash"].get<std::string>(), documentId(work.claim).text());
    // One that supersedes another claim changes nothing.
    work.claimed.title = "Not this";
    work.signClaim(*m_server.key);
    QCOMPARE(m_server.post("/assets", RegistryServer::bodyOf(work, "superseded"), m_server.giles).status, 200);
    QCOMPARE(m_server.json("/assets/@giles/superseded")["title"].get<std::string>(), "Spin, retitled");
}

void AssetChangesTest::fewerPeopleMeansDeleteTokensAndANewId()
{
    const ContentId id = m_server.publish("narrowing", m_server.giles);
    const std::string object = "/objects/" + id.hex();
    QCOMPARE(m_server.status("/media/" + id.hex()), 200);
    QCOMPARE(m_server.patch("/assets/@giles/narrowing", Json{{"visibility", "followers"}}, m_server.giles).status, 200);
    QCOMPARE(m_server.status("/media/" + id.hex()), 404);
    QCOMPARE(m_server.status("/assets/@giles/narrowing"), 404);
    const Json told = m_server.newest("giles");
    QCOMPARE(told["type"].get<std::string>(), "Delete");
    QCOMPARE(told["object"]["id"].get<std::string>(), m_server.url() + object);
    const HttpAnswer gone = m_server.get(object, "application/activity+json");
    QCOMPARE(gone.status, 410);
    QCOMPARE(RegistryServer::parsed(gone)["type"].get<std::string>(), "Tombstone");
    QCOMPARE(m_server.status(object + "/2", "application/activity+json"), 404); // for followers, and this is nobody
    const Json own = m_server.json("/assets/@giles/narrowing", m_server.giles);
    QCOMPARE(own["links"]["object"].get<std::string>(), m_server.url() + object + "/2");
    const std::string token = own["links"]["media"].get<std::string>().substr(m_server.url().size());
    QVERIFY2(QString::fromStdString(token).contains(QRegularExpression("^/media/p/[0-9a-f]{32}\\.png$")), token.c_str());
    QCOMPARE(m_server.get(token).body, RegistryServer::png("narrowing"));
    QCOMPARE(m_server.call("HEAD", token).status, 200);
    QCOMPARE(m_server.status("/media/p/00000000000000000000000000000000.png"), 404);
    QCOMPARE(m_server.status("/media/p/..%2f..%2fsecrets"), 400);
    // Every change of visibility revokes the token.
    QCOMPARE(m_server.patch("/assets/@giles/narrowing", Json{{"visibility", "public"}}, m_server.giles).status, 200);
    QCOMPARE(m_server.status(token), 404);
    QCOMPARE(m_server.status("/media/" + id.hex()), 200);
    QCOMPARE(m_server.status(object, "application/activity+json"), 410);
    QCOMPARE(m_server.note(object + "/2")["id"].get<std::string>(), m_server.url() + object + "/2");
    QCOMPARE(m_server.newest("giles")["type"].get<std::string>(), "Create");
    QCOMPARE(std::string(m_server.get(object, "text/html").header("location")), "/asset/@giles/narrowing");
}

void AssetChangesTest::aPrivateWorkBecomesEveryones()
{
    const ContentId id = m_server.publish("opening", m_server.giles, Json{{"visibility", "private"}});
    const std::string token = m_server.json("/assets/@giles/opening", m_server.giles)["links"]["media"].get<std::string>().substr(m_server.url().size());
    QVERIFY(token.starts_with("/media/p/"));
    QCOMPARE(m_server.status(token), 200);
    QCOMPARE(m_server.status("/objects/" + id.hex(), "application/activity+json"), 404);
    QCOMPARE(m_server.patch("/assets/@giles/opening", Json{{"visibility", "unlisted"}}, m_server.giles).status, 200);
    QCOMPARE(m_server.status(token), 404);
    const Json note = m_server.note("/objects/" + id.hex());
    QCOMPARE(note["cc"][0].get<std::string>(), "https://www.w3.org/ns/activitystreams#Public");
    const Json told = m_server.newest("giles");
    QCOMPARE(told["type"].get<std::string>(), "Create");
    QCOMPARE(told["object"]["id"].dump(), note["id"].dump());
    QVERIFY(m_server.get("/assets?limit=100").body.find(id.hex()) == std::string::npos); // unlisted
    // A private work that goes was never there for others.
    const ContentId secret = m_server.publish("secret-going", m_server.giles, Json{{"visibility", "private"}});
    QCOMPARE(m_server.remove("/assets/@giles/secret-going", m_server.giles).status, 204);
    QCOMPARE(m_server.status("/objects/" + secret.hex(), "application/activity+json"), 404);
    QCOMPARE(m_server.status("/assets/@giles/secret-going"), 404);
}

void AssetChangesTest::pinnedWorksAreFeatured()
{
    const ContentId id = m_server.publish("pinned", m_server.carol);
    QCOMPARE(m_server.post("/assets/@carol/pinned/pin", Json::object(), m_server.giles).status, 403);
    QCOMPARE(m_server.note("/users/carol/featured")["totalItems"].get<int>(), 0);
    QCOMPARE(m_server.post("/assets/@carol/pinned/pin", Json::object(), m_server.carol).status, 200);
    const Json featured = m_server.note("/users/carol/featured");
    QCOMPARE(featured["totalItems"].get<int>(), 1);
    QCOMPARE(featured["orderedItems"][0]["id"].get<std::string>(), m_server.url() + "/objects/" + id.hex());
    QCOMPARE(m_server.newest("carol")["type"].get<std::string>(), "Add");
    QCOMPARE(m_server.newest("carol")["target"].get<std::string>(), m_server.url() + "/users/carol/featured");
    QVERIFY(!m_server.publish("unlisted-pin", m_server.carol, Json{{"visibility", "unlisted"}}).isNull());
    QCOMPARE(m_server.post("/assets/unlisted-pin/pin", Json::object(), m_server.carol).status, 409);
    QCOMPARE(m_server.remove("/assets/pinned/pin", m_server.carol).status, 200);
    QCOMPARE(m_server.note("/users/carol/featured")["totalItems"].get<int>(), 0);
    QCOMPARE(m_server.newest("carol")["type"].get<std::string>(), "Remove");
    for (int i = 0; i < 6; ++i) {
        const std::string name = "pin-" + std::to_string(i);
        QVERIFY(!m_server.publish(name, m_server.carol).isNull());
        QCOMPARE(m_server.post("/assets/" + name + "/pin", Json::object(), m_server.carol).status, i < 5 ? 200 : 409);
    }
    QCOMPARE(m_server.note("/users/carol/featured")["orderedItems"][0]["url"].get<std::string>(), m_server.url() + "/asset/@carol/pin-4");
}

void AssetChangesTest::listsAreFilteredAndStable()
{
    for (int i = 0; i < 5; ++i)
        QVERIFY(!m_server.publish("listed-" + std::to_string(i), m_server.carol, Json{{"title", i == 2 ? "100% Wolken" : "Listed"}, {"license", i < 2 ? "CC0-1.0" : "CC-BY-4.0"}, {"tags", Json::array({"row"})}, {"asset_type", i == 4 ? "effect" : "image"}}).isNull());
    auto count = [&](const std::string& query) { return m_server.json("/assets?limit=100&" + query)["items"].size(); };
    QCOMPARE(count("tag=row"), std::size_t(5));
    QCOMPARE(count("tag=row&type=effect"), std::size_t(1));
    QCOMPARE(count("tag=row&license=CC0-1.0"), std::size_t(2));
    QCOMPARE(count("tag=row&proof=creator_signed"), std::size_t(0));
    QCOMPARE(count("tag=row&owner=giles"), std::size_t(0));
    QCOMPARE(count("q=wolken"), std::size_t(1));
    QCOMPARE(count("q=100%25"), std::size_t(1)); // a percent sign is one, not any text
    QCOMPARE(count("q=listed_0"), std::size_t(0));
    QCOMPARE(m_server.status("/assets?cursor=x"), 400);
    // Page by page while more is published: each of the five once.
    std::string path = "/assets?tag=row&limit=2";
    std::vector<std::string> seen;
    for (int page = 0; !path.empty() && page < 10; ++page) {
        const Json list = m_server.json(path);
        for (const Json& item : list["items"])
            seen.push_back(item["name"].get<std::string>());
        path = list["next"].is_null() ? "" : list["next"].get<std::string>().substr(m_server.url().size());
        QVERIFY(!m_server.publish("late-" + std::to_string(page), m_server.carol, Json{{"tags", Json::array({"row"})}}).isNull());
    }
    QCOMPARE(seen, (std::vector<std::string>{"listed-4", "listed-3", "listed-2", "listed-1", "listed-0"}));
}

void AssetChangesTest::aWithdrawnWorkIsGoneAtOnce()
{
    const ContentId id = m_server.publish("going", m_server.giles);
    const std::string create = m_server.newest("giles")["id"].get<std::string>().substr(m_server.url().size());
    QCOMPARE(m_server.remove("/assets/@giles/going", m_server.carol).status, 403);
    QCOMPARE(m_server.status("/assets/@giles/going"), 200);
    QCOMPARE(m_server.remove("/assets/@giles/going", m_server.giles).status, 204);
    for (const std::string path : {"/assets/@giles/going", "/asset/@giles/going"})
        for (const std::string accept : {"application/json", "text/html"})
            QCOMPARE(m_server.status(path, accept), 410);
    QCOMPARE(m_server.status("/assets/@giles/going/claim"), 404);
    QCOMPARE(m_server.status("/media/" + id.hex()), 404);
    QCOMPARE(m_server.status("/media/" + id.hex(), "*/*", m_server.carol), 404);
    const HttpAnswer gone = m_server.get("/objects/" + id.hex(), "application/activity+json");
    QCOMPARE(gone.status, 410);
    const Json tombstone = RegistryServer::parsed(gone);
    QCOMPARE(tombstone["type"].get<std::string>(), "Tombstone");
    QCOMPARE(tombstone["formerType"].get<std::string>(), "Note");
    QCOMPARE(tombstone["id"].get<std::string>(), m_server.url() + "/objects/" + id.hex());
    QCOMPARE(m_server.newest("giles")["type"].get<std::string>(), "Delete");
    QVERIFY(m_server.get("/users/giles/outbox?page=true", "application/activity+json").body.find(create) == std::string::npos);
    QCOMPARE(m_server.status(create, "application/activity+json"), 410);
    QVERIFY(m_server.get("/assets?limit=100").body.find(id.hex()) == std::string::npos);
    QCOMPARE(m_server.remove("/assets/@giles/going", m_server.giles).status, 404);
}

void AssetChangesTest::theNextClaimOfWithdrawnBytesIsAVersion()
{
    const ContentId id = m_server.publish("first-owner", m_server.giles, Json::object(), "shared bytes");
    QVERIFY(m_server.publish("second-owner", m_server.carol, Json::object(), "shared bytes").isNull()); // giles is in the way
    QCOMPARE(m_server.remove("/assets/first-owner", m_server.giles).status, 204);
    QCOMPARE(m_server.publish("second-owner", m_server.carol, Json::object(), "shared bytes"), id);
    const std::string object = "/objects/" + id.hex();
    QCOMPARE(m_server.note(object + "/2")["attributedTo"].get<std::string>(), m_server.url() + "/users/carol");
    QCOMPARE(m_server.note(object + "/2")["replies"].get<std::string>(), m_server.url() + object + "/2/replies");
    QCOMPARE(m_server.status(object + "/2/replies", "application/activity+json"), 200);
    QCOMPARE(m_server.status(object, "application/activity+json"), 410);
    const HttpAnswer people = m_server.get(object, "text/html");
    QCOMPARE(people.status, 303);
    QCOMPARE(std::string(people.header("location")), "/asset/@carol/second-owner");
    QCOMPARE(m_server.status("/media/" + id.hex()), 200);
    for (const std::string version : {"/1", "/3", "/02", "/x"})
        QVERIFY(m_server.status(object + version, "application/activity+json") == 404);
}

void AssetChangesTest::aWithdrawnNameCanBeUsedAgain()
{
    const ContentId id = m_server.publish("again", m_server.giles);
    QCOMPARE(m_server.remove("/assets/again", m_server.giles).status, 204);
    QCOMPARE(m_server.publish("again", m_server.giles), id);
    QCOMPARE(m_server.json("/assets/@giles/again")["links"]["object"].get<std::string>(), m_server.url() + "/objects/" + id.hex() + "/2");
    const SignedWork work = makeSignedWork("again signed", *m_server.key, m_server.account("giles"));
    for (int time = 0; time < 2; ++time) {
        m_server.sendBytes(work, m_server.giles);
        const HttpAnswer answer = m_server.post("/assets", RegistryServer::bodyOf(work, "again-signed"), m_server.giles);
        QVERIFY2(answer.status == 201, answer.body.c_str());
        if (time == 1) // its papers are under the version
            for (const char* papers : {"/claim", "/provenance"}) {
                const std::string object = "/objects/" + work.run.output.contentHash.hex();
                QCOMPARE(documentId(m_server.json(object + "/2" + papers)), documentId(papers == std::string("/claim") ? work.claim : work.manifest));
                QCOMPARE(m_server.status(object + "/3" + papers), 404);
            }
        QCOMPARE(m_server.remove("/assets/again-signed", m_server.giles).status, 204);
    }
}

void AssetChangesTest::bytesOfWithdrawnWorksGoAfterThirtyDays()
{
    const ContentId lonely = m_server.publish("lonely", m_server.giles);
    const ContentId kept = m_server.publish("kept", m_server.giles);
    const SignedWork work = makeSignedWork("citing kept", *m_server.carolKey, m_server.account("carol"));
    const ContentId input = m_server.upload(work.input, m_server.giles); // giles publishes what carol's film is made from
    QCOMPARE(m_server.post("/assets", Json{{"name", "an-input"}, {"content_hash", input.text()}, {"asset_type", "image"}}, m_server.giles).status, 201);
    m_server.sendBytes(work, m_server.carol);
    QCOMPARE(m_server.post("/assets", RegistryServer::bodyOf(work, "made-of-it"), m_server.carol).status, 201);
    for (const std::string name : {"lonely", "an-input"})
        QCOMPARE(m_server.remove("/assets/@giles/" + name, m_server.giles).status, 204);
    const std::string domain = m_server.domain();
    QCOMPARE(m_server.stop(), 0);

    server::SiteOptions options;
    options.directory = m_server.data().toStdString();
    options.domain = domain;
    options.publicUrl = "http://" + domain;
    const auto site = *server::openSite(options);
    auto [name, kind] = server::trashJob(*site);
    const std::string kinds[] = {name};
    const std::int64_t now = server::nowMicroseconds();
    const std::atomic<bool> stopping{false};
    QVERIFY(!*server::claimJob(*site->database, kinds, now + server::trashAfter - 3600LL * 1'000'000, 1)); // not an hour earlier
    int jobs = 0;
    while (const auto job = *server::claimJob(*site->database, kinds, now + server::trashAfter, 60LL * 1'000'000)) {
        QVERIFY(kind.run(*job, stopping).has_value());
        QVERIFY(server::finishJob(*site->database, *job).has_value());
        ++jobs;
    }
    QVERIFY(jobs >= 2);
    QVERIFY(!site->objects.has(lonely));
    QVERIFY(!server::findObject(*site->database, lonely).has_value());
    QVERIFY(site->objects.has(kept));
    QVERIFY(site->objects.has(input)); // carol's living work cites it, and she holds it
    QVERIFY(*server::mayRead(*site->database, input, 0));
}

QTEST_GUILESS_MAIN(AssetChangesTest)
#include "asset_changes_test.moc"
