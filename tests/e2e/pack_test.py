#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A recipe that is given away in a folder, and a template that shows something until it is given a picture."""
import json
import pathlib
import unittest

import artdag
from artdag import recipe

CANVAS = {"width": 160, "height": 90, "duration": 0.5}


class Packs(artdag.Case):
    def setUp(self):
        super().setUp()
        self.film = self.folder / "clip.mp4"
        artdag.ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x90:r=30:d=0.5", "-c:v", "libx264", "-pix_fmt", "yuv420p", self.film)
        self.id = self.artdag("store", "import", self.film)["content_hash"]

    def document(self):
        return recipe({"turn": {"effect": "rotate", "in": {"picture": "clip"}, "args": {"angle": 30}}}, "turn", canvas=CANVAS, title="Holiday, 2nd day",
                      inputs={"clip": {"media": "media", "title": "Beach", "default": self.id}})

    def pack(self):
        return self.artdag("pack", self.write(self.document()), "--to", self.folder / "given")

    def test_a_stranger_renders_the_same(self):
        ours = self.render(self.document(), name="ours.mp4")
        packed = self.pack()
        self.assertEqual(pathlib.Path(packed["recipe"]).name, "Holiday__2nd_day.artdag")
        self.assertRegex(pathlib.Path(packed["files"][0]).name, r"^Beach\.[0-9a-f]{16}\.mp4$")
        self.assertEqual(pathlib.Path(packed["files"][0]).read_bytes(), self.film.read_bytes())
        theirs = self.artdag("render", packed["recipe"], "-o", self.folder / "theirs.mp4", home=self.folder / "stranger")
        self.assertEqual(theirs["frames_hash"], ours["frames_hash"])

    def test_a_file_that_is_another_is_not_taken(self):
        packed = self.pack()
        pathlib.Path(packed["files"][0]).write_bytes(b"something else")
        run = self.run_artdag("render", packed["recipe"], "-o", self.folder / "theirs.mp4", home=self.folder / "stranger")
        self.assertNotEqual(run.returncode, 0)
        self.assertIn(self.id[:20], run.stderr)

    def test_a_folder_that_is_there_is_left_alone(self):
        (self.folder / "given").mkdir()
        (self.folder / "given" / "mine.txt").write_text("mine")
        run = self.run_artdag("pack", self.write(self.document()), "--to", self.folder / "given")
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("already", run.stderr)
        self.assertEqual([path.name for path in (self.folder / "given").iterdir()], ["mine.txt"])

    def test_what_is_missing_is_named_and_nothing_is_left(self):
        document = self.document()
        document["inputs"]["clip"]["default"] = "sha3-256:" + "7" * 64
        run = self.run_artdag("pack", self.write(document), "--to", self.folder / "given")
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("7777", run.stderr)
        self.assertFalse((self.folder / "given").exists())


class Templates(artdag.Case):
    def document(self, picture="photo"):
        return recipe({"made": {"effect": "gradient"}, "turn": {"effect": "rotate", "in": {"picture": picture}, "args": {"angle": 30}}}, "turn", canvas=CANVAS,
                      inputs={"photo": {"media": "still", "title": "Your picture", "standIn": "made"}} if picture == "photo" else {})

    def test_without_a_picture_it_is_the_recipe_of_its_stand_in(self):
        self.assertEqual(self.render(self.document(), name="a.mp4")["frames_hash"], self.render(self.document("made"), name="b.mp4")["frames_hash"])

    def test_a_picture_takes_its_place_and_is_cited(self):
        photo = self.folder / "photo.png"
        artdag.ffmpeg("-f", "lavfi", "-i", "color=red:s=160x90", "-frames:v", "1", photo)
        shown = self.render(self.document(), name="a.mp4")
        given = self.render(self.document(), "--input", f"photo={photo}", name="b.mp4")
        self.assertNotEqual(given["frames_hash"], shown["frames_hash"])
        self.assertEqual(len(json.loads(pathlib.Path(given["provenance"]).read_text())["manifest"]["inputs"]), 1)
        self.assertEqual(json.loads(pathlib.Path(shown["provenance"]).read_text())["manifest"]["inputs"], [])


if __name__ == "__main__":
    unittest.main()
