# Everything a person or CI does here. Nothing in this file knows of CI.
.DEFAULT_GOAL := help
.PHONY: help restore build run test kill golden format bench clean

# One project's tests: make test TESTS=Hosting.Tests
TESTS ?=
# The projects whose tests compare with golden files.
GOLDEN = $(shell grep -rl --include=*.cs --exclude-dir=Support 'Golden\.Matches' tests | cut -d/ -f2 | sort -u)

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

restore: ## download every dependency: NuGet packages, npm packages
	dotnet restore Platform.sln
	npm ci --prefix tools/checks --ignore-scripts --no-audit --no-fund

build: ## compile everything, warnings are errors
	dotnet build Platform.sln -nologo

run: ## the application and its dashboard on this machine
	dotnet run --project AppHost

test: ## every test; installs what they need where it can (TESTS=Hosting.Tests for one project)
	tools/test.sh $(TESTS)

kill: ## kills a deployment and a destruction after each of their calls, some minutes
	PLATFORM_KILL_POINTS=10000 dotnet run --project tests/Simulated.Tests -- --filter-class '*.ProcessKillTests'

golden: ## write the golden files anew; review the diff
	UPDATE_GOLDEN=1 tools/test.sh $(or $(TESTS),$(GOLDEN))

format: ## format the source
	dotnet format Platform.sln

bench: ## the benchmarks, one after the other
	for project in benchmarks/*/*.csproj; do dotnet run -c Release --project "$$project" || exit 1; done

clean: ## remove what builds and tests wrote
	git clean -dXfq -e '!*.user' -e '!.idea' -e '!.vs'
