#!/usr/bin/env bash
# Installs the tool of a checkout into .venv of the current folder, exactly what its lock names.
#   pasang-alat.sh CHECKOUT      (of the base branch or of main, never of a proposal)
set -euo pipefail
python -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1/requirements.lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation "./$1"
