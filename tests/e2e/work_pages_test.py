#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an owner does to a work with forms alone, and what a moderator does: edit, withdraw, publish again, take down."""
import hashlib
import html
import json
import subprocess
import time
import unittest

from browser import Browser, Fields, Server

AS2 = {"Accept": "application/activity+json"}


class WorkPages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        cls.tokens = {user: cls.server.token(user) for user in ("giles", "ann", "bea")}  # giles owns the server
        cls.people = {}
        for user in cls.tokens:
            cls.people[user] = Browser(cls.server)
            cls.people[user].log_in(user)

    def publish(self, name, user="ann", **members):
        """A registered text of its own, with its bytes; path of its page, and its hash."""
        data = f"bytes of {name}".encode()
        content = hashlib.sha3_256(data).hexdigest()
        headers = {"Authorization": "Bearer " + self.tokens[user], "Content-Type": "application/octet-stream"}
        self.assertEqual(self.server.call("POST", "/media", data, headers).status, 201)
        status, body = self.server.json("POST", "/assets", {"name": name, "title": name, "content_hash": "sha3-256:" + content, "asset_type": "infrastructure"} | members, self.tokens[user])
        self.assertEqual(status, 201, body)
        return f"/asset/@{user}/{name}", content

    def asset(self, page, user="ann"):
        return self.server.json("GET", page.replace("/asset/", "/assets/"), token=self.tokens[user])

    def newest(self, user="ann"):
        return self.server.json("GET", f"/users/{user}/outbox?page=true")[1]["orderedItems"][0]

    def fields(self, browser, page):
        """What the form says now: what a browser would send back unchanged."""
        text = browser.get(page).text
        found = {}
        for name in ("title", "tags", "license", "warning", "name"):
            if f'name="{name}"' in text:
                tag = text[text.index(f'name="{name}"'):].split(">")[0]
                found[name] = html.unescape(tag.split('value="')[1].split('"')[0]) if 'value="' in tag else ""
        for name in ("description", "alt"):
            found[name] = html.unescape(text.split(f'name="{name}"')[1].split(">\n")[1].split("</textarea>")[0])
        found["visibility"] = text.split('name="visibility"')[1].split(" selected")[0].rsplit('value="', 1)[1].rstrip('"')
        return found

    def test_an_edit_is_seen_and_told(self):
        ann = self.people["ann"]
        page, content = self.publish("editing", tags=["first"], license="CC-BY-4.0", description="One\n\nTwo")
        self.assertIn(f'href="{page}/edit"', ann.get(page).text)
        for stranger in (self.people["bea"], Browser(self.server)):
            self.assertNotIn("/edit", stranger.get(page).text)
        before = self.fields(ann, page + "/edit")
        self.assertEqual(before, {"title": "editing", "tags": "first", "license": "CC-BY-4.0", "warning": "", "name": "editing", "description": "One\n\nTwo", "alt": "", "visibility": "public"})
        told = self.newest()["id"]
        self.assertIn("done=nothing", ann.post(page + "/edit", before).headers["Location"])
        self.assertEqual(self.newest()["id"], told, "what changes nothing is told to nobody")
        after = before | {"title": 'A "new" <title>', "tags": "#one, two  three,one", "license": "CC0-1.0", "alt": "A page of text", "warning": "long"}
        done = ann.post(page + "/edit", after)
        self.assertEqual((done.status, done.headers["Location"]), (303, page + "/edit?done=saved"))
        self.assertIn("Saved.", ann.get(done.headers["Location"]).text)
        self.assertEqual(self.fields(ann, page + "/edit"), after | {"tags": "one, two, three"})
        asset = self.asset(page)[1]
        self.assertEqual((asset["title"], asset["tags"], asset["license"], asset["alt"], asset["warning"], asset["description"]), ('A "new" <title>', ["one", "two", "three"], "CC0-1.0", "A page of text", "long", "One\n\nTwo"))
        update = self.newest()
        self.assertEqual((update["type"], update["object"]["summary"], update["object"]["id"][-64:]), ("Update", "long", content))

    def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(self):
        ann = self.people["ann"]
        page, _ = self.publish("refusing")
        self.publish("taken")
        before = self.fields(ann, page + "/edit")
        typed = before | {"title": "ü" * 150, "tags": "good, b<d", "alt": "kept & shown", "name": "No Good"}
        answer = ann.post(page + "/edit", typed)
        self.assertEqual(answer.status, 400)
        for name, words in (("title", "Must have 1 to 200 bytes."), ("tags", "letters, digits"), ("name", "must be 1 to 63")):
            self.assertIn(f'<a href="#f-{name}">', answer.text)
            problem = answer.text.split(f'id="f-{name}-problem">')[1].split("<")[0]
            self.assertIn(words, problem)
            tag = answer.text.split(f'id="f-{name}"')[1].split(">")[0]
            self.assertIn('aria-invalid="true"', tag)
            self.assertIn(f"f-{name}-problem", tag)
        for kept in ("ü" * 150, "good, b&lt;d", "kept &amp; shown", "No Good"):
            self.assertIn(kept, answer.text)
        self.assertNotIn('id="f-alt-problem"', answer.text)
        self.assertEqual(self.asset(page)[1]["title"], "refusing")
        answer = ann.post(page + "/edit", before | {"name": "taken"})
        self.assertEqual(answer.status, 409)
        self.assertIn("another work of that name", answer.text.split('id="f-name-problem">')[1])
        self.assertEqual(ann.post(page + "/edit", before | {"visibility": "nobody"}).status, 400)

    def test_fewer_people_and_another_address(self):
        ann = self.people["ann"]
        page, content = self.publish("hiding")
        done = ann.post(page + "/edit", self.fields(ann, page + "/edit") | {"visibility": "private", "name": "hidden"})
        self.assertEqual(done.headers["Location"], "/asset/@ann/hidden/edit?done=saved")
        self.assertEqual(self.server.call("GET", "/objects/" + content, headers=AS2).status, 410)
        self.assertEqual(self.people["bea"].get("/asset/@ann/hidden").status, 404)
        self.assertEqual(ann.get("/asset/@ann/hidden").status, 200)
        self.assertEqual(ann.get(page).headers["Location"], "/asset/@ann/hidden")
        self.assertIn("seen by you alone", ann.get("/settings/works").text)

    def test_a_withdrawal_is_asked_about_and_can_be_taken_back(self):
        ann = self.people["ann"]
        page, content = self.publish("withdrawing", license="CC-BY-4.0", tags=["kept"])
        question = ann.get(page + "/withdraw").text
        for words in ("What happens", "asked to delete", "thirty days", "Withdraw this work", "Keep it"):
            self.assertIn(words, question)
        self.assertEqual(self.asset(page)[0], 200, "to ask is not to do")
        self.assertEqual(ann.post(page + "/withdraw", {}).status, 303)
        self.assertEqual(self.newest()["type"], "Delete")
        tombstone = self.server.call("GET", "/objects/" + content, headers=AS2)
        self.assertEqual((tombstone.status, '"Tombstone"' in tombstone.text), (410, True))
        self.assertEqual(Browser(self.server).get(page).status, 410)
        self.assertEqual(self.people["bea"].get("/media/" + content).status, 404)
        self.assertEqual(ann.get(page).headers["Location"], page + "/withdraw", "its owner comes to the way back")
        self.assertIn(f'href="{page}/withdraw">Publish again', ann.get("/settings/works").text)
        text = ann.get(page + "/withdraw").text
        self.assertIn("Its bytes are kept until", text)
        self.assertEqual(ann.get(f"/media/{content}?download=1").status, 200)
        self.assertEqual(ann.post(page + "/withdraw", {}, page + "/withdraw").status, 303, "twice is once")
        done = ann.post(page + "/publish-again", {}, page + "/withdraw")
        self.assertEqual(done.headers["Location"], page + "/edit?done=again")
        asset = self.asset(page)[1]
        self.assertEqual((asset["license"], asset["tags"], asset["links"]["object"][-2:]), ("CC-BY-4.0", ["kept"], "/2"))
        self.assertEqual(self.newest()["type"], "Create")
        self.assertEqual(self.server.call("GET", f"/objects/{content}/2", headers=AS2).status, 200)
        self.assertEqual(self.people["bea"].get("/media/" + content).status, 200)
        listed = ann.get("/settings/works").text
        self.assertIn(f'href="{page}/edit"', listed)
        self.assertNotIn(page + "~", listed, "what came back is not in the trash as well")

    def test_it_does_not_come_back_over_another_work(self):
        ann = self.people["ann"]
        page, content = self.publish("replaced")
        ann.post(page + "/withdraw", {})
        status, _ = self.server.json("POST", "/assets", {"name": "replaced", "content_hash": "sha3-256:" + "7" * 64, "asset_type": "image"}, self.tokens["ann"])
        self.assertEqual(status, 201)
        listed = ann.get("/settings/works").text
        former = "/asset/@ann/replaced~" + listed.split('href="/asset/@ann/replaced~')[1].split("/")[0]
        answer = ann.post(former + "/publish-again", {}, former + "/withdraw")
        self.assertEqual(answer.status, 409)
        self.assertIn("another work of that name", answer.text)
        self.assertEqual(self.server.call("GET", "/objects/" + content, headers=AS2).status, 410)

    def test_a_moderator_takes_down_and_the_owner_appeals(self):
        ann, giles = self.people["ann"], self.people["giles"]
        page, content = self.publish("forbidden")
        self.assertIn(f'href="{page}/take-down"', giles.get(page).text)
        self.assertNotIn("/take-down", self.people["bea"].get(page).text)
        question = giles.get(page + "/take-down").text
        for words in ("What happens", "Copies at every storage", "may appeal", "Take it down", "Leave it"):
            self.assertIn(words, question)
        answer = giles.post(page + "/take-down", {"reason": "  "})
        self.assertEqual(answer.status, 400)
        self.assertIn('id="f-reason-problem">Say why', answer.text)
        answer = giles.post(page + "/take-down", {"reason": "long & " * 400})
        self.assertEqual(answer.status, 400)
        self.assertIn("long &amp; long", answer.text)
        self.assertEqual(self.asset(page)[0], 200)
        self.assertEqual(giles.post(page + "/take-down", {"reason": "no <consent>"}).status, 303)
        self.assertEqual(self.asset(page)[0], 410)
        for who in (ann, giles, self.people["bea"]):
            self.assertEqual(who.get("/media/" + content).status, 404)
        self.assertIn("@ann/forbidden", giles.get("/admin/log").text)
        self.assertIn("no &lt;consent&gt;", giles.get("/admin/log").text)
        self.assertEqual(ann.get(page).status, 410)
        settings = ann.get("/settings/account").text
        self.assertIn("no &lt;consent&gt;", settings)
        action = settings.split('name="action" value="')[1].split('"')[0]
        self.assertEqual(self.people["bea"].post("/settings/appeal", {"action": action, "appeal" + action: "not mine"}, "/settings").status, 400)
        self.assertEqual(ann.post("/settings/appeal", {"action": action, "appeal" + action: "She agreed."}, "/settings/account").status, 303)
        self.assertIn("She agreed.", giles.get("/admin/log").text)

    def test_only_moderators_see_what_a_work_is_like(self):
        def picture(name, user, *how):
            data = subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "mandelbrot=s=400x300", "-frames:v", "1", *how, "-f", "image2pipe", "-"], capture_output=True, check=True).stdout
            headers = {"Authorization": "Bearer " + self.tokens[user], "Content-Type": "application/octet-stream"}
            content = json.loads(self.server.call("POST", "/media", data, headers).text)["content_hash"]
            status, body = self.server.json("POST", "/assets", {"name": name, "title": name, "content_hash": content, "asset_type": "image"}, self.tokens[user])
            self.assertEqual(status, 201, body)
            end = time.monotonic() + 60
            while self.server.json("GET", f"/media/{content[9:]}/renditions", token=self.tokens[user])[1]["waiting"] and time.monotonic() < end:
                time.sleep(0.1)
            return f"/asset/@{user}/{name}"
        first = picture("set", "bea", "-c:v", "png")
        copy = picture("my-set", "ann", "-vf", "scale=240:180", "-c:v", "mjpeg", "-q:v", "6")
        giles, words = self.people["giles"], f'Looks like <a href="{first}">set</a>'
        self.assertIn(words, giles.get(copy).text)
        self.assertNotIn("Like earlier works", giles.get(first).text)
        for other in (self.people["ann"], self.people["bea"], Browser(self.server)):
            self.assertNotIn("Like earlier works", other.get(copy).text)

    def test_others_and_forged_forms_do_nothing(self):
        page, _ = self.publish("guarded")
        secret, _ = self.publish("guarded-secret", visibility="private")
        bea, giles = self.people["bea"], self.people["giles"]
        forms = {"edit": {"title": "x"}, "withdraw": {}, "publish-again": {}, "take-down": {"reason": "x"}}
        for what, fields in forms.items():
            token = Fields(bea.get("/settings").text).found["csrf"]
            with self.subTest(form=what):
                self.assertEqual(bea.post(f"{page}/{what}", fields | {"csrf": token}).status, 403)
                self.assertEqual(self.people["ann"].post(f"{page}/{what}", fields | {"csrf": "forged"}).status, 403)
                self.assertEqual(self.server.call("POST", f"{page}/{what}", "title=x", {"Content-Type": "application/x-www-form-urlencoded", "Authorization": "Bearer " + self.tokens["ann"]}).status, 403)
                if what != "take-down":
                    self.assertEqual(giles.post(f"{secret}/{what}", fields | {"csrf": Fields(giles.get("/settings").text).found["csrf"]}).status, 404)
                if what != "publish-again":
                    self.assertTrue(Browser(self.server).get(f"{page}/{what}").headers["Location"].startswith("/login?next="))
                    self.assertEqual(bea.get(f"{page}/{what}").status, 403)
        self.assertEqual(self.asset(page)[1]["title"], "guarded")
        self.assertEqual(Browser(self.server).get("/settings/works").status, 303)
        self.assertNotIn("guarded", bea.get("/settings/works").text)

    def test_a_limited_account_only_looks(self):
        page, _ = self.publish("of-a-limited", "bea")
        giles, bea = self.people["giles"], self.people["bea"]
        giles.post("/admin/accounts/bea", {"do": "limit", "reason": "spam"})
        self.addCleanup(giles.post, "/admin/accounts/bea", {"do": "restore", "reason": "good again"})
        self.assertNotIn("/edit", bea.get(page).text)
        self.assertEqual(bea.get(page + "/edit").status, 403)
        self.assertEqual(bea.post(page + "/withdraw", {}, "/settings").status, 403)
        self.assertEqual(self.asset(page, "giles")[0], 200)


if __name__ == "__main__":
    unittest.main()
