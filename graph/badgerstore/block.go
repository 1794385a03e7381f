package badgerstore

import (
	"context"
	"iter"
	"slices"

	"fangzhi/graph"
)

// blockEvents is how many events are read ahead of being looked at.
const blockEvents = 64

// A block is some events that will be looked at one after the other. What the columns hold of them lies anywhere in memory; to look at
// one waits for it, and then for what it leads to, with branches between that nobody can foresee. So it is read for all of a block first,
// in loops that wait for many at once: then it is near. Reading ahead changes no answer.
type block struct {
	n    int
	of   [blockEvents]uint32
	seen uint32 // what was read, so that it is read
}

// add puts an event into the block; it tells whether it is full now.
func (b *block) add(o uint32) bool {
	b.of[b.n] = o
	b.n++
	return b.n == blockEvents
}

func (b *block) events() []uint32 { return b.of[:b.n] }

// readRows reads the row of each of the events.
func (b *block) readRows(x *index) {
	seen := b.seen
	for _, o := range b.events() {
		seen += uint32(x.rows[o].first)
	}
	b.seen = seen
}

// readAhead reads the row, the place in the order and the links of each of the events.
func (b *block) readAhead(x *index) {
	var first [blockEvents]uint32
	seen := b.seen
	for i, o := range b.events() {
		first[i] = x.linksAt[o]
	}
	for i, o := range b.events() {
		seen += uint32(x.rows[o].first)
		if o < x.order.sorted {
			seen += x.order.rank[o]
		}
		if at := first[i]; int(at) < len(x.links) {
			seen += x.links[at].target
		}
	}
	b.seen = seen
}

// inBlocks visits the answers in no order, as narrow does, many at a time: what is visited was read ahead.
func (p *plan) inBlocks(ctx context.Context, visit func(some []uint32)) error {
	var candidates, answers block
	count := func() {
		answers.readAhead(p.x)
		visit(answers.events())
		answers.n = 0
	}
	test := func() error {
		candidates.readRows(p.x)
		for _, o := range candidates.events() {
			if ok, err := p.holds(o); err != nil {
				return err
			} else if ok && answers.add(o) {
				count()
			}
		}
		candidates.n = 0
		return ctx.Err()
	}
	for list := range p.candidates() {
		for _, o := range list {
			if candidates.add(o) {
				if err := test(); err != nil {
					return err
				}
			}
		}
	}
	err := test()
	count()
	return err
}

// candidates yields the events that may be answers, in parts and each once: those of the set, or those around the days where these are
// fewer.
func (p *plan) candidates() iter.Seq[[]uint32] {
	return func(yield func([]uint32) bool) {
		if p.days != (graph.DayRange{}) {
			if w := p.window(); w.size()*looking <= p.size() {
				w.parts(yield)
				return
			}
		}
		var part [512]uint32
		if p.set != nil {
			it := p.set.ManyIterator()
			for n := it.NextMany(part[:]); n > 0 && yield(part[:n]); n = it.NextMany(part[:]) {
			}
			return
		}
		for from := uint32(0); from < p.x.n(); from += uint32(len(part)) {
			n := min(p.x.n()-from, uint32(len(part)))
			for i := range n {
				part[i] = from + i
			}
			if !yield(part[:n]) {
				return
			}
		}
	}
}

// parts yields the events of the window: the short ones of base and of fresh, and the others.
func (w *window) parts(yield func([]uint32) bool) {
	d := &w.p.x.order
	var near block
	for _, list := range [][]uint32{d.base[w.from.base:w.to.base], d.fresh[w.from.fresh:w.to.fresh]} {
		for part := range slices.Chunk(list, blockEvents) {
			near.n = copy(near.of[:], part)
			near.readRows(w.p.x)
			if !yield(slices.DeleteFunc(near.events(), func(o uint32) bool { return w.p.x.rows[o].class() != short })) {
				return
			}
		}
	}
	_ = yield(w.yearly) && yield(w.longer)
}
