package query

import (
	"cmp"
	"container/heap"
	"context"
	"slices"

	"fangzhi/graph"
)

// best returns the first of the chains that have exactly so many steps.
//
// It is a best-first search. What the rest of a chain can share at most is computed backwards from the end, over walks that may
// pass an entity twice; so no chain is overlooked, and those that are looked at in vain are few. The ways on from an entity are
// taken one after the other, the best first, and what comes after one waits until that is taken.
func (p *pathSearch) best(ctx context.Context, length, first int) ([][]int32, error) {
	rest, err := p.rest(ctx, length)
	if err != nil {
		return nil, err
	}
	most := rest[length][p.from.start]
	if most < 0 {
		return nil, nil
	}
	ways := map[[2]int32]*ways{} // from an entity, so many steps from the end
	open := &chainQueue{net: p.net, buckets: map[int32]*bucket{}}
	open.add(chain{ways: newWays([]way{{p.from.start, 0, most}})})
	var found [][]int32
	for len(found) < first {
		c, err := open.take(ctx)
		if err != nil || c == nil {
			return found, err
		}
		if err := p.work.spend(ctx, 1); err != nil {
			return nil, err
		}
		if c.at+1 < len(c.ways.list) {
			open.add(chain{up: c.up, ways: c.ways, at: c.at + 1, shared: c.shared})
		}
		last := c.way()
		if c.up.passes(last.to) {
			continue
		}
		steps := c.steps()
		if steps == length {
			found = append(found, c.nodes())
			continue
		}
		key := [2]int32{last.to, int32(length - steps)}
		if ways[key] == nil {
			if ways[key], err = p.waysOn(ctx, last.to, rest[length-steps-1]); err != nil {
				return nil, err
			}
		}
		if len(ways[key].list) > 0 {
			open.add(chain{up: c, ways: ways[key], shared: c.shared + last.events})
		}
	}
	return found, nil
}

// rest returns, for 0 steps to length, the most that a walk of so many steps from an entity to the end shares; below zero
// where there is none. Entities that no chain of the length reaches in time are passed over.
func (p *pathSearch) rest(ctx context.Context, length int) ([][]int32, error) {
	rest := make([][]int32, length+1)
	for h := range rest {
		rest[h] = slices.Repeat([]int32{-1}, len(p.nodes))
	}
	rest[0][p.to.start] = 0
	level := []int32{p.to.start}
	for h := 1; h <= length; h++ {
		place := length - h // in the chain
		var next []int32
		for _, v := range level {
			looked := 1
			p.each(v, func(t tie) {
				looked++
				u := t.to
				depth := p.from.at(u)
				if (u == p.from.start) != (place == 0) || u == p.to.start || p.nodes[u].barred || depth < 0 && place <= p.from.read || depth > place {
					return
				}
				if rest[h][u] < 0 {
					next = append(next, u)
				}
				rest[h][u] = max(rest[h][u], rest[h-1][v]+t.events)
			})
			if err := p.work.spend(ctx, looked); err != nil {
				return nil, err
			}
		}
		level = next
	}
	return rest, nil
}

// way is one step on: to whom, what the step shares, and what it and all that follows can share at most.
type way struct{ to, events, most int32 }

// ways are the ways on from an entity, the best first. Equals are in the order of the ids of those they lead to, as far as
// that mattered: so many, settled, stay where they are.
type ways struct {
	list    []way
	settled int
}

func newWays(list []way) *ways {
	slices.SortFunc(list, func(a, b way) int { return cmp.Compare(b.most, a.most) })
	return &ways{list: list}
}

func (p *pathSearch) waysOn(ctx context.Context, v int32, rest []int32) (*ways, error) {
	var list []way
	looked := 1
	p.each(v, func(t tie) {
		looked++
		if rest[t.to] >= 0 {
			list = append(list, way{t.to, t.events, t.events + rest[t.to]})
		}
	})
	return newWays(list), p.work.spend(ctx, looked)
}

// equals returns the ways from one on that can share as much as it.
func (w *ways) equals(at int) []way {
	end := at + 1
	for end < len(w.list) && w.list[end].most == w.list[at].most {
		end++
	}
	return w.list[at:end]
}

