// SPDX-License-Identifier: GPL-3.0-or-later
// Curves by table.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

void lookUp(const float* table, int steps, const float* in, float* out, long n)
{
    const float most = static_cast<float>(steps);
    const int last = steps - 1;
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float place = in[i] * most;
        float inside = place > 0.0F ? place : 0.0F;
        inside = inside < most ? inside : most;
        int cell = static_cast<int>(inside);
        cell = cell < last ? cell : last;
        const float from = table[cell], to = table[cell + 1];
        out[i] = from + (to - from) * (place - static_cast<float>(cell));
    }
}

} // namespace artdag::ARTDAG_KERNELS
