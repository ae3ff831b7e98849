// SPDX-License-Identifier: GPL-3.0-or-later
// A gradient as a table of linear premultiplied colours, for effects that colour by a tone. Colours between two stops are
// mixed in display space, as an artist sees them; beyond its ends a gradient goes on with the colour there.
#pragma once

#include "core/effect/linear_colour.h"

#include <cstddef>
#include <vector>

namespace artdag {

class GradientTable {
public:
    explicit GradientTable(const Gradient& gradient);
    [[nodiscard]] LinearColour at(float tone) const
    {
        const Place place = placeOf(tone);
        const float *low = m_entries[place.index].planes, *high = m_entries[place.index + 1].planes;
        auto mixed = [&](int plane) { return low[plane] + (high[plane] - low[plane]) * place.weight; };
        return {mixed(0), mixed(1), mixed(2), mixed(3)};
    }
    /// The colours of a row of tones, into rows of R, G, B, A.
    void colourRow(const float* tones, float* const out[4], std::size_t n) const;

private:
    static constexpr int steps = 1024;
    struct alignas(16) Entry {
        float planes[4];
    };
    struct Place {
        std::size_t index = 0;
        float weight = 0;
    };
    static Place placeOf(float tone)
    {
        const float held = tone > 0.0F ? tone : 0.0F;
        const float position = (held < 1.0F ? held : 1.0F) * steps;
        const int whole = static_cast<int>(position);
        const int index = whole < steps ? whole : steps - 1;
        return {static_cast<std::size_t>(index), position - static_cast<float>(index)};
    }
    std::vector<Entry> m_entries; ///< at 0/steps … steps/steps
};

} // namespace artdag
