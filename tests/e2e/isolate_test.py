#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""--isolate: media decoded in workers give the same film byte for byte, and whatever becomes of a worker, `artdag` says it."""
import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import time
import unittest

import artdag
from artdag import BIN, ffmpeg, recipe


PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


def worker_of(parent):
    """The artdag-worker that a process started and that is shut in by now, or None."""
    for entry in pathlib.Path("/proc").iterdir():
        try:
            status = (entry / "status").read_text() if entry.name.isdigit() else ""
        except OSError:
            continue
        if "Name:\tartdag-worker\n" in status and f"PPid:\t{parent}\n" in status and "Seccomp:\t2\n" in status and "State:\tZ" not in status:
            return int(entry.name)
    return None


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise AssertionError("it did not come to pass")
        os.sched_yield()
    return found


class Isolate(artdag.Case):
    def setUp(self):
        super().setUp()
        self.film = self.folder / "input.mp4"
        self.webm = self.folder / "input.webm"
        ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=2", "-f", "lavfi", "-i", "sine=d=2:r=44100", "-c:v", "libx264", "-bf", "2", "-c:a", "aac", self.film)
        ffmpeg("-i", self.film, "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", self.webm)

    def document(self, **members):
        turn = {"effect": "rotate", "in": {"picture": "footage"}, "args": {"angle": {"expr": "40 * t"}}}
        return recipe({"turn": turn}, "turn", "footage.sound", inputs={"footage": {"media": "media"}}, **members)

    def render_in(self, home, *arguments, name="film.mp4", **members):
        return self.render(self.document(**members), "--input", f"footage={self.film}", *arguments, name=name, home=self.folder / home)

    def test_films_are_the_same_byte_for_byte(self):
        """AAC, and Opus, which each machine must bake before it plans."""
        for footage in (self.film, self.webm):
            with self.subTest(footage.name):
                self.film = footage
                here = self.render_in("here-" + footage.name, name="here.mp4")
                there = self.render_in("there-" + footage.name, "--isolate", name="there.mp4")
                self.assertEqual(there["content_hash"], here["content_hash"])
                self.assertEqual(there["frames_hash"], here["frames_hash"])
                self.assertEqual((self.folder / "there.mp4").read_bytes(), (self.folder / "here.mp4").read_bytes())
                self.assertEqual(there["chunks"], here["chunks"])
                self.assertEqual(there["pictures_decoded"], here["pictures_decoded"])

    def test_films_are_verified_in_workers(self):
        for encode, name in (("share-h264", "film.mp4"), ("master-ffv1", "film.mkv"), ("png-sequence", "frames"), ("hls", "stream")):
            with self.subTest(encode):
                self.render_in("home", name=name, encode=encode)
                answer = self.artdag("verify", self.folder / name, "--isolate", "--input", f"footage={self.film}", home=self.folder / "stranger")
                self.assertTrue(answer["verified"])
                self.assertEqual([one["answer"] for one in answer["answers"]][1:], ["yes", "yes"])

    def test_it_is_the_worker_that_decodes(self):
        bare = self.folder / "bin"
        bare.mkdir()
        shutil.copy(BIN / "artdag", bare)
        command = [bare / "artdag", "render", self.write(self.document()), "--input", f"footage={self.film}", "-o", self.folder / "bare.mp4"]
        environment = os.environ | {"ARTDAG_HOME": str(self.home)}
        run = subprocess.run([*command, "--isolate"], capture_output=True, text=True, env=environment, timeout=600)
        self.assertEqual(run.returncode, 4, run.stderr)
        self.assertIn(f"program '{bare}/artdag-worker': cannot be started", run.stderr)
        (bare / "artdag-worker").write_text("#!/bin/sh\nkill -SEGV $$\n")
        (bare / "artdag-worker").chmod(0o755)
        run = subprocess.run([*command, "--isolate"], capture_output=True, text=True, env=environment, timeout=600)
        self.assertEqual(run.returncode, 6, run.stderr)
        self.assertIn("its decoder was ended by signal 11 (Segmentation fault); the file is damaged or made to do harm", run.stderr)
        self.assertEqual(subprocess.run(command, capture_output=True, env=environment, timeout=600).returncode, 0)

    def start(self):
        """A render that takes long enough to be hit in the middle, its worker stopped."""
        ffmpeg("-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=20", "-c:v", "libx264", "-preset", "ultrafast", self.film)
        path = self.write(self.document(canvas={"width": 640, "height": 360, "duration": 20.0}))
        run = subprocess.Popen([BIN / "artdag", "render", path, "--input", f"footage={self.film}", "-o", self.folder / "long.mp4", "--isolate"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"ARTDAG_HOME": str(self.home)})
        self.addCleanup(run.wait)
        self.addCleanup(run.kill)
        chunks = self.home / "store"
        wait_for(lambda: worker_of(run.pid) and any(chunks.rglob("*")))
        return run, worker_of(run.pid)

    def test_a_worker_killed_in_the_middle_is_an_error_that_names_the_file(self):
        run, worker = self.start()
        os.kill(worker, signal.SIGKILL)
        _, words = run.communicate(timeout=600)
        self.assertEqual(run.returncode, 4, words)
        self.assertIn("its decoder was ended by signal 9 (Killed)", words)
        self.assertFalse((self.folder / "long.mp4").exists())

    def test_no_worker_outlives_its_parent(self):
        # Orphans come to this test: to nobody's group they would belong, and a stopped worker would be hung up for that.
        self.assertEqual(ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0)
        run, worker = self.start()
        os.kill(worker, signal.SIGSTOP)  # it cannot notice by itself that its socket is closed
        run.kill()
        run.communicate()
        try:
            _, status = wait_for(lambda: (ended := os.waitpid(worker, os.WNOHANG))[0] and ended, 20)
        except AssertionError:
            os.kill(worker, signal.SIGKILL)
            raise
        self.assertEqual(os.WTERMSIG(status), signal.SIGKILL)


if __name__ == "__main__":
    unittest.main()
