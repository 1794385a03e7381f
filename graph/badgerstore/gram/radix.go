package gram

import (
	"math/bits"
	"slices"
)

const (
	// maxDigit is how many bits a pass of a sorter looks at, minDigit how many it can as fast as fewer.
	maxDigit, minDigit = 12, 4
	// fewToSort are sorted faster by comparing.
	fewToSort = 24
)

// A sorter sorts occurrences of grams with one prefix, which are in text order. It keeps its room.
type sorter struct {
	room   []uint64
	counts [1 << maxDigit]uint32
}

// sort returns the occurrences by suffix, those of one in the order that they were in. They may be in the sorter's room, until it sorts
// again.
func (s *sorter) sort(a []uint64) []uint64 {
	if len(a) <= fewToSort {
		slices.Sort(a) // equal ones stay in text order: events ascend, and within one nothing depends on it
		return a
	}
	if len(s.room) < len(a) {
		s.room = make([]uint64, 2*len(a))
	}
	least, most := a[0]>>keyBit, a[0]>>keyBit
	for _, v := range a {
		least, most = min(least, v>>keyBit), max(most, v>>keyBit)
	}
	width := uint(bits.Len64(most - least))
	digit := min(max(uint(bits.Len(uint(len(a)))), minDigit), maxDigit)
	b := s.room[:len(a)]
	for from := uint(0); from < width; from += digit {
		s.pass(a, b, least<<keyBit, keyBit+from, min(digit, width-from))
		a, b = b, a
	}
	return a
}

// pass puts a into b by the digit of so many bits from bit from upwards, less is taken off each before.
func (s *sorter) pass(a, b []uint64, less uint64, from, digit uint) {
	mask := uint64(1)<<digit - 1
	counts := s.counts[:mask+1]
	clear(counts)
	for _, v := range a {
		counts[(v-less)>>from&mask]++
	}
	sum := uint32(0)
	for i, n := range counts {
		counts[i] = sum
		sum += n
	}
	for _, v := range a {
		c := &counts[(v-less)>>from&mask]
		b[*c] = v
		*c++
	}
}
