// SPDX-License-Identifier: GPL-3.0-or-later
// What calendars and header sources may answer, and what is made of it. The answers are played by a client of the test's own;
// real sockets are tests/e2e/anchors_test.py's.
#include "core/anchor/block_header.h"
#include "core/anchor/calendar.h"

#include <QTest>

#include <map>

using namespace artdag;

namespace {

constexpr std::chrono::seconds patience{2};
const std::string genesis = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";
const std::string genesisHash = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
const std::vector<std::string> allowed{"https://a.example", "https://b.example/"};

class PlayedHttp : public HttpClient {
public:
    std::map<std::string, HttpAnswer> answers; ///< by URL; without one there is no connection
    std::vector<std::string> asked;
    Result<HttpAnswer> send(const HttpRequest& request) override
    {
        asked.push_back(request.method + " " + request.url);
        const auto answer = answers.find(request.url);
        if (answer == answers.end())
            return fail(Fault::Unavailable, "no connection");
        if (answer->second.body.size() > request.limit)
            return fail(Fault::BadInput, "the answer is longer than allowed");
        return answer->second;
    }
    void set(const std::string& url, const std::string& body, int status = 200) { answers[url] = {status, {}, body, url}; }
};

std::string bytesText(const Bytes& bytes)
{
    return {bytes.begin(), bytes.end()};
}

/// What a calendar answers: append, hash, a promise.
std::string promiseOf(ByteView message, const std::string& uri)
{
    Timestamp timestamp;
    timestamp.message.assign(message.begin(), message.end());
    addAttestation(**timestampAfter(**timestampAfter(timestamp, {TimestampOperation::Append, {1, 2}}), {TimestampOperation::Sha256, {}}), {TimeAttestation::Kind::Pending, uri, 0, {}, {}});
    return bytesText(*writeTimestamp(timestamp));
}

} // namespace

class CalendarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDigestIsHandedInAndUpgraded();
    void badAnswersAreRefused_data();
    void badAnswersAreRefused();
    void onlyConfiguredCalendarsAreAsked();
    void headersComeFromBothKindsOfSource_data();
    void headersComeFromBothKindsOfSource();
    void badHeadersAreRefused_data();
    void badHeadersAreRefused();
};

void CalendarTest::aDigestIsHandedInAndUpgraded()
{
    PlayedHttp http;
    const Digest digest = sha256(bytesOf("root"));
    http.set("https://a.example/digest", promiseOf(digest, "https://a.example"));
    auto timestamp = submitDigest(http, "https://a.example/", allowed, digest, patience);
    QVERIFY(timestamp);
    QCOMPARE(http.asked.back(), std::string("POST https://a.example/digest"));
    const Bytes promised = attestationsOf(*timestamp)[0].first;
    http.set("https://a.example/timestamp/" + hexOf(promised), "not yet", 404);
    CalendarRound round = askCalendars(http, allowed, *timestamp, patience);
    QVERIFY(!round.learnt && round.complaints.empty());
    Timestamp block;
    block.message = promised;
    addAttestation(**timestampAfter(block, {TimestampOperation::Prepend, {9}}), {TimeAttestation::Kind::Bitcoin, "", 800000, {}, {}});
    http.set("https://a.example/timestamp/" + hexOf(promised), bytesText(*writeTimestamp(block)));
    round = askCalendars(http, allowed, *timestamp, patience);
    QVERIFY(round.learnt && round.complaints.empty());
    QCOMPARE(attestationsOf(*timestamp).size(), std::size_t(2));
    QVERIFY(!askCalendars(http, allowed, *timestamp, patience).learnt);
    http.set("https://a.example/timestamp/" + hexOf(promised), "garbage");
    QCOMPARE(askCalendars(http, allowed, *timestamp, patience).complaints.size(), std::size_t(1));
}

void CalendarTest::badAnswersAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("words");
    const Digest digest = sha256(bytesOf("root"));
    const auto good = QByteArray::fromStdString(promiseOf(digest, "https://a.example"));
    QTest::newRow("500") << good << 500 << "it answered 500";
    QTest::newRow("redirect") << good << 302 << "it answered 302";
    QTest::newRow("garbage") << QByteArray("<html>") << 200 << "no timestamp";
    QTest::newRow("empty") << QByteArray() << 200 << "no timestamp";
    QTest::newRow("huge") << QByteArray(10'001, 'x') << 200 << "longer than allowed";
    QTest::newRow("cut short") << good.left(good.size() - 1) << 200 << "no timestamp";
    QTest::newRow("promised elsewhere") << QByteArray::fromStdString(promiseOf(digest, "http://169.254.169.254")) << 200 << "not configured";
}

