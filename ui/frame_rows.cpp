// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame_rows.h"

#include "ui/qt_std.h"

#include <algorithm>

namespace artdag {

QHash<int, QByteArray> FrameRows::roleNames() const
{
    return {{NameRole, "name"}, {TitleRole, "title"}, {ColourRole, "colour"}, {RectRole, "rect"}, {FoldedRole, "folded"}, {HiddenRole, "hidden"},
        {HeldRole, "held"}, {SelectedRole, "selected"}};
}

QVariant FrameRows::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case NameRole: return toQt(std::string_view(row.frame.name));
    case TitleRole: return toQt(std::string_view(row.frame.title));
    case ColourRole: return toQt(std::string_view(row.frame.colour));
    case RectRole: return row.frame.rect;
    case FoldedRole: return row.frame.folded;
    case HiddenRole: return row.frame.hidden;
    case HeldRole: return row.held;
    case SelectedRole: return row.selected;
    default: return {};
    }
}

void FrameRows::setFrames(const GraphScene& scene, const std::string& selected)
{
    std::vector<Row> rows;
    for (std::size_t i = 0; i < scene.frames().size(); ++i) {
        const SceneFrame& frame = scene.frames()[i];
        const int held = frame.folded ? static_cast<int>(scene.contentsOf(static_cast<int>(i)).cards.size()) : 0;
        rows.push_back({frame, held, frame.name == selected});
    }
    const bool same = std::ranges::equal(
        rows, m_rows, {}, [](const Row& row) { return row.frame.name; }, [](const Row& row) { return row.frame.name; });
    if (!same)
        beginResetModel();
    m_rows = std::move(rows);
    if (!same)
        endResetModel();
    else if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

} // namespace artdag
