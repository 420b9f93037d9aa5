#!/usr/bin/env bash
# A program out of a signed Debian package, unpacked into a cache instead of installed: for packages whose installation would start a
# service or change the machine, and for users without root.
#
#   tools/debian-program.sh docker-registry                         prints the path of usr/bin/docker-registry
#   tools/debian-program.sh qemu-aarch64-static qemu-user-static    the package has another name than the program
#
# Tests find it as bin/<program> below PLATFORM_TOOL_CACHE (default: ~/.cache/platform/tools).
set -euo pipefail

cache=${PLATFORM_TOOL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/platform/tools}

fail() { echo "debian-program: $*" >&2; exit 4; }

[ $# -ge 1 ] || { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
program=$1
package=${2:-$1}
link=$cache/bin/$program

# A program is enough for a week; then the package may be newer.
if [ -x "$link" ] && [ -n "$(find "$link" -mtime -7)" ]; then
  echo "$link"
  exit
fi

for tool in apt-get dpkg-deb; do
  command -v $tool >/dev/null || fail "needs Debian's $tool"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PLATFORM_APT_CACHE=$cache/apt
# shellcheck source=tools/debian-apt.sh
. "$(dirname "$0")/debian-apt.sh"
prepare_apt "$(dpkg --print-architecture)"
(cd "$work" && apt-get -qq download "$package") >&2 || fail "$package cannot be downloaded"
dpkg-deb --fsys-tarfile "$work"/*.deb | tar -x --no-same-owner -C "$work" "./usr/bin/$program" || fail "$package has no usr/bin/$program"
mkdir -p "$cache/bin"
touch "$work/usr/bin/$program"
mv "$work/usr/bin/$program" "$link.$$"
mv "$link.$$" "$link"
echo "$link"
