#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verification: a stranger with an empty store says yes to the truth and no to each kind of lie, with the reason."""
import json
import unittest

import artdag
from artdag import ffprobe, recipe


class Verify(artdag.Case):
    def setUp(self):
        super().setUp()
        self.artdag("keys", "make", "artist")
        self.document = recipe({"bar": {"effect": "gradient"}, "turn": {"effect": "rotate", "in": {"picture": "bar"}, "args": {"angle": {"expr": "speed * t"}}}, "beep": {"effect": "tone"}},
                               "turn", "beep", params={"speed": {"type": "real", "default": 60}})
        self.film = self.folder / "film.mp4"
        self.done = self.render(self.document, "--key", "artist")
        self.papers = self.folder / "film.mp4.provenance.json"

    def stranger(self, *arguments, code=0):
        run = self.run_artdag("verify", self.film, "--json", *arguments, home=self.folder / "stranger")
        self.assertEqual(run.returncode, code, run.stderr)
        return json.loads(run.stdout)

    def test_a_true_film_is_verified_from_an_empty_store(self):
        answer = self.stranger()
        self.assertEqual([one["answer"] for one in answer["answers"]], ["yes", "yes", "yes"])
        self.assertEqual((answer["frames"], answer["frames_rendered"], answer["cache_reads"]), (60, 60, 0))
        self.assertEqual(answer["frames_hash"], self.done["frames_hash"])

    def test_random_frames_are_enough_to_say_so(self):
        self.assertEqual(self.stranger("--frames", "7")["frames_rendered"], 7)

    def test_a_byte_of_a_picture_is_noticed_and_the_frame_named(self):
        data = bytearray(self.film.read_bytes())
        packet = ffprobe(self.film, "-select_streams", "v", "-show_packets")["packets"][31]
        data[int(packet["pos"]) + int(packet["size"]) // 2] ^= 0x10
        self.film.write_bytes(data)
        answer = self.stranger(code=5)
        self.assertFalse(answer["verified"])
        self.assertEqual(answer["answers"][0]["answer"], "no")
        self.assertGreaterEqual(answer["first_differing_frame"], 30, "the chunk before it is sound")

    def test_a_byte_of_the_container_is_noticed_and_called_so(self):
        data = bytearray(self.film.read_bytes())
        at = data.index(b"VideoHandler") if b"VideoHandler" in data else data.index(b"hdlr") + 24
        data[at] ^= 1
        self.film.write_bytes(data)
        answer = self.stranger(code=5)
        self.assertEqual(answer["answers"][0]["answer"], "no")
        self.assertIsNone(answer["first_differing_frame"])
        self.assertIn("container", " ".join(answer["answers"][2]["words"]))

    def test_a_changed_manifest_breaks_its_signature(self):
        papers = json.loads(self.papers.read_text())
        papers["manifest"]["recipe"]["name"] = "Mine"
        self.papers.write_text(json.dumps(papers))
        self.assertEqual(self.stranger(code=5)["answers"][0]["answer"], "no")

    def test_a_film_claimed_for_a_neighbouring_recipe_is_refused(self):
        """A cheat renders the true film, then writes papers that cite a recipe with the speed moved by its step."""
        true = json.loads(self.papers.read_text())
        self.document["params"]["speed"]["default"] = 60.01
        other = self.render(self.document, "--key", "artist", name="other.mp4")
        self.assertNotEqual(other["frames_hash"], self.done["frames_hash"])
        lie = json.loads((self.folder / "other.mp4.provenance.json").read_text())
        with self.subTest("the papers of the other film"):
            self.papers.write_text(json.dumps(lie))
            answer = self.stranger(code=5)
            first = answer["first_differing_frame"]
            self.assertIsNotNone(first)
            self.assertGreater(first, 0, "at t = 0 both stand still")
        with self.subTest("true papers, the other recipe"):
            self.papers.write_text(json.dumps(true | {"recipe": lie["recipe"]}))
            answer = self.stranger(code=5)
            self.assertEqual(answer["answers"][1]["answer"], "no")
        with self.subTest("another recipe by hand"):
            self.papers.write_text(json.dumps(true))
            self.stranger("--recipe", self.folder / "other.mp4.artdag", code=5)


if __name__ == "__main__":
    unittest.main()
