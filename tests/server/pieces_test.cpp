// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads in pieces (tus 1.0.0) and the room of an account: what was sent is not sent again, whatever breaks in between.
#include "tests/server/server_process.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace artdag;

namespace {

Json answerOf(const HttpAnswer& answer)
{
    return readJson(answer.body).value_or(Json());
}

std::string base64(const std::string& text)
{
    return QByteArray::fromStdString(text).toBase64().toStdString();
}

std::string bytesOf(std::size_t size)
{
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<char>((i * 2654435761U) >> 13);
    return bytes;
}

std::string idOf(const std::string& bytes)
{
    return ContentId{sha3(artdag::bytesOf(bytes))}.text();
}

} // namespace

class PiecesTest : public QObject {
    Q_OBJECT

    ServerProcess m_server; ///< for what changes nothing
    std::string m_token;

    static HttpAnswer announce(ServerProcess& server, const std::string& token, std::size_t length, const std::string& metadata = {})
    {
        HttpHeaders headers{{"Tus-Resumable", "1.0.0"}, {"Upload-Length", std::to_string(length)}};
        if (!metadata.empty())
            headers.emplace_back("Upload-Metadata", metadata);
        return server.call("POST", "/media", {}, token, headers);
    }
    static std::string placeOf(const HttpAnswer& answer)
    {
        const std::string location(answer.header("location"));
        return location.substr(location.find("/media/uploads/"));
    }
    static HttpAnswer send(ServerProcess& server, const std::string& place, const std::string& token, std::size_t offset, const std::string& piece)
    {
        return server.call("PATCH", place, piece, token, {{"Tus-Resumable", "1.0.0"}, {"Upload-Offset", std::to_string(offset)}, {"Content-Type", "application/offset+octet-stream"}});
    }
    static qint64 offsetOf(ServerProcess& server, const std::string& place, const std::string& token)
    {
        const HttpAnswer answer = server.call("HEAD", place, {}, token, {{"Tus-Resumable", "1.0.0"}});
        return answer.status == 200 ? QString::fromStdString(std::string(answer.header("upload-offset"))).toLongLong() : -answer.status;
    }
    /// Sends the beginning of a piece and is gone.
    static void sendAndBreak(ServerProcess& server, const std::string& place, const std::string& token, const std::string& piece, std::size_t promised)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(server.url().substr(server.url().rfind(':') + 1))));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        QCOMPARE(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        const std::string request = "PATCH " + place + " HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + token + "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
            + "Content-Type: application/offset+octet-stream\r\nContent-Length: " + std::to_string(promised) + "\r\n\r\n" + piece;
        for (std::size_t sent = 0; sent < request.size();) {
            const ssize_t count = ::send(socket, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
            QVERIFY(count > 0);
            sent += static_cast<std::size_t>(count);
        }
        // Gone only when the server has nearly all of it; the last block is written when the connection is seen to be broken.
        const QString file = server.data() + "/uploads/" + QString::fromStdString(place).section('/', -1);
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(file).size() >= static_cast<qint64>(piece.size()) / 65'536 * 65'536, 10'000);
        ::close(socket);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_server.start());
        m_token = m_server.tokenOf("giles");
    }

    void piecesBecomeTheFile()
    {
        ServerProcess server;
        QVERIFY(server.start());
        const std::string token = server.tokenOf("giles");
        const std::string bytes = bytesOf(300'000);
        const HttpAnswer begun = announce(server, token, bytes.size(), "content-id " + base64(idOf(bytes)) + ",filename " + base64("a/../b.bin"));
        QCOMPARE(begun.status, 201);
        QCOMPARE(begun.header("tus-resumable"), std::string_view("1.0.0"));
        QVERIFY(!begun.header("upload-expires").empty());
        const std::string place = placeOf(begun);
        QCOMPARE(send(server, place, token, 0, bytes.substr(0, 100'000)).status, 204);
        QCOMPARE(offsetOf(server, place, token), 100'000);
        QCOMPARE(send(server, place, token, 0, bytes).status, 409);       // not from there
        QCOMPARE(send(server, place, token, 100'000, bytes).status, 413); // longer than announced
        const HttpAnswer last = send(server, place, token, 100'000, bytes.substr(100'000));
        QCOMPARE(last.status, 204);
        QCOMPARE(std::string(last.header("content-location")), "/media/" + idOf(bytes).substr(9));
        QVERIFY(server.get(std::string(last.header("content-location")), "*/*", token).body == bytes);
        QCOMPARE(offsetOf(server, place, token), 300'000);
        QVERIFY(answerOf(server.get(place, "application/json", token))["content_hash"] == idOf(bytes));
        QCOMPARE(send(server, place, token, 300'000, "more").status, 409);
    }

    void whatABrokenConnectionAndAKilledServerLeaveIsGoneOnWith()
    {
        ServerProcess server;
        QVERIFY(server.start({"--domain", "media.test", "--public-url", "http://media.test"}));
        const std::string token = server.tokenOf("giles");
        const std::string bytes = bytesOf(1'000'000);
        const std::string place = placeOf(announce(server, token, bytes.size()));
        sendAndBreak(server, place, token, bytes.substr(0, 400'000), bytes.size());
        QTRY_COMPARE_WITH_TIMEOUT(offsetOf(server, place, token), 400'000, 10'000);
        int status = 423; // until the server has let go of the file
        QVERIFY(QTest::qWaitFor([&] { return (status = send(server, place, token, 400'000, bytes.substr(400'000, 100'000)).status) != 423; }, 10'000));
        QCOMPARE(status, 204);
        ::kill(static_cast<pid_t>(server.pid()), SIGKILL);
        server.stop();
        QVERIFY(server.start({"--domain", "media.test", "--public-url", "http://media.test"}));
        QCOMPARE(offsetOf(server, place, token), 500'000);
        const HttpAnswer last = send(server, place, token, 500'000, bytes.substr(500'000));
        QCOMPARE(last.status, 204);
        QCOMPARE(std::string(last.header("content-location")), "/media/" + idOf(bytes).substr(9));
    }

    void otherBytesThanAnnouncedAreRefusedForGood()
    {
        ServerProcess server;
        QVERIFY(server.start());
        const std::string token = server.tokenOf("giles");
        const std::string place = placeOf(announce(server, token, 4, "content-id " + base64(idOf("good"))));
        const HttpAnswer refused = send(server, place, token, 0, "evil");
        QCOMPARE(refused.status, 400);
        QVERIFY2(refused.body.find("not what was announced") != std::string::npos, refused.body.c_str());
        QCOMPARE(offsetOf(server, place, token), -404);
        QCOMPARE(QDir(server.data() + "/uploads").entryList(QDir::Files).size(), 0);
    }

    void anUploadIsItsOwnersAlone()
    {
        ServerProcess server;
        QVERIFY(server.start());
        const std::string token = server.tokenOf("giles");
        const std::string other = server.tokenOf("mallory");
        const std::string place = placeOf(announce(server, token, 4));
        QCOMPARE(offsetOf(server, place, other), -404);
        QCOMPARE(send(server, place, other, 0, "evil").status, 404);
        QCOMPARE(server.call("DELETE", place, {}, other, {{"Tus-Resumable", "1.0.0"}}).status, 404);
        QCOMPARE(server.call("DELETE", place, {}, token, {{"Tus-Resumable", "1.0.0"}}).status, 204);
        QCOMPARE(offsetOf(server, place, token), -404);
        QCOMPARE(QDir(server.data() + "/uploads").entryList(QDir::Files).size(), 0);
    }

    void requestsThatAreNoTusAreRefused_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("status");
        QTest::newRow("another version") << "Tus-Resumable"
                                         << "0.9" << 412;
        QTest::newRow("no length") << "Upload-Length"
                                   << "" << 400;
        QTest::newRow("no number") << "Upload-Length"
                                   << "12x" << 400;
        QTest::newRow("nothing") << "Upload-Length"
                                 << "0" << 400;
        QTest::newRow("too long") << "Upload-Length"
                                  << "999999999999" << 413;
        QTest::newRow("no base64") << "Upload-Metadata"
                                   << "content-id §" << 400;
        QTest::newRow("no hash") << "Upload-Metadata"
                                 << "content-id YWJj" << 400;
    }
    void requestsThatAreNoTusAreRefused()
    {
        QFETCH(QString, header);
        QFETCH(QString, value);
        QFETCH(int, status);
        HttpHeaders headers{{"Tus-Resumable", "1.0.0"}, {"Upload-Length", "4"}};
        std::erase_if(headers, [&](const auto& one) { return one.first == header.toStdString(); });
        if (!value.isEmpty())
            headers.emplace_back(header.toStdString(), value.toStdString());
        QCOMPARE(m_server.call("POST", "/media", {}, m_token, headers).status, status);
    }

    void aClientFindsOutHow()
    {
        const HttpAnswer answer = m_server.call("OPTIONS", "/media");
        QCOMPARE(answer.status, 204);
        QCOMPARE(answer.header("tus-version"), std::string_view("1.0.0"));
        QCOMPARE(answer.header("tus-extension"), std::string_view("creation,expiration,termination"));
    }

    void anAccountHasSoMuchRoomAndNoMore()
    {
        ServerProcess server;
        QVERIFY(server.start({"--member-quota", "1000000"}));
        const std::string token = server.tokenOf("giles");
        QVERIFY(!server.upload(bytesOf(600'000), token).isNull());
        const HttpAnswer refused = server.call("POST", "/media", bytesOf(500'000), token, {{"Content-Type", "application/octet-stream"}});
        QCOMPARE(refused.status, 413);
        QVERIFY2(refused.body.find("this account's room") != std::string::npos, refused.body.c_str());
        QCOMPARE(announce(server, token, 500'000).status, 413);
        const std::string place = placeOf(announce(server, token, 300'000)); // what is announced takes room at once
        QCOMPARE(announce(server, token, 200'000).status, 413);
        QCOMPARE(server.call("DELETE", place, {}, token, {{"Tus-Resumable", "1.0.0"}}).status, 204);
        QCOMPARE(announce(server, token, 200'000).status, 201);
        QVERIFY(!server.upload(bytesOf(500'000), server.tokenOf("other")).isNull()); // another account has its own
    }
};

QTEST_APPLESS_MAIN(PiecesTest)
#include "pieces_test.moc"
