// SPDX-License-Identifier: GPL-3.0-or-later
// What a real artdagd takes from another server and what it refuses (docs/federation-acceptance.md names these tests).
#include "core/federation/actor_document.h"
#include "core/federation/integrity_proof.h"
#include "core/federation/linked_data_signature.h"
#include "server/db/reports.h"
#include "tests/server/fake_peer.h"
#include "tests/server/signed_work.h"

#include <QTest>

using namespace artdag;
using namespace artdag::server;

class InboxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void refusedRequestsChangeNothing_data();
    void refusedRequestsChangeNothing();
    void getIsNotAllowed();
    void aReplayIsRefused();
    void bothFormsOfSignatureAreTaken();
    void aFollowIsAcceptedEachTimeButCountsOnce();
    void aFollowIsUndoneByActorAndObject();
    void likesBoostsAndRepliesAreCountedAndUndone();
    void repliesAreShownWithoutTheirScripts();
    void onlyTheAuthorChangesOrDeletes();
    void anUnknownTypeIsTakenAndForgotten();
    void oneActivityDeliveredManyTimesAtOnceHasOneEffect();
    void aChangedKeyIsFetchedOnceAMinute();
    void aDeletedActorSaysFarewell();
    void followersWaitForApproval();
    void aBlockedActorCannotFollowOrAnswer();
    void aFlagBecomesAReport();
    void forwardedRepliesAreFetchedFromTheirOrigin();
    void forwardedRepliesMayCarryAProof();
    void aUseElsewhereIsVerified();
    void aForgedUseIsRefused_data();
    void aForgedUseIsRefused();

private:
    Json collection(const std::string& path) { return *readJson(m_server.get(path, "application/activity+json").body); }
    std::int64_t total(const std::string& path) { return collection(path)["totalItems"].get<std::int64_t>(); }
    std::int64_t followers() { return total("/users/giles/followers"); }
    std::string object(const char* collection) const { return m_object + (collection == nullptr ? "" : "/" + std::string(collection)); }
    std::string path(const char* collection) const { return m_object.substr(m_server.url().size()) + "/" + collection; }
    Json notifications() { return (*readJson(m_server.get("/notifications?limit=100", "application/json", m_giles).body))["items"]; }
    std::size_t told(const std::string& kind)
    {
        const Json all = notifications();
        return static_cast<std::size_t>(std::ranges::count_if(all, [&](const Json& one) { return one["kind"] == kind; }));
    }
    /// True when a condition comes true within ten seconds.
    template <class Condition>
    static bool becomes(Condition&& condition)
    {
        return QTest::qWaitFor(condition, 10'000);
    }
    std::int64_t waitingJobs(const std::string& kind)
    {
        const auto database = this->database();
        auto lease = std::move(*database->lease());
        auto* query = *lease.statement("SELECT count(*) FROM jobs WHERE kind = $1 AND state = 'waiting'");
        query->bind(1, kind);
        return *query->step() ? query->integer(0) : -1;
    }
    std::unique_ptr<Database> database() { return std::move(*Database::open((m_server.data() + "/artdagd.sqlite").toStdString())); }

    ServerProcess m_server;
    FakePeer m_peer;
    std::string m_giles, m_object;
};

void InboxTest::initTestCase()
{
    QVERIFY(m_server.start());
    m_giles = m_server.tokenOf("giles");
    const ContentId content = m_server.upload("\x89PNG\r\n\x1a\n a picture", m_giles);
    const HttpAnswer made = m_server.post("/assets", Json{{"name", "picture"}, {"content_hash", content.text()}, {"asset_type", "image"}}, m_giles);
    QCOMPARE(made.status, 201);
    m_object = m_server.url() + "/objects/" + content.hex();
}

