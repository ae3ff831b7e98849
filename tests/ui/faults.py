#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that are put into the Studio, one for a promise, and the tests that see them: tests/ui/faults.json.

usage: faults.py                writes docs/studio-faults.md
       faults.py --check        that page is up to date, each fault still fits its source once, each test is one of the promise's
       faults.py --try 8 9 …    puts each of those into the sources of this tree, builds the programs of its promise's tests, runs them whole, takes it
                                out again, and writes down what failed. A fault that no test of its promise sees is a failure.
       faults.py --plant 8 9 …  only puts them in (`git checkout` takes them out)
"""
import argparse
import json
import os
import pathlib
import re
import signal
import subprocess
import sys

import acceptance

root = acceptance.root
build = root / "build"
table = root / "tests/ui/faults.json"
page = root / "docs/studio-faults.md"
# What a fault keeps from coming is not waited for as long as what a slow machine is late with; nobody looks at the stacks.
hurried = {"ARTDAG_PATIENCE": "15000", "QTEST_DISABLE_STACK_DUMP": "1"}


# The page

def listed(names):
    return "<br>".join(f"`{name}`" for name in names)


def written(faults):
    lines = ["# What would be noticed", "", "`python3 tests/ui/faults.py` wrote this from tests/ui/faults.json. Each fault was put into the program, alone, and these tests of its promise failed, which pass without it."
             " The programs of these tests were run whole (`faults.py --try`); what else failed in them is said too, as one thing broken can break several promises.", "",
             "| | fault | in | seen by | fails as well |", "|---|---|---|---|---|"]
    lines += [f"| {fault['item']} | {fault['fault']} | `{fault['file']}` | {listed(fault['tests'])} | {listed(fault['others']) if 'others' in fault else 'not looked at'} |"
              for fault in faults if fault["tests"]]
    states = (("Tried, and seen by none", [fault["item"] for fault in faults if not fault["tests"] and "others" in fault]),
              ("Not tried yet", [fault["item"] for fault in faults if not fault["tests"] and "others" not in fault]),
              ("Seen by tests of the promise alone, not tried with all of their programs yet", [fault["item"] for fault in faults if fault["tests"] and "others" not in fault]),
              ("Without a fault", sorted({promise["item"] for promise in acceptance.promises()} - {fault["item"] for fault in faults})))
    lines += ["", *(f"{words}: {', '.join(map(str, items))}." for words, items in states if items)]
    return "\n".join(lines).rstrip() + "\n"


def write(faults):
    table.write_text(json.dumps(faults, indent=1, ensure_ascii=False) + "\n")
    page.write_text(written(faults))


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


# Trying

def plant(fault):
    source = root / fault["file"]
    text = source.read_text()
    if text.count(fault["old"]) != 1:
        sys.exit(f"{fault['item']}: {fault['file']} has changed: the fault does not fit it any more")
    source.write_text(text.replace(fault["old"], fault["new"]))


def refuse_what_is_not_committed(faults):
    files = sorted({fault["file"] for fault in faults})
    if changed := subprocess.run(["git", "status", "--porcelain", "--", *files], cwd=root, check=True, capture_output=True, text=True).stdout:
        sys.exit(f"These have changes that are not committed, and no fault is put beside them:\n{changed}")


def ninja(programs):
    done = subprocess.run(["ninja", "-j", str(os.cpu_count()), "-C", build, *sorted({name.partition("@")[0] for name in programs})], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.stdout)


class Programs:
    """The tests of ctest, run as it runs them."""

    def __init__(self):
        said = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"], check=True, capture_output=True, text=True).stdout
        self.known = {test["name"]: test for test in json.loads(said)["tests"]}
        self.well = {}  # program → what fails in it without any fault

    def failures(self, name, functions=()):
        """The functions that failed, as PROGRAM:FUNCTION, over every data row; the program alone when it does not say which."""
        test = self.known[name]
        properties = {each["name"]: each["value"] for each in test["properties"]}
        command = test["command"]
        if "-o" in command:
            command = command[:command.index("-o")]  # its files are those of whole runs
        if functions:
            command = [word for word in command if word not in functions] + list(functions)
        environment = {**os.environ, **dict(each.split("=", 1) for each in properties.get("ENVIRONMENT", [])), **hurried}
        process = subprocess.Popen(command, cwd=properties["WORKING_DIRECTORY"], env=environment, text=True, errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            said, _ = process.communicate(timeout=properties["TIMEOUT"])
        except BaseException as why:
            os.killpg(process.pid, signal.SIGKILL)  # and what it has started
            if not isinstance(why, subprocess.TimeoutExpired):
                raise
            said, _ = process.communicate()
        failed = re.findall(r"^(?:FAIL!|QFATAL|XPASS) *: \w+::(\w+)\(", said, re.M)
        if not failed and process.returncode != 0:
            return {name}
        return {f"{name}:{function}" for function in failed}

    def without_fault(self, name):
        if name not in self.well:
            self.well[name] = self.failures(name)
            if self.well[name]:
                print(f"   without any fault: {', '.join(sorted(self.well[name]))}", flush=True)
        return self.well[name]

    def seen(self, name):
        """What fails, and again when it is run with nothing but what failed, and not without the fault: the machine may be busy."""
        failed = self.failures(name) - self.without_fault(name)
        if not failed:
            return failed
        functions = [each.partition(":")[2] for each in sorted(failed) if ":" in each]
        again = self.failures(name, [] if "initTestCase" in functions else functions)
        if failed - again:
            print(f"   not again: {', '.join(sorted(failed - again))}", flush=True)
        return failed & again


def programs_of(promise):
    return sorted({test.partition(":")[0] for test in promise["tests"]})


def try_one(fault, promise, programs):
    names = programs_of(promise)
    print(f"{fault['item']}: {fault['fault']}", flush=True)
    ninja(names)
    for name in names:
        programs.without_fault(name)
    refuse_what_is_not_committed([fault])
    source = root / fault["file"]
    text = source.read_text()
    try:
        plant(fault)
        ninja(names)
        failed = set().union(*(programs.seen(name) for name in names))
    finally:
        source.write_text(text)
    fault["tests"] = [test for test in promise["tests"] if test in failed or (":" not in test and any(each.startswith(test + ":") for each in failed))]
    fault["others"] = sorted(each for each in failed if each not in fault["tests"] and each.partition(":")[0] not in fault["tests"])
    print(f"   seen by {', '.join(fault['tests']) or 'NONE of its tests'}; fails as well: {', '.join(fault['others']) or 'nothing'}", flush=True)


def try_faults(faults, chosen):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # so that what was put in is taken out
    promises = {promise["item"]: promise for promise in acceptance.promises()}
    refuse_what_is_not_committed(chosen)
    programs, touched = Programs(), set()
    try:
        for fault in chosen:
            touched.update(programs_of(promises[fault["item"]]))
            try_one(fault, promises[fault["item"]], programs)
            write(faults)
    finally:
        ninja(touched)  # nobody runs a program with a fault in it by mistake
    if unseen := [str(fault["item"]) for fault in chosen if not fault["tests"]]:
        sys.exit(f"seen by no test of its promise: {', '.join(unseen)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--try", dest="tries", type=int, nargs="+", metavar="ITEM")
    parser.add_argument("--plant", type=int, nargs="+", metavar="ITEM")
    flags = parser.parse_args()
    faults = json.loads(table.read_text())
    by_item = {fault["item"]: fault for fault in faults}
    if unknown := [str(item) for item in (flags.tries or []) + (flags.plant or []) if item not in by_item]:
        sys.exit(f"no such fault: {', '.join(unknown)}")
    if flags.check:
        found = troubles(faults)
        print("\n".join(found) or f"{sum(bool(fault['tests']) for fault in faults)} faults seen by tests of their promises, of {len(faults)}; {sum('others' in fault for fault in faults)} tried with all of the programs")
        sys.exit(1 if found else 0)
    if flags.tries:
        try_faults(faults, [by_item[item] for item in flags.tries])
    elif flags.plant:
        for item in flags.plant:
            plant(by_item[item])
    else:
        page.write_text(written(faults))


if __name__ == "__main__":
    main()
