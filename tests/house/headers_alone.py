#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every header of core, effects, server and app compiles alone; headers of ui do with Qt's flags."""
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(sys.argv[1])

BASE = ["g++", "-std=c++20", "-fsyntax-only", "-fPIC", "-Wno-pragma-once-outside-header", "-DARTDAG_VERSION=\"0\"", "-DARTDAG_LEVEL=v2", f"-I{root}"]


def compile_alone(header):
    extra = []
    if header.startswith("ui/"):
        extra = QT
    run = subprocess.run(BASE + extra + ["-x", "c++", str(root / header)], capture_output=True, text=True)
    return header, run.returncode, run.stderr


def main():
    listed = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard", "*.h"], capture_output=True, text=True, check=True).stdout.split()
    headers = [path for path in listed if path.split("/")[0] in {"core", "effects", "server", "app", "ui"} and (root / path).is_file()]
    assert len(headers) > 30, "the house has more headers than that"
    with tempfile.NamedTemporaryFile("w", suffix=".h") as planted:
        planted.write("inline std::string broken();\n")
        planted.flush()
        assert subprocess.run(BASE + ["-x", "c++", planted.name], capture_output=True).returncode != 0, "a planted incomplete header compiled"
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for header, code, errors in pool.map(compile_alone, headers):
            if code != 0:
                failed += 1
                print(f"{header} does not compile alone:\n{errors[:1500]}")
    print(f"{len(headers)} headers, {failed} do not compile alone")
    return 1 if failed else 0


# As ui is compiled: core has members whose names are Qt's keywords.
QT = ["-DQT_NO_KEYWORDS", "-I/usr/include/x86_64-linux-gnu/qt6"] + [f"-I/usr/include/x86_64-linux-gnu/qt6/{module}" for module in
      ("QtCore", "QtGui", "QtQml", "QtQmlIntegration", "QtQuick", "QtNetwork", "QtMultimedia", "QtQmlModels", "QtOpenGL")]

if __name__ == "__main__":
    sys.exit(main())
