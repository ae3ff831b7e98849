// SPDX-License-Identifier: GPL-3.0-or-later
// The recipes opened or saved lately, the latest first, remembered in settings.ini.
#pragma once

#include <QObject>
#include <QSettings>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

namespace artdag {

class RecentFiles : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QVariantList all READ all NOTIFY changed)

public:
    explicit RecentFiles(QSettings& settings, QObject* parent = nullptr);

    [[nodiscard]] QVariantList all() const; ///< {path, name, folder}
    void add(const QString& path);
    void remove(const QString& path); ///< it cannot be opened any more
    Q_INVOKABLE void clear();

Q_SIGNALS:
    void changed();

private:
    void keep(const QStringList& paths);
    QSettings* m_settings;
};

} // namespace artdag
