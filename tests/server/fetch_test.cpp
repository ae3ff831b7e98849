// SPDX-License-Identifier: GPL-3.0-or-later
// A creator publishes with publishWork, a stranger fetches with fetchWork; between them a liar who changes one answer.
#include "core/store/store.h"
#include "core/workflow/fetch_work.h"
#include "core/workflow/publish_work.h"
#include "core/workflow/server_session.h"
#include "tests/server/server_process.h"
#include "tests/server/signed_work.h"

#include <QTest>

#include <sys/stat.h>

using namespace artdag;

namespace {

/// Passes everything on, but changes the answer to one path.
class Liar : public HttpClient {
public:
    Liar(HttpClient& http, std::string path, std::function<void(std::string&)> lie)
        : m_http(http),
          m_path(std::move(path)),
          m_lie(std::move(lie))
    {
    }
    Result<HttpAnswer> send(const HttpRequest& request) override
    {
        HttpAnswer answer = TRY(m_http.send(request));
        if (request.url.find(m_path) == std::string::npos)
            return answer;
        ++lies;
        if (request.saveTo.empty()) {
            m_lie(answer.body);
        } else {
            std::string bytes = TRY(readTextFile(request.saveTo));
            m_lie(bytes);
            TRY(writeFileAtomically(request.saveTo, bytesOf(bytes)));
        }
        return answer;
    }
    int lies = 0;

private:
    HttpClient& m_http;
    std::string m_path;
    std::function<void(std::string&)> m_lie;
};

} // namespace

class FetchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theSessionIsKeptForOurEyesOnly();
    void whatWasPublishedIsFetched_data();
    void whatWasPublishedIsFetched();
    void aLieIsFound_data();
    void aLieIsFound();
    void whatTheClaimDoesNotCoverIsRefusedBeforeSending();
    void titlesBecomeNames_data();
    void titlesBecomeNames();
    void takenNamesAreCountedUp();
    void serversAreNamedByPeople_data();
    void serversAreNamedByPeople();

private:
    PublishRequest requestOf(const SignedWork& work, const std::string& file)
    {
        const auto path = m_directory->path() / file;
        CHECK(writeFileAtomically(path, bytesOf(work.film)));
        PublishRequest request;
        request.film = path;
        request.recipe = work.recipe;
        request.manifest = work.manifest;
        request.key = *m_key;
        return request;
    }
    ServerProcess m_server;
    std::optional<TemporaryDirectory> m_directory;
    std::unique_ptr<Store> m_store;
    std::optional<SigningKey> m_key;
    Session m_session;
    SignedWork m_work;
    PublishedWork m_published;
};

void FetchTest::initTestCase()
{
    m_directory.emplace(*TemporaryDirectory::make());
    qputenv("ARTDAG_HOME", QByteArray::fromStdString((m_directory->path() / "home").string()));
    QVERIFY(m_server.start());
    m_store = std::move(*openStore(m_directory->path() / "store"));
    m_key = *SigningKey::generate(KeyAlgorithm::Ed25519);
    auto session = login(m_server.http(), m_server.url(), "giles", "correct horse", true);
    QVERIFY2(session.has_value(), session ? "" : session.error().message.c_str());
    m_session = *session;
    m_work = makeSignedWork("fetched", *m_key, m_session.account);
    QVERIFY(m_store->put(bytesOf(m_work.digests), ObjectClass::Asset).has_value());
    QVERIFY(m_store->put(bytesOf(m_work.input), ObjectClass::Asset).has_value());
    auto published = publishWork(m_server.http(), m_session, *m_store, requestOf(m_work, "film.mp4"));
    QVERIFY2(published.has_value(), published ? "" : published.error().message.c_str());
    m_published = *published;
    QCOMPARE(m_published.name, "spin-fetched");
    QCOMPARE(m_published.proof, "creator_signed");
    QCOMPARE(m_published.sent.size(), std::size_t(4));
    QVERIFY(m_published.missing.empty());
}

