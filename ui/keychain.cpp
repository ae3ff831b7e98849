// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keychain.h"

#include "ui/qt_std.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <qt6keychain/keychain.h>

namespace artdag {

namespace {
const QString service = QStringLiteral("Art DAG");

/// Without a session bus nobody can answer; libsecret would try to start one.
bool hasBus()
{
    const QString address = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    return address.isEmpty() ? QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus")) : address != QLatin1String("disabled:");
}

Error errorOf(const QKeychain::Job& job)
{
    const auto words = [](const char* text) { return toStd(QCoreApplication::translate("Keychain", text)); };
    switch (job.error()) {
    case QKeychain::EntryNotFound: return {Fault::NotFound, words(QT_TRANSLATE_NOOP("Keychain", "the keychain has no passphrase for this key"))};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied: return {Fault::Denied, words(QT_TRANSLATE_NOOP("Keychain", "the keychain is locked, or does not let Art DAG in"))};
    case QKeychain::NoBackendAvailable: return {Fault::Unavailable, words(QT_TRANSLATE_NOOP("Keychain", "there is no keychain on this desktop"))};
    default: return {Fault::Unavailable, toStd(QCoreApplication::translate("Keychain", "the keychain does not work: %1").arg(job.errorString()))};
    }
}

class DesktopKeychain : public QObject, public Keychain {
public:
    explicit DesktopKeychain(QString name)
        : m_name(std::move(name)) {}

    void read(std::function<void(Result<std::string>)> done) override
    {
        if (!hasBus())
            return done(none());
        auto* job = new QKeychain::ReadPasswordJob(service); // ends itself after it has finished
        connect(job, &QKeychain::Job::finished, this, [job, done] {
            done(job->error() == QKeychain::NoError ? Result<std::string>(toStd(job->textData())) : tl::unexpected(errorOf(*job)));
        });
        job->setKey(m_name);
        job->start();
    }

    void write(const std::string& secret, std::function<void(Result<void>)> done) override
    {
        if (!hasBus())
            return done(none());
        auto* job = new QKeychain::WritePasswordJob(service);
        connect(job, &QKeychain::Job::finished, this, [job, done] {
            done(job->error() == QKeychain::NoError ? Result<void>() : tl::unexpected(errorOf(*job)));
        });
        job->setKey(m_name);
        job->setTextData(toQt(std::string_view(secret)));
        job->start();
    }

private:
    static tl::unexpected<Error> none()
    {
        return fail(Fault::Unavailable, toStd(QCoreApplication::translate("Keychain", "there is no keychain on this desktop")));
    }
    QString m_name;
};
} // namespace

std::unique_ptr<Keychain> openKeychain(const QString& name)
{
    return std::make_unique<DesktopKeychain>(name);
}

} // namespace artdag
