#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real film whose recipe is for people who ask: forms without a script, and `artdag verify` with a login and without one."""
import json
import pathlib
import shutil
import tempfile
import unittest

import artdag
from browser import PASSWORD, Browser, Server


class KeptRecipe(artdag.Case):
    def setUp(self):
        super().setUp()
        self.server = Server("--role", "l2")
        self.addCleanup(self.server.stop)

    def publish(self, access):
        document = json.loads((artdag.SAMPLES / "spinning_cat.artdag").read_text())
        document["canvas"] |= {"width": 160, "height": 90, "duration": 0.4}
        self.artdag("keys", "make")
        self.render(document, "--key", "default", name="cat.mp4")
        self.artdag("login", self.server.url, "--user", "giles", "--register", "--in-file", env={"ARTDAG_PASSWORD": PASSWORD})
        return self.artdag("publish", self.folder / "cat.mp4", "--title", "A cat", "--alt", "A cat", "--recipe", access)

    def verify(self, page, home, status):
        """What it says of the pixels, from a home of its own, where only that login is."""
        run = self.run_artdag("verify", page, "--json", home=home)
        self.assertEqual(run.returncode, status, run.stderr + run.stdout)
        return {answer["question"]: answer for answer in json.loads(run.stdout)["answers"]}["Does the recipe give these pixels?"]

    def home_of(self, user=None):
        home = pathlib.Path(tempfile.mkdtemp(prefix="artdag-home-"))
        self.addCleanup(shutil.rmtree, home, True)
        if user:
            self.server.token(user)
            self.artdag("login", self.server.url, "--user", user, "--password", "--in-file", home=home, env={"ARTDAG_PASSWORD": PASSWORD})
        return home

    def test_asked_for_given_and_taken_back_with_forms_alone(self):
        work = self.publish("request")
        page = work["page"].removeprefix(self.server.url)
        asset = page.replace("/asset/", "/assets/")
        home = self.home_of("ann")
        ann, giles, stranger = Browser(self.server), Browser(self.server), Browser(self.server)
        ann.log_in("ann")
        giles.log_in("giles")
        text = stranger.get(page).text
        self.assertIn("Pixels checkable by whom the creator allows", text)
        self.assertIn("/login?next=", text)
        self.assertNotIn("How it was made", text)
        self.assertNotIn(f'href="{asset}/recipe"', text)
        pixels = self.verify(work["page"], home, 5)
        self.assertEqual(pixels["answer"], "cannot_tell")
        self.assertIn("whom the creator allows", pixels["words"][0])

        self.assertIn("Ask for the recipe", ann.get(page).text)
        self.assertEqual(ann.post(page + "/recipe/ask", {"csrf": "forged"}).status, 403)
        self.assertEqual(ann.post(page + "/recipe/ask", {}, page).headers["Location"], page)
        self.assertIn("has not answered yet", ann.get(page).text)
        self.assertIn("asks for the recipe of", giles.get("/notifications").text)
        self.assertIn("waits for your answer", giles.get(page).text)
        requests = page + "/recipe/requests"
        self.assertEqual(ann.get(requests).status, 403)
        self.assertIn("@ann", giles.get(requests).text)
        self.assertEqual(ann.post(requests, {"user": "ann", "answer": "grant"}, page).status, 403)
        self.assertEqual(ann.get(asset + "/recipe").status, 404)

        self.assertEqual(giles.post(requests, {"user": "ann", "answer": "grant"}).headers["Location"], requests)
        self.assertIn("lets you read the recipe of", ann.get("/notifications").text)
        text = ann.get(page).text
        self.assertIn("How it was made", text)
        self.assertIn(f'href="{asset}/recipe"', text)
        self.assertNotIn("How it was made", stranger.get(page).text)
        self.assertEqual(ann.get(asset + "/recipe").status, 200)
        self.assertEqual(self.verify(work["page"], home, 0)["answer"], "yes")
        self.assertEqual(self.verify(work["page"], self.home_of(), 5)["answer"], "cannot_tell")

        giles.post(requests, {"user": "ann", "answer": "refuse"})
        self.assertIn("does not give you the recipe of", ann.get("/notifications").text)
        self.assertEqual(ann.get(asset + "/recipe").status, 404)
        self.assertEqual(self.verify(work["page"], self.home_of("ann"), 5)["answer"], "cannot_tell")

    def test_a_sealed_recipe_shows_only_what_its_creator_chooses(self):
        work = self.publish("sealed")
        page, name = work["page"].removeprefix(self.server.url), work["name"]
        self.assertIn("The recipe is sealed", Browser(self.server).get(page).text)
        claim = self.server.json("GET", page.replace("/asset/", "/assets/") + "/claim")[1]
        seals = list((self.home / "sealed").iterdir())
        self.assertEqual(([seal.stat().st_mode & 0o777 for seal in seals], len(claim["access"]["root"])), ([0o600], 64))
        recipe = json.loads(json.loads(seals[0].read_text())["recipe"])
        self.assertEqual(self.run_artdag("disclose", name, "no-such-node", "-o", self.folder / "parts.json").returncode, 1)
        node = next(iter(recipe["nodes"]))
        self.artdag("disclose", name, node, "/canvas", "-o", self.folder / "parts.json")
        shown = json.loads((self.folder / "parts.json").read_text())
        self.assertEqual([(part["path"], part["value"]) for part in shown["parts"]], [(["nodes", node], recipe["nodes"][node]), (["canvas"], recipe["canvas"])])
        for hidden in (other for other in recipe["nodes"] if other != node):
            self.assertNotIn(f'"{hidden}"', json.dumps([part["path"] for part in shown["parts"]]))
        stranger = self.home_of()
        self.assertTrue(self.artdag("verify", "--disclosure", self.folder / "parts.json", work["page"], home=stranger)["against_claim"])
        shown["parts"][1]["value"]["width"] += 1
        (self.folder / "parts.json").write_text(json.dumps(shown))
        run = self.run_artdag("verify", "--disclosure", self.folder / "parts.json", work["page"], "--json", home=stranger)
        self.assertEqual((run.returncode, [finding["ok"] for finding in json.loads(run.stdout)["findings"]]), (5, [True, True, False]))
        self.assertIn("sealed", self.verify(work["page"], stranger, 5)["words"][0])


if __name__ == "__main__":
    unittest.main()
