#!/usr/bin/env bash
# Makes the virtual environment and installs exactly what a lock file names.
#   siapkan-python.sh PYTHON VENV LOCK
set -euo pipefail
python=$1 venv=$2 lock=$3
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "kinerja perlu Python 3.11 atau lebih baru; yang ada: $("$python" --version 2>&1 || echo tidak ada)." >&2
  echo "  → pasang Python, atau sebut yang lain: make PYTHON=python3.12 …" >&2
  exit 3
fi
git --version >/dev/null 2>&1 || { echo "git belum terpasang. → pasang git lebih dahulu" >&2; exit 3; }
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  echo "Menyiapkan lingkungan Python di $venv …"
  if [ -e "$venv/pyvenv.cfg" ]; then rm -rf "$venv"; fi
  if ! "$python" -m venv "$venv" >/dev/null 2>&1; then
    # Debian leaves half an environment behind when ensurepip is missing.
    rm -rf "$venv"
    "$(dirname "$0")/paket-debian.sh" "python3-venv:-"
    "$python" -m venv "$venv"
  fi
fi
echo "Memasang paket dari $lock …"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
