#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every encoder profile from the command line, numbered pictures as an input, and sound that has to be baked."""
import json
import re
import shutil
import unittest

import artdag
from artdag import ffmpeg, ffprobe, recipe

NODES = {"bar": {"effect": "gradient"}, "turn": {"effect": "rotate", "in": {"picture": "bar"}, "args": {"angle": {"expr": "90 * t"}}}, "beep": {"effect": "tone"}}
CANVAS = {"width": 96, "height": 64, "rate": [25, 1], "duration": 1.2}
FRAMES = 30
# name: (codec of the picture, codec of the sound), as ffprobe calls them
PROFILES = {
    "share-h264": ("h264", "aac"), "share-h264-fast": ("h264", "aac"), "small-preview": ("h264", "aac"), "share-webm": ("vp9", "opus"), "webm-alpha": ("vp9", "opus"),
    "master-ffv1": ("ffv1", "flac"), "prores-4444": ("prores", "pcm_s24le"), "png": ("png", None), "png16": ("png", None), "jpeg": ("mjpeg", None), "webp": ("webp", None),
    "png-sequence": ("png", None), "tiff16-sequence": ("tiff", None), "exr-sequence": ("exr", None), "gif": ("gif", None), "webp-loop": ("webp", None),
    "wav": (None, "pcm_s24le"), "flac": (None, "flac"), "mp3": (None, "mp3"), "opus": (None, "opus"), "hls": ("h264", "aac"),
}