void InboxTest::refusedRequestsChangeNothing_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<int>("status");
    QTest::newRow("unsigned") << "unsigned" << 401;
    QTest::newRow("tampered body") << "tampered" << 401;
    QTest::newRow("signed two hours ago") << "stale" << 401;
    QTest::newRow("signed in two hours") << "future" << 401;
    QTest::newRow("another key") << "another key" << 401;
    QTest::newRow("key of another actor") << "another actor" << 401;
    QTest::newRow("key on another server") << "another server" << 401;
    QTest::newRow("key document that names another owner") << "foreign owner" << 401;
    QTest::newRow("actor with an inbox elsewhere") << "inbox elsewhere" << 401;
    QTest::newRow("activity id of another server") << "foreign id" << 401;
    QTest::newRow("two signatures") << "two" << 401;
    QTest::newRow("signed for another host") << "wrong host" << 401;
    QTest::newRow("no digest") << "no digest" << 401;
    QTest::newRow("plain JSON") << "json type" << 415;
    QTest::newRow("no JSON") << "broken" << 400;
    QTest::newRow("a list") << "list" << 400;
    QTest::newRow("too deep") << "deep" << 400;
    QTest::newRow("more than a mebibyte") << "long" << 413;
}

void InboxTest::refusedRequestsChangeNothing()
{
    QFETCH(QString, change);
    QFETCH(int, status);
    FakePeer other;
    static const SigningKey wrong = *SigningKey::generate(KeyAlgorithm::Rsa2048);
    Json follow = m_peer.activity("Follow", m_server.url() + "/users/giles", "mallory");
    FakePeer::Signing signing{m_peer.actor("mallory") + "#main-key"};
    if (change == "stale" || change == "future")
        signing.secondsAgo = change == "stale" ? 7300 : -7300;
    else if (change == "another key")
        signing.key = &wrong;
    else if (change == "another actor")
        signing.keyId = m_peer.actor("eve") + "#main-key";
    else if (change == "another server")
        signing = {other.actor("mallory") + "#main-key", &other.key()};
    else if (change == "json type")
        signing.type = "application/json";
    else if (change == "foreign id")
        follow["id"] = other.url() + "/activities/1";
    else if (change == "foreign owner" || change == "inbox elsewhere") {
        Json document = m_peer.actorDocument("trudy");
        if (change == "foreign owner")
            document["publicKey"]["owner"] = m_peer.actor("mallory");
        else
            document["inbox"] = other.url() + "/inbox";
        m_peer.serve("/users/trudy", document);
        follow["actor"] = m_peer.actor("trudy");
        signing.keyId = m_peer.actor("trudy") + "#main-key";
    }
    std::string body = follow.dump();
    if (change == "broken")
        body = "{\"type\":";
    else if (change == "list")
        body = "[]";
    else if (change == "deep")
        body = std::string(200, '[') + std::string(200, ']');
    else if (change == "long")
        body = "{\"a\":\"" + std::string(1'200'000, 'a') + "\"}";
    HttpRequest request = m_peer.request(change == "wrong host" ? "http://elsewhere.example/inbox" : m_server.url() + "/inbox", body, signing);
    request.url = m_server.url() + "/inbox";
    if (change == "tampered")
        request.body.insert(request.body.size() - 1, " ");
    else if (change == "two")
        request.headers.emplace_back("Signature", "keyId=\"x\"");
    else if (change == "unsigned" || change == "no digest")
        std::erase_if(request.headers, [&](const auto& line) { return line.first == (change == "unsigned" ? "Signature" : "Digest"); });
    const auto answer = m_server.http().send(request);
    QVERIFY(answer);
    QCOMPARE(answer->status, status);
    QCOMPARE(followers(), 0);
}

void InboxTest::getIsNotAllowed()
{
    for (const char* inbox : {"/inbox", "/users/giles/inbox"}) {
        const HttpAnswer answer = m_server.get(inbox);
        QCOMPARE(answer.status, 405);
        QVERIFY(answer.header("allow").find("POST") != std::string_view::npos);
    }
}

void InboxTest::aReplayIsRefused()
{
    const std::string body = m_peer.activity("Like", m_object, "ray").dump();
    const HttpRequest request = m_peer.request(m_server.url() + "/inbox", body, {m_peer.actor("ray") + "#main-key"});
    QCOMPARE(m_server.http().send(request)->status, 202);
    QCOMPARE(m_server.http().send(request)->status, 401);
    QCOMPARE(total(path("likes")), 1);
}

void InboxTest::bothFormsOfSignatureAreTaken()
{
    Json like = m_peer.activity("Like", m_object, "new");
    FakePeer::Signing signing;
    signing.form = SignatureForm::Rfc9421;
    QCOMPARE(m_peer.deliver(m_server, like, signing), 202);
    QCOMPARE(total(path("likes")), 2);
    const HttpRequest query = m_peer.request(m_server.url() + "/inbox?a=b", m_peer.activity("Like", m_object, "query").dump(), {m_peer.actor("query") + "#main-key"});
    QCOMPARE(m_server.http().send(query)->status, 202);
    QCOMPARE(total(path("likes")), 3);
}

