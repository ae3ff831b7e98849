# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the real `artdag` in a home of its own, and makes the media and recipes that the tests need."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

BIN = pathlib.Path(os.environ["ARTDAG_BIN"])
SOURCE = pathlib.Path(os.environ["ARTDAG_SOURCE"])
SAMPLES = SOURCE / "resources" / "recipes"
sys.path.insert(0, str(SOURCE / "tests" / "support"))


def ffmpeg(*arguments, **options):
    return subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, arguments)], check=True, capture_output=True, **options).stdout


def ffprobe(film, *arguments):
    return json.loads(subprocess.run(["ffprobe", "-v", "error", "-of", "json", *arguments, str(film)], check=True, capture_output=True).stdout)


def recipe(nodes, picture=None, sound=None, canvas=None, **members):
    """A recipe with one output `main`."""
    document = {"artdag": 1, "title": members.pop("title", "Test"),
                "canvas": {"width": 320, "height": 180, "rate": [30, 1], "sampleRate": 48000, "duration": 2.0} | (canvas or {})}
    output = {"encode": members.pop("encode", "share-h264")}
    if picture:
        output["picture"] = picture
    if sound:
        output["sound"] = sound
    return document | members | {"nodes": nodes, "outputs": {"main": output}}


class Case(unittest.TestCase):
    """A test with a folder and a home that end with it."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="artdag-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.home = self.folder / "home"

    def run_artdag(self, *arguments, home=None, env=None, **options):
        environment = os.environ | {"DBUS_SESSION_BUS_ADDRESS": "disabled:", "ARTDAG_HOME": str(home or self.home), "ARTDAG_KEY_PASSPHRASE": "correct horse"} | (env or {})
        return subprocess.run([str(BIN / "artdag"), *map(str, arguments)], capture_output=True, text=True, env=environment, **{"timeout": 600} | options)

    def artdag(self, *arguments, **options):
        """The JSON answer of a command that must succeed."""
        run = self.run_artdag(*arguments, "--json", **options)
        self.assertEqual(run.returncode, 0, run.stderr + run.stdout)
        return json.loads(run.stdout)

    def write(self, document, name="recipe.artdag"):
        path = self.folder / name
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        return path

    def render(self, document, *arguments, name="film.mp4", **options):
        path = document if isinstance(document, pathlib.Path) else self.write(document, name + ".artdag")
        return self.artdag("render", path, "-o", self.folder / name, *arguments, **options)


def frame(film, number, width, height, pixels="rgb24"):
    """The bytes of one decoded frame."""
    return ffmpeg("-i", film, "-vf", f"select=eq(n\\,{number})", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", pixels, "-s", f"{width}x{height}", "-")
