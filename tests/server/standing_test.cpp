// SPDX-License-Identifier: GPL-3.0-or-later
// How people of other servers are dealt with after moderators decided about them or about their server, by a real artdagd.
#include "server/db/domain_blocks.h"
#include "server/db/hash_blocks.h"
#include "tests/server/fake_peer.h"

#include <QTest>

using namespace artdag;
using namespace artdag::server;

class StandingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aSilencedAccountIsHeardByThoseWhoFollowOnly();
    void aSuspendedAccountIsNotHeardAndSeesNothing();
    void aRestoredAccountIsAsBefore();
    void aSilencedServersAnswersAreHiddenWhileItIsSilenced();
    void aSuspendedPersonStaysHiddenWhenTheServerIsUnblocked();
    void aBlockedFileIsNotTaken();
    void oursAreJudgedElsewhere();
    void aBlockedDomainIsNotHeard_data();
    void aBlockedDomainIsNotHeard();
    void onlyNamedDomainsAreHeard_data();
    void onlyNamedDomainsAreHeard();

private:
    std::unique_ptr<Database> database() { return std::move(*Database::open((m_server.data() + "/artdagd.sqlite").toStdString())); }
    bool judge(const std::string& name, const char* state)
    {
        const auto database = this->database();
        return inTransaction(*database, [&](Database::Lease& lease) -> Result<void> {
            const auto actor = TRY(findActor(lease, m_peer.actor(name)));
            return actor ? setActorState(lease, *actor, state) : fail(Fault::NotFound, name);
        }).has_value();
    }
    Result<void> block(const char* severity)
    {
        const auto database = this->database();
        return inTransaction(*database, [&](Database::Lease& lease) -> Result<void> {
            if (severity == nullptr)
                return TRY(removeDomainBlock(lease, "127.0.0.1")) ? Result<void>() : fail(Fault::NotFound, "no block");
            return putDomainBlock(lease, {.domain = "127.0.0.1", .severity = severity});
        });
    }
    int deliver(const std::string& type, const std::string& object, const std::string& name) { return m_peer.deliver(m_server, m_peer.activity(type, object, name)); }
    std::int64_t total(const std::string& path) { return (*readJson(m_server.get(path, "application/activity+json").body))["totalItems"].get<std::int64_t>(); }
    std::int64_t followers() { return total("/users/giles/followers"); }
    std::size_t told(const std::string& kind, const std::string& name)
    {
        const Json all = (*readJson(m_server.get("/notifications?limit=100", "application/json", m_giles).body))["items"];
        return static_cast<std::size_t>(std::ranges::count_if(all, [&](const Json& one) { return one["kind"] == kind && one.dump().find(name) != std::string::npos; }));
    }
    Json mention(const std::string& name, const std::string& id)
    {
        Json note{{"id", m_peer.url() + "/notes/" + id}, {"type", "Note"}, {"attributedTo", m_peer.actor(name)}, {"content", "hello"}, {"to", Json::array({"https://www.w3.org/ns/activitystreams#Public", m_server.url() + "/users/giles"})}};
        return m_peer.activity("Create", note, name);
    }

    ServerProcess m_server;
    FakePeer m_peer;
    std::string m_giles, m_object, m_secret, m_likes, m_owner;
};

void StandingTest::initTestCase()
{
    QVERIFY(m_server.start());
    m_giles = m_server.tokenOf("giles");
    m_owner = m_server.url() + "/users/giles";
    const ContentId content = m_server.upload("\x89PNG\r\n\x1a\n a picture", m_giles);
    QCOMPARE(m_server.post("/assets", Json{{"name", "picture"}, {"content_hash", content.text()}, {"asset_type", "image"}}, m_giles).status, 201);
    m_object = m_server.url() + "/objects/" + content.hex();
    m_likes = "/objects/" + content.hex() + "/likes";
    const ContentId secret = m_server.upload("\x89PNG\r\n\x1a\n a secret", m_giles);
    QCOMPARE(m_server.post("/assets", Json{{"name", "secret"}, {"content_hash", secret.text()}, {"asset_type", "image"}, {"visibility", "followers"}}, m_giles).status, 201);
    m_secret = "/objects/" + secret.hex();
}

