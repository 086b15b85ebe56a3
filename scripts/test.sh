#!/bin/sh
# All tests: the rooms on SQLite and on a real PostgreSQL, every claim on the full demo city, journeys in a real Chromium.
set -eu
BIN=.venv/bin
TESTS="$BIN/python -m pytest -q -n 2 --dist loadgroup --no-loadscope-reorder --durations 12 --durations-min 15"
sh scripts/browser.sh
started=$(date +%s)
part() { now=$(date +%s); echo "== $1: $((now - started)) s"; started=$now; }

# The full city takes one processor for minutes: it is built while the rooms are tested.
LIANXIN_TEST_CITY=$(mktemp -d)
export LIANXIN_TEST_CITY
$BIN/python scripts/acceptance.py --build >"$LIANXIN_TEST_CITY.log" 2>&1 &
city=$!
trap 'kill $city 2>/dev/null || true; rm -rf "$LIANXIN_TEST_CITY" "$LIANXIN_TEST_CITY.log"' EXIT

$TESTS tests --ignore tests/acceptance --ignore tests/journeys
part "rooms and doors on SQLite"
$BIN/python scripts/postgres.py $TESTS tests --touching-database \
  --ignore tests/acceptance --ignore tests/journeys --ignore tests/architecture --ignore tests/documents \
  --ignore tests/concurrency --ignore tests/moving --ignore tests/messages --ignore tests/demo
part "rooms and doors on PostgreSQL"
wait $city || { tail -c 4000 "$LIANXIN_TEST_CITY.log"; exit 1; }
grep -a "^city built" "$LIANXIN_TEST_CITY.log"
part "waiting for the full demo city"
$BIN/python scripts/acceptance.py --on sqlite
part "every claim on the full demo city"
$BIN/python scripts/acceptance.py --on postgresql
part "every claim on PostgreSQL"
$TESTS tests/journeys
part "journeys in Chromium"
