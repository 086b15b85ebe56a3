#!/bin/sh
# Static checks; each must be clean.
set -eu
BIN=.venv/bin
export LIANXIN_DATA="$(mktemp -d)"
$BIN/ruff check src tests scripts benchmarks examples
$BIN/ruff format --check -q src tests scripts benchmarks examples
$BIN/lint-imports
$BIN/mypy src/lianxin
$BIN/deptry src
$BIN/djade --check --target-version 5.2 $(git ls-files 'src/*.html')
$BIN/lianxin makemigrations --check --dry-run -v0
$BIN/lianxin check
echo "静态检查通过。"
