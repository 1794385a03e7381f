package gram

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
)

// Merge makes one segment of several, whose intervals do not meet, and hands its blocks to write. Together they must not
// span more than MaxSpan ordinals. Events in dead, nil for none, are left out; they may be dropped already.
//
// Every event keeps the set of frequent grams that it was indexed with, so strings are found with as few candidates as
// before. Merge holds one block of each segment in memory, and one entry. It reads the blocks of a segment in order, and
// some of them once more to find entries that are shared.
//
// Errors are ErrRange, ErrCorrupt, and those of Read and write.
func Merge(segments []Segment, dead *roaring.Bitmap, write Writer) (*Header, error) {
	m, err := newMerger(segments, dead)
	if err != nil {
		return nil, err
	}
	w := newBlockWriter(write)
	if err := m.run(w); err != nil {
		return nil, err
	}
	m.header.index, err = w.finish()
	return m.header, err
}

// A merger walks several segments gram by gram.
type merger struct {
	header  *Header
	cursors []*cursor // a heap: the least gram first, of equal ones the first segment's
	all     []*cursor // of all segments
	taken   []taken   // entries of the gram in work
	lists   lists
	body    []byte
}

// A taken entry is that of one segment.
type taken struct {
	*cursor
	form form
	body []byte
}

// A cursor stands at an entry of a segment.
type cursor struct {
	Segment
	order  int    // of the segment
	offset int    // of the segment's ordinals in the merged one
	dead   []bool // by ordinal of the segment; nil if none is
	block  int    // to be read next
	reader blockReader
	key    uint64 // the first bytes of the gram, so that most comparisons are of numbers
}

func newMerger(segments []Segment, dead *roaring.Bitmap) (*merger, error) {
	segments = slices.DeleteFunc(slices.Clone(segments), func(s Segment) bool { return s.Header.span == 0 })
	slices.SortFunc(segments, func(a, b Segment) int { return cmp.Compare(a.Header.lo, b.Header.lo) })
	m := &merger{header: new(Header)}
	for i, s := range segments {
		lo, hi := s.Header.Interval()
		if i == 0 {
			m.header.lo = lo
		} else if _, end := segments[i-1].Header.Interval(); uint64(lo) < end {
			return nil, ErrRange
		}
		span := hi - uint64(m.header.lo)
		if span > MaxSpan {
			return nil, ErrRange
		}
		m.header.span = int(span)
		if err := s.Load(); err != nil {
			return nil, err
		}
		c := &cursor{Segment: s, order: i, offset: int(lo - m.header.lo)}
		m.all = append(m.all, c)
		c.bury(dead)
		m.header.take(c)
		if more, err := c.next(); err != nil {
			return nil, err
		} else if more {
			m.cursors = append(m.cursors, c)
		}
	}
	for i := len(m.cursors)/2 - 1; i >= 0; i-- {
		m.down(i)
	}
	return m, nil
}

// bury notes which events of the segment are dead.
func (c *cursor) bury(dead *roaring.Bitmap) {
	if dead == nil {
		return
	}
	lo, hi := c.Header.Interval()
	for it := dead.Iterator(); ; {
		it.AdvanceIfNeeded(lo)
		if !it.HasNext() {
			return
		}
		o := it.Next()
		if uint64(o) >= hi {
			return
		}
		if c.dead == nil {
			c.dead = make([]bool, c.Header.span)
		}
		c.dead[o-lo] = true
	}
}

// take adds the events and parts of a segment to the header.
func (h *Header) take(c *cursor) {
	h.events = c.appendAlive(h.events, slices.Clone(c.Header.events))
	for _, p := range c.Header.parts {
		i := slices.IndexFunc(h.parts, func(q part) bool {
			return p.few == 0 && q.few == 0 && (q.set == p.set || q.set.ID() == p.set.ID())
		})
		if i < 0 {
			i = len(h.parts)
			h.parts = append(h.parts, part{set: p.set, few: p.few})
		}
		q := &h.parts[i]
		for _, in := range p.in {
			in.from, in.to = in.from+c.offset, in.to+c.offset
			if n := len(q.in); n > 0 && q.in[n-1].to == in.from {
				q.in[n-1].to = in.to
			} else {
				q.in = append(q.in, in)
			}
		}
	}
}

// appendAlive appends those of v, ordinals of the cursor's segment, that are not dead, as ordinals of the merged one. v may lie behind
// dst in its memory.
func (c *cursor) appendAlive(dst, v []uint16) []uint16 {
	offset := uint16(c.offset)
	for _, o := range v {
		if c.dead == nil || !c.dead[o] {
			dst = append(dst, o+offset)
		}
	}
	return dst
}

// next goes to the next entry; more is false at the end of the segment.
func (c *cursor) next() (more bool, err error) {
	for {
		if more, err = c.reader.next(); more || err != nil {
			c.key = gramKey(c.reader.gram)
			return more, err
		}
		if c.block >= c.Header.Blocks() {
			return false, nil
		}
		b, err := c.Read(c.block)
		if err != nil {
			return false, err
		}
		c.reader = blockReader{b: b, gram: c.reader.gram[:0]}
		c.block++
	}
}

