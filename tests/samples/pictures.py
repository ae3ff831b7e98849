#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of docs/pictures again: the Studio and the poster of every sample, small enough for git (≤ 200 kB each)."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 200_000


def shrink(source, target, width=640):
    """The quality goes down until the file fits."""
    for quality in range(3, 20, 2):
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", source, "-vf", f"scale={width}:-2:flags=lanczos", "-q:v", str(quality), "-fflags", "+bitexact", "-map_metadata", "-1", target], check=True)
        if target.stat().st_size <= MOST_BYTES:
            return
    raise SystemExit(f"{target.name} does not fit into {MOST_BYTES} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", type=Path, required=True, help="where artdag is")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    pictures = ROOT / "docs/pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        env = {**os.environ, "ARTDAG_HOME": f"{scratch}/home"}
        for recipe in sorted((ROOT / "resources/recipes").glob("*.artdag")):
            if args.names and recipe.stem not in args.names:
                continue
            poster = Path(scratch) / f"{recipe.stem}.png"
            subprocess.run([args.bin / "artdag", "render", recipe, "--output", "poster", "-o", poster, "--json"], env=env, check=True, capture_output=True)
            shrink(poster, pictures / f"{recipe.stem}.jpg")
            print(pictures / f"{recipe.stem}.jpg")
        for name, recipe, more in (("studio", "breathing_cathedral", ("--select", "bloom")), ("explore", "twelve_posters", ("--do", "studio.vary"))):
            if args.names and name not in args.names:
                continue
            shot = Path(scratch) / f"{name}.png"
            subprocess.run(["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", args.bin / "artdag-studio", "--screenshot", shot, *more, "--size", "1600x1000", ROOT / f"resources/recipes/{recipe}.artdag"], env=env, check=True, capture_output=True)
            shrink(shot, pictures / f"{name}.jpg", 1400)
            print(pictures / f"{name}.jpg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
