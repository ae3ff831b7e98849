// SPDX-License-Identifier: GPL-3.0-or-later
// What a real artdagd sends, to peers that take it, refuse it, hang, or are not there.
#include "core/federation/linked_data_signature.h"
#include "server/db/deliveries.h"
#include "tests/server/fake_peer.h"

#include <QProcess>
#include <QTest>

using namespace artdag;

class DeliveryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aWorkReachesEachSharedInboxOnce();
    void theFirstSignatureIsCavageAndA401IsAskedInTheOtherForm();
    void anInboxThatIsGoneLosesItsFollowers();
    void aHangingPeerDelaysNobodyElse();
    void noPostFollowsARedirect();
    void whatWaitsSurvivesAKill();
    void whoIsFollowedElsewhereIsOnHome();
    void interactionsGoToTheAuthorAndAreTakenBack();
    void anAccountMovesWithItsFollowers();
    void whatAFormerKeySignedIsStillChecked();
    void signedRepliesArePassedOnToFollowers();

private:
    std::string publish(const std::string& name)
    {
        const ContentId content = m_server->upload("\x89PNG\r\n\x1a\n " + name, m_giles);
        const HttpAnswer made = m_server->post("/assets", Json{{"name", name}, {"content_hash", content.text()}, {"asset_type", "image"}, {"alt", "a picture of " + name}}, m_giles);
        return made.status == 201 ? m_server->url() + "/objects/" + content.hex() : "";
    }
    bool follow(FakePeer& peer, const std::string& name = "bob")
    {
        const Json follow = peer.activity("Follow", m_server->url() + "/users/giles", name);
        return peer.deliver(*m_server, follow) == 202 && peer.waitFor([&](const Json& activity) { return activity["type"] == "Accept" && activity["object"]["id"] == follow["id"]; }).is_object();
    }
    static bool isCreateOf(const Json& activity, const std::string& object) { return activity["type"] == "Create" && activity["object"]["id"] == object; }

    std::unique_ptr<ServerProcess> m_server;
    std::string m_giles;
};

void DeliveryTest::init()
{
    m_server = std::make_unique<ServerProcess>();
    QVERIFY(m_server->start());
    m_giles = m_server->tokenOf("giles");
}

void DeliveryTest::cleanup()
{
    m_server.reset();
}

void DeliveryTest::aWorkReachesEachSharedInboxOnce()
{
    FakePeer first;
    FakePeer second;
    for (const char* name : {"ann", "bob", "cyd"})
        QVERIFY(follow(first, name));
    QVERIFY(follow(second));
    const std::string one = publish("one");
    const std::string two = publish("two");
    for (FakePeer* peer : {&first, &second}) {
        const Json create = peer->waitFor([&](const Json& activity) { return isCreateOf(activity, one); });
        QVERIFY(create.is_object());
        QCOMPARE(create["object"]["attachment"][0]["name"].get<std::string>(), "a picture of one");
        QVERIFY(peer->waitFor([&](const Json& activity) { return isCreateOf(activity, two); }).is_object());
    }
    std::size_t creates = 0;
    for (const FakePeer::Got& got : first.got()) {
        if (!isCreateOf(got.json, one))
            continue;
        ++creates;
        QCOMPARE(got.path, "/inbox");
        QCOMPARE(got.header("content-type"), "application/activity+json");
    }
    QCOMPARE(creates, std::size_t{1});
}

void DeliveryTest::theFirstSignatureIsCavageAndA401IsAskedInTheOtherForm()
{
    FakePeer peer;
    QVERIFY(follow(peer));
    QVERIFY(peer.got().front().header("signature-input").empty());
    QVERIFY(peer.got().front().header("signature").find("rsa-sha256") != std::string::npos);
    peer.serve("/inbox", FakePeer::Reply{401, "text/plain", ""});
    publish("one");
    QVERIFY(peer.waitForRequests("/inbox", 2));
    std::vector<FakePeer::Got> tries;
    for (const FakePeer::Got& got : peer.got())
        if (got.path == "/inbox")
            tries.push_back(got);
    QVERIFY(tries[0].header("signature-input").empty());
    QVERIFY(!tries[1].header("signature-input").empty());
    QVERIFY(!tries[1].header("content-digest").empty());
}

