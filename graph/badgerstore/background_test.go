package badgerstore_test

import (
	"testing"
	"time"

	"fangzhi/graph/badgerstore"
	"fangzhi/graph/storetest"
)

var unhurried = badgerstore.Tuning{ManyFresh: 4096, FewToSort: 512, Sorting: 4, Looking: 4, ManyDocs: 8, FewOpen: 3, ManyOpen: 9, FewUnread: 4096, Quiet: time.Hour}

// A tail that does not press waits for an update that does not come, but neither Settle nor Close waits for that.
func TestTheBackgroundWaitsForRest(t *testing.T) {
	tuning := unhurried
	tuning.ManyOpen = 20
	badgerstore.Tune(t, tuning)
	dir := t.TempDir()
	s := mustOpen(t, dir)
	mustLoad(t, s, small(0))
	mustClose(t, s)
	s = mustOpen(t, dir)
	mustLoad(t, s, small(1), small(2))
	if got := s.Tail(); got != 9 {
		t.Errorf("a tail of %d events, want all 9", got)
	}
	if err := s.Settle(); err != nil {
		t.Fatal(err)
	}
	if got := s.Tail(); got != 0 {
		t.Errorf("settled: a tail of %d events, want none", got)
	}
	mustHit(t, s, 3)
	mustClose(t, s)
}

// A tail that presses is indexed while updates come.
func TestALongTailIsIndexedWithoutRest(t *testing.T) {
	badgerstore.Tune(t, unhurried)
	s := mustOpen(t, t.TempDir())
	indexed := make(chan struct{}, 100)
	mustLoad(t, s, small(0), small(1), small(2))
	s.OnCommit(func() { indexed <- struct{}{} })
	mustLoad(t, s, small(3))
	<-indexed // this was the update
	<-indexed // blocks of a segment
	mustClose(t, s)
}

// Bulk indexes in pieces beside the updates, which do not get far ahead of it, and all that is left when it closes.
func TestBulkIndexesInPieces(t *testing.T) {
	tuning := unhurried
	tuning.DocsASegment = 4
	tuning.Unmerged = true
	badgerstore.Tune(t, tuning)
	const issues = 30
	dir := t.TempDir()
	s, err := badgerstore.Open(dir, badgerstore.Options{Bulk: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range issues {
		mustLoad(t, s, small(i))
		if got := s.Tail(); got > 3*4+3 {
			t.Errorf("after issue %d a tail of %d events, want at most three segments and an issue", i, got)
		}
		mustHit(t, s, i+1)
	}
	if err := storetest.Remove(t.Context(), s, small(issues-1).Issue.ID); err != nil {
		t.Fatal(err)
	}
	mustClose(t, s)
	s = mustOpen(t, dir)
	if got := s.Tail(); got != 0 {
		t.Errorf("a tail of %d events is left", got)
	}
	if headers, _ := segments(s); len(headers) < 3*issues/4-1 {
		t.Errorf("%d segments of %d events, want them of at most 4", len(headers), 3*issues)
	}
	mustHit(t, s, issues-1)
	mustClose(t, s)
}
