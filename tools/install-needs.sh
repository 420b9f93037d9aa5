#!/usr/bin/env bash
# Installs what the tests need and the machine lacks: Chromium for the browser tests, an engine for the container tests, skopeo and buildah
# for the image tests, the npm packages of tools/checks; in the user's cache moto, a registry and the base image of .NET programs. As root on
# Debian (or, in CI, with a sudo that asks nothing); elsewhere it says what is missing, and the tests that need it are skipped.
set -euo pipefail
tools=$(dirname "$0")

have() { command -v "$1" >/dev/null; }

packages=()
have chromium || have chromium-browser || have google-chrome || packages+=(chromium)
# Debian 12's is too old for what overlays say; the tests that need a newer one are skipped there.
have kubectl || packages+=(kubernetes-client)
have skopeo || packages+=(skopeo)
have buildah || packages+=(buildah)
if ! "$tools/container-engine.sh" status >/dev/null; then
  have dockerd || packages+=(docker.io)
  have ip || packages+=(iproute2)
fi

as_root=()
if [ "$(id -u)" != 0 ]; then as_root=(sudo -n); fi

install() {
  local log
  log=$("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" 2>&1) || { tail -n 5 <<<"$log" >&2; return 1; }
}

missing() {
  echo "install-needs: $1 missing: the tests that need it are skipped" >&2
}

if [ ${#packages[@]} -gt 0 ]; then
  if ! have apt-get || ! { [ "$(id -u)" = 0 ] || { [ "${CI:-}" = true ] && sudo -n true 2>/dev/null; }; }; then
    missing "${packages[*]} (Debian's names)"
  else
    echo "install-needs: installing ${packages[*]}" >&2
    install "${packages[@]}" || { "${as_root[@]}" apt-get update -qq && install "${packages[@]}"; } || missing "${packages[*]}"
    # From Debian 13 on the client is a package of its own.
    if have dockerd && ! have docker; then install docker-cli || missing docker-cli; fi
  fi
fi

if ! have npm; then
  missing "Node.js with npm"
elif [ ! "$tools/checks/node_modules/.package-lock.json" -nt "$tools/checks/package-lock.json" ]; then
  npm ci --prefix "$tools/checks" --ignore-scripts --no-audit --no-fund --silent >&2 || missing "the packages of tools/checks"
fi

"$tools/moto.sh" prepare >/dev/null || missing moto
"$tools/debian-program.sh" docker-registry >/dev/null || missing docker-registry
"$tools/aspnet-image.sh" >/dev/null || missing "the base image of tools/aspnet-image.sh"
"$tools/base-image.sh" busybox >/dev/null || missing "the test image of tools/base-image.sh"
"$tools/debian-program.sh" qemu-aarch64-static qemu-user-static >/dev/null || missing qemu-aarch64-static
