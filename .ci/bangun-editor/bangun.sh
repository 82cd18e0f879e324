#!/usr/bin/env bash
# Builds tooling/kinerja/web/assets/codemirror.js and its licences from npm, by names, exact versions and checksums.
#   .ci/bangun-editor/bangun.sh             builds and puts them in place
#   .ci/bangun-editor/bangun.sh --periksa   builds and compares; 1 when what is committed is something else
# For new versions: change package.json, delete sidik.txt, build, and look at the new sidik.txt.
set -euo pipefail
sini=$(cd "$(dirname "$0")" && pwd)
aset=$sini/../../tooling/kinerja/web/assets
kerja=$(mktemp -d)
trap 'rm -rf "$kerja"' EXIT

cp "$sini"/{package.json,masuk.js,paket.mjs} "$kerja"
cd "$kerja"
npm install --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error >/dev/null
node paket.mjs sidik >sidik.txt
[ -e "$sini/sidik.txt" ] || cp sidik.txt "$sini/sidik.txt"
# The binary of esbuild differs between machines; every other package must be the known one.
if ! diff <(grep -v '^@esbuild/' "$sini/sidik.txt") <(grep -v '^@esbuild/' sidik.txt) >&2; then
  echo "Paket npm lain daripada yang dicatat dalam sidik.txt. → periksa asalnya sebelum memakainya" >&2
  exit 3
fi

node_modules/.bin/esbuild masuk.js --bundle --format=esm --target=es2020 --minify --charset=utf8 \
  --legal-comments=none --banner:js="$(node paket.mjs kepala)" --log-level=warning --outfile=codemirror.js
node paket.mjs lisensi >codemirror.LICENSE.txt

for berkas in codemirror.js codemirror.LICENSE.txt; do
  if [ "${1:-}" = --periksa ]; then
    cmp "$berkas" "$aset/$berkas"
  else
    cp "$berkas" "$aset/$berkas"
  fi
done
