// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing to a real artdagd: what is accepted and where it is seen, what is refused, who sees what.
#include "server/db/database.h"
#include "tests/server/server_process.h"
#include "tests/server/signed_work.h"

#include <QTest>

using namespace artdag;

class PublishTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theContractsCurlRegistersAnAsset();
    void aSignedWorkIsSeenEverywhere();
    void papersThatDoNotHoldAreRefused_data();
    void papersThatDoNotHoldAreRefused();
    void keysAreRegisteredByPossession_data();
    void keysAreRegisteredByPossession();
    void sameContentOfTwoOwnersStandsInTheWay();
    void aNameWithoutBytesDoesNotBlockASignedWork();
    void aHashIsNoPermission();
    void aPrivateWorkIsItsOwnersAlone();
    void anotherNamesakeGivesAChoice();
    void everyActivityIsServedAsItWasWritten();

private:
    SignedWork workOf(const std::string& seed) { return makeSignedWork(seed, *m_key, account("giles")); }
    std::string account(const std::string& user) { return "@" + user + "@" + m_server.domain(); }
    void sendBytes(const SignedWork& work, const std::string& token)
    {
        m_server.upload(work.film, token);
        m_server.upload(work.recipe, token, "application/vnd.artdag.recipe+json");
        m_server.upload(work.digests, token, "application/vnd.artdag.frames");
        m_server.upload(work.input, token);
    }
    Json bodyOf(const SignedWork& work, const std::string& name)
    {
        return {{"name", name}, {"content_hash", work.run.output.contentHash.text()}, {"asset_type", "video"}, {"description", "A \"turn\" & <more>"}, {"claim", work.claim}, {"manifest", work.manifest}};
    }
    ServerProcess m_server;
    std::optional<SigningKey> m_key, m_strange;
    std::string m_giles, m_carol;
};

void PublishTest::initTestCase()
{
    QVERIFY(m_server.start());
    m_giles = m_server.tokenOf("giles");
    m_carol = m_server.tokenOf("carol");
    QVERIFY(!m_giles.empty() && !m_carol.empty());
    m_key = *SigningKey::generate(KeyAlgorithm::Ed25519);
    m_strange = *SigningKey::generate(KeyAlgorithm::Ed25519);
    const HttpAnswer answer = m_server.post("/users/giles/keys", keyProof(*m_key, account("giles"), server::isoTime(server::nowMicroseconds())), m_giles);
    QCOMPARE(answer.status, 201);
    QCOMPARE((*readJson(answer.body))["kid"].get<std::string>(), m_key->publicKey().kid());
}

