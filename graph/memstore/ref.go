package memstore

import (
	"cmp"
	"context"
	"slices"

	"fangzhi/graph"
)

// numbers are what a state calls its records: an entity by its place in the order of ids, an event by its place in the timeline.
type numbers struct {
	entities  []*graph.EntityData
	refs      map[graph.ID]graph.Ref
	events    []*graph.Event
	eventRefs map[graph.ID]graph.EventRef
}

func (s *state) number() *numbers {
	n := &numbers{refs: map[graph.ID]graph.Ref{}, eventRefs: map[graph.ID]graph.EventRef{}}
	for _, d := range s.entities {
		n.entities = append(n.entities, d)
	}
	slices.SortFunc(n.entities, func(a, b *graph.EntityData) int { return cmp.Compare(a.ID, b.ID) })
	for i, d := range n.entities {
		n.refs[d.ID] = graph.Ref(i)
	}
	for _, e := range s.events {
		n.events = append(n.events, e)
	}
	slices.SortFunc(n.events, func(a, b *graph.Event) int { return cmp.Compare(a.SortKey(), b.SortKey()) })
	for i, e := range n.events {
		n.eventRefs[e.ID] = graph.EventRef(i)
	}
	return n
}

// entityAt returns the entity of a ref, nil for none.
func (s *state) entityAt(ref graph.Ref) *graph.EntityData { return at(s.numbers().entities, ref) }

func at[T any, R ~uint32](all []*T, ref R) *T {
	if int64(ref) < int64(len(all)) {
		return all[ref]
	}
	return nil
}

// Refs implements graph.Reader.
func (r *snapshot) Refs(ctx context.Context, ids []graph.ID) ([]graph.Ref, error) {
	refs := make([]graph.Ref, len(ids))
	for i, id := range ids {
		refs[i] = graph.NoRef
		if d := r.state.entity(id); d != nil {
			refs[i] = r.state.numbers().refs[d.ID]
		}
	}
	return refs, r.ready(ctx)
}

// EntitiesAt implements graph.Reader.
func (r *snapshot) EntitiesAt(ctx context.Context, refs []graph.Ref) ([]*graph.EntityData, error) {
	found := make([]*graph.EntityData, len(refs))
	for i, ref := range refs {
		found[i] = r.state.entityAt(ref)
	}
	return found, r.ready(ctx)
}

// EventsAt implements graph.Reader.
func (r *snapshot) EventsAt(ctx context.Context, refs []graph.EventRef) ([]*graph.Event, error) {
	found := make([]*graph.Event, len(refs))
	for i, ref := range refs {
		found[i] = at(r.state.numbers().events, ref)
	}
	return found, r.ready(ctx)
}
