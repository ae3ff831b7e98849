// SPDX-License-Identifier: GPL-3.0-or-later
// Federation without a network: what is planned, when it is tried again, what is believed of what was fetched.
#include "core/base/files.h"
#include "core/net/domain_name.h"
#include "server/db/activities.h"
#include "server/db/deliveries.h"
#include "server/db/domain_blocks.h"
#include "server/db/follows.h"
#include "server/l2/delivery_rules.h"
#include "server/l2/federation.h"
#include "server/l2/fetch_document.h"

#include <QTemporaryDir>
#include <QTest>

#include <ctime>
#include <map>
#include <thread>

using namespace artdag;
using namespace artdag::server;

namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t day = 24 * 3600 * second;

/// Answers from a table; counts what it is asked for.
class TableClient final : public HttpClient {
public:
    std::map<std::string, HttpAnswer> answers;
    std::map<std::string, int> asked;
    std::vector<HttpRequest> requests;
    Result<HttpAnswer> send(const HttpRequest& request) override
    {
        ++asked[request.url];
        requests.push_back(request);
        const auto found = answers.find(request.url);
        if (found == answers.end())
            return HttpAnswer{404, {}, "", request.url};
        return found->second;
    }
};

HttpAnswer document(const Json& json, const std::string& type = "application/activity+json")
{
    return {200, {{"content-type", type}}, json.dump(), ""};
}

} // namespace

class FederationPartsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void attemptsAreJudged_data();
    void attemptsAreJudged();
    void waitsGrowAndAreSpread();
    void readKeysAreKeptByTheirText();
    void aDeleteDropsAWaitingCreate();
    void aChangeWaitsForWhatCameBefore();
    void noMoreThanTwoOfOneHostAtATime();
    void aHostThatFailsForAWeekIsGivenUpUntilItIsHeard();
    void aHundredThousandFollowersArePlannedInASecond_data();
    void aHundredThousandFollowersArePlannedInASecond();
    void domainsHaveOneSpelling_data();
    void domainsHaveOneSpelling();
    void aBlockHoldsForEverythingUnderADomain_data();
    void aBlockHoldsForEverythingUnderADomain();
    void documentsAreBelievedOnlyFromTheirOrigin_data();
    void documentsAreBelievedOnlyFromTheirOrigin();
    void failedFetchesAreNotRepeated();
    void fetchesAreSignedForEachHostAndCarryNothingElse();
    void privateAddressesAreNeverFetched_data();
    void privateAddressesAreNeverFetched();

private:
    /// A site of that name with user 1 and `count` followers on as many hosts as asked for.
    void follow(std::int64_t count, std::int64_t hosts)
    {
        auto lease = std::move(*m_site->database->lease());
        auto transaction = std::move(*lease.begin());
        const std::string numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1) ";
        auto* actors = *lease.statement(numbers + "INSERT INTO actors (uri, host, type, name, display_name, summary, url, icon, inbox, shared_inbox, followers_url, key_id, key_pem, document, fetched_at) "
                                                  "SELECT 'https://h' || (i % $2) || '.example/users/' || i, 'h' || (i % $2) || '.example', 'Person', 'n', 'n', '', '', '', 'https://h' || (i % $2) || '.example/users/' || i || '/inbox', "
                                                  "'https://h' || (i % $2) || '.example/inbox', '', '', '', '', 1 FROM n");
        actors->bind(1, count).bind(2, hosts);
        QVERIFY(actors->run());
        QVERIFY((*lease.statement("INSERT INTO followers (user_id, actor_id, follow_uri, state, created_at) SELECT 1, id, uri || '/follow', 'accepted', id FROM actors"))->run());
        QVERIFY(transaction.commit());
    }
    Activity record(const std::string& type, const std::string& object)
    {
        const std::string actor = "https://l2.example/users/giles";
        Activity activity;
        activity.uuid = "u" + std::to_string(++m_uuids);
        activity.userId = 1;
        activity.type = type;
        activity.published = nowMicroseconds();
        activity.bytes = Json{{"id", "https://l2.example/activities/" + activity.uuid}, {"type", type}, {"actor", actor}, {"to", Json::array({"https://www.w3.org/ns/activitystreams#Public"})}, {"cc", Json::array({actor + "/followers"})}, {"object", Json{{"id", object}}}}.dump();
        auto lease = std::move(*m_site->database->lease());
        auto transaction = std::move(*lease.begin());
        activity = *recordActivity(lease, activity);
        CHECK(transaction.commit());
        return activity;
    }
    std::int64_t waiting() { return *countDeliveries(*m_site->database); }
    std::optional<Delivery> claim(std::int64_t now = nowMicroseconds() + second) { return *claimDelivery(*m_site->database, now, now + 60 * second); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Site> m_site;
    int m_uuids = 0;
};

void FederationPartsTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    const std::filesystem::path keys = std::filesystem::path(m_directory->path().toStdString()) / "keys";
    std::filesystem::create_directories(keys); // one key for all: it takes long to make
    static const std::string pem = SigningKey::generate(KeyAlgorithm::Rsa2048)->pem();
    QVERIFY(writeFileAtomically(keys / "actor.pem", bytesOf(pem), 0600));
    SiteOptions options;
    options.directory = m_directory->path().toStdString();
    options.domain = "l2.example";
    options.publicUrl = "https://l2.example";
    m_site = std::move(*openSite(options));
    User giles;
    giles.name = "giles";
    QVERIFY(addUser(*m_site->database, giles));
}

void FederationPartsTest::cleanup()
{
    m_site.reset();
}

void FederationPartsTest::attemptsAreJudged_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("tries");
    QTest::addColumn<bool>("otherForm");
    QTest::addColumn<int>("outcome");
    auto row = [](int status, int tries, bool otherForm, Outcome outcome) { QTest::addRow("%d after %d%s", status, tries, otherForm ? " in both forms" : "") << status << tries << otherForm << static_cast<int>(outcome); };
    for (const int status : {200, 201, 202, 204})
        row(status, 0, false, Outcome::Delivered);
    for (const int status : {400, 403, 404, 405, 413, 415, 422}) {
        row(status, 0, false, Outcome::Retry);
        row(status, 1, false, Outcome::Drop);
    }
    row(401, 0, false, Outcome::SignOtherWay);
    row(401, 0, true, Outcome::Retry);
    row(401, 1, true, Outcome::Drop);
    row(410, 0, false, Outcome::Gone);
    for (const int status : {0, 408, 429, 500, 502, 503, 504, 302}) {
        row(status, 0, false, Outcome::Retry);
        row(status, 9, false, Outcome::Retry);
        row(status, 15, false, Outcome::Drop);
    }
}

void FederationPartsTest::attemptsAreJudged()
{
    QFETCH(int, status);
    QFETCH(int, tries);
    QFETCH(bool, otherForm);
    QFETCH(int, outcome);
    QCOMPARE(static_cast<int>(judge({status, tries, "", otherForm}, 0.5, 0).outcome), outcome);
}

void FederationPartsTest::waitsGrowAndAreSpread()
{
    const std::int64_t minutes[] = {1, 5, 15, 60, 180, 360, 720, 1440, 1440};
    for (int tries = 0; tries < 9; ++tries) {
        const std::int64_t middle = minutes[tries] * 60 * second;
        QCOMPARE(judge({500, tries, "", false}, 0.5, 0).wait, middle);
        QCOMPARE(judge({500, tries, "", false}, 0.0, 0).wait, middle * 8 / 10);
        QVERIFY(judge({500, tries, "", false}, 0.999, 0).wait <= middle * 12 / 10);
    }
    QCOMPARE(judge({429, 0, "7200", false}, 0.5, 0).wait, 7200 * second);
    QCOMPARE(judge({503, 0, "Thu, 01 Jan 1970 02:00:00 GMT", false}, 0.5, 3600).wait, 3600 * second);
    QCOMPARE(judge({503, 0, "soon", false}, 0.5, 0).wait, 60 * second);
    QCOMPARE(judge({503, 0, "99999999999", false}, 0.5, 0).wait, day);
}

void FederationPartsTest::readKeysAreKeptByTheirText()
{
    KeyCache cache;
    const Bytes message(10, 1);
    const SigningKey first = *SigningKey::generate(KeyAlgorithm::Rsa2048);
    const Bytes signature = *first.sign(message);
    QVERIFY(!cache.read("no key") && !cache.read(""));
    QCOMPARE(cache.size(), std::size_t{0});
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int j = 0; j < 50; ++j)
                good += cache.read(first.publicKey().pem())->verify(message, signature) ? 1 : 0;
        });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(good.load(), 200);
    QCOMPARE(cache.size(), std::size_t{1});
    for (int i = 0; i < 1600; ++i) {
        const SigningKey other = *SigningKey::generate(KeyAlgorithm::Ed25519);
        const auto key = cache.read(other.publicKey().pem());
        QVERIFY(key && !key->verify(message, signature)); // another text is another key
        QVERIFY(key->verify(message, *other.sign(message)));
        if (i % 100 == 0)
            QVERIFY(cache.read(first.publicKey().pem())->verify(message, signature));
        QVERIFY(cache.size() <= 1000);
    }
}

