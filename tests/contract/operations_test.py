#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every operation of /openapi.json has a tested success, a tested refusal, and an effect seen elsewhere: operations.txt says which
tests show it, and must have a line for each. Refusals are tried here, and so are reads that need no more than a work."""
import base64
import hashlib
import json
import os
import pathlib
import re
import sqlite3
import sys
import time
import unittest
import urllib.parse

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

SOURCE = pathlib.Path(os.environ["ARTDAG_SOURCE"])
sys.path.insert(0, str(SOURCE / "tests" / "e2e"))

import artdag  # noqa: E402
from browser import Browser, Fields, Server  # noqa: E402

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
METHODS = ("get", "post", "put", "patch", "delete")


class Row:
    def __init__(self, line):
        parts = [part.strip() for part in line.split("|")]
        self.operation, self.success, self.effect = parts[0], parts[1], parts[2] if len(parts) > 2 else ""
        self.method, self.path = self.operation.split(" ", 1)


def table():
    lines = (SOURCE / "tests/contract/operations.txt").read_text().splitlines()
    return [Row(line) for line in lines if line and not line.startswith("#")]


def source_of(name, function):
    """The text of the test file of that name which has this test; empty when none has."""
    for folder in ("tests/server", "tests/contract", "tests/e2e"):
        for path in (SOURCE / folder).glob(name + ".*"):
            text = path.read_text() if path.suffix in (".cpp", ".py") else ""
            if re.search(rf"^(    def {function}\(self|void \w+::{function}\(\)|    void {function}\(\)$)", text, re.M):
                return text
    return ""


class Key:
    """A creator key as docs/formats/http.md has it."""

    def __init__(self, server, user):
        self.key, self.account = ed25519.Ed25519PrivateKey.generate(), f"@{user}@127.0.0.1:{server.port}"
        public = self.key.public_key()
        self.pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
        self.kid = "sha3-256:" + hashlib.sha3_256(public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)).hexdigest()

    def proof(self, account=None):
        document = {"type": "artdag.key-proof", "account": account or self.account, "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "public": self.pem}
        text = "artdag.key-proof.1\n" + json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return document | {"sig": [{"kid": self.kid, "alg": "ed25519", "value": base64.urlsafe_b64encode(self.key.sign(text.encode())).decode().rstrip("=")}]}


class Operations(artdag.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--role", "l2")
        cls.addClassCleanup(cls.server.stop)
        cls.api = json.loads(cls.server.call("GET", "/openapi.json").text)
        cls.operations = {f"{method.upper()} {path}": words for path, methods in cls.api["paths"].items() for method, words in methods.items() if method in METHODS}
        cls.giles, cls.carol = cls.server.token("giles"), cls.server.token("carol")
        cls.browser = Browser(cls.server)
        assert cls.browser.log_in("giles").status == 303
        cls.fill()

    @classmethod
    def json(cls, method, path, document=None, token=None):
        return cls.server.json(method, path, document, token or cls.giles)

    @classmethod
    def must(cls, status, method, path, document=None, token=None):
        found, body = cls.json(method, path, document, token)
        assert found == status, f"{method} {path}: {found} {body}"
        return body

    @classmethod
    def upload(cls, data):
        answer = cls.server.call("POST", "/media", data, {"Authorization": "Bearer " + cls.giles, "Content-Type": "application/octet-stream"})
        return json.loads(answer.text)["content_hash"]

    @classmethod
    def fill(cls):
        """A work, the same bytes again after a withdrawal, a reply, an anchor, a place for copies: what the addresses of reads need."""
        domain = f"127.0.0.1:{cls.server.port}"
        content, again = cls.upload(PNG), cls.upload(PNG + b"again")
        work = cls.must(201, "POST", "/assets", {"name": "a-cat", "content_hash": content, "asset_type": "image", "tags": ["art"]})
        for time_ in range(2):
            cls.must(201, "POST", "/assets", {"name": "again", "content_hash": again, "asset_type": "image"})
            if time_ == 0:
                cls.must(204, "DELETE", "/assets/again")
        reply = cls.must(201, "POST", "/interactions", {"type": "Reply", "object": work["links"]["object"], "content": "Lovely."}, cls.carol)
        outbox = json.loads(cls.server.call("GET", "/users/giles/outbox?page=true", headers={"Accept": "application/activity+json"}).text)
        storage = cls.must(201, "POST", "/storage", {"type": "local", "name": "Disk", "directory": str(cls.server.room)})
        note = json.loads(cls.server.call("GET", urllib.parse.urlsplit(reply["id"]).path, headers={"Accept": "application/activity+json"}).text)
        note = note["object"] if isinstance(note.get("object"), dict) else note
        cls.words = {"HASH": content.split(":")[1], "AGAIN": again.split(":")[1], "DOMAIN": domain, "ACTIVITY": outbox["orderedItems"][0]["id"].rsplit("/", 1)[1], "NOTE": note["id"].rsplit("/", 1)[1], "STORAGE": str(storage["id"]),
                     "ROOT": cls.must(201, "POST", "/anchors/create")["merkle_root"], "STYLE": re.search(r"/style/([\w.-]+\.css)", cls.server.call("GET", "/", headers={"Accept": "text/html"}).text)[1]}

    def rows_in_database(self):
        """How many rows each table has, jobs aside: when those that are due have made what they make of works."""
        with sqlite3.connect(self.server.room / "data" / "artdagd.sqlite", timeout=20) as database:
            due = "SELECT count(*) FROM jobs WHERE state = 'waiting' AND run_at < ?"  # also while it runs
            end = time.monotonic() + 60
            while database.execute(due, (time.time_ns() // 1000,)).fetchone()[0] > 0:
                self.assertLess(time.monotonic(), end, "jobs of works that were published are not done")
                time.sleep(0.05)
            tables = [name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if name != "jobs"]
            return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}

    # -- the table

    def test_every_operation_has_its_line_and_no_line_is_of_the_past(self):
        named = [row.operation for row in table()]
        self.assertEqual(sorted(set(self.operations) - set(named)), [], "operations without a line in operations.txt")
        self.assertEqual(sorted(set(named) - set(self.operations)), [], "lines of operations that are no more")
        self.assertEqual(len(named), len(set(named)))

    def test_what_a_line_names_is_there(self):
        for row in table():
            with self.subTest(row.operation):
                if row.success.startswith("walk "):
                    self.assertEqual(row.method, "GET", "only reads are tried here")
                    continue
                file, function = row.success.split(".")
                text = source_of(file, function)
                self.assertTrue(text, row.success)
                literals = [part for part in re.split(r"/|@?\{\w+\}", row.path) if part]
                self.assertEqual([part for part in literals if part not in text], [], "the test says nothing of this path")
                if row.method == "GET":
                    self.assertEqual(row.effect, "")
                elif row.effect != "peer":
                    self.assertTrue(row.effect in self.operations, f"{row.effect}: where the effect is seen is no operation")
                    self.assertNotEqual(row.effect, row.operation)

    # -- reads

    def test_reads_answer_as_they_are_described(self):
        for row in table():
            if not row.success.startswith("walk "):
                continue
            path = re.sub("|".join(self.words), lambda match: self.words[match[0]], row.success[5:])
            words = self.operations[row.operation]
            described = words["responses"]["200"]["content"]
            kind = next(iter(described))
            with self.subTest(row.operation, path=path):
                answer = self.browser.send("GET", path, headers={"Accept": kind})
                self.assertEqual(answer.status, 200, answer.text[:300])
                said = answer.getheader("Content-Type").split(";")[0]
                if kind == "*/*":
                    self.assertTrue(said)
                elif not described[kind].get("schema", {}).get("$ref"):
                    self.assertEqual(said, kind)
                else:
                    self.assertRegex(said, r"^application/(\w+\+)?json$|^application/xrd\+xml$")
                    schema = self.api["components"]["schemas"][described[kind]["schema"]["$ref"].rsplit("/", 1)[1]]
                    document = json.loads(answer.text)
                    self.assertEqual([name for name in schema.get("required", []) if name not in document], [])
                head = self.browser.send("HEAD", path, headers={"Accept": kind})
                self.assertEqual((head.status, head.text), (200, ""))

    # -- refusals

    def concrete(self, path):
        """The path for something that is not there."""
        for name, value in (("user", "nobody0"), ("hash", "0" * 64), ("merkle_root", "0" * 64), ("kid", "sha3-256:" + "0" * 64), ("id", "999999"), ("activity_id", "999999"), ("index", "999999"), ("version", "7"), ("file", "nothing.css"),
                            ("ref", "00000000-0000-7000-8000-000000000000"), ("uuid", "00000000-0000-7000-8000-000000000000"), ("upload", "0" * 32), ("level", "360"), ("type", "nothing"), ("tag", "%ff%fe"), ("name", "nothing-here"), ("run_id", "nothing")):
            path = path.replace("{" + name + "}", value)
        self.assertNotIn("{", path)
        return path

    def refusals_of(self, operation, words):
        """What must not be done: method, path, body, headers, and the statuses that say so."""
        method, path = operation.split(" ", 1)
        body = words.get("requestBody", {}).get("content", {})
        concrete = self.concrete(path)
        json_ = {"Accept": "application/json"}
        if "security" in words:
            yield "nobody", method, concrete, None if method == "GET" else b"{}", json_ | ({"Content-Type": "application/json"} if method != "GET" else {}), (401, 403)
            yield "a forged token", method, concrete, None if method == "GET" else b"{}", json_ | {"Authorization": "Bearer " + self.giles[:-4] + "AAAA"}, (401, 403)
        if path.startswith("/admin"):
            yield "a member", method, concrete, None if method == "GET" else b"{}", json_ | {"Authorization": "Bearer " + self.carol}, (403,)
        if "application/x-www-form-urlencoded" in body:
            yield "a form from elsewhere", method, concrete, b"csrf=x", json_ | {"Content-Type": "application/x-www-form-urlencoded"} | ({"Authorization": "Bearer " + self.giles} if "security" in words else {}), (403,)
        elif body and method != "GET" and "*/*" not in body:
            yield "no JSON", method, concrete, b"{", json_ | {"Content-Type": "application/json"} | ({"Authorization": "Bearer " + self.giles} if "security" in words else {}), (400, 401, 403, 404, 415)
        elif "*/*" in body:
            yield "an upload of nobody", method, concrete, b"bytes", json_, (401,)
        if not body:
            yield "bytes that it does not take", method, concrete, b"x", json_ | {"Authorization": "Bearer " + self.giles}, (400, 401, 403, 404, 410, 413)
        if "{" in path and not body:
            yield "nothing of that name", method, concrete, None, json_ | {"Authorization": "Bearer " + self.giles}, (400, 403, 404)

    def test_every_operation_refuses_and_nothing_is_changed_by_that(self):
        before = self.rows_in_database()
        refused = 0
        answers = ("GET /tags/{tag}", "GET /storage/type/{type}", "GET /style/{file}")  # nothing of that name is an empty list there; a stylesheet of before is that of today
        for operation, words in self.operations.items():
            count = 0
            for what, method, path, body, headers, statuses in self.refusals_of(operation, words):
                count += 1
                if what == "nothing of that name" and operation in answers:
                    continue
                with self.subTest(operation, what=what):
                    answer = self.server.call(method, path, body, headers)
                    self.assertIn(answer.status, statuses, answer.text[:300])
                    if answer.text and method != "HEAD":
                        problem = json.loads(answer.text)
                        if path.startswith("/oauth/") and "error" in problem:  # as RFC 6749 has it
                            continue
                        self.assertEqual(answer.getheader("Content-Type").split(";")[0], "application/problem+json")
                        self.assertEqual((problem["status"], sorted({"type", "title", "status", "detail"} & set(problem))), (answer.status, ["detail", "status", "title", "type"]))
            with self.subTest(operation):
                self.assertGreater(count, 0, "no refusal of it is tried")
            refused += count
        self.assertGreater(refused, len(self.operations))
        self.assertEqual(self.rows_in_database(), before)

    # -- what no other test does

    def test_a_key_sets_a_password(self):
        token = self.server.token("keyed")
        key, other = Key(self.server, "keyed"), Key(self.server, "keyed")
        self.must(201, "POST", "/users/keyed/keys", key.proof(), token)
        new = "a password by key 3"
        for name, proof in (("another key", other.proof()), ("of another account", key.proof(f"@giles@127.0.0.1:{self.server.port}")), ("none", {})):
            with self.subTest(name):
                self.assertEqual(self.server.json("POST", "/auth/reset", {"user": "keyed", "password": new, "proof": proof})[0], 403)
        self.assertEqual(self.server.json("POST", "/auth/reset", {"user": "keyed", "password": "short", "proof": key.proof()})[0], 400)
        self.assertEqual(self.server.json("POST", "/auth/login", {"user": "keyed", "password": new})[0], 401)
        self.assertEqual(self.server.json("POST", "/auth/reset", {"user": "keyed", "password": new, "proof": key.proof()})[0], 200)
        self.assertEqual(self.server.json("POST", "/auth/login", {"user": "keyed", "password": new})[0], 200)
        self.assertEqual(self.server.json("GET", "/auth/me", token=token)[0], 401, "every login of before is over")

    def test_a_key_is_revoked_by_programs_and_by_people(self):
        token = self.server.token("revoker")
        keys = [Key(self.server, "revoker") for _ in range(2)]
        for key in keys:
            self.must(201, "POST", "/users/revoker/keys", key.proof(), token)
        self.assertEqual(self.server.json("DELETE", f"/users/revoker/keys/{keys[0].kid}", token=self.carol)[0], 403)
        self.assertEqual(self.server.json("DELETE", f"/users/carol/keys/{keys[0].kid}", token=self.carol)[0], 404)
        first = self.must(200, "DELETE", f"/users/revoker/keys/{keys[0].kid}", token=token)
        self.assertTrue(first["revoked_at"])
        self.assertEqual(self.must(200, "DELETE", f"/users/revoker/keys/{keys[0].kid}", token=token)["revoked_at"], first["revoked_at"])
        browser = Browser(self.server)
        browser.log_in("revoker")
        self.assertEqual(browser.post("/settings/keys", {"kid": keys[1].kid}).status, 303)
        self.assertEqual(browser.post("/settings/keys", {"csrf": Fields(browser.get("/settings").text).found["csrf"], "kid": keys[1].kid}).status, 404)
        shown = self.server.json("GET", "/users/revoker/keys")[1]["keys"]
        self.assertEqual([bool(key["revoked_at"]) for key in shown], [True, True])
        self.assertEqual(self.server.json("POST", "/auth/reset", {"user": "revoker", "password": "a new password 5", "proof": keys[0].proof()})[0], 403)

    def test_another_account_of_mine_is_shown(self):
        token = self.server.token("mover")
        other = f"@carol@127.0.0.1:{self.server.port}"
        self.assertEqual(self.server.json("POST", "/account/aliases", {"account": "@nobody0@127.0.0.1:" + str(self.server.port)}, token)[0], 404)
        self.must(200, "POST", "/account/aliases", {"account": other}, token)

        def shown():
            return json.loads(self.server.call("GET", "/users/mover", headers={"Accept": "application/activity+json"}).text).get("alsoKnownAs", [])
        self.assertEqual(shown(), [self.server.url + "/users/carol"])
        self.must(200, "POST", "/account/aliases", {"account": other, "remove": True}, token)
        self.assertEqual(shown(), [])

    def test_a_place_for_copies_is_tried_and_forgotten(self):
        place = self.must(201, "POST", "/storage", {"type": "local", "name": "Other disk", "directory": str(self.server.room / "data" / "tmp")})
        path = f"/storage/{place['id']}"
        self.assertEqual(self.json("POST", path + "/test", token=self.carol)[0], 404)
        self.assertTrue(self.must(200, "POST", path + "/test")["ok"])
        self.assertIn(place["id"], [one["id"] for one in self.must(200, "GET", "/storage")["items"]])
        self.assertEqual(self.json("DELETE", path, token=self.carol)[0], 404)
        self.must(204, "DELETE", path)
        self.assertEqual(self.json("GET", path)[0], 404)
        self.assertNotIn(place["id"], [one["id"] for one in self.must(200, "GET", "/storage")["items"]])

    def test_what_was_told_is_read(self):
        told = self.must(200, "GET", "/notifications")
        self.assertGreater(told["unread"], 0)
        self.assertEqual(self.json("POST", "/notifications", {"read_up_to": "all"})[0], 400)
        self.assertGreater(self.must(200, "GET", "/notifications")["unread"], 0)
        self.must(204, "POST", "/notifications", {"read_up_to": told["items"][0]["id"]})
        self.assertEqual(self.must(200, "GET", "/notifications")["unread"], 0)

    def admin_form(self, path, fields):
        return self.browser.post(path, {"csrf": Fields(self.browser.get("/settings").text).found["csrf"]} | fields)

    def test_a_report_is_closed(self):
        with sqlite3.connect(self.server.room / "data" / "artdagd.sqlite", timeout=20) as database:
            for number, state in ((7001, "open"), (7002, "open")):
                database.execute("INSERT INTO reports (id, uri, objects, comment, state, created_at) VALUES (?, ?, '[]', ?, ?, 5)", (number, f"u{number}", f"complaint {number}", state))
        self.assertIn("complaint 7001", self.browser.get("/admin/reports").text)
        self.assertEqual(self.admin_form("/admin/reports/7001", {"answer": "burned"}).status, 400)
        self.assertEqual(self.admin_form("/admin/reports/7003", {"answer": "resolved"}).status, 404)
        self.assertEqual(self.admin_form("/admin/reports/7001", {"answer": "resolved"}).status, 303)
        self.assertEqual(self.admin_form("/admin/reports/7002", {"answer": "dismissed"}).status, 303)
        self.assertEqual(self.admin_form("/admin/reports/7001", {"answer": "dismissed"}).status, 404, "it is closed")
        page = self.browser.get("/admin/reports").text
        self.assertNotIn('action="/admin/reports/7001"', page)
        self.assertIn("No report waits.", page)
        self.assertIn("resolve", self.browser.get("/admin/log").text)

    def test_somebody_of_another_server_is_judged(self):
        with sqlite3.connect(self.server.room / "data" / "artdagd.sqlite", timeout=20) as database:
            database.execute("INSERT INTO actors (id, uri, host, type, name, display_name, summary, url, icon, inbox, shared_inbox, followers_url, key_id, key_pem, document, fetched_at) VALUES (7001, 'https://bad.example/users/troll', 'bad.example', 'Person', 'troll', "
                             "'<b>Troll</b>', '', 'javascript:alert(1)', '', 'https://bad.example/inbox', '', '', 'k', '', '', 5)")
        self.assertIn('href="/admin/people/7001"', self.browser.get("/admin/people?q=TROLL%40bad").text)
        page = self.browser.get("/admin/people/7001").text
        self.assertIn("&lt;b&gt;Troll", page)
        self.assertNotIn("javascript:", page)
        own = self.browser.get("/admin/people?q=giles").text
        self.assertNotIn("@giles@", own, "ours are under Accounts")
        for fields, status, place in (({"do": "suspend", "reason": ""}, 200, "/7001"), ({"do": "banish", "reason": "x"}, 400, "/7001"), ({"do": "suspend", "reason": "x"}, 404, "/7003"), ({"do": "suspend", "reason": "Spam <here>"}, 303, "/7001")):
            with self.subTest(**fields):
                self.assertEqual(self.admin_form("/admin/people" + place, fields).status, status)
        self.assertIn("@troll@bad.example", self.browser.get("/admin/people?state=suspended").text)
        self.assertIn("Spam &lt;here&gt;", self.browser.get("/admin/people/7001").text)
        log = self.browser.get("/admin/log").text
        self.assertIn("Spam &lt;here&gt;", log)
        self.assertIn('href="/admin/people?q=https://bad.example/users/troll"', log)
        self.assertIn("@troll@", self.browser.get("/admin/people?q=https://bad.example/users/troll").text, "the log's link leads there")
        self.assertEqual(self.admin_form("/admin/people/7001", {"do": "restore", "reason": "a mistake"}).status, 303)
        self.assertNotIn("troll", self.browser.get("/admin/people?state=suspended").text)

    def test_a_file_is_blocked_by_its_hash(self):
        data = PNG + b"unwanted"
        content = "sha3-256:" + hashlib.sha3_256(data).hexdigest()
        upload = lambda: self.server.call("POST", "/media", data, {"Authorization": "Bearer " + self.giles, "Content-Type": "application/octet-stream"}).status
        for fields in ({"hash": "cat", "reason": "x"}, {"hash": content, "reason": ""}):
            self.assertEqual(self.admin_form("/admin/hashes", {"do": "add"} | fields).status, 400)
        self.assertEqual(self.admin_form("/admin/hashes", {"do": "add", "hash": content, "reason": "no <consent>"}).status, 303)
        page = self.browser.get("/admin/hashes").text
        self.assertIn(content, page)
        self.assertIn("no &lt;consent&gt;", page)
        self.assertEqual(upload(), 403)
        self.assertIn(content, self.browser.get("/admin/log").text)
        self.assertEqual(self.admin_form("/admin/hashes", {"do": "remove", "hash": content}).status, 303)
        self.assertEqual(upload(), 201)

    def test_a_job_is_tried_again_or_dropped(self):
        with sqlite3.connect(self.server.room / "data" / "artdagd.sqlite", timeout=20) as database:
            for number in (7001, 7002):
                database.execute("INSERT INTO jobs (id, kind, ref, payload, state, run_at, created_at, error) VALUES (?, 'a-kind-that-nobody-does', ?, '{}', 'failed', 5, 5, 'broken')", (number, str(number)))
        self.assertIn('action="/admin/jobs/7001"', self.browser.get("/admin/jobs").text)
        self.assertEqual(self.admin_form("/admin/jobs/7003", {"answer": "retry"}).status, 404)
        self.assertEqual(self.admin_form("/admin/jobs/7001", {"answer": "drop"}).status, 303)
        self.assertEqual(self.admin_form("/admin/jobs/7001", {"answer": "drop"}).status, 404)
        self.assertEqual(self.admin_form("/admin/jobs/7002", {"answer": "retry"}).status, 303)
        page = self.browser.get("/admin/jobs").text
        self.assertNotIn('action="/admin/jobs/7001"', page)
        self.assertRegex(page, r"a-kind-that-nobody-does</strong> 7002 · waiting")
        self.assertEqual(self.admin_form("/admin/jobs/7002", {"answer": "drop"}).status, 303)


if __name__ == "__main__":
    unittest.main()
