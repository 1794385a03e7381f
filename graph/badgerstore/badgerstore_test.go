package badgerstore_test

import (
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/storetest"
)

func TestStore(t *testing.T) {
	dirs := map[graph.Store]string{}
	open := func(t testing.TB, dir string) graph.Store {
		s := mustOpen(t, dir)
		dirs[s] = dir
		return s
	}
	storetest.Run(t, storetest.Engine{
		Open: func(t testing.TB) graph.Store { return open(t, t.TempDir()) },
		Reopen: func(t testing.TB, s graph.Store) graph.Store {
			mustClose(t, s.(*badgerstore.Store))
			return open(t, dirs[s])
		},
	})
}

// mustOpen opens a store that is closed when the test ends.
func mustOpen(t testing.TB, dir string) *badgerstore.Store {
	t.Helper()
	s, err := badgerstore.Open(dir, badgerstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, s) })
	return s
}

func mustClose(t testing.TB, s *badgerstore.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
