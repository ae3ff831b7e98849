# SPDX-License-Identifier: GPL-3.0-or-later
"""The small world of the story tests: a keychain, a renderer (L1) and a registry (L2) apart, a follower elsewhere, and networks between that can be cut."""
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import urllib.request

import artdag
import npm_peers
from browser import PASSWORD, Browser, Server
from fediverse_test import Peer, call, until
from render_server_test import Renderer

NOBODY = 65534  # another Unix user, who owns nothing


def read(url):
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": "application/json, */*"}), timeout=30) as answer:
        return answer.read()


class Keyring:
    """A session bus with a gnome-keyring of its own, in `home`."""

    def __init__(self, home):
        self.bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.bus.stdout.readline().strip()
        self.environment = os.environ | {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")} | {"DBUS_SESSION_BUS_ADDRESS": self.address}
        self.unlock()

    def ask(self, service, path, method, *arguments):
        return subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=" + service, path, method, *arguments], env=self.environment, check=True, capture_output=True, text=True).stdout

    def unlock(self):
        """As its owner does by logging in to the desktop."""
        self.daemon = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.environment)
        self.daemon.stdin.write(b"open sesame")
        self.daemon.stdin.close()
        assert until(lambda: "true" in self.ask("org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets")), "no keyring on the bus"

    def lock(self):
        self.ask("org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login")

    def unlock_again(self):
        self.daemon.terminate()
        self.daemon.wait(20)
        self.unlock()

    def stop(self):
        for process in (self.daemon, self.bus):
            process.terminate()
            process.wait(20)
        self.bus.stdout.close()


class Network:
    """What lies between programs and one server: carries bytes, loses connections when it is cut, and tells what goes over it."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.target = None  # a port
        self.whole = True
        self.sent = self.answered = None  # called with bytes on their way; when they say True the bytes are lost with their connection
        self.live = set()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            try:
                assert self.whole
                far = socket.create_connection(("127.0.0.1", self.target))
            except (OSError, AssertionError):
                near.close()
                continue
            self.live |= {near, far}
            for source, sink, watch in ((near, far, "sent"), (far, near, "answered")):
                threading.Thread(target=self.carry, args=(source, sink, watch), daemon=True).start()

    def carry(self, source, sink, watch):
        try:
            while data := source.recv(1 << 16):
                look = getattr(self, watch)
                if look and look(data):
                    break
                sink.sendall(data)
        except OSError:
            pass
        for one in (source, sink):
            self.live.discard(one)
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one.close()

    def cut(self):
        self.whole = False
        for one in list(self.live):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def mend(self):
        self.whole, self.sent, self.answered = True, None, None

    def stop(self):
        self.listener.close()
        self.cut()

    def call(self, *arguments):
        """As browser.py has it."""
        return Server.call(self, *arguments)


def on(text, then, answers=0):
    """A look at bytes: those that hold `text`, and all after them, are lost, when `then` was called once; bytes before are carried."""
    seen = []

    def look(data):
        if not seen and text not in data:
            return False
        if not seen:
            seen.append(True)
            then()
        return True
    return look


class World:
    before = ()  # words before those of a command: a tracer
    log_level = "warning"

    def __init__(self, test):
        self.test = test
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="artdag-story-"))
        test.addCleanup(shutil.rmtree, self.folder, True)
        self.home = self.folder / "home"
        for name in ("home", "keys", "l1", "l2"):
            (self.folder / name).mkdir()
        npm_peers.installed("fediverse", "peer.mjs")
        self.keyring = self.kept(Keyring(self.folder / "keys"))
        self.near_l1, self.near_l2 = self.kept(Network()), self.kept(Network())
        self.l1 = self.kept(Renderer(self.folder / "l1", "--public-url", self.near_l1.url, "--registry", self.near_l2.url, "--render-threads", 1, "--log-level", self.log_level, roles="l1"))
        self.l2 = self.kept(Renderer(self.folder / "l2", "--public-url", self.near_l2.url, "--domain", f"127.0.0.1:{self.near_l2.port}", "--l1-server", self.near_l1.url, "--log-level", self.log_level, roles="l2"))
        self.near_l1.target, self.near_l2.target = self.l1.port, self.l2.port
        self.peer = self.kept(Peer())
        self.actor = self.near_l2.url + "/users/giles"

    def kept(self, part):
        self.test.addCleanup(part.stop)
        return part

    # -- the creator

    def start(self, *arguments, **options):
        environment = os.environ | {"HOME": str(self.home), "ARTDAG_HOME": str(self.home), "DBUS_SESSION_BUS_ADDRESS": self.keyring.address, "ARTDAG_KEY_PASSPHRASE": "correct horse"}
        return subprocess.Popen([*self.before, str(artdag.BIN / "artdag"), *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=self.home, **options)

    def run(self, *arguments):
        """Exit code, JSON (None without), words."""
        with self.start(*arguments, "--json") as process:
            out, words = process.communicate(timeout=300)
        return process.returncode, json.loads(out) if out else None, words

    def do(self, *arguments):
        code, answer, words = self.run(*arguments)
        self.test.assertEqual(code, 0, words)
        return answer

    def register(self):
        status, body = call(self.near_l2.url + "/auth/register", {"user": "giles", "password": PASSWORD})
        self.test.assertEqual(status, 201, body)

    def log_in(self):
        """By the code that the command shows, typed in a browser."""
        with self.start("login", self.near_l2.url, "--json") as process:
            page = None
            while not page:
                page = re.search(r"or open (\S+)\)", process.stderr.readline())
            self.allow(page[1])
            out, words = process.communicate(timeout=60)
        self.test.assertEqual(process.returncode, 0, words)
        return json.loads(out)

    def allow(self, page):
        """A login that is asked for on a page of the registry is answered by the account's owner in a browser."""
        browser = Browser(self.near_l2)
        self.test.assertEqual(browser.log_in("giles").status, 303)
        path = page.removeprefix(self.near_l2.url)
        self.test.assertEqual(browser.post("/device", {"user_code": path.split("=")[1], "answer": "allow"}, path).status, 200)

    def follow(self):
        self.peer.order("send", to=self.actor, type="Follow")
        self.test.assertTrue(self.peer.received(type="Accept", actor=self.actor), "the follow was not accepted")

    def recipe(self, title, seed=1, seconds=2.0):
        """Of a film that is longer than one upload, and takes a while."""
        nodes = {"sky": {"effect": "gradient"}, "grain": {"effect": "film_grain", "in": {"picture": "sky"}, "args": {"amount": 0.5, "seed": seed}}, "beep": {"effect": "tone"}}
        path = self.home / f"{title}.artdag"
        path.write_text(json.dumps(artdag.recipe(nodes, "grain", "beep", {"width": 480, "height": 270, "duration": seconds}, title=title, license="CC-BY-4.0")))
        return path

    # -- the stranger

    def stranger(self, url):
        """Another Unix user with an empty home verifies what lies at a URL. Who is not root can be no other user, and has at least nothing of ours."""
        home = pathlib.Path(tempfile.mkdtemp(prefix="artdag-stranger-"))
        self.test.addCleanup(shutil.rmtree, home, True)
        program, other = artdag.BIN / "artdag", []
        if os.geteuid() == 0:
            os.chown(home, NOBODY, NOBODY)
            other = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--inh-caps=-all"]
            if subprocess.run([*other, "test", "-x", str(program)]).returncode != 0:  # built where others may not look
                program = shutil.copy(program, home / "artdag")
                os.chown(program, NOBODY, NOBODY)
        run = subprocess.run([*other, str(program), "verify", url, "--json"], env={"PATH": os.environ["PATH"], "HOME": str(home)}, cwd=home, capture_output=True, text=True, timeout=300)
        return run.returncode, json.loads(run.stdout) if run.stdout else None, run.stderr

    # -- what must have come of it, whoever did it

    def login_is_in_the_keychain(self):
        with self.test.subTest("the login is in the keychain, and nowhere else"):
            kept = (self.home / "accounts.json").read_text()
            self.test.assertEqual(json.loads(kept)["accounts"][self.near_l2.url]["kept"], "keychain")
            self.test.assertNotIn("token", kept)

    def kept_with_papers(self, film):
        """The manifest of a film that was rendered at L1, and is kept in the Studio's list with it."""
        papers = pathlib.Path(f"{film}.provenance.json")
        manifest = json.loads(papers.read_text())["manifest"]
        with self.test.subTest("who rendered signs, and the Studio lists it with the papers of who rendered"):
            self.test.assertEqual([one["kid"] for one in manifest["sig"]], [json.loads(read(self.near_l1.url + "/auth/instance"))["kid"]])
            listed = sqlite3.connect(self.home / "studio" / "gallery.sqlite")
            self.test.assertEqual(listed.execute("SELECT title, film, provenance, mark, seconds FROM renders").fetchall(), [("Grain", str(film), str(papers), "kept", 2.0)])
            listed.close()
        return manifest

    def arrived(self, asset, film, manifest, kid, title, alt):
        """What was published as `asset` by who has that key is at the follower, whose stored note a stranger verifies; nothing is anywhere twice."""
        told = json.loads(read(asset))
        with self.test.subTest("who rendered is told, and who publishes signs"):
            self.test.assertEqual((told["title"], told["proof"], told["provenance"]["l1_server"]), (title, "creator_signed", self.near_l1.url))
            self.test.assertEqual([one["kid"] for one in json.loads(read(asset + "/claim"))["sig"]], [kid])
        with self.test.subTest("what it takes to check a few frames only went along"):
            self.test.assertEqual(len(read(self.near_l2.url + "/media/" + manifest["output"]["frame_digests"].removeprefix("sha3-256:"))) % 32, 0)
        with self.test.subTest("the follower has the note with the film"):
            note = until(lambda: self.peer.kept(told["links"]["object"]))
            self.test.assertTrue(note, "nothing came")
            (attached,) = note["attachments"]
            self.test.assertEqual((attached["mediaType"], attached["name"]), ("video/mp4", alt))
            self.test.assertEqual(read(attached["url"]), film.read_bytes())
        with self.test.subTest("a stranger verifies what the follower stored"):
            code, answer, words = self.stranger(note["url"])
            self.test.assertEqual(code, 0, words)
            self.test.assertEqual((answer["verified"], answer["frames_rendered"], answer["cache_reads"], answer["frames_hash"]), (True, 60, 0, manifest["output"]["frames_hash"]))
        with self.test.subTest("everything is there once"):
            self.test.assertEqual(set(self.counts().values()), {1}, self.counts())

    # -- what there is

    @staticmethod
    def rows(server, query):
        database = sqlite3.connect(f"file:{server.room / 'data' / 'artdagd.sqlite'}?mode=ro", uri=True)
        try:
            return database.execute(query).fetchall()
        finally:
            database.close()

    def counts(self):
        """Posts (and what changes them), files and runs, everywhere."""
        films = "SELECT count(*) FROM objects WHERE media_type LIKE 'video/%'"
        creates = [one for one in self.peer.order("received")["received"] if one["type"] in ("Create", "Update")]
        return {"runs at L1": self.rows(self.l1, "SELECT count(*) FROM runs")[0][0], "films at L1": self.rows(self.l1, films)[0][0],
                "works at L2": self.rows(self.l2, "SELECT count(*) FROM works")[0][0], "films at L2": self.rows(self.l2, films)[0][0],
                "posts at L2": self.rows(self.l2, "SELECT count(*) FROM activities WHERE type IN ('Create', 'Update') AND public = 1")[0][0],
                "posts at the follower": len(creates), "notes at the follower": len({one["object"] for one in creates})}

    def kill(self, server):
        server.stop(signal.SIGKILL)

    def revive(self, server):
        server.start()
