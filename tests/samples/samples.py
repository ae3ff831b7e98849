#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at every sample recipe as a stranger would: does it check, how long does it take, does it loop, how loud is it,
does its poster look like another's. Prints a table; fails when a sample breaks what docs promise of samples.

    samples.py --bin build/bin [--quick] [--report] [--keep DIR] [NAME…]

--quick renders posters and sound only; without it whole films are rendered and their seams measured.
--report prints figures even where a gate is broken and never fails because of time (another machine is another machine)."""

import argparse
import json
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOUDNESS, LOUDNESS_SLACK, PEAK = -16.0, 1.0, -1.0  # LUFS, LU, dBTP
SECONDS = 60.0
DISTANCE = 80  # of 256 bits


def run(command, env):
    return subprocess.run([str(part) for part in command], env=env, capture_output=True, check=False)


def artdag(args, words, env):
    done = run([args.bin / "artdag", *words, "--json"], env)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = {}
    return done.returncode, answer, done.stderr.decode(errors="replace").strip()


def loudness(path):
    """Integrated loudness (LUFS) and true peak (dBTP) by EBU R128, or None for a silent file."""
    text = run(["ffmpeg", "-hide_banner", "-nostats", "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-"], None).stderr.decode()
    found = re.findall(r"I:\s+(-?[\d.]+) LUFS", text), re.findall(r"Peak:\s+(-?[\d.]+) dBFS", text)
    return (float(found[0][-1]), float(found[1][-1])) if found[0] and found[1] else None


def grey(path, width, height, extra=()):
    """Rows of 8-bit grey of a picture, or of the frame that `extra` selects."""
    out = run(["ffmpeg", "-v", "error", *extra, "-i", path, "-frames:v", "1", "-vf", f"scale={width}:{height}:flags=area", "-pix_fmt", "gray", "-f", "rawvideo", "-"], None).stdout
    return [list(out[y * width:(y + 1) * width]) for y in range(height)]


def perceptual_hash(path):
    """256 bits: signs of the low 16 × 16 cosine coefficients of a 32 × 32 thumbnail against their median."""
    size, low = 32, 16
    rows = grey(path, size, size)
    table = [[math.cos(math.pi * (x + 0.5) * k / size) for x in range(size)] for k in range(1, low + 1)]
    across = [[sum(row[x] * table[k][x] for x in range(size)) for k in range(low)] for row in rows]
    both = [sum(across[y][kx] * table[ky][y] for y in range(size)) for ky in range(low) for kx in range(low)]
    median = sorted(both)[len(both) // 2]
    return [value > median for value in both]


def difference(a, b):
    return sum(abs(x - y) for ra, rb in zip(a, b) for x, y in zip(ra, rb)) / (len(a) * len(a[0]))


def seam(path, frames, rate):
    """How far the step from the last frame to the first is from the steps within the film: about 1 for a loop without a seam."""
    def at(frame):  # the first frame that begins after this instant
        return grey(path, 160, 90, ("-ss", f"{max(0, frame - 0.25) / rate:.5f}"))
    first, second, before, last = at(0), at(1), at(frames - 2), at(frames - 1)
    inside = max(difference(first, second), difference(before, last), 0.05)
    return difference(last, first) / inside


def look_at(recipe, args, env, folder):
    """One row of the table and what is wrong with it."""
    name, wrong = recipe.stem, []
    document = json.loads(recipe.read_text())
    row = {"name": name, "title": document["title"], "nodes": len(document["nodes"])}
    code, answer, errors = artdag(args, ["check", recipe], env)
    for problem in answer.get("problems", []):
        wrong.append(f"{problem['severity']} at {problem['pointer']}: {problem['message']}")
    if code != 0:
        return row, wrong or [errors]
    if not 3 <= len(document.get("handles", [])) <= 5:
        wrong.append(f"{len(document.get('handles', []))} handles, 3 to 5 are wanted")
    for place, media in document.get("inputs", {}).items():
        if "standIn" not in media:
            wrong.append(f"needs media from outside: '{place}' has no stand-in")

    row["poster"] = folder / f"{name}.png"
    code, _, errors = artdag(args, ["render", recipe, "--output", "poster", "-o", row["poster"]], env)
    if code != 0:
        return row, wrong + [f"poster: {errors}"]
    film = document["outputs"].get("film")
    if film is None:
        return row, wrong
    length = document["canvas"]["duration"]
    if not 8 <= length <= 15:
        wrong.append(f"{length} s long, 8 to 15 are wanted")

    listened = folder / f"{name}.wav"
    if not args.quick:
        listened = folder / f"{name}.mp4"
        began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        code, answer, errors = artdag(args, ["render", recipe, "--output", "film", "-o", listened], env)
        row["seconds"] = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        row["cpu"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if code != 0:
            return row, wrong + [f"film: {errors}"]
        rate = document["canvas"]["rate"][0] / document["canvas"]["rate"][1]
        row["megabytes"] = listened.stat().st_size / 1e6
        row["seam"] = seam(listened, answer["frames"], rate)
        if "loop" in document["tags"] and row["seam"] > 3:
            wrong.append(f"does not loop: the step at its seam is {row['seam']:.1f} times that of its other frames")
        if row["seconds"] > SECONDS and not args.report:
            wrong.append(f"took {row['seconds']:.0f} s, {SECONDS:.0f} s are allowed")
    elif "sound" in film:
        code, _, errors = artdag(args, ["render", recipe, "--output", "film", "--encode", "wav", "-o", listened], env)
        if code != 0:
            return row, wrong + [f"sound: {errors}"]
    if "sound" in film:
        row["loudness"], row["peak"] = loudness(listened) or (-99.0, -99.0)
        if abs(row["loudness"] - LOUDNESS) > LOUDNESS_SLACK:
            wrong.append(f"{row['loudness']} LUFS, {LOUDNESS} ± {LOUDNESS_SLACK} is wanted")
        if row["peak"] > PEAK:
            wrong.append(f"true peak {row['peak']} dBTP, at most {PEAK} is wanted")
    return row, wrong


def number(row, key, form):
    return format(row[key], form) if key in row else "–"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=Path, required=True, help="where artdag is")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--keep", type=Path, help="keep films and posters here")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    recipes = sorted((ROOT / "resources/recipes").glob("*.artdag"))
    recipes = [recipe for recipe in recipes if not args.names or recipe.stem in args.names]
    broken = 0
    with tempfile.TemporaryDirectory() as scratch:
        env = {**os.environ, "ARTDAG_HOME": f"{scratch}/home"}
        folder = args.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        rows = []
        print(f"{'sample':22} {'nodes':>5} {'render s':>8} {'cpu s':>6} {'MB':>6} {'seam':>5} {'LUFS':>6} {'dBTP':>6}  nearest poster", flush=True)
        for recipe in recipes:
            row, wrong = look_at(recipe, args, env, folder)
            if "poster" in row and row["poster"].exists():
                row["hash"] = perceptual_hash(row["poster"])
                near = min(((sum(a != b for a, b in zip(row["hash"], other["hash"])), other["name"]) for other in rows if "hash" in other), default=None)
                if near and near[0] < DISTANCE:
                    wrong.append(f"its poster is like that of {near[1]}: {near[0]} of 256 bits apart, {DISTANCE} are wanted")
                row["near"] = f"{near[1]} {near[0]}" if near else ""
            rows.append(row)
            print(f"{row['name']:22} {row['nodes']:5} {number(row, 'seconds', '.1f'):>8} {number(row, 'cpu', '.0f'):>6} {number(row, 'megabytes', '.1f'):>6} {number(row, 'seam', '.1f'):>5}"
                  f" {number(row, 'loudness', '.1f'):>6} {number(row, 'peak', '.1f'):>6}  {row.get('near', '')}", flush=True)
            for what in wrong:
                print(f"    {what}", flush=True)
            broken += len(wrong)
        if len({row["title"] for row in rows}) != len(rows):
            print("    two samples have the same title")
            broken += 1
    print(f"{len(rows)} samples, {broken} faults")
    return 1 if broken or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