void InboxTest::aFollowIsAcceptedEachTimeButCountsOnce()
{
    Json first = m_peer.activity("Follow", m_server.url() + "/users/giles");
    QCOMPARE(m_peer.deliver(m_server, first, {}, "/users/giles/inbox"), 202);
    const Json accept = m_peer.waitFor([&](const Json& activity) { return activity["type"] == "Accept" && activity["object"]["id"] == first["id"]; });
    QVERIFY(accept.is_object());
    QCOMPARE(accept["actor"].get<std::string>(), m_server.url() + "/users/giles");
    const Json again = m_peer.activity("Follow", m_server.url() + "/users/giles");
    QCOMPARE(m_peer.deliver(m_server, again), 202);
    QVERIFY(m_peer.waitFor([&](const Json& activity) { return activity["type"] == "Accept" && activity["object"]["id"] == again["id"]; }).is_object());
    QCOMPARE(followers(), 1);
    QCOMPARE(collection("/users/giles/followers?page=true")["orderedItems"][0].get<std::string>(), m_peer.actor());
    QCOMPARE(told("follow"), std::size_t{1});
}

void InboxTest::aFollowIsUndoneByActorAndObject()
{
    const Json inner{{"type", "Follow"}, {"actor", m_peer.actor()}, {"object", m_server.url() + "/users/giles"}};
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Undo", Json{{"type", "Follow"}, {"actor", m_peer.actor("eve")}, {"object", m_server.url() + "/users/giles"}})), 403);
    QCOMPARE(followers(), 1);
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Undo", inner)), 202);
    QCOMPARE(followers(), 0);
}

void InboxTest::likesBoostsAndRepliesAreCountedAndUndone()
{
    const std::int64_t before = total(path("likes"));
    const Json like = m_peer.activity("Like", m_object, "ann");
    const Json boost = m_peer.activity("Announce", m_object, "ann");
    const Json reply = m_peer.activity("Create", m_peer.note("lovely", "<p>Lovely.</p>", m_object, "ann"), "ann");
    for (const Json& activity : {like, boost, reply, m_peer.activity("Like", m_object, "ann")})
        QCOMPARE(m_peer.deliver(m_server, activity), 202);
    QCOMPARE(total(path("likes")), before + 1);
    QCOMPARE(total(path("shares")), 1);
    QCOMPARE(total(path("replies")), 1);
    QCOMPARE(collection(path("replies") + "?page=true")["orderedItems"][0].get<std::string>(), m_peer.url() + "/notes/lovely");
    QVERIFY(told("like") >= 1 && told("announce") == 1 && told("reply") == 1);
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Undo", Json{{"id", "https://other.example/id"}, {"type", "Like"}, {"object", m_object}}, "ann")), 202);
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Undo", boost["id"], "ann")), 202);
    QCOMPARE(total(path("likes")), before);
    QCOMPARE(total(path("shares")), 0);
}

void InboxTest::repliesAreShownWithoutTheirScripts()
{
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Create", m_peer.note("evil", "<p onclick=x()>Hello <script>alert(1)</script><img src=x onerror=alert(2)></p>", m_object, "ann"), "ann")), 202);
    const std::string page = m_server.get("/asset/@giles/picture", "text/html").body;
    QVERIFY(page.find("Hello") != std::string::npos);
    for (const char* forbidden : {"<script", "onclick", "onerror", "<img src=x"})
        QVERIFY2(page.find(forbidden) == std::string::npos, forbidden);
}

void InboxTest::onlyTheAuthorChangesOrDeletes()
{
    const std::string id = m_peer.url() + "/notes/lovely";
    const std::int64_t before = total(path("replies"));
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Delete", id, "eve")), 403);
    Json changed = m_peer.note("lovely", "<p>Changed by Eve</p>", m_object, "eve");
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Update", changed, "eve")), 403);
    QCOMPARE(total(path("replies")), before);
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Update", m_peer.note("lovely", "<p>Changed by Ann</p>", m_object, "ann"), "ann")), 202);
    const std::string page = m_server.get("/asset/@giles/picture", "text/html").body;
    QVERIFY(page.find("Changed by Ann") != std::string::npos && page.find("Changed by Eve") == std::string::npos);
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Delete", Json{{"id", id}, {"type", "Tombstone"}}, "ann")), 202);
    QCOMPARE(total(path("replies")), before - 1);
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Create", m_peer.note("spoof", "x", m_object, "ann"), "eve")), 403);
    QCOMPARE(total(path("replies")), before - 1);
}