void FederationPartsTest::aDeleteDropsAWaitingCreate()
{
    follow(3, 3);
    record("Create", "https://l2.example/objects/a");
    record("Create", "https://l2.example/objects/b");
    QCOMPARE(waiting(), 6);
    record("Delete", "https://l2.example/objects/a");
    QCOMPARE(waiting(), 6); // three Creates of b, three Deletes of a
    for (int i = 0; i < 6; ++i) {
        const auto delivery = claim();
        QVERIFY(delivery);
        const Json activity = *readJson(delivery->bytes);
        QVERIFY((activity["type"] == "Create") == (activity["object"]["id"] == "https://l2.example/objects/b"));
        QVERIFY(finishDelivery(*m_site->database, *delivery, true));
    }
    QCOMPARE(waiting(), 0);
}

void FederationPartsTest::aChangeWaitsForWhatCameBefore()
{
    follow(1, 1);
    record("Create", "https://l2.example/objects/a");
    record("Update", "https://l2.example/objects/a");
    const auto create = claim();
    QCOMPARE((*readJson(create->bytes))["type"].get<std::string>(), "Create");
    QVERIFY(!claim()); // the Update waits although it is due
    const std::int64_t now = nowMicroseconds();
    QVERIFY(retryDelivery(*m_site->database, *create, now, now + 60 * second, "no answer"));
    QVERIFY(!claim());
    QCOMPARE((*readJson(claim(now + 61 * second)->bytes))["type"].get<std::string>(), "Create");
    QVERIFY(finishDelivery(*m_site->database, *create, true));
    QCOMPARE((*readJson(claim(now + 61 * second)->bytes))["type"].get<std::string>(), "Update");
}

void FederationPartsTest::noMoreThanTwoOfOneHostAtATime()
{
    follow(2, 2);
    for (const char* object : {"a", "b", "c", "d"})
        record("Create", std::string("https://l2.example/objects/") + object);
    std::map<std::string, int> hosts;
    while (const auto delivery = claim())
        ++hosts[delivery->host];
    QCOMPARE(hosts.size(), std::size_t{2});
    for (const auto& [host, count] : hosts)
        QCOMPARE(count, 2);
}

void FederationPartsTest::aHostThatFailsForAWeekIsGivenUpUntilItIsHeard()
{
    follow(2, 2);
    record("Create", "https://l2.example/objects/a");
    const std::int64_t now = nowMicroseconds() + second;
    const auto first = *claim(now);
    QVERIFY(retryDelivery(*m_site->database, first, now, now + 6 * day, "no answer"));
    QCOMPARE(waiting(), 2);
    QVERIFY(retryDelivery(*m_site->database, first, now + 6 * day, now + 8 * day, "no answer"));
    QCOMPARE(waiting(), 2);
    QVERIFY(retryDelivery(*m_site->database, first, now + 8 * day, now + 9 * day, "no answer"));
    QCOMPARE(waiting(), 1); // what waited for it is dropped, and nothing new is planned
    record("Create", "https://l2.example/objects/b");
    QCOMPARE(waiting(), 2);
    auto lease = std::move(*m_site->database->lease());
    QVERIFY(hearFrom(lease, first.host, now + 9 * day));
    record("Create", "https://l2.example/objects/c");
    QCOMPARE(waiting(), 4);
}

void FederationPartsTest::aHundredThousandFollowersArePlannedInASecond_data()
{
    QTest::addColumn<int>("hosts");
    QTest::addColumn<int>("milliseconds");
    QTest::newRow("on 5,000 servers") << 5'000 << 1'000;
    QTest::newRow("each on its own server") << 100'000 << 10'000; // there are not so many servers; it must only work
}

void FederationPartsTest::aHundredThousandFollowersArePlannedInASecond()
{
    QFETCH(int, hosts);
    QFETCH(int, milliseconds);
    follow(100'000, hosts);
    const auto before = std::chrono::steady_clock::now();
    record("Create", "https://l2.example/objects/a");
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - before).count();
    qInfo("%lld ms", static_cast<long long>(took));
    QCOMPARE(waiting(), hosts);
    QVERIFY(took < milliseconds);
    QVERIFY(claim());
}

