#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A long render that is killed again and again ends with the same film, and does little work twice.

By default ten seconds of a small picture; with ARTDAG_SOAK=1 ten minutes of 1080p, whose figures go to docs/store-faults.md
by hand. The recipe has thirty nodes."""
import json
import os
import pty
import re
import resource
import select
import signal
import subprocess
import time
import unittest

import artdag

SOAK = os.environ.get("ARTDAG_SOAK") == "1"
SECONDS, WIDTH, HEIGHT, RATE, KILLS = (600.0, 1920, 1080, 24, 5) if SOAK else (10.0, 320, 180, 30, 3)
THREADS = 2
MEMORY = 512  # MiB, of which the whole process must stay within a quarter more


def thirty_nodes():
    """Two moving sources, a chain of thirteen steps on each, and what joins them."""
    steps = [("hue_shift", {"angle": {"expr": "9 * t"}}), ("exposure", {"stops": 0.1}), ("white_balance", {"temperature": 6000}), ("exposure", {"stops": {"expr": "0.2 * sin(t)"}}), ("saturation", {"amount": 0.2}), ("exposure", {"stops": -0.1}),
             ("channel_mixer", {"red_red": 0.9, "red_green": 0.1, "space": "linear"}), ("exposure", {"stops": 0.05}), ("brightness", {"amount": 0.02}), ("exposure", {"stops": -0.05}), ("fade", {"in": 0.5}), ("exposure", {"stops": 0.1})]
    nodes = {"a0": {"effect": "gradient", "args": {"angle": {"expr": "12 * t"}}}, "b0": {"effect": "gradient", "args": {"angle": {"expr": "90 - 7 * t"}}}}
    for side in "ab":
        for at, (effect, arguments) in enumerate(steps):
            nodes[f"{side}{at + 1}"] = {"effect": effect, "in": {"picture": f"{side}{at}"}, "args": arguments}
    nodes["a13"] = {"effect": "rotate", "in": {"picture": "a12"}, "args": {"angle": {"expr": "6 * t"}}}
    nodes["b13"] = {"effect": "flip", "in": {"picture": "b12"}}
    nodes["both"] = {"effect": "blend", "in": {"below": "a13", "above": "b13"}, "args": {"mode": "screen", "opacity": 0.5}}
    nodes["end"] = {"effect": "exposure", "in": {"picture": "both"}, "args": {"stops": 0.2}}
    assert len(nodes) == 30
    return nodes


class Resume(artdag.Case):
    def setUp(self):
        super().setUp()
        self.path = self.write(artdag.recipe(thirty_nodes(), "end", canvas={"width": WIDTH, "height": HEIGHT, "rate": [RATE, 1], "duration": SECONDS}, encode="share-h264-fast"))

    def cached(self):
        return sum(chunk["cached"] for chunk in self.artdag("plan", self.path)["chunks"])

    def ended(self, fresh, ending):
        """Starts the render on a terminal, sends it `ending` when `fresh` more chunks would be done; the frames that it said were done."""
        terminal, other = pty.openpty()
        process = subprocess.Popen([str(artdag.BIN / "artdag"), "render", str(self.path), "-o", str(self.folder / "film.mp4"), "--threads", str(THREADS), "--memory", f"{MEMORY}M"],
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
        process.send_signal(ending)
        process.wait(30)
        os.close(terminal)
        self.assertEqual(process.returncode, -signal.SIGKILL if ending == signal.SIGKILL else 130)
        self.assertGreaterEqual(done, target, "it was too slow to be killed where it should be")
        return done

    def test_a_killed_render_goes_on_where_it_was(self):
        started = time.monotonic()
        whole = self.artdag("render", self.path, "-o", self.folder / "whole.mp4", "--threads", THREADS, "--memory", f"{MEMORY}M", timeout=60 * SECONDS, home=self.folder / "other")
        total = whole["chunks"]["total"]
        self.assertEqual(total, int(SECONDS))
        lost = []
        for ending in [signal.SIGINT] + [signal.SIGKILL] * KILLS:
            done = self.ended(max(1, total // (KILLS + 2)), ending)
            kept = self.cached()
            lost.append(-((kept * RATE - done) // RATE))  # chunks that were begun and are made again
            self.assertFalse((self.folder / "film.mp4").exists())
        self.assertLessEqual(max(lost), THREADS, f"chunks made again after each kill: {lost}")
        kept = self.cached()
        again = self.artdag("render", self.path, "-o", self.folder / "film.mp4", "--threads", THREADS, "--memory", f"{MEMORY}M", timeout=60 * SECONDS)
        self.assertEqual(again["chunks"], {"total": total, "cached": kept, "rendered": total - kept})
        self.assertGreater(kept, 0)
        self.assertEqual(again["content_hash"], whole["content_hash"])
        self.assertTrue(self.artdag("store", "fsck")["ok"])
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        self.assertLess(peak, 1.25 * MEMORY, "MiB of the largest process")
        print(json.dumps({"seconds": SECONDS, "kills": KILLS, "begun_and_made_again": lost, "peak_mib": round(peak), "took": round(time.monotonic() - started, 1)}))


if __name__ == "__main__":
    unittest.main()
