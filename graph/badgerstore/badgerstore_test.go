package badgerstore_test

import (
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/storetest"
)

func TestStore(t *testing.T) { runSuite(t) }

// Few events go the ways that many go: whichever way is taken, the answers are those of the naive engine.
func TestStoreByTheWaysOfMany(t *testing.T) {
	for name, tuning := range map[string]badgerstore.Tuning{
		"walks":              {ManyFresh: 3, FewToSort: -1, Sorting: 0, Looking: 0, ManyDocs: 4, FewTexts: 0, Patience: 1 << 20},
		"walks that give up": {ManyFresh: 3, FewToSort: -1, Sorting: 0, Looking: 0, ManyDocs: 4, FewTexts: 0, Patience: 0},
		"sorts":              {ManyFresh: 11, FewToSort: 1 << 30, Sorting: 4, Looking: 1 << 30, ManyDocs: 8, FewTexts: 1 << 30, Patience: 2},
	} {
		t.Run(name, func(t *testing.T) {
			badgerstore.Tune(t, tuning)
			runSuite(t)
		})
	}
}

func runSuite(t *testing.T) {
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