void StandingTest::aSilencedAccountIsHeardByThoseWhoFollowOnly()
{
    QCOMPARE(deliver("Like", m_object, "loud"), 202);
    QCOMPARE(total(m_likes), 1);
    QVERIFY(judge("loud", "silenced"));
    QCOMPARE(total(m_likes), 0); // what it said before
    QCOMPARE(deliver("Announce", m_object, "loud"), 202);
    QCOMPARE(total(m_object.substr(m_server.url().size()) + "/shares"), 0);
    QCOMPARE(told("boost", "loud") + told("announce", "loud"), std::size_t{0});
    QCOMPARE(m_peer.deliver(m_server, mention("loud", "one")), 202);
    QCOMPARE(told("mention", "loud"), std::size_t{0});
    // Its follow waits for giles, who asks nobody else.
    const std::int64_t before = followers();
    QCOMPARE(deliver("Follow", m_owner, "loud"), 202);
    QCOMPARE(followers(), before);
    QCOMPARE(told("follow_request", "loud"), std::size_t{1});
    QCOMPARE(m_server.post("/follows/requests", Json{{"account", m_peer.actor("loud")}, {"accept", true}}, m_giles).status, 204);
    QCOMPARE(m_peer.fetch(m_server, m_secret, "loud").status, 200);
    // Those who follow it hear of it.
    QCOMPARE(m_server.post("/follows", Json{{"account", m_peer.actor("loud")}}, m_giles).status, 202);
    const Json follow = m_peer.waitForType("Follow");
    QVERIFY(follow.is_object());
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Accept", follow, "loud")), 202);
    QCOMPARE(m_peer.deliver(m_server, mention("loud", "two")), 202);
    QCOMPARE(told("mention", "loud"), std::size_t{1});
}

void StandingTest::aSuspendedAccountIsNotHeardAndSeesNothing()
{
    QCOMPARE(deliver("Follow", m_owner, "rude"), 202);
    QCOMPARE(deliver("Like", m_object, "rude"), 202);
    QCOMPARE(m_peer.fetch(m_server, m_secret, "rude").status, 200);
    const std::int64_t before = followers();
    const std::int64_t likes = total(m_likes);
    QVERIFY(judge("rude", "suspended"));
    QCOMPARE(followers(), before - 1);
    QCOMPARE(total(m_likes), likes - 1);
    QCOMPARE(deliver("Follow", m_owner, "rude"), 403);
    QCOMPARE(deliver("Announce", m_object, "rude"), 403);
    QCOMPARE(m_peer.fetch(m_server, m_secret, "rude").status, 404);
    QCOMPARE(deliver("Like", m_object, "kind"), 202); // others of its server are
    const HttpAnswer follow = m_server.post("/follows", Json{{"account", m_peer.actor("rude")}}, m_giles);
    QCOMPARE(follow.status, 403);
    QVERIFY2(follow.body.find("does not deal with it") != std::string::npos, follow.body.c_str());
}

void StandingTest::aRestoredAccountIsAsBefore()
{
    const std::int64_t likes = total(m_likes);
    QVERIFY(judge("rude", "active"));
    QCOMPARE(total(m_likes), likes + 1);
    QCOMPARE(deliver("Follow", m_owner, "rude"), 202);
    QCOMPARE(m_peer.fetch(m_server, m_secret, "rude").status, 200);
    QVERIFY(judge("loud", "active"));
    QCOMPARE(total(m_likes), likes + 2);
}

void StandingTest::aSilencedServersAnswersAreHiddenWhileItIsSilenced()
{
    const std::int64_t likes = total(m_likes);
    QVERIFY(likes > 0);
    QVERIFY(block("silence"));
    QCOMPARE(total(m_likes), 0);
    QVERIFY(block("noop"));
    QCOMPARE(total(m_likes), likes);
    QVERIFY(block("silence"));
    QVERIFY(block(nullptr));
    QCOMPARE(total(m_likes), likes);
}

void StandingTest::aSuspendedPersonStaysHiddenWhenTheServerIsUnblocked()
{
    const std::int64_t likes = total(m_likes);
    QVERIFY(judge("rude", "suspended"));
    QVERIFY(block("silence"));
    QVERIFY(block(nullptr));
    QCOMPARE(total(m_likes), likes - 1);
    QVERIFY(judge("rude", "active"));
}

