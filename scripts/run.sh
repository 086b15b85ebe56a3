#!/bin/sh
# Load the demo city (once for each scale) and serve it with its worker; Ctrl-C ends both.
set -eu
BIN=.venv/bin
PORT="${PORT:-8000}" SCALE="${SCALE:-small}" HOST="${HOST:-127.0.0.1}"
case "$SCALE" in small | full) ;; *) echo "SCALE 只能是 small 或 full，不是「$SCALE」。" >&2; exit 2 ;; esac
export LIANXIN_DEMO=1 LIANXIN_DATA="${LIANXIN_DATA:-$PWD/var/$SCALE}" LIANXIN_SITE_URL="${LIANXIN_SITE_URL:-http://127.0.0.1:$PORT}"
$BIN/python - "$HOST" "$PORT" <<'PY' || exit 1
import socket, sys
host, port = sys.argv[1], sys.argv[2]
if not port.isdigit() or not 0 < int(port) < 65536:
    sys.exit(f"PORT 要是 1 到 65535 的数字，不是「{port}」。")
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((host, int(port)))
    except OSError as why:
        sys.exit(f"端口 {port} 现在不能用（{why.strerror}）。请换一个，例如：PORT=8321 make run")
PY
mkdir -p "$LIANXIN_DATA"
# A load that was cut off left half a city: begin anew. (A database of its own is emptied by its owner.)
if [ ! -e "$LIANXIN_DATA/demo_loaded" ] && [ -z "${DATABASE_URL:-}" ]; then rm -f "$LIANXIN_DATA"/lianxin.sqlite3*; fi
$BIN/lianxin upgrade
$BIN/lianxin collectstatic --noinput -v0
$BIN/lianxin demo --scale "$SCALE" --seed 321
$BIN/lianxin worker &
worker=$!
server=
stop() {
  trap - EXIT INT TERM
  kill $worker $server 2>/dev/null || true
  wait 2>/dev/null || true
}
trap stop EXIT
trap 'stop; exit 0' INT TERM
echo
echo "连心已启动：http://$HOST:$PORT/"
echo "演示账号：deputy_city deputy_city2 deputy_town group_leader leader keeper grid presidium office clerk clerk2 head head2 village village_supervisor oversight admin security auditor"
if [ -z "${LIANXIN_DEMO_PASSWORD:-}" ]; then echo "演示密码：$(cat "$LIANXIN_DATA/demo_password")"; else echo "演示密码：见 LIANXIN_DEMO_PASSWORD"; fi
echo
$BIN/gunicorn --bind "$HOST:$PORT" --workers 2 --threads 4 --no-control-socket lianxin.config.wsgi &
server=$!
wait $server
