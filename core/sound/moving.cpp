// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/moving.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace artdag {

std::vector<double> movingMean(const std::vector<double>& values, int side)
{
    std::vector<double> sums{0.0}, means;
    for (const double value : values)
        sums.push_back(sums.back() + value);
    const auto count = static_cast<int>(values.size());
    for (int i = 0; i < count; ++i) {
        const int first = std::max(i - side, 0), end = std::min(i + side + 1, count);
        means.push_back((sums[static_cast<std::size_t>(end)] - sums[static_cast<std::size_t>(first)]) / (end - first));
    }
    return means;
}

std::vector<double> movingMost(const std::vector<double>& values, int side)
{
    std::vector<double> most;
    std::vector<int> falling; // indices of values that may still be the greatest, greatest first
    std::size_t head = 0;
    const auto count = static_cast<int>(values.size());
    for (int i = 0, next = 0; i < count; ++i) {
        for (; next < std::min(i + side + 1, count); ++next) {
            while (falling.size() > head && values[static_cast<std::size_t>(falling.back())] <= values[static_cast<std::size_t>(next)])
                falling.pop_back();
            falling.push_back(next);
        }
        while (falling[head] < i - side)
            ++head;
        most.push_back(values[static_cast<std::size_t>(falling[head])]);
    }
    return most;
}

double mostAround(const std::vector<double>& values, double place, int side)
{
    double most = 0.0;
    const auto middle = static_cast<int>(std::floor(place + 0.5));
    for (int i = std::max(middle - side, 0); i <= std::min(middle + side, static_cast<int>(values.size()) - 1); ++i)
        most = std::max(most, values[static_cast<std::size_t>(i)]);
    return most;
}

} // namespace artdag
