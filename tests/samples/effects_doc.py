#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The palette on paper, from the catalogue itself.

    effects_doc.py --bin build/bin              writes docs/effects.md
    effects_doc.py --bin build/bin --check      fails where docs/effects.md says something else than the program
    effects_doc.py --bin build/bin --pages DIR  writes DIR/effects.html with a picture, or the shape of the sound, of every effect"""

import argparse
import concurrent.futures
import copy
import html
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/determinism"))
import items  # noqa: E402

# What the effects are shown with: colour, fine and large forms, a face of letters, and movement.
SCENE = {
    "sky": {"effect": "gradient", "args": {"angle": 100}},
    "cloud": {"effect": "noise", "args": {"cell": 300, "seed": 5}},
    "air": {"effect": "blend", "in": {"below": "sky", "above": "cloud"}, "args": {"mode": "overlay", "opacity": 0.5}},
    "sun": {"effect": "shapes", "args": {"position": {"expr": ["0.3 + 0.12 * t", "0.42"]}, "size": [520, 520], "fill": "#ffd27a"}},
    "star": {"effect": "shapes", "args": {"form": "star", "position": [0.76, 0.64], "size": [430, 430], "fill": "#2b6f9f", "rotation": {"expr": "60 * t"}}},
    "word": {"effect": "text", "args": {"text": "Art", "size": 420, "colour": "#fff6e6"}},
    "scene": {"effect": "layer", "in": {"items": ["air", "sun", "star", "word"]}},
    "paper": {"effect": "mandelbrot"},
    "forms": {"effect": "layer", "in": {"items": ["star", "word"]}},
    "turned": {"effect": "rotate", "in": {"picture": "forms"}, "args": {"angle": -24}},
    "chord": {"effect": "synth_pad"},
    "beat": {"effect": "drums"},
    "music": {"effect": "mix", "in": {"items": ["chord", {"id": "drums", "from": "beat", "args": {"gain": -4}}]}},
    "clip": {"effect": "segment", "in": {"picture": "scene", "sound": "music"}, "args": {"duration": 1.6}},
    "wave": {"effect": "lfo"},
    "pulse": {"effect": "pattern"},
}
CANVAS = {"width": 1920, "height": 1080, "rate": [24, 1], "sampleRate": 48000, "duration": 2}


def catalogue(binary):
    """Our own: which bridges there are depends on the machine."""
    effects = json.loads(subprocess.run([binary / "artdag", "effects", "--json"], check=True, capture_output=True).stdout)["effects"]
    return [effect for effect in effects if not effect["baked"]]


def by_category(effects):
    groups = {}
    for effect in sorted(effects, key=lambda effect: effect["name"]):
        groups.setdefault(effect["tags"][0], []).append(effect)
    return dict(sorted(groups.items()))


def number(value):
    return f"{value:g}" if isinstance(value, (int, float)) and not isinstance(value, bool) else json.dumps(value, ensure_ascii=False)


def default_of(param):
    value = param["default"]
    if param["kind"] in ("gradient", "curve", "file", "font", "formula"):
        return ""
    if isinstance(value, list):
        return ", ".join(number(round(each, 3)) for each in value)
    return value if param["kind"] == "choice" else number(value)


def range_of(param):
    if param["kind"] == "choice":
        return ", ".join(choice for choice in param["choices"] if choice != param["default"])
    low, high = param.get("min"), param.get("max")
    unit = f" {param['unit']}" if param.get("unit") else ""
    return f"{number(low)} to {number(high)}{unit}" if low is not None and high is not None else unit.strip()


def described(param):
    """`radius` 8 (0 to 200 px): what it does."""
    text = f"`{param['name']}`"
    if default := default_of(param):
        text += f" {default}"
    if within := range_of(param):
        text += f" ({'or ' if param['kind'] == 'choice' else ''}{within})"
    return text + (f": {param['help']}" if param["help"] else "")


def ports(effect):
    def side(each):
        return ", ".join(f"{port['name']}{' …' if port['list'] else ''}{'?' if port['optional'] else ''}" for port in each) or "nothing"
    return f"{side(effect['inputs'])} → {side(effect['outputs'])}"


def document(effects):
    lines = ["# Effects", "", f"{len(effects)} effects, as the program describes them (`./run docs` writes this file, and `build/docs/effects.html` with a picture of each).",
             "After a parameter's name stand its default and its range; `artdag effects NAME` says the same. `?` marks a port that may stay free, `…` a list.", "",
             "Besides these a machine has *bridges*: filters of libavfilter, of pictures as `ffmpeg.gblur` and of sound as `ffmpeg.aecho`, and frei0r plugins as `frei0r.cartoon`, with their own options. They are not the same on every machine, "
             "so they are baked: computed once over the whole length in a process of their own, kept by content, and named in the manifest. Their arguments move where the filter lets them. "
             "`artdag effects --search baked` lists those that are here, `--left-out` the others with the reason.", ""]
    for category, group in by_category(effects).items():
        lines += [f"## {category[0].upper()}{category[1:]}", ""]
        for effect in group:
            lines += [f"**{effect['name']}** ({ports(effect)}) — {effect['help']}"]
            lines += [f"- {described(param)}" for param in effect["params"]]
            lines += [f"- each item: {described(param)}" for param in effect.get("item_params", [])]
            lines += [""]
    return "\n".join(lines)


def recipe_of(effect):
    """The effect at its defaults over the scene; what makes nothing to be seen moves the scene's brightness."""
    saved = items.SCENE, items.SOURCES, items.ITEMS
    items.SOURCES = items.SOURCES | {"picture": ["scene", "turned", "paper"]}  # what lies above lets something through
    items.SCENE, items.ITEMS = SCENE, {"sequence": [{"id": "first", "from": "scene", "out": 1.1, "args": {"transition": "crossfade", "overlap": 0.4}}, "paper"]}
    try:
        recipe = items.recipe_of_effect(effect)
    finally:
        items.SCENE, items.SOURCES, items.ITEMS = saved
    if not recipe["inputs"]:
        recipe["nodes"]["it"]["args"] = {}
        optional = {port["name"] for port in effect["inputs"] if port["optional"]}
        if len(optional) < len(effect["inputs"]) or effect["tags"][0] in ("formula", "generate", "source"):  # others are nothing by themselves
            recipe["nodes"]["it"]["in"] = {port: feed for port, feed in recipe["nodes"]["it"].get("in", {}).items() if port not in optional}
    recipe["canvas"] = copy.deepcopy(CANVAS)
    return recipe


