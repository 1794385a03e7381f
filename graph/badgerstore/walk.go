package badgerstore

import (
	"context"
	"errors"
	"slices"
	"sort"

	"fangzhi/graph"
)

// How a walk goes along the timeline: step by step, where not all answers need be looked at.

// A looker visits the answers in a slice of a course, in its order or backward, until visit returns false.
type looker func(ctx context.Context, s slice, backward bool, visit func(o uint32, at place) bool) error

// errEnough ends a walk early.
var errEnough = errors.New("enough")

// along walks along the timeline. Where the plan has days it walks along these, and beside the short dates along the long ones.
func (c *course) along(ctx context.Context, s slice, backward bool, visit func(o uint32, at place) bool) error {
	p, d := c.p, &c.p.x.order
	shortOnly := p.days != graph.DayRange{}
	from, to := mark{}, d.end()
	var lanes []*lane
	if shortOnly {
		w := p.window()
		from, to = w.from, w.to
		lanes = []*lane{c.lane(w.yearly, s, backward), c.lane(w.longer, s, backward)}
	}
	n := 0
	var err error
	ask := func() bool {
		if n++; n%askEvery == 0 {
			err = ctx.Err()
		}
		if c.far > 0 && n > c.far {
			err = errFar
		}
		return err == nil
	}
	// visitLanes visits what the lanes hold before the place, false at the end of the walk.
	visitLanes := func(until place, all bool) bool {
		for err == nil {
			var first *lane
			for _, l := range lanes {
				if failed := l.find(ask); failed != nil {
					err = failed
				}
				if len(l.rest) > 0 && (first == nil || l.at < first.at != backward) {
					first = l
				}
			}
			if err != nil || first == nil || !all && (first.at < until == backward) {
				break
			}
			if first.next(); !visit(first.o, first.at) {
				err = errEnough
			}
		}
		return err == nil
	}
	step := func(o uint32) bool {
		if !ask() {
			return false
		}
		if shortOnly && p.x.rows[o].class() != short {
			return true
		}
		ok, failed := p.holds(o)
		if !ok || failed != nil {
			err = failed
			return failed == nil
		}
		at := c.place(o)
		if !visitLanes(at, false) {
			return false
		}
		if !visit(o, at) {
			err = errEnough
			return false
		}
		return true
	}
	for _, h := range c.halves(from, to, s, backward) {
		if d.walk(h.from, h.to, h.backward, step); err != nil {
			break
		}
	}
	if err == nil && visitLanes(0, true) {
		err = ctx.Err()
	}
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// A lane is a list of dated events in the order of the timeline, as a walk goes along it: those that lie in its slice.
type lane struct {
	c        *course
	rest     []uint32
	fromEnd  bool // the walk begins at the end of the list
	backward bool
	s        slice

	found bool // o is the next answer, at its place
	o     uint32
	at    place
}

func (c *course) lane(list []uint32, s slice, backward bool) *lane {
	l := &lane{c: c, rest: list, fromEnd: c.descending != backward, backward: backward, s: s}
	// What lies before the slice, as the walk goes, is passed over at once.
	before := func(o uint32) bool {
		at := c.place(o)
		return !backward && at < s.from || backward && at >= s.to
	}
	n := sort.Search(len(list), func(i int) bool { return before(list[i]) == l.fromEnd })
	if l.fromEnd {
		l.rest = list[:n]
	} else {
		l.rest = list[n:]
	}
	return l
}

// find goes on to the next answer; rest is empty where there is none. ask tells whether the caller still waits.
func (l *lane) find(ask func() bool) error {
	for !l.found && len(l.rest) > 0 && ask() {
		l.o = l.rest[0]
		if l.fromEnd {
			l.o = l.rest[len(l.rest)-1]
		}
		if l.at = l.c.place(l.o); l.at < l.s.from || l.at >= l.s.to {
			l.rest = nil
			break
		}
		ok, err := l.c.p.holds(l.o)
		if err != nil {
			return err
		}
		if l.found = ok; !ok {
			l.next()
		}
	}
	return nil
}

// next passes over the event that was found.
func (l *lane) next() {
	l.found = false
	if l.fromEnd {
		l.rest = l.rest[:len(l.rest)-1]
	} else {
		l.rest = l.rest[1:]
	}
}

// A half is a part of the timeline that a walk goes along.
type half struct {
	from, to mark
	backward bool
}

// halves returns the parts between the marks that lie in the slice, in the order of a walk.
func (c *course) halves(from, to mark, s slice, backward bool) []half {
	var all []half
	for _, dated := range []bool{true, false} {
		h := half{from, to.least(c.undated), c.descending != backward}
		if !dated {
			h = half{from.greatest(c.undated), to, c.descending != backward}
		}
		if dated && !c.p.dated || !dated && !c.p.undated {
			continue
		}
		if s != whole {
			c.cutHalf(&h, dated, s)
		}
		if h.from.base < h.to.base || h.from.fresh < h.to.fresh {
			h.to = h.from.greatest(h.to)
			all = append(all, h)
		}
	}
	if backward {
		slices.Reverse(all)
	}
	return all
}

// cutHalf leaves of a half what lies in the slice.
func (c *course) cutHalf(h *half, dated bool, s slice) {
	d := &c.p.x.order
	if c.descending { // in a half its places fall along the timeline
		h.from = h.from.greatest(d.mark(func(o uint32) bool { return c.inHalf(o, dated, func(at place) bool { return at >= s.to }) }))
		h.to = h.to.least(d.mark(func(o uint32) bool { return c.inHalf(o, dated, func(at place) bool { return at >= s.from }) }))
		return
	}
	h.from = h.from.greatest(d.mark(func(o uint32) bool { return c.place(o) < s.from }))
	h.to = h.to.least(d.mark(func(o uint32) bool { return c.place(o) < s.to }))
}

// inHalf is what is asked of the events of one half to find a mark in it: those of the dated half come before the undated.
func (c *course) inHalf(o uint32, dated bool, ask func(place) bool) bool {
	if own := c.p.x.rows[o].dated(); own != dated {
		return own
	}
	return ask(c.place(o))
}
