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

LinearColour GradientTable::at(float tone) const
{
    float planes[4];
    float* const out[4] = {&planes[0], &planes[1], &planes[2], &planes[3]};
    colourRow(&tone, out, 1);
    return {planes[0], planes[1], planes[2], planes[3]};
}

void GradientTable::colourRow(const float* tones, float* const out[4], std::size_t n) const
{
    const Entry* entries = m_entries.data();
    float* __restrict r = out[0];
    float* __restrict g = out[1];
    float* __restrict b = out[2];
    float* __restrict a = out[3];
    for (std::size_t i = 0; i < n; ++i) {
        const float tone = tones[i] > 0.0F ? tones[i] : 0.0F;
        const float position = (tone < 1.0F ? tone : 1.0F) * steps;
        const int whole = static_cast<int>(position);
        const int index = whole < steps ? whole : steps - 1;
        const float weight = position - static_cast<float>(index);
        const float *low = entries[index].planes, *high = entries[index + 1].planes;
        r[i] = low[0] + (high[0] - low[0]) * weight;
        g[i] = low[1] + (high[1] - low[1]) * weight;
        b[i] = low[2] + (high[2] - low[2]) * weight;
        a[i] = low[3] + (high[3] - low[3]) * weight;
    }
}

} // namespace artdag
