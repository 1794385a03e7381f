package main

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fangzhi/bench/corpus"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/ingest/bulk"
)

var orderedEvents = flag.Int("orders.events", smallest, "how many events TestOrderOfLoadingDoesNotMatter brings in")

// However the issues of a corpus come, the graph is the same. Names are shared by issues of many years and publications, so who is
// whom is decided anew again and again on the way.
func TestOrderOfLoadingDoesNotMatter(t *testing.T) {
	issues := linesByIssue(t, corpus.New(*orderedEvents, seed))
	reversed := slices.Clone(issues)
	slices.Reverse(reversed)
	random := slices.Clone(issues)
	r := rand.New(rand.NewPCG(seed, 0))
	r.Shuffle(len(random), func(i, j int) { random[i], random[j] = random[j], random[i] })

	want := digestOfLines(t, issues, 0)
	for _, tt := range []struct {
		name   string
		issues []string
		batch  int // events
	}{
		{"reversed", reversed, 40}, {"random", random, 0},
	} {
		if slices.Equal(tt.issues, issues) {
			t.Fatalf("%s: the issues are in the order in which they are written: this test proves nothing", tt.name)
		}
		if got := digestOfLines(t, tt.issues, tt.batch); got != want {
			t.Errorf("%s: digest %s, as written %s", tt.name, got, want)
		}
	}
}

// linesByIssue returns the lines of each issue in the interchange form, in the order in which they are written.
func linesByIssue(t *testing.T, c *corpus.Corpus) []string {
	t.Helper()
	var whole bytes.Buffer
	if err := c.Write(&whole); err != nil {
		t.Fatal(err)
	}
	lines := slices.Collect(strings.Lines(whole.String()))
	var issues []string
	for is := range c.Issues() {
		issues = append(issues, strings.Join(lines[:len(is.Events)], ""))
		lines = lines[len(is.Events):]
	}
	if len(lines) > 0 {
		t.Fatalf("%d lines are of no issue", len(lines))
	}
	return issues
}

// digestOfLines brings the issues into an empty graph, and returns the digest of what it holds then.
func digestOfLines(t *testing.T, issues []string, batchEvents int) string {
	t.Helper()
	s, err := badgerstore.Open(t.TempDir(), badgerstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	file := strings.NewReader(strings.Join(issues, ""))
	if _, err := bulk.Import(t.Context(), file, func() (graph.Store, error) { return s, nil }, bulk.Options{BatchEvents: batchEvents}); err != nil {
		t.Fatal(err)
	}
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	digest, err := graph.Digest(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return digest
}
