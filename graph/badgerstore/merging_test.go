package badgerstore_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/memstore"
	"fangzhi/graph/storetest"
)

// small is the n-th of many small issues; every third event has the words that hits counts.
func small(n int) *graph.IssueData {
	entries := make([]storetest.Entry, 3)
	for i := range entries {
		entries[i] = storetest.Entry{
			Title: fmt.Sprintf("第%d条", i), Text: fmt.Sprintf("会议强调推进工作第%d件", i), EDTF: fmt.Sprintf("%d-0%d", 1950+n, 1+i), Kind: graph.EventKindEvent, Basis: graph.BasisExplicit,
			Links: []storetest.Link{{Name: "云河广场", Place: true}},
		}
	}
	return storetest.NewIssue(storetest.Monthly, 1950+n, 1, entries...)
}

func mustHit(t testing.TB, s graph.Store, want int) {
	t.Helper()
	r, err := s.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := r.Count(context.Background(), graph.Filter{Texts: []string{"推进工作第1件"}}); got != want || err != nil {
		t.Errorf("%d events contain the text (%v), want %d", got, err, want)
	}
}

// segments returns which have a header and which have blocks.
func segments(s *badgerstore.Store) (headers, blocks map[string]bool) {
	headers, blocks = map[string]bool{}, map[string]bool{}
	for _, key := range s.Keys() {
		switch key[0] {
		case 'H':
			headers[key[1:5]] = true
		case 'G':
			blocks[key[1:5]] = true
		}
	}
	return headers, blocks
}

var manySegments = badgerstore.Tuning{ManyFresh: 4096, FewToSort: 512, Sorting: 4, Looking: 4, ManyDocs: 8, Patience: 2}

// unmerged has every update indexed by itself, into segments that stay.
var unmerged = badgerstore.Tuning{ManyFresh: 4096, FewToSort: 512, Sorting: 4, Looking: 4, ManyDocs: 2048, FewUnread: 4096, Unmerged: true}

// mustIndex loads issues into a segment each.
func mustIndex(t testing.TB, s *badgerstore.Store, issues ...*graph.IssueData) {
	t.Helper()
	undo := badgerstore.Tune(t, unmerged)
	defer undo()
	for _, is := range issues {
		mustLoad(t, s, is)
		if err := s.Settle(); err != nil {
			t.Fatal(err)
		}
	}
}

// Each commit in the background fails in its turn, with all that follow. The graph answers as before, in this store and when it is
// opened again, and then no block is left that belongs to no segment.
func TestWhatStopsInTheBackgroundLeavesTheGraphAsItWas(t *testing.T) {
	const issues = 12
	for name, load := range map[string]func(testing.TB, *badgerstore.Store, ...*graph.IssueData){
		"indexing": func(t testing.TB, s *badgerstore.Store, all ...*graph.IssueData) { mustLoad(t, s, all...) },
		"merging":  mustIndex,
	} {
		t.Run(name, func(t *testing.T) {
			stopped := 0
			for n := 1; ; n++ {
				dir := t.TempDir()
				s := mustOpen(t, dir)
				var all []*graph.IssueData
				for i := range issues {
					all = append(all, small(i))
				}
				load(t, s, all...)
				if mustStop(t, s, dir, n, issues) {
					break
				}
				stopped++
			}
			if stopped < 2 {
				t.Errorf("%d commits failed: this test proves nothing", stopped)
			}
		})
	}
}

