# SPDX-License-Identifier: GPL-3.0-or-later
"""Locales and time zones that are really there: a program that is given a missing one falls back to C and UTC without a word."""
import os
import pathlib
import subprocess
import sys


def made(folder, *names):
    """The environment (LOCPATH) in which `names`, such as tr_TR.UTF-8, exist; they are compiled into `folder`."""
    environment = {"LOCPATH": str(folder)}
    for name in names:
        if name == "C":
            continue
        language, charset = name.split(".")
        subprocess.run(["localedef", "-i", language, "-f", charset, pathlib.Path(folder) / name], check=True)
        taken = subprocess.run([sys.executable, "-c", "import locale; locale.setlocale(locale.LC_ALL, ''); print(locale.localeconv()['decimal_point'])"],
                               env=os.environ | environment | {"LC_ALL": name}, check=True, capture_output=True, text=True).stdout.strip()
        assert taken == ",", f"{name} writes a number with '{taken}': it would test no more than the C locale does"
    return environment


def zone(name):
    """`name`, when the machine knows it."""
    assert (pathlib.Path("/usr/share/zoneinfo") / name).is_file(), f"the time zone {name} is not installed: it would be taken for UTC"
    return name
