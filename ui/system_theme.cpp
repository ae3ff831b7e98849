// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/system_theme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingReply>

namespace artdag {

namespace {
const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString settings = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString scheme = QStringLiteral("color-scheme");
constexpr uint prefersLight = 2; // org.freedesktop.portal.Settings: 0 no preference, 1 dark, 2 light
} // namespace

SystemTheme::SystemTheme(QObject* parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, settings, QStringLiteral("SettingChanged"), this, SLOT(take(QString, QString, QDBusVariant)));
    QDBusMessage ask = QDBusMessage::createMethodCall(service, path, settings, QStringLiteral("Read"));
    ask << appearance << scheme;
    m_answer = std::make_unique<QDBusPendingCallWatcher>(bus.asyncCall(ask));
    connect(m_answer.get(), &QDBusPendingCallWatcher::finished, this, [this] {
        const QDBusPendingReply<QDBusVariant> reply = *m_answer;
        if (!reply.isError())
            take(appearance, scheme, reply.value());
    });
}

void SystemTheme::take(const QString& space, const QString& key, const QDBusVariant& value)
{
    if (space != appearance || key != scheme)
        return;
    QVariant inner = value.variant();
    if (inner.canConvert<QDBusVariant>()) // Read wraps it twice
        inner = inner.value<QDBusVariant>().variant();
    const bool dark = inner.toUInt() != prefersLight;
    if (dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT changed();
}

} // namespace artdag
