package badgerstore

import (
	"context"
	"errors"
	"math"
	"slices"

	"fangzhi/graph"
)

// A course is a timeline in one of its orders, as numbers: dated events first, and the halves one after the other.
type course struct {
	p           *plan
	descending  bool
	undated     mark     // where the undated half begins
	undatedFrom position // from which on events lie in it
	far         int      // after so many steps a walk gives up with errFar; 0 for never
}

func (p *plan) course(o graph.TimelineOrder) *course {
	d := &p.x.order
	return &course{p: p, descending: o == graph.Descending, undated: d.undated, undatedFrom: d.from(d.undated)}
}

// A place is where an event comes in a course: the less the earlier.
type place uint64

const datedEnd, undatedEnd place = 1 << 62, 1 << 63

func (c *course) flip(dated bool, p position) place {
	switch {
	case !c.descending:
		return place(p)
	case dated:
		return datedEnd - place(p)
	}
	return undatedEnd - place(p)
}

func (c *course) place(o uint32) place {
	p := c.p.x.order.position(o)
	return c.flip(p < c.undatedFrom, p)
}

// at returns the event of a place.
func (c *course) at(at place) uint32 {
	switch {
	case !c.descending:
	case at <= datedEnd:
		at = datedEnd - at
	default:
		at = undatedEnd - at
	}
	return c.p.x.order.event(position(at))
}

// A cut divides a course at a key: behind it come the events with at least the place after, before it those below the place before.
type cut struct{ before, after place }

func (c *course) cut(k graph.SortKey) (cut, error) {
	lower, err := c.p.s.bound(k, false)
	if err != nil {
		return cut{}, err
	}
	upper, err := c.p.s.bound(k, true)
	if err != nil {
		return cut{}, err
	}
	from, to := c.p.x.order.from(lower), c.p.x.order.from(upper)
	if c.descending {
		return cut{c.flip(k.Dated(), to) + 1, c.flip(k.Dated(), from) + 1}, nil
	}
	return cut{place(from), place(to)}, nil
}

// A slice of a course is what lies between two of its places, from on and before to.
type slice struct{ from, to place }

var whole = slice{0, 1<<64 - 1}

// fewToSort is how many events are looked at without asking what a walk would take, and sorting to how many of them a step of a
// walk is equal beyond. Tests change both.
var fewToSort, sorting = 512, stepsOfWalk

// fewEnough tells whether it is cheaper to look at all events of the set than to walk along the timeline until n of them were met.
func (p *plan) fewEnough(n int) bool {
	if p.all() {
		return false
	}
	size := p.steps()
	return size <= fewToSort || size*size < sorting*n*int(p.x.n())
}

// pageOf returns the events of a page in the order of the course.
func (c *course) pageOf(ctx context.Context, pg graph.Page) (page []uint32, previous, next bool, err error) {
	after, before := cut{}, cut{whole.to, whole.to}
	if pg.After != "" {
		if after, err = c.cut(pg.After); err != nil {
			return nil, false, false, err
		}
	}
	if pg.Before != "" {
		if before, err = c.cut(pg.Before); err != nil {
			return nil, false, false, err
		}
	}
	backward, n := pg.Last > 0, max(pg.First, pg.Last, 0)
	if c.p.fewEnough(n + 1) {
		return c.pick(ctx, after, before, backward, n)
	}
	if !c.p.all() { // they may all lie far from where the walk begins
		c.far = 1 + c.p.size()*patience/stepsOfWalk
	}
	page, previous, next, err = c.walkTo(ctx, after, before, backward, n, pg)
	if errors.Is(err, errFar) {
		return c.pick(ctx, after, before, backward, n)
	}
	return page, previous, next, err
}

// stepsOfWalk is at how many events of a set, one after the other, one can look in the time of a step of a walk, which looks up
// an event of any place in the set.
const stepsOfWalk = 8

// patience is how many times as long as looking at all events a walk may take before it gives up. Tests change it.
var patience = 2

// errFar ends a walk that takes too long.
var errFar = errors.New("far away")

// walkTo is pageOf by walks along the timeline.
func (c *course) walkTo(ctx context.Context, after, before cut, backward bool, n int, pg graph.Page) (page []uint32, previous, next bool, err error) {
	// main is where the page lies and what is beyond it; other what is on the near side of the cursor that it begins at.
	main, other := slice{after.after, whole.to}, slice{0, after.after}
	if backward {
		main, other = slice{0, before.before}, slice{before.before, whole.to}
	}
	var beyond, near bool
	err = c.along(ctx, main, backward, func(o uint32, at place) bool {
		if len(page) == n || !backward && at >= before.before || backward && at < after.after {
			beyond = true
			return false
		}
		page = append(page, o)
		return true
	})
	if err == nil && other.from < other.to && (pg.After != "" || backward) && (pg.Before != "" || !backward) {
		err = c.along(ctx, other, !backward, func(uint32, place) bool {
			near = true
			return false
		})
	}
	if backward {
		slices.Reverse(page)
		return page, beyond, near, err
	}
	return page, near, beyond, err
}

