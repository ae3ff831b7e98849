#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A long render that is killed again and again ends with the same film, and does little work twice.

By default ten seconds of a small picture; with ARTDAG_SOAK=1 ten minutes of 1080p, whose figures go to docs/store-faults.md
by hand. The recipe has thirty nodes."""
import json
import os
import pty
import re
import select
import signal
import subprocess
import time
import unittest

import artdag

SOAK = os.environ.get("ARTDAG_SOAK") == "1"
SECONDS, WIDTH, HEIGHT, KILLS = (600.0, 1920, 1080, 5) if SOAK else (10.0, 320, 180, 3)
RATE = 30
THREADS = 2


def thirty_nodes():
    """Two moving sources, a chain of thirteen steps on each, and what joins them."""
    steps = [("hue_shift", {"angle": {"expr": "9 * t"}}), ("brightness", {"amount": 0.02}), ("contrast", {"amount": 0.1}), ("vignette", {"amount": 0.2}),
             ("rotate", {"angle": {"expr": "6 * t"}}), ("brightness", {"amount": -0.01}), ("hue_shift", {"angle": -20}), ("contrast", {"amount": -0.05}),
             ("transform", {"scale": [0.9, 0.9]}), ("fade", {"in": 0.5}), ("brightness", {"amount": 0.03}), ("hue_shift", {"angle": {"expr": "-3 * t"}}), ("contrast", {"amount": 0.05})]
    nodes = {"a0": {"effect": "gradient", "args": {"angle": {"expr": "12 * t"}}}, "b0": {"effect": "checker", "args": {"offset": {"expr": ["9 * t", "4 * t"]}}}}
    for side in "ab":
        for at, (effect, arguments) in enumerate(steps):
            nodes[f"{side}{at + 1}"] = {"effect": effect, "in": {"picture": f"{side}{at}"}, "args": arguments}
    nodes["both"] = {"effect": "blend", "in": {"below": "a13", "above": "b13"}, "args": {"mode": "screen", "opacity": 0.5}}
    nodes["end"] = {"effect": "vignette", "in": {"picture": "both"}, "args": {"amount": 0.3}}
    assert len(nodes) == 30
    return nodes


class Resume(artdag.Case):
    def setUp(self):
        super().setUp()
        self.path = self.write(artdag.recipe(thirty_nodes(), "end", canvas={"width": WIDTH, "height": HEIGHT, "rate": [RATE, 1], "duration": SECONDS}, encode="share-h264-fast"))

    def cached(self):
        return sum(chunk["cached"] for chunk in self.artdag("plan", self.path)["chunks"])

    def killed(self, fresh):
        """Starts the render on a terminal, kills it when `fresh` more chunks would be done; the frames that it said were done."""
        terminal, other = pty.openpty()
        process = subprocess.Popen([str(artdag.BIN / "artdag"), "render", str(self.path), "-o", str(self.folder / "film.mp4"), "--threads", str(THREADS)],
                                   env=os.environ | {"ARTDAG_HOME": str(self.home)}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=other, start_new_session=True)
        os.close(other)
        target, done, said = (self.cached() + fresh) * RATE, 0, ""
        deadline = time.monotonic() + 60 * SECONDS
        while done < target and time.monotonic() < deadline:
            self.assertIsNone(process.poll(), "the render ended before it could be killed")
            if select.select([terminal], [], [], 0.2)[0]:
                said = (said + os.read(terminal, 65536).decode(errors="replace"))[-2000:]
                counts = re.findall(r"(\d+)/\d+ frames", said)
                done = int(counts[-1]) if counts else done
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        os.close(terminal)
        self.assertEqual(process.returncode, -signal.SIGKILL)
        self.assertGreaterEqual(done, target, "it was too slow to be killed where it should be")
        return done

    def test_a_killed_render_goes_on_where_it_was(self):
        started = time.monotonic()
        whole = self.artdag("render", self.path, "-o", self.folder / "whole.mp4", "--threads", THREADS, home=self.folder / "other")
        total = whole["chunks"]["total"]
        self.assertEqual(total, int(SECONDS))
        lost = []
        for _ in range(KILLS):
            done = self.killed(max(1, total // (KILLS + 2)))
            kept = self.cached()
            lost.append(-((kept * RATE - done) // RATE))  # chunks that were begun and are made again
            self.assertFalse((self.folder / "film.mp4").exists())
        self.assertLessEqual(max(lost), THREADS, f"chunks made again after each kill: {lost}")
        kept = self.cached()
        again = self.artdag("render", self.path, "-o", self.folder / "film.mp4", "--threads", THREADS)
        self.assertEqual(again["chunks"], {"total": total, "cached": kept, "rendered": total - kept})
        self.assertGreater(kept, 0)
        self.assertEqual(again["content_hash"], whole["content_hash"])
        self.assertTrue(self.artdag("store", "fsck")["ok"])
        print(json.dumps({"seconds": SECONDS, "kills": KILLS, "begun_and_made_again": lost, "took": round(time.monotonic() - started, 1)}))


if __name__ == "__main__":
    unittest.main()
