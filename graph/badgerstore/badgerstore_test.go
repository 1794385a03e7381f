package badgerstore_test

import (
	"context"
	"errors"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/storetest"
)

func TestStore(t *testing.T) { runSuite(t, badgerstore.Options{}, nil) }

// What a bulk store does in another way nobody sees.
func TestStoreInBulk(t *testing.T) {
	badgerstore.LowerBulkTable(t)
	runSuite(t, badgerstore.Options{Bulk: true}, nil)
}

// Few events go the ways that many go: whichever way is taken, the answers are those of the naive engine.
func TestStoreByTheWaysOfMany(t *testing.T) {
	for name, tuning := range map[string]badgerstore.Tuning{
		"walks": {
			ManyFresh: 3, FewToSort: -1, Sorting: 0, Looking: 0, ManyDocs: 4, FewTexts: 0, FullRecord: 5, ManySmall: 2, FewOpen: 4, ManyOpen: 9, FewUnread: 2,
			Patience: 1 << 20, ManyFirst: 2,
		},
		"walks that give up": {
			ManyFresh: 3, FewToSort: -1, Sorting: 0, Looking: 0, ManyDocs: 4, FewTexts: 0, FewOpen: 4, ManyOpen: 9, FewUnread: 2, Patience: 0, ManyFirst: 4,
		},
		"sorts": {
			ManyFresh: 11, FewToSort: 1 << 30, Sorting: 4, Looking: 1 << 30, Sieving: 1 << 30, ManyDocs: 8, FewTexts: 1 << 30, FullRecord: 1, ManySmall: 1, FewOpen: 8,
			ManyOpen: 8, FewUnread: 1 << 30, Patience: 2,
		},
		"zones": {
			ManyFresh: 5, FewToSort: 1 << 30, Sorting: 4, Looking: 4, ManyDocs: 8, FewTexts: 1 << 30, FewOpen: 8, ManyOpen: 8, FewUnread: 1 << 30, Patience: 2,
			ZoneSize: 2, Zoned: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			badgerstore.Tune(t, tuning)
			runSuite(t, badgerstore.Options{}, nil)
		})
	}
	t.Run("indexed", func(t *testing.T) {
		badgerstore.Tune(t, badgerstore.Tuning{ManyFresh: 4096, FewToSort: 512, Sorting: 4, Looking: 4, ManyDocs: 4})
		runSuite(t, badgerstore.Options{}, (*badgerstore.Store).Settle)
	})
}

// afterwards is a store with which something is done after each update.
type afterwards struct {
	*badgerstore.Store
	do func(*badgerstore.Store) error
}

func (s *afterwards) Update(ctx context.Context, plan func(graph.Reader) (*graph.Batch, error)) error {
	err := s.Store.Update(ctx, plan)
	if s.do != nil {
		err = errors.Join(err, s.do(s.Store))
	}
	return err
}

// runSuite runs the conformance tests; after each update do is called, if it is not nil.
func runSuite(t *testing.T, opts badgerstore.Options, do func(*badgerstore.Store) error) {
	dirs := map[graph.Store]string{}
	open := func(t testing.TB, dir string) graph.Store {
		s := &afterwards{mustOpenWith(t, dir, opts), do}
		dirs[s] = dir
		return s
	}
	storetest.Run(t, storetest.Engine{
		Open: func(t testing.TB) graph.Store { return open(t, t.TempDir()) },
		Reopen: func(t testing.TB, s graph.Store) graph.Store {
			mustClose(t, s.(*afterwards).Store)
			return open(t, dirs[s])
		},
	})
}

// mustOpen opens a store that is closed when the test ends.
func mustOpen(t testing.TB, dir string) *badgerstore.Store {
	t.Helper()
	return mustOpenWith(t, dir, badgerstore.Options{})
}

func mustOpenWith(t testing.TB, dir string, opts badgerstore.Options) *badgerstore.Store {
	t.Helper()
	s, err := badgerstore.Open(dir, opts)
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
