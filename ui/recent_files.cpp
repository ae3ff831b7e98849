// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recent_files.h"

#include <QDir>
#include <QFileInfo>

namespace artdag {

namespace {
constexpr qsizetype most = 12;
const QString key = QStringLiteral("recentFiles");
} // namespace

RecentFiles::RecentFiles(QSettings& settings, QObject* parent)
    : QObject(parent),
      m_settings(&settings)
{
}

QVariantList RecentFiles::all() const
{
    QVariantList list;
    for (const QString& path : m_settings->value(key).toStringList()) {
        const QFileInfo file(path);
        QString folder = file.absolutePath();
        if (folder.startsWith(QDir::homePath()))
            folder.replace(0, QDir::homePath().size(), QStringLiteral("~"));
        list << QVariantMap{{QStringLiteral("path"), path}, {QStringLiteral("name"), file.completeBaseName()}, {QStringLiteral("folder"), folder}};
    }
    return list;
}

void RecentFiles::keep(const QStringList& paths)
{
    m_settings->setValue(key, paths.mid(0, most));
    Q_EMIT changed();
}

void RecentFiles::add(const QString& path)
{
    QStringList paths = m_settings->value(key).toStringList();
    paths.removeAll(path);
    paths.prepend(path);
    keep(paths);
}

void RecentFiles::remove(const QString& path)
{
    QStringList paths = m_settings->value(key).toStringList();
    if (paths.removeAll(path) > 0)
        keep(paths);
}

void RecentFiles::clear()
{
    keep({});
}

} // namespace artdag
