#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Includes only go down, rooms make no circle, every file is licensed, docs/architecture.md names every room.

The table is docs/architecture.md's own: lines `| N | room room | … |`. To show that it can fail, the script first plants
each fault in a copy of the facts and expects it to be caught.
"""
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(sys.argv[1])
SOURCE = {".cpp", ".h"}
LICENSED = SOURCE | {".qml", ".py", ".sh", ".cmake", ".frag", ".vert", ".js", ".mjs", ".css"}


def floors_of(text):
    """room → floor, from the table of docs/architecture.md."""
    floors = {}
    for number, rooms in re.findall(r"^\| (\d) \| ([^|]+) \|", text, re.M):
        for room in re.findall(r"`([a-z_/0-9]+)`", rooms):
            floors[room] = int(number)
    return floors


def room_of(path):
    parts = pathlib.PurePosixPath(path).parts
    return "/".join(parts[:2]) if parts[0] == "core" else parts[0]


def includes_of(files):
    """(file, included) for every include of a project header."""
    for path in files:
        for target in re.findall(r'^\s*#include "([^"]+)"', (root / path).read_text(errors="replace"), re.M):
            yield path, target


def arrows_up(edges, floors):
    problems = []
    for path, target in edges:
        here, there = room_of(path), room_of(target)
        if there.split("/")[0] not in {"core", "effects", "server", "ui", "app", "tests"} or here == there:
            continue
        if there not in floors or here not in floors:
            problems.append(f"{path}: room of '{target}' is not in docs/architecture.md")
        elif floors[here] < floors[there]:
            problems.append(f"{path}: includes '{target}', which is {floors[there] - floors[here]} floor(s) up")
    return problems


def circles(edges):
    graph = {}
    for path, target in edges:
        here, there = room_of(path), room_of(target)
        if here != there and there.startswith(("core", "effects", "server", "ui", "app")):
            graph.setdefault(here, set()).add(there)
    found = []

    def walk(room, trail):
        if room in trail:
            found.append("circle: " + " → ".join(trail[trail.index(room):] + [room]))
            return
        for target in graph.get(room, ()):
            if not found:
                walk(target, trail + [room])

    for room in graph:
        walk(room, [])
    return found[:1]


def main():
    tracked = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True, check=True).stdout.split("\n")
    tracked = [path for path in tracked if path and (root / path).is_file()]
    floors = floors_of((root / "docs/architecture.md").read_text())
    house = [path for path in tracked if path.split("/")[0] in {"core", "effects", "server", "ui", "app"} and pathlib.Path(path).suffix in SOURCE]
    edges = list(includes_of(house))
    assert len(edges) > 100, "the house has more includes than that: the script reads the wrong folder"
    problems = arrows_up(edges, floors) + circles(edges)

    assert arrows_up([("core/base/json.h", "core/plan/plan.h")], floors), "a planted arrow up was not caught"
    assert circles([("core/store/a.h", "core/recipe/b.h"), ("core/recipe/c.h", "core/store/d.h")]), "a planted circle was not caught"

    for path in house:
        if room_of(path) not in floors:
            problems.append(f"{path}: its room is not in docs/architecture.md")
        text = (root / path).read_text(errors="replace")
        if path.startswith(("core/", "effects/", "server/")) and re.search(r"#include <Q[A-Z]", text):
            problems.append(f"{path}: only ui, qml and app may use Qt")
    for path in tracked:
        suffix = pathlib.Path(path).suffix
        if (suffix in LICENSED or path.endswith("CMakeLists.txt")) and "SPDX-License-Identifier: GPL-3.0-or-later" not in (root / path).read_text(errors="replace")[:400]:
            problems.append(f"{path}: no SPDX line")
        if re.search(r"(^|[_/])(manager|helper|utils?|handler|misc|common)(s?[_./]|$)", path.lower()):
            problems.append(f"{path}: a name that says nothing")
        if suffix in {".png", ".jpg", ".mp4", ".wav", ".mkv", ".webp"} and not path.startswith("docs/pictures/"):
            problems.append(f"{path}: media is made by code, not kept in git")
        if path.startswith("docs/pictures/") and (root / path).stat().st_size > 200_000:
            problems.append(f"{path}: pictures stay under 200 kB")
    for line in problems:
        print(line)
    print(f"{len(house)} files, {len(edges)} includes, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
