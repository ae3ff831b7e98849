// SPDX-License-Identifier: GPL-3.0-or-later
// Light that adds up: soft round spots on a canvas, in the order in which they are added, so that each pixel of a part is
// the pixel of the whole. What particles and glowing lines are drawn with.
#pragma once

#include "core/picture/picture.h"

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
    /// out = background + light; hides of the background what its alpha says.
    void writeOver(const Light& background, PictureView out) const;

private:
    Rect m_part;
    std::vector<Light> m_pixels;
};

} // namespace artdag
