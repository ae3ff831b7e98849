// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/gradient_table.h"

namespace artdag {

GradientTable::GradientTable(const Gradient& gradient)
    : m_entries(steps + 1, Entry{})
{
    if (gradient.empty())
        return;
    constexpr std::size_t count = steps + 1;
    std::vector<float> display(3 * count), opacity(count);
    std::size_t next = 0; // the first stop beyond the position
    for (std::size_t i = 0; i < count; ++i) {
        const double position = static_cast<double>(i) / steps;
        while (next < gradient.size() && gradient[next].position <= position)
            ++next;
        const GradientStop& from = gradient[next == 0 ? 0 : next - 1];
        const GradientStop& to = gradient[next == gradient.size() ? next - 1 : next];
        const double span = to.position - from.position;
        const double t = span > 0 ? (position - from.position) / span : 0;
        const Colour &a = from.colour, &b = to.colour;
        display[i] = static_cast<float>(a.r + (b.r - a.r) * t);
        display[count + i] = static_cast<float>(a.g + (b.g - a.g) * t);
        display[2 * count + i] = static_cast<float>(a.b + (b.b - a.b) * t);
        opacity[i] = static_cast<float>(a.a + (b.a - a.a) * t);
    }
    displayToLinearRow(display.data(), display.data(), display.size());
    for (std::size_t i = 0; i < count; ++i)
        m_entries[i] = {{display[i] * opacity[i], display[count + i] * opacity[i], display[2 * count + i] * opacity[i], opacity[i]}};
}

void GradientTable::colourRow(const float* tones, float* const out[4], std::size_t n) const
{
    float* __restrict r = out[0];
    float* __restrict g = out[1];
    float* __restrict b = out[2];
    float* __restrict a = out[3];
    for (std::size_t i = 0; i < n; ++i) {
        const LinearColour colour = at(tones[i]);
        r[i] = colour.r, g[i] = colour.g, b[i] = colour.b, a[i] = colour.a;
    }
}

} // namespace artdag
