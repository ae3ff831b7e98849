// SPDX-License-Identifier: GPL-3.0-or-later
// A real artdagd: what works are made of, in both directions, and publications that their authors sign themselves.
#include "core/federation/vocabulary.h"
#include "tests/server/registry_server.h"

#include <QTest>

#include <algorithm>

using namespace artdag;

class LineageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void bothDirectionsAreFollowed();
    void theDepthIsLimited();
    void aCircleEnds();
    void usesAreListedAndTold();
    void aHiddenWorkIsNotInTheLineage();
    void anAuthorSignsTheActivity();
    void signaturesThatDoNotHold_data();
    void signaturesThatDoNotHold();

private:
    /// A signed film of giles's or carol's that is made of these bytes.
    ContentId film(const std::string& name, const ContentId& madeOf, bool byCarol = false, const std::string& visibility = "public")
    {
        SignedWork work = makeSignedWork(name, byCarol ? *m_server.carolKey : *m_server.key, m_server.account(byCarol ? "carol" : "giles"));
        work.run.inputs[0].contentHash = madeOf;
        work.signManifest(byCarol ? *m_server.carolKey : *m_server.key);
        work.claimed.ingredients = ingredientsOf(work.run);
        work.signClaim(byCarol ? *m_server.carolKey : *m_server.key);
        m_server.sendBytes(work, byCarol ? m_server.carol : m_server.giles);
        Json body = RegistryServer::bodyOf(work, name);
        body["visibility"] = visibility;
        const HttpAnswer answer = m_server.post("/assets", body, byCarol ? m_server.carol : m_server.giles);
        return answer.status == 201 ? work.run.output.contentHash : ContentId{};
    }
    static bool names(const Json& works, const std::string& name)
    {
        return std::ranges::any_of(works, [&](const Json& work) { return work["name"] == name; });
    }
    /// The proof that the author's program makes (FEP-8b32): written here from the text of the suite.
    Json proofOf(const Json& activity, const SigningKey& key)
    {
        Json proof{{"@context", activity["@context"]}, {"type", "DataIntegrityProof"}, {"cryptosuite", "eddsa-jcs-2022"}, {"verificationMethod", m_server.url() + "/users/giles#ed25519-key"}, {"proofPurpose", "assertionMethod"}, {"created", "2026-11-20T10:00:00Z"}};
        const Digest first = sha256(bytesOf(canonicalJson(proof)));
        const Digest second = sha256(bytesOf(canonicalJson(activity)));
        Bytes message(first.begin(), first.end());
        message.insert(message.end(), second.begin(), second.end());
        proof["proofValue"] = multibase(*key.sign(message));
        return proof;
    }
    static std::string multibase(const Bytes& bytes)
    {
        const std::string alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        std::vector<unsigned> digits;
        for (const auto byte : bytes) {
            unsigned carry = byte;
            for (auto& digit : digits) {
                carry += digit * 256;
                digit = carry % 58;
                carry /= 58;
            }
            for (; carry > 0; carry /= 58)
                digits.push_back(carry % 58);
        }
        std::string text = "z";
        for (std::size_t i = 0; i < bytes.size() && bytes[i] == 0; ++i)
            text += '1';
        std::for_each(digits.rbegin(), digits.rend(), [&](unsigned digit) { text += alphabet[digit]; });
        return text;
    }
    RegistryServer m_server;
    ContentId m_cat, m_first, m_second, m_third;
};

void LineageTest::initTestCase()
{
    QVERIFY(m_server.begin());
    m_cat = m_server.publish("cat", m_server.giles);
    m_first = film("first", m_cat);
    m_second = film("second", m_first, true);
    m_third = film("third", m_second);
    QVERIFY(!m_first.isNull() && !m_second.isNull() && !m_third.isNull());
}

