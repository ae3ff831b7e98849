#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The units of the server are what systemd understands, and leave it little of the machine. usage: service.py SOURCE BUILD"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

source = pathlib.Path(sys.argv[1])
MOST = 1.5  # systemd's own estimate of exposure, 0 to 10


def complaints(folder, service):
    """What systemd says about the units, with a program that is there instead of ours, which is not installed."""
    (folder / "artdagd.service").write_text(re.sub(r"/usr/bin/artdagd", "/bin/true", service))
    shutil.copy(source / "packaging/artdagd.socket", folder)
    run = subprocess.run(["systemd-analyze", "verify", "--man=no", folder / "artdagd.service", folder / "artdagd.socket"], capture_output=True, text=True)
    return [line for line in (run.stdout + run.stderr).splitlines() if "artdagd" in line]


def exposure(folder):
    run = subprocess.run(["systemd-analyze", "security", "--offline=true", folder / "artdagd.service"], capture_output=True, text=True)
    found = re.search(r"exposure level for artdagd\.service: ([\d.]+)", run.stdout)
    return float(found[1]) if found else 10.0


def main():
    service = (source / "packaging/artdagd.service").read_text()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        assert complaints(folder, service + "\n[Service]\nProtectSistem=strict\n"), "a planted unknown word was not caught"
        complaints(folder, re.sub(r"^(Protect|Restrict|Capability|SystemCall)\w+=.*$", "", service, flags=re.M))
        assert exposure(folder) > MOST, "a planted open service was not caught"
        problems = complaints(folder, service)
        if exposure(folder) > MOST:
            problems.append(f"artdagd.service: exposure {exposure(folder)}")
    print("\n".join(problems) + f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
