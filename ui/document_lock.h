// SPDX-License-Identifier: GPL-3.0-or-later
// A document's file belongs to one window: a lock beside it with process and host. Locks of processes that are gone count as
// none. Where no lock can be written nobody can save either, and so there is none to take.
#pragma once

#include "core/base/result.h"

#include <QLockFile>
#include <QString>

#include <memory>

namespace artdag {

class DocumentLock {
public:
    /// Lets go of the file held before, once this one is taken. Conflict says who has it: process and host.
    Result<void> take(const QString& path);
    void release();
    [[nodiscard]] QString path() const { return m_path; }

private:
    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
};

/// `.NAME.lock` in the document's folder.
QString lockPathOf(const QString& document);

} // namespace artdag
