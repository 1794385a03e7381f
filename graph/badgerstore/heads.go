package badgerstore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// A head is what a list shows of an event and its row does not hold: id and title. Pages are mostly made of heads, which take some
// 80 bytes where a card takes 600; they stand in a column of their own, and those that were read last are kept as they are written. A
// record is the heads of as many events as an update added, or of fullOf[keyHeads], each:
//
//	id, title        each behind the varint of its bytes; an event that was removed has neither
//	1 byte           what follows, a bit each: otherPrinted, otherDate
//	printed title    where it is not the title
//	EDTF             of a date that is not one day
const (
	otherPrinted = 1 << iota
	otherDate
)

// head writes the head of an event.
func (w *encoder) head(e *graph.Event) {
	w.text(string(e.ID))
	w.text(e.Title)
	what := uint64(0)
	if e.PrintedTitle != e.Title {
		what |= otherPrinted
	}
	if e.Date.EDTF != dayOf(e.Date.Start()) {
		what |= otherDate
	}
	w.uint(what)
	if what&otherPrinted != 0 {
		w.text(e.PrintedTitle)
	}
	if what&otherDate != 0 {
		w.date(e.Date.EDTF)
	}
}

// noHead is the head of an event that was removed.
var noHead = []byte{0, 0, 0}

// dayOf returns the date of a day, Unknown for none.
func dayOf(d edtf.Day) edtf.Date {
	if d == 0 {
		return edtf.Unknown
	}
	return edtf.OfDay(d)
}

// head is one that was read. Its strings are cut out of the record.
type head struct {
	id             graph.ID
	title, printed string
	date           edtf.Date
}

// own has the strings of the head in memory of their own, which keeps no record.
func (h *head) own() {
	n, m := len(h.id), len(h.id)+len(h.title)
	all := string(h.id) + h.title
	if h.printed != h.title {
		all += h.printed
		h.printed = all[m:]
	} else {
		h.printed = all[n:m]
	}
	h.id, h.title = graph.ID(all[:n]), all[n:m]
}

// head reads the next head, of an event of the row.
func (r *decoder) head(row *row) (h head) {
	h.id, h.title = graph.ID(r.shortText()), r.shortText()
	h.printed = h.title
	what := r.uint()
	if what&otherPrinted != 0 {
		h.printed = r.text()
	}
	if what&otherDate != 0 {
		h.date = r.date()
	} else {
		h.date = dayOf(row.first)
	}
	return h
}

// shortText is text for one that is mostly shorter than 128 bytes.
func (r *decoder) shortText() string {
	if len(r.s) > 0 && r.s[0] < 0x80 && int(r.s[0]) < len(r.s) {
		end := 1 + int(r.s[0])
		s := r.s[1:end]
		r.s = r.s[end:]
		return s
	}
	return r.text()
}

// pass passes over the next head.
func (r *decoder) pass() {
	r.text()
	r.text()
	what := r.uint()
	if what&otherPrinted != 0 {
		r.text()
	}
	if what&otherDate != 0 {
		r.text()
	}
}

// heads are those of a record as they are kept, in one piece of memory, since what a page waits for is memory: what is written of them, then
// where each begins and the last ends, four bytes each, and how many there are, four bytes, all little endian. "" stands for none that was read.
type heads string

func parseHeads(b []byte) (heads, error) { return new(shelf).put(b, 0) }

// A shelf is a piece of memory for the heads of several records.
type shelf struct{ strings.Builder }

// put parses a record behind the others, or in a new piece of at least so many bytes where there is no room.
func (h *shelf) put(b []byte, least int) (heads, error) {
	if room := len(b) + 4*(int(fullOf[keyHeads])+2); h.Cap()-h.Len() < room {
		h.Builder = strings.Builder{}
		h.Grow(max(room, least))
	}
	begin := h.Len()
	h.Write(b)
	r := decoder{s: h.String()[begin:]}
	size, at := len(r.s), make([]int, 1, fullOf[keyHeads]+1)
	for len(r.s) > 0 {
		r.pass()
		at = append(at, size-len(r.s))
	}
	var four [4]byte
	for _, n := range append(at, len(at)-1) {
		binary.LittleEndian.PutUint32(four[:], uint32(n))
		h.Write(four[:])
	}
	return heads(h.String()[begin:]), r.err
}

// number returns the one that ends so many fours before the end.
func (h heads) number(fours int) int {
	h = h[len(h)-4*fours-4:]
	return int(h[0]) | int(h[1])<<8 | int(h[2])<<16 | int(h[3])<<24
}

