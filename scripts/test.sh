#!/bin/sh
# All tests: the rooms on SQLite and on a real PostgreSQL, every claim on the full demo city, journeys in a real Chromium.
set -eu
BIN=.venv/bin
sh scripts/browser.sh
started=$(date +%s)
part() { now=$(date +%s); echo "== $1: $((now - started)) s"; started=$now; }
$BIN/python -m pytest -q -n 2 --dist loadfile tests --ignore tests/acceptance --ignore tests/journeys
part "rooms and doors on SQLite"
$BIN/python scripts/postgres.py $BIN/python -m pytest -q -n 2 --dist loadfile tests \
  --ignore tests/acceptance --ignore tests/journeys --ignore tests/architecture --ignore tests/documents \
  --ignore tests/concurrency --ignore tests/messages --ignore tests/demo
part "rooms and doors on PostgreSQL"
$BIN/python scripts/acceptance.py
part "every claim on the full demo city"
$BIN/python -m pytest -q -n 2 --dist loadfile tests/journeys
part "journeys in Chromium"
