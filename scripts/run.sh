#!/bin/sh
# Load the demo city (once for each scale) and serve it with its worker; Ctrl-C ends both.
set -eu
BIN=.venv/bin
export LIANXIN_DEMO=1 LIANXIN_DATA="${LIANXIN_DATA:-$PWD/var/$SCALE}" LIANXIN_SITE_URL="${LIANXIN_SITE_URL:-http://127.0.0.1:$PORT}"
HOST="${HOST:-127.0.0.1}"
mkdir -p "$LIANXIN_DATA"
if [ ! -e "$LIANXIN_DATA/demo_loaded" ]; then rm -f "$LIANXIN_DATA"/lianxin.sqlite3*; fi
$BIN/lianxin migrate -v0
$BIN/lianxin collectstatic --noinput -v0
$BIN/lianxin demo --scale "$SCALE" --seed 321
$BIN/lianxin worker &
worker=$!
trap 'kill $worker 2>/dev/null || true' EXIT INT TERM
echo
echo "连心已启动：http://$HOST:$PORT/"
echo "演示账号：deputy_city deputy_town keeper grid presidium office clerk head oversight admin security auditor"
if [ -z "${LIANXIN_DEMO_PASSWORD:-}" ]; then echo "演示密码：$(cat "$LIANXIN_DATA/demo_password")"; else echo "演示密码：见 LIANXIN_DEMO_PASSWORD"; fi
echo
$BIN/gunicorn --bind "$HOST:$PORT" --workers 2 --threads 4 --no-control-socket lianxin.config.wsgi
