# Everything a developer needs. Works with Python 3.11 or newer, make and a network; nothing else has to be there.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PORT ?= 8000
VAR ?= var
WORKERS ?= auto
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do command -v $$name >/dev/null 2>&1 && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$name; break; }; done)
UV := $(shell command -v uv 2>/dev/null || echo $(VAR)/uv/bin/uv)
RUN := .venv/bin/python
MANAGE := $(RUN) manage.py
TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/groundswell
TEST_REDIS_URL ?= redis://127.0.0.1:6379
export UV_PROJECT_ENVIRONMENT := .venv

.PHONY: help demo install prepare test test-services test-browser screenshots bench lint messages clean

help: ## Show what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: install ## Install, load the demo network and serve it (PORT=8000)
	@DJANGO_SETTINGS_MODULE=config.settings.embedded $(MANAGE) serve_demo --port $(PORT)

prepare: install
	@$(MANAGE) build_fonts
	@$(MANAGE) build_messages
	@$(MANAGE) migrate --verbosity 0

install: .venv/.installed ## Install the locked packages into .venv

.venv/.installed: uv.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed."; exit 1; }
	@command -v $(UV) >/dev/null 2>&1 || { echo "Installing uv ..."; $(PYTHON) -m venv $(VAR)/uv && $(VAR)/uv/bin/python -m pip install --quiet uv; }
	@echo "Installing packages ..."
	@$(UV) sync --locked --quiet --python $(PYTHON)
	@touch $@

test: prepare ## Run the suite, embedded: SQLite, nothing else
	$(RUN) -m pytest -n $(WORKERS) --dist loadscope -q

test-services: prepare ## Run the suite on PostgreSQL with PostGIS, Redis and a Celery worker
	GROUNDSWELL_TEST_SERVICES=1 DATABASE_URL=$(TEST_DATABASE_URL) REDIS_URL=$(TEST_REDIS_URL) $(RUN) -m pytest -n $(WORKERS) --dist loadscope -q

test-browser: prepare ## Load the demo, check it and run the journeys in real Chromium on it
	$(RUN) -m pytest -n $(WORKERS) --dist loadscope -m "browser or demo" -q tests/home tests/browser

screenshots: prepare ## Draw every key page on phone, tablet and laptop, by day and night, into var/screenshots/
	$(RUN) -m tests.browser.screenshots

bench: install ## Measure what is promised of speed and size (PostgreSQL, Redis; ONLY=lists for one part)
	$(RUN) -m bench $(ONLY)

lint: install ## Check style, types, templates, import contracts, migrations and messages
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	.venv/bin/djlint --quiet --lint cms home platform_apps search
	.venv/bin/lint-imports
	$(RUN) -m mypy $$(git ls-files | grep -E '^((cms|platform_apps)/[a-z]+|search)/(rules|enums|querysets|permissions|services|selectors|events|tasks)\.py$$')
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check_messages
	$(MANAGE) spectacular --validate --fail-on-warn --file /dev/null

messages: install ## Collect translatable strings into locale/ (needs gettext)
	$(MANAGE) collect_messages

clean: ## Remove everything that make has made
	rm -rf .venv $(VAR) .pytest_cache .mypy_cache .ruff_cache .hypothesis
