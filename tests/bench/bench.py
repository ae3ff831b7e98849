#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ratios against named peers, measured in one run: ./run bench [ROW or GROUP …] [--quick] [--json FILE].

Ours and the peer take turns A-B-B-A on inputs made anew with a fresh seed; the first pair is dropped; a row is the median of
the paired ratios peer ÷ ours (bigger is better) with least and most. Rows that check pixels compare ours with a float64
reference of its own definition (reference.py) and fail under 45 dB. Figures depend on the machine; ratios much less.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time

import palette
import reference
import server

ROWS = {}


def row(name, group="engine", peer="ffmpeg", target=None, stretch=None, unit="ms/frame"):
    def add(function):
        ROWS[name] = dict(function=function, group=group, peer=peer, target=target, stretch=stretch, unit=unit)
        return function
    return add


class Bench:
    def __init__(self, binaries, quick):
        self.artdag_path = pathlib.Path(binaries) / "artdag"
        self.quick = quick
        self.seconds = 3 if quick else 10
        self.frames = self.seconds * 30
        self.pairs = 3 if quick else 6  # the first is dropped
        self.seed = random.SystemRandom().randrange(1 << 30)
        self.temporary = tempfile.TemporaryDirectory(prefix="artdag-bench-")
        self.folder = pathlib.Path(self.temporary.name)
        self.homes = 0
        self.clips = {}

    def clip(self, name):
        """Camera-like 1080p30 H.264 at 12 Mb/s, GOP 250: moving shapes under noise, another seed for each run."""
        if name not in self.clips:
            path = self.folder / f"{name}.mp4"
            seed = self.seed + len(self.clips)
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"testsrc2=s=1920x1080:r=30:d={self.seconds}", "-f", "lavfi", "-i", f"sine=f={200 + seed % 400}:r=48000:d={self.seconds}",
                            "-vf", f"hue=h={seed % 360},noise=all_seed={seed}:alls=12:allf=t", "-c:v", "libx264", "-preset", "veryfast", "-b:v", "12M", "-g", "250", "-pix_fmt", "yuv420p",
                            "-colorspace", "bt709", "-color_trc", "bt709", "-color_primaries", "bt709", "-c:a", "aac", path], check=True)
            self.clips[name] = path
        return self.clips[name]

    def home(self):
        self.homes += 1
        return self.folder / f"home{self.homes}"

    def write(self, nodes, picture, name="r", sound=None, inputs=("a",), canvas=None, encode="share-h264"):
        output = {"picture": picture, "encode": encode} | ({"sound": sound} if sound else {})
        document = {"artdag": 1, "title": name, "canvas": {"width": 1920, "height": 1080, "rate": [30, 1], "sampleRate": 48000, "duration": float(self.seconds)} | (canvas or {}),
                    "inputs": {one: {"media": "media"} for one in inputs}, "nodes": nodes, "outputs": {"main": output}}
        path = self.folder / f"{name}.artdag"
        path.write_text(json.dumps(document))
        return path

    def artdag(self, *arguments, home=None):
        environment = os.environ | {"ARTDAG_HOME": str(home or self.home())}
        start = time.perf_counter()
        run = subprocess.run([str(self.artdag_path), *map(str, arguments), "--json"], env=environment, capture_output=True, text=True)
        elapsed = time.perf_counter() - start
        if run.returncode != 0:
            raise RuntimeError(f"artdag {' '.join(map(str, arguments))}: {run.stderr}")
        return elapsed, json.loads(run.stdout)

    def timed(self, *commands):
        """Seconds that programs take, one after another."""
        start = time.perf_counter()
        for command in commands:
            subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=600)
        return time.perf_counter() - start

    def ffmpeg(self, *arguments):
        return self.timed(["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments])

    def inputs(self, *names):
        return [flag for name in names for flag in ("--input", f"{name}={self.clip(name)}")]

    def compare(self, ours, peer):
        """Median, least and most of peer ÷ ours, and the two medians in seconds."""
        pairs = []
        for at in range(self.pairs):
            pair = (ours(), peer()) if at % 2 == 0 else tuple(reversed((peer(), ours())))
            pairs.append(pair)
        pairs = pairs[1:]
        ratios = [theirs / mine for mine, theirs in pairs]
        return statistics.median(ratios), min(ratios), max(ratios), statistics.median(mine for mine, _ in pairs), statistics.median(theirs for _, theirs in pairs)

    def per_frame(self, ours, peer, frames=None):
        ratio, least, most, mine, theirs = self.compare(ours, peer)
        scale = 1000 / (frames or self.frames)
        return dict(ratio=ratio, min=least, max=most, ours=mine * scale, peer=theirs * scale)


ROTATE = {"turn": {"effect": "rotate", "in": {"picture": "a"}, "args": {"angle": {"expr": "36 * t"}}}}


def pixels_only(bench, path, *names):
    return lambda: bench.artdag("render", path, "--pixels-only", *bench.inputs(*names))[0]


@row("rotate_null", target=1.4, stretch=2.5)
def rotate_null(bench):
    path = bench.write(ROTATE, "turn", "rotate")
    check = reference.rotate(bench, path, ROTATE)
    return bench.per_frame(pixels_only(bench, path, "a"), lambda: bench.ffmpeg("-i", bench.clip("a"), "-an", "-vf", "rotate=36*PI/180*t", "-f", "null", "-")) | check


def encoded(bench, preset, profile):
    path = bench.write(ROTATE, "turn", f"rotate_{preset}", encode=profile)
    out = bench.folder / "out.mp4"
    return bench.per_frame(lambda: bench.artdag("render", path, "-o", out, *bench.inputs("a"))[0],
                           lambda: bench.ffmpeg("-i", bench.clip("a"), "-an", "-vf", "rotate=36*PI/180*t", "-c:v", "libx264", "-preset", preset, "-crf", "18", out))


@row("rotate_fast", target=1.05, stretch=1.6)
def rotate_fast(bench):
    return encoded(bench, "ultrafast", "share-h264-fast")


@row("rotate_medium", target=1.0, stretch=1.1)
def rotate_medium(bench):
    return encoded(bench, "medium", "share-h264")


@row("rotate_mlt", peer="MLT", target=3.5, stretch=6)
def rotate_mlt(bench):
    path = bench.write(ROTATE, "turn", "rotate")
    turn = f"transition.fix_rotate_x=0=0;{bench.frames - 1}={36 * bench.seconds}"
    return bench.per_frame(pixels_only(bench, path, "a"), lambda: bench.timed(["melt", "-silent", "-profile", "atsc_1080p_30", bench.clip("a"), "-attach", "affine", turn, "-consumer", "null", "real_time=-2", "terminate_on_pause=1", "audio_off=1"]))


@row("huesat_null", target=0.8, stretch=1.0)
def huesat_null(bench):
    path = bench.write({"hue": {"effect": "hue_shift", "in": {"picture": "a"}, "args": {"angle": 40}}}, "hue", "huesat")
    return bench.per_frame(pixels_only(bench, path, "a"), lambda: bench.ffmpeg("-i", bench.clip("a"), "-an", "-vf", "hue=h=40", "-f", "null", "-"))


@row("blur8_null", target=0.9, stretch=1.3)
def blur8_null(bench):
    nodes = {"soft": {"effect": "blur", "in": {"picture": "a"}, "args": {"radius": 8}}}
    path = bench.write(nodes, "soft", "blur8")
    check = reference.blur(bench, path, 8)
    return bench.per_frame(pixels_only(bench, path, "a"), lambda: bench.ffmpeg("-i", bench.clip("a"), "-an", "-vf", "gblur=sigma=8", "-f", "null", "-")) | check


@row("crossfade_null", target=1.2, stretch=1.5)
def crossfade_null(bench):
    half = bench.seconds
    nodes = {"film": {"effect": "sequence", "in": {"items": [{"id": "a", "from": "a", "in": 0, "out": half}, {"id": "b", "from": "b", "in": 0, "out": half, "args": {"transition": "crossfade", "overlap": half}}]}}}
    path = bench.write(nodes, "film", "crossfade", inputs=("a", "b"))
    return bench.per_frame(pixels_only(bench, path, "a", "b"), lambda: bench.ffmpeg("-i", bench.clip("a"), "-i", bench.clip("b"), "-an", "-filter_complex", f"xfade=duration={half}:offset=0", "-f", "null", "-"))


CHAIN = {"film": {"effect": "blend", "in": {"below": "a", "above": "b"}, "args": {"mode": "normal", "opacity": {"expr": "t / 10"}}}, "hue": {"effect": "hue_shift", "in": {"picture": "film"}, "args": {"angle": 40}},
         "turn": {"effect": "rotate", "in": {"picture": "hue"}, "args": {"angle": {"expr": "36 * t"}}}, "soft": {"effect": "blur", "in": {"picture": "turn"}, "args": {"radius": 4}},
         "tone": {"effect": "contrast", "in": {"picture": "soft"}, "args": {"amount": 0.1}}, "small": {"effect": "resize", "in": {"picture": "tone"}, "args": {"width": 1280, "height": 720}}}
CHAIN_PEER = "[0][1]xfade=duration={0}:offset=0,hue=h=40,rotate=36*PI/180*t,gblur=sigma=4,eq=contrast=1.1,scale=1280:720"


def chain_peer(bench):
    return bench.ffmpeg("-i", bench.clip("a"), "-i", bench.clip("b"), "-an", "-filter_complex", CHAIN_PEER.format(bench.seconds), "-f", "null", "-")


@row("chain6_null", target=2.0, stretch=3.0)
def chain6_null(bench):
    path = bench.write(CHAIN, "small", "chain6", inputs=("a", "b"))
    return bench.per_frame(pixels_only(bench, path, "a", "b"), lambda: chain_peer(bench))


@row("hash_1080p", peer="the same run without the frames hash", unit="ms/frame")
def hash_1080p(bench):
    """What the frames hash and an ultrafast encode cost above the pixels alone."""
    path = bench.write(ROTATE, "turn", "hash", encode="share-h264-fast")
    return bench.per_frame(lambda: bench.artdag("render", path, "-o", bench.folder / "out.mp4", *bench.inputs("a"))[0], pixels_only(bench, path, "a"))


def one_picture(bench, peer):
    """PNG of 1024 × 1024 → blur 8 → rotate 30° → PNG; a fresh command each."""
    picture = bench.folder / "one.png"
    if not picture.exists():
        bench.ffmpeg("-f", "lavfi", "-i", f"mandelbrot=s=1024x1024,noise=all_seed={bench.seed}:alls=8", "-frames:v", 1, "-pix_fmt", "rgb24", picture)
    nodes = {"soft": {"effect": "blur", "in": {"picture": "a"}, "args": {"radius": 8}}, "turn": {"effect": "rotate", "in": {"picture": "soft"}, "args": {"angle": 30}}}
    path = bench.write(nodes, "turn", "one", canvas={"width": 1024, "height": 1024}, encode="png")
    ratio, least, most, mine, theirs = bench.compare(lambda: bench.artdag("render", path, "-o", bench.folder / "ours.png", "--input", f"a={picture}")[0], lambda: bench.timed(*peer(picture, bench.folder)))
    return dict(ratio=ratio, min=least, max=most, ours=mine, peer=theirs)


@row("image_1mp", group="pictures", peer="vips", target=1.0, unit="s")
def image_1mp(bench):
    return one_picture(bench, lambda picture, folder: (["vips", "gaussblur", picture, folder / "soft.v", "8"], ["vips", "rotate", folder / "soft.v", folder / "peer.png", "30"]))


@row("image_1mp_gmic", group="pictures", peer="gmic", target=2.0, unit="s")
def image_1mp_gmic(bench):
    return one_picture(bench, lambda picture, folder: (["gmic", picture, "-blur", "8", "-rotate", "30", "-output", folder / "peer.png"],))


@row("scrub_cold", group="again", target=1.8, unit="s")
def scrub_cold(bench):
    """One exact frame somewhere in the chain, by a fresh command with an empty store."""
    at = random.Random(bench.seed)

    def ours():
        nodes = CHAIN | {"late": {"effect": "segment", "in": {"picture": "small"}, "args": {"start": at.randrange(bench.frames) / 30}}}
        return bench.artdag("render", bench.write(nodes, "late", "scrub", inputs=("a", "b"), encode="png"), "-o", bench.folder / "ours.png", *bench.inputs("a", "b"))[0]

    def peer():
        second = at.randrange(bench.frames) / 30
        return bench.ffmpeg("-i", bench.clip("a"), "-i", bench.clip("b"), "-an", "-filter_complex", CHAIN_PEER.format(bench.seconds) + f",select=gte(t\\,{second})", "-frames:v", 1, bench.folder / "peer.png")
    ratio, least, most, mine, theirs = bench.compare(ours, peer)
    return dict(ratio=ratio, min=least, max=most, ours=mine, peer=theirs)


@row("scrub_warm", group="again", target=33, stretch=15, unit="ms p95")
def scrub_warm(bench):
    """One exact frame somewhere in the chain, at half size by a running engine that has proxies; against an ffmpeg process that seeks. Ours must stay under the target in ms."""
    path = bench.write(CHAIN, "small", "scrub_warm", inputs=("a", "b"))
    at = random.Random(bench.seed)
    clips = [f"{name}={bench.clip(name)}" for name in ("a", "b")]

    def ours():
        run = subprocess.run([bench.artdag_path.parent / "scrub_bench", path, "60", str(at.randrange(1 << 30)), "proxies", *clips], env=os.environ | {"ARTDAG_HOME": str(home)}, check=True, capture_output=True, text=True)
        times = json.loads(run.stdout)
        assert times["proxies"] == 2 and times["originals_decoded"] == 0, times
        return times["p95"]

    def peer():
        second = at.randrange(bench.frames) / 30
        return 1000 * bench.ffmpeg("-ss", second, "-i", bench.clip("a"), "-ss", second, "-i", bench.clip("b"), "-an", "-filter_complex", CHAIN_PEER.format(bench.seconds).replace("1280:720", "640:360"), "-frames:v", 1, bench.folder / "peer.png")
    home = bench.home()
    ratio, least, most, mine, theirs = bench.compare(ours, peer)
    return dict(ratio=ratio, min=least, max=most, ours=mine, peer=theirs, absolute=True)


def warm(bench, nodes, picture, name, names, **options):
    """A home in which a recipe is already rendered, and its path."""
    home = bench.home()
    path = bench.write(nodes, picture, name, inputs=names, **options)
    bench.artdag("render", path, "-o", bench.folder / f"{name}.mp4", *bench.inputs(*names), home=home)
    return home, path


@row("rerender_same", group="again", target=300, unit="s")
def rerender_same(bench):
    """A fresh command on an unchanged recipe, against ffmpeg's only way: all of it again."""
    home, path = warm(bench, CHAIN, "small", "same", ("a", "b"))
    ratio, least, most, ours, peer = bench.compare(lambda: bench.artdag("render", path, "-o", bench.folder / "again.mp4", *bench.inputs("a", "b"), home=home)[0], lambda: chain_peer(bench))
    return dict(ratio=ratio, min=least, max=most, ours=ours, peer=peer)


@row("rerender_last_param", group="again", target=12, stretch=18, unit="s")
def rerender_last_param(bench):
    """The last pointwise parameter of the chain moved, in a home where the chain is rendered."""
    def nodes(amount):
        return CHAIN | {"tone": CHAIN["tone"] | {"args": {"amount": amount}}}
    home, _ = warm(bench, nodes(0.1), "small", "last", ("a", "b"))
    amounts = iter(range(11, 1000))
    ratio, least, most, ours, peer = bench.compare(lambda: bench.artdag("render", bench.write(nodes(next(amounts) / 100), "small", "last_edited", inputs=("a", "b")), "-o", bench.folder / "again.mp4", *bench.inputs("a", "b"), home=home)[0], lambda: chain_peer(bench))
    return dict(ratio=ratio, min=least, max=most, ours=ours, peer=peer)


@row("rerender_1s_of_10s", group="again", target=4.5, stretch=9, unit="s")
def rerender_1s_of_10s(bench):
    def nodes(end):
        keys = [[0, 0, "linear"], [bench.seconds - 1, 90, "linear"], [bench.seconds, end]]
        return {"turn": {"effect": "rotate", "in": {"picture": "a"}, "args": {"angle": {"keys": keys}}}}
    home, _ = warm(bench, nodes(120), "turn", "second", ("a",))
    edits = iter(range(1000))

    def ours():
        path = bench.write(nodes(121 + next(edits)), "turn", "second_edited")
        return bench.artdag("render", path, "-o", bench.folder / "again.mp4", *bench.inputs("a"), home=home)[0]
    ratio, least, most, mine, peer = bench.compare(ours, lambda: bench.ffmpeg("-i", bench.clip("a"), "-an", "-vf", "rotate=36*PI/180*t", "-c:v", "libx264", "-preset", "medium", "-crf", "18", bench.folder / "peer.mp4"))
    return dict(ratio=ratio, min=least, max=most, ours=mine, peer=peer)


@row("rerender_sound_only", group="again", target=100, unit="s")
def rerender_sound_only(bench):
    def write(gain):
        return bench.write(ROTATE | {"loud": {"effect": "gain", "in": {"sound": "a.sound"}, "args": {"gain": gain}}}, "turn", "sound", sound="loud")
    home = bench.home()
    bench.artdag("render", write(0), "-o", bench.folder / "sound.mp4", *bench.inputs("a"), home=home)
    gains = iter(range(1, 1000))
    ratio, least, most, mine, peer = bench.compare(lambda: bench.artdag("render", write(-next(gains) / 10), "-o", bench.folder / "again.mp4", *bench.inputs("a"), home=home)[0],
                                                   lambda: bench.ffmpeg("-i", bench.clip("a"), "-vf", "rotate=36*PI/180*t", "-af", "volume=-3dB", "-c:v", "libx264", "-preset", "medium", "-crf", "18", bench.folder / "peer.mp4"))
    return dict(ratio=ratio, min=least, max=most, ours=mine, peer=peer)


def joined(bench, peer):
    """Four untouched clips joined, in a home that has seen what is in them (as the first copy, or an idle hour, sees it)."""
    names = ("a", "b", "c", "d")
    nodes = {"film": {"effect": "sequence", "in": {"items": list(names)}}}
    path = bench.write(nodes, "film", "joined", inputs=names, canvas={"duration": 4.0 * bench.seconds}, encode="copy")
    home, out, parts = bench.home(), bench.folder / "joined.mkv", bench.folder / "joined.txt"
    parts.write_text("".join(f"file '{bench.clip(name)}'\n" for name in names))

    def ours():
        out.unlink(missing_ok=True)
        return bench.artdag("render", path, "-o", out, *bench.inputs(*names), home=home)[0]
    ours()
    ratio, least, most, mine, theirs = bench.compare(ours, lambda: bench.ffmpeg("-f", "concat", "-safe", "0", "-i", parts, "-an", *peer, bench.folder / "peer.mkv"))
    return dict(ratio=ratio, min=least, max=most, ours=mine, peer=theirs)


@row("concat_smart", group="copy", target=200, unit="s")
def concat_smart(bench):
    return joined(bench, ("-c:v", "libx264", "-preset", "medium", "-crf", "18"))


@row("concat_copy", group="copy", peer="ffmpeg -c copy", target=0.9, unit="s")
def concat_copy(bench):
    return joined(bench, ("-c", "copy"))


@row("sound_1h", group="sound", target=1.5, unit="s")
def sound_1h(bench):
    """An hour of stereo at 48 kHz (six minutes under --quick): a bell, a compressor, 44.1 kHz, WAV of 24 bits."""
    minutes = 6 if bench.quick else 60
    song = bench.folder / "song.wav"
    if not song.exists():
        noise = [f"anoisesrc=d={60 * minutes}:c=pink:r=48000:a=0.5:s={bench.seed + side}" for side in (0, 1)]
        bench.ffmpeg("-f", "lavfi", "-i", noise[0], "-f", "lavfi", "-i", noise[1], "-filter_complex", "[0][1]join=inputs=2:channel_layout=stereo", "-c:a", "pcm_s16le", song)
    nodes = {"tone": {"effect": "equalizer", "in": {"sound": "a.sound"}, "args": {"bell_2_frequency": 1000, "bell_2_gain": 6}},
             "tight": {"effect": "compressor", "in": {"sound": "tone"}, "args": {"threshold": -20, "ratio": 3, "attack": 0.01, "release": 0.15}}}
    document = {"artdag": 1, "title": "sound", "canvas": {"width": 64, "height": 64, "rate": [25, 1], "sampleRate": 44100, "duration": 60.0 * minutes},
                "inputs": {"a": {"media": "media"}}, "nodes": nodes, "outputs": {"main": {"sound": "tight", "encode": "wav"}}}
    path = bench.folder / "sound_1h.artdag"
    path.write_text(json.dumps(document))
    ratio, least, most, mine, theirs = bench.compare(lambda: bench.artdag("render", path, "-o", bench.folder / "ours.wav", "--input", f"a={song}")[0],
                                                     lambda: bench.ffmpeg("-i", song, "-af", "equalizer=f=1000:t=q:w=1:g=6,acompressor=threshold=0.1:ratio=3:attack=10:release=150,aresample=44100", "-c:a", "pcm_s24le", bench.folder / "peer.wav"))
    return dict(ratio=ratio, min=least, max=most, ours=mine, peer=theirs)


@row("memory", peer="ffmpeg", target=1.5, unit="MB")
def memory(bench):
    """Peak resident memory of the chain; ratio is ours ÷ ffmpeg's, smaller is better."""
    path = bench.write(CHAIN, "small", "memory", inputs=("a", "b"))

    def peak(arguments, environment=None):
        script = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        return int(subprocess.run([sys.executable, "-c", script, *map(str, arguments)], env=os.environ | (environment or {}), check=True, capture_output=True, text=True).stdout) / 1000
    ours = peak([bench.artdag_path, "render", path, "--pixels-only", *bench.inputs("a", "b")], {"ARTDAG_HOME": str(bench.home())})
    peer = peak(["ffmpeg", "-nostdin", "-i", bench.clip("a"), "-i", bench.clip("b"), "-an", "-filter_complex", CHAIN_PEER.format(bench.seconds), "-f", "null", "-"])
    return dict(ratio=ours / peer, min=ours / peer, max=ours / peer, ours=ours, peer=peer, smaller=True)


def plan_times(bench):
    """Medians of plan_bench, in one process: parse, check, plan, keys and replan in ms. Made once for both rows."""
    if not hasattr(bench, "planned"):
        run = subprocess.run([bench.artdag_path.parent / "plan_bench", "9" if bench.quick else "25"], check=True, capture_output=True, text=True)
        bench.planned = json.loads(run.stdout)
        print("plan_bench: {nodes} nodes, {bytes} bytes; ms: read {read}, check {check}, plan {plan}, keys {keys}".format(**bench.planned))
    return bench.planned


@row("plan_10k", group="plan", peer="5 ms a node", target=1250, stretch=3300, unit="ms")
def plan_10k(bench):
    """Parse, check, plan and name 10,000 distinct nodes with three inputs each, in process; the target is 40 ms."""
    times = plan_times(bench)
    return dict(ratio=50_000 / times["all"], min=50_000 / times["most"], max=50_000 / times["least"], ours=times["all"], peer=50_000.0)


@row("replan_edit", group="plan", peer="the first plan and its keys", target=None, unit="ms")
def replan_edit(bench):
    """From a new value of one parameter, of one of its last nodes, to the key of the picture, with the plan before; the target is 0.2 ms."""
    times = plan_times(bench)
    first = times["plan"] + times["keys"]
    ratio = first / times["replan"]
    return dict(ratio=ratio, min=ratio, max=ratio, ours=times["replan"], peer=first)


def canvas_times(bench):
    """What canvas_bench says of graphs of 1,000 and 5,000 nodes: ms of the window's thread. Run once for all rows."""
    if not hasattr(bench, "canvas"):
        run = subprocess.run(["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", bench.artdag_path.parent / "canvas_bench"],
                             env=os.environ | {"QT_QPA_PLATFORM": "xcb"}, check=True, stdout=subprocess.PIPE, text=True)
        bench.canvas = {one["nodes"]: one for one in map(json.loads, run.stdout.splitlines())}
    return bench.canvas


# What a frame may cost, and opening a document (p95; `zoom_most` is the worst frame): items 1 to 4 of docs/studio-acceptance.md.
for nodes, member, most in ((1000, "pan_p95", 4), (5000, "pan_p95", 6), (1000, "zoom_p95", 4), (5000, "zoom_p95", 6), (1000, "zoom_most", 16), (1000, "drag1_p95", 5), (5000, "drag1_p95", 5),
                            (1000, "drag_many_p95", 6), (1000, "create_ms", 800), (5000, "create_ms", 2500)):
    @row(f"{member.removesuffix('_p95').removesuffix('_ms')}_{nodes // 1000}k", group="studio", peer="what is allowed", target=most, unit="ms CPU")
    def canvas_row(bench, nodes=nodes, member=member, most=most):
        ours = canvas_times(bench)[nodes][member]
        ratio = most / max(ours, 0.01)
        return dict(ratio=ratio, min=ratio, max=ratio, ours=ours, peer=most, absolute=True)


def hands_times(bench):
    """What hands_bench says of the window with a real engine behind it. Run once for all rows."""
    if not hasattr(bench, "hands"):
        run = subprocess.run(["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", bench.artdag_path.parent / "hands_bench", "-o", bench.folder / "hands.txt,txt"],
                             env=os.environ | {"QT_QPA_PLATFORM": "xcb"}, check=True, stdout=subprocess.PIPE, text=True)
        bench.hands = json.loads(run.stdout.splitlines()[-1])
    return bench.hands


# The 95th of a hundred: items 5, 24, 32, 35 and 38 of docs/studio-acceptance.md. `switch` is the CPU time of the window's thread and of the one that draws, the
# pictures' way to the card included; a rasteriser in place of a card has threads of its own, which are not counted: hands_bench also says what it is by the clock.
for name, most in (("draft", 100), ("state", 200), ("switch", 16), ("scroll", 4), ("scrub", 33.3)):
    @row(name, group="studio", peer="what is allowed", target=most, unit="ms CPU" if name in ("switch", "scroll") else "ms")
    def hands_row(bench, name=name, most=most):
        ours = hands_times(bench)[name]
        return dict(ratio=most / max(ours, 0.01), min=most / max(ours, 0.01), max=most / max(ours, 0.01), ours=ours, peer=most, absolute=True)


for name, (function, beside, asked, measure) in server.ROWS.items():
    row(name, group="server", peer=beside, target=asked, unit=measure)(function)


def verdict(one):
    if one.get("psnr") is not None and one["psnr"] < 45:
        return "WRONG PIXELS"
    if one["target"] is None:
        return ""
    if "met" in one:
        return "met" if one["met"] else "short"
    if one.get("absolute"):
        return "met" if one["ours"] <= one["target"] else "short"
    good = one["ratio"] <= one["target"] if one.get("smaller") else one["ratio"] >= one["target"]
    return "met" if good else "short"


def main():
    parser = argparse.ArgumentParser(prog="./run bench")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="rows or groups, or palette (every effect, about 20 minutes): " + ", ".join([*ROWS, *sorted({one["group"] for one in ROWS.values()})]))
    parser.add_argument("--quick", action="store_true", help="three-second clips, two pairs: at most ten minutes")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--report", action="store_true", help="of the palette: write docs/effects-cost.md")
    parser.add_argument("--bin", required=True, help=argparse.SUPPRESS)
    flags = parser.parse_args()
    unknown = [name for name in flags.rows if name != "palette" and name not in ROWS and name not in {one["group"] for one in ROWS.values()}]
    if unknown:
        parser.error(f"no row or group {', '.join(unknown)}")
    bench = Bench(flags.bin, flags.quick)
    machine = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    print(f"{machine}, {os.cpu_count()} cores, {datetime.date.today()}, {bench.seconds} s of 1080p30, {bench.pairs - 1} pairs, seed {bench.seed}")
    if "palette" in flags.rows:
        rows = palette.run(bench, flags.report)
        if flags.json:
            pathlib.Path(flags.json).write_text(json.dumps({"machine": machine, "date": str(datetime.date.today()), "effects": rows}, indent=2))
        return
    print(f"{'row':<22}{'ratio':>8}{'least':>8}{'most':>8}{'ours':>10}{'peer':>10}  {'unit':<9}{'target':>7}  verdict")
    results = []
    for name, entry in ROWS.items():
        if flags.rows and name not in flags.rows and entry["group"] not in flags.rows:
            continue
        one = entry["function"](bench) | {key: entry[key] for key in ("target", "stretch", "unit")} | {"name": name, "peer_name": entry["peer"]}
        one["verdict"] = verdict(one)
        results.append(one)
        pixels = f"  ({one['psnr']:.1f} dB against float64)" if one.get("psnr") is not None else ""
        print(f"{name:<22}{one['ratio']:>8.2f}{one['min']:>8.2f}{one['max']:>8.2f}{one['ours']:>10.2f}{one['peer']:>10.2f}  {one['unit']:<9}{one['target'] or '':>7}  {one['verdict']}{pixels}", flush=True)
    if flags.json:
        pathlib.Path(flags.json).write_text(json.dumps({"machine": machine, "cores": os.cpu_count(), "date": str(datetime.date.today()), "quick": flags.quick, "rows": results}, indent=2))
    wrong = [one["name"] for one in results if one["verdict"] == "WRONG PIXELS"]
    print(f"{sum(one['verdict'] == 'met' for one in results)} met, {sum(one['verdict'] == 'short' for one in results)} short of their target, {len(wrong)} with wrong pixels")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
