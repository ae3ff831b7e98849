#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole story: a key and a login in a keychain, a renderer attached, a film rendered there, checked here and published, a follower
elsewhere who gets it, and a stranger who verifies what that follower was given."""
import json
import sqlite3
import unittest
import urllib.request

import artdag
from fediverse_test import until
from story_world import World


def read(url):
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": "application/json, */*"}), timeout=30) as answer:
        return answer.read()


class Story(artdag.Case):
    def test_from_the_keychain_to_a_strangers_check(self):
        world = World(self)
        world.register()
        world.follow()

        with self.subTest("the login is in the keychain, and nowhere else"):
            self.assertEqual(world.log_in()["kept"], "keychain")
            kept = json.loads((world.home / "accounts.json").read_text())
            self.assertEqual(kept["accounts"][world.near_l2.url]["kept"], "keychain")
            self.assertNotIn("token", (world.home / "accounts.json").read_text())
        key = world.do("keys", "make")

        with self.subTest("a renderer is attached by the login, and before that does nothing"):
            recipe = world.recipe("Grain")
            film = world.home / "grain.mp4"
            code, _, words = world.run("render", recipe, "--on", world.near_l1.url, "-o", film)
            self.assertEqual(code, 3, words)
            self.assertIn("artdag attach " + world.near_l1.url, words)
            self.assertEqual(world.counts()["runs at L1"], 0)
            self.assertTrue(world.do("attach", world.near_l1.url)["attached"])

        there = world.do("render", recipe, "--on", world.near_l1.url, "-o", film)
        self.assertEqual((there["verified"], there["frames_checked"] >= 5), (True, True), there)
        renderer = json.loads(read(world.near_l1.url + "/auth/instance"))
        manifest = json.loads((world.home / "grain.mp4.provenance.json").read_text())["manifest"]
        self.assertEqual([one["kid"] for one in manifest["sig"]], [renderer["kid"]], "who rendered signs")
        self.assertGreater(film.stat().st_size, 1 << 20)
        local = world.do("verify", film)
        self.assertEqual((local["verified"], local["frames_rendered"]), (True, 60))

        with self.subTest("it is kept: the Studio lists it with the papers of who rendered"):
            self.assertEqual(world.do("keep", film)["id"], world.do("keep", film)["id"], "once")
            listed = sqlite3.connect(world.home / "studio" / "gallery.sqlite")
            self.assertEqual(listed.execute("SELECT title, film, provenance, mark, seconds FROM renders").fetchall(), [("Grain", str(film), str(film) + ".provenance.json", "kept", 2.0)])
            listed.close()

        work = world.do("publish", film, "--title", "Grain", "--alt", "Grain over a gradient")
        self.assertEqual(work["proof"], "creator_signed")
        asset = json.loads(read(work["asset"]))
        self.assertEqual(asset["provenance"]["l1_server"], world.near_l1.url)
        claim = json.loads(read(work["asset"] + "/claim"))
        self.assertEqual([one["kid"] for one in claim["sig"]], [key["kid"]], "who publishes signs")

        with self.subTest("what it takes to check a few frames only went along"):
            self.assertEqual(len(read(world.near_l2.url + "/media/" + manifest["output"]["frame_digests"].removeprefix("sha3-256:"))) % 32, 0)

        with self.subTest("the follower has the note with the film"):
            note = until(lambda: world.peer.kept(work["object"]))
            self.assertTrue(note, "nothing came")
            (attached,) = note["attachments"]
            self.assertEqual((attached["mediaType"], attached["name"]), ("video/mp4", "Grain over a gradient"))
            self.assertEqual(read(attached["url"]), film.read_bytes())

        with self.subTest("a stranger verifies what the follower stored"):
            code, answer, words = world.stranger(note["url"])
            self.assertEqual(code, 0, words)
            self.assertEqual((answer["verified"], answer["frames_rendered"], answer["cache_reads"], answer["frames_hash"]), (True, 60, 0, there["frames_hash"]))

        with self.subTest("everything is there once"):
            self.assertEqual(set(world.counts().values()), {1}, world.counts())

        with self.subTest("a renderer that was detached does nothing more"):
            self.assertEqual(world.do("detach", world.near_l1.url)["told"], True)
            self.assertEqual(world.run("render", world.recipe("More", seed=2), "--on", world.near_l1.url, "-o", world.home / "more.mp4")[0], 3)
            self.assertEqual(world.counts()["runs at L1"], 1)


if __name__ == "__main__":
    unittest.main()
