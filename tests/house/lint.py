#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""./run lint [FILE …]: headers compile alone, qmllint, formatting, clang-tidy over the files given or changed (--all: all)."""
import argparse
import os
import pathlib
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent.parent


def git(*arguments):
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout.split()


def step(name, *command):
    print(f"== {name}", flush=True)
    return subprocess.run([str(word) for word in command], cwd=root).returncode != 0


def main():
    parser = argparse.ArgumentParser(prog="./run lint")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    flags = parser.parse_args()
    sources = git("ls-files", "*.cpp", "*.h")
    changed = set(git("diff", "--name-only", "HEAD~1") + git("ls-files", "-o", "--exclude-standard"))
    chosen = flags.files or [path for path in sources if flags.all or path in changed]
    tidy = [path for path in chosen if path.endswith(".cpp") and "kernels_" not in path and path.split("/")[0] != "tests"]
    failed = step("headers compile alone", sys.executable, "tests/house/headers_alone.py", root, flags.build)
    failed |= step("qmllint", "cmake", "--build", flags.build, "--target", "all_qmllint")
    if chosen:
        failed |= step("clang-format", "clang-format", "--dry-run", "-Werror", *[path for path in chosen if path.endswith((".cpp", ".h"))])
    if tidy:
        print(f"== clang-tidy over {len(tidy)} files", flush=True)
        failed |= subprocess.run(["xargs", "-n1", f"-P{os.cpu_count()}", "clang-tidy", "--quiet", "-p", flags.build], input="\n".join(tidy), text=True, cwd=root).returncode != 0
    print("lint: " + ("failed" if failed else "clean"))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