// pick is pageOf for few events: it looks at all of them once.
func (c *course) pick(ctx context.Context, after, before cut, backward bool, n int) (page []uint32, previous, next bool, err error) {
	best := newForemost(min(n, c.p.size()))
	if !backward {
		c.p.horizon = &horizon{day: math.MaxInt32, descending: c.descending}
		if c.descending {
			c.p.horizon.day = math.MinInt32
		}
	}
	var beyond, near bool
	places := make([]place, 0, batchSize)
	err = c.p.narrow(ctx, func(some []uint32) error {
		places = places[:0]
		for _, o := range some { // by themselves, so that the processor waits for many at once
			places = append(places, c.place(o))
		}
		for _, at := range places {
			// Where the cursors cross, what lies on the near side of the one that the page begins at lies there and not beyond it.
			isNear, isBeyond := at < after.after, at >= before.before
			if backward {
				isNear, isBeyond = isBeyond, isNear
			}
			switch {
			case isNear:
				near = true
			case isBeyond:
				beyond = true
			case backward:
				best.add(^at)
			default:
				best.add(at)
			}
		}
		if !backward {
			c.draw(best)
		}
		return nil
	})
	kept, more := best.done()
	page = make([]uint32, len(kept))
	for i, at := range kept {
		if backward {
			page[len(kept)-1-i] = c.at(^at)
		} else {
			page[i] = c.at(at)
		}
	}
	beyond = beyond || more
	if backward {
		return page, beyond, near, err
	}
	return page, near, beyond, err
}

// draw draws the horizon as near as the last of those that were picked so far, by its day. There are more then, whoever is left out beyond it.
func (c *course) draw(best *foremost) {
	if best.cut(); best.bound == whole.to {
		return
	}
	if r := &c.p.x.rows[c.at(best.bound)]; r.dated() {
		c.p.horizon.day = r.sortDay()
	}
}

// Events implements graph.Reader.
func (r *snapshot) Events(ctx context.Context, f graph.Filter, pg graph.Page) (graph.EventPage, error) {
	if err := r.enter(ctx); err != nil {
		return graph.EventPage{}, err
	}
	defer r.leave()
	p, err := r.listed(ctx, &f)
	if err != nil {
		return graph.EventPage{}, err
	}
	ordinals, previous, next, err := p.course(pg.Order).pageOf(ctx, pg)
	if err != nil {
		return graph.EventPage{}, err
	}
	events, err := r.shown(ctx, ordinals, pg.Detail)
	return graph.EventPage{Events: events, HasPrevious: previous, HasNext: next}, err
}

// Count implements graph.Reader.
func (r *snapshot) Count(ctx context.Context, f graph.Filter) (int, error) {
	if err := r.enter(ctx); err != nil {
		return 0, err
	}
	defer r.leave()
	if n, ok, err := r.keptTotal(ctx, f); ok || err != nil {
		return n, err
	}
	p, err := r.listed(ctx, &f)
	if err != nil {
		return 0, err
	}
	return p.count(ctx)
}

// eachBatch is how many cards Each reads at once.
const eachBatch = 64

// Each implements graph.Reader.
func (r *snapshot) Each(ctx context.Context, f graph.Filter, visit func(*graph.Event) error) error {
	if err := r.enter(ctx); err != nil {
		return err
	}
	defer r.leave()
	p, err := r.listed(ctx, &f)
	if err != nil {
		return err
	}
	c := p.course(graph.Ascending)
	look := c.along
	if !p.all() && p.size() < int(p.x.n())/8 { // sorting takes some steps an event
		look = c.foremost(p.size())
	}
	var batch []uint32
	flush := func() error {
		events, err := r.cards(ctx, batch)
		if err != nil {
			return err
		}
		batch = batch[:0]
		for _, e := range events {
			if err := visit(e); err != nil {
				return err
			}
		}
		return nil
	}
	var failed error
	err = look(ctx, whole, false, func(o uint32, _ place) bool {
		if batch = append(batch, o); len(batch) == eachBatch {
			failed = flush()
		}
		return failed == nil
	})
	if err == nil && failed == nil {
		failed = flush()
	}
	if failed == nil {
		failed = err
	}
	if errors.Is(failed, graph.ErrStop) {
		return nil
	}
	return failed
}
