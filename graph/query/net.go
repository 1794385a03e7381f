package query

import (
	"context"
	"slices"
	"sync"

	"fangzhi/graph"
)

// net is the part of the net of entities that a question has read so far: two are tied by the events they share. Entities are
// numbered from 0 in the order in which they were met; the numbers reach no order and no answer.
type net struct {
	reader graph.Reader
	filter graph.Filter
	links  graph.Linking // its kinds are those that ties lead to
	work   budget

	nodes   []node
	ties    []tie
	back    []backTie
	across  []backTie // ties between two that were not read
	crossed []int32   // who has some in across
	*numbering
}

// node is an entity. Of one that was read all ties are known, of others those to entities that were read. What is of a kind
// that ties do not lead to (odd) is read before others, so that they know of it.
type node struct {
	ref      graph.Ref
	data     *graph.EntityData // nil until it is needed
	barred   bool              // nothing leads through it
	read     bool
	from, to int   // once it is read, its ties
	back     int32 // before, the first of its ties in back, plus one
	across   int32 // and the first in across, plus one
}

// tie leads to another entity.
type tie struct {
	to, events int32
	first      graph.EventRef
}

// backTie is a tie in a list; next is the place of the next one, plus one.
type backTie struct {
	tie
	next int32
}

// numbering tells the numbers of refs. Engines number entities closely, so it is a list; it is kept and used again.
type numbering struct {
	of []int32 // by ref: the number, plus one; all 0 when it is not in use
}

var numberings = sync.Pool{New: func() any { return new(numbering) }}

// newNet returns a net of which nothing is read. It is to be released.
func newNet(r graph.Reader, f graph.Filter, l graph.Linking, what string) *net {
	return &net{reader: r, filter: f, links: l, work: budget{most: limits.ties, what: what}, numbering: numberings.Get().(*numbering)}
}

// release gives back what other nets can use; it ends the use of n.
func (n *net) release() {
	for i := range n.nodes {
		n.of[n.nodes[i].ref] = 0
	}
	numberings.Put(n.numbering)
	n.numbering = nil
}

// number returns the number of a ref; below zero for one that was not met.
func (n *net) number(ref graph.Ref) int32 {
	if int64(ref) < int64(len(n.of)) {
		return n.of[ref] - 1
	}
	return -1
}

// meet returns the number of a ref, and numbers one that was not met.
func (n *net) meet(ref graph.Ref) int32 {
	if v := n.number(ref); v >= 0 {
		return v
	}
	if more := int(ref) + 1 - len(n.of); more > 0 {
		n.of = append(n.of, make([]int32, more)...)
	}
	n.nodes = append(n.nodes, node{ref: ref})
	n.of[ref] = int32(len(n.nodes))
	return int32(len(n.nodes) - 1)
}

// know is meet for an entity whose record is there.
func (n *net) know(ref graph.Ref, d *graph.EntityData) int32 {
	v := n.meet(ref)
	n.nodes[v].data = d
	return v
}

// read reads the ties of those that were not read yet.
func (n *net) read(ctx context.Context, nodes []int32) error {
	reading, refs := n.unread(nodes)
	if len(refs) == 0 {
		return ctx.Err()
	}
	return n.reader.Ties(ctx, n.filter, n.links, refs, func(i int, ties []graph.Tie) error {
		a := reading[i]
		from := len(n.ties)
		for _, t := range ties {
			b := n.meet(t.To)
			n.ties = append(n.ties, tie{b, int32(t.Events), t.First})
			if other := &n.nodes[b]; !other.read {
				n.back = append(n.back, backTie{tie{a, int32(t.Events), t.First}, other.back})
				other.back = int32(len(n.back))
			}
		}
		v := &n.nodes[a]
		for at := v.back; at != 0; at = n.back[at-1].next { // of a kind that ties do not lead to
			if t := n.back[at-1]; n.odd(t.to) {
				n.ties = append(n.ties, t.tie)
			}
		}
		v.read, v.from, v.to = true, from, len(n.ties)
		return n.work.spend(ctx, 1+len(ties))
	})
}

// odd tells whether an entity is of a kind that ties do not lead to, as only those can be that a question began with.
func (n *net) odd(v int32) bool {
	d := n.nodes[v].data
	return d != nil && len(n.links.Kinds) > 0 && !slices.Contains(n.links.Kinds, d.Kind)
}

