// SPDX-License-Identifier: GPL-3.0-or-later
// What others say about a work, sent to a real artdagd: who is counted, what is refused, where it is seen; and consents to splits.
#include "core/provenance/consent.h"
#include "core/provenance/cosignature.h"
#include "core/provenance/reverification.h"
#include "server/db/database.h"
#include "tests/server/server_process.h"
#include "tests/server/signed_work.h"

#include <QTest>

using namespace artdag;

namespace {

constexpr const char* when = "2026-03-02T09:00:00Z";

ReverificationFacts renderedAgain(const SignedWork& work)
{
    ReverificationFacts facts;
    facts.run = documentId(work.manifest);
    facts.framesHash = work.run.output.framesHash;
    facts.frames = 300;
    facts.framesRendered = 59;
    facts.seed = "17";
    facts.numerics = "cpu-1";
    facts.softwareVersion = "0.1.0";
    facts.createdAt = when;
    facts.match = true;
    return facts;
}

Json reverificationOf(const ReverificationFacts& facts, const SigningKey& key)
{
    Json document = *makeReverification(facts);
    CHECK(signDocument(reverificationPrefix, document, key));
    return jsonOfReverificationFile({document, {key.publicKey()}});
}

CosignatureFacts standingBy(const SignedWork& work, const std::string& by)
{
    return {documentId(work.claim), work.claimed.contentHash, by, "I played the <drums>", when};
}

Json cosignatureOf(const CosignatureFacts& facts, const SigningKey& key)
{
    Json document = *makeCosignature(facts);
    CHECK(signDocument(cosignaturePrefix, document, key));
    return {{"artdag_cosignature", 1}, {"cosignature", document}, {"keys", Json::array({key.publicKey().pem()})}};
}

} // namespace

class VouchingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void otherPartiesAreCountedOnceEach();
    void whatDoesNotHoldIsRefused_data();
    void whatDoesNotHoldIsRefused();
    void coSignaturesNameTheirParty();
    void aWorkIsDisputedByName();
    void aPayeeConsentsToItsShareAndTakesItBack();
    void aPrivateWorkHasNoVouchers();

private:
    SigningKey newKey(const std::string& user, const std::string& token)
    {
        SigningKey key = *SigningKey::generate(KeyAlgorithm::Ed25519);
        CHECK(m_server.post("/users/" + user + "/keys", keyProof(key, account(user), server::isoTime(server::nowMicroseconds())), token).status == 201);
        return key;
    }
    std::string account(const std::string& user) { return "@" + user + "@" + m_server.domain(); }
    /// Of giles, with an input of carol's.
    SignedWork publish(const std::string& name, const std::string& visibility = "public")
    {
        SignedWork work = makeSignedWork(name, *m_gilesKey, account("giles"));
        work.run.inputs[0].owner = account("carol");
        work.signManifest(*m_gilesKey);
        work.claimed.ingredients = ingredientsOf(work.run);
        work.signClaim(*m_gilesKey);
        m_server.upload(work.film, m_giles);
        m_server.upload(work.recipe, m_giles, "application/vnd.artdag.recipe+json");
        const HttpAnswer answer = m_server.post("/assets", Json{{"name", name}, {"content_hash", work.run.output.contentHash.text()}, {"asset_type", "video"}, {"visibility", visibility}, {"claim", work.claim}, {"manifest", work.manifest}}, m_giles);
        if (answer.status != 201)
            qFatal("%s", answer.body.c_str());
        return work;
    }
    HttpAnswer attest(const std::string& name, const Json& body, const std::string& token) { return m_server.post("/assets/@giles/" + name + "/attestations", body, token); }
    Json said(const std::string& name) { return *readJson(m_server.get("/assets/@giles/" + name + "/attestations").body); }
    std::string page(const std::string& name) { return m_server.get("/asset/@giles/" + name, "text/html").body; }
    ServerProcess m_server;
    std::string m_giles, m_carol;
    std::optional<SigningKey> m_gilesKey, m_carolKey;
};

void VouchingTest::initTestCase()
{
    QVERIFY(m_server.start());
    m_giles = m_server.tokenOf("giles");
    m_carol = m_server.tokenOf("carol");
    m_gilesKey = newKey("giles", m_giles);
    m_carolKey = newKey("carol", m_carol);
}