void InboxTest::anUnknownTypeIsTakenAndForgotten()
{
    const auto database = this->database();
    auto lease = std::move(*database->lease());
    const Json odd = m_peer.activity("Levitate", m_object);
    QCOMPARE(m_peer.deliver(m_server, odd), 202);
    auto* query = *lease.statement("SELECT count(*) FROM received_activities WHERE uri = $1");
    query->bind(1, odd["id"].get<std::string>());
    QVERIFY(*query->step());
    QCOMPARE(query->integer(0), 0);
}

void InboxTest::oneActivityDeliveredManyTimesAtOnceHasOneEffect()
{
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Like", m_object, "twice")), 202); // its key is known then
    const Json follow = m_peer.activity("Follow", m_server.url() + "/users/giles", "twice");
    std::vector<std::thread> senders;
    std::atomic<int> taken{0};
    for (int i = 0; i < 8; ++i) // each signed at another second, or they would be replays
        senders.emplace_back([&, i] { taken += m_peer.deliver(m_server, follow, {"", nullptr, i}) == 202 ? 1 : 0; });
    for (std::thread& sender : senders)
        sender.join();
    QCOMPARE(taken.load(), 8);
    QVERIFY(m_peer.waitFor([&](const Json& activity) { return activity["type"] == "Accept" && activity["object"]["id"] == follow["id"]; }).is_object());
    // A second Accept would have been planned in the same moment and be sent before this one is.
    const Json marker = m_peer.activity("Follow", m_server.url() + "/users/giles", "twice");
    QCOMPARE(m_peer.deliver(m_server, marker), 202);
    QVERIFY(m_peer.waitFor([&](const Json& activity) { return activity["type"] == "Accept" && activity["object"]["id"] == marker["id"]; }).is_object());
    int accepts = 0;
    for (const FakePeer::Got& got : m_peer.got())
        accepts += got.json.is_object() && got.json.value("type", "") == "Accept" && got.json["object"]["id"] == follow["id"] ? 1 : 0;
    QCOMPARE(accepts, 1);
}

void InboxTest::aChangedKeyIsFetchedOnceAMinute()
{
    FakePeer peer;
    QCOMPARE(peer.deliver(m_server, peer.activity("Like", m_object)), 202);
    auto fetches = [&] { return peer.got("GET").size(); };
    const std::size_t before = fetches();
    peer.replaceKey();
    QCOMPARE(peer.deliver(m_server, peer.activity("Like", m_object)), 202);
    QCOMPARE(fetches(), before + 1);
    peer.replaceKey();
    for (int i = 0; i < 5; ++i)
        QCOMPARE(peer.deliver(m_server, peer.activity("Like", m_object)), 401);
    QCOMPARE(fetches(), before + 1);
}

void InboxTest::aDeletedActorSaysFarewell()
{
    FakePeer peer;
    peer.serve("/users/gone", FakePeer::Reply{410, "text/plain", ""});
    QCOMPARE(peer.deliver(m_server, peer.activity("Delete", peer.actor("gone"), "gone")), 202);
    QCOMPARE(peer.deliver(m_server, peer.activity("Like", m_object, "gone")), 401);
    // One that is known: what it did is gone with it.
    const std::int64_t before = total(path("likes"));
    QCOMPARE(peer.deliver(m_server, peer.activity("Like", m_object, "leaving")), 202);
    QCOMPARE(total(path("likes")), before + 1);
    QCOMPARE(peer.deliver(m_server, peer.activity("Delete", peer.actor("leaving"), "leaving")), 202);
    QCOMPARE(total(path("likes")), before);
}