// each visits the ties of an entity that are known.
func (n *net) each(v int32, visit func(tie)) {
	if n.nodes[v].read {
		for _, t := range n.ties[n.nodes[v].from:n.nodes[v].to] {
			visit(t)
		}
		return
	}
	for at := n.nodes[v].back; at != 0; at = n.back[at-1].next {
		visit(n.back[at-1].tie)
	}
	for at := n.nodes[v].across; at != 0; at = n.across[at-1].next {
		visit(n.across[at-1].tie)
	}
}

// cross makes known the ties between those of a and of b that were not read; what it made known before is forgotten. Each of them
// names an entity once.
func (n *net) cross(ctx context.Context, a, b []int32) error {
	for _, v := range n.crossed {
		n.nodes[v].across = 0
	}
	n.across, n.crossed = n.across[:0], n.crossed[:0]
	a, left := n.unread(a)
	b, right := n.unread(b)
	if len(a) == 0 || len(b) == 0 {
		return ctx.Err()
	}
	side := make([]uint8, len(n.nodes)) // in which of them an entity stands
	for _, v := range a {
		side[v] |= 1
	}
	for _, v := range b {
		side[v] |= 2
	}
	return n.reader.Between(ctx, n.filter, n.links, left, right, func(i, j int, t graph.Tie) error {
		v, w := a[i], b[j]
		if v > w && side[v]&side[w] == 3 {
			return nil // both stand in both, and meet the other way round too
		}
		n.addAcross(v, tie{w, int32(t.Events), t.First})
		n.addAcross(w, tie{v, int32(t.Events), t.First})
		return n.work.spend(ctx, 1)
	})
}

func (n *net) addAcross(v int32, t tie) {
	if n.nodes[v].across == 0 {
		n.crossed = append(n.crossed, v)
	}
	n.across = append(n.across, backTie{t, n.nodes[v].across})
	n.nodes[v].across = int32(len(n.across))
}

// unread returns those that were not read, and their refs.
func (n *net) unread(nodes []int32) (unread []int32, refs []graph.Ref) {
	for _, v := range nodes {
		if !n.nodes[v].read {
			unread = append(unread, v)
			refs = append(refs, n.nodes[v].ref)
		}
	}
	return unread, refs
}

// degree returns what the ties of those cost, about, that were not read.
func (n *net) degree(ctx context.Context, nodes []int32) (sum int, err error) {
	_, refs := n.unread(nodes)
	degrees, err := n.reader.Degrees(ctx, n.links, refs)
	for _, d := range degrees {
		sum += d
	}
	return sum, err
}

// tied returns the tie from one to another that it is known to have.
func (n *net) tied(from, to int32) tie {
	var found tie
	n.each(from, func(t tie) {
		if t.to == to {
			found = t
		}
	})
	return found
}

// fetch reads the records of those that have none yet, in one read.
func (n *net) fetch(ctx context.Context, nodes []int32) error {
	var missing []int32
	var refs []graph.Ref
	seen := map[int32]bool{}
	for _, v := range nodes {
		if n.nodes[v].data == nil && !seen[v] {
			seen[v] = true
			missing = append(missing, v)
			refs = append(refs, n.nodes[v].ref)
		}
	}
	if len(refs) == 0 {
		return ctx.Err()
	}
	found, err := n.reader.EntitiesAt(ctx, refs)
	if err != nil {
		return err
	}
	if slices.Contains(found, nil) {
		return graph.ErrNotFound
	}
	for i, v := range missing {
		n.nodes[v].data = found[i]
	}
	return nil
}

// ranking returns the ties of an entity, most events first, but those that leaveOut tells.
func (n *net) ranking(v int32, leaveOut func(int32) bool) *ranking {
	var ties []graph.Tie
	n.each(v, func(t tie) {
		if !leaveOut(t.to) {
			ties = append(ties, graph.Tie{To: n.nodes[t.to].ref, Events: int(t.events)})
		}
	})
	return newRanking(func(ctx context.Context, refs []graph.Ref) ([]*graph.EntityData, error) {
		nodes := make([]int32, len(refs))
		for i, ref := range refs {
			nodes[i] = n.number(ref)
		}
		if err := n.fetch(ctx, nodes); err != nil {
			return nil, err
		}
		found := make([]*graph.EntityData, len(refs))
		for i, v := range nodes {
			found[i] = n.nodes[v].data
		}
		return found, nil
	}, ties)
}
