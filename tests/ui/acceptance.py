#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Studio promises, and which test saw it last.

    acceptance.py --check           every test that acceptance.json names exists; docs/studio-acceptance.md lists the same promises
    acceptance.py --programs        the test programs that it names
    acceptance.py --junit DIR       writes docs/studio-acceptance.md from the JUnit files that the tests of a run left there

Speed is seen by rows of `./run bench studio --json docs/studio-bench.json`, which is in the repository with its date and machine.
A promise without a test is written down as open, in words: it never counts as kept."""
import argparse
import datetime
import json
import pathlib
import re
import sys
import xml.etree.ElementTree

root = pathlib.Path(__file__).resolve().parents[2]
table = root / "tests/ui/acceptance.json"
page = root / "docs/studio-acceptance.md"
measured = root / "docs/studio-bench.json"


def promises():
    return json.loads(table.read_text())


def source_of(program):
    """PROGRAM@WHERE is the same program under other circumstances."""
    program = program.partition("@")[0]
    found = [path for folder in ("ui", "e2e", "graph", "recipe", "plan", "render", "workflow", "store", "bench", "samples", "house", "server", "worker", "embed")
             for path in (root / "tests" / folder).glob(f"{program}.*") if path.suffix in (".cpp", ".py")]
    return found[0] if found else None


def missing_tests(listed):
    """Named tests that no source has."""
    missing = []
    for promise in listed:
        for name in promise["tests"]:
            program, _, function = name.partition(":")
            source = source_of(program)
            if source is None or (function and not re.search(rf"\b(void|def) {re.escape(function)}\(", source.read_text())):
                missing.append(f"{promise['item']}: {name}")
    return missing


def results(folder):
    """program:function → passed, failed or skipped, over every data row; programs alone as ctest says."""
    seen = {}
    for path in sorted(folder.glob("*.xml")):
        if path.stat().st_size == 0:
            continue  # the program was ended before it said anything: its promises were not run
        for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase"):
            function = case.get("name").partition("(")[0]
            outcome = "failed" if case.find("failure") is not None or case.find("error") is not None else "skipped" if case.find("skipped") is not None else "passed"
            worst = ("passed", "skipped", "failed")
            for name in (f"{path.stem}:{function}", function if path.stem == "ctest" else path.stem):
                seen[name] = max(seen.get(name, "passed"), outcome, key=worst.index)
    return seen


def figures():
    """Row of the bench → what was measured, as it was written last."""
    return {one["name"]: one for one in json.loads(measured.read_text())["rows"]} if measured.exists() else {}


def state_of(promise, seen, rows):
    if not promise["tests"] and not promise.get("rows"):
        return "open"
    # Programs that do not say how each function fared are as good as the whole of them.
    outcomes = [seen.get(name) or seen.get(name.partition(":")[0], "not run") for name in promise["tests"]]
    outcomes += ["not run" if name not in rows else "passed" if rows[name]["verdict"] == "met" else "in part" for name in promise.get("rows", [])]
    worst = next((outcome for outcome in ("failed", "not run", "skipped", "in part") if outcome in outcomes), "passed")
    return "in part" if worst == "passed" and promise.get("open") else worst


def what_is_open(promise, rows):
    short = [f"{name} {rows[name]['ours']:.1f} of {rows[name]['target']} {rows[name]['unit']}" for name in promise.get("rows", []) if name in rows and rows[name]["verdict"] != "met"]
    return "; ".join(short + [promise["open"]] if promise.get("open") else short)


def written(listed, seen):
    lines = ["# What the Studio promises", "",
             f"`./run acceptance` wrote this on {datetime.date.today()} from what the tests said; tests/ui/acceptance.json says which test sees which promise.", ""]
    rows = figures()
    states = [state_of(promise, seen, rows) for promise in listed]
    lines += [", ".join(f"{states.count(state)} {state}" for state in ("passed", "in part", "open", "failed", "not run", "skipped") if state in states) + f" of {len(listed)}.", "",
              "| | promise | state | seen by | open |", "|---|---|---|---|---|"]
    for promise, state in zip(listed, states):
        seen_by = [f"`{name}`" for name in promise["tests"]] + [f"`./run bench {name}`" for name in promise.get("rows", [])]
        lines.append(f"| {promise['item']} | {promise['claim']} | {state} | {'<br>'.join(seen_by)} | {what_is_open(promise, rows)} |")
    return "\n".join(lines) + "\n", states


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--junit", type=pathlib.Path)
    parser.add_argument("--programs", action="store_true")
    flags = parser.parse_args()
    listed = promises()
    if flags.programs:
        return print(*sorted({name.partition(":")[0] for promise in listed for name in promise["tests"]}))
    faults = [f"no such test: {name}" for name in missing_tests(listed)]
    if [promise["item"] for promise in listed] != list(range(1, len(listed) + 1)):
        faults.append("the promises are not numbered 1, 2, 3 …")
    faults += [f"{promise['item']}: neither a test nor what is open" for promise in listed if not promise["tests"] and not promise.get("rows") and not promise.get("open")]
    if flags.junit:
        text, states = written(listed, results(flags.junit))
        page.write_text(text)
        faults += [f"{promise['item']}: {state}" for promise, state in zip(listed, states) if state in ("failed", "not run", "skipped")]
    else:
        rows = re.findall(r"^\| (\d+) \| (.*?) \|", page.read_text(), re.M)
        if rows != [(str(promise["item"]), promise["claim"]) for promise in listed]:
            faults.append("docs/studio-acceptance.md lists other promises than tests/ui/acceptance.json: ./run acceptance")
    print("\n".join(faults) or f"{len(listed)} promises, each with a test or what is open")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
