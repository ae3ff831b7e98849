#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`artdag render --on`: the recipe and what it lacks go to a renderer, film and papers come back and are checked here."""
import json
import unittest

import artdag
import render_server_test


class Remote(render_server_test.Case):
    def test_a_render_elsewhere_is_the_one_from_here_and_is_checked(self):
        token = self.server.member("giles")
        photo = self.folder / "photo.png"
        artdag.ffmpeg("-f", "lavfi", "-i", "testsrc=s=160x90:d=0.04", "-frames:v", "1", photo)
        document = artdag.recipe({"turn": {"effect": "rotate", "in": {"picture": "photo"}, "args": {"angle": {"expr": "90 * t"}}}}, "turn") | {"inputs": {"photo": {"media": "media"}}}
        path = self.write(document)
        there = self.artdag("render", path, "--input", f"photo={photo}", "--on", self.server.l1, "-o", self.folder / "there.mp4", env={"ARTDAG_TOKEN": token})
        self.assertEqual((there["verified"], there["uploaded"]), (True, 1), there)
        self.assertGreaterEqual(there["frames_checked"], 5)
        here = self.artdag("render", path, "--input", f"photo={photo}", "-o", self.folder / "here.mp4")
        self.assertEqual((there["frames_hash"], there["content_hash"]), (here["frames_hash"], here["content_hash"]))
        self.assertEqual((self.folder / "there.mp4").read_bytes(), (self.folder / "here.mp4").read_bytes())
        with self.subTest("what it has is not sent again"):
            again = self.artdag("render", path, "--input", f"photo={photo}", "--on", self.server.l1, "-o", self.folder / "again.mp4", env={"ARTDAG_TOKEN": token})
            self.assertEqual((again["uploaded"], again["run"]["run_id"]), (0, there["run"]["run_id"]))
        with self.subTest("mistakes come back in words"):
            document["nodes"]["turn"]["args"] = {"angel": 1}
            run = self.run_artdag("render", self.write(document, "wrong.artdag"), "--input", f"photo={photo}", "--on", self.server.l1, env={"ARTDAG_TOKEN": token})
            self.assertNotEqual(run.returncode, 0)
            self.assertIn("angle", run.stderr)
        with self.subTest("without a token"):
            run = self.run_artdag("render", path, "--input", f"photo={photo}", "--on", self.server.l1)
            self.assertEqual(run.returncode, 3, run.stderr)


if __name__ == "__main__":
    unittest.main()
