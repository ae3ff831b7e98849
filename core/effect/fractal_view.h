// SPDX-License-Identifier: GPL-3.0-or-later
// What the fractal effects share: the parameters of their view and tones, and the window that these make.
#pragma once

#include "core/effect/effect.h"
#include "core/picture/fractal.h"

#include <vector>

namespace artdag {

/// `own`, then centre, zoom, rotation, iterations, density, offset, bands, inside, samples. `centre`: what they begin with.
std::vector<Param> fractalParams(std::vector<Param> own, Vec2 centre);

/// The window of those parameters; `span` is its height in the plane at zoom 1.
FractalWindow fractalWindow(const Call& call, double span);

} // namespace artdag
