# Détente for its developers and its first-time users. Every target does its own set-up.

VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
DEMO   := output/demo.db

.PHONY: install run test check evaluate bench lock schema clean

# Make .venv and install what is needed to run, from the hashed lock.
install: $(VENV)/.installed

# Read the examples into a fresh ledger and print the brief.
run: $(VENV)/.installed
	@mkdir -p output && rm -f $(DEMO) $(DEMO)-wal $(DEMO)-shm
	@$(BIN)/detente read examples/dispatches --ledger $(DEMO)
	@$(BIN)/detente brief --ledger $(DEMO) --about PRK
	@echo
	@echo "Next, type:  $(BIN)/detente brief --ledger $(DEMO) --about PRK-RUS --since 2024-01-01"

# Check style, types and structure, then run every test.
test: check
	$(BIN)/pytest -n auto --dist loadfile

# Style, types and formatting only.
check: $(VENV)/.developing
	$(BIN)/ruff check src tests evaluation benchmarks examples
	$(BIN)/ruff format --check src tests evaluation benchmarks examples
	$(BIN)/mypy

# Score the reading against gold records; fails below the floors, which only rise.
evaluate: $(VENV)/.developing
	$(BIN)/python -m evaluation

# Time reading and archives against what a user would run instead, side by side in one run.
bench: $(VENV)/.developing
	$(BIN)/python -m benchmarks

# Resolve the lock files anew from pyproject.toml (hashes, no addresses).
lock: $(VENV)/.developing
	$(BIN)/pip install --quiet uv
	$(BIN)/uv lock --quiet --upgrade
	$(BIN)/uv export --quiet --format requirements-txt --no-emit-project --no-annotate --no-header --no-dev -o requirements.lock
	$(BIN)/uv export --quiet --format requirements-txt --no-emit-project --no-annotate --no-header -o requirements-dev.lock

# Write docs/schema.json anew from the record types.
schema: $(VENV)/.developing
	$(BIN)/detente schema > docs/schema.json

# Remove what was built here.
clean:
	rm -rf $(VENV) output dist build .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Détente needs Python 3.11 or later; set PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  $(PYTHON) -m virtualenv -q $(VENV) 2>/dev/null || { rm -rf $(VENV); \
	  echo "This Python cannot make virtual environments yet; asking the system's packages for it."; \
	  { [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy python3-venv \
	    || sudo -n sh -c 'apt-get update -q && apt-get install -qy python3-venv'; } && $(PYTHON) -m venv $(VENV); }; }

$(VENV)/.installed: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.developing: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
