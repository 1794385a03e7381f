package badgerstore

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/dgraph-io/badger/v4"

	"fangzhi/edtf"
	"fangzhi/graph"
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
	for key, set := range map[byte]*roaring.Bitmap{keyDead: x.dead, keyOdd: x.odd, keyLater: x.later} {
		if _, err := getBytes(txn, []byte{key}, func(b []byte) error { return readBitmap(b, set) }); err != nil {
			return nil, err
		}
	}
	w := x.edit()
	for _, step := range []func(*badger.Txn) error{w.readIssues, w.readAtoms, w.readTargets, w.readRows, w.readLinks} {
		if err := step(txn); err != nil {
			return nil, err
		}
	}
	if err := w.consistent(); err != nil {
		return nil, err
	}
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

// eachRecord visits the records whose keys are kind and a number, which count up from 0 without a gap.
func eachRecord(txn *badger.Txn, kind byte, visit func(b []byte) error) error {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kind}, PrefetchValues: true, PrefetchSize: 16})
	defer it.Close()
	next := uint32(0)
	for it.Rewind(); it.Valid(); it.Next() {
		key := it.Item().KeyCopy(nil)
		if len(key) != 5 || binary.BigEndian.Uint32(key[1:]) != next {
			return fmt.Errorf("%w: record %d of %q is not there", ErrCorrupt, next, kind)
		}
		next++
		err := it.Item().Value(func(value []byte) error {
			b, err := decodeBytes(txn, key, value)
			if err != nil {
				return err
			}
			return visit(b)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func readBitmap(b []byte, set *roaring.Bitmap) error {
	if err := set.UnmarshalBinary(slices.Clone(b)); err != nil {
		return fmt.Errorf("%w: a bitmap: %w", ErrCorrupt, err)
	}
	return nil
}

func (w *indexer) readIssues(txn *badger.Txn) error {
	return eachRecord(txn, keyIssues, func(b []byte) error {
		var rows []issueRow
		if err := decoding().Unmarshal(b, &rows); err != nil {
			return fmt.Errorf("%w: issues: %w", ErrCorrupt, err)
		}
		w.issues = append(w.issues, rows...)
		return nil
	})
}

func (w *indexer) writeIssues(number int) ([]byte, error) {
	return encoding().Marshal(part(w.issues, number, issuesARecord))
}

// part returns the members of a list that stand in one record.
func part[T any](list []T, number, size int) []T {
	return list[min(number*size, len(list)):min((number+1)*size, len(list))]
}

func (w *indexer) readAtoms(txn *badger.Txn) error {
	var holders []uint32
	err := eachRecord(txn, keyAtoms, func(b []byte) error {
		r := decoder{s: string(b), x: w.index}
		for len(r.s) > 0 {
			w.atoms = append(w.atoms, graph.ID(r.text()))
			holders = append(holders, uint32(r.uint()))
		}
		return r.err
	})
	if err != nil {
		return err
	}
	for i, h := range holders {
		if h != 0 {
			if int(h) > len(w.atoms) {
				return fmt.Errorf("%w: atom %d is held by what is not there", ErrCorrupt, i)
			}
			w.hold(uint32(i), h-1)
		}
	}
	return nil
}

func (w *indexer) writeAtoms(number int) []byte {
	var e encoder
	for i, id := range part(w.atoms, number, atomsARecord) {
		e.text(string(id))
		e.uint(uint64(w.holder.at(uint32(number*atomsARecord + i))))
	}
	return e.b
}

func (w *indexer) readTargets(txn *badger.Txn) error {
	return eachRecord(txn, keyTargets, func(b []byte) error {
		r := decoder{s: string(b), x: w.index}
		for len(r.s) > 0 {
			atom := uint32(r.uint())
			above := make([]uint32, r.count())
			for i := range above {
				above[i] = uint32(r.uint())
			}
			for _, a := range append(above, atom) {
				if int(a) >= len(w.atoms) {
					r.fail()
				}
			}
			if r.err == nil {
				w.target(atom, above)
			}
		}
		return r.err
	})
}

func (w *indexer) writeTargets(number int) []byte {
	var e encoder
	for _, t := range part(w.targets, number, targetsARecord) {
		e.uint(uint64(t.atom))
		e.uint(uint64(len(t.above)))
		for _, a := range t.above {
			e.uint(uint64(a))
		}
	}
	return e.b
}

func (w *indexer) readRows(txn *badger.Txn) error {
	w.rows = slices.Grow(w.rows, int(w.counts.Ordinals))
	return eachRecord(txn, keyRows, func(b []byte) error {
		for ; len(b) >= rowBytes; b = b[rowBytes:] {
			w.rows = append(w.rows, row{
				first: edtf.Day(binary.LittleEndian.Uint32(b)), last: edtf.Day(binary.LittleEndian.Uint32(b[4:])), what: b[8], confidence: b[9],
				section: binary.LittleEndian.Uint16(b[10:]), issue: binary.LittleEndian.Uint32(b[12:]), place: binary.LittleEndian.Uint32(b[16:]),
			})
		}
		return nil
	})
}

func (w *indexer) writeRows(number int) []byte {
	rows := part(w.rows, number, rowsARecord)
	b := make([]byte, 0, len(rows)*rowBytes)
	for i := range rows {
		r := &rows[i]
		b = binary.LittleEndian.AppendUint32(b, uint32(r.first))
		b = binary.LittleEndian.AppendUint32(b, uint32(r.last))
		b = append(b, r.what, r.confidence)
		b = binary.LittleEndian.AppendUint16(b, r.section)
		b = binary.LittleEndian.AppendUint32(b, r.issue)
		b = binary.LittleEndian.AppendUint32(b, r.place)
	}
	return b
}

// Links stand behind the number of them that each event has, a varint.

func (w *indexer) readLinks(txn *badger.Txn) error {
	w.linksAt = slices.Grow(w.linksAt, int(w.counts.Ordinals))
	w.links = slices.Grow(w.links, int(w.counts.Links))
	return eachRecord(txn, keyLinks, func(b []byte) error {
		for len(b) > 0 {
			n, used := binary.Uvarint(b)
			if used <= 0 || n > uint64(len(b)-used)/linkBytes {
				return fmt.Errorf("%w: links end early", ErrCorrupt)
			}
			for b = b[used:]; n > 0; n-- {
				w.links = append(w.links, link{binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint16(b[4:]), linkKind(binary.LittleEndian.Uint16(b[6:]))})
				b = b[linkBytes:]
			}
			w.linksAt = append(w.linksAt, uint32(len(w.links)))
		}
		return nil
	})
}

func (w *indexer) writeLinks(number int) []byte {
	var b []byte
	for o := number * rowsARecord; o < min((number+1)*rowsARecord, len(w.rows)); o++ {
		links := w.linksOf(uint32(o))
		b = binary.AppendUvarint(b, uint64(len(links)))
		for _, l := range links {
			b = binary.LittleEndian.AppendUint32(b, l.target)
			b = binary.LittleEndian.AppendUint16(b, l.bits)
			b = binary.LittleEndian.AppendUint16(b, uint16(l.kind))
		}
	}
	return b
}

func (w *indexer) readOrder(txn *badger.Txn) error {
	d := &w.order
	d.sorted = w.counts.Sorted
	d.base = make([]uint32, 0, d.sorted)
	err := eachRecord(txn, keyOrder, func(b []byte) error {
		for ; len(b) >= 4; b = b[4:] {
			d.base = append(d.base, binary.LittleEndian.Uint32(b))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(d.base) != int(w.counts.Ranks) || d.sorted > w.n() {
		return fmt.Errorf("%w: an order of %d events, and it should be of %d", ErrCorrupt, len(d.base), w.counts.Ranks)
	}
	for _, o := range d.base {
		if o >= d.sorted {
			return fmt.Errorf("%w: an order of events that are not there", ErrCorrupt)
		}
		switch w.rows[o].class() {
		case yearly:
			d.yearly = append(d.yearly, o)
		case longer:
			d.longer = append(d.longer, o)
		}
	}
	d.ranks()
	return nil
}

func (w *indexer) writeOrder(number int) []byte {
	ranks := part(w.order.base, number, ranksARecord)
	b := make([]byte, 0, 4*len(ranks))
	for _, o := range ranks {
		b = binary.LittleEndian.AppendUint32(b, o)
	}
	return b
}
