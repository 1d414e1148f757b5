# Everything a developer does, from a machine with only Python 3.11. `make` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PY := .venv/bin/python
LOCK := requirements/development.txt
INSTALLED := .venv/installed
WORDS := $(wildcard wpm_platform/locale/*/LC_MESSAGES/django.po)
TRANSLATIONS := wpm_platform/locale/nl/LC_MESSAGES/django.mo
# Gives a command DATABASE_URL and REDIS_URL; WPM_SERVICES=auto|own|system|wheel chooses which servers.
WITH_SERVICES := $(PY) -m wpm_platform.devservices run --
WITH_DEVELOPMENT := $(PY) -m wpm_platform.devservices run --development --

SERVE ?= 1
PORT ?= 8000
PYTEST_ARGS ?=
export PORT

.PHONY: help
help: ## List these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | while IFS=$$'\t' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

.PHONY: demo
demo: setup ## The whole job on a made-up employer, then serve it (SERVE=0 stops after the files)
	@$(WITH_DEVELOPMENT) $(PY) -m wpm_platform.demo $(if $(filter 0,$(SERVE)),--no-serve,--serve)

.PHONY: run
run: setup ## Web, worker and beat for development on PORT=8000
	@$(WITH_DEVELOPMENT) $(PY) -m wpm_platform.devservices.development

.PHONY: test
test: setup ## All tests but the browser's, in parallel (PYTEST_ARGS="-k week")
	@$(WITH_SERVICES) $(PY) -m pytest -n auto $(PYTEST_ARGS)

.PHONY: test-browser
test-browser: setup chromium ## The journeys in Chromium, with accessibility rules on every page
	@$(WITH_SERVICES) $(PY) -m pytest -n auto -m browser $(PYTEST_ARGS)

.PHONY: pictures
pictures: ## The journeys again, with a picture of every page in .run/screenshots, to look at
	@PICTURES=1 $(MAKE) test-browser

.PHONY: check
check: setup ## Style, types, layers between parts, settings, migrations, translations
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@.venv/bin/lint-imports --no-logo
	@DJANGO_SETTINGS_MODULE=tests.settings $(WITH_SERVICES) $(MAKE) check-project

.PHONY: check-project
check-project:
	@$(PY) -m mypy
	@$(PY) manage.py check
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py messages --check

.PHONY: coverage
coverage: setup ## Tests with coverage; the report by line is htmlcov/index.html
	@$(PY) -m coverage erase
	@$(WITH_SERVICES) $(PY) -m coverage run -m pytest -n auto $(PYTEST_ARGS)
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage html --quiet
	@$(PY) -m coverage report

.PHONY: replay
replay: setup ## Feed a real survey through the product: make replay DATA=FILE
	@test -n "$(DATA)" || { echo "Name the survey: make replay DATA=FILE (a CSV or CSV.GZ of one person per row)." >&2; exit 2; }
	@$(WITH_DEVELOPMENT) $(PY) -m tests.replay "$(DATA)"

.PHONY: bench-import
bench-import: setup ## Time the staff import on 20 000 and 100 000 rows
	@$(WITH_SERVICES) $(PY) -m tests.benchmarks.bench_import

.PHONY: bench-report
bench-report: setup ## Time computing a report of 10 000, 100 000 and 500 000 employees against bare sums
	@$(WITH_SERVICES) $(PY) -m tests.benchmarks.bench_report

.PHONY: kill-mail
kill-mail: setup ## Kill mail workers at the worst moments and count the mails: make kill-mail SEED=1
	@$(PY) -m tests.benchmarks.kill_mail --seed $(or $(SEED),1)

.PHONY: bench-month
bench-month: setup ## A campaign of 10 000 people in thirty simulated days: one mail per person and step
	@$(PY) -m tests.benchmarks.bench_month

.PHONY: bench-mail
bench-mail: setup ## Time the outbox against bare smtplib, with one and two workers, and a worker's memory
	@$(WITH_SERVICES) $(PY) -m tests.benchmarks.bench_mail

.PHONY: bench-journey
bench-journey: setup ## Whole journeys of 50, 100 and 200 people at once, and the day page beside a bare view
	@$(PY) -m tests.benchmarks.bench_journey

.PHONY: bench-weight
bench-weight: setup chromium ## Bytes of the employee's pages over the wire, and Lighthouse (needs npm)
	@$(PY) -m tests.benchmarks.bench_weight

.PHONY: bench-estimation
bench-estimation: setup ## Every way to estimate on a real survey with made-up silence: make bench-estimation DATA=FILE [DRIFT=FILE] [SEED=1] [REPS=2000]
	@test -n "$(DATA)" || { echo "Name the survey: make bench-estimation DATA=FILE (a CSV or CSV.GZ of one person per row)." >&2; exit 2; }
	@OMP_NUM_THREADS=1 $(PY) -m tests.benchmarks.bench_estimation "$(DATA)" $(if $(DRIFT),--drift "$(DRIFT)") --seed $(or $(SEED),1) --repetitions $(or $(REPS),2000) --processes $(or $(PROCESSES),2)

.PHONY: setup
setup: $(INSTALLED) $(TRANSLATIONS) ## Virtual environment, locked packages, compiled translations

# The first Python that is 3.11 and can make a virtual environment; a name on the PATH may be an empty shim.
$(INSTALLED): $(LOCK)
	@for python in python3.11 python3 python /usr/bin/python3.11; do \
	    if "$$python" -c 'import sys, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$${found:-}" ]; then \
	    echo "Python 3.11 with venv was not found. On Debian 12: sudo apt-get install python3.11 python3.11-venv" >&2; exit 1; \
	fi; \
	if ! $(PY) -c '' 2>/dev/null; then echo "Making .venv with $$found …"; rm -rf .venv; "$$found" -m venv .venv; fi
	@echo "Installing the locked packages …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	@touch $@

# The settings want addresses; compiling reads no database.
$(TRANSLATIONS): $(INSTALLED) $(WORDS)
	@DATABASE_URL=postgresql:///unused REDIS_URL=redis://unused DJANGO_SETTINGS_MODULE=tests.settings \
	    $(PY) manage.py messages --compile
	@touch $@

.PHONY: chromium
chromium:
	@if ! [ -x /usr/bin/chromium ]; then \
	    if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	        echo "Installing Chromium …"; \
	        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	    else \
	        echo "The browser journeys need Chromium: sudo apt-get install -y chromium" >&2; exit 1; \
	    fi; \
	fi

.PHONY: lock
lock: ## Write the hashed locks anew after pyproject.toml changed (needs uv; UPGRADE=1 takes newer versions)
	@command -v uv >/dev/null || { echo "Locking needs uv: python3 -m pip install uv" >&2; exit 1; }
	@compile() { PIP_CONFIG_FILE=/dev/null UV_NO_CONFIG=1 uv pip compile --quiet --universal --python-version 3.11 $(if $(UPGRADE),--upgrade) \
	    --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml "$$@"; }; \
	compile --output-file requirements/production.txt; \
	compile --group dev --group services --constraints requirements/production.txt --output-file $(LOCK)

.PHONY: clean
clean: ## Remove everything that was made here, the virtual environment included
	@rm -rf .venv .run .coverage* htmlcov .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@rm -f $(WORDS:.po=.mo)
