package gram

import (
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"
)

// A List names one of the lists of an Entry: ListAll, ListTitle, or the number of hits, as for Entry.Tier.
type List int

// The lists of an entry that are not of a number of hits.
const (
	ListAll   List = allList
	ListTitle List = titleList
)

// Ordinals are those of one list, read, to be joined with those of other segments.
type Ordinals struct {
	few   []uint32 // if they are few
	from  uint32   // a multiple of 64: ordinal of the first of the bits
	words []uint64
	count int
}

// fewOrdinals are joined faster one by one than as bits.
const fewOrdinals = 512

// Read reads a list of the entry. The error is ErrCorrupt.
func (e Entry) Read(which List) (Ordinals, error) {
	l := e.of[which]
	if len(l.b) == 0 {
		return Ordinals{}, nil
	}
	low := e.lo & 63
	o := Ordinals{from: e.lo - low}
	if (l.form == bitmap || l.form == runs) && e.in == nil {
		b, ok := l.bits(e.span)
		if !ok {
			return Ordinals{}, ErrCorrupt
		}
		o.words = make([]uint64, (int(low)+8*len(b)+63)/64+1)
		for at := 0; len(b) > 0; at++ {
			var w uint64
			w, b = cutWord(b)
			o.count += bits.OnesCount64(w)
			o.words[at] |= w << low
			o.words[at+1] |= w >> (64 - low)
		}
		return o, nil
	}
	v, err := e.ordinals(make([]uint16, 0, l.count()), int(which))
	if err != nil {
		return Ordinals{}, err
	}
	if o.count = len(v); o.count <= fewOrdinals {
		o.few = make([]uint32, len(v))
		for i, p := range v {
			o.few[i] = e.lo + uint32(p)
		}
		return o, nil
	}
	o.words = make([]uint64, (uint32(v[len(v)-1])+low)/64+1)
	for _, p := range v {
		at := uint32(p) + low
		o.words[at/64] |= 1 << (at % 64)
	}
	return o, nil
}

// Join returns the ordinals of lists of several segments, given in ascending order, in a bitmap of the caller's own that shares
// nothing and that several goroutines may read.
func Join(lists []Ordinals) *roaring.Bitmap {
	count, end := 0, 0
	for i := range lists {
		count += lists[i].count
		if n := len(lists[i].words); n > 0 {
			end = max(end, int(lists[i].from/64)+n)
		}
	}
	if end == 0 {
		few := make([]uint32, 0, count)
		for i := range lists {
			few = append(few, lists[i].few...)
		}
		return roaring.BitmapOf(few...)
	}
	for i := range lists {
		if n := len(lists[i].few); n > 0 {
			end = max(end, int(lists[i].few[n-1]/64)+1)
		}
	}
	words := make([]uint64, end)
	for i := range lists {
		at := words[min(int(lists[i].from/64), end):]
		for j, w := range lists[i].words {
			at[j] |= w
		}
		for _, o := range lists[i].few {
			words[o/64] |= 1 << (o % 64)
		}
	}
	return roaring.FromDense(words, false)
}