class Encode(artdag.Case):
    def readable(self, path):
        """What ffprobe opens of a delivery."""
        if not path.is_dir():
            return path
        if (path / "index.m3u8").exists():
            return path / "index.m3u8"
        return path / ("frame.%04d" + next(path.iterdir()).suffix)

    def test_help_lists_the_profiles_and_each_renders(self):
        help_text = self.run_artdag("render", "--help").stdout
        path = self.write(recipe(NODES, "turn", "beep", CANVAS))
        for name, (picture, sound) in PROFILES.items():
            with self.subTest(name):
                self.assertIn(f"  {name} ", help_text)
                out = self.folder / name
                done = self.artdag("render", path, "--encode", name, "-o", out)
                self.assertTrue(done["content_hash"].startswith("sha3-256:"))
                streams = {stream["codec_type"]: stream for stream in ffprobe(self.readable(out), "-show_streams", "-count_frames")["streams"]} if name != "webp-loop" else {}
                self.assertEqual(streams.get("audio", {}).get("codec_name"), sound)
                if streams or name != "webp-loop":
                    self.assertEqual(streams.get("video", {}).get("codec_name"), picture)
                if picture and name not in ("png", "png16", "jpeg", "webp", "webp-loop"):
                    self.assertEqual(int(streams["video"]["nb_read_frames"]), FRAMES)
                again = self.artdag("render", path, "--encode", name, "-o", self.folder / "again", "--threads", "1", home=self.folder / "other")
                self.assertEqual(again["content_hash"], done["content_hash"])
                for rest in self.folder.glob("again*"):
                    shutil.rmtree(rest) if rest.is_dir() else rest.unlink()
        listed = [line.split()[0] for line in help_text.split("Encoder profiles:")[1].split("\n\n")[0].splitlines() if line.strip()]
        self.assertEqual([name for name in listed if name != "copy"], list(PROFILES), "a new profile is tested here; copy has copy_test")

    def test_a_folder_is_verified_like_a_film(self):
        path = self.write(recipe(NODES, "turn", None, CANVAS | {"duration": 0.4}, encode="exr-sequence"))
        self.artdag("render", path, "-o", self.folder / "shots")
        self.assertEqual(len(list((self.folder / "shots").iterdir())), 10)
        answer = self.artdag("verify", self.folder / "shots", "--threads", "1", env={"ARTDAG_SIMD": "v2"})
        self.assertTrue(answer["verified"], answer)
        with_slash = str(self.folder / "shots") + "/"
        self.artdag("render", path, "-o", with_slash)
        self.assertEqual(len(list((self.folder / "shots").iterdir())), 10, "the provenance lies beside it")
        self.assertTrue(self.artdag("verify", with_slash)["verified"])
        first, second = self.folder / "shots/frame.0001.exr", self.folder / "shots/frame.0002.exr"
        first.write_bytes(second.read_bytes())
        refused = self.run_artdag("verify", self.folder / "shots")
        self.assertEqual(refused.returncode, 5, refused.stderr)

    def names_these_bytes(self, film):
        """Rewrites unsigned papers as another build would have made them: its bytes are those of the film at hand."""
        papers = self.folder / (film.name + ".provenance.json")
        document = json.loads(papers.read_text())
        answer = json.loads(self.run_artdag("verify", film, "--json").stdout)
        [found] = [re.search(r"the file is (sha3-256:\w+), the provenance", words) for words in answer["answers"][0]["words"] if "the provenance speaks" in words]
        document["manifest"]["output"]["content_hash"] = found[1]
        papers.write_text(json.dumps(document))

    def test_a_stream_in_another_container_is_read_back(self):
        self.artdag("render", self.write(recipe(NODES, "turn", "beep", CANVAS, encode="hls")), "-o", self.folder / "stream")
        playlist = self.folder / "stream/index.m3u8"
        playlist.write_text(playlist.read_text().replace("#EXTM3U\n", "#EXTM3U\n# another muxer\n"))
        self.names_these_bytes(self.folder / "stream")
        for frames in ("all", "5"):
            answer = self.artdag("verify", self.folder / "stream", "--frames", frames)
            self.assertEqual([one["answer"] for one in answer["answers"]], ["cannot_tell", "yes", "yes"], answer)
            self.assertIn("the sound decodes to the same", answer["answers"][2]["words"])
        init = self.folder / "stream/init.mp4"
        playlist.write_text(playlist.read_text().replace("init.mp4", "../init.mp4"))
        init.rename(self.folder / "init.mp4")
        refused = json.loads(self.run_artdag("verify", self.folder / "stream", "--json").stdout)
        self.assertEqual(refused["answers"][2]["answer"], "no")
        self.assertIn("not a file of the folder", " ".join(refused["answers"][2]["words"]))

    def test_a_webp_loop_of_other_bytes_is_read_back(self):
        loop = self.folder / "loop.webp"
        self.artdag("render", self.write(recipe(NODES, "turn", None, CANVAS, encode="webp-loop")), "-o", loop)
        data = bytearray(loop.read_bytes() + b"XMP \x02\x00\x00\x00<>")
        data[4:8] = (len(data) - 8).to_bytes(4, "little")
        loop.write_bytes(data)
        refused = json.loads(self.run_artdag("verify", loop, "--json").stdout)
        self.assertEqual([one["answer"] for one in refused["answers"]], ["no", "yes", "yes"])
        self.names_these_bytes(loop)
        # The first of the two chunks has opaque pictures, which lose their alpha in the encoder: their likeness is 0 dB, recorded and measured. A sample that makes
        # this chunk again cannot tell, one that makes the other again (seed 7, one in some ten) can.
        for seed, frames, file in (("0", "all", "yes"), ("1", "5", "cannot_tell"), ("7", "5", "yes")):
            answer = self.artdag("verify", loop, "--frames", frames, "--seed", seed)
            self.assertEqual([one["answer"] for one in answer["answers"]], ["cannot_tell", "yes", file], answer)

    def test_a_sample_of_a_folder_is_compared_at_any_rate(self):
        self.artdag("render", self.write(recipe(NODES, "turn", None, CANVAS | {"rate": [10, 1], "duration": 2.0}, encode="png-sequence")), "-o", self.folder / "shots")
        self.artdag("verify", self.folder / "shots")
        # Papers that name other bytes make the pictures be looked at.
        first = self.folder / "shots/frame.0001.png"
        ffmpeg("-i", first, "-pred", "none", self.folder / "same.png")
        first.write_bytes((self.folder / "same.png").read_bytes())
        answer = json.loads(self.run_artdag("verify", self.folder / "shots", "--frames", "5", "--json").stdout)
        self.assertEqual([one["answer"] for one in answer["answers"]], ["no", "yes", "yes"], answer)

    def test_numbered_pictures_play_one_a_frame_whatever_the_rate(self):
        ffmpeg("-f", "lavfi", "-i", "nullsrc=s=64x48:r=30:d=1,format=gbrp,geq=r='8*N':g=0:b=0", self.folder / "shot.%04d.png")
        document = recipe({"same": {"effect": "identity", "in": {"picture": "shot"}}}, "same", None, {"width": 64, "height": 48, "rate": [24, 1], "duration": 1.0}, inputs={"shot": {"media": "media"}}, encode="master-ffv1")
        self.render(document, "--input", f"shot={self.folder}/shot.####.png", name="film.mkv")
        for number in (0, 7, 23):
            self.assertAlmostEqual(artdag.frame(self.folder / "film.mkv", number, 64, 48)[0], 8 * number, delta=1)
        (self.folder / "shot.0010.png").unlink()
        refused = self.run_artdag("render", self.folder / "film.mkv.artdag", "--input", f"shot={self.folder}/shot.####.png", "-o", self.folder / "no.mkv")
        self.assertIn("10 missing", refused.stderr)
        self.render(document, "--input", f"shot={self.folder}/shot.####.png:hold", name="held.mkv")
        self.assertAlmostEqual(artdag.frame(self.folder / "held.mkv", 9, 64, 48)[0], 64, delta=1)

    def test_sound_that_decodes_differently_elsewhere_is_baked_and_named(self):
        clip = self.folder / "clip.webm"
        ffmpeg("-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=1", "-f", "lavfi", "-i", "sine=d=1:r=48000", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus", clip)
        document = recipe({"same": {"effect": "identity", "in": {"picture": "clip"}}}, "same", "clip.sound", {"width": 64, "height": 48, "duration": 1.0}, inputs={"clip": {"media": "media"}}, encode="master-ffv1")
        film = self.folder / "film.mkv"
        self.render(document, "--input", f"clip={clip}", name="film.mkv")
        manifest = json.loads((self.folder / "film.mkv.provenance.json").read_text())["manifest"]
        [bake] = manifest["baked"]
        self.assertEqual(bake["what"], "sound of " + manifest["inputs"][0]["content_hash"])
        self.assertTrue(bake["by"].startswith("opus lavc"), bake)
        self.assertEqual(ffprobe(film, "-show_streams", "-select_streams", "a")["streams"][0]["codec_name"], "flac")
        answer = self.artdag("verify", film)
        self.assertTrue(answer["verified"], answer)
        # Somebody else, who has the input and the baked object, hears the same.
        again = self.render(document, "--input", f"clip={clip}", name="second.mkv", home=self.folder / "other")
        self.assertEqual(again["content_hash"], self.artdag("render", self.folder / "film.mkv.artdag", "--input", f"clip={clip}", "-o", self.folder / "third.mkv")["content_hash"])

    def test_a_drawing_is_baked_and_named(self):
        drawing = self.folder / "drawing.svg"
        drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="20" height="20" fill="#f00"/><circle cx="30" cy="10" r="8" fill="#00f"/></svg>')
        document = recipe({"same": {"effect": "identity", "in": {"picture": "drawing"}}}, "same", None, {"width": 40, "height": 20, "duration": 0.4}, inputs={"drawing": {"media": "still"}}, encode="master-ffv1")
        self.render(document, "--input", f"drawing={drawing}", name="film.mkv")
        self.assertEqual(list(artdag.frame(self.folder / "film.mkv", 3, 40, 20)[:3]), [255, 0, 0])
        manifest = json.loads((self.folder / "film.mkv.provenance.json").read_text())["manifest"]
        [bake] = manifest["baked"]
        self.assertEqual(bake["what"], "picture of " + manifest["inputs"][0]["content_hash"])
        self.assertTrue(bake["by"].startswith("librsvg 2."), bake)
        self.assertTrue(self.artdag("verify", self.folder / "film.mkv")["verified"])
        # Somebody else has the drawing alone.
        answer = self.artdag("verify", self.folder / "film.mkv", "--input", f"drawing={drawing}", home=self.folder / "other")
        self.assertTrue(answer["verified"], answer)

    def test_animated_webp_plays_like_a_film(self):
        loop = self.folder / "loop.webp"
        ffmpeg("-f", "lavfi", "-i", "nullsrc=s=64x48:r=10:d=1,format=gbrp,geq=r='20*N':g='if(between(X,4*N,4*N+9),255,0)':b=0", "-c:v", "libwebp_anim", "-lossless", "1", loop)
        document = recipe({"same": {"effect": "identity", "in": {"picture": "loop"}}}, "same", None, {"width": 64, "height": 48, "rate": [20, 1], "duration": 1.0}, inputs={"loop": {"media": "media"}}, encode="master-ffv1")
        self.render(document, "--input", f"loop={loop}", name="film.mkv")
        for number in (0, 5, 19):
            self.assertAlmostEqual(artdag.frame(self.folder / "film.mkv", number, 64, 48)[0], 20 * (number // 2), delta=1)
        answer = self.artdag("verify", self.folder / "film.mkv", "--input", f"loop={loop}", home=self.folder / "other")
        self.assertTrue(answer["verified"], answer)


if __name__ == "__main__":
    unittest.main()
