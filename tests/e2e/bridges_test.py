#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bridges: other people's filters as nodes. The same pixels as ffmpeg's own, baked once, verified without the filter, and
nothing that a plugin does takes `artdag` down."""
import json
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

import artdag
from artdag import ffmpeg, recipe

WIDTH, HEIGHT, FRAMES = 96, 64, 12
CANVAS = {"width": WIDTH, "height": HEIGHT, "rate": [24, 1], "duration": FRAMES / 24}

PLUGIN = r"""
#include <frei0r.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <stdio.h>
static unsigned w, h;
int f0r_init(void) { return 1; }
void f0r_deinit(void) {}
void f0r_get_plugin_info(f0r_plugin_info_t* info)
{
    info->name = "Planted"; info->author = "test"; info->plugin_type = F0R_PLUGIN_TYPE_FILTER; info->color_model = F0R_COLOR_MODEL_RGBA8888;
    info->frei0r_version = FREI0R_MAJOR_VERSION; info->major_version = 1; info->minor_version = 0; info->num_params = 0; info->explanation = "misbehaves";
#ifdef CRASH_WHEN_DESCRIBED
    *(volatile int*)0 = 1;
#endif
}
void f0r_get_param_info(f0r_param_info_t* info, int i) { (void)info; (void)i; }
f0r_instance_t f0r_construct(unsigned width, unsigned height) { w = width; h = height; return &w; }
void f0r_destruct(f0r_instance_t i) { (void)i; }
void f0r_set_param_value(f0r_instance_t i, f0r_param_t p, int n) { (void)i; (void)p; (void)n; }
void f0r_get_param_value(f0r_instance_t i, f0r_param_t p, int n) { (void)i; (void)p; (void)n; }
void f0r_update(f0r_instance_t i, double time, const uint32_t* in, uint32_t* out)
{
    (void)i;
    memcpy(out, in, (size_t)w * h * 4);
#ifdef CRASH
    if (time > 0.2) *(volatile int*)0 = 1;
#endif
#ifdef HANG
    for (volatile int forever = 1; forever;) {}
#endif
#ifdef EAT
    for (;;) *(volatile char*)malloc(64 << 20) = 1;
#endif
#ifdef INVERT
    for (size_t k = 0; k < (size_t)w * h; ++k) out[k] ^= 0xFFFFFF;
#endif
#ifdef OPEN
    /* what a plugin that wants to read or write finds: nothing can be opened */
    if (open(OPEN, O_RDONLY) >= 0 || fopen(OPEN ".stolen", "w") != NULL) memset(out, 0, (size_t)w * h * 4);
#endif
}
"""


class Listed(artdag.Case):
    """Homes in which the filters of this machine are listed already: that is done once for all tests."""
    list = None

    @classmethod
    def setUpClass(cls):
        if Listed.list is None:
            with tempfile.TemporaryDirectory() as home:
                subprocess.run([artdag.BIN / "artdag", "effects", "--search", "baked"], check=True, capture_output=True, env=os.environ | {"ARTDAG_HOME": home})
                Listed.list = (pathlib.Path(home) / "bridges.json").read_bytes()

    def setUp(self):
        super().setUp()
        self.home = self.listed("home")

    def listed(self, name):
        home = self.folder / name
        home.mkdir()
        (home / "bridges.json").write_bytes(Listed.list)
        return home


class Bridges(Listed):
    def setUp(self):
        super().setUp()
        self.clip = self.folder / "clip.mkv"
        ffmpeg("-f", "lavfi", "-i", f"testsrc2=s={WIDTH}x{HEIGHT}:r=24:d={FRAMES / 24}", "-frames:v", FRAMES, "-pix_fmt", "bgr0", "-c:v", "ffv1", self.clip)

    def bridged(self, effect, args=None, inputs=("picture",), **members):
        """A recipe that shows the clip through a bridge; a mixer gets it twice, the second time mirrored by us."""
        nodes = {"mirrored": {"effect": "flip", "in": {"picture": "clip"}},
                 "it": {"effect": effect, "in": dict(zip(inputs, ["clip", "mirrored"])), "args": args or {}}}
        if len(inputs) == 1:
            del nodes["mirrored"]
        return recipe(nodes, "it", canvas=CANVAS, encode="png-sequence", inputs={"clip": {"media": "media"}}, **members)

    def shown(self, effect, args=None, inputs=("picture",), **options):
        document = self.bridged(effect, args, inputs)
        path = self.write(document)
        out = self.folder / f"out_{effect.replace('.', '_')}"
        answer = self.artdag("render", path, "-o", out, "--input", f"clip={self.clip}", **options)
        data = ffmpeg("-i", out / "frame.%04d.png", "-f", "rawvideo", "-pix_fmt", "rgba", "-")
        return answer, data

    def theirs(self, graph, **more):
        mirrored = ["-vf", graph] if "[" not in graph else ["-filter_complex", graph]
        return ffmpeg("-i", self.clip, *mirrored, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgba", "-", **more)

    def assert_alike(self, mine, other, most, what):
        self.assertEqual(len(mine), len(other), what)
        worst = max(abs(a - b) for a, b in zip(mine, other))
        self.assertLessEqual(worst, most, f"{what}: largest difference of a code")

    def test_filters_give_what_ffmpeg_gives(self):
        # Codes of 8 bits come back from 16 as they were, here; swscale loses one in a place, so negate is asked of its 8 bits. What blurs is
        # rounded once here and twice there; the matrix of Y'CbCr is ours on one side, swscale's on the other.
        deep = "format=gbrap16le"
        for effect, args, graph, most in (("ffmpeg.hflip", {}, f"{deep},hflip", 0), ("ffmpeg.negate", {}, "negate", 0),
                                          ("ffmpeg.gblur", {"sigma": 3}, f"{deep},gblur=sigma=3", 1), ("ffmpeg.transpose", {"dir": "clock"}, f"{deep},transpose=clock", 0),
                                          ("ffmpeg.rotate", {"angle": "0.3", "fillcolor": "red"}, f"{deep},rotate=0.3:fillcolor=red", 1),
                                          ("ffmpeg.reverse", {}, f"{deep},reverse", 0), ("ffmpeg.hue", {"h": "60"}, "scale=out_color_matrix=bt709:out_range=tv,format=yuva444p10le,hue=60,scale=in_color_matrix=bt709:in_range=tv", 24)):
            with self.subTest(effect):
                _, mine = self.shown(effect, args)
                if effect == "ffmpeg.transpose":
                    self.assertEqual(len(mine), len(self.theirs(graph)))
                self.assert_alike(mine, self.theirs(graph), most, effect)

    def test_plugins_give_what_ffmpeg_makes_of_them(self):
        for effect, args, graph in (("frei0r.invert0r", {}, "invert0r"), ("frei0r.pixeliz0r", {"block_width": 0.25, "block_height": 0.5}, "pixeliz0r:0.25|0.5"), ("frei0r.flippo", {"y_axis": True}, "flippo:n|y"),
                                    ("frei0r.saturat0r", {"saturation": 0.4}, "saturat0r:0.4")):
            with self.subTest(effect):
                _, mine = self.shown(effect, args)
                self.assert_alike(mine, self.theirs(f"format=rgba,frei0r={graph}"), 0, effect)

    def test_two_pictures_are_mixed(self):
        _, mine = self.shown("ffmpeg.blend", {"all_mode": "multiply"}, ("below", "above"))
        self.assert_alike(mine, self.theirs("[0:v]format=gbrap16le,split[a][b];[b]hflip[c];[a][c]blend=all_mode=multiply"), 1, "blend")
        _, mine = self.shown("frei0r.addition", {}, ("below", "above"))
        self.assertEqual(len(mine), WIDTH * HEIGHT * 4 * FRAMES)

    def test_a_filter_that_changes_length_is_placed_by_its_times(self):
        document = self.bridged("ffmpeg.framestep", {"step": 3})
        film = self.folder / "out"
        self.artdag("render", self.write(document), "-o", film, "--input", f"clip={self.clip}")
        data = ffmpeg("-i", film / "frame.%04d.png", "-f", "rawvideo", "-pix_fmt", "rgba", "-")
        size = WIDTH * HEIGHT * 4
        frames = [data[at * size:(at + 1) * size] for at in range(FRAMES)]
        source = self.theirs("null")
        for n in range(FRAMES):
            kept = min(n // 3 * 3, (FRAMES - 1) // 3 * 3)
            self.assertEqual(frames[n], source[kept * size:(kept + 1) * size], f"frame {n} shows frame {kept}")

    def test_what_could_open_something_is_not_there(self):
        effects = {effect["name"]: effect for effect in self.artdag("effects", "--search", "baked")["effects"]}
        self.assertGreater(sum(name.startswith("ffmpeg.") for name in effects), 120)
        self.assertGreater(sum(name.startswith("frei0r.") for name in effects), 90)
        for name in ("movie", "amovie", "lut3d", "lut1d", "subtitles", "ass", "drawtext", "zmq", "sendcmd", "metadata", "ladspa", "frei0r", "dnn_processing", "sr", "derain", "removelogo", "hwupload",
                     "vidstabdetect", "find_rect", "cover_rect", "libplacebo", "nnedi", "realtime", "scale_vaapi", "gblur_vulkan", "avgblur_opencl"):
            self.assertNotIn(f"ffmpeg.{name}", effects)
        options = {(name, param["name"]) for name, effect in effects.items() for param in effect["params"]}
        for name, option in (("ffmpeg.curves", "psfile"), ("ffmpeg.curves", "plot"), ("ffmpeg.selectivecolor", "psfile"), ("ffmpeg.deshake", "filename"), ("ffmpeg.paletteuse", "debug_kdtree")):
            self.assertNotIn((name, option), options)
        for name, option in options:
            self.assertFalse(any(word in option.replace("profile", "") for word in ("file", "path", "url", "device", "model")) and name.startswith("ffmpeg."), f"{name}: {option}")
        self.assertTrue(all(effect["baked"] and effect["by"] for effect in effects.values()))
        self.assertFalse(any(effect["baked"] for effect in self.artdag("effects", "--search", "gaussian")["effects"] if "." not in effect["name"]))

    def test_arguments_are_checked_and_refused_in_the_filters_words(self):
        document = self.bridged("ffmpeg.gblur", {"sigma": 5000})
        run = self.run_artdag("render", self.write(document), "-o", self.folder / "out", "--input", f"clip={self.clip}")
        self.assertEqual(run.returncode, 1)
        self.assertIn("node 'it': sigma must be", run.stderr)
        run = self.run_artdag("render", self.write(self.bridged("ffmpeg.curves", {"psfile": "/etc/passwd"})), "-o", self.folder / "out", "--input", f"clip={self.clip}")
        self.assertIn("psfile", run.stderr)
        run = self.run_artdag("render", self.write(self.bridged("ffmpeg.rotate", {"angle": "no formula"})), "-o", self.folder / "out", "--input", f"clip={self.clip}")
        self.assertEqual(run.returncode, 1)
        self.assertIn("node 'it': filter ffmpeg.rotate", run.stderr)
        run = self.run_artdag("render", self.write(self.bridged("ffmpeg.gblurr")), "-o", self.folder / "out", "--input", f"clip={self.clip}")
        self.assertIn("did you mean 'ffmpeg.gblur'", run.stderr)

    def test_it_is_baked_once_and_again_when_something_before_it_changed(self):
        document = recipe({"bar": {"effect": "gradient"}, "it": {"effect": "ffmpeg.gblur", "in": {"picture": "bar"}, "args": {"sigma": 2}}, "light": {"effect": "brightness", "in": {"picture": "it"}}},
                          "light", canvas=CANVAS, encode="master-ffv1")
        path = self.write(document)
        steps = lambda: {step["node"]: step for step in self.artdag("plan", path)["steps"]}
        before = steps()
        self.assertEqual((before["it"]["baked"], before["it"]["key"], before["light"]["waits_for"]), ("to run", None, ["it"]))
        self.artdag("render", path, "-o", self.folder / "a.mkv")
        first = steps()
        self.assertEqual((first["it"]["baked"], first["light"]["waits_for"]), ("at hand", []))
        document["nodes"]["light"]["args"] = {"amount": 0.3}
        path = self.write(document)
        self.assertEqual((steps()["it"]["baked"], steps()["it"]["key"]), ("at hand", first["it"]["key"]), "what comes behind it bakes nothing")
        for change in ({"sigma": 2.5}, {"sigma": 2, "steps": 2}):
            document["nodes"]["it"]["args"] = change
            path = self.write(document)
            self.assertEqual(steps()["it"]["baked"], "to run", change)
        document["nodes"]["it"]["args"] = {"sigma": 2}
        document["nodes"]["bar"]["args"] = {"angle": 30}
        path = self.write(document)
        self.assertEqual(steps()["it"]["baked"], "to run", "what comes before it")

    def test_a_stranger_without_the_filter_verifies_the_baked_film(self):
        document = recipe({"bar": {"effect": "gradient"}, "it": {"effect": "frei0r.pixeliz0r", "in": {"picture": "bar"}}, "blur": {"effect": "ffmpeg.gblur", "in": {"picture": "it"}}}, "blur", canvas=CANVAS, encode="master-ffv1")
        film = self.folder / "film.mkv"
        self.artdag("render", self.write(document), "-o", film)
        manifest = json.loads((self.folder / "film.mkv.provenance.json").read_text())["manifest"]
        whats = [bake["what"].split(" ")[0] + " " + bake["by"].split(" ")[0] for bake in manifest["baked"]]
        self.assertEqual(sorted(whats), ["description frei0r", "description libavfilter", "film frei0r", "film libavfilter"])
        self.artdag("store", "export", film, "--to", self.folder / "stick")
        stranger = self.listed("stranger")
        self.artdag("store", "import", self.folder / "stick", home=stranger)
        nothing = self.folder / "no_plugins"
        nothing.mkdir()
        answer = self.artdag("verify", film, home=stranger, env={"FREI0R_PATH": str(nothing)})
        self.assertTrue(answer["verified"], answer)
        words = " ".join(answer["answers"][1]["words"])
        self.assertIn("node 'it' is baked: what frei0r pixeliz0r", words)
        self.assertIn("not computed again", words)
        # Without the film the filter is run again, and says the same; without both it is said what is missing.
        answer = self.artdag("verify", film, home=self.listed("other"))
        self.assertTrue(answer["verified"], answer)
        self.assertIn("was run again here", " ".join(answer["answers"][1]["words"]))
        run = self.run_artdag("verify", film, home=self.listed("third"), env={"FREI0R_PATH": str(nothing)})
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("fetch the work again", run.stderr + run.stdout)

    def test_a_baked_film_that_is_not_the_filters_is_told_apart(self):
        document = self.bridged("ffmpeg.hflip")
        document["outputs"]["main"]["encode"] = "master-ffv1"
        film = self.folder / "film.mkv"
        self.artdag("render", self.write(document), "-o", film, "--input", f"clip={self.clip}")
        papers = self.folder / "film.mkv.provenance.json"
        content = json.loads(papers.read_text())
        baked = next(bake for bake in content["manifest"]["baked"] if bake["what"].startswith("film of"))
        other = self.artdag("store", "import", self.clip)
        baked["content_hash"] = other["content_hash"]
        papers.write_text(json.dumps(content))
        run = self.run_artdag("verify", film, "--json")
        self.assertEqual(run.returncode, 5, run.stdout + run.stderr)


    def test_what_moves_gives_each_frame_what_stands_still_gives(self):
        for effect, name, most in (("frei0r.saturat0r", "saturation", 0.9), ("ffmpeg.colorbalance", "rs", 0.9)):
            with self.subTest(effect):
                _, moving = self.shown(effect, {name: {"keys": [[0, 0.1, "linear"], [(FRAMES - 1) / 24, most, "linear"]]}})
                size = len(moving) // FRAMES
                for frame in (0, 4, FRAMES - 1):
                    _, still = self.shown(effect, {name: 0.1 + (most - 0.1) * frame / (FRAMES - 1)})
                    self.assert_alike(moving[frame * size:(frame + 1) * size], still[frame * size:(frame + 1) * size], 1, f"{effect}, frame {frame}")
                self.assertNotEqual(moving[-size:], still[:size])

    def test_a_keyframe_names_another_film_and_bindings_and_expressions_move(self):
        document = self.bridged("ffmpeg.gblur")
        path = self.folder / "recipe.artdag"
        seen = set()
        for sigma in (1.0, {"keys": [[0, 1], [0.2, 4]]}, {"keys": [[0, 1], [0.2, 4.5]]}, {"expr": "1 + 2 * t"}, {"expr": "1 + 2.5 * t"}):
            document["nodes"]["it"]["args"] = {"sigma": sigma}
            self.write(document)
            step = next(step for step in self.artdag("plan", path, "--input", f"clip={self.clip}")["steps"] if step["node"] == "it")
            self.assertEqual(step["baked"], "to run", sigma)
            answer = self.artdag("render", path, "-o", self.folder / "out", "--input", f"clip={self.clip}")
            seen.add(answer["frames_hash"])
        self.assertEqual(len(seen), 5)
        document["nodes"]["wave"] = {"effect": "lfo"}
        document["nodes"]["it"]["args"] = {"sigma": {"bind": "wave.signal", "range": [0, 9]}}
        self.assertNotIn(self.artdag("render", self.write(document), "-o", self.folder / "out", "--input", f"clip={self.clip}")["frames_hash"], seen)
        # What its filter does not let change stays still, with the words that our own effects have.
        document["nodes"]["it"] = {"effect": "ffmpeg.tpad", "in": {"picture": "clip"}, "args": {"start": {"expr": "t"}}}
        run = self.run_artdag("render", self.write(document), "-o", self.folder / "out", "--input", f"clip={self.clip}")
        self.assertEqual(run.returncode, 1)
        self.assertIn("node 'it': start", run.stderr)

    def test_a_longer_canvas_is_filled(self):
        document = self.bridged("ffmpeg.tpad", {"stop": -1, "stop_mode": "add", "color": "#ff0000"})
        for frames in (FRAMES, FRAMES + 6):
            document["canvas"] = CANVAS | {"duration": frames / 24}
            self.artdag("render", self.write(document), "-o", self.folder / f"out{frames}", "--input", f"clip={self.clip}")
        codes = ffmpeg("-i", self.folder / f"out{FRAMES + 6}" / "frame.%04d.png", "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
        red = b"\xff\0\0" * (WIDTH * HEIGHT)
        self.assertEqual(codes[FRAMES * len(red):], red * 6)
        self.assertEqual(codes[:FRAMES * len(red)], ffmpeg("-i", self.clip, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"), "what is appended leaves the last frame where it is")


    def test_descriptions_of_earlier_works_mean_what_they_meant(self):
        # They had no version: nothing moves, and the canvas' length is in no film's name.
        kept = json.loads((self.home / "bridges.json").read_text())
        for said in kept["filters"]["said"]:
            said.get("description", {}).pop("version", None)
            for param in said.get("description", {}).get("params", []):
                param.pop("moves", None)
        (self.home / "bridges.json").write_text(json.dumps(kept))
        document = self.bridged("ffmpeg.gblur", {"sigma": 1})
        self.artdag("render", self.write(document), "-o", self.folder / "out", "--input", f"clip={self.clip}")
        document["canvas"] = CANVAS | {"duration": 2 * FRAMES / 24}
        step = next(step for step in self.artdag("plan", self.write(document), "--input", f"clip={self.clip}")["steps"] if step["node"] == "it")
        self.assertEqual(step["baked"], "at hand")
        document["nodes"]["it"]["args"] = {"sigma": {"expr": "t"}}
        self.assertIn("sigma cannot change over time", self.run_artdag("plan", self.write(document), "--input", f"clip={self.clip}").stderr)


class Planted(Listed):
    """Plugins that crash, hang, eat memory and pry, made here."""

    def plugin(self, *defines):
        folder = self.folder / "plugins"
        folder.mkdir(exist_ok=True)
        source = self.folder / "planted.c"
        source.write_text(PLUGIN)
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", *defines, "-o", folder / "planted.so", source], check=True)
        return {"FREI0R_PATH": str(folder)}

    def run_planted(self, env):
        document = recipe({"bar": {"effect": "gradient"}, "it": {"effect": "frei0r.planted", "in": {"picture": "bar"}}}, "it", canvas=CANVAS, encode="master-ffv1")
        return self.run_artdag("render", self.write(document), "-o", self.folder / "film.mkv", env=env)

    def test_one_that_behaves_works(self):
        run = self.run_planted(self.plugin())
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_another_build_of_it_is_told_and_is_no_fault_of_the_work(self):
        env = self.plugin()
        self.assertEqual(self.run_planted(env).returncode, 0)
        film = self.folder / "film.mkv"
        answer = self.artdag("verify", film, "--rebake", env=env)
        self.assertEqual([(one["node"], one["result"]) for one in answer["rebaked"]], [("it", "same")])
        answer = self.artdag("verify", film, "--rebake", env=self.plugin("-DINVERT"))
        self.assertTrue(answer["verified"], answer)
        self.assertEqual([(one["node"], one["result"]) for one in answer["rebaked"]], [("it", "differs")])
        (self.folder / "nothing").mkdir()
        answer = self.artdag("verify", film, "--rebake", env={"FREI0R_PATH": str(self.folder / "nothing")})
        self.assertTrue(answer["verified"], answer)
        self.assertEqual([(one["result"], "frei0r.planted" in one["words"]) for one in answer["rebaked"]], [("cannot_tell", True)])

    def test_a_crash_is_an_error_of_the_node(self):
        run = self.run_planted(self.plugin("-DCRASH"))
        self.assertEqual(run.returncode, 6, run.stderr)
        self.assertRegex(run.stderr, r"node 'it': filter frei0r\.planted: its process was ended by signal 11 .*take another effect")
        self.assertFalse((self.folder / "film.mkv").exists())

    def test_a_hang_is_ended(self):
        begin = time.monotonic()
        run = self.run_planted(self.plugin("-DHANG") | {"ARTDAG_BRIDGE_PATIENCE": "2"})
        self.assertEqual(run.returncode, 4, run.stderr)
        self.assertRegex(run.stderr, r"node 'it': filter frei0r\.planted: its process did not answer within 2")
        self.assertLess(time.monotonic() - begin, 60)

    def test_one_that_eats_memory_is_ended_at_its_limit(self):
        run = self.run_planted(self.plugin("-DEAT"))
        self.assertNotEqual(run.returncode, 0)
        self.assertRegex(run.stderr, r"node 'it': filter frei0r\.planted: its process ")

    def test_one_that_pries_finds_nothing_to_open(self):
        secret = self.folder / "secret"
        secret.write_text("secret")
        run = self.run_planted(self.plugin(f'-DOPEN="{secret}"'))
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertFalse(pathlib.Path(f"{secret}.stolen").exists())
        shown = ffmpeg("-i", self.folder / "film.mkv", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "-")
        self.assertGreater(max(shown), 0, "it could open a file")

    def test_a_crash_while_it_is_described_leaves_it_out_by_name(self):
        env = self.plugin("-DCRASH_WHEN_DESCRIBED")
        run = self.run_artdag("effects", "--search", "baked", "--left-out", env=env)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertRegex(run.stderr, r"left out: frei0r\.planted: .*signal 11")
        self.assertIn("ffmpeg.gblur", run.stderr)

    def test_what_was_introspected_is_kept_until_the_plugin_changes(self):
        before = json.loads((self.home / "bridges.json").read_text())
        env = self.plugin()
        self.artdag("effects", "frei0r.planted", env=env)
        kept = (self.home / "bridges.json").stat().st_mtime_ns
        self.artdag("effects", "frei0r.planted", env=env)
        self.assertEqual((self.home / "bridges.json").stat().st_mtime_ns, kept)
        self.plugin("-DCRASH_WHEN_DESCRIBED")
        self.assertEqual(self.run_artdag("effects", "frei0r.planted", env=env).returncode, 3)
        self.assertNotEqual((self.home / "bridges.json").stat().st_mtime_ns, kept)
        self.assertEqual(json.loads((self.home / "bridges.json").read_text())["filters"], before["filters"])

    def test_who_needs_none_asks_nobody(self):
        (self.home / "bridges.json").unlink()
        self.artdag("effects", "brightness")
        self.assertFalse((self.home / "bridges.json").exists())

    def test_artdag_is_not_linked_with_them(self):
        linked = subprocess.run(["ldd", artdag.BIN / "artdag"], check=True, capture_output=True, text=True).stdout
        self.assertNotIn("libavfilter", linked)
        self.assertIn("libavfilter", subprocess.run(["ldd", artdag.BIN / "artdag-bridge"], check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    unittest.main()
