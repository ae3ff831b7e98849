// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of the HTTP layer by themselves: token buckets, networks, codings, lines of the log, figures.
#include "server/http/client_of.h"
#include "server/http/compression.h"
#include "server/http/metrics.h"
#include "server/http/rate_limits.h"
#include "server/l2/kept_answers.h"
#include "server/operation/log.h"

#include <QTemporaryFile>
#include <QTest>

#include <unistd.h>

using namespace artdag;
using namespace artdag::server;

namespace {

constexpr std::int64_t second = 1'000'000;

RateRules everyKind(const Rate& rate)
{
    RateRules rules;
    rules.fill(rate);
    return rules;
}

/// What `write` puts on standard error.
template <class Write>
QByteArray told(Write write)
{
    QTemporaryFile file;
    if (!file.open())
        return "no file";
    const int before = ::dup(STDERR_FILENO);
    ::dup2(file.handle(), STDERR_FILENO);
    write();
    ::dup2(before, STDERR_FILENO);
    ::close(before);
    file.seek(0);
    return file.readAll();
}

} // namespace

class HttpPartsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ratesAreReadStrictly();
    void aBucketEmptiesAndFills();
    void kindsAndClientsAreApart();
    void aCrowdTakesNoMemoryAndFreesNobody();
    void addressesThatAreCountedTogether();
    void networksHold_data();
    void networksHold();
    void noNetwork();
    void tagsOfCodings();
    void whatIsNotCompressed();
    void linesOfTheLogCannotBeForged();
    void labelsAreEscaped();
    void answersAreKeptForOneStateAndOneSecond();
    void keptAnswersTakeOnlySoMuch();
    void whoAsksForOthersMustSaySo_data();
    void whoAsksForOthersMustSaySo();
};

void HttpPartsTest::ratesAreReadStrictly()
{
    QCOMPARE(rateOf("300/60")->count, 300);
    QCOMPARE(rateOf("300/60")->seconds, 60);
    QCOMPARE(rateOf("off")->count, 0);
    for (const char* bad : {"", "300", "300/", "/60", "0/60", "3/0", "-3/60", "3/60 ", " 3/60", "3/60s", "1000001/60", "3/86401", "99999999999999999999/1"})
        QVERIFY2(!rateOf(bad), bad);
}

void HttpPartsTest::aBucketEmptiesAndFills()
{
    RateLimits limits(everyKind({4, 8}), 1);
    std::int64_t now = 1'800'000'000 * second;
    for (std::int64_t left = 3; left >= 0; --left) {
        const auto allowance = limits.take(RateKind::Visitor, "a", now);
        QCOMPARE(allowance->remaining, left);
        QCOMPARE(allowance->wait, 0);
        QCOMPARE(allowance->wholeIn, 2 * (4 - left));
    }
    QCOMPARE(limits.take(RateKind::Visitor, "a", now)->wait, 2);
    QCOMPARE(limits.take(RateKind::Visitor, "a", now + second)->wait, 1); // asking again costs nothing
    QCOMPARE(limits.take(RateKind::Visitor, "a", now + 2 * second)->wait, 0);
    QVERIFY(limits.take(RateKind::Visitor, "a", now + 2 * second)->wait > 0);
    QVERIFY(limits.take(RateKind::Visitor, "a", now)->wait > 0); // a clock that goes back gives nothing
    now += 3600 * second;
    for (int i = 0; i < 4; ++i) // no more than a bucket holds
        QCOMPARE(limits.take(RateKind::Visitor, "a", now)->wait, 0);
    QVERIFY(limits.take(RateKind::Visitor, "a", now)->wait > 0);
    RateLimits none({}, 1);
    QVERIFY(!none.take(RateKind::Visitor, "a", now));
}

