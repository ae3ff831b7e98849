// SPDX-License-Identifier: GPL-3.0-or-later
// The six templates of the Welcome page, playing silently: a still from the program at once, then some seconds of each,
// rendered small by an engine of its own while nothing else needs the machine. Everything stops when the page is hidden.
#pragma once

#include "core/workflow/workspace.h"
#include "ui/preview_engine.h"

#include <QAbstractListModel>
#include <QImage>
#include <QTimer>

#include <memory>
#include <vector>

namespace artdag {

class Templates : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(bool shown READ isShown WRITE setShown NOTIFY shownChanged)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        WordsRole,
        PathRole,
        StillRole, ///< URL of a picture
        ImageRole, ///< the frame that is due; null until some are there
        ReadyRole,
    };
    explicit Templates(QObject* parent = nullptr);
    ~Templates() override;

    /// `workspace` must outlive this, or null be set before it ends.
    void setWorkspace(Workspace* workspace);
    [[nodiscard]] bool isShown() const { return m_shown; }
    void setShown(bool shown);
    /// The next template to be made, for the one that is pointed at.
    Q_INVOKABLE void prefer(int row);
    [[nodiscard]] int framesOf(int row) const { return static_cast<int>(m_rows[static_cast<std::size_t>(row)].frames.size()); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void shownChanged();

private:
    struct Row {
        QString name, title, words;
        RecipePointer recipe;
        std::vector<QImage> frames;
        std::size_t at = 0;
        bool done = false;
    };
    void begin();
    void ask();
    void take(Result<PreviewPicture> picture);
    void tick();

    std::vector<Row> m_rows;
    Workspace* m_workspace = nullptr;
    std::unique_ptr<PreviewEngine> m_engine;
    QTimer m_clock;
    bool m_shown = false;
    bool m_asking = false;
    int m_making = -1, m_preferred = -1;
};

} // namespace artdag
