#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak's manifest is one that flatpak-builder reads, names versions, and would build what this project is made of. usage: flatpak_test.py [BUILD]"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import yaml

SOURCE = pathlib.Path(__file__).resolve().parents[2]
MANIFEST = SOURCE / "packaging/flatpak/org.artdag.Studio.yml"


class Flatpak(unittest.TestCase):
    def test_the_builder_reads_it(self):
        with tempfile.TemporaryDirectory() as folder:  # it leaves a folder where it is started
            shown = subprocess.run(["flatpak-builder", "--show-manifest", MANIFEST], capture_output=True, text=True, cwd=folder)
        self.assertEqual((shown.returncode, shown.stderr), (0, ""))
        said = json.loads(shown.stdout)
        written = yaml.safe_load(MANIFEST.read_text())
        self.assertEqual(said.get("app-id", said.get("id")), written["id"])
        for module, again in zip(written["modules"], said["modules"], strict=True):  # words it does not know are left out there
            self.assertEqual(set(module) - set(again), set(), module["name"])

    def test_every_source_has_its_version(self):
        for module in yaml.safe_load(MANIFEST.read_text())["modules"]:
            for source in module["sources"]:
                self.assertTrue(source["type"] == "dir" or {"tag", "commit"} & set(source), module["name"])

    def test_it_names_what_the_desktop_files_name(self):
        manifest = yaml.safe_load(MANIFEST.read_text())
        self.assertTrue((SOURCE / "packaging" / manifest["rename-desktop-file"]).exists())
        self.assertTrue((SOURCE / "packaging/artdag.xml").exists() and "packages/artdag.xml" in str(manifest["modules"][-1]["post-install"]))
        self.assertIn(f"<id>{manifest['id']}</id>", (SOURCE / "packaging/org.artdag.Studio.metainfo.xml").read_text())
        options = re.findall(r"^option\((\w+)", (SOURCE / "CMakeLists.txt").read_text(), re.M)
        for option in re.findall(r"-D(ARTDAG_\w+)=", " ".join(manifest["modules"][-1]["config-opts"])):
            self.assertIn(option, options)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
