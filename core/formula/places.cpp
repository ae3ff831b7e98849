// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formula/places.h"

namespace artdag {

PlaceValues placeValues(const FormulaCanvas& canvas, double seconds, std::int64_t frame, const std::array<double, std::size(formulaKnobs)>& knobs)
{
    const double width = canvas.width / canvas.scale, height = canvas.height / canvas.scale;
    PlaceValues values{{{"t", seconds}, {"frame", static_cast<double>(frame)}, {"width", width}, {"height", height}, {"aspect", width / height}}};
    for (std::size_t i = 0; i < knobs.size(); ++i)
        values[5 + i] = {formulaKnobs[i], knobs[i]};
    return values;
}

void placeRows(FormulaRows& rows, const FormulaCanvas& canvas, int x, int y, std::size_t n)
{
    double *px = rows.input(0), *py = rows.input(1), *u = rows.input(2), *v = rows.input(3);
    const double row = y + 0.5;
    for (std::size_t i = 0; i < n; ++i) {
        const double column = x + static_cast<double>(i) + 0.5;
        px[i] = column / canvas.scale;
        py[i] = row / canvas.scale;
        u[i] = column / canvas.width;
        v[i] = row / canvas.height;
    }
}

} // namespace artdag
