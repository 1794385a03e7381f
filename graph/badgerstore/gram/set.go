package gram

import (
	"crypto/sha256"
	"encoding/binary"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// A Set holds the frequent grams of 2 to MaxLen-1 code points that a segment was built with: it covers a longer one whose
// prefix and suffix are both in the Set. With a gram the Set holds all parts of it of two code points
// and more. The zero Set has none. A Set never changes and may be used by several goroutines; it must not be copied.
//
// Many segments share a Set, so a header only names it by its SetID, and sets are to be kept apart from headers.
type Set struct {
	// pairs[n-2] has the grams of n code points in ascending order, each as the numbers that its prefix and its suffix of
	// n-1 code points have in pairs[n-3]; those of two code points as the code points themselves. They are those of a set that was built;
	// one that was read has them packed.
	pairs  [MaxLen - 2][]uint64
	packed [MaxLen - 2]pairList

	unread atomic.Bool // it has a name alone; guarded by turn while it is true, as packed is
	turn   sync.Mutex

	once      sync.Once
	tables    [MaxLen - 2]*table // of pairs; built by the first Build that needs them
	wholeOnce sync.Once
	whole     *Set // with pairs, of a set that was read
	idOnce    sync.Once
	id        SetID
}

// NamedSet returns the set of that name. Its grams are read when a Segment first needs them; nothing else may ask for them before.
func NamedSet(id SetID) *Set {
	f := new(Set)
	f.unread.Store(true)
	f.name(id)
	return f
}

func (f *Set) name(id SetID) { f.idOnce.Do(func() { f.id = id }) }

// load reads the grams of a set that has a name alone.
func (f *Set) load(read func(SetID) ([]byte, error)) error {
	if !f.unread.Load() {
		return nil
	}
	f.turn.Lock()
	defer f.turn.Unlock()
	if !f.unread.Load() {
		return nil
	}
	b, err := read(f.id)
	if err == nil {
		err = f.decode(b)
	}
	if err == nil {
		f.unread.Store(false)
	}
	return err
}

// mustBeRead panics where a set that has a name alone would be taken for an empty one, and texts be missed.
func (f *Set) mustBeRead() {
	if f.unread.Load() {
		panic("gram: a set was not loaded before it was used")
	}
}

// forBuild returns the set with its pairs, and without packed ones.
func (f *Set) forBuild() *Set {
	f.mustBeRead()
	if f.packed[0].n == 0 {
		return f
	}
	f.wholeOnce.Do(func() {
		f.whole = new(Set)
		for i := range f.packed {
			f.whole.pairs[i] = slices.AppendSeq(make([]uint64, 0, f.packed[i].n), f.packed[i].all())
		}
		f.whole.name(f.ID())
	})
	return f.whole
}

// A SetID names a Set by what it holds: sets are equal exactly if their ids are.
type SetID [16]byte

// ID returns the name of the set.
func (f *Set) ID() SetID {
	f.idOnce.Do(func() {
		sum := sha256.Sum256(f.Encode())
		f.id = SetID(sum[:])
	})
	return f.id
}

// Len returns how many grams the set has.
func (f *Set) Len() int {
	n := 0
	for i := range f.pairs {
		n += f.count(i)
	}
	return n
}

// count and all are of the grams of i+2 code points.

func (f *Set) count(i int) int {
	f.mustBeRead()
	return len(f.pairs[i]) + f.packed[i].n
}

func (f *Set) all(i int) iter.Seq[uint64] {
	if f.packed[i].n > 0 {
		return f.packed[i].all()
	}
	return slices.Values(f.pairs[i])
}

// none stands for a gram that is not in a set.
const none = ^uint32(0)

func pair(prefix, suffix uint32) uint64 { return uint64(prefix)<<32 | uint64(suffix) }

// number returns the number of a gram of n code points in the set, or none. Its prefix and suffix are given by their own
// numbers, which for n = 2 are the code points.
func (f *Set) number(n int, prefix, suffix uint32) uint32 {
	if prefix == none || suffix == none || n >= MaxLen {
		return none
	}
	if f.packed[n-2].n > 0 {
		return f.packed[n-2].number(pair(prefix, suffix))
	}
	if i, ok := slices.BinarySearch(f.pairs[n-2], pair(prefix, suffix)); ok {
		return uint32(i)
	}
	return none
}

// covers tells whether a segment that was built with the set has the gram if any of its events does and it was not left out.
func (f *Set) covers(gram []byte) bool {
	var numbers [MaxLen]uint32
	n := 0
	for len(gram) > 0 {
		r, size := utf8.DecodeRune(gram)
		if n == MaxLen {
			return false
		}
		numbers[n] = uint32(r)
		n++
		gram = gram[size:]
	}
	for m := 2; m < n; m++ { // numbers[:n-m+2] are those of the grams of m-1 code points
		for i := range n - m + 1 {
			if numbers[i] = f.number(m, numbers[i], numbers[i+1]); numbers[i] == none {
				return false
			}
		}
	}
	return true
}

// Grams returns the grams of the set: those of two code points in ascending order, then those of three, and so on.
func (f *Set) Grams() []string {
	all := make([]string, 0, f.Len())
	before := 0
	for n := range f.pairs {
		start := len(all)
		for p := range f.all(n) {
			if n == 0 {
				all = append(all, string([]rune{rune(p >> 32), rune(uint32(p))}))
				continue
			}
			_, size := utf8.DecodeLastRuneInString(all[before+int(uint32(p))])
			suffix := all[before+int(uint32(p))]
			all = append(all, all[before+int(p>>32)]+suffix[len(suffix)-size:])
		}
		before = start
	}
	return all
}

// Encode returns the set as bytes: the number of the format; then for each length the number of its grams, and for each
// of them the difference of its prefix's number from the one before and the number of its suffix, less that of the one
// before if the prefix is the same. They may be longer than MaxBlock.
func (f *Set) Encode() []byte {
	b := []byte{formatVersion}
	for n := range f.pairs {
		b = binary.AppendUvarint(b, uint64(f.count(n)))
		last := uint64(0)
		for p := range f.all(n) {
			b = binary.AppendUvarint(b, p>>32-last>>32)
			suffix := uint64(uint32(p))
			if p>>32 == last>>32 {
				suffix -= uint64(uint32(last))
			}
			b = binary.AppendUvarint(b, suffix)
			last = p
		}
	}
	return b
}

// maxFrequent bounds the grams of one length in a set. Build never comes near: it takes at most MaxText code points, and
// a frequent gram is in more than minFew events.
const maxFrequent = 1 << 23

// DecodeSet reads what Encode wrote, which must not change any more. The error is ErrCorrupt.
func DecodeSet(b []byte) (*Set, error) {
	f := new(Set)
	if err := f.decode(b); err != nil {
		return nil, err
	}
	return f, nil
}

func (f *Set) decode(b []byte) error {
	if len(b) == 0 || b[0] != formatVersion {
		return ErrCorrupt
	}
	b = b[1:]
	below := uint64(utf8.MaxRune + 1)
	for n := range f.packed {
		var ok bool
		if f.packed[n], b, ok = cutPacked(b, below); !ok {
			return ErrCorrupt
		}
		below = uint64(f.packed[n].n)
	}
	if len(b) > 0 {
		return ErrCorrupt
	}
	return nil
}

// A table finds the number of a pair in one or two steps: open addressing, at most half full.
type table struct {
	slots []slot
	shift uint
}

type slot struct {
	key    uint64 // pair + 1; 0 is free
	number uint32
}

func newTable(pairs []uint64) *table {
	shift := uint(60)
	for 1<<(64-shift) < 2*len(pairs) {
		shift--
	}
	t := &table{slots: make([]slot, 1<<(64-shift)), shift: shift}
	for i, p := range pairs {
		at := t.slot(p)
		for t.slots[at].key != 0 {
			at = (at + 1) & uint64(len(t.slots)-1)
		}
		t.slots[at] = slot{p + 1, uint32(i)}
	}
	return t
}

func (t *table) slot(p uint64) uint64 { return (p * 0x9E3779B97F4A7C15) >> t.shift }

func (t *table) number(prefix, suffix uint32) uint32 {
	p := pair(prefix, suffix)
	for at := t.slot(p); ; at = (at + 1) & uint64(len(t.slots)-1) {
		switch s := &t.slots[at]; s.key {
		case p + 1:
			return s.number
		case 0:
			return none
		}
	}
}

// table returns the table of the grams of n code points.
func (f *Set) table(n int) *table {
	f.once.Do(func() {
		for i, pairs := range f.pairs {
			f.tables[i] = newTable(pairs)
		}
	})
	return f.tables[n-2]
}
