# The two commands that matter: `make demo` and `make test`. Both set up what they need.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# uv is used where it is, and never to fetch an interpreter of its own.
export UV_PYTHON_DOWNLOADS := never
export PYTHON

WORDS := $(patsubst %.po,%.mo,$(wildcard src/uppsikt/locale/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check bench bench-quality lock fix pictures

help: ## Say what there is to say
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: machine-demo $(READY) $(WORDS) ## Start the program with a made-up municipality in it
	@$(BIN)/uppsikt start --demo

test: machine-test $(READY) $(WORDS) ## Run every check and every test, browser included
	@$(BIN)/python -m scripts.stages test

check: $(READY) $(WORDS) ## Format, lint, types, floors, templates, migrations, house rules
	@$(BIN)/python -m scripts.stages check

bench: machine-demo $(READY) $(WORDS) ## Measure, each figure beside its floor
	@$(BIN)/python -m bench

bench-quality: $(READY) $(WORDS) ## Measure how good the text analysis is, beside its peers
	@$(BIN)/python -m bench.quality

fix: $(READY) ## Format, collect the words to translate, write the catalogue anew
	@$(BIN)/python -m scripts.stages fix

pictures: machine-demo $(READY) $(WORDS) ## Take the pictures of handbook and readme anew
	@$(BIN)/python -m scripts.pictures

lock: ## Write requirements.lock from pyproject.toml
	@scripts/lock

.PHONY: machine-demo machine-test
machine-demo:
	@scripts/machine venv chromium

machine-test:
	@scripts/machine venv chromium postgresql redis

$(READY): requirements.lock pyproject.toml scripts/setup scripts/build_hook.py
	@GOAL=$(firstword $(MAKECMDGOALS)) scripts/setup
	@touch $@

# Compiled words are not kept in git; a changed translation is compiled before use.
%.mo: %.po $(READY)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
