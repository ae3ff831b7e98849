// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, their encodings and raw signatures.
#include "core/base/files.h"
#include "core/identity/keys.h"

#include <QProcess>
#include <QtTest>

using namespace artdag;

namespace {

const std::filesystem::path goldens = std::filesystem::path(ARTDAG_SOURCE_DIR) / "tests/identity/goldens";

SigningKey goldenKey(const char* file)
{
    return *SigningKey::fromPem(*readTextFile(goldens / file));
}

} // namespace

class KeysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void base64HasTheVectorsOfRfc4648_data()
    {
        QTest::addColumn<QByteArray>("plain");
        QTest::addColumn<QByteArray>("standard");
        QTest::addColumn<QByteArray>("url");
        QTest::newRow("empty") << QByteArray("") << QByteArray("") << QByteArray("");
        QTest::newRow("f") << QByteArray("f") << QByteArray("Zg==") << QByteArray("Zg");
        QTest::newRow("fo") << QByteArray("fo") << QByteArray("Zm8=") << QByteArray("Zm8");
        QTest::newRow("foo") << QByteArray("foo") << QByteArray("Zm9v") << QByteArray("Zm9v");
        QTest::newRow("foob") << QByteArray("foob") << QByteArray("Zm9vYg==") << QByteArray("Zm9vYg");
        QTest::newRow("the two last digits") << QByteArray("\xfb\xff\xbf") << QByteArray("+/+/") << QByteArray("-_-_");
    }
    void base64HasTheVectorsOfRfc4648()
    {
        QFETCH(QByteArray, plain);
        QFETCH(QByteArray, standard);
        QFETCH(QByteArray, url);
        const Bytes bytes(plain.begin(), plain.end());
        QCOMPARE(base64(bytes), standard.toStdString());
        QCOMPARE(base64Url(bytes), url.toStdString());
        QCOMPARE(*bytesOfBase64(standard.toStdString()), bytes);
        QCOMPARE(*bytesOfBase64Url(url.toStdString()), bytes);
    }

    void base64RefusesASecondSpelling_data()
    {
        QTest::addColumn<bool>("url");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("bits after the last byte") << true << QByteArray("Zh");
        QTest::newRow("padding in base64url") << true << QByteArray("Zg==");
        QTest::newRow("digits of the other alphabet") << true << QByteArray("+/+/");
        QTest::newRow("impossible length") << true << QByteArray("Zm9vY");
        QTest::newRow("line break") << true << QByteArray("Zm9v\n");
        QTest::newRow("missing padding") << false << QByteArray("Zg");
        QTest::newRow("padding inside") << false << QByteArray("Zg==Zg==");
        QTest::newRow("only padding") << false << QByteArray("====");
        QTest::newRow("url digits") << false << QByteArray("-_-_");
    }
    void base64RefusesASecondSpelling()
    {
        QFETCH(bool, url);
        QFETCH(QByteArray, text);
        const auto result = url ? bytesOfBase64Url(text.toStdString()) : bytesOfBase64(text.toStdString());
        QVERIFY(!result);
        QCOMPARE(result.error().fault, Fault::BadInput);
    }

    void ed25519SignsAsRfc8032Test1()
    {
        const SigningKey key = goldenKey("ed25519.pem");
        QCOMPARE(hexOf(*key.sign({})), std::string("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"));
        QCOMPARE(hexOf(key.publicKey().der()), std::string("302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    }

    void kidsAreThoseOfTheOpensslCommand()
    {
        // openssl pkey -in ed25519.pem -pubout -outform DER | openssl dgst -sha3-256
        QCOMPARE(goldenKey("ed25519.pem").publicKey().kid(), std::string("sha3-256:39ba09856e81304ec43ff48cef3207ea33c2244b3b6388e4adc2b600f0c690cd"));
        QCOMPARE(goldenKey("rsa2048.pem").publicKey().kid(), std::string("sha3-256:2cf694a7c6b10049148dd4f89d0acf1ef259cf0419989b67aaff279e51bef3cc"));
    }

    void aNewKeyComesBackFromEachOfItsForms_data()
    {
        QTest::addColumn<int>("algorithm");
        QTest::newRow("ed25519") << int(KeyAlgorithm::Ed25519);
        QTest::newRow("rsa") << int(KeyAlgorithm::Rsa2048);
    }
    void aNewKeyComesBackFromEachOfItsForms()
    {
        QFETCH(int, algorithm);
        const SigningKey key = *SigningKey::generate(static_cast<KeyAlgorithm>(algorithm));
        const PublicKey publicKey = key.publicKey();
        QCOMPARE(int(publicKey.algorithm()), algorithm);
        QCOMPARE(SigningKey::fromPem(key.pem())->publicKey().kid(), publicKey.kid());
        QCOMPARE(SigningKey::fromDer(key.der())->publicKey().kid(), publicKey.kid());
        QCOMPARE(PublicKey::fromPem(publicKey.pem())->der(), publicKey.der());
        QCOMPARE(PublicKey::fromDer(publicKey.der())->kid(), publicKey.kid());
        const Bytes signature = *key.sign(bytesOf("a message"));
        QVERIFY(publicKey.verify(bytesOf("a message"), signature));
        QVERIFY(!publicKey.verify(bytesOf("A message"), signature));
        for (std::size_t i = 0; i < signature.size(); i += 7) {
            Bytes changed = signature;
            changed[i] ^= 1;
            QVERIFY(!publicKey.verify(bytesOf("a message"), changed));
        }
        QVERIFY(!publicKey.verify(bytesOf("a message"), ByteView(signature).first(signature.size() - 1)));
        QVERIFY(!publicKey.verify(bytesOf("a message"), {}));
    }

    void twoNewKeysAreDifferent()
    {
        QVERIFY(SigningKey::generate(KeyAlgorithm::Ed25519)->publicKey().kid() != SigningKey::generate(KeyAlgorithm::Ed25519)->publicKey().kid());
    }

    void aPublicKeyIsReadOnlyFromItsOneEncoding_data()
    {
        QTest::addColumn<QByteArray>("hex");
        const QByteArray good = "302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        const QByteArray head = "302a300506032b6570032100";
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("cut") << good.left(80);
        QTest::newRow("a byte after it") << good + "00";
        QTest::newRow("long form of the length") << "30812a" + good.mid(4);
        QTest::newRow("X25519") << "302a300506032b656e032100" + good.mid(24);
        QTest::newRow("P-256") << QByteArray("3059301306072a8648ce3d020106082a8648ce3d030107034200046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
        QTest::newRow("the neutral point") << head + "01" + QByteArray(62, '0');
        QTest::newRow("the neutral point with its sign set") << head + "01" + QByteArray(60, '0') + "80";
        QTest::newRow("zero") << head + QByteArray(64, '0');
        QTest::newRow("order 8") << head + "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
        QTest::newRow("order 2") << head + "ec" + QByteArray(60, 'f') + "7f";
    }
    void aPublicKeyIsReadOnlyFromItsOneEncoding()
    {
        QFETCH(QByteArray, hex);
        const auto key = PublicKey::fromDer(*bytesOfHex(hex.toStdString()));
        QVERIFY(!key);
        QCOMPARE(key.error().fault, Fault::BadInput);
    }

    void pemOfAnotherKindIsRefused_data()
    {
        QTest::addColumn<QByteArray>("pem");
        const SigningKey key = goldenKey("ed25519.pem");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a private key as a public one") << QByteArray::fromStdString(key.pem());
        QTest::newRow("a certificate's name") << QByteArray::fromStdString(key.publicKey().pem()).replace("PUBLIC KEY", "CERTIFICATE");
        QTest::newRow("no end") << QByteArray::fromStdString(key.publicKey().pem()).left(60);
    }
    void pemOfAnotherKindIsRefused()
    {
        QFETCH(QByteArray, pem);
        QVERIFY(!PublicKey::fromPem(pem.toStdString()));
    }

    void anEncryptedPrivateKeyIsRefusedWithoutAskingTheTerminal()
    {
        const std::string text = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v\n-----END ENCRYPTED PRIVATE KEY-----\n";
        QVERIFY(!SigningKey::fromPem(text));
    }

    void anErrorNeverShowsAPrivateKey()
    {
        std::string text = goldenKey("ed25519.pem").pem();
        text[text.find("MC4C")] = 'X';
        const auto key = SigningKey::fromPem(text);
        QVERIFY(!key);
        QVERIFY(key.error().message.find("nWGxne") == std::string::npos && key.error().message.size() < 80);
    }

    void aShortRsaKeyIsRefused()
    {
        // openssl genrsa 1024 | openssl pkey -pubout -outform DER
        const auto key = PublicKey::fromDer(*readFile(goldens / "rsa1024_public.der"));
        QVERIFY(!key);
        QVERIFY(key.error().message.find("2048") != std::string::npos);
    }

    void aStrangersRsaKeyMayBeLonger_data()
    {
        QTest::addColumn<QString>("arguments"); // of openssl genpkey -algorithm RSA
        QTest::addColumn<bool>("creator");
        QTest::addColumn<bool>("stranger");
        QTest::newRow("2048 bits") << "-pkeyopt rsa_keygen_bits:2048" << true << true;
        QTest::newRow("4104 bits") << "-pkeyopt rsa_keygen_bits:4104" << false << true;
        QTest::newRow("2040 bits") << "-pkeyopt rsa_keygen_bits:2040" << false << false;
        QTest::newRow("exponent 3") << "-pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3" << true << true;
        QTest::newRow("exponent 2^33 + 1") << "-pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:8589934593" << false << false;
    }
    void aStrangersRsaKeyMayBeLonger()
    {
        QFETCH(QString, arguments);
        QFETCH(bool, creator);
        QFETCH(bool, stranger);
        QProcess openssl;
        openssl.start("sh", {"-c", "openssl genpkey -quiet -algorithm RSA " + arguments + " 2>/dev/null | openssl pkey -pubout"});
        QVERIFY(openssl.waitForFinished(60'000) && openssl.exitCode() == 0);
        const std::string pem = openssl.readAllStandardOutput().toStdString();
        QVERIFY(pem.starts_with("-----BEGIN PUBLIC KEY"));
        QCOMPARE(PublicKey::fromPem(pem).has_value(), creator);
        QCOMPARE(PublicKey::fromPem(pem, KeyOwner::Stranger).has_value(), stranger);
    }
};

QTEST_GUILESS_MAIN(KeysTest)
#include "keys_test.moc"
