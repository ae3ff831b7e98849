#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Debian packages, as those have them who install them: in a clean root, by people without privileges, with no network but loopback.
usage: package_test.py BUILD [unittest's options]; the packages are in BUILD/packages (`./run test package` makes them)"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import clean_root

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv.pop(1)).resolve() if __name__ == "__main__" else None
URL = "http://127.0.0.1:8200"
PASSWORD = "a long enough password 1"
DATA = "/var/lib/artdag"
LEAST_COLOURS = 2000  # of a picture of the Studio; a window without its canvas and viewer has a few hundred


def package(name):
    found = list((BUILD / "packages").glob(f"artdag-{name}_*.deb"))
    if len(found) != 1:
        raise SystemExit(f"{BUILD}/packages does not have one artdag-{name}: ./run package")
    return found[0]


def newer(file, folder):
    """The same package under a higher version, as an upgrade brings it."""
    parts = folder / file.stem
    subprocess.run(["dpkg-deb", "--raw-extract", file, parts], check=True)
    control = parts / "DEBIAN/control"
    text = control.read_text()
    version = re.escape(re.search(r"^Version: (.*)$", text, re.M)[1])
    control.write_text(re.sub(rf"^Version: {version}|\(= {version}", r"\g<0>+next", text, flags=re.M))
    made = folder / f"{file.stem}_next.deb"
    subprocess.run(["dpkg-deb", "-Znone", "--build", parts, made], check=True, capture_output=True)
    shutil.rmtree(parts)
    return made


def story():
    """The commands of README's five minutes, but for the line of those who build, and those about films that the reader must have."""
    block = (SOURCE / "README.md").read_text().split("## Five minutes")[1].split("```")[1]
    lines = [re.sub(r"(^|\s+)# .*", "", line) for line in block.splitlines()]
    return [line for line in lines if line and not re.search(r"^export PATH|^\./run|joined\.artdag|long_film|downloaded", line)]


