package gram

import (
	"encoding/binary"
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"
)

// A Header says what a segment has and where. It never changes and may be used by several goroutines.
type Header struct {
	lo     uint32
	span   int      // ordinals [lo, lo+span)
	events []uint16 // ordinals of the events, from lo
	parts  []part   // by their first interval; together they are [0, span) without what lies between segments
	index  index    // of blocks
}

// A part is the ordinals of a segment that were indexed with one set of frequent grams. Where few is not 0, they were indexed
// at once, and a gram of three code points and more was left out only if not more than few of their events had both halves of it.
type part struct {
	set *Set
	few int
	in  []interval
}

// Interval returns the ordinals [lo, hi) of the segment. hi is a uint64 as the last ordinal may be the last there is.
func (h *Header) Interval() (lo uint32, hi uint64) { return h.lo, uint64(h.lo) + uint64(h.span) }

// Events returns how many events the segment indexes.
func (h *Header) Events() int { return len(h.events) }

// Ordinals returns the ordinals of the events that the segment indexes, in a bitmap of the caller's own.
func (h *Header) Ordinals() *roaring.Bitmap {
	both := containers(h.lo, append([]uint16(nil), h.events...))
	return mapped(both[:])
}

// Sets returns the sets of frequent grams that the events were indexed with: one for a segment by Build, none for one
// without events.
func (h *Header) Sets() []*Set {
	sets := make([]*Set, len(h.parts))
	for i, p := range h.parts {
		sets[i] = p.set
	}
	return sets
}

// Blocks returns how many blocks the segment has.
func (h *Header) Blocks() int { return h.index.len() }

// First returns the first gram of a block, 0 ≤ block < Blocks().
func (h *Header) First(block int) string { return h.index.at(block) }

// Block returns the number of the block that has the gram if any has it; ok is false if none can.
func (h *Header) Block(gram string) (block int, ok bool) {
	i := sort.Search(h.index.len(), func(i int) bool { return string(h.index.bytes(i)) > gram }) // which copies nothing
	return i - 1, i > 0
}

// find returns the entry of the gram in the block that Block gave for it, a zero one if the segment does not have it; or
// the part of the gram that has the same entry.
func (h *Header) find(block []byte, gram string) (e Entry, as string, err error) {
	f, body, ok, err := find(block, gram)
	if err != nil || !ok {
		return Entry{}, "", err
	}
	if part, ok := sameAs(f, body, []byte(gram)); ok {
		if part.n == 0 {
			return Entry{}, "", ErrCorrupt
		}
		return Entry{}, string(part.of([]byte(gram))), nil
	}
	e = Entry{lo: h.lo, span: h.span}
	if e.of, ok = parseEntry(f, body); !ok {
		return Entry{}, "", ErrCorrupt
	}
	return e, "", nil
}

// Encode returns the header as bytes, with the ids of its sets in place of them:
//
//	1 byte   formatVersion
//	varint   lo
//	varint   span
//	list     ordinals of the events, as varint bytes<<2|form and its bytes; not if span is 0
//	varint   number of parts; for each:
//	         16 bytes, SetID
//	         varint   how many events are few; 0 where no gram was left out
//	         varint   number of intervals; for each its distance from the end of the one before, and its length
//	varint   number of blocks; for the first gram of each:
//	         varint   bytes that it shares with the one before
//	         varint   number of further bytes, and these
//
// It may be longer than MaxBlock: about 8 bytes for a block of the segment.
func (h *Header) Encode() []byte {
	b := []byte{formatVersion}
	b = binary.AppendUvarint(b, uint64(h.lo))
	b = binary.AppendUvarint(b, uint64(h.span))
	if h.span > 0 {
		b = appendTagged(b, h.events)
	}
	b = binary.AppendUvarint(b, uint64(len(h.parts)))
	for _, p := range h.parts {
		id := p.set.ID()
		b = append(b, id[:]...)
		b = binary.AppendUvarint(b, uint64(p.few))
		b = binary.AppendUvarint(b, uint64(len(p.in)))
		end := 0
		for _, in := range p.in {
			b = binary.AppendUvarint(b, uint64(in.from-end))
			b = binary.AppendUvarint(b, uint64(in.to-in.from))
			end = in.to
		}
	}
	return h.index.append(b)
}