void CalendarTest::badAnswersAreRefused()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, words);
    PlayedHttp http;
    http.set("https://a.example/digest", body.toStdString(), status);
    const auto timestamp = submitDigest(http, "https://a.example", allowed, sha256(bytesOf("root")), patience);
    QVERIFY(!timestamp);
    QVERIFY2(timestamp.error().message.starts_with("calendar 'https://a.example': "), timestamp.error().message.c_str());
    QVERIFY2(timestamp.error().message.find(words.toStdString()) != std::string::npos, timestamp.error().message.c_str());
}

void CalendarTest::onlyConfiguredCalendarsAreAsked()
{
    PlayedHttp http;
    Timestamp timestamp;
    timestamp.message = Bytes(32, 1);
    addAttestation(timestamp, {TimeAttestation::Kind::Pending, "http://169.254.169.254", 0, {}, {}});
    addAttestation(timestamp, {TimeAttestation::Kind::Pending, "https://b.example", 0, {}, {}});
    QCOMPARE(askCalendars(http, allowed, timestamp, patience).complaints.size(), std::size_t(1));
    QCOMPARE(http.asked.size(), std::size_t(1));
    QVERIFY(http.asked[0].starts_with("GET https://b.example/timestamp/0101"));
}

void CalendarTest::headersComeFromBothKindsOfSource_data()
{
    QTest::addColumn<QString>("source");
    QTest::newRow("Esplora") << "https://x.example/api";
    QTest::newRow("Bitcoin Core") << "http://127.0.0.1:8332/rest/";
}

namespace {

void playGenesis(PlayedHttp& http, const std::string& header = genesis)
{
    http.set("https://x.example/api/blocks/tip/height", "5\n");
    http.set("https://x.example/api/block-height/0", genesisHash);
    http.set("https://x.example/api/block/" + genesisHash + "/header", header);
    http.set("http://127.0.0.1:8332/rest/chaininfo.json", R"({"chain":"main","blocks":5})");
    http.set("http://127.0.0.1:8332/rest/blockhashbyheight/0.hex", genesisHash + "\n");
    http.set("http://127.0.0.1:8332/rest/headers/1/" + genesisHash + ".hex", header + "\n");
}

} // namespace

void CalendarTest::headersComeFromBothKindsOfSource()
{
    QFETCH(QString, source);
    PlayedHttp http;
    playGenesis(http);
    const auto header = fetchBlockHeader(http, source.toStdString(), 0, patience);
    QVERIFY2(header, header ? "" : header.error().message.c_str());
    QCOMPARE(hexOf(header->merkleRoot), std::string("3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"));
    QCOMPARE(header->time, std::int64_t{1231006505});
    QCOMPARE(header->confirmations, std::int64_t{6});
    QCOMPARE(blockHashOf(*header), genesisHash);
}

void CalendarTest::badHeadersAreRefused_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("fault");
    const QString api = "https://x.example/api";
    const QString header = api + "/block/" + QString::fromStdString(genesisHash) + "/header";
    QTest::newRow("no such block") << api + "/block-height/0"
                                   << "Block not found" << 404 << int(Fault::NotFound);
    QTest::newRow("hash is a page") << api + "/block-height/0"
                                    << "<html>" << 200 << int(Fault::Unavailable);
    QTest::newRow("hash leads elsewhere") << api + "/block-height/0"
                                          << "../../x" << 200 << int(Fault::Unavailable);
    QTest::newRow("header of another block") << header << QString::fromStdString("02" + genesis.substr(2)) << 200 << int(Fault::Unavailable);
    QTest::newRow("header cut short") << header << QString::fromStdString(genesis.substr(2)) << 200 << int(Fault::Unavailable);
    QTest::newRow("header is huge") << header << QString(10'001, 'a') << 200 << int(Fault::Unavailable);
    QTest::newRow("500") << header << "" << 500 << int(Fault::Unavailable);
    QTest::newRow("height is no number") << api + "/blocks/tip/height"
                                         << "many" << 200 << int(Fault::Unavailable);
    QTest::newRow("height is negative") << api + "/blocks/tip/height"
                                        << "-5" << 200 << int(Fault::Unavailable);
}

void CalendarTest::badHeadersAreRefused()
{
    QFETCH(QString, url);
    QFETCH(QString, body);
    QFETCH(int, status);
    QFETCH(int, fault);
    PlayedHttp http;
    playGenesis(http);
    http.set(url.toStdString(), body.toStdString(), status);
    const auto header = fetchBlockHeader(http, "https://x.example/api", 0, patience);
    QVERIFY(!header);
    QCOMPARE(int(header.error().fault), fault);
}

QTEST_GUILESS_MAIN(CalendarTest)
#include "calendar_test.moc"