// mustStop has the n-th commit in the background fail, and tells whether there are none so many.
func mustStop(t *testing.T, s *badgerstore.Store, dir string, n, issues int) (ended bool) {
	mustHit(t, s, issues)
	want := mustDigest(t, s)
	undo := badgerstore.Tune(t, manySegments)
	defer undo()
	asked := s.FailCommit(n, errors.New("broken"))
	err := s.Settle()
	if err == nil && asked() >= n {
		t.Errorf("commit %d failed, and Settle says nothing", n)
	}
	if got := mustDigest(t, s); got != want {
		t.Errorf("commit %d failed: digest %s, before %s", n, got, want)
	}
	mustHit(t, s, issues)
	s.FailCommit(0, nil)
	if err != nil {
		mustLoad(t, s, small(issues)) // goes on
		mustHit(t, s, issues+1)
		if err := storetest.Remove(t.Context(), s, small(issues).Issue.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.Settle(); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, s)
	s = mustOpen(t, dir)
	headers, blocks := segments(s)
	if len(headers) == 0 {
		t.Error("there are no segments")
	}
	for number := range blocks {
		if !headers[number] {
			t.Errorf("commit %d failed: blocks of segment %x are left", n, number)
		}
	}
	if got := mustDigest(t, s); got != want {
		t.Errorf("commit %d failed: opened again: digest %s, before %s", n, got, want)
	}
	mustHit(t, s, issues)
	mustClose(t, s)
	return err == nil
}

// Blocks of a merge that was never finished go when the graph is opened.
func TestBlocksOfNoSegmentGoAtOpening(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	mustIndex(t, s, storetest.Sample()...)
	for _, key := range []string{"G\x00\x00\x00\x63\x00\x00\x00\x00", "G\x00\x00\x00\x63\x00\x00\x00\x01", "G\xff\xff\xff\xf0\x00\x00\x00\x00"} {
		if err := s.Set(key, badgerstore.Seal(key, []byte("block"))); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, s)
	s = mustOpen(t, dir)
	headers, blocks := segments(s)
	if len(blocks) != len(headers) || len(headers) == 0 {
		t.Errorf("%d segments have headers and %d blocks", len(headers), len(blocks))
	}
}

// A segment of which all events are dead is not kept.
func TestMergingLeavesOutWhatIsDead(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	const issues = 8
	for i := range issues {
		mustIndex(t, s, small(i))
	}
	mustIndex(t, s, storetest.January())
	for i := range issues {
		if err := storetest.Remove(t.Context(), s, small(i).Issue.ID); err != nil {
			t.Fatal(err)
		}
	}
	if headers, _ := segments(s); len(headers) != issues+1 {
		t.Errorf("%d segments of %d issues: this test proves nothing", len(headers), issues+1)
	}
	badgerstore.Tune(t, manySegments)
	if err := s.Settle(); err != nil {
		t.Fatal(err)
	}
	mustHit(t, s, 0)
	if n := s.Indexed(); n != len(storetest.January().Events) {
		t.Errorf("%d events are indexed, want January's %d", n, len(storetest.January().Events))
	}
	mustClose(t, s)
}

// Updates, merges and readers work side by side, and in the end the graph is what the naive engine says.
func TestMergesAndUpdatesDoNotDisturbEachOther(t *testing.T) {
	badgerstore.Tune(t, manySegments)
	s, err := badgerstore.Open("", badgerstore.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	naive := memstore.New()
	done := make(chan struct{})
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				r, err := s.Snapshot(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				all, err := r.Count(t.Context(), graph.Filter{})
				if err != nil {
					t.Error(err)
				}
				if got, err := r.Count(t.Context(), graph.Filter{Texts: []string{"推进工作第1件"}}); 3*got != all || err != nil {
					t.Errorf("%d events contain the text (%v), of %d", got, err, all)
				}
				r.Close()
			}
		})
	}
	for i := range 40 {
		for _, each := range []graph.Store{s, naive} {
			if err := storetest.Load(t.Context(), each, small(i)); err != nil {
				t.Error(err)
			}
			if i%4 == 3 {
				if err := storetest.Remove(t.Context(), each, small(i-2).Issue.ID); err != nil {
					t.Error(err)
				}
			}
		}
	}
	if err := s.Settle(); err != nil {
		t.Error(err)
	}
	close(done)
	group.Wait()
	if got, want := mustDigest(t, s), mustDigest(t, naive); got != want {
		t.Errorf("digest %s, want %s", got, want)
	}
	mustClose(t, s)
}

// A store that is closed while updates have segments merged closes.
func TestClosingEndsMerges(t *testing.T) {
	badgerstore.Tune(t, manySegments)
	for round := range 12 {
		s, err := badgerstore.Open("", badgerstore.Options{InMemory: true})
		if err != nil {
			t.Fatal(err)
		}
		begun := make(chan struct{})
		var group sync.WaitGroup
		group.Go(func() {
			for i := 0; ; i++ {
				if i == 4+round {
					close(begun)
				}
				if err := storetest.Load(context.Background(), s, small(i%70)); errors.Is(err, graph.ErrClosed) {
					return
				} else if err != nil {
					t.Error(err)
					return
				}
			}
		})
		<-begun
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
		group.Wait()
	}
}
