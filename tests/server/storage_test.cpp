// SPDX-License-Identifier: GPL-3.0-or-later
// One suite for every place where copies are kept: a directory, S3 (OpenStack Swift, which checks our signatures), IPFS (a
// node with Kubo's RPC). And secrets at rest.
#include "core/base/files.h"
#include "server/storage/aws_signature.h"
#include "server/storage/ipfs_storage.h"
#include "server/storage/local_storage.h"
#include "server/storage/s3_storage.h"
#include "server/storage/sealed_secret.h"
#include "tests/server/peer_process.h"

#include <QTemporaryDir>

using namespace artdag;
using namespace artdag::server;

namespace {

using ProviderPointer = std::unique_ptr<StorageProvider>;

std::string pseudoRandom(std::size_t size, unsigned seed)
{
    std::string bytes(size, '\0');
    for (char& c : bytes) {
        seed = seed * 1664525U + 1013904223U;
        c = static_cast<char>(seed >> 24);
    }
    return bytes;
}

std::string base32(ByteView bytes)
{
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz234567";
    std::string text;
    unsigned held = 0;
    int bits = 0;
    for (const std::uint8_t byte : bytes) {
        held = held << 8 | byte;
        for (bits += 8; bits >= 5; bits -= 5)
            text += letters[held >> (bits - 5) & 31];
    }
    if (bits > 0)
        text += letters[held << (5 - bits) & 31];
    return text;
}

} // namespace

class StorageTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    PeerProcess m_swift, m_ipfs;
    std::string m_swiftUrl, m_ipfsUrl;
    const QString m_node = QStringLiteral(ARTDAG_IPFS_PEER "/node_modules/node/bin/node");

    [[nodiscard]] std::filesystem::path path(const std::string& name) const { return m_directory.path().toStdString() + "/" + name; }
    [[nodiscard]] S3Options swift(const std::string& secret = "testing") const { return {m_swiftUrl, "artdag", "copies/", {"test:tester", secret}, 5U << 20}; }
    ProviderPointer open(const QString& kind)
    {
        if (kind == "local") {
            std::filesystem::create_directories(path("local"));
            return *openLocalStorage(path("local"));
        }
        return kind == "s3" ? *openS3Storage(openHttpClient(), swift()) : openIpfsStorage(openHttpClient(), {m_ipfsUrl, ""});
    }
    static void rows()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"local", "s3", "ipfs"})
            QTest::newRow(kind) << kind;
    }
    std::pair<ContentId, std::filesystem::path> fileOf(const std::string& bytes)
    {
        const ContentId id{sha3(bytesOf(bytes))};
        const auto file = path("file-" + id.hex());
        CHECK(writeFileAtomically(file, bytesOf(bytes)));
        return {id, file};
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_swiftUrl = m_swift.start("/usr/bin/python3", {ARTDAG_SOURCE_DIR "/tests/peers/swift/start_swift.py", m_directory.path()});
        QVERIFY2(!m_swiftUrl.empty(), "OpenStack Swift does not start: see packaging/dependencies.txt");
        m_ipfsUrl = m_ipfs.start(m_node, {ARTDAG_IPFS_PEER "/start_ipfs.mjs", m_directory.filePath("ipfs")});
        QVERIFY2(!m_ipfsUrl.empty(), "the IPFS peer does not start: was peers_ipfs run?");
    }

    void whatIsPutComesBackWholeAndInParts_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("size");
        for (const char* kind : {"local", "s3", "ipfs"})
            for (const int size : {1, 1000, 300'000, 12'000'000}) // of S3 in one piece and in three parts, of IPFS in one block and in many
                QTest::addRow("%s %d", kind, size) << kind << size;
    }
    void whatIsPutComesBackWholeAndInParts()
    {
        QFETCH(QString, kind);
        QFETCH(int, size);
        const auto provider = open(kind);
        const std::string bytes = pseudoRandom(static_cast<std::size_t>(size), static_cast<unsigned>(size));
        const auto [id, file] = fileOf(bytes);
        const auto address = provider->put(id, file);
        QVERIFY2(address, address ? "" : address.error().message.c_str());
        QCOMPARE(*provider->has(*address), true);
        QCOMPARE(*provider->put(id, file), *address); // twice is as good as once
        const auto back = path("back");
        QVERIFY(provider->get(*address, {}, back));
        QCOMPARE(*contentIdOfFile(back), id);
        std::filesystem::remove(back);
        const ByteRange range{static_cast<std::uint64_t>(size / 3), static_cast<std::uint64_t>(size - size / 3 * 2)};
        QVERIFY(provider->get(*address, range, back));
        QVERIFY(*readTextFile(back) == bytes.substr(range.first, range.length));
        std::filesystem::remove(back);
        QVERIFY(provider->get(*address, {static_cast<std::uint64_t>(size / 2)}, back));
        QVERIFY(*readTextFile(back) == bytes.substr(static_cast<std::size_t>(size / 2)));
        std::filesystem::remove(back);
        QVERIFY(provider->remove(*address));
        QCOMPARE(*provider->has(*address), false);
        QVERIFY(provider->remove(*address)); // what is gone is no error
    }

    void theTestButtonPasses_data() { rows(); }
    void theTestButtonPasses()
    {
        QFETCH(QString, kind);
        const auto tried = tryProvider(*open(kind), m_directory.path().toStdString());
        QVERIFY2(tried, tried ? "" : tried.error().message.c_str());
    }

    void addressesAreNoPaths_data() { rows(); }
    void addressesAreNoPaths()
    {
        QFETCH(QString, kind);
        const auto provider = open(kind);
        for (const char* address : {"../../etc/passwd", "ab/../../../../../../etc/passwd", ""})
            QVERIFY(!provider->get(address, {}, path("stolen")));
        QVERIFY(!std::filesystem::exists(path("stolen")));
    }

    void aFileThatIsNotThereLeavesNothingBehind_data() { rows(); }
    void aFileThatIsNotThereLeavesNothingBehind()
    {
        QFETCH(QString, kind);
        const auto provider = open(kind);
        const ContentId id{sha3(bytesOf("nowhere"))};
        QVERIFY(!provider->put(id, path("nowhere")));
        if (kind == "local")
            for (const auto& entry : std::filesystem::recursive_directory_iterator(path("local")))
                QVERIFY2(!entry.is_regular_file() || entry.path().filename().string().find(".part") == std::string::npos, entry.path().c_str());
        if (kind == "s3")
            QCOMPARE(*provider->has("copies/" + id.hex()), false);
    }

    void aWrongSecretFailsTheTest()
    {
        const auto provider = *openS3Storage(openHttpClient(), swift("wrong"));
        const auto tried = tryProvider(*provider, m_directory.path().toStdString());
        QVERIFY(!tried);
        QCOMPARE(static_cast<int>(tried.error().fault), static_cast<int>(Fault::Denied));
        QVERIFY2(tried.error().message.find("SignatureDoesNotMatch") != std::string::npos, tried.error().message.c_str());
    }

    void signaturesAreThoseOfTheDocumentation()
    {
        // botocore 1.29.27, S3SigV4Auth, the same request at the same time.
        HttpRequest request;
        request.method = "PUT";
        request.url = "https://s3.example:9000/art/copies/9f2c?partNumber=2&uploadId=a%2Fb%3D";
        signForAws(request, {"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "eu-west-3"}, hexOf(sha256(bytesOf("bytes"))), 1'440'938'160);
        QCOMPARE(QString::fromStdString(request.headers.back().second), QString("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/eu-west-3/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=5c8b49f0f967a49661709879af56492f63bbf68626dc4c7a485394ba72ec6cd7"));
    }

    void aCidIsThatOfIpfs_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("one block") << 200'000;
        QTest::newRow("many blocks") << 3'000'000;
    }
    void aCidIsThatOfIpfs()
    {
        QFETCH(int, size);
        const std::string bytes = pseudoRandom(static_cast<std::size_t>(size), 7);
        const auto [id, file] = fileOf(bytes);
        const std::string cid = *open("ipfs")->put(id, file);
        QProcess ipfs;
        ipfs.start(m_node, {ARTDAG_IPFS_PEER "/start_ipfs.mjs", m_directory.filePath("cid"), "cid", QString::fromStdString(file.string())});
        QVERIFY(ipfs.waitForFinished(30'000));
        QCOMPARE(QString::fromStdString(cid), QString(ipfs.readAllStandardOutput().trimmed()));
        if (size < 256 << 10) { // CIDv1, raw, sha2-256: computable by hand
            Bytes binary{1, 0x55, 0x12, 0x20};
            const Digest digest = sha256(bytesOf(bytes));
            binary.insert(binary.end(), digest.begin(), digest.end());
            QCOMPARE(QString::fromStdString(cid), QString::fromStdString("b" + base32(binary)));
        }
    }

    void aSecretOpensForItsOwnerAlone()
    {
        const Bytes key = *sealingKey(path("key"));
        QCOMPARE(std::filesystem::status(path("key")).permissions() & std::filesystem::perms::mask, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        QVERIFY(key == *sealingKey(path("key")));
        const Bytes sealed = sealSecret(key, "a secret", "alice");
        QVERIFY(sealed != sealSecret(key, "a secret", "alice"));
        QVERIFY(std::string(sealed.begin(), sealed.end()).find("secret") == std::string::npos);
        QCOMPARE(QString::fromStdString(*openSecret(key, sealed, "alice")), QString("a secret"));
        QVERIFY(!openSecret(key, sealed, "mallory"));
        QVERIFY(!openSecret(Bytes(32, 1), sealed, "alice"));
        for (std::size_t i = 0; i < sealed.size(); ++i) {
            Bytes changed = sealed;
            changed[i] ^= 1;
            QVERIFY(!openSecret(key, changed, "alice"));
        }
        std::filesystem::permissions(path("key"), std::filesystem::perms::group_read, std::filesystem::perm_options::add);
        QVERIFY(!sealingKey(path("key")));
    }

    void aDirectoryThatIsNotThereIsNotTakenForAnEmptyOne()
    {
        QVERIFY(!openLocalStorage(path("not mounted")));
        QVERIFY(!openLocalStorage("relative"));
    }
};

QTEST_APPLESS_MAIN(StorageTest)
#include "storage_test.moc"
