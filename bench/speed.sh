#!/usr/bin/env bash
# Speed, memory and linearity of the command over a folder of articles: `bench/speed.sh DIR [OPTION...]`,
# where options are those of `onrecord read`.
# Read bench/README.md before you quote a figure.
set -euo pipefail

articles=$(cd "${1:?usage: bench/speed.sh DIR, where DIR holds .txt articles}" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cargo build --quiet --release --locked --package onrecord-cli
command="${CARGO_TARGET_DIR:-target}/release/onrecord"

venv=bench/.venv
if ! cmp --silent bench/requirements.txt "$venv/installed.txt"; then
    python3 -m venv --clear "$venv"
    "$venv/bin/python" -m pip install --quiet --requirement bench/requirements.txt
    cp bench/requirements.txt "$venv/installed.txt"
fi

exec "$venv/bin/python" bench/measure.py "$command" "$articles" "${@:2}"
