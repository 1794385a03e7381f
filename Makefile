# Every target calls the step that ./test.sh runs, one by one; `make help` lists them.
.PHONY: help build test race format vet lint generate golden lexicon web demo bench fuzz

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

build: ## the binary, ./fangzhi
	go build -o fangzhi ./cmd/fangzhi

demo: ## the bundled sample issues in the playground
	go run ./cmd/fangzhi serve --demo

test: ## all Go tests
	./test.sh test

race: ## all Go tests under the race detector, nothing skipped
	CI=true ./test.sh test

format: ## gofmt
	./test.sh format

vet: ## go vet
	./test.sh vet

lint: ## golangci-lint, as pinned in tools/go.mod
	./test.sh lint

generate: ## server/generated and the resolvers' frames, from schema/
	GOFLAGS=-mod=mod go tool gqlgen generate

HISTORY = ../shared/corpus/division-codes-1981-2024.csv
lexicon: ## the tables of lexicon/data, from the sources that lexicon/SOURCES.md names; HISTORY is areacodes' result.csv
	go run ./lexicon/internal/build -history $(HISTORY)

golden: ## rewrite the golden files; read their diff like code
	GOLDEN=write go test ./...

BENCH_SIZES = 10000,100000
bench: ## measure, and write bench/RESULTS.md; BENCH_SIZES=10000,100000,1000000 takes long
	go run ./bench -o bench/RESULTS.md -sizes $(BENCH_SIZES)

FUZZTIME = 30s
fuzz: ## every fuzz target for FUZZTIME
	@go list ./... | while read -r pkg; do \
	  go test "$$pkg" -list '^Fuzz' | grep '^Fuzz' | while read -r target; do \
	    echo "$$pkg $$target"; go test "$$pkg" -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) || exit 1; \
	  done || exit 1; \
	done

web: ## web/dist from web/src (needs Node)
	npm --prefix web ci --no-audit --no-fund
	npm --prefix web run build
