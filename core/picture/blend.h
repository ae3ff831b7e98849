// SPDX-License-Identifier: GPL-3.0-or-later
// One picture upon another by a blend mode: the formulas of W3C Compositing and Blending Level 1, §10, on straight colour
// in display or linear space, composited (§5, source over) in premultiplied linear light.
#pragma once

#include "core/picture/blend_mode.h"
#include "core/picture/picture.h"

#include <string_view>
#include <vector>

namespace artdag {

/// `normal`, `multiply` … `colour_dodge` … `pin_light`, in the order of BlendMode: for Param::choices.
std::vector<std::string_view> blendModeNames();

enum class BlendSpace {
    Display,
    Linear,
};

/// out = above·o·(1 − αb) + below·(1 − αs·o) + B(cb, cs)·αs·o·αb for premultiplied above, below; o = opacity in 0–1.
/// B is clamped to 0–1 in its inputs where its formula means nothing outside (all but normal, multiply, darken, lighten,
/// difference, add, subtract, average). Both inputs cover out.rect; `out` may be one of them.
void blend(ConstPictureView below, ConstPictureView above, BlendMode mode, float opacity, BlendSpace space, PictureView out);

} // namespace artdag
