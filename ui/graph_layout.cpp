// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph_layout.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace artdag {

namespace {
constexpr double columnGap = 48;
constexpr double rowGap = 36;

using Neighbours = std::vector<std::vector<int>>;

/// How many steps a card is from the last of its users: users are right of their sources, sources close to them.
std::vector<int> columnsOf(const std::vector<std::pair<int, int>>& wires, const Neighbours& sources, const Neighbours& users)
{
    const std::size_t count = sources.size();
    std::vector<int> column(count, 0);
    for (std::size_t round = 0; round < count; ++round) {
        bool moved = false;
        for (const auto& [from, to] : wires) {
            const int least = column[static_cast<std::size_t>(from)] + 1;
            if (from != to && column[static_cast<std::size_t>(to)] < least && least < static_cast<int>(count)) {
                column[static_cast<std::size_t>(to)] = least;
                moved = true;
            }
        }
        if (!moved)
            break;
    }
    // A source that only one far card uses goes next to it.
    for (std::size_t i = count; i-- > 0;) {
        int nearest = -1;
        for (const int user : users[i]) {
            if (nearest < 0 || column[static_cast<std::size_t>(user)] < nearest)
                nearest = column[static_cast<std::size_t>(user)];
        }
        if (sources[i].empty() && nearest > 0)
            column[i] = nearest - 1;
    }
    return column;
}
} // namespace

std::vector<QPointF> layoutGraph(const std::vector<LayoutCard>& cards, const std::vector<std::pair<int, int>>& wires, QPointF origin)
{
    Neighbours sources(cards.size()), users(cards.size());
    for (const auto& [from, to] : wires) {
        sources[static_cast<std::size_t>(to)].push_back(from);
        users[static_cast<std::size_t>(from)].push_back(to);
    }
    const std::vector<int> column = columnsOf(wires, sources, users);
    std::map<int, std::vector<int>> columns;
    for (std::size_t i = 0; i < cards.size(); ++i)
        columns[column[i]].push_back(static_cast<int>(i));

    std::vector<QPointF> places(cards.size());
    std::vector<double> middle(cards.size(), 0);
    double x = origin.x();
    for (auto& [depth, members] : columns) {
        // Cards stand in the order of the middle of what feeds them; ties keep the document's order.
        auto wish = [&](int card) {
            double sum = 0;
            int count = 0;
            for (const int from : sources[static_cast<std::size_t>(card)]) {
                if (column[static_cast<std::size_t>(from)] < depth) {
                    sum += middle[static_cast<std::size_t>(from)];
                    ++count;
                }
            }
            return count > 0 ? sum / count : std::nan("");
        };
        std::vector<std::pair<double, int>> order;
        double last = origin.y();
        for (const int member : members) {
            const double wanted = wish(member);
            last = std::isnan(wanted) ? last : wanted;
            order.emplace_back(last, member);
        }
        std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        double y = origin.y();
        double width = 0;
        for (const auto& [wanted, member] : order) {
            const QSizeF size = cards[static_cast<std::size_t>(member)].size;
            const double top = std::max(y, std::round((wanted - size.height() / 2) / 4) * 4);
            places[static_cast<std::size_t>(member)] = {x, top};
            middle[static_cast<std::size_t>(member)] = top + size.height() / 2;
            y = top + size.height() + rowGap;
            width = std::max(width, size.width());
        }
        x += width + columnGap;
    }
    return places;
}

std::pair<double, double> onGrid(QPointF point)
{
    constexpr double grid = 4;
    return {std::round(point.x() / grid) * grid, std::round(point.y() / grid) * grid};
}

} // namespace artdag
