# SPDX-License-Identifier: GPL-3.0-or-later
"""What the determinism suite renders: every sample recipe, and a small recipe for every effect of the catalogue."""
import copy
import json
import zlib

CANVAS = {"width": 160, "height": 90, "rate": [24, 1], "sampleRate": 48000, "duration": 0.5}
# Texture, edges, movement and transparency for the effects that change a picture; a chord and drums for those that change sound.
SCENE = {
    "ground": {"effect": "gradient", "args": {"angle": {"expr": "40 + 60 * t"}}},
    "grain": {"effect": "noise", "args": {"cell": 23, "seed": 3}},
    "paper": {"effect": "blend", "in": {"below": "ground", "above": "grain"}, "args": {"mode": "overlay", "opacity": 0.6}},
    "form": {"effect": "shapes"},
    "turned": {"effect": "rotate", "in": {"picture": "form"}, "args": {"angle": {"expr": "37 * t + 11"}}},
    "scene": {"effect": "blend", "in": {"below": "paper", "above": "turned"}, "args": {"opacity": 0.8}},
    "chord": {"effect": "synth_pad"},
    "beat": {"effect": "drums"},
    "music": {"effect": "mix", "in": {"items": ["chord", {"id": "drums", "from": "beat", "args": {"gain": -4}}]}},
    "clip": {"effect": "segment", "in": {"picture": "scene", "sound": "music"}, "args": {"duration": 0.35}},
    "wave": {"effect": "lfo"},
    "pulse": {"effect": "pattern"},
}
SOURCES = {"picture": ["scene", "paper", "turned"], "sound": ["music.sound", "chord.sound", "beat.sound"], "signal": ["wave.signal"], "events": ["pulse.events"]}
# What ends: for effects that turn a length round, or follow its end.
ENDING = {"boomerang", "crossfade_sound", "loop", "reverse"}
# A .cube file cannot be an input of a recipe; its goldens are compared at every level of kernels instead.
LEFT_OUT = {"lut"}
# What half a second of this music and this scene gives nothing to find, or one value throughout: these may look alike.
QUIET_HERE = {"beats", "measure_loudness", "measure_silence", "motion", "trigger"}
# What an effect needs to be seen at work, where its defaults would leave things as they are or what is chosen below would hide it.
ARGUMENTS = {
    "resize": {"width": 117, "height": 71},
    "crop": {"left": 13, "top": 7, "width": 101, "height": 67},
    "segment": {"start": 0.125, "duration": 0.25},
    "transform": {"position": [0.46, 0.55], "scale": [1.13, 0.87], "rotation": 8},
    "remap": {"from_low": 0.2, "from_high": 0.7, "low": 0.1, "high": 0.8},
    "lfo": {"frequency": 1.7, "low": 0.2, "high": 0.9},
    "composite": {"operator": "plus", "opacity": 0.6},
    "choose": {"index": 0.4, "blend": True},
    "constant": {"value": 0.8},
    "corner_pin": {"top_left": [0.1, 0.05], "bottom_right": [0.9, 1.05]},
    "counter": {"step": 0.13},
    "curves": {"master": [[0, 0], [0.3, 0.6], [1, 1]]},
    "datamosh": {"block": 200, "corruption": 1, "motion": 4, "drift": 0},
    "noise_signal": {"frequency": 5, "low": 0.2, "high": 0.9},
    "outline": {"shape": "bright", "width": 60},
    "pixelsort": {"spans": "whole_lines"},
}
ITEMS = {"cut_on_beats": ["turned", "paper"], "sequence": [{"id": "first", "from": "scene", "out": 0.3, "args": {"transition": "crossfade", "overlap": 0.12}}, "paper"]}


def argument(param):
    """A value off the default, the same in every run; None leaves the default."""
    low, high, kind = param.get("min"), param.get("max"), param["kind"]
    if kind == "real" and low is not None and high is not None and not isinstance(param["default"], list):
        share = 0.05 + zlib.crc32(param["name"].encode()) % 100 / 1000
        default = float(param["default"])
        room = min((high - default if default < (low + high) / 2 else default - low), 10 * max(1.0, abs(default)))
        value = default + (1 if default < (low + high) / 2 else -1) * share * room
        return {"expr": f"{value:.6g} + {min(high - value, 10) * 0.01:.6g} * t"} if param["animatable"] else round(value, 6)
    if kind == "angle" and param["animatable"]:
        return {"expr": "29 + 31 * t"}
    if kind == "seed":
        return 7
    return None


def inputs_of(effect):
    feeds = {}
    for port in effect["inputs"]:
        sources = {"picture": ["clip"], "sound": ["clip.sound", "chord.sound"]}[port["type"]] if effect["name"] in ENDING else SOURCES[port["type"]]
        feeds[port["name"]] = ITEMS.get(effect["name"], sources[:2]) if port["list"] else sources[len(feeds) % len(sources)]
    return feeds


def recipe_of_effect(effect):
    """A recipe whose output shows the effect, also when it makes sound or a signal. Media come from outside, as the input `footage`."""
    node = {"effect": effect["name"], "args": ARGUMENTS.get(effect["name"]) or {p["name"]: v for p in effect["params"] if (v := argument(p)) is not None}}
    if feeds := inputs_of(effect):
        node["in"] = feeds
    inputs = {}
    if any(param["kind"] == "file" for param in effect["params"]):
        inputs = {"footage": {"media": effect["name"]}}
        node = {"effect": "mux", "in": {"picture": "footage", "sound": "footage.sound" if effect["name"] == "media" else "music"}}
        effect = effect | {"outputs": [{"name": "picture", "type": "picture"}, {"name": "sound", "type": "sound"}]}
    nodes = copy.deepcopy(SCENE) | {"it": node}
    types = {port["type"]: port["name"] for port in effect["outputs"]}
    output = {"encode": "master-ffv1"}
    if "picture" in types:
        output["picture"] = "it"
    if "sound" in types:
        output["sound"] = f"it.{types['sound']}"
    if signal := types.get("signal") or types.get("events"):
        nodes["shown"] = {"effect": "brightness", "in": {"picture": "scene"}, "args": {"amount": {"bind": f"it.{signal}", "range": [-0.3, 0.4]}}}
        output["picture"] = "shown"
    return {"artdag": 1, "title": effect["name"], "canvas": CANVAS, "inputs": inputs, "nodes": nodes, "outputs": {"main": output}}


def recipe_of_sample(path):
    """The sample on a small canvas, its first output as a lossless film."""
    document = json.loads(path.read_text())
    document["canvas"] |= CANVAS
    name, output = next(iter(document["outputs"].items()))
    document["outputs"] = {name: output | {"encode": "master-ffv1"}}
    return document
