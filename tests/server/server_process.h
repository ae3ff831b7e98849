// SPDX-License-Identifier: GPL-3.0-or-later
// The real artdagd on a free port with a data directory of its own, and short ways to talk to it. Stopped by its own pid.
#pragma once

#include "core/base/files.h"
#include "core/base/json.h"
#include "core/net/http_client.h"
#include "tests/server/postgres_cluster.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>
#include <sys/prctl.h>

#include <memory>

namespace artdag {

/// With ARTDAG_TEST_ENGINE=postgresql each server has a database in a cluster of this program.
class ServerProcess {
public:
    /// In this data directory; empty: in one of its own.
    explicit ServerProcess(QString data = {})
        : m_data(std::move(data))
    {
    }
    ~ServerProcess() { stop(); }

    /// False when it does not come up within ten seconds.
    bool start(QStringList more = {})
    {
        if (!chooseDatabase())
            return false;
        m_process = std::make_unique<QProcess>();
        m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); }); // a test that crashes leaves no server behind
        qputenv("LOG_LEVEL", "warning");                                                // what goes well would only hide what does not
        m_process->start(QString::fromLocal8Bit(ARTDAG_BIN_DIR "/artdagd"), QStringList{"serve", "--data", data(), "--allow-loopback"} + (more.contains("--port") ? QStringList() : QStringList{"--port", "0"}) + more);
        if (!m_process->waitForStarted(10'000))
            return false;
        while (!m_process->canReadLine())
            if (!m_process->waitForReadyRead(10'000))
                return false;
        const QString line = QString::fromUtf8(m_process->readLine()).trimmed();
        m_url = line.startsWith("listening on ") ? line.mid(13).toStdString() : std::string();
        return !m_url.empty();
    }
    /// Exit code after SIGTERM.
    int stop()
    {
        if (!m_process)
            return -1;
        if (m_process->state() != QProcess::NotRunning) {
            ::kill(static_cast<pid_t>(m_process->processId()), SIGTERM);
            if (!m_process->waitForFinished(15'000))
                m_process->kill();
        }
        const int code = m_process->exitStatus() == QProcess::NormalExit ? m_process->exitCode() : -1;
        m_process.reset();
        return code;
    }
    [[nodiscard]] QString data() const { return m_data.isEmpty() ? m_directory.filePath("data") : m_data; }
    [[nodiscard]] const std::string& url() const { return m_url; }
    [[nodiscard]] std::string domain() const { return m_url.substr(7); }
    [[nodiscard]] qint64 pid() const { return m_process->processId(); }
    /// A line of /proc/PID/status in kB.
    [[nodiscard]] long memory(const QByteArray& name) const
    {
        QFile file(QString("/proc/%1/status").arg(pid()));
        if (!file.open(QIODevice::ReadOnly))
            return -1;
        for (const QByteArray& line : file.readAll().split('\n'))
            if (line.startsWith(name))
                return line.mid(name.size() + 1).trimmed().split(' ').first().toLong();
        return -1;
    }

    HttpAnswer call(const std::string& method, const std::string& path, const std::string& body = {}, const std::string& token = {}, HttpHeaders headers = {})
    {
        HttpRequest request;
        request.method = method;
        request.url = m_url + path;
        request.body = body;
        request.headers = std::move(headers);
        if (!token.empty())
            request.headers.emplace_back("Authorization", "Bearer " + token);
        auto answer = m_http->send(request);
        return answer ? std::move(*answer) : HttpAnswer{0, {}, answer.error().message, {}};
    }
    HttpAnswer get(const std::string& path, const std::string& accept = "application/json", const std::string& token = {}) { return call("GET", path, {}, token, {{"Accept", accept}}); }
    HttpAnswer post(const std::string& path, const Json& body, const std::string& token = {}) { return call("POST", path, body.dump(), token, {{"Content-Type", "application/json"}, {"Accept", "application/json"}}); }
    HttpClient& http() { return *m_http; }

    /// The token of a new account, or of an old one.
    std::string tokenOf(const std::string& user)
    {
        const Json credentials{{"user", user}, {"password", "correct horse " + user}};
        HttpAnswer answer = post("/auth/register", credentials);
        if (answer.status == 409)
            answer = post("/auth/login", credentials);
        const auto body = readJson(answer.body);
        return body && body->contains("token") ? (*body)["token"].get<std::string>() : "";
    }
    /// Uploads bytes; their content id.
    ContentId upload(const std::string& bytes, const std::string& token, const std::string& type = "application/octet-stream")
    {
        const HttpAnswer answer = call("POST", "/media", bytes, token, {{"Content-Type", type}});
        const auto body = readJson(answer.body);
        return body && body->contains("content_hash") ? *nameOfText<ContentId>((*body)["content_hash"].get<std::string>()) : ContentId{};
    }

private:
    /// By the environment, so that other commands of artdagd that the test runs find it, too.
    bool chooseDatabase()
    {
        if (qgetenv("ARTDAG_TEST_ENGINE") != "postgresql")
            return true;
        static PostgresCluster cluster;
        static const bool isUp = cluster.start();
        if (isUp && m_database.empty())
            m_database = cluster.newDatabase();
        return !m_database.empty() && qputenv("DATABASE_URL", QByteArray::fromStdString(m_database));
    }

    QTemporaryDir m_directory;
    QString m_data;
    std::string m_database; ///< URL; empty: a file in the data directory
    std::unique_ptr<QProcess> m_process;
    std::unique_ptr<HttpClient> m_http = openHttpClient();
    std::string m_url;
};

} // namespace artdag