class Packages(unittest.TestCase):
    """One clean root, in which things happen in the order of these tests."""

    @classmethod
    def setUpClass(cls):
        cls.root = clean_root.CleanRoot(BUILD / "package-test")
        cls.addClassCleanup(cls.root.close)
        cls.root.apt("update")
        for user in ("anna", "ben"):
            cls.root.run("useradd", "--create-home", user)

    def install(self, *files):
        self.root.apt("install", *self.root.bring(files))

    def as_anna(self, line, **options):
        return self.root.run("bash", "-ec", line, user="anna", cwd="/home/anna", env={"ARTDAG_KEY_PASSPHRASE": "correct horse", "ARTDAG_PASSWORD": PASSWORD}, **options)

    def serve(self, *words, user):
        server = self.root.start("artdagd", "serve", *words, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.root.end, server)
        for _ in range(400):
            if self.root.ask(URL + "/healthz")[0] == 200:
                return server
            time.sleep(0.05)
        self.fail("artdagd does not answer")

    def test_1_lintian_finds_no_errors(self):
        changes, = (BUILD / "packages").glob("*.changes")
        run = subprocess.run(["lintian", "--allow-root", "--fail-on", "error,warning", "--info", changes], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_2_the_command_line_works_where_nothing_else_is(self):
        self.install(package("common"))
        self.assertRegex(self.root.run("artdag", "--version").stdout, r"^artdag \d")
        effects = json.loads(self.root.run("artdag", "effects", "--json", user="anna").stdout)
        self.assertGreaterEqual(len(effects["effects"] if isinstance(effects, dict) else effects), 184)
        self.assertIn("baked by libavfilter", self.root.run("artdag", "effects", "ffmpeg.hue", user="anna").stderr)  # artdag-bridge is found
        self.assertTrue((self.root.path / "usr/share/man/man1/artdag.1.gz").exists())
        words = self.root.run("bash", "-c", "source /usr/share/bash-completion/completions/artdag; COMP_WORDS=(artdag ver) COMP_CWORD=1; _artdag; echo ${COMPREPLY[@]}").stdout
        self.assertIn("verify", words)

    def test_3_libraries_that_are_loaded_late_are_there(self):
        late = set(re.findall(r'^    \{"(lib[^"]*)", ', (BUILD / "late_artdag.cpp").read_text(), re.M))
        self.assertIn("libcurl.so.4", late)
        here = self.root.run("ldconfig", "-p").stdout
        self.assertEqual([library for library in sorted(late) if library not in here], [])

    def test_4_the_story_of_the_readme(self):
        self.install(package("server"))
        self.root.run("ln", "-s", "/usr/share/artdag", "/home/anna/resources")
        lines = story()
        self.assertTrue(any("artdag verify cat.mp4" in line for line in lines) and any("artdag publish" in line for line in lines), lines)
        server = self.serve("--data", "/home/anna/server", "--allow-loopback", user="anna")
        for line in lines:
            with self.subTest(line):
                self.as_anna(line)
        self.assertEqual(self.root.end(server), 0)
        # Another person, who has the film and its papers only: the same pixels from an empty store.
        for name in ("cat.mp4", "cat.mp4.provenance.json"):
            self.root.run("install", "-o", "ben", "-m", "0644", f"/home/anna/{name}", "/home/ben/")
        self.root.run("artdag", "verify", "/home/ben/cat.mp4", user="ben")
        with (self.root.path / "home/ben/cat.mp4").open("r+b") as film:
            film.seek(-2000, 2)
            film.write(b"\0" * 100)
        self.assertNotEqual(self.root.run("artdag", "verify", "/home/ben/cat.mp4", user="ben", code=None).returncode, 0)

    def test_5_a_server_of_its_own_user(self):
        self.assertEqual(self.root.run("stat", "-c", "%U %G %a", DATA).stdout, "artdag artdag 700\n")
        self.assertRegex(self.root.run("getent", "passwd", "artdag").stdout, r"^artdag:x:\d+:\d+:[^:]*:/var/lib/artdag:/usr/sbin/nologin")
        units = ("artdagd.socket", "artdagd.service")
        self.assertNotIn("enabled", self.root.run("systemctl", "is-enabled", *units, code=None).stdout, "it must not start before its domain is chosen")
        self.assertEqual(self.root.run("systemd-analyze", "verify", "--man=no", *units).stderr, "")
        self.root.run("artdagd", "init", "--data", DATA, "--domain", "artdag.example", user="artdag")
        self.root.run("systemctl", "enable", "--now", *units)
        said = self.root.run("artdagd", "user", "add", "giles", "--role", "owner", "--data", DATA, user="artdag").stdout
        self.assertIn("https://artdag.example/", said)
        status, page = self.root.ask(URL + "/")
        self.assertEqual((status, "Art DAG" in page), (200, True))
        self.assertNotIn("BAD", self.root.run("artdagd", "doctor", "--offline", "--data", DATA, user="artdag").stdout)
        self.assert_giles_is_there()
        self.root.run("systemctl", "reload", "artdagd")
        process = self.root.run("systemctl", "show", "--value", "--property", "MainPID", "artdagd").stdout.strip()
        status = self.root.run("cat", f"/proc/{process}/status").stdout
        self.assertRegex(status, r"NoNewPrivs:\t1\n")
        self.assertRegex(status, r"Seccomp:\t2\n")

    def assert_giles_is_there(self):
        status, text = self.root.ask(URL + "/.well-known/webfinger?resource=acct:giles@artdag.example")
        self.assertEqual((status, json.loads(text)["subject"]), (200, "acct:giles@artdag.example"))

    def test_5_the_service_renders_shut_in_as_it_is(self):
        token = self.root.run("artdagd", "l1-token", "--data", DATA, user="artdag").stdout.split()[-1]
        order = self.root.path / "home/anna/small.artdag"
        order.write_text(json.dumps({"recipe": clean_root.SMALL}))
        sent = ("--header", f"Authorization: Bearer {token}", "--header", "Accept: application/json")
        status, text = self.root.ask(URL + "/l1/runs", *sent, "--header", "Content-Type: application/json", "--data", f"@{order}")
        self.assertEqual(status, 202, text)
        for _ in range(3000):
            run = json.loads(self.root.ask(f"{URL}/l1/runs/{json.loads(text)['run_id']}", *sent)[1])
            if run["status"] not in ("queued", "running"):
                break
            time.sleep(0.1)
        self.assertEqual(run["status"], "completed", run)
        order.write_text(json.dumps(clean_root.SMALL))
        known = json.loads(self.root.run("artdag", "render", "/home/anna/small.artdag", "-o", "/home/anna/small.mp4", "--json", user="anna").stdout)
        self.assertEqual(run["frames_hash"], known["frames_hash"])
        # Uploaded, the film is decoded by artdag-worker.
        status, text = self.root.ask(URL + "/l1/cache/upload", *sent, "--header", "Content-Type: video/mp4", "--data-binary", f"@{self.root.path}/home/anna/small.mp4")
        self.assertEqual((status, json.loads(text)["media"]["width"]), (201, 320), text)

    def test_6_the_studio_shows_a_sample(self):
        self.install(package("studio"))
        shown = subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(shown.wait)
        self.addCleanup(shown.stdout.close)
        self.addCleanup(shown.terminate)
        display = ":" + shown.stdout.readline().strip()
        self.root.run("artdag-studio", "--screenshot", "/home/anna/studio.png", "--size", "1600x1000", "/usr/share/artdag/recipes/breathing_cathedral.artdag", user="anna", env={"DISPLAY": display})
        picture = BUILD / "package-test/studio.png"
        shutil.copy(self.root.path / "home/anna/studio.png", picture)
        pixels = subprocess.run(["ffmpeg", "-v", "error", "-i", picture, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], check=True, capture_output=True).stdout
        self.assertEqual(len(pixels), 1600 * 1000 * 3)
        self.assertGreater(len({pixels[at:at + 3] for at in range(0, len(pixels), 3)}), LEAST_COLOURS)
        for size in (16, 512):
            self.assertTrue((self.root.path / f"usr/share/icons/hicolor/{size}x{size}/apps/artdag-studio.png").exists())

    def test_7_an_upgrade_keeps_what_people_made_and_refuses_nobody(self):
        before = self.root.run("sha256sum", f"{DATA}/artdagd.toml").stdout
        process = self.root.run("systemctl", "show", "--value", "--property", "MainPID", "artdagd").stdout
        answers, over = [], threading.Event()

        def visit():
            while not over.wait(0.1):
                answers.append(self.root.ask(URL + "/healthz")[0])
        visitor = threading.Thread(target=visit)
        visitor.start()
        try:
            with tempfile.TemporaryDirectory() as folder:
                self.install(*(newer(package(name), pathlib.Path(folder)) for name in ("common", "server", "studio")))
            self.assert_giles_is_there()
        finally:
            over.set()
            visitor.join()
        self.assertEqual(set(answers), {200}, "somebody was refused")
        self.assertNotEqual(self.root.run("systemctl", "show", "--value", "--property", "MainPID", "artdagd").stdout, process, "the old program still runs")
        self.assertIn("+next", self.root.run("dpkg-query", "-W", "artdag-server").stdout)
        self.assertEqual(self.root.run("sha256sum", f"{DATA}/artdagd.toml").stdout, before)
        self.as_anna("artdag verify cat.mp4")

    def test_8_purging_takes_programs_and_leaves_works(self):
        self.root.apt("remove", "artdag-server", "artdag-studio", "artdag-common")
        self.assertEqual(self.root.ask(URL + "/healthz")[0], 0)
        left = self.root.run("sh", "-c", "ls -d /usr/bin/artdag* /usr/libexec/artdag* /usr/share/artdag* /usr/share/icons/hicolor/*/apps/artdag* 2>/dev/null", code=None).stdout
        self.assertEqual(left, "")
        said = self.root.apt("purge", "artdag-server")
        self.assertIn(f"{DATA} holds works", said.stdout + said.stderr)
        self.assertTrue((self.root.path / DATA[1:] / "artdagd.sqlite").exists())
        self.install(package("common"), package("server"))
        self.root.run("systemctl", "enable", "--now", "artdagd.socket", "artdagd.service")
        self.assert_giles_is_there()

    def test_9_an_empty_server_leaves_nothing(self):
        self.root.apt("purge", "artdag-server")
        self.root.run("rm", "-r", DATA)
        self.install(package("server"))
        self.root.apt("purge", "artdag-server")
        left = self.root.run("sh", "-c", "find / -xdev -path /proc -prune -o -iname '*artdagd*' -print | grep -v -e /packages/ -e /home/ -e /var/cache/apt/ -e /tmp/", code=None).stdout
        self.assertEqual(left, "")


if __name__ == "__main__":
    unittest.main(failfast=True)