// n returns how many there are.
func (h heads) n() int { return h.number(0) }

// at returns where the i-th begins, n() where the last ends.
func (h heads) at(i int) int { return h.number(h.n() + 1 - i) }

// written returns what is written of the i-th.
func (h heads) written(i int) string { return string(h[h.at(i):h.at(i+1)]) }

// head returns the i-th, of an event of the row; the zero head where there are fewer, or the event was removed.
func (h heads) head(i int, row *row) (head, error) {
	if h == "" || i >= h.n() {
		return head{}, nil
	}
	r := decoder{s: h.written(i)}
	return r.head(row), r.err
}

// headsRecord returns the number of the record that has the head of an event.
func (x *index) headsRecord(o uint32) uint32 {
	tail := x.counts.Heads
	if len(tail) == 0 || o < tail[0] {
		return o - o%fullOf[keyHeads]
	}
	i, found := slices.BinarySearch(tail, o)
	if !found {
		i--
	}
	return tail[i]
}

// readHeads reads the record with the heads of some events, and keeps it.
func (r *snapshot) readHeads(first uint32) (h heads, err error) {
	ok, err := getBytes(r.txn, numberKey(keyHeads, first), func(b []byte) (err error) {
		h, err = parseHeads(b)
		return err
	})
	if err == nil && !ok {
		err = fmt.Errorf("%w: there are no heads from event %d on", ErrCorrupt, first)
	}
	if err != nil {
		return "", err
	}
	r.state.kept.heads.put(first, h, len(h))
	return h, nil
}

// head returns that of an event that is alive.
func (r *snapshot) head(o uint32) (head, error) {
	if o >= r.index.n() {
		return head{}, fmt.Errorf("%w: event %d is not there", ErrCorrupt, o)
	}
	kept, _ := r.state.kept.heads.get(r.index.headsRecord(o))
	return r.headIn(kept, o)
}

// headIn is head by the record with it, which may be one that was kept, or none. One of another state may have fewer heads at its end, or
// lack that of an event that was removed since: then it is read anew.
func (r *snapshot) headIn(kept heads, o uint32) (h head, err error) {
	first := r.index.headsRecord(o)
	if kept != "" {
		if h, err = kept.head(int(o-first), &r.index.rows[o]); err == nil && h.id != "" {
			return h, nil
		}
	}
	read, err := r.readHeads(first)
	if err == nil {
		h, err = read.head(int(o-first), &r.index.rows[o])
	}
	if err == nil && h.id == "" {
		err = fmt.Errorf("%w: there is no head of event %d", ErrCorrupt, o)
	}
	return h, err
}

