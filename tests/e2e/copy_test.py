#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Films joined as they are: the packets are the sources' packets, the provenance is checked like any other, and what cannot
be joined without encoding is refused with the place where it could be cut."""
import hashlib
import json
import sqlite3
import subprocess
import sys
import unittest
from pathlib import Path

import artdag
from artdag import ffmpeg, ffprobe, recipe

SIZE, RATE, SECONDS, GROUP = "160x90", 30, 2, 25
CANVAS = {"width": 160, "height": 90, "rate": [RATE, 1], "duration": 3 * SECONDS}


def hashes(film):
    """The digest of every packet of the pictures, in the order of the file."""
    lines = ffmpeg("-i", film, "-map", "0:v", "-c", "copy", "-f", "framehash", "-hash", "sha256", "-").decode().splitlines()
    return [line.split(",")[-1].strip() for line in lines if not line.startswith("#")]


class Copy(artdag.Case):
    def clip(self, name, *arguments, pattern="testsrc2", pixels="yuv420p", codec=("libx264", "-preset", "veryfast", "-bf", "3", "-g", str(GROUP)), sound=True):
        path = self.folder / name
        tone = ["-f", "lavfi", "-i", f"sine={300 + 100 * len(name)}:d={SECONDS}:r=48000", "-c:a", "flac"] if sound else []
        ffmpeg("-f", "lavfi", "-i", f"{pattern}=s={SIZE}:r={RATE}:d={SECONDS}", *tone, "-threads", "1", "-pix_fmt", pixels, "-c:v", *codec, *arguments, "-y", path)
        return path

    def clips(self):
        return [self.clip("a.mkv"), self.clip("b.mkv", pattern="testsrc"), self.clip("c.mkv", pattern="smptebars")]

    def join(self, clips, items=None, canvas=None, nodes=None, sound=None, **options):
        names = "abc"[:len(clips)]
        film = {"film": {"effect": "sequence", "in": {"items": items or list(names)}}}
        document = recipe(nodes or film, "film" if nodes is None else "last", sound, CANVAS | (canvas or {}), inputs={name: {"media": "media"} for name in names}, encode="copy")
        path = self.write(document)
        given = [word for name, clip in zip(names, clips) for word in ("--input", f"{name}={clip}")]
        return path, self.artdag("render", path, "-o", self.folder / "film.mkv", *given, **options)

    def refusal(self, clips, items=None, canvas=None, nodes=None):
        (self.folder / "film.mkv").unlink(missing_ok=True)
        with self.assertRaises(AssertionError) as raised:
            self.join(clips, items, canvas, nodes)
        self.assertFalse((self.folder / "film.mkv").exists(), "a film that is refused leaves nothing")
        return str(raised.exception)

    def test_packets_are_the_sources_and_pictures_are_the_recipes(self):
        clips = self.clips()
        recipe_path, done = self.join(clips, sound="a.sound")
        film = self.folder / "film.mkv"
        self.assertEqual(hashes(film), [digest for clip in clips for digest in hashes(clip)])
        self.assertEqual(done["frames"], 3 * SECONDS * RATE)
        times = [float(packet["pts_time"]) for packet in ffprobe(film, "-select_streams", "v", "-show_packets")["packets"]]
        self.assertLess(max(abs(time - number / RATE) for number, time in enumerate(sorted(times))), 0.00051, "Matroska's ticks are milliseconds")
        computed = subprocess.run([sys.executable, Path(__file__).parent / "frames_hash.py", film, "yuv420p", "bt601 srgb limited"], check=True, capture_output=True, text=True).stdout.strip()
        self.assertEqual(computed, done["frames_hash"])
        for arguments in ([], ["--frames", "9"]):
            answer = self.artdag("verify", film, *arguments)
            self.assertTrue(answer["verified"], answer)

    def test_what_is_in_a_film_is_decoded_once(self):
        clips = self.clips()
        self.assertGreater(self.join(clips)[1]["pictures_decoded"], 0)
        (self.folder / "film.mkv").unlink()
        again = self.join(clips[::-1])[1]
        self.assertEqual(again["pictures_decoded"], 0)
        self.assertEqual(hashes(self.folder / "film.mkv"), [digest for clip in clips[::-1] for digest in hashes(clip)])

    def test_the_name_of_a_film_is_that_of_its_bytes_also_when_it_is_written_again(self):
        clips = self.clips()[:2]
        film = self.folder / "film.mkv"

        def name():
            return "sha3-256:" + hashlib.sha3_256(film.read_bytes()).hexdigest()
        made = []
        for _ in range(2):
            film.unlink(missing_ok=True)
            done = self.join(clips, canvas={"duration": 2 * SECONDS})[1]
            self.assertEqual(done["content_hash"], name())
            made.append(film.read_bytes())
        self.assertEqual(made[0], made[1])
        # What was noted of an earlier film is believed of one with the same sums only.
        film.unlink()
        index = sqlite3.connect(self.home / "store" / "index.sqlite")
        facts = json.loads(index.execute("SELECT facts FROM actions WHERE kind = 'film'").fetchone()[0])
        wrong = facts | {"content": "sha3-256:" + "5" * 64, "sums": "5" * 64}
        index.execute("UPDATE actions SET facts = ? WHERE kind = 'film'", [json.dumps(wrong)])
        index.commit()
        index.close()
        self.assertEqual(self.join(clips, canvas={"duration": 2 * SECONDS})[1]["content_hash"], name())

    def test_packets_come_from_where_they_were_seen_before(self):
        for clips in ([self.clip("a.mkv"), self.clip("b.mkv", pattern="testsrc")], [self.clip("a.mp4", pattern="smptebars", sound=False), self.clip("b.mov", pattern="testsrc", sound=False)]):
            with self.subTest(clips[0].suffix):
                expected = [digest for clip in clips for digest in hashes(clip)]
                film = self.folder / "film.mkv"
                for _ in range(2):
                    film.unlink(missing_ok=True)
                    self.join(clips, canvas={"duration": 2 * SECONDS})
                    self.assertEqual(hashes(film), expected)
                other = self.folder / "other.mkv"
                path = self.folder / "recipe.artdag"
                given = [word for name, clip in zip("ab", clips) for word in ("--input", f"{name}={clip}")]
                self.artdag("render", path, "-o", other, *given, home=self.folder / "another-home")
                self.assertEqual(other.read_bytes(), film.read_bytes())

    def test_films_are_cut_where_pictures_need_no_others(self):
        clips = self.clips()[:2]
        cut = GROUP / RATE
        self.join(clips, ["a", {"id": "rest", "from": "b", "in": cut}], {"duration": 2 * SECONDS - cut})
        self.assertEqual(hashes(self.folder / "film.mkv"), hashes(clips[0]) + hashes(clips[1])[GROUP:])
        refused = self.refusal(clips, ["a", {"id": "rest", "from": "b", "in": 1.0}], {"duration": 3.0})
        self.assertIn("node 'b': frame 60 of the output is picture 30 of its film", refused)
        self.assertIn("0.833 s (picture 25) or 1.667 s (picture 50)", refused)

    def test_what_is_computed_or_coded_otherwise_is_refused(self):
        a, b, _ = self.clips()
        blurred = {"film": {"effect": "sequence", "in": {"items": ["a", "b"]}}, "last": {"effect": "blur", "in": {"picture": "film"}}}
        self.assertIn("node 'last': frame 0 of the output is computed here", self.refusal([a, b], nodes=blurred))
        other = self.clip("other.mkv", codec=("libx264", "-preset", "veryfast", "-bf", "0", "-g", str(GROUP)))
        self.assertIn("node 'b': its film is coded with other settings than that of node 'a'", self.refusal([a, other], canvas={"duration": 2 * SECONDS}))
        stream = self.clip("stream.ts", sound=False)
        self.assertIn("cannot be copied into Matroska", self.refusal([stream], canvas={"duration": SECONDS}))
        open_groups = self.clip("open.mkv", codec=("libx264", "-preset", "veryfast", "-bf", "3", "-g", str(GROUP), "-x264-params", "open-gop=1"))
        self.assertIn("which cannot be copied without others", self.refusal([open_groups], [{"id": "rest", "from": "a", "in": GROUP / RATE}], {"duration": SECONDS - GROUP / RATE}))

    def test_other_codecs_and_containers(self):
        for name, codec in {"a.mp4": ("libx264", "-bf", "2", "-g", "12"), "b.mp4": ("libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:open-gop=0:keyint=10"), "c.webm": ("libvpx-vp9", "-g", "20", "-deadline", "realtime", "-cpu-used", "8"),
                            "d.avi": ("mjpeg", "-q:v", "3"), "e.mov": ("prores_ks",), "f.mkv": ("ffv1",), "g.mkv": ("mpeg2video", "-bf", "2", "-g", "15", "-flags", "+cgop", "-sc_threshold", "1000000000")}.items():
            with self.subTest(name):
                clip = self.clip(name, codec=codec, sound=False, pixels={"d.avi": "yuvj420p", "e.mov": "yuv422p10"}.get(name, "yuv420p"))
                self.join([clip], canvas={"duration": SECONDS})
                self.assertEqual(hashes(self.folder / "film.mkv"), hashes(clip))
                self.assertTrue(self.artdag("verify", self.folder / "film.mkv")["verified"])

    def test_a_changed_packet_is_found(self):
        clips = self.clips()[:1]
        self.join(clips, canvas={"duration": SECONDS})
        film = self.folder / "film.mkv"
        provenance = json.loads((self.folder / "film.mkv.provenance.json").read_text())
        other = self.clip("other.mkv", pattern="rgbtestsrc")
        self.join([other], canvas={"duration": SECONDS})
        (self.folder / "film.mkv.provenance.json").write_text(json.dumps(provenance))
        done = self.run_artdag("verify", film)
        self.assertNotEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main()
