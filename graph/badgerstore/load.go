package badgerstore

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/dgraph-io/badger/v4"
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
	s.faces.hashes = nil // other atoms may have the numbers now
	s.show(x, newKept(s.bulk), nil)
	return nil
}

// readIndex reads the index of what a transaction shows.
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
	for _, step := range []func(*badger.Txn) error{w.readMarked, w.readIssues, w.readAtoms, w.readTargets, w.readRows, w.readLinks} {
		if err := step(txn); err != nil {
			return nil, err
		}
	}
	if err := w.consistent(); err != nil {
		return nil, err
	}
	w.number(0)
	w.listAll()
	if err := w.readOrder(txn); err != nil {
		return nil, err
	}
	w.from = w.order.sorted
	out := w.done()
	return out, out.readTexts(txn)
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
	for i := range w.links {
		if l := &w.links[i]; l.kind > toPost || l.kind != toDepartment && l.kind != toLocation && int(l.target) >= len(w.atoms) ||
			(l.kind == toDepartment || l.kind == toLocation) && int(l.target) >= len(w.targets) {
			return fmt.Errorf("%w: a link to what is not there", ErrCorrupt)
		}
	}
	return nil
}

// listAll enters all events into the lists of what they are linked to: list for each, but it counts first how long they get.
func (w *indexer) listAll() {
	w.hidden = w.dead.Clone()
	for o := range w.rows {
		if w.rows[o].kind() != 0 {
			w.hidden.Add(uint32(o))
		}
	}
	var group sync.WaitGroup
	group.Go(func() {
		w.posts, w.events = listed(w.lists(ofPosts)), listed(w.lists(ofEvents))
	})
	w.below = (paged[*roaring.Bitmap]{}).edit()
	for atom, list := range w.lists(ofBelow) {
		if len(list) > 0 {
			*w.below.ref(uint32(atom)) = roaring.BitmapOf(list...)
		}
	}
	group.Wait()
}

// listing names the lists by atom: index.posts, events and below.
type listing int

const (
	ofPosts listing = iota
	ofEvents
	ofBelow
)

// listedBy returns the atoms in whose lists a link enters its event: in room, where that is enough.
func (x *index) listedBy(l link, of listing, room []uint32) []uint32 {
	switch {
	case l.kind == toPost:
		if of == ofPosts {
			return append(room, l.target)
		}
	case of == ofPosts:
	case l.kind == toOfficial:
		if of == ofEvents {
			return append(room, l.target)
		}
	case of == ofEvents:
		return append(room, x.targets[l.target].atom)
	default:
		t := &x.targets[l.target]
		return append(append(room, t.atom), t.above...)
	}
	return nil
}

// lists returns, by atom, the events that links enter into its list, ascending.
func (w *indexer) lists(of listing) [][]uint32 {
	var room [16]uint32
	ends := make([]uint32, len(w.atoms)+1)
	for _, l := range w.links {
		for _, atom := range w.listedBy(l, of, room[:0]) {
			ends[atom+1]++
		}
	}
	for i := range w.atoms {
		ends[i+1] += ends[i]
	}
	all := make([]uint32, ends[len(w.atoms)])
	next := slices.Clone(ends)
	for o := range w.n() {
		for _, l := range w.linksOf(o) {
			for _, atom := range w.listedBy(l, of, room[:0]) {
				if at := next[atom]; at == ends[atom] || all[at-1] != o {
					all[at] = o
					next[atom]++
				}
			}
		}
	}
	lists := make([][]uint32, len(w.atoms))
	for i := range lists {
		lists[i] = all[ends[i]:next[i]:next[i]] // what is appended goes elsewhere
	}
	return lists
}

// listed returns lists as a paged vector.
func listed(lists [][]uint32) *editor[[]uint32] {
	e := (paged[[]uint32]{}).edit()
	for atom, list := range lists {
		if len(list) > 0 {
			*e.ref(uint32(atom)) = list
		}
	}
	return e
}

// eachRecord visits the records whose keys are kind and a number, in order. The bytes are valid during the call.
func eachRecord(txn *badger.Txn, kind byte, visit func(number uint32, b []byte) error) error {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kind}, PrefetchValues: true, PrefetchSize: 16})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		key := it.Item().KeyCopy(nil)
		if len(key) != 5 {
			return fmt.Errorf("%w: no record has the key %q", ErrCorrupt, key)
		}
		err := it.Item().Value(func(value []byte) error {
			b, err := decodeBytes(txn, key, value)
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
