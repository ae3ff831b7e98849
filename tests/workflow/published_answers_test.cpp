// SPDX-License-Identifier: GPL-3.0-or-later
// A proof bundle made here leaf by leaf: the date holds, and any change of it is told. (tests/e2e/anchors_test.py has one of a real server.)
#include "core/workflow/published_answers.h"

#include "core/anchor/block_header.h"
#include "core/anchor/merkle.h"
#include "core/anchor/timestamp.h"
#include "core/identity/keys.h"
#include "core/provenance/claim.h"

#include <QtTest>

using namespace artdag;
using Verdict = VerifyAnswer::Verdict;

namespace {

struct Published {
    Json claim, bundle;
};

Bytes bytesOfDigest(const Digest& digest)
{
    return {digest.begin(), digest.end()};
}

Timestamp& after(Timestamp& timestamp, const TimestampStep& step)
{
    return *timestampAfter(timestamp, step).value();
}

/// An activity with two neighbours, under a root that a block of 2027 commits to.
Published published()
{
    const SigningKey key = SigningKey::generate(KeyAlgorithm::Ed25519).value();
    ClaimFacts facts;
    facts.work = "0189a0c4-7f6e-4a4b-8c2a-1b2c3d4e5f60";
    facts.contentHash = ContentId{sha3(bytesOf("film"))};
    facts.title = "A turn";
    facts.createdAt = "2027-01-02T03:04:05Z";
    Json claim = makeClaim(facts).value();
    if (!signDocument(claimPrefix, claim, key))
        qFatal("the claim could not be signed");

    const std::string activity = Json{{"type", "Create"}, {"object", {{"claimHash", documentId(claim).text()}}}}.dump();
    const Bytes salt(16, 7);
    const Digest digest = sha256(bytesOf(activity));
    const std::vector<Digest> leaves{sha256(bytesOf("a")), leafOf(salt, digest), sha256(bytesOf("c"))};
    Json path = Json::array();
    DetachedTimestamp proof{TimestampOperation::Sha256, {bytesOfDigest(digest), {}, {}}};
    const auto hashed = [](Timestamp& from, TimestampOperation how, Bytes argument) -> Timestamp& { return after(after(from, {how, std::move(argument)}), {TimestampOperation::Sha256, {}}); };
    Bytes before{0};
    before.insert(before.end(), salt.begin(), salt.end());
    Timestamp* at = &hashed(proof.timestamp, TimestampOperation::Prepend, before);
    for (const MerkleStep& step : inclusionPath(leaves, 1)) {
        path.push_back({{"side", step.isLeft ? "left" : "right"}, {"hash", hexOf(step.sibling)}});
        Bytes left{1};
        if (step.isLeft)
            left.insert(left.end(), step.sibling.begin(), step.sibling.end());
        Timestamp& prefixed = after(*at, {TimestampOperation::Prepend, left});
        at = step.isLeft ? &after(prefixed, {TimestampOperation::Sha256, {}}) : &hashed(prefixed, TimestampOperation::Append, bytesOfDigest(step.sibling));
    }
    addAttestation(*at, {TimeAttestation::Kind::Bitcoin, "", 900000, {}, {}});

    Bytes header(80, 0);
    std::copy(at->message.begin(), at->message.end(), header.begin() + 36);
    for (int byte = 0; byte < 4; ++byte)
        header[68 + static_cast<std::size_t>(byte)] = static_cast<std::uint8_t>(1'798'900'000U >> (8 * byte));
    const Json keys = Json::array({{{"kid", key.publicKey().kid()}, {"public", key.publicKey().pem()}, {"not_before", "2026-01-01T00:00:00Z"}, {"revoked_at", nullptr}}});
    return {claim, {{"artdag_proof_bundle", 1}, {"activity", base64(bytesOf(activity))}, {"salt", hexOf(salt)}, {"leaf", hexOf(leaves[1])}, {"path", path}, {"merkle_root", hexOf(merkleRoot(leaves))}, {"ots", base64(writeDetachedTimestamp(proof).value())}, {"block", {{"height", 900000}, {"header", hexOf(header)}}}, {"keys", keys}}};
}

} // namespace

class PublishedAnswersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDateThatHolds()
    {
        const Published work = published();
        const VerifyAnswer answer = publishedDate(work.bundle, work.claim);
        QVERIFY2(answer.verdict == Verdict::Yes, answer.words.front().c_str());
        QCOMPARE(answer.words.front(), std::string("it existed before 2027-01-02 14:26 UTC: block 900000 of the Bitcoin chain commits to it"));
        QVERIFY(publishedKeys(work.bundle, work.claim).verdict == Verdict::Yes);
    }

