// SPDX-License-Identifier: GPL-3.0-or-later
// Reverifications, against a document made with another implementation (Python's json, hashlib and cryptography).
#include "core/base/files.h"
#include "core/provenance/check_provenance.h"

#include <QtTest>

#include <algorithm>

using namespace artdag;

namespace {

const std::filesystem::path goldens = std::filesystem::path(ARTDAG_SOURCE_DIR) / "tests/provenance/goldens";

Json golden(const char* name = "reverification")
{
    return *readJson(*readTextFile(goldens / (std::string(name) + ".json")));
}

Json unsignedOf(Json document)
{
    document.erase("sig");
    return document;
}

SigningKey key(const char* name)
{
    return *SigningKey::fromPem(*readTextFile(goldens / "../../identity/goldens" / (std::string(name) + ".pem")));
}

ReverificationFile goldenFile()
{
    return {golden(), {key("ed25519").publicKey(), key("rsa2048").publicKey()}};
}

std::string failures(const ReverificationFile& file, const std::optional<Json>& manifest)
{
    std::string names;
    for (const Finding& finding : checkReverification(file, manifest))
        names += finding.ok ? "" : finding.name + " ";
    return names;
}

} // namespace

class ReverificationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aReverificationReadAndMadeAgainIsTheSameDocument()
    {
        const ReverificationFacts facts = *readReverification(golden());
        QCOMPARE(makeReverification(facts)->dump(), unsignedOf(golden()).dump());
        QCOMPARE(facts.seed, std::string("17935012345678901234"));
        QVERIFY(facts.match && facts.sound);
        QCOMPARE(facts.run.text(), documentId(golden("manifest")).text());
    }

    void signingWhatWeMadeGivesTheGoldenSignatures()
    {
        Json document = *makeReverification(*readReverification(golden()));
        for (const char* name : {"ed25519", "rsa2048"})
            QVERIFY(signDocument(reverificationPrefix, document, key(name)));
        QCOMPARE(document.dump(), golden().dump());
        const std::string ids = *readTextFile(goldens / "ids.txt");
        QVERIFY(ids.find("reverification " + documentId(document).text()) != std::string::npos);
    }

    void theDocumentationShowsTheGolden()
    {
        const std::string text = *readTextFile(goldens / "../../../docs/formats/identity.md");
        QVERIFY(text.find(canonicalJson(unsignedOf(golden()))) != std::string::npos);
        QVERIFY(text.find(documentId(golden()).text()) != std::string::npos);
        const Json document = golden();
        for (const Json& entry : document["sig"])
            QVERIFY(text.find(entry["value"].get<std::string>()) != std::string::npos);
    }

    void theGoldenSpeaksOfTheGoldenManifest()
    {
        QCOMPARE(failures(goldenFile(), golden("manifest")), std::string());
        QCOMPARE(failures(*readReverificationFile(jsonOfReverificationFile(goldenFile()).dump()), {}), std::string());
    }

    void whatIsWrongIsFound()
    {
        ReverificationFile file = goldenFile();
        file.document["frames_rendered"] = 300;
        QCOMPARE(failures(file, golden("manifest")), std::string("reverification.signature "));
        file = goldenFile();
        file.keys.pop_back();
        QCOMPARE(failures(file, {}), std::string("reverification.signature "));
        file = goldenFile();
        file.document.erase("sig");
        QCOMPARE(failures(file, {}), std::string("reverification.signature "));
        Json other = unsignedOf(golden("manifest"));
        other["created_at"] = "2026-03-01T12:00:01Z";
        QCOMPARE(failures(goldenFile(), other), std::string("reverification.run "));
    }

    void aClaimsOrManifestsSignatureIsNotOne()
    {
        for (const std::string_view prefix : {manifestPrefix, claimPrefix}) {
            ReverificationFile file{unsignedOf(golden()), {key("ed25519").publicKey()}};
            QVERIFY(signDocument(prefix, file.document, key("ed25519")));
            QCOMPARE(failures(file, {}), std::string("reverification.signature "));
        }
    }

    void aWrongMemberIsNamed_data()
    {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char* member, const char* value) { QTest::newRow(qPrintable(QString("%1 = %2").arg(member, value))) << QByteArray(member) << QByteArray(value); };
        row("v", "2");
        row("type", "\"artdag.run\"");
        row("run", "\"sha3-256:00\"");
        row("frames_hash", "null");
        row("frames", "-1");
        row("frames_rendered", "301");
        row("seed", "42");
        row("seed", "\"0x2a\"");
        row("seed", "null"); // 59 of 300 frames were chosen somehow
        row("sound", "1");
        row("software", "\"artdag\"");
        row("result", "\"perhaps\"");
        row("created_at", "\"yesterday\"");
        row("host", "\"giles-laptop\"");
    }
    void aWrongMemberIsNamed()
    {
        QFETCH(QByteArray, member);
        QFETCH(QByteArray, value);
        Json document = unsignedOf(golden());
        document[member.toStdString()] = *readJson(value.toStdString());
        const Error error = readReverification(document).error();
        QCOMPARE(error.fault, Fault::BadInput);
        QVERIFY2(error.message.starts_with("/" + member.toStdString() + ":"), error.message.c_str());
    }

    void aFileOfAnotherKindIsCorrupt()
    {
        for (const char* text : {"", "{}", "[1]", R"({"artdag_reverification":2,"reverification":{},"keys":[]})", R"({"artdag_reverification":1,"reverification":{},"keys":["no key"]})", R"({"artdag_reverification":1,"reverification":{}})"})
            QCOMPARE(readReverificationFile(text).error().fault, Fault::Corrupt);
    }
};

QTEST_APPLESS_MAIN(ReverificationTest)
#include "reverification_test.moc"
