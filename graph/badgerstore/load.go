package badgerstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/dgraph-io/badger/v4"
	"golang.org/x/sync/errgroup"
)

// vocabulary are the values that columns name by number.
type vocabulary struct {
	Sections    []string  `cbor:"1,keyasint"`
	Confidences []float64 `cbor:"2,keyasint"`
}

// load shows what is on disk.
func (s *Store) load() error {
	txn := s.db.NewTransaction(false)
	defer txn.Discard()
	x, err := readIndex(txn)
	if err != nil {
		return err
	}
	if err := s.checkCounts(x); err != nil {
		return err
	}
	for _, seg := range x.segments {
		s.passSegment(seg.number)
	}
	s.show(x, newKept(s.bulk, x.counts.Events), nil)
	s.finishSoon()
	return nil
}

// readIndex reads the index of what a transaction shows: column by column, and on all processors.
func readIndex(txn *badger.Txn) (*index, error) {
	x := newIndex()
	if _, err := get(txn, []byte{keyMeta}, &x.counts); err != nil {
		return nil, err
	}
	var v vocabulary
	if _, err := get(txn, []byte{keyVocabulary}, &v); err != nil {
		return nil, err
	}
	x.sections, x.confidences = v.Sections, v.Confidences
	w := x.edit()
	var links *linkCounts
	err := together( // longest first: what waits for a processor is short
		func() (err error) {
			if links, err = w.readLinks(txn); err == nil {
				w.listPosts(links)
			}
			return err
		},
		func() error { return errors.Join(w.readRows(txn), w.readOrder(txn)) },
		func() error {
			if err := w.readAtoms(txn); err != nil {
				return err
			}
			w.number(0)
			return w.readTargets(txn)
		},
		func() error { return w.readSegments(txn) },
		func() error { return errors.Join(w.readIssues(txn), w.readMarked(txn), w.readTotals(txn)) },
	)
	if err != nil {
		return nil, err
	}
	if err := w.consistent(); err != nil {
		return nil, err
	}
	err = together(
		func() error {
			w.listEvents(links)
			return nil
		},
		func() error {
			w.hide()
			w.fillZones()
			return w.placeOrder()
		},
		func() error { return w.readTail(txn) },
	)
	return w.done(), err
}

// together does several things, as many at the same time as there are processors, and returns the first error. None waits for another. Those
// that began go on alone: when all of an opening took turns, its longest part was the last to end, and alone.
func together(all ...func() error) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, f := range all {
		group.Go(f)
	}
	return group.Wait()
}

// consistent tells whether no record is missing between or behind those that were read.
func (w *indexer) consistent() error {
	c := &w.counts
	if int(c.Ordinals) != len(w.rows) || int(c.Ordinals) != len(w.linksAt)-1 || int(c.Atoms) != len(w.atoms) ||
		int(c.Targets) != len(w.targets) || int(c.Series) != len(w.issues) || c.Events != len(w.rows)-int(w.dead.GetCardinality()) {
		return fmt.Errorf("%w: columns of %d rows, %d lists of links, %d atoms, %d targets and %d issues are there, and should be of %d, %d, %d and %d",
			ErrCorrupt, len(w.rows), len(w.linksAt)-1, len(w.atoms), len(w.targets), len(w.issues), c.Ordinals, c.Atoms, c.Targets, c.Series)
	}
	for _, set := range []*roaring.Bitmap{w.dead, w.odd, w.later} {
		if !set.IsEmpty() && set.Maximum() >= w.n() {
			return fmt.Errorf("%w: event %d is not there", ErrCorrupt, set.Maximum())
		}
	}
	if marked := w.odd.GetCardinality() + w.later.GetCardinality() + 1; c.Marked != 0 && c.Marked != marked {
		return fmt.Errorf("%w: %d events are marked, and should be %d", ErrCorrupt, marked-1, c.Marked-1)
	}
	for i := range w.issues {
		if is := &w.issues[i]; is.Lo > is.Hi || is.Hi > w.n() {
			return fmt.Errorf("%w: issue %s has events that are not there", ErrCorrupt, is.ID)
		}
	}
	for i := range w.rows {
		if r := &w.rows[i]; int(r.kind()) > len(kindCodes) || int(r.basis()) > len(basisCodes) || int(r.precision()) >= len(precisionCodes) || int(r.issue) >= len(w.issues) || int(r.section) >= len(w.sections) ||
			r.confidence != manyConfidences && int(r.confidence) >= len(w.confidences) {
			return fmt.Errorf("%w: event %d names what is not there", ErrCorrupt, i)
		}
	}
	if w.indexed > w.n() {
		return fmt.Errorf("%w: the index of texts has events that are not there", ErrCorrupt)
	}
	return nil
}

