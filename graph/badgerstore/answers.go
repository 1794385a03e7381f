package badgerstore

import (
	"context"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// How the answers of a plan are looked at: some hundred at a time, so that what is asked of each is a step of a short loop.

// batchSize is how many events are looked at at once.
const batchSize = 512

var batchBuffers = sync.Pool{New: func() any { return new([batchSize]uint32) }}

// size bounds how many events batches visits.
func (p *plan) size() int {
	switch {
	case p.list != nil:
		return len(p.list)
	case p.set != nil:
		return int(p.set.GetCardinality())
	}
	return int(p.x.n())
}

// all tells whether the lists of the index leave every event.
func (p *plan) all() bool { return p.set == nil && p.list == nil }

// sift leaves those of the events that are answers, in place.
func (p *plan) sift(some []uint32) ([]uint32, error) {
	if p.horizon != nil {
		some = p.horizon.reached(p.x, some)
	}
	if !p.minus.IsEmpty() {
		some = slices.DeleteFunc(some, p.minus.Contains)
	}
	for _, ok := range p.rows {
		n := 0
		for _, o := range some {
			if ok(&p.x.rows[o]) {
				some[n] = o
				n++
			}
		}
		some = some[:n]
	}
	for _, ask := range p.tests {
		n := 0
		for _, o := range some {
			ok, err := ask(o)
			if err != nil {
				return nil, err
			}
			if ok {
				some[n] = o
				n++
			}
		}
		some = some[:n]
	}
	return some, nil
}

// firstBatch is how many events are looked at first. Each batch is twice the one before, up to batchSize, so that a horizon is drawn soon: of
// an official's first page 115 places are looked up in the mean at a million events, and were 277 with batches of one size.
const firstBatch = batchSize / 8

// batches visits the answers in the order of their ordinals, some at a time, which are valid during the call.
func (p *plan) batches(ctx context.Context, visit func(some []uint32) error) error {
	buffer := batchBuffers.Get().(*[batchSize]uint32)
	defer batchBuffers.Put(buffer)
	q, next := p, p.source()
	if p.set != nil && p.runs == nil && !p.minus.IsEmpty() && p.size() > batchSize { // at once, and not one by one
		less := *p
		less.set, less.minus = roaring.AndNot(p.set, p.minus), roaring.New()
		q, next = &less, less.source()
	}
	for size := firstBatch; ; size = min(2*size, batchSize) {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := next(buffer[:size])
		if n == 0 {
			return nil
		}
		some, err := q.sift(buffer[:n])
		if err != nil {
			return err
		}
		if len(some) == 0 {
			continue
		}
		if err := visit(some); err != nil {
			return err
		}
	}
}

// source returns what fills a buffer with the next events of the plan, and says with how many, until there are none.
func (p *plan) source() func(buffer []uint32) int {
	switch {
	case p.runs != nil:
		return p.inRuns(p.runs)
	case p.list != nil:
		rest := p.list
		return func(buffer []uint32) int {
			n := copy(buffer, rest)
			rest = rest[n:]
			return n
		}
	case p.set != nil:
		return p.set.ManyIterator().NextMany
	}
	at, end := uint32(0), p.x.n()
	return func(buffer []uint32) int {
		n := min(len(buffer), int(end-at))
		for i := range n {
			buffer[i] = at + uint32(i)
		}
		at += uint32(n)
		return n
	}
}

// eachOf returns what visits the events of a batch one by one.
func eachOf(visit func(o uint32) error) func([]uint32) error {
	return func(some []uint32) error {
		for _, o := range some {
			if err := visit(o); err != nil {
				return err
			}
		}
		return nil
	}
}

// count returns how many answers there are.
func (p *plan) count(ctx context.Context) (int, error) {
	if len(p.rows)+len(p.tests) == 0 {
		switch {
		case p.all():
			return int(uint64(p.x.n()) - p.minus.GetCardinality()), nil
		case p.set != nil:
			return int(p.set.GetCardinality() - p.set.AndCardinality(p.minus)), nil
		}
	}
	n := 0
	err := p.narrow(ctx, func(some []uint32) error {
		n += len(some)
		return nil
	})
	return n, err
}

// looking is as how many steps over a set, or along the columns, a look at an event counts that lies anywhere. Tests change it.
var looking = 4

// narrow visits the answers in no order, some at a time, by way of the days where these leave fewer events than the set.
func (p *plan) narrow(ctx context.Context, visit func(some []uint32) error) error {
	if p.byDays() {
		return p.window().visit(ctx, visit)
	}
	return p.batches(ctx, visit)
}

// byDays tells whether the days leave fewer events than the lists.
func (p *plan) byDays() bool {
	return p.days != (graph.DayRange{}) && p.window().cost() <= p.size()
}

// steps is as how many events of a set narrow costs.
func (p *plan) steps() int {
	if p.days == (graph.DayRange{}) {
		return p.size()
	}
	return min(p.size(), p.window().cost())
}

// holds tells whether an event is an answer.
func (p *plan) holds(o uint32) (bool, error) {
	if !p.has(o) {
		return false, nil
	}
	return p.meets(o)
}

// meets tells whether an event that the lists of the index leave is an answer.
func (p *plan) meets(o uint32) (bool, error) {
	if p.minus.Contains(o) {
		return false, nil
	}
	for _, ok := range p.rows {
		if !ok(&p.x.rows[o]) {
			return false, nil
		}
	}
	for _, ask := range p.tests {
		if ok, err := ask(o); !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

// has tells whether the lists of the index leave an event.
func (p *plan) has(o uint32) bool {
	switch {
	case p.list != nil:
		_, found := slices.BinarySearch(p.list, o)
		return found
	case p.set != nil:
		return p.set.Contains(o)
	}
	return true
}

// A window is the part of the timeline in which events can meet the days of a plan.
type window struct {
	p              *plan
	from, to       mark // of the short ones
	yearly, longer []uint32
	// Of a visit, known when its cost was asked for: where the short ones lie in the columns, nil where they are better looked for in the
	// order, and as how many events of a set it costs.
	runs  []run
	steps int
	known bool
}

// window returns that of the plan's days, which is made once.
func (p *plan) window() *window {
	if p.meeting != nil && p.meeting.p == p {
		return p.meeting
	}
	x := p.x
	w := &window{p: p}
	p.meeting = w
	if p.atMost > 0 && p.atMost <= shortDays {
		w.from, w.to = p.reach(edtf.Day(p.atMost))
		return w
	}
	w.longer = x.order.longer
	w.from, w.to = p.reach(shortDays)
	from, _ := slices.BinarySearchFunc(x.order.yearly, true, func(o uint32, _ bool) int { return order(!p.from(o, yearDays)) })
	to, _ := slices.BinarySearchFunc(x.order.yearly, true, func(o uint32, _ bool) int { return order(p.upTo(o, yearDays)) })
	w.yearly = x.order.yearly[from:max(from, to)]
	return w
}

// short returns how many short dates lie in the window, size how many events.
func (w *window) short() int { return w.to.base - w.from.base + w.to.fresh - w.from.fresh }
func (w *window) size() int  { return w.short() + len(w.yearly) + len(w.longer) }

// cost is as how many events of a set a visit costs.
func (w *window) cost() int {
	if w.known {
		return w.steps
	}
	w.known = true
	p, events := w.p, w.short()
	w.steps = events * looking
	if events*zonesFrom <= int(p.x.n()) || zoning == 0 {
		w.askZones(min(w.steps, p.size()))
	}
	w.steps += (len(w.yearly) + len(w.longer)) * looking
	return w.steps
}

// askZones has the short dates looked for by zones where that costs fewer steps than most.
func (w *window) askZones(most int) {
	p, n := w.p, int(w.p.x.n())
	steps := len(p.x.zones) / zonesAStep * zoning
	if steps >= most {
		return
	}
	share := max(p.size(), 1) // of n: how many of the events of a zone are looked at
	runs, events, ok := p.x.runs(p.days, most*n/share)
	if !ok {
		return
	}
	if steps += (events*share/n + seeking*len(runs)) * zoning; steps <= most {
		w.runs, w.steps = runs, steps
	}
}

// zoning is as how many events of a set one counts that zones leave. Tests change it.
var zoning = 1

// zonesAStep is how many zones are looked at in the time of an event of a set, seeking as how many events it counts to go on to another run.
const (
	zonesAStep = 32 // most of them are passed over many at a time
	seeking    = 2
)

// zonesFrom is how many times as many events as a window there must be for zones to be asked: they leave no fewer than it has.
const zonesFrom = 2

// reach returns the marks between which dated events sort that lie at most so many days beyond the plan's.
func (p *plan) reach(more edtf.Day) (from, to mark) {
	from = p.x.order.mark(func(o uint32) bool { return !p.from(o, more) })
	to = p.x.order.mark(func(o uint32) bool { return p.upTo(o, more) })
	return from, from.greatest(to)
}

// from tells whether an event sorts on a day from so many days before the plan's on, upTo whether up to so many behind them.
func (p *plan) from(o uint32, more edtf.Day) bool {
	r := &p.x.rows[o]
	return !r.dated() || p.days.From == 0 || r.sortDay() >= p.days.From-more
}

func (p *plan) upTo(o uint32, more edtf.Day) bool {
	r := &p.x.rows[o]
	return r.dated() && (p.days.To == 0 || r.sortDay() <= p.days.To+more)
}

// visit visits the answers in the window, some at a time, in no order.
func (w *window) visit(ctx context.Context, visit func(some []uint32) error) error {
	buffer := batchBuffers.Get().(*[batchSize]uint32)
	defer batchBuffers.Put(buffer)
	p, d := w.p, &w.p.x.order
	from := []func(buffer []uint32) int{p.inRuns(w.runs)}
	if w.runs == nil {
		from = []func(buffer []uint32) int{p.among(d.base[w.from.base:w.to.base]), p.among(d.fresh[w.from.fresh:w.to.fresh])}
	}
	short := len(from)
	for i, next := range append(from, p.among(w.yearly), p.among(w.longer)) {
		for n := next(buffer[:]); n > 0; n = next(buffer[:]) {
			if err := ctx.Err(); err != nil {
				return err
			}
			some := buffer[:n]
			if i < short {
				some = p.x.shortOnly(some)
			}
			some, err := p.sift(some)
			if err != nil {
				return err
			}
			if len(some) == 0 {
				continue
			}
			if err := visit(some); err != nil {
				return err
			}
		}
	}
	return nil
}

// among returns what fills a buffer with the next of the events of a list that the lists of the index leave, and says with how many, until
// there are none.
func (p *plan) among(rest []uint32) func(buffer []uint32) int {
	return func(buffer []uint32) (n int) {
		for ; n < len(buffer) && len(rest) > 0; rest = rest[1:] {
			if p.has(rest[0]) {
				buffer[n] = rest[0]
				n++
			}
		}
		return n
	}
}

// shortOnly leaves those of the events whose dates are short, in place.
func (x *index) shortOnly(some []uint32) []uint32 {
	n := 0
	for _, o := range some {
		if x.rows[o].class() == short {
			some[n] = o
			n++
		}
	}
	return some[:n]
}
