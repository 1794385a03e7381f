#!/usr/bin/env bash
# Runs every test of fangzhi, or the named steps: ./test.sh [STEP...]
#
#   steps: format vet generate lint test web
#
# What only some tests need (gcc, chromium, Node packages) is installed on Debian when this runs as root or with CI set;
# elsewhere those tests are skipped, and the end says which and what would install what they need.
# With CI set the race detector is on and a skipped test is a failure.
set -uo pipefail
cd "$(dirname "$0")"

steps=("$@")
[ ${#steps[@]} -gt 0 ] || steps=(format vet generate lint test web)
failed=()
missing=()
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export GOFLAGS="${GOFLAGS:-} -buildvcs=false"

say() { printf '\n== %s\n' "$*"; }

# need COMMAND PACKAGE WHY: true when the command is there, installed if it may be.
need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  if command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || [ -n "${CI:-}" ]; }; then
    echo "installing $2: $3"
    local sudo=''
    [ "$(id -u)" = 0 ] || sudo='sudo -n'
    $sudo apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $2 >/dev/null 2>&1
    command -v "$1" >/dev/null 2>&1 && return 0
  fi
  missing+=("$3 needs $1: sudo apt-get install $2")
  return 1
}

node_ready=''
# Node packages of the browser test and of the pages' own tests.
node_packages() {
  [ -z "$node_ready" ] || return "$node_ready"
  node_ready=1
  need node 'nodejs npm' 'the test of the pages' || return 1
  if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || a === 20 && b >= 19 ? 0 : 1)'; then
    missing+=("the test of the pages needs Node 20.19 or later, not $(node --version)")
    return 1
  fi
  need npm 'npm' 'the test of the pages' || return 1
  if [ ! -d web/node_modules ] || [ web/package-lock.json -nt web/node_modules ]; then
    echo 'installing Node packages: the test of the pages'
    if ! npm --prefix web ci --no-audit --no-fund --loglevel=error; then
      missing+=('the test of the pages needs Node packages: npm --prefix web ci')
      return 1
    fi
    touch web/node_modules
  fi
  node_ready=0
}

step_format() {
  local bad
  bad=$(gofmt -l $(git ls-files '*.go' 2>/dev/null || find . -name '*.go'))
  [ -z "$bad" ] || { echo "not gofmt-ed:"; echo "$bad"; return 1; }
}

step_vet() { go vet ./...; }

# Generated code must come out byte for byte as it is committed, without a network.
step_generate() {
  local was=$scratch/generate
  mkdir -p "$was"
  cp -r server/generated "$was/"
  cp server/*.resolvers.go "$was/"
  go mod download || return 1 # what only the generator needs; the generator itself runs without a network
  GOFLAGS="$GOFLAGS -mod=mod" GOPROXY=off go tool gqlgen generate || return 1
  diff -r "$was/generated" server/generated && for f in server/*.resolvers.go; do diff "$was/${f##*/}" "$f" || return 1; done ||
    { echo 'server/generated is not what schema makes: run make generate'; return 1; }
}

step_lint() {
  go -C tools build -o "$PWD/.cache/golangci-lint" github.com/golangci/golangci-lint/v2/cmd/golangci-lint || return 1
  .cache/golangci-lint run ./...
}

step_test() {
  local flags=() report=()
  if [ -n "${CI:-}" ]; then
    need gcc gcc 'the race detector' || return 1
    flags+=(-race)
    report+=(-no-skips)
    need python3 python3 'the annotation scorer'
  else
    missing+=('the race detector runs with CI set: CI=true ./test.sh test (it needs gcc: sudo apt-get install gcc)')
  fi
  need chromium chromium 'the test of the playground in a browser'
  node_packages
  go build -o .cache/testlog ./internal/testlog || return 1
  CGO_ENABLED=${CI:+1} go test -json -timeout 20m ${flags[@]+"${flags[@]}"} ./... 2>&1 | .cache/testlog ${report[@]+"${report[@]}"}
}

step_web() {
  if ! node_packages; then
    [ -z "${CI:-}" ]
    return
  fi
  npm --prefix web run --silent typecheck && npm --prefix web test --silent || return 1
  local was=$scratch/web
  mkdir -p "$was"
  cp -r web/dist "$was/"
  npm --prefix web run --silent build >"$was/log" 2>&1 || { cat "$was/log"; return 1; }
  diff -rq "$was/dist" web/dist || { echo 'web/dist is not what its source builds: run make web'; return 1; }
}

mkdir -p .cache
for step in "${steps[@]}"; do
  declare -F "step_$step" >/dev/null || { echo "no step $step; steps: format vet generate lint test web"; exit 2; }
  say "$step"
  "step_$step" || failed+=("$step")
done

if [ ${#missing[@]} -gt 0 ]; then
  say 'skipped'
  printf '%s\n' "${missing[@]}" | sort -u
  [ -z "${CI:-}" ] || failed+=(skipped)
fi
if [ ${#failed[@]} -gt 0 ]; then
  say "failed: ${failed[*]}"
  exit 1
fi
say 'all passed'