void FederationPartsTest::domainsHaveOneSpelling_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("normal");
    auto row = [](const char* written, const char* normal) { QTest::newRow(written) << QString::fromUtf8(written) << QString::fromUtf8(normal); };
    row("Example.COM", "example.com");
    row("example.com.", "example.com");
    row("bücher.example", "xn--bcher-kva.example");
    row("BÜCHER.example", "xn--bcher-kva.example");
    row("münchen。example", "xn--mnchen-3ya.example");
    row("例え.テスト", "xn--r8jz45g.xn--zckzah");
    row("пример.испытание", "xn--e1afmkfd.xn--80akhbyknj4f");
    row("", "");
    row(".", "");
    row("a..b", "");
    row("exa mple", "");
    row("a/b", "");
}

void FederationPartsTest::domainsHaveOneSpelling()
{
    QFETCH(QString, written);
    QFETCH(QString, normal);
    const auto domain = normalDomain(written.toStdString());
    QCOMPARE(domain ? QString::fromStdString(*domain) : QString(), normal);
}

void FederationPartsTest::aBlockHoldsForEverythingUnderADomain_data()
{
    QTest::addColumn<QString>("blocked");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("holds");
    QTest::newRow("itself") << "bad.example"
                            << "bad.example" << true;
    QTest::newRow("with a port") << "bad.example"
                                 << "bad.example:8443" << true;
    QTest::newRow("under it") << "bad.example"
                              << "social.very.bad.example" << true;
    QTest::newRow("trailing dot") << "bad.example"
                                  << "bad.example." << true;
    QTest::newRow("capitals") << "bad.example"
                              << "BAD.Example" << true;
    QTest::newRow("punycode") << "böse.example"
                              << "xn--bse-sna.example" << true;
    QTest::newRow("blocked with a dot") << "bad.example."
                                        << "a.bad.example" << true;
    QTest::newRow("the same end") << "bad.example"
                                  << "notbad.example" << false;
    QTest::newRow("above it") << "very.bad.example"
                              << "bad.example" << false;
    QTest::newRow("another") << "bad.example"
                             << "good.example" << false;
}

void FederationPartsTest::aBlockHoldsForEverythingUnderADomain()
{
    QFETCH(QString, blocked);
    QFETCH(QString, host);
    QFETCH(bool, holds);
    auto lease = std::move(*m_site->database->lease());
    QVERIFY(putDomainBlock(lease, {.domain = blocked.toStdString(), .severity = "suspend"}));
    QCOMPARE(*isSuspended(lease, host.toStdString()), holds);
    QCOMPARE(!checkNotSuspended(*m_site, host.toStdString()).has_value(), holds);
}

void FederationPartsTest::documentsAreBelievedOnlyFromTheirOrigin_data()
{
    QTest::addColumn<QString>("case_");
    QTest::addColumn<bool>("believed");
    QTest::newRow("its own") << "own" << true;
    QTest::newRow("linked data with the profile") << "ld" << true;
    QTest::newRow("redirected within its server") << "redirect" << true;
    QTest::newRow("under another id of its server, which agrees") << "renamed" << true;
    QTest::newRow("under another id that does not agree") << "wandering" << false;
    QTest::newRow("an id of another server") << "foreign" << false;
    QTest::newRow("redirected to another server that claims the id") << "stolen" << false;
    QTest::newRow("plain JSON") << "json" << false;
    QTest::newRow("linked data without the profile") << "bare ld" << false;
    QTest::newRow("a page") << "html" << false;
    QTest::newRow("redirected to http") << "downgrade" << false;
    QTest::newRow("redirected four times") << "round" << false;
    QTest::newRow("redirected to a blocked server") << "blocked" << false;
    QTest::newRow("too deep") << "deep" << false;
    QTest::newRow("a member twice") << "twice" << false;
}

