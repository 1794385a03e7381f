package badgerstore

import (
	"math"
	"slices"
)

// foremost keeps the n least of the places that it is given. Those that cannot be among them cost a comparison; the others are
// gathered, and cut down to n when they are foremostSpare times as many.
type foremost struct {
	n     int
	kept  []place
	bound place // none beyond it is among them
	more  bool  // there were more than n
}

const foremostSpare = 4

func newForemost(n int) *foremost {
	return &foremost{n: n, kept: make([]place, 0, foremostSpare*n), bound: math.MaxUint64}
}

func (l *foremost) add(p place) {
	if p > l.bound || l.n == 0 {
		l.more = true
		return
	}
	if l.kept = append(l.kept, p); len(l.kept) == foremostSpare*l.n {
		l.cut()
	}
}

func (l *foremost) cut() {
	slices.Sort(l.kept)
	if len(l.kept) > l.n {
		l.kept, l.more = l.kept[:l.n], true
	}
	if len(l.kept) == l.n && l.n > 0 {
		l.bound = l.kept[l.n-1]
	}
}

// done returns the places in order, and whether there were more.
func (l *foremost) done() (kept []place, more bool) {
	l.cut()
	return l.kept, l.more
}
