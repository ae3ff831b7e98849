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
    [[nodiscard]] LinearColour at(float tone) const;
    /// The colours of a row of tones, into rows of R, G, B, A.
    void colourRow(const float* tones, float* const out[4], std::size_t n) const;

private:
    static constexpr int steps = 1024;
    struct alignas(16) Entry {
        float planes[4];
    };
    std::vector<Entry> m_entries; ///< at 0/steps … steps/steps
};

} // namespace artdag
