// SPDX-License-Identifier: GPL-3.0-or-later
// A small recipe for tests of the Studio: gradient → hue_shift → output, with a tone, short and cheap.
#pragma once

#include "core/recipe/recipe.h"

#include <QtGlobal>

namespace artdag {

inline constexpr const char* studioSample = R"({
  "artdag": 1,
  "title": "Test card",
  "license": "CC0-1.0",
  "tags": ["test"],
  "canvas": {"width": 320, "height": 180, "rate": [10, 1], "sampleRate": 48000, "duration": 1},
  "params": {"turn": {"type": "real", "default": 40, "min": -180, "max": 180, "unit": "deg", "title": "Turn"}},
  "handles": ["turn", "soft.radius"],
  "nodes": {
    "sky": {"effect": "gradient"},
    "tint": {"effect": "hue_shift", "in": {"picture": "sky"}, "args": {"angle": {"expr": "turn + 90 * t"}}},
    "soft": {"effect": "blur", "in": {"picture": "tint"}, "args": {"radius": 4}},
    "hum": {"effect": "tone"}
  },
  "outputs": {"main": {"picture": "soft", "sound": "hum", "encode": "share-h264"}},
  "layout": {"sky": [40, 40], "tint": [260, 40], "soft": [480, 40], "hum": [480, 220]}
}
)";

inline Recipe sampleRecipe()
{
    const ReadRecipe read = readRecipe(studioSample);
    Q_ASSERT(read.ok());
    return read.recipe;
}

} // namespace artdag
