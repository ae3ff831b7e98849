// SPDX-License-Identifier: GPL-3.0-or-later
// The real artdagd as a server: accounts, refusals, hostile requests, large bodies, stopping.
#include "core/identity/keys.h"
#include "server/l2/tokens.h"
#include "tests/server/server_process.h"

#include <QTest>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace artdag;

namespace {

/// What the server says to exactly these bytes, until it closes or is silent for two seconds.
QByteArray rawAnswer(const std::string& url, const std::string& bytes)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    const timeval patience{2, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    QByteArray answer;
    if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0) {
        char block[4096];
        for (ssize_t count = 0; (count = ::recv(fd, block, sizeof block, 0)) > 0;)
            answer.append(block, static_cast<int>(count));
    }
    ::close(fd);
    return answer;
}

} // namespace

class ServingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void healthAndDescriptionAreThere();
    void refusals_data();
    void refusals();
    void badTokensGetA401_data();
    void badTokensGetA401();
    void hostileRequestsAreRefused_data();
    void hostileRequestsAreRefused();
    void logoutRevokesTheToken();
    void wrongPasswordsSlowThatAccountDown();
    void webfingerAnswers();
    void oneUrlServesPeopleAndServers();
    void mediaHasRangesTagsAndSafeHeaders();
    void aConnectionServesManyRequests();
    void aHundredMegabytesNeedNoMemory();
    void tooLongAnUploadIsRefused();
    void secretsAreForOurEyesOnly();
    void theFirstAccountIsTheOwnerAndOthersWait();
    void itStopsWhenAskedAndRemembers();
    void theDomainCannotChangeAfterAWork();

private:
    ServerProcess m_server;
    std::string m_giles;
};

void ServingTest::initTestCase()
{
    QVERIFY(m_server.start());
    m_giles = m_server.tokenOf("giles");
    QVERIFY(!m_giles.empty());
}

void ServingTest::healthAndDescriptionAreThere()
{
    QCOMPARE((*readJson(m_server.get("/healthz").body))["status"].get<std::string>(), "ok");
    QCOMPARE(m_server.get("/l1/healthz").status, 200);
    const Json description = *readJson(m_server.get("/openapi.json").body);
    QCOMPARE(description["openapi"].get<std::string>(), "3.1.0");
    QVERIFY(description["paths"].contains("/assets/@{user}/{name}"));
    QCOMPARE((*readJson(m_server.get("/.well-known/nodeinfo").body))["links"][1]["href"].get<std::string>(), m_server.url() + "/nodeinfo/2.1");
    const Json nodeinfo = *readJson(m_server.get("/nodeinfo/2.1").body);
    QCOMPARE(nodeinfo["usage"]["users"]["total"].get<int>(), 1);
    QCOMPARE(nodeinfo["protocols"].dump(), Json::array({"activitypub"}).dump());
}

