# Chợ Phiên: `make run` starts the floor, `make test` tests it, `make check` is what CI runs.

PYTHON ?= python3
BIN := .venv/bin
export PYTHONUTF8 := 1
export PATH := $(or $(PATH),/usr/local/bin:/usr/bin:/bin)
MAKEFLAGS += --no-print-directory
.NOTPARALLEL:
.PHONY: run test check fix lock db demo jobs vendor journeys pictures environment development python

run: python ## serve on http://127.0.0.1:8000 (PORT=… for another), with demo data when empty
	@$(PYTHON) tools/environment.py serve

test: development ## the whole suite on SQLite
	@$(BIN)/python tools/check.py suite

check: development ## everything CI checks, stopping at the first failure
	@$(BIN)/python tools/check.py

fix: development ## format, and mend what the linters can mend themselves
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .
	@$(BIN)/python tools/translations.py all

lock: development ## render requirements*.txt with hashes from requirements*.in
	@$(BIN)/python tools/lock.py

db: environment ## bring the database of this environment up to date
	@$(BIN)/flask --app wsgi db upgrade

demo: db ## load the demo floor
	@$(BIN)/flask --app wsgi demo load

jobs: environment ## run the worker in a process of its own
	@$(BIN)/flask --app wsgi jobs run

vendor: development ## renew static/vendor from its lock (needs npm)
	@$(BIN)/python tools/vendor.py

journeys: development ## the browser journeys alone, leaving pictures in docs/pictures/journeys
	@KEEP_PICTURES=1 $(BIN)/python tools/check.py journeys

pictures: development ## take the pictures of the README of a new demo floor
	@$(BIN)/python tools/pictures.py

environment: python
	@$(PYTHON) tools/environment.py run

development: python
	@$(PYTHON) tools/environment.py dev

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Chợ Phiên cần Python 3.11 trở lên: hãy cài, hoặc chỉ rõ bằng `make run PYTHON=python3.12`.' \
	    '· Python 3.11 or newer is needed: install it, or name it with `make run PYTHON=python3.12`.' >&2; \
	  exit 1; }
