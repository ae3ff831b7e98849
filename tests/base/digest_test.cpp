// SPDX-License-Identifier: GPL-3.0-or-later
// Digests against published vectors, and the preimages that keys are made of.
#include "core/base/digest.h"

#include <openssl/evp.h>

#include <QtTest>

#include <string>

using namespace artdag;

class DigestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithPublishedVectors_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("sha3Hex");
        QTest::addColumn<QByteArray>("sha2Hex");
        // FIPS 202 and FIPS 180-4 example values (NIST CSRC)
        QTest::newRow("empty") << QByteArray() << QByteArray("a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a")
                               << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        QTest::newRow("abc") << QByteArray("abc") << QByteArray("3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532")
                             << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        QTest::newRow("two blocks") << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                                    << QByteArray("41c0dba2a9d6240849100376a8235e2c82e1b9998a999e21db32dd97496d3376")
                                    << QByteArray("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
        QTest::newRow("200 bytes A3") << QByteArray(200, '\xA3') << QByteArray("79f38adec5c20307a98ef76e8324afbfd46cfd81b22e3973c65fa1bd9de31787") << QByteArray();
    }
    void agreesWithPublishedVectors()
    {
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, sha3Hex);
        QFETCH(QByteArray, sha2Hex);
        const std::string_view text(message.constData(), static_cast<std::size_t>(message.size()));
        QCOMPARE(QByteArray::fromStdString(hexOf(sha3(bytesOf(text)))), sha3Hex);
        if (!sha2Hex.isEmpty())
            QCOMPARE(QByteArray::fromStdString(hexOf(sha256(bytesOf(text)))), sha2Hex);
    }

    void doesNotDependOnHowBytesArrive()
    {
        Bytes bytes(100'000);
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<std::uint8_t>(i * 31);
        Hasher pieces;
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t count = std::min<std::size_t>(1 + at % 977, bytes.size() - at);
            pieces.add(ByteView(bytes).subspan(at, count));
            at += count;
        }
        QCOMPARE(pieces.finish(), sha3(bytes));
    }

    void sha3IsOpenSslsForEveryLengthAroundABlock()
    {
        Bytes bytes;
        for (std::size_t length = 0; length < 420; ++length) {
            Digest expected{};
            unsigned size = 0;
            QCOMPARE(EVP_Digest(bytes.data(), bytes.size(), expected.data(), &size, EVP_sha3_256(), nullptr), 1);
            QCOMPARE(sha3(bytes), expected);
            const std::size_t part = length * 7 / 11;
            QCOMPARE(Hasher().add(ByteView(bytes).first(part)).add(ByteView(bytes).subspan(part)).finish(), expected);
            bytes.push_back(static_cast<std::uint8_t>(length * 131 + 17));
        }
    }

    void writesNumbersLittleEndianAndTextsWithTheirLength()
    {
        Hasher typed;
        typed.addU16(0x1234).addU32(0xDEADBEEF).addU64(0x0102030405060708).addF64(-0.0).addF64(1.5).addText("hé");
        const std::string bytes("\x34\x12"
                                "\xEF\xBE\xAD\xDE"
                                "\x08\x07\x06\x05\x04\x03\x02\x01"
                                "\0\0\0\0\0\0\0\0"
                                "\0\0\0\0\0\0\xF8\x3F"
                                "\x03\0\0\0h\xC3\xA9",
            37);
        QCOMPARE(hexOf(typed.finish()), hexOf(sha3(bytesOf(bytes))));

        const Digest one = Hasher().addText("ab").addText("c").finish();
        const Digest other = Hasher().addText("a").addText("bc").finish();
        QVERIFY(one != other);
    }

    void readsNamesAndRefusesWhatIsNone()
    {
        const ContentId id{sha3(bytesOf("abc"))};
        QCOMPARE(id.text(), std::string("sha3-256:3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"));
        QVERIFY(nameOfText<ContentId>(id.text()).value() == id);
        QVERIFY(nameOfText<ContentId>(id.hex()).value() == id);
        for (const char* wrong : {"", "sha3-256:", "sha3-256:3a98", "sha256:3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
                 "sha3-256:ga985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"}) {
            const auto read = nameOfText<ContentId>(wrong);
            QVERIFY2(!read.has_value(), wrong);
            QVERIFY(read.error().fault == Fault::BadInput);
        }
        QVERIFY(ContentId{}.isNull());
        QVERIFY(!id.isNull());
    }

    void readsHexadecimalOfBothCases()
    {
        QVERIFY(bytesOfHex("00fFA5").value() == (Bytes{0x00, 0xFF, 0xA5}));
        QCOMPARE(hexOf(Bytes{0x00, 0xFF, 0xA5}), std::string("00ffa5"));
        QVERIFY(!bytesOfHex("abc").has_value());
        QVERIFY(!bytesOfHex("0x").has_value());
    }
};

QTEST_APPLESS_MAIN(DigestTest)
#include "digest_test.moc"