void HttpPartsTest::kindsAndClientsAreApart()
{
    RateLimits limits(everyKind({1, 60}), 7);
    constexpr std::int64_t now = second;
    for (std::size_t kind = 0; kind < rateKinds; ++kind)
        for (const char* who : {"192.0.2.1", "192.0.2.2", "account 1", ""}) {
            QCOMPARE(limits.take(static_cast<RateKind>(kind), who, now)->wait, 0);
            QCOMPARE(limits.take(static_cast<RateKind>(kind), who, now)->wait, 60);
        }
}

void HttpPartsTest::aCrowdTakesNoMemoryAndFreesNobody()
{
    // A million addresses through a table of 1024: what they push out are buckets that are hardly used, not the empty ones.
    RateLimits limits(everyKind({100, 1000}), 42, 1024);
    constexpr std::int64_t now = second;
    std::vector<std::string> greedy;
    for (int i = 0; i < 32; ++i)
        greedy.push_back("greedy " + std::to_string(i));
    for (const std::string& who : greedy)
        for (int i = 0; i < 100; ++i)
            QCOMPARE(limits.take(RateKind::Visitor, who, now)->wait, 0);
    for (int i = 0; i < 1'000'000; ++i)
        QCOMPARE(limits.take(RateKind::Visitor, std::to_string(i), now)->wait, 0);
    int freed = 0;
    for (const std::string& who : greedy)
        freed += limits.take(RateKind::Visitor, who, now)->wait == 0 ? 1 : 0;
    QCOMPARE(freed, 0);
}

void HttpPartsTest::addressesThatAreCountedTogether()
{
    QCOMPARE(countedAddress("127.0.0.1"), std::string());
    QCOMPARE(countedAddress("::1"), std::string());
    QCOMPARE(countedAddress("::ffff:127.0.0.9"), std::string());
    QCOMPARE(countedAddress("::ffff:192.0.2.1"), countedAddress("192.0.2.1"));
    QCOMPARE(countedAddress("2001:db8:1:2::1"), countedAddress("2001:db8:1:2:ffff::9"));
    QVERIFY(countedAddress("2001:db8:1:2::1") != countedAddress("2001:db8:1:3::1"));
    QVERIFY(!countedAddress("").empty() && !countedAddress("nonsense").empty());
}

void HttpPartsTest::networksHold_data()
{
    QTest::addColumn<QString>("network");
    QTest::addColumn<QString>("inside");
    QTest::addColumn<QString>("outside");
    QTest::newRow("one") << "192.0.2.1"
                         << "192.0.2.1 ::ffff:192.0.2.1"
                         << "192.0.2.2 ::1 nonsense 192.0.2.1.1";
    QTest::newRow("bytes") << "10.0.0.0/8"
                           << "10.0.0.0 10.255.255.255"
                           << "9.255.255.255 11.0.0.0 ::a00:1";
    QTest::newRow("bits") << "172.16.0.0/12"
                          << "172.16.0.1 172.31.255.255"
                          << "172.15.255.255 172.32.0.0";
    QTest::newRow("last bit") << "192.0.2.2/31"
                              << "192.0.2.2 192.0.2.3"
                              << "192.0.2.1 192.0.2.4";
    QTest::newRow("all of IPv4") << "0.0.0.0/0"
                                 << "255.1.2.3 ::ffff:1.2.3.4"
                                 << "2001:db8::1";
    QTest::newRow("IPv6") << "2001:db8:1::/47"
                          << "2001:db8:0:5::1 2001:db8:1::"
                          << "2001:db8:2:: 192.0.2.1";
    QTest::newRow("one of IPv6") << "::1"
                                 << "::1 0:0:0:0:0:0:0:1"
                                 << "::2 127.0.0.1";
}

void HttpPartsTest::networksHold()
{
    QFETCH(QString, network);
    QFETCH(QString, inside);
    QFETCH(QString, outside);
    const auto networks = Networks::read({network.toStdString()});
    QVERIFY(networks.has_value());
    for (const QString& address : inside.split(' '))
        QVERIFY2(networks->holds(address.toStdString()), qPrintable(address));
    for (const QString& address : outside.split(' '))
        QVERIFY2(!networks->holds(address.toStdString()), qPrintable(address));
}

