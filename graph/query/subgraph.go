package query

import (
	"context"
	"fmt"

	"fangzhi/graph"
)

// SubgraphArgs asks for the links among entities.
type SubgraphArgs struct {
	// IDs are of entities or of their atoms, at most MaxNodes. Those that name nothing are passed over; an entity that is
	// named twice is there once.
	IDs []graph.ID
	// Filter leaves events and links; a nil PresentOnly is false, on both ends of a link.
	Filter *EventFilter
}

// Among returns the entities, in the order of the ids, and all links among them. As in RelatedTo nothing is linked to what
// it belongs to.
func Among(ctx context.Context, r graph.Reader, a SubgraphArgs) (*Subgraph, error) {
	if len(a.IDs) > MaxNodes {
		return nil, fmt.Errorf("%w: %d ids, at most %d are answered", graph.ErrLimit, len(a.IDs), MaxNodes)
	}
	f, err := Resolve(ctx, r, a.Filter, false)
	if err != nil {
		return nil, err
	}
	found, err := entitiesOf(ctx, r, a.IDs, "")
	if err != nil {
		return nil, err
	}
	nodes := map[graph.ID]*graph.EntityData{}
	var chosen []graph.ID
	var kinds []graph.EntityKind
	for _, d := range found {
		if nodes[d.ID] == nil {
			nodes[d.ID] = d
			chosen = append(chosen, d.ID)
			kinds = append(kinds, d.Kind)
		}
	}
	n := newNet(r, f, a.Filter.linking(false), kinds)
	n.work.what = fmt.Sprintf("reading the links among %d entities", len(chosen))
	n.nodes = nodes
	return n.subgraph(ctx, chosen, chosen)
}
