// SPDX-License-Identifier: GPL-3.0-or-later
// A PostgreSQL 15 cluster of the test's own, in a temporary directory on a free port. Stopped by its own pid at the end.
#pragma once

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <arpa/inet.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>

namespace artdag {

class PostgresCluster {
public:
    ~PostgresCluster() { stop(); }

    /// False, with the reason on stderr, when it does not come up.
    bool start()
    {
        if (m_port == 0 && !make())
            return false;
        m_process = std::make_unique<QProcess>();
        m_process->setProcessChannelMode(QProcess::MergedChannels);
        const auto [program, arguments] = asUser("postgres", {"-D", data(), "-h", "127.0.0.1", "-p", QString::number(m_port), "-k", "", "-F"});
        m_process->start(program, arguments);
        const bool up = QTest::qWaitFor([this] { return m_process->state() == QProcess::NotRunning || QProcess::execute(programs + "pg_isready", {"-q", "-h", "127.0.0.1", "-p", QString::number(m_port)}) == 0; }, 20'000);
        if (up && m_process->state() != QProcess::NotRunning)
            return true;
        qWarning().noquote() << "postgres:" << m_process->errorString() << m_process->readAll();
        return false;
    }
    /// As an administrator's restart: connections are cut.
    void stop()
    {
        if (!m_process)
            return;
        if (m_process->state() != QProcess::NotRunning) {
            ::kill(static_cast<pid_t>(m_process->processId()), SIGINT);
            if (!m_process->waitForFinished(15'000))
                m_process->kill();
        }
        m_process.reset();
    }
    /// The URL of a new, empty database; empty when it cannot be made.
    std::string newDatabase()
    {
        const std::string name = "test_" + std::to_string(++m_databases);
        const QString command = QString::fromStdString("CREATE DATABASE " + name);
        return QProcess::execute(programs + "psql", {"-q", "-d", QString::fromStdString(url("postgres")), "-c", command}) == 0 ? url(name) : "";
    }
    [[nodiscard]] std::string url(const std::string& database) const { return "postgresql://artdag:" + password + "@127.0.0.1:" + std::to_string(m_port) + "/" + database; }
    static inline const std::string password = "s3cret-of-the-test";

private:
    static inline const QString programs = "/usr/lib/postgresql/15/bin/"; // of the package postgresql-15

    [[nodiscard]] QString data() const { return m_directory.filePath("data"); }

    /// PostgreSQL does not run as root.
    static std::pair<QString, QStringList> asUser(const QString& name, QStringList arguments)
    {
        const QString program = programs + name;
        if (::geteuid() != 0)
            return {program, arguments};
        arguments = QStringList{"--reuid=" + QString::number(user()->pw_uid), "--regid=" + QString::number(user()->pw_gid), "--clear-groups", program} + arguments;
        return {"setpriv", arguments};
    }
    static const passwd* user()
    {
        const passwd* found = ::getpwnam("postgres");
        return found != nullptr ? found : ::getpwnam("nobody");
    }
    static int freePort()
    {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
        ::close(socket);
        return bound ? ntohs(address.sin_port) : 0;
    }

    bool make()
    {
        m_port = freePort();
        QFile passwordFile(m_directory.filePath("password"));
        if (m_port == 0 || !passwordFile.open(QIODevice::WriteOnly) || passwordFile.write(password.c_str()) < 0)
            return false;
        passwordFile.close();
        if (::geteuid() == 0 && (::chown(m_directory.path().toLocal8Bit(), user()->pw_uid, user()->pw_gid) != 0 || ::chown(passwordFile.fileName().toLocal8Bit(), user()->pw_uid, user()->pw_gid) != 0))
            return false;
        QProcess initdb;
        initdb.setProcessChannelMode(QProcess::MergedChannels);
        const auto [program, arguments] = asUser("initdb", {"-D", data(), "-U", "artdag", "-A", "scram-sha-256", "--pwfile", passwordFile.fileName(), "--no-sync", "-E", "UTF8", "--locale", "C.UTF-8"});
        initdb.start(program, arguments);
        if (initdb.waitForFinished(60'000) && initdb.exitCode() == 0)
            return true;
        qWarning().noquote() << "initdb (package postgresql-15):" << initdb.errorString() << initdb.readAll();
        return false;
    }

    QTemporaryDir m_directory;
    std::unique_ptr<QProcess> m_process;
    int m_port = 0;
    int m_databases = 0;
};

} // namespace artdag
