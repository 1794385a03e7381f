package query

import (
	"context"
	"fmt"
	"maps"
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
	centre, err := entitiesOf(ctx, r, []graph.ID{a.ID}, "")
	if err != nil || len(centre) == 0 || first == 0 {
		return &Subgraph{Nodes: []graph.Entity{}, Links: []SubgraphLink{}}, err
	}
	kinds := a.Kinds
	if len(kinds) == 0 {
		kinds = graph.EntityKinds
	}
	n := newNet(r, f, a.Filter.linking(true), append(slices.Clone(kinds), centre[0].Kind))
	n.work.what = fmt.Sprintf("reading %d steps around %s", depth, centre[0].Name)
	n.allows = func(d *graph.EntityData) bool { return d.ID == centre[0].ID || slices.Contains(kinds, d.Kind) }
	n.nodes[centre[0].ID] = centre[0]
	chosen, outer, err := n.around(ctx, centre[0].ID, depth, first)
	if err != nil {
		return nil, err
	}
	return n.subgraph(ctx, chosen, outer)
}

// around chooses the nodes, breadth first. outer are those of them whose ties were not read.
func (n *net) around(ctx context.Context, centre graph.ID, depth, first int) (chosen, outer []graph.ID, err error) {
	chosen = []graph.ID{centre}
	seen := map[graph.ID]bool{centre: true}
	outer = chosen
	for range depth {
		if len(chosen) == first || len(outer) == 0 {
			break
		}
		if err := n.read(ctx, outer, nil); err != nil {
			return nil, nil, err
		}
		kin, err := newFamily(ctx, n.reader, slices.Collect(maps.Values(n.nodes)))
		if err != nil {
			return nil, nil, err
		}
		var next []graph.ID
		for _, id := range outer {
			for _, d := range n.neighbours(id) {
				if len(chosen)+len(next) < first && !seen[d.ID] && !kin.line(d, n.nodes[id]) {
					seen[d.ID] = true
					next = append(next, d.ID)
				}
			}
		}
		chosen = append(chosen, next...)
		outer = next
	}
	return chosen, outer, nil
}

// subgraph returns the chosen nodes and the links among them.
func (n *net) subgraph(ctx context.Context, chosen, outer []graph.ID) (*Subgraph, error) {
	among := map[graph.ID]bool{}
	var members []*graph.EntityData
	for _, id := range chosen {
		among[id] = true
		members = append(members, n.nodes[id])
	}
	if err := n.read(ctx, outer, among); err != nil {
		return nil, err
	}
	kin, err := newFamily(ctx, n.reader, members)
	if err != nil {
		return nil, err
	}
	g := &Subgraph{Nodes: []graph.Entity{}, Links: []SubgraphLink{}}
	for i, a := range members {
		g.Nodes = append(g.Nodes, a.Entity())
		for _, b := range members[i+1:] {
			if t, tied := n.near[a.ID][b.ID]; tied && !kin.line(a, b) {
				g.Links = append(g.Links, SubgraphLink{a.ID, b.ID, t.events})
			}
		}
	}
	return g, nil
}
