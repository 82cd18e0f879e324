# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
RUN_OK  := $(VENV)/.siap-run
TEST_OK := $(VENV)/.siap-test
export PYTHONUTF8 := 1

.PHONY: help run test check lint bench lock clean paket
help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: $(RUN_OK) ## set up, then walk the whole SOP on the sample agency
	@$(BIN)/kinerja demo

test: $(TEST_OK) paket lint ## set up, then every check
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(TEST_OK) ## the fast part: lint and unit tests
	$(BIN)/ruff check -q
	$(BIN)/python -m pytest -q -n 2 -m "not lambat and not peramban"

lint: $(TEST_OK)
	$(BIN)/ruff check -q
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/zizmor --offline --quiet .github/workflows
	@.ci/actionlint/periksa.sh .github/workflows/*.yml

paket:
	@.ci/paket-debian.sh chromium:chromium openssh-client:ssh-keygen nodejs:node || echo "Uji yang memerlukannya dilewati." >&2

bench: $(TEST_OK) ## measure against named peers, on this machine
	@$(BIN)/kinerja bench

lock: $(TEST_OK) ## write the hash-locked requirements again
	@.ci/kunci-paket.sh

clean: ## remove what was built here
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache

$(RUN_OK): requirements.lock pyproject.toml
	@.ci/siapkan-python.sh $(PYTHON) $(VENV) requirements.lock
	@touch $@

$(TEST_OK): requirements-dev.lock pyproject.toml
	@.ci/siapkan-python.sh $(PYTHON) $(VENV) requirements-dev.lock
	@touch $(RUN_OK) $@
