// SPDX-License-Identifier: GPL-3.0-or-later
// The published contract, word for word: each command is run by curl as it is printed, with only host, tokens, hashes and
// ids replaced. What a command sends is what the contract says, and what comes back has its shape.
#include "tests/server/registry_server.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace artdag;

class ContractTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void postAssets();
    void recordRun();
    void publishCache();
    void theExamplesHashIsRefused_data();
    void theExamplesHashIsRefused();
    void webfinger();
    void actorAndOutbox();
    void theShortFormOfAnActivity();
    void anAssetHasExactlyTheseMembers();
    void bareHashesAreAccepted();
    void runsThatAreRefused_data();
    void runsThatAreRefused();
    void bytesThatAreRefused_data();
    void bytesThatAreRefused();
    void aRunIsOneAsset();
    void aDeadRendererIsA502(); // stops it: last

private:
    struct Answer {
        int status = 0;
        Json body;
        std::string text;
    };
    /// Runs a command of the contract in a shell, after replacing what may be replaced.
    Answer run(QString command, const QString& token = {})
    {
        command.replace("https://artdag.example.com", QString::fromStdString(m_server.url()));
        command.replace("acct:giles@artdag.example.com", QString::fromStdString("acct:giles@" + m_server.domain()));
        command.replace("https://celery-artdag.example.com", m_renderer);
        command.replace("<token>", token.isEmpty() ? QString::fromStdString(m_server.giles) : token);
        QProcess shell;
        shell.start("sh", {"-c", command + " -s -w '\\n%{http_code}'"});
        CHECK(shell.waitForFinished(30'000));
        QByteArray out = shell.readAllStandardOutput();
        Answer answer;
        const auto cut = out.lastIndexOf('\n');
        answer.status = out.mid(cut + 1).toInt();
        answer.text = out.left(cut).toStdString();
        if (const auto value = readJson(answer.text))
            answer.body = *value;
        return answer;
    }
    static QString hashed(QString command, const std::string& hash) { return command.replace("abc123...", QString::fromStdString(hash)); }
    static QStringList membersOf(const Json& object)
    {
        QStringList names;
        for (const auto& [name, value] : object.items())
            names << QString::fromStdString(name);
        names.sort();
        return names;
    }

    const QString m_postAssets = R"(curl -X POST https://artdag.example.com/assets -H "Authorization: Bearer <token>" -H "Content-Type: application/json" -d '{"name": "my-video", "content_hash": "abc123...", "asset_type": "video", "tags": ["art", "generated"]}')";
    const QString m_recordRun = R"(curl -X POST https://artdag.example.com/assets/record-run -H "Authorization: Bearer <token>" -H "Content-Type: application/json" -d '{"run_id": "uuid-from-l1", "l1_server": "https://celery-artdag.example.com", "output_name": "my-rendered-video"}')";
    const QString m_publishCache = R"(curl -X POST https://artdag.example.com/assets/publish-cache -H "Authorization: Bearer <token>" -H "Content-Type: application/json" -d '{"content_hash": "abc123...", "l1_server": "https://celery-artdag.example.com", "name": "my-asset", "asset_type": "video"}')";
    const std::string m_film = "a film that a renderer made";
    RegistryServer m_server;
    QProcess m_rendererProcess;
    QString m_renderer;
    std::string m_hash;
};

void ContractTest::initTestCase()
{
    m_rendererProcess.start("python3", {ARTDAG_SOURCE_DIR "/tests/contract/small_renderer.py", QString::fromStdString(m_film)});
    QVERIFY(m_rendererProcess.waitForReadyRead(20'000));
    m_renderer = "http://127.0.0.1:" + QString::fromUtf8(m_rendererProcess.readLine()).trimmed();
    QVERIFY(m_server.begin({"--l1-server", m_renderer + "/"})); // with a final slash: the same server
    m_hash = nameOfBytes(m_film).text();
}

void ContractTest::cleanupTestCase()
{
    m_rendererProcess.kill();
    m_rendererProcess.waitForFinished(10'000);
}

void ContractTest::postAssets()
{
    const Answer answer = run(hashed(m_postAssets, nameOfBytes("my video").text()));
    QVERIFY2(answer.status == 201, answer.text.c_str());
    QCOMPARE(answer.body["name"].get<std::string>(), "my-video");
    QCOMPARE(answer.body["tags"].dump(), Json::array({"art", "generated"}).dump());
    QCOMPARE(m_server.json("/assets/@giles/my-video")["content_hash"].get<std::string>(), nameOfBytes("my video").text());
    QCOMPARE(run(hashed(m_postAssets, nameOfBytes("my video").text())).status, 200); // the same owner again
    QCOMPARE(run(hashed(m_postAssets, nameOfBytes("my video").text()), QString::fromStdString(m_server.carol)).status, 409);
    QCOMPARE(run(hashed(m_postAssets, nameOfBytes("my video").text()), "no-token").status, 401);
}

void ContractTest::recordRun()
{
    QString command = m_recordRun;
    const Answer answer = run(command.replace("uuid-from-l1", "run-done"));
    QVERIFY2(answer.status == 201, answer.text.c_str());
    QCOMPARE(answer.body["name"].get<std::string>(), "my-rendered-video");
    QCOMPARE(answer.body["content_hash"].get<std::string>(), m_hash);
    QCOMPARE(answer.body["asset_type"].get<std::string>(), "video");
    QCOMPARE(answer.body["proof"].get<std::string>(), "server_attested");
    const Json provenance = answer.body["provenance"];
    QCOMPARE(provenance["run_id"].get<std::string>(), "run-done");
    QCOMPARE(provenance["l1_server"].get<std::string>(), m_renderer.toStdString());
    QCOMPARE(provenance["recipe"].get<std::string>(), "beat-sync");
    QCOMPARE(provenance["inputs"].size(), std::size_t(1));
    const Json seen = m_server.json("/assets/by-run-id/run-done");
    QCOMPARE(seen["name"].get<std::string>(), "my-rendered-video");
    QCOMPARE(m_server.newest("giles")["object"]["contentHash"].get<std::string>(), m_hash);
    QCOMPARE(m_server.status("/assets/by-run-id/run-unknown"), 404);
}

void ContractTest::publishCache()
{
    QCOMPARE(m_server.remove("/assets/my-rendered-video", m_server.giles).status, 204); // the same bytes under another name
    QCOMPARE(m_server.status("/assets/by-run-id/run-done"), 404);
    const Answer answer = run(hashed(m_publishCache, m_hash));
    QVERIFY2(answer.status == 201, answer.text.c_str());
    QCOMPARE(answer.body["name"].get<std::string>(), "my-asset");
    QCOMPARE(answer.body["content_hash"].get<std::string>(), m_hash);
    QCOMPARE(m_server.get("/media/" + m_hash.substr(9), "*/*").body, m_film);
}

void ContractTest::theExamplesHashIsRefused_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("name");
    QTest::newRow("assets") << m_postAssets << "never-made-1";
    QTest::newRow("publish-cache") << m_publishCache << "never-made-2";
}

void ContractTest::theExamplesHashIsRefused()
{
    QFETCH(QString, command);
    QFETCH(QString, name);
    const Answer answer = run(command.replace("my-video", name).replace("my-asset", name));
    QCOMPARE(answer.status, 400);
    QCOMPARE(membersOf(answer.body).filter(QRegularExpression("^(type|title|status|detail)$")).size(), 4); // RFC 9457
    QCOMPARE(m_server.status("/assets/@giles/" + name.toStdString()), 404);
}

void ContractTest::webfinger()
{
    const Answer answer = run(R"(curl "https://artdag.example.com/.well-known/webfinger?resource=acct:giles@artdag.example.com")");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body["subject"].get<std::string>(), "acct:giles@" + m_server.domain());
    QVERIFY(std::ranges::any_of(answer.body["links"], [&](const Json& link) { return link["rel"] == "self" && link["type"] == "application/activity+json" && link["href"] == m_server.url() + "/users/giles"; }));
    QCOMPARE(run("curl https://artdag.example.com/.well-known/webfinger").status, 400);
}

void ContractTest::actorAndOutbox()
{
    const Answer actor = run(R"(curl -H "Accept: application/activity+json" https://artdag.example.com/users/giles)");
    QCOMPARE(actor.status, 200);
    QCOMPARE(actor.body["id"].get<std::string>(), m_server.url() + "/users/giles");
    const Answer outbox = run(R"(curl -H "Accept: application/activity+json" https://artdag.example.com/users/giles/outbox)");
    QCOMPARE(outbox.body["type"].get<std::string>(), "OrderedCollection");
    QCOMPARE(outbox.body["id"].get<std::string>(), actor.body["outbox"].get<std::string>());
    const Json page = m_server.note("/users/giles/outbox?page=true");
    QCOMPARE(outbox.body["totalItems"].get<std::size_t>(), page["orderedItems"].size());
    QCOMPARE(run("curl -H 'Accept: application/activity+json' https://artdag.example.com/users/nobody1").status, 404);
}

void ContractTest::theShortFormOfAnActivity()
{
    const Json page = m_server.note("/users/giles/outbox?page=true");
    const auto create = std::ranges::find_if(page["orderedItems"], [](const Json& item) { return item["type"] == "Create" && item["object"]["assetType"] == "video"; });
    QVERIFY(create != page["orderedItems"].end());
    const std::string path = (*create)["id"].get<std::string>().substr(m_server.url().size());
    const Answer answer = run(QString::fromStdString(R"(curl -H "Accept: application/json" https://artdag.example.com)" + path));
    QCOMPARE(membersOf(answer.body), (QStringList{"@context", "actor", "object", "published", "type"}));
    QCOMPARE(answer.body["@context"].get<std::string>(), "https://www.w3.org/ns/activitystreams");
    QCOMPARE(answer.body["type"].get<std::string>(), "Create");
    QCOMPARE(answer.body["actor"].get<std::string>(), m_server.url() + "/users/giles");
    QCOMPARE(membersOf(answer.body["object"]), (QStringList{"attributedTo", "content", "name", "type"}));
    QCOMPARE(answer.body["object"]["type"].get<std::string>(), "Document");
    QVERIFY(answer.body["object"]["content"].get<std::string>().starts_with("sha3-256:"));
    QVERIFY(QString::fromStdString(answer.body["published"].get<std::string>()).endsWith('Z'));
}

void ContractTest::anAssetHasExactlyTheseMembers()
{
    const Json asset = m_server.json("/assets/@giles/my-video");
    const QStringList members = membersOf(asset);
    for (const QString name : {"name", "content_hash", "frames_hash", "asset_type", "owner", "created_at", "provenance", "tags", "license", "visibility", "proof"})
        QVERIFY2(members.contains(name), qPrintable(name));
    QCOMPARE(membersOf(asset["provenance"]).filter(QRegularExpression("^(inputs|effects|manifest|claim)$")).size(), 4);
    QCOMPARE(asset["owner"].get<std::string>(), m_server.account("giles"));
    QCOMPARE(asset["visibility"].get<std::string>(), "public");
    const Json recorded = m_server.json("/assets/@giles/my-asset");
    QVERIFY(recorded["provenance"].contains("l1_server"));
    QVERIFY(recorded["provenance"]["inputs"].is_array());
}

void ContractTest::bareHashesAreAccepted()
{
    QString command = m_postAssets;
    const std::string hash = nameOfBytes("bare").text();
    const Answer answer = run(hashed(command.replace("my-video", "bare"), hash.substr(9)));
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.body["content_hash"].get<std::string>(), hash);
}

void ContractTest::runsThatAreRefused_data()
{
    QTest::addColumn<QString>("run");
    QTest::addColumn<QString>("server");
    QTest::addColumn<int>("status");
    QTest::newRow("of a server that nobody configured") << "run-done"
                                                        << "http://127.0.0.1:9" << 403;
    QTest::newRow("of an origin that only begins alike") << "run-done"
                                                         << "SAME.evil.example" << 403;
    QTest::newRow("not finished") << "run-running"
                                  << "SAME" << 409;
    QTest::newRow("unknown there") << "run-unknown"
                                   << "SAME" << 404;
    QTest::newRow("the renderer fails") << "run-broken"
                                        << "SAME" << 502;
    QTest::newRow("the renderer talks nonsense") << "run-garbage"
                                                 << "SAME" << 502;
    QTest::newRow("the renderer talks without end") << "run-huge"
                                                    << "SAME" << 502;
    QTest::newRow("the hash is a path") << "run-malformed"
                                        << "SAME" << 502;
    QTest::newRow("the id is a path") << "../cache/x"
                                      << "SAME" << 400;
}

void ContractTest::runsThatAreRefused()
{
    QFETCH(QString, run);
    QFETCH(QString, server);
    QFETCH(int, status);
    const std::string name = "refused-" + std::to_string(qHash(run + server) % 1'000'000);
    const HttpAnswer answer = m_server.post("/assets/record-run", Json{{"run_id", run.toStdString()}, {"l1_server", server.replace("SAME", m_renderer).toStdString()}, {"output_name", name}}, m_server.giles);
    QVERIFY2(answer.status == status, (std::to_string(answer.status) + answer.body).c_str());
    QCOMPARE(m_server.status("/assets/@giles/" + name), 404);
    QCOMPARE(m_server.status("/assets/by-run-id/" + (run.contains('/') ? "x" : run.toStdString())), 404);
}

void ContractTest::bytesThatAreRefused_data()
{
    QTest::addColumn<QString>("hash");
    QTest::addColumn<int>("status");
    QTest::newRow("other bytes than asked for") << QString("ab").repeated(32) << 502;
    QTest::newRow("not there") << QString("cd").repeated(32) << 404;
}

void ContractTest::bytesThatAreRefused()
{
    QFETCH(QString, hash);
    QFETCH(int, status);
    const HttpAnswer answer = m_server.post("/assets/publish-cache", Json{{"content_hash", "sha3-256:" + hash.toStdString()}, {"l1_server", m_renderer.toStdString()}, {"name", "lied"}, {"asset_type", "video"}}, m_server.giles);
    QVERIFY2(answer.status == status, answer.body.c_str());
    QCOMPARE(m_server.status("/assets/@giles/lied"), 404);
    QCOMPARE(m_server.status("/media/" + hash.toStdString(), "*/*", m_server.giles), 404);
}

void ContractTest::aRunIsOneAsset()
{
    const Json body{{"run_id", "run-done"}, {"l1_server", m_renderer.toStdString()}, {"output_name", "my-asset"}};
    QCOMPARE(m_server.post("/assets/record-run", body, m_server.giles).status, 200); // these bytes are published: the run is theirs
    QCOMPARE(m_server.json("/assets/by-run-id/run-done")["name"].get<std::string>(), "my-asset");
    QCOMPARE(m_server.post("/assets/record-run", body, m_server.giles).status, 200);
    Json other = body;
    other["output_name"] = "another-name";
    QCOMPARE(m_server.post("/assets/record-run", other, m_server.giles).status, 409);
    QCOMPARE(m_server.status("/assets/@giles/another-name"), 404);
    QCOMPARE(m_server.post("/assets/record-run", body, m_server.carol).status, 409); // giles has published them
}

void ContractTest::aDeadRendererIsA502()
{
    m_rendererProcess.kill();
    QVERIFY(m_rendererProcess.waitForFinished(10'000));
    QString command = m_recordRun;
    const Answer answer = run(command.replace("uuid-from-l1", "run-later").replace("my-rendered-video", "later"));
    QCOMPARE(answer.status, 502);
    QCOMPARE(answer.body["status"].get<int>(), 502);
    QCOMPARE(answer.body["title"].get<std::string>(), "Bad Gateway");
    QCOMPARE(m_server.status("/assets/@giles/later"), 404);
    QCOMPARE(m_server.status("/assets/by-run-id/run-later"), 404);
    QString cache = m_publishCache;
    QCOMPARE(run(hashed(cache.replace("my-asset", "later"), nameOfBytes("later").text())).status, 502);
    QCOMPARE(m_server.status("/assets/@giles/later"), 404);
}

QTEST_GUILESS_MAIN(ContractTest)
#include "contract_test.moc"
