package query

import (
	"cmp"
	"context"
	"slices"

	"fangzhi/graph"
)

// net is the part of the net of entities that a question has read so far: two are tied by the events they share.
type net struct {
	reader graph.Reader
	filter graph.Filter
	links  linking
	kinds  []graph.EntityKind
	work   budget
	// allows leaves those that a tie may lead to; nil for all.
	allows func(*graph.EntityData) bool

	nodes map[graph.ID]*graph.EntityData
	near  map[graph.ID]map[graph.ID]tie // both ways; whole for those that were read
}

// tie is how many events two entities share, and the first of them in the order of events.
type tie struct {
	events int
	first  graph.ID
}

func newNet(r graph.Reader, f graph.Filter, l linking, kinds []graph.EntityKind) *net {
	var each []graph.EntityKind
	for _, kind := range graph.EntityKinds {
		if slices.Contains(kinds, kind) {
			each = append(each, kind)
		}
	}
	return &net{
		reader: r, filter: f, links: l, kinds: each, work: budget{most: limits.relations},
		nodes: map[graph.ID]*graph.EntityData{}, near: map[graph.ID]map[graph.ID]tie{},
	}
}

// read reads all ties of the entities, or those to the ones in only, where it is not nil.
func (n *net) read(ctx context.Context, ids []graph.ID, only map[graph.ID]bool) error {
	reading := map[graph.ID]map[graph.ID]tie{}
	atoms := map[graph.EntityKind][]graph.ID{}
	most := map[graph.EntityKind]int{} // so many events have those of a kind, some perhaps twice
	for _, id := range ids {
		d := n.nodes[id]
		reading[id] = map[graph.ID]tie{}
		atoms[d.Kind] = append(atoms[d.Kind], d.Atoms...)
		most[d.Kind] += d.EventCount
	}
	// A filter cannot ask for an official or a place, so there is a pass over the events of each kind; or one over all
	// events, where that is less.
	if len(atoms) > 1 {
		all, err := n.reader.Count(ctx, n.filter)
		if err != nil {
			return err
		}
		sum := 0
		for _, events := range most {
			sum += min(events, all)
		}
		if sum > all {
			return n.pass(ctx, n.filter, reading, graph.EntityKinds, only)
		}
	}
	for _, kind := range n.kinds {
		if len(atoms[kind]) == 0 {
			continue
		}
		err := n.pass(ctx, with(n.filter, n.links.condition(kind, atoms[kind])), reading, []graph.EntityKind{kind}, only)
		if err != nil {
			return err
		}
	}
	return nil
}

// pass visits the filtered events and ties what they link to the entities of the kinds that are read.
func (n *net) pass(ctx context.Context, f graph.Filter, reading map[graph.ID]map[graph.ID]tie, kinds []graph.EntityKind, only map[graph.ID]bool) error {
	err := eachLinked(ctx, n.reader, f, n.links, n.kinds, func(e *graph.Event, linked []*graph.EntityData) error {
		allowed := linked[:0]
		var read []*graph.EntityData
		for _, d := range linked {
			if reading[d.ID] != nil && slices.Contains(kinds, d.Kind) {
				read = append(read, d)
			}
			if (only == nil || only[d.ID]) && (n.allows == nil || n.allows(d)) {
				allowed = append(allowed, d)
			}
		}
		for _, a := range read {
			ties := reading[a.ID]
			for _, b := range allowed {
				if a == b {
					continue
				}
				t, tied := ties[b.ID]
				if !tied {
					t.first = e.ID
					if n.nodes[b.ID] == nil {
						n.nodes[b.ID] = b
					}
				}
				t.events++
				ties[b.ID] = t
			}
		}
		return n.work.spend(ctx, 1+len(read)*len(allowed))
	})
	if err != nil {
		return err
	}
	for a, ties := range reading {
		if !slices.Contains(kinds, n.nodes[a].Kind) {
			continue
		}
		for b, t := range ties {
			n.tie(a, b, t)
			n.tie(b, a, t)
		}
	}
	return nil
}

func (n *net) tie(a, b graph.ID, t tie) {
	if n.near[a] == nil {
		n.near[a] = map[graph.ID]tie{}
	}
	n.near[a][b] = t
}

// neighbours returns what the entity is tied to, most shared events first, then by name, then by id.
func (n *net) neighbours(id graph.ID) []*graph.EntityData {
	var all []item[*graph.EntityData]
	for other, t := range n.near[id] {
		d := n.nodes[other]
		all = append(all, item[*graph.EntityData]{sortKey("").down(t.events).named(d), d})
	}
	slices.SortFunc(all, func(a, b item[*graph.EntityData]) int { return cmp.Compare(a.key, b.key) })
	sorted := make([]*graph.EntityData, len(all))
	for i, it := range all {
		sorted[i] = it.value
	}
	return sorted
}
