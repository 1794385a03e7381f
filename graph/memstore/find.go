package memstore

import (
	"cmp"
	"context"
	"slices"

	"fangzhi/graph"
)

// FindEntities implements graph.Reader.
func (r *snapshot) FindEntities(ctx context.Context, q graph.EntityQuery, p graph.EntityPage) (graph.EntityHits, error) {
	if err := r.ready(ctx); err != nil {
		return graph.EntityHits{}, err
	}
	var all []graph.EntityHit
	for _, d := range r.state.entities {
		if !r.state.leaves(&q, d) {
			continue
		}
		if h, ok := graph.NewEntityHit(&q, d); ok {
			all = append(all, h)
		}
	}
	slices.SortFunc(all, func(a, b graph.EntityHit) int { return cmp.Compare(a.Key, b.Key) })
	comesBefore := func(a, b graph.EntityKey) bool { return a < b }
	from, to := cut(all, func(h graph.EntityHit) graph.EntityKey { return h.Key }, comesBefore, p.After, p.Before, p.First, p.Last)
	return graph.EntityHits{Hits: all[from:to], Total: len(all), HasPrevious: from > 0, HasNext: to < len(all)}, nil
}

// leaves tells whether the entity meets all conditions but Text.
func (s *state) leaves(q *graph.EntityQuery, d *graph.EntityData) bool {
	return !d.LeftOver() && (q.Kind == "" || d.Kind == q.Kind) && (!q.Linked || d.EventCount > 0) &&
		(!q.Roots || s.parent(d) == nil || s.parent(d) == d) && (q.Region == "" || s.within(d, s.entity(q.Region)))
}

// parent returns what the entity belongs to, nil for nothing.
func (s *state) parent(d *graph.EntityData) *graph.EntityData {
	if d.ParentAtom == "" {
		return nil
	}
	return s.entity(d.ParentAtom)
}

// within tells whether the entity is in a place.
func (s *state) within(d, region *graph.EntityData) bool {
	if region == nil || region.Kind != graph.KindLocation {
		return false
	}
	if d.Kind != graph.KindLocation {
		if d.RegionAtom == "" {
			return false
		}
		d = s.entity(d.RegionAtom)
	}
	for range len(s.entities) { // and no further, where it goes round
		if d == nil || d == region {
			break
		}
		d = s.parent(d)
	}
	return d == region
}
