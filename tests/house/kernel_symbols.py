#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kernel objects define and call nothing outside their level's namespace but plain C, and have no weak symbol.

A weak symbol compiled for x86-64-v4 may be the one the linker keeps for everybody, and then crashes older machines.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

build = pathlib.Path(sys.argv[2])


PLAIN = {"memset", "memcpy", "memmove", "_GLOBAL_OFFSET_TABLE_"}


def foreign(listing, level):
    """Symbols that are weak, or that neither are local, nor of the level's namespace, nor plain calls into the C library."""
    bad = []
    for kind, name in re.findall(r"^[0-9a-f ]{16} ([A-Za-z]) (.*)$", listing, re.M):
        inside = name.startswith(f"artdag::kernels_{level}::")
        if kind in "WVwvui" or (kind.isupper() and not inside and not (kind == "U" and name in PLAIN)):
            bad.append(f"{kind} {name}")
    return bad


def symbols(path):
    return subprocess.run(["nm", "-C", path], capture_output=True, text=True, check=True).stdout


def main():
    checked = problems = 0
    for level in ("v2", "v3", "v4"):
        for path in sorted(build.glob(f"**/artdag_*_{level}.dir/**/kernels_*.o")):
            checked += 1
            for name in foreign(symbols(path), level):
                problems += 1
                print(f"{path.name} ({level}): {name}")
    sources = len(list(pathlib.Path(sys.argv[1]).glob("core/*/kernels_*.cpp")))
    assert checked == 3 * sources > 0, f"{checked} kernel objects of {sources} sources under {build}: build first"
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "planted.cpp"
        source.write_text("#include <vector>\nint planted(int n) { std::vector<int> v; v.resize(n); return v.at(n / 2); }\n")
        subprocess.run(["g++", "-O0", "-c", source, "-o", source.with_suffix(".o")], check=True)
        assert foreign(symbols(source.with_suffix(".o")), "v4"), "a planted weak symbol was not caught"
    print(f"{checked} kernel objects, {problems} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
