#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verification: a stranger with an empty store says yes to the truth and no to each kind of lie, with the reason."""
import json
import pathlib
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

    def test_a_film_that_was_known_is_signed_again(self):
        before = self.film.stat()
        self.papers.unlink()
        again = self.render(self.document, "--key", "artist")
        self.assertEqual(again["chunks"]["rendered"], 0)
        self.assertEqual((self.film.stat().st_ino, self.film.stat().st_mtime_ns), (before.st_ino, before.st_mtime_ns), "the film was written again")
        self.assertEqual([one["answer"] for one in self.stranger()["answers"]], ["yes", "yes", "yes"])

    def test_random_frames_are_enough_to_say_so(self):
        answer = self.stranger("--frames", "7")
        self.assertEqual([one["answer"] for one in answer["answers"]], ["yes", "yes", "yes"])
        self.assertTrue(30 <= answer["frames_rendered"] <= 37, "the seven and one whole chunk")
        self.assertEqual((answer["cache_reads"], answer["sound_rendered"]), (0, True))
        self.assertIn("recorded encoder", " ".join(answer["answers"][2]["words"]))
        for chunk in answer["chunks"]:
            self.assertGreaterEqual(float(chunk["psnr"]), float(chunk["recorded"]) - 0.05)
            if chunk["whole"]:
                self.assertEqual(chunk["psnr"], chunk["recorded"])

    def test_a_seed_chooses_the_same_frames_again(self):
        first = self.stranger("--frames", "5")
        again = self.stranger("--frames", "5", "--seed", first["seed"])
        self.assertEqual(again["chunks"], first["chunks"])
        self.assertEqual(again["seed"], first["seed"])
        run = self.run_artdag("verify", self.film, "--frames", "sample", home=self.folder / "stranger")
        self.assertRegex(run.stderr, r"seed \d+ .*--seed")

    def test_nothing_is_left_in_the_store_of_who_verifies(self):
        self.stranger()
        self.assertEqual(self.artdag("store", "stats", home=self.folder / "stranger")["renders"], 0)

    def test_a_sample_notices_other_sound(self):
        papers = json.loads(self.papers.read_text())
        papers["recipe"] = papers["recipe"].replace('"tone"', '"drums"')
        self.papers.write_text(json.dumps(papers))
        answer = self.stranger("--frames", "3", code=5)
        self.assertEqual(answer["answers"][1]["answer"], "no")
        self.assertIn("sound", " ".join(answer["answers"][1]["words"]))

    def test_damaged_papers_are_called_so(self):
        for text in ("{", "{}", json.dumps(json.loads(self.papers.read_text()) | {"manifest": {"v": 1}})):
            with self.subTest(text[:20]):
                self.papers.write_text(text)
                run = self.run_artdag("verify", self.film, home=self.folder / "stranger")
                self.assertEqual(run.returncode, 6, run.stderr)

    def test_a_lossless_film_is_decoded_and_compared(self):
        self.film = self.folder / "film.mkv"
        self.render(self.document, "--key", "artist", "--encode", "master-ffv1", name="film.mkv")
        papers = self.folder / "film.mkv.provenance.json"
        with self.subTest("another container round the same packets"):
            other = self.folder / "other.mkv"
            artdag.ffmpeg("-i", self.film, "-c", "copy", other)
            other.replace(self.film)
            answer = self.stranger(code=5)
            self.assertEqual([one["answer"] for one in answer["answers"]], ["no", "yes", "yes"])
            answer = self.stranger("--frames", "4", code=5)
            self.assertEqual([one["answer"] for one in answer["answers"]], ["no", "yes", "yes"])
            self.assertEqual(answer["frames_rendered"], 4)
        with self.subTest("a brighter film"):
            artdag.ffmpeg("-i", self.film, "-vf", "lutrgb=r=val+8", "-c:v", "ffv1", "-c:a", "copy", other)
            other.replace(self.film)
            self.assertTrue(papers.exists())
            for frames in ("all", "4"):
                answer = self.stranger("--frames", frames, code=5)
                self.assertEqual([one["answer"] for one in answer["answers"]], ["no", "yes", "no"])
                if frames == "all":
                    self.assertEqual(answer["first_differing_frame"], 0)

    def other_build(self):
        """The papers as another machine's encoder would have made them: signed anew, naming a build that is not here."""
        papers = json.loads(self.papers.read_text())
        papers["manifest"]["infrastructure"]["encoder"] = "libx264 core 1"
        del papers["manifest"]["sig"]
        return papers

    def test_without_the_encoder_the_recorded_likeness_decides(self):
        papers = self.other_build()
        self.papers.write_text(json.dumps(papers))
        # Another container, so that the film's hash says nothing either.
        other = self.folder / "other.mp4"
        artdag.ffmpeg("-i", self.film, "-c", "copy", "-movflags", "+faststart", "-metadata", "title=x", other)
        true = self.film.read_bytes()
        other.replace(self.film)
        for frames in ("all", "5"):
            with self.subTest("true", frames=frames):
                answer = self.stranger("--frames", frames, code=5)
                self.assertEqual([one["answer"] for one in answer["answers"]][1:], ["yes", "yes"])
                self.assertTrue(answer["chunks"])
        with self.subTest("a figure that is 0.2 dB off"):
            lie = json.loads(json.dumps(papers))
            lie["manifest"]["output"]["psnr"] = [f"{float(one) + 0.2:.2f}" for one in papers["manifest"]["output"]["psnr"]]
            self.papers.write_text(json.dumps(lie))
            self.assertEqual(self.stranger(code=5)["answers"][2]["answer"], "no")
        with self.subTest("no figures"):
            lie["manifest"]["output"]["psnr"] = []
            self.papers.write_text(json.dumps(lie))
            answer = self.stranger(code=5)
            self.assertEqual(answer["answers"][2]["answer"], "cannot_tell")
        with self.subTest("one foreign frame"):
            self.papers.write_text(json.dumps(papers))
            self.film.write_bytes(true)
            artdag.ffmpeg("-i", self.film, "-vf", "negate=enable='eq(n,40)'", "-c:v", "libx264", "-crf", "18", "-c:a", "copy", other)
            other.replace(self.film)
            answer = self.stranger(code=5)
            self.assertEqual(answer["answers"][2]["answer"], "no")
        with self.subTest("a film of other pictures, with figures that fit them"):
            artdag.ffmpeg("-i", self.film, "-vf", "negate", "-c:v", "libx264", "-crf", "18", "-c:a", "copy", other)
            other.replace(self.film)
            lie["manifest"]["output"]["psnr"] = [one["psnr"] for one in self.stranger(code=5)["chunks"]]
            self.papers.write_text(json.dumps(lie))
            answer = self.stranger(code=5)
            self.assertEqual(answer["answers"][2]["answer"], "cannot_tell")
            self.assertIn("too lossy to tell", " ".join(answer["answers"][2]["words"]))

    def test_a_differing_frame_is_shown(self):
        other = self.folder / "other.mp4"
        artdag.ffmpeg("-i", self.film, "-vf", "drawbox=x=40:y=40:w=20:h=20:c=red:t=fill:enable='gte(n,12)'", "-c:v", "libx264", "-crf", "1", "-c:a", "copy", other)
        other.replace(self.film)
        pictures = self.folder / "seen"
        answer = self.stranger("--differences", pictures, code=5)
        self.assertIsNotNone(answer["first_differing_frame"])
        self.assertEqual([pathlib.Path(one).name.split("-")[2] for one in answer["differences"]], ["expected.png", "got.png", "difference.png"])
        for one in answer["differences"]:
            self.assertEqual(ffprobe(one, "-show_streams")["streams"][0]["width"], 320)
        run = self.run_artdag("verify", self.film, "--recipe", self.box(), home=self.folder / "stranger")
        self.assertEqual(run.returncode, 5, run.stderr)
        self.assertTrue((self.folder / "film.mp4.differences").is_dir(), "beside the film unless said otherwise")

    def box(self):
        """A recipe of a quicker turn: its frames differ from frame 1."""
        self.document["params"]["speed"]["default"] = 61
        return self.write(self.document, "quicker.artdag")

    def test_what_was_found_can_be_signed_and_checked(self):
        stranger = self.folder / "stranger"
        self.artdag("keys", "make", "critic", home=stranger)
        run = self.run_artdag("verify", self.film, "--frames", "5", "--attest", "--key", "critic", home=stranger)
        self.assertEqual(run.returncode, 0, run.stderr)
        word = self.folder / "word.json"
        word.write_text(run.stdout)
        document = json.loads(run.stdout)["reverification"]
        self.assertEqual((document["result"], document["frames"], document["sound"]), ("match", 60, True))
        self.assertEqual(document["frames_hash"], self.done["frames_hash"])
        third = self.folder / "third"
        for work in ([], [self.film]):
            checked = self.artdag("verify", *work, "--check-attestation", word, home=third)
            self.assertTrue(checked["verified"])
        self.assertEqual(checked["signers"], [one["kid"] for one in document["sig"]])
        with self.subTest("changed"):
            word.write_text(json.dumps(json.loads(run.stdout) | {"reverification": document | {"frames_rendered": 60}}))
            self.assertEqual(self.run_artdag("verify", "--check-attestation", word, home=third).returncode, 5)
        with self.subTest("of another work"):
            word.write_text(run.stdout)
            self.document["params"]["speed"]["default"] = 61
            self.render(self.document, "--key", "artist", name="other.mp4")
            self.assertEqual(self.run_artdag("verify", self.folder / "other.mp4", "--check-attestation", word, home=third).returncode, 5)
        with self.subTest("damaged"):
            word.write_text(run.stdout[:100])
            self.assertEqual(self.run_artdag("verify", "--check-attestation", word, home=third).returncode, 6)
        with self.subTest("a No is signed as a No"):
            answer = self.stranger("--recipe", self.box(), "--attest", "--key", "critic", code=5)
            self.assertEqual(answer["attestation"]["reverification"]["result"], "differs")

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
