#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way: a server on a free port, a render, a publication; a stranger fetches, checks the signature and verifies."""
import base64
import hashlib
import http.server
import json
import pathlib
import queue
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest
import urllib.error
import urllib.request

import artdag
from browser import Browser, Server


class There:
    """The server of this test, for a browser."""
    call = Server.call

    def __init__(self, port):
        self.port = port


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url, accept="*/*", method="GET"):
    request = urllib.request.Request(url, headers={"Accept": accept}, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers, answer.read()


class Publish(artdag.Case):
    @classmethod
    def setUpClass(cls):
        cls.room = pathlib.Path(tempfile.mkdtemp(prefix="artdag-server-"))
        cls.port = free_port()
        cls.url = f"http://127.0.0.1:{cls.port}"
        cls.log = (cls.room / "log").open("w")
        cls.addClassCleanup(cls.log.close)
        cls.server = subprocess.Popen([str(artdag.BIN / "artdagd"), "serve", "--data", str(cls.room / "data"), "--port", str(cls.port), "--domain", f"127.0.0.1:{cls.port}", "--role", "l1,l2", "--allow-loopback"],
                                      stdout=subprocess.PIPE, stderr=cls.log, text=True)
        line = cls.server.stdout.readline()
        assert "listening" in line, line + (cls.room / "log").read_text()

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        code = cls.server.wait(timeout=20)
        cls.server.stdout.close()
        shutil.rmtree(cls.room, True)
        assert code == 0, f"artdagd ended with {code}"

    def publish(self):
        """A film of a sample, made small, rendered, signed and published."""
        document = json.loads((artdag.SAMPLES / "spinning_cat.artdag").read_text())
        document["canvas"] |= {"width": 480, "height": 270, "duration": 2.0}
        document["license"] = "CC-BY-4.0"
        self.artdag("keys", "make")
        self.film = self.folder / "cat.mp4"
        self.rendered = self.render(document, "--key", "default", name="cat.mp4")
        self.artdag("login", self.url, "--user", "giles", "--register", env={"ARTDAG_PASSWORD": "a long enough password 1"})
        return self.artdag("publish", self.film, "--title", "A cat that turns", "--alt", "A drawn cat turning once", "--tag", "cat", "--tag", "tutorial")

    def play(self, url):
        """What a real browser says of a film once it shows a frame of its middle: width, height, seconds, ready state."""
        page = f"""<video id=v src="{url}" muted></video><script>
const tell = text => fetch('/told', {{method: 'POST', body: text}});
v.onerror = () => tell('error ' + v.error.code + ' ' + v.error.message);
v.onloadeddata = () => {{ v.currentTime = v.duration / 2 }};
v.onseeked = () => tell(JSON.stringify([v.videoWidth, v.videoHeight, v.duration, v.readyState]));
</script>"""
        told = queue.Queue()

        class Page(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page.encode())

            def do_POST(self):
                told.put(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as web:
            threading.Thread(target=web.serve_forever, daemon=True).start()
            browser = subprocess.Popen(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                                        f"--user-data-dir={self.folder / 'chromium'}", "--remote-debugging-port=0", f"http://127.0.0.1:{web.server_port}/"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                answer = told.get(timeout=120)
            finally:
                browser.terminate()
                browser.wait(timeout=30)
                web.shutdown()
        self.assertTrue(answer.startswith("["), answer)
        return json.loads(answer)

    def check_signature(self, document, prefix, pem):
        """As docs/formats/identity.md has it, with the openssl command."""
        bare = {name: value for name, value in document.items() if name != "sig"}
        message, signature, key = self.folder / "message", self.folder / "signature", self.folder / "key.pem"
        message.write_bytes(prefix + json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())
        value = document["sig"][0]["value"]
        signature.write_bytes(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
        key.write_text(pem)
        run = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(key), "-rawin", "-in", str(message), "-sigfile", str(signature)], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_a_stranger_fetches_and_verifies_a_published_work(self):
        work = self.publish()
        self.assertEqual(work["proof"], "creator_signed")

        with self.subTest("the object and its owner, as ActivityPub servers ask"):
            headers, body = get(work["object"], "application/activity+json")
            note = json.loads(body)
            self.assertIn("application/activity+json", headers["Content-Type"])
            self.assertEqual((note["type"], note["attachment"][0]["mediaType"]), ("Note", "video/mp4"))
            self.assertEqual(note["framesHash"], self.rendered["frames_hash"])
            finger = json.loads(get(f"{self.url}/.well-known/webfinger?resource=acct:giles@127.0.0.1:{self.port}")[1])
            actor = json.loads(get(next(link["href"] for link in finger["links"] if link["rel"] == "self"), "application/activity+json")[1])
            self.assertEqual((actor["type"], actor["preferredUsername"], actor["id"]), ("Person", "giles", note["attributedTo"]))

        with self.subTest("the film's bytes, whole and in part"):
            headers, film = get(work["media"])
            self.assertEqual("sha3-256:" + hashlib.sha3_256(film).hexdigest(), self.rendered["content_hash"])
            self.assertEqual((headers["Content-Type"], headers["X-Content-Type-Options"]), ("video/mp4", "nosniff"))
            request = urllib.request.Request(work["media"], headers={"Range": "bytes=100-199"})
            with urllib.request.urlopen(request) as part:
                self.assertEqual((part.status, part.read()), (206, film[100:200]))

        with self.subTest("claim and manifest are signed by the creator's key"):
            claim = json.loads(get(work["object"] + "/claim")[1])
            manifest = json.loads(get(work["object"] + "/provenance")[1])
            keys = self.artdag("keys", "show")
            self.assertEqual(claim["sig"][0]["kid"], keys["kid"])
            self.check_signature(claim, b"artdag.claim.1\n", keys["public"])
            self.check_signature(manifest, b"artdag.manifest.1\n", keys["public"])

        with self.subTest("a stranger renders it again"):
            for url in (work["page"], work["object"]):
                run = self.run_artdag("verify", url, "--json", home=self.folder / f"stranger{len(url)}")
                self.assertEqual(run.returncode, 0, run.stderr)
                answer = json.loads(run.stdout)
                self.assertTrue(answer["verified"])
                self.assertEqual((answer["frames"], answer["frames_rendered"], answer["cache_reads"]), (60, 60, 0))
                self.assertEqual(answer["frames_hash"], self.rendered["frames_hash"])

        with self.subTest("the page shows it, and a browser plays it"):
            page = get(work["page"], "text/html")[1].decode()
            self.assertIn("A cat that turns", page)
            self.assertIn("Signed by the creator", page)
            self.assertIn("<svg", page)
            width, height, duration, ready = self.play(work["media"])
            self.assertEqual((width, height), (480, 270))
            self.assertAlmostEqual(duration, 2.0, delta=1 / 30)
            self.assertGreaterEqual(ready, 2)

        with self.subTest("publishing it again is the same work"):
            again = self.artdag("publish", self.film, "--title", "A cat that turns", "--alt", "A drawn cat turning once", "--tag", "cat", "--tag", "tutorial")
            self.assertEqual(again["object"], work["object"])

        with self.subTest("another time its file carries the recipe, and a stranger opens that"):
            carrier = self.artdag("publish", self.film, "--name", "carrier", "--title", "A cat that turns", "--embed", "full")
            (self.folder / "theirs.mp4").write_bytes(get(carrier["media"])[1])
            self.artdag("extract", self.folder / "theirs.mp4", "-o", self.folder / "theirs.artdag")
            credentials = self.artdag("extract", self.folder / "theirs.mp4", "--credentials")
            self.assertEqual((credentials["state"], credentials["signer"]["kid"]), ("untrusted", self.artdag("keys", "show")["kid"]))
            again = self.artdag("render", self.folder / "theirs.artdag", "-o", self.folder / "again.mp4", home=self.folder / "opener")
            self.assertEqual(again["content_hash"], self.rendered["content_hash"])
            run = self.run_artdag("verify", carrier["page"], "--json", home=self.folder / "checker")
            self.assertEqual(run.returncode, 0, run.stderr)

        with self.subTest("its owner changes by forms what no key signed, and takes it back and brings it back"):
            owner = Browser(There(self.port))
            owner.log_in("giles", "a long enough password 1")
            path = work["page"][len(self.url):]
            form = owner.get(path + "/edit").text
            for words in ("What your key signed", "A cat that turns", "cat, tutorial", "CC BY 4.0", "anybody may read it"):
                self.assertIn(words, form)
            for signed in ("title", "tags", "license"):
                self.assertNotIn(f'name="{signed}"', form)
            self.assertEqual(owner.post(path + "/edit", {"alt": "A cat, once around"}).status, 303)
            self.assertEqual(owner.post(path + "/edit", {"title": "Not signed"}).status, 400)
            note = json.loads(get(work["object"], "application/activity+json")[1])
            self.assertEqual(note["attachment"][0]["name"], "A cat, once around")
            self.assertEqual(note["claimHash"], json.loads(get(self.url + "/assets/@giles/" + path.rsplit("/", 1)[1], "application/json")[1])["provenance"]["claim"])
            self.assertEqual(owner.post(path + "/withdraw", {}).status, 303)
            with self.assertRaises(urllib.error.HTTPError) as gone:
                get(work["media"])
            gone.exception.close()
            self.assertEqual(owner.post(path + "/publish-again", {}, path + "/withdraw").status, 303)
            self.assertEqual(get(work["media"])[1], self.film.read_bytes())
            again = json.loads(get(work["object"] + "/2", "application/activity+json")[1])
            self.assertEqual((again["claimHash"], again["attachment"][0]["name"]), (note["claimHash"], "A cat, once around"))
            self.assertEqual(self.run_artdag("verify", work["page"], "--json", home=self.folder / "checker").returncode, 0)

    def test_a_work_is_kept_back_opened_changed_and_withdrawn(self):
        document = artdag.recipe({"bar": {"effect": "gradient"}}, "bar", None, {"width": 64, "height": 48, "duration": 0.2})
        self.artdag("keys", "make")
        self.render(document, "--key", "default", name="bar.mp4")
        told = self.artdag("publish", self.folder / "bar.mp4", "--recipe", "sealed", "--dry-run")  # before there is an account
        self.assertEqual([one["what"] for one in told["objects"] if one["sent"]], ["film", "frame digests", "poster"])
        self.assertEqual(told["bytes"], sum(one["size"] for one in told["objects"]))
        self.assertIn("nobody the pixels", told["checkable"])
        login = self.artdag("login", self.url, "--user", "keeper", "--register", env={"ARTDAG_PASSWORD": "a long enough password 1"})
        self.assertEqual(login["kept"], "file")  # no keychain here: it says so

        refused = self.run_artdag("publish", self.folder / "bar.mp4", "--recipe", "sealed", "--embed", "full")
        self.assertEqual(refused.returncode, 1, refused.stderr)
        work = self.artdag("publish", self.folder / "bar.mp4", "--title", "Bar", "--recipe", "sealed")
        with self.assertRaises(urllib.error.HTTPError) as missing:
            get(work["asset"] + "/recipe")
        self.assertEqual(missing.exception.code, 404)
        missing.exception.close()

        opened = self.artdag("publish", "--update", work["page"], "--recipe", "public", "--title", "Bar, open", "--alt", "A gradient")
        self.assertEqual((opened["page"], opened["object"]), (work["page"], work["object"]))
        self.assertNotEqual(opened["claim"], work["claim"])
        claim = json.loads(get(work["asset"] + "/claim")[1])
        self.assertEqual((claim["version"], claim["supersedes"], claim["title"]), (2, work["claim"], "Bar, open"))
        self.check_signature(claim, b"artdag.claim.1\n", self.artdag("keys", "show")["public"])
        self.assertEqual(json.loads(get(work["asset"])[1])["alt"], "A gradient")
        run = self.run_artdag("verify", work["page"], "--json", home=self.folder / "stranger")
        self.assertEqual(run.returncode, 0, run.stderr)

        self.assertEqual(self.run_artdag("publish", "--update", "bar").returncode, 1)  # nothing to change
        self.assertEqual(self.run_artdag("publish").returncode, 2)
        self.assertNotEqual(self.run_artdag("withdraw", "bar", stdin=subprocess.DEVNULL).returncode, 0)  # nobody can be asked
        self.assertTrue(self.artdag("withdraw", "bar", "--yes")["withdrawn"])
        with self.assertRaises(urllib.error.HTTPError) as gone:
            get(work["page"])
        self.assertEqual(gone.exception.code, 410)
        gone.exception.close()
        self.artdag("logout")
        self.assertEqual(self.run_artdag("publish", self.folder / "bar.mp4").returncode, 3)

    def test_a_folder_is_refused_before_anything_is_sent(self):
        self.artdag("keys", "make")
        self.render(artdag.recipe({"bar": {"effect": "gradient"}}, "bar", None, {"width": 64, "height": 48, "duration": 0.2}), "--key", "default", "--encode", "png-sequence", name="shots")
        self.artdag("login", self.url, "--user", "folder_maker", "--register", env={"ARTDAG_PASSWORD": "a long enough password 1"})
        refused = self.run_artdag("publish", self.folder / "shots")
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("is a folder", refused.stderr)
        self.assertIn("--encode share-h264", refused.stderr)

    def test_health_and_openapi(self):
        self.assertEqual(get(self.url + "/healthz")[0].get_content_type(), "application/json")
        document = json.loads(get(self.url + "/openapi.json")[1])
        self.assertTrue(document["openapi"].startswith("3.1"))
        for path in ("/assets", "/auth/login", "/objects/{hash}", "/.well-known/webfinger"):
            self.assertIn(path, document["paths"])

    def test_unknown_and_malformed_objects_are_refused(self):
        for path, status in (("/objects/" + "0" * 64, 404), ("/objects/zz", 400), ("/assets/@nobody/none", 404), ("/media/../../etc/passwd", 404)):
            with self.assertRaises(urllib.error.HTTPError) as refused:
                get(self.url + path, "application/json")
            self.assertIn(refused.exception.code, (status, 400), path)
            refused.exception.close()


if __name__ == "__main__":
    unittest.main()
