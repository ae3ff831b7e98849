// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/file_response.h"
#include "server/http/router.h"
#include "server/l2/application.h"
#include "server/l2/openapi.h"

#include <QTest>

#include <algorithm>

using namespace artdag;
using namespace artdag::server;

namespace {

Request requestWith(const char* name, const QString& value)
{
    Request request;
    request.method = "GET";
    request.headers.emplace_back(name, value.toStdString());
    return request;
}

QString headerOf(const Response& response, const char* name)
{
    const auto found = std::ranges::find(response.headers, name, &std::pair<std::string, std::string>::first);
    return found == response.headers.end() ? QString() : QString::fromStdString(found->second);
}

/// Structural validation: type, required, properties, items, pattern-free. Enough to catch an example that does not fit.
QString misfit(const Json& schema, const Json& value)
{
    if (schema.contains("$ref")) {
        const std::string name = schema["$ref"].get<std::string>().substr(21);
        return schemas().contains(name) ? misfit(schemas()[name], value) : "unknown schema " + QString::fromStdString(name);
    }
    if (schema.contains("type")) {
        const Json types = schema["type"].is_array() ? schema["type"] : Json::array({schema["type"]});
        const std::string is = value.is_null() ? "null" : value.is_boolean() ? "boolean"
            : value.is_number_integer()                                      ? "integer"
            : value.is_string()                                              ? "string"
            : value.is_array()                                               ? "array"
                                                                             : "object";
        if (std::find(types.begin(), types.end(), Json(is)) == types.end())
            return QString::fromStdString("is " + is + ", must be " + types.dump());
    }
    if (value.is_object()) {
        for (const Json& name : schema.value("required", Json::array()))
            if (!value.contains(name.get<std::string>()))
                return QString::fromStdString("lacks " + name.get<std::string>());
        const Json properties = schema.value("properties", Json::object());
        for (const auto& [name, member] : properties.items())
            if (value.contains(name))
                if (const QString bad = misfit(member, value[name]); !bad.isEmpty())
                    return QString::fromStdString(name) + ": " + bad;
    }
    if (value.is_array() && schema.contains("items"))
        for (const Json& item : value)
            if (const QString bad = misfit(schema["items"], item); !bad.isEmpty())
                return bad;
    return {};
}

} // namespace

class RouterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theMostLiteralRouteWins_data();
    void theMostLiteralRouteWins();
    void hiddenPathPartsAreRefused_data();
    void hiddenPathPartsAreRefused();
    void aWrongMethodIsToldTheRightOnes();
    void everyRouteIsDescribed();
    void everyExampleFitsItsSchema();
    void acceptDecidesBetweenPageAndJson_data();
    void acceptDecidesBetweenPageAndJson();
    void rangesAreCutFromTheFile_data();
    void rangesAreCutFromTheFile();
    void anUnchangedFileIsNotSentAgain();
};

void RouterTest::theMostLiteralRouteWins_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("route");
    QTest::newRow("literal") << "/assets"
                             << "/assets";
    QTest::newRow("name") << "/assets/my-video"
                          << "/assets/{name}";
    QTest::newRow("user and name") << "/assets/@giles/my-video"
                                   << "/assets/@{user}/{name}";
    QTest::newRow("name and word") << "/assets/my-video/claim"
                                   << "/assets/{name}/claim";
    QTest::newRow("user, name and word") << "/assets/@giles/my-video/claim"
                                         << "/assets/@{user}/{name}/claim";
    QTest::newRow("avatars before files") << "/media/avatars/x.png"
                                          << "/media/avatars/{file}";
    QTest::newRow("profile") << "/@giles"
                             << "/@{user}";
    QTest::newRow("root") << "/"
                          << "/";
    QTest::newRow("escaped name") << "/users/%67iles"
                                  << "/users/{user}";
    QTest::newRow("nothing") << "/nothing/here"
                             << "";
    QTest::newRow("trailing slash") << "/assets/"
                                    << "";
    QTest::newRow("empty user") << "/@"
                                << "";
}

void RouterTest::theMostLiteralRouteWins()
{
    QFETCH(QString, path);
    QFETCH(QString, route);
    const Match match = matchRoute(routes(), "GET", path.toStdString());
    QVERIFY(!match.malformed);
    QCOMPARE(match.route == nullptr ? QString() : QString(match.route->path), route);
}

void RouterTest::hiddenPathPartsAreRefused_data()
{
    QTest::addColumn<QString>("path");
    for (const char* path : {"/media/..%2fsecret", "/media/%2e%2e", "/media/../x", "/media/.", "/media/%00", "/media/a%5cb", "/media/%zz", "/media/%4", "media/x", ""})
        QTest::newRow(path) << path;
}

void RouterTest::hiddenPathPartsAreRefused()
{
    QFETCH(QString, path);
    QVERIFY(matchRoute(routes(), "GET", path.toStdString()).malformed);
}

void RouterTest::aWrongMethodIsToldTheRightOnes()
{
    const Match match = matchRoute(routes(), "DELETE", "/assets");
    QVERIFY(match.route == nullptr);
    for (const char* method : {"GET", "POST", "HEAD"})
        QVERIFY(std::ranges::find(match.allowed, method) != match.allowed.end());
    QVERIFY(matchRoute(routes(), "HEAD", "/assets").route != nullptr);
}

