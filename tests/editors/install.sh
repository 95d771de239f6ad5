#!/usr/bin/env bash
# Installs the editors that the tests drive: as root with CI=true. Elsewhere it says what is missing.
set -euo pipefail
packages=(neovim emacs-nox elpa-eglot vim vim-ale)
missing=()
for package in "${packages[@]}"; do
  state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) || true
  [ "$state" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  exit 0
fi
if [ "${CI:-}" != true ] || [ "$(id -u)" != 0 ]; then
  echo "Missing Debian packages: ${missing[*]}. Editors that aren't here are skipped."
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update --quiet=2
apt-get install --quiet=2 --yes --no-install-recommends "${missing[@]}" >/dev/null
