// SPDX-License-Identifier: GPL-3.0-or-later
// The encrypted key file, against one made with another implementation (Python's hashlib.scrypt and AES-GCM).
#include "core/base/files.h"
#include "core/identity/keys.h"

#include <QtTest>

#include <sys/stat.h>

#include <thread>

using namespace artdag;

namespace {

const std::filesystem::path goldens = std::filesystem::path(ARTDAG_SOURCE_DIR) / "tests/identity/goldens";

/// A ring with the golden file in it; its scrypt cost is low, so that reading it is fast.
struct Ring {
    explicit Ring(unsigned mode = 0600)
        : directory(*TemporaryDirectory::make()),
          keys(openKeyFiles(directory.path() / "keys", "correct horse"))
    {
        std::filesystem::create_directory(directory.path() / "keys");
        CHECK(writeFileAtomically(file("fixed"), *readFile(goldens / "fixed.key"), mode));
        CHECK(::chmod(file("fixed").c_str(), mode) == 0);
    }
    [[nodiscard]] std::filesystem::path file(const std::string& name) const { return directory.path() / "keys" / (name + ".key"); }

    TemporaryDirectory directory;
    std::unique_ptr<KeyRing> keys;
};

Fault faultOf(const Result<SigningKey>& result)
{
    return result ? Fault::Cancelled : result.error().fault;
}

} // namespace

class KeyFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theGoldenFileOpens()
    {
        const Ring ring;
        QCOMPARE(ring.keys->read("fixed")->publicKey().kid(), SigningKey::fromPem(*readTextFile(goldens / "ed25519.pem"))->publicKey().kid());
    }

    void aWrittenKeyComesBackPrivateAndEncrypted()
    {
        const Ring ring;
        const SigningKey key = *SigningKey::generate(KeyAlgorithm::Ed25519);
        QVERIFY(ring.keys->write("my-key_2", key));
        QCOMPARE(ring.keys->read("my-key_2")->publicKey().kid(), key.publicKey().kid());
        struct stat facts {};
        QCOMPARE(::stat(ring.file("my-key_2").c_str(), &facts), 0);
        QCOMPARE(unsigned(facts.st_mode & 07777U), 0600U);
        const Bytes bytes = *readFile(ring.file("my-key_2"));
        QCOMPARE(std::string(bytes.begin(), bytes.begin() + 13), std::string("artdag.key.1\n"));
        QCOMPARE(int(bytes[13]), 17);
        const Bytes der = key.der();
        QVERIFY(std::search(bytes.begin(), bytes.end(), der.end() - 32, der.end()) == bytes.end());
        QCOMPARE(*ring.keys->names(), (std::vector<std::string>{"fixed", "my-key_2"}));
    }

    void anExistingKeyIsNeverOverwritten()
    {
        const Ring ring;
        const Bytes before = *readFile(ring.file("fixed"));
        const auto written = ring.keys->write("fixed", *SigningKey::generate(KeyAlgorithm::Ed25519));
        QVERIFY(!written);
        QCOMPARE(written.error().fault, Fault::Conflict);
        QCOMPARE(*readFile(ring.file("fixed")), before);
        QCOMPARE(std::distance(std::filesystem::directory_iterator(ring.directory.path() / "keys"), {}), 1);
    }

    void aWrongPassphraseIsDenied()
    {
        const Ring ring;
        QCOMPARE(faultOf(openKeyFiles(ring.directory.path() / "keys", "correct horsf")->read("fixed")), Fault::Denied);
        QCOMPARE(faultOf(openKeyFiles(ring.directory.path() / "keys", "")->read("fixed")), Fault::Denied);
    }

    void aChangedByteAnywhereIsNoticed()
    {
        const Ring ring;
        const Bytes good = *readFile(ring.file("fixed"));
        for (std::size_t i = 0; i < good.size(); ++i) {
            Bytes changed = good;
            changed[i] ^= i == 13 ? 1 : 0x10; // log2 N from 10 to 11, so that the try stays short
            QVERIFY(writeFileAtomically(ring.file("fixed"), changed, 0600));
            const auto key = ring.keys->read("fixed");
            QVERIFY2(!key && (key.error().fault == Fault::Denied || key.error().fault == Fault::Corrupt), std::to_string(i).c_str());
        }
    }

    void aCutOrLongFileIsCorrupt_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 5, 13, 44, 60, 107, 20000})
            QTest::newRow(std::to_string(size).c_str()) << size;
    }
    void aCutOrLongFileIsCorrupt()
    {
        QFETCH(int, size);
        const Ring ring;
        Bytes bytes = *readFile(ring.file("fixed"));
        bytes.resize(std::size_t(size));
        QVERIFY(writeFileAtomically(ring.file("fixed"), bytes, 0600));
        const Fault fault = faultOf(ring.keys->read("fixed"));
        QVERIFY(fault == Fault::Corrupt || (size == 107 && fault == Fault::Denied));
    }

    void parametersThatWouldEatTheMachineAreRefused_data()
    {
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("value");
        QTest::newRow("2^31 rounds") << 13 << 31;
        QTest::newRow("2^1 rounds") << 13 << 1;
        QTest::newRow("block size 255") << 14 << 255;
        QTest::newRow("255 lanes") << 15 << 255;
        QTest::newRow("no lane") << 15 << 0;
    }
    void parametersThatWouldEatTheMachineAreRefused()
    {
        QFETCH(int, at);
        QFETCH(int, value);
        const Ring ring;
        Bytes bytes = *readFile(ring.file("fixed"));
        bytes[std::size_t(at)] = std::uint8_t(value);
        QVERIFY(writeFileAtomically(ring.file("fixed"), bytes, 0600));
        QCOMPARE(faultOf(ring.keys->read("fixed")), Fault::Corrupt);
    }

    void aFileThatOthersMayOpenIsDenied_data()
    {
        QTest::addColumn<unsigned>("mode");
        for (const unsigned mode : {0640U, 0604U, 0660U, 0610U, 0601U, 0602U, 0644U, 0666U})
            QTest::newRow(QByteArray::number(mode, 8).constData()) << mode;
    }
    void aFileThatOthersMayOpenIsDenied()
    {
        QFETCH(unsigned, mode);
        const Ring ring(mode);
        const auto key = ring.keys->read("fixed");
        QCOMPARE(faultOf(key), Fault::Denied);
        QVERIFY(key.error().message.find("chmod 600") != std::string::npos);
    }

    void aSymbolicLinkIsDenied()
    {
        const Ring ring;
        std::filesystem::create_symlink(ring.file("fixed"), ring.file("link"));
        QCOMPARE(faultOf(ring.keys->read("link")), Fault::Denied);
    }

    void namesThatCouldReachAPathAreRefused_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("up") << QByteArray("../fixed");
        QTest::newRow("absolute") << QByteArray("/etc/passwd");
        QTest::newRow("a dot") << QByteArray("a.b");
        QTest::newRow("capitals") << QByteArray("Fixed");
        QTest::newRow("a zero byte") << QByteArray("fixed\0x", 7);
        QTest::newRow("65 characters") << QByteArray(65, 'a');
        QTest::newRow("an umlaut") << QByteArray("\xc3\xa4");
    }
    void namesThatCouldReachAPathAreRefused()
    {
        QFETCH(QByteArray, name);
        const Ring ring;
        const SigningKey key = *ring.keys->read("fixed");
        QCOMPARE(faultOf(ring.keys->read(name.toStdString())), Fault::BadInput);
        QCOMPARE(ring.keys->write(name.toStdString(), key).error().fault, Fault::BadInput);
        QCOMPARE(ring.keys->remove(name.toStdString()).error().fault, Fault::BadInput);
    }

    void removedKeysAreGone()
    {
        const Ring ring;
        QVERIFY(ring.keys->remove("fixed"));
        QCOMPARE(faultOf(ring.keys->read("fixed")), Fault::NotFound);
        QCOMPARE(ring.keys->remove("fixed").error().fault, Fault::NotFound);
        QVERIFY(ring.keys->names()->empty());
    }

    void twoKeysTakeEachOthersName()
    {
        const Ring ring;
        const SigningKey next = *SigningKey::generate(KeyAlgorithm::Ed25519);
        const std::string old = ring.keys->read("fixed")->publicKey().kid();
        QVERIFY(ring.keys->write("next", next));
        QVERIFY(ring.keys->exchange("fixed", "next"));
        QCOMPARE(ring.keys->read("fixed")->publicKey().kid(), next.publicKey().kid());
        QCOMPARE(ring.keys->read("next")->publicKey().kid(), old);
        QCOMPARE(ring.keys->exchange("fixed", "none").error().fault, Fault::NotFound);
        QCOMPARE(ring.keys->exchange("../fixed", "next").error().fault, Fault::BadInput);
        QCOMPARE(ring.keys->read("fixed")->publicKey().kid(), next.publicKey().kid());
    }

    void aRingWithoutADirectoryIsEmpty()
    {
        const auto directory = *TemporaryDirectory::make();
        const auto keys = openKeyFiles(directory.path() / "deep" / "keys", "x");
        QVERIFY(keys->names()->empty());
        QCOMPARE(faultOf(keys->read("a")), Fault::NotFound);
        QVERIFY(keys->write("a", *SigningKey::generate(KeyAlgorithm::Ed25519)));
        struct stat facts {};
        QCOMPARE(::stat((directory.path() / "deep" / "keys").c_str(), &facts), 0);
        QCOMPARE(unsigned(facts.st_mode & 0777U), 0700U);
    }

    void ofTwoWritersOfOneNameOneWins()
    {
        const Ring ring;
        std::array<Result<void>, 2> results{fail(Fault::Cancelled, ""), fail(Fault::Cancelled, "")};
        {
            std::vector<std::jthread> threads;
            for (auto& result : results)
                threads.emplace_back([&] { result = openKeyFiles(ring.directory.path() / "keys", "x")->write("both", *SigningKey::generate(KeyAlgorithm::Ed25519)); });
        }
        QVERIFY(results[0].has_value() != results[1].has_value());
        QCOMPARE((results[0] ? results[1] : results[0]).error().fault, Fault::Conflict);
    }
};

QTEST_APPLESS_MAIN(KeyFilesTest)
#include "key_files_test.moc"