void PublishTest::theContractsCurlRegistersAnAsset()
{
    const std::string hash = nameOfBytes("contract").text();
    auto curl = [&](const std::string& content) {
        QProcess process;
        process.start("curl", {"-s", "-w", "\n%{http_code}", "-X", "POST", QString::fromStdString(m_server.url() + "/assets"), "-H", QString::fromStdString("Authorization: Bearer " + m_giles), "-H", "Content-Type: application/json", "-d", QString::fromStdString(R"({"name": "my-video", "content_hash": ")" + content + R"(", "asset_type": "video", "tags": ["art", "generated"]})")});
        return process.waitForFinished(20'000) ? process.readAllStandardOutput().split('\n') : QList<QByteArray>{"", ""};
    };
    QCOMPARE(curl("abc123...").last(), QByteArray("400"));
    const auto answer = curl(hash);
    QCOMPARE(answer.last(), QByteArray("201"));
    const Json asset = *readJson(answer.first().toStdString());
    QCOMPARE(asset["proof"].get<std::string>(), "server_attested");
    QCOMPARE(asset["owner"].get<std::string>(), account("giles"));
    QCOMPARE(curl(hash.substr(9)).last(), QByteArray("200")); // bare hex, and again: the same asset
    const Json seen = *readJson(m_server.get("/assets/my-video").body);
    QCOMPARE(seen["content_hash"].get<std::string>(), hash);
    QCOMPARE(seen["tags"].dump(), Json::array({"art", "generated"}).dump());
    QVERIFY(m_server.get("/asset/@giles/my-video", "text/html").body.find("Registered, not signed") != std::string::npos);
}

void PublishTest::aSignedWorkIsSeenEverywhere()
{
    const SignedWork work = workOf("seen");
    sendBytes(work, m_giles);
    const HttpAnswer answer = m_server.post("/assets", bodyOf(work, "seen"), m_giles);
    QVERIFY2(answer.status == 201, answer.body.c_str());
    QCOMPARE((*readJson(answer.body))["proof"].get<std::string>(), "creator_signed");
    const std::string hex = work.run.output.contentHash.hex();

    const Json note = *readJson(m_server.get("/objects/" + hex, "application/activity+json").body);
    QCOMPARE(note["type"].get<std::string>(), "Note");
    QCOMPARE(note["claimHash"].get<std::string>(), documentId(work.claim).text());
    QCOMPARE(note["attachment"][0]["url"].get<std::string>(), m_server.url() + "/media/" + hex + ".mp4");
    QCOMPARE(m_server.get("/objects/" + hex, "text/html").status, 303);
    QCOMPARE(std::string(m_server.get("/objects/" + hex, "text/html").header("location")), "/asset/@giles/seen");
    QCOMPARE(documentId(*readJson(m_server.get("/assets/@giles/seen/claim").body)), documentId(work.claim));
    QCOMPARE(documentId(*readJson(m_server.get("/objects/" + hex + "/claim").body)), documentId(work.claim));
    QCOMPARE(documentId(*readJson(m_server.get("/objects/" + hex + "/provenance").body)), documentId(work.manifest));
    QCOMPARE(m_server.get("/assets/@giles/seen/recipe").body, work.recipe);
    QCOMPARE(m_server.get("/media/" + nameOfBytes(work.input).hex()).body, work.input);

    const HttpAnswer page = m_server.get("/asset/@giles/seen", "text/html");
    QVERIFY(page.body.find("Spin &lt;seen&gt;") != std::string::npos);
    QVERIFY(page.body.find("Spin <seen>") == std::string::npos);
    QVERIFY(page.body.find("A &quot;turn&quot; &amp; &lt;more&gt;") != std::string::npos);
    QVERIFY(page.body.find("Signed by the creator") != std::string::npos);
    QVERIFY(page.body.find("Pixels checkable by anyone") != std::string::npos);
    QVERIFY(page.body.find("0:10") != std::string::npos);
    QVERIFY(page.body.find("<script") == std::string::npos);
    QVERIFY(page.header("content-security-policy").starts_with("default-src 'none'"));
    QVERIFY(page.header("set-cookie").empty());

    const Json outbox = *readJson(m_server.get("/users/giles/outbox?page=true", "application/activity+json").body);
    QCOMPARE(outbox["orderedItems"][0]["object"]["id"].get<std::string>(), m_server.url() + "/objects/" + hex);
    QVERIFY(m_server.get("/", "text/html").body.find("Spin &lt;seen&gt;") != std::string::npos);
    QVERIFY(m_server.get("/tags/loop", "text/html").body.find("Spin &lt;seen&gt;") != std::string::npos);
    const HttpAnswer again = m_server.post("/assets", bodyOf(work, "seen-again"), m_giles);
    QCOMPARE(again.status, 200);
    QCOMPARE((*readJson(again.body))["name"].get<std::string>(), "seen");
}

void PublishTest::papersThatDoNotHoldAreRefused_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("status");
    QTest::newRow("nothing is wrong") << "" << 201; // the table starts from a good one
    QTest::newRow("claim by an unregistered key") << "strange claim" << 403;
    QTest::newRow("manifest by an unregistered key") << "strange manifest" << 403;
    QTest::newRow("claim for other bytes") << "other bytes" << 400;
    QTest::newRow("claim with another SHA-256") << "other sha256" << 400;
    QTest::newRow("title changed after signing") << "title" << 403;
    QTest::newRow("manifest changed after signing") << "manifest" << 403;
    QTest::newRow("manifest of another run") << "other manifest" << 400;
    QTest::newRow("frames that are not the run's") << "frames" << 400;
    QTest::newRow("an ingredient left out") << "ingredient" << 400;
    QTest::newRow("another creator") << "creator" << 403;
    QTest::newRow("no manifest") << "no manifest" << 400;
    QTest::newRow("no claim") << "no claim" << 400;
    QTest::newRow("no signature") << "no signature" << 403;
    QTest::newRow("bytes not uploaded") << "no bytes" << 400;
    QTest::newRow("recipe not uploaded") << "no recipe" << 400;
    QTest::newRow("claim is no object") << "claim text" << 400;
}