// gramKey returns the first eight bytes of a gram, those that are missing being zeros.
func gramKey(gram []byte) uint64 {
	if len(gram) >= 8 {
		return binary.BigEndian.Uint64(gram)
	}
	var b [8]byte
	copy(b[:], gram)
	return binary.BigEndian.Uint64(b[:])
}

// compare orders cursors by their grams and then by their segments.
func (c *cursor) compare(d *cursor) int {
	if c.key != d.key {
		return cmp.Compare(c.key, d.key)
	}
	if n := bytes.Compare(c.reader.gram, d.reader.gram); n != 0 {
		return n
	}
	return cmp.Compare(c.order, d.order)
}

// run writes all grams. One that has lost its last event is left out.
func (m *merger) run(w *blockWriter) error {
	var gram []byte
	for len(m.cursors) > 0 {
		gram = append(gram[:0], m.cursors[0].reader.gram...)
		m.taken = m.taken[:0]
		for len(m.cursors) > 0 && bytes.Equal(m.cursors[0].reader.gram, gram) {
			c := m.cursors[0]
			m.taken = append(m.taken, taken{c, c.reader.form, c.reader.body})
			if err := m.advance(); err != nil {
				return err
			}
		}
		f, body, err := m.entry(gram)
		if err != nil {
			return err
		}
		if len(body) == 0 {
			continue
		}
		if err := w.add(gram, f, body); err != nil {
			return err
		}
	}
	return nil
}

// entry makes one entry of those taken. It is empty if no event is left.
func (m *merger) entry(gram []byte) (f form, body []byte, err error) {
	part, err := m.shared(gram)
	if err != nil {
		return 0, nil, err
	}
	if part.n > 0 {
		m.body = part.append(m.body[:0])
		return several, m.body, nil
	}
	m.lists.reset()
	for _, t := range m.taken {
		if err := m.take(t, gram); err != nil {
			return 0, nil, err
		}
	}
	if len(m.lists.of[allList]) == 0 {
		return 0, nil, nil
	}
	m.body, f = m.lists.append(m.body[:0])
	return f, m.body, nil
}

// shared returns the part of the gram that shares its entry in all segments, or an empty span. A segment that does not have
// the gram though its sets cover it must not have the part either, be it that no text has the gram or that it was left out.
func (m *merger) shared(gram []byte) (span, error) {
	var whole span
	for i, t := range m.taken {
		p, ok := sameAs(t.form, t.body, gram)
		if !ok {
			return span{}, nil
		}
		if p.n == 0 {
			return span{}, ErrCorrupt
		}
		if i == 0 {
			whole = p
		}
		whole = whole.join(p)
	}
	if whole.n == utf8.RuneCount(gram) {
		return span{}, nil
	}
	taken := m.taken
	for _, c := range m.all { // in the order of taken
		if len(taken) > 0 && taken[0].cursor == c {
			taken = taken[1:]
			continue
		}
		if !slices.ContainsFunc(c.Header.parts, func(p part) bool { return p.set.covers(gram) }) {
			continue
		}
		if e, err := c.Find(string(whole.of(gram))); err != nil || !e.IsEmpty() {
			return span{}, err
		}
	}
	return whole, nil
}

// take adds the lists of an entry to those of the gram.
func (m *merger) take(t taken, gram []byte) error {
	if t.form != several { // nearly all, and sixteen lists take longer to pass than one to read
		return m.add(t, allList, list{form: t.form, b: t.body})
	}
	of, ok := parseEntry(t.form, t.body)
	if part, shares := sameAs(t.form, t.body, gram); shares {
		e, err := t.Find(string(part.of(gram)))
		if err != nil {
			return err
		}
		of, ok = e.of, true
	}
	if !ok {
		return ErrCorrupt
	}
	for i := range of {
		if len(of[i].b) > 0 {
			if err := m.add(t, i, of[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// add adds list i of an entry to that of the gram.
func (m *merger) add(t taken, i int, l list) error {
	before := m.lists.of[i]
	all, ok := l.appendTo(before, t.Header.span)
	if !ok || len(l.b) == 0 {
		return ErrCorrupt
	}
	m.lists.of[i] = t.appendAlive(all[:len(before)], all[len(before):])
	m.lists.used |= 1 << i
	return nil
}

// advance moves the first cursor on and to its place in the heap.
func (m *merger) advance() error {
	more, err := m.cursors[0].next()
	if err != nil {
		return err
	}
	if !more {
		last := len(m.cursors) - 1
		m.cursors[0] = m.cursors[last]
		m.cursors = m.cursors[:last]
	}
	m.down(0)
	return nil
}

func (m *merger) down(i int) {
	for h := m.cursors; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(h); child++ {
			if h[child].compare(h[least]) < 0 {
				least = child
			}
		}
		if least == i {
			return
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
}
