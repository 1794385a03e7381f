package badgerstore

import (
	"math"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"
)

// Tuning are thresholds, so that few events go the ways of many.
type Tuning struct {
	ManyFresh, FewToSort, Sorting, Looking, ManyDocs int
	FewTexts                                         uint64
	FewOpen, ManyOpen, FewUnread                     uint32 // of the tail of the index of texts
	Unmerged                                         bool   // whether segments stay as they are
	DocsASegment                                     int    // 0 for what it is
	Quiet                                            time.Duration
}

// Tune sets the thresholds, and how long no update must come before the background begins, until undo is called or the test ends, which may be nil. Stores that do something in
// the background are opened after it, and closed before.
func Tune(t testing.TB, to Tuning) (undo func()) {
	old := Tuning{manyFresh, fewToSort, sorting, looking, manyDocs, fewTexts, fewOpen, manyOpen, fewUnread, false, 0, 0}
	rules := slices.Clone(merges)
	rest, piece := quiet, docsASegment
	set := func(to Tuning) {
		manyFresh, fewToSort, sorting, looking = to.ManyFresh, to.FewToSort, to.Sorting, to.Looking
		manyDocs, fewTexts = to.ManyDocs, to.FewTexts
		fewOpen, manyOpen, fewUnread = to.FewOpen, to.ManyOpen, to.FewUnread
	}
	undo = func() {
		set(old)
		copy(merges, rules)
		quiet, docsASegment = rest, piece
	}
	if t != nil {
		t.Cleanup(undo)
	}
	set(to)
	quiet = to.Quiet
	if to.DocsASegment > 0 {
		docsASegment = to.DocsASegment
	}
	merges[0].events, merges[0].segments = to.ManyDocs, min(max(to.ManyDocs/2, 2), merges[0].segments)
	for i := range merges {
		if to.Unmerged {
			merges[i].segments = math.MaxInt
		}
	}
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

// Tail returns how many events no segment has yet.
func (s *Store) Tail() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return int(s.current.index.open())
}
