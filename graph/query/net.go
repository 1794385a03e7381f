package query

import (
	"context"
	"slices"

	"fangzhi/graph"
)

// net is the part of the net of entities that a question has read so far: two are tied by the events they share. Entities are
// numbered from 0 in the order in which they were met; the numbers reach no order and no answer.
type net struct {
	reader graph.Reader
	filter graph.Filter
	links  graph.Linking // its kinds are those that ties lead to
	work   budget

	nodes []node
	ties  []tie
	back  []backTie
	pages [][]int32 // the number of a ref, plus one: those of refPage refs a page
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

// refPage is how many refs stand on a page of net.pages. Engines number entities closely, so few pages are made.
const refPage = 1 << 10

func newNet(r graph.Reader, f graph.Filter, l graph.Linking, what string) *net {
	return &net{reader: r, filter: f, links: l, work: budget{most: limits.ties, what: what}}
}

// number returns the number of a ref; below zero for one that was not met.
func (n *net) number(ref graph.Ref) int32 {
	if page := int(ref / refPage); page < len(n.pages) && n.pages[page] != nil {
		return n.pages[page][ref%refPage] - 1
	}
	return -1
}

// meet returns the number of a ref, and numbers one that was not met.
func (n *net) meet(ref graph.Ref) int32 {
	if v := n.number(ref); v >= 0 {
		return v
	}
	page := int(ref / refPage)
	if page >= len(n.pages) {
		n.pages = append(n.pages, make([][]int32, page+1-len(n.pages))...)
	}
	if n.pages[page] == nil {
		n.pages[page] = make([]int32, refPage)
	}
	n.nodes = append(n.nodes, node{ref: ref})
	n.pages[page][ref%refPage] = int32(len(n.nodes))
	return int32(len(n.nodes) - 1)
}

// know is meet for an entity whose record is there.
func (n *net) know(ref graph.Ref, d *graph.EntityData) int32 {
	v := n.meet(ref)
	n.nodes[v].data = d
	return v
}

// read reads the ties of those that were not read yet; where only is not nil, those that it tells to lead to what was met.
func (n *net) read(ctx context.Context, nodes []int32, only func(int32) bool) error {
	var reading []int32
	var refs []graph.Ref
	for _, v := range nodes {
		if !n.nodes[v].read {
			reading = append(reading, v)
			refs = append(refs, n.nodes[v].ref)
		}
	}
	if len(refs) == 0 {
		return ctx.Err()
	}
	return n.reader.Ties(ctx, n.filter, n.links, refs, func(i int, ties []graph.Tie) error {
		a := reading[i]
		from := len(n.ties)
		for _, t := range ties {
			var b int32
			if only == nil {
				b = n.meet(t.To)
			} else if b = n.number(t.To); b < 0 || !only(b) {
				continue
			}
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