// putHeads writes the heads of new events, and takes out those of the events that were removed.
func (c *changes) putHeads() error {
	old, w := c.r.index, c.w
	var unread error
	write := func(_ byte, from, to uint32) (b []byte) {
		for o := from; o < to && unread == nil; o++ {
			switch {
			case w.dead.Contains(o):
				b = append(b, noHead...)
			case o >= old.n():
				b = append(b, c.heads[o-old.n()]...)
			default:
				var h string
				h, unread = c.headAsWritten(o)
				b = append(b, h...)
			}
		}
		return b
	}
	tail, err := c.putMembers(w.counts.Heads, old.n(), w.n(), write, keyHeads)
	if err := errors.Join(err, unread); err != nil {
		return err
	}
	w.counts.Heads = tail
	for _, o := range c.removed {
		first := old.headsRecord(o)
		key := numberKey(keyHeads, first)
		if _, written := c.byID[string(key)]; written {
			continue
		}
		h, err := c.headsBefore(first)
		if err != nil {
			return err
		}
		b := write(keyHeads, first, first+uint32(h.n()))
		if unread != nil {
			return unread
		}
		if len(b) == h.n()*len(noHead) { // nobody asks for it any more
			err = c.dropRecord(key)
		} else {
			err = c.putBytes(key, b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// headAsWritten returns the bytes of the head of an event that was there before the update.
func (c *changes) headAsWritten(o uint32) (string, error) {
	first := c.r.index.headsRecord(o)
	h, err := c.headsBefore(first)
	if err == nil && o-first >= uint32(h.n()) {
		err = fmt.Errorf("%w: there is no head of event %d", ErrCorrupt, o)
	}
	if err != nil {
		return "", err
	}
	return h.written(int(o - first)), nil
}

// headsBefore reads a record as it was before the update, once.
func (c *changes) headsBefore(first uint32) (h heads, err error) {
	if h = c.oldHeads[first]; h == "" {
		if h, err = c.r.readHeads(first); err == nil {
			c.oldHeads[first] = h
		}
	}
	return h, err
}

// begin fills in what head and row hold of an event.
func (r *snapshot) begin(e *graph.Event, o uint32, h *head) {
	row := &r.index.rows[o]
	is := &r.index.issues[row.issue]
	*e = graph.Event{
		ID: h.id, Title: h.title, PrintedTitle: h.printed, Date: graph.EventDate{EDTF: h.date}, Section: r.index.sections[row.section],
		IssueID: is.ID, PublicationID: is.Publication, IssueOrder: is.Order, Place: int(row.place),
	}
}

// shown returns the events of ordinals, or their heads.
func (r *snapshot) shown(ctx context.Context, ordinals []uint32, heads bool) ([]*graph.Event, error) {
	if heads {
		return r.headed(ctx, ordinals)
	}
	return r.cards(ctx, ordinals)
}

// headed returns the events of ordinals and no more of them than their heads.
//
// What a page waits for is memory that lies anywhere. Each sort of it is asked for in a loop of its own, so that the processor waits for
// many at once: fifty heads took 45 µs one by one, and take 30.
func (r *snapshot) headed(ctx context.Context, ordinals []uint32) ([]*graph.Event, error) {
	x := r.index
	all, events := make([]graph.Event, len(ordinals)), make([]*graph.Event, len(ordinals))
	records, kept := make([]uint32, len(ordinals)), make([]heads, len(ordinals))
	for i, o := range ordinals {
		events[i], records[i] = &all[i], x.headsRecord(o)
	}
	r.state.kept.heads.getMany(records, func(i int, h heads) { kept[i] = h })
	texts, rows := make([]string, len(ordinals)), make([]row, len(ordinals))
	for i, o := range ordinals {
		if at := int(o - records[i]); kept[i] != "" && at < kept[i].n() {
			texts[i] = kept[i].written(at)
		}
	}
	removed := string(noHead)
	for i, o := range ordinals {
		if rows[i] = x.rows[o]; texts[i] == removed { // since, and not in this state
			texts[i] = ""
		}
	}
	var missing []int
	for i, o := range ordinals {
		if texts[i] == "" || !rows[i].told() {
			missing = append(missing, i)
			continue
		}
		d := decoder{s: texts[i]}
		h := d.head(&rows[i])
		if d.err != nil {
			return nil, d.err
		}
		r.show(events[i], o, &h)
	}
	return events, inTwo(ctx, len(missing), func(n int) (err error) {
		i := missing[n]
		events[i], err = r.headAt(ordinals[i])
		return err
	})
}

// headAt is headed for one event.
func (r *snapshot) headAt(o uint32) (*graph.Event, error) {
	if !r.index.rows[o].told() {
		e, err := r.card(o)
		if err != nil {
			return nil, err
		}
		return e.Head(), nil
	}
	h, err := r.head(o)
	if err != nil {
		return nil, err
	}
	e := new(graph.Event)
	r.show(e, o, &h)
	return e, nil
}

// show fills in what Event.Head has of an event whose row is told.
func (r *snapshot) show(e *graph.Event, o uint32, h *head) {
	r.begin(e, o, h)
	row := &r.index.rows[o]
	e.Kind, e.Date.Basis, e.Date.Confidence = kindCodes[row.kind()], basisCodes[row.basis()], r.index.confidences[row.confidence]
}

// told tells whether the row tells kind, basis and confidence; else the card does.
func (r *row) told() bool {
	return int(r.kind()) < len(kindCodes) && int(r.basis()) < len(basisCodes) && r.confidence != manyConfidences
}

// shelfBytes is how much memory is taken at once for the heads of all events: pieces of the size of a record leave a fifth of it unused.
const shelfBytes = 1 << 20

// readAllHeads keeps the heads of all events of a state, or as many as are kept, unless the store is closed meanwhile. Reading them in their
// order takes a tenth of what asking for each record takes, and a page of somebody who is everywhere asks for fifty. What is wrong with one is
// told to whoever asks for it.
func (s *Store) readAllHeads(st *state) {
	room, shelf := keptHeads, new(shelf)
	_ = eachRecord(st.txn, keyHeads, func(first uint32, b []byte) error {
		if room <= 0 || s.isClosing() {
			return graph.ErrStop
		}
		h, err := shelf.put(b, shelfBytes)
		if err != nil {
			return err
		}
		room -= len(h)
		if _, kept := st.kept.heads.get(first); !kept {
			st.kept.heads.put(first, h, len(h))
		}
		return nil
	})
}
