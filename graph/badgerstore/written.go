package badgerstore

import (
	"encoding/binary"
	"fmt"
	"math"
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

// Atoms are ids, each with the first atom of the entity that holds it plus one, and the face of the entity of which it is the first itself. Both
// change, so a record has always those of one page, and its key the number of the page.

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
	w.rows, w.days = slices.Grow(w.rows, withRoom(w.counts.Ordinals)), slices.Grow(w.days, withRoom(w.counts.Ordinals))
	return eachRecord(txn, keyRows, func(first uint32, b []byte) error {
		if int(first) != len(w.rows) {
			return gap(keyRows, first)
		}
		for ; len(b) >= rowBytes; b = b[rowBytes:] {
			r := row{
				first: edtf.Day(binary.LittleEndian.Uint32(b)), last: edtf.Day(binary.LittleEndian.Uint32(b[4:])), what: b[8], confidence: b[9],
				section: binary.LittleEndian.Uint16(b[10:]), issue: binary.LittleEndian.Uint32(b[12:]), place: binary.LittleEndian.Uint32(b[16:]),
			}
			w.rows, w.days = append(w.rows, r), append(w.days, r.day())
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

// Links are how many events there are, how many links each has, varints, and then the bytes of all links, those of one place side by side:
//
//	2 bytes   link.low
//	1 byte    the low byte of link.high
//	1 byte    that of link.how
//	1 byte    the high byte of link.how; left out where all of these and of the next are 0
//	1 byte    that of link.high, likewise
//
// One link of eight bytes behind the other took twice as long to unpack, and nothing in an opening takes longer.

// readLinks reads the links, and counts them. They lead to what should be there: whether it is, consistent tells.
func (w *indexer) readLinks(txn *badger.Txn) (*linkCounts, error) {
	w.linksAt = slices.Grow(w.linksAt, withRoom(w.counts.Ordinals))
	w.links = slices.Grow(w.links, withRoom(w.counts.Links))
	n := newLinkCounts(&w.counts)
	return n, eachRecord(txn, keyLinks, func(first uint32, b []byte) error {
		if int(first) != len(w.linksAt)-1 {
			return gap(keyLinks, first)
		}
		begin := len(w.links)
		if !w.addLinks(b) {
			return fmt.Errorf("%w: links end early", ErrCorrupt)
		}
		for _, l := range w.links[begin:] {
			to, target := n[l.kind()], l.target()
			if uint64(target) >= uint64(len(to)) {
				return fmt.Errorf("%w: a link to what is not there", ErrCorrupt)
			}
			to[target]++
		}
		return nil
	})
}

// addLinks adds the links of a record, and tells whether it is whole.
func (w *indexer) addLinks(b []byte) bool {
	events, used := binary.Uvarint(b)
	if used <= 0 || events > uint64(len(b)) {
		return false
	}
	n := 0
	for b = b[used:]; events > 0; events-- {
		many, used := binary.Uvarint(b)
		if used <= 0 || many > uint64(len(b)) {
			return false
		}
		b = b[used:]
		n += int(many)
		w.linksAt = append(w.linksAt, uint32(len(w.links)+n))
	}
	if len(b) != 4*n && len(b) != 5*n && len(b) != 6*n {
		return false
	}
	begin := len(w.links)
	low, high, how := b[:2*n], b[2*n:3*n], b[3*n:4*n]
	for i := range n {
		w.links = append(w.links, link{binary.LittleEndian.Uint16(low[2*i:]), uint16(high[i]), uint16(how[i])})
	}
	for i, c := range b[4*n : min(5*n, len(b))] {
		w.links[begin+i].how |= uint16(c) << 8
	}
	for i, c := range b[min(5*n, len(b)):] {
		w.links[begin+i].high |= uint16(c) << 8
	}
	return true
}

func (w *indexer) writeLinks(from, to uint32) []byte {
	links := w.links[w.linksAt[from]:w.linksAt[to]]
	b := make([]byte, 0, binary.MaxVarintLen32+2*int(to-from)+6*len(links))
	b = binary.AppendUvarint(b, uint64(to-from))
	for o := from; o < to; o++ {
		b = binary.AppendUvarint(b, uint64(len(w.linksOf(o))))
	}
	how, high := uint16(0), uint16(0)
	for _, l := range links {
		b = binary.LittleEndian.AppendUint16(b, l.low)
		how, high = how|l.how, high|l.high
	}
	for _, l := range links {
		b = append(b, byte(l.high))
	}
	for _, l := range links {
		b = append(b, byte(l.how))
	}
	if how > math.MaxUint8 || high > math.MaxUint8 {
		for _, l := range links {
			b = append(b, byte(l.how>>8))
		}
	}
	if high > math.MaxUint8 {
		for _, l := range links {
			b = append(b, byte(l.high>>8))
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
