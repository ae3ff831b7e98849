#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop reads about the Studio is in order, a recipe's file is recognised by name and by content, and what is installed is in one package each,
finds its siblings there, and runs on every x86-64. usage: packaging.py SOURCE BUILD"""
import fnmatch
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TYPE = "application/vnd.artdag.recipe+json"


def fails(command: list) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    return "" if done.returncode == 0 else f"{' '.join(command)}:\n{done.stdout}{done.stderr}"


def types_of_recipes(source: pathlib.Path) -> list:
    """A recipe under its name, asked of a MIME database that has our file and the system's."""
    with tempfile.TemporaryDirectory() as folder:
        packages = pathlib.Path(folder) / "mime/packages"
        packages.mkdir(parents=True)
        shutil.copy(source / "packaging/artdag.xml", packages)
        trouble = fails(["update-mime-database", str(packages.parent)])
        globs = (packages.parent / "globs2").read_text() if not trouble else ""
        magic = (packages.parent / "magic").read_bytes() if not trouble else b""
        if f"50:{TYPE}:*.artdag" not in globs:
            trouble += f"packaging/artdag.xml: *.artdag is no {TYPE}"
        if TYPE.encode() not in magic:
            trouble += "packaging/artdag.xml: a recipe is not known by its content"
        sample = next((source / "resources/recipes").glob("*.artdag")).read_bytes()
        if sample.find(b'"artdag":') not in range(65):
            trouble += "packaging/artdag.xml: samples do not have what it looks for"
        return [trouble] if trouble else []


def divided(placed: list, claims: dict) -> list:
    """What is installed and in no package, or in two; what a package claims and nobody installs. claims: patterns of each package's .install file."""
    trouble = []
    for path in placed:
        owners = [name for name, patterns in claims.items() if any(fnmatch.fnmatchcase(path, pattern) or path.startswith(pattern + "/") for pattern in patterns)]
        if len(owners) != 1:
            trouble.append(f"{path}: in {' and '.join(owners) or 'no package'} (packaging/debian/*.install)")
    for name, patterns in claims.items():
        for pattern in patterns:
            if not any(fnmatch.fnmatchcase(path, pattern) or path.startswith(pattern + "/") for path in placed) and not re.match(r"usr/share/(man|bash-completion)/", pattern):
                trouble.append(f"{name}.install: nobody installs {pattern}")  # pages and completion are written by debian/rules
    return trouble


def modules_of(views: str) -> set:
    """The Debian packages of the QML modules that views import. A style of controls is in the package of the controls."""
    modules = {re.sub(r"(Controls)\..*", r"\1", module) for module in re.findall(r"^import (Qt[\w.]+)", views, re.M)}
    return {"qml6-module-" + module.lower().replace(".", "-") for module in modules}


def trouble_of_packages(source: pathlib.Path, root: pathlib.Path) -> list:
    """About what `cmake --install` has put under a root."""
    debian = source / "packaging/debian"
    placed = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
    claims = {path.stem: [line.split()[0] for line in path.read_text().splitlines()] for path in debian.glob("*.install")}
    assert divided([*placed, "usr/bin/forgotten"], claims), "a planted file without a package was not caught"
    assert divided(placed, claims | {"other": ["usr/bin/artdag", "usr/bin/gone"]}) != divided(placed, claims), "a planted second owner was not caught"
    trouble = divided(placed, claims)
    control = (debian / "control").read_text()
    wanted = modules_of("".join(path.read_text() for path in (source / "qml").glob("*.qml")))
    for listed in (control, (source / "packaging/dependencies.txt").read_text()):
        trouble += [f"QML module {name}: views import it, packaging/ does not name it" for name in sorted(wanted) if not re.search(rf"\b{name}\b(?!-)", listed)]
    with tempfile.TemporaryDirectory() as home:
        trouble.append(fails(["env", f"ARTDAG_HOME={home}", str(root / "usr/bin/artdag"), "effects", "ffmpeg.hue"]))  # asks artdag-bridge
    return trouble


def main() -> int:
    source, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    packaging = source / "packaging"
    trouble = [fails(["desktop-file-validate", str(packaging / "artdag-studio.desktop")]),
               fails(["appstreamcli", "validate", "--no-net", str(packaging / "org.artdag.Studio.metainfo.xml")]), *types_of_recipes(source)]
    if re.search(r"-m(arch|tune)=native", (build / "compile_commands.json").read_text()):
        trouble.append("-march=native: the programs would only run on machines like this one")
    with tempfile.TemporaryDirectory() as folder:
        trouble.append(fails(["env", f"DESTDIR={folder}", "cmake", "--install", str(build), "--prefix", "/usr"]))
        trouble += trouble_of_packages(source, pathlib.Path(folder))
    trouble = [one for one in trouble if one]
    print("\n".join(trouble))
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