void LineageTest::bothDirectionsAreFollowed()
{
    const Json lineage = m_server.json("/assets/@giles/first/lineage");
    QVERIFY(names(lineage["ancestors"]["works"], "cat"));
    QVERIFY(names(lineage["descendants"]["works"], "second"));
    QVERIFY(names(lineage["descendants"]["works"], "third"));
    QVERIFY(!names(lineage["ancestors"]["works"], "third"));
    QVERIFY(std::ranges::any_of(lineage["descendants"]["edges"], [&](const Json& edge) { return edge["child"] == m_second.text() && edge["parent"] == m_first.text() && edge["role"] == "input" && edge["weight_bp"].is_number(); }));
    QCOMPARE(m_server.json("/assets/@carol/second/lineage")["ancestors"]["works"].size(), m_server.json("/assets/second/lineage")["ancestors"]["works"].size());
}

void LineageTest::theDepthIsLimited()
{
    const Json near = m_server.json("/assets/@giles/third/lineage?depth=1")["ancestors"];
    QVERIFY(names(near["works"], "second") && !names(near["works"], "first"));
    QVERIFY(!near["complete"].get<bool>());
    const Json far = m_server.json("/assets/@giles/third/lineage?depth=16")["ancestors"];
    QVERIFY(names(far["works"], "cat"));
    QVERIFY(far["complete"].get<bool>());
    for (const char* depth : {"0", "17", "x", "-1", "1x"})
        QCOMPARE(m_server.status(std::string("/assets/@giles/third/lineage?depth=") + depth), 400);
}

void LineageTest::aCircleEnds()
{
    const ContentId other = makeSignedWork("circle-b", *m_server.key, m_server.account("giles")).run.output.contentHash; // known before it is published
    const ContentId one = film("circle-a", other);
    QCOMPARE(film("circle-b", one), other);
    const Json lineage = m_server.json("/assets/@giles/circle-a/lineage?depth=16");
    QVERIFY(names(lineage["ancestors"]["works"], "circle-b"));
    QVERIFY(names(lineage["descendants"]["works"], "circle-b"));
    QVERIFY(!names(lineage["ancestors"]["works"], "circle-a"));
    QVERIFY(lineage["ancestors"]["works"].size() < 20);
}

void LineageTest::usesAreListedAndTold()
{
    const Json uses = m_server.json("/assets/@giles/first/used-in");
    QCOMPARE(uses["items"].size(), std::size_t(1));
    QCOMPARE(uses["items"][0]["name"].get<std::string>(), "second");
    QVERIFY(m_server.get("/asset/@giles/first", "text/html").body.find("Used in") != std::string::npos);
    QCOMPARE(m_server.status("/assets/@giles/nothing/used-in"), 404);
    QVERIFY(!film("another-use", m_first, true).isNull());
    const Json page = m_server.json("/assets/@giles/first/used-in?limit=1");
    QCOMPARE(page["items"][0]["name"].get<std::string>(), "another-use");
    const std::string next = page["next"].get<std::string>().substr(m_server.url().size());
    QCOMPARE(m_server.json(next)["items"][0]["name"].get<std::string>(), "second");
    QVERIFY(m_server.json(next)["next"].is_null());
    // Giles hears of it: with his export, as long as there is nothing else here that shows notifications.
    const std::string archive = m_server.get("/account/export", "*/*", m_server.giles).body;
    QVERIFY(archive.find("/asset/@carol/second") != std::string::npos);
    QCOMPARE(m_server.remove("/assets/another-use", m_server.carol).status, 204);
    QCOMPARE(m_server.json("/assets/@giles/first/used-in")["items"].size(), std::size_t(1));
}

void LineageTest::aHiddenWorkIsNotInTheLineage()
{
    const ContentId hidden = film("hidden-use", m_cat, false, "private");
    QVERIFY(!hidden.isNull());
    QVERIFY(m_server.get("/assets/@giles/cat/lineage").body.find("hidden-use") == std::string::npos);
    QVERIFY(m_server.get("/assets/@giles/cat/used-in").body.find("hidden-use") == std::string::npos);
}

