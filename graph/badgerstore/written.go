package badgerstore

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// How the columns are written down, and read. A record begins with the member whose number is in its key.

// Issues are id, order and publication, and the number of their first event and how many there are.

func (w *indexer) readIssues(txn *badger.Txn) error {
	w.issues = slices.Grow(w.issues, int(w.counts.Series))
	return eachRecord(txn, keyIssues, func(first uint32, b []byte) error {
		if int(first) != len(w.issues) {
			return gap(keyIssues, first)
		}
		r := decoder{s: string(b), x: w.index}
		for len(r.s) > 0 && r.err == nil {
			is := issueRow{ID: graph.ID(r.text()), Order: r.text(), Publication: graph.ID(r.text())}
			is.Lo = uint32(r.uint())
			is.Hi = is.Lo + uint32(r.uint())
			w.issues = append(w.issues, is)
		}
		w.tails.issues = tailBehind(w.tails.issues, keyIssues, first, uint32(len(w.issues))-first)
		return r.err
	})
}

func (w *indexer) writeIssues(_ byte, from, to uint32) []byte {
	var e encoder
	for i := range w.issues[from:to] {
		is := &w.issues[int(from)+i]
		e.text(string(is.ID))
		e.text(is.Order)
		e.text(string(is.Publication))
		e.uint(uint64(is.Lo))
		e.uint(uint64(is.Hi - is.Lo))
	}
	return e.b
}

// Atoms are ids, each with the first atom of the entity that holds it plus one, and the face of the entity of which it is the first itself. Both change, so a record has always those of one
// page, and its key the number of the page.

