#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The film of a run as a stream while it is made, and after: what a player reads, what it never sees change, who may."""
import time
import unittest

import artdag
from render_server_test import Case

SECONDS, RATE = 36, 5


def document():
    """Two levels, sound, and pictures that take a while."""
    nodes = {"sky": {"effect": "checker"}, "soft": {"effect": "blur", "in": {"picture": "sky"}, "args": {"radius": {"expr": "3 + t / 10"}}}, "hum": {"effect": "tone"}}
    return artdag.recipe(nodes, "soft", "hum", {"width": 1280, "height": 720, "rate": [RATE, 1], "duration": float(SECONDS)}, title="Live")


def parts(playlist):
    return [line for line in playlist.splitlines() if line and not line.startswith("#")]


class LiveStream(Case):
    def get(self, run, file, token):
        status, headers, body = self.server.call("GET", f"/runs/{run}/hls/{file}", token=token)
        return status, body if isinstance(body, bytes) else b"", headers

    def until(self, run, file, token, holds, seconds=400):
        """The text of a playlist as soon as that holds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            status, body, headers = self.get(run, file, token)
            if status == 200 and holds(body.decode()):
                return body.decode()
            self.assertIn(status, (200, 503))
            if status == 503:
                self.assertEqual(headers["Retry-After"], "2")
            time.sleep(0.2)  # between two looks at the condition
        self.fail((self.room / "log").read_text()[-2000:])

    def test_a_film_is_watched_while_it_is_made(self):
        giles, anna = self.server.member("giles"), self.server.member("anna")
        run = self.run_of(document(), giles)["run_id"]
        master = self.until(run, "index.m3u8", giles, lambda text: len(parts(text)) == 2)
        self.assertEqual(parts(master), ["360/index.m3u8", "720/index.m3u8"])
        early = self.until(run, "360/index.m3u8", giles, lambda text: len(parts(text)) >= 1)
        self.assertIn("#EXT-X-PLAYLIST-TYPE:EVENT", early)
        self.assertNotIn("#EXT-X-ENDLIST", early)
        listed = {name: self.get(run, "360/" + name, giles)[1] for name in parts(early) + ["init.mp4"]}
        self.assertTrue(all(listed.values()))
        (self.folder / "so-far.mp4").write_bytes(listed["init.mp4"] + listed[parts(early)[0]])
        kinds = {stream["codec_name"]: stream for stream in artdag.ffprobe(self.folder / "so-far.mp4", "-show_streams")["streams"]}
        self.assertEqual((kinds["h264"]["pix_fmt"], kinds["h264"]["height"], "aac" in kinds), ("yuv420p", 360, True))
        for token in (anna, None):
            for file in ("index.m3u8", "360/index.m3u8", "360/init.mp4", "360/" + parts(early)[0]):
                self.assertEqual(self.get(run, file, token)[0], 404 if token else 401)
        for file in ("..%2f..%2fwatched", "listing/index.m3u8", "360/watched", "360/..%2findex.m3u8", "nothing.m3u8"):
            self.assertIn(self.get(run, file, giles)[0], (400, 404))
        later = self.until(run, "360/index.m3u8", giles, lambda text: len(parts(text)) > len(parts(early)))
        self.assertEqual(parts(later)[:len(parts(early))], parts(early))

        whole = self.until(run, "360/index.m3u8", giles, lambda text: "#EXT-X-ENDLIST" in text)
        self.assertEqual([line for line in early.splitlines() if line not in whole.splitlines()], [], "what was said is not unsaid")
        for name, before in listed.items():
            self.assertEqual(self.get(run, "360/" + name, giles)[1], before, name)
        self.assertIn(self.server.call("GET", f"/runs/{run}", token=giles)[2]["status"], ("completed", "cached"))
        for level, size in (("360", (640, 360)), ("720", (1280, 720))):
            playlist = self.get(run, level + "/index.m3u8", giles)[1].decode()
            film = self.folder / (level + ".mp4")
            film.write_bytes(b"".join(self.get(run, level + "/" + name, giles)[1] for name in ["init.mp4"] + parts(playlist)))
            found = artdag.ffprobe(film, "-count_frames", "-show_streams", "-show_format")
            picture = next(stream for stream in found["streams"] if stream["codec_type"] == "video")
            self.assertEqual((int(picture["nb_read_frames"]), picture["width"], picture["height"]), (SECONDS * RATE, *size))
            self.assertAlmostEqual(float(found["format"]["duration"]), SECONDS, delta=0.2)
            self.assertAlmostEqual(sum(float(line[8:].split(",")[0]) for line in playlist.splitlines() if line.startswith("#EXTINF:")), SECONDS, delta=0.2)
        content = self.server.call("GET", f"/runs/{run}", token=giles)[2]["content_hash"].split(":")[1]
        folders = [path for path in (self.room / "data" / "renditions").rglob("360") if path.is_dir()]
        self.assertEqual(len(folders), 1, "the stream is the film's own now")
        self.assertIn(content, str(folders[0]))
        self.assertEqual(self.server.call("DELETE", f"/runs/{run}", token=giles)[0], 204)
        self.assertEqual(self.get(run, "index.m3u8", giles)[0], 404)
        self.assertFalse(folders[0].exists(), "it goes with the run")

    def test_nobody_watches_nothing_is_made_until_it_is_asked_for(self):
        token = self.server.member("quiet")
        short = artdag.recipe({"sky": {"effect": "checker"}}, "sky", None, {"width": 320, "height": 180, "duration": 1.0}, title="Short")
        run = self.run_of(short, token)["run_id"]
        self.server.wait(run, token)
        self.assertEqual(list((self.room / "data").rglob("piece-*")), [])
        whole = self.until(run, "360/index.m3u8", token, lambda text: "#EXT-X-ENDLIST" in text) if self.until(run, "index.m3u8", token, lambda text: True) else ""
        self.assertEqual(len(parts(whole)), 1)
        still = self.run_of(short | {"outputs": {"main": {"picture": "sky", "encode": "png"}}}, token)["run_id"]
        self.server.wait(still, token)
        self.assertEqual(self.get(still, "index.m3u8", token)[0], 404)


if __name__ == "__main__":
    unittest.main()
