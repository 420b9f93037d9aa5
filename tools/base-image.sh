#!/usr/bin/env bash
# Container images for tests, made from signed Debian packages without a registry: nothing of them is executed while building, so any
# architecture can be built anywhere. Same packages, same bytes. Built once a set of packages; kept in a cache.
#
#   tools/base-image.sh busybox [--arch amd64|arm64] [--load]    a static busybox that serves HTTP on 8080 (about 2 MB)
#   tools/base-image.sh base    [--arch amd64|arm64] [--load]    what a .NET program needs, no shell, user 1654 (about 50 MB)
#
# Prints the path of the image's archive (docker load, podman load, skopeo docker-archive:); --load also loads it into the engine that
# answers, as platform-test/<image>:1. PLATFORM_IMAGE_CACHE says where archives are kept.
set -euo pipefail

cache=${PLATFORM_IMAGE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/platform/base-images}
epoch=1700000000
created=2023-11-14T22:13:20Z
busybox_packages="busybox-static"
base_packages="base-files ca-certificates libc6 libgcc-s1 libicu72 libssl3 libstdc++6 netbase tzdata zlib1g"

fail() { echo "base-image: $*" >&2; exit 4; }

# 'file size SHA256:hash' a line: what the image is made of.
contents() {
  # shellcheck disable=SC2086
  apt-get -qq --print-uris download $packages | cut -d' ' -f2- | LC_ALL=C sort || fail "packages not found: $packages"
}

unpack() {
  local package
  mkdir -p "$work/debs" "$root"/usr/{bin,lib,lib64,sbin}
  for link in bin lib lib64 sbin; do ln -s "usr/$link" "$root/$link"; done
  # shellcheck disable=SC2086
  (cd "$work/debs" && apt-get -qq download $packages) >&2
  for package in "$work"/debs/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink --no-same-owner -C "$root"
  done
}

# Scanners read the list of packages from here when there is no dpkg database.
list_packages() {
  local package
  mkdir -p "$root/var/lib/dpkg/status.d"
  for package in "$work"/debs/*.deb; do
    dpkg-deb -f "$package" >"$root/var/lib/dpkg/status.d/$(dpkg-deb -f "$package" Package)"
  done
}

fill_busybox() {
  rm -rf "$root"/usr/share/{doc,man,bug,lintian}
  for name in cat date echo env false hostname httpd ls nc nslookup printenv sh sleep true wget; do ln -s busybox "$root/bin/$name"; done
  mkdir -p "$root/www" "$root/etc" "$root/tmp"
  chmod 1777 "$root/tmp"
  echo 'Hello from busybox.' >"$root/www/index.html"
  printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
}

fill_base() {
  (
    cd "$root"
    rm -rf boot media mnt opt srv var/* usr/bin/* usr/sbin/* etc/{ca-certificates,default,dpkg,update-motd.d}
    rm -rf usr/share/{base-files,bug,common-licenses,doc,gcc,gdb,lintian,locale,man} usr/share/zoneinfo/{posix,right}
    rm -rf usr/lib/*/{audit,gconv} usr/lib/locale
  )
  mkdir -p "$root"/{app,home/app,tmp,etc/ssl/certs}
  chmod 1777 "$root/tmp"
  # What update-ca-certificates would write.
  find "$root/usr/share/ca-certificates" -name '*.crt' | LC_ALL=C sort | xargs cat >"$root/etc/ssl/certs/ca-certificates.crt"
  rm -rf "$root/usr/share/ca-certificates"
  printf 'root:x:0:0:root:/root:/sbin/nologin\napp:x:1654:1654:app:/home/app:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n' >"$root/etc/passwd"
  printf 'root:x:0:\napp:x:1654:\nnogroup:x:65534:\n' >"$root/etc/group"
  printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$root/etc/nsswitch.conf"
}

# One layer: sorted, one time stamp, owned by root but for the application's home.
pack() {
  local tar=(tar --sort=name --mtime="@$epoch" --format=ustar --numeric-owner -C "$root")
  "${tar[@]}" --owner=0 --group=0 --exclude=./home/app -cf "$1" .
  if [ -d "$root/home/app" ]; then "${tar[@]}" --owner=1654 --group=1654 -rf "$1" ./home/app; fi
}

config() {
  local process
  case $image in
    busybox) process='"Cmd":["httpd","-f","-v","-p","8080","-h","/www"],"Env":["PATH=/bin"],"ExposedPorts":{"8080/tcp":{}}' ;;
    base) process='"User":"1654","WorkingDir":"/app","Env":["PATH=/usr/bin","APP_UID=1654","ASPNETCORE_HTTP_PORTS=8080","DOTNET_RUNNING_IN_CONTAINER=true","HOME=/home/app","SSL_CERT_DIR=/etc/ssl/certs"]' ;;
  esac
  printf '{"architecture":"%s","os":"linux","created":"%s","config":{%s},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[{"created":"%s","created_by":"%s"}]}' \
    "$arch" "$created" "$process" "$1" "$created" "tools/base-image.sh $image"
}

build() {
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  root=$work/root
  local out=$work/image layer id
  mkdir -p "$out"
  unpack
  "fill_$image"
  list_packages
  pack "$work/layer.tar"
  layer=$(sha256sum <"$work/layer.tar" | cut -d' ' -f1)
  config "$layer" >"$work/config.json"
  id=$(sha256sum <"$work/config.json" | cut -d' ' -f1)
  mkdir "$out/$layer"
  mv "$work/layer.tar" "$out/$layer/layer.tar"
  mv "$work/config.json" "$out/$id.json"
  printf '[{"Config":"%s.json","RepoTags":["%s"],"Layers":["%s/layer.tar"]}]' "$id" "$tag" "$layer" >"$out/manifest.json"
  tar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=ustar -C "$out" -cf "$work/archive" manifest.json "$id.json" "$layer/layer.tar"
  # Two builds at once write the same bytes; the rename makes each whole.
  mv "$work/archive" "$archive.$$"
  mv "$archive.$$" "$archive"
}

load() {
  local engine
  engine=$("$(dirname "$0")/container-engine.sh" status | grep -oE '^(docker|podman)$' || echo docker)
  "$engine" load -q -i "$archive" >&2
}

image=${1:-}
arch=""
load=no
case $image in
  busybox) packages=$busybox_packages ;;
  base) packages=$base_packages ;;
  *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
shift
while [ $# -gt 0 ]; do
  case $1 in
    --arch) arch=$2; shift 2 ;;
    --load) load=yes; shift ;;
    *) fail "unknown option $1" ;;
  esac
done
for tool in apt-get dpkg-deb; do
  command -v $tool >/dev/null || fail "needs Debian's $tool"
done
arch=${arch:-$(dpkg --print-architecture)}
tag=platform-test/$image:1

PLATFORM_APT_CACHE=$cache/apt
# shellcheck source=tools/debian-apt.sh
. "$(dirname "$0")/debian-apt.sh"
prepare_apt "$arch" || exit 4
key=$( (contents; sha256sum <"$0") | sha256sum | cut -c1-16)
archive=$cache/$image-$arch-$key.tar
[ -f "$archive" ] || build
[ $load = no ] || load
echo "$archive"
