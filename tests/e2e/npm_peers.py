# SPDX-License-Identifier: GPL-3.0-or-later
"""Independent programs that come by npm: tests/peers/NAME, installed beside the build."""
import os
import pathlib
import shutil
import subprocess


def installed(name, program):
    """Their folder. The packages of the lock file are fetched once, those of a changed lock file anew; `program` is ours, run by Node there."""
    source = pathlib.Path(os.environ["ARTDAG_SOURCE"]) / "tests" / "peers" / name
    folder = pathlib.Path(os.environ["ARTDAG_BIN"]).parent / "peers" / name
    folder.mkdir(parents=True, exist_ok=True)
    lock = (source / "package-lock.json").read_text()
    stamp = folder / "installed"
    if not stamp.exists() or stamp.read_text() != lock:
        for file in ("package.json", "package-lock.json"):
            shutil.copy(source / file, folder / file)
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder, check=True, timeout=600)
        stamp.write_text(lock)
    shutil.copy(source / program, folder / program)
    return folder
