#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""FFmpeg and what it brings are loaded by the command that decodes or encodes, and by no other."""
import json
import unittest

import artdag
from artdag import recipe

LATE = ("libavcodec", "libavformat", "librsvg", "libcurl")


class Start(artdag.Case):
    def setUp(self):
        super().setUp()
        self.path = self.write(recipe({"a": {"effect": "noise"}}, "a", canvas={"duration": 0.2}, encode="master-ffv1"))

    def started(self, *arguments, **environment):
        """The libraries of LATE that a command loads, as the loader itself tells, and the run."""
        run = self.run_artdag(*arguments, env={"LD_DEBUG": "files", "LD_DEBUG_OUTPUT": str(self.folder / "loader")} | environment)
        told = "".join(path.read_text() for path in self.folder.glob("loader.*"))
        for path in self.folder.glob("loader.*"):
            path.unlink()
        self.assertIn("libcrypto", told, "the loader's words were not caught")
        return {name for name in LATE if f"file={name}" in told}, run

    def film(self, **environment):
        loaded, run = self.started("render", self.path, "-o", self.folder / "film.mkv", "--json", **environment)
        self.assertEqual(run.returncode, 0, run.stderr)
        return loaded, json.loads(run.stdout)["frames_hash"]

    def test_what_does_not_decode_loads_nothing(self):
        for command in (("--version",), ("effects",), ("check", self.path), ("store", "stats")):
            self.assertEqual(self.started(*command)[0], set(), command)

    def test_a_film_that_is_known_is_given_without_ffmpeg(self):
        first, one = self.film()
        self.assertIn("libavcodec", first)
        again, same = self.film()
        self.assertEqual((again, same), (set(), one))

    def test_other_libraries_are_asked_again(self):
        self.film()
        kept = self.home / "builds.json"
        document = json.loads(kept.read_text())
        stamp = next(stamp for stamp in document["files"] if "libavcodec" in stamp[0])
        stamp[1] += 1  # as if an update had put another file there
        document["answers"]["mux"] = "stale"
        kept.write_text(json.dumps(document))
        self.assertIn("libavcodec", self.film()[0])
        self.assertNotEqual(json.loads(kept.read_text())["answers"]["mux"], "stale")
        self.assertEqual(self.film()[0], set())
        self.assertIn("libavcodec", self.film(LD_LIBRARY_PATH="/nonexistent")[0])  # where others might be found

    def test_a_damaged_file_of_builds_costs_time_only(self):
        _, one = self.film()
        for text in ("", "{", "[]", '{"files": [[]], "answers": 3}', '{"files": 1}'):
            (self.home / "builds.json").write_text(text)
            self.assertEqual(self.film()[1], one)

    def test_a_library_that_is_missing_is_named(self):
        broken = self.folder / "broken"
        broken.mkdir()
        (broken / "libavcodec.so.59").write_text("no library")
        run = self.started("render", self.path, "-o", self.folder / "film.mkv", LD_LIBRARY_PATH=str(broken))[1]
        self.assertEqual(run.returncode, 4)
        self.assertRegex(run.stderr, r"artdag: \w+ of the library libav\w+\.so\.\d+ is not to be had \(.*\): install the package")
        self.assertFalse((self.folder / "film.mkv").exists())


if __name__ == "__main__":
    unittest.main()
