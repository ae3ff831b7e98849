#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rendered file carries its recipe to somebody else, who renders the same film of it."""
import unittest

import artdag
from artdag import recipe

NODES = {"a": {"effect": "noise"}, "b": {"effect": "blur", "in": {"picture": "a"}, "args": {"radius": 3}}}
KINDS = [("share-h264", "mp4"), ("master-ffv1", "mkv"), ("share-webm", "webm"), ("png", "png"), ("jpeg", "jpg"), ("webp", "webp")]


class Embed(artdag.Case):
    def test_a_stranger_renders_what_the_file_carries(self):
        for profile, extension in KINDS:
            with self.subTest(profile):
                film, copy, again = (self.folder / f"{name}.{extension}" for name in ("film", "copy", "again"))
                made = self.render(recipe(NODES, "b", title="Grün <&>", canvas={"duration": 0.2}, encode=profile), name=film.name)
                before = film.read_bytes()
                self.artdag("embed", film, "-o", copy)
                self.assertEqual(film.read_bytes(), before)
                self.assertNotEqual(copy.read_bytes(), before)
                self.artdag("extract", copy, "-o", self.folder / "theirs.artdag", home=self.folder / "stranger")
                theirs = self.artdag("render", self.folder / "theirs.artdag", "-o", again, home=self.folder / "stranger")
                self.assertEqual(theirs["content_hash"], made["content_hash"])
                # With its papers the copy is known for the film that was rendered.
                (self.folder / f"copy.{extension}.provenance.json").write_text((self.folder / f"film.{extension}.provenance.json").read_text())
                run = self.run_artdag("verify", copy)
                self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
                changed = bytearray(copy.read_bytes())
                changed[changed.index(before[len(before) // 2:][:64])] ^= 1  # a byte of the film, not of what it carries
                copy.write_bytes(changed)
                self.assertNotEqual(self.run_artdag("verify", copy).returncode, 0)

    def test_link_carries_no_recipe(self):
        self.render(recipe(NODES, "b", title="a secret title", canvas={"duration": 0.2}), name="film.mp4")
        self.artdag("embed", self.folder / "film.mp4", "-o", self.folder / "link.mp4", "--what", "link")
        run = self.run_artdag("extract", self.folder / "link.mp4")
        self.assertEqual(run.returncode, 3)
        self.assertRegex(run.stderr, r"carries no recipe, only the id of its manifest, sha3-256:[0-9a-f]{64}")
        for name in ("film.mp4", "link.mp4"):
            for secret in (b"a secret title", b"noise", str(self.folder).encode()):
                self.assertNotIn(secret, (self.folder / name).read_bytes())

    def test_what_cannot_be_done_is_said(self):
        self.render(recipe(NODES, "b", canvas={"duration": 0.2}, encode="gif"), name="film.gif")
        run = self.run_artdag("embed", self.folder / "film.gif", "-o", self.folder / "copy.gif")
        self.assertEqual(run.returncode, 1)
        self.assertIn("PNG, JPEG, WebP, MP4, Matroska and WAV only", run.stderr)
        (self.folder / "stray.png").write_bytes(b"no picture")
        self.assertEqual(self.run_artdag("embed", self.folder / "stray.png", "-o", self.folder / "x.png").returncode, 3)  # no provenance beside it
        self.assertEqual(self.run_artdag("extract", self.folder / "stray.png").returncode, 3)
        self.assertEqual(self.run_artdag("extract", self.folder / "missing.png").returncode, 3)


if __name__ == "__main__":
    unittest.main()
