// SPDX-License-Identifier: GPL-3.0-or-later
// What a real artdagd shows of its people and works to other servers, and to whom.
#include "server/db/actors.h"
#include "server/db/follows.h"
#include "tests/server/fake_peer.h"

#include <QTest>

#include <set>

using namespace artdag;
using namespace artdag::server;

class CollectionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void hostMetaSaysWhereWebfingerIs();
    void theInstanceActorIsFoundAndRead();
    void pagesStayWhereTheyAreWhileSomethingIsAdded();
    void aWorkForFollowersIsForAcceptedFollowersWhoSign();
    void whatIsForEveryoneIsSigned();

private:
    std::string publish(const std::string& name, const std::string& visibility)
    {
        const ContentId content = m_server.upload("\x89PNG\r\n\x1a\n " + name, m_giles);
        const HttpAnswer made = m_server.post("/assets", Json{{"name", name}, {"content_hash", content.text()}, {"asset_type", "image"}, {"visibility", visibility}}, m_giles);
        return made.status == 201 ? "/objects/" + content.hex() : "";
    }
    Json as2(const std::string& path) { return *readJson(m_server.get(path, "application/activity+json").body); }

    ServerProcess m_server;
    FakePeer m_peer;
    std::string m_giles;
};

void CollectionsTest::initTestCase()
{
    QVERIFY(m_server.start());
    m_giles = m_server.tokenOf("giles");
}

void CollectionsTest::hostMetaSaysWhereWebfingerIs()
{
    const HttpAnswer answer = m_server.get("/.well-known/host-meta", "application/xrd+xml");
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("content-type").starts_with("application/xrd+xml"));
    QVERIFY(answer.body.find("template=\"" + m_server.url() + "/.well-known/webfinger?resource={uri}\"") != std::string::npos);
}

void CollectionsTest::theInstanceActorIsFoundAndRead()
{
    const std::string host = m_server.domain();
    const Json found = *readJson(m_server.get("/.well-known/webfinger?resource=acct:" + host + "@" + host).body);
    QCOMPARE(found["links"][0]["href"].get<std::string>(), m_server.url() + "/actor");
    const Json actor = as2("/actor");
    QCOMPARE(actor["type"].get<std::string>(), "Application");
    QCOMPARE(actor["publicKey"]["owner"].get<std::string>(), actor["id"].get<std::string>());
}

void CollectionsTest::pagesStayWhereTheyAreWhileSomethingIsAdded()
{
    const auto database = std::move(*Database::open((m_server.data() + "/artdagd.sqlite").toStdString()));
    int number = 0;
    auto add = [&](int count) {
        auto lease = std::move(*database->lease());
        for (int i = 0; i < count; ++i) {
            Actor actor;
            actor.uri = "https://elsewhere.example/users/" + std::to_string(++number);
            actor.host = "elsewhere.example";
            actor.inbox = actor.uri + "/inbox";
            QVERIFY(addFollower(lease, 1, putActor(lease, actor)->id, actor.uri + "/follow", "accepted"));
        }
    };
    add(90);
    std::set<std::string> seen;
    std::string next = as2("/users/giles/followers")["first"].get<std::string>();
    std::string newest;
    for (int pages = 0; !next.empty() && pages < 10; ++pages) {
        const Json page = as2(next.substr(m_server.url().size()));
        for (const Json& item : page["orderedItems"]) {
            if (newest.empty())
                newest = item.get<std::string>();
            QVERIFY2(seen.insert(item.get<std::string>()).second, "an entry on two pages");
        }
        next = page.value("next", "");
        add(3);
    }
    QCOMPARE(seen.size(), std::size_t{90});
    QCOMPARE(newest, "https://elsewhere.example/users/90");
    QVERIFY(as2("/users/giles/followers")["totalItems"].get<int>() > 90);
}

void CollectionsTest::aWorkForFollowersIsForAcceptedFollowersWhoSign()
{
    const std::string secret = publish("secret", "followers");
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Follow", m_server.url() + "/users/giles")), 202);
    QCOMPARE(m_server.get(secret, "application/activity+json").status, 404);
    QCOMPARE(m_peer.fetch(m_server, secret, "eve").status, 404);
    QCOMPARE(m_peer.fetch(m_server, secret).status, 200);
    QCOMPARE(m_server.post("/blocks", Json{{"account", m_peer.actor()}}, m_giles).status, 204);
    QCOMPARE(m_peer.fetch(m_server, secret).status, 404);
    // One that waits for approval is no follower.
    QCOMPARE(m_server.call("PATCH", "/follows", R"({"approval":true})", m_giles, {{"Content-Type", "application/json"}}).status, 200);
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Follow", m_server.url() + "/users/giles", "waiting")), 202);
    QCOMPARE(m_peer.fetch(m_server, secret, "waiting").status, 404);
}

void CollectionsTest::whatIsForEveryoneIsSigned()
{
    publish("open", "public");
    const Json outbox = as2("/users/giles/outbox?page=true");
    QCOMPARE(outbox["orderedItems"][0]["signature"]["creator"].get<std::string>(), m_server.url() + "/users/giles#main-key");
}

QTEST_GUILESS_MAIN(CollectionsTest)
#include "collections_test.moc"