void DeliveryTest::anInboxThatIsGoneLosesItsFollowers()
{
    FakePeer peer;
    QVERIFY(follow(peer));
    peer.serve("/inbox", FakePeer::Reply{410, "text/plain", ""});
    publish("one");
    QVERIFY(QTest::qWaitFor([&] { return (*readJson(m_server->get("/users/giles/followers", "application/activity+json").body))["totalItems"] == 0; }, 10'000));
}

void DeliveryTest::aHangingPeerDelaysNobodyElse()
{
    FakePeer hanging;
    FakePeer quick;
    for (const char* name : {"ann", "bob", "cyd", "dan", "eve"}) {
        Json document = hanging.actorDocument(name); // five inboxes of one server
        document.erase("endpoints");
        hanging.serve(std::string("/users/") + name, document);
        QVERIFY(follow(hanging, name));
        hanging.hang(std::string("/users/") + name + "/inbox");
    }
    QVERIFY(follow(quick));
    const auto before = std::chrono::steady_clock::now();
    for (const char* name : {"one", "two", "three"}) {
        const std::string object = publish(name);
        QVERIFY(quick.waitFor([&](const Json& activity) { return isCreateOf(activity, object); }, 5).is_object());
    }
    QVERIFY(std::chrono::steady_clock::now() - before < std::chrono::seconds(8));
    std::size_t hangs = 0;
    for (const FakePeer::Got& got : hanging.got())
        hangs += got.json["type"] == "Create" ? 1 : 0;
    QVERIFY2(hangs <= 2, "no more than two at once to one server");
    hanging.release();
}

void DeliveryTest::noPostFollowsARedirect()
{
    FakePeer peer;
    FakePeer elsewhere;
    QVERIFY(follow(peer));
    peer.serve("/inbox", FakePeer::Reply{307, "text/plain", "", {{"Location", elsewhere.url() + "/inbox"}}});
    publish("one");
    QVERIFY(peer.waitForRequests("/inbox", 1));
    const std::string object = publish("two"); // would come after the redirected one
    peer.serve("/inbox", FakePeer::Reply{});
    QVERIFY(elsewhere.got("POST").empty());
}

void DeliveryTest::whatWaitsSurvivesAKill()
{
    FakePeer peer;
    FakePeer other;
    QVERIFY(follow(peer));
    QVERIFY(follow(other));
    peer.hang("/inbox");
    std::vector<std::string> objects;
    for (const char* name : {"one", "two", "three", "four"})
        objects.push_back(publish(name));
    for (const std::string& object : objects)
        QVERIFY(other.waitFor([&](const Json& activity) { return isCreateOf(activity, object); }).is_object());
    QVERIFY(peer.waitForRequests("/inbox", 2));
    const auto database = std::move(*server::Database::open((m_server->data() + "/artdagd.sqlite").toStdString()));
    QVERIFY(QTest::qWaitFor([&] { return *server::countDeliveries(*database) == 4; }, 10'000)); // what has arrived is written off
    other.forget();
    ::kill(static_cast<pid_t>(m_server->pid()), SIGKILL);
    peer.release();
    const std::string port = m_server->url().substr(m_server->url().rfind(':') + 1);
    m_server->stop();
    peer.forget();
    QVERIFY(m_server->start({"--port", QString::fromStdString(port)}));
    for (const std::string& object : objects)
        QVERIFY2(peer.waitFor([&](const Json& activity) { return isCreateOf(activity, object); }).is_object(), object.c_str());
    // Exactly those: each once, and nothing again to whom had them.
    const std::string last = publish("five");
    QVERIFY(other.waitFor([&](const Json& activity) { return isCreateOf(activity, last); }).is_object());
    QCOMPARE(other.got().size(), std::size_t{1});
    QVERIFY(peer.waitFor([&](const Json& activity) { return isCreateOf(activity, last); }).is_object());
    QCOMPARE(peer.got().size(), std::size_t{5});
}

void DeliveryTest::whoIsFollowedElsewhereIsOnHome()
{
    FakePeer peer;
    QCOMPARE(m_server->post("/follows", Json{{"account", "@bob@" + peer.host()}}, m_giles).status, 202);
    const Json follow = peer.waitForType("Follow");
    QCOMPARE(follow["object"].get<std::string>(), peer.actor());
    auto posts = [&] { return (*readJson(m_server->get("/home", "application/json", m_giles).body))["items"]; };
    auto note = [&](const std::string& id) { return peer.activity("Create", peer.note(id, "<p>Post " + id + "</p>")); };
    QCOMPARE(peer.deliver(*m_server, note("before")), 202);
    QCOMPARE(posts().size(), std::size_t{0}); // a follow that nobody accepted is none
    QCOMPARE(peer.deliver(*m_server, peer.activity("Accept", follow, "eve")), 202);
    QCOMPARE((*readJson(m_server->get("/users/giles/following", "application/activity+json").body))["totalItems"].get<int>(), 0);
    QCOMPARE(peer.deliver(*m_server, peer.activity("Accept", follow)), 202);
    QCOMPARE((*readJson(m_server->get("/users/giles/following", "application/activity+json").body))["totalItems"].get<int>(), 1);
    QCOMPARE(peer.deliver(*m_server, note("after")), 202);
    QCOMPARE(posts().size(), std::size_t{1});
    QVERIFY(posts()[0]["content"].get<std::string>().find("Post after") != std::string::npos);
    peer.serve("/notes/shown", peer.note("shown", "<p>By Zoe</p>", "", "zoe"));
    QCOMPARE(peer.deliver(*m_server, peer.activity("Announce", peer.url() + "/notes/shown")), 202);
    QVERIFY(QTest::qWaitFor([&] { return posts().size() == 2; }, 10'000));
    QCOMPARE(m_server->call("DELETE", "/follows", Json{{"account", peer.actor()}}.dump(), m_giles, {{"Content-Type", "application/json"}}).status, 204);
    const Json undo = peer.waitForType("Undo");
    QCOMPARE(undo["object"]["id"].get<std::string>(), follow["id"].get<std::string>());
    QCOMPARE(posts().size(), std::size_t{0});
}

void DeliveryTest::interactionsGoToTheAuthorAndAreTakenBack()
{
    FakePeer peer;
    const std::string object = peer.url() + "/notes/1";
    peer.serve("/notes/1", peer.note("1", "<p>A post</p>"));
    auto json = [&](const char* method, const Json& body) { return m_server->call(method, "/interactions", body.dump(), m_giles, {{"Content-Type", "application/json"}}); };
    QCOMPARE(json("POST", Json{{"type", "Like"}, {"object", object}}).status, 201);
    QCOMPARE(json("POST", Json{{"type", "Like"}, {"object", object}}).status, 200);
    const Json like = peer.waitForType("Like");
    QCOMPARE(like["object"].get<std::string>(), object);
    QCOMPARE((*readJson(m_server->get("/users/giles/liked", "application/activity+json").body))["totalItems"].get<int>(), 1);
    QCOMPARE(json("DELETE", Json{{"type", "Like"}, {"object", object}}).status, 204);
    QCOMPARE(peer.waitForType("Undo")["object"]["id"].get<std::string>(), like["id"].get<std::string>());
    QCOMPARE(json("DELETE", Json{{"type", "Like"}, {"object", object}}).status, 404);
    const HttpAnswer reply = json("POST", Json{{"type", "Reply"}, {"object", object}, {"content", "Good <b>work</b>"}});
    QCOMPARE(reply.status, 201);
    const Json create = peer.waitForType("Create");
    QCOMPARE(create["object"]["inReplyTo"].get<std::string>(), object);
    QCOMPARE(create["object"]["content"].get<std::string>(), "<p>Good &lt;b&gt;work&lt;/b&gt;</p>");
    const std::string note = create["object"]["id"].get<std::string>();
    QCOMPARE(m_server->get(note.substr(m_server->url().size()), "application/activity+json").status, 200);
    QCOMPARE(json("DELETE", Json{{"type", "Reply"}, {"object", note}}).status, 204);
    QCOMPARE(peer.waitForType("Delete")["object"]["id"].get<std::string>(), note);
    QCOMPARE(m_server->get(note.substr(m_server->url().size()), "application/activity+json").status, 410);
}

void DeliveryTest::anAccountMovesWithItsFollowers()
{
    FakePeer peer;
    QVERIFY(follow(peer));
    QCOMPARE(m_server->post("/account/move", Json{{"to", peer.actor("new")}}, m_giles).status, 403);
    Json there = peer.actorDocument("newer");
    there["alsoKnownAs"] = Json::array({m_server->url() + "/users/giles"});
    peer.serve("/users/newer", there);
    FakePeer second; // key fetches are limited to one a minute and server
    Json also = second.actorDocument("newest");
    also["alsoKnownAs"] = Json::array({m_server->url() + "/users/giles"});
    second.serve("/users/newest", also);
    QCOMPARE(m_server->post("/account/move", Json{{"to", second.actor("newest")}}, m_giles).status, 200);
    QCOMPARE(peer.waitForType("Move")["target"].get<std::string>(), second.actor("newest"));
    QCOMPARE((*readJson(m_server->get("/users/giles", "application/activity+json").body))["movedTo"].get<std::string>(), second.actor("newest"));
    // And somebody followed here moves.
    const std::string ada = m_server->tokenOf("ada");
    QCOMPARE(m_server->post("/follows", Json{{"account", second.actor("old")}}, ada).status, 202);
    QCOMPARE(second.deliver(*m_server, second.activity("Accept", second.waitForType("Follow"), "old")), 202);
    FakePeer third;
    Json target = third.actorDocument("fresh");
    target["alsoKnownAs"] = Json::array({second.actor("old")});
    third.serve("/users/fresh", target);
    Json move = second.activity("Move", second.actor("old"), "old");
    move["target"] = third.actor("fresh");
    QCOMPARE(second.deliver(*m_server, move), 202);
    QCOMPARE(third.waitForType("Follow")["object"].get<std::string>(), third.actor("fresh"));
    QVERIFY(second.waitForType("Undo").is_object());
}

void DeliveryTest::whatAFormerKeySignedIsStillChecked()
{
    FakePeer peer;
    QVERIFY(follow(peer));
    const std::string object = publish("one");
    const Json create = peer.waitFor([&](const Json& activity) { return isCreateOf(activity, object); });
    QVERIFY(create.is_object());
    const std::string path = create["id"].get<std::string>().substr(m_server->url().size());
    const std::string bytes = m_server->get(path, "application/activity+json").body;
    QCOMPARE(QProcess::execute(ARTDAG_BIN_DIR "/artdagd", {"keys", "rotate", "--user", "giles", "--data", m_server->data()}), 0);
    // The server, which went on, tells the followers, and signs with the new key.
    const Json update = peer.waitForType("Update");
    QCOMPARE(update["object"]["id"].get<std::string>(), m_server->url() + "/users/giles");
    const PublicKey key = *PublicKey::fromPem(update["object"]["publicKey"]["publicKeyPem"].get<std::string>());
    QVERIFY(isSignedBy(*readLinkedDataSignature(update), key));
    for (const FakePeer::Got& got : peer.got()) {
        const auto signature = readRequestSignature({"POST", "http", peer.host(), got.path, got.headers, got.body}, {peer.host()}, ::time(nullptr));
        QVERIFY2(signature, signature ? "" : signature.error().message.c_str());
        QCOMPARE(isSignedBy(*signature, key), got.json["type"] == "Update");
    }
    // The old activity is the same; the key that it was signed with is in the list, and only that one fits.
    QCOMPARE(m_server->get(path, "application/activity+json").body, bytes);
    const auto old = readLinkedDataSignature(*readJson(bytes));
    QVERIFY(!isSignedBy(*old, key));
    const Json keys = (*readJson(m_server->get("/users/giles/keys").body))["transport"];
    QCOMPARE(keys.size(), std::size_t{2});
    QCOMPARE(keys[0]["id"].get<std::string>(), old->creator);
    QVERIFY(isSignedBy(*old, *PublicKey::fromPem(keys[0]["public"].get<std::string>())));
    QVERIFY(keys[0]["replaced_at"] == keys[1]["not_before"] && keys[1]["replaced_at"].is_null());
    QCOMPARE(keys[1]["public"].get<std::string>(), key.pem());
    // The same key once more is no change.
    QCOMPARE(QProcess::execute(ARTDAG_BIN_DIR "/artdagd", {"keys", "generate", "--user", "giles", "--data", m_server->data()}), 0);
    QCOMPARE((*readJson(m_server->get("/users/giles/keys").body))["transport"].size(), std::size_t{2});
}

void DeliveryTest::signedRepliesArePassedOnToFollowers()
{
    FakePeer reader;
    FakePeer origin;
    QVERIFY(follow(reader));
    QVERIFY(follow(origin, "bob")); // has its own replies already
    const std::string object = publish("one");
    const auto addressed = [&](Json activity) {
        activity["cc"] = Json::array({m_server->url() + "/users/giles/followers"});
        return activity;
    };
    const auto reply = [&](const std::string& id) { return addressed(origin.activity("Create", origin.note(id, "<p>Number " + id + "</p>", object, "ada"), "ada")); };
    const auto signedAt = [&](Json activity, std::int64_t secondsAgo = 0) {
        CHECK(signLinkedData(activity, origin.actor("ada") + "#main-key", origin.key(), ::time(nullptr) - secondsAgo));
        return activity;
    };
    Json elsewhere = reply("2");
    elsewhere.erase("cc");
    Json forged = signedAt(reply("3"));
    forged["object"]["content"] = "<p>Changed</p>";
    Json byBob = reply("4");
    CHECK(signLinkedData(byBob, origin.actor("bob") + "#main-key", origin.key(), ::time(nullptr)));
    Json covered = signedAt(reply("5"));
    covered["unknownTerm"] = "is in no statement";
    const Json good = signedAt(reply("6"));
    for (const Json& activity : {reply("1"), signedAt(elsewhere), forged, byBob, covered, signedAt(reply("7"), 25 * 3600), good})
        QCOMPARE(origin.deliver(*m_server, activity), 202);
    const std::string note = good["object"]["id"].get<std::string>();
    QVERIFY(reader.waitFor([&](const Json& activity) { return isCreateOf(activity, note); }).is_object());
    const Json edit = signedAt(addressed(origin.activity("Update", origin.note("6", "<p>Better</p>", object, "ada"), "ada")));
    QCOMPARE(origin.deliver(*m_server, edit), 202);
    QVERIFY(reader.waitForType("Update").is_object());
    const Json end = signedAt(addressed(origin.activity("Delete", Json{{"id", note}, {"type", "Tombstone"}}, "ada")));
    QCOMPARE(origin.deliver(*m_server, end), 202);
    QVERIFY(reader.waitForType("Delete").is_object());
    // Exactly these three, as they came, signed for by whom they answer.
    const auto database = std::move(*server::Database::open((m_server->data() + "/artdagd.sqlite").toStdString()));
    QVERIFY(QTest::qWaitFor([&] {
        auto lease = std::move(*database->lease());
        auto* query = *lease.statement("SELECT (SELECT count(*) FROM jobs WHERE kind = 'pass-on' AND state = 'waiting') + (SELECT count(*) FROM deliveries)");
        return *query->step() && query->integer(0) == 0;
    },
        10'000));
    std::vector<std::string> passedOn;
    for (const FakePeer::Got& got : reader.got())
        if (got.json["actor"] == origin.actor("ada")) {
            passedOn.push_back(got.body);
            QVERIFY(got.header("signature").find(m_server->url() + "/users/giles#main-key") != std::string::npos);
        }
    QCOMPARE(passedOn, (std::vector{good.dump(), edit.dump(), end.dump()}));
    for (const FakePeer::Got& got : origin.got())
        QVERIFY(got.json["actor"] != origin.actor("ada"));
}

QTEST_GUILESS_MAIN(DeliveryTest)
#include "delivery_test.moc"