void InboxTest::followersWaitForApproval()
{
    QCOMPARE(m_server.call("PATCH", "/follows", R"({"approval":true})", m_giles, {{"Content-Type", "application/json"}}).status, 200);
    QCOMPARE(collection("/users/giles")["manuallyApprovesFollowers"].get<bool>(), true);
    const std::int64_t before = followers();
    const Json yes = m_peer.activity("Follow", m_server.url() + "/users/giles", "yes");
    const Json no = m_peer.activity("Follow", m_server.url() + "/users/giles", "no");
    QCOMPARE(m_peer.deliver(m_server, yes), 202);
    QCOMPARE(m_peer.deliver(m_server, no), 202);
    QCOMPARE(followers(), before);
    QCOMPARE(told("follow_request"), std::size_t{2});
    QCOMPARE((*readJson(m_server.get("/follows?which=requests", "application/json", m_giles).body))["items"].size(), std::size_t{2});
    QCOMPARE(m_server.post("/follows/requests", Json{{"account", m_peer.actor("yes")}, {"accept", true}}, m_giles).status, 204);
    QCOMPARE(m_server.post("/follows/requests", Json{{"account", m_peer.actor("no")}, {"accept", false}}, m_giles).status, 204);
    QVERIFY(m_peer.waitFor([&](const Json& activity) { return activity["type"] == "Accept" && activity["object"]["id"] == yes["id"]; }).is_object());
    QVERIFY(m_peer.waitFor([&](const Json& activity) { return activity["type"] == "Reject" && activity["object"]["id"] == no["id"]; }).is_object());
    QCOMPARE(followers(), before + 1);
    QCOMPARE(m_server.call("PATCH", "/follows", R"({"approval":false})", m_giles, {{"Content-Type", "application/json"}}).status, 200);
}

void InboxTest::aBlockedActorCannotFollowOrAnswer()
{
    const Json follow = m_peer.activity("Follow", m_server.url() + "/users/giles", "rude");
    QCOMPARE(m_peer.deliver(m_server, follow), 202);
    const std::int64_t before = followers();
    QCOMPARE(m_server.post("/blocks", Json{{"account", m_peer.actor("rude")}}, m_giles).status, 204);
    QCOMPARE(followers(), before - 1);
    QVERIFY(m_peer.waitForType("Block").is_object());
    const Json again = m_peer.activity("Follow", m_server.url() + "/users/giles", "rude");
    QCOMPARE(m_peer.deliver(m_server, again), 202);
    QVERIFY(m_peer.waitFor([&](const Json& activity) { return activity["type"] == "Reject" && activity["object"]["id"] == again["id"]; }).is_object());
    const std::int64_t likes = total(path("likes"));
    QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Like", m_object, "rude")), 202);
    QCOMPARE(total(path("likes")), likes);
    QCOMPARE(followers(), before - 1);
}

void InboxTest::aFlagBecomesAReport()
{
    Json flag = m_peer.activity("Flag", Json::array({m_server.url() + "/users/giles", m_object, "https://elsewhere.example/x"}));
    flag["content"] = "This is mine";
    QCOMPARE(m_peer.deliver(m_server, flag), 202);
    const auto database = this->database();
    auto lease = std::move(*database->lease());
    auto* query = *lease.statement("SELECT comment, objects, about_user FROM reports WHERE uri = $1");
    query->bind(1, flag["id"].get<std::string>());
    QVERIFY(*query->step());
    QCOMPARE(query->text(0), "This is mine");
    QCOMPARE(readJson(query->text(1))->size(), std::size_t{2});
    QVERIFY(query->integer(2) > 0);
}

