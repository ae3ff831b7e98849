#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad recipes and wrong usage: every mistake named, the right exit code, no crash."""
import json
import re
import unittest

import artdag
from artdag import recipe


class Check(artdag.Case):
    def problems(self, text):
        run = self.run_artdag("check", self.write(text), "--json")
        self.assertEqual(run.returncode, 1, run.stderr)
        answer = json.loads(run.stdout)
        self.assertFalse(answer["ok"])
        self.assertTrue(answer["problems"])
        for problem in answer["problems"]:
            self.assertEqual(set(problem), {"severity", "pointer", "line", "column", "message", "hint"})
        return answer["problems"]

    def one(self, document, pointer, *words):
        problems = [problem for problem in self.problems(document) if problem["severity"] == "error"]
        found = [problem for problem in problems if problem["pointer"] == pointer]
        self.assertTrue(found, f"nothing at {pointer} in {problems}")
        text = " ".join(problem["message"] + " " + problem["hint"] for problem in found)
        for word in words:
            self.assertIn(word, text)
        self.assertGreater(found[0]["line"], 0)
        return problems

    def test_every_mistake_is_named_at_once(self):
        document = recipe({"a": {"effect": "rotat", "in": {"picture": "nowhere"}},
                           "b": {"effect": "blur", "in": {"picture": "c"}, "args": {"radius": -3}},
                           "c": {"effect": "blur", "in": {"picture": "b"}, "args": {"radius": "wide", "sigmo": 1}}}, "c")
        problems = self.one(document, "/nodes/a/effect", "rotat", "rotate")
        self.assertGreaterEqual(len(problems), 5, problems)
        self.one(document, "/nodes/b/args/radius", "radius", "-3")
        self.one(document, "/nodes/c/args/radius", "radius")

    def test_cycles_are_named_by_their_nodes(self):
        document = recipe({"a": {"effect": "blur", "in": {"picture": "b"}}, "b": {"effect": "blur", "in": {"picture": "a"}}}, "a")
        text = json.dumps(self.problems(document))
        self.assertIn("cycle", text.lower() if "cycle" in text.lower() else text.lower().replace("circle", "cycle"))

    def test_texts_that_are_no_recipes(self):
        deep = "[" * 5_000_000 + "]" * 5_000_000
        for name, text in {"nothing": "", "list": "[]", "nan": '{"artdag": 1, "canvas": {"duration": NaN}}', "deep": deep, "cut": '{"artdag": 1, "nodes": {"a": {"effect": "so',
                           "twice": '{"artdag": 1, "nodes": {"a": {"effect": "solid"}, "a": {"effect": "solid"}}}', "huge": '{"artdag": 1, "canvas": {"width": 1e999}}'}.items():
            with self.subTest(name):
                self.problems(text)

    def test_an_older_recipe_is_imported_and_checks(self):
        old = self.folder / "cat.yaml"
        old.write_text("name: cat\ndag:\n  nodes:\n    - {id: a, type: SOURCE, config: {path: cat.mp4}}\n    - {id: b, type: EFFECT, config: {effect: blur, radius: 3, foo: 1}, inputs: [a]}\n  output: b\n")
        run = self.run_artdag("import", old, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        answer = json.loads(run.stdout)
        self.assertEqual([note["line"] for note in answer["notes"]], [4, 5, 6])
        self.assertIn(f"{old}:5:7: warning: node 'b': \"foo\" 1 has no counterpart in the effect 'blur'", run.stderr)
        still = self.folder / "still.png"
        artdag.ffmpeg("-f", "lavfi", "-i", "color=red:s=32x32", "-frames:v", "1", still)
        check = self.run_artdag("check", self.folder / "cat.artdag", "--input", f"a={still}")
        self.assertEqual(check.returncode, 0, check.stderr)
        self.assertEqual(self.run_artdag("import", old).returncode, 8, "a recipe would have been overwritten")
        old.write_text("a: [")
        broken = self.run_artdag("import", old, "-o", self.folder / "x.artdag")
        self.assertEqual(broken.returncode, 1)
        self.assertRegex(broken.stderr, "line 1, column|line 2, column")

    def test_invalid_utf8_is_refused(self):
        path = self.folder / "latin.artdag"
        path.write_bytes(b'{"artdag": 1, "title": "caf\xe9"}')
        self.assertEqual(self.run_artdag("check", path).returncode, 1)

    def test_missing_media_is_refused_with_a_remedy(self):
        document = recipe({"same": {"effect": "identity", "in": {"picture": "clip"}}}, "same", inputs={"clip": {"media": "media", "default": "sha3-256:" + "ab" * 32}})
        run = self.run_artdag("render", self.write(document), "-o", self.folder / "x.mp4")
        self.assertEqual(run.returncode, 3, run.stderr)
        self.assertIn("--input", run.stderr)
        self.assertFalse((self.folder / "x.mp4").exists())

    def test_exit_codes(self):
        self.assertEqual(self.run_artdag("render").returncode, 2)
        self.assertEqual(self.run_artdag("unknown").returncode, 2)
        self.assertEqual(self.run_artdag("render", "nowhere.artdag").returncode, 3)
        self.assertEqual(self.run_artdag("effects", "no_such").returncode, 3)
        self.assertEqual(self.run_artdag("effects", env={"ARTDAG_SIMD": "v9"}).returncode, 1)
        self.assertEqual(self.run_artdag("--help").returncode, 0)
        self.assertEqual(self.run_artdag("keys", "make", "mine").returncode, 0)
        self.assertEqual(self.run_artdag("keys", "make", "mine").returncode, 8)
        self.assertEqual(self.run_artdag("keys", "show", "mine", env={"ARTDAG_KEY_PASSPHRASE": "wrong"}).returncode, 7)

    def test_the_samples_hold(self):
        names = sorted(artdag.SAMPLES.glob("*.artdag"))
        self.assertGreaterEqual(len(names), 6)
        for path in names:
            with self.subTest(path.name):
                answer = self.artdag("check", path)
                self.assertTrue(answer["ok"])
                self.assertFalse([problem for problem in answer["problems"]], answer)

    def test_every_sample_is_in_the_written_form(self):
        run = self.run_artdag("format", "--check", *sorted(artdag.SAMPLES.glob("*.artdag")))
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_format_writes_the_written_form_once_and_leaves_broken_texts_alone(self):
        path, broken = self.write(recipe({"a": {"args": {}, "effect": "solid"}}, "a")), self.write('{"artdag": 1, "nodes": {"a"', "broken.artdag")
        self.assertEqual(self.run_artdag("format", "--check", path).returncode, 1)
        self.assertEqual(self.run_artdag("format", path, broken).returncode, 1)
        written = path.read_text()
        self.assertIn('\n  "nodes": {\n    "a": {"effect": "solid"}\n  },\n', written)
        self.assertEqual(broken.read_text(), '{"artdag": 1, "nodes": {"a"')
        self.assertEqual(self.run_artdag("format", "--check", path).returncode, 0)
        self.assertTrue(self.artdag("format", path)["ok"])
        self.assertEqual(path.read_text(), written)

    def test_every_sample_can_be_explained(self):
        for path in sorted(artdag.SAMPLES.glob("*.artdag")):
            with self.subTest(path.name):
                names = json.loads(path.read_text())["nodes"]
                self.assertEqual([step["node"] for step in self.artdag("explain", path)["steps"]], list(names))

    def test_help_man_and_completion_are_generated(self):
        self.assertIn("render", self.run_artdag("--help").stdout)
        self.assertIn("--encode", self.run_artdag("render", "--help").stdout)
        commands = re.findall(r"^\.SS (.+)$", self.run_artdag("man").stdout, re.M)
        self.assertGreaterEqual(len(commands), 20)
        for command in commands:
            help = self.run_artdag(*command.split(), "--help").stdout
            self.assertIn(f"artdag {command}", help[help.rindex("Example: "):], "help ends with an example")
        self.assertTrue(self.run_artdag("man").stdout.startswith(".TH ARTDAG 1"))
        self.assertIn("--encode", self.run_artdag("completion").stdout)
        catalogue = self.artdag("effects")["effects"]
        self.assertGreaterEqual(len(catalogue), 30)


if __name__ == "__main__":
    unittest.main()
