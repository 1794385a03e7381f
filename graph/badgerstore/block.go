package badgerstore

import (
	"context"
	"slices"
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
			seen += x.links[at].target()
		}
	}
	b.seen = seen
}

// near tells whether most events lie so near the one before that the processor has fetched already what is asked of them.
func near(some []uint32) bool {
	far := 0
	for i := 1; i < len(some); i++ {
		if some[i]-some[i-1] > nearEvents {
			far++
		}
	}
	return far*nearEvents <= len(some)
}

// nearEvents is how many events on, at most, the next one is near, and of how many one may be far.
const nearEvents = 8

// inBlocks visits the answers in no order, as narrow does; what is visited was read ahead.
func (p *plan) inBlocks(ctx context.Context, visit func(some []uint32)) error {
	var b block
	return p.narrow(ctx, func(some []uint32) error {
		if near(some) {
			visit(some)
			return nil
		}
		for part := range slices.Chunk(some, blockEvents) {
			b.n = copy(b.of[:], part)
			b.readAhead(p.x)
			visit(part)
		}
		return nil
	})
}
