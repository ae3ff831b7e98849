// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/provenance/run_attestation.h"

#include <QtTest>

using namespace artdag;

class RunAttestationTest : public QObject {
    Q_OBJECT

    SigningKey m_key = *SigningKey::generate(KeyAlgorithm::Ed25519);
    const std::string m_type = "http://example.com/HelloWorld";

    Result<std::string> opened(const Json& envelope) const
    {
        return openEnvelope(envelope, m_type, [&](const std::string& kid) -> Result<PublicKey> { return kid == m_key.publicKey().kid() ? Result<PublicKey>(m_key.publicKey()) : fail(Fault::NotFound, "unknown"); });
    }

private Q_SLOTS:
    void whatIsSignedIsWhatTheProtocolSays()
    {
        // The example of protocol.md in secure-systems-lab/dsse.
        QCOMPARE(preAuthEncoding(m_type, "hello world"), std::string("DSSEv1 29 http://example.com/HelloWorld 11 hello world"));
        QCOMPARE(preAuthEncoding("", ""), std::string("DSSEv1 0  0 "));
    }

    void anEnvelopeOpensWithItsKeyAlone()
    {
        const Json envelope = *sealEnvelope(m_type, "hello world", m_key);
        QCOMPARE(opened(envelope).value_or(""), std::string("hello world"));
        Json changed = envelope;
        changed["payload"] = base64(bytesOf(std::string_view("hello World")));
        QCOMPARE(opened(changed).error().fault, Fault::Denied);
        changed = envelope;
        changed["payloadType"] = "text/plain";
        QCOMPARE(opened(changed).error().fault, Fault::BadInput);
        changed = envelope;
        changed["signatures"] = (*sealEnvelope(m_type, "hello world", *SigningKey::generate(KeyAlgorithm::Ed25519)))["signatures"];
        QCOMPARE(opened(changed).error().fault, Fault::Denied);
        changed["signatures"] = Json::array();
        QCOMPARE(opened(changed).error().fault, Fault::Denied);
        for (const char* name : {"payload", "payloadType", "signatures"}) {
            changed = envelope;
            changed.erase(name);
            QCOMPARE(opened(changed).error().fault, Fault::BadInput);
        }
        QCOMPARE(opened(Json(3)).error().fault, Fault::BadInput);
    }

    void theStatementSaysWhatTheManifestSays()
    {
        const Json manifest = *readJson(*readTextFile(std::filesystem::path(ARTDAG_SOURCE_DIR) / "tests/provenance/goldens/manifest.json"));
        const RunFacts facts = *readManifest(manifest);
        const Json statement = runStatement(facts, documentId(manifest), {"https://l1.example", "https://l1.example/runs/1", "2026-11-20T10:00:00Z", "", sha256(bytesOf("film"))});
        QCOMPARE(statement["_type"].get<std::string>(), std::string("https://in-toto.io/Statement/v1"));
        QCOMPARE(statement["predicateType"].get<std::string>(), std::string("https://slsa.dev/provenance/v1"));
        QVERIFY(statement["subject"].size() == 1 && statement["subject"][0]["digest"]["sha3_256"] == facts.output.contentHash.hex() && statement["subject"][0]["digest"]["sha256"] == hexOf(sha256(bytesOf("film"))));
        const Json& details = statement["predicate"]["runDetails"];
        QVERIFY(details["builder"]["id"] == "https://l1.example" && details["metadata"]["startedOn"] == "2026-11-20T10:00:00Z" && !details["metadata"].contains("finishedOn"));
        QVERIFY(details["byproducts"][0]["digest"]["sha3_256"] == documentId(manifest).hex());
        const Json& needed = statement["predicate"]["buildDefinition"]["resolvedDependencies"];
        QCOMPARE(needed.size(), 1 + facts.inputs.size() + facts.fonts.size() + facts.baked.size() + facts.effects.size());
    }
};

QTEST_GUILESS_MAIN(RunAttestationTest)
#include "run_attestation_test.moc"
