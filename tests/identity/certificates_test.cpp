// SPDX-License-Identifier: GPL-3.0-or-later
// Certificates of creators' keys: the same each time, good for signatures, and leading to their own root only.
#include "core/identity/certificates.h"

#include <QtTest>

using namespace artdag;

namespace {

const std::string message = "what is signed";
constexpr std::int64_t today = 1'800'000'000;

} // namespace

class CertificatesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aKeyHasOneCertificate_data()
    {
        QTest::addColumn<bool>("rsa");
        QTest::newRow("ed25519") << false;
        QTest::newRow("rsa") << true;
    }
    void aKeyHasOneCertificate()
    {
        QFETCH(bool, rsa);
        const SigningKey key = SigningKey::generate(rsa ? KeyAlgorithm::Rsa2048 : KeyAlgorithm::Ed25519).value();
        const SigningKey other = SigningKey::generate(KeyAlgorithm::Ed25519).value();
        const CertificateChain chain = certificatesOf(key).value(), strange = certificatesOf(other).value();
        const CertificateChain again = certificatesOf(SigningKey::fromPem(key.pem()).value()).value();
        QVERIFY(chain.leaf == again.leaf && chain.root == again.root);
        QVERIFY(chain.leaf != strange.leaf && chain.root != strange.root);

        const Certificate leaf = Certificate::read(chain.leaf).value(), root = Certificate::read(chain.root).value();
        QCOMPARE(leaf.kid(), key.publicKey().kid());
        QVERIFY(root.kid() != leaf.kid());
        QVERIFY(leaf.maySign() && !root.maySign());
        QVERIFY(leaf.isValidAt(today) && !leaf.isValidAt(0));
        QVERIFY(leaf.leadsTo({chain.root}, {}, today) && leaf.leadsTo({strange.root, chain.root}, {leaf}, today));
        QVERIFY(!leaf.leadsTo({strange.root}, {root}, today)); // what comes along is not trusted for that
        QVERIFY(!leaf.leadsTo({}, {root}, today));
        QVERIFY(!leaf.leadsTo({chain.root}, {}, 0));
        QVERIFY(QString::fromStdString(leaf.commonName()).startsWith("Art DAG key "));
        QCOMPARE(leaf.organization(), std::string("Art DAG"));

        const Bytes signature = signCose(key, bytesOf(message)).value();
        QCOMPARE(signature.size(), coseSignatureLength(key));
        QVERIFY(leaf.verify(coseAlgorithmOf(key), bytesOf(message), signature));
        QVERIFY(!leaf.verify(coseAlgorithmOf(key), bytesOf("another"), signature));
        QVERIFY(!leaf.verify(rsa ? CoseAlgorithm::EdDsa : CoseAlgorithm::Ps256, bytesOf(message), signature));
        QVERIFY(!leaf.verify(CoseAlgorithm::Es256, bytesOf(message), signature));
        QVERIFY(!root.verify(coseAlgorithmOf(key), bytesOf(message), signature));
        if (!rsa)
            QVERIFY(signature == signCose(key, bytesOf(message)).value());
    }

    void rootsAreReadFromText()
    {
        const CertificateChain chain = certificatesOf(SigningKey::generate(KeyAlgorithm::Ed25519).value()).value();
        const auto read = certificatesOfPem(pemOfCertificate(chain.root) + "\nwords between\n" + pemOfCertificate(chain.leaf));
        QVERIFY(read && *read == std::vector<Bytes>({chain.root, chain.leaf}));
        QVERIFY(!certificatesOfPem("").has_value());
        QVERIFY(!certificatesOfPem(pemOfCertificate(chain.root) + pemOfCertificate(Bytes(40, 7))).has_value());
        QVERIFY(!certificatesOfPem(SigningKey::generate(KeyAlgorithm::Ed25519)->pem()).has_value());
    }

    void whatIsCutIsNoCertificate()
    {
        const Bytes leaf = certificatesOf(SigningKey::generate(KeyAlgorithm::Ed25519).value())->leaf;
        for (std::size_t size = 0; size < leaf.size(); ++size)
            QVERIFY(!Certificate::read(ByteView(leaf).first(size)));
        Bytes longer = leaf;
        longer.push_back(0);
        QVERIFY(!Certificate::read(longer));
    }
};

QTEST_GUILESS_MAIN(CertificatesTest)
#include "certificates_test.moc"
