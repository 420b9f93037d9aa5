#!/usr/bin/env bash
# moto, a stand-in for AWS that others wrote: it verifies signatures with AWS's own code (botocore) and speaks AWS's protocols.
# Unpacked from Debian's packages into a folder of the user's: no root, nothing is installed.
#
#   tools/moto.sh prepare      downloads and unpacks what is missing; prints the folder
#   tools/moto.sh folder       prints the folder; fails where it was not prepared
#   tools/moto.sh run PORT     serves on 127.0.0.1:PORT until it is ended, in this process; state is in memory
#
# PLATFORM_TOOL_CACHE says where it is unpacked.
# Needs Debian's apt (packages come from the mirror that it is configured with) and its python3.
set -euo pipefail

version=5.1.1-4
suite=trixie
python=/usr/bin/python3
# What moto imports, from the release that this machine runs, for its python. moto itself is only in $suite.
imports=(
  python3-flask python3-flask-cors python3-werkzeug python3-jinja2 python3-markupsafe python3-itsdangerous python3-click
  python3-requests python3-urllib3 python3-chardet python3-charset-normalizer python3-idna python3-certifi python3-responses
  python3-toml python3-cryptography python3-cffi-backend python3-dateutil python3-six python3-yaml python3-antlr4 python3-boto3
  python3-botocore python3-jmespath python3-s3transfer python3-pyparsing python3-xmltodict libyaml-0-2
)

here=$(cd "$(dirname "$0")" && pwd)
tools=${PLATFORM_TOOL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/platform/tools}
folder=$tools/moto-$version

fail() {
  echo "moto: $1" >&2
  exit 4
}

# The address behind 'main' of the release that this machine runs.
mirror() {
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(CREATED_BY)' 2>/dev/null |
    awk '$3 == "main" && $4 == "Packages" && $2 !~ /-/ { print $1; exit }'
}

prepare() {
  if [ -f "$folder/ready" ]; then return; fi
  command -v apt-get >/dev/null && command -v dpkg >/dev/null || fail "needs apt-get and dpkg (Debian)"
  [ -x "$python" ] || fail "needs $python (apt-get install python3)"
  local work keys=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -f "$keys" ] || fail "needs $keys (apt-get install debian-archive-keyring)"
  mkdir -p "$tools"
  work=$(mktemp -d "$folder.XXXXXX")
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  mkdir -p "$work/apt/lists/partial" "$work/apt/archives/partial" "$work/debs" "$work/tree"
  (
    cd "$work/debs"
    PLATFORM_APT_CACHE=$tools/apt
    # shellcheck source=tools/debian-apt.sh
    . "$here/debian-apt.sh"
    prepare_apt "$(dpkg --print-architecture)"
    apt-get -qq download "${imports[@]}" >&2

    from=$(mirror)
    [ -n "$from" ] || fail "apt is configured with no mirror of Debian"
    echo "deb [signed-by=$keys] $from $suite main" >"$work/apt/sources.list"
    sed "s|\"$tools/apt-[^/]*/|\"$work/apt/|; s|^Dir::Cache .*|Dir::Cache \"$work/apt\";|" "$APT_CONFIG" >"$work/apt/conf"
    printf 'Dir::Etc::SourceList "%s/apt/sources.list";\nDir::Etc::SourceParts "-";\n' "$work" >>"$work/apt/conf"
    touch "$work/apt/status"
    export APT_CONFIG=$work/apt/conf
    apt-get -qq update >&2
    apt-get -qq download "python3-moto=$version" >&2
  ) || fail "the packages could not be downloaded"
  local deb packages=$work/tree/usr/lib/python3/dist-packages
  for deb in "$work"/debs/*.deb; do dpkg -x "$deb" "$work/tree"; done

  # Not in every release, imported by moto's API Gateway, and used by nothing here.
  if [ ! -d "$packages/openapi_spec_validator" ]; then
    mkdir -p "$packages/openapi_spec_validator/validation"
    printf 'def validate_spec(*arguments, **named):\n    pass\n' >"$packages/openapi_spec_validator/__init__.py"
    : >"$packages/openapi_spec_validator/validation/__init__.py"
    printf 'class OpenAPIValidationError(Exception):\n    pass\n' >"$packages/openapi_spec_validator/validation/exceptions.py"
  fi

  PYTHONPATH=$packages "$python" -W ignore -c 'import moto.server' >&2 || fail "moto does not run with $($python --version)"
  touch "$work/tree/ready"
  # Two that prepare at once: the second finds it done.
  mv -T "$work/tree" "$folder" 2>/dev/null || [ -f "$folder/ready" ] || fail "$folder could not be made"
}

run() {
  [ -f "$folder/ready" ] || fail "not prepared: run 'tools/moto.sh prepare'"
  local libraries
  libraries=$(printf '%s:' "$folder"/usr/lib/*-linux-gnu*)
  exec env PYTHONPATH="$folder/usr/lib/python3/dist-packages" LD_LIBRARY_PATH="$libraries" PYTHONDONTWRITEBYTECODE=1 \
    "$python" -W ignore -c 'import sys; from moto.server import main; sys.exit(main(sys.argv[1:]))' -H 127.0.0.1 -p "$1"
}

case ${1:-} in
  prepare)
    prepare
    echo "$folder"
    ;;
  folder)
    [ -f "$folder/ready" ] || fail "not prepared"
    echo "$folder"
    ;;
  run)
    [ $# = 2 ] || fail "run needs a port"
    run "$2"
    ;;
  *) fail "say prepare, folder or run PORT" ;;
esac
