#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the libFuzzer targets (preset fuzz) and runs each for a while: ./run test fuzz; ARTDAG_FUZZ_SECONDS sets how long."""
import os
import pathlib
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent.parent
seconds = os.environ.get("ARTDAG_FUZZ_SECONDS", "120")


def main():
    subprocess.run(["cmake", "--preset", "fuzz"], cwd=root, check=True)
    targets = sorted(path.stem for path in (root / "tests/fuzz").glob("*_fuzz.cpp"))
    subprocess.run(["cmake", "--build", "build-fuzz", "--target", *targets], cwd=root, check=True)
    failed = 0
    for target in targets:
        found = root / "build-fuzz" / "found" / target
        found.mkdir(parents=True, exist_ok=True)
        seeds = root / "tests/fuzz/corpus" / target.removesuffix("_fuzz")
        if target in ("media_fuzz", "embed_fuzz"):
            seeds = root / "build-fuzz" / "media_seeds"
            seeds.mkdir(exist_ok=True)
            subprocess.run([sys.executable, root / "tests/fuzz/seeds.py", "media", "--into", seeds], check=True)
        run = subprocess.run([root / "build-fuzz/bin" / target, f"-max_total_time={seconds}", "-rss_limit_mb=4096", "-timeout=20", f"-artifact_prefix={found}/", found, *([seeds] if seeds.is_dir() else [])])
        failed += run.returncode != 0
    print(f"{len(targets) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
