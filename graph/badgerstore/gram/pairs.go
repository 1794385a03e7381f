package gram

import (
	"encoding/binary"
	"iter"
	"math"
	"slices"
	"unicode/utf8"
)

// A pairList has the pairs of a Set that was read, as Encode writes them: some three bytes each where a number takes eight. A few of
// them stand beside it, so that a search unpacks pairsARun at most.
type pairList struct {
	n    int
	b    []byte
	runs []uint64 // the first pair of each run
	at   []uint32 // where in b the second one begins
}

const pairsARun = 32

// next returns the pair behind last that b begins with, as a prefix and a suffix, and how many bytes it has; not more than 0 where there
// is none.
func next(b []byte, last uint64) (prefix, suffix uint64, n int) {
	prefix, k := uvarint(b)
	suffix, l := uvarint(b[max(k, 0):])
	if k <= 0 || l <= 0 || prefix > math.MaxUint32 || suffix > math.MaxUint32 {
		return 0, 0, 0
	}
	if prefix == 0 {
		suffix += last & math.MaxUint32
	}
	return last>>32 + prefix, suffix, k + l
}

// cutPacked cuts a list of pairs of numbers below a number off b, which must not change any more.
func cutPacked(b []byte, below uint64) (l pairList, rest []byte, ok bool) {
	count, k := binary.Uvarint(b)
	if k <= 0 || count > uint64(len(b))/2 || count > maxFrequent {
		return l, nil, false
	}
	b = b[k:]
	runs := (int(count) + pairsARun - 1) / pairsARun
	l = pairList{n: int(count), runs: make([]uint64, 0, runs), at: make([]uint32, 0, runs)}
	last, at := uint64(0), 0
	for i := range l.n {
		prefix, suffix, n := next(b[at:], last)
		p := prefix<<32 | suffix
		if n <= 0 || prefix >= below || suffix >= below || i > 0 && p <= last {
			return l, nil, false
		}
		at += n
		if i%pairsARun == 0 {
			l.runs, l.at = append(l.runs, p), append(l.at, uint32(at))
		}
		last = p
	}
	l.b = b[:at:at]
	return l, b[at:], true
}

// uvarint is binary.Uvarint, short for those of one byte.
func uvarint(b []byte) (uint64, int) {
	if len(b) > 0 && b[0] < utf8.RuneSelf {
		return uint64(b[0]), 1
	}
	return binary.Uvarint(b)
}

// number returns the place of a pair, or none.
func (l *pairList) number(pair uint64) uint32 {
	run, ok := slices.BinarySearch(l.runs, pair)
	if ok {
		return uint32(run * pairsARun)
	}
	if run--; run < 0 {
		return none
	}
	b, p := l.b[l.at[run]:], l.runs[run]
	for i := run*pairsARun + 1; i < min((run+1)*pairsARun, l.n); i++ {
		prefix, suffix, n := next(b, p)
		b = b[n:]
		if p = prefix<<32 | suffix; p >= pair {
			if p == pair {
				return uint32(i)
			}
			break
		}
	}
	return none
}

// all returns the pairs, ascending.
func (l *pairList) all() iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		last := uint64(0)
		for b := l.b; len(b) > 0; {
			prefix, suffix, n := next(b, last)
			b, last = b[n:], prefix<<32|suffix
			if !yield(last) {
				return
			}
		}
	}
}
