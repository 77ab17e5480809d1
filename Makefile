# The only front door. `make help` lists the targets.
# Every path below is relative, so the project may live in a folder whose name has spaces.

SHELL := /bin/sh
.SHELLFLAGS := -ec
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# uv must neither fetch a Python of its own nor replace the environment it is told to fill.
export UV_PYTHON := .venv/bin/python
export UV_PYTHON_DOWNLOADS := never
# Schools often sit behind a proxy with a certificate of its own: trust what the machine trusts.
export UV_SYSTEM_CERTS := 1
export NODE_USE_SYSTEM_CA := 1
# Settings of the caller's that would send packages or imports elsewhere.
unexport PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX UV_SYSTEM_PYTHON UV_TARGET UV_PREFIX

PYTHON := .venv/bin/python
TESTS ?= tests
WORKERS ?= 2
LOCK := .tools/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --no-header pyproject.toml

# Python 3.12 to 3.14 that can make an environment: run every candidate, for a name on PATH may lead nowhere.
# An active environment's Python answers with the one it was made from.
define find-python
python=; weak=; \
found=$$(command -v python3 || :); shims=$${found%/*}/..; \
for candidate in python3.13 python3.14 python3.12 python3 \
	"$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.13*/bin/python "$$shims"/versions/3.13*/bin/python \
	"$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.14*/bin/python "$$shims"/versions/3.14*/bin/python \
	"$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.12*/bin/python "$$shims"/versions/3.12*/bin/python; do \
	found=$$("$$candidate" -c 'import sys; assert (3, 12) <= sys.version_info[:2] <= (3, 14); \
print(getattr(sys, "_base_executable", sys.executable))' 2>/dev/null) || continue; \
	if "$$found" -c 'import ensurepip, ssl, venv' 2>/dev/null; then python=$$found; break; fi; \
	weak=$${weak:-$$candidate}; \
done; \
if [ -z "$$python" ]; then \
	if [ -n "$$weak" ]; then \
		echo "Touchstone found $$weak, but it cannot make environments: install its venv package (Debian, Ubuntu: apt install python3-venv)." >&2; \
	else \
		echo "Touchstone needs Python 3.12, 3.13 or 3.14 and found none (python3 is $$(python3 --version 2>&1 || :)). Install one of them and run make again." >&2; \
	fi; \
	exit 1; \
fi
endef

# $(call install,SET): fill .venv from requirements/SET.txt, unless the set is there already (the test set holds the
# run set). An environment knows its own folder by heart, so a project that was moved gets a new one.
define install
sound() { $(PYTHON) -c 'import sys; assert (3, 12) <= sys.version_info[:2] <= (3, 14)' 2>/dev/null \
	&& [ "$$(cat .venv/.folder 2>/dev/null)" = "$$(pwd -P)" ]; }; \
current() { [ ".venv/.$$1" -nt "requirements/$$1.txt" ] && [ ".venv/.$$1" -nt pyproject.toml ]; }; \
if sound && { current test || current $(1); }; then exit 0; fi; \
begin=$$(date +%s); \
$(find-python); \
if ! .tools/bin/uv --version >/dev/null 2>&1; then \
	echo "Setting up uv, the installer, in .tools with $$python"; \
	rm -rf .tools; "$$python" -m venv .tools; .tools/bin/python -m pip install -q --disable-pip-version-check uv; \
fi; \
if ! sound; then \
	echo "Making the environment .venv with $$python"; \
	rm -rf .venv; "$$python" -m venv --without-pip .venv; pwd -P > .venv/.folder; \
fi; \
rm -f .venv/.run .venv/.test; \
echo "Installing requirements/$(1).txt (the first time may take a few minutes)"; \
.tools/bin/uv pip sync -q --require-hashes requirements/$(1).txt; \
.tools/bin/uv pip install -q --no-deps -e .; \
touch .venv/.$(1); \
echo "Ready after $$(($$(date +%s) - begin)) s"
endef

.PHONY: help
help: ## list the targets
	@while IFS= read -r line; do case $$line in \
		[a-z]*:*'## '*) printf '  make %-10s %s\n' "$${line%%:*}" "$${line#*## }";; \
	esac; done < Makefile

.PHONY: demo
demo: ready-run ## set up, and run Touchstone with demonstration data (PORT=8000, TOUCHSTONE_DATA=.data, RESET=1 anew)
	@exec $(PYTHON) -m touchstone.config.command demo $(if $(RESET),--reset)

.PHONY: test
test: ready-test chromium ## set up, and pass every test but the long ones (TESTS=path narrows)
	@$(PYTHON) -m pytest $(TESTS) -m "not long" -n $(WORKERS)

.PHONY: test-all
test-all: ready-test chromium ## every test, the long ones too
	@$(PYTHON) -m pytest $(TESTS) -n $(WORKERS) --hypothesis-profile=searching

.PHONY: check
check: ready-test ## lint, format, types, imports, architecture tests, docs, packages
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports
	@$(PYTHON) -m pytest tests/house -n $(WORKERS)
	@$(PYTHON) -m sphinx -W -q -b html docs site
	@$(PYTHON) ops/audit.py

.PHONY: docs
docs: ready-test ## the documentation as a site, into site/
	@$(PYTHON) -m sphinx -W -q -b html docs site
	@echo "Open site/index.html"

.PHONY: bench
bench: ready-test ## measure, and print one table
	@$(PYTHON) -m bench

.PHONY: shots
shots: ready-test chromium ## screenshots of every page, into shots/
	@$(PYTHON) -m tests.journeys.shots shots

.PHONY: recording
recording: ready-test chromium ## the guided tour as a moving picture, docs/images/tour.gif
	@$(PYTHON) -m tests.journeys.recording docs/images/tour.gif

.PHONY: lock
lock: ready-run ## write requirements/*.txt anew from pyproject.toml
	@$(LOCK) -o requirements/run.txt
	@$(LOCK) --group test -o requirements/test.txt

.PHONY: messages
messages: ready-test ## collect the words of the interface, compile their translations, list what is missing
	@$(PYTHON) ops/messages.py

.PHONY: clean
clean: ## remove what make made, but no data (delete .data yourself)
	@rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache build shots

.PHONY: ready-run ready-test chromium python
ready-run:
	@$(call install,run)

ready-test:
	@$(call install,test)

chromium: ready-test
	@$(PYTHON) -m touchstone.config.chromium

python:
	@$(find-python); echo "$$python"
