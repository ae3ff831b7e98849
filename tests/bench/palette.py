# SPDX-License-Identifier: GPL-3.0-or-later
"""What each effect costs: ./run bench palette [--quick] [--json FILE]. Written into docs/effects-cost.md.

Processor time of one thread, ms for a 1080p frame (or for a second of sound), above the same run without the effect, so that
sources and start-up do not count; the memory of the whole process above that run's. Beside it, measured in the same way, the
filter of libavfilter that means the same, where there is one: it works on 8-bit 4:2:0 or 4:4:4, ours on linear float.
"""
import datetime
import json
import os
import pathlib
import platform
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIZE = (1920, 1080)
# Pictures that move and are cheap: what does not move is rendered once, and then made lighter or darker.
MOVING = {"amount": {"expr": "0.1 * t"}}
SCENE = {
    "slope": {"effect": "gradient", "args": {"angle": 40}},
    "wheel": {"effect": "gradient", "args": {"form": "conic"}},
    "ground": {"effect": "solid"},
    "paper": {"effect": "brightness", "in": {"picture": "slope"}, "args": MOVING},
    "turned": {"effect": "brightness", "in": {"picture": "wheel"}, "args": MOVING},
    "flat": {"effect": "brightness", "in": {"picture": "ground"}, "args": MOVING},
    "chord": {"effect": "tone"},
    "hum": {"effect": "tone", "args": {"frequency": 660}},
    "wave": {"effect": "lfo"},
    "pulse": {"effect": "metronome"},
}
# What must end, for effects that turn a length round or follow its end.
ENDING = {"boomerang", "crossfade_sound", "loop", "reverse", "sequence"}
SOURCES = {"picture": ["paper", "turned"], "sound": ["chord.sound", "hum.sound"], "signal": ["wave.signal"], "events": ["pulse.events"]}
# What defaults would leave as it is.
ARGUMENTS = {
    "blend": {"mode": "overlay", "opacity": 0.7}, "brightness": {"amount": 0.2}, "contrast": {"amount": 0.2}, "saturation": {"amount": 0.4}, "hue_shift": {"angle": 40}, "exposure": {"stops": 0.5}, "gamma": {"gamma": 1.4},
    "rotate": {"angle": 20}, "resize": {"width": 1280, "height": 720}, "crop": {"left": 200, "top": 100, "width": 1280, "height": 720}, "transform": {"rotation": 20, "scale": [1.1, 0.9]},
    "corner_pin": {"top_left": [0.1, 0.05], "bottom_right": [0.9, 1.05]}, "zoom": {"amount": 1.5}, "curves": {"master": [[0, 0], [0.3, 0.6], [1, 1]]}, "segment": {"start": 0.1}, "choose": {"index": 0.4, "blend": True},
    "white_balance": {"temperature": 4500}, "gain": {"gain": -3}, "vibrance": {"amount": 0.5}, "composite": {"opacity": 0.6}, "equalizer": {"bell_2_frequency": 1000, "bell_2_gain": 6},
}
# Filters of libavfilter with the same meaning, set alike as far as they can be. {0} and {1}: two pictures, or two sounds.
PEERS = {
    "blur": "gblur=sigma=8", "brightness": "eq=brightness=0.2", "contrast": "eq=contrast=1.2", "saturation": "eq=saturation=1.4", "hue_shift": "hue=h=40", "gamma": "eq=gamma=1.4", "exposure": "exposure=exposure=0.5",
    "levels": "colorlevels=rimin=0.05:gimin=0.05:bimin=0.05", "curves": "curves=master='0/0 0.3/0.6 1/1'", "channel_mixer": "colorchannelmixer=rr=0.8:rg=0.2", "invert": "negate", "grayscale": "hue=s=0",
    "sepia": "colorchannelmixer=.393:.769:.189:0:.349:.686:.168:0:.272:.534:.131", "vibrance": "vibrance=intensity=0.5", "white_balance": "colortemperature=temperature=4500", "normalize": "normalize",
    "lift_gamma_gain": "colorbalance=rs=0.1:gm=0.1:bh=0.1", "duotone": "pseudocolor=preset=viridis", "gradient_map": "pseudocolor=preset=viridis", "rotate": "rotate=20*PI/180", "resize": "scale=1280:720:flags=lanczos", "crop": "crop=1280:720:200:100",
    "pad": "pad=2200:1300:140:110", "flip": "hflip", "corner_pin": "perspective=x0=192:y0=54:x3=1728:y3=1134:sense=destination", "lens": "lenscorrection=k1=-0.2:k2=0", "zoom": "zoompan=zoom=1.5:d=1:s=1920x1080",
    "shake": "crop=1800:1000:60+20*sin(t*20):40+20*cos(t*17),scale=1920:1080", "median": "median=radius=2", "denoise": "hqdn3d", "sharpen": "unsharp=5:5:1", "unsharp": "unsharp=13:13:1", "edge_detect": "sobel", "emboss": "convolution=-2 -1 0 -1 1 1 0 1 2",
    "directional_blur": "dblur=angle=45:radius=20", "pixelate": "pixelize=w=16:h=16", "vignette": "vignette", "film_grain": "noise=alls=20:allf=t", "noise_overlay": "noise=alls=20:allf=t", "rgb_split": "rgbashift=rh=6:bh=-6",
    "blend": "{0}{1}blend=all_mode=overlay:all_opacity=0.7", "composite": "{0}{1}overlay", "side_by_side": "{0}{1}hstack", "mask": "{0}{1}alphamerge", "key_chroma": "chromakey=green", "key_luma": "lumakey", "fade": "fade=d=1", "frame_blend": "tmix=frames=3",
    "echo": "tmix=frames=5", "trails": "lagfun", "reverse": "reverse", "threshold": "lutyuv=y='if(gt(val,128),235,16)':u=128:v=128", "posterize": "lutrgb='trunc(val/51)*51':'trunc(val/51)*51':'trunc(val/51)*51'",
    "speed": "setpts=0.5*PTS", "scene_changes": "scdet", "motion": "mestimate=method=hexbs",
    "gain": "volume=-3dB", "low_pass": "lowpass=f=1000", "high_pass": "highpass=f=1000", "equalizer": "equalizer=f=1000:t=q:w=1:g=6", "compressor": "acompressor", "limiter": "alimiter", "delay_sound": "aecho=0.8:0.7:300:0.4", "change_tempo": "atempo=1.2",
    "shift_pitch": "rubberband=pitch=1.26", "normalize_loudness": "loudnorm", "fade_sound": "afade=d=1", "mix": "{0}{1}amix", "crossfade_sound": "{0}{1}acrossfade=d=1", "measure_loudness": "ebur128", "measure_silence": "silencedetect", "reverse_sound": "areverse", "duck": "{0}{1}sidechaincompress",
}
# A source of libavfilter in place of a filter.
PEER_SOURCES = {"mandelbrot": "mandelbrot=s=1920x1080:r=30", "cellular_automata": "life=s=1920x1080:r=30:ratio=0.3", "test_pattern": "testsrc2=s=1920x1080:r=30", "gradient": "gradients=s=1920x1080:r=30", "solid": "color=red:s=1920x1080:r=30"}
SOUND_SECONDS = 20
# The canvas of signals.
SMALL = (64, 36)


