// SPDX-License-Identifier: GPL-3.0-or-later
// Trees and .ots files against an independent implementation (python3-opentimestamps, RFC 6962's definition), and limits.
#include "core/anchor/merkle.h"
#include "core/anchor/timestamp.h"

#include <QProcess>
#include <QTest>

#include <algorithm>

using namespace artdag;

namespace {

QList<QByteArray> oracle(const QStringList& arguments, const QByteArray& input = {})
{
    QProcess process;
    process.start("/usr/bin/python3", QStringList{ARTDAG_SOURCE_DIR "/tests/anchor/timestamps.py"} + arguments); // Debian's, which has the packages
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        qFatal("python3-opentimestamps is needed: %s", process.readAllStandardError().constData());
    return process.readAllStandardOutput().trimmed().split('\n');
}

/// As the oracle's line.
std::string lineOf(const DetachedTimestamp& file)
{
    std::vector<std::string> said;
    for (const auto& [message, attestation] : attestationsOf(file.timestamp))
        said.push_back(hexOf(message) + ":" + (attestation.kind == TimeAttestation::Kind::Pending ? attestation.uri : attestation.kind == TimeAttestation::Kind::Bitcoin ? std::to_string(attestation.height)
                                                                                                                                                                         : "?"));
    std::ranges::sort(said);
    std::string line = hexOf(*writeDetachedTimestamp(file)) + " ";
    for (std::size_t i = 0; i < said.size(); ++i)
        line += (i > 0 ? "," : "") + said[i];
    return line;
}

Digest leafNumber(int i)
{
    return leafOf(Bytes(16, static_cast<std::uint8_t>(i)), sha256(bytesOf("leaf " + std::to_string(i))));
}

DetachedTimestamp everyOperation()
{
    DetachedTimestamp file;
    const Digest digest = sha256(bytesOf("a film"));
    file.timestamp.message.assign(digest.begin(), digest.end());
    for (const auto operation : {TimestampOperation::Hexlify, TimestampOperation::Reverse, TimestampOperation::Keccak256, TimestampOperation::Ripemd160, TimestampOperation::Sha1, TimestampOperation::Sha256, TimestampOperation::Append, TimestampOperation::Prepend}) {
        const bool takes = operation == TimestampOperation::Append || operation == TimestampOperation::Prepend;
        Timestamp* after = *timestampAfter(file.timestamp, {operation, takes ? Bytes{1, 2, 3} : Bytes{}});
        addAttestation(*after, {TimeAttestation::Kind::Bitcoin, "", 800000, {}, {}});
        addAttestation(*after, {TimeAttestation::Kind::Pending, "https://b.example", 0, {}, {}});
        addAttestation(*after, {TimeAttestation::Kind::Pending, "https://a.example", 0, {}, {}});
        addAttestation(*after, {TimeAttestation::Kind::Pending, "https://a.example", 0, {}, {}});
    }
    return file;
}

} // namespace

class TimestampTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theWorkedExampleHolds();
    void rootsAreThoseOfRfc6962();
    void everyLeafHasAPathAndNoOtherLeafFitsIt();
    void anOddLeafIsNotDoubled();
    void filesOfTheReferenceAreReadAndWrittenTheSame();
    void theReferenceReadsOurFiles();
    void timestampsGrowTogether();
    void whatIsFalseIsTakenOut();
    void whatIsNoTimestampIsRefused_data();
    void whatIsNoTimestampIsRefused();
    void hugeTimestampsAreRefused();
};

/// docs/formats/anchors.md
void TimestampTest::theWorkedExampleHolds()
{
    const std::vector<Digest> leaves{leafNumber(0), leafNumber(1), leafNumber(2)};
    QCOMPARE(hexOf(leaves[0]), std::string("55a9f5aa5f15013799e1bb8121ba5e1ff01d78c569eb3d4f75d60786a9e0aa7f"));
    QCOMPARE(hexOf(pairOf(leaves[0], leaves[1])), std::string("53fb8b7025b252431387a5564f0d716b2751057a144582aabb9fdb37154ac81c"));
    QCOMPARE(hexOf(merkleRoot(leaves)), std::string("b70c6ebe7ced790615b54ab74abe185c0a85d2856d2dcb7f575c5c09daa9f292"));
}

void TimestampTest::rootsAreThoseOfRfc6962()
{
    std::vector<Digest> leaves;
    const auto roots = oracle({"trees"});
    QCOMPARE(roots.size(), 33);
    for (const QByteArray& root : roots) {
        leaves.push_back(leafNumber(static_cast<int>(leaves.size())));
        QCOMPARE(hexOf(merkleRoot(leaves)), root.toStdString());
    }
}

void TimestampTest::everyLeafHasAPathAndNoOtherLeafFitsIt()
{
    std::vector<Digest> leaves;
    for (int size = 1; size <= 33; ++size) {
        leaves.push_back(leafNumber(size));
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            const auto path = inclusionPath(leaves, i);
            QCOMPARE(rootAlong(leaves[i], path), merkleRoot(leaves));
            QVERIFY(rootAlong(leafNumber(99), path) != merkleRoot(leaves));
        }
    }
}

void TimestampTest::anOddLeafIsNotDoubled()
{
    const std::vector<Digest> three{leafNumber(1), leafNumber(2), leafNumber(3)};
    const std::vector<Digest> four{leafNumber(1), leafNumber(2), leafNumber(3), leafNumber(3)};
    QVERIFY(merkleRoot(three) != merkleRoot(four));
    QCOMPARE(merkleRoot(three), pairOf(pairOf(three[0], three[1]), three[2]));
}

