# Two commands do everything: `make run` to look and work, `make test` to check and test. The others are their parts, or for
# now and then: `test-slow` before a release, `bench` for figures, `clean` to set up anew.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export SEVENBOARD_HOME ?= $(CURDIR)/var
PORT ?= 8501

.PHONY: setup setup-test run test test-slow check bench clean

setup: $(VENV)/.ready

setup-test: $(VENV)/.ready-test chromium

$(VENV)/.ready: requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing. On Debian: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Choose another with: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# The browser tests need Chromium and a font with Chinese glyphs.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
		if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
			echo "Installing Chromium and a Chinese font for the browser tests"; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; \
		else echo "Chromium is missing. On Debian: sudo apt-get install chromium fonts-noto-cjk"; exit 1; fi; }

run: setup
	@$(BIN)/python -m data demo --if-empty
	@echo "Sevenboard is on http://127.0.0.1:$(PORT)  (stop it with Ctrl+C)"
	@$(BIN)/streamlit run app.py --server.port $(PORT)

check: setup-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Each worker begins with one half of the tests, in their order, and takes over what the other has left: no long file is
# alone at the end, and one server and one browser are enough.
test: check
	$(BIN)/pytest -n 2 --dist worksteal -m "not slow"

# What takes minutes: many kills, every KPI by every month and dimension, every page in every dress. Run it before a release; CI runs `make test`.
test-slow: setup-test
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m slow

bench: setup-test
	$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV)
