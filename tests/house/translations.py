#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every text of the Studio is in every language: the .ts files are what lupdate finds, none is left untranslated or keeps a
translation of a text that is gone, and placeholders, plural forms and mnemonics fit. usage: translations.py SOURCE BUILD"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

LUPDATE = [shutil.which("lupdate", path="/usr/lib/qt6/bin"), shutil.which("lupdate6"), shutil.which("lupdate-qt6")]


def texts(ts: pathlib.Path) -> dict:
    """(context, source, comment) → message element."""
    found = {}
    for context in xml.etree.ElementTree.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name"), message.findtext("source"), message.findtext("comment") or "")
            found[key] = message
    return found


def placeholders(text: str) -> list:
    return sorted(set(re.findall(r"%(?:L?\d+|n)", text)))


def problems_of(key, message) -> list:
    translation = message.find("translation")
    kind = translation.get("type")
    if kind in ("vanished", "obsolete"):
        return ["the text is gone"]
    forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
    if kind == "unfinished" or not all(forms):
        return ["not translated"]
    wrong = []
    for form in forms:
        wanted, got = placeholders(key[1]), placeholders(form)
        if got != wanted and not (message.get("numerus") == "yes" and set(wanted) - set(got) == {"%n"}):
            wrong.append(f"placeholders {got} for {wanted}")
        if key[1].endswith("…") != form.endswith("…"):
            wrong.append("one ends with … and the other does not")
    return wrong


def main() -> int:
    source = pathlib.Path(sys.argv[1])
    lupdate = next((path for path in LUPDATE if path), None)

    if lupdate is None:
        print("translations: lupdate is missing: install packaging/dependencies.txt")
        return 1
    languages = sorted((source / "resources/languages").glob("artdag_*.ts"))
    trouble = [] if languages else ["translations: there is no language at all"]
    for ts in languages:
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / ts.name
            shutil.copy(ts, copy)
            subprocess.run([lupdate, "-silent", "-I", str(source), "-locations", "none", "-no-obsolete", *map(str, sources(source)), "-ts", str(copy)], check=True)
            wanted = texts(copy)
        have = texts(ts)
        for key in wanted.keys() - have.keys():
            trouble.append(f"{ts.name}: {key[0]}: “{key[1]}” is not in the file: ./run translations")
        for key in have.keys() - wanted.keys():
            trouble.append(f"{ts.name}: {key[0]}: “{key[1]}” is no text any more: ./run translations")
        for key in sorted(have.keys() & wanted.keys()):
            trouble += [f"{ts.name}: {key[0]}: “{key[1]}”: {problem}" for problem in problems_of(key, have[key])]
        print(f"{ts.name}: {len(have)} texts")
    print("\n".join(trouble))
    return 1 if trouble else 0


def sources(root: pathlib.Path) -> list:
    return sorted([*root.glob("ui/*.cpp"), *root.glob("ui/*.h"), *root.glob("qml/*.qml")])


if __name__ == "__main__":
    sys.exit(main())
