# Two commands: `make demo` tries Kepi without a Slack account, `make test` runs every check.
# Each does all the set-up on a fresh machine with Python 3.11 or newer.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
# Bytecode is compiled on install: without it every start is several times slower.
export PYTHONDONTWRITEBYTECODE :=
unexport VIRTUAL_ENV

PYTHON ?= python3
ROOMS := bot commands kpis support storage
BIN := .venv/bin
BENCH := .venv-bench/bin
INSTALL := pip install --quiet --require-hashes --compile-bytecode

.PHONY: demo test check bench drills pictures lock audit clean

demo: .venv/demo.stamp
	$(BIN)/python -m bot playground

test: check
	$(BIN)/python -m pytest -n 2

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv-bench/bench.stamp .venv/dev.stamp
	$(BENCH)/python -m tests.benchmarks $(BENCHMARKS)

# Faults at full size, an hour or so; `make drills DRILLS="power frozen"` makes some of them.
drills: .venv/dev.stamp
	$(BIN)/python -m tests.drills $(DRILLS)

# Pictures of every surface at desktop and phone width, for docs/pictures.md; needs Chromium.
pictures: .venv/dev.stamp
	$(BIN)/python -m tests.pictures $(PICTURES)

lock: .venv/uv.stamp
	$(BIN)/uv pip compile $(LOCK) --extra postgres --extra sentiment pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile $(LOCK) --extra postgres --extra sentiment --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile $(LOCK) --extra postgres --extra bench -c requirements.lock pyproject.toml -o requirements-bench.lock

# Known faults of what is locked (docs/security.md): asks an advisory service, so not a part of `test`.
audit: .venv/uv.stamp
	$(BIN)/uv tool run --quiet pip-audit --require-hashes --disable-pip --strict -r requirements.lock

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade

.venv/uv.stamp:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"
	touch $@

.venv/demo.stamp: .venv/uv.stamp requirements.lock
	$(BIN)/uv $(INSTALL) -r requirements.lock
	$(BIN)/python -m compileall -q $(ROOMS)
	touch $@

.venv/dev.stamp: .venv/demo.stamp requirements-dev.lock
	$(BIN)/uv $(INSTALL) -r requirements-dev.lock
	touch $@

.venv-bench/bench.stamp: .venv/uv.stamp requirements-bench.lock
	$(PYTHON) -m venv .venv-bench
	$(BIN)/uv $(INSTALL) --python .venv-bench/bin/python -r requirements-bench.lock
	touch $@

clean:
	rm -rf .venv .venv-bench var