void RouterTest::everyRouteIsDescribed()
{
    const Json document = openApiDocument("https://l2.example");
    QCOMPARE(document["openapi"].get<std::string>(), "3.1.0");
    QVERIFY(!routes().empty());
    for (const Route& route : routes()) {
        const std::string method = QString(route.method).toLower().toStdString();
        QVERIFY2(document["paths"].contains(route.path) && document["paths"][route.path].contains(method), route.path);
        const Json& operation = document["paths"][route.path][method];
        QVERIFY2(!operation["summary"].get<std::string>().empty(), route.path);
        QVERIFY2(operation["responses"].contains(std::to_string(route.words.status)), route.path);
        QCOMPARE(operation.contains("security"), route.access >= Access::Member);
        for (const char* name : {route.words.takes, route.words.gives})
            QVERIFY2(*name == '\0' || schemas().contains(name), name);
    }
}

void RouterTest::everyExampleFitsItsSchema()
{
    for (const auto& [name, schema] : schemas().items())
        for (const Json& example : schema["examples"])
            QVERIFY2(misfit(schema, example).isEmpty(), qPrintable(QString::fromStdString(name) + ": " + misfit(schema, example)));
    QVERIFY(!misfit(schemas()["Health"], Json{{"status", 1}}).isEmpty()); // the check can fail
    QVERIFY(!misfit(schemas()["AssetList"], Json{{"items", Json::array({Json::object()})}, {"next", nullptr}}).isEmpty());
}

void RouterTest::acceptDecidesBetweenPageAndJson_data()
{
    QTest::addColumn<QString>("accept");
    QTest::addColumn<bool>("html");
    QTest::addColumn<bool>("activity");
    QTest::newRow("browser") << "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8" << true << false;
    QTest::newRow("curl") << "*/*" << false << false;
    QTest::newRow("nothing") << "" << false << false;
    QTest::newRow("mastodon") << "application/activity+json, application/ld+json" << false << true;
    QTest::newRow("profile") << "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"" << false << true;
    QTest::newRow("another profile") << "application/ld+json; profile=\"https://other.example/ns\"" << false << false;
    QTest::newRow("json") << "application/json" << false << false;
    QTest::newRow("activity before html") << "application/activity+json, text/html;q=0.5" << false << true;
    QTest::newRow("html before activity") << "application/activity+json;q=0.3, text/html;q=0.5" << true << false;
    QTest::newRow("html refused") << "text/html;q=0" << false << false;
    QTest::newRow("capitals") << "TEXT/HTML" << true << false;
}

void RouterTest::acceptDecidesBetweenPageAndJson()
{
    QFETCH(QString, accept);
    QFETCH(bool, html);
    QFETCH(bool, activity);
    const Request request = requestWith("accept", accept);
    QCOMPARE(prefersHtml(request), html);
    QCOMPARE(wantsActivity(request), activity);
}

void RouterTest::rangesAreCutFromTheFile_data()
{
    QTest::addColumn<QString>("range");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("contentRange");
    QTest::addColumn<qulonglong>("length");
    QTest::newRow("first ten") << "bytes=0-9" << 206 << "bytes 0-9/1000" << 10ULL;
    QTest::newRow("from the middle") << "bytes=990-" << 206 << "bytes 990-999/1000" << 10ULL;
    QTest::newRow("the last ten") << "bytes=-10" << 206 << "bytes 990-999/1000" << 10ULL;
    QTest::newRow("more than there is") << "bytes=500-5000" << 206 << "bytes 500-999/1000" << 500ULL;
    QTest::newRow("a longer tail than the file") << "bytes=-5000" << 206 << "bytes 0-999/1000" << 1000ULL;
    QTest::newRow("beyond the end") << "bytes=1000-" << 416 << "bytes */1000" << 0ULL;
    QTest::newRow("an empty tail") << "bytes=-0" << 416 << "bytes */1000" << 0ULL;
    QTest::newRow("backwards") << "bytes=9-0" << 200 << "" << 1000ULL;
    QTest::newRow("several") << "bytes=0-1,3-4" << 200 << "" << 1000ULL;
    QTest::newRow("another unit") << "lines=0-1" << 200 << "" << 1000ULL;
    QTest::newRow("overflow") << "bytes=99999999999999999999-" << 200 << "" << 1000ULL;
    QTest::newRow("nonsense") << "bytes=a-b" << 200 << "" << 1000ULL;
}

void RouterTest::rangesAreCutFromTheFile()
{
    QFETCH(QString, range);
    QFETCH(int, status);
    QFETCH(QString, contentRange);
    QFETCH(qulonglong, length);
    const Response response = fileResponse(requestWith("range", range), {"/nowhere", 1000, "video/mp4", "\"tag\""});
    QCOMPARE(response.status, status);
    QCOMPARE(headerOf(response, "Content-Range"), contentRange);
    if (status != 416)
        QCOMPARE(response.file->length, std::uint64_t(length));
}

void RouterTest::anUnchangedFileIsNotSentAgain()
{
    const ServedFile file{"/nowhere", 1000, "video/mp4", "\"tag\""};
    QCOMPARE(fileResponse(requestWith("if-none-match", "\"tag\""), file).status, 304);
    QCOMPARE(fileResponse(requestWith("if-none-match", "\"other\""), file).status, 200);
    Request request = requestWith("range", "bytes=0-9");
    request.headers.emplace_back("if-range", "\"other\"");
    QCOMPARE(fileResponse(request, file).status, 200);
    request.headers.back().second = "\"tag\"";
    QCOMPARE(fileResponse(request, file).status, 206);
}

QTEST_APPLESS_MAIN(RouterTest)
#include "router_test.moc"
