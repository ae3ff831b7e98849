#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kernel objects define nothing outside their level's namespace and no weak symbol.

A weak symbol compiled for x86-64-v4 may be the one the linker keeps for everybody, and then crashes older machines.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

build = pathlib.Path(sys.argv[2])


def foreign(listing, level):
    """Defined symbols that are weak, or whose demangled name does not speak of the level."""
    bad = []
    for line in listing.splitlines():
        match = re.match(r"^[0-9a-f]+ ([A-Za-z]) (.*)$", line)
        if not match:
            continue
        kind, name = match.groups()
        if kind in "WVu" or (kind in "TDBRS" and not re.search(rf"(::|_){level}(::|_|\b)", name)):
            bad.append(f"{kind} {name}")
    return bad


def symbols(path):
    return subprocess.run(["nm", "-C", "--defined-only", path], capture_output=True, text=True, check=True).stdout


def main():
    checked = problems = 0
    for level in ("v2", "v3", "v4"):
        for path in sorted(build.glob(f"**/artdag_*_{level}.dir/**/kernels_*.o")):
            checked += 1
            for name in foreign(symbols(path), level):
                problems += 1
                print(f"{path.name} ({level}) defines {name}")
    assert checked >= 3, f"only {checked} kernel objects under {build}: build first"
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "planted.cpp"
        source.write_text("#include <vector>\nint planted(int n) { std::vector<int> v; v.resize(n); return v.at(n / 2); }\n")
        subprocess.run(["g++", "-O0", "-c", source, "-o", source.with_suffix(".o")], check=True)
        assert foreign(symbols(source.with_suffix(".o")), "v4"), "a planted weak symbol was not caught"
    print(f"{checked} kernel objects, {problems} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