// hide finds the events that are hidden.
func (w *indexer) hide() {
	w.hidden = w.dead.Clone()
	for o := range w.rows {
		if w.rows[o].kind() != 0 {
			w.hidden.Add(uint32(o))
		}
	}
}

// A lister fills lists by number, which stand one behind the other. It has to be told first how long they get at most.
type lister struct {
	most  []uint32
	lists []listed // what is written to anywhere, so it is small
	all   []uint32
}

// listed is a list that is filled, to before end. last is the last member plus one, 0 for none.
type listed struct{ end, last uint32 }

// newLister returns one for lists of at most so many members each.
func newLister(most []uint32) *lister {
	l := &lister{most: most, lists: make([]listed, len(most))}
	sum := uint32(0)
	for i, n := range most {
		l.lists[i].end = sum
		sum += n
	}
	l.all = make([]uint32, sum)
	return l
}

// enter puts an event behind the others of a list, unless it is the last of them.
func (l *lister) enter(n, o uint32) {
	if list := &l.lists[n]; list.last != o+1 {
		l.all[list.end] = o
		list.end++
		list.last = o + 1
	}
}

// each visits the lists that are not empty. What is appended to one goes elsewhere.
func (l *lister) each(visit func(n uint32, list []uint32)) {
	begin := uint32(0)
	for n, list := range l.lists {
		if begin < list.end {
			visit(uint32(n), l.all[begin:list.end:list.end])
		}
		begin += l.most[n]
	}
}

// paged returns the lists as a paged vector.
func (l *lister) paged() *editor[[]uint32] {
	e := (paged[[]uint32]{}).edit()
	l.each(func(n uint32, list []uint32) { *e.ref(n) = list })
	return e
}

// linkCounts are how many links of each kind lead to what has a number.
type linkCounts [toPost + 1][]uint32

// newLinkCounts returns those of a graph without links that has so many atoms and targets.
func newLinkCounts(c *meta) *linkCounts {
	ofTargets := make([]uint32, c.Targets)
	return &linkCounts{toOfficial: make([]uint32, c.Atoms), toDepartment: ofTargets, toLocation: ofTargets, toPost: make([]uint32, c.Atoms)}
}

// listEvents enters all events into index.events, as list does one by one.
func (w *indexer) listEvents(n *linkCounts) {
	most := n[toOfficial]
	for i := range w.targets {
		most[w.targets[i].atom] += n[toDepartment][i] // and of places
	}
	l := newLister(most)
	for o := range w.n() {
		for _, link := range w.linksOf(o) {
			switch link.kind() {
			case toPost:
			case toOfficial:
				l.enter(link.target(), o)
			default:
				l.enter(w.targets[link.target()].atom, o)
			}
		}
	}
	w.events = l.paged()
}

// listPosts enters all events into index.posts, as list does one by one. It needs nothing but the links.
func (w *indexer) listPosts(n *linkCounts) {
	l := newLister(n[toPost])
	for o := range uint32(len(w.linksAt) - 1) { // rows may be read meanwhile
		for _, link := range w.linksOf(o) {
			if link.kind() == toPost {
				l.enter(link.target(), o)
			}
		}
	}
	w.posts = l.paged()
}

// eachRecord visits the records whose keys are kind and a number, in order. The bytes are valid during the call.
func eachRecord(txn *badger.Txn, kind byte, visit func(number uint32, b []byte) error) error {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kind}})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		key := it.Item().KeyCopy(nil)
		if len(key) != 5 {
			return fmt.Errorf("%w: no record has the key %q", ErrCorrupt, key)
		}
		err := it.Item().Value(func(value []byte) error {
			b, err := decodeBytes(txn, key, value, nil)
			if err != nil {
				return err
			}
			return visit(binary.BigEndian.Uint32(key[1:]), b)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// gap tells that a column goes on with a record that is not the next one.
func gap(kind byte, number uint32) error {
	return fmt.Errorf("%w: what is before record %d of %q is not there", ErrCorrupt, number, kind)
}

// readMarked reads the sets of events.
func (w *indexer) readMarked(txn *badger.Txn) error {
	for _, kind := range []byte{keyDead, keyOdd, keyLater} {
		set := *w.marked(kind)
		err := eachRecord(txn, kind, func(number uint32, b []byte) error {
			readMarks(set, number, b)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
