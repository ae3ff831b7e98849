// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody else's server for a test, started by a small script of tests/peers that says `ready PORT` and ends when its
// standard input is closed.
#pragma once

#include <QProcess>
#include <QTest>

#include <memory>
#include <string>

namespace artdag {

class PeerProcess {
public:
    ~PeerProcess() { stop(); }
    /// Its URL on loopback; empty when it does not come up within a minute.
    std::string start(const QString& program, const QStringList& arguments)
    {
        m_process = std::make_unique<QProcess>();
        m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process->start(program, arguments);
        while (m_process->state() != QProcess::NotRunning) {
            while (m_process->canReadLine()) {
                const QByteArray line = m_process->readLine().trimmed();
                if (line.startsWith("ready "))
                    return "http://127.0.0.1:" + line.mid(6).toStdString();
            }
            if (!m_process->waitForReadyRead(60'000))
                return {};
        }
        return {};
    }
    void stop()
    {
        if (!m_process)
            return;
        m_process->closeWriteChannel();
        if (!m_process->waitForFinished(10'000)) {
            m_process->kill();
            m_process->waitForFinished(1000);
        }
        m_process.reset();
    }

private:
    std::unique_ptr<QProcess> m_process;
};

} // namespace artdag
