package badgerstore_test

import (
	"fmt"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/storetest"
)

// Many small issues leave few segments of the index of texts, which find what they found, also when the graph is opened again.
func TestSegmentsAreMerged(t *testing.T) {
	const issues, events = 40, 40
	dir := t.TempDir()
	badgerstore.Tune(t, badgerstore.Tuning{ManyFresh: 4096, FewToSort: 512, Sorting: 4, Looking: 4, ManyDocs: 2048, FewUnread: 4096})
	s := mustOpen(t, dir)
	want := 0
	for i := range issues {
		entries := make([]storetest.Entry, events)
		for j := range entries {
			n := i * j % 7
			if n == 3 {
				want++
			}
			entries[j] = storetest.Entry{
				Title: fmt.Sprintf("第%d条", j), Text: fmt.Sprintf("会议强调推进工作第%d件", n), EDTF: "2020-01", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit,
			}
		}
		mustLoad(t, s, storetest.NewIssue(storetest.Monthly, 1950+i, 1, entries...))
		if err := s.Settle(); err != nil {
			t.Fatal(err)
		}
	}
	headers := 0
	for _, key := range s.Keys() {
		if key[0] == 'H' {
			headers++
		}
	}
	if headers > 8 || headers < 2 {
		t.Errorf("%d segments of %d issues", headers, issues)
	}
	digest := mustDigest(t, s)
	mustClose(t, s)
	s, err := badgerstore.Open(dir, badgerstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, s) })
	if got := mustDigest(t, s); got != digest {
		t.Errorf("opened again: digest %s, want %s", got, digest)
	}
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := r.Count(t.Context(), graph.Filter{Texts: []string{"强调推进工作第3"}}); got != want || err != nil {
		t.Errorf("%d events contain the text (%v), want %d", got, err, want)
	}
}
