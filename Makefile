# Daybook's verbs. Every one of them sets up what it needs: nothing but Python 3.11+ and make has to be there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
COMPILED := $(VENV)/.compiled
CODE := bot handlers storage
ARGS ?=
# Workers for the tests: four keep two cores busy, as much of the time the suite waits for loopback and databases.
JOBS ?= 4
PYTEST := $(BIN)/python -m pytest
# Compiled once and kept, whatever the environment says: else every process of the tests compiles everything again.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help install demo check test fmt lint types arch static compiled bench soak lock clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

$(UV): requirements/bootstrap.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Daybook needs Python 3.11 or newer; '$(PYTHON)' is older. Try: make PYTHON=python3.12"; exit 1; }
	@echo "Making .venv (once)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	@touch $@

# The stamps hold what is installed against the lock files, so that the second time costs nothing.
$(RUN): $(UV) requirements/run.lock pyproject.toml
	@echo "Installing Daybook (once)"
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/run.lock
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUN) requirements/dev.lock
	@echo "Installing the development tools (once)"
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/dev.lock
	@touch $@

install: $(RUN)  ## what running it needs, in .venv

demo: $(RUN)  ## play the main journey on stand-ins, then stay up (ARGS=--once: stop at its end)
	@$(BIN)/daybook demo $(ARGS)

check: static  ## lint, types, layers and the fast tests
	$(PYTEST) -n $(JOBS) --dist worksteal -m "not slow and not postgres and not soak" $(ARGS)

test: static  ## everything that checks the project, PostgreSQL included
	$(PYTEST) -n $(JOBS) --dist worksteal -m "not soak" $(ARGS)

fmt: $(DEV)  ## put the code in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(DEV)  ## style and known traps
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(DEV)  ## strict types, tests included
	$(BIN)/mypy

arch: $(DEV)  ## imports point inward
	$(BIN)/lint-imports

# The types take one core for longer than all the rest takes the other.
static: $(DEV)
	@$(MAKE) --no-print-directory -j 2 --output-sync=target types lint arch compiled

# One process compiles what has changed, before all of them would.
compiled: $(COMPILED)

$(COMPILED): $(DEV) $(shell find $(CODE) tests -name '*.py' 2>/dev/null)
	@$(PYTEST) -qq --collect-only >/dev/null
	@touch $@

bench: $(DEV)  ## the figures of tests/bench, each beside its reference
	$(BIN)/python -m tests.bench $(ARGS)

soak: $(DEV)  ## the long chaos runs
	$(PYTEST) -n 0 -m soak --timeout 3600 $(ARGS)

lock: $(UV)  ## write the lock files anew from pyproject.toml
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate requirements/bootstrap.in -o requirements/bootstrap.lock
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra postgres requirements/build.in pyproject.toml -o requirements/run.lock
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra postgres --group dev -c requirements/run.lock requirements/build.in pyproject.toml -o requirements/dev.lock

clean:  ## remove the environment and what tools left behind
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
