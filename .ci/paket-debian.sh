#!/usr/bin/env bash
# Installs Debian packages whose program is missing.
#   paket-debian.sh PACKAGE:PROGRAM …      (PROGRAM "-": always ask apt)
set -euo pipefail
kurang=()
for p in "$@"; do
  program=${p#*:}
  [ "$program" != "-" ] && command -v "$program" >/dev/null 2>&1 || kurang+=("${p%%:*}")
done
[ ${#kurang[@]} -eq 0 ] && exit 0
echo "Memasang paket Debian: ${kurang[*]} …"
if ! command -v apt-get >/dev/null 2>&1; then
  echo "apt-get tidak ada. → pasang sendiri: ${kurang[*]}" >&2
  exit 3
fi
if [ "$(id -u)" -eq 0 ]; then sudo=(); elif sudo -n true 2>/dev/null; then sudo=(sudo -n)
else
  echo "Perlu hak pengelola. → jalankan: sudo apt-get install ${kurang[*]}" >&2
  exit 3
fi
export DEBIAN_FRONTEND=noninteractive
"${sudo[@]}" apt-get update -qq >/dev/null
"${sudo[@]}" apt-get install -y -qq --no-install-recommends "${kurang[@]}" >/dev/null
