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

// read reads all ties of the entities, or those to the ones in only, where it is not nil: one pass over the events a kind.
func (n *net) read(ctx context.Context, ids []graph.ID, only map[graph.ID]bool) error {
	for _, kind := range n.kinds {
		reading := map[graph.ID]map[graph.ID]tie{}
		var atoms []graph.ID
		for _, id := range ids {
			if d := n.nodes[id]; d.Kind == kind {
				reading[id] = map[graph.ID]tie{}
				atoms = append(atoms, d.Atoms...)
			}
		}
		if len(atoms) == 0 {
			continue
		}
		f := with(n.filter, n.links.condition(kind, atoms))
		err := eachLinked(ctx, n.reader, f, n.links, n.kinds, func(e *graph.Event, linked []*graph.EntityData) error {
			for _, a := range linked {
				ties := reading[a.ID]
				if ties == nil {
					continue
				}
				if err := n.work.spend(ctx, len(linked)); err != nil {
					return err
				}
				for _, b := range linked {
					if a == b || only != nil && !only[b.ID] || n.allows != nil && !n.allows(b) {
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
			return nil
		})
		if err != nil {
			return err
		}
		for a, ties := range reading {
			for b, t := range ties {
				n.tie(a, b, t)
				n.tie(b, a, t)
			}
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
	var all []*graph.EntityData
	for other := range n.near[id] {
		all = append(all, n.nodes[other])
	}
	ties := n.near[id]
	slices.SortFunc(all, func(a, b *graph.EntityData) int {
		return cmp.Or(cmp.Compare(ties[b.ID].events, ties[a.ID].events), cmp.Compare(sortKey("").named(a), sortKey("").named(b)))
	})
	return all
}