void VouchingTest::otherPartiesAreCountedOnceEach()
{
    const SignedWork work = publish("again");
    QVERIFY(page("again").find("What others say") == std::string::npos);
    ReverificationFacts facts = renderedAgain(work);
    QCOMPARE(attest("again", reverificationOf(facts, *m_carolKey), m_carol).status, 201);
    QCOMPARE(attest("again", reverificationOf(facts, *m_carolKey), m_carol).status, 200); // known
    facts.seed = "18";
    QCOMPARE(attest("again", reverificationOf(facts, *m_carolKey), m_carol).status, 201); // the same party, other frames
    QCOMPARE(attest("again", reverificationOf(facts, *m_gilesKey), m_giles).status, 201); // the owner counts for nobody
    QCOMPARE(said("again")["rerendered_by"].get<int>(), 1);
    const SigningKey stranger = *SigningKey::generate(KeyAlgorithm::Ed25519);
    QCOMPARE(attest("again", reverificationOf(facts, stranger), m_carol).status, 201);
    facts.match = false;
    QCOMPARE(attest("again", reverificationOf(facts, *SigningKey::generate(KeyAlgorithm::Rsa2048)), m_carol).status, 201);
    const Json all = said("again");
    QCOMPARE(all["rerendered_by"].get<int>(), 2);
    QCOMPARE(all["differs_for"].get<int>(), 1);
    QCOMPARE(all["items"].size(), std::size_t(5));
    QCOMPARE(all["items"][0]["by"].get<std::string>(), account("carol"));
    QVERIFY(all["items"][3]["by"].is_null());
    QCOMPARE(all["items"][3]["kid"].get<std::string>(), stranger.publicKey().kid());
    QCOMPARE((*readJson(m_server.get("/assets/again/attestations").body)).dump(), all.dump());
    QVERIFY(page("again").find("Re-rendered by 2 parties") != std::string::npos);
    QVERIFY(page("again").find("59 of 300 frames") != std::string::npos);
    QVERIFY(page("again").find("Other pixels for 1 party") != std::string::npos);
}

void VouchingTest::whatDoesNotHoldIsRefused_data()
{
    QTest::addColumn<int>("status");
    for (const auto& [fault, status] : std::initializer_list<std::pair<const char*, int>>{{"nobody asks", 401}, {"no signature", 403}, {"another run", 400}, {"other frames", 400}, {"changed after signing", 403}, {"key did not come", 403}, {"not a document", 400},
             {"cosignature of another claim", 400}, {"cosignature of other bytes", 400}, {"cosignature changed", 403}, {"cosignature in another's name", 403}, {"cosignature with an unknown member", 400}})
        QTest::newRow(fault) << status;
}

void VouchingTest::whatDoesNotHoldIsRefused()
{
    static const SignedWork work = publish("refusals");
    const std::string fault = QTest::currentDataTag();
    QFETCH(int, status);
    ReverificationFacts facts = renderedAgain(work);
    CosignatureFacts standing = standingBy(work, fault == "cosignature in another's name" ? account("giles") : account("carol"));
    if (fault == "another run")
        facts.run.digest[0] ^= 1;
    if (fault == "other frames")
        facts.framesHash.digest[0] ^= 1;
    if (fault == "cosignature of another claim")
        standing.claim.digest[0] ^= 1;
    if (fault == "cosignature of other bytes")
        standing.contentHash.digest[0] ^= 1;
    Json body = fault.starts_with("cosignature") ? cosignatureOf(standing, *m_carolKey) : reverificationOf(facts, *m_carolKey);
    if (fault == "no signature")
        body["reverification"]["sig"] = Json::array();
    if (fault == "changed after signing")
        body["reverification"]["frames_rendered"] = 300;
    if (fault == "key did not come")
        body["keys"] = Json::array();
    if (fault == "not a document")
        body = Json{{"artdag_reverification", 1}, {"reverification", 5}, {"keys", Json::array()}};
    if (fault == "cosignature changed")
        body["cosignature"]["statement"] = "I made all of it";
    if (fault == "cosignature with an unknown member")
        body["cosignature"]["more"] = 1;
    const HttpAnswer answer = attest("refusals", body, fault == "nobody asks" ? "" : m_carol);
    QVERIFY2(answer.status == status, (std::to_string(answer.status) + " " + answer.body).c_str());
    QCOMPARE(said("refusals")["items"].size(), std::size_t(0));
}

void VouchingTest::coSignaturesNameTheirParty()
{
    const SignedWork work = publish("band");
    QCOMPARE(attest("band", cosignatureOf(standingBy(work, account("carol")), *m_carolKey), m_carol).status, 201);
    QCOMPARE(attest("band", cosignatureOf(standingBy(work, "@dave@elsewhere.example"), *SigningKey::generate(KeyAlgorithm::Ed25519)), m_carol).status, 201);
    const Json items = said("band")["items"];
    QCOMPARE(items[0]["by"].get<std::string>(), account("carol"));
    QVERIFY(items[1]["by"].is_null()); // nobody here knows that this is dave's key
    QVERIFY(page("band").find("Co-signed by 2 parties") != std::string::npos);
    QVERIFY(page("band").find("I played the &lt;drums&gt;") != std::string::npos);
    QVERIFY(page("band").find("<drums>") == std::string::npos);
}

