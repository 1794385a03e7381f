package badgerstore_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/storetest"
)

// Emptying a graph has it read again. Where that fails, no later update builds on what is shown no more.
func TestAGraphThatCannotBeReadAgainIsNotBuiltOn(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	mustLoad(t, s, storetest.January())
	const stray = "no1"
	if err := s.Set(stray, badgerstore.Seal(stray, nil)); err != nil {
		t.Fatal(err)
	}
	if err := storetest.Remove(t.Context(), s, storetest.January().Issue.ID); !errors.Is(err, badgerstore.ErrCorrupt) {
		t.Fatalf("Update that empties the graph: %v, want ErrCorrupt for the key too many", err)
	}
	if err := storetest.Load(t.Context(), s, storetest.February()); !errors.Is(err, badgerstore.ErrCorrupt) {
		t.Errorf("the next Update: %v, want ErrCorrupt", err)
	}
	if err := s.Take(stray); err != nil {
		t.Fatal(err)
	}
	mustLoad(t, s, storetest.February())
	other := mustOpen(t, t.TempDir())
	mustLoad(t, other, storetest.February())
	if got, want := mustDigest(t, s), mustDigest(t, other); got != want {
		t.Errorf("digest %s, of February alone %s", got, want)
	}
}

// States share arrays, and the next one writes behind their ends. A snapshot goes on answering while updates fail that wrote there,
// and others write again.
func TestSnapshotsStandWhileUpdatesFail(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	mustLoad(t, s, storetest.January())
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want, err := graph.Digest(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			for {
				if got, err := graph.Digest(context.Background(), r); got != want || err != nil {
					t.Errorf("digest %s (%v), want %s", got, err, want)
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	twice := storetest.Year() // its last event is there already, so all before it were written behind the ends
	twice.Events[len(twice.Events)-1].ID = storetest.January().Events[0].ID
	for range 10 {
		err := s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) {
			return &graph.Batch{Put: []*graph.IssueData{twice}}, nil
		})
		if !errors.Is(err, graph.ErrConflict) {
			t.Fatalf("Update: %v, want ErrConflict", err)
		}
		s.FailCommit(1, errors.New("broken"))
		if err := storetest.Load(t.Context(), s, storetest.February()); err == nil {
			t.Fatal("the update succeeded")
		}
		s.FailCommit(0, nil)
		if err := storetest.Remove(t.Context(), s, storetest.February().Issue.ID); err != nil {
			t.Fatal(err)
		}
		mustLoad(t, s, storetest.February())
	}
	close(done)
	group.Wait()
	r.Close()
	other := mustOpen(t, t.TempDir())
	mustLoad(t, other, storetest.January(), storetest.February())
	if got, want := mustDigest(t, s), mustDigest(t, other); got != want {
		t.Errorf("digest %s, want %s", got, want)
	}
}

func TestAClosedStoreSaysSo(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	s.FailCommit(1, errors.New("broken"))
	if err := storetest.Load(t.Context(), s, storetest.January()); err == nil {
		t.Fatal("the update succeeded")
	}
	mustClose(t, s) // with an update that has to be brought to its end
	if err := storetest.Load(t.Context(), s, storetest.January()); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("Update of a closed store: %v, want ErrClosed", err)
	}
	if _, err := s.Snapshot(t.Context()); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("Snapshot of a closed store: %v, want ErrClosed", err)
	}
	mustClose(t, s)
}

// What is brought in in bulk is the graph that it is otherwise, sorted at the end or not.
func TestBulkBringsInTheSame(t *testing.T) {
	other := mustOpen(t, t.TempDir())
	dir := t.TempDir()
	for _, issues := range [][]*graph.IssueData{storetest.Sample(), {large()}} {
		mustLoad(t, other, issues...)
		s, err := badgerstore.Open(dir, badgerstore.Options{Bulk: true})
		if err != nil {
			t.Fatal(err)
		}
		mustLoad(t, s, issues...)
		if got, want := mustDigest(t, s), mustDigest(t, other); got != want {
			t.Errorf("in bulk: digest %s, otherwise %s", got, want)
		}
		mustClose(t, s)
	}
	for _, opts := range []badgerstore.Options{{}, {ReadOnly: true, Bulk: true}} {
		s, err := badgerstore.Open(dir, opts)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := mustDigest(t, s), mustDigest(t, other); got != want {
			t.Errorf("brought in in bulk and opened with %+v: digest %s, otherwise %s", opts, got, want)
		}
		mustClose(t, s)
	}
}
