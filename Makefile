# Everything a newcomer, a trainer or an operator runs. `make help` lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PY := .venv/bin/python
RIUNG := $(PY) -m riung.cli
export PYTHON PYTHONPATH := $(CURDIR)

.PHONY: help run train check schemas facts eval test test-fast test-services browser bench lint format lock
.DELETE_ON_ERROR:

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

.venv/ready: requirements.lock scripts/setup scripts/find-python
	@scripts/setup

run: .venv/ready ## set up, train if needed, start everything on 127.0.0.1; Ctrl-C stops it
	@$(RIUNG) run

train: .venv/ready ## train the model if its inputs changed
	@$(RIUNG) train

check: .venv/ready ## check everything a trainer edits, and advise; SEMUA=1: all advice
	@$(RIUNG) check $(if $(SEMUA),--all)

schemas: .venv/ready ## write skema/ anew from the models, for editors that complete YAML
	@$(RIUNG) schemas

facts: .venv/ready ## list the facts that are older than the office's limit
	@$(RIUNG) facts

eval: .venv/ready ## evaluate the understanding (reports/nlu/); PEER=1: Rasa's default pipeline too
	@$(PY) -m riung.training.evaluate $(if $(PEER),--peer)

test: .venv/ready browser ## run all tests on the embedded defaults
	@$(RIUNG) train
	@$(PY) -m pytest -m "not services" -n 2 --dist loadgroup

test-fast: .venv/ready ## what can be tested in a minute: no browser, no installation
	@$(PY) -m pytest -m "not services and not browser and not processes and not thorough" -n 2

test-services: .venv/ready ## the same behaviours on PostgreSQL, Redis and RabbitMQ
	@$(RIUNG) train
	@$(PY) -m pytest -m services -n 2 --dist loadgroup

browser: ## install the browser that the page tests drive (Debian; needs root or sudo)
	@scripts/browser

bench: .venv/ready ## run the benchmarks; each prints its figure
	@$(RIUNG) train
	@$(PY) -m benchmarks

lint: .venv/ready ## formatting, lint and types
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy riung actions tests benchmarks

format: .venv/ready ## mend what can be mended by machine
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .
	@$(RIUNG) schemas

lock: .venv/ready ## choose versions anew from pyproject.toml
	@.venv/bin/uv pip compile --python $(PY) pyproject.toml --extra dev --upgrade \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  -o requirements.lock
