package badgerstore

import (
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
