#!/bin/sh
# All tests on SQLite, the rooms' tests on a real PostgreSQL, journeys in a real Chromium.
set -eu
BIN=.venv/bin
sh scripts/browser.sh
started=$(date +%s)
part() { now=$(date +%s); echo "== $1: $((now - started)) s"; started=$now; }
$BIN/python -m pytest -q -n 2 --dist loadfile tests
part "SQLite, acceptance and journeys"
$BIN/python scripts/postgres.py $BIN/python -m pytest -q -n 2 --dist loadfile tests --ignore tests/acceptance --ignore tests/journeys --ignore tests/architecture
part "PostgreSQL"
