package badgerstore

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// What an update adds to a column is a record of its own, keyed by the number of its first member. When there are many small records
// at the end, or enough in them for a full one, they are written anew as full ones and one small rest. So an update writes what it
// adds, and what it adds is written some three times; opening reads full records and a few small ones.

// fullOf is how many members a full record of each kind has. Links stand in records as rows do. Tests lower them.
// Heads are read one record at a time, others all at once.
var fullOf = map[byte]uint32{keyRows: 1024, keyLinks: 1024, keyTargets: 256, keyIssues: 256, keyHeads: 64}

// manySmall is how many small records there may be. Tests lower it.
var manySmall = 16

// tails are where the small records at the end of the columns begin, by the kind of their keys.
type tails struct{ rows, targets, issues []uint32 }

// tailBehind returns the tail behind a record that was read: of n members, the first of which has this number.
func tailBehind(tail []uint32, kind byte, first, n uint32) []uint32 {
	if n >= fullOf[kind] {
		return nil
	}
	return append(tail, first)
}

// putMembers writes the members from one number to before another, which are new, of the columns of some kinds that are cut into
// records alike. It returns the tail behind the update.
func (c *changes) putMembers(tail []uint32, from, to uint32, write func(kind byte, from, to uint32) []byte, kinds ...byte) ([]uint32, error) {
	if from == to {
		return tail, nil
	}
	put := func(from, to uint32) {
		for _, kind := range kinds {
			c.setAll(squeeze(numberKey(kind, from), write(kind, from, to)))
		}
	}
	begin, full := from, fullOf[kinds[0]]
	if len(tail) > 0 {
		begin = tail[0]
	}
	if to-begin < full && len(tail) < manySmall {
		put(from, to)
		return append(slices.Clip(tail), from), nil
	}
	for _, first := range tail {
		for _, kind := range kinds {
			if err := c.dropRecord(numberKey(kind, first)); err != nil {
				return nil, err
			}
		}
	}
	for ; to-begin >= full; begin += full {
		put(begin, begin+full)
	}
	if begin == to {
		return nil, nil
	}
	put(begin, to)
	return []uint32{begin}, nil
}

// The sets of events that are dead, odd or later are cut into records of 4,096 ordinals, a bit each, so that an update writes those
// where it changes something. A record without a bit is not there.

// noKey stands for the set of those that are hidden, which is not written down.
const noKey byte = 0

// marked returns where the set of a kind stands.
func (x *index) marked(kind byte) **roaring.Bitmap {
	switch kind {
	case keyDead:
		return &x.dead
	case keyOdd:
		return &x.odd
	case keyLater:
		return &x.later
	}
	return &x.hidden
}

// A mark record is one of a set of events: the kind of its key and its number.
type markRecord struct {
	kind   byte
	number uint32
}

// mark puts an event into a set, or takes it out. The set is copied before it is first changed.
func (w *indexer) mark(kind byte, o uint32, in bool) {
	set := w.marked(kind)
	if (*set).Contains(o) == in {
		return
	}
	if !w.ownMarks[kind] {
		w.ownMarks[kind] = true
		*set = (*set).Clone()
	}
	if in {
		(*set).Add(o)
	} else {
		(*set).Remove(o)
	}
	w.marks[markRecord{kind, o / marksARecord}] = true
}

// putMarks writes the records of sets that change.
func (c *changes) putMarks() {
	for r := range c.w.marks {
		if r.kind == noKey {
			continue
		}
		key := numberKey(r.kind, r.number)
		if bits := writeMarks(*c.w.marked(r.kind), r.number); bits != nil {
			c.set(key, seal(key, plain, bits))
		} else {
			c.drop(key)
		}
	}
}

// writeMarks returns the bits of a record, nil where it has none.
func writeMarks(set *roaring.Bitmap, number uint32) []byte {
	var bits []byte
	it := set.Iterator()
	it.AdvanceIfNeeded(number * marksARecord)
	for it.HasNext() && it.PeekNext()/marksARecord == number {
		if bits == nil {
			bits = make([]byte, marksARecord/8)
		}
		n := it.Next() % marksARecord
		bits[n/8] |= 1 << (n % 8)
	}
	return bits
}

// readMarks enters the bits of a record into a set.
func readMarks(set *roaring.Bitmap, number uint32, bits []byte) {
	for i, b := range bits {
		for n := uint32(0); b != 0; n, b = n+1, b>>1 {
			if b&1 == 1 {
				set.Add(number*marksARecord + uint32(i)*8 + n)
			}
		}
	}
}
