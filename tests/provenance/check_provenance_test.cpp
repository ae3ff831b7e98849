// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/provenance/check_provenance.h"

#include <QtTest>

using namespace artdag;

namespace {

const std::filesystem::path goldens = std::filesystem::path(ARTDAG_SOURCE_DIR) / "tests/provenance/goldens";

SigningKey goldenKey()
{
    return *SigningKey::fromPem(*readTextFile(goldens / "../../identity/goldens/ed25519.pem"));
}

template <class N>
N named(const char* text)
{
    return N{sha3(bytesOf(text))};
}

/// Everything at hand and in order.
ProvenanceEvidence good()
{
    ProvenanceEvidence evidence;
    evidence.deliveryHash = named<ContentId>("film");
    evidence.deliverySha256 = sha256(bytesOf("film"));
    evidence.claim = *readJson(*readTextFile(goldens / "claim.json"));
    evidence.manifest = *readJson(*readTextFile(goldens / "manifest.json"));
    evidence.framesHash = named<FramesHash>("frames");
    evidence.findKey = [](const std::string&) -> Result<PublicKey> { return goldenKey().publicKey(); };
    return evidence;
}

/// Changes a claim and signs it again, as a liar with a key would.
void changeClaim(ProvenanceEvidence& evidence, const std::function<void(ClaimFacts&)>& change)
{
    ClaimFacts facts = *readClaim(*evidence.claim);
    change(facts);
    evidence.claim = *makeClaim(facts);
    CHECK(signDocument(claimPrefix, *evidence.claim, goldenKey()));
}

void changeManifest(ProvenanceEvidence& evidence, const std::function<void(RunFacts&)>& change)
{
    RunFacts facts = *readManifest(*evidence.manifest);
    change(facts);
    evidence.manifest = *makeManifest(facts);
    CHECK(signDocument(manifestPrefix, *evidence.manifest, goldenKey()));
}

QByteArray failedOf(const ProvenanceEvidence& evidence)
{
    QByteArrayList failed;
    for (const Finding& finding : checkProvenance(evidence)) {
        CHECK(!finding.words.empty());
        if (!finding.ok)
            failed << QByteArray::fromStdString(finding.name);
    }
    return failed.join(' ');
}

using Change = void (*)(ProvenanceEvidence&);

} // namespace

Q_DECLARE_METATYPE(Change)

class CheckProvenanceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everythingInOrderIsCheckedInTheOrderOfTheChain()
    {
        QByteArrayList names;
        for (const Finding& finding : checkProvenance(good())) {
            QVERIFY2(finding.ok, finding.words.c_str());
            names << QByteArray::fromStdString(finding.name);
        }
        QCOMPARE(names.join(' '), QByteArray("claim.form claim.signature delivery.bytes delivery.sha256 manifest.form manifest.signature claim.run claim.frames claim.ingredients delivery.rendered frames.match"));
        QVERIFY(allOk(checkProvenance(good())));
    }

    void aRenderersKeySignsAManifestAndNoClaim()
    {
        const SigningKey renderer = *SigningKey::generate(KeyAlgorithm::Ed25519);
        ProvenanceEvidence evidence = good();
        evidence.findKey = [](const std::string& kid) -> Result<PublicKey> { return kid == goldenKey().publicKey().kid() ? Result<PublicKey>(goldenKey().publicKey()) : fail(Fault::Denied, "not the creator's"); };
        evidence.manifest->erase("sig");
        CHECK(signDocument(manifestPrefix, *evidence.manifest, renderer));
        QCOMPARE(failedOf(evidence), QByteArray("manifest.signature"));
        evidence.findRenderer = [&](const std::string& kid) -> Result<PublicKey> { return kid == renderer.publicKey().kid() ? Result<PublicKey>(renderer.publicKey()) : fail(Fault::Denied, "no renderer's"); };
        QCOMPARE(failedOf(evidence), QByteArray());
        evidence.claim->erase("sig");
        CHECK(signDocument(claimPrefix, *evidence.claim, renderer));
        QCOMPARE(failedOf(evidence), QByteArray("claim.signature"));
    }

    void eachLieBreaksItsOwnLink_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QByteArray>("failed");
        const auto row = [](const char* name, Change change, const char* failed) { QTest::newRow(name) << change << QByteArray(failed); };
        row(
            "another file", [](ProvenanceEvidence& e) { e.deliveryHash = named<ContentId>("other"); }, "delivery.bytes");
        row(
            "another SHA-256", [](ProvenanceEvidence& e) { e.deliverySha256 = sha256(bytesOf("other")); }, "delivery.sha256");
        row(
            "other frames", [](ProvenanceEvidence& e) { e.framesHash = named<FramesHash>("other"); }, "frames.match");
        row(
            "a claim changed after signing", [](ProvenanceEvidence& e) { (*e.claim)["title"] = "Mine"; }, "claim.signature");
        row(
            "a manifest changed after signing", [](ProvenanceEvidence& e) { (*e.manifest)["created_at"] = "2020-01-01T00:00:00Z"; }, "manifest.signature claim.run");
        row(
            "a claim without signature", [](ProvenanceEvidence& e) { e.claim->erase("sig"); }, "claim.signature");
        row(
            "an unknown key", [](ProvenanceEvidence& e) { e.findKey = nullptr; }, "claim.signature manifest.signature");
        row(
            "a claim of another run", [](ProvenanceEvidence& e) { changeClaim(e, [](ClaimFacts& c) { c.run = named<ManifestId>("x"); }); }, "claim.run");
        row(
            "a claim of no run", [](ProvenanceEvidence& e) { changeClaim(e, [](ClaimFacts& c) { c.run.reset(); }); }, "claim.run");
        row(
            "a claim of other frames", [](ProvenanceEvidence& e) { changeClaim(e, [](ClaimFacts& c) { c.framesHash = named<FramesHash>("x"); }); }, "claim.frames");
        row(
            "a claim of another film", [](ProvenanceEvidence& e) { changeClaim(e, [](ClaimFacts& c) { c.contentHash = named<ContentId>("x"); }); }, "delivery.bytes delivery.rendered");
        row(
            "something embedded", [](ProvenanceEvidence& e) {
            changeClaim(e, [](ClaimFacts& c) { c.contentHash = named<ContentId>("film+"), c.embedded = "full"; });
            e.deliveryHash = named<ContentId>("film+"); }, "");
        static const auto carrying = [](ProvenanceEvidence& e, const char* embedded, const std::function<void(DeliveryInside&)>& change) {
            changeClaim(e, [&](ClaimFacts& c) { c.contentHash = named<ContentId>("film+"), c.embedded = embedded; });
            e.deliveryHash = named<ContentId>("film+");
            const RunFacts run = *readManifest(*e.manifest);
            e.inside = DeliveryInside{run.output.contentHash, documentId(*e.manifest).text(), run.recipe.contentHash};
            change(*e.inside);
        };
        row(
            "recipe and manifest inside", [](ProvenanceEvidence& e) { carrying(e, "full", [](DeliveryInside&) {}); }, "");
        row(
            "the manifest inside", [](ProvenanceEvidence& e) { carrying(e, "link", [](DeliveryInside& i) { i.recipe.reset(); }); }, "");
        row(
            "another film around them", [](ProvenanceEvidence& e) { carrying(e, "full", [](DeliveryInside& i) { i.bare = named<ContentId>("x"); }); }, "delivery.rendered");
        row(
            "another manifest inside", [](ProvenanceEvidence& e) { carrying(e, "full", [](DeliveryInside& i) { i.manifest = named<ManifestId>("x").text(); }); }, "delivery.carries");
        row(
            "another recipe inside", [](ProvenanceEvidence& e) { carrying(e, "full", [](DeliveryInside& i) { i.recipe = named<ContentId>("x"); }); }, "delivery.carries");
        row(
            "more inside than was said", [](ProvenanceEvidence& e) { carrying(e, "link", [](DeliveryInside&) {}); }, "delivery.carries");
        row(
            "less inside than was said", [](ProvenanceEvidence& e) { carrying(e, "full", [](DeliveryInside& i) { i.recipe.reset(); }); }, "delivery.carries");
        row(
            "an input kept quiet", [](ProvenanceEvidence& e) { changeClaim(e, [](ClaimFacts& c) { c.ingredients[1].weight += c.ingredients[0].weight, c.ingredients.erase(c.ingredients.begin()); }); }, "claim.ingredients");
        row(
            "another's input called one's own", [](ProvenanceEvidence& e) { changeClaim(e, [](ClaimFacts& c) { c.ingredients[0].owner = "@giles@a.example"; }); }, "claim.ingredients");
        row(
            "a manifest of another recipe", [](ProvenanceEvidence& e) { changeManifest(e, [](RunFacts& m) { m.recipe.contentHash = named<ContentId>("x"); }); }, "claim.run claim.ingredients");
        row(
            "no manifest", [](ProvenanceEvidence& e) { e.manifest.reset(); }, "claim.run");
        row(
            "a claim that is no claim", [](ProvenanceEvidence& e) { e.claim = Json(7); }, "claim.form claim.signature");
        row(
            "a manifest in place of the claim", [](ProvenanceEvidence& e) { e.claim = e.manifest; }, "claim.form claim.signature");
        row(
            "a run key of other work", [](ProvenanceEvidence& e) { (*e.manifest)["recipe"]["parameters"]["speed"] = "91"; }, "manifest.form manifest.signature");
    }
    void eachLieBreaksItsOwnLink()
    {
        QFETCH(Change, change);
        QFETCH(QByteArray, failed);
        ProvenanceEvidence evidence = good();
        change(evidence);
        QCOMPARE(failedOf(evidence), failed);
        QCOMPARE(allOk(checkProvenance(evidence)), failed.isEmpty());
    }

    void aManifestAloneVouchesForWhatTheRendererWrote()
    {
        ProvenanceEvidence evidence = good();
        evidence.claim.reset();
        QVERIFY(allOk(checkProvenance(evidence)));
        evidence.deliveryHash = named<ContentId>("other");
        QCOMPARE(failedOf(evidence), QByteArray("delivery.bytes"));
    }

    void withoutDocumentsNothingIsProved()
    {
        ProvenanceEvidence evidence = good();
        evidence.claim.reset();
        evidence.manifest.reset();
        QVERIFY(checkProvenance(evidence).empty());
        QVERIFY(!allOk({}));
    }
};

QTEST_APPLESS_MAIN(CheckProvenanceTest)
#include "check_provenance_test.moc"
