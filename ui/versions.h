// SPDX-License-Identifier: GPL-3.0-or-later
// Kept versions of the open document: one at each save that changed it, with a picture. They lie in the workspace, not
// beside the document. Files are read and written on a thread of its own.
#pragma once

#include "ui/document.h"
#include "ui/work_queue.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QImage>
#include <QUrl>

#include <memory>
#include <vector>

namespace artdag {

class Versions : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(int count READ total NOTIFY changed)

public:
    enum Role {
        WhenRole = Qt::UserRole + 1,
        TitleRole,
        FactsRole,
        PictureRole, ///< URL; empty while there is none
        NewestRole,
    };
    /// `folder` of the workspace's versions, those of each document in a folder of their own.
    explicit Versions(std::filesystem::path folder, QObject* parent = nullptr);
    ~Versions() override;

    /// Lists the versions of a document; none for an empty path.
    void setDocument(const QString& path);
    /// Keeps what was just saved; `kept` is called on the GUI thread with the picture's place when it is another than the
    /// newest version.
    void keep(const RecipePointer& recipe, const QString& path, std::function<void(const QString& picture)> kept);
    void keepPicture(const QImage& image, const QString& file);
    [[nodiscard]] Result<Recipe> recipeAt(int row) const;

    [[nodiscard]] int total() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : total(); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void changed();
    void failed(const QString& words);

private:
    struct Row {
        QString file;
        QDateTime when;
        QString title;
        int nodes = 0;
        bool hasPicture = false;
    };
    void list();
    [[nodiscard]] static std::vector<Row> rowsIn(const QString& folder);

    std::filesystem::path m_folder;
    QString m_document;
    std::vector<Row> m_rows;
    std::unique_ptr<WorkQueue> m_disk;
};

} // namespace artdag
