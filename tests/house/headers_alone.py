#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every header of core, effects, server, app and ui compiles alone.

A source that includes its own header first is that proof, and the build has made it; only headers without such a source are compiled here."""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

root = pathlib.Path(sys.argv[1])
BASE = ["g++", "-std=c++20", "-fsyntax-only", "-fPIC", "-Wno-pragma-once-outside-header", "-DARTDAG_VERSION=\"0\"", "-DARTDAG_LEVEL=v2", f"-I{root}"]
# As ui is compiled: core has members whose names are Qt's keywords.
QT = ["-DQT_NO_KEYWORDS", "-I/usr/include/x86_64-linux-gnu/qt6"] + [f"-I/usr/include/x86_64-linux-gnu/qt6/{module}" for module in
      ("QtCore", "QtGui", "QtQml", "QtQmlIntegration", "QtQuick", "QtNetwork", "QtMultimedia", "QtQmlModels", "QtOpenGL")]


def compiles(path, flags=()):
    run = subprocess.run([*BASE, *flags, "-x", "c++", str(path)], capture_output=True, text=True)
    return run.returncode == 0, run.stderr


def compile_alone(header):
    return header, *compiles(root / header, QT if header.startswith("ui/") else ())


def is_first_in_its_source(header):
    source = (root / header).with_suffix(".cpp")
    first = re.search(r'^#include "([^"]+)"|^#include <', source.read_text(), re.MULTILINE) if source.is_file() else None
    return first is not None and first.group(1) == header


def main():
    listed = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard", "*.h"], capture_output=True, text=True, check=True).stdout.split()
    headers = [path for path in listed if path.split("/")[0] in {"core", "effects", "server", "app", "ui"} and (root / path).is_file()]
    assert len(headers) > 30, "the house has more headers than that"
    with tempfile.NamedTemporaryFile("w", suffix=".h") as planted:
        planted.write("inline std::string broken();\n")
        planted.flush()
        assert not compiles(planted.name)[0], "a planted incomplete header compiled"
    alone = [header for header in headers if not is_first_in_its_source(header)]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for header, good, errors in pool.map(compile_alone, alone):
            if not good:
                failed += 1
                print(f"{header} does not compile alone:\n{errors[:1500]}")
    print(f"{len(headers)} headers, {len(headers) - len(alone)} first in their source, {len(alone)} compiled here, {failed} do not compile alone")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
