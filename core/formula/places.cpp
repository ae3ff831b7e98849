// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formula/places.h"

#include <algorithm>

namespace artdag {

PlaceValues placeValues(const FormulaCanvas& canvas, double seconds, std::int64_t frame, const std::array<double, std::size(formulaKnobs)>& knobs)
{
    const double width = canvas.width / canvas.scale, height = canvas.height / canvas.scale;
    PlaceValues values{{{"t", seconds}, {"frame", static_cast<double>(frame)}, {"width", width}, {"height", height}, {"aspect", width / height}}};
    for (std::size_t i = 0; i < knobs.size(); ++i)
        values[5 + i] = {formulaKnobs[i], knobs[i]};
    return values;
}

void placeRows(FormulaRows& rows, const FormulaCanvas& canvas, int x, int y, std::size_t n, bool sameColumns)
{
    double *px = rows.input(0), *py = rows.input(1), *u = rows.input(2), *v = rows.input(3);
    for (std::size_t i = 0; i < n && !sameColumns; ++i) {
        const double column = x + static_cast<double>(i) + 0.5;
        px[i] = column / canvas.scale;
        u[i] = column / canvas.width;
    }
    const double row = y + 0.5;
    std::fill_n(py, n, row / canvas.scale);
    std::fill_n(v, n, row / canvas.height);
}

} // namespace artdag