def cost(command, environment=None):
    """Processor seconds and peak memory (MB) of a program; what it printed."""
    process = subprocess.Popen([str(word) for word in command], env=os.environ | (environment or {}), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    text = process.stdout.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: {text[-2000:]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


class Palette:
    """Each figure is the least of its runs: other programs, and other machines on the same processor, only ever add."""

    RUNS, SOURCE_RUNS = 2, 12

    def __init__(self, bench):
        self.bench = bench
        self.frames = 8 if bench.quick else 24
        self.runs = {}
        self.films = {}

    def feeds(self, effect):
        """What is wired to each input port: one source, or two for a list."""
        found = {}
        for port in effect["inputs"]:
            sources = SOURCES[port["type"]]
            if effect["name"] in ENDING:
                sources = [{"picture": "clip", "sound": "clip.sound"}[port["type"]], sources[1]]
            found[port["name"]] = sources if port["list"] else sources[len(found) % len(sources)]
        return found

    def document(self, effect, shown=None):
        """A recipe that shows the effect; with `shown`, that source in its place and nothing else."""
        types = {port["type"]: port["name"] for port in effect["outputs"]}
        feeds = self.feeds(effect)
        seconds = SOUND_SECONDS if self.heard(effect) else self.frames / 30
        nodes = SCENE | {"clip": {"effect": "segment", "in": {"picture": "paper", "sound": "chord"}, "args": {"duration": seconds / 2}}}
        if not shown:
            nodes["it"] = {"effect": effect["name"], "args": ARGUMENTS.get(effect["name"], {})} | ({"in": feeds} if feeds else {})
        size = SIZE
        if shown and shown != "wave.signal":
            output = {"sound" if shown.endswith(".sound") else "picture": shown}
        elif "picture" in types:
            output = {"picture": "it"}
        elif "sound" in types:
            output = {"sound": f"it.{types['sound']}"}
        else:  # a signal is seen on a picture, which costs the same with another signal, and next to nothing when it is small
            size = SIZE if any(port["type"] == "picture" for port in effect["inputs"]) else SMALL
            nodes["shown"] = {"effect": "brightness", "in": {"picture": "ground"}, "args": {"amount": {"bind": shown or f"it.{types.get('signal') or types.get('events')}", "range": [-0.3, 0.4]}}}
            output = {"picture": "shown"}
        output["encode"] = "wav" if "sound" in output else "share-h264"
        return {"artdag": 1, "title": effect["name"], "canvas": {"width": size[0], "height": size[1], "rate": [30, 1], "sampleRate": 48000, "duration": seconds}, "nodes": nodes, "outputs": {"main": output}}

    def heard(self, effect):
        return any(port["type"] == "sound" for port in effect["inputs"] + effect["outputs"]) and not any(port["type"] == "picture" for port in effect["outputs"])

    def measure(self, kind, most, command, environment=None):
        """Runs it, unless that was done often enough; the runs' name."""
        runs = self.runs.setdefault(kind, [])
        if len(runs) < most:
            runs.append(cost(command, environment and environment()))
        return kind

    def least(self, kind):
        return tuple(map(min, zip(*self.runs[kind])))

    def rendered(self, document, most):
        path = self.bench.folder / "palette.artdag"
        path.write_text(json.dumps(document))
        way = ["-o", self.bench.folder / "palette.wav"] if document["outputs"]["main"]["encode"] == "wav" else ["--pixels-only"]
        kind = json.dumps([document["nodes"].get("it"), document["nodes"].get("shown"), document["outputs"], document["canvas"]])
        return self.measure(kind, most, [self.bench.artdag_path, "render", path, "--threads", 1, *way], lambda: {"ARTDAG_HOME": str(self.bench.home())})

    def ours(self, effect):
        """Runs it once, and what feeds it; the runs, and those to take from them: where there are two sources, the second counts above the cheapest picture."""
        types = {port["type"] for port in effect["outputs"]}
        pictures = "picture" in types or any(port["type"] == "picture" for port in effect["inputs"])
        nothing = self.rendered(self.document(effect, "flat" if pictures else "chord.sound" if "sound" in types else "wave.signal"), self.SOURCE_RUNS)
        fed = {one for feed in self.feeds(effect).values() for one in ([feed] if isinstance(feed, str) else feed)}
        moving = fed & ({"paper", "turned", "clip"} if pictures else {"hum.sound", "clip.sound"} if "sound" in types else set())
        return self.rendered(self.document(effect), self.RUNS), nothing, [self.rendered(self.document(effect, one), self.SOURCE_RUNS) for one in sorted(moving)]

    def above(self, effect, whole, nothing, sources=()):
        """Milliseconds for a frame or for a second of sound, and megabytes."""
        (time, memory), (start, least) = self.least(whole), self.least(nothing)
        return (time - start - sum(self.least(one)[0] - start for one in sources)) * 1000 / self.units(effect), memory - max([least, *(self.least(one)[1] for one in sources)])

    def units(self, effect):
        return SOUND_SECONDS if self.heard(effect) else self.frames

    def film(self, seed):
        """Pictures that cost the peer little to read."""
        if seed not in self.films:
            path = self.bench.folder / f"palette{seed}.nut"
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"gradients=s=1920x1080:r=30:seed={seed + 1}:speed=0.1:d={self.frames / 30}", "-pix_fmt", "yuv420p", "-c:v", "rawvideo", path], check=True)
            self.films[seed] = path
        return self.films[seed]

    def peer(self, effect):
        """The same for libavfilter, or None where it has no such filter."""
        name, chain = effect["name"], PEERS.get(effect["name"])
        run = lambda most, *arguments: self.measure(json.dumps([str(one) for one in arguments]), most, ["ffmpeg", "-v", "error", "-nostdin", "-filter_threads", "1", "-filter_complex_threads", "1", *arguments, "-f", "null", "-"])
        if name in PEER_SOURCES:
            count = ["-frames:v", self.frames]
            return run(self.RUNS, "-f", "lavfi", "-i", PEER_SOURCES[name], *count), run(self.SOURCE_RUNS, "-f", "lavfi", "-i", "nullsrc=s=1920x1080:r=30", *count)
        if not chain:
            return None
        if self.heard(effect):
            inputs = [word for tone in (440, 660) for word in ("-f", "lavfi", "-i", f"sine={tone}:d={SOUND_SECONDS}:r=48000,aformat=channel_layouts=stereo")]
            bare = [*inputs, "-filter_complex", "[0][1]concat=n=2:v=0:a=1,atrim=duration=20"] if "{1}" in chain else [*inputs[:4], "-af", "anull"]
        else:
            inputs = [word for seed in (0, 1) for word in ("-i", self.film(seed))]
            bare = [*inputs, "-map", "0:v", "-map", "1:v"] if "{1}" in chain else inputs[:2]
        full = [*inputs, "-filter_complex", chain.format("[0]", "[1]")] if "{1}" in chain else [*inputs[:len(inputs) // 2], "-af" if self.heard(effect) else "-vf", chain]
        return run(self.RUNS, *full), run(self.SOURCE_RUNS, *bare)


def run(bench, report):
    catalogue = json.loads(subprocess.run([bench.artdag_path, "effects", "--json"], check=True, capture_output=True).stdout)["effects"]
    # Bridges are what their libraries make of them; where a file is asked for, it is what costs.
    catalogue = [effect for effect in catalogue if "." not in effect["name"] and not any(param["kind"] == "file" for param in effect["params"])]
    palette = Palette(bench)
    for number in range(palette.RUNS):
        print(f"run {number + 1} of {palette.RUNS}", flush=True)
        runs = {effect["name"]: (palette.ours(effect), palette.peer(effect)) for effect in catalogue}
    rows = []
    for effect in catalogue:
        name, (ours, peer) = effect["name"], runs[effect["name"]]
        time, memory = palette.above(effect, *ours)
        rows.append({"name": name, "unit": "s" if palette.heard(effect) else "frame", "ours": time, "memory": memory, "peer": palette.above(effect, *peer)[0] if peer else None, "filter": (PEER_SOURCES.get(name) or PEERS.get(name)) if peer else None})
        print(f"{name:<22}{time:>9.1f} ms/{rows[-1]['unit']:<6}{memory:>8.0f} MB" + (f"{rows[-1]['peer']:>9.1f} ms  {rows[-1]['filter']}" if peer else ""), flush=True)
    slower = [one for one in rows if one["peer"] is not None and one["ours"] > max(one["peer"], 0.2)]
    print(f"{len(rows)} effects; of {sum(one['peer'] is not None for one in rows)} with a peer {len(slower)} cost more than it: {', '.join(one['name'] for one in slower)}")
    if report:
        write(rows, palette.frames)
    return rows


def why_of():
    """The sentences that are kept by hand: why an effect costs more than its peer."""
    path = ROOT / "docs/effects-cost.md"
    if not path.exists():
        return []
    text = path.read_text()
    return text.split("## Why some cost more\n")[1].strip().splitlines() if "## Why some cost more\n" in text else []


def write(rows, frames):
    machine = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    figure = lambda value: "" if value is None else f"{max(value, 0):.1f}"
    text = ["# What effects cost", "", f"`./run bench palette --report` wrote the table: {machine}, {datetime.date.today()}, {frames} frames of 1080p or {SOUND_SECONDS} s of sound each, at the effects' defaults",
            "(where those change nothing, at the settings in tests/bench/palette.py). Processor time of one thread above the same run without the effect, in ms for a frame",
            "or for a second of sound, the least of two runs; memory of the process above that run's. The peer is libavfilter's filter on 8-bit 4:2:0. What leaves its input unread costs 0.0.", "",
            "| effect | ms | for a | MB | peer, ms | filter |", "|---|---:|---|---:|---:|---|"]
    text += [f"| {one['name']} | {figure(one['ours'])} | {one['unit']} | {max(one['memory'], 0):.0f} | {figure(one['peer'])} | {('`' + one['filter'].split('=')[0].replace('{0}', '').replace('{1}', '') + '`') if one['filter'] else ''} |" for one in rows]
    text += ["", "## Why some cost more", *why_of(), ""]
    (ROOT / "docs/effects-cost.md").write_text("\n".join(text))
