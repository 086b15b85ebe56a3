# The only list of commands. `make` prints it.
SHELL := /bin/sh
PY := $(shell command -v python3.11 || command -v python3)
UV_VERSION := 0.13.9
BIN := .venv/bin
PORT ?= 8000
SCALE ?= small
LITE ?=
SLOW ?=
export UV_NO_PROGRESS := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test check acceptance journeys bench assets messages clean

help: ## 列出全部命令
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

.venv/bin/uv:
	@$(PY) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)

setup: .venv/bin/uv ## 安装运行所需（不要 root，不要 Node）
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/build.txt -r requirements/$(if $(LITE),base,vectors).txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .

setup-dev: .venv/bin/uv ## 安装开发和测试所需
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .

run: setup ## 装好、载入演示城市、开服务（SCALE=small|full PORT=8000 LITE=1）
	@PORT=$(PORT) SCALE=$(SCALE) sh scripts/run.sh

test: setup-dev ## 装好并跑全部测试（SQLite、PostgreSQL、真浏览器）
	@sh scripts/test.sh

acceptance: setup-dev ## 逐条验收 S0–S99，并写 docs/reference/claims.md
	@$(BIN)/python scripts/acceptance.py

journeys: setup-dev ## 只跑真浏览器里的旅程（SLOW=1 隔着一条慢线路）
	@sh scripts/browser.sh && LIANXIN_JOURNEYS_SLOW=$(SLOW) $(BIN)/python -m pytest tests/journeys -q

check: setup-dev ## 静态检查：ruff、mypy、import-linter、模板、迁移
	@sh scripts/check.sh

bench: setup-dev ## 基准，输出 JSON
	@for one in requests similar_matters; do $(BIN)/python -m benchmarks.$$one; done

assets: ## 合并样式和图标（LUCIDE=lucide-static 的目录，可不给）
	@python3 scripts/assets.py $(LUCIDE)

messages: setup-dev ## 更新英文词条（要 Debian 的 gettext）
	@$(BIN)/python scripts/messages.py

clean: ## 删掉运行数据
	@rm -rf var