def picture_of(effect, binary, folder, env):
    """Renders one effect; gives the name of the picture, or of a sound's shape, or why there is none."""
    recipe = recipe_of(effect)
    if recipe["inputs"]:
        return None
    output = recipe["outputs"]["main"]
    file = folder / f"{effect['name']}.artdag"
    target = folder / "effects" / f"{effect['name']}.png"
    if "picture" in output:
        recipe["nodes"]["at"] = {"effect": "segment", "in": {"picture": output["picture"]}, "args": {"start": 1}}
        recipe["outputs"] = {"main": {"picture": "at", "encode": "png"}}
    file.write_text(json.dumps(recipe))
    made = target if "picture" in output else folder / f"{effect['name']}.wav"
    words = [binary / "artdag", "render", file, "-o", made, "--json"] + ([] if "picture" in output else ["--encode", "wav"])
    done = subprocess.run(words, env=env, capture_output=True, check=False)
    if done.returncode != 0:
        return done.stderr.decode(errors="replace").strip()
    scale = ["-i", made, "-vf", "scale=480:-2:flags=lanczos"] if "picture" in output else ["-i", made, "-filter_complex", "showwavespic=s=480x160:colors=#5b7fd1", "-frames:v", "1"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *scale, target.with_suffix(".small.png")], check=True)
    target.with_suffix(".small.png").replace(target)
    return target.name


STYLE = """body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:1320px;padding:24px;background:#14161b;color:#e6e6ea}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:20px}
article{background:#1d2027;border-radius:10px;overflow:hidden;padding:0 16px 14px}
img{display:block;width:calc(100% + 32px);margin:0 -16px 12px;background:repeating-conic-gradient(#333 0 25%,#3c3c3c 0 50%) 0 0/24px 24px}
h2{margin:36px 0 14px}h3{margin:12px 0 4px}code{color:#9fc2ff}ul{padding-left:18px;margin:6px 0;color:#b9bac2;font-size:13px}small{color:#8d8f99}
@media(prefers-color-scheme:light){body{background:#f6f5f2;color:#1c1c20}article{background:#fff}ul{color:#555}code{color:#23519e}}"""


def page(effects, pictures):
    parts = [f"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Effects</title><style>{STYLE}</style><h1>{len(effects)} effects</h1>"]
    for category, group in by_category(effects).items():
        parts.append(f"<h2>{html.escape(category)}</h2><main>")
        for effect in group:
            image = pictures.get(effect["name"])
            shown = f"<img src='effects/{image}' alt='{html.escape(effect['title'])} at its defaults' loading=lazy>" if image else ""
            knobs = "".join(f"<li>{html.escape(described(param)).replace('`', '')}</li>" for param in effect["params"])
            parts.append(f"<article id='{effect['name']}'>{shown}<h3>{html.escape(effect['title'])}</h3><small><code>{effect['name']}</code> {html.escape(ports(effect))}</small>"
                         f"<p>{html.escape(effect['help'])}</p><ul>{knobs}</ul><small>{html.escape(', '.join(effect['synonyms']))}</small></article>")
        parts.append("</main>")
    return "".join(parts)


def write_pages(args, effects):
    (args.pages / "effects").mkdir(parents=True, exist_ok=True)
    pictures, failed = {}, []
    with tempfile.TemporaryDirectory() as home, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        env = {**os.environ, "ARTDAG_HOME": home}
        tasks = {effect["name"]: pool.submit(picture_of, effect, args.bin, args.pages, env) for effect in effects if not args.names or effect["name"] in args.names}
        for name, task in tasks.items():
            image = task.result()
            if image and image.endswith(".png"):
                pictures[name] = image
            elif image:
                failed.append(f"{name}: {image}")
    for rest in [*args.pages.glob("*.artdag"), *args.pages.glob("*.wav"), *args.pages.rglob("*.provenance.json")]:
        rest.unlink()
    (args.pages / "effects.html").write_text(page(effects, pictures))
    print(f"{args.pages / 'effects.html'}: {len(pictures)} pictures", *failed, sep="\n")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=Path, required=True, help="where artdag is")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--pages", type=Path)
    parser.add_argument("names", nargs="*", help="only pictures of these")
    args = parser.parse_args()
    effects = catalogue(args.bin)
    if args.pages:
        return write_pages(args, effects)
    file, text = ROOT / "docs/effects.md", document(effects)
    if args.check:
        if not file.exists() or file.read_text() != text:
            print("docs/effects.md is not what the program says of its effects; write it anew: ./run docs")
            return 1
        print(f"docs/effects.md knows all {len(effects)} effects")
        return 0
    file.write_text(text)
    print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
