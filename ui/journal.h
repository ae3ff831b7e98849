// SPDX-License-Identifier: GPL-3.0-or-later
// The autosave journal: edits that are in no file yet are written to a file of their own within two seconds, on a thread of
// their own, each time as a whole. What a process left that ended without saying goodbye is offered, and never opened by
// itself. An entry is locked while its process lives.
#pragma once

#include "ui/document.h"
#include "ui/work_queue.h"

#include <QDateTime>
#include <QLockFile>
#include <QObject>
#include <QTimer>
#include <QVariant>

#include <memory>
#include <vector>

namespace artdag {

class Journal : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QVariantList found READ found NOTIFY foundChanged)
    Q_PROPERTY(int count READ count NOTIFY foundChanged)

public:
    /// `folder` is made when there is something to write.
    Journal(Document& document, std::filesystem::path folder, QObject* parent = nullptr);
    /// Ends the entry: the document was saved, or its edits given up.
    ~Journal() override;

    /// {title, path, when}: documents of processes that are gone.
    [[nodiscard]] QVariantList found() const;
    [[nodiscard]] int count() const { return static_cast<int>(m_found.size()); }

    struct Entry {
        QString file, title, path;
        QDateTime when;
        std::string recipe;
        std::shared_ptr<QLockFile> lock; ///< ours while it is offered, so that no other window offers it
    };
    /// Takes an entry off the list; its file stays until settle().
    Entry take(int row);
    /// The open document is the entry's now: writes its own entry, then removes the earlier one.
    void settle(const Entry& entry);
    Q_INVOKABLE void discard(int row);

Q_SIGNALS:
    void foundChanged();
    /// The journal cannot be written: said once, until it works again.
    void failed(const QString& words);

private:
    void look();
    void write();
    void remove(const QString& file, std::shared_ptr<QLockFile> lock);

    Document* m_document;
    std::filesystem::path m_folder;
    QString m_file; ///< of this process's document
    std::shared_ptr<QLockFile> m_lock;
    std::vector<Entry> m_found;
    QTimer m_soon;
    bool m_troubled = false;
    std::unique_ptr<WorkQueue> m_disk;
};

} // namespace artdag
