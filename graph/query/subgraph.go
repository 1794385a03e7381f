package query

import (
	"context"
	"fmt"
	"slices"

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
	refs, err := r.Refs(ctx, a.IDs)
	if err != nil {
		return nil, err
	}
	refs = slices.DeleteFunc(refs, func(ref graph.Ref) bool { return ref == graph.NoRef })
	found, err := r.EntitiesAt(ctx, refs)
	if err != nil {
		return nil, err
	}
	n := newNet(r, f, a.Filter.linking(false), fmt.Sprintf("reading the links among %d entities", len(refs)))
	var chosen []int32
	for i, d := range found {
		if d != nil && n.number(refs[i]) < 0 {
			chosen = append(chosen, n.know(refs[i], d))
		}
	}
	kin, err := newFamily(ctx, r, nil)
	if err != nil {
		return nil, err
	}
	return n.subgraph(ctx, kin, chosen)
}
