package badgerstore

import (
	"errors"
	"fmt"
	"testing"

	"fangzhi/graph"
)

// openInMemory returns an empty store for the time of a test.
func openInMemory(t *testing.T) *Store {
	t.Helper()
	s, err := Open("", Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func mustUpdate(t *testing.T, s *Store, b *graph.Batch) {
	t.Helper()
	if err := s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) { return b, nil }); err != nil {
		t.Fatal(err)
	}
}

// mustSnapshot returns the state of a store, which is closed before the store is.
func mustSnapshot(t *testing.T, s *Store) *snapshot {
	t.Helper()
	r, err := s.snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// chronicled returns a folder with a graph of twenty-four issues of a chronicler.
func chronicled(t *testing.T) (dir string, c *chronicler) {
	t.Helper()
	dir, c = t.TempDir(), newChronicler()
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	c.apply(t, s, 6, 4)
	if err := errors.Join(s.Settle(), s.Close()); err != nil { // so that nothing is done in the background
		t.Fatal(err)
	}
	return dir, c
}

// eventInvent is the id of an event of the chronicler.
func eventInvent(issue, event int) graph.ID {
	return graph.NewID(graph.PrefixEvent, fmt.Sprintf("云河大事|%06d", issue), fmt.Sprintf("第%d条", event))
}
