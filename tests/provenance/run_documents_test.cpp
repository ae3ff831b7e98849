// SPDX-License-Identifier: GPL-3.0-or-later
// Manifests and claims, against documents made with another implementation (Python's json, hashlib and cryptography).
#include "core/base/files.h"
#include "core/identity/keys.h"
#include "core/provenance/claim.h"
#include "core/provenance/manifest.h"

#include <QtTest>

#include <sstream>

using namespace artdag;

namespace {

const std::filesystem::path goldens = std::filesystem::path(ARTDAG_SOURCE_DIR) / "tests/provenance/goldens";

Json golden(const std::string& name)
{
    return *readJson(*readTextFile(goldens / (name + ".json")));
}

std::string goldenId(const std::string& wanted)
{
    std::istringstream ids(*readTextFile(goldens / "ids.txt"));
    for (std::string name, id; ids >> name >> id;)
        if (name == wanted)
            return id;
    return {};
}

Json unsignedOf(Json document)
{
    document.erase("sig");
    return document;
}

SigningKey goldenKey()
{
    return *SigningKey::fromPem(*readTextFile(goldens / "../../identity/goldens/ed25519.pem"));
}

/// The error for a document with one member replaced, added ("+") or removed (an empty value).
std::string errorOf(const std::string& kind, const std::string& pointer, const std::string& value)
{
    Json document = unsignedOf(golden(kind));
    const Json::json_pointer at(pointer);
    if (value.empty())
        document.at(at.parent_pointer()).erase(at.back());
    else
        document[at] = *readJson(value);
    const Error error = kind == "claim" ? readClaim(document).error() : readManifest(document).error();
    CHECK(error.fault == Fault::BadInput);
    return error.message;
}

} // namespace

class RunDocumentsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aManifestReadAndMadeAgainIsTheSameDocument()
    {
        const RunFacts facts = *readManifest(golden("manifest"));
        QCOMPARE(makeManifest(facts)->dump(), unsignedOf(golden("manifest")).dump());
        QCOMPARE(runKey(facts).text(), goldenId("run_key"));
        QCOMPARE(documentId(golden("manifest")).text(), goldenId("manifest"));
        QCOMPARE(facts.inputs.at(0).owner, std::string("@carol@b.example"));
        QCOMPARE(facts.inputs.at(1).license, std::string());
        QCOMPARE(facts.output.media.rate, (Rate{30, 1}));
        QCOMPARE(facts.output.media.samples, 480000);
        QCOMPARE(facts.recipe.parameters.at("titel"), std::string("Käse"));
    }

    void aClaimReadAndMadeAgainIsTheSameDocument()
    {
        const ClaimFacts facts = *readClaim(golden("claim"));
        QCOMPARE(makeClaim(facts)->dump(), unsignedOf(golden("claim")).dump());
        QCOMPARE(documentId(golden("claim")).text(), goldenId("claim"));
        QCOMPARE(facts.run->text(), goldenId("manifest"));
        QCOMPARE(facts.price->amount, 1500000);
    }

    void signingWhatWeMadeGivesTheGoldenSignatures()
    {
        Json manifest = *makeManifest(*readManifest(golden("manifest")));
        QVERIFY(signDocument(manifestPrefix, manifest, goldenKey()));
        QCOMPARE(manifest.dump(), golden("manifest").dump());
        Json claim = *makeClaim(*readClaim(golden("claim")));
        QVERIFY(signDocument(claimPrefix, claim, goldenKey()));
        QCOMPARE(claim.dump(), golden("claim").dump());
    }

    void theRunKeyIsTheDigestOfItsPreimage()
    {
        QCOMPARE(RunKey{sha3(bytesOf(*readTextFile(goldens / "run_preimage.txt")))}.text(), goldenId("run_key"));
        const RunFacts facts = *readManifest(golden("manifest"));
        std::map<std::string, ContentId> swapped{{"footage", facts.inputs[1].contentHash}, {"music", facts.inputs[0].contentHash}};
        QVERIFY(runKey(facts.recipe.graph, "main", swapped, facts.recipe.parameters, "share-h264", "cpu-1") != runKey(facts));
        QVERIFY(runKey(facts.recipe.graph, "main", {}, {}, "share-h264", "cpu-1") != runKey(facts.recipe.graph, "main", {}, {}, "share-h264", "cpu-2"));
    }

    void theDocumentationShowsTheGoldens()
    {
        const std::string text = *readTextFile(goldens / "../../../docs/formats/identity.md");
        const std::string preimage = *readTextFile(goldens / "run_preimage.txt");
        for (const std::string& value : {goldenId("run_key"), goldenId("manifest"), goldenId("claim"), preimage.substr(preimage.find('\n') + 1)})
            QVERIFY2(!value.empty() && text.find(value) != std::string::npos, value.c_str());
    }

    void aWrongMemberIsNamed_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char* kind, const QByteArray& pointer, const QByteArray& value) {
            QTest::newRow((kind + QByteArray(" ") + pointer + " = " + value.left(40)).constData()) << QByteArray(kind) << pointer << value;
        };
        for (const char* kind : {"manifest", "claim"}) {
            row(kind, "/v", "2");
            row(kind, "/v", "\"1\"");
            row(kind, "/v", "1.0");
            row(kind, "/type", "\"artdag.other\"");
            row(kind, "/created_at", "\"2026-02-30T12:00:00Z\"");
            row(kind, "/created_at", "\"2026-03-01 12:00:00\"");
            row(kind, "/created_at", "\"2026-03-01T12:00:00+01:00\"");
            row(kind, "/more", "1");
            row(kind, "/created_at", "");
        }
        row("manifest", "/run_key", "\"sha3-256:" + QByteArray(64, '0') + "\"");
        row("manifest", "/run_key", "\"" + QByteArray(64, '0') + "\"");
        row("manifest", "/recipe", "null");
        row("manifest", "/recipe/name", "\"\"");
        row("manifest", "/recipe/name", "\"two\\nlines\"");
        row("manifest", "/recipe/author", "\"giles\"");
        row("manifest", "/recipe/author", "\"@giles@\"");
        row("manifest", "/recipe/author", "\"@giles@a.example/x\"");
        row("manifest", "/recipe/parameters/speed", "90");
        row("manifest", "/output/content_hash", "\"sha3-256:" + QByteArray(64, 'A') + "\"");
        row("manifest", "/output/content_hash", "\"sha3-256:" + QByteArray(63, 'a') + "\"");
        row("manifest", "/output/content_hash", "12");
        row("manifest", "/output/media/width", "0");
        row("manifest", "/output/media/width", "1920.5");
        row("manifest", "/output/media/width", "18446744073709551615");
        row("manifest", "/output/media/rate", "\"30\"");
        row("manifest", "/output/media/rate", "\"30/0\"");
        row("manifest", "/output/media/rate", "\"030/1\"");
        row("manifest", "/output/media/rate", "30");
        row("manifest", "/output/media/frames", "\"300\"");
        row("manifest", "/output/media/frames", "");
        row("manifest", "/output/media/channels", "");
        row("manifest", "/output/media/colour", "\"red\"");
        row("manifest", "/output/psnr/1", "40.95");
        row("manifest", "/output/psnr/1", "\"forty\"");
        row("manifest", "/inputs/0/name", "\"/home/carol/cat.mov\"");
        row("manifest", "/inputs/0/name", "\"C:\\\\cat.mov\"");
        row("manifest", "/inputs/1", "1");
        row("manifest", "/effects/0/version", "1");
        row("manifest", "/effects/0/owner", "");
        row("manifest", "/baked/0/by", "\"\"");
        row("manifest", "/fonts/0", "\"Inter\"");
        row("manifest", "/generator/kind", "\"magic\"");
        row("manifest", "/generator/seed", "42");
        row("manifest", "/infrastructure/hardware/name", "\"giles-laptop\"");
        row("manifest", "/infrastructure/numerics", "null");
        row("claim", "/work", "\"0F8FAD5B-D9CB-469F-A165-70867728950E\"");
        row("claim", "/version", "0");
        row("claim", "/supersedes", "\"sha3-256:" + QByteArray(64, '0') + "\"");
        row("claim", "/run", "false");
        row("claim", "/sha256", "\"abc\"");
        row("claim", "/embedded", "\"all\"");
        row("claim", "/title", "\"\"");
        row("claim", "/tags/0", "7");
        row("claim", "/access/recipe", "\"private\"");
        row("claim", "/access/inputs", "\"sealed\"");
        row("claim", "/ingredients/0/role", "\"muse\"");
        row("claim", "/ingredients/0/weight_bp", "-1");
        row("claim", "/ingredients/0/url", "\"javascript:alert(1)\"");
        row("claim", "/payout/policy", "\"\"");
        row("claim", "/price/amount", "1.5");
        row("claim", "/regions/0", "\"de\"");
    }
    void aWrongMemberIsNamed()
    {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, pointer);
        QFETCH(QByteArray, value);
        const std::string message = errorOf(kind.toStdString(), pointer.toStdString(), value.toStdString());
        QVERIFY2(message.starts_with(pointer.toStdString() + ":"), message.c_str());
    }

    void weightsThatDoNotSumAreRefused()
    {
        QVERIFY(errorOf("claim", "/ingredients/0/weight_bp", "2354").starts_with("/ingredients: weights must sum to 10000"));
    }

    void twoInputsOnOnePortAreRefused()
    {
        QVERIFY(errorOf("manifest", "/inputs/1/port", "\"footage\"").starts_with("/inputs/1: is listed twice"));
    }

    void anyOtherParameterThanTheRunKeysIsRefused()
    {
        QVERIFY(errorOf("manifest", "/recipe/parameters/speed", "\"91\"").starts_with("/run_key"));
        QVERIFY(errorOf("manifest", "/output/encode", "\"master-ffv1\"").starts_with("/run_key"));
    }

    void noDocumentIsMadeThatCouldNotBeRead()
    {
        RunFacts facts = *readManifest(golden("manifest"));
        facts.inputs[0].name = "/home/carol/cat.mov";
        QVERIFY(makeManifest(facts).error().message.starts_with("/inputs/0/name"));
        facts.inputs[0].name = "cat \xff";
        QCOMPARE(makeManifest(facts).error().fault, Fault::BadInput);
        ClaimFacts claim = *readClaim(golden("claim"));
        claim.creator = "giles";
        QVERIFY(makeClaim(claim).error().message.starts_with("/creator"));
    }

    void picturesAndSoundsAloneHaveTheirOwnFacts_data()
    {
        QTest::addColumn<QByteArray>("media");
        QTest::newRow("image") << QByteArray(R"({"type":"image","width":64,"height":32})");
        QTest::newRow("audio") << QByteArray(R"({"type":"audio","sample_rate":48000,"channels":2,"samples":96000})");
        QTest::newRow("silent video") << QByteArray(R"({"type":"video","width":64,"height":32,"rate":"30000/1001","frames":9})");
    }
    void picturesAndSoundsAloneHaveTheirOwnFacts()
    {
        QFETCH(QByteArray, media);
        Json document = unsignedOf(golden("manifest"));
        document["output"]["media"] = *readJson(media.toStdString());
        QCOMPARE(makeManifest(*readManifest(document))->dump(), document.dump());
    }

    void aModelIsNamed()
    {
        Json document = unsignedOf(golden("manifest"));
        document["generator"] = *readJson(R"({"kind":"model","model":{"name":"m","content_hash":"sha3-256:)" + std::string(64, 'a') + R"("},"seed":null,"prompt_hash":"sha3-256:)" + std::string(64, 'b') + R"("})");
        const RunFacts facts = *readManifest(document);
        QCOMPARE(makeManifest(facts)->dump(), document.dump());
        QCOMPARE(disclosureOf(facts), std::string("compositeWithTrainedAlgorithmicMedia"));
        QVERIFY(errorOf("manifest", "/generator/model", R"({"name":"m"})").starts_with("/generator/model"));
    }
};

QTEST_APPLESS_MAIN(RunDocumentsTest)
#include "run_documents_test.moc"
