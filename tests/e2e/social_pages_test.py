#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the pages for following, reading, being told and keeping copies do, with forms alone."""
import pathlib
import re
import shutil
import tempfile
import unittest
import urllib.parse

from browser import Browser, Server


class SocialPages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        cls.tokens = {user: cls.server.token(user) for user in ("giles", "ann")}
        cls.people = {}
        for user in cls.tokens:
            cls.people[user] = Browser(cls.server)
            cls.people[user].log_in(user)

    def where(self, uri):
        return "/authorize_interaction?uri=" + urllib.parse.quote(uri, safe="")

    def test_a_follow_a_work_an_answer_and_what_is_told_of_them(self):
        ann, giles = self.people["ann"], self.people["giles"]
        account = f"@giles@127.0.0.1:{self.server.port}"
        for uri in (account, "acct:" + account[1:], self.server.url + "/users/giles"):
            self.assertIn("Follow giles?", ann.get(self.where(uri)).text)
        done = ann.post("/authorize_interaction", {"uri": account, "do": "follow"}, self.where(account))
        self.assertEqual(done.status, 303)
        self.assertIn("You follow now", ann.get(done.headers["Location"]).text)
        self.assertEqual(self.server.json("GET", "/follows", token=self.tokens["ann"])[1]["items"][0]["state"], "accepted")

        status, asset = self.server.json("POST", "/assets", {"name": "a-cat", "title": "A <b>cat</b>", "content_hash": "sha3-256:" + "1" * 64, "asset_type": "image"}, self.tokens["giles"])
        self.assertEqual(status, 201, asset)
        home = ann.get("/home").text
        self.assertIn("A &lt;b&gt;cat&lt;/b&gt;", home)
        self.assertIn("/asset/@giles/a-cat", home)
        work = asset["links"]["object"]
        for what, words in (("like", "You like it"), ("boost", "You boosted it"), ("reply", "Your answer was sent")):
            done = ann.post("/authorize_interaction", {"uri": work, "do": what, "content": "How fine & <i>good</i>"}, self.where(work))
            self.assertIn(words, ann.get(done.headers["Location"]).text)

        page = giles.get("/notifications").text
        for words in ("follows you", "liked", "boosted", "answered", "Mark all 4 as read", "New:"):
            self.assertIn(words, page)
        self.assertEqual(giles.post("/notifications/read", {"read_up_to": re.search(r'name="read_up_to" value="(\d+)"', page)[1]}, "/notifications").status, 303)
        page = giles.get("/notifications").text
        self.assertNotIn("New:", page)
        self.assertNotIn("Mark all", page)

    def test_what_is_refused(self):
        ann = self.people["ann"]
        self.assertEqual(Browser(self.server).get(self.where("@giles@a.example")).headers["Location"], "/login?next=" + urllib.parse.quote(self.where("@giles@a.example"), safe=""))
        self.assertEqual(ann.get(self.where("nonsense")).status, 400)
        missing = self.server.url + "/objects/" + "9" * 64
        answer = ann.post("/authorize_interaction", {"uri": missing, "do": "like"}, self.where(missing))
        self.assertEqual(answer.status, 400)
        self.assertIn("no such work", answer.text)
        self.assertNotIn("<a href=\"javascript", ann.get(self.where("javascript:alert(1)")).text)
        for path, fields in (("/authorize_interaction", {"uri": "@giles@a", "do": "follow"}), ("/notifications/read", {"read_up_to": "1"}), ("/settings/storage", {"do": "add"})):
            self.assertEqual(ann.post(path, fields | {"csrf": "forged"}).status, 403)
        for path in ("/home", "/notifications", "/storage"):
            self.assertEqual(self.server.json("GET", path, token=self.tokens["ann"])[1]["items"].__class__, list)

    def test_places_for_copies(self):
        giles, ann = self.people["giles"], self.people["ann"]
        folder = pathlib.Path(tempfile.mkdtemp(prefix="artdag-copies-"))
        self.addCleanup(shutil.rmtree, folder, True)
        local = {"do": "add", "type": "local", "local-name": "My <disk>", "local-directory": str(folder)}
        self.assertEqual(ann.post("/settings/storage", local, "/storage").status, 400)
        self.assertNotIn("A directory of this machine", ann.get("/storage").text)
        self.assertEqual(giles.post("/settings/storage", local, "/storage").status, 303)
        page = giles.get("/storage").text
        self.assertIn("My &lt;disk&gt;", page)
        identity = re.search(r'name="id" value="(\d+)"', page)[1]
        tried = giles.post("/settings/storage", {"do": "test", "id": identity}, "/storage")
        self.assertIn("It works", giles.get(tried.headers["Location"]).text)
        giles.post("/settings/storage", {"do": "off", "id": identity}, "/storage")
        self.assertFalse(self.server.json("GET", "/storage/" + identity, token=self.tokens["giles"])[1]["active"])
        self.assertEqual(ann.post("/settings/storage", {"do": "remove", "id": identity}, "/storage").status, 400)
        giles.post("/settings/storage", {"do": "remove", "id": identity}, "/storage")
        self.assertEqual(self.server.json("GET", "/storage/" + identity, token=self.tokens["giles"])[0], 404)
        self.assertEqual(giles.post("/settings/storage", {"do": "anything", "id": "1"}, "/storage").status, 400)


if __name__ == "__main__":
    unittest.main()
