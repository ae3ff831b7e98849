#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop reads about the Studio is in order, and a recipe's file is recognised by name and by content.
usage: packaging.py SOURCE BUILD"""
import os
import pathlib
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


def main() -> int:
    source, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    packaging = source / "packaging"
    trouble = [fails(["desktop-file-validate", str(packaging / "artdag-studio.desktop")]),
               fails(["appstreamcli", "validate", "--no-net", str(packaging / "org.artdag.Studio.metainfo.xml")]), *types_of_recipes(source)]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DESTDIR"] = folder
        trouble.append(fails(["cmake", "-DCMAKE_INSTALL_COMPONENT=desktop", "-P", str(build / "app/cmake_install.cmake")]))
        placed = [str(path) for path in pathlib.Path(folder).rglob("*") if path.is_file()]
        wanted = ["applications/artdag-studio.desktop", "metainfo/org.artdag.Studio.metainfo.xml", "mime/packages/artdag.xml", "icons/hicolor/scalable/apps/artdag-studio.svg"]
        trouble += [f"install: share/{name} is missing" for name in wanted if not any(path.endswith("share/" + name) for path in placed)]
    trouble = [one for one in trouble if one]
    print("\n".join(trouble))
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
