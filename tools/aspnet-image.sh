#!/usr/bin/env bash
# A base image for .NET programs as Microsoft's chiseled one is: Debian's libraries (tools/base-image.sh base) and below /usr/share/dotnet the
# shared frameworks, for amd64 and arm64. Made without a registry: the frameworks come from the runtime packs of NuGet, so that arm64 needs no
# arm64 machine. Same packages, same bytes. There is no 'dotnet' command in it (NuGet has none for arm64): programs start by their own host.
#
#   tools/aspnet-image.sh    prints the path of an OCI layout with one index, named 'aspnet' (skopeo copy --all oci:PATH:aspnet …)
#
# PLATFORM_IMAGE_CACHE says where it is kept.
set -euo pipefail
tools=$(cd "$(dirname "$0")" && pwd)
cache=${PLATFORM_IMAGE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/platform/base-images}
epoch=1700000000
created=2023-11-14T22:13:20Z

fail() { echo "aspnet-image: $*" >&2; exit 4; }

command -v dotnet >/dev/null || fail "needs the .NET SDK"
dotnet_root=$(dirname "$(readlink -f "$(command -v dotnet)")")
version=$(dotnet --list-runtimes | awk '$1 == "Microsoft.AspNetCore.App" { print $2 }' | grep '^10\.' | sort -V | tail -n 1)
[ -n "$version" ] || fail "no ASP.NET 10 is installed"

amd64=$("$tools/base-image.sh" base --arch amd64)
arm64=$("$tools/base-image.sh" base --arch arm64)
key=$(echo "$amd64 $arm64 $version $(sha256sum <"$0")" | sha256sum | cut -c1-16)
layout=$cache/aspnet-$key
if [ -f "$layout/index.json" ]; then
  echo "$layout"
  exit
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/oci/blobs/sha256"

# The runtime packs, through NuGet's own client and into its own folder.
packs() {
  cat >"$work/packs.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup>
    <PackageDownload Include="Microsoft.NETCore.App.Runtime.linux-x64;Microsoft.NETCore.App.Runtime.linux-arm64" Version="[$version]" />
    <PackageDownload Include="Microsoft.AspNetCore.App.Runtime.linux-x64;Microsoft.AspNetCore.App.Runtime.linux-arm64" Version="[$version]" />
  </ItemGroup>
</Project>
XML
  dotnet restore "$work/packs.csproj" -v quiet >&2 || fail "the runtime packs $version cannot be restored"
  packages=$(dotnet msbuild "$work/packs.csproj" -getProperty:NuGetPackageRoot)
}

# The folders as an installation has them.
frameworks() {
  local rid=$1 root=$2/usr/share/dotnet framework pack
  mkdir -p "$root/host/fxr/$version"
  for framework in NETCore AspNetCore; do
    pack=$packages/microsoft.${framework,,}.app.runtime.$rid/$version/runtimes/$rid
    local into=$root/shared/Microsoft.$framework.App/$version
    mkdir -p "$into"
    cp "$pack"/lib/net10.0/* "$into/"
    if [ -d "$pack/native" ]; then cp "$pack"/native/* "$into/"; fi
    # The packs have no list of their own; that of the installed framework differs in the name of the platform alone.
    sed "s/linux-x64/$rid/g" "$dotnet_root/shared/Microsoft.$framework.App/$version/Microsoft.$framework.App.deps.json" >"$into/Microsoft.$framework.App.deps.json"
    cp "$dotnet_root/shared/Microsoft.$framework.App/$version/Microsoft.$framework.App.runtimeconfig.json" "$into/" 2>/dev/null || true
  done
  local core=$root/shared/Microsoft.NETCore.App/$version
  mv "$core/libhostfxr.so" "$root/host/fxr/$version/"
  rm -f "$core"/{createdump,libmscordbi.so,libcoreclrtraceptprovider.so}
  find "$2" -type d -exec chmod 755 {} +
  find "$2" -type f -exec chmod 644 {} +
  find "$2" -name '*.so' -exec chmod 755 {} +
}

# Puts a file into the layout; prints 'digest size'.
blob() {
  local digest
  digest=$(sha256sum <"$1" | cut -d' ' -f1)
  echo "sha256:$digest $(stat -c %s "$1")"
  mv "$1" "$work/oci/blobs/sha256/$digest"
}

descriptor() { printf '{"mediaType":"%s","digest":"%s","size":%s%s}' "$1" "$2" "$3" "${4:-}"; }

image() {
  local arch=$1 rid=$2 archive=$3 layer diffs=() layers=() digest size
  tar -xO -f "$archive" --wildcards '*/layer.tar' >"$work/base.tar"
  frameworks "$rid" "$work/$arch"
  tar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=ustar -C "$work/$arch" -cf "$work/dotnet.tar" usr
  for layer in base dotnet; do
    diffs+=("\"sha256:$(sha256sum <"$work/$layer.tar" | cut -d' ' -f1)\"")
    gzip -n -6 "$work/$layer.tar"
    read -r digest size < <(blob "$work/$layer.tar.gz")
    layers+=("$(descriptor application/vnd.oci.image.layer.v1.tar+gzip "$digest" "$size")")
  done

  printf '{"created":"%s","architecture":"%s","os":"linux","config":{"User":"1654","Env":["PATH=/usr/bin","APP_UID=1654","ASPNETCORE_HTTP_PORTS=8080","DOTNET_RUNNING_IN_CONTAINER=true","DOTNET_VERSION=%s","ASPNET_VERSION=%s","HOME=/home/app","SSL_CERT_DIR=/etc/ssl/certs"],"WorkingDir":"/app"},"rootfs":{"type":"layers","diff_ids":[%s,%s]},"history":[{"created":"%s","created_by":"tools/base-image.sh"},{"created":"%s","created_by":"tools/aspnet-image.sh"}]}' \
    "$created" "$arch" "$version" "$version" "${diffs[0]}" "${diffs[1]}" "$created" "$created" >"$work/config"
  read -r digest size < <(blob "$work/config")
  printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s,%s]}' \
    "$(descriptor application/vnd.oci.image.config.v1+json "$digest" "$size")" "${layers[0]}" "${layers[1]}" >"$work/manifest"
  read -r digest size < <(blob "$work/manifest")
  descriptor application/vnd.oci.image.manifest.v1+json "$digest" "$size" ",\"platform\":{\"architecture\":\"$arch\",\"os\":\"linux\"}"
}

packs
first=$(image amd64 linux-x64 "$amd64")
second=$(image arm64 linux-arm64 "$arm64")
printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[%s,%s]}' "$first" "$second" >"$work/index"
read -r digest size < <(blob "$work/index")
printf '{"imageLayoutVersion":"1.0.0"}' >"$work/oci/oci-layout"
printf '{"schemaVersion":2,"manifests":[%s]}' \
  "$(descriptor application/vnd.oci.image.index.v1+json "$digest" "$size" ',"annotations":{"org.opencontainers.image.ref.name":"aspnet"}')" >"$work/oci/index.json"
# Two builds at once write the same bytes; the first rename stays.
mkdir -p "$cache"
mv -T "$work/oci" "$layout" 2>/dev/null || [ -f "$layout/index.json" ]
echo "$layout"