void FetchTest::theSessionIsKeptForOurEyesOnly()
{
    struct stat facts {};
    const auto file = m_directory->path() / "home" / "accounts.json";
    QCOMPARE(::stat(file.c_str(), &facts), 0);
    QCOMPARE(facts.st_mode & 0777, 0600U);
    QVERIFY(readTextFile(file)->find("correct horse") == std::string::npos);
    QCOMPARE(savedSession()->token, m_session.token);
    QCOMPARE(savedSession(m_server.url() + "/")->user, "giles");
    QCOMPARE(savedSession("https://other.example").error().fault, Fault::NotFound);
    const auto wrong = login(m_server.http(), m_server.url(), "giles", "wrong", false);
    QCOMPARE(wrong.error().fault, Fault::Denied);
    QCOMPARE(login(m_server.http(), m_server.url(), "giles", "correct horse", true).error().fault, Fault::Conflict);
}

void FetchTest::whatWasPublishedIsFetched_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("page") << QString::fromStdString(m_published.page);
    QTest::newRow("asset") << QString::fromStdString(m_published.asset);
    QTest::newRow("object") << QString::fromStdString(m_published.object);
}

void FetchTest::whatWasPublishedIsFetched()
{
    QFETCH(QString, url);
    const auto directory = TemporaryDirectory::make();
    const auto store = openStore(directory->path() / "store");
    const auto work = fetchWork(m_server.http(), url.toStdString(), **store, directory->path() / "work");
    QVERIFY2(work.has_value(), work ? "" : work.error().message.c_str());
    QCOMPARE(*readTextFile(work->film), m_work.film);
    QCOMPARE(work->film.extension().string(), ".mp4");
    QCOMPARE(work->recipe, m_work.recipe);
    QCOMPARE(documentId(work->manifest), documentId(m_work.manifest));
    QCOMPARE(documentId(work->claim), m_published.claim);
    QCOMPARE(work->keys.size(), std::size_t(1));
    QVERIFY(work->missing.empty());
    QCOMPARE(*(*store)->get(nameOfBytes(m_work.input)), Bytes(m_work.input.begin(), m_work.input.end()));
}

void FetchTest::aLieIsFound_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("lie");
    const QString hex = QString::fromStdString(m_published.film.hex());
    QTest::newRow("film") << "/media/" + hex << "flip";
    QTest::newRow("film cut") << "/media/" + hex << "cut";
    QTest::newRow("input") << "/media/" + QString::fromStdString(nameOfBytes(m_work.input).hex()) << "flip";
    QTest::newRow("recipe") << "/recipe"
                            << "flip";
    QTest::newRow("title in the claim") << "/claim"
                                        << "title";
    QTest::newRow("manifest") << "/provenance"
                              << "version";
    QTest::newRow("another key") << "/keys"
                                 << "key";
}

void FetchTest::aLieIsFound()
{
    QFETCH(QString, path);
    QFETCH(QString, lie);
    Liar liar(m_server.http(), path.toStdString(), [&](std::string& body) {
        if (lie == "flip")
            body[body.size() / 2] = static_cast<char>(body[body.size() / 2] ^ 1);
        if (lie == "cut")
            body.pop_back();
        Json document = lie == "title" || lie == "version" || lie == "key" ? *readJson(body) : Json();
        if (lie == "title")
            document["title"] = "Another";
        if (lie == "version")
            document["infrastructure"]["software"]["version"] = "0.2.0";
        if (lie == "key")
            document["keys"][0]["public"] = SigningKey::generate(KeyAlgorithm::Ed25519)->publicKey().pem();
        if (!document.is_null())
            body = document.dump();
    });
    const auto directory = TemporaryDirectory::make();
    const auto store = openStore(directory->path() / "store");
    const auto work = fetchWork(liar, m_published.page, **store, directory->path() / "work");
    QVERIFY(liar.lies > 0);
    QVERIFY(!work.has_value());
    QCOMPARE(work.error().fault, Fault::Corrupt);
}