void FederationPartsTest::documentsAreBelievedOnlyFromTheirOrigin()
{
    QFETCH(QString, case_);
    QFETCH(bool, believed);
    auto client = std::make_unique<TableClient>();
    const std::string id = "https://a.example/1";
    auto redirect = [](const std::string& to) { return HttpAnswer{302, {{"location", to}}, "", ""}; };
    auto& answers = client->answers;
    answers[id] = document(Json{{"id", id}, {"type", "Note"}});
    if (case_ == "ld" || case_ == "bare ld")
        answers[id].headers[0].second = case_ == "ld" ? "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"" : "application/ld+json";
    else if (case_ == "redirect") {
        answers[id] = redirect("/2");
        answers["https://a.example/2"] = document(Json{{"id", id}});
    } else if (case_ == "renamed" || case_ == "wandering") {
        answers[id] = document(Json{{"id", "https://a.example/2"}});
        answers["https://a.example/2"] = document(Json{{"id", case_ == "renamed" ? "https://a.example/2" : "https://a.example/3"}});
    } else if (case_ == "foreign")
        answers[id] = document(Json{{"id", "https://b.example/1"}});
    else if (case_ == "stolen") {
        answers[id] = redirect("https://b.example/1");
        answers["https://b.example/1"] = document(Json{{"id", id}});
    } else if (case_ == "json" || case_ == "html")
        answers[id].headers[0].second = case_ == "json" ? "application/json" : "text/html";
    else if (case_ == "downgrade")
        answers[id] = redirect("http://a.example/1");
    else if (case_ == "round")
        answers[id] = redirect(id);
    else if (case_ == "blocked") {
        auto lease = std::move(*m_site->database->lease());
        QVERIFY(putDomainBlock(lease, {.domain = "bad.example", .severity = "suspend"}));
        answers[id] = redirect("https://bad.example/1");
        answers["https://bad.example/1"] = document(Json{{"id", "https://bad.example/1"}});
    } else if (case_ == "deep")
        answers[id].body = "{\"id\":\"" + id + "\",\"a\":" + std::string(40, '[') + std::string(40, ']') + "}";
    else if (case_ == "twice")
        answers[id].body = "{\"id\":\"https://a.example/0\",\"id\":\"" + id + "\"}";
    TableClient& asked = *client;
    m_site->federation->http = std::move(client);
    QCOMPARE(fetchDocument(*m_site, id).has_value(), believed);
    if (case_ == "blocked")
        QCOMPARE(asked.asked.count("https://bad.example/1"), std::size_t{0});
    if (case_ == "round")
        QCOMPARE(asked.asked[id], 4);
}

void FederationPartsTest::failedFetchesAreNotRepeated()
{
    auto client = std::make_unique<TableClient>();
    TableClient& asked = *client;
    m_site->federation->http = std::move(client);
    for (int i = 0; i < 5; ++i)
        QVERIFY(!fetchDocument(*m_site, "https://a.example/none"));
    QCOMPARE(asked.asked["https://a.example/none"], 1);
}

void FederationPartsTest::fetchesAreSignedForEachHostAndCarryNothingElse()
{
    auto client = std::make_unique<TableClient>();
    TableClient& asked = *client;
    client->answers["https://a.example/1"] = HttpAnswer{302, {{"location", "https://b.example/1"}}, "", ""};
    client->answers["https://b.example/1"] = document(Json{{"id", "https://b.example/1"}});
    m_site->federation->http = std::move(client);
    QVERIFY(fetchDocument(*m_site, "https://a.example/1"));
    std::vector<std::string> signatures;
    for (const HttpRequest& request : asked.requests)
        for (const auto& [name, value] : request.headers) {
            QVERIFY(name == "Accept" || name == "Date" || name == "Signature");
            if (name == "Signature")
                signatures.push_back(value);
        }
    QCOMPARE(signatures.size(), asked.requests.size());
    QVERIFY(signatures[0].find("https://l2.example/actor#main-key") != std::string::npos);
    QVERIFY(signatures[0] != signatures[1]);
}

void FederationPartsTest::privateAddressesAreNeverFetched_data()
{
    QTest::addColumn<QString>("url");
    for (const char* url : {"https://127.0.0.1/a", "https://localhost/a", "https://localhost.localdomain/a", "http://example.com/a", "https://10.0.0.1/a", "https://[::1]/a", "https://[::ffff:127.0.0.1]/a", "https://0.0.0.0/a", "https://2130706433/a", "https://0x7f.1/a",
             "https://0177.0.0.1/a", "https://127.0.0.1./a", "https://user@example.com/a", "https://example.com:8443/a", "https://example.com\\@127.0.0.1/a", "file:///etc/passwd", "gopher://127.0.0.1/a", "https://169.254.169.254/latest/meta-data", "https://router/a"})
        QTest::newRow(url) << url;
}

void FederationPartsTest::privateAddressesAreNeverFetched()
{
    QFETCH(QString, url);
    const auto fetched = fetchDocument(*m_site, url.toStdString());
    QVERIFY(!fetched);
    QVERIFY2(fetched.error().fault == Fault::Denied || url.startsWith("https://localhost"), fetched.error().message.c_str());
}

QTEST_GUILESS_MAIN(FederationPartsTest)
#include "federation_parts_test.moc"
