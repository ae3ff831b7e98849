// SPDX-License-Identifier: GPL-3.0-or-later
// Where cards go that nobody has placed: columns by depth, sources left, no overlaps. A pure function: the same again on
// its own result.
#pragma once

#include <QPointF>
#include <QSizeF>

#include <string>
#include <utility>
#include <vector>

namespace artdag {

struct LayoutCard {
    std::string name;
    QSizeF size;
};

/// Top-left corners in the order of `cards`. Wires are pairs of indices (source, user); circles are cut where found.
std::vector<QPointF> layoutGraph(const std::vector<LayoutCard>& cards, const std::vector<std::pair<int, int>>& wires, QPointF origin);

/// The nearest point of the grid that cards stand on.
std::pair<double, double> onGrid(QPointF point);

} // namespace artdag