void InboxTest::forwardedRepliesAreFetchedFromTheirOrigin()
{
    FakePeer origin;
    const std::int64_t before = total(path("replies"));
    const Json note = origin.note("far", "<p>As its author has it now</p>", m_object, "ada");
    origin.serve("/notes/far", note);
    const FakePeer::Signing bob{m_peer.actor() + "#main-key"};
    const auto signedBy = [&](Json activity, const std::string& name, std::int64_t secondsAgo = 0) {
        CHECK(signLinkedData(activity, origin.actor(name) + "#main-key", origin.key(), ::time(nullptr) - secondsAgo));
        return activity;
    };
    Json create = origin.activity("Create", note, "ada");
    QCOMPARE(m_peer.deliver(m_server, create, bob), 401); // without a signature of its own
    // Signatures that do not hold: nobody can make this server ask somewhere by them.
    Json madeUp = create;
    madeUp["signature"] = Json{{"type", "RsaSignature2017"}, {"creator", origin.actor("ada") + "#main-key"}, {"created", "2026-11-20T10:00:00Z"}, {"signatureValue", "AAAA"}};
    Json changed = signedBy(create, "ada");
    changed["object"]["content"] = "<p>As the forwarder changed it</p>";
    Json uncovered = signedBy(create, "ada");
    uncovered["unknownTerm"] = "is in no statement";
    for (const Json& activity : {madeUp, changed, uncovered, signedBy(create, "eve"), signedBy(create, "ada", 25 * 3600)})
        QCOMPARE(m_peer.deliver(m_server, activity, bob), 202);
    QVERIFY(becomes([&] { return waitingJobs("forwarded") == 0; }));
    QVERIFY(!origin.waitForRequests("/notes/far", 1, 1));
    QCOMPARE(total(path("replies")), before);
    Json earlier = create; // signed as it was first written: what counts is what the origin says
    earlier["object"]["content"] = "<p>As it was first written</p>";
    QCOMPARE(m_peer.deliver(m_server, signedBy(earlier, "ada"), bob), 202);
    QVERIFY(becomes([&] { return total(path("replies")) == before + 1; }));
    const std::string page = m_server.get("/asset/@giles/picture", "text/html").body;
    QVERIFY(page.find("As its author has it now") != std::string::npos);
    for (const char* words : {"As the forwarder changed it", "As it was first written"})
        QVERIFY(page.find(words) == std::string::npos);
    // An end that its author signed: gone there, it is gone here. While it is still there, it stays.
    const Json end = origin.activity("Delete", Json{{"id", origin.url() + "/notes/far"}, {"type", "Tombstone"}}, "ada");
    QCOMPARE(m_peer.deliver(m_server, signedBy(end, "ada"), bob), 202);
    QVERIFY(becomes([&] { return waitingJobs("forwarded") == 0; }));
    QCOMPARE(total(path("replies")), before + 1);
    origin.serve("/notes/far", FakePeer::Reply{410, "text/plain", ""});
    QCOMPARE(m_peer.deliver(m_server, signedBy(origin.activity("Delete", Json{{"id", origin.url() + "/notes/far"}, {"type", "Tombstone"}}, "ada"), "ada"), bob), 202);
    QVERIFY(becomes([&] { return total(path("replies")) == before; }));
}

void InboxTest::forwardedRepliesMayCarryAProof()
{
    FakePeer origin;
    const std::int64_t before = total(path("replies"));
    const SigningKey key = *SigningKey::generate(KeyAlgorithm::Ed25519);
    const std::string name = origin.actor("ada") + "#ed25519-key";
    Json ada = origin.actorDocument("ada");
    ada["assertionMethod"] = Json::array({Json{{"id", name}, {"type", "Multikey"}, {"controller", origin.actor("ada")}, {"publicKeyMultibase", *multibaseOf(key.publicKey())}}});
    origin.serve("/users/ada", ada);
    const FakePeer::Signing bob{m_peer.actor() + "#main-key"};
    const auto proved = [&](const std::string& id, const std::string& method) {
        const Json note = origin.note(id, "<p>With a proof " + id + "</p>", m_object, "ada");
        origin.serve("/notes/" + id, note);
        Json activity = origin.activity("Create", note, "ada");
        const Json options = integrityProofOptions(activity, method, ::time(nullptr));
        const Bytes bytes = *integrityProofBytes(activity, options);
        CHECK(addIntegrityProof(activity, options, *key.sign(bytes)));
        return activity;
    };
    Json changed = proved("changed", name);
    changed["object"]["content"] = "<p>Other words</p>";
    for (const Json& activity : {changed, proved("foreign", origin.actor("eve") + "#ed25519-key")})
        QCOMPARE(m_peer.deliver(m_server, activity, bob), 202);
    QVERIFY(becomes([&] { return waitingJobs("forwarded") == 0; }));
    QCOMPARE(total(path("replies")), before);
    QCOMPARE(m_peer.deliver(m_server, proved("good", name), bob), 202);
    QVERIFY(becomes([&] { return total(path("replies")) == before + 1; }));
    QVERIFY(m_server.get("/asset/@giles/picture", "text/html").body.find("With a proof good") != std::string::npos);
}

namespace {

/// A work of another server with a claim that cites bytes, as that server would announce and serve it.
struct ClaimedElsewhere {
    SigningKey key = *SigningKey::generate(KeyAlgorithm::Ed25519);
    SignedWork work;
    Json note;

