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
	var named []graph.Ref
	seen := map[graph.Ref]bool{graph.NoRef: true}
	for _, ref := range refs {
		if !seen[ref] {
			seen[ref] = true
			named = append(named, ref)
		}
	}
	if len(named) == 0 {
		return &Subgraph{Nodes: []graph.Entity{}, Links: []SubgraphLink{}}, nil
	}
	found, err := r.EntitiesAt(ctx, named)
	if err != nil {
		return nil, err
	}
	var kinds []graph.EntityKind
	for i, d := range found {
		if d == nil {
			return nil, fmt.Errorf("entity %d: %w", named[i], graph.ErrNotFound)
		}
		if !slices.Contains(kinds, d.Kind) {
			kinds = append(kinds, d.Kind)
		}
	}
	n := newNet(r, f, a.Filter.linking(false, kinds...), fmt.Sprintf("reading the links among %d entities", len(found)))
	defer n.release()
	chosen := make([]int32, len(found))
	for i, d := range found {
		chosen[i] = n.know(named[i], d)
	}
	kin, err := newFamily(ctx, r, found)
	if err != nil {
		return nil, err
	}
	return n.subgraph(ctx, kin, chosen)
}