// DecodeHeader reads what Encode wrote. set gives the Set with an id, which may be a NamedSet. The error is ErrCorrupt.
func DecodeHeader(b []byte, set func(SetID) *Set) (*Header, error) {
	if len(b) == 0 || b[0] != formatVersion {
		return nil, ErrCorrupt
	}
	d := decoder{b: b[1:]}
	h := &Header{lo: uint32(d.number(1<<32 - 1)), span: d.number(MaxSpan)}
	if uint64(h.lo)+uint64(h.span) > 1<<32 {
		return nil, ErrCorrupt
	}
	if h.span > 0 {
		d.events(h)
	}
	for n := d.number(len(d.b)); n > 0 && !d.bad; n-- {
		p, id := d.part(h.span)
		if d.bad {
			break
		}
		p.set = set(id)
		h.parts = append(h.parts, p)
	}
	h.index = d.index()
	if d.bad || len(d.b) > 0 {
		return nil, ErrCorrupt
	}
	return h, nil
}

// A decoder reads the parts of a header from b; bad is set when they make no sense.
type decoder struct {
	b   []byte
	bad bool
}

// number reads a varint of at most most, or 0.
func (d *decoder) number(most int) int {
	v, n := binary.Uvarint(d.b)
	if n <= 0 || v > uint64(most) {
		d.bad, d.b = true, nil
		return 0
	}
	d.b = d.b[n:]
	return int(v)
}

func (d *decoder) bytes(n int) []byte {
	if n > len(d.b) {
		d.bad, d.b = true, nil
		return nil
	}
	b := d.b[:n]
	d.b = d.b[n:]
	return b
}

func (d *decoder) events(h *Header) {
	l, rest, ok := cutTagged(d.b)
	if ok {
		h.events, ok = l.appendTo(make([]uint16, 0, min(l.count(), MaxSpan)), h.span)
	}
	d.b, d.bad = rest, d.bad || !ok
}

func (d *decoder) part(span int) (p part, id SetID) {
	copy(id[:], d.bytes(len(id)))
	p.few = d.number(MaxSpan)
	end := 0
	for n := d.number(len(d.b)); n > 0; n-- {
		from := end + d.number(span)
		end = from + d.number(span)
		if d.bad || end > span {
			d.bad = true
			break
		}
		p.in = append(p.in, interval{from, end})
	}
	return p, id
}

func (d *decoder) index() index {
	var x index
	var first []byte
	for n := d.number(len(d.b)); n > 0 && !d.bad; n-- {
		keep := d.number(len(first))
		first = slices.Concat(first[:keep], d.bytes(d.number(maxGramBytes-keep)))
		if x.len() > 0 && string(first) <= x.at(x.len()-1) {
			d.bad = true
		}
		x.add(first)
	}
	return x
}

// An index has the first grams of blocks, ascending.
type index struct {
	grams []byte
	ends  []uint32
}

func (x *index) len() int { return len(x.ends) }

func (x *index) add(gram []byte) {
	x.grams = append(x.grams, gram...)
	x.ends = append(x.ends, uint32(len(x.grams)))
}

func (x *index) bytes(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = x.ends[i-1]
	}
	return x.grams[from:x.ends[i]]
}

func (x *index) at(i int) string { return string(x.bytes(i)) }

func (x *index) append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(x.len()))
	last := ""
	for i := range x.len() {
		gram, n := x.at(i), 0
		for n < len(gram) && n < len(last) && gram[n] == last[n] {
			n++
		}
		b = binary.AppendUvarint(b, uint64(n))
		b = binary.AppendUvarint(b, uint64(len(gram)-n))
		b = append(b, gram[n:]...)
		last = gram
	}
	return b
}