void FetchTest::whatTheClaimDoesNotCoverIsRefusedBeforeSending()
{
    const SignedWork work = makeSignedWork("not sent", *m_key, m_session.account);
    PublishRequest request = requestOf(work, "other.mp4");
    request.recipe += " ";
    QCOMPARE(publishWork(m_server.http(), m_session, *m_store, request).error().fault, Fault::BadInput);
    request = requestOf(work, "other.mp4");
    request.key = *SigningKey::generate(KeyAlgorithm::Ed25519);
    QCOMPARE(publishWork(m_server.http(), m_session, *m_store, request).error().fault, Fault::Denied);
    request = requestOf(makeSignedWork("another film", *m_key, m_session.account), "other.mp4");
    request.manifest = work.manifest;
    request.recipe = work.recipe;
    QCOMPARE(publishWork(m_server.http(), m_session, *m_store, request).error().fault, Fault::BadInput);
    QCOMPARE(m_server.call("HEAD", "/media/" + nameOfBytes(work.film).hex(), {}, m_session.token).status, 404);
}

void FetchTest::titlesBecomeNames_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("name");
    QTest::newRow("words") << "Spin & glow!"
                           << "spin-glow";
    QTest::newRow("digits") << "Loop study 9"
                            << "loop-study-9";
    QTest::newRow("nothing left") << "夜"
                                  << "work";
    QTest::newRow("long") << QString("ab ").repeated(40) << QString("ab-").repeated(21).chopped(1);
    QTest::newRow("markup") << "<script>"
                            << "script";
}

void FetchTest::titlesBecomeNames()
{
    QFETCH(QString, title);
    QFETCH(QString, name);
    QCOMPARE(QString::fromStdString(nameOfTitle(title.toStdString())), name);
}

void FetchTest::takenNamesAreCountedUp()
{
    for (const char* expected : {"twice", "twice-2", "twice-3"}) {
        PublishRequest request = requestOf(makeSignedWork(std::string("twice ") + expected, *m_key, m_session.account), "twice.mp4");
        request.title = "Twice";
        const auto work = publishWork(m_server.http(), m_session, *m_store, request);
        QVERIFY2(work.has_value(), work ? "" : work.error().message.c_str());
        QCOMPARE(work->name, expected);
        QCOMPARE(work->missing.size(), std::size_t(2)); // digests and input are in no store
        request = requestOf(makeSignedWork(std::string("given ") + expected, *m_key, m_session.account), "twice.mp4");
        request.name = "twice";
        QCOMPARE(publishWork(m_server.http(), m_session, *m_store, request).error().fault, Fault::Conflict);
    }
}

void FetchTest::serversAreNamedByPeople_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    QTest::newRow("host") << "artdag.example"
                          << "https://artdag.example";
    QTest::newRow("slash") << "https://artdag.example/"
                           << "https://artdag.example";
    QTest::newRow("loopback") << "127.0.0.1:8200"
                              << "http://127.0.0.1:8200";
    QTest::newRow("localhost") << "http://localhost:8200"
                               << "http://localhost:8200";
    QTest::newRow("six") << "http://[::1]:8200"
                         << "http://[::1]:8200";
    QTest::newRow("clear text") << "http://artdag.example"
                                << "";
    QTest::newRow("looks like loopback") << "http://127.0.0.1.evil.example"
                                         << "";
    QTest::newRow("path") << "https://artdag.example/x"
                          << "";
    QTest::newRow("user") << "https://me@artdag.example"
                          << "";
    QTest::newRow("empty") << ""
                           << "";
}

void FetchTest::serversAreNamedByPeople()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    const auto result = serverOfText(text.toStdString());
    QCOMPARE(result ? QString::fromStdString(*result) : QString(), url);
}

QTEST_GUILESS_MAIN(FetchTest)
#include "fetch_test.moc"
