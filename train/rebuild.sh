#!/usr/bin/env bash
# Rebuilds the weights from the corpora: ONRECORD_DATA=FOLDER train/rebuild.sh [STUDENT_RUN]
# Every step goes on where it was stopped. Files lie under train/out, which git ignores.
set -euo pipefail
cd "$(dirname "$0")/.."
student=${1:-student-7}
python=train/.venv/bin/python
# Threads that wait by spinning lose much when the machine has other work.
export OMP_WAIT_POLICY=passive

if [ ! -x "$python" ]; then
  python3 -m venv train/.venv
  "$python" -m pip install --no-deps --require-hashes -r train/requirements.txt
fi
"$python" -m train.prepare
"$python" -m train.mentions
for part in train news; do
  silver=train/out/data/silver-$part.jsonl
  [ -e "$silver" ] || bench/.venv/bin/python train/silver.py "train/out/data/$part.jsonl" "$silver"
done
# A run's setting as words: of a table its keys.
settings() { "$python" -c "import sys, tomllib; s = tomllib.load(open(sys.argv[1], 'rb')).get('$2', []); print(*([s] if isinstance(s, str) else s))" "train/runs/$1.toml"; }

# A student is made after those that teach it, that it begins with, or that it is the mean of.
make() {
  local before teachers
  for before in $(settings "$1" begins_with) $(settings "$1" mean_of); do
    make "$before"
  done
  teachers=$(settings "$1" teachers)
  for before in $teachers; do
    make "$before"
    # shellcheck disable=SC2046 # a list of words
    "$python" -m train.read "train/runs/$before.toml" $(settings "$1" taught)
  done
  if [ -n "$(settings "$1" mean_of)" ]; then
    return
  elif [ -n "$(settings "$1" inner)" ]; then
    "$python" -m train.distill "train/runs/$1.toml"
  else
    "$python" -m train.teacher "train/runs/$1.toml"
  fi
}
make "$student"
"$python" -m train.export "train/runs/$student.toml" train/out/en-3.model train/out/en-3.json --name en-3