void ServingTest::refusals_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("loggedIn");
    QTest::addColumn<int>("status");
    const QString hash = "sha3-256:" + QString("ab").repeated(32);
    auto row = [](const char* name, const char* method, const QString& path, const QByteArray& body, bool loggedIn, int status) { QTest::newRow(name) << method << path << body << loggedIn << status; };
    row("unknown path", "GET", "/nothing", "", false, 404);
    row("wrong method", "DELETE", "/assets", "", true, 405);
    row("publish without token", "POST", "/assets", "{}", false, 401);
    row("upload without token", "POST", "/media", "bytes", false, 401);
    row("me without token", "GET", "/auth/me", "", false, 401);
    row("traversal", "GET", "/media/..%2f..%2fartdagd.sqlite", "", false, 400);
    row("traversal by backslash", "GET", "/media/..%5cartdagd.sqlite", "", false, 400);
    row("NUL", "GET", "/media/a%00.mp4", "", false, 400);
    row("short hash", "GET", "/media/abc123", "", false, 400);
    row("malformed object", "GET", "/objects/abc123...", "", false, 400);
    row("hash in capitals", "GET", "/objects/" + QString("AB").repeated(32), "", false, 400);
    row("unknown object", "GET", "/objects/" + hash, "", false, 404);
    row("unknown media", "GET", "/media/" + hash, "", false, 404);
    row("unknown user", "GET", "/users/nobody_here", "", false, 404);
    row("unknown activity", "GET", "/activities/0192", "", false, 404);
    row("activity zero", "GET", "/activity/0", "", false, 400);
    row("unknown avatar", "GET", "/media/avatars/nobody.png", "", false, 404);
    row("avatar of another type", "GET", "/media/avatars/giles.svg", "", false, 404);
    row("no JSON", "POST", "/auth/login", "user=giles", false, 400);
    row("a list", "POST", "/auth/login", "[]", false, 400);
    row("a member twice", "POST", "/auth/login", R"({"user":"a","user":"b","password":"c"})", false, 400);
    row("deep nesting", "POST", "/auth/login", QByteArray("[").repeated(500'000), false, 400);
    row("too long a body", "POST", "/auth/login", QByteArray(2 << 20, ' '), false, 413);
    row("a body where none is taken", "GET", "/healthz", "body", false, 413);
    row("user name in capitals", "POST", "/auth/register", R"({"user":"Giles","password":"long enough"})", false, 400);
    row("user name with a slash", "POST", "/auth/register", R"({"user":"a/../b","password":"long enough"})", false, 400);
    row("reserved user name", "POST", "/auth/register", R"({"user":"admin","password":"long enough"})", false, 400);
    row("user name is taken", "POST", "/auth/register", R"({"user":"giles","password":"long enough"})", false, 409);
    row("short password", "POST", "/auth/register", R"({"user":"new_one","password":"short"})", false, 400);
    row("wrong password", "POST", "/auth/login", R"({"user":"giles","password":"wrong horse"})", false, 401);
    row("unknown account", "POST", "/auth/login", R"({"user":"nobody","password":"wrong horse"})", false, 401);
    row("asset without name", "POST", "/assets", R"({"content_hash":")" + hash.toUtf8() + R"(","asset_type":"video"})", true, 400);
    row("asset name with dots", "POST", "/assets", R"({"name":"../x","content_hash":")" + hash.toUtf8() + R"(","asset_type":"video"})", true, 400);
    row("reserved asset name", "POST", "/assets", R"({"name":"record-run","content_hash":")" + hash.toUtf8() + R"(","asset_type":"video"})", true, 400);
    row("malformed hash", "POST", "/assets", R"({"name":"x","content_hash":"abc123...","asset_type":"video"})", true, 400);
    row("unknown type", "POST", "/assets", R"({"name":"x","content_hash":")" + hash.toUtf8() + R"(","asset_type":"virus"})", true, 400);
    row("unknown visibility", "POST", "/assets", R"({"name":"x","content_hash":")" + hash.toUtf8() + R"(","asset_type":"video","visibility":"secret"})", true, 400);
    row("a tag with markup", "POST", "/assets", R"({"name":"x","content_hash":")" + hash.toUtf8() + R"(","asset_type":"video","tags":["<b>"]})", true, 400);
    row("tags of numbers", "POST", "/assets", R"({"name":"x","content_hash":")" + hash.toUtf8() + R"(","asset_type":"video","tags":[1]})", true, 400);
    row("empty upload", "POST", "/media", "", true, 400);
    row("upload of other bytes than announced", "POST", "/media?content_hash=" + hash, "bytes", true, 400);
    row("limit of a list", "GET", "/assets?limit=1000", "", false, 400);
    row("cursor of another world", "GET", "/assets?cursor=abc", "", false, 400);
    row("webfinger without resource", "GET", "/.well-known/webfinger", "", false, 400);
    row("webfinger with nonsense", "GET", "/.well-known/webfinger?resource=giles", "", false, 400);
    row("webfinger of another host", "GET", "/.well-known/webfinger?resource=acct:giles@other.example", "", false, 404);
}

void ServingTest::refusals()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(bool, loggedIn);
    QFETCH(int, status);
    const HttpAnswer answer = m_server.call(method.toStdString(), path.toStdString(), body.toStdString(), loggedIn ? m_giles : "", {{"Content-Type", "application/json"}, {"Accept", "application/json"}});
    QVERIFY2(answer.status == status, (std::to_string(answer.status) + " " + answer.body).c_str());
    QCOMPARE(std::string(answer.header("content-type")), "application/problem+json");
    const Json problem = *readJson(answer.body);
    QCOMPARE(problem["status"].get<int>(), status);
    QVERIFY(!problem["detail"].get<std::string>().empty());
    QCOMPARE(std::string(answer.header("x-content-type-options")), "nosniff");
    if (status == 405)
        QVERIFY(answer.header("allow").find("POST") != std::string_view::npos);
    QCOMPARE(m_server.get("/healthz").status, 200);
}

