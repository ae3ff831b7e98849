// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe in which every command finds something to work on.
#pragma once

namespace artdag {

/// Something of everything that commands work on: a group twice, a frame in a frame, a dot, bookmarks, a marker, keys, an expression,
/// a binding, an edit of clips, an input.
inline constexpr const char* gestureSample = R"({
  "artdag": 1,
  "title": "Garden",
  "canvas": {"width": 160, "height": 90, "rate": [10, 1], "sampleRate": 48000, "duration": 2},
  "inputs": {"photo": {"media": "still", "title": "Your picture", "standIn": "sky"}},
  "params": {"turn": {"type": "real", "default": 40, "min": -180, "max": 180, "unit": "deg", "title": "Turn"}},
  "handles": ["turn", "soft.radius"],
  "nodes": {
    "sky": {"effect": "gradient"},
    "red": {"effect": "solid", "args": {"colour": "#ff0000"}},
    "lift": {"effect": "brightness", "in": {"picture": "red"}, "args": {"amount": {"keys": [[0, -0.5], [0.8, 0.5], [1.5, 0.1]]}}},
    "tint": {"effect": "hue_shift", "in": {"picture": "photo"}, "args": {"angle": {"expr": "turn + 90 * t"}}},
    "soft": {"effect": "blur", "in": {"picture": "tint"}, "args": {"radius": 4}},
    "dot": {"effect": "shapes", "args": {"position": [0.25, 0.5], "size": [40, 30]}},
    "shine": {"group": "glow", "in": {"from": "soft"}},
    "gleam": {"group": "glow", "in": {"from": "dot"}, "args": {"size": 2}},
    "edit": {"effect": "sequence", "in": {"items": [{"id": "a", "from": "lift", "out": 1}, {"id": "b", "from": "shine", "out": 1}]}},
    "tick": {"effect": "pattern", "args": {"steps": "x...", "tempo": 120}},
    "pulse": {"effect": "brightness", "in": {"picture": "edit"}, "args": {"amount": {"bind": "tick", "range": [0, 0.5]}}},
    "hum": {"effect": "tone"}
  },
  "outputs": {"main": {"picture": "pulse", "sound": "hum", "encode": "share-h264"}},
  "groups": {
    "glow": {
      "inputs": {"from": {}},
      "params": {"size": {"type": "real", "default": 4, "min": 0, "max": 40}},
      "nodes": {
        "wide": {"effect": "blur", "in": {"picture": "from"}, "args": {"radius": {"param": "size"}}},
        "warm": {"effect": "hue_shift", "in": {"picture": "wide"}, "args": {"angle": {"keys": [[0, 0], [1, 60]]}}}
      },
      "outputs": {"picture": "warm"}
    }
  },
  "layout": {"photo": [40, 40], "sky": [-180, 40], "red": [-180, 260], "lift": [40, 260], "tint": [260, 40], "soft": [480, 40], "dot": [260, 260],
    "shine": [700, 40], "gleam": [480, 260], "edit": [920, 40], "tick": [700, 260], "pulse": [1140, 40], "hum": [920, 260]},
  "ui": {
    "frames": {"frame": {"title": "Look", "rect": [220, -40, 460, 240]}, "frame_2": {"title": "Turn", "rect": [236, 0, 208, 188]}},
    "dots": {"red>lift.picture": [[8, 300]]},
    "bookmarks": {"1": "sky", "2": "soft"}
  },
  "markers": [{"time": 0.5}]
}
)";

} // namespace artdag
