# Everything runs in .venv. Its packages are locked, with hashes, in requirements*.txt.
PYTHON ?= python3
VAR_DIR ?= var
WORKERS ?= 2
DATABASES ?= sqlite postgresql
export VAR_DIR
# Compile modules once, not in every test process.
unexport PYTHONDONTWRITEBYTECODE

PY := .venv/bin/python
INSTALL := $(PY) -m pip install --disable-pip-version-check --no-input -qq --require-hashes --no-deps --requirement
KEY := SECRET_KEY_FILE=$(VAR_DIR)/secret-key
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --custom-compile-command "make lock" pyproject.toml

# A single test file runs faster in one process.
PYTEST = $(PY) -m pytest --numprocesses $(if $(FILE),0,$(WORKERS))

# If tests run on both databases, both runs draw the same cases and divide them.
DIVIDED = $(if $(word 2,$(DATABASES)),--divided)
TEST_DRAW ?= $(shell $(PYTHON) -c 'import random; print(random.randrange(10_000))')
export TEST_DRAW := $(TEST_DRAW)

.PHONY: help run dev password manage migrations docs test test-on-sqlite test-on-postgresql test-fast test-full check \
	bench lock

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile

run: .venv/runtime $(VAR_DIR)/secret-key ## serve the portal on this machine, over plain HTTP (HOST, PORT, DATABASE_URL)
	@exec env PLAIN_HTTP=1 $(KEY) $(PY) manage.py serve

dev: .venv/development $(VAR_DIR)/secret-key ## serve it for development: reload code, show errors
	@DEBUG=1 $(KEY) $(PY) manage.py prepare
	@exec env DEBUG=1 $(KEY) $(PY) manage.py runserver "$${HOST:-127.0.0.1}:$${PORT:-8000}"

password: .venv/runtime $(VAR_DIR)/secret-key ## change the password of the first account
	@PLAIN_HTTP=1 $(KEY) $(PY) manage.py changepassword editor

manage: .venv/runtime $(VAR_DIR)/secret-key ## run a command of the portal, e.g. make manage ARGS="load_pack FOLDER --dry-run"
	@PLAIN_HTTP=1 $(KEY) $(PY) manage.py $(ARGS)

migrations: .venv/development ## write the migrations that changed models need
	@DEBUG=1 SECRET_KEY=for-writing-migrations $(PY) manage.py makemigrations

docs: .venv/development ## update the tables in the documents that are generated from the code
	@DEBUG=1 SECRET_KEY=for-writing-documents $(PY) manage.py write_docs

test: .venv/development ## run all tests; FILE=tests/roles/test_models.py for one file, DATABASES=postgresql for one database
	@$(MAKE) --no-print-directory --jobs $(addprefix test-on-,$(DATABASES))

test-on-sqlite:
	@TEST_DATABASE=sqlite $(PYTEST) $(DIVIDED) $(FILE)

# PostgreSQL has a sixth of the tests, so one process is enough. The output is printed at the end, not mixed with that of
# the other run.
test-on-postgresql:
	@output=$$(TEST_DATABASE=postgresql $(PY) -m pytest $(DIVIDED) $(FILE) 2>&1) && status=0 || status=$$?; \
		printf '%s\n' "$$output"; exit $$status

test-fast: .venv/development ## get feedback within a minute: one database, no browser, no frameworks, a sample of the rest
	@TEST_DATABASE=sqlite $(PYTEST) --fast

test-full: .venv/development ## run all tests with every sample and framework on both databases
	@set -e; for database in $(DATABASES); do TEST_DATABASE=$$database $(PYTEST) --full; done

check: .venv/development ## check style, templates, types, missing migrations, locked dependencies, and the starter content
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m djlint --lint --quiet templates
	DEBUG=1 SECRET_KEY=for-checking-only $(PY) manage.py check
	DEBUG=1 SECRET_KEY=for-checking-only $(PY) -m mypy
	$(PY) -m pytest --quiet tests/project/test_migrations.py tests/project/test_lock.py \
		tests/project/test_common_changes.py tests/project/test_documents.py
	DEBUG=1 SECRET_KEY=for-checking-only $(PY) manage.py check_pack tpm_portal/starter_pack \
		--waivers tpm_portal/starter_waivers.csv

bench: .venv/development ## measure performance budgets
	$(PY) -m tests.benchmarks

lock: ## lock the dependencies of pyproject.toml again (requires uv; UPGRADE=--upgrade upgrades them)
	$(LOCK) $(UPGRADE) --output-file requirements.txt
	$(LOCK) $(UPGRADE) --group dev --output-file requirements-dev.txt

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "The portal requires Python 3.11 or newer; specify it with: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "The portal requires Python's venv module (Debian: apt-get install python3-venv)." >&2; exit 1; }

.venv/runtime: requirements.txt | .venv/bin/pip
	@echo "Installing dependencies ..."
	@$(INSTALL) requirements.txt
	@touch $@

.venv/development: requirements-dev.txt | .venv/bin/pip
	@echo "Installing development dependencies ..."
	@$(INSTALL) requirements-dev.txt
	@touch .venv/runtime $@

$(VAR_DIR)/secret-key:
	@$(PYTHON) -m tpm_portal.operations.secret_key $@
