#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page of the server in a real browser, wide and narrow, light and dark: nothing runs out of the page, everything can be
read, every field has a label. The pictures are in build/pages."""
import json
import os
import pathlib
import re
import unittest

import artdag
from browser import PASSWORD, Browser, Fields, Server
from chromium import Chromium

# What is wrong with a page, as a list of texts. Contrast by WCAG 2.1 §1.4.3 over the first opaque background behind the text.
FAULTS = r"""(() => {
  const faults = [];
  const seen = e => { const s = getComputedStyle(e), b = e.getBoundingClientRect(); return s.visibility !== 'hidden' && s.display !== 'none' && b.width > 0 && b.height > 0 && b.right > 0; };
  if (document.documentElement.scrollWidth > innerWidth) faults.push('wider than the window: ' + document.documentElement.scrollWidth);
  if (document.querySelectorAll('h1').length !== 1) faults.push(document.querySelectorAll('h1').length + ' h1');
  if (!document.documentElement.lang || !document.title) faults.push('no language or title');
  if (document.querySelectorAll('main').length !== 1) faults.push('not one main');
  if (document.querySelector('script')) faults.push('a script');
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of new Set(ids)) if (ids.filter(i => i === id).length > 1) faults.push('id twice: ' + id);
  for (const e of document.querySelectorAll('input:not([type=hidden]),select,textarea')) if (!e.labels || !e.labels.length || !e.labels[0].textContent.trim()) faults.push('no label: ' + e.name);
  for (const e of document.querySelectorAll('a,button')) if (seen(e) && !(e.textContent.trim() || e.getAttribute('aria-label') || e.querySelector('img[alt]'))) faults.push('no words: ' + e.outerHTML.slice(0, 80));
  for (const e of document.querySelectorAll('img')) if (!e.hasAttribute('alt')) faults.push('no alt: ' + e.src);
  for (const e of document.querySelectorAll('form[method=post]')) if (!e.querySelector('input[name=csrf]')) faults.push('a form without a token: ' + e.action);
  const numbers = c => (c.match(/[\d.]+/g) || []).map(Number);
  const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = numbers(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c.slice(0, 3); } return [255, 255, 255]; };
  for (const e of document.querySelectorAll('body *')) {
    if (e.closest('svg') || !seen(e) || ![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const s = getComputedStyle(e), a = light(numbers(s.color).slice(0, 3)), b = light(behind(e)), size = parseFloat(s.fontSize);
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < (size >= 24 || (size >= 18.66 && s.fontWeight >= 700) ? 3 : 4.5)) faults.push('contrast ' + ratio.toFixed(2) + ': ' + e.textContent.trim().slice(0, 40));
  }
  return faults;
})()"""

LONG = "Maximiliane-Ottilie von und zu Hohenlangenburg-Schillingsfürst"
STRANGER = ["/", "/login", "/register", "/recover", "/users", "/assets", "/activities", "/about", "/rules", "/privacy", "/contact", "/download/client", "/docs", "/@owner", "/nowhere", "/asset/@owner/a-cat", "/activity/1"]
MEMBER = ["/", "/settings", "/settings/security", "/settings/two-step", "/settings/mail", "/settings/keys", "/settings/account", "/device", "/renderers", "/logout", "/home", "/notifications", "/storage", "/authorize_interaction", "/authorize_interaction?uri=@owner@nobody-there", "/authorize_interaction?uri=https://elsewhere.example/" + "long" * 30]
OWNER = ["/settings/mail", "/admin", "/admin/accounts", "/admin/accounts/" + "x" * 30, "/admin/reports", "/admin/people", "/admin/domains", "/admin/hashes", "/admin/log", "/admin/jobs", "/admin/invitations", "/admin/texts", "/notifications", "/storage", "/settings/works", "/settings/account", "/asset/@owner/a-cat", "/asset/@owner/a-cat/edit", "/asset/@owner/a-cat/withdraw", "/asset/@owner/a-cat/take-down", "/asset/@owner/gone-cat/withdraw", "/authorize_interaction?uri=@giles@DOMAIN"]


class Pages(artdag.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(SMTP_URL="smtp://127.0.0.1:9")  # where nothing listens: its pages are there
        cls.addClassCleanup(cls.server.stop)
        cls.chromium = Chromium()
        cls.addClassCleanup(cls.chromium.stop)
        cls.pictures = pathlib.Path(os.environ["ARTDAG_BIN"]).parent / "pages"
        cls.pictures.mkdir(exist_ok=True)
        cls.fill()

    @classmethod
    def fill(cls):
        """People with long names, a work, decisions, a block: what pages have to hold."""
        token = cls.server.token("owner")
        for user in ("x" * 30, "giles"):
            cls.server.token(user)
        status, body = cls.server.json("POST", "/assets", {"name": "a-cat", "title": "A cat that turns " * 6, "description": "One line\nand another", "content_hash": "sha3-256:" + "1" * 64, "asset_type": "image", "tags": ["cat", "a" * 60], "license": "CC-BY-4.0"}, token)
        assert status == 201, body
        for name, number in (("gone-cat", "2"), ("bad-cat", "3")):
            status, answer = cls.server.json("POST", "/assets", {"name": name, "title": "A cat that is gone " * 10, "content_hash": "sha3-256:" + number * 64, "asset_type": "image"}, token)
            assert status == 201, answer
        assert cls.server.json("DELETE", "/assets/gone-cat", token=token)[0] == 204
        assert cls.server.json("POST", "/assets/@owner/bad-cat/take-down", {"reason": "Shows somebody who did not agree. " * 5}, token)[0] == 201
        follower = cls.server.token("x" * 30)
        cls.server.json("POST", "/follows", {"account": f"@owner@127.0.0.1:{cls.server.port}"}, follower)
        for kind in ("Like", "Announce", "Reply"):
            status, answer = cls.server.json("POST", "/interactions", {"type": kind, "object": body["links"]["object"], "content": "Wonderful! " * 30}, follower)
            assert status == 201, answer
        status, answer = cls.server.json("POST", "/storage", {"type": "local", "name": "The large disk " * 5, "directory": str(cls.server.room)}, token)
        assert status == 201, answer
        cls.owner = Browser(cls.server)
        cls.owner.log_in("owner")
        csrf = Fields(cls.owner.get("/settings").text).found["csrf"]
        cls.owner.post("/settings/profile", {"csrf": csrf, "display_name": LONG, "summary": "Makes glitch art.\nAnd more.", "label1": "Site", "url1": "https://example.com/" + "long" * 60})
        answer = cls.owner.post("/settings/mail", {"csrf": csrf, "do": "ask", "address": "maximiliane-ottilie.von.und.zu-hohenlangenburg-schillingsfuerst@" + "a-very-long-name-of-a-server." * 3 + "example", "confirm": PASSWORD})
        assert answer.status == 303, answer.text
        cls.owner.post("/admin/accounts/" + "x" * 30, {"csrf": csrf, "do": "warn", "reason": "Please name your sources. " * 8})
        cls.owner.post("/admin/domains", {"csrf": csrf, "do": "add", "domain": "a-very-long-name-of-a-server." * 3 + "example", "severity": "suspend", "comment": "spam"})
        cls.owner.post("/admin/invitations", {"csrf": csrf, "do": "add", "role": "member", "uses": "3", "days": "7"})

    def show(self, path, name, who=None):
        self.chromium.clear_cookies()
        if who:
            for cookie, value in who.cookies.items():
                self.chromium.set_cookie(self.server.url, cookie, value)
        for width in (1280, 390):
            for dark in (False, True):
                self.chromium.look(width, dark)
                self.chromium.open(self.server.url + path)
                self.chromium.picture(self.pictures / f"{name}-{width}-{'dark' if dark else 'light'}.png")
                with self.subTest(path=path, width=width, dark=dark):
                    self.assertEqual(self.chromium.evaluate(FAULTS), [])

    def test_pages_for_everybody(self):
        for path in STRANGER:
            self.show(path, "stranger" + re.sub(r"\W+", "_", path))

    def test_pages_of_a_member(self):
        member = Browser(self.server)
        member.log_in("x" * 30)
        for path in MEMBER:
            self.show(path, "member" + re.sub(r"\W+", "_", path)[:50], member)

    def test_pages_of_those_who_run_it(self):
        for path in OWNER:
            self.show(path.replace("DOMAIN", f"127.0.0.1:{self.server.port}"), "owner" + re.sub(r"\W+", "_", path)[:30], self.owner)

    def test_forms_that_were_refused(self):
        """With everything wrong that can be, by a person who typed it."""
        self.chromium.clear_cookies()
        for cookie, value in self.owner.cookies.items():
            self.chromium.set_cookie(self.server.url, cookie, value)
        wrong = {"edit": {"title": "ü" * 150, "tags": "good, b<d " + "x" * 70, "license": "ü" * 60, "name": "No Good Address"}, "take-down": {"reason": " "}}
        for what, fields in wrong.items():
            for width in (1280, 390):
                for dark in (False, True):
                    self.chromium.look(width, dark)
                    self.chromium.open(f"{self.server.url}/asset/@owner/a-cat/{what}")
                    for name, value in fields.items():
                        self.chromium.evaluate(f"document.querySelector('#f-{name}').value = {json.dumps(value)}")
                    self.chromium.submit("main form")
                    self.chromium.picture(self.pictures / f"owner_refused_{what}-{width}-{'dark' if dark else 'light'}.png")
                    with self.subTest(form=what, width=width, dark=dark):
                        self.assertEqual(self.chromium.evaluate("document.querySelectorAll('[aria-invalid]').length"), len(fields))
                        self.assertEqual(self.chromium.evaluate("[...document.querySelectorAll('[aria-invalid]')].filter(e => !e.getAttribute('aria-describedby').split(' ').every(i => document.getElementById(i))).length"), 0)
                        self.assertEqual(self.chromium.evaluate(FAULTS), [])

    def test_the_question_whether_a_program_may_act(self):
        device = self.server.form("/oauth/device_authorization", client_id="artdag-studio", scope="read publish render")[1]
        self.show("/device?user_code=" + device["user_code"], "owner_consent", self.owner)

    def test_the_keyboard_is_enough_to_edit_and_to_withdraw(self):
        self.server.json("POST", "/assets", {"name": "by-keyboard", "title": "By hand", "content_hash": "sha3-256:" + "4" * 64, "asset_type": "image"}, self.server.token("owner"))
        self.chromium.clear_cookies()
        for cookie, value in self.owner.cookies.items():
            self.chromium.set_cookie(self.server.url, cookie, value)
        self.chromium.look(1280, False)
        reached = lambda: self.chromium.evaluate("document.activeElement.name || document.activeElement.textContent")

        def go_to(wanted):
            for _ in range(60):
                self.chromium.press("Tab")
                if reached() == wanted:
                    self.assertNotEqual(self.chromium.evaluate("getComputedStyle(document.activeElement).outlineStyle"), "none", wanted)
                    return
            self.fail(f"{wanted} cannot be reached")

        self.chromium.open(self.server.url + "/asset/@owner/by-keyboard/edit")
        go_to("alt")
        self.chromium.ask("Input.insertText", text="Typed")
        go_to("Save")
        self.chromium.enter()
        self.assertIn("Saved.", self.chromium.evaluate("document.querySelector('[role=status]').textContent"))
        go_to("Withdraw…")
        self.chromium.enter()
        go_to("Withdraw this work")
        self.chromium.enter()
        self.assertIn("Publish it again", self.chromium.evaluate("document.querySelector('main').textContent"))

    def test_the_keyboard_is_enough_to_log_in(self):
        self.chromium.clear_cookies()
        self.chromium.look(1280, False)
        self.chromium.open(self.server.url + "/login")
        self.chromium.press("Tab")
        self.assertEqual(self.chromium.evaluate("document.activeElement.textContent"), "Skip to content")
        self.assertGreaterEqual(self.chromium.evaluate("document.activeElement.getBoundingClientRect().left"), 0, "it must be seen while it has the focus")
        reached = []
        for _ in range(20):
            self.chromium.press("Tab")
            reached.append(self.chromium.evaluate("document.activeElement.name || document.activeElement.textContent"))
            if reached[-1] == "user":
                break
        self.chromium.ask("Input.insertText", text="giles")
        self.chromium.press("Tab")
        self.assertEqual(self.chromium.evaluate("document.activeElement.name"), "password")
        self.assertNotEqual(self.chromium.evaluate("getComputedStyle(document.activeElement).outlineStyle"), "none")
        self.chromium.ask("Input.insertText", text=PASSWORD)
        self.chromium.enter()
        self.assertIn("@giles", self.chromium.evaluate("document.querySelector('header').textContent"))


if __name__ == "__main__":
    unittest.main()
