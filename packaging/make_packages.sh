#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Puts what a build directory holds into Debian packages, BUILD/packages/*.deb:  make_packages.sh BUILD [VERSION]
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$(cd "$1" && pwd)
version=${2:-$(sed -n 's/^project(artdag VERSION \([0-9.]*\).*/\1/p' "$source/CMakeLists.txt")}
folder=$build/package
rm -rf "$folder"
mkdir -p "$folder/artdag" "$build/packages"
cp -r "$source/packaging/debian" "$folder/artdag/debian"
# The date is the last commit's, so that the same build gives the same packages.
date=$(git -C "$source" log -1 --format=%aD 2>/dev/null || date -R)
cat >"$folder/artdag/debian/changelog" <<TEXT
artdag ($version) bookworm; urgency=medium

  * See docs/changelog in the sources.

 -- Art DAG contributors <contributors@artdag.invalid>  $date
TEXT
(cd "$folder/artdag" && ARTDAG_BUILD=$build dpkg-buildpackage --build=binary --no-check-builddeps --no-sign >"$folder/log" 2>&1) || {
    tail -n 40 "$folder/log" >&2
    exit 1
}
rm -f "$build"/packages/*
mv "$folder"/*.deb "$folder"/*.changes "$folder"/*.buildinfo "$build/packages/"
ls -l "$build"/packages/*.deb
