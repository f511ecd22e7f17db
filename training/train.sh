#!/bin/sh
# Train the shipped classifier anew: TRAINER=/path/to/python training/train.sh [a table of given pairs to measure on]
set -eu
cd "$(dirname "$0")/.."
WORK=$(mktemp -d)
.venv/bin/python training/compose.py "$WORK/composed.tsv" --count 2500
.venv/bin/python training/candidates.py "$WORK/candidates.jsonl" "$WORK/composed.tsv" training/sentences/*.tsv
"$TRAINER" training/train.py --candidates "$WORK/candidates.jsonl" --out src/detente/classifier/weights ${1:+--dev "$1"} \
  training/pairs.tsv "$WORK/composed.tsv" training/sentences/*.tsv
