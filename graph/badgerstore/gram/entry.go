package gram

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Lists of an entry by number; from 2 to MaxHits those of so many hits.
const (
	allList   = 0
	titleList = 1
	listCount = MaxHits + 1
)

// lists are the ordinals of an entry that is being made.
type lists struct {
	of   [listCount][]uint16
	used uint16 // bit i: of[i] may have ordinals
}

func (l *lists) reset() {
	for ; l.used != 0; l.used &= l.used - 1 {
		i := bits.TrailingZeros16(l.used)
		l.of[i] = l.of[i][:0]
	}
}

func (l *lists) add(event uint16, hits int, title bool) {
	l.of[allList] = append(l.of[allList], event)
	l.used |= 1 << allList
	if title {
		l.of[titleList] = append(l.of[titleList], event)
		l.used |= 1 << titleList
	}
	if hits > 1 {
		h := min(hits, MaxHits)
		l.of[h] = append(l.of[h], event)
		l.used |= 1 << h
	}
}

// append appends the entry as it stands in a block after its length.
func (l *lists) append(dst []byte) ([]byte, form) {
	mask := uint16(0)
	for u := l.used &^ (1 << allList); u != 0; u &= u - 1 {
		if i := bits.TrailingZeros16(u); len(l.of[i]) > 0 {
			mask |= 1 << i
		}
	}
	if mask == 0 {
		at := len(dst)
		var f form
		if dst, f = appendList(dst, l.of[allList]); f != runs {
			return dst, f
		}
		dst = dst[:at]
	}
	dst = binary.LittleEndian.AppendUint16(dst, mask)
	for _, v := range l.of {
		if len(v) > 0 {
			dst = appendTagged(dst, v)
		}
	}
	return dst, several
}

// An Entry says which events contain a gram. Its lists are read when they are asked for. The zero Entry has no events.
// An Entry points into the block that it was found in, and may be used by several goroutines.
type Entry struct {
	lo   uint32 // the segment's first ordinal
	span int    // of the segment
	in   []interval
	of   [listCount]list
}

// An interval is ordinals [from, to) of a segment, counted from its first.
type interval struct{ from, to int }

// parseEntry reads what lists.append wrote; see sameAs for what else may stand in its place.
func parseEntry(f form, b []byte) (of [listCount]list, ok bool) {
	if f != several {
		of[allList] = list{form: f, b: b}
		return of, len(b) > 0
	}
	if len(b) < 2 {
		return of, false
	}
	mask := binary.LittleEndian.Uint16(b) | 1<<allList
	b = b[2:]
	for i := range of {
		if mask>>i&1 == 0 {
			continue
		}
		if of[i], b, ok = cutTagged(b); !ok {
			return of, false
		}
	}
	return of, len(b) == 0
}

// IsEmpty tells whether the Entry has no events.
func (e *Entry) IsEmpty() bool { return !e.Has(ListAll) }

// Has tells whether the Entry has a list with ordinals of that name.
func (e *Entry) Has(which List) bool { return len(e.of[which].b) > 0 }

// Hits returns an Entry of the lists of numbers of hits alone. It does not point into the block, so that this need not be kept with it.
func (e *Entry) Hits() Entry {
	hits := Entry{lo: e.lo, span: e.span, in: e.in}
	tiers := e.of[titleList+1:]
	room := make([]byte, 0, bytesOf(tiers))
	for i, l := range tiers {
		from := len(room)
		room = append(room, l.b...)
		hits.of[titleList+1+i] = list{l.form, room[from:len(room):len(room)]}
	}
	return hits
}

// Bytes returns how many bytes the lists have.
func (e *Entry) Bytes() int { return bytesOf(e.of[:]) }

func bytesOf(lists []list) (n int) {
	for i := range lists {
		n += len(lists[i].b)
	}
	return n
}

// Count returns how many events contain the gram. It costs less than All.
func (e *Entry) Count() (int, error) { return e.count(allList) }

// All returns the ordinals of the events that contain the gram, in a bitmap of the caller's own. The error is ErrCorrupt.
func (e *Entry) All() (*roaring.Bitmap, error) { return e.bitmap(allList) }

// Title returns the ordinals of the events whose title contains the gram. They are among those of All.
func (e *Entry) Title() (*roaring.Bitmap, error) { return e.bitmap(titleList) }

// Tier returns the ordinals of the events with h hits, 2 ≤ h ≤ MaxHits; for MaxHits, of those with so many or more. What
// is in All and in no tier has one hit. Any other h gives an empty bitmap.
func (e *Entry) Tier(h int) (*roaring.Bitmap, error) {
	if h < 2 || h > MaxHits {
		return roaring.New(), nil
	}
	return e.bitmap(h)
}

// Tiers returns the numbers of hits that Tier has ordinals for, descending.
func (e *Entry) Tiers() []int {
	var hits []int
	for h := MaxHits; h >= 2; h-- {
		if len(e.of[h].b) > 0 {
			hits = append(hits, h)
		}
	}
	return hits
}

func (e *Entry) count(i int) (int, error) {
	if e.in == nil {
		return e.of[i].count(), nil
	}
	v, err := e.ordinals(nil, i)
	return len(v), err
}

// ordinals appends those of list i that are wanted, counted from the segment's first.
func (e *Entry) ordinals(dst []uint16, i int) ([]uint16, error) {
	v, ok := e.of[i].appendTo(dst, e.span)
	if !ok {
		return nil, ErrCorrupt
	}
	if e.in == nil {
		return v, nil
	}
	return clip(v, e.in), nil
}

func (e *Entry) bitmap(i int) (*roaring.Bitmap, error) {
	o, err := e.Read(List(i))
	if err != nil {
		return nil, err
	}
	return mapped(o.of[:]), nil
}

// clip returns those of v that are in the intervals, both ascending. It may share memory with v.
func clip(v []uint16, in []interval) []uint16 {
	within := func(i interval) []uint16 {
		from, _ := slices.BinarySearchFunc(v, i.from, func(o uint16, n int) int { return int(o) - n })
		to, _ := slices.BinarySearchFunc(v, i.to, func(o uint16, n int) int { return int(o) - n })
		return v[from:to:to]
	}
	if len(in) == 1 {
		return within(in[0])
	}
	var kept []uint16
	for _, i := range in {
		kept = append(kept, within(i)...)
	}
	return kept
}
