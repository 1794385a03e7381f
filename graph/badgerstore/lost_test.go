package badgerstore_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/storetest"
)

// columns are the kinds of keys of which each record is needed.
const columns = "ACEFITadhl"

// Of each kind of key one is deleted, of columns each in its turn; then the graph must not open.
func TestOpenNoticesAKeyThatIsGone(t *testing.T) {
	badgerstore.Tune(t, badgerstore.Tuning{ManyFresh: 8, ManyDocs: 4, FullRecord: 3, ManySmall: 2})
	dir := t.TempDir()
	s := mustOpen(t, dir)
	long := storetest.January()
	long.Bodies[0] += strings.Repeat("\n"+strings.Repeat("推进工作", 50), 20) + randomWords(200_000) // in pieces
	long.Document.Redirects = map[graph.ID]graph.ID{"e-old": long.Events[0].ID}
	long.Events[1].PrintedTitle = "" // a made title that the body does not have
	storetest.Reported(long, 0, "一")
	february := storetest.February()
	storetest.Reported(february, 0, "一")
	mustLoad(t, s, long, february, storetest.Year())
	if err := storetest.Remove(t.Context(), s, storetest.Year().Issue.ID); err != nil { // some are dead
		t.Fatal(err)
	}
	for year := range 5 {
		mustLoad(t, s, storetest.NewIssue(storetest.Yearbook, 1990+year, 0, storetest.Entry{
			Title: "甲", EDTF: "1990", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit, Links: []storetest.Link{{Name: "云河广场", Place: true}},
		}))
	}
	if err := s.Settle(); err != nil { // so that texts are indexed, and no block goes when the graph is opened next
		t.Fatal(err)
	}
	kinds := map[byte][]string{}
	for _, key := range s.Keys() {
		kind := key[0]
		if !strings.ContainsRune(columns, rune(kind)) {
			kinds[kind] = nil
		}
		kinds[kind] = append(kinds[kind], key)
	}
	for _, kind := range []byte("CFITa") {
		if len(kinds[kind]) < 3 {
			t.Errorf("%d records of %c: this test does not reach the small ones behind full ones", len(kinds[kind]), kind)
		}
	}
	mustClose(t, s)
	if got, want := string(slices.Sorted(maps.Keys(kinds))), "+ACDEFGHIJNOPRTUabcdghijklmnprtv"; got != want {
		t.Errorf("there are keys of the kinds %s, want %s: this test does not reach all", got, want)
	}
	for _, key := range slices.Concat(slices.Collect(maps.Values(kinds))...) {
		t.Run(fmt.Sprintf("%q", key), func(t *testing.T) {
			folder := t.TempDir()
			if err := os.CopyFS(folder, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			s, err := badgerstore.Open(folder, badgerstore.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Take(key); err != nil {
				t.Fatal(err)
			}
			mustClose(t, s)
			s, err = badgerstore.Open(folder, badgerstore.Options{})
			if !errors.Is(err, badgerstore.ErrCorrupt) {
				t.Errorf("without %q Open says %v, want ErrCorrupt", key, err)
			}
			if err == nil {
				mustClose(t, s)
			}
		})
	}
}

// randomWords returns text that does not shrink.
func randomWords(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	text := make([]rune, n)
	for i := range text {
		text[i] = '一' + random.Int32N(20_000)
	}
	return string(text)
}
