#!/usr/bin/env bash
# A container engine for tests. Uses the Docker or Podman that answers; where none does, starts Debian's dockerd as a private one:
# own socket, own bridge, own folders, no firewall rules. Nothing of the machine's own networking is changed but for that bridge.
#
#   eval "$(tools/container-engine.sh start)"    exports DOCKER_HOST where a private engine was started or runs already
#   tools/container-engine.sh status             exit 0 where an engine answers
#   tools/container-engine.sh stop               ends the private engine; an engine that was not started here is left alone
#
# PLATFORM_ENGINE_DIR holds everything of the private engine (default: a folder under TMPDIR, one a user).
set -euo pipefail

dir=${PLATFORM_ENGINE_DIR:-${TMPDIR:-/tmp}/platform-engine-$(id -u)}
socket=unix://$dir/docker.sock
# Linux allows 15 characters for the name of a network interface.
bridge=plt$(printf %s "$dir" | sha256sum | cut -c1-10)

say() { echo "container-engine: $*" >&2; }

answers() { timeout 20 "$@" >/dev/null 2>&1; }

private_pid() {
  local pid
  pid=$(cat "$dir/docker.pid" 2>/dev/null) || return 1
  # The kernel may have given the number to another process since.
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "--pidfile $dir/docker.pid" && echo "$pid"
}

private_answers() { private_pid >/dev/null && DOCKER_HOST=$socket answers docker network ls; }

free_subnet() {
  local taken n
  taken=$(ip -4 -o addr; ip -4 route)
  for n in $(seq 0 255); do
    grep -qE "(^|[^0-9.])10\.21[34]\.$n\." <<<"$taken" || { echo "$n"; return; }
  done
  return 1
}

start() {
  if private_answers; then
    echo "export DOCKER_HOST=$socket"
    return
  fi
  for engine in docker podman; do
    if command -v $engine >/dev/null && answers $engine network ls; then
      say "using the $engine that answers"
      return
    fi
  done

  local missing=""
  [ "$(id -u)" = 0 ] || missing+=" root"
  command -v dockerd >/dev/null || missing+=" dockerd"
  command -v docker >/dev/null || missing+=" docker"
  command -v ip >/dev/null || missing+=" ip"
  if [ -n "$missing" ]; then
    say "no engine answers, and a private one needs:$missing (Debian: apt-get install docker.io iproute2)"
    return 4
  fi

  stop
  mkdir -p "$dir"
  local n
  n=$(free_subnet) || { say "no free subnet in 10.213.0.0/16"; return 4; }
  ip link add "$bridge" type bridge
  ip addr add "10.213.$n.1/24" dev "$bridge"
  ip link set "$bridge" up
  # Without iptables published ports go through docker-proxy, which is what a test on loopback needs.
  setsid dockerd --data-root "$dir/data" --exec-root "$dir/exec" --host "$socket" --pidfile "$dir/docker.pid" \
    --bridge "$bridge" --default-address-pool "base=10.214.$n.0/24,size=28" \
    --iptables=false --ip6tables=false --ip-masq=false --ip-forward=false \
    >"$dir/dockerd.log" 2>&1 </dev/null &
  local child=$!
  for _ in $(seq 100); do
    if private_answers; then
      say "dockerd $(DOCKER_HOST=$socket docker version --format '{{.Server.Version}}') on $dir"
      echo "export DOCKER_HOST=$socket"
      return
    fi
    kill -0 $child 2>/dev/null || break
    sleep 0.2
  done
  say "dockerd did not answer; the end of its log:"
  tail -n 20 "$dir/dockerd.log" >&2
  stop
  return 4
}

stop() {
  local pid
  if pid=$(private_pid); then
    DOCKER_HOST=$socket timeout 60 sh -c 'docker ps -aq | xargs -r docker rm -f' >/dev/null 2>&1 || true
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 150); do
      [ -e "/proc/$pid" ] || break
      sleep 0.1
    done
    if [ -e "/proc/$pid" ]; then
      say "dockerd $pid did not end in 15 s: killed"
      kill -9 "$pid"
    fi
    say "dockerd $pid stopped"
  fi
  if command -v ip >/dev/null && ip link show "$bridge" >/dev/null 2>&1; then
    ip link del "$bridge"
  fi
  if [ -d "$dir" ]; then
    grep -oE "^[^ ]+ $dir/[^ ]+" /proc/mounts | cut -d' ' -f2 | sort -r | xargs -r -n1 umount -l || true
    # By name: the folder may be one that holds more.
    rm -rf --one-file-system "$dir"/{data,exec} "$dir"/docker.{pid,sock} "$dir/dockerd.log"
    rmdir --ignore-fail-on-non-empty "$dir"
  fi
}

status() {
  if private_answers; then
    echo "private engine, DOCKER_HOST=$socket"
    return
  fi
  for engine in docker podman; do
    if command -v $engine >/dev/null && answers $engine network ls; then
      echo "$engine"
      return
    fi
  done
  echo "none"
  return 4
}

case ${1:-} in
  start | stop | status) "$1" ;;
  *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
