// SPDX-License-Identifier: GPL-3.0-or-later
// Places for copies through the API: what is published gets there, comes back when the server's own file is gone, and what is
// secret is never told.
#include "tests/server/server_process.h"

#include <QDeadlineTimer>

using namespace artdag;

namespace {

Json answerOf(const HttpAnswer& answer)
{
    return readJson(answer.body).value_or(Json());
}

} // namespace

class CopiesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_places;
    ServerProcess m_server;
    std::string m_owner, m_member;

    HttpAnswer patch(const std::string& path, const Json& body, const std::string& token)
    {
        return m_server.call("PATCH", path, body.dump(), token, {{"Content-Type", "application/json"}});
    }
    std::string directory(const char* name)
    {
        QDir(m_places.path()).mkdir(name);
        return m_places.filePath(name).toStdString();
    }
    std::string placeOf(const Json& storage) { return "/storage/" + storage["id"].dump(); }
    Json stateOf(const Json& storage, const std::string& token) { return answerOf(m_server.get(placeOf(storage), "application/json", token)); }
    ContentId publish(const std::string& bytes, const std::string& name, const std::string& token, const char* visibility = "public")
    {
        const ContentId id = m_server.upload(bytes, token);
        CHECK(m_server.post("/assets", Json{{"name", name}, {"content_hash", id.text()}, {"asset_type", "image"}, {"visibility", visibility}}, token).status == 201);
        return id;
    }
    std::filesystem::path copyIn(const char* place, const ContentId& id) { return m_places.filePath(place).toStdString() + "/" + id.hex().substr(0, 2) + "/" + id.hex().substr(2); }
    QString ownFile(const ContentId& id) { return m_server.data() + "/objects/" + QString::fromStdString(id.hex().substr(0, 2) + "/" + id.hex().substr(2)); }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_server.start());
        m_owner = m_server.tokenOf("giles"); // the first account is the owner's
        m_member = m_server.tokenOf("ada");
    }

    void publishedBytesAreCopiedAndComeBack()
    {
        const ContentId before = publish("published before", "before", m_member);
        const HttpAnswer added = m_server.post("/storage", Json{{"type", "local"}, {"name", "second disk"}, {"directory", directory("disk")}}, m_owner);
        QVERIFY2(added.status == 201, added.body.c_str());
        const Json storage = answerOf(added);
        QCOMPARE(answerOf(m_server.call("POST", placeOf(storage) + "/test", {}, m_owner)).dump(), R"({"ok":true})");
        const ContentId after = publish("published after", "after", m_member);
        const ContentId secret = publish("for me alone", "secret", m_member, "private");
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(storage, m_owner)["copies"].get<int>(), 2, 15'000);
        for (const ContentId& id : {before, after})
            QCOMPARE(*contentIdOfFile(directory("disk") + "/" + id.hex().substr(0, 2) + "/" + id.hex().substr(2)), id);
        QVERIFY(!std::filesystem::exists(directory("disk") + "/" + secret.hex().substr(0, 2) + "/" + secret.hex().substr(2)));
        QVERIFY(QFile::remove(ownFile(after)));
        const HttpAnswer waiting = m_server.get("/media/" + after.hex(), "*/*");
        QCOMPARE(waiting.status, 503);
        QVERIFY(!waiting.header("retry-after").empty());
        QTRY_COMPARE_WITH_TIMEOUT(m_server.get("/media/" + after.hex(), "*/*").status, 200, 15'000);
        QCOMPARE(m_server.get("/media/" + after.hex(), "*/*").body, std::string("published after"));
    }

    void aChangedCopyDoesNotComeBack()
    {
        const ContentId id = publish("to be changed", "changed", m_member);
        const std::string copy = directory("disk") + "/" + id.hex().substr(0, 2) + "/" + id.hex().substr(2);
        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(copy), 15'000);
        std::filesystem::remove(copy);
        QVERIFY(writeFileAtomically(copy, bytesOf("other bytes")));
        QVERIFY(QFile::remove(ownFile(id)));
        QCOMPARE(m_server.get("/media/" + id.hex(), "*/*").status, 503);
        const auto complained = [&] { return answerOf(m_server.get("/storage", "application/json", m_owner))["items"][0]["error"].dump().find("other bytes came back") != std::string::npos; };
        QTRY_VERIFY_WITH_TIMEOUT(complained(), 15'000);
        QVERIFY(!QFile::exists(ownFile(id)));
    }

    /// Whoever's place it is, and also where a copy is still on its way: a hash that was taken down is nowhere.
    void whatIsTakenDownLeavesEveryPlaceAtOnce()
    {
        const Json first = answerOf(m_server.post("/storage", Json{{"type", "local"}, {"name", "first"}, {"directory", directory("first")}}, m_owner));
        const Json second = answerOf(m_server.post("/storage", Json{{"type", "local"}, {"name", "second"}, {"directory", directory("second")}}, m_owner));
        const ContentId id = publish("taken down", "taken", m_member);
        const auto lies = [&](const char* place) { return std::filesystem::exists(copyIn(place, id)); };
        QTRY_VERIFY_WITH_TIMEOUT(lies("disk") && lies("first") && lies("second"), 15'000);
        QVERIFY(QDir().rename(m_places.filePath("second"), m_places.filePath("unplugged"))); // it cannot be reached just now
        const HttpAnswer answer = m_server.post("/assets/@ada/taken/take-down", Json{{"reason", "no consent"}}, m_owner);
        QCOMPARE(answer.status, 201);
        QVERIFY(answerOf(answer)["copies_left"].is_number()); // some may be gone already
        QCOMPARE(m_server.get("/media/" + id.hex(), "*/*", m_member).status, 404);
        QTRY_VERIFY_WITH_TIMEOUT(!lies("disk") && !lies("first"), 15'000);
        QTRY_COMPARE_WITH_TIMEOUT(answerOf(m_server.get("/moderation/actions", "application/json", m_owner))["items"][0]["copies_left"].dump(), "1", 15'000);
        QVERIFY(lies("unplugged"));
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(second, m_owner)["error"].is_string(), 15'000); // its owner is told, and it is tried again
        QVERIFY(QDir().rename(m_places.filePath("unplugged"), m_places.filePath("second")));
        QCOMPARE(m_server.call("POST", placeOf(second) + "/test", {}, m_owner).status, 200);
        QVERIFY(QFile::exists(ownFile(id))); // for an appeal, thirty days, where nobody reads it
        // A place that is switched on later gets what is living, and nothing else.
        const Json third = answerOf(m_server.post("/storage", Json{{"type", "local"}, {"name", "third"}, {"directory", directory("third")}}, m_owner));
        const ContentId other = publish("published afterwards", "afterwards", m_member);
        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(copyIn("third", other)) && !std::filesystem::exists(copyIn("third", id)), 15'000);
        for (const Json& storage : {first, second, third})
            QCOMPARE(m_server.call("DELETE", placeOf(storage), {}, m_owner).status, 204);
    }

    void copiesGoWithWhatIsWithdrawnOrNoLongerOpen()
    {
        const ContentId withdrawn = publish("to be withdrawn", "to-be-withdrawn", m_member);
        const ContentId closed = publish("to be closed", "to-be-closed", m_member);
        const ContentId shared = publish("cited twice", "cited-twice", m_member);
        QCOMPARE(m_server.post("/assets", Json{{"name", "citing"}, {"content_hash", ContentId{sha3(bytesOf("citing"))}.text()}, {"asset_type", "image"}, {"poster", shared.text()}}, m_member).status, 201);
        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(copyIn("disk", withdrawn)) && std::filesystem::exists(copyIn("disk", closed)) && std::filesystem::exists(copyIn("disk", shared)), 15'000);
        QCOMPARE(m_server.call("DELETE", "/assets/@ada/to-be-withdrawn", {}, m_member).status, 204);
        QCOMPARE(patch("/assets/@ada/to-be-closed", Json{{"visibility", "private"}}, m_member).status, 200);
        QCOMPARE(m_server.call("DELETE", "/assets/@ada/cited-twice", {}, m_member).status, 204);
        QTRY_VERIFY_WITH_TIMEOUT(!std::filesystem::exists(copyIn("disk", withdrawn)) && !std::filesystem::exists(copyIn("disk", closed)), 15'000);
        QVERIFY(QFile::exists(ownFile(withdrawn)));               // thirty days
        QVERIFY(std::filesystem::exists(copyIn("disk", shared))); // a living work shows it
        QCOMPARE(patch("/assets/@ada/to-be-closed", Json{{"visibility", "public"}}, m_member).status, 200);
        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(copyIn("disk", closed)), 15'000); // and it comes back with what is open again
    }

    void aPlaceTakesNoMoreThanItsQuota()
    {
        const Json storage = answerOf(m_server.post("/storage/add", Json{{"type", "local"}, {"directory", directory("small")}, {"quota", 10}, {"active", false}}, m_owner));
        QVERIFY(storage["quota"] == 10);
        QCOMPARE(patch(placeOf(storage), Json{{"active", true}}, m_owner).status, 200);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(storage, m_owner)["error"].dump().find("quota") != std::string::npos, 15'000);
        QVERIFY(stateOf(storage, m_owner)["copies"] == 0);
        QCOMPARE(m_server.call("DELETE", placeOf(storage), {}, m_owner).status, 204);
        QCOMPARE(m_server.get(placeOf(storage), "application/json", m_owner).status, 404);
    }

    void secretsAreNeverTold()
    {
        const HttpAnswer added = m_server.post("/storage", Json{{"type", "s3"}, {"endpoint", "http://127.0.0.1:9"}, {"bucket", "art"}, {"access_key", "AKIDEXAMPLE"}, {"secret_key", "tops3cr3t"}}, m_member);
        QVERIFY2(added.status == 201, added.body.c_str());
        const Json storage = answerOf(added);
        QVERIFY(storage["has_secret"] == true);
        const HttpAnswer tried = m_server.call("POST", placeOf(storage) + "/test", {}, m_member);
        QVERIFY(answerOf(tried)["ok"] == false);
        std::string told = added.body + tried.body + patch(placeOf(storage), Json{{"name", "off-site"}}, m_member).body;
        for (const char* path : {"/storage", "/storage/type/s3"})
            told += m_server.get(path, "application/json", m_member).body;
        QVERIFY2(told.find("off-site") != std::string::npos && told.find("AKIDEXAMPLE") != std::string::npos, told.c_str());
        QVERIFY2(told.find("tops3cr3t") == std::string::npos, told.c_str());
        for (const auto& file : std::filesystem::recursive_directory_iterator(m_server.data().toStdString()))
            if (file.is_regular_file())
                QVERIFY2(QByteArray(QByteArray::fromStdString(readTextFile(file.path()).value_or(""))).indexOf("tops3cr3t") < 0, file.path().c_str());
    }

    void whatIsNotAllowedIsRefused_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<int>("status");
        QTest::newRow("a host that nobody approved") << R"({"type":"s3","endpoint":"https://evil.example","bucket":"art","access_key":"a","secret_key":"b"})" << 403;
        QTest::newRow("an address in the house") << R"({"type":"ipfs","endpoint":"http://192.168.0.1:5001"})" << 403;
        QTest::newRow("a host in disguise") << R"({"type":"ipfs","endpoint":"http://127.0.0.1@evil.example"})" << 400;
        QTest::newRow("a path behind the host") << R"({"type":"ipfs","endpoint":"http://127.0.0.1:5001/x"})" << 400;
        QTest::newRow("a directory of the server") << R"({"type":"local","directory":"/etc"})" << 403;
        QTest::newRow("a bucket that is a path") << R"({"type":"s3","endpoint":"http://127.0.0.1:9","bucket":"../a","access_key":"a","secret_key":"b"})" << 400;
        QTest::newRow("no secret") << R"({"type":"s3","endpoint":"http://127.0.0.1:9","bucket":"art","access_key":"a"})" << 400;
        QTest::newRow("another type") << R"({"type":"ftp"})" << 400;
        QTest::newRow("a quota that is none") << R"({"type":"ipfs","endpoint":"http://127.0.0.1:5001","quota":-5})" << 400;
    }
    void whatIsNotAllowedIsRefused()
    {
        QFETCH(QString, body);
        QFETCH(int, status);
        const HttpAnswer answer = m_server.post("/storage", Json::parse(body.toStdString()), m_member);
        QVERIFY2(answer.status == status, answer.body.c_str());
    }

    void aPlaceIsItsOwnersAlone()
    {
        const Json storage = answerOf(m_server.get("/storage", "application/json", m_member))["items"][0];
        for (const char* method : {"GET", "DELETE"})
            QCOMPARE(m_server.call(method, placeOf(storage), {}, m_owner).status, 404);
        QCOMPARE(patch(placeOf(storage), Json{{"active", false}}, m_owner).status, 404);
        QCOMPARE(m_server.call("POST", placeOf(storage) + "/test", {}, m_owner).status, 404);
        QCOMPARE(m_server.get("/storage").status, 401);
    }

    void aWorkThatIsOpenAgainWhileItsCopyGoesHasOneAgain()
    {
        const ContentId wavering = publish("wavering", "wavering", m_member);
        for (int i = 0; i < 25; ++i) {
            QTRY_VERIFY2_WITH_TIMEOUT(std::filesystem::exists(copyIn("disk", wavering)), qPrintable(QStringLiteral("time %1").arg(i)), 15'000);
            QCOMPARE(patch("/assets/@ada/wavering", Json{{"visibility", "private"}}, m_member).status, 200);
            for (QDeadlineTimer end(10'000); std::filesystem::exists(copyIn("disk", wavering));) // at once, not at the next look
                QVERIFY(!end.hasExpired());
            QCOMPARE(patch("/assets/@ada/wavering", Json{{"visibility", "public"}}, m_member).status, 200);
        }
    }
};

QTEST_APPLESS_MAIN(CopiesTest)
#include "copies_test.moc"
