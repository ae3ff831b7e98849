#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every C++ source is as `./run format` leaves it."""
import os
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(sys.argv[1])
STYLE = f"--style=file:{root / '.clang-format'}"


def unformatted(paths):
    """clang-format's words about each file that it would change; empty when there is none."""
    run = subprocess.run(["xargs", "-0", "-n16", f"-P{os.cpu_count()}", "clang-format", "--dry-run", "-Werror", "--ferror-limit=1", STYLE],
                         input="\0".join(map(str, paths)), capture_output=True, text=True, cwd=root)
    return run.stderr if run.returncode != 0 else ""


def main():
    tracked = subprocess.run(["git", "-C", root, "ls-files", "-z", "*.cpp", "*.h"], capture_output=True, text=True, check=True).stdout.split("\0")
    paths = [path for path in tracked if path and (root / path).is_file()]
    assert len(paths) > 100, "the house has more sources than that"
    with tempfile.NamedTemporaryFile("w", suffix=".cpp") as planted:
        planted.write("int planted( ){return 1;}\n")
        planted.flush()
        assert unformatted([planted.name]), "a planted unformatted source was not caught"
    wrong = unformatted(paths)
    print(wrong + f"{len(paths)} sources" + (", some not formatted: ./run format" if wrong else ", all formatted"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
