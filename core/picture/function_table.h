// SPDX-License-Identifier: GPL-3.0-or-later
// A smooth function of one number, worked out at even steps and read between them by straight lines: what warps are made of,
// for sines and powers a pixel would cost more than the pixel.
#pragma once

#include <cstddef>
#include <vector>

namespace artdag {

class FunctionTable {
public:
    /// `function` on 0 … end in so many steps; what lies beyond is held.
    template <class Function>
    FunctionTable(double end, int steps, Function&& function)
        : m_perUnit(end > 0 ? steps / end : 0.0),
          m_last(steps)
    {
        m_values.reserve(static_cast<std::size_t>(steps) + 2);
        for (int i = 0; i <= steps; ++i)
            m_values.push_back(function(end * i / steps));
        m_values.push_back(m_values.back());
    }
    [[nodiscard]] double at(double x) const
    {
        double place = x * m_perUnit;
        place = place < 0 ? 0 : place > m_last ? m_last
                                               : place;
        const int index = static_cast<int>(place);
        const double* value = m_values.data() + index;
        return value[0] + (value[1] - value[0]) * (place - index);
    }
    /// The least and the most of what lies between two places, or a little beyond.
    struct Range {
        double least, most;
    };
    [[nodiscard]] Range between(double from, double to) const
    {
        Range range{at(from), at(from)};
        auto add = [&](double value) {
            range.least = value < range.least ? value : range.least;
            range.most = value > range.most ? value : range.most;
        };
        add(at(to));
        for (int i = 0; i <= m_last; ++i)
            if (i >= from * m_perUnit && i <= to * m_perUnit)
                add(m_values[static_cast<std::size_t>(i)]);
        return range;
    }

private:
    double m_perUnit;
    int m_last;
    std::vector<double> m_values;
};

} // namespace artdag
