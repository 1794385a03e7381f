package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"slices"

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

// head reads the next head. day is that of a date that is one day, 0 of another.
func (r *decoder) head(day edtf.Day) (h head) {
	h.id, h.title = graph.ID(r.shortText()), r.shortText()
	what := r.uint()
	if h.printed = h.title; what&otherPrinted != 0 {
		h.printed = r.text()
	}
	if what&otherDate != 0 {
		h.date = r.date()
	} else {
		h.date = dayOf(day)
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

// cutHeads cuts a record into its heads, as they are written. Those of events that were removed are noHead.
func cutHeads(b string) (heads []string, err error) {
	heads = make([]string, 0, fullOf[keyHeads])
	r := decoder{s: b}
	for len(r.s) > 0 {
		begin := r.s
		r.pass()
		heads = append(heads, begin[:len(begin)-len(r.s)])
	}
	return heads, r.err
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

// readHeads reads the record with the heads of some events, and keeps them.
func (r *snapshot) readHeads(first uint32) (heads []string, err error) {
	ok, err := getBytes(r.txn, numberKey(keyHeads, first), func(b []byte) (err error) {
		heads, err = cutHeads(string(b))
		return err
	})
	if err == nil && !ok {
		err = fmt.Errorf("%w: there are no heads from event %d on", ErrCorrupt, first)
	}
	if err != nil {
		return nil, err
	}
	r.state.kept.heads.put(first, heads)
	return heads, nil
}

// head returns that of an event that is alive.
func (r *snapshot) head(o uint32) (h head, err error) {
	if o >= r.index.n() {
		return head{}, fmt.Errorf("%w: event %d is not there", ErrCorrupt, o)
	}
	d := decoder{s: r.state.kept.heads.get(o)}
	if d.s == "" {
		first := r.index.headsRecord(o)
		heads, err := r.readHeads(first)
		if err != nil {
			return head{}, err
		}
		if i := int(o - first); i < len(heads) {
			d.s = heads[i]
		}
	}
	if h = d.head(r.index.days[o]); d.err == nil && h.id == "" {
		d.fail()
	}
	return h, d.err
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
		b := write(keyHeads, first, first+uint32(len(h)))
		if unread != nil {
			return unread
		}
		if err := c.dropRecord(key); err != nil {
			return err
		}
		if len(b) > len(h)*len(noHead) { // else nobody asks for it any more
			c.setAll(squeeze(key, b))
		}
	}
	return nil
}

// headAsWritten returns the bytes of the head of an event that was there before the update.
func (c *changes) headAsWritten(o uint32) (string, error) {
	first := c.r.index.headsRecord(o)
	h, err := c.headsBefore(first)
	if err == nil && o-first >= uint32(len(h)) {
		err = fmt.Errorf("%w: there is no head of event %d", ErrCorrupt, o)
	}
	if err != nil {
		return "", err
	}
	return h[o-first], nil
}

// headsBefore reads a record as it was before the update, once.
func (c *changes) headsBefore(first uint32) (h []string, err error) {
	if h = c.oldHeads[first]; h == nil {
		if h, err = c.r.readHeads(first); err == nil {
			c.oldHeads[first] = h
		}
	}
	return h, err
}

// begin fills in what head and row hold of an event.
func (r *snapshot) begin(e *graph.Event, o uint32, h *head) {
	row := &r.index.rows[o]
	h.fill(e)
	r.index.stand(e, row)
}

// stand fills in where an event of the row stands.
func (x *index) stand(e *graph.Event, row *row) {
	is := &x.issues[row.issue]
	e.IssueID, e.PublicationID, e.IssueOrder, e.Place, e.Section = is.ID, is.Publication, is.Order, int(row.place), x.sections[row.section]
}

// shown returns as much of the events of ordinals as is wanted.
func (r *snapshot) shown(ctx context.Context, ordinals []uint32, wanted graph.Detail) ([]*graph.Event, error) {
	if wanted == graph.Whole {
		return r.cards(ctx, ordinals)
	}
	events, err := r.titled(ctx, ordinals)
	if n := len(events); err == nil && wanted == graph.Titles && n > 2 {
		return events, errors.Join(r.complete(ordinals[:1], events), r.complete(ordinals[n-1:], events[n-1:]))
	}
	if err == nil {
		err = r.complete(ordinals, events)
	}
	return events, err
}

// titled returns what the heads of the events of ordinals hold.
//
// What a page waits for is memory that lies anywhere. Each sort of it is asked for in a loop of its own, so that the processor waits for
// many at once: fifty heads took 45 µs one by one, and 20 so.
func (r *snapshot) titled(ctx context.Context, ordinals []uint32) ([]*graph.Event, error) {
	n := len(ordinals)
	all, events := make([]graph.Event, n), make([]*graph.Event, n)
	texts, days := make([]string, n), make([]edtf.Day, n)
	for i, o := range ordinals {
		events[i], texts[i], days[i] = &all[i], r.state.kept.heads.get(o), r.index.days[o]
	}
	touch(texts)
	var missing []int
	for i, text := range texts {
		if text == "" {
			missing = append(missing, i)
			continue
		}
		d := decoder{s: text}
		h := d.head(days[i])
		if d.err != nil {
			return nil, d.err
		}
		h.fill(&all[i])
	}
	return events, inTwo(ctx, len(missing), func(n int) error {
		i := missing[n]
		h, err := r.head(ordinals[i])
		h.fill(&all[i])
		return err
	})
}

// touch has the processor fetch what most heads fill, two lines of memory.
//
//go:noinline
func touch(texts []string) (sum byte) {
	const line = 64
	for _, text := range texts {
		if len(text) > line {
			sum += text[0] + text[line]
		}
	}
	return sum
}

// fill fills in what a head holds of an event.
func (h *head) fill(e *graph.Event) {
	e.ID, e.Title, e.PrintedTitle, e.Date.EDTF = h.id, h.title, h.printed, h.date
}

// complete makes heads of events of which that is filled in what theirs hold: the rest stands in the columns, or in a card.
func (r *snapshot) complete(ordinals []uint32, events []*graph.Event) error {
	rows := make([]row, len(ordinals))
	for i, o := range ordinals { // by themselves, so that the processor waits for many at once
		rows[i] = r.index.rows[o]
	}
	for i, o := range ordinals {
		if !rows[i].told() {
			e, err := r.card(o)
			if err != nil {
				return err
			}
			*events[i] = *e.Head()
			continue
		}
		r.index.stand(events[i], &rows[i])
		r.index.tell(events[i], &rows[i])
	}
	return nil
}

// tell fills in kind, basis and confidence of an event whose row tells them.
func (x *index) tell(e *graph.Event, row *row) {
	e.Kind, e.Date.Basis, e.Date.Confidence = kindCodes[row.kind()], basisCodes[row.basis()], x.confidences[row.confidence]
}

// told tells whether the row tells kind, basis and confidence; else the card does.
func (r *row) told() bool {
	return int(r.kind()) < len(kindCodes) && int(r.basis()) < len(basisCodes) && r.confidence != manyConfidences
}
