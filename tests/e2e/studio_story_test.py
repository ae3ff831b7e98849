#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole story with the Studio in it, every part a process: hands in its window (tests/ui/studio_story.cpp) log in, attach a renderer, render
there, check, keep and publish, with the key in a keychain; the follower gets it, and a stranger verifies what the follower stored."""
import json
import os
import pathlib
import subprocess
import unittest

import artdag
from fediverse_test import until
from story_world import World


class StudioStory(artdag.Case):
    def hands(self, world, recipe):
        """What they tell of their work, once it is done. The browser that the Studio opens is this test."""
        opened = self.folder / "opened"
        browser = self.folder / "xdg-open"  # which the desktop has for it
        browser.write_text(f'#!/bin/sh\nprintf %s "$1" >{opened}.part && mv {opened}.part {opened}\n')
        browser.chmod(0o755)
        told = self.folder / "told.json"
        environment = os.environ | {
            "HOME": str(world.home), "ARTDAG_HOME": str(world.home), "ARTDAG_FILMS": str(world.home / "films"), "DBUS_SESSION_BUS_ADDRESS": world.keyring.address,
            "PATH": f"{self.folder}:{os.environ['PATH']}", "QT_QPA_PLATFORM": "xcb", "ARTDAG_STORY": json.dumps({"recipe": str(recipe), "server": world.near_l2.url, "renderer": world.near_l1.url, "told": str(told)})}
        environment.pop("ARTDAG_KEY_PASSPHRASE", None)
        with subprocess.Popen(["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", str(artdag.BIN.parent / "tests" / "studio_story")], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, cwd=world.home) as studio:
            if until(lambda: opened.exists() or studio.poll() is not None, 60) and opened.exists():
                world.allow(opened.read_text())
            words, _ = studio.communicate(timeout=600)
        self.assertEqual(studio.returncode, 0, words)
        return json.loads(told.read_text())

    def test_by_hands_from_an_address_to_a_strangers_check(self):
        world = World(self)
        world.register()
        world.follow()
        told = self.hands(world, world.recipe("Grain"))
        world.login_is_in_the_keychain()
        film = pathlib.Path(told["film"])
        manifest = world.kept_with_papers(film)
        world.arrived(told["page"].replace("/asset/", "/assets/"), film, manifest, told["kid"], "Grain by hand", "Grain over a gradient")


if __name__ == "__main__":
    unittest.main()
