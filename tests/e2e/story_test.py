#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole story: a key and a login in a keychain, a renderer attached, a film rendered there, checked here and published, a follower
elsewhere who gets it, and a stranger who verifies what that follower was given."""
import unittest

import artdag
from story_world import World


class Story(artdag.Case):
    def test_from_the_keychain_to_a_strangers_check(self):
        world = World(self)
        world.register()
        world.follow()

        self.assertEqual(world.log_in()["kept"], "keychain")
        world.login_is_in_the_keychain()
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
        self.assertGreater(film.stat().st_size, 1 << 20)
        local = world.do("verify", film)
        self.assertEqual((local["verified"], local["frames_rendered"]), (True, 60))
        self.assertEqual(world.do("keep", film)["id"], world.do("keep", film)["id"], "once")
        manifest = world.kept_with_papers(film)
        self.assertEqual(manifest["output"]["frames_hash"], there["frames_hash"])

        work = world.do("publish", film, "--title", "Grain", "--alt", "Grain over a gradient")
        world.arrived(work["asset"], film, manifest, key["kid"], "Grain", "Grain over a gradient")

        with self.subTest("a renderer that was detached does nothing more"):
            self.assertEqual(world.do("detach", world.near_l1.url)["told"], True)
            self.assertEqual(world.run("render", world.recipe("More", seed=2), "--on", world.near_l1.url, "-o", world.home / "more.mp4")[0], 3)
            self.assertEqual(world.counts()["runs at L1"], 1)


if __name__ == "__main__":
    unittest.main()
