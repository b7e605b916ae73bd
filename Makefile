# make demo   set up, run the main job on examples/, print the summary
# make demo-llm  the same with recorded answers of a language model: no key, no network
# make test   set up, run linters, type checker, import contracts and all tests
# make bench  print the figures of benchmarks/

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo demo-llm test lint check bench format clean help

help:
	@sed -n 's/^# //p' Makefile

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(READY)
	$(BIN)/extract run examples/ --out out/demo
	@echo
	@echo "Results are in out/demo. Read one:  $(BIN)/extract show out/demo/yunzhou-2025.json"

demo-llm: $(READY)
	$(BIN)/python -m cassettes.play capable --out out/demo-llm
	@echo
	@echo "Results are in out/demo-llm. Read one:  $(BIN)/extract show out/demo-llm/yunzhou-2025.json"

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: $(READY)
	$(BIN)/pytest -n auto

test: lint check

bench: $(READY)
	$(BIN)/python -m benchmarks

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
