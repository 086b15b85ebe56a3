#!/bin/sh
# Static checks; each must be clean.
set -eu
BIN=.venv/bin
$BIN/ruff check src tests scripts benchmarks examples
$BIN/ruff format --check -q src tests scripts benchmarks examples
$BIN/lint-imports
$BIN/mypy src/lianxin
LIANXIN_DATA=$(mktemp -d) $BIN/lianxin makemigrations --check --dry-run -v0
LIANXIN_DATA=$(mktemp -d) $BIN/lianxin check
echo "静态检查通过。"
