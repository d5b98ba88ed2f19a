# `make` or `make help` lists what there is. Two commands matter first: `make serve` and `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

.venv/bin/python:
	@echo "Making a virtual environment in .venv ..."
	@$(PYTHON) -m venv .venv

.venv/run-installed: requirements.txt | .venv/bin/python
	@echo "Installing what the site needs ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev-installed: requirements-dev.txt | .venv/bin/python
	@echo "Installing what the checks and tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/run-installed

node_modules/.installed: package-lock.json
	@if command -v npm >/dev/null; then echo "Installing axe-core and vnu for the tests of pages ..."; npm ci --silent && touch $@; else echo "npm is not installed: pages are tested without axe-core and vnu."; fi

serve: .venv/run-installed ## Start the site with demo data on http://127.0.0.1:8000 (HOST, PORT)
	@HOST=$(HOST) PORT=$(PORT) $(BIN)/python -m elearning.serve

check: .venv/dev-installed ## Lint, types, import rules, sizes, content, scenarios, translations
	@$(BIN)/python -m tests.check

test: .venv/dev-installed node_modules/.installed ## Run the checks, then all tests
	@$(BIN)/python -m tests.check
	@echo "Running the tests ..."
	@$(BIN)/python -m pytest -n 2

bench: .venv/dev-installed ## Measure speed and size against the budgets; needs wrk and Chromium
	@$(BIN)/python -m tests.bench

format: .venv/dev-installed ## Put code in its standard form, and the map of the courses in docs/curriculum.md
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .
	@$(BIN)/python -m tests.course_map --write

lock: .venv/dev-installed ## Pin the newest versions of what requirements*.in name
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --upgrade --no-emit-index-url --no-annotate --no-header requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --upgrade --no-emit-index-url --no-annotate --no-header -c requirements.txt requirements-dev.in -o requirements-dev.txt

clean: ## Remove what was built; keeps the database in var/
	@rm -rf .venv build node_modules .mypy_cache .ruff_cache .pytest_cache

.PHONY: help serve check test bench format lock clean
