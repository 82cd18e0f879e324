# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
export PYTHONUTF8 := 1

.PHONY: help run test check lint lock clean
help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: .siap-run ## set up, then walk the whole SOP on the sample agency
	@$(BIN)/kinerja demo

test: .siap-test lint ## set up, then every check
	@.ci/paket-debian.sh chromium:chromium openssh-client:ssh-keygen
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: .siap-test ## the fast part: lint and unit tests
	$(BIN)/ruff check -q
	$(BIN)/python -m pytest -q -n 2 -m "not lambat and not peramban"

lint: .siap-test
	$(BIN)/ruff check -q
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/zizmor --offline --quiet .github/workflows

lock: .siap-test ## write the hash-locked requirements again
	@.ci/kunci-paket.sh

clean: ## remove what was built here
	rm -rf $(VENV) build .siap-* .mypy_cache .ruff_cache .pytest_cache

.siap-run: requirements.lock pyproject.toml
	@.ci/siapkan-python.sh $(PYTHON) $(VENV) requirements.lock
	@touch $@

.siap-test: requirements-dev.lock pyproject.toml
	@.ci/siapkan-python.sh $(PYTHON) $(VENV) requirements-dev.lock
	@touch .siap-run $@
