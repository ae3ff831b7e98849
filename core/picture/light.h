// SPDX-License-Identifier: GPL-3.0-or-later
// Light that adds up: soft round spots on a canvas. In each pixel they add in the order in which they came, so that each
// pixel of a part is the pixel of the whole. What particles and glowing lines are drawn with.
#pragma once

#include "core/picture/picture.h"

#include <cstdint>
#include <vector>

namespace artdag {

/// A premultiplied colour in linear light; its alpha is how much of what lies behind a spot hides.
struct Light {
    float planes[4] = {};
};

class LightField {
public:
    explicit LightField(Rect part);
    /// A spot that falls off smoothly to nothing at `radius` px, `light` in its middle. Spots too small for the pixels are
    /// widened and dimmed, so that they do not twinkle as they move.
    void addSpot(float x, float y, float radius, const Light& light);
    /// out = background + light, over the part; hides of the background what its alpha says.
    void writeOver(const Light& background, PictureView out) const;

private:
    struct Spot {
        float x, y, reach;
        Light light;
    };
    static void draw(const Spot& spot, Rect band, std::vector<Light>& pixels);
    /// Numbers of the spots that touch each band of rows, band by band, in the order in which they came.
    struct Bands {
        std::vector<std::size_t> begin;
        std::vector<std::uint32_t> spots;
    };
    [[nodiscard]] Bands bands() const;

    Rect m_part;
    std::vector<Spot> m_spots;
};

} // namespace artdag
