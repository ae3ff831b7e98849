#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A renderer as its people use it: the real artdagd with the role l1, runs, bytes, two strangers, limits, kills."""
import base64
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import artdag
import npm_peers


LISTS = (("/runs", "run_id"), ("/cache", "content_hash"), ("/recipes", "recipe_id"))


class Renderer:
    """A server on a free port. Stopped by its own process id."""

    def __init__(self, room, *flags, roles="l1,l2"):
        self.room, self.flags, self.roles = room, flags, roles
        self.port = 0
        self.start()

    def start(self):
        """On its port of before, if it had one: somebody else's connection may have taken that for a moment."""
        until = time.monotonic() + 30
        while not self.tried():
            assert self.port and time.monotonic() < until and "Address already in use" in (self.room / "log").read_text(), (self.room / "log").read_text()
            self.process.wait()
            time.sleep(0.5)

    def tried(self):
        self.log = (self.room / "log").open("a")
        self.process = subprocess.Popen([str(artdag.BIN / "artdagd"), "serve", "--data", str(self.room / "data"), "--port", str(self.port), "--allow-loopback", "--role", self.roles, *map(str, self.flags)],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        if "listening on http://" not in line:
            return False
        self.url = line.split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])
        self.l1 = self.url + ("/l1" if "l2" in self.roles else "")
        return True

    def stop(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        self.log.close()
        return code

    def call(self, method, path, body=None, token=None, headers=None, base=None):
        """Status, headers, body (JSON when it is)."""
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        sent = {"Accept": "application/json"} | ({"Content-Type": "application/json"} if data is not None else {}) | ({"Authorization": f"Bearer {token}"} if token else {}) | (headers or {})
        request = urllib.request.Request((base or self.l1) + path, data=data, headers=sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return self.read(answer.status, answer)
        except urllib.error.HTTPError as error:
            with error:
                return self.read(error.code, error)

    @staticmethod
    def read(status, answer):
        body = answer.read()
        return status, answer.headers, json.loads(body) if answer.headers.get("Content-Type") in ("application/json", "application/problem+json") and body else body

    def member(self, user):
        status, _, body = self.call("POST", "/auth/register", {"user": user, "password": "a long enough password 1"}, base=self.url)
        assert status == 201, body
        return body["token"]

    def wait(self, run, token, until=("completed", "cached", "failed", "cancelled"), seconds=120, more=lambda body: True):
        """The run, once it is in such a state."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            status, _, body = self.call("GET", f"/runs/{run}", token=token)
            assert status == 200, body
            if body["status"] in until and more(body):
                return body
            time.sleep(0.05)  # between two looks at the condition
        raise AssertionError(f"still {body}\n" + (self.room / "log").read_text()[-2000:])

    def children(self):
        """Process ids of its renders."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid), "-x", "artdag-render"], capture_output=True, text=True)
        return [int(pid) for pid in found.stdout.split()]


def small(seconds=2.0, title="Cat", **canvas):
    document = json.loads((artdag.SAMPLES / "spinning_cat.artdag").read_text())
    document["canvas"] |= {"width": 320, "height": 180, "duration": seconds} | canvas
    document["title"] = title
    return document


def slow(seconds=60.0):
    """A film that takes a while on any machine, in many chunks."""
    return small(seconds, title="Slow", width=640, height=360)


class Case(artdag.Case):
    flags = ()
    roles = "l1,l2"

    @classmethod
    def setUpClass(cls):
        cls.room = pathlib.Path(tempfile.mkdtemp(prefix="artdag-l1-"))
        cls.addClassCleanup(shutil.rmtree, cls.room, True)
        cls.server = Renderer(cls.room, *cls.flags, roles=cls.roles)
        cls.addClassCleanup(cls.server.stop)

    def run_of(self, document, token, **members):
        status, headers, body = self.server.call("POST", "/runs", {"recipe": document} | members, token)
        self.assertEqual(status, 202, body)
        self.assertEqual(headers["Location"], body["links"]["self"])
        return body

    def upload(self, data, token, kind="application/octet-stream"):
        status, _, body = self.server.call("POST", "/cache/upload", data, token, {"Content-Type": kind})
        self.assertEqual(status, 201, body)
        return body


class Runs(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.giles, cls.anna = cls.server.member("giles"), cls.server.member("anna")

    def test_a_run_gives_the_film_that_the_command_line_gives_with_signed_provenance(self):
        document = small()
        run = self.run_of(document, self.giles, output_name="cat")
        self.assertIn(run["status"], ("queued", "running"))
        done = self.server.wait(run["run_id"], self.giles)
        self.assertEqual(done["status"], "completed", done)
        self.assertEqual(done["frames"], {"done": 60, "total": 60})
        mine = self.render(document)
        self.assertEqual(done["frames_hash"], mine["frames_hash"])
        self.assertEqual(done["content_hash"], mine["content_hash"])
        self.assertEqual(done["run_key"], mine["run_key"])
        status, headers, film = self.server.call("GET", "/cache/" + done["content_hash"], token=self.giles)
        self.assertEqual((status, headers["Content-Type"], headers["X-Content-Type-Options"]), (200, "video/mp4", "nosniff"))
        self.assertEqual("sha3-256:" + hashlib.sha3_256(film).hexdigest(), done["content_hash"])
        status, _, part = self.server.call("GET", "/cache/" + done["content_hash"], token=self.giles, headers={"Range": "bytes=10-19"})
        self.assertEqual((status, part), (206, film[10:20]))
        status, _, manifest = self.server.call("GET", f"/runs/{run['run_id']}/provenance", token=self.giles)
        self.assertEqual((status, manifest["output"]["frames_hash"]), (200, done["frames_hash"]))
        key = self.server.call("GET", "/auth/instance")[2]
        self.assertEqual(manifest["sig"][0]["kid"], key["kid"])
        with self.subTest("others' tools read the same, and notice each tampering"):
            status, _, envelope = self.server.call("GET", f"/runs/{run['run_id']}/attestation", token=self.giles)
            self.assertEqual(status, 200, envelope)
            statement = self.opened(envelope, key["public"])["payload"]
            self.assertEqual((statement["_type"], statement["predicateType"]), ("https://in-toto.io/Statement/v1", "https://slsa.dev/provenance/v1"))
            self.assertEqual(statement["subject"], [{"name": manifest["output"]["name"], "digest": {"sha256": hashlib.sha256(film).hexdigest(), "sha3_256": hashlib.sha3_256(film).hexdigest()}}])
            self.assertEqual(statement["predicate"]["runDetails"]["builder"]["id"], self.server.l1)
            self.assertIn({"name": "recipe", "digest": {"sha3_256": done["recipe"].removeprefix("sha3-256:")}}, statement["predicate"]["buildDefinition"]["resolvedDependencies"])
            self.assertEqual(envelope["signatures"][0]["keyid"], key["kid"])
            payload = base64.b64decode(envelope["payload"])
            other = subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519"], check=True, capture_output=True).stdout
            other = subprocess.run(["openssl", "pkey", "-pubout"], input=other, check=True, capture_output=True).stdout.decode()
            signature = bytearray(base64.b64decode(envelope["signatures"][0]["sig"]))
            signature[7] ^= 1
            for what, changed, by in (("payload", {"payload": base64.b64encode(payload.replace(b"sha3_256", b"sha3_255", 1)).decode()}, key["public"]), ("type", {"payloadType": "text/plain"}, key["public"]),
                                      ("signature", {"signatures": [{"keyid": key["kid"], "sig": base64.b64encode(signature).decode()}]}, key["public"]), ("another key", {}, other)):
                with self.subTest(tampered=what):
                    self.assertEqual(self.opened(envelope | changed, by), {"error": "no signature holds"})
        # The manifest and its signature as `artdag verify` reads them.
        papers = {"artdag_provenance": 1, "manifest": manifest, "claim": None, "recipe": json.dumps(document, indent=2) + "\n", "keys": [key["public"]]}
        digests = self.server.call("GET", "/cache/" + manifest["output"]["frame_digests"], token=self.giles)[2]
        pictures = [digests[i:i + 32].hex() for i in range(0, 60 * 32, 32)]
        papers |= {"picture_digests": pictures, "sound_digests": [digests[i:i + 32].hex() for i in range(60 * 32, len(digests), 32)]}
        recipe_text = self.server.call("GET", "/cache/" + done["recipe"], token=self.giles)[2]
        papers["recipe"] = recipe_text.decode()
        (self.folder / "got.mp4").write_bytes(film)
        (self.folder / "got.mp4.provenance.json").write_text(json.dumps(papers))
        report = self.artdag("verify", self.folder / "got.mp4", "--frames", "3")
        self.assertTrue(report["verified"], report)
        status, _, meta = self.server.call("GET", f"/cache/{done['content_hash']}/meta", token=self.giles)
        self.assertEqual((meta["media"]["frames"], meta["lineage"]["run_id"]), (60, run["run_id"]))

    @staticmethod
    def opened(envelope, key):
        """As sigstore's library reads it."""
        peer = npm_peers.installed("attestation", "attestation.mjs")
        return json.loads(subprocess.run(["node", str(peer / "attestation.mjs"), key], input=json.dumps(envelope), check=True, capture_output=True, text=True).stdout)

    def test_the_same_work_is_one_run_and_anothers_reference_is_its_own(self):
        document = small(1.0, title="Twice")
        first = self.run_of(document, self.giles)
        again = self.run_of(document, self.giles)
        self.assertEqual(first["run_id"], again["run_id"])
        other = self.run_of(document, self.anna)
        self.assertNotEqual(first["run_id"], other["run_id"])
        self.assertEqual(first["run_key"], other["run_key"])
        ours, theirs = self.server.wait(first["run_id"], self.giles), self.server.wait(other["run_id"], self.anna)
        self.assertEqual(ours["content_hash"], theirs["content_hash"])
        listed = self.server.call("GET", "/runs?limit=1", token=self.giles)[2]
        self.assertEqual(len(listed["items"]), 1)
        self.assertIn("cursor=", listed["next"])

    def shared(self, path, name):
        """What both people find in a list of theirs."""
        mine, theirs = ({item[name] for item in self.server.call("GET", path, token=token)[2]["items"]} for token in (self.giles, self.anna))
        return mine, mine & theirs

    def test_strangers_see_nothing_of_each_other(self):
        before = {path: self.shared(path, name)[1] for path, name in LISTS}  # what both made in other tests of this file
        photo = (self.folder / "photo.png")
        artdag.ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x64:d=0.04", "-frames:v", "1", photo)
        image = self.upload(photo.read_bytes(), self.giles, "image/png")
        self.assertEqual(image["media"]["width"], 64)
        private = self.run_of(small(0.5, title="Private", height=176), self.giles)
        film = self.server.wait(private["run_id"], self.giles)["content_hash"]
        recipe = self.server.call("POST", "/recipes", {"name": "mine", "recipe": small()}, self.giles)[2]["recipe_id"]
        self.server.call("POST", "/recipes", {"name": "stays", "recipe": small()}, self.giles)
        reads = artdag.recipe({"a": {"effect": "rotate", "in": {"picture": "photo"}}}, "a", canvas={"duration": 0.5}) | {"inputs": {"photo": {"media": "media"}}}
        naming = {"recipe": reads, "inputs": {"photo": image["content_hash"]}}
        table = [  # what, request, status of its owner, status of a stranger
            ("a run", ("GET", f"/runs/{private['run_id']}", None), 200, 404),
            ("its events", ("GET", f"/runs/{private['run_id']}/events", None), 200, 404),
            ("its plan", ("GET", f"/runs/{private['run_id']}/plan", None), 200, 404),
            ("its provenance", ("GET", f"/runs/{private['run_id']}/provenance", None), 200, 404),
            ("its attestation", ("GET", f"/runs/{private['run_id']}/attestation", None), 200, 404),
            ("its page", ("GET", f"/ui/runs/{private['run_id']}", None), 200, 404),
            ("its film", ("GET", f"/cache/{film}", None), 200, 404),
            ("the film's facts", ("GET", f"/cache/{film}/meta", None), 200, 404),
            ("an upload", ("GET", f"/cache/{image['content_hash']}", None), 200, 404),
            ("a recipe", ("GET", f"/recipes/{recipe}", None), 200, 404),
            ("a recipe by name", ("GET", "/configs/mine", None), 200, 404),
            ("another's bytes in a plan", ("POST", "/plan", naming), 200, 404),
            ("another's bytes in a run", ("POST", "/runs", naming), 202, 404),
            ("another's bytes in a recipe's default", ("POST", "/plan", {"recipe": reads | {"inputs": {"photo": {"media": "media", "default": image["content_hash"]}}}}), 200, 404),
            ("another's recipe in a run", ("POST", "/plan", {"recipe": recipe}), 200, 404),
            ("cancelling what is over", ("POST", f"/runs/{private['run_id']}/cancel", {}), 409, 404),
            ("giving up what is read", ("DELETE", f"/cache/{film}", None), 409, 404),
            ("giving up what a run reads", ("DELETE", f"/cache/{image['content_hash']}", None), 409, 404),
            ("deleting", ("DELETE", f"/runs/{private['run_id']}", None), 204, 404),
            ("forgetting a recipe", ("DELETE", f"/recipes/{recipe}", None), 204, 404)]
        for what, (method, path, body), own, foreign in table:
            with self.subTest(what):
                self.assertEqual(self.server.call(method, path, body, self.anna)[0], foreign)
                nobody = self.server.call(method, path, body)[0]
                self.assertIn(nobody, (401, 404))
                status, _, answer = self.server.call(method, path, body, self.giles)
                self.assertEqual(status, own, answer)
        for path, name in LISTS:
            mine, both = self.shared(path, name)
            self.assertTrue(mine, path)
            self.assertFalse(both - before[path], path)
        with self.subTest("what was deleted is gone, also from the disk"):
            self.assertEqual(self.server.call("GET", f"/cache/{film}", token=self.giles)[0], 404)
            name = film.split(":")[1]
            self.assertFalse((self.room / "data" / "objects" / name[:2] / name[2:]).exists())
        with self.subTest("bringing the same bytes makes them one's own"):
            self.upload(photo.read_bytes(), self.anna, "image/png")
            self.assertEqual(self.server.call("GET", f"/cache/{image['content_hash']}", token=self.anna)[0], 200)
            self.assertEqual(self.server.call("DELETE", f"/cache/{image['content_hash']}", token=self.anna)[0], 204)
            self.assertEqual(self.server.call("GET", f"/cache/{image['content_hash']}", token=self.giles)[0], 200)

    def test_cancelling_stops_within_two_seconds_and_another_who_waits_keeps_the_work(self):
        document = slow()
        run = self.run_of(document, self.giles)
        self.server.wait(run["run_id"], self.giles, ("running",), more=lambda body: body["frames"]["done"] > 0)
        other = self.run_of(document, self.anna)
        self.assertEqual(self.server.call("POST", f"/runs/{run['run_id']}/cancel", {}, self.giles)[2]["status"], "cancelled")
        self.server.wait(other["run_id"], self.anna, ("running",))
        self.assertTrue(self.server.children(), "the work of the one who still waits was stopped")
        begin = time.monotonic()
        self.server.call("POST", f"/runs/{other['run_id']}/cancel", {}, self.anna)
        while self.server.children():
            self.assertLess(time.monotonic() - begin, 2.0, "it is still at work")
            time.sleep(0.02)
        self.assertEqual(self.server.wait(run["run_id"], self.giles)["status"], "cancelled")

    def test_events_tell_of_the_run_until_it_is_over(self):
        run = self.run_of(small(8.0, title="Events"), self.giles)
        request = urllib.request.Request(self.server.l1 + f"/runs/{run['run_id']}/events", headers={"Authorization": f"Bearer {self.giles}"})
        with urllib.request.urlopen(request, timeout=120) as stream:
            self.assertEqual(stream.headers["Content-Type"], "text/event-stream")
            text = stream.read().decode()
        states = [line[7:] for line in text.splitlines() if line.startswith("event: ")]
        bodies = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]
        self.assertEqual(states[-1], "completed")
        self.assertIn("running", states)
        done = [body["frames"]["done"] for body in bodies]
        self.assertEqual(done, sorted(done))
        self.assertEqual(done[-1], 240)

    def test_mistakes_are_all_said_at_once_and_nothing_is_begun(self):
        document = small()
        document["nodes"]["extra"] = {"effect": "rotate", "in": {"picture": "nowhere"}, "args": {"angel": 1}}
        for path in ("/runs", "/plan"):
            status, _, body = self.server.call("POST", path, {"recipe": document}, self.giles)
            self.assertEqual(status, 400, body)
            self.assertGreaterEqual(len(body["problems"]), 2, body)
            self.assertIn("angle", json.dumps(body["problems"]))
        for body in ({}, {"recipe": 7}, {"recipe": "nothing of that name"}, {"recipe": small(), "inputs": {"x": "abc123..."}}, {"recipe": small(), "encode": "png-sequence"}, {"recipe": small(), "output": "none"}):
            status, _, answer = self.server.call("POST", "/runs", body, self.giles)
            self.assertIn(status, (400, 404), answer)

    def test_the_plan_says_what_it_takes_and_the_catalogue_what_there_is(self):
        plan = self.server.call("POST", "/plan", {"recipe": small(2.5, title="Plan", width=304)}, self.giles)[2]
        self.assertEqual((plan["frames"], plan["chunks"][0]["cached"]), (75, False))
        self.assertGreater(plan["estimated_seconds"], 0)
        local = self.artdag("effects", "rotate")["effects"][0]
        self.assertEqual(self.server.call("GET", "/effects/rotate")[2], local)
        self.assertEqual(self.server.call("GET", "/effects/rotat")[0], 404)
        self.assertGreater(len(self.server.call("GET", "/effects")[2]["effects"]), 50)
        self.assertEqual(self.server.call("GET", "/assets")[2], {"items": []})
        self.assertEqual(self.server.call("GET", "/healthz")[2]["role"], "l1")

    def test_every_route_is_described_and_answers(self):
        api = self.server.call("GET", "/openapi.json")[2]
        for path in ("/runs", "/runs/{id}/events", "/plan", "/cache/upload", "/cache/{hash}", "/recipes/{id}", "/configs", "/effects/{name}", "/auth", "/auth/revoke-user", "/logout"):
            self.assertIn(path, api["paths"])
        for path, methods in api["paths"].items():
            for method, operation in methods.items():
                if "security" in operation:
                    status = self.server.call(method.upper(), path.replace("{id}", "x").replace("{hash}", "0" * 64).replace("{name}", "x"), b"" if method == "post" else None)[0]
                    self.assertEqual(status, 401, f"{method} {path}")


class Limits(Case):
    flags = ("--max-run-pixels", 320 * 180, "--max-run-duration", 60, "--max-run-nodes", 100, "--max-run-time", 4, "--max-runs-of-user", 2, "--max-runs", 3)

    def test_what_the_operator_does_not_allow_is_refused(self):
        tokens = [self.server.member(name) for name in ("giles", "anna")]
        many = artdag.recipe({f"n{i}": {"effect": "solid"} if i == 0 else {"effect": "rotate", "in": {"picture": f"n{i - 1}"}} for i in range(120)}, "n119")
        for what, document in (("pixels", small(width=640)), ("seconds", small(61.0)), ("nodes", many), ("boundless", small(1e12)), ("huge", small(width=10**6, height=10**6))):
            with self.subTest(what):
                status, _, body = self.server.call("POST", "/runs", {"recipe": document}, tokens[0])
                self.assertEqual(status, 400, body)
        with self.subTest("time"):
            noisy = artdag.recipe({"p": {"effect": "plasma"}, "b": {"effect": "blur", "in": {"picture": "p"}, "args": {"radius": 40}}}, "b", canvas={"duration": 60.0, "width": 320, "height": 180})
            run = self.run_of(noisy, tokens[0])
            begin = time.monotonic()
            self.assertEqual(self.server.call("POST", "/runs", {"recipe": small(2.0, title="a")}, tokens[0])[0], 202)
            status, headers, body = self.server.call("POST", "/runs", {"recipe": small(3.0, title="b")}, tokens[0])
            self.assertEqual((status, int(headers["Retry-After"]) > 0), (429, True), body)
            self.assertEqual(self.server.call("POST", "/runs", {"recipe": small(2.0, title="a")}, tokens[0])[0], 202, "what is under way is told, however full it is")
            self.assertEqual(self.server.call("POST", "/runs", {"recipe": small(3.0, title="c")}, tokens[1])[0], 202)
            self.assertEqual(self.server.call("POST", "/runs", {"recipe": small(4.0, title="d")}, tokens[1])[0], 429)
            done = self.server.wait(run["run_id"], tokens[0])
            self.assertEqual(done["status"], "failed", done)
            self.assertIn("longer than the 4 s", done["error"])
            self.assertLess(time.monotonic() - begin, 15)


class Kills(Case):
    def test_a_killed_render_and_a_killed_server_lose_no_chunk(self):
        token = self.server.member("giles")
        document = small(30.0, title="Killed", width=160, height=90)
        run = self.run_of(document, token)["run_id"]
        total = self.server.call("POST", "/plan", {"recipe": document}, token)[2]["chunks"]
        self.assertGreater(len(total), 3)
        # Frames are done before their chunk is encoded and stored, so the store is asked.
        self.server.wait(run, token, ("running",), more=lambda body: self.kept(document, token) >= 1)
        with self.subTest("the render's process"):
            os.kill(self.server.children()[0], signal.SIGKILL)
            before = self.kept(document, token)
            self.assertGreaterEqual(before, 1)
            self.server.wait(run, token, ("running",), more=lambda body: body["frames"]["done"] >= sum(chunk["frames"] for chunk in total[:before]))
        with self.subTest("the server"):
            children = self.server.children()
            self.server.stop(signal.SIGKILL)
            for child in children:
                self.assertTrue(self.ended(child), "a render outlives its server")
            self.server.start()
            self.assertGreaterEqual(self.kept(document, token), before)
            done = self.server.wait(run, token, seconds=240)
            self.assertEqual(done["status"], "completed", done)
        local = self.render(document)
        self.assertEqual((done["frames_hash"], done["content_hash"]), (local["frames_hash"], local["content_hash"]))

    def kept(self, document, token):
        return sum(chunk["cached"] for chunk in self.server.call("POST", "/plan", {"recipe": document}, token)[2]["chunks"])

    @staticmethod
    def ended(pid):
        end = time.monotonic() + 5
        while time.monotonic() < end:
            try:
                if pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                    return True
            except (FileNotFoundError, ProcessLookupError):
                return True
            time.sleep(0.02)
        return False


class Shared(Case):
    def test_two_servers_on_one_database_and_store_share_the_work(self):
        token = self.server.member("giles")
        second = Renderer(self.room, "--public-url", self.server.url, roles=self.roles)
        self.addCleanup(second.stop)
        runs = [self.run_of(small(6.0 + i, title=f"Film {i}"), token)["run_id"] for i in range(2)]
        deadline = time.monotonic() + 60
        both = False
        while not both and time.monotonic() < deadline:
            both = bool(self.server.children()) and bool(second.children())
        self.assertTrue(both, "one of them did all the work")
        for run in runs:
            self.assertIn(second.wait(run, token)["status"], ("completed", "cached"))


class Alone(Case):
    roles = "l1"

    def test_alone_it_is_at_the_root_and_a_local_token_lets_in(self):
        token = subprocess.run([str(artdag.BIN / "artdagd"), "l1-token", "--data", str(self.room / "data"), "--port", str(self.server.port), "--allow-loopback", "--role", "l1"], capture_output=True, text=True, check=True).stdout.strip()
        self.assertEqual(self.server.call("GET", "/healthz")[2]["role"], "l1")
        self.assertEqual(self.server.call("GET", "/users")[0], 404)
        self.assertEqual(self.server.call("GET", "/runs")[0], 401)
        done = self.server.wait(self.run_of(small(0.5), token)["run_id"], token)
        self.assertEqual(done["status"], "completed")
        with self.subTest("a revoked token is over"):
            self.assertEqual(self.server.call("POST", "/logout", {}, token)[0], 204)
            self.assertEqual(self.server.call("GET", "/runs", token=token)[0], 401)
        with self.subTest("people are led to where they attach"):
            status, headers, body = self.server.call("GET", "/auth", headers={"Accept": "text/html"})
            self.assertIn(b"Attach to this renderer", body)
            self.assertEqual(self.server.call("GET", "/auth?registry=https://evil.example")[0], 403)
            self.assertEqual(self.server.call("GET", "/auth?auth_token=x&state=y")[0], 403)
        with self.subTest("a revocation that nobody known signed is refused"):
            word = {"type": "artdag.revoke", "registry": "https://evil.example", "renderer": self.server.l1, "user": "giles", "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "sig": []}
            self.assertEqual(self.server.call("POST", "/auth/revoke-user", word)[0], 403)


if __name__ == "__main__":
    unittest.main()