void LineageTest::anAuthorSignsTheActivity()
{
    const ContentId id = m_server.upload(RegistryServer::png("prepared"), m_server.giles);
    const Json body{{"name", "prepared"}, {"content_hash", id.text()}, {"asset_type", "image"}};
    const Json prepared = RegistryServer::parsed(m_server.post("/assets/prepare", body, m_server.giles));
    QCOMPARE(prepared["activity"]["type"].get<std::string>(), "Create");
    QCOMPARE(m_server.status("/assets/@giles/prepared"), 404); // nothing is published yet
    const Json proof = proofOf(prepared["activity"], *m_server.key);
    const Json send{{"prepared", prepared["prepared"]}, {"proof", proof}};
    QCOMPARE(m_server.post("/assets", send, m_server.carol).status, 404); // it is giles's
    const HttpAnswer answer = m_server.post("/assets", send, m_server.giles);
    QVERIFY2(answer.status == 201, answer.body.c_str());
    Json told = RegistryServer::parsed(m_server.get(prepared["activity"]["id"].get<std::string>().substr(m_server.url().size()), "application/activity+json"));
    QCOMPARE(told["proof"].dump(), proof.dump());
    told.erase("proof");
    QCOMPARE(told["signature"]["type"].get<std::string>(), "RsaSignature2017"); // the server's own, over the author's
    told.erase("signature");
    QCOMPARE(canonicalJson(told), canonicalJson(prepared["activity"]));
    QCOMPARE(m_server.json("/assets/@giles/prepared")["content_hash"].get<std::string>(), id.text());
    QCOMPARE(m_server.post("/assets", send, m_server.giles).status, 404);         // once
    QCOMPARE(m_server.post("/assets/prepare", body, m_server.giles).status, 409); // it is published
}

void LineageTest::signaturesThatDoNotHold_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("status");
    QTest::newRow("nothing is wrong") << "" << 201;
    QTest::newRow("another key") << "key" << 403;
    QTest::newRow("another document") << "document" << 403;
    QTest::newRow("a key that the actor does not show") << "method" << 403;
    QTest::newRow("another suite") << "suite" << 400;
    QTest::newRow("another purpose") << "purpose" << 400;
    QTest::newRow("another context") << "context" << 400;
    QTest::newRow("a time changed after signing") << "created" << 403;
    QTest::newRow("no base58") << "letters" << 400;
    QTest::newRow("no proof") << "none" << 400;
}

void LineageTest::signaturesThatDoNotHold()
{
    QFETCH(QString, fault);
    QFETCH(int, status);
    const std::string name = "unheld-" + fault.toStdString() + "x";
    const ContentId id = m_server.upload(RegistryServer::png(name), m_server.giles);
    Json prepared = RegistryServer::parsed(m_server.post("/assets/prepare", Json{{"name", name}, {"content_hash", id.text()}, {"asset_type", "image"}}, m_server.giles));
    QVERIFY(prepared.contains("activity"));
    if (fault == "document")
        prepared["activity"]["object"]["content"] = "Something else";
    Json proof = proofOf(prepared["activity"], fault == "key" ? *m_server.carolKey : *m_server.key);
    if (fault == "method")
        proof["verificationMethod"] = m_server.url() + "/users/carol#ed25519-key";
    if (fault == "suite")
        proof["cryptosuite"] = "eddsa-rdfc-2022";
    if (fault == "purpose")
        proof["proofPurpose"] = "authentication";
    if (fault == "context")
        proof["@context"] = "https://www.w3.org/ns/activitystreams";
    if (fault == "created")
        proof["created"] = "2026-11-20T10:00:01Z";
    if (fault == "letters")
        proof["proofValue"] = "z0OIl";
    Json send{{"prepared", prepared["prepared"]}};
    if (fault != "none")
        send["proof"] = proof;
    const HttpAnswer answer = m_server.post("/assets", send, m_server.giles);
    QVERIFY2(answer.status == status, (std::to_string(answer.status) + " " + answer.body).c_str());
    QCOMPARE(m_server.status("/assets/@giles/" + name), status == 201 ? 200 : 404);
}

QTEST_GUILESS_MAIN(LineageTest)
#include "lineage_test.moc"
