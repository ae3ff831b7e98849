#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The story with something going wrong at each step: networks cut, servers killed, the keychain locked. Every step is done again as a person would
who was told what to do; afterwards posts, files and runs are there once, and what was said along the way can be understood.

By itself it goes one lap with five faults; as `soak_story` (ARTDAG_SOAK) a lap for each fault, and one with all of them."""
import os
import re
import unittest

import artdag
from fediverse_test import until
from story_world import World, on

UNCLEAR = re.compile(r"errno|\bE[A-Z]{3,}\b|std::|[Ee]xception|[Aa]ssert|0x[0-9a-f]|nullptr|\bcurl\b|\{|\n.*\n.*\n")


class Faults(artdag.Case):
    def setUp(self):
        super().setUp()
        self.world = World(self)
        self.world.register()
        self.world.follow()
        self.world.log_in()
        self.world.do("keys", "make")
        self.silent_l1 = rf"renderer {re.escape(self.world.near_l1.url)}: it does not answer \(.+\)\. .*online.*do the same again"
        self.silent_l2 = rf"server {re.escape(self.world.near_l2.url)}: it does not answer \(.+\)\. .*online.*do the same again"
        self.locked = r"keychain.*unlock the keychain"

    # -- what goes wrong: how it begins, how it ends, what is said of it

    def cut(self, network, words):
        return network.cut, network.mend, words

    def lock(self):
        return self.world.keyring.lock, self.world.keyring.unlock_again, self.locked

    def when(self, network, words, sent=None, answered=None, server=None):
        """Bytes of a network looked at until the fault; then their connection is lost, or the server killed."""
        def begin():
            network.sent, network.answered = sent, answered

        def end():
            network.mend()
            if server is not None:
                self.assertIsNotNone(server.process.poll(), "the server was to be killed meanwhile, and was not")
                self.world.revive(server)
        return begin, end, words

    @staticmethod
    def later(text, count, then):
        """When a request came `count` times: its bytes are lost."""
        seen = []

        def look(data):
            if text in data:
                seen.append(True)
            if len(seen) == count:
                then()
            return len(seen) >= count
        return look

    @staticmethod
    def midway(text, size, then):
        """When `size` bytes went after a request began."""
        gone = []

        def look(data):
            if gone or text in data:
                gone.append(len(data))
            if gone and gone[0] >= 0 and sum(gone) > size:
                gone[:] = [-1]
                then()
            return gone[:1] == [-1]
        return look

    @staticmethod
    def unanswered(text, size=0, then=lambda: None):
        """Looks at what is sent and at what is answered: once a request went, its answer is lost, from byte `size` on."""
        asked, came = [], []

        def sent(data):
            if text in data:
                asked.append(True)
            return False

        def answered(data):
            if asked:
                came.append(len(data))
            if sum(came) > size and asked != ["told"]:
                asked[:] = ["told"]
                then()
            return asked == ["told"]
        return {"sent": sent, "answered": answered}

    def faults(self):
        world = self.world
        l1, l2 = world.near_l1, world.near_l2

        def kill(server):
            return lambda: world.kill(server)

        def nothing():
            pass
        return {
            "attach": {
                "the keychain is locked": self.lock(),
                "no network to the renderer": self.cut(l1, self.silent_l1),
                "no network to the server": self.cut(l2, self.silent_l2),
                "the code is lost": self.when(l1, self.silent_l1, sent=on(b"GET /auth?auth_token=", nothing)),
            },
            "render": {
                "the keychain is locked": self.lock(),
                "no network to the renderer": self.cut(l1, self.silent_l1),
                "no network to the server": self.cut(l2, self.silent_l2),
                "the answer to the run is lost": self.when(l1, self.silent_l1, **self.unanswered(b"POST /runs HTTP")),
                "L1 is killed while it renders": self.when(l1, self.silent_l1, sent=self.later(b"GET /runs/", 2, kill(world.l1)), server=world.l1),
                "the film is cut off on its way": self.when(l1, self.silent_l1, **self.unanswered(b"GET /cache/", 300_000)),
            },
            "publish": {
                "the keychain is locked": self.lock(),
                "no network": self.cut(l2, self.silent_l2),
                "L2 is killed while it is sent the film": self.when(l2, self.silent_l2, sent=self.midway(b"PATCH /media/uploads/", 400_000, kill(world.l2)), server=world.l2),
                "L2 is killed between film and post": self.when(l2, self.silent_l2, sent=on(b"POST /assets HTTP", kill(world.l2)), server=world.l2),
                "the answer to the post is lost": self.when(l2, self.silent_l2, **self.unanswered(b"POST /assets HTTP")),
                "L2 is killed with the answer to the post": self.when(l2, self.silent_l2, **self.unanswered(b"POST /assets HTTP", 0, kill(world.l2)), server=world.l2),
            },
            "stranger": {"no network": self.cut(l2, self.silent_l2)},
        }

    # -- a lap

    def step(self, name, do, faults):
        """A step that fails by each fault, is understood, and then done: its answer."""
        for fault, (begin, end, words) in faults.items():
            with self.subTest(step=name, fault=fault):
                begin()
                code, _, said = do()
                end()
                self.assertNotIn(code, (0, 70), f"{name}: it went well although {fault}\n{said}")
                self.assertRegex(said, words)
                self.assertNotRegex(said.strip(), UNCLEAR)
                self.assertLess(len(said), 600, said)
        code, answer, said = do()
        self.assertEqual(code, 0, f"{name}, done again: {said}")
        return answer

    def lap(self, number, faults):
        """One film from recipe to follower and stranger; `faults` are those of each step."""
        world = self.world
        before = world.counts()
        film = world.home / f"film{number}.mp4"
        recipe = world.recipe(f"Film {number}", seed=number)
        self.step("attach", lambda: world.run("attach", world.near_l1.url), faults.get("attach", {}))
        there = self.step("render", lambda: world.run("render", recipe, "--on", world.near_l1.url, "-o", film, "--check", 2), faults.get("render", {}))
        self.assertTrue(there["verified"])
        work = self.step("publish", lambda: world.run("publish", film, "--title", f"Film {number}", "--alt", "Grain"), faults.get("publish", {}))
        note = until(lambda: world.peer.kept(work["object"]), 60)
        self.assertTrue(note, "nothing came to the follower")
        answer = self.step("stranger", lambda: world.stranger(note["url"]), faults.get("stranger", {}))
        self.assertEqual((answer["verified"], answer["frames_hash"]), (True, there["frames_hash"]))
        for what, count in world.counts().items():
            self.assertEqual(count - before[what], 1, f"{what}: {count - before[what]} and not one, after {[list(one) for one in faults.values()]}")

    def test_laps(self):
        every = self.faults()
        if not os.environ.get("ARTDAG_SOAK"):
            self.lap(1, {"attach": {"the keychain is locked": every["attach"]["the keychain is locked"]},
                         "render": {name: every["render"][name] for name in ("L1 is killed while it renders",)},
                         "publish": {name: every["publish"][name] for name in ("L2 is killed while it is sent the film", "L2 is killed between film and post", "the answer to the post is lost")}})
            return
        laps = [{step: {name: fault}} for step, faults in every.items() for name, fault in faults.items()] + [every]
        for number, faults in enumerate(laps, 1):
            self.lap(number, {step: {name: self.faults()[step][name] for name in names} for step, names in faults.items()})  # looks are good once


if __name__ == "__main__":
    unittest.main()