void StandingTest::aBlockedFileIsNotTaken()
{
    const std::string bytes = "\x89PNG\r\n\x1a\n not here";
    const ContentId id{sha3(bytesOf(bytes))};
    const auto database = this->database();
    QVERIFY(inTransaction(*database, [&](Database::Lease& lease) { return blockHash(lease, id.digest, "not ours to show", 0); }).has_value());
    const auto blocks = listHashBlocks(*database, 10);
    QVERIFY(blocks && blocks->size() == 1 && blocks->front().hash == id.digest && blocks->front().reason == "not ours to show" && blocks->front().moderatorName.empty());
    auto upload = [&] { return m_server.call("POST", "/media", bytes, m_giles, {{"Content-Type", "application/octet-stream"}}).status; };
    QCOMPARE(upload(), 403);
    QVERIFY(inTransaction(*database, [&](Database::Lease& lease) { return unblockHash(lease, id.digest); }).has_value());
    QCOMPARE(upload(), 201);
}

void StandingTest::oursAreJudgedElsewhere()
{
    const auto database = this->database();
    auto lease = std::move(*database->lease());
    const auto own = findActor(lease, m_owner);
    QVERIFY(own && *own);
    QVERIFY(!setActorState(lease, **own, "suspended").has_value());
    QVERIFY(!setActorState(lease, **findActor(lease, m_peer.actor("kind")), "banished").has_value());
}

void StandingTest::aBlockedDomainIsNotHeard_data()
{
    QTest::addColumn<QString>("severity");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("counted");
    QTest::newRow("suspend") << "suspend" << 403 << 0;
    QTest::newRow("silence") << "silence" << 202 << 0;
    QTest::newRow("no block") << "" << 202 << 1;
}

void StandingTest::aBlockedDomainIsNotHeard()
{
    QFETCH(QString, severity);
    QFETCH(int, status);
    QFETCH(int, counted);
    FakePeer peer;
    QCOMPARE(peer.deliver(m_server, peer.activity("Follow", m_server.url() + "/users/giles", "blocked")), 202);
    const std::int64_t before = total(m_likes);
    const std::int64_t followersBefore = followers();
    const auto database = this->database();
    auto lease = std::move(*database->lease());
    if (!severity.isEmpty())
        QVERIFY(putDomainBlock(lease, {.domain = "127.0.0.1", .severity = severity.toStdString()}));
    QCOMPARE(peer.deliver(m_server, peer.activity("Like", m_object, "blocked")), status);
    QCOMPARE(total(m_likes), severity.isEmpty() ? before + counted : 0); // what all peers of this domain said before is hidden
    if (severity == "suspend")
        QCOMPARE(followers(), 0);
    else
        QCOMPARE(followers(), followersBefore);
    QVERIFY(removeDomainBlock(lease, "127.0.0.1"));
}

void StandingTest::onlyNamedDomainsAreHeard_data()
{
    QTest::addColumn<QByteArray>("domains");
    QTest::addColumn<int>("status");
    QTest::newRow("another") << QByteArray("friends.example") << 403;
    QTest::newRow("one that ends alike") << QByteArray("friends.example, 7.0.0.1") << 403;
    QTest::newRow("this one") << QByteArray("friends.example, 127.0.0.1") << 202;
}

void StandingTest::onlyNamedDomainsAreHeard()
{
    QFETCH(QByteArray, domains);
    QFETCH(int, status);
    qputenv("FEDERATE_WITH", domains);
    ServerProcess server;
    const bool started = server.start();
    qunsetenv("FEDERATE_WITH");
    QVERIFY(started);
    FakePeer peer;
    const std::string giles = server.tokenOf("giles");
    QCOMPARE(peer.deliver(server, peer.activity("Follow", server.url() + "/users/giles")), status);
    QCOMPARE(peer.waitForRequests("/users/bob", 1, status == 202 ? 10 : 1), status == 202); // not even its key is asked for
    const HttpAnswer follow = server.post("/follows", Json{{"account", peer.actor("ann")}}, giles);
    QCOMPARE(follow.status < 300, status == 202);
    QCOMPARE(peer.waitForRequests("/users/bob/inbox", 1, status == 202 ? 10 : 1) || peer.waitForRequests("/inbox", 1, 1), status == 202);
}

QTEST_GUILESS_MAIN(StandingTest)
#include "standing_test.moc"
