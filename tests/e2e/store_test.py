#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store from a shell: looked at, tidied, checked, carried to another computer."""
import json
import unittest

import artdag
from artdag import recipe


class StoreCommands(artdag.Case):
    def store(self, *arguments, **options):
        return self.artdag("store", *arguments, **options)

    def code(self, *arguments, **options):
        run = self.run_artdag("store", *arguments, **options)
        return run.returncode, run.stderr

    def objects(self, home=None):
        return sorted(path for path in ((home or self.home) / "store" / "objects").rglob("*") if path.is_file())

    def file_of(self, content_id):
        digits = content_id.removeprefix("sha3-256:")
        return self.home / "store" / "objects" / digits[:2] / digits[2:]

    def picture(self, name="picture.png", colour="red"):
        artdag.ffmpeg("-f", "lavfi", "-i", f"color={colour}:s=64x48", "-frames:v", "1", self.folder / name)
        return self.folder / name

    def film(self):
        clip = self.store("import", self.picture())["content_hash"]
        document = recipe({"same": {"effect": "identity", "in": {"picture": "still"}}}, "same", canvas={"width": 64, "height": 48, "duration": 0.5},
                          inputs={"still": {"media": "media", "default": clip}})
        self.render(document)
        return self.folder / "film.mp4", clip

    def test_a_film_and_all_it_needs_are_carried_to_another_computer(self):
        film, clip = self.film()
        out = self.folder / "stick"
        self.assertGreaterEqual(self.store("export", film, "--to", out)["objects"], 3)
        self.assertEqual(self.code("export", film, "--to", out)[0], 8)
        other = self.folder / "other"
        self.assertIn(clip, self.store("import", out, home=other)["objects"])
        verified = self.artdag("verify", out / "works" / "film.mp4", home=other)
        self.assertTrue(verified["verified"])

    def test_a_damaged_export_is_refused(self):
        film, clip = self.film()
        out = self.folder / "stick"
        self.store("export", film, "--to", out)
        damaged = out / "objects" / clip[9:11] / clip[11:]
        damaged.chmod(0o644)
        damaged.write_bytes(damaged.read_bytes()[:-1] + b"!")
        code, words = self.code("import", out, home=self.folder / "other")
        self.assertEqual(code, 6)
        self.assertIn(clip, words)

    def test_fsck_names_damage_by_exit_code_and_id(self):
        clip = self.store("import", self.picture())["content_hash"]
        self.assertTrue(self.store("fsck")["ok"])
        self.assertTrue(self.store("fsck", "--part", "0.001")["ok"])
        damaged = self.file_of(clip)
        damaged.chmod(0o644)
        damaged.write_bytes(b"?" + damaged.read_bytes()[1:])
        run = self.run_artdag("store", "fsck", "--json")
        self.assertEqual(run.returncode, 6)
        self.assertEqual(json.loads(run.stdout)["damaged"], [clip])
        self.assertTrue(self.store("fsck")["ok"])

    def test_renders_go_and_come_back_and_pins_stay(self):
        film, _ = self.film()
        before = self.store("stats")
        self.assertGreater(before["renders"], 0)
        self.assertGreater(before["actions"], 0)
        self.assertEqual(self.store("gc", "--limit", "0")["freed"], before["render_bytes"])
        after = self.store("stats")
        self.assertEqual((after["renders"], after["trash_bytes"]), (0, before["render_bytes"]))
        self.store("gc"), self.store("gc")
        self.assertEqual(self.store("stats")["trash_bytes"], 0)
        self.render(self.folder / "film.mp4.artdag")
        ids = ["sha3-256:" + path.parent.name + path.name for path in self.objects()]
        self.store("pin", *ids)
        self.assertEqual(len(self.store("stats")["roots"]), len(ids))
        self.assertEqual(self.store("gc", "--limit", "0")["freed"], 0)
        self.store("unpin", *ids)
        self.assertEqual(self.store("gc", "--limit", "0")["freed"], before["render_bytes"])

    def test_a_lost_index_keeps_pins_and_hits(self):
        self.film()
        ids = ["sha3-256:" + path.parent.name + path.name for path in self.objects()]
        self.store("pin", ids[0])
        before = self.store("stats")
        (self.home / "store" / "index.sqlite").unlink()
        self.assertEqual(self.store("stats"), before)

    def test_a_limit_is_kept_and_wrong_usage_is_told_apart(self):
        self.assertEqual(self.store("limit")["limit_bytes"], 0)
        self.store("limit", "0.5")
        self.assertEqual(self.store("limit")["limit_bytes"], 500_000_000)
        self.assertEqual(self.code("pin", "sha3-256:" + "ab" * 32)[0], 3)
        self.assertEqual(self.code("pin", "../../etc/passwd")[0], 1)
        self.assertEqual(self.code("export", self.folder / "nothing.mp4", "--to", self.folder / "x")[0], 3)
        self.assertEqual(self.code("import", self.folder)[0], 3)
        self.assertEqual(self.code("gc", "--limit", "-1")[0], 2)
        self.assertEqual(self.code("relink", self.folder)[0], 0)

    def test_help_says_what_to_do(self):
        for command in ("stats", "gc", "fsck", "limit", "pin", "unpin", "relink", "export", "import"):
            run = self.run_artdag("store", command, "--help")
            self.assertEqual(run.returncode, 0)
            self.assertGreater(len(run.stdout.splitlines()), 5, run.stdout)


if __name__ == "__main__":
    unittest.main()
