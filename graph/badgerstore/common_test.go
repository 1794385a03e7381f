package badgerstore_test

import (
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/memstore"
	"fangzhi/graph/storetest"
)

// First hits of common strings go on from segment to segment, whatever these are merged to. They stand on disk, a first page reads no segment
// beside them, and they are made anew when one of their events was removed.
func TestFirstHitsOfCommonStringsGoOn(t *testing.T) {
	badgerstore.Tune(t, badgerstore.Tuning{
		ManyFresh: 4096, FewToSort: 512, Sorting: 4, Looking: 4, ManyDocs: 4, Neighbours: 2, FewTexts: 0, FewOpen: 4, ManyOpen: 1 << 30, FewUnread: 1 << 30, Common: true, Quiet: time.Hour,
	})
	dir := t.TempDir()
	s, naive := mustOpen(t, dir), memstore.New()
	load := func(n int) {
		t.Helper()
		mustLoad(t, s, small(n))
		if err := storetest.Load(t.Context(), naive, small(n)); err != nil {
			t.Fatal(err)
		}
		if err := s.Settle(); err != nil {
			t.Fatal(err)
		}
	}
	same := func() int64 {
		t.Helper()
		var read atomic.Int64 // several goroutines look for keys
		badgerstore.OnFind(t, func(key string) {
			if key[0] == 'G' {
				read.Add(1)
			}
		})
		f := graph.Filter{Kinds: []graph.EventKind{graph.EventKindEvent}}
		for _, text := range []string{"会", "会议", "第1", "2"} {
			if diff := cmp.Diff(firstAndAll(t, naive, f, text), firstAndAll(t, s, f, text)); diff != "" {
				t.Errorf("first hits of %q (-want +got):\n%s", text, diff)
			}
		}
		return read.Load()
	}
	for n := range 12 {
		load(n)
		same()
		if n == 5 && s.Common() == 0 {
			t.Errorf("of %d issues no first hits are kept", n+1)
		}
	}
	for i := range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = mustOpen(t, dir)
		if read := same(); (read > 0) != (i > 0) {
			t.Errorf("opened again %d times, the first pages read %d blocks of segments", i+1, read)
		}
		for _, to := range []graph.Store{s, naive} {
			if err := storetest.Remove(t.Context(), to, small(3+i).Issue.ID); err != nil {
				t.Fatal(err)
			}
		}
		if same(); s.Common() != 0 {
			t.Errorf("an event was removed, and first hits of %d strings hold", s.Common())
		}
	}
	for n := 12; n < 18; n++ {
		load(n)
	}
	if same(); s.Common() == 0 {
		t.Error("no first hits are kept after those that did not hold any more")
	}
	for _, to := range []graph.Store{s, naive} {
		for n := range 18 {
			if err := storetest.Remove(t.Context(), to, small(n).Issue.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	load(0)
	if same(); s.Common() != 0 {
		t.Errorf("all was removed, and first hits of %d strings hold", s.Common())
	}
}

// First hits before an ordinal are not of what stands behind it: who reads that beside them would count it twice.
func TestFirstHitsAreOfTheSegmentsBefore(t *testing.T) {
	for before, want := range map[uint64][]uint32{0: nil, 1: {0}, 7: {0}, 8: {0, 7}, 100: {0, 7, 9}} {
		if got := badgerstore.EndingBefore([]uint32{0, 7, 9}, before); !slices.Equal(got, want) {
			t.Errorf("before %d: segments %v, want %v", before, got, want)
		}
	}
}

// firstAndAll returns the first hits of a string, and behind them how many there are.
func firstAndAll(t *testing.T, s graph.Store, f graph.Filter, text string) []string {
	t.Helper()
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	page, err := r.Search(t.Context(), f, text, graph.HitPage{First: 20})
	if err != nil {
		t.Fatal(err)
	}
	f.Texts = []string{text}
	all, err := r.Count(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return append(lines(page.Hits), strconv.Itoa(all))
}

// What was common stays so while it is in enough events, though a segment that is merged behind the others, of another publication, has none.
func TestCommonStringsOutlastASegmentWithoutThem(t *testing.T) {
	badgerstore.Tune(t, badgerstore.Tuning{
		ManyFresh: 4096, FewToSort: 512, Sorting: 4, Looking: 4, ManyDocs: 4, Neighbours: 100, FewTexts: 0, FewOpen: 2, ManyOpen: 1 << 30, FewUnread: 1 << 30, Common: true, Quiet: time.Hour,
	})
	dir := t.TempDir()
	s := mustOpen(t, dir)
	for n := range 8 {
		issue := small(n)
		for i := range issue.Bodies {
			if n < 2 {
				issue.Bodies[i] += "独"
			}
		}
		mustLoad(t, s, issue)
		if err := s.Settle(); err != nil {
			t.Fatal(err)
		}
	}
	if headers, _ := segments(s); len(headers) != 4 {
		t.Fatalf("there are %d segments, want 4", len(headers))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir)
	var read atomic.Int64
	badgerstore.OnFind(t, func(key string) {
		if key[0] == 'G' {
			read.Add(1)
		}
	})
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	page, err := r.Search(t.Context(), graph.Filter{Kinds: []graph.EventKind{graph.EventKindEvent}}, "独", graph.HitPage{First: 20})
	if err != nil || len(page.Hits) != 6 {
		t.Errorf("%d hits (%v), want 6", len(page.Hits), err)
	}
	if read.Load() > 0 {
		t.Errorf("the first page read %d blocks of segments", read.Load())
	}
}
