#!/usr/bin/env bash
# Writes both lock files: exact versions and hashes, no addresses, no index lines.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PIP_FIND_LINKS
alat=$(mktemp -d)
trap 'rm -rf "$alat"' EXIT
.venv/bin/python -m venv "$alat"
"$alat/bin/python" -m pip install --quiet pip-tools
tulis() {
  "$alat/bin/pip-compile" --quiet --no-config --generate-hashes --strip-extras --allow-unsafe \
    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate \
    "${@:2}" --output-file "$1" pyproject.toml
}
tulis requirements.lock --extra pasang
tulis requirements-dev.lock --extra dev