void PublishTest::papersThatDoNotHoldAreRefused()
{
    QFETCH(QString, fault);
    QFETCH(int, status);
    SignedWork work = workOf("refused " + fault.toStdString());
    if (fault == "no bytes")
        m_server.upload(work.recipe, m_giles, "application/vnd.artdag.recipe+json");
    else if (fault == "no recipe")
        m_server.upload(work.film, m_giles);
    else
        sendBytes(work, m_giles);
    if (fault == "strange claim")
        work.signClaim(*m_strange);
    if (fault == "strange manifest") {
        work.signManifest(*m_strange);
        work.signClaim(*m_key);
    }
    if (fault == "other bytes")
        work.claimed.contentHash = nameOfBytes("other");
    if (fault == "other sha256")
        work.claimed.sha256 = sha256(bytesOf("other"));
    if (fault == "frames")
        work.claimed.framesHash = nameOfBytes<FramesHash>("other");
    if (fault == "creator")
        work.claimed.creator = account("carol");
    if (fault == "ingredient")
        work.claimed.ingredients = {{IngredientRole::Recipe, work.run.recipe.contentHash, "", 10'000, ""}};
    if (fault == "other bytes" || fault == "other sha256" || fault == "frames" || fault == "creator" || fault == "ingredient")
        work.signClaim(*m_key);
    if (fault == "title")
        work.claim["title"] = "Another";
    if (fault == "manifest")
        work.manifest["created_at"] = "2026-03-01T12:00:01Z";
    if (fault == "other manifest")
        work.manifest = workOf("quite another").manifest;
    if (fault == "no signature")
        work.claim["sig"] = Json::array();
    Json body = bodyOf(work, "refused-" + std::to_string(qHash(fault)));
    if (fault == "no manifest")
        body.erase("manifest");
    if (fault == "no claim")
        body.erase("claim");
    if (fault == "claim text")
        body["claim"] = "signed, really";
    const HttpAnswer answer = m_server.post("/assets", body, m_giles);
    // Both a signature that does not verify and a form that is wrong are refusals; the table says which is which.
    QVERIFY2(answer.status == status, (std::to_string(answer.status) + " " + answer.body).c_str());
    QCOMPARE(m_server.get("/assets/@giles/" + body["name"].get<std::string>()).status, status == 201 ? 200 : 404);
}

void PublishTest::keysAreRegisteredByPossession_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("status");
    QTest::newRow("again") << "" << 200;
    QTest::newRow("for another account") << "account" << 403;
    QTest::newRow("old") << "old" << 403;
    QTest::newRow("from the future") << "future" << 403;
    QTest::newRow("signed by another key") << "signer" << 403;
    QTest::newRow("the key was swapped") << "swapped" << 403;
    QTest::newRow("not signed") << "unsigned" << 400;
    QTest::newRow("at another's address") << "address" << 403;
    QTest::newRow("a key of another account") << "taken" << 409;
    QTest::newRow("no key") << "no key" << 400;
    QTest::newRow("a time in words") << "words" << 400;
}

void PublishTest::keysAreRegisteredByPossession()
{
    QFETCH(QString, fault);
    QFETCH(int, status);
    const std::int64_t now = server::nowMicroseconds();
    const std::int64_t shift = fault == "old" ? -3600 : fault == "future" ? 3600
                                                                          : 0;
    const bool isCarol = fault == "taken";
    Json proof = keyProof(*m_key, fault == "account" || isCarol ? account("carol") : account("giles"), fault == "words" ? "now" : server::isoTime(now + shift * 1'000'000));
    if (fault == "signer") {
        proof.erase("sig");
        QVERIFY(signDocument("artdag.key-proof.1\n", proof, *m_strange).has_value());
    }
    if (fault == "swapped")
        proof["public"] = m_strange->publicKey().pem();
    if (fault == "unsigned")
        proof.erase("sig");
    if (fault == "no key")
        proof["public"] = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
    const HttpAnswer answer = m_server.post(fault == "address" ? "/users/carol/keys" : isCarol ? "/users/carol/keys"
                                                                                               : "/users/giles/keys",
        proof, isCarol ? m_carol : m_giles);
    QVERIFY2(answer.status == status || (fault == "unsigned" && answer.status == 403), (std::to_string(answer.status) + " " + answer.body).c_str());
    QCOMPARE((*readJson(m_server.get("/users/giles/keys").body))["keys"].size(), std::size_t(1));
    QCOMPARE((*readJson(m_server.get("/users/carol/keys").body))["keys"].size(), std::size_t(0));
}

void PublishTest::sameContentOfTwoOwnersStandsInTheWay()
{
    const SignedWork work = workOf("mine first");
    sendBytes(work, m_giles);
    QCOMPARE(m_server.post("/assets", bodyOf(work, "mine-first"), m_giles).status, 201);
    sendBytes(work, m_carol);
    const HttpAnswer answer = m_server.post("/assets", Json{{"name", "mine-too"}, {"content_hash", work.run.output.contentHash.text()}, {"asset_type", "video"}}, m_carol);
    QCOMPARE(answer.status, 409);
    const Json problem = *readJson(answer.body);
    QCOMPARE(problem["asset"].get<std::string>(), m_server.url() + "/assets/@giles/mine-first");
    QCOMPARE(problem["ways"].dump(), Json::array({"cite", "attest", "dispute"}).dump());
    QCOMPARE(m_server.get("/assets/@carol/mine-too").status, 404);
}

void PublishTest::aNameWithoutBytesDoesNotBlockASignedWork()
{
    const SignedWork work = workOf("squatted");
    QCOMPARE(m_server.post("/assets", Json{{"name", "squatted"}, {"content_hash", work.run.output.contentHash.text()}, {"asset_type", "video"}}, m_carol).status, 201);
    sendBytes(work, m_giles);
    QCOMPARE(m_server.post("/assets", bodyOf(work, "squatted"), m_giles).status, 201);
    // The id that carol's registration was announced under stays hers; people who follow the hash come to the signed work.
    const std::string object = "/objects/" + work.run.output.contentHash.hex();
    const Json note = *readJson(m_server.get(object + "/2", "application/activity+json").body);
    QCOMPARE(note["attributedTo"].get<std::string>(), m_server.url() + "/users/giles");
    QCOMPARE(note["id"].get<std::string>(), m_server.url() + object + "/2");
    QCOMPARE(std::string(m_server.get(object, "text/html").header("location")), "/asset/@giles/squatted");
    QCOMPARE(m_server.get(object + "/claim").status, 200);
}

void PublishTest::aHashIsNoPermission()
{
    const std::string secret = "carol's own bytes";
    const ContentId id = m_server.upload(secret, m_carol);
    QCOMPARE(m_server.get("/media/" + id.hex()).status, 404);
    QCOMPARE(m_server.get("/media/" + id.hex(), "*/*", m_giles).status, 404);
    QCOMPARE(m_server.get("/media/" + id.hex(), "*/*", m_carol).body, secret);
    // giles cites her bytes as an input and a frames list of a public work: they stay hers.
    SignedWork work = workOf("citing");
    work.run.inputs[0].contentHash = id;
    work.signManifest(*m_key);
    work.claimed.ingredients = ingredientsOf(work.run);
    work.signClaim(*m_key);
    sendBytes(work, m_giles);
    QCOMPARE(m_server.post("/assets", bodyOf(work, "citing"), m_giles).status, 201);
    QCOMPARE(m_server.get("/media/" + id.hex()).status, 404);
    QCOMPARE(m_server.post("/assets", Json{{"name", "stolen"}, {"content_hash", id.text()}, {"asset_type", "image"}}, m_giles).status, 201);
    QCOMPARE(m_server.get("/media/" + id.hex()).status, 404);
}

void PublishTest::aPrivateWorkIsItsOwnersAlone()
{
    const SignedWork work = workOf("private");
    sendBytes(work, m_giles);
    Json body = bodyOf(work, "private-work");
    body["visibility"] = "private";
    QCOMPARE(m_server.post("/assets", body, m_giles).status, 201);
    const std::string hex = work.run.output.contentHash.hex();
    for (const std::string path : {"/assets/@giles/private-work", "/assets/private-work", "/asset/@giles/private-work", "/assets/@giles/private-work/claim", "/assets/@giles/private-work/recipe"}) {
        QVERIFY2(m_server.get(path, "text/html").status == 404, path.c_str());
        QVERIFY2(m_server.get(path, "application/json", m_carol).status == 404 || path.starts_with("/asset/"), path.c_str());
    }
    QCOMPARE(m_server.get("/assets/@giles/private-work", "application/json", m_giles).status, 200);
    QCOMPARE(m_server.get("/objects/" + hex, "application/activity+json").status, 404);
    QCOMPARE(m_server.get("/media/" + hex).status, 404);
    QVERIFY(m_server.get("/assets?limit=100").body.find(hex) == std::string::npos);
    QVERIFY(m_server.get("/assets?limit=100&owner=giles", "application/json", m_giles).body.find(hex) != std::string::npos);
    QVERIFY(m_server.get("/users/giles/outbox?page=true", "application/activity+json").body.find(hex) == std::string::npos);
}

void PublishTest::anotherNamesakeGivesAChoice()
{
    for (const auto& token : {m_giles, m_carol})
        QCOMPARE(m_server.post("/assets", Json{{"name", "namesake"}, {"content_hash", nameOfBytes("namesake " + token).text()}, {"asset_type", "image"}}, token).status, 201);
    const HttpAnswer answer = m_server.get("/assets/namesake");
    QCOMPARE(answer.status, 300);
    QCOMPARE((*readJson(answer.body))["choices"].size(), std::size_t(2));
    QCOMPARE((*readJson(m_server.get("/assets/namesake", "application/json", m_carol).body))["owner"].get<std::string>(), account("carol"));
    QCOMPARE(m_server.post("/assets", Json{{"name", "namesake"}, {"content_hash", nameOfBytes("a third").text()}, {"asset_type", "image"}}, m_carol).status, 409);
}

void PublishTest::everyActivityIsServedAsItWasWritten()
{
    const Json outbox = *readJson(m_server.get("/users/giles/outbox", "application/activity+json").body);
    const Json page = *readJson(m_server.get("/users/giles/outbox?page=true", "application/activity+json").body);
    QCOMPARE(outbox["totalItems"].get<std::size_t>(), page["orderedItems"].size());
    QVERIFY(page["orderedItems"].size() > 3);
    for (const Json& item : page["orderedItems"]) {
        const std::string path = item["id"].get<std::string>().substr(m_server.url().size());
        const HttpAnswer whole = m_server.get(path, "application/activity+json");
        QCOMPARE(std::string(whole.header("content-type")), "application/activity+json");
        QCOMPARE((*readJson(whole.body))["object"].dump(), item["object"].dump());
        const Json brief = *readJson(m_server.get(path, "application/json").body);
        QCOMPARE(brief["object"]["type"].get<std::string>(), "Document");
        QCOMPARE(brief["object"]["content"].dump(), item["object"]["contentHash"].dump());
    }
}

QTEST_GUILESS_MAIN(PublishTest)
#include "publish_test.moc"
