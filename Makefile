# Two commands: make demo and make test. Both do all set-up and need no root.

GO ?= go
# make test RACE=1 insists on the race detector; without it, it is used where the C
# compiler that it needs is found.
RACE ?=

# Programs of tests at work at a time: each may have a Mattermost server beside it.
JOBS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$((n < 4 ? n : 4)))
TESTFLAGS ?=

# Programs of tests are not told the versions of their modules, by which wazero finds
# the PDF engine that demo --prepare had compiled.
WAZERO := github.com/tetratelabs/wazero
VERSIONED = -ldflags=-X=$(WAZERO)/internal/version.version=$(shell $(GO) list -m -f '{{.Version}}' $(WAZERO))

# As the program and the demo's server are built, so that no package is compiled a
# second time.
LIKE_BUILD = CGO_ENABLED=0 GOFLAGS="$(strip $(shell $(GO) env GOFLAGS) -trimpath)"

.DEFAULT_GOAL := help
.PHONY: help build demo demo-once demo-model test test-model mutants mutants-quick lint clean distclean need-go need-python

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

build: need-go ## leave bin/sprechstunde
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/sprechstunde ./cmd/sprechstunde

demo: build need-python ## run everything on this machine and show the main job; Ctrl-C ends it
	bin/sprechstunde demo

demo-once: build need-python ## the same, checked; exits 0 or 1
	bin/sprechstunde demo --once

demo-model: build need-python ## make demo, its answers worded by a small model that is fetched (1.1 GB)
	bin/sprechstunde demo --model local

test: build need-python ## all tests, after fetching and building what they talk to
	bin/sprechstunde demo --prepare
	@race="$(if $(RACE),-race)"; cc=$$($(GO) env CC); \
	if echo '#include <stdlib.h>' | $$cc -x c -c -o /dev/null - 2>/dev/null; then race=-race; fi; \
	[ -n "$$race" ] || echo "no C compiler: testing without the race detector (apt-get install gcc libc6-dev)"; \
	export CGO_ENABLED=0; [ -z "$$race" ] || CGO_ENABLED=1; \
	test="$(GO) test $$race -p $(JOBS) $(VERSIONED) $(TESTFLAGS)"; \
	echo "building all test programs before the first one runs"; \
	$$test -exec true ./... >/dev/null && \
	echo "CGO_ENABLED=$$CGO_ENABLED $$test -timeout 60m ./..." && \
	$$test -timeout 60m ./...

test-model: build need-python ## ask that small model 20 questions of the house and show what is kept; no part of make test
	bin/sprechstunde eval examples/musterland --answers --show --sample 20 --model local

# MUTANTS="-only name,name" or "-list"; the program's -h tells more.
MUTANTS ?=

mutants: build need-python ## break each promise on purpose and see that its test notices
	bin/sprechstunde demo --prepare
	CGO_ENABLED=0 nice -n 10 $(GO) run ./cmd/internal/mutants $(MUTANTS)

mutants-quick: need-go ## the same for three of them that need nothing but Go
	$(LIKE_BUILD) nice -n 10 $(GO) run ./cmd/internal/mutants -quick

LINT_VERSION := 2.15.0
TOOLS := $(or $(SPRECHSTUNDE_DATA),$(CURDIR)/.sprechstunde)/tools

lint: need-go ## go vet and others by golangci-lint, fetched into the data folder's tools
	@mkdir -p "$(TOOLS)"
	@"$(TOOLS)/golangci-lint" version 2>/dev/null | grep -qF ' $(LINT_VERSION) ' || \
	  GOBIN="$(TOOLS)" $(LIKE_BUILD) $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(LINT_VERSION)
	$(LIKE_BUILD) "$(TOOLS)/golangci-lint" run ./...

clean: ## remove what make build left
	rm -rf bin

distclean: clean ## remove all that was fetched and the demo's data, too
	@outside=$$(readlink .sprechstunde/postgres 2>/dev/null || true); \
	case "$$outside" in */sprechstunde-*) rm -rf -- "$$outside";; esac
	rm -rf .sprechstunde

need-go:
	@command -v $(GO) >/dev/null || { \
	  echo "Go is missing (1.26 or newer): install it as https://go.dev/doc/install says, or with: apt-get install golang-go" >&2; exit 1; }
	@$(GO) list -m >/dev/null || { \
	  echo "$$($(GO) version) does not do: install Go 1.26 or newer as https://go.dev/doc/install says" >&2; exit 1; }

need-python:
	@command -v python3 >/dev/null || { \
	  echo "python3 is missing (3.9 or newer): install it, for example with: apt-get install python3 python3-pip" >&2; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' || { \
	  echo "$$(python3 --version) does not do: install Python 3.9 or newer, for example with: apt-get install python3 python3-pip" >&2; exit 1; }
	@python3 -m pip --version >/dev/null 2>&1 || { \
	  echo "pip for python3 is missing: install it, for example with: apt-get install python3-pip" >&2; exit 1; }
