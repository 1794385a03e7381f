package badgerstore

import (
	"context"
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
	return &foremost{n: n, kept: make([]place, 0, foremostSpare*min(n, batchSize)), bound: math.MaxUint64}
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
	if len(l.kept) > l.n {
		bringForward(l.kept, l.n)
		l.kept, l.more = l.kept[:l.n], true
	}
	if len(l.kept) == l.n && l.n > 0 {
		l.bound = slices.Max(l.kept)
	}
}

// done returns the places in order, and whether there were more.
func (l *foremost) done() (kept []place, more bool) {
	l.cut()
	slices.Sort(l.kept)
	return l.kept, l.more
}

// bringForward has the n least of the places stand first, in any order. Sorting all of four times as many took five times as long.
func bringForward(places []place, n int) {
	for len(places) > 1 {
		middle := places[len(places)/2]
		i, j := 0, len(places)-1
		for i <= j {
			for places[i] < middle {
				i++
			}
			for places[j] > middle {
				j--
			}
			if i <= j {
				places[i], places[j] = places[j], places[i]
				i++
				j--
			}
		}
		// Up to j none is greater than the middle, from i on none is less, and what is between them is the middle.
		switch {
		case n <= j:
			places = places[:j+1]
		case n > i:
			places, n = places[i:], n-i
		default:
			return
		}
	}
}

// foremost looks at all answers once, and visits the first n of a slice.
func (c *course) foremost(n int) looker {
	return func(ctx context.Context, s slice, backward bool, visit func(uint32, place) bool) error {
		best := newForemost(min(n, c.p.size()))
		places := make([]place, 0, batchSize)
		err := c.p.narrow(ctx, func(some []uint32) error {
			places = places[:0]
			for _, o := range some { // by themselves, so that the processor waits for many at once
				places = append(places, c.place(o))
			}
			for _, at := range places {
				switch {
				case at < s.from || at >= s.to:
				case backward:
					best.add(^at)
				default:
					best.add(at)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		kept, _ := best.done()
		for _, at := range kept {
			if backward {
				at = ^at
			}
			if !visit(c.at(at), at) {
				break
			}
		}
		return nil
	}
}
