// SPDX-License-Identifier: GPL-3.0-or-later
// All films that were rendered here, newest first, with what the artist thinks of them. The list is a file of the
// workspace; films and provenance lie where they were written. It never deletes a film.
#pragma once

#include "core/base/json.h"
#include "ui/work_queue.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QImage>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <filesystem>
#include <memory>
#include <vector>

namespace artdag {

struct GalleryEntry {
    QString id; ///< of the run
    QString title;
    QString film, provenance, poster; ///< paths
    QString contentHash, framesHash;
    QString encode;
    int width = 0, height = 0;
    double seconds = 0;
    QDateTime when;
    QString mark;       ///< empty, kept, starred, discarded
    QString page;       ///< where it was published
    std::string recipe; ///< its text
    QImage image;
};

class Gallery : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(int count READ rowTotal NOTIFY countChanged)
    Q_PROPERTY(int total READ total NOTIFY countChanged)
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)
    Q_PROPERTY(QString currentTitle READ currentTitle NOTIFY currentChanged)
    Q_PROPERTY(QString currentFacts READ currentFacts NOTIFY currentChanged)
    Q_PROPERTY(QString currentHash READ currentHash NOTIFY currentChanged)
    Q_PROPERTY(QString currentPath READ currentPath NOTIFY currentChanged)
    Q_PROPERTY(QUrl currentFilm READ currentFilm NOTIFY currentChanged)
    Q_PROPERTY(QString currentPage READ currentPage NOTIFY currentChanged)
    Q_PROPERTY(QVariant currentImage READ currentImage NOTIFY currentChanged)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        ImageRole,
        WhenRole,
        LengthRole,
        MarkRole,
        SizeRole,
        PageRole,
        MissingRole,
    };

    explicit Gallery(std::filesystem::path directory, QObject* parent = nullptr);
    ~Gallery() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : rowTotal(); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int rowTotal() const { return static_cast<int>(m_shown.size()); }
    [[nodiscard]] int total() const { return static_cast<int>(m_entries.size()); }
    [[nodiscard]] QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int row);
    [[nodiscard]] const GalleryEntry* currentEntry() const;
    [[nodiscard]] QString currentTitle() const;
    [[nodiscard]] QString currentFacts() const;
    [[nodiscard]] QString currentHash() const;
    [[nodiscard]] QString currentPath() const;
    [[nodiscard]] QUrl currentFilm() const;
    [[nodiscard]] QString currentPage() const;
    [[nodiscard]] QVariant currentImage() const;

    /// A film of the same run takes the place of the earlier entry.
    void add(GalleryEntry entry);
    void setPage(const QString& id, const QString& page);
    /// kept, starred or discarded; the same again takes it back.
    Q_INVOKABLE void mark(int row, const QString& mark);

Q_SIGNALS:
    void filterChanged();
    void countChanged();
    void currentChanged();

private:
    void load();
    void save();
    void show();
    [[nodiscard]] bool passes(const GalleryEntry& entry) const;
    [[nodiscard]] const GalleryEntry& at(int row) const { return m_entries[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(row)])]; }

    std::filesystem::path m_directory;
    std::vector<GalleryEntry> m_entries;
    std::vector<int> m_shown;
    QString m_filter = QStringLiteral("all");
    int m_current = -1;
    std::unique_ptr<WorkQueue> m_disk = std::make_unique<WorkQueue>(1);
};

} // namespace artdag
