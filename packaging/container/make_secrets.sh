#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the secrets that docker-compose.yml names, each in a file of its own beside it. What is there stays.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
mkdir -p -m 0711 secrets # its files are found by name only
word() { head -c 32 /dev/urandom | base64 | tr -d '+/=\n'; }
keep() { # NAME READER TEXT: compose hands files over as they are, so the user inside must be able to read them
    [ -e "secrets/$1" ] && return
    (umask 0177 && printf '%s\n' "$3" >"secrets/$1")
    chown "$2:$2" "secrets/$1"
}
keep postgres_password 999 "$(word)"
keep database_url 820 "postgresql://artdag:$(cat secrets/postgres_password)@postgres:5432/artdag"
keep jwt_secret 820 "$(word)"
