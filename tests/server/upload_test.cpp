// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads are looked at in a worker: what it finds is told and shown, and a file that breaks its decoder breaks no server.
#include "tests/media/film_maker.h"
#include "tests/server/server_process.h"

using namespace artdag;

namespace {

Json answerOf(const HttpAnswer& answer)
{
    return readJson(answer.body).value_or(Json());
}

/// For lying_worker.cpp, under the mark of a sound file: the lies that follow, one a line.
std::string scripted(const std::string& lines)
{
    return "fLaC\n" + lines + "\n";
}

} // namespace

class UploadTest : public QObject {
    Q_OBJECT

    testing::FilmMaker m_maker;

    static HttpAnswer send(ServerProcess& server, const std::string& bytes, const std::string& token)
    {
        return server.call("POST", "/media", bytes, token, {{"Content-Type", "application/octet-stream"}});
    }

private Q_SLOTS:
    void mediaAreMeasuredAndWorksWithoutPapersShowIt()
    {
        QVERIFY(m_maker.make("film.mp4", "-f lavfi -i testsrc2=s=320x180:r=25:d=2 -f lavfi -i sine=d=2:r=44100 -c:v libx264 -c:a aac"));
        ServerProcess server;
        QVERIFY(server.start());
        const std::string token = server.tokenOf("giles");
        const Json film = answerOf(send(server, m_maker.read("film.mp4").toStdString(), token));
        const Json expected{{"type", "video/mp4"}, {"width", 320}, {"height", 180}, {"rate", "25/1"}, {"frames", 50}, {"sample_rate", 44100}, {"channels", 1}};
        QCOMPARE(film["media"].dump(), expected.dump());
        QVERIFY(!film.contains("problem"));
        const Json work{{"name", "my-film"}, {"content_hash", film["content_hash"]}, {"asset_type", "video"}};
        QCOMPARE(server.post("/assets", work, token).status, 201);
        QCOMPARE(answerOf(server.get("/assets/@giles/my-film"))["media"].dump(), expected.dump());
        const std::string page = server.get("/asset/@giles/my-film", "text/html").body;
        QVERIFY(page.find("width=\"320\" height=\"180\"") != std::string::npos && page.find("0:02") != std::string::npos);
    }

    void whatCannotBeDecodedIsKeptWithTheReason()
    {
        ServerProcess server;
        QVERIFY(server.start());
        const std::string token = server.tokenOf("giles");
        const Json torn = answerOf(send(server, "\x89PNG\r\n\x1a\n no picture", token));
        QCOMPARE(torn["media_type"], "image/png");
        QVERIFY(torn["media"].empty());
        QVERIFY2(torn["problem"].get<std::string>().starts_with("upload: "), torn.dump().c_str());
        const Json text = answerOf(send(server, "words", token));
        QVERIFY(text["media"].empty() && !text.contains("problem"));
    }

    void aFileThatBreaksTheDecoderDoesNotBreakTheServer()
    {
        ServerProcess server;
        QVERIFY(server.start({"--worker", QString(ARTDAG_TESTS_DIR) + "/lying_worker"}));
        const std::string token = server.tokenOf("giles");
        const qint64 before = server.pid();
        for (const char* attack : {"!signal 11", "!signal 6", "!bytes 65537", "!gift 40", "{\"facts\":{\"format\":\"x\",\"warnings\":[],\"video\":{\"width\":1000000,\"height\":1000000}}}"}) {
            const HttpAnswer answer = send(server, scripted(attack), token);
            QCOMPARE(answer.status, 201);
            const Json upload = answerOf(answer);
            QCOMPARE(upload["media_type"], "application/octet-stream"); // never played in place
            QVERIFY2(upload["problem"].get<std::string>().find("damaged or made to do harm") != std::string::npos, upload.dump().c_str());
            QVERIFY(server.get(upload["url"].get<std::string>().substr(server.url().size()), "*/*", token).header("content-disposition").starts_with("attachment"));
        }
        const Json late = answerOf(send(server, scripted("!exit 12"), token));
        QCOMPARE(late["media_type"], "audio/flac");
        QVERIFY(late.contains("problem"));
        QCOMPARE(server.get("/healthz").status, 200);
        QCOMPARE(server.pid(), before);
        QCOMPARE(server.stop(), 0);
    }

    void aServerWithoutItsWorkerDoesNotStart()
    {
        ServerProcess server;
        QVERIFY(!server.start({"--worker", "/nowhere/artdag-worker"}));
    }

    void theServerItselfHoldsNoDecoder()
    {
        ServerProcess server;
        QVERIFY(server.start());
        QFile maps(QString("/proc/%1/maps").arg(server.pid()));
        QVERIFY(maps.open(QIODevice::ReadOnly));
        const QByteArray mapped = maps.readAll();
        QVERIFY(mapped.contains("libcrypto"));
        for (const char* library : {"libavcodec", "libavformat", "libdav1d", "libvpx"})
            QVERIFY2(!mapped.contains(library), library);
    }
};

QTEST_APPLESS_MAIN(UploadTest)
#include "upload_test.moc"
