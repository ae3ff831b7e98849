// SPDX-License-Identifier: GPL-3.0-or-later
// The frames of the canvas as rows for their views. It holds what GraphModel's scene says and edits nothing.
#pragma once

#include "ui/graph_scene.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace artdag {

class FrameRows : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by GraphModel")

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        TitleRole,
        ColourRole,
        RectRole,
        FoldedRole,
        HiddenRole,
        HeldRole, ///< how many cards a folded one hides
        SelectedRole,
    };

    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    void setFrames(const GraphScene& scene, const std::string& selected);

private:
    struct Row {
        SceneFrame frame;
        int held = 0;
        bool selected = false;
    };
    std::vector<Row> m_rows;
};

} // namespace artdag
