# `make` builds the package and validates it; `make test` runs the tests. Nothing but Python 3.11+ and a package index is needed.
PYTHON ?= python3
BIN := .venv/bin
SOURCES_DIR ?= ../shared/sources
export SOURCES_DIR

.PHONY: all build validate test slow lint lock report export mutation fuzz bench clean

all: build validate

.venv/.installed: requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

# Stamps, so that a second run does nothing that is not needed.
INPUTS := $(shell find data/curated schemas scripts examples views.py -name '*.py' -o -name '*.yaml')
OUTPUTS := datapackage.json $(wildcard data/*.csv data/README.md)

build: .make/built
.make/built: .venv/.installed $(INPUTS)
	$(BIN)/python -m scripts.build
	$(BIN)/python examples/compare_tolls.py
	mkdir -p .make && touch $@

validate: .make/valid
.make/valid: .make/built $(OUTPUTS)
	$(BIN)/python -m scripts.validate
	$(BIN)/frictionless validate datapackage.json
	touch $@

test: .venv/.installed
	$(BIN)/python -m pytest -n 2 --dist worksteal

# PySpark is heavy: only this target installs it.
slow: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock
	$(BIN)/python -m pytest -m slow

fuzz: .venv/.installed
	$(BIN)/python -m pytest -n 2 tests/fuzz_inputs.py

mutation: .venv/.installed
	$(BIN)/mutmut run
	$(BIN)/mutmut results

report: build
	$(BIN)/python -m scripts.report

export: build
	$(BIN)/python -m scripts.export

bench: .venv/.installed
	$(BIN)/python -m scripts.bench

clean:
	rm -rf .venv .make site exports mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis

lint: .venv/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The lock names no registry; run it after a change of dependencies in pyproject.toml.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--group engines --group charts --group exports --group agreement --group tests --group mutation pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		-c requirements.lock --group spark pyproject.toml -o requirements-spark.lock
