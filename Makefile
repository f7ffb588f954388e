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

build: .venv/.installed
	$(BIN)/python -m scripts.build

validate: build
	$(BIN)/python -m scripts.validate
	$(BIN)/frictionless validate datapackage.json

test: .venv/.installed
	$(BIN)/python -m pytest -n 2

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
