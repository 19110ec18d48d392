# What a person or a machine does with feedhub. Every target sets up what it needs.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
CORE := feedhub/model/*,feedhub/text/*,feedhub/steps/*,feedhub/flows/*

.PHONY: help setup run demo test check bench lock torture clean

help:            ## what can be made
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## +/: /' | awk -F': ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(STAMP)  ## the virtual environment with the locked packages

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "feedhub needs Python 3.11 or newer; say which: make PYTHON=python3.12 setup"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "making .venv failed; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: setup       ## web and poller on config/, at http://127.0.0.1:8000
	@$(BIN)/feedhub run

demo: setup      ## the same service on a bundled newsroom, without internet
	@$(BIN)/feedhub demo

test: setup      ## every test; where CI is set, also how much of the code they reach
ifdef CI
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered --fail-under=95
	$(BIN)/coverage report --skip-covered --fail-under=100 --include='$(CORE)'
else
	$(BIN)/python -m pytest
endif

check: setup     ## format, lint, types, layers, dependencies, docstrings, spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/interrogate --quiet feedhub
	$(BIN)/codespell

bench: setup     ## speed and memory, in ratios against a peer of the same run
	$(BIN)/python -m bench

torture: setup   ## the tests in their long form
	$(BIN)/python -m pytest -m "torture or not torture" --hypothesis-profile=torture

lock: setup      ## requirements.lock anew from pyproject.toml, and that of the benches' peers
	$(BIN)/pip-compile --quiet --upgrade --extra dev --generate-hashes --strip-extras --allow-unsafe --no-header \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
	  --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
	  --output-file bench/requirements.lock bench/requirements.in

clean:           ## forget the environment and what was polled
	rm -rf .venv var
