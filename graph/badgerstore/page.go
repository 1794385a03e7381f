package badgerstore

import (
	"container/heap"
	"context"
	"errors"
	"slices"

	"fangzhi/graph"
)

// A course is a timeline in one of its orders, as numbers: dated events first, and the halves one after the other.
type course struct {
	p          *plan
	descending bool
	undated    mark // where the undated half begins
}

func (p *plan) course(o graph.TimelineOrder) (*course, error) {
	undated, err := p.s.bound(graph.FirstUndatedKey, false)
	return &course{p, o == graph.Descending, undated}, err
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
	return c.flip(c.p.x.rows[o].dated(), c.p.x.order.position(o))
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

// fewToSort is how many events are sorted without asking what a walk would take, and sorting how many steps of a walk an event may
// cost beyond. Tests change both.
var fewToSort, sorting = 512, 4

// fewEnough tells whether it is cheaper to sort the events of the set than to walk along the timeline until n of them were met.
func (p *plan) fewEnough(n int) bool {
	if p.set == nil {
		return false
	}
	size := p.size()
	return size <= fewToSort || size*size <= sorting*n*int(p.x.n())
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
	look := c.along
	if c.p.fewEnough(n + 1) {
		if look, err = c.gather(ctx); err != nil {
			return nil, false, false, err
		}
	}
	// main is where the page lies and what is beyond it; other what is on the near side of the cursor that it begins at.
	main, other := slice{after.after, whole.to}, slice{0, after.after}
	if backward {
		main, other = slice{0, before.before}, slice{before.before, whole.to}
	}
	var beyond, near bool
	err = look(ctx, main, backward, func(o uint32, at place) bool {
		if len(page) == n || !backward && at >= before.before || backward && at < after.after {
			beyond = true
			return false
		}
		page = append(page, o)
		return true
	})
	if err == nil && other.from < other.to && (pg.After != "" || backward) && (pg.Before != "" || !backward) {
		err = look(ctx, other, !backward, func(uint32, place) bool {
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

// A looker visits the answers in a slice of a course, in its order or backward, until visit returns false.
type looker func(ctx context.Context, s slice, backward bool, visit func(o uint32, at place) bool) error

type placed struct {
	at place
	o  uint32
}

func byPlace(a, b placed) int {
	switch {
	case a.at < b.at:
		return -1
	case a.at > b.at:
		return 1
	}
	return 0
}

// gather looks at all answers once. What is visited is sorted as far as it is visited.
func (c *course) gather(ctx context.Context) (looker, error) {
	all := make([]placed, 0, c.p.size())
	err := c.p.each(ctx, func(o uint32) error {
		all = append(all, placed{c.place(o), o})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return func(_ context.Context, s slice, backward bool, visit func(uint32, place) bool) error {
		within := make(nearest, 0, len(all))
		for _, v := range all {
			if v.at >= s.from && v.at < s.to {
				if backward {
					v.at = ^v.at
				}
				within = append(within, v)
			}
		}
		for heap.Init(&within); len(within) > 0; {
			v := within[0]
			within.drop()
			if backward {
				v.at = ^v.at
			}
			if !visit(v.o, v.at) {
				break
			}
		}
		return nil
	}, nil
}

// nearest is a heap with the least place on top.
type nearest []placed

func (h nearest) Len() int           { return len(h) }
func (h nearest) Less(i, j int) bool { return h[i].at < h[j].at }
func (h nearest) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *nearest) Push(v any)        { *h = append(*h, v.(placed)) }
func (h *nearest) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// drop takes the top off, as heap.Pop without an interface.
func (h *nearest) drop() {
	last := len(*h) - 1
	(*h)[0] = (*h)[last]
	if *h = (*h)[:last]; last > 1 {
		heap.Fix(h, 0)
	}
}

// errEnough ends a walk early.
var errEnough = errors.New("enough")

// along walks along the timeline. Where the plan has days it walks along these, and events of long dates are looked at before.
func (c *course) along(ctx context.Context, s slice, backward bool, visit func(o uint32, at place) bool) error {
	p, d := c.p, &c.p.x.order
	shortOnly := p.days != graph.DayRange{}
	from, to := mark{}, d.end()
	var long []placed
	if shortOnly {
		w := p.window()
		from, to = w.from, w.to
		for i, o := range slices.Concat(w.yearly, w.longer) {
			if i%askEvery == askEvery-1 {
				if err := ctx.Err(); err != nil {
					return err
				}
			}
			if at := c.place(o); at >= s.from && at < s.to {
				ok, err := p.holds(o)
				if err != nil {
					return err
				}
				if ok {
					long = append(long, placed{at, o})
				}
			}
		}
		slices.SortFunc(long, byPlace)
		if backward {
			slices.Reverse(long)
		}
	}
	nearer := func(a, b place) bool { return a < b != backward && a != b }
	n := 0
	var err error
	step := func(o uint32) bool {
		if n++; n%askEvery == 0 {
			if err = ctx.Err(); err != nil {
				return false
			}
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
		for len(long) > 0 && nearer(long[0].at, at) {
			if !visit(long[0].o, long[0].at) {
				err = errEnough
				return false
			}
			long = long[1:]
		}
		if !visit(o, at) {
			err = errEnough
			return false
		}
		return true
	}
	for _, h := range c.halves(from, to, s, backward) {
		d.walk(h.from, h.to, h.backward, step)
		if errors.Is(err, errEnough) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	for _, v := range long {
		if !visit(v.o, v.at) {
			return nil
		}
	}
	return ctx.Err()
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
		// In a half the places of a descending course fall along the timeline.
		if c.descending {
			h.from = h.from.greatest(c.p.x.order.mark(func(o uint32) bool { return c.inHalf(o, dated, func(at place) bool { return at >= s.to }) }))
			h.to = h.to.least(c.p.x.order.mark(func(o uint32) bool { return c.inHalf(o, dated, func(at place) bool { return at >= s.from }) }))
		} else {
			h.from = h.from.greatest(c.p.x.order.mark(func(o uint32) bool { return c.place(o) < s.from }))
			h.to = h.to.least(c.p.x.order.mark(func(o uint32) bool { return c.place(o) < s.to }))
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

// inHalf is what is asked of the events of one half to find a mark in it: those of the dated half come before the undated.
func (c *course) inHalf(o uint32, dated bool, ask func(place) bool) bool {
	if own := c.p.x.rows[o].dated(); own != dated {
		return own
	}
	return ask(c.place(o))
}

// Events implements graph.Reader.
func (r *snapshot) Events(ctx context.Context, f graph.Filter, pg graph.Page) (graph.EventPage, error) {
	if err := r.enter(ctx); err != nil {
		return graph.EventPage{}, err
	}
	defer r.leave()
	p, err := r.plan(ctx, &f)
	if err != nil {
		return graph.EventPage{}, err
	}
	c, err := p.course(pg.Order)
	if err != nil {
		return graph.EventPage{}, err
	}
	ordinals, previous, next, err := c.pageOf(ctx, pg)
	if err != nil {
		return graph.EventPage{}, err
	}
	events, err := r.cards(ctx, ordinals)
	return graph.EventPage{Events: events, HasPrevious: previous, HasNext: next}, err
}

// Count implements graph.Reader.
func (r *snapshot) Count(ctx context.Context, f graph.Filter) (int, error) {
	if err := r.enter(ctx); err != nil {
		return 0, err
	}
	defer r.leave()
	p, err := r.plan(ctx, &f)
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
	p, err := r.plan(ctx, &f)
	if err != nil {
		return err
	}
	c, err := p.course(graph.Ascending)
	if err != nil {
		return err
	}
	look := c.along
	if p.set != nil && p.size() < int(p.x.n())/8 { // sorting takes some steps an event
		if look, err = c.gather(ctx); err != nil {
			return err
		}
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
