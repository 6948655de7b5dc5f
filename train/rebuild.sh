#!/usr/bin/env bash
# Rebuilds the weights from the corpora: ONRECORD_DATA=FOLDER train/rebuild.sh [STUDENT_RUN]
# Every step goes on where it was stopped. Files lie under train/out, which git ignores.
set -euo pipefail
cd "$(dirname "$0")/.."
student=${1:-student-5}
python=train/.venv/bin/python
# Threads that wait by spinning lose much when the machine has other work.
export OMP_WAIT_POLICY=passive

if [ ! -x "$python" ]; then
  python3 -m venv train/.venv
  "$python" -m pip install --no-deps --require-hashes -r train/requirements.txt
fi
"$python" -m train.prepare
settings() { "$python" -c "import sys, tomllib; print(*tomllib.load(open(sys.argv[1], 'rb')).get('$2', []))" "train/runs/$1.toml"; }

# A student is made after those that teach it, one of which may be a student.
make() {
  local teacher teachers
  teachers=$(settings "$1" teachers)
  for teacher in $teachers; do
    make "$teacher"
    # shellcheck disable=SC2046 # a list of words
    "$python" -m train.read "train/runs/$teacher.toml" $(settings "$1" taught)
  done
  if [ -n "$teachers" ]; then
    "$python" -m train.distill "train/runs/$1.toml"
  else
    "$python" -m train.teacher "train/runs/$1.toml"
  fi
}
make "$student"
"$python" -m train.export "train/runs/$student.toml" train/out/en-2.model train/out/en-2.json