    void whatIsNotDatedYetCannotBeTold()
    {
        Published work = published();
        for (const char* member : {"block", "ots", "merkle_root"}) {
            work.bundle[member] = nullptr;
            if (member == std::string("merkle_root"))
                work.bundle["path"] = Json::array();
            QVERIFY2(publishedDate(work.bundle, work.claim).verdict == Verdict::CannotTell, member);
        }
        QVERIFY(publishedDate(Json(), work.claim).verdict == Verdict::CannotTell);
        QVERIFY(publishedKeys(Json(), work.claim).verdict == Verdict::CannotTell);
    }

    void everyChangeIsTold_data()
    {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("value");
        const QByteArray zeros = '"' + QByteArray(64, '0') + '"';
        QTest::newRow("activity of another work") << QByteArray("/activity") << QByteArray("\"eyJvYmplY3QiOnt9fQ==\"");
        QTest::newRow("activity") << QByteArray("/activity") << QByteArray("\"bm8ganNvbg==\"");
        QTest::newRow("salt") << QByteArray("/salt") << QByteArray("\"00\"");
        QTest::newRow("leaf") << QByteArray("/leaf") << zeros;
        QTest::newRow("sibling") << QByteArray("/path/0/hash") << zeros;
        QTest::newRow("side") << QByteArray("/path/0/side") << QByteArray("\"right\"");
        QTest::newRow("root") << QByteArray("/merkle_root") << zeros;
        QTest::newRow("height") << QByteArray("/block/height") << QByteArray("900001");
        QTest::newRow("header") << QByteArray("/block/header") << '"' + QByteArray(160, '0') + '"';
        QTest::newRow("short header") << QByteArray("/block/header") << QByteArray("\"00\"");
        QTest::newRow("ots") << QByteArray("/ots") << QByteArray("\"AAAA\"");
        QTest::newRow("a text where a list belongs") << QByteArray("/path") << QByteArray("[7]");
        QTest::newRow("a number where a text belongs") << QByteArray("/salt") << QByteArray("7");
    }
    void everyChangeIsTold()
    {
        QFETCH(QByteArray, pointer);
        QFETCH(QByteArray, value);
        Published work = published();
        work.bundle[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
        const VerifyAnswer answer = publishedDate(work.bundle, work.claim);
        QVERIFY(answer.verdict == Verdict::No);
        QVERIFY(!answer.words.back().empty());
    }

    void aKeyThatWasNotTheAccountsIsTold()
    {
        Published work = published();
        work.bundle["keys"][0]["revoked_at"] = "2027-06-01T00:00:00Z"; // later than the claim
        QVERIFY(publishedKeys(work.bundle, work.claim).verdict == Verdict::Yes);
        work.bundle["keys"][0]["revoked_at"] = "2026-06-01T00:00:00Z";
        QVERIFY(publishedKeys(work.bundle, work.claim).verdict == Verdict::No);
        work.bundle["keys"] = Json::array();
        QVERIFY(publishedKeys(work.bundle, work.claim).verdict == Verdict::No);
        work.bundle.erase("keys");
        QVERIFY(publishedKeys(work.bundle, work.claim).verdict == Verdict::No);
    }

    void whatItIsMadeOfIsSaid()
    {
        FetchedWork work;
        work.claim = published().claim;
        QVERIFY(publishedParts(work).verdict == Verdict::Yes);
        work.missing.push_back(ContentId{sha3(bytesOf("input"))});
        QVERIFY(publishedParts(work).verdict == Verdict::CannotTell);
        QCOMPARE(publishedAnswers(work).size(), std::size_t{3});
        QVERIFY(publishedAnswers(FetchedWork{}).empty());
    }
};

QTEST_GUILESS_MAIN(PublishedAnswersTest)
#include "published_answers_test.moc"