func (w *indexer) readAtoms(txn *badger.Txn) error {
	w.atoms = slices.Grow(w.atoms, int(w.counts.Atoms))
	holders := make([]uint32, 0, w.counts.Atoms)
	err := eachRecord(txn, keyAtoms, func(number uint32, b []byte) error {
		if int(number)*pageSize != len(w.atoms) {
			return gap(keyAtoms, number)
		}
		r := decoder{s: string(b), x: w.index}
		for len(r.s) > 0 {
			w.atoms = append(w.atoms, graph.ID(r.text()))
			holders = append(holders, uint32(r.uint()))
			if face := r.uint(); face != 0 {
				*w.faces.ref(uint32(len(w.atoms) - 1)) = face
			}
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
	for i, id := range w.atoms[number*pageSize : min((number+1)*pageSize, len(w.atoms))] {
		e.text(string(id))
		e.uint(uint64(w.holder.at(uint32(number*pageSize + i))))
		e.uint(w.faces.at(uint32(number*pageSize + i)))
	}
	return e.b
}

// Targets are an atom, and how many there are above it, and these.

func (w *indexer) readTargets(txn *badger.Txn) error {
	w.targets = slices.Grow(w.targets, int(w.counts.Targets))
	return eachRecord(txn, keyTargets, func(first uint32, b []byte) error {
		if int(first) != len(w.targets) {
			return gap(keyTargets, first)
		}
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
		w.tails.targets = tailBehind(w.tails.targets, keyTargets, first, uint32(len(w.targets))-first)
		return r.err
	})
}

func (w *indexer) writeTargets(_ byte, from, to uint32) []byte {
	var e encoder
	for _, t := range w.targets[from:to] {
		e.uint(uint64(t.atom))
		e.uint(uint64(len(t.above)))
		for _, a := range t.above {
			e.uint(uint64(a))
		}
	}
	return e.b
}

func (w *indexer) writeEvents(kind byte, from, to uint32) []byte {
	if kind == keyRows {
		return w.writeRows(from, to)
	}
	return w.writeLinks(from, to)
}

func (w *indexer) readRows(txn *badger.Txn) error {
	w.rows = slices.Grow(w.rows, withRoom(w.counts.Ordinals))
	return eachRecord(txn, keyRows, func(first uint32, b []byte) error {
		if int(first) != len(w.rows) {
			return gap(keyRows, first)
		}
		for ; len(b) >= rowBytes; b = b[rowBytes:] {
			w.rows = append(w.rows, row{
				first: edtf.Day(binary.LittleEndian.Uint32(b)), last: edtf.Day(binary.LittleEndian.Uint32(b[4:])), what: b[8], confidence: b[9],
				section: binary.LittleEndian.Uint16(b[10:]), issue: binary.LittleEndian.Uint32(b[12:]), place: binary.LittleEndian.Uint32(b[16:]),
			})
		}
		w.tails.rows = tailBehind(w.tails.rows, keyRows, first, uint32(len(w.rows))-first)
		return nil
	})
}

func (w *indexer) writeRows(from, to uint32) []byte {
	rows := w.rows[from:to]
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

// readLinks reads the links, and counts them. They lead to what should be there: whether it is, consistent tells.
func (w *indexer) readLinks(txn *badger.Txn) (*linkCounts, error) {
	w.linksAt = slices.Grow(w.linksAt, withRoom(w.counts.Ordinals))
	w.links = slices.Grow(w.links, withRoom(w.counts.Links))
	n := newLinkCounts(&w.counts)
	return n, eachRecord(txn, keyLinks, func(first uint32, b []byte) error {
		if int(first) != len(w.linksAt)-1 {
			return gap(keyLinks, first)
		}
		for len(b) > 0 {
			many, used := binary.Uvarint(b)
			if used <= 0 || many > uint64(len(b)-used)/linkBytes {
				return fmt.Errorf("%w: links end early", ErrCorrupt)
			}
			for b = b[used:]; many > 0; many-- {
				target, kind := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint16(b[6:])
				if int(kind) >= len(n) || int(target) >= len(n[kind]) {
					return fmt.Errorf("%w: a link to what is not there", ErrCorrupt)
				}
				n[kind][target]++
				w.links = append(w.links, newLink(target, binary.LittleEndian.Uint16(b[4:]), linkKind(kind)))
				b = b[linkBytes:]
			}
			w.linksAt = append(w.linksAt, uint32(len(w.links)))
		}
		return nil
	})
}

func (w *indexer) writeLinks(from, to uint32) []byte {
	b := make([]byte, 0, linkBytes*int(w.linksAt[to]-w.linksAt[from])+int(to-from))
	for o := from; o < to; o++ {
		links := w.linksOf(o)
		b = binary.AppendUvarint(b, uint64(len(links)))
		for _, l := range links {
			b = binary.LittleEndian.AppendUint32(b, l.target())
			b = binary.LittleEndian.AppendUint16(b, l.bits())
			b = binary.LittleEndian.AppendUint16(b, uint16(l.kind()))
		}
	}
	return b
}

func (w *indexer) readOrder(txn *badger.Txn) error {
	d := &w.order
	d.sorted = w.counts.Sorted
	d.base = make([]uint32, 0, d.sorted)
	next := uint32(0)
	err := eachRecord(txn, keyOrder, func(number uint32, b []byte) error {
		if number != next {
			return gap(keyOrder, number)
		}
		next++
		for ; len(b) >= 4; b = b[4:] {
			d.base = append(d.base, binary.LittleEndian.Uint32(b))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(d.base) != int(w.counts.Ranks) {
		return fmt.Errorf("%w: an order of %d events, and it should be of %d", ErrCorrupt, len(d.base), w.counts.Ranks)
	}
	return nil
}

// placeOrder completes the order that was read, by rows.
func (w *indexer) placeOrder() error {
	d := &w.order
	if d.sorted > w.n() {
		return fmt.Errorf("%w: an order of events that are not there", ErrCorrupt)
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
	d.divide(w.index)
	if w.from = w.n(); d.sorted < w.from {
		w.order = d.add(w.index, d.sorted)
	}
	return nil
}

func (w *indexer) writeOrder(number int) []byte {
	ranks := w.order.base[number*ranksARecord : min((number+1)*ranksARecord, len(w.order.base))]
	b := make([]byte, 0, 4*len(ranks))
	for _, o := range ranks {
		b = binary.LittleEndian.AppendUint32(b, o)
	}
	return b
}

// withRoom returns how long a column is made that has n members: the first issues are put behind them and no column is copied for that.
// What is not used yet takes no memory.
func withRoom(n uint32) int { return int(n) + int(n)/16 }