    ClaimedElsewhere(FakePeer& peer, const std::string& seed, const ContentId& cited)
        : work(makeSignedWork(seed, key, "@maker@" + peer.host()))
    {
        work.claimed.ingredients = {{IngredientRole::Input, cited, "", 10'000, ""}};
        work.signClaim(key);
        note = peer.note("work-" + seed, "<p>Made of yours</p>", "", "maker");
        note["contentHash"] = work.claimed.contentHash.text();
        note["inputs"] = Json::array({peer.url() + "/objects/" + cited.hex()});
        announce(peer, seed);
    }
    void announce(FakePeer& peer, const std::string& seed)
    {
        note["claim"] = peer.url() + "/claims/" + seed;
        note["claimHash"] = documentId(work.claim).text();
        peer.serve("/claims/" + seed, FakePeer::Reply{200, "application/json", work.claim.dump()});
        peer.serve("/users/maker/keys", FakePeer::Reply{200, "application/json", Json{{"keys", Json::array({Json{{"kid", "x"}, {"public", key.publicKey().pem()}, {"revoked_at", nullptr}}})}}.dump()});
    }
};

} // namespace

void InboxTest::aUseElsewhereIsVerified()
{
    const ContentId mine = *nameOfText<ContentId>(m_object.substr(m_object.rfind('/') + 1));
    FakePeer peer;
    ClaimedElsewhere elsewhere(peer, "true", mine);
    QCOMPARE(peer.deliver(m_server, peer.activity("Create", elsewhere.note, "maker")), 202);
    QVERIFY(becomes([&] { return told("use") == 1; }));
    QVERIFY(m_server.get("/asset/@giles/picture", "text/html").body.find("Spin &lt;true&gt;") != std::string::npos);
    const auto database = this->database();
    auto lease = std::move(*database->lease());
    auto* query = *lease.statement("SELECT verified_at FROM lineage_edges WHERE parent_hash = $1");
    query->bind(1, mine.digest);
    QVERIFY(*query->step());
    QVERIFY(query->integer(0) > 0);
}

void InboxTest::aForgedUseIsRefused_data()
{
    QTest::addColumn<QString>("forgery");
    for (const char* forgery : {"another key", "another claim", "of other bytes", "does not cite", "creator is another", "claim changed"})
        QTest::newRow(forgery) << forgery;
}

void InboxTest::aForgedUseIsRefused()
{
    QFETCH(QString, forgery);
    const std::size_t before = told("use");
    const ContentId mine = *nameOfText<ContentId>(m_object.substr(m_object.rfind('/') + 1));
    FakePeer peer;
    ClaimedElsewhere elsewhere(peer, forgery.toStdString().substr(0, 4), mine);
    const std::string seed = "forged";
    if (forgery == "another key") {
        elsewhere.work.signClaim(*SigningKey::generate(KeyAlgorithm::Ed25519));
    } else if (forgery == "of other bytes") {
        elsewhere.note["contentHash"] = nameOfBytes("other").text();
    } else if (forgery == "does not cite") {
        elsewhere.work.claimed.ingredients = {{IngredientRole::Input, nameOfBytes("nobody's"), "", 10'000, ""}};
        elsewhere.work.signClaim(elsewhere.key);
    } else if (forgery == "creator is another") {
        elsewhere.work.claimed.creator = "@eve@" + peer.host();
        elsewhere.work.signClaim(elsewhere.key);
    } else if (forgery == "claim changed") {
        elsewhere.work.claim["title"] = "Another title";
    }
    elsewhere.announce(peer, seed);
    if (forgery == "another claim")
        elsewhere.note["claimHash"] = "sha3-256:" + std::string(64, '0');
    QCOMPARE(peer.deliver(m_server, peer.activity("Create", elsewhere.note, "maker")), 202);
    const auto database = this->database();
    QVERIFY(becomes([&] {
        auto lease = std::move(*database->lease());
        auto* query = *lease.statement("SELECT count(*) FROM jobs WHERE kind = 'cite' AND state = 'failed' AND ref = $1");
        query->bind(1, elsewhere.note["id"].get<std::string>());
        return *query->step() && query->integer(0) == 1;
    }));
    QCOMPARE(told("use"), before);
}

QTEST_GUILESS_MAIN(InboxTest)
#include "inbox_test.moc"
