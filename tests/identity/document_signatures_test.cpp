// SPDX-License-Identifier: GPL-3.0-or-later
// Signatures of JSON documents, against vectors made with another implementation (python3-cryptography, openssl).
#include "core/base/files.h"
#include "core/identity/keys.h"

#include <QtTest>

using namespace artdag;

namespace {

const std::filesystem::path goldens = std::filesystem::path(ARTDAG_SOURCE_DIR) / "tests/identity/goldens";

SigningKey goldenKey(const char* file)
{
    return *SigningKey::fromPem(*readTextFile(goldens / file));
}

Json goldenDocument()
{
    return *readJson(*readTextFile(goldens / "signed_document.json"));
}

Result<PublicKey> goldenKeys(const std::string& kid)
{
    for (const char* file : {"ed25519.pem", "rsa2048.pem"})
        if (PublicKey key = goldenKey(file).publicKey(); key.kid() == kid)
            return key;
    return fail(Fault::NotFound, "key " + kid + " is not known");
}

} // namespace

class DocumentSignaturesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSignedBytesAreThePrefixAndTheCanonicalDocumentWithoutSignatures()
    {
        QCOMPARE(*signedBytes(manifestPrefix, goldenDocument()), *readTextFile(goldens / "signed_bytes.txt"));
    }

    void theIdIsThatOfTheCanonicalDocumentWithoutSignatures()
    {
        QCOMPARE(documentId(goldenDocument()).text() + "\n", *readTextFile(goldens / "manifest_id.txt"));
    }

    void bothAlgorithmsGiveTheSignaturesOfTheGolden()
    {
        const Json golden = goldenDocument();
        Json document = golden;
        document.erase("sig");
        QVERIFY(signDocument(manifestPrefix, document, goldenKey("ed25519.pem")));
        QVERIFY(signDocument(manifestPrefix, document, goldenKey("rsa2048.pem")));
        QCOMPARE(document["sig"].dump(), golden["sig"].dump());
    }

    void theGoldenVerifies() { QVERIFY(verifyDocument(manifestPrefix, goldenDocument(), goldenKeys)); }

    void theOrderOfMembersIsOfNoAccount()
    {
        Json turned = Json::object();
        const Json golden = goldenDocument();
        std::vector<std::string> names;
        for (const auto& member : golden.items())
            names.push_back(member.key());
        for (auto name = names.rbegin(); name != names.rend(); ++name)
            turned[*name] = golden[*name];
        QVERIFY(turned.dump() != golden.dump());
        QVERIFY(verifyDocument(manifestPrefix, turned, goldenKeys));
    }

    void anyChangeBreaksTheSignature_data()
    {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("a text") << QByteArray("/name") << QByteArray("\"Katze\"");
        QTest::newRow("a number") << QByteArray("/frames") << QByteArray("301");
        QTest::newRow("null to false") << QByteArray("/owner") << QByteArray("false");
        QTest::newRow("a number to a text") << QByteArray("/frames") << QByteArray("\"300\"");
        QTest::newRow("an empty list to an object") << QByteArray("/empty") << QByteArray("{}");
        QTest::newRow("deep inside") << QByteArray("/parameters/speed") << QByteArray("\"91\"");
        QTest::newRow("a new member") << QByteArray("/new") << QByteArray("1");
    }
    void anyChangeBreaksTheSignature()
    {
        QFETCH(QByteArray, pointer);
        QFETCH(QByteArray, value);
        Json document = goldenDocument();
        document[Json::json_pointer(pointer.toStdString())] = *readJson(value.toStdString());
        const auto verified = verifyDocument(manifestPrefix, document, goldenKeys);
        QVERIFY(!verified);
        QCOMPARE(verified.error().fault, Fault::Denied);
    }

    void aSignatureForOneKindOfDocumentIsNoneForAnother()
    {
        const auto verified = verifyDocument(claimPrefix, goldenDocument(), goldenKeys);
        QVERIFY(!verified);
        QCOMPARE(verified.error().fault, Fault::Denied);
    }

    void everySignatureMustVerify()
    {
        Json document = goldenDocument();
        auto& value = document["sig"][1]["value"].get_ref<std::string&>();
        value[10] = value[10] == 'A' ? 'B' : 'A';
        const auto verified = verifyDocument(manifestPrefix, document, goldenKeys);
        QVERIFY(!verified);
        QVERIFY(verified.error().message.find("2cf694a7") != std::string::npos);
    }

    void malformedSignaturesAreNamed_data()
    {
        QTest::addColumn<QByteArray>("sig");
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<int>("fault");
        const QByteArray kid = "sha3-256:" + QByteArray(64, 'a');
        const int bad = int(Fault::BadInput);
        const auto one = [](const QByteArray& entry) { return "[" + entry + "]"; };
        QTest::newRow("none") << QByteArray("[]") << QByteArray("not signed") << int(Fault::Denied);
        QTest::newRow("an object") << QByteArray("{}") << QByteArray("/sig") << bad;
        QTest::newRow("not an object") << QByteArray("[1]") << QByteArray("/sig/0") << bad;
        QTest::newRow("a member too many") << one(R"({"kid":")" + kid + R"(","alg":"ed25519","value":"AAAA","x":1})") << QByteArray("/sig/0") << bad;
        QTest::newRow("kid in capitals") << one(R"({"kid":"sha3-256:)" + QByteArray(64, 'A') + R"(","alg":"ed25519","value":"AAAA"})") << QByteArray("/sig/0/kid") << bad;
        QTest::newRow("bare kid") << one(R"({"kid":")" + QByteArray(64, 'a') + R"(","alg":"ed25519","value":"AAAA"})") << QByteArray("/sig/0/kid") << bad;
        QTest::newRow("kid no text") << one(R"({"kid":7,"alg":"ed25519","value":"AAAA"})") << QByteArray("/sig/0/kid") << bad;
        QTest::newRow("value no base64url") << one(R"({"kid":")" + kid + R"(","alg":"ed25519","value":"AA=="})") << QByteArray("/sig/0/value") << bad;
        QTest::newRow("value too long") << one(R"({"kid":")" + kid + R"(","alg":"ed25519","value":")" + QByteArray(2000, 'A') + R"("})") << QByteArray("/sig/0/value") << bad;
        QTest::newRow("unknown key") << one(R"({"kid":")" + kid + R"(","alg":"ed25519","value":"AAAA"})") << QByteArray("is not known") << int(Fault::Denied);
        QTest::newRow("another algorithm than the key's") << one(R"({"kid":"sha3-256:39ba09856e81304ec43ff48cef3207ea33c2244b3b6388e4adc2b600f0c690cd","alg":"rsa-v1_5-sha256","value":"AAAA"})") << QByteArray("algorithm") << int(Fault::Denied);
    }
    void malformedSignaturesAreNamed()
    {
        QFETCH(QByteArray, sig);
        QFETCH(QByteArray, member);
        QFETCH(int, fault);
        Json document = goldenDocument();
        document["sig"] = *readJson(sig.toStdString());
        const auto verified = verifyDocument(manifestPrefix, document, goldenKeys);
        QVERIFY(!verified);
        QVERIFY2(verified.error().message.find(member.toStdString()) != std::string::npos, verified.error().message.c_str());
        QCOMPARE(int(verified.error().fault), fault);
    }

    void aDocumentWithoutSignaturesIsDenied()
    {
        Json document = goldenDocument();
        document.erase("sig");
        QCOMPARE(verifyDocument(manifestPrefix, document, goldenKeys).error().fault, Fault::Denied);
        QCOMPARE(verifyDocument(manifestPrefix, Json::array(), goldenKeys).error().fault, Fault::BadInput);
    }

    void aKeySignsOnce()
    {
        Json document = goldenDocument();
        const auto again = signDocument(manifestPrefix, document, goldenKey("ed25519.pem"));
        QVERIFY(!again);
        QCOMPARE(again.error().fault, Fault::Conflict);
    }

    void aWrongKeyFromTheFinderIsDenied()
    {
        const auto verified = verifyDocument(manifestPrefix, goldenDocument(), [](const std::string&) -> Result<PublicKey> { return goldenKey("rsa2048.pem").publicKey(); });
        QCOMPARE(verified.error().fault, Fault::Denied);
    }

    void whatTheCanonicalFormCannotTellApartIsNotSigned_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("2^53 + 1") << QByteArray("{\"n\": 9007199254740993}");
        QTest::newRow("-2^53 - 1") << QByteArray("{\"n\": [-9007199254740993]}");
        QTest::newRow("2^64 - 1") << QByteArray("{\"n\": 18446744073709551615}");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("a text") << QByteArray("\"x\"");
    }
    void whatTheCanonicalFormCannotTellApartIsNotSigned()
    {
        QFETCH(QByteArray, text);
        Json document = *readJson(text.toStdString());
        const auto done = signDocument(manifestPrefix, document, goldenKey("ed25519.pem"));
        QVERIFY(!done);
        QCOMPARE(done.error().fault, Fault::BadInput);
    }

    void textThatIsNoUtf8IsNotSigned_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("a lone byte") << QByteArray("\xff");
        QTest::newRow("cut") << QByteArray("a\xe2\x82");
        QTest::newRow("overlong slash") << QByteArray("\xc0\xaf");
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80");
        QTest::newRow("beyond U+10FFFF") << QByteArray("\xf4\x90\x80\x80");
    }
    void textThatIsNoUtf8IsNotSigned()
    {
        QFETCH(QByteArray, text);
        Json inValue{{"name", text.toStdString()}};
        Json inName = Json::object();
        inName[text.toStdString()] = 1;
        QVERIFY(!signDocument(manifestPrefix, inValue, goldenKey("ed25519.pem")));
        QVERIFY(!signDocument(manifestPrefix, inName, goldenKey("ed25519.pem")));
    }

    void theDocumentationShowsTheGoldens()
    {
        const std::string text = *readTextFile(std::filesystem::path(ARTDAG_SOURCE_DIR) / "docs/formats/identity.md");
        const Json document = goldenDocument();
        const std::string signedText = *readTextFile(goldens / "signed_bytes.txt");
        std::vector<std::string> shown{hexOf(*readFile(goldens / "fixed.key")), documentId(document).text(), signedText.substr(manifestPrefix.size()), hexOf(goldenKey("ed25519.pem").publicKey().der())};
        for (const Json& entry : document["sig"])
            for (const char* member : {"kid", "value"})
                shown.push_back(entry[member].get<std::string>());
        for (const std::string& value : shown)
            QVERIFY2(text.find(value) != std::string::npos, value.c_str());
    }

    void signersAreListed()
    {
        const auto kids = signersOf(goldenDocument());
        QCOMPARE(kids->size(), std::size_t{2});
        QCOMPARE(kids->front(), goldenKey("ed25519.pem").publicKey().kid());
    }
};

QTEST_APPLESS_MAIN(DocumentSignaturesTest)
#include "document_signatures_test.moc"
