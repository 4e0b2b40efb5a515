# SPDX-License-Identifier: Apache-2.0
# `make demo` shows the whole thing, `make test` proves it. The rest is in CONTRIBUTING.md.
SHELL := /bin/bash
.DEFAULT_GOAL := build

PACKAGES := libsqlite3-dev libcurl4-openssl-dev libssl-dev libmicrohttpd-dev libyaml-dev pkg-config
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
SWIFT ?= swift
# Where `make run` keeps everything: make run STATE=/some/folder
STATE ?= .build/state
# The runtime goes into the binary: it runs on a Debian 12 without a toolchain.
RELEASE := -c release --static-swift-stdlib
# Warnings are errors here and not in Package.swift: a newer compiler's new warning must not break a user's build.
STRICT := -Xswiftc -warnings-as-errors -Xswiftc -require-explicit-sendable --explicit-target-dependency-import-check error

.PHONY: build demo run test bench lint deps clean

build: deps
	$(SWIFT) build $(RELEASE) --product onboardd
	$(SWIFT) build $(RELEASE) --product onboardctl

demo: build
	@bash docs/demo.sh .build/release

run: build
	.build/release/onboardd serve --listen 127.0.0.1:8080 --state-dir "$(STATE)"

test: deps
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip FaultTests --skip DaemonTests
	$(SWIFT) test --skip-build --filter FaultTests
	$(SWIFT) test --skip-build --filter DaemonTests

bench: build
	$(SWIFT) run $(RELEASE) onboardd-bench --json "$${BENCH_JSON:-.build/bench.json}"

lint: deps
	$(SWIFT) build --build-tests --scratch-path .build-lint $(STRICT)

deps:
	@missing=$$(for p in $(PACKAGES); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then \
		echo "installing $$(echo $$missing)"; \
		$(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $$missing; \
	fi
	@command -v $(SWIFT) >/dev/null || { echo "no Swift toolchain: install Swift 6.1 or later from swift.org" >&2; exit 1; }

clean:
	rm -rf .build .build-lint
