package gram

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"sync"
	"unicode/utf8"
)

// A Set holds the frequent grams of 2 to MaxLen-1 code points that a segment was built with: it covers a longer one whose
// prefix and suffix are both in the Set. With a gram the Set holds all parts of it of two code points
// and more. The zero Set has none. A Set never changes and may be used by several goroutines; it must not be copied.
//
// Many segments share a Set, so a header only names it by its SetID, and sets are to be kept apart from headers.
type Set struct {
	// pairs[n-2] has the grams of n code points in ascending order, each as the numbers that its prefix and its suffix of
	// n-1 code points have in pairs[n-3]; those of two code points as the code points themselves.
	pairs [MaxLen - 2][]uint64

	once   sync.Once
	tables [MaxLen - 2]*table // of pairs; built by the first Build that needs them
	idOnce sync.Once
	id     SetID
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
	for _, pairs := range f.pairs {
		n += len(pairs)
	}
	return n
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
	for n, pairs := range f.pairs {
		start := len(all)
		for _, p := range pairs {
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
	for _, pairs := range f.pairs {
		b = binary.AppendUvarint(b, uint64(len(pairs)))
		last := uint64(0)
		for _, p := range pairs {
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

// DecodeSet reads what Encode wrote. The error is ErrCorrupt.
func DecodeSet(b []byte) (*Set, error) {
	if len(b) == 0 || b[0] != formatVersion {
		return nil, ErrCorrupt
	}
	b = b[1:]
	f := new(Set)
	below := uint64(utf8.MaxRune + 1)
	for n := range f.pairs {
		count, k := binary.Uvarint(b)
		if k <= 0 || count > uint64(len(b))/2 || count > maxFrequent {
			return nil, ErrCorrupt
		}
		b = b[k:]
		pairs := make([]uint64, 0, count)
		last := uint64(0)
		for i := range count {
			prefix, k := binary.Uvarint(b)
			suffix, l := binary.Uvarint(b[max(k, 0):])
			if k <= 0 || l <= 0 || prefix >= below || suffix >= below {
				return nil, ErrCorrupt
			}
			b = b[k+l:]
			if prefix == 0 {
				suffix += uint64(uint32(last))
			}
			p := (last>>32+prefix)<<32 | suffix
			if p>>32 >= below || suffix >= below || i > 0 && p <= last {
				return nil, ErrCorrupt
			}
			pairs = append(pairs, p)
			last = p
		}
		f.pairs[n] = pairs
		below = count
	}
	if len(b) > 0 {
		return nil, ErrCorrupt
	}
	return f, nil
}

// A table finds the number of a pair in one or two steps: open addressing, at most half full.
type table struct {
	keys  []uint64 // pair + 1; 0 is free
	vals  []uint32
	shift uint
}

func newTable(pairs []uint64) *table {
	shift := uint(60)
	for 1<<(64-shift) < 2*len(pairs) {
		shift--
	}
	t := &table{keys: make([]uint64, 1<<(64-shift)), vals: make([]uint32, 1<<(64-shift)), shift: shift}
	for i, p := range pairs {
		at := t.slot(p)
		for t.keys[at] != 0 {
			at = (at + 1) & uint64(len(t.keys)-1)
		}
		t.keys[at], t.vals[at] = p+1, uint32(i)
	}
	return t
}

func (t *table) slot(p uint64) uint64 { return (p * 0x9E3779B97F4A7C15) >> t.shift }

func (t *table) number(prefix, suffix uint32) uint32 {
	p := pair(prefix, suffix)
	for at := t.slot(p); t.keys[at] != 0; at = (at + 1) & uint64(len(t.keys)-1) {
		if t.keys[at] == p+1 {
			return t.vals[at]
		}
	}
	return none
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
