#!/usr/bin/env bash
# Makes the branch that tells links; with --folds also the five that each leave a fifth of the corpus unseen.
# Needs ONRECORD_DATA, and what rebuild.sh prepares: the environment and the unlabelled news. Goes on where it was stopped.
set -euo pipefail
cd "$(dirname "$0")/.."
python=train/.venv/bin/python
out=train/out/cause
export OMP_WAIT_POLICY=passive
mkdir -p "$out"
[ -e "$out/syntax.pt" ] || "$python" -m train.cause_syntax "$out/syntax.pt"
# Fold 5 is none: all sentences are learned from.
folds=(5)
[ "${1:-}" = --folds ] && folds=(0 1 2 3 4 5)
for fold in "${folds[@]}"; do
  plain="$out/teacher-$fold.pt" built="$out/teacher-$fold-s.pt"
  [ -e "$plain" ] || "$python" -m train.cause_teacher "$fold" "$plain"
  [ -e "$built" ] || "$python" -m train.cause_teacher "$fold" "$built" --start "$out/syntax.pt"
  [ -e "$out/branch-$fold.pt" ] || "$python" -m train.cause_branch "$fold" "$out/branch-$fold.pt" "$built" "$plain"
  [ "$fold" = 5 ] || "$python" -m train.cause_export "$out/branch-$fold.pt" "$out/links-$fold.model" --name "links-1-$fold"
done
"$python" -m train.cause_export "$out/branch-5.pt" "$out/links-1.model" "$out/links-1.json" --name links-1
