package query

import (
	"context"

	"fangzhi/graph"
)

// TopArgs asks for the entities of a kind with most events.
type TopArgs struct {
	Kind graph.EntityKind
	// Filter leaves events, and the links that count.
	Filter *EventFilter
	// First is how many; nil is DefaultValues, at most MaxFirst.
	First *int
}

// RankedEntity is an entity and the number of its events.
type RankedEntity struct {
	Node  graph.Entity
	Count int
}

// Top returns the entities with most of the filtered events, equals by name, then by id. An event counts once an entity.
func Top(ctx context.Context, r graph.Reader, a TopArgs) ([]RankedEntity, error) {
	first, err := checkFirst("first", a.First, DefaultValues, MaxFirst)
	if err != nil {
		return nil, err
	}
	f, err := Resolve(ctx, r, a.Filter, false)
	if err != nil {
		return nil, err
	}
	items, err := rank(ctx, r, f, a.Filter.linking(false, kindsOf(a.Kind)...), first)
	if err != nil {
		return nil, err
	}
	top := make([]RankedEntity, len(items))
	for i, it := range items {
		top[i] = RankedEntity{it.data.Entity(), it.tie.Events}
	}
	return top, nil
}

// kindsOf returns the kind alone, or none, which is all, for "".
func kindsOf(kind graph.EntityKind) []graph.EntityKind {
	if kind == "" {
		return nil
	}
	return []graph.EntityKind{kind}
}

// rank returns the entities with most of the filtered events, by links that count; equals by name, then by id. None is there
// without an event.
func rank(ctx context.Context, r graph.Reader, f graph.Filter, l graph.Linking, first int) ([]ranked, error) {
	if first == 0 {
		return nil, nil
	}
	ties, err := r.Top(ctx, f, l, first)
	if err != nil {
		return nil, err
	}
	k := newRanking(r.EntitiesAt, ties)
	first = min(first, len(k.items))
	return k.items[:first], k.settle(ctx, 0, first)
}