void ServingTest::badTokensGetA401_data()
{
    QTest::addColumn<QByteArray>("token");
    const auto secret = readFile(m_server.data().toStdString() + "/secrets/jwt_secret");
    QVERIFY(secret.has_value());
    const std::int64_t now = QDateTime::currentSecsSinceEpoch();
    const server::TokenRealm realm{m_server.url(), "artdag-l2 " + m_server.url(), *secret};
    auto row = [](const char* name, const std::string& token) { QTest::newRow(name) << QByteArray::fromStdString(token); };
    QCOMPARE(m_server.get("/auth/me", "*/*", server::makeToken(realm, {"giles", "read", "good", now, now, now + 60})).status, 200); // the table starts from a good one
    row("nonsense", "nonsense");
    row("alg none", base64Url(bytesOf(std::string(R"({"alg":"none","typ":"JWT"})"))) + m_giles.substr(m_giles.find('.'), m_giles.rfind('.') - m_giles.find('.')) + ".");
    row("cut", m_giles.substr(0, m_giles.size() - 1));
    row("expired", server::makeToken(realm, {"giles", "read", "x", now - 100, now - 100, now - 1}));
    row("another server's", server::makeToken({"https://other.example", realm.audience, *secret}, {"giles", "read", "x", now, now, now + 60}));
    row("another audience's", server::makeToken({realm.issuer, "artdag-l1", *secret}, {"giles", "read", "x", now, now, now + 60}));
    row("another secret's", server::makeToken({realm.issuer, realm.audience, Bytes(32, 7)}, {"giles", "read", "x", now, now, now + 60}));
    row("nobody's", server::makeToken(realm, {"nobody", "read", "x", now, now, now + 60}));
    row("for ever", server::makeToken(realm, {"giles", "read", "x", now, now, now + 1'000'000'000}));
}

void ServingTest::badTokensGetA401()
{
    QFETCH(QByteArray, token);
    const HttpAnswer answer = m_server.get("/auth/me", "application/json", token.toStdString());
    QCOMPARE(answer.status, 401);
    QCOMPARE(std::string(answer.header("www-authenticate")), "Bearer");
    QVERIFY(answer.body.find(token.toStdString()) == std::string::npos);
}

void ServingTest::hostileRequestsAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray host = "Host: x\r\n";
    QTest::newRow("garbage") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15) << 400;
    QTest::newRow("no host") << QByteArray("GET /healthz HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("two hosts") << "GET /healthz HTTP/1.1\r\n" + host + host + "\r\n"
                               << 400;
    QTest::newRow("length and chunks") << "POST /auth/login HTTP/1.1\r\n" + host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                                       << 400;
    QTest::newRow("two lengths") << "POST /auth/login HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!" << 400;
    QTest::newRow("long header") << "GET /healthz HTTP/1.1\r\n" + host + "X: " + QByteArray(20'000, 'a') + "\r\n\r\n"
                                 << 431;
    QTest::newRow("long target") << "GET /" + QByteArray(20'000, 'a') + " HTTP/1.1\r\n" + host + "\r\n"
                                 << 431;
    QTest::newRow("traversal as it is") << "GET /media/../../artdagd.sqlite HTTP/1.1\r\n" + host + "\r\n"
                                        << 400;
    QTest::newRow("absolute form") << "GET http://evil.example/healthz HTTP/1.1\r\n" + host + "\r\n"
                                   << 400;
    QTest::newRow("a body longer than said by chunks") << "POST /auth/login HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n"
                                                       << -400;
    QTest::newRow("refused before the body") << "POST /media HTTP/1.1\r\n" + host + "Content-Length: 400000000\r\nExpect: 100-continue\r\n\r\n"
                                             << 401;
}

void ServingTest::hostileRequestsAreRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    const QByteArray answer = rawAnswer(m_server.url(), bytes.toStdString());
    // A negative status: refused by closing at once is right as well.
    QVERIFY2(answer.startsWith("HTTP/1.1 " + QByteArray::number(qAbs(status))) || (status < 0 && answer.isEmpty()), answer.left(200).constData());
    QCOMPARE(m_server.get("/healthz").status, 200);
}

void ServingTest::logoutRevokesTheToken()
{
    const std::string token = m_server.tokenOf("leaver");
    QCOMPARE(m_server.get("/auth/me", "*/*", token).status, 200);
    QCOMPARE(m_server.post("/auth/logout", Json::object(), token).status, 204);
    QCOMPARE(m_server.get("/auth/me", "*/*", token).status, 401);
    QCOMPARE(m_server.get("/auth/me", "*/*", m_server.tokenOf("leaver")).status, 200);
}

void ServingTest::wrongPasswordsSlowThatAccountDown()
{
    m_server.tokenOf("guessed");
    const Json wrong{{"user", "guessed"}, {"password", "wrong wrong"}};
    for (int i = 0; i < 5; ++i)
        QCOMPARE(m_server.post("/auth/login", wrong).status, 401);
    const HttpAnswer answer = m_server.post("/auth/login", Json{{"user", "guessed"}, {"password", "correct horse guessed"}});
    QCOMPARE(answer.status, 429);
    QVERIFY(std::stoi(std::string(answer.header("retry-after"))) > 0);
    QVERIFY(!m_server.tokenOf("not_guessed").empty());
}

void ServingTest::webfingerAnswers()
{
    for (const std::string& resource : {"acct:giles@" + m_server.domain(), m_server.url() + "/users/giles", m_server.url() + "/@giles", "acct%3Agiles%40" + m_server.domain()}) {
        const HttpAnswer answer = m_server.get("/.well-known/webfinger?resource=" + resource, "*/*");
        QVERIFY2(answer.status == 200, answer.body.c_str());
        QCOMPARE(std::string(answer.header("content-type")), "application/jrd+json");
        QCOMPARE(std::string(answer.header("access-control-allow-origin")), "*");
        QCOMPARE((*readJson(answer.body))["subject"].get<std::string>(), "acct:giles@" + m_server.domain());
    }
}

void ServingTest::oneUrlServesPeopleAndServers()
{
    const HttpAnswer person = m_server.get("/users/giles", "text/html");
    QCOMPARE(person.status, 303);
    QCOMPARE(std::string(person.header("vary")), "Accept");
    QVERIFY(m_server.get("/@giles", "text/html").body.find("@giles@") != std::string::npos);
    for (const char* type : {"application/activity+json", "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\""}) {
        const HttpAnswer actor = m_server.get("/users/giles", type);
        QCOMPARE(std::string(actor.header("content-type")), "application/activity+json");
        const Json document = *readJson(actor.body);
        QVERIFY(PublicKey::fromPem(document["publicKey"]["publicKeyPem"].get<std::string>()).has_value());
    }
    QCOMPARE((*readJson(m_server.get("/users/giles/followers", "application/activity+json").body))["totalItems"].get<int>(), 0);
    QVERIFY(m_server.get("/media/avatars/giles.png", "*/*").body.starts_with("\x89PNG"));
    const HttpAnswer lost = m_server.get("/nothing", "text/html");
    QCOMPARE(lost.status, 404);
    QVERIFY(lost.header("content-type").starts_with("text/html"));
    QCOMPARE(m_server.call("OPTIONS", "/assets").status, 204);
}

void ServingTest::mediaHasRangesTagsAndSafeHeaders()
{
    const std::string film = std::string("\0\0\0\x18"
                                         "ftypisom",
                                 12)
        + std::string(5000, 'f');
    const std::string path = "/media/" + m_server.upload(film, m_giles, "text/html").hex();
    const HttpAnswer whole = m_server.get(path + ".mp4", "*/*", m_giles);
    QCOMPARE(whole.body, film);
    QCOMPARE(std::string(whole.header("content-type")), "video/mp4");
    QVERIFY(whole.header("content-security-policy").find("sandbox") != std::string_view::npos);
    QVERIFY(whole.header("set-cookie").empty());
    const HttpAnswer part = m_server.call("GET", path, {}, m_giles, {{"Range", "bytes=12-21"}});
    QCOMPARE(part.status, 206);
    QCOMPARE(part.body, std::string(10, 'f'));
    QCOMPARE(std::string(part.header("content-range")), "bytes 12-21/5012");
    const HttpAnswer head = m_server.call("HEAD", path, {}, m_giles);
    QCOMPARE(head.status, 200);
    QVERIFY(head.body.empty());
    QCOMPARE(std::string(head.header("content-length")), "5012");
    const std::string tag(whole.header("etag"));
    QCOMPARE(m_server.call("GET", path, {}, m_giles, {{"If-None-Match", tag}}).status, 304);
    QCOMPARE(m_server.call("GET", path, {}, m_giles, {{"Range", "bytes=9999-"}}).status, 416);
    QCOMPARE(m_server.get(path + ".png", "*/*", m_giles).status, 404);
    const std::string page = "/media/" + m_server.upload("<script>alert(1)</script>", m_giles, "text/html").hex();
    QVERIFY(m_server.get(page, "*/*", m_giles).header("content-disposition").starts_with("attachment"));
    QCOMPARE(std::string(m_server.get(page, "*/*", m_giles).header("content-type")), "application/octet-stream");
}

void ServingTest::aConnectionServesManyRequests()
{
    const std::string one = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    const QByteArray answer = rawAnswer(m_server.url(), one + one + "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QCOMPARE(answer.count("HTTP/1.1 200 OK"), 3);
    QCOMPARE(answer.count("Connection: close"), 1);
}

void ServingTest::aHundredMegabytesNeedNoMemory()
{
    const auto directory = TemporaryDirectory::make();
    const auto file = directory->path() / "large";
    QFile out(QString::fromStdString(file.string()));
    QVERIFY(out.open(QIODevice::WriteOnly));
    for (int i = 0; i < 100; ++i)
        out.write(QByteArray(1 << 20, static_cast<char>(i)));
    out.close();
    const long before = m_server.memory("VmHWM:");
    HttpRequest request;
    request.method = "POST";
    request.url = m_server.url() + "/media";
    request.bodyFile = file;
    request.headers = {{"Authorization", "Bearer " + m_giles}, {"Content-Type", "application/octet-stream"}};
    const auto answer = m_server.http().send(request);
    QVERIFY(answer.has_value());
    QCOMPARE(answer->status, 201);
    const std::string hash = (*readJson(answer->body))["content_hash"].get<std::string>();
    QCOMPARE(hash, contentIdOfFile(file)->text());
    HttpRequest back;
    back.url = m_server.url() + "/media/" + hash.substr(9);
    back.headers = {{"Authorization", "Bearer " + m_giles}};
    back.saveTo = directory->path() / "back";
    back.limit = 200U << 20;
    QVERIFY(m_server.http().send(back)->ok());
    QCOMPARE(contentIdOfFile(back.saveTo)->text(), hash);
    const long after = m_server.memory("VmHWM:");
    qInfo("peak memory %ld kB before, %ld kB after 100 MB up and down", before, after);
    QVERIFY(after - before < 8 * 1024);
#ifndef __SANITIZE_ADDRESS__ // whose shadow is larger than the server
    QVERIFY(after < 120 * 1024);
#endif
}

void ServingTest::tooLongAnUploadIsRefused()
{
    ServerProcess small;
    QVERIFY(small.start({"--max-upload", "100000"}));
    const std::string token = small.tokenOf("giles");
    QCOMPARE(small.call("POST", "/media", std::string(100'000, 'a'), token).status, 201);
    QCOMPARE(small.call("POST", "/media", std::string(100'001, 'b'), token).status, 413);
    QCOMPARE(small.call("POST", "/media", std::string(5'000'000, 'c'), token, {{"Transfer-Encoding", "chunked"}}).status, 413);
    QTRY_COMPARE(QDir(small.data() + "/tmp").entryList(QDir::Files).size(), 0); // removed once the refusal is out
}

void ServingTest::secretsAreForOurEyesOnly()
{
    for (const char* name : {"/keys/giles.pem", "/secrets/jwt_secret"}) {
        struct stat facts {};
        QCOMPARE(::stat((m_server.data().toStdString() + name).c_str(), &facts), 0);
        QCOMPARE(facts.st_mode & 0777, 0600U);
    }
    QVERIFY(SigningKey::fromPem(*readTextFile(m_server.data().toStdString() + "/keys/giles.pem")).has_value());
}

void ServingTest::theFirstAccountIsTheOwnerAndOthersWait()
{
    ServerProcess guarded;
    QVERIFY(guarded.start({"--registration", "approval"}));
    const std::string owner = guarded.tokenOf("first");
    QCOMPARE((*readJson(guarded.get("/auth/me", "*/*", owner).body))["role"].get<std::string>(), "owner");
    const Json second{{"user", "second"}, {"password", "long enough"}};
    QCOMPARE(guarded.post("/auth/register", second).status, 202);
    QCOMPARE(guarded.post("/auth/login", second).status, 403);
    QCOMPARE(guarded.get("/users/second").status, 404);
    QCOMPARE(QProcess::execute(ARTDAG_BIN_DIR "/artdagd", {"users", "approve", "second", "--data", guarded.data()}), 0);
    QCOMPARE(guarded.post("/auth/login", second).status, 200);
}

void ServingTest::itStopsWhenAskedAndRemembers()
{
    ServerProcess server;
    QVERIFY(server.start({"--domain", "127.0.0.1:1"}));
    const std::string token = server.tokenOf("giles");
    const ContentId id = server.upload("kept", token);
    QCOMPARE(server.stop(), 0);
    QVERIFY(server.start({"--domain", "127.0.0.1:1"}));
    QCOMPARE(server.get("/media/" + id.hex(), "*/*", token).body, "kept"); // the same secret: the old token counts
    QCOMPARE(server.stop(), 0);
}

void ServingTest::theDomainCannotChangeAfterAWork()
{
    ServerProcess server;
    QVERIFY(server.start({"--domain", "one.example"}));
    QCOMPARE(server.stop(), 0);
    QVERIFY(server.start({"--domain", "two.example"})); // nothing was published yet
    const HttpAnswer answer = server.post("/assets", Json{{"name", "x"}, {"content_hash", ContentId{sha3(bytesOf("x"))}.text()}, {"asset_type", "image"}}, server.tokenOf("giles"));
    QCOMPARE(answer.status, 201);
    QCOMPARE(server.stop(), 0);
    QVERIFY(!server.start({"--domain", "three.example"}));
    QCOMPARE(server.stop(), 8);
    QVERIFY(server.start({"--domain", "two.example"}));
}

QTEST_GUILESS_MAIN(ServingTest)
#include "serving_test.moc"
