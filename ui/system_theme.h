// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the desktop is dark: asks its portal (org.freedesktop.appearance) and follows it; without one, dark, as a picture
// is judged best in. Never waits for the answer.
#pragma once

#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QObject>

#include <memory>

namespace artdag {

class SystemTheme : public QObject {
    Q_OBJECT

public:
    explicit SystemTheme(QObject* parent = nullptr);
    [[nodiscard]] bool isDark() const { return m_dark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void take(const QString& space, const QString& key, const QDBusVariant& value);

private:
    bool m_dark = true;
    std::unique_ptr<QDBusPendingCallWatcher> m_answer;
};

} // namespace artdag
