#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters of sound as nodes: the samples that ffmpeg's own give, placed by their times, baked once, moved block by block."""
import array
import json
import unittest

from artdag import ffmpeg, recipe
from bridges_test import Listed


class Sounds(Listed):
    """Filters of sound: against ffmpeg's own, sample for sample."""
    RATE, SECONDS = 48000, 2

    def setUp(self):
        super().setUp()
        self.clip, self.voice = self.folder / "clip.wav", self.folder / "voice.wav"
        ffmpeg("-f", "lavfi", "-i", f"aevalsrc=exprs=0.5*sin(440*2*PI*t)*exp(-3*mod(t\\,0.5))|0.3*sin(330*2*PI*t):s={self.RATE}:d={self.SECONDS}", "-c:a", "pcm_f32le", self.clip)
        ffmpeg("-f", "lavfi", "-i", f"aevalsrc=exprs=0.8*sin(220*2*PI*t)*gt(mod(t\\,1)\\,0.5)|0.1*sin(110*2*PI*t):s={self.RATE}:d={self.SECONDS}", "-c:a", "pcm_f32le", self.voice)

    def recipe(self, effect, args=None, second=None, duration=None):
        inputs = {"sound": "clip.sound"} | ({second: "voice.sound"} if second else {})
        return recipe({"it": {"effect": effect, "in": inputs, "args": args or {}}}, sound="it.sound", canvas={"width": 64, "height": 48, "sampleRate": self.RATE, "duration": duration or self.SECONDS}, encode="wav",
                      inputs={name: {"media": "media"} for name in (["clip", "voice"] if second else ["clip"])})

    def heard(self, effect, args=None, second=None, duration=None):
        film = self.folder / f"{effect}.wav"
        document = self.recipe(effect, args, second, duration)
        answer = self.artdag("render", self.write(document), "-o", film, "--input", f"clip={self.clip}", *(["--input", f"voice={self.voice}"] if second else []))
        return answer, self.samples(film)

    def samples(self, *arguments):
        data = ffmpeg("-i", *arguments, "-f", "s32le", "-c:a", "pcm_s32le", "-")
        return array.array("i", data)

    def assert_alike(self, mine, theirs, what):
        self.assertEqual(len(mine), len(theirs), what)
        self.assertLessEqual(max(abs(a - b) for a, b in zip(mine, theirs)), 1024, f"{what}: more than two steps of 24 bits")
        self.assertGreater(max(mine), 1 << 24, what)

    def whole(self, samples, seconds=None):
        samples = samples[:2 * self.RATE * (seconds or self.SECONDS)]
        return samples + array.array("i", [0]) * (2 * self.RATE * (seconds or self.SECONDS) - len(samples))

    def test_filters_give_what_ffmpeg_gives(self):
        for effect, args, graph in (("ffmpeg.aecho", {"delays": "60|90", "decays": "0.4|0.2"}, "aecho=delays=60|90:decays=0.4|0.2"), ("ffmpeg.acompressor", {"threshold": 0.05, "ratio": 6}, "acompressor=threshold=0.05:ratio=6"),
                                    ("ffmpeg.equalizer", {"frequency": 500, "gain": 9}, "equalizer=f=500:g=9"), ("ffmpeg.areverse", {}, "areverse"),
                                    ("ffmpeg.atempo", {"tempo": 2}, "atempo=2")):
            with self.subTest(effect):
                _, mine = self.heard(effect, args)
                self.assert_alike(mine, self.whole(self.samples(self.clip, "-af", f"asetnsamples=1024:p=0,{graph}")), effect)

    def test_two_sounds_go_in(self):
        _, mine = self.heard("ffmpeg.amultiply", {}, "other")
        self.assert_alike(mine, self.whole(self.samples(self.clip, "-i", self.voice, "-filter_complex", "[0:a][1:a]amultiply")), "amultiply")
        _, mine = self.heard("ffmpeg.sidechaincompress", {"threshold": 0.02, "ratio": 20, "attack": 1}, "side")
        theirs = "[0:a]asetnsamples=1024:p=0[a];[1:a]asetnsamples=1024:p=0[b];[a][b]sidechaincompress=threshold=0.02:ratio=20:attack=1"
        self.assert_alike(mine, self.whole(self.samples(self.clip, "-i", self.voice, "-filter_complex", theirs)), "sidechaincompress")

    def test_time_stamps_say_where_it_lies_and_the_longest_input_how_long(self):
        # A second without sound first; what is longer than the canvas ends with it, what is longer than its inputs but not than the canvas stays.
        _, mine = self.heard("ffmpeg.asetpts", {"expr": "PTS+1/TB"})
        clip = self.samples(self.clip)
        self.assert_alike(mine, self.whole(array.array("i", [0]) * 2 * self.RATE + clip), "asetpts")
        _, mine = self.heard("ffmpeg.aecho", {"delays": "1500", "decays": "0.9"}, duration=3)
        self.assert_alike(mine, self.whole(self.samples(self.clip, "-af", "aecho=delays=1500:decays=0.9"), 3), "aecho")
        self.assertGreater(max(mine[2 * 2 * self.RATE:]), 1 << 24)
        _, mine = self.heard("ffmpeg.apad", {}, duration=3)
        self.assert_alike(mine, self.whole(clip, 3), "apad")

    def test_what_moves_holds_for_a_block(self):
        block, most = 1024, self.SECONDS
        _, mine = self.heard("ffmpeg.extrastereo", {"m": {"keys": [[0, 0, "linear"], [most, 2, "linear"]]}, "c": False})
        clip = self.samples(self.clip)
        expected = array.array("i")
        for i in range(0, len(clip), 2):
            m = (i // 2 // block * block) / self.RATE * 2 / most
            left, right = clip[i], clip[i + 1]
            middle = (left + right) / 2
            expected.extend(max(-1 << 31, min((1 << 31) - 1, round(middle + m * (side - middle)))) for side in (left, right))
        self.assert_alike(mine, expected, "extrastereo")
        hashes = {self.heard("ffmpeg.extrastereo", {"m": {"expr": f"1 + {k} * t"}})[0]["frames_hash"] for k in (0.5, 0.6)}
        self.assertEqual(len(hashes), 2)

    def test_it_is_baked_once_marked_and_verified_without_the_filter(self):
        document = self.recipe("ffmpeg.aecho", {"delays": "60", "decays": "0.4"})
        document["nodes"]["loud"] = {"effect": "gain", "in": {"sound": "it.sound"}}
        document["outputs"]["main"]["sound"] = "loud.sound"
        path, film = self.write(document), self.folder / "film.wav"
        steps = lambda: {step["node"]: step for step in self.artdag("plan", path, "--input", f"clip={self.clip}")["steps"]}
        self.assertEqual((steps()["it"]["baked"], steps()["loud"]["waits_for"]), ("to run", ["it"]))
        self.artdag("render", path, "-o", film, "--input", f"clip={self.clip}")
        self.assertEqual(steps()["it"]["baked"], "at hand")
        manifest = json.loads((self.folder / "film.wav.provenance.json").read_text())["manifest"]
        baked = [bake for bake in manifest["baked"] if bake["what"].startswith("filtered sound of ")]
        self.assertEqual([bake["by"].split()[0] for bake in baked], ["libavfilter"])
        self.artdag("store", "export", film, "--to", self.folder / "stick")
        stranger = self.listed("stranger")
        self.artdag("store", "import", self.folder / "stick", home=stranger)
        answer = self.artdag("verify", film, home=stranger, env={"ARTDAG_BRIDGE_PATIENCE": "1"})
        self.assertTrue(answer["verified"], answer)
        self.assertIn("not computed again", " ".join(answer["answers"][1]["words"]))
        self.assertEqual(answer["rebaked"], [])
        answer = self.artdag("verify", film, "--rebake", home=stranger)
        self.assertEqual([(one["node"], one["result"]) for one in answer["rebaked"]], [("it", "same")])
        listed = {effect["name"]: effect for effect in self.artdag("effects", "--search", "baked")["effects"]}
        self.assertEqual(listed["ffmpeg.sidechaincompress"]["inputs"][1]["name"], "side")
        self.assertEqual([port["type"] for port in listed["ffmpeg.aecho"]["outputs"]], ["sound"])
        for name in ("ametadata", "amovie", "arnndn", "asr", "sofalizer", "ladspa", "lv2", "azmq", "asendcmd", "arealtime", "ashowinfo", "astats"):
            self.assertNotIn(f"ffmpeg.{name}", listed)

    def test_a_filter_that_gives_another_rate_is_refused_by_name(self):
        run = self.run_artdag("render", self.write(self.recipe("ffmpeg.asetrate", {"sample_rate": 24000})), "-o", self.folder / "film.wav", "--input", f"clip={self.clip}")
        self.assertNotEqual(run.returncode, 0)
        self.assertRegex(run.stderr, r"asetrate")

    def test_decoded_sound_is_baked_again(self):
        song = self.folder / "song.opus"
        ffmpeg("-i", self.clip, "-c:a", "libopus", song)
        document = self.recipe("ffmpeg.aecho")
        film = self.folder / "film.wav"
        self.artdag("render", self.write(document), "-o", film, "--input", f"clip={song}")
        answer = self.artdag("verify", film, "--rebake")
        self.assertEqual(sorted((one["what"].split(" of ")[0], one["result"]) for one in answer["rebaked"]), [("filtered sound", "same"), ("sound", "same")])


if __name__ == "__main__":
    unittest.main()
