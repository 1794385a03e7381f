package fangzhi_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed says which packages of ours each room may reach, itself and everything below it included. A name ending in /
// stands for all packages below it. What is not listed here is not part of the house.
var allowed = map[string][]string{
	"edtf":                   {},
	"fold":                   {"fold/"},
	"lexicon":                {"fold", "fold/", "internal/trie"},
	"graph":                  {"edtf", "fold", "fold/"},
	"graph/query":            {"edtf", "fold", "fold/", "graph"},
	"graph/badgerstore":      {"edtf", "fold", "fold/", "graph", "graph/badgerstore/gram"},
	"graph/badgerstore/gram": {},
	"graph/memstore":         {"edtf", "fold", "fold/", "graph"},
	"graph/storetest":        {"edtf", "fold", "fold/", "graph", "graph/memstore"},
	"graph/open":             {"edtf", "fold", "fold/", "graph", "graph/badgerstore", "graph/badgerstore/"},
	"loader":                 {"edtf", "fold", "fold/", "lexicon", "lexicon/", "graph", "loader/", "internal/docx", "internal/pack", "internal/trie"},
	"interchange":            {"edtf", "fold", "fold/", "lexicon", "lexicon/", "graph", "loader/", "internal/docx", "internal/pack", "internal/trie", "ingest/identity"},
	"ingest":                 {"edtf", "fold", "fold/", "lexicon", "lexicon/", "graph", "graph/query", "loader/", "internal/docx", "internal/pack", "internal/trie", "ingest/"},
	"ingest/bulk":            {"edtf", "fold", "fold/", "lexicon", "lexicon/", "graph", "graph/query", "loader/", "internal/docx", "internal/pack", "internal/trie", "ingest/", "interchange"},
	"bench":                  {"edtf", "fold", "fold/", "lexicon", "lexicon/", "graph", "graph/query", "graph/memstore", "graph/badgerstore", "graph/badgerstore/", "graph/open", "ingest", "ingest/", "loader/", "server", "server/", "web", "internal/docx", "internal/pack", "internal/trie", "bench"},
	"web":                    {},
	"samples":                {},
	"server":                 {"edtf", "fold", "fold/", "graph", "graph/query", "server/", "web"},
	"server/generated":       {"edtf", "fold", "fold/", "graph", "graph/query", "server/scalar"},
	"server/gqlhttp":         {},
	"server/scalar":          {"edtf"},
	"internal/docx":          {},
	"internal/golden":        {},
	"internal/testlog":       {},
	"internal/pack":          {},
	"internal/trie":          {},
}

// forbidden are packages of others that a room must not reach.
var forbidden = map[string][]string{
	"edtf":            {"net"},
	"fold":            {"net"},
	"lexicon":         {"net/http"},
	"graph":           {"net/http"},
	"loader":          {"net/http", "github.com/dgraph-io/badger/v4"},
	"graph/query":     {"net/http"},
	"graph/memstore":  {"net/http"},
	"graph/storetest": {"net/http/httptest"},
	"ingest":          {"net/http", "github.com/dgraph-io/badger/v4"},
	"ingest/bulk":     {"net/http", "github.com/dgraph-io/badger/v4"},
	"interchange":     {"net/http", "github.com/dgraph-io/badger/v4"},
}

type pkg struct {
	ImportPath string
	Deps       []string
}

func TestArrowsPointDown(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Deps", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := map[string]bool{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		name, ours := strings.CutPrefix(p.ImportPath, "fangzhi/")
		if !ours || strings.HasPrefix(name, "cmd/") {
			continue
		}
		room := roomOf(name)
		if room == "" {
			if !strings.Contains(name, "/internal/") {
				t.Errorf("package %s is in no room that arch_test.go knows", name)
			}
			continue
		}
		seen[room] = true
		for _, dep := range p.Deps {
			if dep, ours := strings.CutPrefix(dep, "fangzhi/"); ours && !reaches(room, name, dep) {
				t.Errorf("%s reaches %s", name, dep)
			}
			if slices.Contains(forbidden[room], dep) {
				t.Errorf("%s reaches %s", name, dep)
			}
		}
	}
	for room := range allowed {
		if !seen[room] {
			t.Errorf("room %s has no package: take it out of arch_test.go", room)
		}
	}
}

// roomOf returns the longest listed room that holds the package.
func roomOf(name string) string {
	for room := name; room != ""; {
		if _, ok := allowed[room]; ok {
			return room
		}
		at := strings.LastIndex(room, "/")
		if at < 0 {
			return ""
		}
		room = room[:at]
	}
	return ""
}

func reaches(room, from, dep string) bool {
	if dep == room || strings.HasPrefix(dep, room+"/") && room != "graph" && room != "server" || dep == from {
		return true
	}
	return slices.ContainsFunc(allowed[room], func(a string) bool {
		return dep == a || strings.HasSuffix(a, "/") && (strings.HasPrefix(dep, a) || dep == strings.TrimSuffix(a, "/"))
	})
}
