# make demo   set up, run the main job on examples/, print the summary
# make demo-llm  the same with recorded answers of a language model: no key, no network
# make test   set up, run linters, type checker, import contracts and all tests
# make services  install what some tests use besides Python, as root on Debian; make test does it, too
# make messages  bring the Chinese catalogues up to the code; fill what is empty in them then
# make screenshots  draw the pictures of the desk in the README anew
# make wheels  see that each pinned package has a wheel for Windows and macOS; needs the package index
# make bench  print the figures of benchmarks/

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
READY := $(VENV)/.ready-$(VERSION)

.PHONY: demo demo-llm test lint check services messages screenshots wheels bench format clean help

help:
	@sed -n 's/^# //p' Makefile

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11")'
	@[ -e $@ ] || rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(READY)
	@$(BIN)/extract demo

demo-llm: $(READY)
	$(BIN)/python -m cassettes.play capable --out out/demo-llm
	@echo
	@echo "Results are in out/demo-llm. Read one:  $(BIN)/extract show out/demo-llm/yunzhou-2025.json"

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32
	$(BIN)/lint-imports

check: $(READY)
	$(BIN)/pytest -n auto

# PostgreSQL for stores of teams; a browser for pages, libatomic1 for the program that drives it, a Chinese font; LibreOffice,
# which opens the workbooks that are written (Calc) and converts old documents (Writer);
# without them those tests are skipped.
PACKAGES := postgresql chromium libatomic1 locales fonts-wqy-zenhei libreoffice-calc-nogui libreoffice-writer-nogui

services:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  missing=""; for name in $(PACKAGES); do dpkg -s $$name >/dev/null 2>&1 || missing="$$missing $$name"; done; \
	  [ -z "$$missing" ] || { apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing; } || \
	    echo "not installed:$$missing; some tests will be skipped" >&2; \
	fi

test: services lint check

messages: $(READY)
	@mkdir -p out
	$(BIN)/pybabel -q extract -F pyproject.toml -k marked -k say -k count:1,2 --no-location --sort-output --omit-header -o out/desk.pot .
	$(BIN)/pybabel -q extract -k Message -k say -k heading -k count:1,2 --ignore-dirs 'pages .*' --no-location --sort-output --omit-header -o out/extract.pot extract
	$(BIN)/pybabel -q update -i out/desk.pot -d extract/desk/locales -D desk -l zh --no-fuzzy-matching --ignore-obsolete --omit-header --width 110
	$(BIN)/pybabel -q update -i out/extract.pot -d extract/locales -D extract -l zh --no-fuzzy-matching --ignore-obsolete --omit-header --width 110

screenshots: $(READY)
	$(BIN)/python -m tests.desk.screenshots

wheels: $(READY)
	@for system in win_amd64 macosx_14_0_arm64; do for version in 3.11 3.14; do \
	  echo "$$system, Python $$version"; \
	  $(BIN)/python -m pip download --quiet --no-deps --only-binary=:all: --platform $$system \
	    --python-version $$version --dest out/wheels --requirement constraints.txt || exit 1; \
	done; done

bench: $(READY)
	$(BIN)/python -m benchmarks

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