// chain is the beginning of a path: one that ends where up ends, and one of the ways on from there. It stands for all that
// come after it among these ways, too, until it is taken.
type chain struct {
	up     *chain
	ways   *ways
	at     int
	shared int32 // by the steps of up
	ids    []graph.ID
}

func (c *chain) way() way    { return c.ways.list[c.at] }
func (c *chain) most() int32 { return c.shared + c.way().most }

func (c *chain) steps() int {
	n := 0
	for c = c.up; c != nil; c = c.up {
		n++
	}
	return n
}

func (c *chain) passes(v int32) bool {
	for ; c != nil; c = c.up {
		if c.way().to == v {
			return true
		}
	}
	return false
}

// nodes returns the entities of the chain from its beginning on.
func (c *chain) nodes() []int32 {
	var nodes []int32
	for ; c != nil; c = c.up {
		nodes = append(nodes, c.way().to)
	}
	slices.Reverse(nodes)
	return nodes
}

// chainQueue gives out the chain that can share most; of equals the one whose ids come first. A beginning comes before what
// continues it, so equals leave the queue in the order of their ids. Ids are read only where there are equals.
type chainQueue struct {
	net     *net
	buckets map[int32]*bucket // by what their chains can share at most
	mosts   []int32           // of the buckets, ascending
}

// bucket holds chains that can share as much: those whose ids are known in a heap, and others.
type bucket struct {
	known chainHeap
	fresh []*chain
}

func (q *chainQueue) add(c chain) {
	most := c.most()
	b := q.buckets[most]
	if b == nil {
		b = &bucket{}
		q.buckets[most] = b
		at, _ := slices.BinarySearch(q.mosts, most)
		q.mosts = slices.Insert(q.mosts, at, most)
	}
	b.fresh = append(b.fresh, &c)
}

// take returns the first chain and takes it out; nil where none is left.
func (q *chainQueue) take(ctx context.Context) (*chain, error) {
	if len(q.mosts) == 0 {
		return nil, ctx.Err()
	}
	most := q.mosts[len(q.mosts)-1]
	b := q.buckets[most]
	var first *chain
	if len(b.known) == 0 && len(b.fresh) == 1 {
		// Whichever of its equals it takes: what continues it meets the others here, and there the ids decide.
		first, b.fresh = b.fresh[0], nil
		first.ways.settled = max(first.ways.settled, first.at+1)
	} else {
		if err := q.learn(ctx, b); err != nil {
			return nil, err
		}
		first = heap.Pop(&b.known).(*chain)
	}
	if len(b.known)+len(b.fresh) == 0 {
		delete(q.buckets, most)
		q.mosts = q.mosts[:len(q.mosts)-1]
	}
	return first, nil
}

// learn reads the ids that tell which of the bucket's chains is the first.
func (q *chainQueue) learn(ctx context.Context, b *bucket) error {
	var unknown []int32
	for _, c := range b.fresh {
		if c.at >= c.ways.settled {
			for _, w := range c.ways.equals(c.at) {
				unknown = append(unknown, w.to)
			}
		}
		unknown = append(unknown, c.nodes()...)
	}
	if err := q.net.fetch(ctx, unknown); err != nil {
		return err
	}
	id := func(v int32) graph.ID { return q.net.nodes[v].data.ID }
	for _, c := range b.fresh {
		if c.at >= c.ways.settled {
			equals := c.ways.equals(c.at)
			slices.SortFunc(equals, func(a, b way) int { return cmp.Compare(id(a.to), id(b.to)) })
			c.ways.settled = c.at + len(equals)
		}
		for _, v := range c.nodes() {
			c.ids = append(c.ids, id(v))
		}
		heap.Push(&b.known, c)
	}
	b.fresh = nil
	return nil
}

// chainHeap has the chain on top whose ids come first.
type chainHeap []*chain

func (h chainHeap) Len() int           { return len(h) }
func (h chainHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h chainHeap) Less(i, j int) bool { return slices.Compare(h[i].ids, h[j].ids) < 0 }
func (h *chainHeap) Push(x any)        { *h = append(*h, x.(*chain)) }
func (h *chainHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
