#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates of published works, with calendars and a Bitcoin chain of the test's own: real sockets, real .ots files, and every way in
which a calendar or a source of headers can let one down. The other side is python3-opentimestamps."""
import contextlib
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.error
import urllib.request

sys.dont_write_bytecode = True
import bitcoin.core  # noqa: E402
from opentimestamps.core import notary, op, serialize, timestamp  # noqa: E402

import artdag  # noqa: E402

PASSWORD = "a long enough password 1"


def bytes_of(stamp):
    context = serialize.BytesSerializationContext()
    stamp.serialize(context)
    return context.getbytes()


class World:
    """Calendars `/good`, `/second`, and bad ones; `/chain` is an Esplora API."""

    def __init__(self):
        self.promised, self.blocks, self.tip, self.silent, self.asked, self.stop = {}, {}, 0, False, [], threading.Event()
        world = self

        class Side(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.answer(*world.submit(self.path, body))

            def do_GET(self):
                world.asked.append(self.path)
                self.answer(*world.look(self.path))

            def answer(self, status, body):
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the server gave up on a slow one
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, *_):
                pass
        self.web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Side)
        self.web.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.web.server_port}"
        threading.Thread(target=self.web.serve_forever, daemon=True).start()

    def close(self):
        self.stop.set()
        self.web.shutdown()
        self.web.server_close()

    def submit(self, path, digest):
        calendar = path[1:path.rindex("/")]
        if calendar == "broken":
            return 500, b"no"
        if calendar == "garbage":
            return 200, b"<html>hello</html>"
        if calendar == "huge":
            return 200, b"\xf0" * 50_000
        if calendar == "slow":
            self.stop.wait(20)
        stamp = timestamp.Timestamp(digest)
        commitment = stamp.ops.add(op.OpAppend(os.urandom(16))).ops.add(op.OpSHA256())
        commitment.attestations.add(notary.PendingAttestation("http://169.254.169.254/latest" if calendar == "elsewhere" else f"{self.url}/{calendar}"))
        self.promised[commitment.msg] = None
        return 200, bytes_of(stamp)

    def look(self, path):
        if path.startswith("/chain/"):
            return self.chain(path[len("/chain"):])
        commitment = bytes.fromhex(path.rsplit("/", 1)[1])
        height = self.promised.get(commitment)
        if height is None:
            return 404, b"Pending confirmation in Bitcoin blockchain"
        return 200, bytes_of(self.way(commitment, height))

    def way(self, commitment, height):
        """From a commitment to the root of a block, as a calendar tells it: through a transaction."""
        stamp = timestamp.Timestamp(commitment)
        top = stamp.ops.add(op.OpPrepend(b"transaction")).ops.add(op.OpSHA256()).ops.add(op.OpSHA256())
        top.attestations.add(notary.BitcoinBlockHeaderAttestation(height))
        return stamp

    def chain(self, path):
        if self.silent:
            return 503, b""
        if path == "/blocks/tip/height":
            return 200, str(self.tip).encode()
        if path.startswith("/block-height/"):
            header = self.blocks.get(int(path.rsplit("/", 1)[1]))
            return (200, self.name(header).encode()) if header else (404, b"Block not found")
        wanted = path.split("/")[2]
        return 200, next(header for header in self.blocks.values() if self.name(header) == wanted).hex().encode()

    @staticmethod
    def name(header):
        return hashlib.sha256(hashlib.sha256(header).digest()).digest()[::-1].hex()

    def mine(self, height, root=None, confirmations=1):
        """A block that commits to the first promise that is in none (or to `root`), and its calendar knows it."""
        commitment = next(key for key, at in self.promised.items() if at is None)
        self.promised[commitment] = height
        root = root or next(iter(self.way(commitment, height).all_attestations()))[0]
        self.blocks[height] = (0x20000000).to_bytes(4, "little") + bytes(32) + root + (1_790_000_000).to_bytes(4, "little") + bytes.fromhex("ffff7f20") + bytes(4)
        self.tip = height + confirmations - 1


class Anchors(artdag.Case):
    def setUp(self):
        super().setUp()
        self.room = pathlib.Path(tempfile.mkdtemp(prefix="artdag-anchors-"))
        self.addCleanup(shutil.rmtree, self.room, True)
        self.world = World()
        self.addCleanup(self.world.close)

    def serve(self, *calendars, headers=True):
        arguments = [f"--calendar={self.world.url}/{name}" for name in calendars] + ([f"--block-headers={self.world.url}/chain"] if headers else [])
        log = (self.room / "log").open("a")
        self.addCleanup(log.close)
        server = subprocess.Popen([str(artdag.BIN / "artdagd"), "serve", "--data", str(self.room / "data"), "--port", "0", "--allow-loopback", "--calendar-timeout", "1", *arguments],
                                  stdout=subprocess.PIPE, stderr=log, text=True)
        self.addCleanup(server.wait, 20)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.terminate)
        line = server.stdout.readline()
        self.assertIn("listening on ", line, (self.room / "log").read_text())
        self.url = line.strip().rsplit(" ", 1)[1]
        self.giles = self.call("POST", "/auth/register", {"user": "giles", "password": PASSWORD})[1]["token"]
        return server

    def call(self, method, path, body=None, token=None, accept="application/json"):
        """(status, JSON or bytes)"""
        headers = {"Accept": accept} | ({"Authorization": f"Bearer {token}"} if token else {}) | ({"Content-Type": "application/json"} if body is not None else {})
        request = urllib.request.Request(self.url + path, method=method, headers=headers, data=None if body is None else json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                raw, status, kind = answer.read(), answer.status, answer.headers["Content-Type"]
        except urllib.error.HTTPError as problem:
            raw, status, kind = problem.read(), problem.code, problem.headers["Content-Type"]
        return status, json.loads(raw) if kind and "json" in kind and "activity" not in kind else raw

    def publish(self, name, visibility="public"):
        status, _ = self.call("POST", "/assets", {"name": name, "content_hash": "sha3-256:" + hashlib.sha3_256(name.encode()).hexdigest(), "asset_type": "video", "visibility": visibility}, self.giles)
        self.assertEqual(status, 201)

    def anchor(self):
        status, anchor = self.call("POST", "/anchors/create", token=self.giles)
        self.assertEqual(status, 201, anchor)
        return anchor

    def upgrade(self, anchor):
        status, anchor = self.call("POST", f"/anchors/{anchor['merkle_root']}/upgrade", token=self.giles)
        self.assertEqual(status, 200, anchor)
        return anchor

    def ots(self, activity=1):
        status, raw = self.call("GET", f"/activity/{activity}/ots", accept="*/*")
        self.assertEqual(status, 200, raw)
        return timestamp.DetachedTimestampFile.deserialize(serialize.BytesDeserializationContext(raw))

    def bundle(self, activity=1):
        status, bundle = self.call("GET", f"/activity/{activity}/bundle")
        self.assertEqual(status, 200, bundle)
        return bundle

    def check_bundle(self, bundle, *arguments):
        path = self.room / "bundle"
        path.write_text(json.dumps(bundle))
        return subprocess.run(["/usr/bin/python3", str(artdag.SOURCE / "docs" / "verify_bundle.py"), str(path), *arguments], capture_output=True, text=True)

    def status_of(self, activity=1):
        return self.call("GET", f"/anchors/verify/{activity}")[1]["status"]

    def test_a_batch_goes_from_waiting_to_a_confirmed_block(self):
        self.serve("good", "second")
        for name in ("one", "two", "three"):
            self.publish(name)
        self.assertEqual(self.call("GET", "/anchors/verify/1")[1] | {"verified_at": ""}, {"activity_id": 1, "merkle_root": None, "status": "waiting", "bitcoin_block": None, "verified_at": ""})
        anchor = self.anchor()
        self.assertEqual((anchor["status"], anchor["leaves"], len(anchor["calendars"])), ("pending", 3, 2))
        self.assertEqual([self.status_of(n) for n in (1, 2, 3)], ["pending"] * 3)
        self.assertEqual(self.upgrade(anchor)["status"], "pending")

        self.world.mine(800000, confirmations=1)
        young = self.upgrade(anchor)
        self.assertEqual((young["status"], young["bitcoin_block"], young["block_time"]), ("attested", 800000, None))
        self.assertIn("1 of 6 confirmations", young["problem"])
        self.world.tip = 800004
        self.assertEqual(self.upgrade(anchor)["status"], "attested")
        self.world.tip = 800005
        done = self.upgrade(anchor)
        self.assertEqual((done["status"], done["bitcoin_block"], done["problem"]), ("confirmed", 800000, None))
        self.assertEqual(done["block_hash"], self.world.name(self.world.blocks[800000]))
        self.assertEqual(done["block_time"], "2026-09-21T14:13:20Z")
        answer = self.call("GET", "/anchors/verify/3")[1]
        self.assertRegex(answer.pop("verified_at"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual(answer, {"activity_id": 3, "merkle_root": anchor["merkle_root"], "status": "confirmed", "bitcoin_block": 800000})

        for activity in (1, 2, 3):  # each .ots leads from the activity's exact bytes to the block's header
            exact = self.call("GET", f"/activity/{activity}", accept="application/activity+json")[1]
            file = self.ots(activity)
            self.assertEqual(file.file_digest, hashlib.sha256(exact).digest())
            message, attestation = next((m, a) for m, a in file.timestamp.all_attestations() if isinstance(a, notary.BitcoinBlockHeaderAttestation))
            header = bitcoin.core.CBlockHeader.deserialize(self.world.blocks[attestation.height])
            self.assertEqual(attestation.verify_against_blockheader(message, header), 1_790_000_000)

    def test_calendars_that_fail_are_named_and_harm_nobody(self):
        self.serve("broken", "garbage", "huge", "slow", "elsewhere", "good")
        self.publish("one")
        anchor = self.anchor()
        self.assertEqual((anchor["status"], anchor["calendars"]), ("pending", [f"{self.world.url}/good"]))
        for name, words in {"broken": "it answered 500", "garbage": "its answer is no timestamp", "huge": "", "slow": "", "elsewhere": "it promises the rest at .*, which is not configured"}.items():
            self.assertRegex(anchor["problem"], f"calendar '{self.world.url}/{name}': {words}")
        self.assertEqual(len(list(self.ots().timestamp.all_attestations())), 1)
        status, tried = self.call("POST", "/anchors/test-ots", token=self.giles)
        self.assertEqual((status, tried["works"]), (200, False))
        self.assertEqual([source["works"] for source in tried["sources"]], [False] * 5 + [True, True])

    def test_without_a_calendar_that_answers_the_root_waits(self):
        self.serve("broken")
        self.publish("one")
        anchor = self.anchor()
        self.assertEqual((anchor["status"], anchor["calendars"], anchor["timestamp"]), ("new", [], None))
        self.assertEqual(self.call("GET", "/activity/1/ots")[0], 409)
        self.assertEqual(self.status_of(), "new")

    def test_a_block_that_commits_to_something_else_is_refused(self):
        self.serve("good")
        self.publish("one")
        anchor = self.anchor()
        self.world.mine(800000, root=b"r" * 32, confirmations=100)
        refused = self.upgrade(anchor)
        self.assertEqual((refused["status"], refused["bitcoin_block"]), ("pending", None))
        self.assertIn("block 800000: its header commits to something else", refused["problem"])
        self.assertEqual([type(a) for _, a in self.ots().timestamp.all_attestations()], [notary.PendingAttestation])

    def test_a_reorganised_chain_takes_its_date_back_and_gives_another(self):
        self.serve("good")
        self.publish("one")
        anchor = self.anchor()
        self.world.mine(800000, confirmations=6)
        self.assertEqual(self.upgrade(anchor)["status"], "confirmed")
        self.world.silent = True  # silence is no contradiction
        self.assertEqual(self.upgrade(anchor)["status"], "confirmed")
        self.world.silent = False
        del self.world.blocks[800000]
        self.world.promised = dict.fromkeys(self.world.promised)
        gone = self.upgrade(anchor)
        self.assertEqual((gone["status"], gone["bitcoin_block"], gone["block_time"]), ("pending", None, None))
        self.assertEqual(self.status_of(), "pending")
        self.world.mine(800002, confirmations=6)
        self.assertEqual([self.upgrade(anchor)[name] for name in ("status", "bitcoin_block")], ["confirmed", 800002])

    def test_without_a_source_of_headers_a_date_is_never_confirmed(self):
        self.serve("good", headers=False)
        self.publish("one")
        anchor = self.anchor()
        self.world.mine(800000, confirmations=100)
        self.assertEqual([self.upgrade(anchor)[name] for name in ("status", "block_time")], ["attested", None])
        self.assertNotIn("/chain", "".join(self.world.asked))

    def test_one_changed_byte_is_detected(self):
        self.serve("good")
        self.publish("one")
        self.publish("two")
        self.anchor()
        with sqlite3.connect(self.room / "data" / "artdagd.sqlite") as database:
            database.execute("UPDATE activities SET exact_bytes = replace(exact_bytes, 'two', 'twO') WHERE seq = 2")
        database.close()
        answer = self.call("GET", "/anchors/verify/2")[1]
        self.assertEqual(answer["status"], "changed")
        self.assertIn("not those of its leaf", answer["problem"])
        self.assertEqual(self.status_of(1), "pending")
        self.assertEqual(self.call("GET", "/activity/2/ots")[0], 409)
        self.assertEqual(self.call("GET", "/activity/2/bundle")[0], 409)
        with sqlite3.connect(self.room / "data" / "artdagd.sqlite") as database:  # nor does the tree bear another leaf
            database.execute("UPDATE log_leaves SET leaf = x'" + "11" * 32 + "' WHERE seq = 2")
        database.close()
        self.assertEqual(self.status_of(1), "changed")

    def test_an_erased_salt_leaves_the_hash_and_the_others_dates(self):
        self.serve("good")
        self.publish("one")
        self.publish("two")
        anchor = self.anchor()
        with sqlite3.connect(self.room / "data" / "artdagd.sqlite") as database:
            database.execute("UPDATE log_leaves SET salt = NULL WHERE seq = 1")
        database.close()
        self.assertEqual([self.status_of(n) for n in (1, 2)], ["erased", "pending"])
        self.world.mine(800000, confirmations=6)
        self.upgrade(anchor)
        self.assertEqual(self.status_of(2), "confirmed")

    def test_the_sequence_goes_on_over_anchors(self):
        self.serve("good")
        self.publish("one")
        first = self.anchor()
        self.assertEqual(self.call("POST", "/anchors/create", token=self.giles)[0], 409)  # an anchor's leaf alone asks for none
        self.publish("hidden", "private")
        second = self.anchor()
        tree = self.call("GET", f"/anchors/{second['merkle_root']}/tree")[1]["leaves"]
        self.assertEqual([(leaf["seq"], leaf["kind"], leaf["activity_id"]) for leaf in tree], [(2, "anchor", None), (3, "activity", None)])
        leaves = [bytes.fromhex(leaf["leaf"]) for leaf in tree]
        self.assertEqual(hashlib.sha256(b"\x01" + leaves[0] + leaves[1]).hexdigest(), second["merkle_root"])
        with sqlite3.connect(self.room / "data" / "artdagd.sqlite") as database:
            salt, = database.execute("SELECT salt FROM log_leaves WHERE seq = 2").fetchone()
        database.close()
        self.assertEqual(hashlib.sha256(b"\x00" + salt + hashlib.sha256(bytes.fromhex(first["merkle_root"])).digest()).digest(), leaves[0])
        listed = self.call("GET", "/anchors?limit=1")[1]
        self.assertEqual([anchor["merkle_root"] for anchor in listed["items"]], [second["merkle_root"]])
        older = self.call("GET", listed["next"].removeprefix(self.url))[1]
        self.assertEqual([anchor["merkle_root"] for anchor in older["items"]], [first["merkle_root"]])
        self.assertEqual(self.call("GET", "/anchors/verify/2")[0], 404)  # private: it is not told that it exists
        self.assertEqual(self.call("GET", "/anchors/verify/2", token=self.giles)[0], 200)

    def test_only_administrators_change_anchors(self):
        self.serve("good")
        self.publish("one")
        carol = self.call("POST", "/auth/register", {"user": "carol", "password": PASSWORD})[1]["token"]
        for path in ("/anchors/create", "/anchors/test-ots", f"/anchors/{'0' * 64}/upgrade"):
            self.assertEqual(self.call("POST", path)[0], 401, path)
            self.assertEqual(self.call("POST", path, token=carol)[0], 403, path)
        self.assertEqual(self.call("GET", "/anchors")[1], {"items": [], "waiting": 1, "next": None})
        for root, status in {"0" * 64: 404, "0" * 63: 400, "F" * 64: 400, "..": 400}.items():
            self.assertEqual(self.call("GET", f"/anchors/{root}")[0], status, root)

    def test_a_bundle_is_checked_offline(self):
        self.serve("good")
        self.publish("one")
        self.publish("two")
        self.assertEqual(self.check_bundle(self.bundle()).returncode, 3)
        anchor = self.anchor()
        self.assertEqual(self.check_bundle(self.bundle()).returncode, 3)
        self.world.mine(800000, confirmations=6)
        self.upgrade(anchor)
        good, name = self.bundle(), self.world.name(self.world.blocks[800000])
        run = self.check_bundle(good, "--block-hash", name)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertIn("python3-opentimestamps reads the same", run.stdout)
        self.assertIn("existed before Bitcoin block 800000", run.stdout)
        self.assertEqual(self.check_bundle(good, "--block-hash", "0" * 64).returncode, 1)
        other = self.bundle(2)
        for member in ("activity", "salt", "leaf", "path", "ots"):
            run = self.check_bundle(good | {member: other[member]})
            self.assertEqual(run.returncode, 1, member + run.stdout)
        header = good["block"]["header"]
        for at in (0, 80, 150):
            damaged = header[:at] + ("0" if header[at] != "0" else "1") + header[at + 1:]
            self.assertEqual(self.check_bundle(good | {"block": good["block"] | {"header": damaged}}).returncode, 1)

    def test_a_signed_film_is_dated_attested_and_proved(self):
        self.serve("good")
        self.artdag("keys", "make")
        film = self.folder / "film.mp4"
        self.render(artdag.recipe({"bar": {"effect": "gradient"}, "turn": {"effect": "rotate", "in": {"picture": "bar"}, "args": {"angle": {"expr": "60 * t"}}}}, "turn", canvas={"width": 64, "height": 36, "duration": 0.5}), "--key", "default")
        self.artdag("login", self.url, "--user", "giles", env={"ARTDAG_PASSWORD": PASSWORD})
        page = self.artdag("publish", film, "--title", "A turn", "--name", "turn")["page"]

        def answers():
            """What a stranger is told of the work, by question."""
            run = self.run_artdag("verify", page, "--json", home=self.folder / "reader")
            self.assertEqual(run.returncode, 0, run.stderr + run.stdout)
            return {one["question"]: (one["answer"], " ".join(one["words"])) for one in json.loads(run.stdout)["answers"]}
        date, key, parts = "Is its date more than its server's word?", "Was it signed with the account's key?", "What is it made of, and is all of that at hand?"
        self.assertEqual(answers()[date], ("cannot_tell", "it waits for its server's next anchor; ask again in ten minutes"))
        anchor = self.anchor()
        self.assertIn("which no confirmed block holds so far", answers()[date][1])
        self.assertEqual([leaf["kind"] for leaf in self.call("GET", f"/anchors/{anchor['merkle_root']}/tree")[1]["leaves"]], ["claim", "activity"])
        self.world.mine(800000, confirmations=6)
        self.upgrade(anchor)

        bundle = self.bundle()
        told = answers()
        self.assertEqual((told[date][0], told[key][0], told[parts][0]), ("yes", "yes", "yes"), told)
        self.assertIn(f"block 800000 of the Bitcoin chain commits to it left to you: any block explorer tells whether that block's hash is {bundle['block']['hash']}", told[date][1])
        self.assertRegex(told[parts][1], r"effect sha3-256:[0-9a-f]{64}, \d+\.\d\d %")
        run = self.check_bundle(bundle)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertRegex(run.stdout, "manifest: signed by .*\n  claim: signed by ")
        for member, old, new in (("claim", "A turn", "A torn"), ("manifest", "share-h264", "share-h265")):
            run = self.check_bundle(bundle | {member: bundle[member].replace(old, new)})
            self.assertEqual(run.returncode, 1, run.stdout)
            self.assertIn(f"a signature of the {member} does not hold", run.stdout)
        self.assertEqual(self.check_bundle(bundle | {"keys": []}).returncode, 1)

        stranger = self.folder / "stranger"
        self.artdag("keys", "make", home=stranger)
        attestation = self.artdag("verify", film, "--attest", "--key", "default", home=stranger)["attestation"]
        carol = self.call("POST", "/auth/register", {"user": "carol", "password": PASSWORD})[1]["token"]
        status, answer = self.call("POST", "/assets/@giles/turn/attestations", attestation, carol)
        self.assertEqual((status, answer.get("rerendered_by")), (201, 1), answer)
        page = self.call("GET", "/asset/@giles/turn", accept="text/html")[1].decode()
        self.assertIn("Re-rendered by 1 party", page)
        self.assertIn("all 15 frames", page)
        self.assertIn("Existed before Bitcoin block 800000", page)

    def test_people_read_how_far_a_date_has_come(self):
        self.serve("good")
        self.publish("one")
        page = self.call("GET", "/anchors/ui", accept="text/html")[1].decode()
        self.assertIn("1 record waits for the next anchor", page)
        anchor = self.anchor()
        self.assertIn("At the calendars", self.call("GET", "/anchors/ui", accept="text/html")[1].decode())
        self.world.mine(800000, confirmations=6)
        self.upgrade(anchor)
        page = self.call("GET", "/anchors/ui", accept="text/html")[1].decode()
        self.assertIn("Existed before Bitcoin block 800000, made on 21 September 2026.", page)
        self.assertNotIn("<script", page)


if __name__ == "__main__":
    unittest.main()
