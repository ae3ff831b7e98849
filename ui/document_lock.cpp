// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document_lock.h"

#include "ui/qt_std.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace artdag {

QString lockPathOf(const QString& document)
{
    const QFileInfo file(document);
    return file.absolutePath() + QStringLiteral("/.") + file.fileName() + QStringLiteral(".lock");
}

Result<void> DocumentLock::take(const QString& path)
{
    if (path == m_path)
        return {};
    auto lock = std::make_unique<QLockFile>(lockPathOf(path));
    lock->setStaleLockTime(0); // however old: its process is what counts
    if (!lock->tryLock(0) && lock->error() == QLockFile::LockFailedError) {
        qint64 process = 0;
        QString host, program;
        lock->getLockInfo(&process, &host, &program);
        return fail(Fault::Conflict, toStd(QCoreApplication::translate("DocumentLock", "%1 is open in another window (process %2 on %3)").arg(QFileInfo(path).fileName()).arg(process).arg(host)));
    }
    m_lock = std::move(lock);
    m_path = path;
    return {};
}

void DocumentLock::release()
{
    m_lock.reset();
    m_path.clear();
}

} // namespace artdag
