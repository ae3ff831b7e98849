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
        with self.subTest("published with shares, by a server that is its own renderer, and verified by a stranger"):
            self.artdag("keys", "make")
            self.artdag("login", self.server.url, "--user", "giles", env={"ARTDAG_PASSWORD": "a long enough password 1"})
            work = self.artdag("publish", self.folder / "there.mp4", "--title", "Turned", "--split", "@carol@b.example=12.5", "--split", "@ben@b.example=0.33")
            self.assertEqual([(one["owner"][:6], one["basis_points"], one["agreed"]) for one in work["payees"]], [("@giles", 8717, True), ("@carol", 1250, False), ("@ben@b", 33, False)])
            run = self.run_artdag("verify", work["page"], "--json", home=self.folder / "stranger")
            self.assertEqual(run.returncode, 0, run.stderr)
            for wrong in ("@carol@b.example", "@carol@b.example=101", "@carol@b.example=1.234", "carol=5", "@giles@127.0.0.1=x"):
                self.assertEqual(self.run_artdag("publish", self.folder / "there.mp4", "--split", wrong).returncode, 1, wrong)
        with self.subTest("what it has is not sent again"):
            again = self.artdag("render", path, "--input", f"photo={photo}", "--on", self.server.l1, "-o", self.folder / "again.mp4", env={"ARTDAG_TOKEN": token})
            self.assertEqual((again["uploaded"], again["run"]["run_id"]), (0, there["run"]["run_id"]))
        with self.subTest("mistakes come back in words"):
            document["nodes"]["turn"]["args"] = {"angel": 1}
            run = self.run_artdag("render", self.write(document, "wrong.artdag"), "--input", f"photo={photo}", "--on", self.server.l1, env={"ARTDAG_TOKEN": token})
            self.assertNotEqual(run.returncode, 0)
            self.assertIn("angle", run.stderr)
        with self.subTest("without a token"):
            run = self.run_artdag("render", path, "--input", f"photo={photo}", "--on", self.server.l1, home=self.folder / "nobody")
            self.assertEqual(run.returncode, 3, run.stderr)


if __name__ == "__main__":
    unittest.main()
