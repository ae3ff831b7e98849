#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that were put into the Studio, one for a promise, and the tests that saw them: tests/ui/faults.json. One without tests is prepared, and was not tried yet.

usage: faults.py            writes docs/studio-faults.md
       faults.py --check    that page is up to date, each fault still fits its source once, each test is one of the promise's
       faults.py --plant 8 9 …  puts those into the sources of this tree (`git checkout` takes them out): build, run the tests, see them fail
"""
import argparse
import json
import pathlib
import sys

import acceptance

root = acceptance.root
table = root / "tests/ui/faults.json"
page = root / "docs/studio-faults.md"


def written(faults):
    lines = ["# What would be noticed", "", "`python3 tests/ui/faults.py` wrote this from tests/ui/faults.json. Each fault was put into the program once, alone or beside others that do not touch it, and these tests failed.", "",
             "| | fault | in | seen by |", "|---|---|---|---|"]
    lines += [f"| {fault['item']} | {fault['fault']} | `{fault['file']}` | {'<br>'.join(f'`{name}`' for name in fault['tests'])} |" for fault in faults if fault["tests"]]
    prepared = {fault["item"] for fault in faults if not fault["tests"]}
    without = {promise["item"] for promise in acceptance.promises()} - {fault["item"] for fault in faults}
    lines += ["", *(f"{words}: {', '.join(map(str, sorted(items)))}." for words, items in (("Prepared, not tried yet", prepared), ("Without one", without)) if items)]
    return "\n".join(lines) + "\n"


def troubles(faults):
    tests = {promise["item"]: promise["tests"] for promise in acceptance.promises()}
    found = []
    for fault in faults:
        if (root / fault["file"]).read_text().count(fault["old"]) != 1:
            found.append(f"{fault['item']}: {fault['file']} has changed: the fault does not fit it any more")
        found += [f"{fault['item']}: {name} is no test of this promise" for name in fault["tests"] if name not in tests[fault["item"]]]
    if page.read_text() != written(faults):
        found.append("docs/studio-faults.md is not what tests/ui/faults.py writes")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--plant", type=int, nargs="+", metavar="ITEM")
    flags = parser.parse_args()
    faults = json.loads(table.read_text())
    if flags.check:
        found = troubles(faults)
        print("\n".join(found) or f"{sum(bool(fault['tests']) for fault in faults)} faults seen by tests of their promises, of {len(faults)}")
        sys.exit(1 if found else 0)
    if not flags.plant:
        page.write_text(written(faults))
    for fault in faults:
        if fault["item"] in (flags.plant or ()):
            source = root / fault["file"]
            text = source.read_text()
            assert text.count(fault["old"]) == 1, f"{fault['item']}: {fault['file']} has changed"
            source.write_text(text.replace(fault["old"], fault["new"]))


if __name__ == "__main__":
    main()