void HttpPartsTest::noNetwork()
{
    for (const char* bad : {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0/8", "::1/129", "localhost", "10.0.0.1/8x", "fe80::1%eth0"})
        QVERIFY2(!Networks::read({bad}), bad);
    QVERIFY(!Networks::read({})->holds("127.0.0.1"));
}

void HttpPartsTest::tagsOfCodings()
{
    Request request;
    request.headers = {{"accept-encoding", "gzip"}, {"if-none-match", R"(W/"a-gzip", "b-gzip", "c", "-gzip")"}};
    forgetCodingOfTags(request);
    QCOMPARE(std::string(request.header("if-none-match")), std::string(R"(W/"a", "b", "c", "")"));
    Response response = textResponse(std::string(5000, 'a'), "application/json");
    response.with("ETag", "\"x\"").with("Vary", "Accept");
    compress(request, response);
    QCOMPARE(response.headers[1].second, std::string("\"x-gzip\""));
    QCOMPARE(response.headers[2].second, std::string("Accept, Accept-Encoding"));
    QVERIFY(response.body.size() < 100);
    Response unchanged;
    unchanged.status = 304;
    unchanged.with("Content-Type", "application/json").with("ETag", "\"x\"");
    compress(request, unchanged);
    QCOMPARE(unchanged.headers[1].second, std::string("\"x-gzip\""));
    QCOMPARE(unchanged.headers[2].second, std::string("Accept-Encoding"));
}

void HttpPartsTest::whatIsNotCompressed()
{
    Request request;
    request.headers = {{"accept-encoding", "gzip"}};
    const std::string body(5000, 'a');
    const auto isLeft = [&](Response response) {
        const std::string before = response.body;
        compress(request, response);
        return response.body == before && std::ranges::none_of(response.headers, [](const auto& header) { return header.second == "gzip"; });
    };
    QVERIFY(!isLeft(textResponse(body, "text/html; charset=utf-8")));
    QVERIFY(!isLeft(textResponse(body, "application/activity+json")));
    QVERIFY(isLeft(textResponse(body, "image/png")));
    QVERIFY(isLeft(textResponse(body, "application/octet-stream")));
    QVERIFY(isLeft(textResponse(body, "text/html").with("Cache-Control", "private, no-store")));
    QVERIFY(isLeft(textResponse(body, "text/html").with("Set-Cookie", "a=b")));
    QVERIFY(isLeft(textResponse(body, "text/html").with("Content-Encoding", "br")));
    QVERIFY(isLeft(textResponse(body, "text/html", 206)));
    QVERIFY(isLeft(textResponse(body.substr(0, 500), "text/html")));
    Response visit = textResponse(body, "text/html");
    visit.keepsVisit = true;
    QVERIFY(isLeft(visit));
}

void HttpPartsTest::linesOfTheLogCannotBeForged()
{
    const std::string hostile = "a\nlevel=error event=\"x\" \\ \x80 \x1b[31m";
    setLog(LogLevel::Info, true);
    const QByteArray json = told([&] {
        LogLine(LogLevel::Info, "request").text("client", hostile).number("status", 200).decimal("ms", 1.25).flag("cut").write();
        LogLine(LogLevel::Debug, "unseen").text("a", "b").write();
    });
    QCOMPARE(json.count('\n'), 1);
    const auto read = readJson(std::string_view(json.constData(), static_cast<std::size_t>(json.size())));
    QVERIFY(read.has_value());
    QCOMPARE((*read)["status"].get<int>(), 200);
    QCOMPARE((*read)["level"].get<std::string>(), std::string("info"));
    QVERIFY((*read)["client"].get<std::string>().starts_with("a\nlevel=error"));
    setLog(LogLevel::Warning, false);
    const QByteArray plain = told([&] {
        LogLine(LogLevel::Info, "unseen").write();
        LogLine(LogLevel::Error, "fault").text("what", hostile).text("empty", "").text("route", "/a/{b}").write();
    });
    QCOMPARE(plain.count('\n'), 1);
    QVERIFY(!plain.contains('\x1b'));
    QVERIFY2(plain.contains(" error fault what=\"a\\nlevel=error event=\\\"x\\\" ") && plain.endsWith(" empty=\"\" route=/a/{b}\n"), plain.constData());
}

void HttpPartsTest::labelsAreEscaped()
{
    MetricsText text;
    text.family("a", "gauge", "b");
    text.sample(1, {{"c", "d\"e\\f\ng"}, {"h", "i"}});
    text.sample(0.5);
    QCOMPARE(text.text(), std::string("# HELP a b\n# TYPE a gauge\na{c=\"d\\\"e\\\\f\\ng\",h=\"i\"} 1\na 0.5\n"));
}

void HttpPartsTest::answersAreKeptForOneStateAndOneSecond()
{
    KeptAnswers kept;
    const std::int64_t now = 1'000 * second;
    kept.keep("note", 7, now, textResponse("old", "text/plain").with("Vary", "Accept"));
    const auto found = kept.find("note", 7, now + second - 1);
    QVERIFY(found && found->body == "old" && found->headers == textResponse("old", "text/plain").with("Vary", "Accept").headers);
    QVERIFY(!kept.find("page", 7, now));
    QVERIFY(!kept.find("note", 7, now + second));
    QVERIFY(!kept.find("note", 7, now - 1)); // a clock that was set back
    QVERIFY(!kept.find("note", 8, now));     // something was written since
    kept.keep("note", 8, now, textResponse("new", "text/plain"));
    kept.keep("note", 7, now, textResponse("old", "text/plain")); // by one who began before that
    QVERIFY(kept.find("note", 8, now)->body == "new");
    QVERIFY(!kept.find("note", 7, now));
}

void HttpPartsTest::keptAnswersTakeOnlySoMuch()
{
    KeptAnswers kept;
    const std::size_t half = KeptAnswers::mostBytes / 2;
    for (const char* key : {"a", "b"})
        kept.keep(key, 1, 0, textResponse(std::string(half, 'x'), "text/plain"));
    QVERIFY(kept.find("a", 1, 0) && kept.find("b", 1, 0));
    kept.keep("c", 1, 0, textResponse("one more", "text/plain"));
    QVERIFY(!kept.find("a", 1, 0) && !kept.find("b", 1, 0) && kept.find("c", 1, 0));
}

void HttpPartsTest::whoAsksForOthersMustSaySo_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("isUnnamed");
    QTest::newRow("a trusted proxy that says nothing") << "127.0.0.1"
                                                       << ""
                                                       << "" << true;
    QTest::newRow("one that says only how") << "127.0.0.1"
                                            << "x-forwarded-proto"
                                            << "https" << true;
    QTest::newRow("one that does not know") << "127.0.0.1"
                                            << "x-forwarded-for"
                                            << "unknown" << true;
    QTest::newRow("one that says it") << "127.0.0.1"
                                      << "x-forwarded-for"
                                      << "192.0.2.1" << false;
    QTest::newRow("one that says it by RFC 7239") << "127.0.0.1"
                                                  << "forwarded"
                                                  << "for=192.0.2.1" << false;
    QTest::newRow("a client without a proxy") << "192.0.2.1"
                                              << ""
                                              << "" << false;
}

void HttpPartsTest::whoAsksForOthersMustSaySo()
{
    QFETCH(QString, peer);
    QFETCH(QString, name);
    QFETCH(QString, value);
    Request request;
    request.peer = peer.toStdString();
    if (!name.isEmpty())
        request.headers.emplace_back(name.toStdString(), value.toStdString());
    readForwarding(request, *Networks::read({"127.0.0.1"}));
    QTEST(request.isUnnamed, "isUnnamed");
}

QTEST_GUILESS_MAIN(HttpPartsTest)
#include "http_parts_test.moc"
