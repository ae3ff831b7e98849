#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a key after it was made: a copy with another passphrase, brought back; a new one in its place, here and at the server; revoked."""
import json
import pathlib
import stat
import unittest

import artdag
import publish_test

COPY = {"ARTDAG_BACKUP_PASSPHRASE": "for the copy"}


class Keys(artdag.Case):
    room = url = None
    setUpClass = publish_test.Publish.__dict__["setUpClass"]
    tearDownClass = publish_test.Publish.__dict__["tearDownClass"]

    def code(self, *arguments, **options):
        run = self.run_artdag(*arguments, **options)
        self.assertNotIn("correct horse", run.stderr)
        return run.returncode

    def registered(self, user):
        """kid → when it was revoked, as anybody is told."""
        return {one["kid"]: one["revoked_at"] for one in json.loads(publish_test.get(f"{self.url}/users/{user}/keys", "application/json")[1])["keys"]}

    def film(self, name, seed):
        document = artdag.recipe({"noise": {"effect": "noise", "args": {"seed": seed}}}, "noise", canvas={"duration": 0.5}, title=name)
        self.artdag("render", self.write(document), "--key", "default", "-o", self.folder / f"{name}.mp4")
        return self.folder / f"{name}.mp4"

    def test_a_copy_brings_a_lost_key_back(self):
        key = self.artdag("keys", "make", "mine")
        stick = self.folder / "stick"
        copy = self.artdag("keys", "backup", "mine", "--to", stick, env=COPY)
        self.assertEqual((copy["kid"], copy["file"]), (key["kid"], str(stick / "mine.key")))
        self.assertEqual(stat.S_IMODE((stick / "mine.key").stat().st_mode), 0o600)
        self.assertNotEqual((stick / "mine.key").read_bytes(), (self.home / "keys" / "mine.key").read_bytes())
        self.assertEqual(self.code("keys", "backup", "mine", "--to", stick, env=COPY), 8, "nothing is written over")
        self.assertEqual(self.code("keys", "restore", stick / "mine.key", "--as", "mine", env=COPY), 8, "nor here")
        self.artdag_removes("mine")
        (stick / "mine.key").chmod(0o644)  # a disk that knows no modes
        self.assertEqual(self.code("keys", "restore", stick / "mine.key", "--as", "mine", env={"ARTDAG_BACKUP_PASSPHRASE": "correct horse"}), 7)
        self.assertEqual(self.artdag("keys", "restore", stick / "mine.key", "--as", "mine", env=COPY)["kid"], key["kid"])
        self.assertEqual(self.artdag("keys", "show", "mine")["kid"], key["kid"], "under the passphrase of this machine")
        changed = bytearray((stick / "mine.key").read_bytes())
        changed[60] ^= 1
        (stick / "mine.key").write_bytes(changed)
        self.assertEqual(self.code("keys", "restore", stick / "mine.key", "--as", "other", env=COPY), 7)
        self.assertEqual(self.code("keys", "restore", self.folder / "nothing.key", env=COPY), 3)
        self.assertEqual(self.artdag("keys", "list")["keys"], ["mine"])

    def artdag_removes(self, name):
        self.assertEqual(self.code("keys", "remove", name), 0)

    def test_a_new_key_takes_the_place_of_the_old_one(self):
        old = self.artdag("keys", "make")["kid"]
        self.assertEqual(self.artdag("keys", "rotate")["registered"], False, "nobody is logged in")
        old = self.artdag("keys", "show")["kid"]
        self.artdag("login", self.url, "--user", "rosa", "--register", env={"ARTDAG_PASSWORD": "a long enough password 1"})
        before, unpublished, foreign = self.film("before", 1), self.film("late", 2), self.film("changed", 4)
        work = self.artdag("publish", before, "--title", "Before", "--alt", "Noise")
        self.assertEqual(self.registered("rosa"), {old: None})
        told = self.artdag("keys", "rotate")
        self.assertEqual((told["retired_kid"], told["registered"], told["revoked"]), (old, True, True))
        self.assertEqual(self.artdag("keys", "show", told["retired"])["kid"], old, "the old one stays here")
        after = self.registered("rosa")
        self.assertEqual((set(after), after[told["kid"]]), ({old, told["kid"]}, None))
        self.assertIsNotNone(after[old])
        with self.subTest("what the old one signed stays good; it signs nothing more"):
            self.artdag("verify", work["page"], home=self.folder / "stranger")
            self.assertNotEqual(self.code("publish", unpublished, "--title", "Late", "--alt", "Noise", "--key", told["retired"]), 0)
        with self.subTest("what the old one signed and nobody has seen yet is signed by the new one, unless it was changed"):
            late = self.artdag("publish", unpublished, "--title", "Late", "--alt", "Noise")
            self.assertEqual(late["proof"], "creator_signed")
            self.artdag("verify", late["page"], home=self.folder / "stranger")
            papers = pathlib.Path(str(foreign) + ".provenance.json")
            document = json.loads(papers.read_text())
            document["manifest"]["created_at"] = "2020-01-01T00:00:00Z"
            papers.write_text(json.dumps(document))
            refused = self.run_artdag("publish", foreign, "--title", "Changed", "--alt", "Noise")
            self.assertEqual(refused.returncode, 7, refused.stderr)
            self.assertIn(f"signature of {old}: does not match", refused.stderr)
        with self.subTest("a work of the old one is changed with the new one"):
            self.artdag("publish", "--update", work["page"], "--title", "Before all")
            self.artdag("verify", work["page"], home=self.folder / "stranger")
        with self.subTest("the new one signs"):
            self.assertEqual(self.artdag("publish", self.film("after", 3), "--title", "After", "--alt", "Noise")["proof"], "creator_signed")
        with self.subTest("who is logged in is told"):
            [account] = self.artdag("accounts", self.url)["accounts"]
            self.assertEqual((account["server"], account["current"]), (self.url, True))
            self.assertEqual(self.code("accounts", "http://127.0.0.1:1"), 3)
        with self.subTest("a lost one is revoked by its id"):
            self.assertEqual(self.artdag("keys", "revoke", told["kid"])["revoked"], True)
            self.assertIsNotNone(self.registered("rosa")[told["kid"]])
            self.assertEqual(self.code("keys", "revoke", "sha3-256:" + "0" * 64), 3)

    def test_a_server_that_does_not_answer_changes_nothing(self):
        key = self.artdag("keys", "make")["kid"]
        self.artdag("login", self.url, "--user", "nina", "--register", env={"ARTDAG_PASSWORD": "a long enough password 1"})
        accounts = self.home / "accounts.json"
        accounts.write_text(accounts.read_text().replace(f":{self.port}", ":1"))
        self.assertEqual(self.code("keys", "rotate"), 4)
        self.assertEqual((self.artdag("keys", "show")["kid"], self.artdag("keys", "list")["keys"]), (key, ["default"]))


if __name__ == "__main__":
    unittest.main()
