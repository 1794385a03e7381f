package badgerstore

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
)

// Tuning are thresholds, so that few events go the ways of many.
type Tuning struct {
	ManyFresh, FewToSort, Sorting, Looking, ManyDocs, Sieving int
	FewTexts                                                  uint64
}

// Tune sets the thresholds until undo is called or the test ends. Stores that merge are opened after it, and closed before.
func Tune(t testing.TB, to Tuning) (undo func()) {
	old := Tuning{manyFresh, fewToSort, sorting, looking, manyDocs, sieving, fewTexts}
	rules := slices.Clone(merges)
	set := func(to Tuning) {
		manyFresh, fewToSort, sorting, looking = to.ManyFresh, to.FewToSort, to.Sorting, to.Looking
		manyDocs, sieving, fewTexts = to.ManyDocs, to.Sieving, to.FewTexts
	}
	undo = func() {
		set(old)
		copy(merges, rules)
	}
	t.Cleanup(undo)
	set(to)
	merges[0].events, merges[0].segments = to.ManyDocs, min(max(to.ManyDocs/2, 2), merges[0].segments)
	return undo
}

// Take deletes a key past everything that guards it.
func (s *Store) Take(key string) error {
	return s.commit(func(set func(change) error) error { return set(change{key: []byte(key)}) })
}

// FailCommit has the n-th commit from now on, and all after it, fail with err before it is made; 0 is none. It returns
// how many commits were asked for since.
func (s *Store) FailCommit(n int, err error) (asked func() int) {
	var count atomic.Int64
	fault := func() error {
		if c := int(count.Add(1)); n > 0 && c >= n {
			return err
		}
		return nil
	}
	s.fault.Store(&fault)
	return func() int { return int(count.Load()) }
}

// Set writes a value past everything that guards it.
func (s *Store) Set(key string, value []byte) error {
	return s.commit(func(set func(change) error) error { return set(change{[]byte(key), value}) })
}

// Seal returns the value that holds a payload under a key.
func Seal(key string, payload []byte) []byte { return seal([]byte(key), plain, payload) }

// OnCommit has f called before each commit, at times by several goroutines at once.
func (s *Store) OnCommit(f func()) {
	fault := func() error {
		f()
		return nil
	}
	s.fault.Store(&fault)
}

// Keys returns all keys that there are.
func (s *Store) Keys() []string {
	txn := s.db.NewTransaction(false)
	defer txn.Discard()
	it := txn.NewIterator(badger.IteratorOptions{})
	defer it.Close()
	var keys []string
	for it.Rewind(); it.Valid(); it.Next() {
		keys = append(keys, string(it.Item().Key()))
	}
	return keys
}

// StepsBetween returns over how many events Between walks, and of how many it looks at the links.
func StepsBetween(r graph.Reader, l graph.Linking, a, b []graph.Ref) (walked, looked int, err error) {
	s, err := r.(*snapshot).between(context.Background(), &graph.Filter{}, l, a, b, func(int, int, graph.Tie) error { return nil })
	return s.walked, s.looked, err
}

// Merged returns the ascending lists as one.
func Merged(lists ...[]uint32) []uint32 {
	m := merger{lists: lists}
	return m.merge()
}

// Gallop returns how many of the ascending list are less than o.
func Gallop(list []uint32, o uint32) int { return gallop(list, o) }

// Sieving is how many events have to be walked over before they are sifted by a set.
func Sieving() int { return sieving }
