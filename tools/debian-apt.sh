# shellcheck shell=bash
# To be sourced: apt with package lists of our own. Needs no root, changes nothing of the machine's apt, and works for an architecture that is
# not this machine's. PLATFORM_APT_CACHE says where the lists are kept.

# prepare_apt ARCHITECTURE: afterwards apt-get in this shell uses those lists.
prepare_apt() {
  local arch=$1
  local apt=$PLATFORM_APT_CACHE-$arch
  mkdir -p "$apt"/{lists/partial,archives/partial}
  touch "$apt/status"
  cat >"$apt/conf" <<CONF
APT::Architecture "$arch";
APT::Architectures { "$arch"; };
APT::Sandbox::User "";
Acquire::Languages "none";
Dir::State::Lists "$apt/lists";
Dir::State::status "$apt/status";
Dir::Cache "$apt";
CONF
  export APT_CONFIG=$apt/conf
  if [ -z "$(find "$apt/stamp" -mtime -7 2>/dev/null)" ]; then
    apt-get -qq update >&2 || { echo "debian-apt: the package lists for $arch cannot be read" >&2; return 4; }
    touch "$apt/stamp"
  fi
}
