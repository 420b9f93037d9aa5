#!/usr/bin/env bash
# Builds, then runs the test projects one after the other (integration tests share two cores badly), each under a hard time limit.
# Starts a container engine where none answers, and fails where a test leaves a process behind.
#
#   tools/test.sh [PROJECT...]     such as Hosting.Tests; all when none is named
#
# PLATFORM_REQUIRE_ALL=1   a missing browser, engine, bundle or Node.js fails a test instead of skipping it
# PLATFORM_TEST_LIMIT      seconds that a project may take (default 600)
# Reports and logs are in artifacts/tests/, the totals in artifacts/tests/summary.txt.
set -euo pipefail
cd "$(dirname "$0")/.."

out=$PWD/artifacts/tests
limit=${PLATFORM_TEST_LIMIT:-600}
leave_limit=15
# The only reasons to skip where everything is required: data that is no part of the repository, another operating system.
allowed_skip='^Needs \.\./shared/data/|^Only on '

# What the platform prints beside the tests' own words.
noise='^$|^Test run summary|^  (total|failed|succeeded|skipped|duration): |^  In process file artifacts|\.junit\.xml$'

# Build servers would outlive the run.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
# Every process that is started from here on inherits this mark, however far it detaches itself.
export PLATFORM_TEST_RUN=$$-$RANDOM

passed=0 failed=0 skipped=0
problems=()

marked() {
  local environ pid
  for environ in /proc/[0-9]*/environ; do
    pid=${environ#/proc/}
    pid=${pid%/environ}
    if { tr '\0' '\n' <"$environ" | grep -qxF "PLATFORM_TEST_RUN=$PLATFORM_TEST_RUN"; } 2>/dev/null; then echo "$pid"; fi
  done
}

# The compiler server lives on after a build by design; it is ended with the run.
left_behind() {
  local pid
  for pid in $(marked); do
    if { tr '\0' ' ' <"/proc/$pid/cmdline" | grep -vq VBCSCompiler; } 2>/dev/null; then echo "$pid"; fi
  done
}

finish() {
  local pids
  pids=$(marked)
  # shellcheck disable=SC2086
  if [ -n "$pids" ]; then kill -9 $pids 2>/dev/null || true; fi
  if [ -n "${own_engine:-}" ]; then PLATFORM_ENGINE_DIR=$own_engine tools/container-engine.sh stop; fi
}

start_engine() {
  if tools/container-engine.sh status >/dev/null; then return; fi
  # A folder of this run's own: two runs on one machine do not stop each other's engine.
  own_engine=${TMPDIR:-/tmp}/platform-engine-$PLATFORM_TEST_RUN
  local line
  if line=$(PLATFORM_ENGINE_DIR=$own_engine env -u PLATFORM_TEST_RUN tools/container-engine.sh start); then eval "$line"; fi
}

problem() {
  problems+=("$1")
  failed=$((failed + 1))
  printf 'FAILED %s\n%s\n' "$1" "$2"
}

# The sum of one attribute over the suites of a report.
count() { grep -oE '<testsuite [^>]*' "$1" | grep -oE " $2=\"[0-9]+" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'; }

check_skips() {
  local reasons
  reasons=$(tr '\n' ' ' <"$2" | grep -oE '<skipped[^>]*>[^<]*' | sed 's/^[^>]*>//' | grep -vE "$allowed_skip" | sort | uniq -c || true)
  if [ -n "$reasons" ]; then problem "$1 skipped tests although everything is required:" "$reasons"; fi
}

check_processes() {
  local left until=$((SECONDS + leave_limit))
  while left=$(left_behind) && [ -n "$left" ] && [ $SECONDS -lt $until ]; do sleep 0.5; done
  if [ -n "$left" ]; then
    # shellcheck disable=SC2086
    problem "$1 left processes behind:" "$(ps -o pid,ppid,etimes,args -p ${left//$'\n'/,} || true)"
    # shellcheck disable=SC2086
    kill -9 $left 2>/dev/null || true
  fi
}

run() {
  local project=$1 rc=0 p=0 f=0 s=0 started=$SECONDS
  local log=$out/$project.log report=$out/$project.junit.xml
  echo "── $project"
  # To a file, not a pipe: a process that a test left behind would hold the pipe open, and the run with it.
  timeout --foreground --kill-after=20 "$limit" "tests/$project/bin/Debug/net10.0/$project" \
    --progress off --no-ansi --timeout "$((limit - 15))s" --long-running 30 --xunit-diagnostics on \
    --results-directory "$out" --report-xunit-junit --report-xunit-junit-filename "$project.junit.xml" </dev/null >"$log" 2>&1 &
  local child=$!
  tail -n +1 -F --pid=$child --sleep-interval=0.2 "$log" 2>/dev/null | grep --line-buffered -vE "$noise" || true
  wait $child || rc=$?

  if [ -f "$report" ]; then
    f=$(($(count "$report" failures) + $(count "$report" errors)))
    s=$(count "$report" skipped)
    p=$(($(count "$report" tests) - f - s))
    if [ "${PLATFORM_REQUIRE_ALL:-}" = 1 ]; then check_skips "$project" "$report"; fi
  fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  if [ "$rc" != 0 ] && [ "$f" = 0 ]; then
    problem "$project ended with exit code $rc after $((SECONDS - started)) s of at most $limit s; the end of its output:" "$(tail -n 20 "$log")"
  fi
  check_processes "$project"
  echo "   $project: passed $p, failed $f, skipped $s, in $((SECONDS - started)) s"
}

projects=("$@")
if [ ${#projects[@]} = 0 ]; then
  for file in tests/*/*.Tests.csproj; do projects+=("$(basename "$file" .csproj)"); done
fi

rm -rf "$out"
mkdir -p "$out"
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
tools/install-needs.sh
dotnet build Platform.sln -nologo -v quiet -clp:NoSummary
start_engine
if tools/container-engine.sh status >/dev/null; then
  tools/base-image.sh busybox --load >/dev/null || echo "test: no test image; the tests that need it are skipped" >&2
fi
for project in "${projects[@]}"; do run "$project"; done

echo "──"
if [ ${#problems[@]} -gt 0 ]; then printf 'FAILED %s\n' "${problems[@]}"; fi
echo "$passed passed, $failed failed, $skipped skipped" >"$out/summary.txt"
echo "all: passed $passed, failed $failed, skipped $skipped, in $SECONDS s"
[ $failed = 0 ]
