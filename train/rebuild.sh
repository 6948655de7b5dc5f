#!/usr/bin/env bash
# Rebuilds the weights from the corpora: ONRECORD_DATA=FOLDER train/rebuild.sh [STUDENT_RUN]
# Every step goes on where it was stopped. Files lie under train/out, which git ignores.
set -euo pipefail
cd "$(dirname "$0")/.."
student=${1:-student-1}
python=train/.venv/bin/python
# Threads that wait by spinning lose much when the machine has other work.
export OMP_WAIT_POLICY=passive

if [ ! -x "$python" ]; then
  python3 -m venv train/.venv
  "$python" -m pip install --no-deps --require-hashes -r train/requirements.txt
fi
"$python" -m train.prepare
settings() { "$python" -c "import sys, tomllib; print(*tomllib.load(open(sys.argv[1], 'rb'))['$1'])" "train/runs/$student.toml"; }
for teacher in $(settings teachers); do
  "$python" -m train.teacher "train/runs/$teacher.toml"
  # shellcheck disable=SC2046 # a list of words
  "$python" -m train.teacher "train/runs/$teacher.toml" --read $(settings taught)
done
"$python" -m train.distill "train/runs/$student.toml"
"$python" -m train.export "train/runs/$student.toml" train/out/en-1.model train/out/en-1.json