void VouchingTest::aWorkIsDisputedByName()
{
    publish("mine");
    auto dispute = [&](const Json& body, const std::string& token) { return m_server.post("/assets/@giles/mine/disputes", body, token).status; };
    const Json reason{{"reason", "I made this in 2019 <b>"}};
    QCOMPARE(dispute(reason, ""), 401);
    QCOMPARE(dispute(Json{{"reason", ""}}, m_carol), 400);
    QCOMPARE(dispute(reason, m_giles), 400);
    QCOMPARE(dispute(reason, m_carol), 201);
    QCOMPARE(dispute(reason, m_carol), 409);
    QCOMPARE(said("mine")["disputes"].get<int>(), 1);
    QVERIFY(page("mine").find("Disputed by 1 party") != std::string::npos);
    QVERIFY(page("mine").find("2019 &lt;b&gt;") != std::string::npos);
}

void VouchingTest::aPayeeConsentsToItsShareAndTakesItBack()
{
    const SignedWork work = publish("split");
    int weight = 0;
    for (const Ingredient& part : work.claimed.ingredients)
        weight += part.owner == account("carol") ? part.weight : 0;
    QVERIFY(weight > 0);
    ConsentFacts facts{documentId(work.claim), account("carol"), work.claimed.payoutPolicy, weight, when};
    auto send = [&](const ConsentFacts& consent, const SigningKey& key, const std::string& token) {
        Json document = *makeConsent(consent);
        CHECK(signDocument(consentPrefix, document, key));
        return m_server.post("/consents", document, token);
    };
    QCOMPARE(send(facts, *m_carolKey, "").status, 401);
    QCOMPARE(send(facts, *m_carolKey, m_giles).status, 403); // not his to give
    QCOMPARE(send(facts, *m_gilesKey, m_carol).status, 403); // not her key
    for (const bool policy : {true, false}) {
        ConsentFacts other = facts;
        if (policy)
            other.policy = "other@1";
        else
            other.weight = weight - 1;
        QCOMPARE(send(other, *m_carolKey, m_carol).status, 400);
    }
    ConsentFacts unknown = facts;
    unknown.claim.digest[0] ^= 1;
    QCOMPARE(send(unknown, *m_carolKey, m_carol).status, 404);
    const HttpAnswer answer = send(facts, *m_carolKey, m_carol);
    QVERIFY2(answer.status == 201, answer.body.c_str());
    QCOMPARE(send(facts, *m_carolKey, m_carol).status, 200);
    const std::string ofClaim = "/consents?claim=" + documentId(work.claim).hex();
    QCOMPARE((*readJson(m_server.get(ofClaim).body))["items"].size(), std::size_t(1));
    QCOMPARE((*readJson(m_server.get("/consents", "application/json", m_carol).body))["items"].size(), std::size_t(1));
    QCOMPARE((*readJson(m_server.get("/consents", "application/json", m_giles).body))["items"].size(), std::size_t(0));
    QCOMPARE(m_server.get("/consents").status, 400);

    const std::string id = (*readJson(answer.body))["id"].get<std::string>();
    Json revocation = *makeConsentRevocation({*nameOfText<ManifestId>(id), when});
    Json forged = revocation;
    CHECK(signDocument(consentRevocationPrefix, revocation, *m_carolKey));
    CHECK(signDocument(consentRevocationPrefix, forged, *m_gilesKey));
    QCOMPARE(m_server.post("/consents", forged, m_carol).status, 403);
    QCOMPARE(m_server.post("/consents", revocation, m_giles).status, 403);
    QCOMPARE(m_server.post("/consents", revocation, m_carol).status, 201);
    QCOMPARE(m_server.post("/consents", revocation, m_carol).status, 409);
    const Json item = (*readJson(m_server.get(ofClaim).body))["items"][0];
    QCOMPARE(item["revocation"].dump(), (*readJson(canonicalJson(revocation))).dump());
    QVERIFY(item["revoked_at"].is_string());
}

void VouchingTest::aPrivateWorkHasNoVouchers()
{
    const SignedWork work = publish("hidden", "private");
    QCOMPARE(attest("hidden", reverificationOf(renderedAgain(work), *m_carolKey), m_carol).status, 404);
    QCOMPARE(m_server.get("/assets/@giles/hidden/attestations").status, 404);
    QCOMPARE(m_server.post("/assets/@giles/hidden/disputes", Json{{"reason", "x"}}, m_carol).status, 404);
}

QTEST_GUILESS_MAIN(VouchingTest)
#include "vouching_test.moc"
