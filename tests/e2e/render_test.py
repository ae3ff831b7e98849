#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rendering, as an artist does it: camera footage, colours, sound, caches, cancelling."""
import array
import json
import os
import signal
import subprocess
import time
import unittest

import artdag
import frames_hash
import locales
from artdag import ffmpeg, ffprobe, recipe


def loudest(film):
    """The sample (at 48 kHz) at which a film is loudest."""
    samples = array.array("h", ffmpeg("-i", film, "-f", "s16le", "-ac", "1", "-ar", "48000", "-"))
    return max(range(len(samples)), key=lambda at: abs(samples[at]))


def brightest(film):
    """The frame whose middle is brightest."""
    data = ffmpeg("-i", film, "-vf", "crop=64:64,scale=1:1:flags=area", "-f", "rawvideo", "-pix_fmt", "gray", "-")
    return max(range(len(data)), key=data.__getitem__)


class Render(artdag.Case):
    def camera(self):
        """H.264 with B-frames and AAC, 1080p30, 10 s: a moving chart, one white frame at 5 s with a click."""
        path = self.folder / "camera.mp4"
        ffmpeg("-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30:d=10", "-f", "lavfi", "-i", "aevalsrc='if(eq(n,240000),0.9,0.02*sin(t*2000))':s=48000:d=10",
               "-vf", "drawbox=c=white:t=fill:enable='eq(n,150)',eq=brightness='if(eq(n,150),0,-0.3)':eval=frame", "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "60", "-pix_fmt", "yuv420p", "-c:a", "aac", path)
        return path

    def test_camera_footage_rotates_and_stays_in_sync(self):
        document = recipe({"turn": {"effect": "rotate", "in": {"picture": "footage"}, "args": {"angle": {"expr": "36 * t"}}}}, "turn", "footage.sound",
                          {"width": 1920, "height": 1080, "duration": 10.0}, inputs={"footage": {"media": "media"}})
        film = self.folder / "film.mp4"
        done = self.render(document, "--input", f"footage={self.camera()}")
        self.assertEqual(done["frames"], 300)
        streams = {stream["codec_type"]: stream for stream in ffprobe(film, "-show_streams", "-count_frames")["streams"]}
        self.assertEqual(int(streams["video"]["nb_read_frames"]), 300)
        self.assertEqual(streams["video"]["pix_fmt"], "yuv420p")
        self.assertEqual(streams["video"]["color_space"], "bt709")
        for stream in streams.values():
            self.assertAlmostEqual(float(stream["duration"]), 10.0, delta=1 / 30)
        data = film.read_bytes()
        self.assertLess(data.index(b"moov"), data.index(b"mdat"), "the index comes first, so that a browser can play while it loads")
        self.assertEqual(brightest(film), 150)
        self.assertAlmostEqual(loudest(film), 240000, delta=1600, msg="the click is within one frame of the flash")
        again = self.artdag("verify", film, "--threads", "1", env={"ARTDAG_SIMD": "v2"})
        self.assertTrue(again["verified"], again)
        self.assertEqual((again["frames_rendered"], again["cache_reads"]), (300, 0))

    def test_colours_of_a_chart_survive_within_one_code(self):
        chart, width, height = self.folder / "chart.png", 256, 144
        pixels = bytes((x * 7 + y * 3 + c * 85) % 256 if y % 48 < 40 else (x if c == y // 48 else 0) for y in range(height) for x in range(width) for c in range(3))
        ffmpeg("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-i", "-", chart, input=pixels)
        document = recipe({"same": {"effect": "identity", "in": {"picture": "chart"}}}, "same", None, {"width": width, "height": height, "duration": 0.2},
                          inputs={"chart": {"media": "still"}}, encode="master-ffv1")
        self.render(document, "--input", f"chart={chart}", name="chart.mkv")
        back = artdag.frame(self.folder / "chart.mkv", 2, width, height)
        self.assertEqual(len(back), len(pixels))
        self.assertLessEqual(max(abs(a - b) for a, b in zip(back, pixels)), 1)

    def test_a_lossless_film_hashes_to_its_frames_hash_by_the_text_of_the_docs(self):
        document = recipe({"sweep": {"effect": "gradient"}, "turn": {"effect": "rotate", "in": {"picture": "sweep"}, "args": {"angle": {"expr": "90 * t"}}}, "beep": {"effect": "tone"}},
                          "turn", "beep", {"width": 160, "height": 90, "duration": 1.5}, encode="master-ffv1")
        done = self.render(document, name="film.mkv")
        provenance = json.loads((self.folder / "film.mkv.provenance.json").read_text())
        pixel_format = ffprobe(self.folder / "film.mkv", "-show_streams")["streams"][0]["pix_fmt"]
        self.assertEqual(frames_hash.main(str(self.folder / "film.mkv"), pixel_format, "rgb srgb full"), done["frames_hash"])
        self.assertEqual(provenance["manifest"]["output"]["frames_hash"], done["frames_hash"])

    def test_order_of_inputs_is_work(self):
        keys, films = [], []
        for below, above in (("a", "b"), ("b", "a")):
            document = recipe({"a": {"effect": "solid", "args": {"colour": "#c03020"}}, "b": {"effect": "gradient"},
                               "both": {"effect": "blend", "in": {"below": below, "above": above}, "args": {"mode": "overlay", "opacity": 0.7}}}, "both", None, {"duration": 0.2})
            path = self.write(document, f"{below}.artdag")
            keys.append({step["node"]: step["key"] for step in self.artdag("plan", path)["steps"]}["both"])
            films.append(self.render(path, name=f"{below}.mp4")["frames_hash"])
        self.assertNotEqual(*keys)
        self.assertNotEqual(*films)

    def test_an_edited_source_is_another_source(self):
        clip = self.folder / "clip.mp4"
        hashes = []
        for colour in ("red", "blue"):
            ffmpeg("-f", "lavfi", "-i", f"color=c={colour}:s=64x64:r=30:d=0.5", "-pix_fmt", "yuv420p", clip)
            before = os.stat(clip)
            self.render(recipe({"same": {"effect": "identity", "in": {"picture": "clip"}}}, "same", None, {"width": 64, "height": 64, "duration": 0.5}, inputs={"clip": {"media": "media"}}), "--input", f"clip={clip}")
            manifest = json.loads((self.folder / "film.mp4.provenance.json").read_text())["manifest"]
            hashes.append((manifest["inputs"][0]["content_hash"], manifest["output"]["frames_hash"]))
            self.assertEqual(before.st_ino, os.stat(clip).st_ino, "importing leaves the artist's file alone")
        self.assertNotEqual(hashes[0][0], hashes[1][0])
        self.assertNotEqual(hashes[0][1], hashes[1][1])

    def test_an_edit_in_the_last_second_renders_only_its_chunk(self):
        def moved(end):
            return recipe({"bar": {"effect": "gradient"}, "turn": {"effect": "rotate", "in": {"picture": "bar"}, "args": {"angle": {"keys": [[0, 0, "linear"], [3.0, 90, "linear"], [4.0, end]]}}}}, "turn", None, {"duration": 4.0})
        self.render(moved(180))
        path = self.write(moved(270), "edited.artdag")
        chunks = self.artdag("plan", path)["chunks"]
        self.assertEqual([chunk["cached"] for chunk in chunks], [True, True, True, False])
        done = self.render(path, name="edited.mp4")
        self.assertEqual(done["chunks"], {"total": 4, "cached": 3, "rendered": 1})
        fresh = self.render(path, name="fresh.mp4", home=self.folder / "other")
        self.assertEqual(done["content_hash"], fresh["content_hash"], "mended and fresh films are the same bytes")

    def test_the_second_render_decodes_nothing(self):
        clip = self.folder / "clip.mp4"
        ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=2", "-pix_fmt", "yuv420p", clip)
        document = recipe({"turn": {"effect": "rotate", "in": {"picture": "clip"}, "args": {"angle": 10}}}, "turn", inputs={"clip": {"media": "media"}})
        first = self.render(document, "--input", f"clip={clip}")
        second = self.render(document, "--input", f"clip={clip}", name="again.mp4")
        self.assertEqual(first["pictures_decoded"], 60)
        self.assertEqual(second["pictures_decoded"], 0)
        self.assertEqual(second["chunks"]["rendered"], 0)
        self.assertEqual((self.folder / "film.mp4").read_bytes(), (self.folder / "again.mp4").read_bytes())

    def clip_and_recipe(self):
        clip = self.folder / "clip.mp4"
        ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=2", "-f", "lavfi", "-i", "sine=f=300:r=48000:d=2", "-pix_fmt", "yuv420p", "-c:a", "aac", clip)
        document = recipe({"turn": {"effect": "rotate", "in": {"picture": "clip"}, "args": {"angle": 10}}}, "turn", "clip.sound", inputs={"clip": {"media": "media"}})
        return clip, document

    def flip(self, path, at):
        """Changes one byte and nothing that a folder shows."""
        before = os.stat(path)
        path.chmod(0o644)
        with path.open("r+b") as file:
            file.seek(at)
            byte = file.read(1)
            file.seek(at)
            file.write(bytes([byte[0] ^ 1]))
        path.chmod(before.st_mode & 0o777)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def test_a_film_that_is_still_the_same_is_left_alone(self):
        clip, document = self.clip_and_recipe()
        first = self.render(document, "--input", f"clip={clip}")
        film, provenance = self.folder / "film.mp4", self.folder / "film.mp4.provenance.json"
        before, said = os.stat(film), json.loads(provenance.read_text())
        provenance.unlink()
        again = self.render(document, "--input", f"clip={clip}")
        after = os.stat(film)
        self.assertEqual((before.st_ino, before.st_mtime_ns), (after.st_ino, after.st_mtime_ns))
        for member in ("content_hash", "frames_hash", "run_key", "frames"):
            self.assertEqual(first[member], again[member])
        self.assertEqual(again["chunks"], {"total": 2, "cached": 2, "rendered": 0})
        told = json.loads(provenance.read_text())
        for one in (said, told):
            one["manifest"].pop("created_at")
        self.assertEqual(said, told, "all but the time is as a first render says it")
        self.assertTrue(self.artdag("verify", film)["verified"])

    def test_a_film_that_was_tampered_with_is_written_again(self):
        clip, document = self.clip_and_recipe()
        first = self.render(document, "--input", f"clip={clip}")
        film = self.folder / "film.mp4"
        good = film.read_bytes()
        self.render(document, "--input", f"clip={clip}")
        self.flip(film, len(good) // 2)
        self.assertEqual(len(film.read_bytes()), len(good))
        again = self.render(document, "--input", f"clip={clip}")
        self.assertEqual(first["content_hash"], again["content_hash"])
        self.assertEqual(film.read_bytes(), good)
        film.write_bytes(good[:1000])
        self.render(document, "--input", f"clip={clip}")
        self.assertEqual(film.read_bytes(), good)
        film.unlink()
        self.render(document, "--input", f"clip={clip}")
        self.assertEqual(film.read_bytes(), good)

    def test_an_input_that_was_tampered_with_is_another_input(self):
        picture = self.folder / "still.ppm"
        picture.write_bytes(b"P6 64 64 255\n" + bytes(range(256)) * 48)
        document = recipe({"turn": {"effect": "rotate", "in": {"picture": "still"}, "args": {"angle": 10}}}, "turn", None, {"width": 64, "height": 64, "duration": 0.2}, inputs={"still": {"media": "still"}})
        png = self.folder / "still.bmp"
        ffmpeg("-i", picture, png)
        first = self.render(document, "--input", f"still={png}")
        self.assertEqual(self.render(document, "--input", f"still={png}")["content_hash"], first["content_hash"])
        self.flip(png, os.stat(png).st_size - 6000)
        self.assertNotEqual(self.render(document, "--input", f"still={png}")["frames_hash"], first["frames_hash"])

    def test_a_damaged_chunk_is_rendered_again(self):
        clip, document = self.clip_and_recipe()
        first = self.render(document, "--input", f"clip={clip}")
        film = self.folder / "film.mp4"
        good = film.read_bytes()
        chunks = sorted((path for path in (self.home / "store" / "objects").rglob("*") if path.is_file() and path.read_bytes().startswith(b"ADchunk1")), key=lambda path: os.stat(path).st_size)
        self.assertEqual(len(chunks), 2)
        self.flip(chunks[0], os.stat(chunks[0]).st_size // 2)
        film.unlink()
        again = self.render(document, "--input", f"clip={clip}")
        self.assertEqual(again["content_hash"], first["content_hash"])
        self.assertEqual(again["chunks"], {"total": 2, "cached": 1, "rendered": 1})
        self.assertEqual(film.read_bytes(), good)

    def test_threads_levels_locale_and_zone_do_not_change_a_byte(self):
        document = artdag.SAMPLES / "two_clips.artdag"
        german = {"LC_ALL": "de_DE.UTF-8"} | locales.made(self.folder, "de_DE.UTF-8")
        configurations = [({}, "1"), ({"ARTDAG_SIMD": "v2", "LC_ALL": "C", "TZ": locales.zone("Pacific/Kiritimati")}, "4"), ({"ARTDAG_SIMD": "v3"} | german, "2")]
        small = json.loads(document.read_text())
        small["canvas"] |= {"width": 320, "height": 180, "duration": 3.0}
        path = self.write(small)
        hashes = {self.render(path, "--threads", threads, name=f"{at}.mp4", env=env, home=self.folder / f"home{at}")["content_hash"] for at, (env, threads) in enumerate(configurations)}
        self.assertEqual(len(hashes), 1)

    def test_ctrl_c_stops_at_once_and_keeps_finished_chunks(self):
        slow = recipe({"cells": {"effect": "julia"}, "soft": {"effect": "blur", "in": {"picture": "cells"}, "args": {"radius": {"expr": "20 + t"}}}}, "soft", None, {"width": 1280, "height": 720, "duration": 60.0})
        path = self.write(slow)
        environment = os.environ | {"ARTDAG_HOME": str(self.home)}
        process = subprocess.Popen([str(artdag.BIN / "artdag"), "render", str(path), "-o", str(self.folder / "long.mp4")], env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not any(chunk["cached"] for chunk in self.artdag("plan", path)["chunks"]):
            self.assertIsNone(process.poll(), "the render ended before it could be cancelled")
        asked = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        self.assertLess(time.monotonic() - asked, 2.0)
        self.assertEqual(process.returncode, 130)
        self.assertFalse((self.folder / "long.mp4").exists())
        self.assertTrue(any(chunk["cached"] for chunk in self.artdag("plan", path)["chunks"]))


if __name__ == "__main__":
    unittest.main()
