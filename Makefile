# Skein. `make` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# A checkout that belongs to another account, as in a container, still builds.
export GOFLAGS := $(GOFLAGS) -buildvcs=false

# What skein version says. A commit that a tag names is that release; a folder without git has neither.
GIT := git -c safe.directory='*'
COMMIT = $(shell $(GIT) rev-parse HEAD 2>/dev/null)
VERSION = $(shell $(GIT) describe --tags --exact-match 2>/dev/null)

TOOL := go tool -modfile=tools.mod
PACKAGES := ./...
NPM := web/node_modules/.skein
VENDOR := web/static/vendor/.skein
FONTS := \
	newsreader-latin-400-normal newsreader-latin-400-italic \
	newsreader-latin-ext-400-normal newsreader-latin-ext-400-italic \
	hanken-grotesk-latin-400-normal hanken-grotesk-latin-500-normal hanken-grotesk-latin-600-normal \
	hanken-grotesk-latin-ext-400-normal hanken-grotesk-latin-ext-500-normal hanken-grotesk-latin-ext-600-normal

.PHONY: help
help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: build ## start Skein with a demo organisation at http://localhost:8080
	@exec ./bin/skein serve --demo

.PHONY: build
build: vendor ## build bin/skein
	@echo "building bin/skein; the first time takes a minute or two"
	@mkdir -p bin
	@go build -trimpath -ldflags '-X main.commit=$(COMMIT) -X main.version=$(VERSION)' -o bin/skein ./cmd/skein

# What others made is fetched, never committed. Without npm the app still
# builds; its pages are plainer and Postgres is the system's.
.PHONY: vendor
vendor:
	@if .ci/need npm; then $(MAKE) -s $(VENDOR); fi

$(NPM): web/package.json web/package-lock.json web/.npmrc
	@echo "fetching what web/package-lock.json names"
	@cd web && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(VENDOR): $(NPM) Makefile
	@rm -rf web/static/vendor && mkdir -p web/static/vendor/fonts
	@cp web/node_modules/htmx.org/dist/htmx.min.js web/node_modules/d3-hierarchy/dist/d3-hierarchy.min.js web/static/vendor/
	@for font in $(FONTS); do cp web/node_modules/@fontsource/*/files/$$font.woff2 web/static/vendor/fonts/; done
	@chmod -R u=rwX,go=rX web/static/vendor
	@touch $@

.PHONY: generate
generate: ## write the *_templ.go files anew
	@$(TOOL) templ generate -log-level warn

.PHONY: test
test: vendor ## run every test, on Postgres 18 and the store's on 15 too
	@.ci/need chromium || true
	@.ci/test $(PACKAGES)

.PHONY: check
check: ## what must hold besides the tests: format, vet, staticcheck, generated files, go.mod
	@.ci/check

.PHONY: format
format: ## let gofumpt format what is written by hand
	@git ls-files -co --exclude-standard '*.go' ':!*_templ.go' | xargs -r ls -d 2>/dev/null | xargs -r $(TOOL) gofumpt -w

.PHONY: race
race: vendor ## run every test under the race detector (needs a C compiler; slow)
	@.ci/need gcc
	@CGO_ENABLED=1 go test -race $(PACKAGES)

.PHONY: lint
lint: ## run golangci-lint too (its first build takes minutes)
	@go tool -modfile=lint.mod golangci-lint run

.PHONY: cover
cover: vendor ## run every test and print the coverage of each room; under 85 % fails (slow)
	@.ci/need chromium || true
	@go run .ci/cover.go

.PHONY: mutants
mutants: ## break the engine and the index by hand, and see that a test notices each time (minutes)
	@go run .ci/mutants.go

BENCH_PEOPLE ?= 10000,100000,1000000
.PHONY: bench
bench: build ## measure ranking, import and pages beside what others know (half an hour, 3 GB of disk)
	@./bin/skein bench rank --people $(BENCH_PEOPLE)
	@./bin/skein bench import
	@./bin/skein bench change
	@./bin/skein bench log
	@./bin/skein bench start
	@./bin/skein bench pages

FUZZTIME ?= 20s
.PHONY: fuzz
fuzz: ## run each fuzz test for FUZZTIME
	@.ci/fuzz $(FUZZTIME)

.PHONY: e2e
e2e: vendor ## run the browser's tests alone
	@.ci/need chromium
	@go test -count=1 ./internal/browser/...

.PHONY: screenshots
screenshots: vendor ## let the browser's tests draw each page into screenshots-new/
	@.ci/need chromium
	@SKEIN_SCREENSHOTS="$(CURDIR)/screenshots-new" go test -count=1 ./internal/browser/...
