#!/usr/bin/env bash
# How fast a record is filled, how large it is: `bench/record.sh [--count N] [--repeats N] [INPUT...]`, where INPUTs are
# articles beside N invented ones. Python's standard library is all that it needs.
set -euo pipefail

count=10000 repeats=10
while [[ "${1:-}" == --* ]]; do
    case "$1" in
        --count) count=$2 ;;
        --repeats) repeats=$2 ;;
        *) echo "unknown option $1" >&2; exit 2 ;;
    esac
    shift 2
done
inputs=()
for input in "$@"; do
    inputs+=("$(realpath "$input")")
done
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cargo build --quiet --release --locked --package onrecord-cli
news=$(mktemp --suffix .jsonl)
trap 'rm -f "$news"' EXIT
cargo run --quiet --release --locked --package xtask -- news --count "$count" > "$news"
python3 bench/record.py "${CARGO_TARGET_DIR:-target}/release/onrecord" "$news" "$repeats" "${inputs[@]}"
