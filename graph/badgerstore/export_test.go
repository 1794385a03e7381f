package badgerstore

import (
	"context"
	"maps"
	"math"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore/gram"
)

// Tuning are thresholds, so that few events go the ways of many.
type Tuning struct {
	ManyFresh, FewToSort, Sorting, Looking, ManyDocs, Sieving, Patience int
	FewTexts                                                            uint64
	// FullRecord and ManySmall are of columns; 0 leaves them as they are.
	FullRecord uint32
	ManySmall  int
	// ZoneSize is how many events a zone has at most, 0 leaves it, and bands, as they are; Zoned has all short dates looked for by zones.
	ZoneSize uint32
	Zoned    bool
	// FewOpen, ManyOpen and FewUnread are of the tail of the index of texts.
	FewOpen, ManyOpen, FewUnread uint32
	// ManyFirst is how many hits are kept of a string, 0 leaves it.
	ManyFirst int
	// Common has strings be common from one event on, and their first hits kept of a dozen events and more.
	Common bool
	// Neighbours is how many segments of more than ManyDocs events are merged to one, DocsASegment of how many one is made at most; 0
	// leaves either as it is. Unmerged has segments stay as they are.
	Neighbours, DocsASegment int
	Unmerged                 bool
	Quiet                    time.Duration
}

// Tune sets the thresholds, and how long no update must come before the background begins, until undo is called or the test ends, which may be nil. Stores that do something in
// the background are opened after it, and closed before.
func Tune(t testing.TB, to Tuning) (undo func()) {
	old := Tuning{
		ManyFresh: manyFresh, FewToSort: fewToSort, Sorting: sorting, Looking: looking, ManyDocs: manyDocs, Sieving: sieving, Patience: patience, FewTexts: fewTexts,
		FewOpen: fewOpen, ManyOpen: manyOpen, FewUnread: fewUnread,
	}
	rules := slices.Clone(merges)
	rest, piece, pieces := quiet, docsASegment, piecesASegment
	first, merge, of, each := manyFirst, fewToMerge, commonOf, commonEach
	set := func(to Tuning) {
		manyFresh, fewToSort, sorting, looking = to.ManyFresh, to.FewToSort, to.Sorting, to.Looking
		manyDocs, sieving, patience, fewTexts = to.ManyDocs, to.Sieving, to.Patience, to.FewTexts
		fewOpen, manyOpen, fewUnread = to.FewOpen, to.ManyOpen, to.FewUnread
	}
	full, small := maps.Clone(fullOf), manySmall
	size, many, bits, zones, near := zoneSize, manyZones, bandBits, zoning, nearEnds
	undo = func() {
		set(old)
		zoneSize, manyZones, bandBits, zoning, nearEnds = size, many, bits, zones, near
		fullOf, manySmall = full, small
		copy(merges, rules)
		quiet, docsASegment, piecesASegment = rest, piece, pieces
		manyFirst, fewToMerge, commonOf, commonEach = first, merge, of, each
	}
	if t != nil {
		t.Cleanup(undo)
	}
	set(to)
	fewToMerge = to.FewToSort
	quiet = to.Quiet
	if to.DocsASegment > 0 {
		docsASegment = to.DocsASegment
	}
	if to.ManyFirst > 0 {
		manyFirst = to.ManyFirst
	}
	if to.Common {
		commonOf, commonEach = 1<<20, 4
	}
	if to.ZoneSize > 0 {
		zoneSize, manyZones, bandBits, nearEnds = to.ZoneSize, 3, 1, 1
	}
	if to.Zoned {
		zoning = 0
	}
	if to.FullRecord > 0 {
		fullOf, manySmall = maps.Clone(fullOf), to.ManySmall
		for kind := range fullOf {
			fullOf[kind] = to.FullRecord
		}
	}
	if to.Neighbours > 0 {
		merges[1].segments = to.Neighbours
	}
	merges[0].events, merges[0].segments = to.ManyDocs, min(max(to.ManyDocs/2, 2), merges[0].segments)
	for i := range merges {
		if to.Unmerged {
			merges[i].segments, piecesASegment = math.MaxInt, 1
		}
	}
	return undo
}

// Common returns of how many strings the first hits are kept, and hold.
func (s *Store) Common() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.current.index
	if _, ok := x.beyond(); !ok {
		return 0
	}
	return len(x.common.of)
}

// EndingBefore returns the numbers of those of some segments, of one event each at these ordinals, that first hits before an ordinal are of.
func EndingBefore(ordinals []uint32, before uint64) (numbers []uint32) {
	var segments []*segment
	for _, o := range ordinals {
		header := must(gram.Build([]gram.Doc{{Ordinal: o, Body: "会"}}, nil, func(_, _ []byte) error { return nil }))
		segments = append(segments, &segment{number: o, header: header})
	}
	for _, s := range endingBefore(segments, before) {
		numbers = append(numbers, s.number)
	}
	return numbers
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

// OnFind has f called with each key that is looked for by itself, by any store, until the test ends.
func OnFind(t testing.TB, f func(key string)) {
	watch := func(key []byte) { f(string(key)) }
	onFind.Store(&watch)
	t.Cleanup(func() { onFind.Store(nil) })
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

// Listed returns before which ordinal the record of the segments, if it were written now, says that they have all events.
func (s *Store) Listed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return int(s.current.index.list().Indexed)
}

// Indexed returns how many events the segments have.
func (s *Store) Indexed() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, seg := range s.current.index.segments {
		n += seg.header.Events()
	}
	return n
}

// LowerBulkTable has the bulk stores of a test gather little in memory.
func LowerBulkTable(t testing.TB) {
	was := bulkTable
	bulkTable = 4 << 20
	t.Cleanup(func() { bulkTable = was })
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

// SortTables has the tables of a graph that is closed sorted into the last level.
func SortTables(dir string) error {
	db, err := badger.Open(settings(dir, Options{}).WithCompactL0OnClose(true))
	if err != nil {
		return err
	}
	return db.Close()
}

// Reaching returns what tells whether a key lies in a table of those with these first and last keys, in no order but by pairs.
func Reaching(keys ...string) func(key string) bool {
	var tables []badger.TableInfo
	for i := 0; i < len(keys); i += 2 {
		tables = append(tables, badger.TableInfo{Level: 6, Left: []byte(keys[i] + "12345678"), Right: []byte(keys[i+1] + "12345678")})
	}
	slices.Reverse(tables)
	tables = append(tables, badger.TableInfo{Level: 0, Left: []byte("a12345678"), Right: []byte("z12345678")})
	s := lastLevel(tables)
	return func(key string) bool { return s.reach([]byte(key)) }
}

// LowerPieces has a bulk store write its pieces when they have so many bytes.
func LowerPieces(t testing.TB, bytes int) {
	was := manyPiecesBytes
	manyPiecesBytes = bytes
	t.Cleanup(func() { manyPiecesBytes = was })
}

// PieceBytes returns how many bytes the blocks have that a bulk store keeps in memory.
func (s *Store) PieceBytes() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, seg := range s.current.index.segments {
		n += seg.bytes
	}
	return n
}
