package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fangzhi/graph"
)

// The bounds of a neighbourhood.
const (
	// DefaultNodes is how many nodes it has where nothing is said.
	DefaultNodes = 50
	// MaxNodes is the most that it has.
	MaxNodes = 500
	// MaxDepth is how many steps it reaches at most.
	MaxDepth = 4
)

// NeighborhoodArgs asks for what lies around an entity.
type NeighborhoodArgs struct {
	// ID is that of an entity or of one of its atoms. Where it names nothing the answer is empty.
	ID graph.ID
	// Depth is how many steps it reaches; nil is 1, at most MaxDepth.
	Depth *int
	// First is how many nodes, the entity itself included; nil is DefaultNodes, at most MaxNodes.
	First *int
	// Kinds of the nodes around; nil and empty for all.
	Kinds []graph.EntityKind
	// Filter leaves events and links; a nil PresentOnly is true, on both ends of a link.
	Filter *EventFilter
}

// Neighborhood returns the entity and those around it, breadth first, those that share most events with the one they were
// reached from first, and all links among them. As in RelatedTo nothing is linked to what it belongs to.
func Neighborhood(ctx context.Context, r graph.Reader, a NeighborhoodArgs) (*Subgraph, error) {
	depth, err := checkFirst("depth", a.Depth, 1, MaxDepth)
	if err != nil {
		return nil, err
	}
	first, err := checkFirst("first", a.First, DefaultNodes, MaxNodes)
	if err != nil {
		return nil, err
	}
	f, err := Resolve(ctx, r, a.Filter, true)
	if err != nil {
		return nil, err
	}
	refs, err := r.Refs(ctx, []graph.ID{a.ID})
	if err != nil || refs[0] == graph.NoRef || first == 0 {
		return &Subgraph{Nodes: []graph.Entity{}, Links: []SubgraphLink{}}, err
	}
	found, err := r.EntitiesAt(ctx, refs)
	if err != nil {
		return nil, err
	}
	if found[0] == nil {
		return nil, fmt.Errorf("entity %s: %w", a.ID, graph.ErrNotFound)
	}
	n := newNet(r, f, a.Filter.linking(true, a.Kinds...), fmt.Sprintf("reading %d steps around %s", depth, found[0].Name))
	defer n.release()
	centre := n.know(refs[0], found[0])
	kin, err := newFamily(ctx, r, nil)
	if err != nil {
		return nil, err
	}
	chosen, err := n.around(ctx, kin, centre, depth, first)
	if err != nil {
		return nil, err
	}
	return n.subgraph(ctx, kin, chosen)
}

// around chooses the nodes, breadth first.
func (n *net) around(ctx context.Context, kin *family, centre int32, depth, first int) ([]int32, error) {
	chosen := []int32{centre}
	seen := map[int32]bool{centre: true}
	outer := chosen
	for range depth {
		if len(chosen) == first || len(outer) == 0 {
			break
		}
		if err := n.read(ctx, outer); err != nil {
			return nil, err
		}
		before := len(chosen)
		for _, v := range outer {
			next, err := n.nearest(ctx, kin, v, seen, first-len(chosen))
			if err != nil {
				return nil, err
			}
			chosen = append(chosen, next...)
		}
		outer = chosen[before:]
	}
	return chosen, nil
}

// nearest returns the first of those that share most events with the entity, and notes them as seen.
func (n *net) nearest(ctx context.Context, kin *family, v int32, seen map[int32]bool, first int) ([]int32, error) {
	var found []int32
	k := n.ranking(v, func(other int32) bool { return seen[other] })
	for i := 0; i < len(k.items) && len(found) < first; {
		if err := k.settle(ctx, i, i+1); err != nil { // and with it all that share as many
			return nil, err
		}
		_, end := k.equals(k.items[i].tie.Events)
		near := []*graph.EntityData{n.nodes[v].data}
		for _, it := range k.items[i:end] {
			near = append(near, it.data)
		}
		if err := kin.climb(ctx, near); err != nil {
			return nil, err
		}
		for ; i < end && len(found) < first; i++ {
			if it := &k.items[i]; !kin.line(it.data, n.nodes[v].data) {
				other := n.number(it.tie.To)
				seen[other] = true
				found = append(found, other)
			}
		}
	}
	return found, nil
}

// subgraph returns the chosen nodes and the links among them.
func (n *net) subgraph(ctx context.Context, kin *family, chosen []int32) (*Subgraph, error) {
	place := map[int32]int{}
	for i, v := range chosen {
		place[v] = i
	}
	if len(chosen) > 1 {
		if err := n.cross(ctx, chosen, chosen); err != nil {
			return nil, err
		}
	}
	g := &Subgraph{Nodes: []graph.Entity{}, Links: []SubgraphLink{}}
	for i, v := range chosen {
		a := n.nodes[v].data
		g.Nodes = append(g.Nodes, a.Entity())
		var later []tie // to those that come later; to is the place
		n.each(v, func(t tie) {
			if at, ok := place[t.to]; ok && at > i {
				later = append(later, tie{to: int32(at), events: t.events})
			}
		})
		slices.SortFunc(later, func(a, b tie) int { return cmp.Compare(a.to, b.to) })
		for _, t := range later {
			if b := n.nodes[chosen[t.to]].data; !kin.line(a, b) {
				g.Links = append(g.Links, SubgraphLink{a.ID, b.ID, int(t.events)})
			}
		}
	}
	return g, nil
}
