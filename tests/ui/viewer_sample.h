// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe for tests of viewer and timeline: plain colours, a shape, keys, a pattern that leads something, an edit of two clips.
#pragma once

namespace artdag {

inline constexpr const char* viewerSample = R"({
  "artdag": 1,
  "title": "Viewer card",
  "canvas": {"width": 320, "height": 180, "rate": [10, 1], "sampleRate": 48000, "duration": 2},
  "nodes": {
    "red": {"effect": "solid", "args": {"colour": "#ff0000"}},
    "blue": {"effect": "solid", "args": {"colour": "#0000ff"}},
    "lift": {"effect": "brightness", "in": {"picture": "red"}, "args": {"amount": {"keys": [[0, -0.5], [1, 0.5]]}}},
    "dot": {"effect": "shapes", "args": {"position": [0.25, 0.5], "size": [80, 60]}},
    "tick": {"effect": "pattern", "args": {"steps": "x...", "tempo": 120}},
    "edit": {"effect": "sequence", "in": {"items": [{"id": "a", "from": "red", "out": 1}, {"id": "b", "from": "blue", "out": 1}]}},
    "pulse": {"effect": "brightness", "in": {"picture": "edit"}, "args": {"amount": {"bind": "tick", "range": [0, 0.5]}}},
    "hum": {"effect": "tone"}
  },
  "outputs": {"main": {"picture": "pulse", "sound": "hum", "encode": "share-h264"}},
  "layout": {"red": [40, 40], "blue": [40, 240], "lift": [260, 40], "dot": [260, 240], "tick": [480, 240], "edit": [480, 40], "pulse": [700, 40], "hum": [700, 240]}
}
)";

} // namespace artdag
