#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proxies made by the command: films get them once, and no export knows that they are there."""
import json
import unittest

import artdag
from artdag import recipe

FILM = ("-f", "lavfi", "-i", "testsrc2=s=640x360:r=30:d=2", "-f", "lavfi", "-i", "sine=d=2", "-c:v", "libx264", "-preset", "veryfast", "-g", "250", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest")


class Proxies(artdag.Case):
    def film(self, name="clip.mp4"):
        artdag.ffmpeg(*FILM, self.folder / name)
        return self.folder / name

    def document(self):
        return recipe({"turn": {"effect": "rotate", "in": {"picture": "clip"}, "args": {"angle": {"expr": "30 * t"}}}}, "turn", sound="clip.sound",
                      canvas={"width": 640, "height": 360, "duration": 1.0}, inputs={"clip": {"media": "media"}})

    def test_a_film_gets_its_proxy_once(self):
        film = self.film()
        made, = self.artdag("proxy", film)["films"]
        self.assertTrue(made["proxy"] and made["made"])
        self.assertEqual(made["pictures"], 60)
        self.assertGreater(made["bytes"], 60 * 1000)
        again, = self.artdag("proxy", film)["films"]
        self.assertTrue(again["proxy"] and not again["made"])
        self.assertEqual(again["pictures"], 60)

    def test_the_films_of_a_recipe_get_theirs(self):
        path = self.write(self.document())
        made, = self.artdag("proxy", path, "--input", f"clip={self.film()}")["films"]
        self.assertTrue(made["made"])

    def test_what_needs_none_says_why(self):
        picture = self.folder / "picture.png"
        artdag.ffmpeg("-f", "lavfi", "-i", "color=red:s=64x48", "-frames:v", "1", picture)
        none, = self.artdag("proxy", picture)["films"]
        self.assertFalse(none["proxy"])
        self.assertIn("files by themselves", none["why"])
        small = self.folder / "small.mp4"
        artdag.ffmpeg("-f", "lavfi", "-i", "testsrc2=s=128x96:d=0.5", "-pix_fmt", "yuv420p", small)
        self.assertIn("soon enough", self.artdag("proxy", small)["films"][0]["why"])
        self.assertTrue(self.artdag("proxy", small, "--all")["films"][0]["made"])

    def test_an_export_is_the_same_with_and_without(self):
        film = self.film()
        answers = []
        for home, proxies in (("plain", False), ("proxied", True)):
            home = self.folder / home
            if proxies:
                self.artdag("proxy", film, home=home)
            answer = self.render(self.document(), "--input", f"clip={film}", name=f"{home.name}.mp4", home=home)
            steps = json.loads((self.folder / answer["provenance"]).read_text())
            answers.append((answer, json.dumps(steps, sort_keys=True)))
        plain, proxied = answers
        for name in ("content_hash", "frames_hash", "run_key", "pictures_decoded"):
            self.assertEqual(plain[0][name], proxied[0][name], name)
        self.assertGreater(proxied[0]["pictures_decoded"], 0)
        self.assertNotIn("proxy", proxied[1])
        self.assertTrue(self.artdag("verify", self.folder / "proxied.mp4", home=self.folder / "proxied")["verified"])

    def test_a_preview_reads_what_the_command_made(self):
        path = self.write(self.document())
        film = self.film()
        self.artdag("proxy", film)
        run = artdag.subprocess.run([str(artdag.BIN / "scrub_bench"), path, "10", "1", "proxies", f"clip={film}"], env=artdag.os.environ | {"ARTDAG_HOME": str(self.home)}, check=True, capture_output=True, text=True)
        answer = json.loads(run.stdout)
        self.assertEqual((answer["proxies"], answer["making_seconds"], answer["originals_decoded"]), (1, 0.0, 0))


if __name__ == "__main__":
    unittest.main()