void TimestampTest::filesOfTheReferenceAreReadAndWrittenTheSame()
{
    for (const QByteArray& line : oracle({"write", "300"})) {
        const auto bytes = bytesOfHex(line.split(' ').first().toStdString());
        const auto file = readDetachedTimestamp(*bytes);
        QVERIFY2(file, file ? "" : file.error().message.c_str());
        QCOMPARE(lineOf(*file), line.toStdString());
    }
}

void TimestampTest::theReferenceReadsOurFiles()
{
    const std::string line = lineOf(everyOperation());
    const auto read = oracle({"read"}, QByteArray::fromStdString(line).split(' ').first() + "\n");
    QCOMPARE(read.first().toStdString(), line);
}

void TimestampTest::timestampsGrowTogether()
{
    DetachedTimestamp file = everyOperation();
    Timestamp more;
    more.message = file.timestamp.message;
    Timestamp* after = *timestampAfter(more, {TimestampOperation::Sha256, {}});
    addAttestation(*after, {TimeAttestation::Kind::Bitcoin, "", 5, {}, {}});
    const auto before = attestationsOf(file.timestamp).size();
    QVERIFY(mergeTimestamps(file.timestamp, more));
    QCOMPARE(attestationsOf(file.timestamp).size(), before + 1);
    const DetachedTimestamp once = file;
    QVERIFY(mergeTimestamps(file.timestamp, more));
    QCOMPARE(file, once);
    more.message[0] ^= 1;
    QVERIFY(!mergeTimestamps(file.timestamp, more));
}

void TimestampTest::whatIsFalseIsTakenOut()
{
    Timestamp timestamp;
    timestamp.message = Bytes(32, 7);
    addAttestation(timestamp, {TimeAttestation::Kind::Pending, "https://a.example", 0, {}, {}});
    const Timestamp before = timestamp;
    addAttestation(**timestampAfter(**timestampAfter(timestamp, {TimestampOperation::Sha256, {}}), {TimestampOperation::Sha256, {}}), {TimeAttestation::Kind::Bitcoin, "", 5, {}, {}});
    pruneTimestamp(timestamp, [](const Bytes&, const TimeAttestation& attestation) { return attestation.height == 6; });
    QCOMPARE(attestationsOf(timestamp).size(), std::size_t(2));
    pruneTimestamp(timestamp, [](const Bytes&, const TimeAttestation& attestation) { return attestation.height == 5; });
    QCOMPARE(timestamp, before); // with the two steps that led to it
}

void TimestampTest::whatIsNoTimestampIsRefused_data()
{
    QTest::addColumn<QByteArray>("hex"); // a timestamp of a message of 32 bytes
    const QByteArray pending = "0083dfe30d2ef90c8e";
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("only an operation") << QByteArray("08");
    QTest::newRow("unknown operation") << "09" + pending + "0403782e79";
    QTest::newRow("empty argument") << "f000" + pending + "0403782e79";
    QTest::newRow("argument too long") << "f08120" + QByteArray(2 * 4097, '0') + pending + "0403782e79";
    QTest::newRow("number not shortest") << "f0810001" + pending + "0403782e79";
    QTest::newRow("payload cut short") << pending + "0403782e";
    QTest::newRow("payload too long") << pending + "0503782e7900";
    QTest::newRow("empty address") << pending + "0100";
    QTest::newRow("address with a query") << pending + "0403783f79";
    QTest::newRow("address beyond its payload") << pending + "0404782e79";
    QTest::newRow("something after the end") << pending + "0403782e7900";
    QTest::newRow("a fork and an end") << "ff" + pending + "0403782e79";
    QTest::newRow("height beyond 63 bits") << QByteArray("000588960d73d719010affffffffffffffffff01");
}

void TimestampTest::whatIsNoTimestampIsRefused()
{
    QFETCH(QByteArray, hex);
    QVERIFY(readTimestamp(*bytesOfHex("0083dfe30d2ef90c8e0403782e79"), Bytes(32, 7))); // what the rows are damaged from
    const auto read = readTimestamp(*bytesOfHex(hex.toStdString()), Bytes(32, 7));
    QVERIFY(!read);
    QCOMPARE(read.error().fault, Fault::BadInput);
}

void TimestampTest::hugeTimestampsAreRefused()
{
    const Bytes end = *bytesOfHex("0083dfe30d2ef90c8e0403782e79");
    auto chain = [&](std::size_t count, std::uint8_t tag) {
        Bytes bytes(count, tag);
        bytes.insert(bytes.end(), end.begin(), end.end());
        return readTimestamp(bytes, Bytes(32, 7)).has_value();
    };
    QVERIFY(chain(256, 0x08));
    QVERIFY(!chain(257, 0x08)); // too deep
    QVERIFY(chain(7, 0xF3));
    QVERIFY(!chain(8, 0xF3)); // 32 bytes written in hexadecimal eight times over have 8 kB
    Bytes wide;
    for (int i = 0; i < 1025; ++i) {
        wide.insert(wide.end(), {0xFF, 0xF0, 0x02, static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i)});
        wide.insert(wide.end(), end.begin(), end.end());
    }
    wide.insert(wide.end(), end.begin(), end.end());
    QVERIFY(!readTimestamp(wide, Bytes(32, 7)));
}

QTEST_GUILESS_MAIN(TimestampTest)
#include "timestamp_test.moc"
