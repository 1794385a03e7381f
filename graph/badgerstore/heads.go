package badgerstore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sort"
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
	h.id, h.title = r.idAndTitle()
	h.printed, h.date = r.behindTitle(h.title, row)
	return h
}

func (r *decoder) idAndTitle() (graph.ID, string) { return graph.ID(r.shortText()), r.shortText() }

// behindTitle reads the rest of a head: the printed title and the date.
func (r *decoder) behindTitle(title string, row *row) (printed string, date edtf.Date) {
	printed = title
	what := r.uint()
	if what&otherPrinted != 0 {
		printed = r.text()
	}
	if what&otherDate != 0 {
		return printed, r.date()
	}
	return printed, dayOf(row.first)
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
// where each begins, headPlaces of four bytes, little endian, the first at the end. Those that are left over name the end of what is written.
// "" stands for none that was read.
type heads string

// headPlaces is how many places heads end with: one more than a record has heads.
func headPlaces() int { return int(fullOf[keyHeads]) + 1 }

func parseHeads(b []byte) (heads, error) { return new(shelf).put(b, 0) }

// A shelf is a piece of memory for the heads of several records.
type shelf struct{ strings.Builder }

// put parses a record behind the others, or in a new piece of at least so many bytes where there is no room.
func (h *shelf) put(b []byte, least int) (heads, error) {
	places := make([]byte, 4*headPlaces())
	if room := len(b) + len(places); h.Cap()-h.Len() < room {
		h.Builder = strings.Builder{}
		h.Grow(max(room, least))
	}
	begin := h.Len()
	h.Write(b)
	r := decoder{s: h.String()[begin:]}
	for end := len(places); end > 0; end -= 4 {
		binary.LittleEndian.PutUint32(places[end-4:], uint32(len(b)-len(r.s)))
		if len(r.s) > 0 {
			r.pass()
		}
	}
	if len(r.s) > 0 {
		r.fail()
	}
	h.Write(places)
	return heads(h.String()[begin:]), r.err
}

// at returns where the i-th begins, and the one before it ends.
func (h heads) at(i int) int {
	h = h[len(h)-4*i-4:]
	return int(h[0]) | int(h[1])<<8 | int(h[2])<<16 | int(h[3])<<24
}

// n returns how many there are.
func (h heads) n() int {
	most := headPlaces() - 1
	return sort.Search(most, func(i int) bool { return h.at(i) == h.at(most) })
}

// written returns what is written of the i-th, "" where there are fewer.
func (h heads) written(i int) string {
	if h == "" {
		return ""
	}
	return string(h[h.at(i):h.at(i+1)])
}

// head returns the i-th, of an event of the row; the zero head where there are fewer, or the event was removed.
func (h heads) head(i int, row *row) (head, error) {
	r := decoder{s: h.written(i)}
	if r.s == "" {
		return head{}, nil
	}
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
				b = append(b, c.events[o-old.n()].head...)
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
		if err := c.dropRecord(key); err != nil {
			return err
		}
		if len(b) > h.n()*len(noHead) { // else nobody asks for it any more
			c.setAll(squeeze(key, b))
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
	e.ID, e.Title, e.PrintedTitle, e.Date.EDTF = h.id, h.title, h.printed, h.date
	r.index.stand(e, row)
}

// stand fills in where an event of the row stands.
func (x *index) stand(e *graph.Event, row *row) {
	is := &x.issues[row.issue]
	e.IssueID, e.PublicationID, e.IssueOrder, e.Place, e.Section = is.ID, is.Publication, is.Order, int(row.place), x.sections[row.section]
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
// many at once: fifty heads took 45 µs one by one, and take 20.
func (r *snapshot) headed(ctx context.Context, ordinals []uint32) ([]*graph.Event, error) {
	x, n := r.index, len(ordinals)
	all, events := make([]graph.Event, n), make([]*graph.Event, n)
	records, kept := make([]uint32, n), make([]heads, n)
	for i, o := range ordinals {
		events[i], records[i] = &all[i], x.headsRecord(o)
	}
	r.state.kept.heads.getMany(records, func(i int, h heads) { kept[i] = h })
	rests, rows := make([]string, n), make([]row, n)
	for i, o := range ordinals {
		rests[i], rows[i] = kept[i].written(int(o-records[i])), x.rows[o]
	}
	var missing []int
	for i := range ordinals {
		if len(rests[i]) <= len(noHead) || !rows[i].told() { // none, or removed since and not in this state
			missing, rests[i] = append(missing, i), ""
			continue
		}
		d := decoder{s: rests[i]}
		all[i].ID, all[i].Title = d.idAndTitle()
		if rests[i] = d.s; d.s == "" {
			d.fail()
			return nil, d.err
		}
		x.stand(&all[i], &rows[i])
	}
	for i := range ordinals {
		if rests[i] == "" {
			continue
		}
		d, e, row := decoder{s: rests[i]}, &all[i], &rows[i]
		if e.PrintedTitle, e.Date.EDTF = d.behindTitle(e.Title, row); d.err != nil {
			return nil, d.err
		}
		x.tell(e, row)
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
	r.begin(e, o, &h)
	r.index.tell(e, &r.index.rows[o])
	return e, nil
}

// tell fills in kind, basis and confidence of an event whose row tells them.
func (x *index) tell(e *graph.Event, row *row) {
	e.Kind, e.Date.Basis, e.Date.Confidence = kindCodes[row.kind()], basisCodes[row.basis()], x.confidences[row.confidence]
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
